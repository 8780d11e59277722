//! What a file, a segment, a store and an act say when they are refused: each
//! sentence from the very thing that is wrong.

use cunzhi::app::book::{ActError, Book};
use cunzhi::app::merge::MergeError;
use cunzhi::app::save::{RestoreError, check, save_file};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::PersonId;
use cunzhi::journal::page::PageError;
use cunzhi::journal::raw_act::RawAct;
use cunzhi::journal::savefile::{self, FILE_LIMIT, SaveFile, SaveFileError};
use cunzhi::journal::segment::{self, SegmentError};
use cunzhi::storage::{Contents, StoreError};

use crate::book::{OTHER, kept, noon};
use crate::support::TODAY;
use crate::verify::meddled_with;

/// Of a file that this program is too old for.
const NEWER: &str = "这个文件由更新的版本保存,没有采用。请先升级村治,再打开这个文件。";

/// A sound file with one thing in it changed, and every checksum made to fit.
fn changed(change: impl FnOnce(&mut SaveFile)) -> Vec<u8> {
    let (book, store) = kept();
    let mut file = savefile::read(&save_file(&store.contents(), &book, noon(TODAY))).expect("a sound file");
    change(&mut file);
    savefile::write(&file.header, &file.segments, &file.pages, &file.photos)
}

/// The segment with an event more in its last act that no program knows yet, all checks made to fit.
fn with_unknown_act(bytes: &[u8]) -> Vec<u8> {
    let segment = segment::read(bytes).expect("whole");
    let mut acts: Vec<RawAct<'_>> = segment.raw_acts().collect::<Result<_, _>>().expect("sound");
    let last = acts.pop().expect("an act");
    let mut act = last.decode().expect("known");
    act.events = vec![Event::PersonErased { person: PersonId::from_raw(7) }];
    let (alone, _) = segment::write(segment.device, segment.before, &[act]);
    let known = segment::read(&alone).expect("whole").raw_acts().next().expect("one").expect("checked").body();
    // The code of the event, 15, behind the array of one event.
    let place = known.windows(3).position(|part| part == [0x81, 0x82, 15]).expect("the event") + 2;
    let newer = [&known[..place], &[23], &known[place + 1..]].concat();
    acts.push(RawAct::of(&newer).expect("its head is as ever"));
    segment::write_raw(segment.device, segment.before, acts.into_iter()).0
}

#[test]
fn what_is_wrong_inside_of_a_file_is_said() {
    let empty = save_file(&Contents::default(), &Book::empty(OTHER), noon(TODAY));
    for (what, bytes, sentence) in [
        ("nothing in it", empty, "这个文件里没有村庄数据。请换一份保存文件。"),
        (
            "a segment is missing",
            changed(|file| drop(file.segments.remove(2))),
            "文件里的内容不成账:第 3 段流水与前一段接不上,中间可能缺了内容。请换一份保存文件。",
        ),
        (
            "an act was altered with its check",
            changed(|file| file.segments[5] = meddled_with(&file.segments[5], 0)),
            "文件里的流水读不出来:记录与校验码不符,可能被改动过。请换一份保存文件。",
        ),
        (
            "an act is damaged",
            changed(|file| file.segments[5][70] ^= 1),
            "文件里的流水读不出来:第 6 笔记录损坏。请换一份保存文件。",
        ),
        ("a segment of a newer program", changed(|file| file.segments[1][4] = 9), NEWER),
        ("an act of a newer program", changed(|file| file.segments[5] = with_unknown_act(&file.segments[5])), NEWER),
        ("a damaged page", changed(|file| file.pages[0][20] ^= 1), "名册的一页损坏,可能被改动过。请换一份保存文件。"),
        ("a page of a newer program", changed(|file| file.pages[0][4] = 9), NEWER),
    ] {
        let refused = check(&bytes, OTHER).expect_err(what);
        assert_eq!(refused.to_string(), sentence, "{what}");
    }
    assert!(check(&changed(|_| ()), OTHER).is_ok(), "with nothing changed it is sound");
}

#[test]
fn a_file_beyond_all_measure_is_not_even_looked_at() {
    // Zeroes cost no memory until they are read.
    let huge = vec![0; usize::try_from(FILE_LIMIT).expect("a size") + (3 << 20)];
    let refused = savefile::read(&huge).expect_err("too large");
    assert_eq!(refused, SaveFileError::TooLarge(1_027));
    assert_eq!(refused.to_string(), "文件有 1027 MB,超过 1024 MB 的上限,请确认选对了文件。");
}

#[test]
fn errors_that_end_somewhere_say_what_to_do() {
    let said: [(String, &str); 8] = [
        (
            MergeError::Forked(6).to_string(),
            "两份数据都从同一台电脑的第 7 笔起各记各的,分不清哪一份是真的,没有合并。请只留一份,另一份的内容补登。",
        ),
        (
            StoreError::Closed.to_string(),
            "数据库被关掉了,可能是浏览器的网站数据被清理。没有保存;请刷新页面看看数据还在不在。",
        ),
        (ActError::Unreadable.to_string(), "这笔内容写不进账本,没有保存。请检查日期和数字是否太大。"),
        (ActError::Busy.to_string(), "上一笔还在保存,请稍等。"),
        (ActError::Stopped.to_string(), "程序已经停下,这一笔没有保存。请先刷新页面。"),
        (ActError::NoSnapshot.to_string(), "自动备份没有做成,所以没有做,数据没有变动。请清理磁盘后再试。"),
        (SegmentError::Cut.to_string(), "记录不完整"),
        (RestoreError::from(PageError::Newer(7)).to_string(), NEWER),
    ];
    for (words, sentence) in said {
        assert_eq!(words, sentence);
    }
}
