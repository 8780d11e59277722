//! Any rule book at all.

use cunzhi::domain::points::rule::{
    Cap, CapOf, Category, CategoryCap, Conditions, Item, Ledger, Meeting, OwnScore, Period, RuleBook, RuleVersion,
    Score, Unit,
};
use cunzhi::domain::roster::MemberType;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{any_of, day, item, note, text};

fn score() -> impl Strategy<Value = Score> {
    prop_oneof![
        any::<i32>().prop_map(Score::Fixed),
        any::<(i32, i32)>().prop_map(|(low, high)| Score::Range(low, high))
    ]
}

fn cap() -> impl Strategy<Value = Cap> {
    let of = prop_oneof![any::<u32>().prop_map(CapOf::Times), any::<u32>().prop_map(CapOf::Points)];
    (any_of(Period::ALL), of).prop_map(|(period, of)| Cap { period, of })
}

/// Half of them as old files have them.
fn conditions() -> impl Strategy<Value = Conditions> {
    let own = (any_of(MemberType::ALL), score()).prop_map(|(kind, score)| OwnScore { kind, score });
    let some = (vec(own, 0..3), any::<bool>(), option::of(day()), option::of(day()));
    let some = some.prop_map(|(own_scores, needs_evidence, from, until)| Conditions {
        own_scores,
        needs_evidence,
        from,
        until,
    });
    prop_oneof![Just(Conditions::default()), some]
}

/// One that every village has, or one of its own.
fn category() -> impl Strategy<Value = Category> {
    let own = "[一-龥]{1,8}".prop_filter_map("a name", |name| Category::named(&name));
    prop_oneof![3 => any_of(Category::ALL), 1 => own]
}

/// The same of units.
fn unit() -> impl Strategy<Value = Unit> {
    let own = "[一-龥]{1,4}".prop_filter_map("a name", |name| Unit::named(&name));
    prop_oneof![3 => any_of(Unit::ALL), 1 => own]
}

fn rule_item() -> impl Strategy<Value = Item> {
    let kind = (any_of(Ledger::ALL), vec(any_of(MemberType::ALL), 0..5));
    let words = (category(), unit());
    (item(), text(), text(), kind, words, score(), vec(cap(), 0..3), conditions()).prop_map(
        |(id, code, name, (ledger, member_types), (category, unit), score, caps, conditions)| Item {
            id,
            code,
            ledger,
            member_types,
            category,
            name,
            score,
            unit,
            caps,
            conditions,
        },
    )
}

/// Any rule book; of what came later, all, some or nothing.
pub fn rule_book() -> impl Strategy<Value = RuleBook> {
    let shared = (any_of(Ledger::ALL), category(), cap());
    let shared = shared.prop_map(|(ledger, category, cap)| CategoryCap { ledger, category, cap });
    let meeting = (any::<u32>(), option::of(note()));
    let meeting = meeting.prop_map(|(attendance, decision)| Meeting { attendance, decision });
    let meeting = prop_oneof![Just(Meeting::default()), meeting];
    (any::<u16>(), text(), day(), day(), vec(rule_item(), 0..3), vec(shared, 0..2), meeting).prop_map(
        |(version, label, effective, adopted, items, category_caps, meeting)| RuleBook {
            version: RuleVersion(version),
            label,
            effective,
            adopted,
            items,
            category_caps,
            meeting,
        },
    )
}
