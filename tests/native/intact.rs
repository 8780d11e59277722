//! The intact part of a damaged book: a save file that can be restored, with
//! all that the screen shows of it, and nothing that is not proven.

use cunzhi::app::intact::{IntactError, intact_file};
use cunzhi::app::opening::{self, Opened};
use cunzhi::app::save::check;
use cunzhi::app::verify::verify;
use cunzhi::app::woven::OpenError;
use cunzhi::domain::command::Command;
use cunzhi::journal::page::PageError;
use cunzhi::journal::segment::{self, SegmentError};
use cunzhi::storage::Contents;

use super::book::{OTHER, cleaning, figures, kept, noon};
use super::journal::older::altered_at;
use super::laptops::Desk;
use super::support::{TODAY, matter};
use super::verify::meddled_with;

/// What restoring the intact part leads to, after a look at the damage.
fn restored(contents: &Contents) -> Opened {
    let intact = intact_file(contents, OTHER, noon(TODAY)).expect("a part is intact");
    let file = check(&intact.bytes, OTHER).expect("the file is sound");
    assert_eq!(figures(&file.book), figures(&intact.book));
    let again = opening::open(&file.contents, OTHER);
    assert_eq!(again.damage, None);
    assert_eq!(verify(&file.contents).damage, None);
    again
}

fn flipped(contents: &Contents, segment: usize) -> Contents {
    let mut damaged = contents.clone();
    let middle = damaged.segments[segment].1.len() / 2;
    damaged.segments[segment].1[middle] ^= 1;
    damaged
}

/// Two laptops that recorded in turns: 9 acts, of which 2 on the second.
fn both() -> Desk {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 30_000);
    for number in ["1-001", "2-001"] {
        one.act(cleaning(one.village(), number)).expect("in order");
        two.act(cleaning(two.village(), number)).expect("in order");
    }
    one.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    one.merged(&two)
}

#[test]
fn what_is_shown_of_a_damaged_book_can_be_restored() {
    let single = kept().1.contents();
    let merged = both().store.contents();
    let mut cut = single.clone();
    cut.segments.remove(4);
    let mut short = single.clone();
    short.segments[5].1.truncate(60);
    let mut in_the_middle = merged.clone();
    let frame = in_the_middle.segments[0].1.len();
    in_the_middle.segments[0].1[frame - 60] ^= 1;
    let cases = [
        ("a bit in the fifth act", flipped(&single, 4), 4),
        ("a cut segment", short, 5),
        ("a segment is missing", cut, 4),
        ("in the last act of a segment of seven, the other laptop goes on", in_the_middle, 8),
        ("all of the second laptop", flipped(&merged, 1), 7),
    ];
    for (what, damaged, acts) in cases {
        let shown = opening::open(&damaged, OTHER);
        assert!(shown.damage.is_some(), "{what}");
        let again = restored(&damaged);
        assert_eq!((shown.book.acts(), again.book.acts()), (acts, acts), "{what}");
        assert_eq!(figures(&again.book), figures(&shown.book), "{what}");
    }
}

#[test]
fn texts_that_can_be_read_are_in_it() {
    let restored_after = |damage: fn(&mut Contents)| {
        let mut contents = kept().1.contents();
        damage(&mut contents);
        restored(&contents).book
    };
    // The slip of the roster: names are lost, acts are not.
    let book = restored_after(|contents| contents.slips[0].1[20] ^= 1);
    assert_eq!((book.acts(), book.village().people.households.len()), (6, 3));
    let heads = book.village().people.households.iter().map(|home| book.village().head_name(home.id));
    assert!(heads.into_iter().all(str::is_empty));
    // The slip of an act that is lost goes with it, the others stay.
    let book = restored_after(|contents| {
        let middle = contents.segments[5].1.len() / 2;
        contents.segments[5].1[middle] ^= 1;
    });
    let notes = book.village().register.iter().filter(|(_, value)| value.text.as_deref() == Some("村东路沿")).count();
    assert_eq!((book.acts(), notes), (5, 1));
}

#[test]
fn what_is_not_proven_is_not_in_it() {
    let contents = both().store.contents();
    let mut altered = contents.clone();
    altered.segments[1].1 = meddled_with(&contents.segments[1].1, 1);
    assert_eq!(opening::open(&altered, OTHER).damage, None);
    let again = restored(&altered);
    assert_eq!(again.book.acts(), 7, "the segment whose chain does not close is left out");
    // Without the founding there is no village, and that is said.
    altered.segments[0].1 = meddled_with(&contents.segments[0].1, 1);
    let refused = intact_file(&altered, OTHER, noon(TODAY)).expect_err("nothing is proven");
    assert_eq!(refused, IntactError::Nothing);
    for (error, sentence) in [
        (refused, "账本从开头就坏了,没有完好的部分可存。请点「存成文件」原样留底,再用最近的保存文件恢复。"),
        (
            OpenError::from(PageError::Damaged).into(),
            "完好的部分也打不开:名册的一页损坏,可能被改动过。请点「存成文件」原样留底,再用最近的保存文件恢复。",
        ),
        (
            OpenError::Segment { index: 2, cause: SegmentError::BadHash }.into(),
            "完好的部分也打不开:第 2 段流水读不出来:记录与校验码不符,可能被改动过。请点「存成文件」原样留底,再用最近的保存文件恢复。",
        ),
    ] {
        assert_eq!(error.to_string(), sentence);
    }
}

#[test]
fn what_lies_before_an_altered_act_is_in_it() {
    let (contents, count) = folded();
    for place in [3, 4, 57, count - 1] {
        let at = usize::try_from(place).expect("a small place");
        let mut altered = contents.clone();
        altered.segments[0].1 = altered_at(&contents.segments[0].1, at);
        let expected = OpenError::Segment { index: 1, cause: SegmentError::Altered(place) };
        let verdict = verify(&altered);
        assert_eq!((verdict.acts, verdict.damage), (place, Some(expected)));
        let again = restored(&altered);
        assert_eq!(again.book.acts(), place);
        // Cut behind it, the segment has no chain to close, and the act is named all the same.
        let length = altered.segments[0].1.len() - FRAME_END;
        altered.segments[0].1.truncate(length);
        assert_eq!((verify(&altered).acts, restored(&altered).book.acts()), (place, place), "cut");
    }
}

/// A village of 200 acts, of which many are folded into the first segment, and how many.
fn folded() -> (Contents, u64) {
    let mut desk = Desk::founded();
    while desk.book.acts() < 200 {
        desk.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    }
    let contents = desk.store.contents();
    let count = segment::read(&contents.segments[0].1).expect("whole").count;
    assert!(count > 100, "{count}");
    (contents, count.into())
}

/// The bytes that the first acts of a segment end at.
fn ends(bytes: &[u8]) -> Vec<usize> {
    let whole = segment::read(bytes).expect("whole");
    let acts: Vec<_> = whole.raw_acts().map(|act| act.expect("whole")).collect();
    let written = |count| segment::write_raw(whole.device, whole.before, acts.iter().copied().take(count)).0;
    (1..=acts.len()).map(|count| written(count).len() - FRAME_END).collect()
}

/// The head after a segment's last act, and its check.
const FRAME_END: usize = 36;

#[test]
fn a_cut_segment_keeps_the_acts_before_the_cut() {
    let (contents, _) = folded();
    let whole = &contents.segments[0].1;
    let ends = ends(whole);
    let mut nothing = contents.clone();
    nothing.segments[0].1.truncate(3);
    assert_eq!(opening::open(&nothing, OTHER).damage, Some(OpenError::Segment { index: 1, cause: SegmentError::Cut }));
    for tenth in 1..10 {
        let cut = whole.len() * tenth / 10;
        let mut damaged = contents.clone();
        damaged.segments[0].1.truncate(cut);
        let acts = ends.iter().filter(|end| **end <= cut).count() as u64;
        let shown = opening::open(&damaged, OTHER);
        let expected = OpenError::Segment { index: 1, cause: SegmentError::BadAct(acts) };
        assert_eq!((shown.book.acts(), shown.damage), (acts, Some(expected.clone())), "{tenth} tenths");
        let verdict = verify(&damaged);
        assert_eq!((verdict.acts, verdict.damage), (acts, Some(expected)), "{tenth} tenths");
        if acts > 0 {
            assert_eq!(restored(&damaged).book.acts(), acts, "{tenth} tenths");
        }
    }
}

#[test]
fn a_damaged_frame_takes_no_act_with_it() {
    let (contents, count) = folded();
    let length = contents.segments[0].1.len();
    for place in (0..54).chain(length - FRAME_END..length) {
        for bit in [0, 1, 7] {
            let mut damaged = contents.clone();
            damaged.segments[0].1[place] ^= 1 << bit;
            let shown = opening::open(&damaged, OTHER);
            let expected = OpenError::Segment { index: 1, cause: SegmentError::Cut };
            assert_eq!((shown.book.acts(), shown.damage), (count, Some(expected)), "byte {place}, bit {bit}");
            assert_eq!(verify(&damaged).acts, count, "byte {place}, bit {bit}");
        }
    }
    let mut damaged = contents;
    damaged.segments[0].1[40] ^= 1;
    assert_eq!(restored(&damaged).book.acts(), count);
}
