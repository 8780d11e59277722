//! The desk: what the hall's parts share, and what can be done at it.

use std::sync::Arc;

use leptos::html::{Input, Section};
use leptos::prelude::*;

use super::keys::Press;
use crate::app::book::ActError;
use crate::domain::command::Command;
use crate::domain::id::GoodsId;
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::ledger::Account;
use crate::domain::village::Village;
use crate::report::redemption_desk::{DeskSheet, FoundRow, Serving, desk_sheet, found, goods_found, scanned, taken};
use crate::report::scan::{Burst, Fed, Held, KEYS_MIN};
use crate::report::search::SearchIndex;
use crate::report::shelf_list::{RedemptionDay, redemption_day};
use crate::ui::context::{App, Saving};

/// Goods with a key of their own, 1 to 9; those after them are reached through 0, and
/// all of them by looking for them.
pub const TENS: usize = 9;
/// Accounts that are shown for what was typed.
const FOUND_MAX: usize = 8;

/// What the hall's parts share. Copying it is free.
#[derive(Clone, Copy)]
pub struct Desk {
    app: App,
    /// What was typed into the find box.
    pub typed: RwSignal<String>,
    /// The hit that was chosen with the arrow keys.
    chosen: RwSignal<Option<usize>>,
    /// Who is being served, and with what.
    pub serving: RwSignal<Serving>,
    /// 0 was pressed: the next digit is the last one of 10 to 19.
    pub tens: RwSignal<bool>,
    /// What was typed to look for goods; `None` while none are looked for.
    pub looked_for: RwSignal<Option<String>>,
    /// Which of those was chosen with the arrow keys.
    fit: RwSignal<usize>,
    /// Keys that came in one go, which may be of a scanner; who was served before
    /// they came, and with what.
    burst: StoredValue<(Burst, Serving)>,
    /// Why the last act was refused.
    pub problem: RwSignal<Option<String>>,
    /// Accounts that fit what was typed.
    pub found: Memo<Vec<FoundRow>>,
    /// Who it is, the goods and the sums.
    pub sheet: Memo<DeskSheet>,
    /// How the day goes.
    pub day: Memo<RedemptionDay>,
    /// The find box.
    pub find_box: NodeRef<Input>,
    /// The box that looks for goods.
    pub goods_box: NodeRef<Input>,
    /// The side of the basket.
    pub counter: NodeRef<Section>,
}

impl Desk {
    /// A desk at which nobody stands.
    pub fn new(app: App) -> Self {
        let typed = RwSignal::new(String::new());
        let serving = RwSignal::new(Serving::default());
        let index =
            Memo::new_with_compare(move |_| app.read(|village| Arc::new(SearchIndex::build(village))), |_, _| true);
        let found = app.report(move |village| {
            typed.with(|typed| index.with(|index| found(village, index, typed, FOUND_MAX, app.today())))
        });
        let sheet = app.report(move |village| serving.with(|serving| desk_sheet(village, serving, app.today())));
        Self {
            app,
            typed,
            chosen: RwSignal::new(None),
            serving,
            tens: RwSignal::new(false),
            burst: StoredValue::new(Default::default()),
            problem: RwSignal::new(None),
            found,
            looked_for: RwSignal::new(None),
            fit: RwSignal::new(0),
            sheet,
            day: app.report(move |village| redemption_day(village, app.today())),
            find_box: NodeRef::new(),
            goods_box: NodeRef::new(),
            counter: NodeRef::new(),
        }
    }

    /// Whether somebody stands at the desk. Follows changes.
    pub fn has_account(self) -> bool {
        self.serving.with(|serving| serving.account.is_some())
    }

    /// The same, for those who do not follow changes.
    pub fn is_serving(self) -> bool {
        self.serving.with_untracked(|serving| serving.account.is_some())
    }

    /// The hit that Enter takes. Follows changes.
    pub fn taken(self) -> Option<usize> {
        let chosen = self.chosen.get();
        self.found.with(|rows| taken(rows, chosen))
    }

    /// Looks for others.
    pub fn type_in(self, typed: String) {
        self.chosen.set(None);
        self.typed.set(typed);
    }

    /// The word for those who redeem by household, or by person.
    pub fn word(self, household: &'static str, person: &'static str) -> &'static str {
        match self.app.read(|village| village.villager_accounts.now()) {
            VillagerAccount::Household => household,
            VillagerAccount::Person => person,
        }
    }

    /// Whether there are goods from the tenth on.
    pub fn has_tens(self) -> bool {
        self.sheet.with(|sheet| sheet.rows.len() > TENS)
    }

    /// Does what a key asks for.
    pub fn press(self, press: Press) {
        let tens = self.tens.get_untracked();
        self.tens.set(press == Press::Tens);
        match press {
            Press::Tens => {}
            // Only the 0 is taken back.
            Press::Back if tens => {}
            Press::Back if self.is_looking() => self.stop_looking(),
            Press::Up if self.is_looking() => self.fit.update(|fit| *fit = fit.saturating_sub(1)),
            Press::Down if self.is_looking() => {
                let last = untrack(|| self.fitting()).unwrap_or_default().len().saturating_sub(1);
                self.fit.update(|fit| *fit = (*fit + 1).min(last));
            }
            Press::Goods => self.look_for(String::new()),
            Press::AddFound => self.with_found(Self::add),
            Press::RemoveFound => self.with_found(Self::remove),
            Press::Up => self.step(|place, _| place.saturating_sub(1)),
            Press::Down => self.step(|place, last| (place + 1).min(last)),
            Press::Take => self.take_found(),
            Press::Add(place) => self.with_goods(place, Self::add),
            Press::Remove(place) => self.with_goods(place, Self::remove),
            Press::RemoveLast => self.change(|serving| serving.basket.remove_last()),
            Press::Redeem => self.redeem(),
            Press::Back => self.back(),
            Press::Undo => self.undo(),
            Press::Find => self.focus_find(),
        }
    }

    fn is_looking(self) -> bool {
        self.looked_for.with_untracked(Option::is_some)
    }

    /// Looks for goods with these letters.
    pub fn look_for(self, typed: String) {
        self.fit.set(0);
        self.looked_for.set(Some(typed));
    }

    /// Shows all goods again.
    pub fn stop_looking(self) {
        self.looked_for.set(None);
        self.focus_counter();
    }

    /// The places of the goods that fit what was typed, the best first; `None` while
    /// nothing was typed. Follows changes.
    pub fn fitting(self) -> Option<Vec<usize>> {
        let typed = self.looked_for.get().filter(|typed| !typed.trim().is_empty())?;
        Some(self.sheet.with(|sheet| goods_found(&sheet.rows, &typed)))
    }

    /// The place of the goods that Enter means. Follows changes.
    pub fn fitting_place(self) -> Option<usize> {
        let (fit, fits) = (self.fit.get(), self.fitting()?);
        fits.get(fit).or(fits.last()).copied()
    }

    /// Does it to the goods that were found, and shows all of them again.
    fn with_found(self, act: fn(Self, GoodsId)) {
        if let Some(place) = untrack(|| self.fitting_place()) {
            self.stop_looking();
            self.with_goods(place, act);
        }
    }

    /// Follows every key. Whether it was the Enter of a scanner: what its keys did
    /// to the basket is taken back, and the household that it read is served.
    pub fn scan(self, key: &str, at_ms: f64, held: Held) -> bool {
        match self.burst.try_update_value(|(burst, _)| burst.feed(key, at_ms, held)) {
            Some(Fed::Begun) => {
                let now = self.serving.get_untracked();
                self.burst.update_value(|(_, before)| *before = now);
                false
            }
            Some(Fed::Ended(text)) if !text.is_empty() => self.take_scanned(text),
            _ => false,
        }
    }

    fn take_scanned(self, text: String) -> bool {
        let found = untrack(|| self.app.read(|village: &Village| scanned(village, &text)));
        let (_, before) = self.burst.get_value();
        let was_serving = before.account.is_some();
        if found.is_none() && !(was_serving && text.chars().count() >= KEYS_MIN) {
            return false;
        }
        self.change(|serving| {
            // What was redeemed meanwhile does not come back.
            if serving.account == before.account {
                *serving = before;
            }
        });
        if let Some(account) = found {
            self.type_in(text);
            self.take(account);
        } else {
            self.type_in(String::new());
            self.stop_looking();
            let advice = ("户号。请扫户码,或输入户号。", "积分卡。请扫积分卡,或输入姓名首字母。");
            let advice = untrack(|| self.word(advice.0, advice.1));
            self.problem.set(Some(format!("扫到的「{text}」不是{advice}")));
        }
        true
    }

    fn step(self, to: fn(usize, usize) -> usize) {
        let chosen = self.chosen.get_untracked();
        let place = self.found.with_untracked(|rows| {
            let place = taken(rows, chosen)?;
            Some(to(place, rows.len().saturating_sub(1)))
        });
        self.chosen.set(place);
    }

    fn take_found(self) {
        let chosen = self.chosen.get_untracked();
        let account = self.found.with_untracked(|rows| Some(rows.get(taken(rows, chosen)?)?.account));
        if let Some(account) = account {
            self.take(account);
        }
    }

    /// Serves the account.
    pub fn take(self, account: Account) {
        let place = self.found.with_untracked(|rows| rows.iter().position(|row| row.account == account));
        self.chosen.set(place);
        self.change(|serving| serving.take(account));
        self.stop_looking();
    }

    fn with_goods(self, place: usize, act: fn(Self, GoodsId)) {
        let goods = self.sheet.with_untracked(|sheet| sheet.rows.get(place).map(|row| row.goods));
        if let Some(goods) = goods {
            act(self, goods);
        }
    }

    /// Puts one more of the goods into the basket.
    pub fn add(self, goods: GoodsId) {
        if self.is_serving() {
            self.change(|serving| serving.basket.add(goods));
        }
    }

    /// Takes one of the goods out.
    pub fn remove(self, goods: GoodsId) {
        self.change(|serving| serving.basket.remove(goods));
    }

    /// Empties the basket, or else leaves the account.
    pub fn back(self) {
        self.looked_for.set(None);
        self.change(Serving::back);
        if self.is_serving() {
            self.focus_counter();
        } else {
            self.type_in(String::new());
            self.focus_find();
        }
    }

    /// Changes who is served, or with what.
    pub fn change(self, change: impl FnOnce(&mut Serving)) {
        // What is being saved stays as it is until it is saved.
        if self.is_saving() {
            return;
        }
        self.problem.set(None);
        self.tens.set(false);
        self.serving.update(change);
    }

    fn is_saving(self) -> bool {
        self.app.saving.get_untracked() == Saving::Writing
    }

    /// 兑换, once: what comes while it is being saved is not a second one.
    pub fn redeem(self) {
        let command = match self.serving.with_untracked(Serving::command) {
            None => return self.focus_counter(),
            Some(Err(refusal)) => return self.problem.set(Some(refusal.to_string())),
            Some(Ok(command)) => command,
        };
        let done = self.sheet.with_untracked(|sheet| {
            let who = sheet.who.as_ref()?;
            Some(format!("{}兑换了 {} 分,还剩 {} 分,请在签领表上签字。", who.name, sheet.total, who.after))
        });
        self.perform(command, done.unwrap_or_default(), move || {
            self.serving.set(Serving::default());
            self.looked_for.set(None);
            self.type_in(String::new());
            self.focus_find();
        });
    }

    /// 撤销上一笔, the one that the foot names.
    pub fn undo(self) {
        let Some(last) = self.day.with_untracked(|day| day.last_undoable.clone()) else {
            return;
        };
        let done = format!("已撤销 {}的兑换,{} 分和物品都已退回。", last.name, last.points);
        self.perform(Command::UndoRedemption(last.id), done, || ());
    }

    fn perform(self, command: Command, done: String, then: impl FnOnce() + 'static) {
        if self.is_saving() {
            return;
        }
        self.app.perform(command, move |outcome| match outcome {
            Ok(()) => {
                self.app.say(done);
                // The page may have been left while it was saved.
                if !self.serving.is_disposed() {
                    self.problem.set(None);
                    then();
                }
            }
            Err(ActError::Busy) => {}
            Err(error) => self.problem.set(Some(error.to_string())),
        });
    }

    /// Into the find box, with its text selected, so that typing replaces it.
    pub fn focus_find(self) {
        if let Some(input) = self.find_box.get_untracked() {
            // It is in the document; focusing it cannot fail.
            let _focused = input.focus();
            input.select();
        }
    }

    /// To the side of the basket, where digits add goods.
    pub fn focus_counter(self) {
        if let Some(section) = self.counter.get_untracked() {
            // It is in the document; focusing it cannot fail.
            let _focused = section.focus();
        }
    }
}
