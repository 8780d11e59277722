//! What both laptops entered, and what becomes of it when it is joined.

use cunzhi::domain::calendar::Month;
use cunzhi::domain::command::{Command, Settlement};
use cunzhi::domain::conflict::Choice;
use cunzhi::domain::id::Kind;
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::statement::{Statement, statement};
use cunzhi::domain::register::Field;
use cunzhi::domain::roster::HouseholdDraft;
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::report::conflicts::{JoinDifference, Way, conflicts, join_differences, same_households};

use super::{rows, settle};
use crate::checks::found;
use crate::laptops::Desk;
use crate::oversight::raise;
use crate::support::{TODAY, home};

/// Households that begin with 20 points, members with 60, and a roster that both laptops import.
fn imported_on_both() -> (Desk, Desk) {
    let mut one = Desk::founded();
    let settings = Settings { household_opening: 20, member_opening: 60, ..one.village().settings };
    one.act(Command::ChangeSettings(settings)).expect("in order");
    let (mut left, mut right) = (one.copy(20, 0), one.copy(21, 1_000));
    for desk in [&mut left, &mut right] {
        let numbered = [("3-001", "赵大"), ("3-002", "钱二")];
        let homes = numbered
            .map(|(number, head)| home(number, "第一网格", &[(head, Some(MemberType::Linked)), ("小宝", None)]));
        desk.act(Command::ImportRoster(RosterDraft { households: homes.to_vec() })).expect("in order");
    }
    (left, right)
}

/// 全部合并
fn join_all(desk: &mut Desk) {
    for settlement in same_households(desk.village()) {
        desk.act(Command::Settle(settlement)).expect("in order");
    }
}

/// The account of a household, and that of its head.
fn accounts(desk: &Desk, number: &str) -> [Account; 2] {
    let home = desk.village().people.household_by_number(number).expect("one of them");
    [Account::Household(home.id), Account::Member(home.people[0])]
}

fn balances(desk: &Desk) -> [i64; 4] {
    let [one, two] = ["3-001", "3-002"].map(|number| accounts(desk, number));
    [one[0], one[1], two[0], two[1]].map(|account| desk.village().balance(account))
}

#[test]
fn who_was_imported_on_both_begins_once() {
    let (left, right) = imported_on_both();
    let mut both = left.merged(&right);
    join_all(&mut both);
    assert_eq!(balances(&both), [20, 60, 20, 60]);
    assert_eq!((conflicts(both.village()), found(both.village())), (vec![], vec![]));
    let month = Month::of(TODAY);
    for (account, opening) in accounts(&both, "3-001").into_iter().zip([20, 60]) {
        // It is taken back by an entry of its own, and that is no deduction.
        let reasons: Vec<_> = both.village().entries.of(account).map(|entry| entry.reason).collect();
        assert!(matches!(reasons[..], [Reason::Opening, Reason::Opening, Reason::Reversal(_)]), "{reasons:?}");
        assert_eq!(statement(both.village(), account, month), Statement { opening, ..Statement::default() });
    }
    assert_eq!(right.merged(&both).picture(), both.picture());
}

#[test]
fn both_may_join_before_they_hear_of_each_other() {
    let (left, right) = imported_on_both();
    let (mut one, mut two) = (left.merged(&right), right.merged(&left));
    join_all(&mut one);
    join_all(&mut two);
    let all = one.merged(&two);
    assert_eq!(balances(&all), [20, 60, 20, 60]);
    assert_eq!((conflicts(all.village()), found(all.village())), (vec![], vec![]));
    assert_eq!(two.merged(&one).picture(), all.picture());
}

#[test]
fn a_member_whom_both_named_begins_once() {
    let (one, _) = imported_on_both();
    let child = one.village().people.household_by_number("3-001").expect("imported").people[1];
    let (mut left, mut right) = (one.copy(30, 0), one.copy(31, 1_000));
    for desk in [&mut left, &mut right] {
        let from = desk.clock.date();
        desk.act(Command::TypeMember { person: child, kind: MemberType::Linked, from }).expect("in order");
    }
    let mut both = left.merged(&right);
    let account = Account::Member(child);
    assert_eq!(both.village().balance(account), 120);
    let twice = rows(&both, "积分");
    assert_eq!(twice.len(), 1, "{twice:?}");
    assert_eq!(
        (twice[0].title.as_str(), twice[0].detail.as_str()),
        ("党员 小宝", "两台电脑各记了一次起始分(60 分、60 分)。只算先记的,后记的冲正。")
    );
    assert_eq!(found(both.village()).len(), 1, "核对 says so too");
    // Somebody objects to the second one: that is decided first.
    let second = both.village().standing_openings(account).nth(1).expect("the second");
    let mut objected = both.copy(32, 0);
    objected.act(raise(second, TODAY)).expect("in order");
    let refused = objected.act(Command::Settle(Settlement::OneOpening(account))).expect_err("open");
    assert_eq!(refused.to_string(), "这条记录有异议在处理,请在「月结公示」里处理异议,可以选冲正。");
    settle(&mut both, &twice[0], "只算一次");
    assert_eq!((both.village().balance(account), rows(&both, "积分")), (60, vec![]));
    assert_eq!(found(both.village()), []);
    let gone = Command::ChangePerson { person: child, change: PersonChange::Died, from: both.clock.date() };
    both.act(gone).expect("one person like any other");
}

/// Both import one household, as each has it.
fn each_imports(homes: [HouseholdDraft; 2]) -> Desk {
    let one = Desk::founded();
    let (mut left, mut right) = (one.copy(20, 0), one.copy(21, 1_000));
    for (desk, home) in [&mut left, &mut right].into_iter().zip(homes) {
        desk.act(Command::ImportRoster(RosterDraft { households: vec![home] })).expect("in order");
    }
    left.merged(&right)
}

fn zhao(change: impl Fn(&mut HouseholdDraft)) -> HouseholdDraft {
    let mut home = home("3-001", "第一网格", &[("赵大", Some(MemberType::Linked)), ("小宝", None)]);
    change(&mut home);
    home
}

/// The texts of the one household of that number, and whether the other entry keeps any.
fn texts(desk: &Desk) -> Vec<String> {
    let (village, home) = (desk.village(), desk.village().people.household_by_number("3-001").expect("it"));
    let of_home = [village.register.text(home.id, Field::Address).to_owned()];
    let of_people = home.people.iter().flat_map(|person| {
        [Field::Phone, Field::IdNumber, Field::Care].map(|field| village.register.text(*person, field).to_owned())
    });
    of_home.into_iter().chain(of_people).filter(|text| !text.is_empty()).collect()
}

/// Texts that belong to entries that are gone.
fn leftovers(desk: &Desk) -> usize {
    let people = &desk.village().people;
    let gone = desk.village().register.iter().filter(|(owner, value)| {
        let is_there = match owner.kind {
            Kind::Person => people.persons.iter().any(|one| one.id.raw() == owner.raw),
            Kind::Household => people.households.iter().any(|one| one.id.raw() == owner.raw),
            _ => true,
        };
        value.text.is_some() && !is_there
    });
    gone.count()
}

#[test]
fn what_only_one_side_wrote_is_kept_when_all_are_joined() {
    let mut both = each_imports([
        zhao(|home| home.people[0].phone = "13900000001".to_owned()),
        zhao(|home| {
            home.address = "村东头 3 号".to_owned();
            home.people[1].id_number = "320000200001011234".to_owned();
        }),
    ]);
    join_all(&mut both);
    assert_eq!(texts(&both), ["村东头 3 号", "13900000001", "320000200001011234"]);
    assert_eq!((leftovers(&both), conflicts(both.village())), (0, vec![]));
}

#[test]
fn what_differs_is_listed_and_not_joined_with_the_others() {
    let both = each_imports([
        zhao(|home| {
            home.address = "村东头 3 号".to_owned();
            home.people[0].phone = "13900000001".to_owned();
            home.people[1].id_number = "320000200001011234".to_owned();
        }),
        zhao(|home| {
            (home.grid, home.group) = ("第二网格".to_owned(), "二组".to_owned());
            home.address = "村西头 9 号".to_owned();
            home.people[0].phone = "13900000002".to_owned();
            home.people[0].member = Some(MemberType::Cadre);
            home.people[1].id_number = "320000200001014321".to_owned();
        }),
    ]);
    assert_eq!(same_households(both.village()), []);
    let found = rows(&both, "户");
    let Some(Way::Join("是同一户,合并", gone, kept)) = found[0].ways.first() else { panic!("{found:?}") };
    let listed: Vec<_> = join_differences(both.village(), *gone, *kept)
        .into_iter()
        .map(|JoinDifference { what, texts: [first, second] }| format!("{what}:{first}|{second}"))
        .collect();
    assert_eq!(
        listed,
        [
            "网格(合并后是「第一网格」):第一网格|第二网格",
            "组(合并后是「一组」):一组|二组",
            "赵大的党员类型(合并后是「村组干部」):联户党员|村组干部",
            "地址:村东头 3 号|村西头 9 号",
            "赵大的联系电话:13900000001|13900000002",
            "小宝的身份证号:…011234|…014321",
        ]
    );
    for (choice, expected) in [
        (Choice::Keep, ["村东头 3 号", "13900000001", "320000200001011234"]),
        (Choice::Take, ["村西头 9 号", "13900000002", "320000200001014321"]),
    ] {
        let mut joined = both.copy(33, 0);
        joined
            .act(Command::Settle(Settlement::JoinHouseholds { gone: *gone, kept: *kept, texts: choice }))
            .expect("in order");
        assert_eq!((texts(&joined), leftovers(&joined)), (expected.map(str::to_owned).to_vec(), 0));
        let village = joined.village();
        let home = village.people.household_by_number("3-001").expect("one");
        let head = village.people.persons.get(home.people[0]).expect("zhao");
        assert_eq!((home.group.as_str(), head.member_type()), ("一组", Some(MemberType::Cadre)));
        // The other laptop has the same after the next file.
        assert_eq!(both.merged(&joined).picture(), joined.picture());
    }
}
