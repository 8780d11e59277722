//! The village, its grids and households, its party members, and its villagers
//! where points are kept by person: ids only.

use jiff::civil::Date;

use super::Kind::{Day, Id, Integer, Text};
use super::{Cell, Facts, Link, Sink, Table, field, optional};
use crate::domain::people::{Household, Person};

pub(super) const VILLAGE: Table = Table {
    name: "village",
    title: "本村",
    about: "只有一行:这些数据是哪个村的,截至哪一天",
    fields: &[
        field("name", Text, "村名"),
        optional("town", Text, "乡镇"),
        optional("county", Text, "县"),
        field("as_of", Day, "数据截至这一天"),
    ],
    key: &["name"],
    links: &[],
    fill: village,
};

fn village(facts: &Facts<'_>, put: &mut Sink<'_>) {
    if let Some(profile) = facts.profile {
        let words = [&profile.name, &profile.town, &profile.county];
        let [name, town, county] = words.map(|word| Cell::Text(word));
        put(&[name, town, county, Cell::Day(facts.today)]);
    }
}

pub(super) const GRIDS: Table = Table {
    name: "grids",
    title: "网格",
    about: "每个网格一行",
    fields: &[
        field("id", Id, "网格的编号"),
        field("number", Integer, "在本村的序号,从 1 起"),
        field("name", Text, "网格名称"),
    ],
    key: &["id"],
    links: &[],
    fill: grids,
};

fn grids(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for grid in &facts.people.grids {
        put(&[Cell::Id(grid.id.raw()), Cell::Integer(grid.number.into()), Cell::Text(&grid.name)]);
    }
}

pub(super) const UNITS: Table = Table {
    name: "units",
    title: "十户单元",
    about: "每个十户单元一行,没有名称和十户长",
    fields: &[
        field("id", Id, "单元的编号"),
        optional("grid", Id, "所在网格;空着是未分网格"),
        field("number", Integer, "在网格里的序号,从 1 起"),
    ],
    key: &["id"],
    links: &[Link { from: &["grid"], table: "grids", to: &["id"] }],
    fill: units,
};

fn units(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for unit in &facts.people.units {
        let grid = Cell::maybe(unit.grid, |grid| Cell::Id(grid.raw()));
        put(&[Cell::Id(unit.id.raw()), grid, Cell::Integer(unit.number.into())]);
    }
}

pub(super) const HOUSEHOLDS: Table = Table {
    name: "households",
    title: "户",
    about: "每户一行,没有户主姓名和住址。积分参与率 = 当季有得分(entries 里 kind 为 act、points 大于 0、没有被冲正)的户 ÷ 季末还有人在的户",
    fields: &[
        field("id", Id, "户的编号"),
        field("number", Text, "村里的户号"),
        optional("grid", Id, "所在网格;空着是未分网格"),
        optional("unit", Id, "所在的十户单元;空着是没有编入"),
        optional("village_group", Text, "村民小组"),
        field("people", Integer, "花名册上的人数"),
        optional("left", Day, "从哪一天起全家都不在本村(迁出、去世);空着是还有人在"),
    ],
    key: &["id"],
    links: &[
        Link { from: &["grid"], table: "grids", to: &["id"] },
        Link { from: &["unit"], table: "units", to: &["id"] },
    ],
    fill: households,
};

fn households(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for home in &facts.people.households {
        put(&[
            Cell::Id(home.id.raw()),
            Cell::Text(&home.number),
            Cell::maybe(home.grid, |grid| Cell::Id(grid.raw())),
            Cell::maybe(facts.people.unit_of(home), |unit| Cell::Id(unit.id.raw())),
            Cell::Text(&home.group),
            Cell::Integer(i64::try_from(home.people.len()).unwrap_or(i64::MAX)),
            Cell::maybe(left(facts, home), Cell::Day),
        ]);
    }
}

/// The first of the days from which on nobody of the household is here.
fn left(facts: &Facts<'_>, home: &Household) -> Option<Date> {
    let people = home.people.iter().filter_map(|id| facts.people.persons.get(*id));
    let mut days: Vec<Date> = people.flat_map(|person| &person.changes).map(|(from, _)| *from).collect();
    days.sort_unstable();
    days.into_iter().rev().take_while(|day| !facts.people.is_lived_in(home, *day)).last()
}

pub(super) const VILLAGERS: Table = Table {
    name: "villagers",
    title: "村民",
    about: "按人记分的村,花名册上每人一行,没有姓名;一直按户记分的村没有行。\
            按人的季度,积分参与率 = 当季有得分的人 ÷ 季末还在本村的人",
    fields: &[
        field("person", Id, "人的编号"),
        field("household", Id, "所在的户"),
        optional("left", Day, "从哪一天起不在本村(迁出、去世);空着是在本村"),
    ],
    key: &["person"],
    links: &[Link { from: &["household"], table: "households", to: &["id"] }],
    fill: villagers,
};

fn villagers(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for person in facts.villagers() {
        let left = Cell::maybe(gone(person), Cell::Day);
        put(&[Cell::Id(person.id.raw()), Cell::Id(person.household.raw()), left]);
    }
}

/// The first of the days from which on the person is not here.
fn gone(person: &Person) -> Option<Date> {
    let days = person.changes.iter().map(|(from, _)| *from).rev();
    days.take_while(|day| !person.is_here_on(*day)).last()
}

pub(super) const MEMBERS: Table = Table {
    name: "members",
    title: "党员",
    about: "每名党员一行,没有姓名",
    fields: &[
        field("person", Id, "人的编号"),
        field("household", Id, "所在的户"),
        optional("member_type", Text, "截至导出日的党员类型;空着是还没有生效的类型"),
        optional("since", Day, "这一类型从哪一天起"),
    ],
    key: &["person"],
    links: &[Link { from: &["household"], table: "households", to: &["id"] }],
    fill: members,
};

fn members(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for person in facts.people.members() {
        let now = person.memberships.iter().rev().find(|membership| membership.from <= facts.today);
        put(&[
            Cell::Id(person.id.raw()),
            Cell::Id(person.household.raw()),
            Cell::maybe_word(now.map(|membership| membership.kind.word())),
            Cell::maybe(now, |membership| Cell::Day(membership.from)),
        ]);
    }
}

pub(super) const MEMBERSHIPS: Table = Table {
    name: "memberships",
    title: "党员类型的变动",
    about: "每名党员每次定类型一行,按先后排列",
    fields: &[
        field("person", Id, "人的编号"),
        field("place", Integer, "第几次定类型,从 1 起"),
        field("member_type", Text, "党员类型"),
        field("since", Day, "从哪一天起"),
    ],
    key: &["person", "place"],
    links: &[Link { from: &["person"], table: "members", to: &["person"] }],
    fill: memberships,
};

fn memberships(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for person in facts.people.members() {
        for (place, membership) in (1..).zip(&person.memberships) {
            let kind = Cell::Text(membership.kind.word());
            put(&[Cell::Id(person.id.raw()), Cell::Integer(place), kind, Cell::Day(membership.from)]);
        }
    }
}
