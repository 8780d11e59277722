//! What the parts of 登记活动 share: the form, and all that follows from it.

use std::collections::{BTreeMap, HashSet};

use leptos::prelude::*;

use super::counter;
use super::draft::ActivityInput;
use crate::app::book::ActError;
use crate::domain::command::{Command, NewActivity, NewClaims};
use crate::domain::count::counted;
use crate::domain::id::CaseId;
use crate::domain::photo::PhotoAct;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{Choice, Item, Ledger, signed};
use crate::domain::refusal::Refusal;
use crate::domain::village::Village;
use crate::report::activity::{Participants, items_in_force, participants};
use crate::report::name_list::NameLine;
use crate::ui::context::App;

/// A refusal, and the form that was refused.
#[derive(Clone, Debug, PartialEq)]
struct Refused {
    input: ActivityInput,
    error: ActError,
}

impl Refused {
    /// The accounts that the refusal names.
    fn accounts(&self) -> &[Account] {
        match &self.error {
            ActError::Refused(refusal) => refusal.accounts(),
            _ => &[],
        }
    }

    /// Whether the form still is as it was refused: where accounts are named,
    /// as long as one of them is on the list.
    fn stands(&self, input: &ActivityInput) -> bool {
        if self.accounts().is_empty() {
            return self.input == *input;
        }
        let is_named = |account: &Account| self.accounts().contains(account);
        self.input.same_terms(input)
            && input
                .chosen
                .iter()
                .any(|account| is_named(account) && self.input.quantities.get(account) == input.quantities.get(account))
    }
}

/// The form with everything that follows from it. Copying it is free.
#[derive(Clone, Copy)]
pub(super) struct Recording {
    pub(super) app: App,
    /// Whose points.
    pub ledger: Ledger,
    /// The case that earns the points, if one does.
    pub case: Option<CaseId>,
    /// What is typed.
    pub input: RwSignal<ActivityInput>,
    /// The items in force on the day.
    pub items: Memo<Vec<Item>>,
    /// The chosen item, if it is in force.
    pub item: Memo<Option<Item>>,
    /// Everybody, with whether they can take part.
    pub participants: Memo<Participants>,
    /// Who is chosen, for looking up.
    pub chosen: Memo<HashSet<Account>>,
    /// Names of a pasted list that are still to be settled.
    pub unsettled: Memo<Vec<NameLine>>,
    /// How many photos are still on their way into the form.
    pub photos_waiting: RwSignal<usize>,
    refused: RwSignal<Option<Refused>>,
    on_close: Callback<()>,
}

impl Recording {
    /// What follows from the form.
    pub fn new(
        app: App,
        (ledger, case): (Ledger, Option<CaseId>),
        input: RwSignal<ActivityInput>,
        on_close: Callback<()>,
    ) -> Self {
        let today = app.today();
        let day = Memo::new(move |_| input.with(ActivityInput::day).unwrap_or(today));
        let wanted = Memo::new(move |_| input.with(|input| input.item));
        let items = Memo::new(move |_| app.read(|village| items_in_force(village, ledger, day.get())));
        let item = Memo::new(move |_| {
            let wanted = wanted.get();
            items.with(|items| match wanted {
                Some(id) => items.iter().find(|item| item.id == id).cloned(),
                None => items.first().cloned(),
            })
        });
        let participants = Memo::new(move |_| {
            let (item, day) = (item.get(), day.get());
            app.read(|village| participants(village, ledger, item.as_ref(), day, today))
        });
        let chosen = Memo::new(move |_| input.with(|input| input.chosen.iter().copied().collect()));
        let unsettled = Memo::new(move |_| input.with(|input| input.open.clone()));
        let (photos_waiting, refused) = (RwSignal::new(0), RwSignal::new(None));
        Self {
            app,
            ledger,
            case,
            input,
            items,
            item,
            participants,
            chosen,
            unsettled,
            photos_waiting,
            refused,
            on_close,
        }
    }

    /// 「户」 or 「人」.
    pub fn counter(self) -> &'static str {
        counter(self.app, self.ledger)
    }

    /// Puts an account on the list, or takes it off.
    pub fn choose(self, account: Account, is_chosen: bool) {
        self.input.update(|input| if is_chosen { input.add(account) } else { input.remove(account) });
    }

    /// 「王海林(2-017)」
    pub fn label(self, account: Account) -> String {
        self.participants
            .with(|all| all.get(account).map_or_else(String::new, |one| format!("{}({})", one.name, one.number)))
    }

    /// The sentence of the refusal, while it stands.
    pub fn refusal(self) -> Option<String> {
        self.refused.with(|refused| {
            let refused = refused.as_ref()?;
            self.input.with(|input| refused.stands(input)).then(|| refused.error.to_string())
        })
    }

    /// What is left to choose for those on the list; before there is anybody,
    /// for whom the item is meant in general.
    pub fn choice(self) -> Choice {
        let chosen = self.input.with(|input| input.chosen.clone());
        match (chosen.is_empty(), self.item.get()) {
            (true, Some(item)) => Choice::of(std::iter::once(item.score)),
            _ => self.participants.with(|all| all.choice(&chosen)),
        }
    }

    /// Those on the list who cannot be recorded, with the reason.
    pub fn stuck(self) -> BTreeMap<Account, &'static str> {
        let is_refused = self.refusal().is_some();
        let reason = |account: Account| {
            let barred = self.participants.with(|all| all.get(account).and_then(|one| one.admission.reason()));
            barred.or_else(|| {
                let named =
                    self.refused.with(|refused| refused.as_ref().is_some_and(|it| it.accounts().contains(&account)));
                (is_refused && named).then_some("不能计分")
            })
        };
        self.input.with(|input| input.chosen.iter().filter_map(|account| Some((*account, reason(*account)?))).collect())
    }

    /// 「共 35 户,+175 分」
    pub fn total_words(self) -> String {
        let (count, points) = self.totals();
        let points = points.map_or_else(|| "—".to_owned(), signed);
        format!("共 {} {},{points} 分", counted(count), self.counter())
    }

    fn totals(self) -> (usize, Option<i64>) {
        let points = |input: &ActivityInput| self.participants.with(|all| input.points_total(all));
        self.input.with(|input| (input.chosen.len(), points(input)))
    }

    /// What the list adds to the points that are out, as far as it is known.
    pub fn more(self) -> i64 {
        self.totals().1.unwrap_or(0)
    }

    /// Whether somebody else has to look at it before it counts.
    pub fn takes_two(self) -> bool {
        let adds = self.item.with(|item| item.as_ref().is_some_and(|item| !item.score.is_deduction()));
        adds && self.app.read(Village::takes_two)
    }

    /// What Enter does: enters the activity, or files it where it takes two.
    pub fn finish(self) {
        if untrack(|| self.takes_two()) { self.file() } else { self.submit() }
    }

    fn refuse(self, input: ActivityInput, error: ActError) {
        self.refused.set(Some(Refused { input, error }));
    }

    /// Files a claim for each of the list, to be looked at by somebody else.
    pub fn file(self) {
        let input = self.input.get_untracked();
        let parsed: Result<_, Refusal> = input.parse(self.item.get_untracked().as_ref());
        let new = match parsed {
            Ok(NewActivity { item, date, note, lines, .. }) => {
                NewClaims { item, date, note, lines, by: untrack(|| self.app.hand()) }
            }
            Err(refusal) => return self.refuse(input, refusal.into()),
        };
        let done = format!("已报待审:{} {}。审核通过才入账。", new.lines.len(), self.counter());
        let command = match self.case {
            Some(case) => Command::ClaimReward(case, new),
            None => Command::FileClaims(new),
        };
        self.carry_out(command, input, done);
    }

    fn carry_out(self, command: Command, input: ActivityInput, done: String) {
        if !input.open.is_empty() || self.photos_waiting.get_untracked() > 0 {
            return;
        }
        let command = match input.photos.clone() {
            photos if photos.is_empty() => command,
            photos => Command::Photo(PhotoAct::With { act: Box::new(command), photos }),
        };
        self.app.perform(command, move |outcome| match outcome {
            Ok(()) => {
                self.input.set(ActivityInput::new(self.app.today()));
                // The user may have left the page in the meantime.
                self.on_close.try_run(());
                self.app.say(done);
            }
            Err(error) => self.refuse(input, error),
        });
    }

    /// Enters the activity; the form stays as it is when that is refused.
    pub fn submit(self) {
        let input = self.input.get_untracked();
        let parsed: Result<_, Refusal> = input.parse(self.item.get_untracked().as_ref());
        let new = match parsed {
            Ok(new) => new,
            Err(refusal) => return self.refuse(input, refusal.into()),
        };
        let (count, points) = untrack(|| self.totals());
        let done = format!("已登记入账:{count} {},共 {} 分。", self.counter(), signed(points.unwrap_or(0)));
        let command = match self.case {
            Some(case) => Command::RewardCase { case, activity: new },
            None => Command::RecordActivity(new),
        };
        self.carry_out(command, input, done);
    }
}
