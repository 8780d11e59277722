//! Cases and what happened to them: words of fixed lists, dates and numbers,
//! so that every rate can be computed again. Titles, texts and reporters are
//! in the register and not here.

use super::Kind::{Day, Flag, Id, Integer, Text, Time};
use super::{Cell, Facts, Link, Sink, Table, field, optional};
use crate::domain::case::clock::{Limit, Standing};
use crate::domain::case::record::{Handling, Happening, Rating, Risk};

pub(super) const CASES: Table = Table {
    name: "cases",
    title: "事项",
    about: "每件事项一行,没有标题、内容和反映人。办结率 = is_closed ÷ 全部;按期办结率 = on_time ÷ is_closed;\
            化解率 = resolved ÷ is_dispute;满意率 = rating 为前三档 ÷ 有 rating;重新交办率 = round 大于 1 ÷ 有 rating",
    fields: &[
        field("id", Id, "事项的编号"),
        field("number", Integer, "受理年份里的序号"),
        field("received", Day, "受理日期"),
        field("received_at", Time, "受理时间,北京时间"),
        optional("grid", Id, "所在网格;空着是未分网格"),
        field("topic", Text, "类别"),
        field("errand", Text, "三件事:提醒、帮助、防范"),
        field("source", Text, "来源"),
        field("is_dispute", Flag, "是不是矛盾纠纷"),
        optional("risk", Text, "纠纷的三色风险:蓝、黄、红"),
        optional("handling", Text, "四办去向;空着是未交办"),
        field("step", Text, "走到七步的哪一步"),
        field("is_suspended", Flag, "是不是挂起"),
        field("round", Integer, "第几轮;评价不满意退回一次加 1"),
        optional("due", Day, "到哪一天应当办到;空着是没有时限"),
        optional("closed", Day, "本轮办结日期"),
        field("is_closed", Flag, "截至导出日是不是办结"),
        optional("on_time", Flag, "办结的是不是按期;没有办结空着"),
        field(
            "standing",
            Text,
            "no_limit 没有时限,suspended 挂起,met 按期,late 超期办到,running 未到期,overdue 已超期",
        ),
        optional("days", Integer, "standing 为 late、overdue 是超期天数,为 running 是剩余天数"),
        optional("resolved", Flag, "纠纷是不是化解;没有办结空着"),
        optional("first_rating", Text, "第一次评价"),
        optional("rating", Text, "最近一次评价;空着是还没有评价"),
    ],
    key: &["id"],
    links: &[Link { from: &["grid"], table: "grids", to: &["id"] }],
    fill: cases,
};

fn cases(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for case in facts.cases {
        let opening = &case.opening;
        let standing = case.standing(facts.today, facts.working_days);
        let (standing_word, days) = standing_words(standing);
        let on_time = case.is_closed().then_some(standing == Standing::Met);
        put(&[
            Cell::Id(opening.id.raw()),
            Cell::Integer(opening.number.into()),
            Cell::Day(opening.received.date()),
            Cell::Time(opening.received),
            Cell::maybe(opening.grid, |grid| Cell::Id(grid.raw())),
            Cell::Text(opening.topic.word()),
            Cell::Text(opening.errand.word()),
            Cell::Text(opening.source.word()),
            Cell::Flag(case.is_dispute()),
            Cell::maybe_word(opening.risk.map(Risk::word)),
            Cell::maybe_word(case.handling.map(Handling::word)),
            Cell::Text(case.stage.step.word()),
            Cell::Flag(case.stage.suspended),
            Cell::Integer(case.round.into()),
            Cell::maybe(case.due(facts.working_days), Cell::Day),
            Cell::maybe(case.closed_on(), Cell::Day),
            Cell::Flag(case.is_closed()),
            Cell::maybe(on_time, Cell::Flag),
            Cell::Text(standing_word),
            Cell::maybe(days, |days| Cell::Integer(days.into())),
            Cell::maybe(case.resolved, Cell::Flag),
            Cell::maybe_word(case.first_rating.map(Rating::word)),
            Cell::maybe_word(case.rating.map(Rating::word)),
        ]);
    }
}

const fn standing_words(standing: Standing) -> (&'static str, Option<u32>) {
    match standing {
        Standing::NoLimit => ("no_limit", None),
        Standing::Suspended => ("suspended", None),
        Standing::Met => ("met", None),
        Standing::MetLate(days) => ("late", Some(days)),
        Standing::DueIn(days) => ("running", Some(days)),
        Standing::Overdue(days) => ("overdue", Some(days)),
    }
}

pub(super) const CASE_EVENTS: Table = Table {
    name: "case_events",
    title: "事项的经过",
    about: "每件事项经过的每一步一行,按先后排列;没有写下的文字",
    fields: &[
        field("case_id", Id, "哪件事项"),
        field("place", Integer, "第几步,从 1 起"),
        field("at", Time, "登记的时间,北京时间"),
        field(
            "kind",
            Text,
            "reported 上报,assigned 交办,started 开始办理,fed_back 中途反馈,answered 办结反馈,rated 评价,archived 归档,\
             handling_changed 改变去向,suspended 挂起,resumed 恢复办理,extended 延期,urged 督办",
        ),
        optional("handling", Text, "交办或改变去向时选的四办"),
        optional("limit_days", Integer, "限时办的天数"),
        optional("limit_unit", Text, "限时办的天数是日还是工作日"),
        optional("limit_target", Text, "限时办要办到哪一步:办结或反馈"),
        optional("follow_up", Day, "上报办的回访日期"),
        optional("resolved", Flag, "办结反馈时纠纷是不是化解"),
        optional("rating", Text, "评价"),
        optional("extended_days", Integer, "延期的天数"),
    ],
    key: &["case_id", "place"],
    links: &[Link { from: &["case_id"], table: "cases", to: &["id"] }],
    fill: case_events,
};

fn case_events(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for case in facts.cases {
        for (place, (at, happening)) in (1..).zip(&case.history) {
            let start = [Cell::Id(case.opening.id.raw()), Cell::Integer(place), Cell::Time(*at)];
            let row: Vec<_> = start.into_iter().chain(happening_cells(*happening)).collect();
            put(&row);
        }
    }
}

fn happening_cells(happening: Happening) -> [Cell<'static>; 9] {
    let kind = match happening {
        Happening::Reported => "reported",
        Happening::Assigned(_) => "assigned",
        Happening::Started => "started",
        Happening::FedBack(_) => "fed_back",
        Happening::Answered { .. } => "answered",
        Happening::Rated(..) => "rated",
        Happening::Archived => "archived",
        Happening::HandlingChanged(..) => "handling_changed",
        Happening::Suspended(_) => "suspended",
        Happening::Resumed => "resumed",
        Happening::Extended(..) => "extended",
        Happening::Urged(_) => "urged",
    };
    let handling = match happening {
        Happening::Assigned(handling) | Happening::HandlingChanged(handling, _) => Some(handling),
        _ => None,
    };
    let (limit, follow_up) = match handling {
        Some(Handling::TimeLimited(limit)) => (Some(limit), None),
        Some(Handling::Escalated { follow_up, .. }) => (None, Some(follow_up)),
        _ => (None, None),
    };
    let resolved = if let Happening::Answered { resolved, .. } = happening { resolved } else { None };
    let rating = if let Happening::Rated(rating, _) = happening { Some(rating) } else { None };
    let extended = if let Happening::Extended(days, _) = happening { Some(days) } else { None };
    [
        Cell::Text(kind),
        Cell::maybe_word(handling.map(Handling::word)),
        Cell::maybe(limit, |limit| Cell::Integer(limit.days.into())),
        Cell::maybe_word(limit.map(|Limit { unit, .. }| unit.word())),
        Cell::maybe_word(limit.map(|Limit { target, .. }| target.word())),
        Cell::maybe(follow_up, Cell::Day),
        Cell::maybe(resolved, Cell::Flag),
        Cell::maybe_word(rating.map(Rating::word)),
        Cell::maybe(extended, |days| Cell::Integer(days.into())),
    ]
}
