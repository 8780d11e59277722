//! Restoring as the page does it: what a file is, its bytes decide; it is
//! opened, checked, and only then put in place of a living village.

use cunzhi::app::book::Book;
use cunzhi::app::packing::contents_of;
use cunzhi::app::save::{Restorable, check, identity, save_file, sealed_name};
use cunzhi::demo::generate;
use cunzhi::domain::command::Command;
use cunzhi::domain::id::DeviceId;
use cunzhi::journal::savefile::{self, Holdings, SaveFile, VillageId, is_sealed};
use cunzhi::office::passphrase::Passphrase;
use cunzhi::office::seal::{seal, unseal};
use cunzhi::storage::Store;
use cunzhi::storage::memory::MemoryStore;

use crate::book::{OTHER, act, cleaning, figures, kept, noon, now};
use crate::support::{TODAY, new_village};

const WORDS: &str = "村东头第三棵老槐树";

fn restorable(bytes: &[u8], words: &str) -> Result<Restorable, String> {
    let opened = if is_sealed(bytes) {
        unseal(bytes, &Passphrase::typed(words), &mut |_| ()).map_err(|error| error.to_string())?
    } else {
        bytes.to_vec()
    };
    check(&opened, OTHER).map_err(|error| error.to_string())
}

fn sealed(bytes: &[u8]) -> Vec<u8> {
    seal(bytes, &Passphrase::typed(WORDS), &mut |_| ()).expect("memory can be written")
}

fn plain() -> Vec<u8> {
    let (book, store) = kept();
    save_file(&store.contents(), &book, noon(TODAY))
}

/// The sentence of the refusal.
fn sentence(bytes: &[u8]) -> String {
    restorable(bytes, WORDS).err().unwrap_or_else(|| "没有拒绝".to_owned())
}

const NOT_ONE: &str = "这不是村治的保存文件。请选择以 .cunzhi 或 .cunzhi.age 结尾的文件。";
const CUT: &str = "文件不完整,可能没有拷贝完。请从原来的 U 盘或电脑重新拷贝一次。";
const ALTERED: &str = "文件内容与校验码不符,可能在拷贝中损坏或被改动。请换一份保存文件。";
const SEALED_DAMAGED: &str = "加密文件不完整或被改动过,没有打开。请从原来的 U 盘或电脑重新拷贝一次。";
const WRONG_WORDS: &str = "口令不对,文件没有打开。请看看大小写和中英文输入法,再输一次。";

#[test]
fn a_plain_file_that_is_cut_or_altered_is_refused() {
    assert_eq!(sentence(&[]), NOT_ONE);
    is_refused_cut_or_altered(&plain());
}

/// The save file of the demo village, with many segments, pages and photos.
#[test]
fn a_large_file_that_is_cut_or_altered_is_refused() {
    let demo = generate(1, TODAY, OTHER).expect("the demo breaks no rule");
    let contents = contents_of(OTHER, demo.acts.into_iter().map(|act| (act.at, act.decision)).collect());
    let book = Book::open(&contents, OTHER).expect("what was packed opens");
    let bytes = save_file(&contents, &book, noon(TODAY));
    assert!(bytes.len() > 100_000, "{} bytes", bytes.len());
    assert!(check(&bytes, OTHER).is_ok());
    is_refused_cut_or_altered(&bytes);
}

fn is_refused_cut_or_altered(bytes: &[u8]) {
    for tenth in 1..10 {
        assert_eq!(sentence(&bytes[..bytes.len() * tenth / 10]), CUT, "cut at {tenth} tenths");
    }
    for (place, bit) in (0..bytes.len()).step_by(1024).zip((0..8).cycle()) {
        let mut flipped = bytes.to_vec();
        flipped[place] ^= 1 << bit;
        let told = sentence(&flipped);
        let part = |kind: &str| told.starts_with("文件里的第 ") && told.contains(kind);
        let parts = [" 段流水已损坏", " 页名册已损坏", " 张照片已损坏"];
        let known = [NOT_ONE, CUT, ALTERED].contains(&told.as_str()) || parts.into_iter().any(part);
        assert!(known, "bit {bit} of byte {place}: {told}");
    }
}

#[test]
fn the_damaged_part_is_named() {
    let bytes = plain();
    let SaveFile { segments, pages, .. } = savefile::read(&bytes).expect("a sound file");
    for (part, expected) in [
        (&segments[1], "文件里的第 2 段流水已损坏,整份文件没有采用。请换一份保存文件。"),
        (&pages[2], "文件里的第 3 页名册已损坏,整份文件没有采用。请换一份保存文件。"),
    ] {
        let place = bytes.windows(part.len()).position(|window| window == part).expect("the part is in the file");
        let mut flipped = bytes.clone();
        flipped[place + part.len() / 2] ^= 0x10;
        assert_eq!(sentence(&flipped), expected);
    }
}

#[test]
fn a_sealed_file_opens_with_its_passphrase_alone() {
    let (plain, sealed) = (plain(), sealed(&plain()));
    assert!(is_sealed(&sealed) && !is_sealed(&plain));
    let name = "柳湾村".as_bytes();
    assert!(plain.windows(name.len()).any(|window| window == name));
    assert!(!sealed.windows(name.len()).any(|window| window == name), "the name of the village is legible");
    let restored = restorable(&sealed, WORDS).expect("the right passphrase");
    assert_eq!(restored.summary(), "柳湾村,2025年9月26日保存,3 户 6 人,6 笔记录");
    assert_eq!(figures(&restored.book), figures(&kept().0));
    assert_eq!(
        check(&sealed, OTHER).err().map(|error| error.to_string()),
        Some("这个文件加了密,请先输入口令。".to_owned())
    );
    for words in ["", "村东头第三棵老槐", "村东头第三棵老槐树 "] {
        assert_eq!(restorable(&sealed, words).err().as_deref(), Some(WRONG_WORDS), "{words:?}");
    }
    assert_eq!(sealed_name("柳湾村_2025-09-26_1200.cunzhi"), "柳湾村_2025-09-26_1200.cunzhi.age");
}

#[test]
fn a_sealed_file_that_is_cut_or_altered_is_refused() {
    let bytes = sealed(&plain());
    assert_eq!(sentence(&[]), NOT_ONE);
    for tenth in 1..10 {
        assert_eq!(sentence(&bytes[..bytes.len() * tenth / 10]), SEALED_DAMAGED, "cut at {tenth} tenths");
    }
    assert_eq!(sentence(&bytes[..bytes.len() - 1]), SEALED_DAMAGED);
    assert_eq!(sentence(&[&bytes[..], b"\0"].concat()), SEALED_DAMAGED);
    let body = bytes.windows(4).position(|window| window == b"\n---").expect("the end of the head");
    // In the wrapped key the format cannot tell damage from a wrong passphrase,
    // unless what is left is no base64 any more.
    for (place, expected) in
        [(0, &[NOT_ONE][..]), (body - 9, &[WRONG_WORDS, SEALED_DAMAGED]), (body + 9, &[SEALED_DAMAGED])]
    {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1;
        assert!(expected.contains(&sentence(&flipped).as_str()), "byte {place}: {}", sentence(&flipped));
    }
    for (place, bit) in (1024..bytes.len()).step_by(1024).zip((0..8).cycle()) {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1 << bit;
        assert_eq!(sentence(&flipped), SEALED_DAMAGED, "bit {bit} of byte {place}");
    }
}

const ABSURD: &str = "这个文件的加密强度是 19,超过本机能打开的 18,可能不是村治保存的。请换一份保存文件。";

/// An age file by hand: its head with this recipient, then noise.
fn age_file(recipient: &str) -> Vec<u8> {
    let body = "A".repeat(43);
    let head = format!("age-encryption.org/v1\n-> {recipient}\n{body}\n--- {body}\n");
    [head.as_bytes(), &[0; 64]].concat()
}

#[test]
fn a_hostile_age_head_is_refused_before_any_work() {
    for (recipient, expected) in [
        (
            "scrypt AAAAAAAAAAAAAAAAAAAAAA 30",
            "这个文件的加密强度是 30,超过本机能打开的 18,可能不是村治保存的。请换一份保存文件。",
        ),
        ("scrypt AAAAAAAAAAAAAAAAAAAAAA 19", ABSURD),
        ("scrypt AAAAAAAAAAAAAAAAAAAAAA 4294967296", SEALED_DAMAGED),
        ("scrypt AAAA 10", SEALED_DAMAGED),
        (
            "X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "这个文件是用密钥加密的,不是用口令,村治打不开。请换一份用口令加密的保存文件。",
        ),
    ] {
        assert_eq!(sentence(&age_file(recipient)), expected, "{recipient}");
    }
}

#[test]
fn a_newer_format_is_refused_plain_or_sealed() {
    let mut bytes = plain();
    bytes[6] = 6;
    let expected = "这个文件由更新的版本(6)保存,请先升级村治再恢复。";
    assert_eq!([sentence(&bytes), sentence(&sealed(&bytes))], [expected, expected]);
}

#[test]
fn a_header_that_lies_is_refused() {
    let SaveFile { header, segments, pages, .. } = savefile::read(&plain()).expect("a sound file");
    let truth = header.holds.expect("what is in it");
    assert_eq!(truth, Holdings { acts: 6, entries: 7, cases: 1, households: 3, people: 6 });
    for (holds, expected) in [
        (Holdings { acts: 7, ..truth }, "文件写着有 7 笔记录,读出来是 6 笔记录,对不上,没有采用。请换一份保存文件。"),
        (Holdings { entries: 0, ..truth }, "文件写着有 0 条积分,读出来是 7 条积分,对不上,没有采用。请换一份保存文件。"),
        (Holdings { cases: 2, ..truth }, "文件写着有 2 件事项,读出来是 1 件事项,对不上,没有采用。请换一份保存文件。"),
        (Holdings { households: 410, ..truth }, "文件写着有 410 户,读出来是 3 户,对不上,没有采用。请换一份保存文件。"),
        (Holdings { people: 5, ..truth }, "文件写着有 5 人,读出来是 6 人,对不上,没有采用。请换一份保存文件。"),
    ] {
        let header = savefile::Header { holds: Some(holds), ..header.clone() };
        assert_eq!(sentence(&savefile::write(&header, &segments, &pages, &[])), expected);
    }
    let header = savefile::Header { identity: Some(VillageId([0; 32])), ..header };
    let expected = "文件写着的村庄编号与里面的流水对不上,没有采用。请换一份保存文件。";
    assert_eq!(sentence(&savefile::write(&header, &segments, &pages, &[])), expected);
}

#[test]
fn a_part_that_is_missing_is_noticed_though_all_checksums_are_right() {
    let SaveFile { header, segments, pages, .. } = savefile::read(&plain()).expect("a sound file");
    let shorter = savefile::write(&header, &segments[..segments.len() - 1], &pages, &[]);
    assert_eq!(sentence(&shorter), "文件写着有 6 笔记录,读出来是 5 笔记录,对不上,没有采用。请换一份保存文件。");
}

#[test]
fn another_village_is_known_by_its_founding_not_by_its_name() {
    let (mut book, store) = kept();
    let living = identity(&book);
    assert!(living.is_some());
    let older = save_file(&store.contents(), &book, noon(TODAY));
    let command = cleaning(book.village(), "1-002");
    act(&mut book, &store, command).expect("the command is in order");
    assert_eq!(identity(&book), living, "recording changes nothing of it");
    let own = restorable(&older, WORDS).expect("a sound file");
    assert_eq!((own.identity, own.is_stranger_to(living), own.is_stranger_to(None)), (living, false, false));

    let (mut elsewhere, other) = (Book::empty(DeviceId(99)), MemoryStore::default());
    act(&mut elsewhere, &other, Command::FoundVillage(new_village())).expect("the command is in order");
    let file = save_file(&other.contents(), &elsewhere, noon(TODAY));
    let stranger = restorable(&file, WORDS).expect("a sound file");
    assert_eq!((stranger.village.as_str(), stranger.is_stranger_to(living)), ("柳湾村", true));
}

#[test]
fn what_lives_is_untouched_until_a_good_file_takes_its_place() {
    let (mut book, store) = kept();
    let file = save_file(&store.contents(), &book, noon(TODAY));
    let command = cleaning(book.village(), "1-002");
    act(&mut book, &store, command).expect("the command is in order");
    let (before, stored) = (figures(&book), store.contents());
    let (middle, end) = (file.len() / 2, file.len() - 1);
    let mut altered = file.clone();
    altered[end] ^= 1;
    let mut newer = file.clone();
    newer[6] = 6;
    // What is refused hands out nothing that could be put in place; that the page
    // then leaves the store alone, the end-to-end tests look at.
    for (bad, expected) in [
        (&file[..middle], CUT),
        (&altered, ALTERED),
        (&newer, "这个文件由更新的版本(6)保存,请先升级村治再恢复。"),
        (&sealed(&altered), ALTERED),
        (&age_file("scrypt AAAAAAAAAAAAAAAAAAAAAA 19"), ABSURD),
    ] {
        assert_eq!(restorable(bad, WORDS).err().as_deref(), Some(expected));
    }
    // Staged, and the store does not take it: still nothing has changed.
    let good = restorable(&sealed(&file), WORDS).expect("a sound file");
    store.set_failing(true);
    assert!(now(store.replace(good.contents.clone())).is_err());
    assert!(store.contents() == stored);
    assert_eq!(figures(&Book::open(&stored, OTHER).expect("what lives")), before);
    store.set_failing(false);
    now(store.replace(good.contents)).expect("a store in memory");
    let restored = Book::open(&store.contents(), OTHER).expect("what was restored");
    assert_eq!(figures(&restored), figures(&kept().0));
}

#[test]
fn a_village_that_does_not_open_is_saved_without_a_promise() {
    let (_, store) = kept();
    let mut contents = store.contents();
    let last = contents.segments.len() - 1;
    contents.segments[last].1.truncate(40);
    let bytes = save_file(&contents, &Book::empty(OTHER), noon(TODAY));
    let header = savefile::read(&bytes).expect("a whole file").header;
    assert_eq!((header.identity, header.holds), (None, None));
    assert_eq!(sentence(&bytes), "文件里的流水读不出来:记录不完整。请换一份保存文件。");
}
