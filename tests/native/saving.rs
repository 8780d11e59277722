//! What counts as saved: a file that has left the browser, and nothing else.

use cunzhi::app::save::{check, save_file};
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::points::ledger::Account;
use cunzhi::storage::{Laptop, Store};

use super::book::{OTHER, kept, noon, now};
use super::laptops::Desk;
use super::support::{TODAY, matter};

/// What the laptop remembers of its last file, and what came since.
fn standing(desk: &Desk) -> (Option<Moment>, u64) {
    (desk.book.laptop().saved_at, desk.book.unsaved())
}

/// The laptop has handed out a save file of all that it has.
fn save(desk: &mut Desk) -> Moment {
    let laptop = desk.book.laptop().saved(desk.clock, desk.book.extent());
    now(desk.store.set_laptop(laptop)).expect("memory does not fail");
    desk.book.set_laptop(laptop);
    desk.clock
}

#[test]
fn going_back_to_a_snapshot_saves_nothing() {
    let (book, store) = kept();
    let snapshot = save_file(&store.contents(), &book, noon(TODAY));
    for saved_at in [None, Some(noon(TODAY.yesterday().expect("a day before")))] {
        let file = check(&snapshot, OTHER).expect("a sound file");
        assert_eq!((file.book.laptop().saved_at, file.book.unsaved()), (Some(noon(TODAY)), 0), "a file");
        let back = file.unsaved(saved_at);
        assert_eq!((back.book.laptop().saved_at, back.book.unsaved()), (saved_at, 10), "a snapshot");
        assert_eq!(back.contents.laptop, Some(back.book.laptop()), "and so it is stored");
        assert_eq!(back.book.laptop().device, OTHER);
    }
}

#[test]
fn a_save_file_between_preview_and_merging_is_remembered() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    two.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    let mut merge = one.plan(&two).expect("of one village");
    let at = save(&mut one);
    assert!(merge.follows_from(&one.book), "a save file is no act");
    assert_eq!(merge.book.laptop().saved_at, None, "as it was at the preview");
    merge.set_laptop(one.book.laptop());
    assert_eq!(merge.contents.laptop, Some(one.book.laptop()));
    assert_eq!((merge.book.laptop().saved_at, merge.book.unsaved()), (Some(at), 1), "what came in is in no file");
    assert_eq!(standing(&one), (Some(at), 0));
    // An act is one: the merge was worked out from a book that is no more.
    one.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    assert!(!merge.follows_from(&one.book));
}

#[test]
fn an_activity_of_many_households_is_as_many_records() {
    let mut desk = Desk::founded();
    save(&mut desk);
    assert_eq!(desk.book.unsaved(), 0);
    let accounts: Vec<_> = desk.village().people.households.iter().map(|home| Account::Household(home.id)).collect();
    let item = desk.village().rules.in_force(TODAY).and_then(|book| book.items.first()).expect("an item").id;
    let lines: Vec<_> = accounts.iter().map(|account| (*account, 1)).collect();
    let activity =
        NewActivity { item, date: TODAY, note: "清沟".to_owned(), lines: lines[1..].to_vec(), points_each: None };
    for (what, command, expected) in [
        ("two households", Command::RecordActivity(activity.clone()), 2),
        ("a case", Command::OpenCase(matter(TODAY, None)), 3),
        ("one household", Command::RecordActivity(NewActivity { lines: lines[..1].to_vec(), ..activity }), 4),
    ] {
        desk.act(command).expect("in order");
        assert_eq!((desk.book.unsaved(), desk.copy(7, 0).book.extent()), (expected, desk.book.extent()), "{what}");
    }
    // Another program took note of acts only.
    let laptop = desk.book.laptop();
    desk.book.set_laptop(Laptop { saved_records: None, ..laptop });
    assert_eq!(desk.book.unsaved(), 3);
}
