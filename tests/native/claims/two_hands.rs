//! Where it takes two, nobody adds points alone.

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::check::findings;
use cunzhi::domain::command::{Command, NewActivity, Verdict};
use cunzhi::domain::event::{Event, FiledClaim};
use cunzhi::domain::id::{ClaimId, VisitId};
use cunzhi::domain::points::claim::ClaimState;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::Reviewing;
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::visits::act::VisitAct;
use cunzhi::report::review::review_list;
use jiff::civil::{Date, date};

use super::super::support::{TODAY, Town, sentence};
use super::super::visits::{link, reward, visited};
use super::approve;

const ONE_HAND: &str = "加分要由两个人经手。请点「先报待审」,再由另一位经手人审核入账。";

#[test]
fn points_are_added_by_two_and_taken_by_one() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let member = town.member(MemberType::Linked);
    let first = town.staff("李会计");
    assert_eq!(sentence(town.record(TODAY, "治安巡逻、防汛值守", home, 1)), "没有拒绝", "with one name");
    let second = town.staff("王主任");
    for (item, account, expected) in [
        ("治安巡逻、防汛值守", home, ONE_HAND),
        ("参加三会一课", member, ONE_HAND),
        ("乱倒垃圾", home, "没有拒绝"),
        ("迟交党费", member, "没有拒绝"),
    ] {
        assert_eq!(sentence(town.record(TODAY, item, account, 1)), expected, "{item}");
    }
    // Told of by one and entered by the other.
    let claims = town.file("治安巡逻、防汛值守", &[home], Some(first));
    town.must(TODAY, approve(&claims, Some(second)));
    assert_eq!(town.village.balance(home), 5);
    // By anybody, where the village wants it so.
    town.review(Reviewing::ByAnybody);
    assert_eq!(sentence(town.record(TODAY, "治安巡逻、防汛值守", home, 1)), "没有拒绝");
}

#[test]
fn a_month_of_visits_is_counted_and_needs_nobody_else() {
    let mut town = Town::small();
    let person = town.person(MemberType::Linked);
    let (last, october) = (date(2025, 9, 30), date(2025, 10, 6));
    let linked = link(&town, person, &["1-002", "2-001"], date(2025, 9, 1));
    town.must(TODAY, linked);
    visited(&mut town, TODAY, &["1-002", "2-001"]);
    town.staff("李会计");
    town.staff("王主任");
    let month = |town: &Town, day: Date| {
        let item = town.item("当月联系户全走访");
        let lines = vec![(town.member(MemberType::Linked), 1)];
        Command::RecordActivity(NewActivity { item, date: day, note: String::new(), lines, points_each: None })
    };
    for (day, expected) in [(TODAY, ONE_HAND), (last, "没有拒绝"), (last, ONE_HAND)] {
        let command = month(&town, day);
        assert_eq!(sentence(town.tell(october, command)), expected, "{day}");
    }
}

/// The claims that wait, each with the number of the household that was visited.
fn waiting(town: &Town) -> Vec<(ClaimId, String)> {
    let number = |home| town.village.people.households.get(home).expect("known").number.to_string();
    town.village.waiting_visits().map(|(claim, visit)| (claim, number(visit.made.household))).collect()
}

#[test]
fn a_visit_is_told_of_by_one_and_entered_by_the_other() {
    let mut town = Town::small();
    let (person, account) = (town.person(MemberType::Linked), town.member(MemberType::Linked));
    let visits = visited(&mut town, TODAY, &["1-002", "2-001"]);
    let item = town.item("走访联系户");
    let tell = |visits: &[VisitId], by| Command::Visit(VisitAct::Claim { visits: visits.to_vec(), item, by });
    let (first, second) = (town.staff("李会计"), town.staff("王主任"));
    let before = town.village.balance(account);
    let waits = "9月26日 走访 1-002 户的积分已经报了待审,正在等审核,不用再报。";
    let nobody = "申报和审核要由两个人经手。请先在左下角选经手人,再办这件事。";
    for (command, expected) in [
        (reward(&town, &visits), ONE_HAND),
        (tell(&[], Some(first)), "还没有选走访,请先勾选。"),
        (tell(&visits, None), nobody),
        (tell(&visits, Some(first)), "没有拒绝"),
        (tell(&visits, Some(first)), waits),
        (reward(&town, &visits), waits),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
    }
    let month = Month::of(TODAY);
    assert!(town.village.earnable_visits(month).is_empty(), "what waits is not proposed again");
    assert_eq!((town.village.balance(account), waiting(&town).len()), (before, 2));
    let rows = review_list(&town.village, Ledger::Member, Some(second), TODAY).rows;
    let words: Vec<_> = rows.iter().map(|row| (row.note.as_str(), row.points.as_str(), row.barred.clone())).collect();
    assert_eq!(words, [("来自走访 9月26日 1-002", "+1", None), ("来自走访 9月26日 2-001", "+1", None)]);
    let claims: Vec<_> = waiting(&town).into_iter().map(|(claim, _)| claim).collect();
    let own = "其中 2 条是李会计自己登记的,要由另一个人来审。请换经手人,或取消勾选。";
    assert_eq!(sentence(town.tell(TODAY, approve(&claims, Some(first)))), own);
    town.must(TODAY, approve(&claims, Some(second)));
    assert_eq!(town.village.balance(account), before + 2);
    // The entry and the visit name each other, as when one hand does it.
    let visit = *town.village.visits.get(visits[0]).expect("known");
    let entry = town.village.visit_entry(&visit).expect("earned");
    assert_eq!(town.village.visits.of_entry(entry), Some(visits[0]));
    let earned = "9月26日 走访 1-002 户已经记过分了。";
    assert_eq!(sentence(town.tell(TODAY, tell(&visits[..1], Some(first)))), earned);
    assert_eq!(Account::Member(person), account);
    assert!(findings(&town.village).iter().all(|finding| finding.sentences.is_empty()));
}

#[test]
fn a_visit_that_is_struck_out_takes_what_was_told_of_it_along() {
    let mut town = Town::small();
    let visits = visited(&mut town, TODAY, &["1-002", "2-001"]);
    let item = town.item("走访联系户");
    let (first, second) = (town.staff("李会计"), town.staff("王主任"));
    let tell = Command::Visit(VisitAct::Claim { visits: visits.clone(), item, by: Some(first) });
    town.must(TODAY, tell.clone());
    let claims: Vec<_> = waiting(&town).into_iter().map(|(claim, _)| claim).collect();
    town.must(TODAY, Command::Visit(VisitAct::Strike { visit: visits[0], reason: "登错了户".to_owned() }));
    assert_eq!(waiting(&town).into_iter().map(|(_, number)| number).collect::<Vec<_>>(), ["2-001"]);
    let ClaimState::Returned(reason) = town.state(claims[0]) else { panic!("sent back") };
    assert_eq!(town.village.note(Some(reason)), "登错了户");
    // Sent back by hand, the visit may be told of again.
    let back = Verdict::Return("先核实".to_owned());
    town.must(TODAY, Command::DecideClaims { claims: claims[1..].to_vec(), verdict: back, by: Some(second) });
    let again = Command::Visit(VisitAct::Claim { visits: visits[1..].to_vec(), item, by: Some(first) });
    town.must(TODAY, again);
    let claims: Vec<_> = waiting(&town).into_iter().map(|(claim, _)| claim).collect();
    town.must(TODAY, approve(&claims, Some(second)));
    assert!(findings(&town.village).iter().all(|finding| finding.sentences.is_empty()));
}

/// Two laptops told of the same visit: one claim is entered, the other only sent back.
#[test]
fn of_two_claims_for_one_visit_one_is_entered() {
    let mut town = Town::small();
    let visits = visited(&mut town, TODAY, &["1-002"]);
    let item = town.item("走访联系户");
    let tell = Command::Visit(VisitAct::Claim { visits, item, by: None });
    let mut other = town.clone();
    town.must(TODAY, tell.clone());
    let told = other.must(TODAY, tell).events;
    // As it comes from another laptop, under ids of its own.
    for event in told {
        let event = match event {
            Event::ClaimFiled(filed) => Event::ClaimFiled(FiledClaim { id: ClaimId::from_raw(9 << 32 | 1), ..filed }),
            Event::VisitClaimed { visit, .. } => Event::VisitClaimed { visit, claim: ClaimId::from_raw(9 << 32 | 1) },
            other => panic!("{other:?}"),
        };
        town.village.apply(Moment::at(TODAY, 16, 0), &event).expect("two laptops may both tell of it");
    }
    let claims: Vec<_> = waiting(&town).into_iter().map(|(claim, _)| claim).collect();
    assert_eq!(claims.len(), 2);
    let batch = "2025年9月走访 1-002 户已经记过分:每户每月只记一次。请去掉这一次。";
    assert_eq!(sentence(town.tell(TODAY, approve(&claims, None))), batch);
    // The queue knows it before anybody presses.
    let marks = |town: &Town| {
        let rows = review_list(&town.village, Ledger::Member, None, TODAY).rows.into_iter();
        rows.map(|row| [row.barred, row.crowded].map(Option::unwrap_or_default)).collect::<Vec<_>>()
    };
    let together = format!("和前面的一起通过就超了:{batch}");
    assert_eq!(marks(&town), [["", ""], ["", &together]]);
    town.must(TODAY, approve(&claims[..1], None));
    let earned = "9月26日 走访 1-002 户已经记过分了。";
    assert_eq!(sentence(town.tell(TODAY, approve(&claims[1..], None))), earned);
    assert_eq!(marks(&town), [[earned, ""]]);
    town.must(TODAY, super::send_back(&claims[1..], "重复", None));
}
