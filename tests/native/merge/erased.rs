//! Whoever was erased on one laptop stays erased on both, whatever the other
//! one, which did not know of it, went on writing.

use cunzhi::domain::command::{Command, NewCase, Settlement};
use cunzhi::domain::conflict::Choice;
use cunzhi::domain::id::{GridId, HouseholdId, PersonId};
use cunzhi::domain::photo::PhotoHost;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::units::{UnitAct, UnitTerms};
use cunzhi::domain::village::Village;
use cunzhi::report::case_detail::case_detail;
use cunzhi::report::person_file::person_file;

use super::cleaning;
use crate::laptops::Desk;
use crate::photos;
use crate::support::{TODAY, home, matter};

use cunzhi::domain::roster::{MemberType, RosterDraft};

fn person(village: &Village, name: &str) -> PersonId {
    let mut people = village.people.persons.iter();
    people.find(|person| village.name(person.id) == name).expect("somebody of this name").id
}

fn erase(desk: &mut Desk, name: &str) {
    let person = person(desk.village(), name);
    desk.act(Command::ErasePerson { person, also: Vec::new() }).expect("in order");
}

/// Whether the name stands anywhere in what is stored.
fn stores(desk: &Desk, name: &str) -> bool {
    let contents = desk.store.contents();
    let stored = contents.segments.iter().map(|(_, bytes)| bytes);
    let stored = stored.chain(contents.slips.iter().map(|(_, bytes)| bytes));
    let mut stored = stored.chain(contents.pages.iter().map(|(_, bytes)| bytes));
    stored.any(|bytes| bytes.windows(name.len()).any(|part| part == name.as_bytes()))
}

/// A laptop whose only unit has this name.
fn with_unit(name: &str) -> Desk {
    let mut desk = Desk::founded();
    let grid: Option<GridId> = desk.village().people.grids.iter().next().map(|grid| grid.id);
    let terms = UnitTerms { name: name.to_owned(), ..UnitTerms::default() };
    desk.act(Command::Unit(UnitAct::Add { grid, terms })).expect("in order");
    desk
}

fn rename_unit(desk: &mut Desk, name: &str) {
    let unit = desk.village().people.units.iter().next().expect("the unit").id;
    let terms = UnitTerms { name: name.to_owned(), ..UnitTerms::default() };
    desk.act(Command::Unit(UnitAct::Change { unit, terms })).expect("in order");
}

fn unit_name(desk: &Desk) -> String {
    let village = desk.village();
    village.people.units.iter().next().map(|unit| village.unit_name(unit)).expect("the unit")
}

/// What merging makes, in either direction and once more, is the same; and what
/// merging with `two` would do next is nothing.
fn merged(one: &Desk, two: &Desk) -> Desk {
    let both = one.merged(two);
    assert!(two.merged(one).picture() == both.picture(), "commutative");
    for side in [one, two] {
        assert!(both.merged(side).picture() == both.picture(), "idempotent");
        assert!(both.plan(side).expect("of one village").incoming.is_empty());
    }
    both
}

#[test]
fn who_was_erased_stays_erased_whatever_the_other_laptop_still_writes() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    let person = one.village().people.persons.iter().next().expect("a person").id;
    let name = one.village().name(person).to_owned();
    one.act(Command::ErasePerson { person, also: Vec::new() }).expect("in order");
    let account = Account::Household(two.village().people.persons.get(person).expect("there").household);
    two.act(cleaning(&two, account)).expect("in order");
    let goods = two.village().shelf.goods.iter().next().expect("the goods").id;
    two.act(Command::Redeem { account, basket: vec![(goods, 1)], proxy: format!("{name}(本人)") }).expect("in order");
    for both in [one.merged(&two), two.merged(&one)] {
        let contents = both.store.contents();
        let stored = contents.segments.iter().map(|row| &row.1).chain(contents.pages.iter().map(|row| &row.1));
        for bytes in stored {
            assert!(!bytes.windows(name.len()).any(|part| part == name.as_bytes()), "{name} is gone");
        }
        assert_eq!(both.village().balance(account), 0, "points and redemption stay");
    }
}

#[test]
fn two_who_were_erased_stay_erased_in_one_text() {
    let mut one = with_unit("张三和吴六家");
    let two = one.copy(21, 1_000);
    erase(&mut one, "张三");
    erase(&mut one, "吴六");
    assert_eq!(unit_name(&one), "某某和某某家");
    let both = merged(&one, &two);
    assert_eq!(unit_name(&both), "某某和某某家");
    // Each erased one of them, and neither knew of the other's.
    let mut one = with_unit("张三和吴六家");
    let mut two = one.copy(21, 1_000);
    erase(&mut one, "张三");
    erase(&mut two, "吴六");
    let both = merged(&one, &two);
    assert_eq!(unit_name(&both), "某某和某某家");
    assert!(["张三", "吴六"].iter().all(|name| !stores(&both, name)));
}

#[test]
fn a_later_text_stays_and_loses_the_name_alone() {
    // Where the erasing laptop went on, what it wrote then counts.
    let mut one = with_unit("张三家那片");
    let two = one.copy(21, 1_000);
    erase(&mut one, "张三");
    rename_unit(&mut one, "河东单元");
    assert_eq!(unit_name(&merged(&one, &two)), "河东单元");
    // Where the other one went on, its text counts, without the name.
    for (written, expected) in [("河东单元", "河东单元"), ("河东张三家", "河东某某家")] {
        let mut one = with_unit("张三家那片");
        let mut two = one.copy(21, 0);
        erase(&mut one, "张三");
        two.clock = one.clock;
        rename_unit(&mut two, written);
        let both = merged(&one, &two);
        assert_eq!(unit_name(&both), expected);
        assert!(!stores(&both, "张三"));
    }
}

/// Both imported one household; each laptop then has both entries of it: the
/// laptops, the entry that goes, and the one that stays.
fn imported_twice() -> (Desk, Desk, HouseholdId, HouseholdId) {
    let founded = Desk::founded();
    let (mut left, mut right) = (founded.copy(20, 0), founded.copy(21, 1_000));
    for desk in [&mut left, &mut right] {
        let home = home("3-001", "第一网格", &[("赵大", Some(MemberType::Linked)), ("小宝", None)]);
        desk.act(Command::ImportRoster(RosterDraft { households: vec![home] })).expect("in order");
    }
    let both = left.merged(&right);
    let mut homes = both.village().people.households.iter().filter(|home| home.number == "3-001").map(|home| home.id);
    let (kept, gone) = (homes.next().expect("one"), homes.next().expect("the other"));
    (both.copy(30, 0), both.copy(31, 500), gone, kept)
}

fn head(desk: &Desk, household: HouseholdId) -> PersonId {
    desk.village().head(household).expect("a head")
}

fn join(desk: &mut Desk, gone: HouseholdId, kept: HouseholdId) {
    desk.act(Command::Settle(Settlement::JoinHouseholds { gone, kept, texts: Choice::Keep })).expect("in order");
}

#[test]
fn erasing_who_was_joined_reaches_a_laptop_that_does_not_know_of_the_joining() {
    // Who joined erases the one person, of whom the other laptop knows two.
    let (mut one, mut two, gone, kept) = imported_twice();
    let old = head(&one, gone);
    join(&mut one, gone, kept);
    erase(&mut one, "赵大");
    let account = Account::Member(old);
    let photo = photos::with(cleaning(&two, Account::Household(gone)), vec![photos::photo(3)]);
    two.act(photo).expect("in order");
    let case = NewCase { reporter: Some(old), phone: "13900001111".to_owned(), ..matter(TODAY, None) };
    two.act(Command::OpenCase(NewCase { text: "赵大说的".to_owned(), ..case })).expect("in order");
    let both = merged(&one, &two);
    assert!(!stores(&both, "赵大") && !stores(&both, "13900001111"));
    assert_eq!(both.village().photos.living().count(), 0, "a picture may show who is erased");
    assert!(both.village().entries.of(both.village().account_now(account)).all(|entry| entry.points != 0));
    // The laptop that knows him under the other name must not keep snapshots either.
    assert!(two.plan(&one).expect("of one village").erases(&two.book));
    assert!(!one.plan(&two).expect("of one village").erases(&one.book), "it has none with the name");

    // One entry is erased here, while the other laptop joins the two into one.
    for entry in [gone, kept] {
        let (mut one, mut two, gone, kept) = (imported_twice().0, imported_twice().1, gone, kept);
        let person = head(&one, entry);
        one.act(Command::ErasePerson { person, also: Vec::new() }).expect("in order");
        for (household, seed) in [(kept, 3), (gone, 4)] {
            let act = photos::with(cleaning(&two, Account::Household(household)), vec![photos::photo(seed)]);
            two.act(act).expect("in order");
        }
        join(&mut two, gone, kept);
        let both = merged(&one, &two);
        assert!(!stores(&both, "赵大"));
        assert_eq!(both.village().photos.living().count(), 0);
        assert!(two.plan(&one).expect("of one village").erases(&two.book));
    }
}

#[test]
fn what_was_reported_under_the_other_entry_is_still_theirs() {
    let (mut one, _, gone, kept) = imported_twice();
    let old = head(&one, gone);
    one.act(Command::OpenCase(NewCase { reporter: Some(old), ..matter(TODAY, None) })).expect("in order");
    join(&mut one, gone, kept);
    let now = head(&one, kept);
    let case = one.village().cases.iter().last().expect("the case").opening.id;
    let detail = case_detail(one.village(), case, TODAY).expect("it is there");
    assert_eq!((detail.reporter.as_str(), detail.reporter_id), ("赵大", Some(now)));
    let file = person_file(one.village(), now, one.clock).expect("known");
    let cases = file.sections.iter().find(|section| section.title == "反映过的事项").expect("the section");
    assert_eq!(cases.rows.len(), 1, "{cases:?}");
}

#[test]
fn a_photo_on_a_claim_of_the_joined_entry_goes_as_well() {
    let (mut one, mut two, gone, kept) = imported_twice();
    let account = Account::Member(head(&two, gone));
    let item = two
        .village()
        .rules
        .in_force(TODAY)
        .and_then(|book| book.items.iter().find(|item| item.ledger == account.ledger()).map(|item| item.id));
    let claim = cunzhi::domain::command::NewClaims {
        item: item.expect("an item of the members"),
        date: TODAY,
        note: "巡河".to_owned(),
        lines: vec![(account, 1)],
        by: None,
    };
    two.act(Command::FileClaims(claim)).expect("in order");
    let filed = two.village().claims.iter().last().expect("the claim").filed.id;
    join(&mut one, gone, kept);
    erase(&mut one, "赵大");
    // The picture comes last of all, a day later.
    two.clock = cunzhi::domain::calendar::Moment(one.clock.0 + 24 * 3600 * 1000);
    two.act(photos::add(PhotoHost::Claim(filed), vec![photos::photo(9)])).expect("in order");
    assert_eq!(merged(&one, &two).village().photos.living().count(), 0);
}
