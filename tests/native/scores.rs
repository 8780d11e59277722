//! What counts towards a score: the same for ranking, notice, passbook and
//! 评优, whatever became of the points afterwards.

use cunzhi::domain::calendar::{Month, Quarter};
use cunzhi::domain::command::Command;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{CarryOver, Settings};
use cunzhi::domain::points::statement::{statement, year_score};
use cunzhi::domain::points::sums::account_sums;
use cunzhi::domain::points::veto::VetoEffect;
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::domain::village::Village;
use cunzhi::report::group_ranking::{GroupBy, group_ranking};
use cunzhi::report::notice::{Masking, NoticeOf, notice};
use cunzhi::report::passbook::passbook;
use cunzhi::report::points_year::points_year;
use cunzhi::report::ranking::ranking;
use cunzhi::report::units::Within;
use jiff::civil::date;

use super::oversight::{impose, new_veto};
use super::support::{TODAY, Town, home};

const FOURTH: Quarter = Quarter { year: 2025, quarter: 4 };
const DECEMBER: Month = Month { year: 2025, month: 12 };

/// Who stands where and why, in every ranking of the quarter and the year.
fn standings(village: &Village) -> Vec<String> {
    let day = date(2025, 12, 31);
    let mut all = Vec::new();
    for ledger in Ledger::ALL {
        let rows = ranking(village, *ledger, FOURTH, Within::default(), 99).rows.into_iter();
        all.extend(rows.map(|row| format!("{} {} +{} {}", row.place_words(), row.name, row.earned, row.deducted)));
        let groups = points_year(village, *ledger, 2025, day).groups.into_iter().flat_map(|group| group.rows);
        all.extend(groups.map(|row| format!("{}.{} {} {}", row.place, row.name, row.score, row.basis)));
    }
    let groups = group_ranking(village, GroupBy::Grid, FOURTH, None).into_iter();
    all.extend(groups.map(|row| format!("{}.{} {} {}", row.place, row.name, row.score, row.mean)));
    all
}

/// October's points, and old ones that would expire; a debt as well.
fn town(carry_over: CarryOver) -> Town {
    let mut town = Town::small();
    let (one, two, three) = (town.household("1-001"), town.household("1-002"), town.household("2-001"));
    let member = town.member(MemberType::Linked);
    for (day, item, account, quantity) in [
        (date(2025, 5, 4), "调解邻里纠纷", one, 3),
        (date(2025, 5, 4), "参与调解", member, 1),
        (date(2025, 10, 8), "环境整治", one, 1),
        (date(2025, 10, 8), "志愿服务", two, 3),
        (date(2025, 10, 9), "乱倒垃圾", three, 1),
        (date(2025, 10, 9), "为民代办", member, 2),
    ] {
        town.record(day, item, account, quantity).expect("recorded");
    }
    if carry_over != CarryOver::default() {
        town.must(TODAY, Command::ChangeSettings(Settings { carry_over, ..town.village.settings }));
    }
    town
}

#[test]
fn clearing_and_expiry_change_no_ranking() {
    let last = date(2025, 12, 31);
    for (carry_over, ledger, command) in [
        (CarryOver::ClearAtYearEnd, Ledger::Villager, Command::ClearYear { ledger: Ledger::Villager, year: 2025 }),
        (CarryOver::ExpireAfter(5), Ledger::Villager, Command::ExpirePoints(Ledger::Villager)),
        (CarryOver::ExpireAfter(5), Ledger::Member, Command::ExpirePoints(Ledger::Member)),
    ] {
        let mut town = town(carry_over);
        let before = standings(&town.village);
        town.must(last, command);
        let cleared = town.village.entries.iter().last().expect("the clearing");
        assert_eq!((cleared.account.ledger(), cleared.date), (ledger, last));
        assert_eq!(standings(&town.village), before, "{carry_over:?} {ledger:?}");
        // The passbook says where the points went, and its sums still add up.
        let sums = account_sums(&town.village, cleared.account, FOURTH);
        assert!(sums.cleared < 0 && sums.closing() == sums.balance, "{sums:?}");
        let book = passbook(&town.village, cleared.account, last).expect("known");
        assert_eq!(book.cleared_quarter, sums.cleared);
        // So it is when the clearing is taken back, in the next year.
        town.must(date(2026, 1, 2), Command::ReverseEntry { entry: cleared.id, reason: "错".to_owned() });
        assert_eq!(standings(&town.village), before);
        let first = Quarter { year: 2026, quarter: 1 };
        let sums = account_sums(&town.village, cleared.account, first);
        assert_eq!((sums.score(), sums.cleared), (0, i64::from(-cleared.points)));
    }
}

#[test]
fn a_reversed_clearing_stands_on_the_notice_and_is_no_score() {
    let mut town = town(CarryOver::ClearAtYearEnd);
    let (one, grid) = (town.household("1-001"), town.village.people.grid_by_name("第一网格").map(|grid| grid.id));
    town.must(date(2025, 12, 31), Command::ClearYear { ledger: Ledger::Villager, year: 2025 });
    let cleared = town.village.entries.of(one).last().expect("the clearing").id;
    let row = |town: &Town, month| {
        let notice = notice(&town.village, NoticeOf::Grid(grid), month, Masking::Full, None);
        notice.pages[0].rows[0].join(" ")
    };
    assert_eq!(row(&town, DECEMBER), "1 1-001 张三 35 0 35 0 0 年终清零");
    let mut same_day = town.village.clone();
    town.must(date(2026, 1, 2), Command::ReverseEntry { entry: cleared, reason: "错".to_owned() });
    assert_eq!(row(&town, DECEMBER), "1 1-001 张三 35 0 35 0 0 年终清零");
    assert_eq!(row(&town, DECEMBER.next()), "1 1-001 张三 0 35 0 0 35 冲正更正");
    assert_eq!(statement(&town.village, one, DECEMBER.next()).score(), 0);
    // What was cleared and given back in one month has never been on a notice.
    std::mem::swap(&mut same_day, &mut town.village);
    town.must(date(2025, 12, 31), Command::ReverseEntry { entry: cleared, reason: "错".to_owned() });
    assert_eq!(row(&town, DECEMBER), "1 1-001 张三 35 0 0 0 35 —");
}

type Happens = fn(&mut Town, Account);

/// Each thing that can happen to a member's points, what the year makes of it,
/// and what the next year begins with.
const CASES: [(&str, Happens, i64, i64); 6] = [
    ("nothing", |_, _| (), 69, 60),
    (
        "a veto takes all",
        |town, member| {
            town.must(date(2025, 11, 1), impose(new_veto(member, None, &[VetoEffect::Cleared])));
        },
        0,
        60,
    ),
    (
        "points expire",
        |town, _| {
            let settings = Settings { carry_over: CarryOver::ExpireAfter(5), ..town.village.settings };
            town.must(TODAY, Command::ChangeSettings(settings));
            town.must(date(2025, 12, 1), Command::ExpirePoints(Ledger::Member));
        },
        69,
        60,
    ),
    (
        "an act is taken back",
        |town, member| {
            let entry = town.village.entries.of(member).last().expect("an entry").id;
            town.must(date(2025, 12, 1), Command::ReverseEntry { entry, reason: "错".to_owned() });
        },
        65,
        60,
    ),
    (
        "it is taken back in the next year",
        |town, member| {
            let entry = town.village.entries.of(member).last().expect("an entry").id;
            town.must(date(2026, 1, 2), Command::ReverseEntry { entry, reason: "错".to_owned() });
        },
        69,
        56,
    ),
    (
        "the points of the beginning are taken back",
        |town, member| {
            let entry = town.village.entries.of(member).next().expect("an entry").id;
            town.must(date(2025, 12, 1), Command::ReverseEntry { entry, reason: "错".to_owned() });
        },
        9,
        0,
    ),
];

#[test]
fn the_place_of_the_year_is_the_place_on_the_notice() {
    for (name, happens, score, next) in CASES {
        let mut town = town(CarryOver::Keep);
        let others = [("欧阳文山", Some(MemberType::Linked)), ("钱多", Some(MemberType::Linked))];
        town.must(TODAY, Command::ImportRoster(RosterDraft { households: vec![home("3-001", "第一网格", &others)] }));
        let member = town.member(MemberType::Linked);
        happens(&mut town, member);
        let village = &town.village;
        assert_eq!(year_score(village, member, DECEMBER), score, "{name}");
        assert_eq!(year_score(village, member, DECEMBER.next()), next, "{name}: the next year");
        let year = points_year(village, Ledger::Member, 2025, date(2025, 12, 31));
        let group = year.groups.iter().find(|group| group.name == "联户党员").expect("listed");
        let mut of_year: Vec<String> =
            group.rows.iter().map(|row| format!("{} {} {}/{}", row.name, row.score, row.place, group.of)).collect();
        let notice = notice(village, NoticeOf::Type(MemberType::Linked), DECEMBER, Masking::Full, None);
        let mut on_notice: Vec<String> = notice.pages[0]
            .rows
            .iter()
            .filter(|row| row[7] != "0")
            .map(|row| format!("{} {} {}", row[1], row[7], row[8].replace(" / ", "/")))
            .collect();
        of_year.sort();
        on_notice.sort();
        assert_eq!(of_year, on_notice, "{name}");
        let plus = year.rows.last().map(|row| (row.plus.clone(), row.minus.clone(), row.cleared.clone()));
        assert!(plus.is_some_and(|figures| name != "a veto takes all" || figures == ("+9".into(), "−69".into(), "0".into())));
    }
}
