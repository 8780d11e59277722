//! 排行: households, or villagers, by their points of a quarter, party members inside their
//! type. Equal points share a place.

use jiff::civil::Date;

use super::units::Within;
use crate::domain::calendar::Quarter;
use crate::domain::count::counted;
use crate::domain::order::sort_by_key;
use crate::domain::people::{Household, Person};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::points::sums::{AllSums, all_account_sums};
use crate::domain::roster::MemberType;
use crate::domain::village::Village;

/// A place among others. Equal points share the better place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub place: usize,
    /// Among how many.
    pub of: usize,
}

impl Place {
    /// 「6 / 102」
    pub fn words(self) -> String {
        format!("{} / {}", counted(self.place), counted(self.of))
    }
}

/// One account of the ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankRow {
    /// Whose points.
    pub account: Account,
    /// Household number; for a person, that of the household.
    pub number: String,
    /// For a member: 党员类型 at the end of the quarter, or the last one before.
    pub member_type: Option<MemberType>,
    /// Name of the head, the villager or the member.
    pub name: String,
    /// Name of the grid.
    pub grid: String,
    /// What its unit is called; empty for none.
    pub unit: String,
    /// 加分 of the quarter.
    pub earned: i64,
    /// 扣分 of the quarter, zero or negative.
    pub deducted: i64,
    /// 得分: both together; places go by it.
    pub score: i64,
    /// 兑换 of the quarter.
    pub redeemed: i64,
    /// 退还 of the quarter.
    pub returned: i64,
    /// 结余 as of now.
    pub balance: i64,
    /// Place in the grid or village; for a member, inside the type. None for who
    /// earned in the quarter and is gone at its end.
    pub place: Option<Place>,
}

impl RankRow {
    /// 「6 / 102」, or — without a place.
    pub fn place_words(&self) -> String {
        self.place.map_or_else(|| "—".to_owned(), Place::words)
    }
}

/// The best of a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// The first rows, best first.
    pub rows: Vec<RankRow>,
    /// How many accounts there are, those without a place too.
    pub count: usize,
    /// How they are counted: 户 or 人.
    pub counter: &'static str,
    /// What their names are: 户主 or 姓名.
    pub name_word: &'static str,
}

/// The accounts of a ledger, best first, up to so many rows. Those of villagers are
/// placed in the grid or unit that is asked for, or in the village. Members stand by
/// type and are placed inside it, in the whole village, whichever are shown.
/// Members who are none any more at the end of the quarter and earned or lost something
/// in it stand below their last type, without a place: nobody competes with them.
pub fn ranking(village: &Village, ledger: Ledger, quarter: Quarter, within: Within, limit: usize) -> Ranking {
    let sums = all_account_sums(village, quarter);
    match ledger {
        Ledger::Villager => {
            let kind = village.villager_accounts.on(quarter.last_day());
            let shown = village.villagers_on(quarter.last_day());
            let shown = shown.filter(|(household, _)| within.holds(&village.people, household));
            let rivals = shown.map(|(household, account)| (household, None, account));
            let (rows, count) = place(village, &sums, rivals, limit);
            Ranking { rows, count, counter: kind.counter(), name_word: kind.name_word() }
        }
        Ledger::Member => {
            let mut members = members(village, &sums, quarter);
            sort_by_key(&mut members, |(group, _)| *group);
            let groups = members.chunk_by(|a, b| a.0 == b.0);
            let rows = groups.flat_map(|members| {
                let rivals = members.iter().map(|(_, rival)| *rival);
                let (mut rows, _) = place(village, &sums, rivals, usize::MAX);
                if members[0].0 % 2 == GONE {
                    for row in &mut rows {
                        row.place = None;
                    }
                }
                rows
            });
            let is_asked =
                |row: &RankRow| village.home_of(row.account).is_some_and(|home| within.holds(&village.people, home));
            let mut rows: Vec<_> = rows.filter(is_asked).collect();
            let count = rows.len();
            rows.truncate(limit);
            Ranking { rows, count, counter: "人", name_word: "姓名" }
        }
    }
}

/// At most so many quarters are offered, and always the one that is shown.
const QUARTERS_MAX: usize = 40;

/// The quarters that can be looked at, the newest first: from the first in which
/// something was recorded to the present one.
pub fn quarters(village: &Village, today: Date, shown: Quarter) -> Vec<Quarter> {
    let posted = village.entries.posted().map(|lines| lines.posting.date);
    let first = Quarter::of(posted.min().unwrap_or(today).min(today));
    let back = std::iter::successors(Some(Quarter::of(today)), |quarter| Some(quarter.previous()));
    let mut quarters: Vec<Quarter> =
        back.take_while(|quarter| quarter.first_day() >= first.first_day()).take(QUARTERS_MAX).collect();
    if !quarters.contains(&shown) {
        quarters.push(shown);
    }
    quarters
}

/// Place of a household or a villager in the grid, of a member inside the type.
pub fn place_in_grid(village: &Village, account: Account, quarter: Quarter) -> Option<Place> {
    let own = village.home_of(account)?;
    let rivals: Vec<Account> = match account {
        Account::Household(_) | Account::Villager(_) => {
            let neighbours = village.villagers_on(quarter.last_day());
            neighbours.filter(|(household, _)| household.grid == own.grid).map(|(_, account)| account).collect()
        }
        Account::Member(person) => {
            let kind = type_in(village.people.persons.get(person)?, quarter)?;
            let same = village.people.members().filter(|member| type_in(member, quarter) == Some(kind));
            same.map(|member| Account::Member(member.id)).collect()
        }
    };
    rivals.contains(&account).then_some(())?;
    let sums = all_account_sums(village, quarter);
    let score = sums.score_of(account);
    let better = rivals.iter().filter(|rival| sums.score_of(**rival) > score).count();
    Some(Place { place: better + 1, of: rivals.len() })
}

fn type_in(person: &Person, quarter: Quarter) -> Option<MemberType> {
    person.member_type_on(quarter.last_day())
}

/// An account that competes with others of its grid or type.
type Rival<'a> = (&'a Household, Option<MemberType>, Account);

/// What is added to the place of those who are gone at the end of the quarter.
const GONE: usize = 1;

/// The members with where they stand: by type, who is gone below the others of it.
fn members<'a>(village: &'a Village, sums: &AllSums<'_>, quarter: Quarter) -> Vec<(usize, Rival<'a>)> {
    let members = village.people.members().filter_map(|person| {
        let account = Account::Member(person.id);
        let kind = person.member_type_by(quarter.last_day())?;
        let is_gone = type_in(person, quarter).is_none();
        let own = sums.of(account);
        if is_gone && own.earned == 0 && own.deducted == 0 {
            return None;
        }
        let group = kind as usize * 2 + if is_gone { GONE } else { 0 };
        Some((group, (village.people.households.get(person.household)?, Some(kind), account)))
    });
    members.collect()
}

/// Accounts that compete with each other, the best of them with their places, and how
/// many there are. Names are looked up only for those that are shown.
fn place<'a>(
    village: &'a Village,
    sums: &AllSums<'_>,
    rivals: impl Iterator<Item = Rival<'a>>,
    limit: usize,
) -> (Vec<RankRow>, usize) {
    let mut of = 0;
    let scored = rivals.inspect(|_| of += 1).map(|rival| (-sums.score_of(rival.2), rival));
    let best = best(scored, limit);
    let mut last = None;
    let mut place = 0;
    let rows = best.into_iter().enumerate().map(|(position, (score, (household, member_type, account)))| {
        let sums = sums.of(account);
        if last != Some(score) {
            (last, place) = (Some(score), position + 1);
        }
        RankRow {
            account,
            number: household.number.to_string(),
            member_type,
            name: village.account_name(account).to_owned(),
            grid: village.people.grid_name(household.grid).to_owned(),
            unit: village.people.unit_of(household).map(|unit| village.unit_name(unit)).unwrap_or_default(),
            earned: sums.earned,
            deducted: sums.deducted,
            score: sums.score(),
            redeemed: sums.redeemed,
            returned: sums.returned.into(),
            balance: sums.balance,
            place: Some(Place { place, of }),
        }
    });
    (rows.collect(), of)
}

/// Those with the least figures, in their order; equal ones stay in theirs. Of a county
/// not all are kept at once: what cannot be among the best is let go now and then.
fn best<'a>(scored: impl Iterator<Item = (i64, Rival<'a>)>, limit: usize) -> Vec<(i64, Rival<'a>)> {
    let mut best: Vec<(i64, Rival<'a>)> = Vec::new();
    let mut worst = None;
    for next in scored {
        if worst.is_some_and(|worst| next.0 >= worst) {
            continue;
        }
        best.push(next);
        if best.len() / 2 > limit {
            sort_by_key(&mut best, |(score, _)| *score);
            best.truncate(limit);
            worst = best.last().map(|(score, _)| *score);
        }
    }
    sort_by_key(&mut best, |(score, _)| *score);
    best.truncate(limit);
    best
}
