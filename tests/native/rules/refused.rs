//! Every reason for which a rule book is not adopted.

use cunzhi::domain::command::Command;
use cunzhi::domain::id::ItemId;
use cunzhi::domain::points::adoption::{CAP_LIMIT, ITEMS_LIMIT, NewItem, NewRuleBook, POINTS_LIMIT};
use cunzhi::domain::points::rule::{Cap, CapOf, Category, CategoryCap, Ledger, OwnScore, Period, Score};
use cunzhi::domain::points::rule_refusal::RuleRefusal;
use cunzhi::domain::roster::MemberType;
use jiff::civil::date;

use super::super::support::{TODAY, Town, sentence};
use super::{copy, find};

fn check(name: &str, change: impl Fn(&mut NewRuleBook), expected: &str) {
    let mut town = Town::small();
    let mut new = copy(&town);
    change(&mut new);
    assert_eq!(sentence(town.tell(TODAY, Command::AdoptRules(new))), expected, "{name}");
}

#[test]
fn meetings() {
    for (change, expected) in [
        (
            (|new| new.adopted = date(2025, 9, 27)) as fn(&mut NewRuleBook),
            "通过会议的日期 9月27日 还没有到。请等开完会再启用新版细则。",
        ),
        (|new| new.effective = date(2025, 9, 18), "会议 9月19日 才通过,施行日期 9月18日 不能早于会议。请改施行日期。"),
        (
            |new| (new.adopted, new.effective) = (date(2023, 12, 20), date(2024, 1, 1)),
            "上一版(2024-1)从 2024年1月1日 起施行,新版要比它晚。请改施行日期。",
        ),
        (|new| new.attendance = 0, "请填写到会人数。"),
        (|new| new.decision = " ".to_owned(), "请写明会议怎么定的,如「到会 52 人,48 人同意」。"),
        (|new| new.decision = "议".repeat(2_001), "会议决定写了 2001 个字,最多 2000 个字,请缩短。"),
        (|_| (), "新版和上一版(2024-1)完全一样,不用启用。请先改动事项。"),
    ] {
        check(expected, change, expected);
    }
}

#[test]
fn items() {
    let another = |new: &mut NewRuleBook| {
        let first = NewItem { id: None, code: "X1".to_owned(), name: "另一项".to_owned(), ..new.items[0].clone() };
        new.items.push(first);
        new.items.last_mut().expect("just added").id = None;
    };
    let many = |new: &mut NewRuleBook| {
        let first = new.items[0].clone();
        new.items = vec![first; ITEMS_LIMIT + 1];
    };
    check("none", |new| new.items.clear(), "新版细则里没有事项,请至少留一项。");
    check("many", many, "新版细则有 301 个事项,最多 300 个,请合并或停用一些。");
    check("another", another, "没有拒绝");
    for (change, expected) in [
        ((|item| item.code = " ".to_owned()) as fn(&mut NewItem), "「环境整治」没有编号,请填写。"),
        (|item| item.code = "Q".repeat(9), "编号「QQQQQQQQQ」太长,最多 8 个字。"),
        (|item| item.code = "Q02".to_owned(), "编号 Q02 用了两次,请改成不同的编号。"),
        (|item| item.name = " ".to_owned(), "编号 Q01 的事项没有名称,请填写。"),
        (|item| item.name = "长".repeat(41), "编号 Q01 的事项名称有 41 个字,最多 40 个字,请缩短。"),
        (|item| item.name = "赌博".to_owned(), "「赌博」写了两项,请合并成一项,或换一个名称。"),
        (|item| item.id = Some(ItemId::from_raw(99)), "「环境整治」接的是以前没有过的事项,请删去它,再新添一项。"),
    ] {
        check(expected, |new| change(&mut new.items[0]), expected);
    }
    let twice = |new: &mut NewRuleBook| new.items[1].id = new.items[0].id;
    check("twice", twice, "「调解邻里纠纷」和另一项是从同一个旧事项改来的,请删去其中一项。");
}

#[test]
fn scores() {
    use MemberType::{Cadre, Linked, Migrant};
    for (score, expected) in [
        (Score::Fixed(0), "「环境整治」没有分值,请填写加几分或扣几分。"),
        (Score::Range(0, 5), "「环境整治」没有分值,请填写加几分或扣几分。"),
        (Score::Range(-5, 0), "「环境整治」没有分值,请填写加几分或扣几分。"),
        (Score::Range(8, 3), "「环境整治」的分值从 8 到 3 写反了,请小的在前。"),
        (Score::Range(-3, 5), "「环境整治」又加分又扣分,请分成两项。"),
        (Score::Fixed(POINTS_LIMIT + 1), "「环境整治」的分值最多 10000 分,请改小。"),
        (Score::Fixed(-POINTS_LIMIT - 1), "「环境整治」的分值最多 10000 分,请改小。"),
        (Score::Fixed(i32::MIN), "「环境整治」的分值最多 10000 分,请改小。"),
        (Score::Fixed(POINTS_LIMIT), "没有拒绝"),
        (Score::Range(3, 8), "没有拒绝"),
        (Score::Range(-8, -3), "没有拒绝"),
    ] {
        check(&format!("{score:?}"), |new| find(new, "环境整治").score = score, expected);
    }
    let own = |kind, points| OwnScore { kind, score: Score::Fixed(points) };
    for (item, scores, expected) in [
        ("参加三会一课", vec![own(Cadre, -1)], "「参加三会一课」又加分又扣分,请分成两项。"),
        ("参加三会一课", vec![own(Cadre, 0)], "「参加三会一课」没有分值,请填写加几分或扣几分。"),
        ("参加三会一课", vec![own(Cadre, 1), own(Cadre, 3)], "「参加三会一课」给村组干部写了两个分值,请留一个。"),
        ("参加三会一课", vec![own(Cadre, 1), own(Migrant, 3)], "没有拒绝"),
        (
            "走访联系户",
            vec![own(Migrant, 3)],
            "「走访联系户」不适用于流动党员,却给了单独的分值。请先勾上这一类,或去掉这个分值。",
        ),
        ("走访联系户", vec![own(Linked, 3)], "没有拒绝"),
    ] {
        check(expected, |new| find(new, item).conditions.own_scores.clone_from(&scores), expected);
    }
}

#[test]
fn limits() {
    let cap = |of| Cap { period: Period::Month, of };
    for (of, expected) in [
        (CapOf::Times(0), "「环境整治」的上限是 0,等于永远不计分。请改成 1 以上,或停用这一项。"),
        (CapOf::Points(0), "「环境整治」的上限是 0,等于永远不计分。请改成 1 以上,或停用这一项。"),
        (CapOf::Points(4), "「环境整治」一次就是 5 分,上限却只有 4 分,永远记不上。请改大上限。"),
        (CapOf::Times(CAP_LIMIT + 1), "「环境整治」的上限最多 100000,请改小,或去掉上限。"),
        (CapOf::Points(CAP_LIMIT + 1), "「环境整治」的上限最多 100000,请改小,或去掉上限。"),
        (CapOf::Points(5), "没有拒绝"),
    ] {
        check(&format!("{of:?}"), |new| find(new, "环境整治").caps = vec![cap(of)], expected);
    }
    for (category, of, expected) in [
        (
            Category::Environment,
            CapOf::Times(0),
            "「环境卫生类」的上限是 0,等于永远不计分。请改成 1 以上,或停用这一项。",
        ),
        (Category::Environment, CapOf::Points(CAP_LIMIT + 1), "「环境卫生类」的上限最多 100000,请改小,或去掉上限。"),
        (
            Category::Mediation,
            CapOf::Points(9),
            "矛盾调解类的上限只有 9 分,「调解邻里纠纷」一次就是 10 分,永远记不上。请改大上限。",
        ),
        (Category::Mediation, CapOf::Points(10), "没有拒绝"),
        // Deductions do not count towards it.
        (Category::Customs, CapOf::Points(10), "没有拒绝"),
    ] {
        let shared = CategoryCap { ledger: Ledger::Villager, category, cap: cap(of) };
        check(&format!("{shared:?}"), |new| new.category_caps = vec![shared], expected);
    }
    let days = |from, until| {
        move |new: &mut NewRuleBook| {
            let conditions = &mut find(new, "环境整治").conditions;
            (conditions.from, conditions.until) = (Some(from), Some(until));
        }
    };
    let (first, second) = (date(2025, 10, 5), date(2025, 10, 6));
    check("turned", days(second, first), "「环境整治」的起止日期写反了:10月6日 到 10月5日。");
    check("one day", days(first, first), "没有拒绝");
}

/// A type that scores more than its cap could never be recorded, nor could one
/// that has no score of its own where the general one is too much.
#[test]
fn caps_leave_room_for_every_type() {
    let own = |kinds: &[(MemberType, i32)]| {
        kinds.iter().map(|(kind, points)| OwnScore { kind: *kind, score: Score::Fixed(*points) }).collect::<Vec<_>>()
    };
    let all = |points| MemberType::ALL.iter().map(|kind| (*kind, points)).collect::<Vec<_>>();
    let category_cap = CategoryCap {
        ledger: Ledger::Member,
        category: Category::Duty,
        cap: Cap { period: Period::Month, of: CapOf::Points(10) },
    };
    let too_little = |points| format!("「参加三会一课」一次就是 {points} 分,上限却只有 4 分,永远记不上。请改大上限。");
    for (types, scores, score, expected) in [
        (vec![], own(&[]), 4, "没有拒绝".to_owned()),
        (vec![], own(&[]), 5, too_little(5)),
        (vec![], own(&[(MemberType::Migrant, 5)]), 2, too_little(5)),
        (vec![], own(&[(MemberType::Migrant, 3)]), 5, too_little(5)),
        (vec![], own(&all(3)), 5, "没有拒绝".to_owned()),
        (vec![MemberType::Migrant], own(&[(MemberType::Migrant, 3)]), 5, "没有拒绝".to_owned()),
    ] {
        let name = format!("{types:?} {scores:?} {score}");
        let change = |new: &mut NewRuleBook, most| {
            let item = find(new, "参加三会一课");
            item.category = Category::Duty;
            item.caps = vec![Cap { period: Period::Month, of: CapOf::Points(most) }];
            (item.member_types, item.score) = (types.clone(), Score::Fixed(score));
            item.conditions.own_scores.clone_from(&scores);
        };
        check(&name, |new| change(new, 4), &expected);
    }
    let own = own(&[(MemberType::Migrant, 11)]);
    let change = |new: &mut NewRuleBook| {
        for item in &mut new.items {
            item.caps.retain(|_| item.ledger == Ledger::Villager);
        }
        let item = find(new, "参加三会一课");
        item.category = Category::Duty;
        item.conditions.own_scores.clone_from(&own);
        new.category_caps = vec![category_cap];
    };
    let expected = "的上限只有 10 分,「参加三会一课」一次就是 11 分,永远记不上。请改大上限。";
    let mut town = Town::small();
    let mut new = copy(&town);
    change(&mut new);
    let found = sentence(town.tell(TODAY, Command::AdoptRules(new)));
    assert!(found.ends_with(expected), "{found}");
}

/// A new variant stops this from compiling, until it has its sentence here.
#[test]
fn every_refusal_is_looked_at() {
    match RuleRefusal::NoItems {
        RuleRefusal::MeetingToCome(_)
        | RuleRefusal::MeetingAfterEffective { .. }
        | RuleRefusal::NotAfterLast { .. }
        | RuleRefusal::NobodyAtMeeting
        | RuleRefusal::NoDecision
        | RuleRefusal::NoItems
        | RuleRefusal::TooManyItems { .. }
        | RuleRefusal::NoCode(_)
        | RuleRefusal::CodeTooLong { .. }
        | RuleRefusal::CodeTwice(_)
        | RuleRefusal::NoName(_)
        | RuleRefusal::NameTooLong { .. }
        | RuleRefusal::NameTwice(_)
        | RuleRefusal::NoPoints(_)
        | RuleRefusal::TooManyPoints { .. }
        | RuleRefusal::RangeTurned { .. }
        | RuleRefusal::MixedSigns(_)
        | RuleRefusal::OwnScoreElsewhere { .. }
        | RuleRefusal::OwnScoreTwice { .. }
        | RuleRefusal::CapOfNothing(_)
        | RuleRefusal::CapTooHigh { .. }
        | RuleRefusal::CapBelowPoints { .. }
        | RuleRefusal::DaysTurned { .. }
        | RuleRefusal::CategoryCapBelowItem { .. }
        | RuleRefusal::UnknownOrigin(_)
        | RuleRefusal::OriginTwice(_)
        | RuleRefusal::NothingChanged(_)
        // This one stands in `rewards`, and the other two in `conditions_of_an_item_hold`.
        | RuleRefusal::NotResolved
        | RuleRefusal::OutOfSeason { .. }
        | RuleRefusal::RangesApart(_)
        | RuleRefusal::NoEvidence(_) => {}
    }
}
