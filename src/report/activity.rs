//! 登记活动: which items can be recorded on a day, who may take part, and how
//! the participants are found and put on tick lists.

use std::collections::HashMap;

use jiff::civil::Date;

use super::search::{HitKind, SearchIndex};
use super::tag::dotted;
use crate::domain::id::HouseholdId;
use crate::domain::order::sort_by_key;
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::caps::{self, Line};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{Choice, Item, Ledger, Period, Score};
use crate::domain::village::Village;

/// Hits that are looked through for accounts of the ledger: all of a large
/// village, since few of its people are members.
const HITS_MAX: usize = 10_000;

/// Whether an account can take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Admission {
    /// It can.
    Open,
    /// A cap leaves no room; the words say so.
    Full(&'static str),
    /// The item does not apply to this type of member.
    Inapplicable,
    /// Nobody of the household is here any more.
    Gone,
    /// The villager is not here any more.
    Away,
}

impl Admission {
    /// Why not; `None` when it can.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Full(words) => Some(words),
            Self::Inapplicable => Some("不适用"),
            Self::Gone => Some("全户不在村"),
            Self::Away => Some("不在本村"),
        }
    }
}

/// An account that may take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Whose points.
    pub account: Account,
    /// Name of the head, the villager or the member.
    pub name: String,
    /// Household number.
    pub number: String,
    /// 「第二网格」; for a member 「第二网格 · 联户党员」.
    pub detail: String,
    /// Whether it can take part.
    pub admission: Admission,
    /// Points for one unit of the item; `None` without an item.
    pub score: Option<Score>,
    household: HouseholdId,
    is_head: bool,
}

/// A participant that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub participant: Participant,
    /// The person by whom the household was found, when it is not the head.
    pub via: Option<String>,
}

/// The participants of one grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridOfParticipants {
    /// Name of the grid.
    pub grid: String,
    /// Those to whom the item applies, in the order of the roster.
    pub rows: Vec<Participant>,
}

/// Every account of a ledger, looked at for one item and day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participants {
    ledger: Ledger,
    villagers: VillagerAccount,
    rows: Vec<Participant>,
    index: HashMap<Account, usize>,
    grids: Vec<GridOfParticipants>,
}

/// The items of the ledger in force on the day, rewards first.
pub fn items_in_force(village: &Village, ledger: Ledger, date: Date) -> Vec<Item> {
    let items = village.rules.in_force(date).map_or(&[][..], |book| book.items.as_slice());
    let items = items.iter().filter(|item| item.ledger == ledger && item.is_open_on(date));
    let mut items: Vec<Item> = items.cloned().collect();
    sort_by_key(&mut items, |item| item.score.is_deduction());
    items
}

/// Everybody, with whether they can take part once more.
pub fn participants(village: &Village, ledger: Ledger, item: Option<&Item>, date: Date, today: Date) -> Participants {
    let villagers = village.villager_accounts.now();
    // The account of an erased person keeps its points and gets no more.
    let accounts: Vec<Account> = match ledger {
        Ledger::Villager => {
            let accounts = village.villagers(villagers).into_iter().map(|(_, account)| account);
            accounts.filter(|account| account.person().is_none_or(|person| !village.is_erased(person))).collect()
        }
        Ledger::Member => {
            let members = village.people.members().filter(|person| !person.erased);
            members.map(|person| Account::Member(person.id)).collect()
        }
    };
    let rows = accounts.into_iter().filter_map(|account| participant(village, account, item, date, today));
    let rows: Vec<Participant> = rows.collect();
    let index = rows.iter().zip(0..).map(|(row, position)| (row.account, position)).collect();
    let grids = grids(village, &rows);
    Participants { ledger, villagers, rows, index, grids }
}

fn participant(
    village: &Village,
    account: Account,
    item: Option<&Item>,
    date: Date,
    today: Date,
) -> Option<Participant> {
    let household = village.home_of(account)?;
    let grid = village.people.grid_name(household.grid);
    let kind = village.kind_on(account, date);
    Some(Participant {
        score: item.map(|item| item.score_for(kind)),
        account,
        name: village.account_name(account).to_owned(),
        number: household.number.to_string(),
        detail: dotted(&[grid, kind.map_or("", |kind| kind.word())]),
        admission: match (account, item) {
            (Account::Household(_), _) if !village.is_account_here(account, date) => Admission::Gone,
            (Account::Villager(_), _) if !village.is_account_here(account, date) => Admission::Away,
            (_, None) => Admission::Open,
            (Account::Member(_), Some(item)) if !kind.is_some_and(|kind| item.applies_to(kind)) => {
                Admission::Inapplicable
            }
            (_, Some(item)) => admission(village, account, item, date, today),
        },
        household: household.id,
        is_head: account.person().is_some_and(|person| village.head(household.id) == Some(person)),
    })
}

fn admission(village: &Village, account: Account, item: &Item, date: Date, today: Date) -> Admission {
    let points = item.score_for(village.kind_on(account, date)).least();
    let Some(book) = village.rules.in_force(date) else { return Admission::Open };
    let line = Line { account, item: item.id, version: book.version, date, quantity: 1, points };
    match caps::reached(village, book, item, &line, &[]) {
        None => Admission::Open,
        Some(bound) => Admission::Full(full_words(bound.cap.period, date, today)),
    }
}

fn full_words(period: Period, date: Date, today: Date) -> &'static str {
    match (period, period.same(date, today)) {
        (Period::Day, true) => "今日已记",
        (Period::Day, false) => "当日已记",
        (Period::Week, true) => "本周已满",
        (Period::Week, false) => "当周已满",
        (Period::Month, true) => "本月已满",
        (Period::Month, false) => "当月已满",
        (Period::Quarter, true) => "本季已满",
        (Period::Quarter, false) => "当季已满",
        (Period::Year, true) => "本年已满",
        (Period::Year, false) => "当年已满",
    }
}

/// Grids in order, 未分网格 last; those without participants are left out.
fn grids(village: &Village, rows: &[Participant]) -> Vec<GridOfParticipants> {
    let ids = village.people.grids.iter().map(|grid| Some(grid.id)).chain([None]);
    let grids = ids.map(|id| {
        let inside = rows.iter().filter(|row| {
            !matches!(row.admission, Admission::Inapplicable | Admission::Gone | Admission::Away)
                && village.people.households.get(row.household).and_then(|home| home.grid) == id
        });
        GridOfParticipants { grid: village.people.grid_name(id).to_owned(), rows: inside.cloned().collect() }
    });
    grids.filter(|grid| !grid.rows.is_empty()).collect()
}

impl Participants {
    /// The participant with this account.
    pub fn get(&self, account: Account) -> Option<&Participant> {
        self.index.get(&account).and_then(|position| self.rows.get(*position))
    }

    /// What is left to choose for those who take part.
    pub fn choice(&self, chosen: &[Account]) -> Choice {
        Choice::of(chosen.iter().filter_map(|account| self.get(*account)?.score))
    }

    /// What so many units of the item are for the account; `None` while the
    /// points of a range are not chosen.
    pub fn points(&self, account: Account, quantity: u32, chosen: Option<i32>) -> Option<i64> {
        let each = self.get(account)?.score?.with(chosen)?;
        Some(i64::from(each) * i64::from(quantity))
    }

    /// The tick lists.
    pub fn grids(&self) -> &[GridOfParticipants] {
        &self.grids
    }

    /// The best `limit` of those to whom the item applies, by pinyin, name or
    /// number. A household is found by each of its people.
    pub fn find(&self, index: &SearchIndex, text: &str, limit: usize) -> Vec<Found> {
        let has_digit = text.contains(|char: char| char.is_numeric());
        let mut found: Vec<Found> = Vec::new();
        for hit in index.find(text, HITS_MAX) {
            let by_home = (self.ledger, self.villagers) == (Ledger::Villager, VillagerAccount::Household);
            let (accounts, via) = match (self.ledger, hit.kind) {
                (_, HitKind::Unit(_) | HitKind::Case(_)) => continue,
                (_, HitKind::Household(id)) if by_home => (vec![Account::Household(id)], None),
                (_, HitKind::Person(_, id)) if by_home => (vec![Account::Household(id)], Some(hit.title)),
                (Ledger::Villager, HitKind::Person(id, _)) => (vec![Account::Villager(id)], None),
                (Ledger::Member, HitKind::Person(id, _)) => (vec![Account::Member(id)], None),
                (_, HitKind::Household(id)) => (self.people_of(id, has_digit), None),
            };
            for participant in accounts.into_iter().filter_map(|account| self.get(account)) {
                let is_known = found.iter().any(|known| known.participant.account == participant.account);
                if !is_known && participant.admission != Admission::Inapplicable {
                    found.push(Found { participant: participant.clone(), via: via.clone() });
                }
            }
        }
        found.truncate(limit);
        found
    }

    /// The head, if one of them; all where the household's number was typed.
    fn people_of(&self, household: HouseholdId, all: bool) -> Vec<Account> {
        let rows = self.rows.iter().filter(|row| row.household == household && (all || row.is_head));
        rows.map(|row| row.account).collect()
    }
}
