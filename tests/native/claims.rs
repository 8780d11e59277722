//! Claims: filed by one, decided by another, posted once.

mod batches;
mod laptops;
mod ranges;
mod two_hands;

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::command::{Command, NewClaims, Verdict};
use cunzhi::domain::event::{ClaimVerdict, Event};
use cunzhi::domain::id::{ClaimId, ItemId, StaffId};
use cunzhi::domain::points::claim::{ClaimRefusal, ClaimState, StaffRefusal};
use cunzhi::domain::points::close::CloseMonth;
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{Reviewing, Settings};
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::staff::Standing;
use cunzhi::report::person_file::person_file;
use cunzhi::report::review::{review_list, waiting};
use jiff::civil::{Date, date};

use super::support::{DEVICE, TODAY, Town, sentence};

impl Town {
    fn claims(&self, date: Date, item: &str, accounts: &[Account], by: Option<StaffId>) -> Command {
        let lines = accounts.iter().map(|account| (*account, 1)).collect();
        Command::FileClaims(NewClaims { item: self.item(item), date, note: "村东路".to_owned(), lines, by })
    }

    /// Files one claim of each account, in order.
    fn file(&mut self, item: &str, accounts: &[Account], by: Option<StaffId>) -> Vec<ClaimId> {
        let command = self.claims(TODAY, item, accounts, by);
        let events = self.must(TODAY, command).events;
        let filed = events.into_iter().filter_map(|event| match event {
            Event::ClaimFiled(filed) => Some(filed.id),
            _ => None,
        });
        filed.collect()
    }

    /// The village settles who looks at claims.
    fn review(&mut self, reviewing: Reviewing) {
        let settings = Settings { reviewing, ..self.village.settings };
        self.must(TODAY, Command::ChangeSettings(settings));
    }

    fn state(&self, claim: ClaimId) -> ClaimState {
        self.village.claims.get(claim).expect("a known claim").state
    }

    fn staff(&mut self, name: &str) -> StaffId {
        let command = Command::NameStaff { staff: None, name: name.to_owned(), standing: Standing::Active };
        match self.must(TODAY, command).events.as_slice() {
            [Event::StaffNamed { staff, .. }] => *staff,
            other => panic!("{other:?}"),
        }
    }
}

fn approve(claims: &[ClaimId], by: Option<StaffId>) -> Command {
    Command::DecideClaims { claims: claims.to_vec(), verdict: Verdict::Approve { points_each: Vec::new() }, by }
}

fn send_back(claims: &[ClaimId], reason: &str, by: Option<StaffId>) -> Command {
    Command::DecideClaims { claims: claims.to_vec(), verdict: Verdict::Return(reason.to_owned()), by }
}

#[test]
fn an_approved_claim_is_an_entry_and_a_returned_one_is_not() {
    let mut town = Town::small();
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    let claims = town.file("环境整治", &[a, b], None);
    assert_eq!([a, b].map(|account| town.village.balance(account)), [0, 0], "nothing is posted before it is looked at");
    town.must(TODAY, approve(&claims[..1], None));
    town.must(TODAY, send_back(&claims[1..], "没有照片", None));
    assert_eq!([a, b].map(|account| town.village.balance(account)), [5, 0]);
    let entry = town.village.entries.of(a).next().expect("the entry");
    assert_eq!(town.state(claims[0]), ClaimState::Approved(entry.id));
    assert_eq!((entry.date, town.village.note(entry.note)), (TODAY, "村东路"));
    assert!(matches!(entry.reason, Reason::Act { quantity: 1, .. }));
    let ClaimState::Returned(reason) = town.state(claims[1]) else { panic!("not returned") };
    assert_eq!(town.village.note(Some(reason)), "没有照片");
    // What was returned can be told of again, what was approved is under its cap.
    assert_eq!(town.file("环境整治", &[b], None).len(), 1);
    let again = town.claims(TODAY, "环境整治", &[a], None);
    assert!(sentence(town.tell(TODAY, again)).contains("每日 1 次"));
}

#[test]
fn filing_is_refused_with_its_reason() {
    let mut town = Town::small();
    let home = town.household("1-001");
    town.file("建言被采纳", &[home], None);
    let stranger = Some(StaffId::from_raw(99));
    let unknown = |item| {
        Command::FileClaims(NewClaims { item, date: TODAY, note: String::new(), lines: vec![(home, 1)], by: None })
    };
    for (command, expected) in [
        (town.claims(TODAY, "环境整治", &[home], stranger), "选的经手人不在名单里,请在左下角重新选。"),
        (town.claims(date(2025, 9, 27), "环境整治", &[home], None), "9月27日 还没有到,请检查日期。"),
        (town.claims(date(2023, 9, 1), "环境整治", &[home], None), "2023年9月1日 还没有生效的积分细则,请检查日期。"),
        (unknown(ItemId::from_raw(99)), "这个事项不在当天生效的积分细则里,请重新选择事项。"),
        (town.claims(TODAY, "环境整治", &[], None), "还没有选人,请至少选一户或一人。"),
        (town.claims(TODAY, "环境整治", &[home, home], None), "有 1 个账户选了两次,请去掉重复的。"),
        (
            town.claims(TODAY, "认岗履责", &[home], None),
            "「认岗履责」不适用于其中 1 个账户,请换一个事项或从名单里去掉。",
        ),
        (town.claims(TODAY, "建言被采纳", &[home], None), "9月26日的「建言被采纳」已经申报过,正在等审核,不用再报。"),
        (town.claims(date(2025, 9, 25), "建言被采纳", &[home], None), "没有拒绝"),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
    }
}

#[test]
fn deciding_is_refused_with_its_reason() {
    let mut town = Town::small();
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    let claims = town.file("环境整治", &[a, b], None);
    town.must(TODAY, approve(&claims[..1], None));
    for (command, expected) in [
        (approve(&[], None), "还没有选申报,请先勾选。"),
        (approve(&[ClaimId::from_raw(99)], None), "找不到这条申报,请刷新后再试。"),
        (approve(&claims, None), "选中的申报里有已经审过的,请刷新后再试。"),
        (approve(&[claims[1], claims[1]], None), "选中的申报里有已经审过的,请刷新后再试。"),
        (send_back(&claims[..1], "重复", None), "选中的申报里有已经审过的,请刷新后再试。"),
        (send_back(&claims[1..], " ", None), "请填写退回的原因。"),
        (approve(&claims[1..], Some(StaffId::from_raw(99))), "选的经手人不在名单里,请在左下角重新选。"),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
    }
    assert_eq!(town.state(claims[1]), ClaimState::Open, "nothing is decided by halves");
}

#[test]
fn a_batch_keeps_to_the_caps_within_itself() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let mut claims = Vec::new();
    for day in 1..=5 {
        let command = town.claims(date(2025, 9, day), "参加会议", &[home], None);
        let events = town.must(TODAY, command).events;
        claims.extend(events.iter().filter_map(|event| match event {
            Event::ClaimFiled(filed) => Some(filed.id),
            _ => None,
        }));
    }
    let refused = town.tell(TODAY, approve(&claims, None));
    assert_eq!(refused.as_ref().expect_err("five are one too many").accounts(), [home]);
    assert!(sentence(refused).contains("每季 8 分"));
    assert_eq!(town.village.balance(home), 0);
    town.must(TODAY, approve(&claims[..4], None));
    assert_eq!(town.village.balance(home), 8);
}

#[test]
fn two_people_look_at_each_claim_where_there_are_two() {
    let mut town = Town::small();
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    let first = town.staff("李会计");
    let alone = town.file("环境整治", &[a], Some(first));
    assert!(!town.village.takes_two());
    // With one name nobody else could look at it.
    town.must(TODAY, approve(&alone, Some(first)));
    let second = town.staff("王主任");
    assert!(town.village.takes_two());
    let nameless = town.claims(TODAY, "环境整治", &[b], None);
    let expected = "申报和审核要由两个人经手。请先在左下角选经手人,再办这件事。";
    assert_eq!(sentence(town.tell(TODAY, nameless)), expected);
    let claims = town.file("环境整治", &[b], Some(first));
    for (command, expected) in [
        (approve(&claims, None), expected),
        (approve(&claims, Some(first)), "其中 1 条是李会计自己登记的,要由另一个人来审。请换经手人,或取消勾选。"),
        (
            send_back(&claims, "误登", Some(first)),
            "其中 1 条是李会计自己登记的,要由另一个人来审。请换经手人,或取消勾选。",
        ),
        (approve(&claims, Some(second)), "没有拒绝"),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
    }
    let claim = town.village.claims.get(claims[0]).expect("the claim");
    let reviewer = claim.review.expect("reviewed").by;
    assert_eq!((town.village.staff_name(claim.filed.by), town.village.staff_name(reviewer)), ("李会计", "王主任"));
    // Where the village wants it so, one is enough.
    town.review(Reviewing::ByAnybody);
    let claims = town.file("建言被采纳", &[b], Some(first));
    town.must(TODAY, approve(&claims, Some(first)));
}

#[test]
fn the_list_of_staff() {
    use Standing::{Active, Retired};
    let mut town = Town::small();
    let first = town.staff("李会计");
    let name = |staff, name: &str, standing| Command::NameStaff { staff, name: name.to_owned(), standing };
    for (command, expected) in [
        (name(None, " ", Active), "请填写经手人的姓名。"),
        (name(None, &"长".repeat(41), Active), "经手人的姓名写了 41 个字,最多 40 个字,请缩短。"),
        (name(None, "李会计", Active), "「李会计」已经在经手人名单里。同名的人请加上区别,如「王芳(二组)」。"),
        (name(Some(StaffId::from_raw(99)), "王", Active), "名单里找不到这个经手人,请刷新后再试。"),
        (name(Some(first), "李会计", Retired), "没有拒绝"),
        // Whoever left no longer takes the name.
        (name(None, "李会计", Active), "没有拒绝"),
        (name(Some(first), "李会计", Active), "「李会计」已经在经手人名单里。同名的人请加上区别,如「王芳(二组)」。"),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
    }
    for number in 1..20 {
        town.staff(&format!("经手{number}"));
    }
    let more = town.tell(TODAY, name(None, "第二十一", Active));
    assert_eq!(sentence(more), "经手人最多 20 位,请先把不再经手的停用。");
    let events = town.must(TODAY, name(Some(first), "李会计(原)", Retired)).events;
    assert!(!format!("{events:?}").contains("李会计"), "names stand in the register alone");
    let gone = town.claims(TODAY, "环境整治", &[town.household("1-001")], Some(first));
    assert_eq!(sentence(town.tell(TODAY, gone)), "选的经手人不在名单里,请在左下角重新选。");
}

#[test]
fn two_laptops_that_approve_the_same_claim_post_it_once() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let claims = town.file("环境整治", &[home], None);
    let context = cunzhi::domain::command::Context { device: DEVICE, now: Moment::at(TODAY, 13, 0) };
    let decided = town.village.decide(&context, approve(&claims, None)).expect("in order");
    let returned = town.village.decide(&context, send_back(&claims, "没有照片", None)).expect("in order");
    town.must(TODAY, approve(&claims, None));
    for events in [decided.events, returned.events] {
        let [event @ Event::ClaimDecided { .. }] = events.as_slice() else { panic!("{events:?}") };
        let twice = town.village.apply(context.now, event);
        assert_eq!(twice.expect_err("decided before").to_string(), "同一个申报审核记录了两次");
    }
    assert_eq!((town.village.balance(home), town.village.entries.of(home).count()), (5, 1));
}

#[test]
fn the_fingerprint_of_its_ledger_covers_an_approved_claim() {
    use cunzhi::journal::fingerprint::LedgerTrails;
    let mut town = Town::small();
    let claims = town.file("环境整治", &[town.household("1-001")], None);
    let events = town.must(TODAY, approve(&claims, None)).events;
    assert!(matches!(&events[..], [Event::ClaimDecided { verdict: ClaimVerdict::Approved { .. }, .. }]));
    for (ledger, covered) in [(Ledger::Villager, true), (Ledger::Member, false)] {
        let mut trails = LedgerTrails::new(ledger);
        assert_eq!(trails.pass(DEVICE, 0, b"act", &events).is_some(), covered, "{ledger:?}");
    }
}

#[test]
fn the_queue_says_what_waits_and_why_it_may_not_pass() {
    let mut town = Town::small();
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    let (first, second) = (town.staff("李会计"), town.staff("王主任"));
    let mut filed = town.file("环境整治", &[a], Some(first));
    filed.extend(town.file("环境整治", &[b], Some(second)));
    town.review(Reviewing::ByAnybody);
    town.record(TODAY, "环境整治", b, 1).expect("recorded in the meantime");
    town.review(Reviewing::BySecondPerson);
    let list = review_list(&town.village, Ledger::Villager, Some(first), TODAY);
    let rows: Vec<_> = list
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.points.as_str(), row.recorder.as_str(), row.barred.as_deref()))
        .collect();
    assert_eq!(
        rows,
        [("张三", "+5", "李会计", Some("自己登记的,要别人审")), ("周五", "+5", "王主任", Some("已到上限(每日 1 次)")),]
    );
    assert_eq!((waiting(&town.village), list.takes_two), (2, true));
    assert!(review_list(&town.village, Ledger::Member, None, TODAY).rows.is_empty());
    town.must(TODAY, approve(&filed[..1], Some(second)));
    town.must(TODAY, send_back(&filed[1..], "当天已记", Some(first)));
    let list = review_list(&town.village, Ledger::Villager, Some(first), TODAY);
    let decided: Vec<_> = list.decided.iter().map(|row| (row.outcome.as_str(), row.hands.as_str())).collect();
    assert!(decided.contains(&("已入账 +5", "李会计登记 · 王主任审核")), "{decided:?}");
    assert!(decided.contains(&("已退回:当天已记", "王主任登记 · 李会计审核")), "{decided:?}");
    assert_eq!(waiting(&town.village), 0);
}

#[test]
fn open_claims_by_ledger_and_month() {
    let mut town = Town::small();
    let home = town.household("1-001");
    town.file("环境整治", &[home], None);
    let command = town.claims(date(2025, 8, 31), "环境整治", &[home], None);
    town.must(TODAY, command);
    let count = |ledger, month| town.village.open_claims(ledger, month).count();
    for (ledger, month, expected) in [
        (Ledger::Villager, None, 2),
        (Ledger::Villager, Some(Month { year: 2025, month: 9 }), 1),
        (Ledger::Villager, Some(Month { year: 2025, month: 8 }), 1),
        (Ledger::Villager, Some(Month { year: 2025, month: 7 }), 0),
        (Ledger::Member, None, 0),
    ] {
        assert_eq!(count(ledger, month), expected, "{ledger:?} {month:?}");
    }
}

#[test]
fn a_month_waits_for_its_claims_and_takes_none_once_it_is_closed() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let (month, october) = (Month { year: 2025, month: 9 }, date(2025, 10, 9));
    town.record(TODAY, "治安巡逻、防汛值守", home, 1).expect("5 points");
    let claims = town.file("环境整治", &[home], None);
    let close =
        || Command::CloseMonth(CloseMonth { ledger: Ledger::Villager, month, notice_days: 3, objection_days: 7 });
    assert!(sentence(town.tell(october, close())).contains("有 1 条申报还没有审核"));
    town.must(october, send_back(&claims, "没有照片", None));
    town.must(october, close());
    let late = town.claims(TODAY, "环境整治", &[home], None);
    assert!(sentence(town.tell(october, late)).contains("已经月结"));
}

#[test]
fn what_a_claim_says_of_a_person_is_erased_with_them() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let lines = vec![(home, 1)];
    let (item, note) = (town.item("环境整治"), "张三带头清扫".to_owned());
    let new = NewClaims { item, date: TODAY, note, lines, by: None };
    town.must(TODAY, Command::FileClaims(new));
    let Account::Household(id) = home else { panic!("a household") };
    let person = town.village.head(id).expect("the head");
    town.must(TODAY, Command::ErasePerson { person, also: vec![] });
    let claim = town.village.claims.iter().next().expect("the claim");
    assert_eq!(town.village.note(claim.filed.note), "某某带头清扫");
}

#[test]
fn what_was_told_in_somebodys_name_is_in_their_file() {
    let mut town = Town::small();
    let linked = town.member(MemberType::Linked);
    let claims = town.file("为民代办", &[linked], None);
    let words = |town: &Town| {
        let now = Moment::at(TODAY, 13, 0);
        let file = person_file(&town.village, town.person(MemberType::Linked), now).expect("known");
        let section = file.sections.into_iter().find(|section| section.title == "积分申报").expect("the section");
        section.rows.concat().join("|")
    };
    assert_eq!(words(&town), "2025年9月26日|为民代办|村东路|待审");
    town.must(TODAY, send_back(&claims, "没写替谁办", None));
    assert_eq!(words(&town), "2025年9月26日|为民代办|村东路|已退回:没写替谁办");
}

/// A new variant stops this from compiling, until it has its sentence above.
#[test]
fn every_refusal_is_looked_at() {
    match ClaimRefusal::NoneChosen {
        ClaimRefusal::UnknownStaff
        | ClaimRefusal::NobodyChosen
        | ClaimRefusal::FiledBefore { .. }
        | ClaimRefusal::NoneChosen
        | ClaimRefusal::Unknown
        | ClaimRefusal::DecidedBefore
        | ClaimRefusal::OneHand
        | ClaimRefusal::SameHand { .. } => {}
    }
    match StaffRefusal::Unknown {
        StaffRefusal::Unknown | StaffRefusal::NamedBefore(_) | StaffRefusal::TooMany(_) => {}
    }
}
