//! Read models against a small village whose figures are counted by hand.

mod rates;
pub mod town;

use jiff::civil::date;

use self::town::{LI, THIRD_QUARTER, TODAY, WANG, WEI, WU, september, village};
use cunzhi::domain::calendar::{Moment, Month, Quarter};
use cunzhi::domain::case::step::Act;
use cunzhi::domain::id::{CaseId, GridId, PersonId, RedemptionId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::village::Village;
use cunzhi::report::case_detail::case_detail;
use cunzhi::report::case_list::{CaseFilter, HandlingKind, case_list};
use cunzhi::report::cases_by_month::cases_by_month;
use cunzhi::report::overview::{TodoTarget, overview};
use cunzhi::report::passbook::passbook;
use cunzhi::report::people_list::{grid_list, household_detail, household_list, member_list};
use cunzhi::report::ranking::{Place, place_in_grid, quarters, ranking};
use cunzhi::report::rule_sheet::rule_sheet;
use cunzhi::report::saving::{SaveDue, save_due};
use cunzhi::report::search::{HitKind, SearchIndex};
use cunzhi::report::shelf_list::{Span, redemption_day, shelf, signature_list};
use cunzhi::report::tag::{Tone, thousands};
use cunzhi::report::units::Within;

use super::support::Town;

#[test]
fn figures_of_the_overview() {
    let village = village();
    let overview = overview(&village, TODAY, None, 0);
    let figures: Vec<_> = overview.figures.iter().map(|f| (f.label, f.value.as_str(), f.fraction.as_str())).collect();
    let expected = [
        ("矛盾化解率", "50.00%", "1 / 2 起"),
        ("按期办结率", "50.00%", "1 / 2 件"),
        ("满意率", "100.00%", "1 / 1 已评"),
        ("积分参与率", "75.00%", "3 / 4 户"),
        ("未兑付积分", "115", "库存可兑 505"),
    ];
    assert_eq!(figures, expected);
}

#[test]
fn an_empty_village_has_no_rates() {
    let overview = overview(&Village::default(), TODAY, Some(Moment::at(TODAY, 8, 0)), 0);
    let values: Vec<_> = overview.figures.iter().map(|figure| figure.value.as_str()).collect();
    assert_eq!(values, ["—", "—", "—", "—", "0"]);
    assert_eq!((overview.todos.len(), overview.todo_total), (0, 0));
}

#[test]
fn todos_stand_in_order_of_urgency() {
    let overview = overview(&village(), TODAY, Some(Moment::at(september(18), 8, 0)), 3);
    let todos = overview.todos.iter().map(|t| (t.tag.word.as_str(), t.title.as_str(), t.detail.as_str(), t.action));
    let expected = [
        ("超期 2 天", "二组路灯不亮", "限时办 · 第二网格", "反馈"),
        ("明天到期", "门前排水沟淤堵", "限时办 · 第一网格", "办理"),
        ("▲ 红", "宅基地边界纠纷", "限时办 · 第一网格", "办理"),
        ("待交办", "高龄补贴认证", "9月25日受理 · 第一网格", "交办"),
        ("待评价", "屋顶漏水", "9月21日办结 · 第二网格", "评价"),
        ("回访 09-26", "申请修建机井", "上报办 · 第二网格", "回访"),
        ("该月结", "群众积分2025年6月可以月结", "月结以后打印公示表", "月结"),
        ("该月结", "党员积分2025年1月可以月结", "月结以后打印公示表", "月结"),
        ("库存低", "食盐 400 g 只剩 5 瓶", "不多于 5 瓶就提醒", "入库"),
        ("该保存", "保存文件是 8 天前的", "有 3 条还没有存进文件", "保存"),
    ];
    assert_eq!(todos.collect::<Vec<_>>(), expected);
    assert_eq!(overview.todo_total, 10);
    assert_eq!(overview.todos[0].target, TodoTarget::Case(CaseId::from_raw(1)));
    assert_eq!(overview.todos[2].tag.tone, Tone::Red);
}

#[test]
fn a_save_file_gets_old_by_days_or_by_records() {
    let at = |day| Some(Moment::at(september(day), 8, 0));
    for (last_save, unsaved, expected) in [
        (None, 0, Some(SaveDue::Never)),
        (None, 1, Some(SaveDue::Never)),
        (at(19), 49, None),
        (at(19), 50, Some(SaveDue::Much)),
        (at(18), 0, None),
        (at(18), 1, Some(SaveDue::Old(8))),
        (at(26), 50, Some(SaveDue::Much)),
    ] {
        assert_eq!(save_due(TODAY, last_save, unsaved), expected, "{last_save:?} {unsaved}");
        let overview = overview(&Village::default(), TODAY, last_save, unsaved);
        let is_listed = overview.todos.iter().any(|todo| todo.target == TodoTarget::Save);
        assert_eq!(is_listed, expected.is_some(), "the overview asks the same: {last_save:?} {unsaved}");
    }
}

#[test]
fn cases_are_listed_by_due_day_and_then_newest_first() {
    let village = village();
    let list = case_list(&village, TODAY, &CaseFilter::default());
    let rows = list.rows.iter().map(|row| (row.number.as_str(), row.handling, row.step, row.deadline.word.as_str()));
    let expected = [
        ("0925", "限时办", 3, "超期 2 天"),
        ("0930", "上报办", 2, "回访 09-26"),
        ("0926", "限时办", 2, "明天到期"),
        ("0927", "限时办", 2, "剩 4 天"),
        ("0928", "未交办", 1, "待交办"),
        ("0929", "立即办", 4, "待评价"),
        ("0932", "限时办", 2, "已挂起"),
        ("0931", "立即办", 6, "归档 · 2 轮"),
    ];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
    assert_eq!((list.open_count, list.all_count), (6, 8));
    assert_eq!(list.rows[0].received, "9月21日");
    assert_eq!(list.rows[0].deadline.tone, Tone::Late);
}

#[test]
fn case_filters_work_together() {
    let village = village();
    let check = |filter: CaseFilter, expected: &[&str]| {
        let rows = case_list(&village, TODAY, &filter).rows;
        assert_eq!(rows.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), expected, "{filter:?}");
    };
    check(CaseFilter { dispute_only: true, ..CaseFilter::default() }, &["0927", "0931"]);
    check(CaseFilter { dispute_only: true, open_only: true, ..CaseFilter::default() }, &["0927"]);
    check(CaseFilter { handling: Some(HandlingKind::Unassigned), ..CaseFilter::default() }, &["0928"]);
    check(CaseFilter { grid: Some(GridId::from_raw(1)), ..CaseFilter::default() }, &["0926", "0927", "0928"]);
    check(CaseFilter { text: Some("排水".to_owned()), ..CaseFilter::default() }, &["0926", "0931"]);
    check(CaseFilter { text: Some("093".to_owned()), open_only: true, ..CaseFilter::default() }, &["0930", "0932"]);
    check(CaseFilter { quarter: Some(THIRD_QUARTER.previous()), ..CaseFilter::default() }, &[]);
}

#[test]
fn a_case_tells_its_story() {
    let village = village();
    let detail = case_detail(&village, CaseId::from_raw(1), TODAY).expect("known");
    assert_eq!(
        (detail.reporter.as_str(), detail.summary.as_str()),
        ("匿名", "限时办 · 第二网格 · 超期 2 天 · 9月24日到期")
    );
    assert!(detail.allowed.contains(&Act::Answer) && !detail.allowed.contains(&Act::Archive));
    let items = |id| {
        let detail = case_detail(&village, CaseId::from_raw(id), TODAY).expect("known");
        detail.timeline.into_iter().map(|item| format!("{}|{}", item.title, item.detail)).collect::<Vec<_>>()
    };
    let expected = ["发现 · 上报|9月21日 走访,第二网格", "交办 限时办|9月21日,限 3 日内办结", "开始办理|9月21日"];
    assert_eq!(items(1), expected);
    assert_eq!(items(6)[1], "交办 上报办|9月10日,上报给镇水利站,9月26日回访");
    assert_eq!(items(8)[2], "挂起|9月2日,等材料");
    assert_eq!(items(7)[3], "办结反馈 — 未化解|8月1日");
    assert_eq!(items(7)[4], "评价 不满意 — 退回重新交办|8月2日");
    assert_eq!(items(7)[5], "重新交办 立即办|8月2日,限 1 日内办结");
    assert!(case_detail(&village, CaseId::from_raw(99), TODAY).is_none());
}

#[test]
fn months_sum_to_what_was_received() {
    let rows = cases_by_month(&village(), TODAY, Month { year: 2025, month: 9 }, 3);
    let figures: Vec<_> = rows.iter().map(|row| (row.month.month, row.received, row.closed, row.not_yet_due)).collect();
    assert_eq!(figures, [(7, 0, 0, 0), (8, 1, 1, 0), (9, 7, 1, 5)]);
    assert_eq!(rows[2].handlings, [1, 4, 1, 0, 1]);
    assert_eq!(rows[0].completion().percent(), "—");
}

#[test]
fn equal_points_share_a_place() {
    let village = village();
    let places = |ledger, grid| {
        let rows = ranking(&village, ledger, THIRD_QUARTER, Within::grid(grid), usize::MAX).rows;
        rows.into_iter().map(|row| format!("{} {} {}", row.name, row.score, row.place_words())).collect::<Vec<_>>()
    };
    let expected = ["王海林 50 1 / 4", "吴惠玲 50 1 / 4", "吕强 5 3 / 4", "魏红丽 0 4 / 4"];
    assert_eq!(places(Ledger::Villager, None), expected);
    assert_eq!(places(Ledger::Villager, Some(GridId::from_raw(1))), ["魏红丽 0 1 / 1"]);
    assert_eq!(places(Ledger::Member, None), ["吴惠玲 1 1 / 2", "单秀英 0 2 / 2", "曾国华 0 1 / 1"]);
    let rows = ranking(&village, Ledger::Villager, THIRD_QUARTER, Within::default(), usize::MAX).rows;
    let best = ranking(&village, Ledger::Villager, THIRD_QUARTER, Within::default(), 2);
    assert_eq!((best.rows.as_slice(), best.count), (&rows[..2], rows.len()), "the best alone have the same places");
    assert_eq!((rows[2].earned, rows[2].deducted, rows[2].balance), (10, -5, 5));
    assert_eq!((rows[3].redeemed, rows[3].balance), (20, 10));
    for (account, expected) in [
        (Account::Household(LI), "3 / 3"),
        (Account::Household(WU), "1 / 3"),
        (Account::Member(PersonId::from_raw(21)), "2 / 2"),
    ] {
        assert_eq!(place_in_grid(&village, account, THIRD_QUARTER).map(Place::words).as_deref(), Some(expected));
    }
}

/// Most of the demo village share their places, and its order depends on that.
#[test]
fn the_best_are_the_beginning_of_all() {
    let village = cunzhi::demo::generate(1, TODAY, cunzhi::domain::id::DeviceId(7)).expect("a village").village;
    let best = |limit| ranking(&village, Ledger::Villager, THIRD_QUARTER, Within::default(), limit);
    let all = best(usize::MAX);
    assert_eq!((all.rows.len(), all.count), (410, 410));
    for limit in (0..30).chain([100, 204, 205, 206, 409, 410, 411]) {
        let first = best(limit);
        assert_eq!((first.count, first.rows.as_slice()), (410, &all.rows[..limit.min(410)]), "the best {limit}");
    }
}

#[test]
fn every_quarter_has_its_ranking() {
    let mut town = Town::small();
    let [first, second] = ["1-001", "1-002"].map(|number| town.household(number));
    for (day, account, times) in [
        (date(2025, 3, 31), first, 2),
        (date(2025, 4, 1), second, 3),
        (date(2025, 4, 2), first, 3),
        (date(2025, 9, 1), first, 1),
    ] {
        town.record(day, "治安巡逻、防汛值守", account, times).expect("5 points each");
    }
    let quarter = |quarter| Quarter { year: 2025, quarter };
    let best = |quarter| {
        let rows = ranking(&town.village, Ledger::Villager, quarter, Within::default(), 2).rows;
        rows.into_iter().map(|row| (row.number.clone(), row.score, row.balance, row.place_words())).collect::<Vec<_>>()
    };
    let count = town.village.people.households.len();
    let row = |number: &str, score, balance, place| (number.to_owned(), score, balance, format!("{place} / {count}"));
    // The balance is that of now, whatever the quarter.
    assert_eq!(best(quarter(1)), [row("1-001", 10, 30, 1), row("1-002", 0, 15, 2)]);
    assert_eq!(best(quarter(2)), [row("1-001", 15, 30, 1), row("1-002", 15, 15, 1)]);
    assert_eq!(best(quarter(3))[0], row("1-001", 5, 30, 1));
    let offered = |today, shown| quarters(&town.village, today, shown);
    let own = |today| offered(today, Quarter::of(today));
    assert_eq!(own(date(2025, 9, 26)), [quarter(3), quarter(2), quarter(1)]);
    assert_eq!(own(date(2025, 3, 31)), [quarter(1)]);
    let later = Quarter { year: 2027, quarter: 1 };
    assert_eq!(offered(date(2025, 9, 26), later), [quarter(3), quarter(2), quarter(1), later], "as the address has it");
    assert_eq!(quarters(&Village::default(), date(2025, 9, 26), quarter(3)), [quarter(3)]);
}

#[test]
fn the_passbook_runs_to_fifty() {
    let village = village();
    let book = passbook(&village, Account::Household(WANG), TODAY).expect("known");
    assert_eq!((book.title.as_str(), book.name.as_str(), book.people_count), ("第二网格 · 2-017 户", "王海林", 3));
    assert_eq!((book.balance, book.redeemable, book.place.as_str()), (50, 50, "1 / 3"));
    assert_eq!(
        (book.opening_quarter, book.earned_quarter, book.deducted_quarter, book.redeemed_quarter),
        (0, 50, 0, 0)
    );
    let balances: Vec<_> = book.lines.iter().map(|line| line.balance).collect();
    assert_eq!(balances, [50, 45, 35, 30, 25, 20, 15, 19, 15, 10, 5]);
    let line = |n: usize| {
        let line = &book.lines[n];
        let points = line.plus.as_deref().or(line.minus.as_deref()).unwrap_or_default();
        format!("{} {} {} {points} {}", line.day, line.item, line.detail, line.can_reverse)
    };
    assert_eq!(line(0), "9月26日 环境整治 村东路沿 +5 true");
    assert_eq!(line(6), "8月22日 冲正 更正 8月16日 志愿服务 +4,误登他户 −4 false");
    assert_eq!(line(7), "8月16日 志愿服务 2 小时,村东路沿 +4 false");
    let marks: Vec<_> = book.lines.iter().map(|line| line.mark.as_ref().map(|mark| mark.word.as_str())).collect();
    assert_eq!((marks[6], marks[7], marks[0]), (None, Some("已冲正"), None));
}

#[test]
fn redemptions_stand_in_the_passbook() {
    let village = village();
    let book = passbook(&village, Account::Household(WEI), TODAY).expect("known");
    assert_eq!((book.opening_quarter, book.redeemed_quarter, book.balance), (30, 20, 10));
    let first = &book.lines[0];
    assert_eq!((first.item.as_str(), first.minus.as_deref(), first.balance), ("兑换", Some("−20"), 10));
    assert_eq!(first.detail, "洗衣液 2 kg ×1(代领:儿子)");
    let undone = passbook(&village, Account::Household(LI), TODAY).expect("known");
    assert_eq!((undone.lines[0].item.as_str(), undone.lines[0].minus.as_deref()), ("兑换(已撤销)", None));
    assert_eq!(undone.balance, 5);
    let member = passbook(&village, Account::Member(PersonId::from_raw(30)), TODAY).expect("known");
    assert_eq!((member.title.as_str(), member.opening_quarter, member.balance), ("第二网格 · 联户党员", 60, 61));
    assert!(passbook(&village, Account::Member(PersonId::from_raw(10)), TODAY).is_none());
}

#[test]
fn the_rule_sheet_groups_by_category() {
    let village = village();
    let sheet = rule_sheet(&village, Ledger::Villager, TODAY).expect("in force");
    assert_eq!((sheet.title.as_str(), sheet.effective.as_str()), ("群众积分细则 2025-1 版", "2025年1月1日起施行"));
    let first = &sheet.groups[0];
    assert_eq!((first.category.as_str(), first.plus.len(), first.minus.len()), ("环境卫生", 3, 4));
    assert_eq!((first.plus[0].score.as_str(), first.plus[0].caps.as_str()), ("+5/次", "每日 1 次"));
    let members = rule_sheet(&village, Ledger::Member, TODAY).expect("in force");
    let all: Vec<_> =
        members.groups.iter().flat_map(|group| &group.plus).map(|row| row.member_types.as_str()).collect();
    assert!(all.contains(&"联户党员") && all.contains(&"全体党员"));
    assert!(rule_sheet(&village, Ledger::Villager, date(2024, 12, 31)).is_none());
}

#[test]
fn people_and_grids_are_counted_once() {
    let village = village();
    let list = household_list(&village, Within::grid(Some(GridId::from_raw(2))), "");
    assert_eq!((list.rows.len(), list.people, list.members, list.balance), (3, 6, 3, 105));
    for (text, expected) in [("2017", "2-017"), ("shan", "2-017"), ("曾", "4-052"), ("wuhl", "4-052")] {
        let found = household_list(&village, Within::default(), text);
        assert_eq!(found.rows.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), [expected], "{text}");
    }
    let detail = household_detail(&village, WANG, TODAY).expect("known");
    let child = &detail.people[2];
    assert_eq!((child.age.as_str(), child.is_child), ("9 岁", true));
    assert_eq!(detail.people[1].member_type, Some(MemberType::Linked));
    let members = member_list(&village, TODAY);
    assert_eq!(members.iter().map(|row| row.points).collect::<Vec<_>>(), [60, 61, 60]);
    let grids = grid_list(&village);
    let rows: Vec<_> =
        grids.rows.iter().map(|row| (row.name.as_str(), row.households, row.people, row.open_cases)).collect();
    assert_eq!(rows, [("第一网格", 1, 1, 3), ("第二网格", 3, 6, 3), ("第四网格", 0, 0, 0)]);
    assert_eq!((grids.total.households, grids.total.members, grids.total.open_cases), (4, 3, 6));
}

#[test]
fn a_few_keys_find_it() {
    let village = village();
    let index = SearchIndex::build(&village);
    let check = |text: &str, expected: &[&str]| {
        let titles: Vec<_> = index.find(text, 10).into_iter().map(|hit| hit.title).collect();
        assert_eq!(titles, expected, "{text}");
    };
    check("whl", &["王海林", "魏红丽", "吴惠玲"]);
    check("WangHaiLin", &["王海林"]);
    check("wanghl", &["王海林"]);
    check("王", &["王海林", "王小宝"]);
    check("海林", &["王海林"]);
    check("hl", &["王海林", "魏红丽", "吴惠玲"]);
    check("sxy", &["单秀英"]);
    check("danxiuying", &["单秀英"]);
    check("zgh", &["曾国华"]);
    check("lvq", &["吕强"]);
    check("luqiang", &["吕强"]);
    check("2-017", &["王海林"]);
    check("2017", &["王海林"]);
    check("17", &["王海林"]);
    check("0925", &["0925 二组路灯不亮"]);
    check("926", &["0926 门前排水沟淤堵"]);
    check("路灯", &["0925 二组路灯不亮"]);
    check("zjd", &["0927 宅基地边界纠纷"]);
    check("", &[]);
    check("xyz", &[]);
    let hit = &index.find("sxy", 1)[0];
    assert_eq!(hit.kind, HitKind::Person(PersonId::from_raw(21), WANG));
    assert_eq!(hit.detail, "王海林 户 · 2-017 · 第二网格");
}

#[test]
fn households_are_found_in_the_hall() {
    let village = village();
    let index = SearchIndex::build(&village);
    let find = |text, limit| {
        let hits = index.find_households(text, limit, |person| person != PersonId::from_raw(22)).into_iter();
        let words = hits.map(|hit| match hit.other {
            Some((_, name)) => format!("{} {} {name}", hit.head, hit.number),
            None => format!("{} {}", hit.head, hit.number),
        });
        words.collect::<Vec<_>>()
    };
    assert_eq!(find("whl", 9), ["王海林 2-017", "魏红丽 1-088", "吴惠玲 4-052"]);
    assert_eq!(find("whl", 1), ["王海林 2-017"]);
    assert_eq!(find("sxy", 9), ["王海林 2-017 单秀英"], "somebody else who lives there");
    assert_eq!(find("单秀英", 9), ["王海林 2-017 单秀英"]);
    assert_eq!(find("王", 9), ["王海林 2-017"], "a household stands in the list once");
    assert_eq!(find("wxb", 9), Vec::<String>::new(), "who does not count");
    assert_eq!(find("", 9), Vec::<String>::new());
    assert_eq!(find("2", 9), ["王海林 2-017", "吕强 2-101", "吴惠玲 4-052"]);
    assert_eq!(find("52", 9), ["吴惠玲 4-052"]);
    assert_eq!(find("17", 9), ["王海林 2-017"]);
}

#[test]
fn the_shelf_and_the_list_that_people_sign() {
    let village = village();
    let rows = shelf(&village, THIRD_QUARTER);
    let figures: Vec<_> = rows.iter().map(|row| (row.stock, row.issued)).collect();
    assert_eq!(figures, [(Some(24), 1), (Some(5), 0), (None, 0)]);
    assert_eq!(rows[0].price_yuan, "12.50 元");
    let day = redemption_day(&village, september(20));
    assert_eq!((day.quarter.as_str(), day.households_today, day.points_today), ("2025年第三季度", 1, 20));
    let undoable = day.last_undoable.expect("one");
    assert_eq!((undoable.id, undoable.name.as_str(), undoable.points), (RedemptionId::from_raw(1), "魏红丽户", 20));
    let later = redemption_day(&village, TODAY);
    assert_eq!((later.households_today, later.households_quarter, later.last_undoable), (0, 1, None));
    let list = signature_list(&village, Span::Quarter(THIRD_QUARTER));
    assert_eq!((list.rows.len(), list.households, list.points, list.goods[0].quantity), (1, 1, 20, 1));
    let row = &list.rows[0];
    assert_eq!((row.n, row.number.as_str(), row.proxy.as_str(), row.day.as_str()), (1, "1-088", "儿子", "9月20日"));
}

#[test]
fn thousands_are_grouped() {
    for (number, expected) in
        [(0, "0"), (999, "999"), (1000, "1,000"), (100_000, "100,000"), (-1_234_567, "−1,234,567")]
    {
        assert_eq!(thousands(number), expected);
    }
}
