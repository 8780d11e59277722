//! Who can take part in an activity and how they are found, and what a
//! reversal will do.

use cunzhi::domain::command::Command;
use cunzhi::domain::id::{EntryId, PersonId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::{Cap, CapOf, Choice, Item, Ledger, OwnScore, Period, Score};
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::domain::village::Village;
use cunzhi::report::activity::{Admission, Participants, items_in_force, participants};
use cunzhi::report::reversal::reversal_preview;
use cunzhi::report::search::SearchIndex;
use jiff::civil::{Date, date};

use super::report::town::{WEI, village};
use super::support::{TODAY, Town, home};

const fn member(person: u64) -> Account {
    Account::Member(PersonId::from_raw(person))
}

/// The item of the rule book with this name.
fn item(village: &Village, name: &str) -> Item {
    let mut items = village.rules.iter().flat_map(|book| &book.items);
    items.find(|item| item.name == name).expect("a known item").clone()
}

#[test]
fn items_are_listed_with_rewards_first() {
    let village = village();
    let names = |ledger, day| {
        let items = items_in_force(&village, ledger, day).into_iter();
        items.map(|item| item.name).collect::<Vec<_>>()
    };
    let members = names(Ledger::Member, date(2025, 1, 1));
    assert_eq!((members.len(), members[4].as_str(), members[5].as_str()), (17, "当月联系户全走访", "认岗履责"));
    assert_eq!(members[13..], ["当月未走访", "整季失联", "无故缺席", "迟交党费"]);
    let villagers = names(Ledger::Villager, TODAY);
    assert_eq!((villagers.len(), villagers[16].as_str(), villagers[17].as_str()), (26, "国家级表彰", "乱倒垃圾"));
    assert_eq!(names(Ledger::Member, date(2024, 12, 31)), Vec::<String>::new());
}

#[test]
fn a_full_period_is_told_in_words() {
    // 2025-09-26 is a Friday, and its week began on the 22nd.
    let day = |month, day| date(2025, month, day);
    for (period, recorded, on, expected) in [
        (Period::Day, TODAY, TODAY, Some("今日已记")),
        (Period::Day, day(9, 25), day(9, 25), Some("当日已记")),
        (Period::Day, day(9, 25), TODAY, None),
        (Period::Week, day(9, 22), day(9, 23), Some("本周已满")),
        (Period::Week, day(9, 15), day(9, 21), Some("当周已满")),
        (Period::Week, day(9, 21), day(9, 22), None),
        (Period::Month, day(9, 1), day(9, 2), Some("本月已满")),
        (Period::Month, day(8, 1), day(8, 31), Some("当月已满")),
        (Period::Month, day(8, 31), day(9, 1), None),
        (Period::Quarter, day(7, 1), day(8, 1), Some("本季已满")),
        (Period::Quarter, day(4, 1), day(6, 30), Some("当季已满")),
        (Period::Quarter, day(6, 30), day(7, 1), None),
        (Period::Year, day(1, 1), day(6, 30), Some("本年已满")),
        (Period::Year, date(2024, 1, 1), date(2024, 12, 31), Some("当年已满")),
        (Period::Year, date(2024, 12, 31), day(1, 1), None),
    ] {
        let mut town = Town::small();
        let [account, other] = ["1-001", "1-002"].map(|number| town.household(number));
        let command = town.activity(recorded, "照护孤寡病残", account, 1);
        town.must(TODAY, command);
        let caps = vec![Cap { period, of: CapOf::Times(1) }];
        let item = Item { caps, ..item(&town.village, "照护孤寡病残") };
        let all = participants(&town.village, Ledger::Villager, Some(&item), on, TODAY);
        let reason = |account| all.get(account).expect("a participant").admission.reason();
        assert_eq!((reason(account), reason(other)), (expected, None), "{period:?} {recorded} {on}");
    }
}

#[test]
fn one_unit_more_has_to_fit_under_a_cap_of_points() {
    let admission = |hours, score| {
        let mut town = Town::small();
        let account = town.household("1-001");
        town.record(TODAY, "志愿服务", account, hours).expect("at most 10 hours fit");
        let item = Item { score, ..item(&town.village, "志愿服务") };
        let all = participants(&town.village, Ledger::Villager, Some(&item), TODAY, TODAY);
        all.get(account).map(|row| row.admission).expect("a participant")
    };
    // 20 points in a quarter; 9 hours are 18 of them.
    assert_eq!(admission(9, Score::Fixed(2)), Admission::Open);
    assert_eq!(admission(9, Score::Fixed(3)), Admission::Full("本季已满"));
    assert_eq!(admission(10, Score::Fixed(2)), Admission::Full("本季已满"));
    // In a range, the least that could be chosen has to fit.
    assert_eq!(admission(9, Score::Range(2, 30)), Admission::Open);
    assert_eq!(admission(9, Score::Range(3, 30)), Admission::Full("本季已满"));
}

#[test]
fn what_is_chosen_and_what_it_comes_to_follow_the_types() {
    use MemberType::{Cadre, Exempt, Linked, Migrant, WithoutPost};
    let own = |kind, score| OwnScore { kind, score };
    let town = Town::small();
    let mut meeting = item(&town.village, "参加三会一课");
    meeting.conditions.own_scores =
        vec![own(Migrant, Score::Fixed(3)), own(Exempt, Score::Range(1, 5)), own(Cadre, Score::Range(4, 9))];
    let all = participants(&town.village, Ledger::Member, Some(&meeting), TODAY, TODAY);
    let accounts = |kinds: &[MemberType]| kinds.iter().map(|kind| town.member(*kind)).collect::<Vec<_>>();
    for (kinds, expected) in [
        (&[][..], Choice::Nothing),
        (&[Linked, WithoutPost, Migrant], Choice::Nothing),
        (&[Linked, Exempt], Choice::Within(1, 5)),
        (&[Exempt, Cadre], Choice::Within(4, 5)),
    ] {
        assert_eq!(all.choice(&accounts(kinds)), expected, "{kinds:?}");
    }
    for (kind, quantity, chosen, expected) in [
        (Linked, 1, None, Some(2)),
        (Linked, 3, Some(9), Some(6)),
        (Migrant, 2, Some(1), Some(6)),
        (Exempt, 2, None, None),
        (Exempt, 2, Some(6), None),
        (Exempt, 2, Some(5), Some(10)),
    ] {
        assert_eq!(all.points(town.member(kind), quantity, chosen), expected, "{kind:?} {quantity} {chosen:?}");
    }
    let none = participants(&town.village, Ledger::Member, None, TODAY, TODAY);
    assert_eq!(none.points(town.member(Linked), 1, Some(1)), None);
}

#[test]
fn one_unit_more_has_to_fit_under_a_cap_of_times() {
    // Units count, not lines: 2 and 1 of 3, all on one day.
    for (quantities, expected) in [
        (&[2][..], Admission::Open),
        (&[3], Admission::Full("今日已记")),
        (&[2, 1], Admission::Full("今日已记")),
        (&[1, 1], Admission::Open),
    ] {
        let mut town = Town::small();
        let account = town.household("1-001");
        for quantity in quantities {
            town.record(TODAY, "照护孤寡病残", account, *quantity).expect("no cap");
        }
        let caps = vec![Cap { period: Period::Day, of: CapOf::Times(3) }];
        let item = Item { caps, ..item(&town.village, "照护孤寡病残") };
        let all = participants(&town.village, Ledger::Villager, Some(&item), TODAY, TODAY);
        assert_eq!(all.get(account).map(|row| row.admission), Some(expected), "{quantities:?}");
    }
}

#[test]
fn an_item_is_for_its_types_of_members() {
    let village = village();
    let rows = |name: Option<&str>, day: Date| {
        let item = name.map(|name| item(&village, name));
        let all = participants(&village, Ledger::Member, item.as_ref(), day, TODAY);
        [21, 30, 31].map(|person| {
            let row = all.get(member(person)).expect("a member");
            format!("{} {} {} {:?}", row.name, row.number, row.detail, row.admission.reason())
        })
    };
    let expected = [
        "单秀英 2-017 第二网格 · 联户党员 None",
        "吴惠玲 4-052 第二网格 · 联户党员 None",
        "曾国华 4-052 第二网格 · 流动党员 Some(\"不适用\")",
    ];
    assert_eq!(rows(Some("走访联系户"), TODAY), expected);
    let open = expected.map(|row| row.replace("Some(\"不适用\")", "None"));
    assert_eq!(rows(Some("参加三会一课"), TODAY), open);
    assert_eq!(rows(None, TODAY), open);
    // Before they were members nothing applies to them.
    let before = rows(Some("参加三会一课"), date(2024, 12, 31));
    assert_eq!(before[0], "单秀英 2-017 第二网格 Some(\"不适用\")");
    let all = participants(&village, Ledger::Member, None, TODAY, TODAY);
    assert_eq!((all.get(member(20)), all.get(Account::Household(WEI))), (None, None));
}

/// The tick lists: grids with the names in them.
fn lists(all: &Participants) -> Vec<String> {
    let grids = all.grids().iter().map(|grid| {
        let names: Vec<_> = grid.rows.iter().map(|row| row.name.as_str()).collect();
        format!("{} {}", grid.grid, names.join(" "))
    });
    grids.collect()
}

#[test]
fn tick_lists_follow_the_grids() {
    let village = village();
    let villagers = participants(&village, Ledger::Villager, None, TODAY, TODAY);
    assert_eq!(lists(&villagers), ["第一网格 魏红丽", "第二网格 王海林 吴惠玲 吕强"]);
    let linked = item(&village, "走访联系户");
    let members = participants(&village, Ledger::Member, Some(&linked), TODAY, TODAY);
    assert_eq!(lists(&members), ["第二网格 单秀英 吴惠玲"]);
    // Without a grid, and later than those with one; who is full stays on the list.
    let mut town = Town::default();
    let stray = home("0-001", "", &[("钱一", None)]);
    town.must(TODAY, Command::FoundVillage(super::support::new_village()));
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: vec![stray] }));
    town.must(TODAY, Command::ImportRoster(super::support::roster()));
    town.record(TODAY, "环境整治", town.household("1-002"), 1).expect("the first today");
    let cleaning = item(&town.village, "环境整治");
    let all = participants(&town.village, Ledger::Villager, Some(&cleaning), TODAY, TODAY);
    assert_eq!(lists(&all), ["第一网格 张三 周五", "第二网格 郑七", "未分网格 钱一"]);
    let reasons = all.grids()[0].rows.iter().map(|row| row.admission.reason());
    assert!(reasons.eq([None, Some("今日已记")]));
}

#[test]
fn participants_are_found_by_each_of_their_people() {
    let village = village();
    let index = SearchIndex::build(&village);
    let check = |ledger, name: &str, text: &str, limit, expected: &[&str]| {
        let all = participants(&village, ledger, Some(&item(&village, name)), TODAY, TODAY);
        let found = all.find(&index, text, limit).into_iter();
        let rows = found.map(|found| match found.via {
            Some(via) => format!("{} < {via}", found.participant.name),
            None => found.participant.name,
        });
        assert_eq!(rows.collect::<Vec<_>>(), expected, "{name} {text}");
    };
    let villager = |text, limit, expected: &[&str]| check(Ledger::Villager, "环境整治", text, limit, expected);
    villager("whl", 9, &["王海林", "魏红丽", "吴惠玲"]);
    villager("whl", 2, &["王海林", "魏红丽"]);
    villager("sxy", 9, &["王海林 < 单秀英"]);
    // Two people of one household: one row, by the better fit.
    villager("王", 9, &["王海林"]);
    villager("wxb", 9, &["王海林 < 王小宝"]);
    villager("2-017", 9, &["王海林"]);
    // A case is no participant.
    villager("路灯", 9, &[]);
    let all = |text, expected: &[&str]| check(Ledger::Member, "参加三会一课", text, 9, expected);
    all("zgh", &["曾国华"]);
    all("whl", &["吴惠玲"]);
    all("4-052", &["吴惠玲", "曾国华"]);
    all("2-017", &["单秀英"]);
    all("王海林", &[]);
    check(Ledger::Member, "走访联系户", "4-052", 9, &["吴惠玲"]);
    check(Ledger::Member, "走访联系户", "zgh", 9, &[]);
}

#[test]
fn who_is_full_is_found_and_told() {
    let village = village();
    let index = SearchIndex::build(&village);
    // 王海林 was there on the day; the passbook has the line.
    let all = participants(&village, Ledger::Villager, Some(&item(&village, "环境整治")), TODAY, TODAY);
    let rows: Vec<_> = all.find(&index, "hl", 9).into_iter().map(|found| found.participant.admission).collect();
    assert_eq!(rows, [Admission::Full("今日已记"), Admission::Open, Admission::Open]);
}

#[test]
fn a_reversal_is_shown_before_it_is_done() {
    let village = village();
    for (entry, today, expected) in [
        (9, TODAY, Some("9月26日 环境整治: +5, −5; 50, 45")),
        (9, date(2026, 1, 5), Some("2025年9月26日 环境整治: +5, −5; 50, 45")),
        (18, TODAY, Some("9月3日 乱倒垃圾: −5, +5; 5, 10")),
        // 20 of these 30 points were redeemed.
        (15, TODAY, Some("6月10日 环境整治: +30, −30; 10, -20")),
        (19, TODAY, Some("9月3日 上报信息: +1, −1; 61, 60")),
        // 起始分, taken back already, a reversal itself, and unknown.
        (1, TODAY, None),
        (7, TODAY, None),
        (8, TODAY, None),
        (99, TODAY, None),
    ] {
        let preview = reversal_preview(&village, EntryId::from_raw(entry), today);
        let words = preview.map(|one| {
            format!("{}: {}, {}; {}, {}", one.line, one.points, one.opposite, one.balance, one.balance_after)
        });
        assert_eq!(words.as_deref(), expected, "{entry}");
    }
}

#[test]
fn a_reversal_does_what_was_shown() {
    for (name, quantity, expected) in [("志愿服务", 3, [6, 0]), ("违规用火", 2, [-40, 0])] {
        let mut town = Town::small();
        let account = town.household("1-001");
        let entry = town.record(TODAY, name, account, quantity).expect("in order");
        let preview = reversal_preview(&town.village, entry, TODAY).expect("can be taken back");
        assert_eq!([preview.balance, preview.balance_after], expected);
        town.must(TODAY, Command::ReverseEntry { entry, reason: "名单有误".to_owned() });
        assert_eq!(town.village.balance(account), preview.balance_after);
        assert_eq!(reversal_preview(&town.village, entry, TODAY), None);
    }
}
