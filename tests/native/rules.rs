//! Versions of the rule book: how one is adopted, what it changes, and that
//! it changes nothing that was recorded before.

mod refused;
mod words;
mod workbook;

use cunzhi::domain::command::{Command, NewActivity};
use cunzhi::domain::event::Event;
use cunzhi::domain::points::adoption::{NewItem, NewRuleBook};
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::rule::{
    Cap, CapOf, Category, CategoryCap, Conditions, Ledger, OwnScore, Period, RuleBook, RuleVersion, Score, Unit,
};
use cunzhi::domain::roster::MemberType;
use cunzhi::report::rule_sheet::{RuleRow, sheet_of};
use jiff::civil::{Date, date};

use super::support::{TODAY, Town, sentence};

/// The day of the meeting, a week ago.
const MEETING: Date = date(2025, 9, 19);

/// What follows the version in force, without a change yet.
pub fn copy(town: &Town) -> NewRuleBook {
    let book = town.village.rules.in_force(TODAY).expect("a version in force");
    NewRuleBook {
        effective: date(2025, 10, 1),
        adopted: MEETING,
        attendance: 52,
        decision: "到会 52 人,48 人同意".to_owned(),
        items: book.items.iter().map(NewItem::from).collect(),
        category_caps: book.category_caps.clone(),
    }
}

/// The item of this name in the draft.
pub fn find<'a>(new: &'a mut NewRuleBook, name: &str) -> &'a mut NewItem {
    new.items.iter_mut().find(|item| item.name == name).expect("a known item")
}

fn last(town: &Town) -> &RuleBook {
    town.village.rules.iter().last().expect("a version")
}

/// Adopts the copy with this change, from the first of October on.
fn town_with(change: impl Fn(&mut NewRuleBook)) -> Town {
    let mut town = Town::small();
    let mut new = copy(&town);
    change(&mut new);
    town.must(TODAY, Command::AdoptRules(new));
    town
}

/// Records on the day itself; the sentence of a refusal, or nothing.
fn record(town: &mut Town, day: Date, item: &str, account: Account, quantity: u32, note: &str) -> String {
    let book = town.village.rules.in_force(day).expect("a version in force");
    let item = book.items.iter().find(|known| known.name == item).expect("a known item").id;
    let lines = vec![(account, quantity)];
    let new = NewActivity { item, date: day, note: note.to_owned(), lines, points_each: None };
    sentence(town.tell(day, Command::RecordActivity(new)))
}

const OCTOBER: Date = date(2025, 10, 6);

#[test]
fn a_version_is_adopted_with_its_meeting() {
    let town = town_with(|new| find(new, "环境整治").score = Score::Fixed(6));
    let book = last(&town);
    assert_eq!((book.version, book.label.as_str()), (RuleVersion(2), "2025-1"));
    assert_eq!((book.effective, book.adopted, book.meeting.attendance), (date(2025, 10, 1), MEETING, 52));
    assert_eq!(town.village.note(book.meeting.decision), "到会 52 人,48 人同意");
    let before = town.village.rules.iter().next().expect("the first");
    assert_eq!(book.items.len(), before.items.len());
    let ids = |book: &RuleBook| book.items.iter().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(ids(book), ids(before), "an item keeps its id from version to version");
    for (day, label) in [(TODAY, "2024-1"), (date(2025, 9, 30), "2024-1"), (date(2025, 10, 1), "2025-1")] {
        assert_eq!(town.village.rules.in_force(day).expect("a version").label, label, "{day}");
    }
}

#[test]
fn nothing_personal_of_the_meeting_stands_in_the_journal() {
    let mut town = Town::small();
    let mut new = copy(&town);
    new.decision = "张三、李四提议".to_owned();
    find(&mut new, "环境整治").score = Score::Fixed(6);
    let decision = town.must(TODAY, Command::AdoptRules(new));
    assert!(!format!("{:?}", decision.events).contains("张三"));
    assert_eq!(town.village.note(last(&town).meeting.decision), "张三、李四提议");
}

#[test]
fn what_was_recorded_keeps_its_version_and_its_points() {
    let mut town = Town::small();
    let home = town.household("1-001");
    town.record(TODAY, "环境整治", home, 1).expect("under the first version");
    let before: Vec<_> = town.village.entries.iter().collect();
    let mut new = copy(&town);
    find(&mut new, "环境整治").score = Score::Fixed(8);
    new.items.retain(|item| item.name != "建言被采纳");
    let decision = town.must(TODAY, Command::AdoptRules(new));
    assert_eq!(decision.events.len(), 1, "a version is one fact and rescans nothing");
    assert_eq!(town.village.entries.iter().collect::<Vec<_>>(), before);
    assert_eq!(town.village.balance(home), 5);
    // An act of September that is recorded in October scores as September did.
    let command = town.activity(date(2025, 9, 20), "环境整治", home, 1);
    town.must(OCTOBER, command);
    assert_eq!(record(&mut town, OCTOBER, "环境整治", home, 1, ""), "没有拒绝");
    let scored: Vec<_> = town.village.entries.of(home).map(|entry| (entry.points, version(entry.reason))).collect();
    assert_eq!(scored, [(5, Some(1)), (5, Some(1)), (8, Some(2))]);
    // What was stopped is there for days before, and no longer after.
    let advice =
        |day| town.village.rules.in_force(day).expect("a version").items.iter().any(|one| one.name == "建言被采纳");
    assert_eq!([TODAY, OCTOBER].map(advice), [true, false]);
}

const fn version(reason: Reason) -> Option<u16> {
    match reason {
        Reason::Act { version, .. } => Some(version.0),
        _ => None,
    }
}

#[test]
fn caps_of_every_period_leave_no_room_within_it() {
    // Monday the sixth of October, and days around it.
    for (period, inside, outside) in [
        (Period::Day, OCTOBER, date(2025, 10, 7)),
        (Period::Week, date(2025, 10, 12), date(2025, 10, 13)),
        (Period::Month, date(2025, 10, 31), date(2025, 11, 1)),
        (Period::Quarter, date(2025, 12, 31), date(2026, 1, 1)),
        (Period::Year, date(2025, 12, 31), date(2026, 1, 1)),
    ] {
        for of in [CapOf::Times(1), CapOf::Points(5)] {
            let mut town = town_with(|new| find(new, "照护孤寡病残").caps = vec![Cap { period, of }]);
            let home = town.household("1-001");
            assert_eq!(record(&mut town, OCTOBER, "照护孤寡病残", home, 1, ""), "没有拒绝");
            let again = record(&mut town, inside, "照护孤寡病残", home, 1, "");
            let words = format!("(细则 2025-1 版,{})", Cap { period, of }.words(Unit::Time));
            assert!(again.contains(&words), "{period:?}: {again}");
            assert_eq!(record(&mut town, outside, "照护孤寡病残", home, 1, ""), "没有拒绝", "{period:?}");
        }
    }
}

#[test]
fn a_category_of_the_villages_own_stands_beside_the_others() {
    let own = Category::named("渔业管护").expect("a name");
    let mut town = town_with(|new| {
        for item in ["庭院达标", "志愿服务", "乱倒垃圾"] {
            find(new, item).category = own;
        }
        new.category_caps = vec![shared(own, CapOf::Points(6))];
    });
    let home = town.household("1-001");
    assert_eq!(record(&mut town, OCTOBER, "庭院达标", home, 1, ""), "没有拒绝");
    // 热心公益, under whose code it is stored, is another category.
    assert_eq!(record(&mut town, OCTOBER, "照护孤寡病残", home, 2, ""), "没有拒绝");
    let full = record(&mut town, OCTOBER, "志愿服务", home, 1, "");
    assert!(full.contains("渔业管护类每月 6 分"), "{full}");
    let sheet = sheet_of(last(&town), Ledger::Villager);
    let group = sheet.groups.last().expect("a group");
    assert_eq!((group.category.as_str(), group.cap.as_str()), ("渔业管护", "本类加分合计最多每月 6 分"));
    let names = |rows: &[RuleRow]| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    assert_eq!(
        (names(&group.plus), names(&group.minus)),
        (vec!["志愿服务".to_owned(), "庭院达标".to_owned()], vec!["乱倒垃圾".to_owned()],)
    );
}

fn shared(category: Category, of: CapOf) -> CategoryCap {
    CategoryCap { ledger: Ledger::Villager, category, cap: Cap { period: Period::Month, of } }
}

#[test]
fn a_category_has_one_cap_for_all_its_items() {
    for (of, words) in [(CapOf::Points(15), "环境卫生类每月 15 分"), (CapOf::Times(3), "环境卫生类每月 3 次")]
    {
        let mut town = town_with(|new| new.category_caps = vec![shared(Category::Environment, of)]);
        let home = town.household("1-001");
        for item in ["环境整治", "庭院达标", "垃圾分类"] {
            assert_eq!(record(&mut town, OCTOBER, item, home, 1, ""), "没有拒绝", "{item}");
        }
        let next = date(2025, 10, 7);
        let full = record(&mut town, next, "环境整治", home, 1, "");
        assert!(full.contains(words), "{full}");
        // Deductions are not held back, and others have room of their own.
        assert_eq!(record(&mut town, next, "乱倒垃圾", home, 1, ""), "没有拒绝");
        assert_eq!(record(&mut town, next, "调解邻里纠纷", home, 1, ""), "没有拒绝");
        let other = town.household("1-002");
        assert_eq!(record(&mut town, next, "环境整治", other, 1, ""), "没有拒绝");
        assert_eq!(record(&mut town, date(2025, 11, 1), "环境整治", home, 1, ""), "没有拒绝");
    }
}

#[test]
fn the_same_act_scores_by_type() {
    use MemberType::{Cadre, Exempt, Linked, Migrant, WithoutPost};
    let own = |kind, score| OwnScore { kind, score };
    for (kind, points) in [(Linked, 2), (WithoutPost, 2), (Cadre, 1), (Exempt, 4), (Migrant, 2)] {
        let mut town = town_with(|new| {
            find(new, "参加三会一课").conditions.own_scores =
                vec![own(Cadre, Score::Fixed(1)), own(Exempt, Score::Fixed(4))];
        });
        let member = town.member(kind);
        assert_eq!(record(&mut town, OCTOBER, "参加三会一课", member, 1, ""), "没有拒绝");
        assert_eq!(town.village.balance(member), 60 + points, "{kind:?}");
    }
}

#[test]
fn one_activity_scores_each_member_by_type() {
    let mut town = town_with(|new| {
        find(new, "参加三会一课").conditions.own_scores =
            vec![OwnScore { kind: MemberType::Exempt, score: Score::Range(3, 5) }];
    });
    let (linked, exempt) = (town.member(MemberType::Linked), town.member(MemberType::Exempt));
    let item = town.item("参加三会一课");
    let lines = vec![(linked, 1), (exempt, 1)];
    for (points_each, expected) in
        [(None, "分值要在 3 到 5 之间。"), (Some(6), "分值要在 3 到 5 之间。"), (Some(4), "没有拒绝")]
    {
        let new = NewActivity { item, date: OCTOBER, note: String::new(), lines: lines.clone(), points_each };
        assert_eq!(sentence(town.tell(OCTOBER, Command::RecordActivity(new))), expected);
    }
    assert_eq!([linked, exempt].map(|account| town.village.balance(account)), [62, 64]);
}

#[test]
fn one_number_serves_every_range_or_the_types_are_recorded_apart() {
    use MemberType::{Cadre, Exempt, Linked, Migrant};
    let own = |kind, low, high| OwnScore { kind, score: Score::Range(low, high) };
    let mut town = town_with(|new| {
        find(new, "参加三会一课").conditions.own_scores = vec![own(Exempt, 3, 5), own(Cadre, 4, 8), own(Migrant, 6, 8)];
    });
    let item = town.item("参加三会一课");
    let apart = "「参加三会一课」给各类党员的分值范围不同,没有共同的分值。请按党员类型分开登记。";
    for (kinds, points_each, expected) in [
        (&[Exempt, Cadre][..], Some(3), "分值要在 4 到 5 之间。"),
        (&[Exempt, Cadre, Linked], Some(6), "分值要在 4 到 5 之间。"),
        (&[Exempt, Migrant], Some(5), apart),
        (&[Exempt, Cadre, Migrant, Linked], None, apart),
        // The fixed score is no choice: what is typed does not touch it.
        (&[Linked], Some(4), "没有拒绝"),
        (&[Exempt, Cadre], Some(5), "没有拒绝"),
    ] {
        let lines = kinds.iter().map(|kind| (town.member(*kind), 1)).collect();
        let new = NewActivity { item, date: OCTOBER, note: String::new(), lines, points_each };
        assert_eq!(sentence(town.tell(OCTOBER, Command::RecordActivity(new))), expected, "{kinds:?} {points_each:?}");
    }
    let balances = [Linked, Exempt, Cadre, Migrant].map(|kind| town.village.balance(town.member(kind)));
    assert_eq!(balances, [62, 65, 65, 60]);
}

#[test]
fn conditions_of_an_item_hold() {
    let mut town = town_with(|new| {
        let season =
            Conditions { from: Some(date(2025, 10, 5)), until: Some(date(2025, 10, 20)), ..Conditions::default() };
        find(new, "治安巡逻、防汛值守").conditions = season;
        find(new, "无偿献血").conditions.needs_evidence = true;
    });
    let home = town.household("1-001");
    for (item, day, note, expected) in [
        (
            "治安巡逻、防汛值守",
            date(2025, 10, 4),
            "",
            "「治安巡逻、防汛值守」从 10月5日 到 10月20日 计分,这一天不能登记。请检查日期。",
        ),
        ("治安巡逻、防汛值守", date(2025, 10, 5), "", "没有拒绝"),
        ("治安巡逻、防汛值守", date(2025, 10, 20), "", "没有拒绝"),
        (
            "治安巡逻、防汛值守",
            date(2025, 10, 21),
            "",
            "「治安巡逻、防汛值守」从 10月5日 到 10月20日 计分,这一天不能登记。请检查日期。",
        ),
        ("无偿献血", OCTOBER, " ", "「无偿献血」要有凭据。请附一张照片,或在事由里写明凭据,如「见登记簿 3 页」。"),
        ("无偿献血", OCTOBER, "献血证号 0117", "没有拒绝"),
    ] {
        assert_eq!(record(&mut town, day, item, home, 1, note), expected, "{item} {day}");
    }
}

#[test]
fn two_laptops_that_adopt_at_once_are_told() {
    let mut town = town_with(|new| find(new, "环境整治").score = Score::Fixed(6));
    let mut other = last(&town).clone();
    other.items.truncate(1);
    let at = cunzhi::domain::calendar::Moment::at(TODAY, 13, 0);
    let twice = town.village.apply(at, &Event::RuleBookAdopted(other));
    assert_eq!(twice.expect_err("the second one").to_string(), "同一个细则版本记录了两次");
    assert_eq!(last(&town).items.len(), copy(&town).items.len());
}
