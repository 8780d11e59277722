//! Points that a resolved dispute earns: the entry and the case name each other.

use cunzhi::domain::case::record::{Risk, Topic};
use cunzhi::domain::command::{CaseStep, Command, NewActivity, NewCase, NewHandling};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::CaseId;
use cunzhi::report::case_detail::case_detail;
use cunzhi::report::passbook::passbook;

use super::support::{TODAY, Town, matter, sentence};

fn answered(town: &mut Town, resolved: bool) -> CaseId {
    let new = NewCase { topic: Topic::Dispute, risk: Some(Risk::Blue), ..matter(TODAY, Some(NewHandling::Immediate)) };
    let case = town.open(TODAY, new);
    town.step(TODAY, case, CaseStep::Start).expect("started");
    let step = CaseStep::Answer { note: "两家握手言和".to_owned(), resolved: Some(resolved) };
    town.step(TODAY, case, step).expect("answered");
    case
}

fn reward(town: &Town, case: CaseId) -> Command {
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
