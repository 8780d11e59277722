//! 核对: an altered entry is found by the chain; a cut tail is found only
//! through a fingerprint that was printed before.

use cunzhi::app::opening;
use cunzhi::app::read_only::ReadOnly;
use cunzhi::app::save::{RestoreError, check, save_file};
use cunzhi::app::verify::{Verdict, verify};
use cunzhi::app::woven::OpenError;
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::conflict::{ActPlace, Choice};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::DeviceId;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::journal::fingerprint::{Fingerprint, FingerprintError, LedgerTrails};
use cunzhi::journal::raw_act::RawAct;
use cunzhi::journal::segment::{self, Head, SegmentError};
use cunzhi::storage::Contents;

use super::journal::older::altered_at;
use super::journal::page_of_newer_kind;
use super::laptops::Desk;
use super::support::{TODAY, matter};

fn clean(desk: &mut Desk, household: usize) {
    let village = desk.village();
    let account = Account::Household(village.people.households.iter().nth(household).expect("a household").id);
    let item = village.rules.in_force(TODAY).and_then(|book| book.items.first()).expect("an item").id;
    let lines = vec![(account, 1)];
    let new = NewActivity { item, date: TODAY, note: String::new(), lines, points_each: None };
    desk.act(Command::RecordActivity(new)).expect("in order");
}

fn checked(desk: &Desk) -> Verdict {
    let verdict = verify(&desk.store.contents());
    assert_eq!((verdict.damage.clone(), verdict.acts), (None, desk.book.acts()));
    verdict
}

fn villager(verdict: &Verdict) -> Fingerprint {
    verdict.now[0]
}

#[test]
fn a_printed_fingerprint_is_found_again_later() {
    let mut desk = Desk::founded();
    clean(&mut desk, 0);
    let sheet = villager(&checked(&desk)).to_string();
    assert_eq!(sheet.len(), 19, "{sheet}");
    desk.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    let same = checked(&desk);
    assert_eq!(villager(&same).to_string(), sheet, "a case does not touch the ledger");
    clean(&mut desk, 1);
    let later = checked(&desk);
    assert_ne!(villager(&later).to_string(), sheet);
    let typed = sheet.to_lowercase().replace('-', " ").replace('0', "O");
    let mark = later.find(Fingerprint::parse(&typed).expect("as printed")).expect("found");
    assert_eq!((mark.ledger, mark.acts), (Ledger::Villager, 5));
    assert_eq!(later.now[1], same.now[1], "the members' ledger has its own");
}

#[test]
fn a_fingerprint_stays_true_through_compaction_restoring_and_merging() {
    let mut one = Desk::founded();
    clean(&mut one, 0);
    let mut two = one.copy(21, -1_000_000);
    clean(&mut two, 1);
    let sheet_two = villager(&checked(&two));
    clean(&mut one, 2);
    let sheet_one = villager(&checked(&one));
    let mut both = one.merged(&two);
    let together = villager(&checked(&both));
    for count in 0..200 {
        both.act(Command::OpenCase(matter(TODAY, None))).unwrap_or_else(|error| panic!("case {count}: {error}"));
    }
    assert!(both.store.contents().segments.len() < 100, "small segments were folded");
    let verdict = checked(&both);
    for sheet in [sheet_one, sheet_two, together] {
        assert!(verdict.find(sheet).is_some(), "{sheet}");
    }
    assert_eq!(villager(&verdict), together);
}

/// The same contents with the first act's bytes replaced and everything after
/// it chained anew, as one would who knows the format.
fn forged(contents: &Contents, alter: impl Fn(&mut Vec<u8>)) -> Contents {
    let mut forged = contents.clone();
    let device = contents.segments[0].0.device;
    let mut head = Head::genesis(device);
    for (place, (_, bytes)) in forged.segments.iter_mut().enumerate() {
        let segment = segment::read(bytes).expect("whole");
        let mut bodies: Vec<_> = segment.raw_acts().map(|act| act.expect("whole").body()).collect();
        if place == 4 {
            alter(&mut bodies[0]);
        }
        let acts = bodies.iter().filter_map(|body| RawAct::of(body));
        (*bytes, head) = segment::write_raw(device, head, acts);
    }
    forged
}

#[test]
fn an_altered_entry_is_found() {
    let mut desk = Desk::founded();
    clean(&mut desk, 0);
    clean(&mut desk, 1);
    let sheet = villager(&checked(&desk));
    let contents = desk.store.contents();
    // A flipped bit in the fifth act: the check names it, and what lies before it is still there.
    let mut damaged = contents.clone();
    let middle = damaged.segments[4].1.len() / 2;
    damaged.segments[4].1[middle] ^= 4;
    let cause = SegmentError::BadAct(4);
    let damage = Some(OpenError::Segment { index: 5, cause });
    assert_eq!(verify(&damaged).damage, damage);
    let opened = opening::open(&damaged, DeviceId(1));
    assert_eq!((opened.damage, opened.book.acts()), (damage, 4));
    let village = opened.book.village();
    assert_eq!(village.people.households.len(), 3, "readable");
    let homes = village.people.households.iter();
    let named = homes.filter(|home| !village.head_name(home.id).is_empty()).count();
    assert_eq!(named, 3, "by name");
    let words = "第 5 段流水读不出来:第 5 笔记录损坏。除此以外核对过的 4 笔都没有被改动过。";
    assert_eq!(verify(&damaged).damage_words().as_deref(), Some(words));
    // Everything chained anew: the journal is consistent, and only the sheet tells.
    let verdict = verify(&forged(&contents, |body| *body.last_mut().expect("bytes") ^= 2));
    assert_eq!(verdict.damage, None);
    assert_eq!(verdict.find(sheet), None, "the ledger is not what was printed");
}

/// The same segment with the points of this act altered and all checks and links made
/// to fit, but not the chain.
pub fn meddled_with(bytes: &[u8], place: usize) -> Vec<u8> {
    let segment = segment::read(bytes).expect("whole");
    let mut bodies: Vec<_> = segment.raw_acts().map(|act| act.expect("whole").body()).collect();
    *bodies[place].last_mut().expect("bytes") ^= 2;
    let acts = bodies.iter().filter_map(|body| RawAct::of(body));
    let (mut altered, _) = segment::write_raw(segment.device, segment.before, acts);
    // The head after and the check over it are those of before.
    let end = altered.len() - 36;
    altered.splice(end.., bytes[bytes.len() - 36..].iter().copied());
    altered
}

/// One laptop's journal, act by act; the same with another's, and folded alone.
struct Books {
    one: Contents,
    both: Contents,
    alone: Contents,
    /// Printed before the last act of the first laptop.
    sheet: Fingerprint,
}

fn books() -> Books {
    let mut one = Desk::founded();
    clean(&mut one, 0);
    let sheet = villager(&checked(&one));
    clean(&mut one, 1);
    let mut two = one.copy(21, 1_000);
    clean(&mut two, 2);
    // Merging folds each laptop's segments into one.
    let (both, alone) = (one.merged(&two), one.merged(&one));
    Books { one: one.store.contents(), both: both.store.contents(), alone: alone.store.contents(), sheet }
}

#[test]
fn of_a_segment_whose_chain_does_not_close_no_act_counts_as_unaltered() {
    let Books { one, both, alone, .. } = books();
    let words = |index: usize| {
        format!(
            "第 {index} 段流水读不出来:记录与校验码不符,可能被改动过。\
             这一段里改动的是哪一笔,查不出来,整段都不能作准。"
        )
    };
    for (contents, segment, act, proven, before) in [
        (one, 4, 0, 4, "除此以外核对过的 4 笔都没有被改动过。"),
        (both.clone(), 0, 4, 1, "除此以外核对过的 1 笔都没有被改动过。"),
        (both, 1, 0, 6, "除此以外核对过的 6 笔都没有被改动过。"),
        (alone, 0, 2, 0, ""),
    ] {
        let mut altered = contents.clone();
        altered.segments[segment].1 = meddled_with(&contents.segments[segment].1, act);
        let opened = opening::open(&altered, DeviceId(1));
        let all = verify(&contents).acts;
        assert_eq!((opened.damage, opened.book.acts()), (None, all), "opening looks at checks only");
        let verdict = verify(&altered);
        let damage = OpenError::Segment { index: segment + 1, cause: SegmentError::BadHash };
        assert_eq!((verdict.damage.clone(), verdict.acts), (Some(damage), proven));
        assert_eq!(verdict.damage_words(), Some(words(segment + 1) + before));
    }
}

#[test]
fn an_act_that_was_altered_with_its_check_is_named() {
    let Books { one, both, alone, sheet } = books();
    let words =
        |segment: usize, act: usize| format!("第 {segment} 段流水读不出来:第 {act} 笔记录与校验码不符,可能被改动过。");
    for (contents, segment, act, named, proven, before) in [
        (one, 5, 0, 6, 5, "除此以外核对过的 5 笔都没有被改动过。"),
        (both.clone(), 0, 5, 6, 6, "除此以外核对过的 6 笔都没有被改动过。"),
        (both, 1, 0, 1, 6, "除此以外核对过的 6 笔都没有被改动过。"),
        (alone, 0, 0, 1, 0, ""),
    ] {
        let mut altered = contents.clone();
        altered.segments[segment].1 = altered_at(&contents.segments[segment].1, act);
        let opened = opening::open(&altered, DeviceId(1));
        assert_eq!((opened.damage, opened.book.acts()), (None, verify(&contents).acts), "opening looks at checks only");
        let verdict = verify(&altered);
        let cause = SegmentError::Altered(named as u64 - 1);
        let damage = OpenError::Segment { index: segment + 1, cause };
        assert_eq!((verdict.damage.clone(), verdict.acts), (Some(damage), proven));
        assert_eq!(verdict.damage_words(), Some(words(segment + 1, named) + before));
        assert_eq!(verdict.find(sheet).is_some(), proven > 0, "what was printed before it is found");
    }
}

#[test]
fn a_cut_tail_is_found_only_through_a_printed_fingerprint() {
    let mut desk = Desk::founded();
    clean(&mut desk, 0);
    let early = villager(&checked(&desk));
    clean(&mut desk, 1);
    let sheet = villager(&checked(&desk));
    let mut cut = desk.store.contents();
    cut.segments.pop();
    let verdict = verify(&cut);
    assert_eq!((verdict.damage.clone(), verdict.acts), (None, 5), "nothing in the journal says how long it was");
    assert_eq!(verdict.find(sheet), None, "the sheet does");
    assert!(verdict.find(early).is_some());
}

#[test]
fn a_text_that_only_a_newer_program_knows_is_found_without_being_looked_at() {
    // Merging writes what stood on slips on its pages.
    let desk = Desk::founded();
    let mut contents = desk.merged(&desk).store.contents();
    let sound = verify(&contents);
    assert_eq!((sound.trouble(), sound.unread), (None, None));
    let (_, page) = contents.pages.last_mut().expect("pages");
    *page = page_of_newer_kind(page);
    assert_eq!(opening::open(&contents, DeviceId(1)).damage, None, "opening only looks at the check");
    let verdict = verify(&contents);
    assert_eq!((verdict.acts, verdict.damage.clone()), (sound.acts, None), "the journal is sound");
    let trouble = verdict.trouble().expect("found");
    assert_eq!(ReadOnly::of(trouble), ReadOnly::Newer);
    let file = save_file(&contents, &desk.book, Moment::at(TODAY, 9, 0));
    assert_eq!(check(&file, DeviceId(1)).err(), Some(RestoreError::Newer));
    // A page that is damaged is told from that.
    let (_, page) = contents.pages.last_mut().expect("pages");
    page[8] ^= 1;
    let damaged = verify(&contents).trouble().expect("found");
    assert!(matches!(ReadOnly::of(damaged), ReadOnly::Damaged(_)));
}

#[test]
fn taking_what_was_displaced_touches_both_ledgers() {
    let place = ActPlace { device: DeviceId(9), sequence: 3, event: 0 };
    for (choice, changes) in [(Choice::Take, true), (Choice::Keep, false)] {
        for ledger in [Ledger::Villager, Ledger::Member] {
            let mut trails = LedgerTrails::new(ledger);
            let before = trails.now();
            let events = [Event::DisplacedSettled { place, choice }];
            let told = trails.pass(DeviceId(7), 0, b"act", &events);
            assert_eq!((told.is_some(), trails.now() != before), (changes, changes), "{choice:?} {ledger:?}");
        }
    }
}

#[test]
fn what_is_typed_wrongly_is_told_from_what_is_unknown() {
    let desk = Desk::founded();
    let sheet = villager(&checked(&desk)).to_string();
    let mut signs: Vec<char> = sheet.chars().collect();
    signs[0] = if signs[0] == '7' { '8' } else { '7' };
    for (typed, expected) in [
        (String::new(), FingerprintError::Length(0)),
        (sheet[..18].to_owned(), FingerprintError::Length(15)),
        (format!("{sheet}Z"), FingerprintError::Length(17)),
        (sheet.replacen('-', "U", 1), FingerprintError::Sign('U')),
        (signs.iter().collect(), FingerprintError::Slip),
        (format!("指{}", &sheet[1..]), FingerprintError::Sign('指')),
    ] {
        assert_eq!(Fingerprint::parse(&typed), Err(expected), "{typed}");
    }
}
