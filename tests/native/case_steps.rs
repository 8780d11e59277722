//! The seven steps: the whole table of stages and acts, as it is meant to be.

use std::collections::HashSet;
use std::fmt::Write as _;

use cunzhi::domain::case::step::{Act, Stage, Step, StepRefusal, allowed, transition};

/// Lines: stages. Columns: acts. A cell is the step that follows (挂 for a
/// stopped clock), or the number of the refusal below.
const TABLE: &str = "\
步骤 上报 交办 解释退回 开始办理 中途反馈 办结反馈 满意评价 不满意评价 归档 改变去向 挂起 恢复办理 延期 督办
发现 上报 5 5 5 5 5 11 11 13 5 5 3 5 5
发现挂 2 2 2 2 2 2 2 2 2 2 2 发现 2 发现挂
上报 4 交办 反馈 7 7 7 11 11 13 7 7 3 7 7
上报挂 2 2 2 2 2 2 2 2 2 2 2 上报 2 上报挂
交办 4 6 反馈 办理 交办 9 11 11 13 交办 交办挂 3 交办 交办
交办挂 2 2 2 2 2 2 2 2 2 2 2 交办 2 交办挂
办理 4 6 反馈 8 办理 反馈 11 11 13 办理 办理挂 3 办理 办理
办理挂 2 2 2 2 2 2 2 2 2 2 2 办理 2 办理挂
反馈 4 10 10 10 10 10 评价 上报 13 10 10 3 10 10
反馈挂 2 2 2 2 2 2 2 2 2 2 2 反馈 2 反馈挂
评价 4 12 12 12 12 12 12 12 归档 12 12 3 12 12
评价挂 2 2 2 2 2 2 2 2 2 2 2 评价 2 评价挂
归档 1 1 1 1 1 1 1 1 1 1 1 1 1 1
归档挂 1 1 1 1 1 1 1 1 1 1 1 1 1 1
";

/// Refusals by their number in the table, with their sentences.
const REFUSALS: [(StepRefusal, &str); 13] = [
    (StepRefusal::Archived, "事项已归档,不能再改动。有新情况请另外登记一件。"),
    (StepRefusal::Suspended, "事项已挂起,请先点「恢复办理」。"),
    (StepRefusal::NotSuspended, "事项没有挂起,不用恢复。"),
    (StepRefusal::AlreadyReported, "事项已经上报,请接着交办。"),
    (StepRefusal::NotReported, "事项还没有上报,请先上报。"),
    (StepRefusal::AlreadyAssigned, "事项已经交办。要换办理方式请点「改变去向」。"),
    (StepRefusal::NotAssigned, "事项还没有交办,请先选定由谁、怎么办。"),
    (StepRefusal::AlreadyStarted, "事项已经在办理了。"),
    (StepRefusal::NotStarted, "事项还没有开始办理,请先点「开始办理」。"),
    (StepRefusal::AlreadyAnswered, "事项已经办结反馈,请等待评价。"),
    (StepRefusal::NotAnswered, "事项还没有办结反馈,不能评价。"),
    (StepRefusal::AlreadyRated, "事项已经评价,可以归档。"),
    (StepRefusal::NotRated, "群众还没有评价,不能归档。请先回访并登记评价。"),
];

fn stages() -> impl Iterator<Item = Stage> {
    Step::ALL.iter().flat_map(|step| [false, true].map(|suspended| Stage { step: *step, suspended }))
}

fn words(stage: Stage) -> String {
    format!("{}{}", stage.step.word(), if stage.suspended { "挂" } else { "" })
}

fn number(refusal: StepRefusal) -> String {
    let place = REFUSALS.iter().position(|(known, _)| *known == refusal).expect("a listed refusal");
    (place + 1).to_string()
}

#[test]
fn the_whole_table_is_as_meant() {
    let mut table = format!("步骤 {}\n", Act::ALL.iter().map(|act| act.word()).collect::<Vec<_>>().join(" "));
    for stage in stages() {
        let cells = Act::ALL.iter().map(|act| transition(stage, *act).map_or_else(number, words));
        writeln!(table, "{} {}", words(stage), cells.collect::<Vec<_>>().join(" ")).expect("text can be written");
    }
    assert_eq!(table, TABLE, "the table is now:\n{table}");
}

#[test]
fn every_refusal_can_happen_and_has_its_sentence() {
    let reached: HashSet<_> = stages()
        .flat_map(|stage| Act::ALL.iter().filter_map(move |act| transition(stage, *act).err()))
        .map(|refusal| refusal.to_string())
        .collect();
    assert_eq!(reached.len(), REFUSALS.len());
    for (refusal, sentence) in REFUSALS {
        assert_eq!(refusal.to_string(), sentence);
        assert!(reached.contains(sentence), "never reached: {sentence}");
    }
}

#[test]
fn what_is_allowed_is_what_is_not_refused() {
    for (step, suspended, expected) in [
        (Step::Found, false, "上报"),
        (Step::Reported, false, "交办 解释退回"),
        (Step::Assigned, false, "解释退回 开始办理 中途反馈 改变去向 挂起 延期 督办"),
        (Step::InProgress, false, "解释退回 中途反馈 办结反馈 改变去向 挂起 延期 督办"),
        (Step::InProgress, true, "恢复办理 督办"),
        (Step::Answered, false, "满意评价 不满意评价"),
        (Step::Rated, false, "归档"),
        (Step::Archived, false, ""),
    ] {
        let words: Vec<_> = allowed(Stage { step, suspended }).map(Act::word).collect();
        assert_eq!(words.join(" "), expected);
    }
}
