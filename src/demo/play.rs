//! Plays what was planned: each deed becomes a command against the village as
//! it stands at that moment.

use std::collections::HashMap;

use super::once::Once;
use super::oversight::Watch;
use super::photos::Picture;
use super::random::Random;
use super::review::Opinion;
use super::visits::Walk;
use super::{ANCHOR, DemoAct, DemoError, shelf};
use crate::domain::calendar::Moment;
use crate::domain::command::{CaseStep, Command, Context, NewActivity, NewCase, NewGoods};
use crate::domain::event::Event;
use crate::domain::id::{CaseId, DeviceId, EntryId, GoodsId, GridId, HouseholdId, PersonId};
use crate::domain::photo::PhotoAct;
use crate::domain::points::caps::{self, Line};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{Item, Ledger, RuleBook, Score};
use crate::domain::points::settings::Settings;
use crate::domain::points::shelf::{GoodsTerms, StockSource};
use crate::domain::refusal::Refusal;
use crate::domain::register::{Clock, FieldValue};
use crate::domain::roster::MemberType;
use crate::domain::village::Village;

/// Something that is going to be recorded.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// When.
    pub at: Moment,
    /// What.
    pub deed: Deed,
}

/// What can be planned before ids are known.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Points for an activity, by the name of its item. Whoever has reached a
    /// cap or could not bear a deduction is left out, as the clerk would.
    Activity { item: &'static str, note: &'static str, lines: Vec<(Account, u32)>, picture: Option<Picture> },
    /// 冲正 of the first line of the latest activity.
    TakeBack { reason: &'static str },
    /// Somebody who records is named.
    Name(&'static str),
    /// The settings of the points change.
    Settle(fn(Settings) -> Settings),
    /// A new version of the rule book is adopted.
    Adopt,
    /// A household or a member tells of an act under the item.
    Claim { item: &'static str, note: &'static str, account: Account, picture: Option<Picture> },
    /// The first claim of the ledger that waits is looked at.
    Review(Ledger, Opinion),
    /// Goods are added.
    Goods(NewGoods),
    /// A delivery, by the goods' name.
    Stock { goods: &'static str, quantity: u32, source: StockSource },
    /// The household comes to the redemption day, and takes what it can.
    Redeem { household: HouseholdId, proxy: &'static str },
    /// Goods get a limit for each account in a quarter.
    Limit { goods: &'static str, quarter_limit: u32 },
    /// The redemption day of today is closed. Of the named goods so many are missing.
    CloseDay { missing: Option<(&'static str, u32)> },
    /// A case is opened, known from here on by its key.
    Open { key: usize, new: Box<NewCase> },
    /// The case moves.
    Move { key: usize, step: CaseStep },
    /// What watches over the points.
    Watch(Watch),
    /// What happens around visits.
    Walk(Walk),
    /// What happens once.
    Once(Once),
}

/// Who takes part.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// Every household with its grid and its head, in the order of the roster.
    pub homes: Vec<(HouseholdId, Option<GridId>, PersonId)>,
    /// Households that take part in the village's life, and how often out of
    /// a hundred times. The anchor is not among them.
    pub active: Vec<(HouseholdId, u32)>,
    /// The household with the known points.
    pub anchor: HouseholdId,
    /// Party members with their types.
    pub members: Vec<(PersonId, MemberType)>,
}

/// Active households beside the anchor.
const ACTIVE: usize = 251;

impl Scene {
    pub fn of(village: &Village, random: &mut Random) -> Self {
        let people = &village.people;
        let homes: Vec<_> =
            people.households.iter().filter_map(|home| Some((home.id, home.grid, *home.people.first()?))).collect();
        // The roster has just been imported, so the anchor is there.
        let anchor = people.household_by_number(ANCHOR).map_or(HouseholdId::from_raw(0), |home| home.id);
        let others: Vec<_> = homes.iter().map(|home| home.0).filter(|home| *home != anchor).collect();
        let active = random.some(&others, ACTIVE);
        let members = people.members().filter_map(|person| Some((person.id, person.member_type()?))).collect();
        Self { active: active.into_iter().map(|home| (home, random.between(13, 42))).collect(), homes, anchor, members }
    }

    /// Active households, each as often as it usually takes part, times
    /// `tenths` ÷ 10.
    pub fn turnout(&self, random: &mut Random, tenths: u32) -> Vec<Account> {
        let present = self.active.iter().filter(|(_, percent)| random.chance(percent * tenths / 10));
        present.map(|(home, _)| Account::Household(*home)).collect()
    }

    /// So many active households.
    pub fn helpers(&self, random: &mut Random, count: usize) -> Vec<Account> {
        random.some(&self.active, count).into_iter().map(|(home, _)| Account::Household(home)).collect()
    }
}

/// The village while it is being played.
#[derive(Debug)]
pub(super) struct Player {
    pub village: Village,
    pub acts: Vec<DemoAct>,
    device: DeviceId,
    clock: Clock,
    cases: HashMap<usize, CaseId>,
    latest: Option<EntryId>,
}

impl Player {
    pub fn new(device: DeviceId) -> Self {
        Self {
            village: Village::default(),
            acts: Vec::new(),
            device,
            clock: Clock::default(),
            cases: HashMap::new(),
            latest: None,
        }
    }

    /// Decides and applies one command, as the app does.
    pub fn play(&mut self, at: Moment, command: Command) -> Result<(), DemoError> {
        let decision = self.village.decide(&Context { device: self.device, now: at }, command)?;
        self.clock = self.clock.after(at.0);
        for event in &decision.events {
            self.village.apply(at, event)?;
        }
        for change in &decision.texts {
            let value = FieldValue { field: change.field, clock: self.clock, text: change.text.clone() };
            self.village.register.set(change.owner, value);
        }
        self.acts.push(DemoAct { at, decision });
        Ok(())
    }

    /// Carries out what was planned.
    pub fn carry_out(&mut self, plan: Plan, random: &mut Random) -> Result<(), DemoError> {
        let at = plan.at;
        match plan.deed {
            Deed::Activity { item, note, lines, picture } => self.record(at, item, note, lines, picture),
            Deed::TakeBack { reason } => match self.latest.take() {
                Some(entry) => self.play(at, Command::ReverseEntry { entry, reason: reason.to_owned() }),
                None => Ok(()),
            },
            Deed::Name(name) => self.name(at, name),
            Deed::Settle(change) => self.play(at, Command::ChangeSettings(change(self.village.settings))),
            Deed::Adopt => self.adopt(at),
            Deed::Claim { item, note, account, picture } => self.claim(at, (item, note), account, picture),
            Deed::Review(ledger, opinion) => self.review_one(at, ledger, opinion),
            Deed::Goods(new) => self.play(at, Command::AddGoods(new)),
            Deed::Stock { goods, quantity, source } => {
                let goods = self.goods(goods)?;
                self.play(at, Command::ReceiveStock { goods, quantity, source })
            }
            Deed::Redeem { household, proxy } => {
                let account = Account::Household(household);
                let basket = shelf::basket(&self.village, account, random);
                if basket.is_empty() {
                    return Ok(());
                }
                self.play(at, Command::Redeem { account, basket, proxy: proxy.to_owned() })
            }
            Deed::Limit { goods, quarter_limit } => {
                let goods = self.goods(goods)?;
                let terms = self.village.shelf.terms(goods).ok_or(Refusal::UnknownGoods)?;
                let terms = GoodsTerms { quarter_limit: Some(quarter_limit), ..terms };
                self.play(at, Command::SetGoodsTerms(terms))
            }
            Deed::CloseDay { missing } => {
                let missing = match missing {
                    Some((goods, count)) => Some((self.goods(goods)?, count)),
                    None => None,
                };
                self.play(at, Command::CloseDay(shelf::closing(&self.village, at.date(), missing)))
            }
            Deed::Open { key, new } => {
                self.play(at, Command::OpenCase(*new))?;
                self.remember_case(key);
                Ok(())
            }
            Deed::Move { key, step } => {
                let case = *self.cases.get(&key).ok_or(Refusal::UnknownCase)?;
                self.play(at, Command::MoveCase { case, step })
            }
            Deed::Watch(watch) => self.watch(at, watch),
            Deed::Walk(walk) => self.walk(at, walk),
            Deed::Once(once) => self.once(at, once),
        }
    }

    fn record(
        &mut self,
        at: Moment,
        name: &str,
        note: &str,
        mut lines: Vec<(Account, u32)>,
        picture: Option<Picture>,
    ) -> Result<(), DemoError> {
        let date = at.date();
        let book = self.village.rules.in_force(date).ok_or(Refusal::NoRuleBook(date))?;
        let item = book.items.iter().find(|item| item.name == name).ok_or(Refusal::UnknownItem)?;
        lines.retain(|(account, quantity)| self.is_bearable(book, item, *account, *quantity, at));
        if lines.is_empty() {
            return Ok(());
        }
        let item = item.id;
        let activity = NewActivity { item, date, note: note.to_owned(), lines, points_each: None };
        self.play(at, shown(Command::RecordActivity(activity), picture))?;
        self.latest = self.acts.last().and_then(|act| act.decision.events.iter().find_map(first_entry));
        Ok(())
    }

    /// Whether the item is for the account on the day, and the line breaks no
    /// cap and takes no more than there is.
    pub(super) fn is_bearable(
        &self,
        book: &RuleBook,
        item: &Item,
        account: Account,
        quantity: u32,
        at: Moment,
    ) -> bool {
        let Score::Fixed(each) = item.score_for(self.kind(account, at)) else { return false };
        let points = each.saturating_mul(i32::try_from(quantity).unwrap_or(i32::MAX));
        let line = Line { account, item: item.id, version: book.version, date: at.date(), quantity, points };
        self.applies(item, account, at)
            && caps::reached(&self.village, book, item, &line, &[]).is_none()
            && (points >= 0 || self.village.balance(account) + i64::from(points) >= 0)
    }

    /// Who is gone does nothing any more, and an item of members is for some types.
    fn applies(&self, item: &Item, account: Account, at: Moment) -> bool {
        match account {
            Account::Household(_) | Account::Villager(_) => self.village.is_account_here(account, at.date()),
            Account::Member(_) => self.kind(account, at).is_some_and(|kind| item.applies_to(kind)),
        }
    }

    fn kind(&self, account: Account, at: Moment) -> Option<MemberType> {
        self.village.kind_on(account, at.date())
    }

    pub(super) fn goods(&self, name: &str) -> Result<GoodsId, Refusal> {
        let known = self.village.shelf.goods.iter().find(|goods| goods.name == name);
        known.map(|goods| goods.id).ok_or(Refusal::UnknownGoods)
    }

    fn remember_case(&mut self, key: usize) {
        let events = self.acts.last().map_or(&[][..], |act| act.decision.events.as_slice());
        let opened = events.iter().find_map(|event| match event {
            Event::CaseOpened(opening) => Some(opening.id),
            _ => None,
        });
        self.cases.extend(opened.map(|id| (key, id)));
    }
}

/// What is done, with the picture that proves it.
pub(super) fn shown(act: Command, picture: Option<Picture>) -> Command {
    match picture {
        Some(picture) => Command::Photo(PhotoAct::With { act: Box::new(act), photos: vec![picture.photo()] }),
        None => act,
    }
}

fn first_entry(event: &Event) -> Option<EntryId> {
    match event {
        Event::PointsPosted { lines, .. } => lines.first().map(|line| line.entry),
        _ => None,
    }
}
