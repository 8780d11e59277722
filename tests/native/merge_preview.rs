//! What a merge says before it is done: laptops, texts that differ, the
//! households that one press joins, and the line among 「今天要办」.

use cunzhi::domain::command::{Command, Settlement};
use cunzhi::domain::id::{DeviceId, PersonId};
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::domain::roster::{HouseholdDraft, RosterDraft};
use cunzhi::journal::page;
use cunzhi::report::conflicts::{conflicts, same_households};
use cunzhi::report::merge_preview::{TextDifference, difference_rows, laptop_words};
use cunzhi::report::overview::{TodoTarget, overview};
use cunzhi::storage::Store;

use super::laptops::{Desk, now};
use super::support::{TODAY, home};

#[test]
fn the_later_change_of_a_text_counts_and_both_are_shown() {
    let one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    let case = one.village().cases.iter().next().expect("the case").opening.id;
    // The only texts that change so far are those of new records; a page written by hand stands for a correction.
    let mut contents = two.store.contents();
    let mut register = two.village().register.clone();
    let value =
        FieldValue { field: Field::Title, clock: Clock(u64::MAX >> 2), text: Some("二组路灯又不亮".to_owned()) };
    register.set(case.into(), value);
    contents.pages = register.pages().into_iter().map(|key| (key, page::write(register.page(key)))).collect();
    now(two.store.replace(contents)).expect("memory does not fail");
    two = two.copy(21, 0);
    let plan = one.plan(&two).expect("of one village");
    assert_eq!(plan.incoming.differences.len(), 1);
    let difference = &plan.incoming.differences[0];
    assert_eq!(
        (difference.ours.as_str(), difference.theirs.as_str(), difference.kept.as_str()),
        ("二组路灯不亮", "二组路灯又不亮", "二组路灯又不亮")
    );
    assert_eq!(plan.book.village().register.text(case, Field::Title), "二组路灯又不亮");
    assert_eq!(
        two.plan(&one).expect("of one village").book.village().register.text(case, Field::Title),
        "二组路灯又不亮"
    );
}

#[test]
fn differences_are_said_in_words_and_numbers_are_not_shown() {
    let one = Desk::founded();
    let village = one.village();
    let person = village.people.persons.iter().next().expect("a person").id;
    let case = village.cases.iter().next().expect("the case").opening.id;
    let home = village.people.households.iter().next().expect("a household");
    let name = village.name(person);
    let difference = |owner: Owner, field| TextDifference {
        owner,
        field,
        ours: "甲".to_owned(),
        theirs: String::new(),
        kept: "甲".to_owned(),
    };
    let shown = Some(["甲", "(空)", "甲"].map(str::to_owned));
    for (owner, field, title, texts) in [
        (person.into(), Field::Residence, format!("{name}的居住情况"), shown.clone()),
        (person.into(), Field::Phone, format!("{name}的联系电话"), None),
        (person.into(), Field::IdNumber, format!("{name}的身份证号"), None),
        (case.into(), Field::Title, "2025年第 0001 号事项的标题".to_owned(), shown.clone()),
        (case.into(), Field::Phone, "2025年第 0001 号事项的联系电话".to_owned(), None),
        (home.id.into(), Field::Address, format!("{} 户的地址", home.number), shown.clone()),
    ] {
        let rows = difference_rows(village, &[difference(owner, field)], TODAY);
        let found: Vec<_> = rows.into_iter().map(|row| (row.title, row.texts)).collect();
        assert_eq!(found, [(title, texts)]);
    }
}

#[test]
fn laptops_have_letters_and_short_numbers() {
    for (place, device, expected) in [
        (0, 0x3f2a_1122, "另一台电脑 A(编号 3F2A)"),
        (25, 0x0001_0000, "另一台电脑 Z(编号 0001)"),
        (26, 7, "另一台电脑 27(编号 0000)"),
    ] {
        assert_eq!(laptop_words(place, DeviceId(device)), expected);
    }
}

/// Both laptops import these; the last household has another head on each.
fn imported_twice() -> Desk {
    let one = Desk::founded();
    let (mut left, mut right) = (one.copy(20, 0), one.copy(21, 1_000));
    let roster = |last: &str| RosterDraft {
        households: ["3-001", "3-002", "3-003"]
            .into_iter()
            .zip(["赵大", "钱二", last])
            .map(|(number, head)| home(number, "第一网格", &[(head, None), ("小宝", None)]))
            .collect::<Vec<HouseholdDraft>>(),
    };
    left.act(Command::ImportRoster(roster("孙三"))).expect("in order");
    right.act(Command::ImportRoster(roster("李四"))).expect("in order");
    left.merged(&right)
}

#[test]
fn only_households_with_the_same_head_are_joined_in_one_go() {
    let mut both = imported_twice();
    assert_eq!(conflicts(both.village()).len(), 3);
    let same = same_households(both.village());
    assert_eq!(same.len(), 2, "{same:?}");
    for settlement in same {
        assert!(matches!(settlement, Settlement::JoinHouseholds { .. }), "{settlement:?}");
        both.act(Command::Settle(settlement)).expect("in order");
    }
    assert_eq!(same_households(both.village()), []);
    let left = conflicts(both.village());
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].detail.contains("孙三") && left[0].detail.contains("李四"), "{}", left[0].detail);
    // Texts that moved with a joined person are no difference to look at.
    let village = both.village();
    let moved = |id: PersonId| TextDifference {
        owner: id.into(),
        field: Field::Relation,
        ours: "户主".to_owned(),
        theirs: String::new(),
        kept: String::new(),
    };
    let shown = |id| difference_rows(village, &[moved(id)], TODAY).len();
    let persons = || village.people.persons.iter().map(|person| person.id);
    assert!(persons().all(|id| shown(id) == 1), "who is there is shown");
    let before = imported_twice();
    let all = before.village().people.persons.iter().map(|person| person.id);
    let gone: Vec<_> = all.filter(|id| village.people.person_now(*id) != *id).collect();
    assert_eq!((gone.len(), gone.into_iter().map(shown).sum::<usize>()), (4, 0));
}

#[test]
fn conflicts_stand_first_among_what_needs_doing() {
    let both = imported_twice();
    let todos = overview(both.village(), TODAY, None, 0);
    let first = &todos.todos[0];
    assert_eq!(
        (first.title.as_str(), first.detail.as_str(), first.target),
        ("两台电脑的记录有 3 处冲突", "户 · 户号 3-001", TodoTarget::Conflicts)
    );
    assert_eq!(todos.todo_total, todos.todos.len());
    let alone = overview(Desk::founded().village(), TODAY, None, 0);
    assert!(alone.todos.iter().all(|todo| todo.target != TodoTarget::Conflicts));
}
