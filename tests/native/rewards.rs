//! Points that a resolved dispute earns: the entry and the case name each other.

use cunzhi::domain::case::record::{Risk, Topic};
use cunzhi::domain::command::{CaseStep, Command, NewActivity, NewCase, NewClaims, NewHandling, Verdict};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::CaseId;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::report::case_detail::case_detail;
use cunzhi::report::passbook::passbook;
use cunzhi::report::review::review_list;

use super::support::{TODAY, Town, matter, sentence};

pub fn answered(town: &mut Town, resolved: bool) -> CaseId {
    let new = NewCase { topic: Topic::Dispute, risk: Some(Risk::Blue), ..matter(TODAY, Some(NewHandling::Immediate)) };
    let case = town.open(TODAY, new);
    town.step(TODAY, case, CaseStep::Start).expect("started");
    let step = CaseStep::Answer { note: "两家握手言和".to_owned(), resolved: Some(resolved) };
    town.step(TODAY, case, step).expect("answered");
    case
}

pub fn reward(town: &Town, case: CaseId) -> Command {
    let lines = vec![(town.household("1-001"), 1), (town.household("1-002"), 1)];
    let item = town.item("调解邻里纠纷");
    let activity = NewActivity { item, date: TODAY, note: String::new(), lines, points_each: None };
    Command::RewardCase { case, activity }
}

#[test]
fn a_resolved_dispute_earns_points_and_both_say_so() {
    let mut town = Town::small();
    let case = answered(&mut town, true);
    assert_eq!(case_detail(&town.village, case, TODAY).expect("known").reward_day, Some(TODAY));
    let command = reward(&town, case);
    let events = town.must(TODAY, command).events;
    assert_eq!(events.iter().filter(|event| matches!(event, Event::EntryLinked { .. })).count(), 2);
    let home = town.household("1-001");
    assert_eq!(town.village.balance(home), 10);
    let detail = case_detail(&town.village, case, TODAY).expect("known");
    let words: Vec<_> = detail.rewards.iter().map(|reward| reward.words.as_str()).collect();
    assert_eq!(words, ["张三 · 调解邻里纠纷 +10", "周五 · 调解邻里纠纷 +10"]);
    let line = &passbook(&town.village, home, TODAY).expect("known").lines[0];
    assert_eq!(line.case.as_ref().map(|(id, number)| (*id, number.as_str())), Some((case, detail.number.as_str())));
    // Taken back, it says that too.
    let entry = town.village.entries_of_case(case)[0];
    town.must(TODAY, Command::ReverseEntry { entry, reason: "记错户".to_owned() });
    let detail = case_detail(&town.village, case, TODAY).expect("known");
    assert_eq!(detail.rewards[0].words, "张三 · 调解邻里纠纷 +10(已冲正)");
    // An entry has one origin.
    let again =
        town.village.apply(cunzhi::domain::calendar::Moment::at(TODAY, 13, 0), &Event::EntryLinked { entry, case });
    assert_eq!(again.expect_err("linked before").to_string(), "同一个积分记录的来源记录了两次");
}

#[test]
fn a_case_earns_points_for_a_household_once() {
    let mut town = Town::small();
    let case = answered(&mut town, true);
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    let claimed = |town: &Town, account| {
        let (item, note, lines) = (town.item("调解邻里纠纷"), String::new(), vec![(account, 1)]);
        Command::ClaimReward(case, NewClaims { item, date: TODAY, note, lines, by: None })
    };
    let command = claimed(&town, a);
    town.must(TODAY, command);
    let words = |town: &Town| {
        let rewards = case_detail(&town.village, case, TODAY).expect("known").rewards;
        rewards.into_iter().map(|reward| reward.words).collect::<Vec<_>>()
    };
    assert_eq!(words(&town), ["张三 · 调解邻里纠纷 待审"]);
    let row = review_list(&town.village, Ledger::Villager, None, TODAY).rows.remove(0);
    assert_eq!(row.note, format!("{} 号事项", case_detail(&town.village, case, TODAY).expect("known").number));
    // While it waits nobody tells of it or records it again.
    let command = reward(&town, case);
    let refused = town.tell(TODAY, command);
    assert_eq!(refused.as_ref().expect_err("told of before").accounts(), [a]);
    assert_eq!(sentence(refused), "其中 1 个账户已经因为这件事项得过分,或正在等审核。请从名单里去掉。");
    let claim = town.village.claims.iter().next().expect("the claim").filed.id;
    let verdict = Verdict::Approve { points_each: Vec::new() };
    town.must(TODAY, Command::DecideClaims { claims: vec![claim], verdict, by: None });
    assert_eq!(words(&town), ["张三 · 调解邻里纠纷 +10"]);
    let entry = town.village.entries_of_case(case)[0];
    let line = &passbook(&town.village, a, TODAY).expect("known").lines[0];
    assert_eq!((line.entry, line.case.as_ref().map(|(id, _)| *id)), (Some(entry), Some(case)));
    for (account, expected) in [(a, Some(a)), (b, None)] {
        let command = claimed(&town, account);
        let refused = town.tell(TODAY, command).err();
        assert_eq!(refused.as_ref().and_then(|refusal| refusal.accounts().first().copied()), expected);
    }
    // Taken back, it may be given again.
    town.must(TODAY, Command::ReverseEntry { entry, reason: "记错户".to_owned() });
    let command = claimed(&town, a);
    town.must(TODAY, command);
}

#[test]
fn what_is_not_resolved_earns_nothing() {
    let mut town = Town::small();
    let unresolved = answered(&mut town, false);
    let plain = town.open(TODAY, matter(TODAY, None));
    for (case, expected) in [
        (CaseId::from_raw(99), "找不到这件事项,请刷新后再试。"),
        (unresolved, "这件事项不是已化解的纠纷,没有化解得分可登记。"),
        (plain, "这件事项不是已化解的纠纷,没有化解得分可登记。"),
    ] {
        let command = reward(&town, case);
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
        assert!(
            case == CaseId::from_raw(99)
                || case_detail(&town.village, case, TODAY).expect("known").reward_day.is_none()
        );
    }
    assert_eq!(town.village.balance(town.household("1-001")), 0);
}
