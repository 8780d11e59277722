//! Two laptops, one of which does not know that points are kept by person.

use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::points::accounts::VillagerAccount;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::village::Village;

use super::super::checks::found;
use super::super::laptops::Desk;
use super::{BY_PERSON, person};

fn scored(village: &Village, account: Account, day: jiff::civil::Date) -> Command {
    let item = village.rules.iter().next().and_then(|book| book.items.first()).expect("环境整治").id;
    let lines = vec![(account, 1)];
    Command::RecordActivity(NewActivity { item, date: day, note: String::new(), lines, points_each: None })
}

#[test]
fn both_choose_and_nobody_starts_twice() {
    let mut one = Desk::founded();
    let settings = Settings { household_opening: 10, ..one.village().settings };
    one.act(Command::ChangeSettings(settings)).expect("settings");
    let mut two = one.copy(21, 60_000);
    for desk in [&mut one, &mut two] {
        desk.act(BY_PERSON).expect("nothing is recorded");
    }
    let (left, right) = (one.merged(&two), two.merged(&one));
    assert_eq!(left.picture(), right.picture());
    assert_eq!(left.village().villager_points(), 60, "six people, 10 points each");
    assert_eq!(found(left.village()), []);
    assert!(left.village().displaced().is_empty(), "the same choice is no contradiction");
}

/// The settings of a laptop that does not know of the choice do not take it
/// back; what it recorded for households is found, and can be put right.
#[test]
fn what_the_other_recorded_by_household_is_put_right() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 60_000);
    one.act(BY_PERSON).expect("nothing is recorded");
    let day = two.clock.date();
    let home = Account::Household(two.village().people.households.iter().next().expect("1-001").id);
    two.act(scored(two.village(), home, day)).expect("it knows of households only");
    let settings = Settings { rate_cents: 50, ..two.village().settings };
    two.act(Command::ChangeSettings(settings)).expect("settings");
    let mut both = one.merged(&two);
    let village = both.village();
    assert_eq!((village.villager_accounts.now(), village.settings.rate_cents), (VillagerAccount::Person, 50));
    assert_eq!(found(village).iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["积分都记在正在用的账户里"]);
    assert_eq!(village.left_behind().into_iter().collect::<Vec<_>>(), [(home, 5)]);
    let entry = village.entries.of(home).last().expect("the entry").id;
    both.act(Command::ReverseEntry { entry, reason: "记到户上了".to_owned() }).expect("nearer to nought");
    let zhang = Account::Villager(person(both.village(), "张三"));
    both.act(scored(both.village(), zhang, day)).expect("recorded for the villager");
    assert_eq!(found(both.village()), []);
    assert_eq!((both.village().balance(home), both.village().balance(zhang)), (0, 5));
}

/// What is saved opens again, with the choice in it.
#[test]
fn a_saved_village_is_by_person_when_it_opens() {
    let mut one = Desk::founded();
    one.act(BY_PERSON).expect("nothing is recorded");
    let zhang = Account::Villager(person(one.village(), "张三"));
    let day = one.clock.date();
    one.act(scored(one.village(), zhang, day)).expect("recorded");
    let copy = one.copy(21, 0);
    assert_eq!(copy.village().villager_accounts.now(), VillagerAccount::Person);
    assert_eq!(copy.village().balance(zhang), 5);
    assert_eq!(copy.picture(), one.picture());
}
