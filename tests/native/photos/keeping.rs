//! Photos in stores and files: written with the act, carried by save files,
//! filled in by merging, and gone with the person whom they may show.

use std::collections::BTreeSet;

use cunzhi::app::book::{ActError, Book};
use cunzhi::app::photos::living;
use cunzhi::app::save::{check, save_file, with_photos};
use cunzhi::domain::command::{Command, NewClaims};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{ClaimId, DeviceId, PersonId, PhotoId};
use cunzhi::domain::photo::{NewPhoto, PHOTO_BYTES_MAX, PhotoAdded, PhotoHost};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::roster::MemberType;
use cunzhi::report::erasure_preview::erasure_preview;
use cunzhi::report::photos::{photo_finding, photo_total, photo_words};
use cunzhi::report::review::review_list;
use cunzhi::storage::memory::MemoryStore;
use cunzhi::storage::{Contents, PhotoStore, Store, StoreError};

use super::super::laptops::{Desk, now};
use super::{add, photo, picture, remove, with};

impl Desk {
    fn claim(&mut self, account: Account, photos: Vec<NewPhoto>) -> ClaimId {
        let date = self.clock.date();
        let book = self.village().rules.in_force(date).expect("a rule book");
        let of_ledger = |item: &&cunzhi::domain::points::rule::Item| {
            item.ledger == account.ledger() && item.member_types.is_empty() && !item.score.is_deduction()
        };
        let item = book.items.iter().find(of_ledger).expect("an item").id;
        let claims = NewClaims { item, date, note: String::new(), lines: vec![(account, 1)], by: None };
        self.act(with(Command::FileClaims(claims), photos)).expect("in order");
        self.village().claims.iter().last().expect("the claim").filed.id
    }

    fn home(&self, number: &str) -> Account {
        Account::Household(self.village().people.household_by_number(number).expect("a household").id)
    }

    fn photo_of(&self, claim: ClaimId) -> PhotoId {
        self.village().photos_of_claim(claim).next().expect("a photo").added.id
    }

    /// A save file with its pictures.
    fn file(&self) -> Vec<u8> {
        save_file(&self.store.contents(), &self.book, self.clock)
    }

    /// What merging that save file makes of this laptop: its store keeps the
    /// pictures that it has, and is swept.
    fn takes(&self, file: &[u8]) -> Self {
        let file = check(file, DeviceId(99)).expect("a sound file");
        let ours = now(self.store.read()).expect("memory does not fail");
        let mut merge = cunzhi::app::merge::merge(&self.book, &ours, &file.contents).expect("of one village");
        merge.lack(&self.here());
        let store = MemoryStore::default();
        now(store.replace(self.store.contents())).expect("memory does not fail");
        now(store.replace(merge.contents)).expect("memory does not fail");
        now(store.sweep_photos(&living(merge.book.village()))).expect("memory does not fail");
        Self { book: merge.book, store, clock: self.clock }
    }

    fn here(&self) -> BTreeSet<PhotoId> {
        now(self.store.photos()).expect("memory does not fail").into_iter().map(|(id, _)| id).collect()
    }

    fn pictures(&self) -> Vec<Vec<u8>> {
        now(self.store.photos()).expect("memory does not fail").into_iter().map(|(_, picture)| picture).collect()
    }
}

/// Whether the picture stands anywhere in these bytes.
fn holds(bytes: &[u8], picture: &[u8]) -> bool {
    bytes.windows(picture.len()).any(|part| part == picture)
}

#[test]
fn a_picture_is_written_with_its_act_and_not_read_with_the_book() {
    let mut desk = Desk::founded();
    let home = desk.home("1-001");
    let claim = desk.claim(home, vec![photo(1)]);
    let id = desk.photo_of(claim);
    assert_eq!(now(desk.store.photo(id)), Ok(Some(picture(1))));
    assert_eq!(now(desk.store.load()).expect("loads").photos, []);
    assert_eq!(now(desk.store.read()).expect("reads").photos, []);
    desk.store.set_failing(true);
    let refused = desk.act(add(PhotoHost::Claim(claim), vec![photo(2)]));
    assert_eq!(refused, Err(ActError::Store(StoreError::Full)));
    assert_eq!(
        (desk.pictures(), desk.village().photos.living().count()),
        (vec![picture(1)], 1),
        "wholly or not at all"
    );
    desk.store.set_failing(false);
    desk.act(remove(id, "拍错了")).expect("in order");
    assert_eq!(now(desk.store.photo(id)), Ok(None));
}

#[test]
fn a_picture_that_is_not_what_is_said_of_it_is_not_written() {
    let desk = Desk::founded();
    let mut book = Book::open(&desk.store.contents(), DeviceId(1)).expect("opens");
    book.confirm_clock();
    let exif = [&[0xFF, 0xE1, 0, 6][..], b"Exif"].concat();
    let dirty = [&picture(1)[..2], &exif, &picture(1)[2..]].concat();
    let with_exif = NewPhoto { digest: cunzhi::app::photos::digest(&dirty), jpeg: dirty, ..photo(1) };
    for wrong in [with_exif, NewPhoto { jpeg: picture(2), ..photo(1) }, NewPhoto { width: 5, ..photo(1) }] {
        let date = desk.clock.date();
        let item = desk.village().rules.in_force(date).and_then(|book| book.items.first()).expect("an item").id;
        let lines = vec![(desk.home("1-001"), 1)];
        let claims = NewClaims { item, date, note: String::new(), lines, by: None };
        let refused = book.prepare(desk.clock, with(Command::FileClaims(claims), vec![wrong]));
        assert_eq!(refused.err(), Some(ActError::Unreadable));
    }
}

#[test]
fn a_save_file_carries_the_photos_and_names_a_wrong_one() {
    let mut desk = Desk::founded();
    let home = desk.home("1-001");
    desk.claim(home, vec![photo(1), photo(2)]);
    let file = desk.file();
    let restored = check(&file, DeviceId(99)).expect("a sound file");
    assert!(restored.summary().ends_with("笔记录,2 张照片"), "{}", restored.summary());
    let pictures: Vec<_> = restored.contents.photos.iter().map(|(_, picture)| picture.clone()).collect();
    assert_eq!(pictures, [picture(1), picture(2)]);
    // Somebody has put another picture in its place, with checksums that agree.
    let other = cunzhi::journal::savefile::read(&file).expect("sound");
    let photos = [(other.photos[0].0, picture(1)), (other.photos[1].0, picture(9))];
    let forged = cunzhi::journal::savefile::write(&other.header, &other.segments, &other.pages, &photos);
    let refused = check(&forged, DeviceId(99)).expect_err("another picture");
    let said = "文件里的第 2 张照片与流水里登记的不是同一张,没有采用。请换一份保存文件。";
    assert_eq!(refused.to_string(), said);
    // A picture that is damaged in the store does not spoil the file.
    let mut contents = desk.store.contents();
    contents.photos[0].1 = picture(7);
    let rest = check(&save_file(&contents, &desk.book, desk.clock), DeviceId(99)).expect("a sound file");
    assert_eq!(rest.contents.photos.len(), 1);
}

#[test]
fn a_book_that_does_not_open_loses_no_picture() {
    let mut desk = Desk::founded();
    let home = desk.home("1-001");
    let early = Book::open(&desk.store.contents(), DeviceId(1)).expect("opens");
    desk.claim(home, vec![photo(1)]);
    // As far as this book goes, there are no photos; the file holds what is there.
    for book in [early, Book::empty(DeviceId(1))] {
        let file = save_file(&desk.store.contents(), &book, desk.clock);
        assert!(holds(&file, &picture(1)));
    }
}

#[test]
fn a_snapshot_is_given_out_with_its_pictures() {
    let mut desk = Desk::founded();
    let home = desk.home("1-001");
    desk.claim(home, vec![photo(1)]);
    let contents = now(desk.store.read()).expect("reads");
    let snapshot = save_file(&contents, &desk.book, desk.clock);
    assert!(!holds(&snapshot, &picture(1)));
    let photos = now(desk.store.photos()).expect("reads");
    let whole = with_photos(&snapshot, &photos, DeviceId(99)).expect("a sound file");
    assert_eq!(whole, desk.file());
}

#[test]
fn putting_a_file_in_place_keeps_pictures_until_nobody_needs_them() {
    let mut desk = Desk::founded();
    let home = desk.home("1-001");
    let before = desk.file();
    desk.claim(home, vec![photo(1)]);
    let restored = check(&before, DeviceId(99)).expect("sound");
    now(desk.store.replace(restored.contents)).expect("memory does not fail");
    assert_eq!(desk.pictures(), [picture(1)], "a snapshot may need it");
    now(desk.store.sweep_photos(&living(restored.book.village()))).expect("memory does not fail");
    assert_eq!(desk.pictures(), Vec::<Vec<u8>>::new());
    now(desk.store.replace(Contents::default())).expect("memory does not fail");
}

#[test]
fn merging_brings_what_is_missing_and_nothing_that_was_taken_down() {
    let mut one = Desk::founded();
    let (a, b) = (one.home("1-001"), one.home("1-002"));
    let claim = one.claim(a, vec![photo(1)]);
    let mut two = one.copy(21, 1_000);
    two.claim(b, vec![photo(2)]);
    let old = two.file();
    let both = one.takes(&old);
    assert_eq!(both.pictures(), [picture(1), picture(2)]);
    let again = check(&old, DeviceId(99)).expect("sound");
    let ours = now(both.store.read()).expect("reads");
    let mut nothing = cunzhi::app::merge::merge(&both.book, &ours, &again.contents).expect("of one village");
    nothing.lack(&both.here());
    assert!(nothing.incoming.is_empty(), "{:?}", nothing.incoming);
    // One of the pictures is lost here: the other laptop still has it.
    now(both.store.sweep_photos(&[both.photo_of(claim)].into())).expect("swept");
    assert_eq!(both.pictures(), [picture(1)]);
    assert_eq!(both.takes(&old).pictures(), [picture(1), picture(2)]);
    // What was removed stays away, whoever still has it.
    let mut removed = one.takes(&old);
    removed.act(remove(removed.photo_of(claim), "拍到了别人")).expect("in order");
    assert_eq!(removed.takes(&old).pictures(), [picture(2)]);
    assert_eq!(two.takes(&removed.file()).pictures(), [picture(2)]);
}

#[test]
fn the_words_count_what_there_is() {
    let mut desk = Desk::founded();
    let (home, day) = (desk.home("1-001"), desk.clock.date());
    assert_eq!(photo_total(desk.village()).words, "0 张,0.0 MB(最多 200 MB)");
    let claim = desk.claim(home, vec![photo(1), photo(2)]);
    let total = photo_total(desk.village());
    assert_eq!((total.words.as_str(), total.warning), ("2 张,0.1 MB(最多 200 MB)", None));
    let id = desk.photo_of(claim);
    assert_eq!(photo_words(desk.village(), id, day), Some("张三 环境整治 · 4 × 3 · 1 KB · 9月26日附".to_owned()));
    let row = review_list(desk.village(), home.ledger(), None, day).rows.remove(0);
    assert_eq!(row.photos.len(), 2);
    let preview = erasure_preview(desk.village(), linked(&desk), day).expect("a person");
    let said = "附在本人和本户申报、积分上的 2 张照片会一并删除,与别人一起参加的活动也在内:照片里可能有此人。";
    assert_eq!(preview.remarks.first().map(String::as_str), Some(said));
    desk.act(remove(id, "拍错了")).expect("in order");
    assert_eq!(photo_words(desk.village(), id, day), None);
    let mut village = desk.village().clone();
    for raw in 0..820 {
        let id = PhotoId::from_raw(9 << 32 | raw);
        let (to, digest) = (Vec::new(), photo(1).digest);
        let added = PhotoAdded { id, to, digest, bytes: PHOTO_BYTES_MAX, width: 4, height: 3 };
        village.apply(desk.clock, &Event::PhotoAdded(added)).expect("a new photo");
    }
    let said = "照片快占满 200 MB 了。请在存折里删掉不再需要的旧照片,不然新的附不上。";
    assert_eq!(photo_total(&village).warning.as_deref(), Some(said));
}

#[test]
fn pictures_that_are_not_as_recorded_are_told() {
    for (missing, damaged, expected) in [
        (0, 0, vec![]),
        (1, 0, vec!["有 1 张照片账里有、本机没有。别的电脑或以前的保存文件里可能还有,合并那份文件就会补上。"]),
        (
            2,
            3,
            vec![
                "有 2 张照片账里有、本机没有。别的电脑或以前的保存文件里可能还有,合并那份文件就会补上。",
                "有 3 张照片与登记时的不是同一张,已损坏或被换过。请合并有好照片的保存文件,或在存折里删掉。",
            ],
        ),
    ] {
        assert_eq!(photo_finding(missing, damaged).sentences, expected);
    }
}

fn linked(desk: &Desk) -> PersonId {
    let mut members = desk.village().people.members();
    members.find(|person| person.member_type() == Some(MemberType::Linked)).expect("a member").id
}

#[test]
fn photos_go_with_the_person_and_do_not_come_back() {
    let mut one = Desk::founded();
    let person = linked(&one);
    let (home, other) = (one.home("1-001"), one.home("1-002"));
    one.claim(Account::Member(person), vec![photo(1)]);
    one.claim(home, vec![photo(2)]);
    one.claim(other, vec![photo(3)]);
    let mut two = one.copy(21, 1_000);
    let old = one.file();
    for seed in 1..=3 {
        assert!(holds(&old, &picture(seed)), "the search finds what is there");
    }
    one.act(Command::ErasePerson { person, also: Vec::new() }).expect("in order");
    assert_eq!(one.pictures(), [picture(3)]);
    let clean = |desk: &Desk, gone: &[u8]| {
        let file = desk.file();
        gone.iter().all(|seed| !holds(&file, &picture(*seed)) && !desk.pictures().contains(&picture(*seed)))
    };
    assert!(clean(&one, &[1, 2]));
    let merged = one.takes(&old);
    assert_eq!(merged.pictures(), [picture(3)], "an old save file brings nothing back");
    // The other laptop, which does not know yet, adds one more on the next day.
    two.clock = cunzhi::domain::calendar::Moment(two.clock.0 + 24 * 3_600_000);
    two.claim(Account::Member(person), vec![photo(4)]);
    for both in [one.takes(&two.file()), two.takes(&one.file())] {
        assert_eq!(both.pictures(), [picture(3)]);
        assert!(clean(&both, &[1, 2, 4]));
    }
}
