//! Cases: intake, the four handlings, the clock, and what 不满意 does.

use cunzhi::domain::calendar::add_days;
use cunzhi::domain::case::clock::{DayUnit, Limit, Standing, Target};
use cunzhi::domain::case::record::{Handling, Rating, Risk, Topic};
use cunzhi::domain::case::step::Step;
use cunzhi::domain::command::{CaseStep, Command, NewCase, NewHandling};
use cunzhi::domain::id::CaseId;
use cunzhi::domain::register::Field;
use cunzhi::domain::working_days::WorkingDays;
use jiff::civil::{Date, date};

use super::support::{THREE_DAYS, TODAY, Town, matter, sentence};

const DONE: &str = "没有拒绝";

fn day(days: i32) -> Date {
    add_days(TODAY, days)
}

fn answer(resolved: Option<bool>) -> CaseStep {
    CaseStep::Answer { note: "已更换灯头".to_owned(), resolved }
}

const LIMITED: Option<NewHandling> = Some(NewHandling::TimeLimited(THREE_DAYS));

/// Opened with a limit of three days, and started.
fn in_progress(town: &mut Town) -> CaseId {
    let case = town.open(TODAY, matter(TODAY, LIMITED));
    town.step(TODAY, case, CaseStep::Start).expect("assigned cases can be started");
    case
}

#[test]
fn intake_asks_for_what_it_needs() {
    let new = || matter(TODAY, None);
    let dispute = || NewCase { topic: Topic::Dispute, ..new() };
    for (new, expected) in [
        (NewCase { title: "  ".to_owned(), ..new() }, "请填写事项标题。"),
        (NewCase { title: "长".repeat(41), ..new() }, "事项标题写了 41 个字,最多 40 个字,请缩短。"),
        (NewCase { text: "长".repeat(2_001), ..new() }, "事项内容写了 2001 个字,最多 2000 个字,请缩短。"),
        (matter(day(1), None), "9月27日 还没有到,请检查日期。"),
        (dispute(), "请填写纠纷的风险颜色。"),
        (NewCase { risk: Some(Risk::Yellow), ..dispute() }, DONE),
        (new(), DONE),
    ] {
        let mut town = Town::small();
        assert_eq!(sentence(town.tell(TODAY, Command::OpenCase(new))), expected);
    }
}

#[test]
fn handlings_ask_for_what_they_need() {
    let to = |to: &str, follow_up| NewHandling::Escalated { to: to.to_owned(), follow_up };
    let because = |reason: &str| NewHandling::ExplainedReturn { reason: reason.to_owned() };
    for (handling, expected) in [
        (NewHandling::Immediate, DONE),
        (NewHandling::TimeLimited(THREE_DAYS), DONE),
        (to("", Some(day(5))), "请填写上报给谁。"),
        (to("镇供电所", None), "请填写村里的回访日期。"),
        (to("镇供电所", Some(day(-1))), "回访日期不能早于今天,请改一个日期。"),
        (to("镇供电所", Some(day(0))), DONE),
        (because(" "), "请填写向群众说明的理由。"),
        (because("不在补贴范围内"), DONE),
    ] {
        let mut town = Town::small();
        let opened = town.tell(TODAY, Command::OpenCase(matter(TODAY, Some(handling.clone()))));
        assert_eq!(sentence(opened), expected);
        let case = town.open(TODAY, matter(TODAY, None));
        assert_eq!(sentence(town.step(TODAY, case, CaseStep::Assign(handling.clone()))), expected);
        let case = in_progress(&mut town);
        let change = CaseStep::ChangeHandling(handling, "情况有变".to_owned());
        assert_eq!(sentence(town.step(TODAY, case, change)), expected);
    }
}

#[test]
fn numbers_run_through_the_year() {
    let mut town = Town::small();
    for (received, number) in [(TODAY, 1), (TODAY, 2), (date(2024, 12, 31), 1), (TODAY, 3), (date(2024, 5, 1), 2)] {
        let case = town.open(TODAY, matter(received, None));
        assert_eq!(town.case(case).opening.number, number, "{received}");
    }
}

#[test]
fn details_are_in_the_register_only() {
    let mut town = Town::small();
    let text = "路灯从上周起不亮".to_owned();
    let new =
        NewCase { text, reporter_name: "过路人".to_owned(), phone: "19900000001".to_owned(), ..matter(TODAY, None) };
    let decision = town.must(TODAY, Command::OpenCase(new));
    let facts = format!("{:?}", decision.events);
    for (field, expected) in [
        (Field::Title, "二组路灯不亮"),
        (Field::Text, "路灯从上周起不亮"),
        (Field::Reporter, "过路人"),
        (Field::Phone, "19900000001"),
    ] {
        let case = town.village.cases.iter().last().expect("the case").opening.id;
        assert_eq!(town.village.register.text(case, field), expected);
        assert!(!facts.contains(expected), "{expected} stands in the journal");
    }
}

#[test]
fn a_case_goes_its_seven_steps() {
    let mut town = Town::small();
    let case = in_progress(&mut town);
    town.step(day(2), case, answer(None)).expect("answered");
    assert_eq!(
        (town.case(case).closed_on(), town.case(case).standing(day(9), &WorkingDays::default())),
        (Some(day(2)), Standing::Met)
    );
    town.step(day(3), case, CaseStep::Rate(Rating::Satisfied, String::new())).expect("rated");
    town.step(day(4), case, CaseStep::Archive).expect("archived");
    let steps: Vec<_> = town.case(case).history.iter().map(|(_, happening)| happening.act().word()).collect();
    assert_eq!(steps, ["上报", "交办", "开始办理", "办结反馈", "满意评价", "归档"]);
    assert_eq!(
        sentence(town.step(day(5), case, CaseStep::Urge(String::new()))),
        "事项已归档,不能再改动。有新情况请另外登记一件。"
    );
}

#[test]
fn an_explained_return_is_closed_at_once() {
    let mut town = Town::small();
    let reason = "不在补贴范围内".to_owned();
    let case = town.open(TODAY, matter(TODAY, Some(NewHandling::ExplainedReturn { reason })));
    let known = town.case(case);
    assert_eq!(
        (known.stage.step, known.closed_on(), known.due(&WorkingDays::default())),
        (Step::Answered, Some(TODAY), None)
    );
    assert_eq!(known.standing(day(30), &WorkingDays::default()), Standing::Met);
    let told = known.handling.and_then(Handling::note);
    assert_eq!(town.village.note(told), "不在补贴范围内");
}

#[test]
fn not_satisfied_sends_it_back_and_the_first_rating_stays() {
    for bad in [Rating::Dissatisfied, Rating::VeryDissatisfied] {
        let mut town = Town::small();
        let case = in_progress(&mut town);
        town.step(day(1), case, answer(None)).expect("answered");
        town.step(day(5), case, CaseStep::Rate(bad, "又坏了".to_owned())).expect("rated");
        let back = town.case(case).clone();
        assert_eq!((back.stage.step, back.round, back.is_closed()), (Step::Reported, 2, false));
        assert_eq!(back.standing(day(30), &WorkingDays::default()), Standing::NoLimit);
        assert!(matches!(back.handling, Some(Handling::TimeLimited(_))), "the handling is remembered");
        town.step(day(6), case, CaseStep::Assign(NewHandling::TimeLimited(THREE_DAYS))).expect("assigned again");
        assert_eq!(
            town.case(case).due(&WorkingDays::default()),
            Some(day(8)),
            "the second round counts from the day it was sent back"
        );
        town.step(day(6), case, CaseStep::Start).expect("started");
        town.step(day(7), case, answer(None)).expect("answered again");
        town.step(day(8), case, CaseStep::Rate(Rating::VerySatisfied, String::new())).expect("rated again");
        let done = town.case(case);
        assert_eq!((done.first_rating, done.rating), (Some(bad), Some(Rating::VerySatisfied)));
        assert_eq!((done.round, done.stage.step), (2, Step::Rated));
    }
}

#[test]
fn suspension_and_extension_move_the_due_date() {
    let mut town = Town::small();
    let case = in_progress(&mut town);
    assert_eq!(town.case(case).due(&WorkingDays::default()), Some(day(3)));
    town.step(day(1), case, CaseStep::Suspend("等配件".to_owned())).expect("suspended");
    assert_eq!(town.case(case).standing(day(20), &WorkingDays::default()), Standing::Suspended);
    assert_eq!(sentence(town.step(day(2), case, answer(None))), "事项已挂起,请先点「恢复办理」。");
    town.step(day(5), case, CaseStep::Resume).expect("resumed");
    assert_eq!(
        (town.case(case).due(&WorkingDays::default()), town.case(case).standing(day(5), &WorkingDays::default())),
        (Some(day(7)), Standing::DueIn(2))
    );
    for (days, expected) in [(0, "延期天数要在 1 到 90 之间。"), (91, "延期天数要在 1 到 90 之间。"), (2, DONE)]
    {
        let extended = town.step(day(5), case, CaseStep::Extend { days, approval: "村支书同意".to_owned() });
        assert_eq!(sentence(extended), expected);
    }
    assert_eq!(town.case(case).due(&WorkingDays::default()), Some(day(9)));
    assert_eq!(town.case(case).standing(day(11), &WorkingDays::default()), Standing::Overdue(2));
    town.step(day(11), case, answer(None)).expect("answered late");
    assert_eq!(town.case(case).standing(day(30), &WorkingDays::default()), Standing::MetLate(2));
}

/// What happens to a case on a day, and the day on which it is due afterwards.
type Course = (i8, CaseStep, Option<Date>);

#[test]
fn the_clock_follows_suspensions_and_changes() {
    let due = |month, day| Some(date(2025, month, day));
    let (suspend, because) = (|| CaseStep::Suspend("等配件".to_owned()), || "情况有变".to_owned());
    let extend = |days| CaseStep::Extend { days, approval: "村支书同意".to_owned() };
    let change = |handling| CaseStep::ChangeHandling(handling, because());
    let escalate = |follow_up| change(NewHandling::Escalated { to: "镇供电所".to_owned(), follow_up });
    let five = NewHandling::TimeLimited(Limit { days: 5, unit: DayUnit::WorkingDay, target: Target::Closed });
    let three = NewHandling::TimeLimited(THREE_DAYS);
    // Days from 26 September; 30 September is the last working day before 9 October.
    let courses: [(NewHandling, Vec<Course>); 8] = [
        (five.clone(), vec![(4, suspend(), due(10, 10)), (13, CaseStep::Resume, due(10, 11))]),
        (five.clone(), vec![(0, extend(2), due(10, 13)), (4, change(three.clone()), due(10, 1))]),
        (three.clone(), vec![(1, suspend(), due(9, 29)), (-1, CaseStep::Resume, due(9, 29))]),
        (
            three.clone(),
            vec![
                (1, suspend(), due(9, 29)),
                (3, CaseStep::Resume, due(10, 1)),
                (3, extend(5), due(10, 6)),
                (4, escalate(due(10, 20)), due(10, 20)),
                (5, suspend(), due(10, 20)),
                (7, CaseStep::Resume, due(10, 22)),
                (7, extend(1), due(10, 23)),
            ],
        ),
        // Changed back, the limit has all that was added: before, and while it was escalated.
        (
            three.clone(),
            vec![
                (1, suspend(), due(9, 29)),
                (3, CaseStep::Resume, due(10, 1)),
                (3, extend(5), due(10, 6)),
                (4, escalate(due(10, 20)), due(10, 20)),
                (4, change(three.clone()), due(10, 6)),
                (4, change(five.clone()), due(10, 17)),
            ],
        ),
        (
            three.clone(),
            vec![
                (1, extend(2), due(10, 1)),
                (2, escalate(due(10, 20)), due(10, 20)),
                (5, suspend(), due(10, 20)),
                (7, CaseStep::Resume, due(10, 22)),
                (7, change(three.clone()), due(10, 3)),
                (7, escalate(due(10, 20)), due(10, 20)),
                (8, extend(1), due(10, 21)),
                (8, change(three.clone()), due(10, 4)),
            ],
        ),
        (
            NewHandling::Immediate,
            vec![
                (0, extend(3), due(9, 30)),
                (1, escalate(due(10, 9)), due(10, 9)),
                (1, change(NewHandling::Immediate), due(9, 30)),
            ],
        ),
        (three, vec![(1, suspend(), due(9, 29)), (3, CaseStep::Resume, due(10, 1)), (3, change(five), due(10, 11))]),
    ];
    for (handling, course) in courses {
        let mut town = Town::small();
        let case = town.open(TODAY, matter(TODAY, Some(handling.clone())));
        for (days, step, expected) in course {
            let words = format!("{handling:?}, {days}: {step:?}");
            assert_eq!(sentence(town.step(day(i32::from(days)), case, step)), DONE, "{words}");
            assert_eq!(town.case(case).due(&WorkingDays::default()), expected, "{words}");
        }
    }
}

#[test]
fn an_explained_return_keeps_the_limit_that_was_running() {
    let ten = Limit::days(10, Target::FedBack);
    let returned = || NewHandling::ExplainedReturn { reason: "不在补贴范围内".to_owned() };
    let change = || CaseStep::ChangeHandling(returned(), "情况有变".to_owned());
    for (limit, fed_back, on, due, standing) in [
        (THREE_DAYS, None, 2, 3, Standing::Met),
        (THREE_DAYS, None, 8, 3, Standing::MetLate(5)),
        (THREE_DAYS, Some(1), 8, 3, Standing::MetLate(5)),
        (ten, None, 12, 10, Standing::MetLate(2)),
        (ten, Some(9), 12, 10, Standing::Met),
    ] {
        let mut town = Town::small();
        let case = town.open(TODAY, matter(TODAY, Some(NewHandling::TimeLimited(limit))));
        if let Some(days) = fed_back {
            town.step(TODAY, case, CaseStep::Start).expect("started");
            town.step(day(days), case, CaseStep::FeedBack("正在核对".to_owned())).expect("told");
        }
        town.step(day(on), case, change()).expect("returned");
        let known = town.case(case);
        assert_eq!(
            (known.due(&WorkingDays::default()), known.standing(day(40), &WorkingDays::default())),
            (Some(day(due)), standing),
            "{limit:?} on {on}"
        );
        // Sent back, no limit runs, and the old one does not come back.
        town.step(day(20), case, CaseStep::Rate(Rating::Dissatisfied, String::new())).expect("rated");
        assert_eq!(
            (town.case(case).due(&WorkingDays::default()), town.case(case).standing(day(40), &WorkingDays::default())),
            (None, Standing::NoLimit)
        );
        town.step(day(21), case, CaseStep::Assign(returned())).expect("returned again");
        assert_eq!(
            (town.case(case).due(&WorkingDays::default()), town.case(case).standing(day(40), &WorkingDays::default())),
            (None, Standing::Met)
        );
    }
    // Waiting after a bad rating, the remembered limit does not run.
    let mut town = Town::small();
    let case = in_progress(&mut town);
    town.step(day(1), case, answer(None)).expect("answered");
    town.step(day(2), case, CaseStep::Rate(Rating::Dissatisfied, String::new())).expect("rated");
    town.step(day(30), case, CaseStep::Assign(returned())).expect("returned");
    assert_eq!(
        (town.case(case).due(&WorkingDays::default()), town.case(case).standing(day(40), &WorkingDays::default())),
        (None, Standing::Met)
    );
}

#[test]
fn a_complex_case_is_judged_by_its_feedback() {
    let mut town = Town::small();
    let limit = Limit::days(10, Target::FedBack);
    let case = town.open(TODAY, matter(TODAY, Some(NewHandling::TimeLimited(limit))));
    town.step(day(1), case, CaseStep::Start).expect("started");
    town.step(day(9), case, CaseStep::FeedBack("正在施工".to_owned())).expect("told");
    assert_eq!(town.case(case).standing(day(40), &WorkingDays::default()), Standing::Met);
    town.step(day(40), case, answer(None)).expect("answered");
    assert_eq!(town.case(case).standing(day(41), &WorkingDays::default()), Standing::Met);
}

#[test]
fn a_dispute_says_whether_it_is_resolved() {
    let new = || NewCase { topic: Topic::Dispute, risk: Some(Risk::Red), ..matter(TODAY, LIMITED) };
    for (resolved, expected) in
        [(None, "矛盾纠纷要注明是否化解:办结不等于化解。"), (Some(true), DONE), (Some(false), DONE)]
    {
        let mut town = Town::small();
        let case = town.open(TODAY, new());
        town.step(TODAY, case, CaseStep::Start).expect("started");
        assert_eq!(sentence(town.step(TODAY, case, answer(resolved))), expected);
        assert_eq!(town.case(case).resolved, resolved);
    }
    // Where it is no dispute, the colour and the result are not kept.
    let mut town = Town::small();
    let case = town.open(TODAY, NewCase { topic: Topic::Hazard, ..new() });
    town.step(TODAY, case, CaseStep::Start).expect("started");
    town.step(TODAY, case, answer(Some(true))).expect("answered");
    assert_eq!((town.case(case).opening.risk, town.case(case).resolved), (None, None));
}

#[test]
fn reasons_are_required() {
    let empty = String::new;
    for (step, expected) in [
        (CaseStep::FeedBack(empty()), "请填写反馈内容。"),
        (CaseStep::Answer { note: empty(), resolved: None }, "请填写办理结果。"),
        (CaseStep::ChangeHandling(NewHandling::Immediate, empty()), "请填写改变去向的原因。"),
        (CaseStep::Suspend(empty()), "请填写挂起的原因。"),
        (CaseStep::Extend { days: 3, approval: empty() }, "请填写批准人和理由。"),
        (CaseStep::Urge(empty()), DONE),
    ] {
        let mut town = Town::small();
        let case = in_progress(&mut town);
        assert_eq!(sentence(town.step(TODAY, case, step)), expected);
    }
}
