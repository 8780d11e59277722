//! What one laptop would have refused and two could record together.

use cunzhi::domain::calendar::{Moment, add_days};
use cunzhi::domain::command::{Command, NewActivity, Settlement};
use cunzhi::domain::conflict::Choice;
use cunzhi::domain::event::Event;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use jiff::civil::Date;

use super::super::laptops::Desk;
use super::super::oversight::close;
use super::super::support::{TODAY, Town};
use super::{OCTOBER, apply, found};

/// Both laptops record 环境整治, which counts once a day, for the first household.
fn twice(desks: [&mut Desk; 2]) -> Account {
    let [one, two] = desks;
    let home = Account::Household(one.village().people.households.iter().next().expect("a household").id);
    for desk in [one, two] {
        let item = desk.village().rules.iter().next().and_then(|book| book.items.first()).expect("环境整治").id;
        let (date, lines) = (desk.clock.date(), vec![(home, 1)]);
        let new = NewActivity { item, date, note: String::new(), lines, points_each: None };
        desk.act(Command::RecordActivity(new)).expect("each knows of one only");
    }
    home
}

#[test]
fn a_cap_that_two_laptops_break_is_found_and_mended_by_a_reversal() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 3_600_000);
    let home = twice([&mut one, &mut two]);
    let mut both = one.merged(&two);
    let expected = "1-001 户 2025年9月26日 的「环境整治」5 分超过了上限(每日1次)。请核实,多记的在存折里冲正。";
    assert_eq!(found(both.village()), [("每项得分没有超过上限", vec![expected.to_owned()])]);
    assert_eq!(found(two.merged(&one).village()), found(both.village()));
    let last = both.village().entries.of(home).last().expect("the second").id;
    both.act(Command::ReverseEntry { entry: last, reason: "记了两次".to_owned() }).expect("in order");
    assert_eq!(found(both.village()), []);
}

/// Whichever of the two was recorded first, and when one activity has both.
#[test]
fn a_cap_that_a_household_entered_twice_breaks_is_found() {
    let expected = "1-001 户 2025年9月26日 的「环境整治」5 分超过了上限(每日1次)。请核实,多记的在存折里冲正。";
    for activities in [&[&["1-001"][..], &["1-002"]][..], &[&["1-002"], &["1-001"]], &[&["1-002", "1-001"]]] {
        let mut town = Town::small();
        for numbers in activities {
            let lines = numbers.iter().map(|number| (town.household(number), 1)).collect();
            let activity = town.activity_of(TODAY, "环境整治", lines);
            town.must(TODAY, activity);
        }
        assert_eq!(found(&town.village), [], "two households");
        let [gone, kept] = ["1-002", "1-001"].map(|number| town.village.people.household_by_number(number));
        let (gone, kept) = (gone.expect("known").id, kept.expect("known").id);
        apply(&mut town, TODAY, &Event::HouseholdsJoined { gone, kept, people: Vec::new() });
        let found = found(&town.village);
        assert_eq!(found, [("每项得分没有超过上限", vec![expected.to_owned()])], "{activities:?}");
    }
}

#[test]
fn what_was_taken_into_the_open_month_breaks_no_cap() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 3_600_000);
    let home = Account::Household(one.village().people.households.iter().next().expect("a household").id);
    one.act(clean(&one, home, TODAY)).expect("in order");
    one.clock = Moment::at(OCTOBER, 9, 0);
    one.act(close(Ledger::Villager, cunzhi::domain::calendar::Month::of(TODAY))).expect("in order");
    one.act(clean(&one, home, OCTOBER)).expect("in order");
    two.clock = Moment::at(OCTOBER, 15, 0);
    two.act(clean(&two, home, add_days(TODAY, -1))).expect("two does not know");
    let mut both = one.merged(&two);
    both.clock = Moment::at(OCTOBER, 16, 0);
    let place = both.village().displaced()[0].place;
    both.act(Command::Settle(Settlement::Displaced { place, choice: Choice::Take })).expect("in order");
    let days: Vec<_> = both.village().entries.of(home).map(|entry| entry.date).collect();
    assert_eq!(days, [TODAY, OCTOBER, OCTOBER], "twice on a day, because the village wanted it");
    assert_eq!(found(both.village()), []);
}

pub fn clean(desk: &Desk, home: Account, date: Date) -> Command {
    let item = desk.village().rules.iter().next().and_then(|book| book.items.first()).expect("环境整治").id;
    Command::RecordActivity(NewActivity { item, date, note: String::new(), lines: vec![(home, 1)], points_each: None })
}
