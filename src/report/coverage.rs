//! 走访覆盖: how many of the households due were visited in a month, by grid
//! and by linked member, and the points that the month proposes.

use std::collections::HashMap;

use jiff::civil::Date;

use super::tag::day_words;
use crate::domain::calendar::Month;
use crate::domain::id::{GridId, HouseholdId, ItemId, PersonId, VisitId};
use crate::domain::order::sort_by_key;
use crate::domain::points::rule::{Ledger, signed};
use crate::domain::rate::Rate;
use crate::domain::village::Village;
use crate::domain::visits::Visitor;
use crate::domain::visits::coverage::{MonthOutcome, MonthVisits, VisitItems, judged_on};
use crate::domain::visits::refusal::LINKED_MAX;

/// A grid's coverage; no grid is 未分网格.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCover {
    /// The grid.
    pub grid: Option<GridId>,
    /// Its name.
    pub name: String,
    /// Households visited ÷ households that are here.
    pub rate: Rate,
}

/// A linked member's coverage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberCover {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Households visited ÷ households due.
    pub rate: Rate,
}

/// The coverage of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// By grid, in their order.
    pub grids: Vec<GridCover>,
    /// The whole village.
    pub total: Rate,
    /// By linked member, the lowest first.
    pub members: Vec<MemberCover>,
    /// All households that members answer for.
    pub linked: Rate,
}

fn sum(rates: impl Iterator<Item = Rate>) -> Rate {
    let add =
        |sum: Rate, one: Rate| Rate::new(sum.numerator() + one.numerator(), sum.denominator() + one.denominator());
    rates.fold(Rate::default(), add)
}

/// The coverage of the month, as of today while it runs.
pub fn coverage(village: &Village, month: Month, today: Date) -> Coverage {
    let (day, visits) = (judged_on(month, today), MonthVisits::of(village, month));
    let ids = village.people.grids.iter().map(|grid| Some(grid.id)).chain([None]);
    let grids = ids.map(|grid| {
        let homes = village.people.households.iter();
        let homes = homes.filter(|home| home.grid == grid && village.lives_on(home.id, day));
        let rate = homes.fold(Rate::default(), |rate, home| {
            let reached = u64::from(visits.reached(home.id));
            Rate::new(rate.numerator() + reached, rate.denominator() + 1)
        });
        GridCover { grid, name: village.people.grid_name(grid).to_owned(), rate }
    });
    let grids: Vec<_> = grids.filter(|row| row.grid.is_some() || row.rate.denominator() > 0).collect();
    let mut members: Vec<_> = village
        .member_months(month, today)
        .into_iter()
        .map(|one| MemberCover { person: one.person, name: village.name(one.person).to_owned(), rate: one.rate() })
        .collect();
    sort_by_key(&mut members, |row| row.rate.basis_points());
    Coverage {
        total: sum(grids.iter().map(|row| row.rate)),
        linked: sum(members.iter().map(|row| row.rate)),
        grids,
        members,
    }
}

/// A household that nobody visited in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedHome {
    /// The household.
    pub household: HouseholdId,
    /// Its number.
    pub number: String,
    /// Its head.
    pub head: String,
    /// The member who answers for it; empty for none.
    pub member: String,
    /// 「9月26日」, the last visit of anybody; empty for none.
    pub last_visit: String,
}

/// The households of the grid (all for none) that nobody visited in the month,
/// in the order of the roster.
pub fn missed_homes(village: &Village, month: Month, grid: Option<GridId>, today: Date) -> Vec<MissedHome> {
    let (day, visits) = (judged_on(month, today), MonthVisits::of(village, month));
    let missed = village.people.households.iter().filter(|home| {
        grid.is_none_or(|grid| home.grid == Some(grid)) && village.lives_on(home.id, day) && !visits.reached(home.id)
    });
    let homes = missed.map(|home| {
        let last = village.visits_to(home.id).filter(|visit| visit.stands()).map(|visit| visit.made.date).max();
        let member = village.link_on(home.id, day).map_or("", |link| village.name(link.person));
        MissedHome {
            household: home.id,
            number: home.number.to_string(),
            head: village.head_name(home.id).to_owned(),
            member: member.to_owned(),
            last_visit: last.map(|day| day_words(day, today)).unwrap_or_default(),
        }
    });
    homes.collect()
}

/// A household for which a member answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedHome {
    /// The household.
    pub household: HouseholdId,
    /// Its number.
    pub number: String,
    /// Its head.
    pub head: String,
    /// 「1月5日起」 「1月5日起,11月22日止」
    pub since: String,
    /// 「今天止」 where its last day is set; empty otherwise.
    pub ending: String,
    /// Whether it is due this month: not where it ends before the month does.
    pub is_due: bool,
    /// 「11月9日」, the member's last visit; empty for none.
    pub last_visit: String,
    /// Whether the member went there this month.
    pub is_visited: bool,
}

/// What a member answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberLinks {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// 党员类型; 「不是党员」 for who is none any more.
    pub kind: &'static str,
    /// The households of today.
    pub homes: Vec<LinkedHome>,
    /// Visited this month ÷ due.
    pub rate: Rate,
    /// How many more households the member may answer for.
    pub room: usize,
}

/// The households for which the person answers today.
pub fn member_links(village: &Village, id: PersonId, today: Date) -> Option<MemberLinks> {
    let person = village.people.persons.get(id)?;
    let kind = person.member_type_on(today);
    let visits = MonthVisits::of(village, Month::of(today));
    let homes = village.links_of(id).filter(|link| link.holds_on(today)).map(|link| {
        let own = village
            .visits_to(link.household)
            .filter(|visit| visit.stands() && village.visitor_now(visit.made.visitor) == Visitor::Person(id));
        let last = own.map(|visit| visit.made.date).max();
        LinkedHome {
            household: link.household,
            number: village
                .people
                .households
                .get(link.household)
                .map_or_else(String::new, |home| home.number.to_string()),
            head: village.head_name(link.household).to_owned(),
            since: match link.to {
                None => format!("{}起", day_words(link.from, today)),
                Some(to) => format!("{}起,{}止", day_words(link.from, today), day_words(to, today)),
            },
            ending: match link.to {
                None => String::new(),
                Some(to) if to == today => "今天止".to_owned(),
                Some(to) => format!("{}止", day_words(to, today)),
            },
            is_due: link.to.is_none_or(|to| to >= Month::of(today).last_day()),
            last_visit: last.map(|day| day_words(day, today)).unwrap_or_default(),
            is_visited: visits.reached_by(link.household, id),
        }
    });
    let homes: Vec<_> = homes.collect();
    let due = homes.iter().filter(|home| home.is_due);
    let visited = due.clone().filter(|home| home.is_visited).count();
    Some(MemberLinks {
        person: id,
        name: village.name(id).to_owned(),
        kind: kind.map_or("不是党员", |kind| kind.word()),
        rate: Rate::new(visited as u64, due.count() as u64),
        room: if kind.is_some() { LINKED_MAX.saturating_sub(homes.len()) } else { 0 },
        homes,
    })
}

/// What can be recorded for one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberPoints {
    /// Who.
    pub person: PersonId,
    /// 「2-017 王海林」
    pub name: String,
    /// 「走访 6 户 · +6」
    pub words: String,
    /// The visits that earn it; none for the month as a whole.
    pub visits: Vec<VisitId>,
}

/// Points that a month proposes under one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The item.
    pub item: ItemId,
    /// Its name with its points: 「走访联系户 +1/户」.
    pub title: String,
    /// Whether points are taken away.
    pub is_deduction: bool,
    /// For whom.
    pub members: Vec<MemberPoints>,
}

/// What a month proposes to record for visits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthPoints {
    /// For each visit.
    pub visits: Option<Proposal>,
    /// For all households visited, and for none.
    pub months: Vec<Proposal>,
    /// Why nothing can be recorded, or not all of it yet; empty otherwise.
    pub remark: &'static str,
}

/// What the month proposes; nothing of it is recorded by itself.
pub fn month_points(village: &Village, month: Month, today: Date) -> MonthPoints {
    let last = month.last_day();
    if village.closings.is_closed(Ledger::Member, last) {
        return MonthPoints {
            remark: "这个月的党员积分已经月结,不能再补记走访积分。", ..MonthPoints::default()
        };
    }
    let months = [MonthOutcome::Full, MonthOutcome::Missed].into_iter();
    let months = months.filter_map(|outcome| month_proposal(village, month, today, outcome));
    MonthPoints {
        visits: visit_proposal(village, month, today),
        months: months.collect(),
        remark: if today < last { "全走访和未走访要到月底那天才能登记。" } else { "" },
    }
}

/// The member after the number of the household.
fn named(village: &Village, person: PersonId) -> String {
    let home = village.people.persons.get(person).and_then(|one| village.people.households.get(one.household));
    format!("{} {}", home.map_or("", |home| home.number.as_str()), village.name(person))
}

fn visit_proposal(village: &Village, month: Month, today: Date) -> Option<Proposal> {
    let book = village.rules.in_force(judged_on(month, today))?;
    let item = VisitItems::of(book).each?;
    let mut members: Vec<MemberPoints> = Vec::new();
    for (visit, person) in village.earnable_visits(month) {
        match members.iter_mut().find(|one| one.person == person) {
            Some(one) => one.visits.push(visit.made.visit),
            None => members.push(MemberPoints {
                person,
                name: named(village, person),
                words: String::new(),
                visits: vec![visit.made.visit],
            }),
        }
    }
    // In the order of the roster, as the months are.
    let places: HashMap<PersonId, usize> = village.people.persons.iter().map(|one| one.id).zip(0..).collect();
    sort_by_key(&mut members, |one| places.get(&one.person).copied());
    for one in &mut members {
        let points = i64::from(item.score.least()) * i64::try_from(one.visits.len()).unwrap_or(0);
        one.words = format!("{} 户 {}", one.visits.len(), signed(points));
    }
    let title = format!("{} {}", item.name, item.score_words());
    (!members.is_empty()).then_some(Proposal { item: item.id, title, is_deduction: false, members })
}

fn month_proposal(village: &Village, month: Month, today: Date, outcome: MonthOutcome) -> Option<Proposal> {
    let (item, months) = village.month_proposals(month, today, outcome)?;
    let members = months.into_iter().map(|one| MemberPoints {
        person: one.person,
        name: named(village, one.person),
        words: format!("走访 {} 户", one.rate().fraction()),
        visits: Vec::new(),
    });
    let members: Vec<_> = members.collect();
    let title = format!("{} {}", item.name, item.score_words());
    let is_deduction = item.score.is_deduction();
    (!members.is_empty()).then_some(Proposal { item: item.id, title, is_deduction, members })
}
