//! The village's budget and the most points of a year: what is refused, and
//! how it stands beside every approval.

use cunzhi::domain::command::{Command, NewClaims, NewGoods, Verdict};
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::shelf::GoodsTerms;
use cunzhi::domain::roster::MemberType;
use cunzhi::report::gauge::gauge;
use cunzhi::report::overview::overview;
use cunzhi::report::preparation::{checklist, demand};
use cunzhi::report::settings_preview::settings_preview;
use cunzhi::report::shelf_cover::shelf_cover;
use jiff::civil::date;

use super::support::{TODAY, Town, goods, sentence};

/// 15 points for the first household this year, and 5 the year before.
fn town(change: impl FnOnce(&mut Settings)) -> Town {
    let mut town = Town::small();
    let home = town.household("1-001");
    for day in [date(2025, 3, 1), date(2025, 3, 2), date(2025, 3, 3)] {
        town.record(TODAY, "治安巡逻、防汛值守", home, 1).expect("5 points");
        assert!(day < TODAY);
    }
    let mut settings = town.village.settings;
    change(&mut settings);
    if settings != town.village.settings {
        town.must(TODAY, Command::ChangeSettings(settings));
    }
    town
}

#[test]
fn a_year_gives_no_more_than_the_village_wants() {
    let mut town = town(|settings| settings.issue_year_max = 25);
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    let member = town.member(MemberType::Linked);
    assert_eq!(town.village.issued_in(2025), 15);
    let full = "2025年最多发 25 分,已发 15 分,这次要发 15 分,超了 5 分。请减少,或由村民代表会议改「全年最多发」。";
    for (item, quantity, account, expected) in [
        ("治安巡逻、防汛值守", 3, b, full),
        ("乱倒垃圾", 1, b, "没有拒绝"),
        ("参加三会一课", 40, member, "没有拒绝"),
        ("治安巡逻、防汛值守", 2, b, "没有拒绝"),
    ] {
        assert_eq!(sentence(town.record(TODAY, item, account, quantity)), expected, "{item} × {quantity}");
    }
    let entry = town.village.entries.of(a).next().expect("an entry").id;
    assert!(sentence(town.record(TODAY, "调解邻里纠纷", a, 1)).starts_with("2025年最多发 25 分,已发 25 分"));
    // What was taken back may be given again; taking back is never refused.
    town.must(TODAY, Command::ReverseEntry { entry, reason: "记错户".to_owned() });
    assert_eq!(town.village.issued_in(2025), 20);
    assert_eq!(sentence(town.record(TODAY, "照护孤寡病残", a, 1)), "没有拒绝");
    // Another year is another one.
    assert_eq!(sentence(town.record(date(2026, 1, 2), "照护孤寡病残", a, 5)), "没有拒绝");
}

#[test]
fn a_batch_of_claims_keeps_to_the_year_as_a_whole() {
    let mut town = town(|settings| settings.issue_year_max = 25);
    let homes = ["1-001", "1-002", "2-001"].map(|number| (town.household(number), 1));
    let (item, note) = (town.item("照护孤寡病残"), "照看病人".to_owned());
    let new = NewClaims { item, date: TODAY, note, lines: homes.to_vec(), by: None };
    town.must(TODAY, Command::FileClaims(new));
    let claims: Vec<_> = town.village.claims.iter().map(|claim| claim.filed.id).collect();
    let approve = |count: usize| {
        let verdict = Verdict::Approve { points_each: Vec::new() };
        Command::DecideClaims { claims: claims[..count].to_vec(), verdict, by: None }
    };
    for (count, expected) in [(3, true), (2, false)] {
        let refused = sentence(town.tell(TODAY, approve(count)));
        assert_eq!(refused.starts_with("2025年最多发 25 分,已发 15 分,这次要发 15 分"), expected, "{refused}");
    }
    assert_eq!(town.village.issued_in(2025), 25);
}

#[test]
fn the_gauge_sets_points_against_goods_budget_and_year() {
    // 15 points are out at 2 元; soap for 10 points and 12.50 元.
    let gaps = |settings: (u32, u32), stock: u32, more: i64| {
        let mut town = town(|known| {
            known.rate_cents = 200;
            (known.budget_cents, known.issue_year_max) = settings;
        });
        town.must(TODAY, Command::AddGoods(NewGoods { price_cents: 1_250, ..goods("洗衣液", 10, stock) }));
        gauge(&town.village, &town.village.settings, TODAY).after(more).gaps
    };
    for (settings, stock, more, expected) in [
        ((0, 0), 2, 5, &[][..]),
        ((0, 0), 1, 0, &["库存还差 5 分的物品,记得补货。"]),
        ((1_500, 0), 2, 0, &[]),
        ((1_500, 0), 2, 6, &["库存还差 1 分的物品,记得补货。", "库存加上预算还差 2 元。"]),
        ((0, 20), 2, 5, &[]),
        ((0, 20), 3, 6, &["超过 2025年最多发的 20 分,多 1 分。"]),
        ((0, 20), 3, -6, &[]),
    ] {
        assert_eq!(gaps(settings, stock, more), expected, "{settings:?} {stock} {more}");
    }
    let town = town(|settings| (settings.budget_cents, settings.issue_year_max) = (2_000_000, 20_000));
    let words = gauge(&town.village, &town.village.settings, TODAY).after(1_000);
    assert_eq!((words.owed.as_str(), words.stock.as_str()), ("1,015 分(合 1,015 元)", "0 分(值 0 元)"));
    assert_eq!((words.budget.as_deref(), words.issued.as_deref()), (Some("20,000 元"), Some("1,015 / 20,000 分")));
    assert_eq!(words.issued_label, "入账后2025年共发");
    let booked = gauge(&town.village, &town.village.settings, TODAY).after(0);
    assert_eq!((booked.issued_label.as_str(), booked.issued.as_deref()), ("2025年已发", Some("15 / 20,000 分")));
}

#[test]
fn settings_and_preparation_say_how_it_stands() {
    let base = Settings::default();
    let preview = |settings: Settings| {
        let town = town(|known| known.rate_cents = 200);
        let mut sentences = settings_preview(&town.village, &Settings { rate_cents: 200, ..settings }, TODAY);
        sentences.remove(0);
        sentences
    };
    for (settings, expected) in [
        (base, &[][..]),
        (Settings { budget_cents: 3_000, ..base }, &["库存值 0 元,加上预算 30 元,够兑。"]),
        (Settings { budget_cents: 2_900, ..base }, &["库存值 0 元,加上预算 29 元,还差 1 元。"]),
        (Settings { issue_year_max: 20, ..base }, &["2025年已发 15 分,还可以发 5 分。"]),
        (Settings { issue_year_max: 10, ..base }, &["2025年已发 15 分,已经多发 5 分,以后的加分会被拒绝。"]),
    ] {
        assert_eq!(preview(settings), expected, "{settings:?}");
    }
    for (budget_cents, expected) in [
        (0, (true, "未兑付 15 分,库存可兑 0 分,全部来兑还差 15 分的物品")),
        (1_400, (true, "未兑付 15 分,库存可兑 0 分;预算 14 元,加在一起还差 1 元")),
        (1_500, (true, "未兑付 15 分,库存可兑 0 分,还差 15 分的物品;预算 15 元,补得齐")),
    ] {
        let town = town(|settings| (settings.rate_cents, settings.budget_cents) = (100, budget_cents));
        let line = checklist(&town.village, TODAY, None).remove(0);
        assert_eq!((line.is_open, line.sentence.as_str()), expected);
        let cover = shelf_cover(&town.village, TODAY);
        assert_eq!(cover.missing.is_some(), budget_cents == 1_400);
    }
}

#[test]
fn what_is_missing_is_held_against_the_budget() {
    for (budget_cents, expected) in [(0, ""), (1_250, "13 元"), (2_500, "")] {
        let mut town = town(|settings| (settings.rate_cents, settings.budget_cents) = (300, budget_cents));
        town.must(TODAY, Command::AddGoods(NewGoods { price_cents: 1_250, ..goods("洗衣液", 5, 1) }));
        let soap = town.village.shelf.goods.iter().last().expect("the goods").id;
        let account = town.household("1-001");
        town.must(TODAY, Command::Redeem { account, basket: vec![(soap, 1)], proxy: String::new() });
        town.record(TODAY, "调解邻里纠纷", account, 2).expect("20 points");
        let found = demand(&town.village, date(2025, 10, 9));
        assert_eq!((found.rows[0].short, found.budget.as_str()), (2, "25 元"));
        assert_eq!(found.over_budget, expected, "{budget_cents}");
    }
}

/// Goods that are not offered pay for no points, however many lie on the shelf.
#[test]
fn stock_that_is_not_offered_covers_nothing() {
    let mut town = town(|settings| settings.rate_cents = 100);
    let [soap, salt] = [("洗衣液", 6), ("食盐", 2)].map(|(name, stock)| {
        town.must(TODAY, Command::AddGoods(NewGoods { price_cents: 500, ..goods(name, 5, stock) }));
        town.village.shelf.goods.iter().last().expect("the goods").id
    });
    let stock = |town: &Town| {
        let cover = shelf_cover(&town.village, TODAY);
        let figure = overview(&town.village, TODAY, None, 0).figures[4].fraction.clone();
        let gauge = gauge(&town.village, &town.village.settings, TODAY).after(0).stock;
        (cover.in_stock, cover.in_yuan, cover.gap, gauge, figure)
    };
    let said = |points: &str, yuan: &str, gap: Option<&str>| {
        let (points, yuan) = (points.to_owned(), yuan.to_owned());
        let worth = format!("{points} 分(值 {yuan})");
        (points.clone(), yuan, gap.map(str::to_owned), worth, format!("库存可兑 {points}"))
    };
    assert_eq!(stock(&town), said("40", "40 元", None));
    for (goods, expected) in [(soap, said("10", "10 元", Some("5"))), (salt, said("0", "0 元", Some("15")))] {
        let terms = town.village.shelf.terms(goods).expect("known");
        town.must(TODAY, Command::SetGoodsTerms(GoodsTerms { is_offered: false, ..terms }));
        assert_eq!(stock(&town), expected);
    }
}
