//! Merging is a union, whatever the order and however wrong the clocks.

use cunzhi::domain::command::Command;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::roster::{MemberType, RosterDraft};
use proptest::prelude::*;

use super::cleaning;
use super::deeds::{any_deed, play};
use crate::laptops::Desk;
use crate::support::{home, matter};

const YEAR_MS: i64 = 365 * 24 * 3600 * 1000;

/// What only one of the two villages shows.
fn differing(one: &Desk, other: &Desk) -> Vec<String> {
    let (mut left, right) = (one.picture(), other.picture());
    let more: Vec<String> = right.iter().filter(|line| !left.contains(line)).cloned().collect();
    left.retain(|line| !right.contains(line));
    left.extend(more);
    left
}

/// A laptop that has the entries of two others, which entered the same household.
fn imported_twice() -> Desk {
    let founded = Desk::founded();
    let [left, right] = [(20, 0), (23, 1_000)].map(|(device, wrong)| {
        let mut desk = founded.copy(device, wrong);
        let homes = vec![home("3-009", "第一网格", &[("孙九", Some(MemberType::Linked)), ("孙小", None)])];
        desk.act(Command::ImportRoster(RosterDraft { households: homes })).expect("in order");
        desk
    });
    left.merged(&right).copy(7, 0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn merging_is_a_union(
        deeds in proptest::collection::vec(proptest::collection::vec(any_deed(), 0..12), 3),
        wrong in proptest::collection::vec(-YEAR_MS..YEAR_MS, 2),
        twice: bool,
    ) {
        let mut one = if twice { imported_twice() } else { Desk::founded() };
        let known = one.book.acts();
        let (mut two, mut three) = (one.copy(21, wrong[0]), one.copy(22, wrong[1]));
        play(&mut one, &deeds[0]);
        play(&mut two, &deeds[1]);
        play(&mut three, &deeds[2]);
        let (left, right) = (one.merged(&two), two.merged(&one));
        prop_assert_eq!(differing(&left, &right), [""; 0], "commutative");
        prop_assert_eq!(differing(&left.merged(&two), &left), [""; 0], "idempotent");
        let mut again = left.plan(&two).expect("of one village");
        again.lack(&left.store.contents().photos.iter().map(|(id, _)| *id).collect());
        prop_assert!(again.incoming.is_empty());
        let (early, late) = (left.merged(&three), one.merged(&two.merged(&three)));
        prop_assert_eq!(differing(&early, &late), [""; 0], "associative");
        // Nothing that was recorded is gone.
        prop_assert_eq!(left.book.acts() + known, one.book.acts() + two.book.acts());
    }

    /// Both know what contradicts, and each goes on and settles what it likes.
    #[test]
    fn what_both_settle_is_a_union_as_well(
        deeds in proptest::collection::vec(proptest::collection::vec(any_deed(), 0..12), 4),
        wrong in proptest::collection::vec(-YEAR_MS..YEAR_MS, 3),
    ) {
        let mut one = imported_twice();
        let mut two = one.copy(21, wrong[0]);
        play(&mut one, &deeds[0]);
        play(&mut two, &deeds[1]);
        let both = one.merged(&two);
        let (mut left, mut right) = (both.copy(31, wrong[1]), both.copy(32, wrong[2]));
        play(&mut left, &deeds[2]);
        play(&mut right, &deeds[3]);
        let all = left.merged(&right);
        prop_assert_eq!(differing(&all, &right.merged(&left)), [""; 0], "commutative");
        prop_assert_eq!(differing(&all.merged(&right), &all), [""; 0], "idempotent");
        let (early, late) = (all.merged(&one), left.merged(&right.merged(&one)));
        prop_assert_eq!(differing(&early, &late), [""; 0], "associative");
    }

    #[test]
    fn what_follows_a_merge_comes_after_it(
        deeds in proptest::collection::vec(any_deed(), 1..8), wrong in -YEAR_MS..YEAR_MS,
    ) {
        let mut one = Desk::founded();
        let mut two = one.copy(21, wrong);
        play(&mut two, &deeds);
        let mut one_more = one.merged(&two);
        let account = Account::Household(one_more.village().people.households.iter().next().expect("a household").id);
        one_more.act(Command::OpenCase(matter(one_more.clock.date(), None))).expect("in order");
        let _capped = one_more.act(cleaning(&one_more, account));
        play(&mut one, &deeds);
        // Displacement is stable: opening again, or merging once more, shows the same.
        prop_assert_eq!(differing(&one_more.merged(&two), &one_more), [""; 0]);
    }
}
