//! 村情: households, people, party members and grids, with their totals.

use std::collections::HashMap;

use jiff::civil::Date;

use super::spelling::{Spelling, number_key, query};
use super::tag::day_words;
use super::units::Within;
use super::vetoes::{VetoSign, veto_sign};
use crate::domain::calendar::{Month, parse_iso_date};
use crate::domain::id::{GridId, HouseholdId, PersonId, UnitId};
use crate::domain::order::sort_by_key;
use crate::domain::people::{Household, Person, PersonChange};
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::ledger::Account;
use crate::domain::rate::Rate;
use crate::domain::register::Field;
use crate::domain::roster::MemberType;
use crate::domain::units::TenHouseholdUnit;
use crate::domain::village::Village;

/// Who is younger is a child: hidden until somebody asks.
const CHILD: u16 = 14;

/// One household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdRow {
    /// The household's id.
    pub id: HouseholdId,
    /// 户号
    pub number: String,
    /// 户主
    pub head: String,
    /// Name of the grid.
    pub grid: String,
    /// What its unit is called; empty for none.
    pub unit: String,
    /// 组
    pub group: String,
    /// 人数
    pub people: usize,
    /// 党员数
    pub members: usize,
    /// 积分结余
    pub balance: i64,
}

/// Households with their totals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseholdList {
    /// In the order of the roster.
    pub rows: Vec<HouseholdRow>,
    /// People in these households.
    pub people: usize,
    /// Party members in these households.
    pub members: usize,
    /// Sum of their balances.
    pub balance: i64,
}

/// Households among those that are asked for in whose number or names the text
/// is found (all for an empty one). Pinyin and initials work too.
pub fn household_list(village: &Village, within: Within, text: &str) -> HouseholdList {
    let typed = query(text);
    let mut list = HouseholdList::default();
    for household in &village.people.households {
        if !within.holds(&village.people, household) || !(typed.is_empty() || is_found(village, household, &typed)) {
            continue;
        }
        let row = household_row(village, household);
        list.people += row.people;
        list.members += row.members;
        list.balance += row.balance;
        list.rows.push(row);
    }
    list
}

fn is_found(village: &Village, household: &Household, typed: &[char]) -> bool {
    let number: Vec<char> = number_key(&household.number).chars().collect();
    number.windows(typed.len()).any(|part| part == typed)
        || household
            .people
            .iter()
            .any(|person| Spelling::of_name(village.register.text(*person, Field::Name)).find(typed).is_some())
}

fn household_row(village: &Village, household: &Household) -> HouseholdRow {
    let people = household.people.iter().filter_map(|person| village.people.persons.get(*person));
    HouseholdRow {
        id: household.id,
        number: household.number.to_string(),
        head: village.head_name(household.id).to_owned(),
        grid: village.people.grid_name(household.grid).to_owned(),
        unit: village.people.unit_of(household).map(|unit| village.unit_name(unit)).unwrap_or_default(),
        group: household.group.to_string(),
        people: here(village, household),
        members: people.filter(|person| !person.memberships.is_empty()).count(),
        balance: village.balance_of_home(household),
    }
}

/// One person of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The person's id.
    pub id: PersonId,
    /// Name; 「已删除」 when erased.
    pub name: String,
    /// Whether the person was erased, and nothing of theirs is left.
    pub is_erased: bool,
    /// 与户主关系
    pub relation: String,
    /// 性别; may be empty.
    pub sex: String,
    /// 「56 岁」; empty when unknown.
    pub age: String,
    /// Under 14: hidden by default.
    pub is_child: bool,
    /// 联系电话; may be empty.
    pub phone: String,
    /// 「9月26日去世」; empty while the person is here.
    pub gone: String,
    /// 党员类型, today's.
    pub member_type: Option<MemberType>,
    /// Points of the person's own account in the villager ledger, where they are
    /// or were kept by person.
    pub balance: Option<i64>,
    /// The veto that counts against the person today.
    pub veto: Option<VetoSign>,
    /// 「孤寡老人、低保」; may be empty.
    pub care: String,
    /// 常住 or 流动; may be empty.
    pub residence: String,
}

/// One household in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdDetail {
    /// Its row in the list.
    pub household: HouseholdRow,
    /// The grid in which it lies.
    pub grid: Option<GridId>,
    /// Its unit, with the name of the 十户长, which may be empty.
    pub unit: Option<(UnitId, String)>,
    /// 地址; may be empty.
    pub address: String,
    /// The veto that counts against it today.
    pub veto: Option<VetoSign>,
    /// What leads to its own passbook; none where points are kept by person and it never had any.
    pub book: Option<&'static str>,
    /// Its people, the head first.
    pub people: Vec<PersonRow>,
}

/// The household of this id, in full.
pub fn household_detail(village: &Village, id: HouseholdId, today: Date) -> Option<HouseholdDetail> {
    let household = village.people.households.get(id)?;
    let own = Account::Household(id);
    let people = household.people.iter().filter_map(|person| village.people.persons.get(*person));
    Some(HouseholdDetail {
        household: household_row(village, household),
        grid: household.grid,
        unit: village.people.unit_of(household).map(|unit| (unit.id, unit_head(village, unit))),
        address: village.register.text(id, Field::Address).to_owned(),
        veto: veto_sign(village, own, today),
        book: if village.is_in_use(own) {
            Some("看这户的存折")
        } else {
            village.entries.lines_of(own).next().map(|_| "看按户记的旧存折")
        },
        people: people.map(|person| person_row(village, person, today)).collect(),
    })
}

fn unit_head(village: &Village, unit: &TenHouseholdUnit) -> String {
    village.unit_head(unit).map_or("", |head| village.name(head)).to_owned()
}

fn person_row(village: &Village, person: &Person, today: Date) -> PersonRow {
    let text = |field| village.register.text(person.id, field).to_owned();
    let own = Account::Villager(person.id);
    let has_own = village.villager_accounts.ever().contains(&VillagerAccount::Person);
    let age = age(&text(Field::Birth), today);
    PersonRow {
        id: person.id,
        name: village.name(person.id).to_owned(),
        is_erased: village.is_forgotten(person.id),
        relation: text(Field::Relation),
        sex: text(Field::Sex),
        age: age.map(|years| format!("{years} 岁")).unwrap_or_default(),
        is_child: age.is_some_and(|years| years < CHILD),
        phone: text(Field::Phone),
        gone: gone_words(person, today),
        member_type: person.member_type_on(today),
        balance: has_own.then(|| village.balance(own)),
        veto: veto_sign(village, own, today).or_else(|| veto_sign(village, Account::Member(person.id), today)),
        care: text(Field::Care),
        residence: if person.is_here() { text(Field::Residence) } else { "—".to_owned() },
    }
}

/// Whether the person is 18, as far as the birth is known.
pub(super) fn adult(village: &Village, person: PersonId, today: Date) -> bool {
    age(village.register.text(person, Field::Birth), today).is_none_or(|years| years >= 18)
}

/// Whether the person is under 14, as far as the birth is known.
pub fn is_child(village: &Village, person: PersonId, today: Date) -> bool {
    age(village.register.text(person, Field::Birth), today).is_some_and(|years| years < CHILD)
}

/// Full years since birth; nothing for a birth that is unknown or to come.
fn age(birth: &str, today: Date) -> Option<u16> {
    let birth = parse_iso_date(birth)?;
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    u16::try_from(today.year() - birth.year() - i16::from(!had_birthday)).ok()
}

/// One party member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The person's id.
    pub person: PersonId,
    /// The household's id.
    pub household: HouseholdId,
    /// 姓名
    pub name: String,
    /// 党员类型, today's.
    pub member_type: MemberType,
    /// 「1月1日」, the first day of the type.
    pub since: String,
    /// 户号
    pub number: String,
    /// Name of the grid.
    pub grid: String,
    /// 积分结余
    pub points: i64,
    /// Linked households visited this month ÷ due; 0/0 for who has none.
    pub linked: Rate,
    /// 「8月8日组织关系转出」, and the like; empty while the membership counts.
    pub gone: String,
    /// The veto that counts against the member today.
    pub veto: Option<VetoSign>,
}

/// Party members of today, by type.
pub fn member_list(village: &Village, today: Date) -> Vec<MemberRow> {
    members_in(village, Within::default(), today)
}

/// Party members of today among those that are asked for, by type.
pub fn members_in(village: &Village, within: Within, today: Date) -> Vec<MemberRow> {
    let months = village.member_months(Month::of(today), today);
    let linked: HashMap<PersonId, Rate> = months.iter().map(|one| (one.person, one.rate())).collect();
    let rows = village.people.members().filter_map(|person| {
        let membership = person.memberships.iter().rev().find(|membership| membership.from <= today)?;
        let household = village.people.households.get(person.household)?;
        if !within.holds(&village.people, household) {
            return None;
        }
        Some(MemberRow {
            person: person.id,
            household: household.id,
            name: village.name(person.id).to_owned(),
            member_type: membership.kind,
            since: day_words(membership.from, today),
            number: household.number.to_string(),
            grid: village.people.grid_name(household.grid).to_owned(),
            points: village.balance(Account::Member(person.id)),
            linked: linked.get(&person.id).copied().unwrap_or_default(),
            gone: gone_words(person, today),
            veto: veto_sign(village, Account::Member(person.id), today),
        })
    });
    let mut rows: Vec<_> = rows.collect();
    sort_by_key(&mut rows, |row| row.member_type as usize);
    rows
}

/// One grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridRow {
    /// The grid's id; `None` for 未分网格 and for the total.
    pub id: Option<GridId>,
    /// Its name; 合计 for the total.
    pub name: String,
    /// 十户单元
    pub units: usize,
    /// 户数
    pub households: usize,
    /// 人数
    pub people: usize,
    /// 党员数
    pub members: usize,
    /// 未办结事项
    pub open_cases: usize,
}

/// 网格力量配备一览: one row per grid, and the total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridList {
    /// The grids in order; 未分网格 last, where anything lies there.
    pub rows: Vec<GridRow>,
    /// 合计
    pub total: GridRow,
}

/// The grids with what lies in them.
pub fn grid_list(village: &Village) -> GridList {
    let ids = village.people.grids.iter().map(|grid| Some(grid.id)).chain([None]);
    let mut rows: Vec<GridRow> =
        ids.map(|id| GridRow { id, name: village.people.grid_name(id).to_owned(), ..GridRow::default() }).collect();
    let positions: HashMap<GridId, usize> = rows.iter().zip(0..).filter_map(|(row, n)| Some((row.id?, n))).collect();
    let without_grid = rows.len() - 1;
    let position = |grid: Option<GridId>| grid.and_then(|id| positions.get(&id)).copied().unwrap_or(without_grid);
    for household in &village.people.households {
        let row = &mut rows[position(household.grid)];
        let people = household.people.iter().filter_map(|person| village.people.persons.get(*person));
        row.households += 1;
        row.people += here(village, household);
        row.members += people.filter(|person| !person.memberships.is_empty()).count();
    }
    for case in village.cases.iter().filter(|case| !case.is_closed()) {
        rows[position(case.opening.grid)].open_cases += 1;
    }
    for unit in &village.people.units {
        rows[position(unit.grid)].units += 1;
    }
    let mut total = GridRow { name: "合计".to_owned(), ..GridRow::default() };
    for row in &rows {
        total.units += row.units;
        total.households += row.households;
        total.people += row.people;
        total.members += row.members;
        total.open_cases += row.open_cases;
    }
    rows.retain(|row| row.id.is_some() || row.households + row.open_cases + row.units > 0);
    GridList { rows, total }
}

/// How many of the household's people are here.
pub(super) fn here(village: &Village, household: &Household) -> usize {
    let people = household.people.iter().filter_map(|id| village.people.persons.get(*id));
    people.filter(|person| person.is_here()).count()
}

/// What became of a person who is not here, or is no member of this village any more, with the day.
fn gone_words(person: &Person, today: Date) -> String {
    let about = |change: PersonChange| (change == PersonChange::LeftParty) == person.is_here();
    let is_gone = !person.is_here() || (!person.memberships.is_empty() && person.member_type_on(today).is_none());
    let last = person.changes.iter().rev().find(|(_, change)| is_gone && about(*change));
    last.map_or_else(String::new, |(from, change)| format!("{}{}", day_words(*from, today), change.word()))
}
