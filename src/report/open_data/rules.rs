//! The rule book: its versions and their items.

use super::Kind::{Day, Flag, Id, Integer, Text};
use super::{Cell, Facts, Link, Sink, Table, field, optional};
use crate::domain::points::rule::{RuleBook, Score, Unit};

pub(super) const VERSIONS: Table = Table {
    name: "rule_versions",
    title: "积分细则的版本",
    about: "每个版本一行",
    fields: &[
        field("version", Integer, "版本号,从 1 起;1000 以上的是另一台电脑同时启用、没有算数的"),
        field("label", Text, "村里的叫法"),
        field("effective", Day, "从哪一天起生效"),
        field("adopted", Day, "哪一天通过"),
        optional("attendance", Integer, "到会人数;早先的版本没有记"),
        optional("category_caps", Text, "类别合计的上限,以顿号分开"),
    ],
    key: &["version"],
    links: &[],
    fill: versions,
};

fn versions(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for book in facts.rules.all() {
        put(&[
            Cell::Integer(book.version.0.into()),
            Cell::Text(&book.label),
            Cell::Day(book.effective),
            Cell::Day(book.adopted),
            Cell::maybe((book.meeting.attendance > 0).then_some(book.meeting.attendance), |came| {
                Cell::Integer(came.into())
            }),
            Cell::Text(&shared_caps(book)),
        ]);
    }
}

/// 「群众积分环境卫生类每月 60 分」
fn shared_caps(book: &RuleBook) -> String {
    let caps = book.category_caps.iter();
    let words = caps.map(|cap| format!("{}{}类{}", cap.ledger.word(), cap.category.word(), cap.cap.words(Unit::Time)));
    words.collect::<Vec<_>>().join("、")
}

pub(super) const ITEMS: Table = Table {
    name: "rule_items",
    title: "积分细则的事项",
    about: "每个版本的每个事项一行",
    fields: &[
        field("version", Integer, "版本号"),
        field("item", Id, "事项的编号;同一事项在各版本里编号相同"),
        field("code", Text, "代码"),
        field("ledger", Text, "群众积分或党员积分"),
        field("category", Text, "类别"),
        field("name", Text, "事项名称"),
        field("points_min", Integer, "一个数量最少计多少分,扣分是负数"),
        field("points_max", Integer, "一个数量最多计多少分"),
        field("unit", Text, "数量的单位"),
        optional("member_types", Text, "适用的党员类型,以顿号分开;空着是不限"),
        optional("caps", Text, "上限,以顿号分开"),
        optional("own_scores", Text, "哪一类党员分值不同,以顿号分开"),
        field("needs_evidence", Flag, "登记时要不要写凭据"),
        optional("from", Day, "从哪一天起计分;空着是从施行日起"),
        optional("until", Day, "到哪一天为止;空着是一直有"),
    ],
    key: &["version", "item"],
    links: &[Link { from: &["version"], table: "rule_versions", to: &["version"] }],
    fill: items,
};

fn items(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for book in facts.rules.all() {
        for item in &book.items {
            let (Score::Fixed(least) | Score::Range(least, _)) = item.score;
            let (Score::Fixed(most) | Score::Range(_, most)) = item.score;
            let own = item.conditions.own_scores.iter();
            let own: Vec<_> = own.map(|own| format!("{}{}", own.kind.word(), own.score.words())).collect();
            let kinds: Vec<_> = item.member_types.iter().map(|kind| kind.word()).collect();
            put(&[
                Cell::Integer(book.version.0.into()),
                Cell::Id(item.id.raw()),
                Cell::Text(&item.code),
                Cell::Text(item.ledger.word()),
                Cell::Text(item.category.word()),
                Cell::Text(&item.name),
                Cell::Integer(least.into()),
                Cell::Integer(most.into()),
                Cell::Text(item.unit.word()),
                Cell::Text(&kinds.join("、")),
                Cell::Text(&item.caps_words()),
                Cell::Text(&own.join("、")),
                Cell::Flag(item.conditions.needs_evidence),
                Cell::maybe(item.conditions.from, Cell::Day),
                Cell::maybe(item.conditions.until, Cell::Day),
            ]);
        }
    }
}
