//! Erasing one person: the name is in no page, no segment and no new save
//! file; points stay; namesakes keep their names; nothing brings it back.

use std::fmt::Write as _;
use std::pin::pin;
use std::task::{Context as TaskContext, Poll, Waker};

use cunzhi::app::book::{ActError, Book};
use cunzhi::app::save::{check, save_file};
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::{Command, NewActivity, NewCase};
use cunzhi::domain::event::{Event, JoinedPerson};
use cunzhi::domain::id::{DeviceId, PersonId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::refusal::Refusal;
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::domain::roster::{HouseholdDraft, MemberType, RosterDraft};
use cunzhi::domain::village::Village;
use cunzhi::journal::segment::{self, Head};
use cunzhi::journal::{act::Act, page};
use cunzhi::report::search::SearchIndex;
use cunzhi::storage::memory::MemoryStore;
use cunzhi::storage::{Copies, Store};

use super::laptops::Desk;
use super::support::{DEVICE, TODAY, Town, goods, home, matter, new_village};

const PHONE: &str = "13900001111";

fn now<F: Future>(future: F) -> F::Output {
    let mut context = TaskContext::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a store in memory never waits"),
    }
}

/// A roster of one household per list of people; the first is the head.
fn roster(homes: &[&[&str]]) -> RosterDraft {
    let household = |(place, people): (usize, &&[&str])| -> HouseholdDraft {
        let kind = |place: usize| (place == 1).then_some(MemberType::Linked);
        let people: Vec<_> = people.iter().enumerate().map(|(place, name)| (*name, kind(place))).collect();
        home(&format!("1-{:03}", place + 1), "第一网格", &people)
    };
    RosterDraft { households: homes.iter().enumerate().map(household).collect() }
}

fn person(village: &Village, name: &str) -> PersonId {
    let mut people = village.people.persons.iter();
    people.find(|person| village.name(person.id) == name).expect("somebody of this name").id
}

/// A book in a store; every act is stored as the page does it.
struct Kept {
    book: Book,
    store: MemoryStore,
}

impl Kept {
    fn act(&mut self, command: Command) -> Result<(), ActError> {
        let erases = matches!(command, Command::ErasePerson { .. });
        let prepared = self.book.prepare(Moment::at(TODAY, 12, 0), command)?;
        // Snapshots hold the name as well: they go in the very same write, or not at all.
        assert_eq!(prepared.batch.copies, if erases { Copies::Go } else { Copies::Stay });
        now(self.store.append(prepared.batch.clone()))?;
        Ok(self.book.commit(prepared)?)
    }

    fn must(&mut self, command: Command) {
        self.act(command).expect("the command is in order");
    }

    /// Everything stored and everything that a save file holds.
    fn bytes(&self) -> Vec<u8> {
        let contents = self.store.contents();
        let stored = contents.segments.iter().chain(&contents.slips).map(|(_, bytes)| bytes);
        let mut bytes: Vec<u8> =
            stored.chain(contents.pages.iter().map(|(_, bytes)| bytes)).flatten().copied().collect();
        bytes.extend(save_file(&contents, &self.book, Moment::at(TODAY, 13, 0)));
        bytes
    }

    fn times(&self, text: &str) -> usize {
        self.bytes().windows(text.len()).filter(|part| *part == text.as_bytes()).count()
    }
}

/// 王海林 is head of 1-001 and in every kind of text; 李梅 of 1-001 is a member.
fn village() -> Kept {
    let mut kept = Kept { book: Book::empty(DEVICE), store: MemoryStore::default() };
    kept.must(Command::FoundVillage(new_village()));
    let mut roster = roster(&[&["王海林", "李梅"], &["周五", "吴六"]]);
    let head = &mut roster.households[0].people[0];
    (head.phone, head.id_number) = (PHONE.to_owned(), "420000197001010019".to_owned());
    "村东王海林家老屋".clone_into(&mut roster.households[0].address);
    kept.must(Command::ImportRoster(roster));
    let item = kept.book.village().rules.in_force(TODAY).and_then(|book| book.items.first()).expect("an item").id;
    for number in ["1-001", "1-002"] {
        let account = household(&kept, number);
        let lines = vec![(account, 1)];
        let note = format!("{number}:与 王 海林 扫村东路沿");
        kept.must(Command::RecordActivity(NewActivity { item, date: TODAY, note, lines, points_each: None }));
    }
    kept.must(Command::AddGoods(goods("食盐", 2, 9)));
    let (account, basket) =
        (household(&kept, "1-001"), vec![(kept.book.village().shelf.goods.iter().next().expect("goods").id, 1)]);
    kept.must(Command::Redeem { account, basket, proxy: "李梅(王海林之妻)".to_owned() });
    let reporter = Some(person(kept.book.village(), "王海林"));
    let known = NewCase { reporter, phone: PHONE.to_owned(), ..matter(TODAY, None) };
    kept.must(Command::OpenCase(NewCase { title: "王海林家门口积水".to_owned(), ..known }));
    let told =
        NewCase { reporter_name: "王海林".to_owned(), phone: "0713-5551234".to_owned(), ..matter(TODAY, None) };
    kept.must(Command::OpenCase(NewCase { text: "打王海林电话139 0000 1111".to_owned(), ..told }));
    kept
}

fn household(kept: &Kept, number: &str) -> Account {
    Account::Household(kept.book.village().people.household_by_number(number).expect("a known household").id)
}

fn erase(kept: &mut Kept, name: &str) -> Result<(), ActError> {
    let person = person(kept.book.village(), name);
    kept.act(Command::ErasePerson { person, also: Vec::new() })
}

#[test]
fn the_name_is_in_no_byte_that_is_kept() {
    let mut kept = village();
    let before = [("王海林", 8), (PHONE, 4), ("420000197001010019", 2), ("139 0000 1111", 2), ("0713-5551234", 2)];
    for (text, least) in before {
        assert!(kept.times(text) >= least, "{text} stands {} times before", kept.times(text));
    }
    let account = household(&kept, "1-001");
    let balance = kept.book.village().balance(account);
    erase(&mut kept, "王海林").expect("erased");
    for text in before.map(|(text, _)| text).into_iter().chain(["王 海林", "海林"]) {
        assert_eq!(kept.times(text), 0, "{text} is still kept");
    }
    assert_eq!((kept.book.village().balance(account), balance), (3, 3));

    let again = Book::open(&kept.store.contents(), DEVICE).expect("what was written can be read");
    let village = again.village();
    assert_eq!(
        (village.balance(account), village.head_name(village.people.households.iter().next().expect("one").id)),
        (3, "已删除")
    );
    let texts =
        |field| village.cases.iter().map(|case| village.register.text(case.opening.id, field)).collect::<Vec<_>>();
    assert_eq!(texts(Field::Title), ["某某家门口积水", "二组路灯不亮"]);
    assert_eq!(texts(Field::Text), ["", "打某某电话(号码已删)"]);
    assert_eq!((texts(Field::Reporter), texts(Field::Phone)), (vec![""; 2], vec![""; 2]));
    let notes: Vec<_> =
        village.entries.iter().map(|entry| village.note(entry.note)).filter(|note| !note.is_empty()).collect();
    assert_eq!(notes, ["1-001:与 某某 扫村东路沿", "1-002:与 某某 扫村东路沿"]);
    let index = SearchIndex::build(village);
    for typed in ["whl", "王海林", "已删除", "ysc"] {
        assert!(index.find(typed, 9).iter().all(|hit| !hit.title.contains("删除")), "{typed} finds somebody");
    }
    assert_eq!(index.find("1001", 9).first().map(|hit| hit.title.as_str()), Some("已删除"));
}

#[test]
fn a_save_file_of_before_does_not_bring_it_back_field_by_field() {
    let mut kept = village();
    let old = kept.store.contents();
    erase(&mut kept, "王海林").expect("erased");
    let mut register = kept.book.village().register.clone();
    let slips = old.slips.iter().map(|(_, bytes)| bytes);
    for bytes in old.pages.iter().map(|(_, bytes)| bytes).chain(slips) {
        for (owner, values) in page::read(bytes).expect("a page") {
            for value in values {
                register.set(owner, value);
            }
        }
    }
    let left: String = register.iter().filter_map(|(_, value)| value.text.as_deref()).collect();
    assert!(!left.contains("王海林") && !left.contains(PHONE), "{left}");
    // The same value with a later clock would count: the test can fail.
    let owner = Owner::from(kept.book.village().people.persons.iter().next().expect("one").id);
    register.set(owner, FieldValue { field: Field::Phone, clock: Clock(u64::MAX), text: Some(PHONE.to_owned()) });
    assert_eq!(register.text(PersonId::from_raw(owner.raw), Field::Phone), PHONE);
}

#[test]
fn a_new_save_file_restores_without_the_name() {
    let mut kept = village();
    erase(&mut kept, "王海林").expect("erased");
    let bytes = save_file(&kept.store.contents(), &kept.book, Moment::at(TODAY, 13, 0));
    let restored = check(&bytes, DeviceId(8)).expect("a sound file");
    let first = restored.book.village().people.persons.iter().next().expect("one");
    assert_eq!((first.erased, restored.book.village().name(first.id)), (true, "已删除"));
}

/// What erasing the first person of the roster does to a text elsewhere:
/// replaced, left to the user, or nothing.
fn outcome(homes: &[&[&str]], text: &str) -> String {
    let mut town = Town::default();
    town.must(TODAY, Command::FoundVillage(new_village()));
    town.must(TODAY, Command::ImportRoster(roster(homes)));
    let case = town.open(TODAY, NewCase { text: text.to_owned(), ..matter(TODAY, None) });
    let first = town.village.people.persons.iter().next().expect("somebody").id;
    let erasure = town.village.erasure(first).expect("can be erased");
    let mut said = String::new();
    for (word, mentions) in [("替换", &erasure.replaced), ("存疑", &erasure.doubtful)] {
        for mention in mentions.iter().filter(|mention| mention.place.owner == Owner::from(case)) {
            write!(said, "{word}{}:{}", mention.times, mention.after.as_deref().unwrap_or("整栏"))
                .expect("a string takes it");
        }
    }
    said
}

#[test]
fn names_are_found_as_people_write_them() {
    let cases: &[(&[&[&str]], &str, &str)] = &[
        (&[&["王五"]], "王五来访,王五说", "替换2:某某来访,某某说"),
        (&[&["王五"]], "王 五、王\u{3000}五", "替换2:某某、某某"),
        (&[&["王 五"]], "王五来访", "替换1:某某来访"),
        (&[&["阿依古丽·买买提"]], "阿依古丽买买提和阿依古丽•买买提", "替换2:某某和某某"),
        (&[&["Li Na"]], "LI NA 与 li na", "替换2:某某 与 某某"),
        (&[&["王五"]], "三王\n五月", ""),
        (&[&["王"]], "王来访", ""),
        (&[&["王五"], &["王五"]], "王五来访", "存疑1:某某来访"),
        (&[&["王五"], &["王五一"]], "王五一与王五", "替换1:王五一与某某"),
        (&[&["王五"], &["老王五一"]], "老王五一来访", ""),
        (&[&["王五"], &["赵六"]], "赵六来访", ""),
    ];
    for (homes, text, expected) in cases {
        assert_eq!(outcome(homes, text), *expected, "{homes:?} in {text}");
    }
}

#[test]
fn namesakes_keep_their_names_and_the_user_decides_what_is_in_doubt() {
    let mut town = Town::default();
    town.must(TODAY, Command::FoundVillage(new_village()));
    town.must(TODAY, Command::ImportRoster(roster(&[&["王五"], &["王五", "李梅"]])));
    let doubtful =
        town.open(TODAY, NewCase { reporter_name: "王五".to_owned(), phone: "1".to_owned(), ..matter(TODAY, None) });
    let ids: Vec<PersonId> = town.village.people.persons.iter().map(|person| person.id).collect();
    let linked =
        town.open(TODAY, NewCase { text: "王五自己说".to_owned(), reporter: Some(ids[0]), ..matter(TODAY, None) });
    let mut left = town.clone();
    left.must(TODAY, Command::ErasePerson { person: ids[0], also: Vec::new() });
    let said = |town: &Town| {
        let text = |case, field| town.village.register.text(case, field).to_owned();
        [
            text(doubtful, Field::Reporter),
            text(doubtful, Field::Phone),
            text(linked, Field::Text),
            town.village.name(ids[1]).to_owned(),
        ]
    };
    assert_eq!(said(&left), ["王五", "1", "某某自己说", "王五"]);
    let also =
        town.village.erasure(ids[0]).expect("can be erased").doubtful.iter().map(|mention| mention.place).collect();
    town.must(TODAY, Command::ErasePerson { person: ids[0], also });
    assert_eq!(said(&town), ["", "", "某某自己说", "王五"]);
    // The namesake is the last of the name now: nothing is in doubt any more.
    assert!(left.village.erasure(ids[1]).expect("can be erased").doubtful.is_empty());
}

#[test]
fn who_is_not_there_or_gone_is_refused() {
    let mut kept = village();
    let gone = person(kept.book.village(), "周五");
    erase(&mut kept, "周五").expect("erased");
    for (person, refusal, sentence) in [
        (gone, Refusal::AlreadyErased, "这个人的资料已经删除过了,不用再删。"),
        (PersonId::from_raw(1), Refusal::UnknownPerson, "找不到这个人,请刷新后再试。"),
    ] {
        let refused = kept.act(Command::ErasePerson { person, also: Vec::new() });
        assert_eq!(refused, Err(ActError::Refused(refusal)));
        assert_eq!(refused.expect_err("refused").to_string(), sentence);
    }
}

#[test]
fn the_event_carries_an_id_and_nothing_else() {
    let events = vec![Event::PersonErased { person: PersonId::from_raw(7) }];
    let act = Act { sequence: 0, clock: Clock(1), at: Moment::at(TODAY, 12, 0), actor: 0, events };
    let (bytes, _) = segment::write(DEVICE, Head::genesis(DEVICE), std::slice::from_ref(&act));
    assert_eq!(segment::read(&bytes).expect("a segment").acts().expect("acts"), [act]);
    assert!(bytes.windows(3).any(|part| part == [0x82, 15, 7]), "an array of two: the code 15 and the id");
}

#[test]
fn a_merge_says_whether_somebody_is_erased_by_it() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    let first = two.village().people.persons.iter().next().expect("somebody").id;
    two.act(Command::ErasePerson { person: first, also: Vec::new() }).expect("erased");
    one.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    let erases = |here: &Desk, file: &Desk| here.plan(file).expect("of one village").erases(&here.book);
    assert_eq!([erases(&one, &two), erases(&two, &one)], [true, false]);
    let both = one.merged(&two);
    assert_eq!([erases(&both, &two), erases(&both, &one)], [false, false], "it is known already");
}

#[test]
fn what_merging_brings_back_can_be_erased_again() {
    let mut town = Town::default();
    town.must(TODAY, Command::FoundVillage(new_village()));
    town.must(TODAY, Command::ImportRoster(roster(&[&["王五"], &["王伍"]])));
    let ids: Vec<PersonId> = town.village.people.persons.iter().map(|person| person.id).collect();
    let homes: Vec<_> = town.village.people.households.iter().map(|home| home.id).collect();
    town.must(TODAY, Command::ErasePerson { person: ids[0], also: Vec::new() });
    assert!(town.village.is_forgotten(ids[0]));
    let case = town.open(TODAY, NewCase { title: "王伍家路灯".to_owned(), ..matter(TODAY, None) });
    // The same person was entered on another laptop under another spelling.
    let people = vec![JoinedPerson { gone: ids[1], kept: ids[0] }];
    let joined = Event::HouseholdsJoined { gone: homes[1], kept: homes[0], people };
    town.village.apply(Moment::at(TODAY, 13, 0), &joined).expect("they can be joined");
    assert_eq!((town.village.name(ids[0]), town.village.is_forgotten(ids[0])), ("已删除", false));
    town.must(TODAY, Command::ErasePerson { person: ids[0], also: Vec::new() });
    let register = &town.village.register;
    assert_eq!((register.text(ids[1], Field::Name), register.text(case, Field::Title)), ("", "某某家路灯"));
    assert!(town.village.is_forgotten(ids[0]));
}
