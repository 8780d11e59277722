//! Visits and linked households: ids, days and words of fixed lists. What was
//! learnt is in the register and not here.

use super::Kind::{Day, Flag, Id, Integer, Text, Time};
use super::{Cell, Facts, Link, Sink, Table, field, optional};
use crate::domain::case::record::Errand;
use crate::domain::visits::Visitor;

pub(super) const MEMBER_LINKS: Table = Table {
    name: "member_links",
    title: "联系户",
    about: "每名党员每段联系一行",
    fields: &[
        field("place", Integer, "第几段联系,从 1 起"),
        field("member", Id, "党员的编号"),
        field("household", Id, "联系的户"),
        field("since", Day, "从哪一天起"),
        optional("until", Day, "到哪一天止;空着是还在联系"),
    ],
    key: &["place"],
    links: &[
        Link { from: &["member"], table: "members", to: &["person"] },
        Link { from: &["household"], table: "households", to: &["id"] },
    ],
    fill: member_links,
};

fn member_links(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for (place, link) in (1..).zip(facts.visits.links()) {
        put(&[
            Cell::Integer(place),
            Cell::Id(facts.people.person_now(link.person).raw()),
            Cell::Id(facts.people.household_now(link.household).raw()),
            Cell::Day(link.from),
            Cell::maybe(link.to, Cell::Day),
        ]);
    }
}

pub(super) const VISITS: Table = Table {
    name: "visits",
    title: "走访",
    about: "每次走访每户一行,没有了解到的情况。走访覆盖率 = 当月走到的户(没有作废的,每户算一次)÷ 月末(当月是导出日)还有人在的户",
    fields: &[
        field("id", Id, "走访的编号"),
        field("date", Day, "走访日期"),
        field("household", Id, "走访的户"),
        optional("person", Id, "走访的人在花名册里的编号;空着是经手人"),
        optional("staff", Id, "走访的是经手人:经手人的编号"),
        field("capacity", Text, "以什么身份走访"),
        optional("errand", Text, "三件事:提醒、帮助、防范"),
        optional("case_id", Id, "由此开的事项"),
        optional("entry", Id, "由此得的那一笔积分;冲正了也留着"),
        field("is_struck", Flag, "是不是作废了"),
        field("entered", Time, "什么时候登记,北京时间"),
    ],
    key: &["id"],
    links: &[
        Link { from: &["household"], table: "households", to: &["id"] },
        Link { from: &["case_id"], table: "cases", to: &["id"] },
        Link { from: &["entry"], table: "entries", to: &["id"] },
    ],
    fill: visits,
};

fn visits(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for visit in facts.visits {
        let made = &visit.made;
        let (person, staff) = match made.visitor {
            Visitor::Person(id) => (Some(facts.people.person_now(id).raw()), None),
            Visitor::Staff(id) => (None, Some(id.raw())),
        };
        put(&[
            Cell::Id(made.visit.raw()),
            Cell::Day(made.date),
            Cell::Id(facts.people.household_now(made.household).raw()),
            Cell::maybe(person, Cell::Id),
            Cell::maybe(staff, Cell::Id),
            Cell::Text(made.capacity.word()),
            Cell::maybe_word(made.errand.map(Errand::word)),
            Cell::maybe(visit.case, |case| Cell::Id(case.raw())),
            Cell::maybe(visit.entry, |entry| Cell::Id(entry.raw())),
            Cell::Flag(!visit.stands()),
            Cell::Time(visit.at),
        ]);
    }
}
