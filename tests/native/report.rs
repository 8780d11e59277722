//! Read models against a small village whose figures are counted by hand.

use jiff::civil::{Date, date};

use cunzhi::domain::calendar::{Moment, Month, Quarter};
use cunzhi::domain::case::clock::{Limit, Target};
use cunzhi::domain::case::record::{Errand, Handling, Happening, Opening, Rating, Risk, Source, Topic};
use cunzhi::domain::case::step::Act;
use cunzhi::domain::event::{Event, PostedLine};
use cunzhi::domain::id::{
    ActivityId, CaseId, Counters, DeviceId, EntryId, GoodsId, GridId, HouseholdId, NoteId, PersonId, RedemptionId,
};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::{Ledger, RuleVersion};
use cunzhi::domain::points::shelf::{BasketLine, Delivery, Goods, StockSource};
use cunzhi::domain::points::suggested;
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::village::Village;
use cunzhi::report::case_detail::case_detail;
use cunzhi::report::case_list::{CaseFilter, HandlingKind, case_list};
use cunzhi::report::cases_by_month::cases_by_month;
use cunzhi::report::overview::{TodoTarget, overview};
use cunzhi::report::passbook::passbook;
use cunzhi::report::people_list::{grid_list, household_detail, household_list, member_list};
use cunzhi::report::ranking::{Place, place_in_grid, ranking};
use cunzhi::report::rule_sheet::rule_sheet;
use cunzhi::report::search::{HitKind, SearchIndex};
use cunzhi::report::shelf_list::{redemption_day, shelf, signature_list};
use cunzhi::report::tag::{Tone, thousands};

const TODAY: Date = date(2025, 9, 26);
const THIRD_QUARTER: Quarter = Quarter { year: 2025, quarter: 3 };

/// Households by the order in which they came.
const WEI: HouseholdId = HouseholdId::from_raw(1);
const WANG: HouseholdId = HouseholdId::from_raw(2);
const WU: HouseholdId = HouseholdId::from_raw(3);
const LI: HouseholdId = HouseholdId::from_raw(4);

/// A village that is built event by event.
#[derive(Default)]
struct Builder {
    village: Village,
    last_note: u64,
    last_entry: u64,
}

impl Builder {
    fn on(&mut self, day: Date, event: &Event) {
        assert_eq!(self.village.apply(Moment::at(day, 9, 0), event), Ok(()));
    }

    fn text(&mut self, owner: impl Into<Owner>, field: Field, text: &str) {
        self.village.register.set(owner.into(), FieldValue { field, clock: Clock(1), text: Some(text.to_owned()) });
    }

    fn note(&mut self, text: &str) -> NoteId {
        self.last_note += 1;
        let id = NoteId::from_raw(self.last_note);
        self.text(id, Field::Text, text);
        id
    }

    fn household(&mut self, household: HouseholdId, number: &str, grid: u64, names: &[&str]) {
        let grid = Some(GridId::from_raw(grid));
        let event = Event::HouseholdAdded { household, number: number.to_owned(), grid, group: "一组".to_owned() };
        self.on(TODAY, &event);
        for (name, n) in names.iter().zip(0..) {
            let person = PersonId::from_raw(household.raw() * 10 + n);
            self.on(TODAY, &Event::PersonAdded { person, household });
            self.text(person, Field::Name, name);
        }
    }

    fn member(&mut self, person: u64, kind: MemberType, points: i32) {
        let person = PersonId::from_raw(person);
        self.on(TODAY, &Event::MemberTyped { person, kind, from: date(2025, 1, 1) });
        let line = self.line(Account::Member(person), points);
        self.on(TODAY, &Event::OpeningPosted { date: date(2025, 1, 1), lines: vec![line] });
    }

    fn line(&mut self, account: Account, points: i32) -> PostedLine {
        self.last_entry += 1;
        PostedLine { entry: EntryId::from_raw(self.last_entry), account, quantity: 1, points }
    }

    /// Posts points under the `nth` item of the suggested rule book.
    fn post(&mut self, account: Account, day: Date, nth: usize, points: i32, quantity: u32) -> EntryId {
        let item = self.village.rules.version(RuleVersion(1)).expect("rule book").items[nth].id;
        let line = PostedLine { quantity, ..self.line(account, points) };
        let (activity, version) = (ActivityId::from_raw(line.entry.raw()), RuleVersion(1));
        let note = Some(self.note("村东路沿"));
        self.on(day, &Event::PointsPosted { activity, item, version, date: day, note, lines: vec![line] });
        line.entry
    }

    fn reverse(&mut self, original: EntryId, day: Date, reason: &str) {
        self.last_entry += 1;
        let (entry, note) = (EntryId::from_raw(self.last_entry), self.note(reason));
        self.on(day, &Event::EntryReversed { entry, original, date: day, note });
    }

    fn case(&mut self, id: u64, title: &str, grid: u64, received: Date, risk: Option<Risk>) {
        let opening = Opening {
            id: CaseId::from_raw(id),
            number: u32::try_from(id).expect("small") + 924,
            source: Source::Visit,
            grid: Some(GridId::from_raw(grid)),
            reporter: None,
            topic: if risk.is_some() { Topic::Dispute } else { Topic::Infrastructure },
            errand: Errand::Help,
            risk,
            received: Moment::at(received, 16, 0),
        };
        self.on(received, &Event::CaseOpened(opening));
        self.text(opening.id, Field::Title, title);
        self.then(id, received, &[Happening::Reported]);
    }

    fn then(&mut self, id: u64, day: Date, happenings: &[Happening]) {
        for happening in happenings {
            self.on(day, &Event::CaseMoved { case: CaseId::from_raw(id), happening: *happening });
        }
    }
}

const fn september(day: i8) -> Date {
    date(2025, 9, day)
}

const fn within(days: u16) -> Happening {
    Happening::Assigned(Handling::TimeLimited(Limit::days(days, Target::Closed)))
}

const fn answered(resolved: Option<bool>) -> Happening {
    Happening::Answered { note: None, resolved }
}

fn village() -> Village {
    let mut b = Builder::default();
    for (number, name) in [(1, "第一网格"), (2, "第二网格"), (4, "第四网格")] {
        let grid = GridId::from_raw(u64::from(number));
        b.on(TODAY, &Event::GridAdded { grid, number, name: name.to_owned() });
    }
    let book = suggested::rule_book(date(2025, 1, 1), &mut Counters::default(), DeviceId(1));
    b.on(TODAY, &Event::RuleBookAdopted(book));
    b.household(WEI, "1-088", 1, &["魏红丽"]);
    b.household(WANG, "2-017", 2, &["王海林", "单秀英", "王小宝"]);
    b.household(WU, "4-052", 2, &["吴惠玲", "曾国华"]);
    b.household(LI, "2-101", 2, &["吕强"]);
    b.text(PersonId::from_raw(22), Field::Birth, "2015-09-27");
    b.member(21, MemberType::Linked, 60);
    b.member(30, MemberType::Linked, 60);
    b.member(31, MemberType::Migrant, 60);
    points(&mut b);
    goods(&mut b);
    cases(&mut b);
    b.village
}

fn points(b: &mut Builder) {
    let [wei, wang, wu, li] = [WEI, WANG, WU, LI].map(Account::Household);
    // The regression anchor: 8 × 5 + 10 = 50, with one mistake that was taken back.
    for day in [date(2025, 8, 1), date(2025, 8, 8), date(2025, 8, 15)] {
        b.post(wang, day, 0, 5, 1);
    }
    let mistake = b.post(wang, date(2025, 8, 16), 3, 4, 2);
    b.reverse(mistake, date(2025, 8, 22), "误登他户");
    // Recorded late, and still in its place by date.
    for day in [september(26), september(12), september(19), september(5), date(2025, 8, 29)] {
        b.post(wang, day, 0, 5, 1);
    }
    b.post(wang, september(24), 1, 10, 1);
    b.post(wei, date(2025, 6, 10), 0, 30, 1);
    b.post(wu, september(1), 0, 50, 1);
    b.post(li, september(2), 1, 10, 1);
    b.post(li, september(3), 17, -5, 1);
    b.post(Account::Member(PersonId::from_raw(30)), september(3), 27, 1, 1);
}

fn goods(b: &mut Builder) {
    for (id, name, price_points, stock) in [(1, "洗衣液 2 kg", 20, 25), (2, "食盐 400 g", 5, 5), (3, "代办一次", 2, 0)]
    {
        let (id, is_service) = (GoodsId::from_raw(id), stock == 0);
        let goods =
            Goods { id, name: name.to_owned(), unit: "瓶".to_owned(), price_points, price_cents: 1250, is_service };
        b.on(september(1), &Event::GoodsAdded(goods));
        if !is_service {
            let source = StockSource::Collective;
            let delivery = Delivery { goods: id, quantity: stock, source, date: september(1) };
            b.on(september(1), &Event::StockReceived(delivery));
        }
    }
    let proxy = Some(b.note("儿子"));
    for (id, household) in [(1, WEI), (2, LI)] {
        let lines = vec![BasketLine { goods: GoodsId::from_raw(1), quantity: 1, price_points: 20 }];
        let (redemption, account) = (RedemptionId::from_raw(id), Account::Household(household));
        b.on(september(20), &Event::Redeemed { redemption, account, lines, proxy });
    }
    b.on(september(20), &Event::RedemptionUndone { redemption: RedemptionId::from_raw(2) });
}

fn cases(b: &mut Builder) {
    b.case(1, "二组路灯不亮", 2, september(21), None);
    b.then(1, september(21), &[within(3), Happening::Started]);
    b.case(2, "门前排水沟淤堵", 1, september(24), None);
    b.then(2, september(24), &[within(3)]);
    b.case(3, "宅基地边界纠纷", 1, september(23), Some(Risk::Red));
    b.then(3, september(23), &[within(7)]);
    b.case(4, "高龄补贴认证", 1, september(25), None);
    b.case(5, "屋顶漏水", 2, september(20), None);
    b.then(5, september(20), &[Happening::Assigned(Handling::Immediate), Happening::Started]);
    b.then(5, september(21), &[answered(None)]);
    b.case(6, "申请修建机井", 2, september(10), None);
    let to = b.note("镇水利站");
    b.then(6, september(10), &[Happening::Assigned(Handling::Escalated { to, follow_up: september(26) })]);
    b.case(7, "邻里排水争执", 2, date(2025, 8, 1), Some(Risk::Blue));
    let now = Happening::Assigned(Handling::Immediate);
    b.then(7, date(2025, 8, 1), &[now, Happening::Started, answered(Some(false))]);
    b.then(7, date(2025, 8, 2), &[Happening::Rated(Rating::Dissatisfied, None), now, Happening::Started]);
    b.then(
        7,
        date(2025, 8, 5),
        &[answered(Some(true)), Happening::Rated(Rating::Satisfied, None), Happening::Archived],
    );
    b.case(8, "广场地砖松动", 2, september(1), None);
    let reason = b.note("等材料");
    b.then(8, september(2), &[within(3), Happening::Suspended(reason)]);
}

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
        ("红", "宅基地边界纠纷", "限时办 · 第一网格", "办理"),
        ("待交办", "高龄补贴认证", "9月25日受理 · 第一网格", "交办"),
        ("待评价", "屋顶漏水", "9月21日办结 · 第二网格", "评价"),
        ("回访 09-26", "申请修建机井", "上报办 · 第二网格", "回访"),
        ("库存低", "食盐 400 g 只剩 5 瓶", "不多于 5 瓶就提醒", "入库"),
        ("该保存", "保存文件是 8 天前的", "有 3 笔还没有存进文件", "保存"),
    ];
    assert_eq!(todos.collect::<Vec<_>>(), expected);
    assert_eq!(overview.todo_total, 8);
    assert_eq!(overview.todos[0].target, TodoTarget::Case(CaseId::from_raw(1)));
    assert_eq!(overview.todos[2].tag.tone, Tone::Red);
}

#[test]
fn a_save_file_gets_old_by_days_or_by_acts() {
    let check = |last_save: Option<Moment>, acts, expected: bool| {
        let overview = overview(&Village::default(), TODAY, last_save, acts);
        assert_eq!(overview.todos.iter().any(|todo| todo.target == TodoTarget::Save), expected, "{last_save:?} {acts}");
    };
    check(None, 0, true);
    check(Some(Moment::at(september(19), 8, 0)), 49, false);
    check(Some(Moment::at(september(18), 8, 0)), 0, true);
    check(Some(Moment::at(TODAY, 8, 0)), 50, true);
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
    assert_eq!((detail.reporter.as_str(), detail.summary.as_str()), ("匿名", "限时办 · 第二网格 · 超期 2 天"));
    assert!(detail.allowed.contains(&Act::Answer) && !detail.allowed.contains(&Act::Archive));
    let items = |id| {
        let detail = case_detail(&village, CaseId::from_raw(id), TODAY).expect("known");
        detail.timeline.into_iter().map(|item| format!("{}|{}", item.title, item.detail)).collect::<Vec<_>>()
    };
    let expected = ["发现 · 上报|9月21日 走访,第二网格", "交办 限时办|9月21日,时限 3日办结", "开始办理|9月21日"];
    assert_eq!(items(1), expected);
    assert_eq!(items(6)[1], "交办 上报办|9月10日,上报给镇水利站,9月26日回访");
    assert_eq!(items(8)[2], "挂起|9月2日,等材料");
    assert_eq!(items(7)[3], "办结反馈 — 未化解|8月1日");
    assert_eq!(items(7)[4], "评价 不满意 — 退回重新交办|8月2日");
    assert_eq!(items(7)[5], "重新交办 立即办|8月2日,时限 1日办结");
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
        let rows = ranking(&village, ledger, THIRD_QUARTER, grid);
        rows.into_iter().map(|row| format!("{} {} {}", row.name, row.score, row.place.words())).collect::<Vec<_>>()
    };
    let expected = ["王海林 50 1 / 4", "吴惠玲 50 1 / 4", "吕强 5 3 / 4", "魏红丽 0 4 / 4"];
    assert_eq!(places(Ledger::Villager, None), expected);
    assert_eq!(places(Ledger::Villager, Some(GridId::from_raw(1))), ["魏红丽 0 1 / 1"]);
    assert_eq!(places(Ledger::Member, None), ["吴惠玲 1 1 / 2", "单秀英 0 2 / 2", "曾国华 0 1 / 1"]);
    let rows = ranking(&village, Ledger::Villager, THIRD_QUARTER, None);
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
    assert_eq!(line(6), "8月22日 冲正 更正 8月16日 误登他户 −4 false");
    assert_eq!(line(7), "8月16日 志愿服务 2 小时,村东路沿 +4 false");
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
    assert_eq!((sheet.label.as_str(), sheet.effective.as_str()), ("2025-1", "2025年1月1日起施行"));
    let first = &sheet.groups[0];
    assert_eq!((first.category, first.plus.len(), first.minus.len()), ("环境卫生", 3, 4));
    assert_eq!((first.plus[0].score.as_str(), first.plus[0].caps.as_str()), ("+5/次", "每日1次"));
    let members = rule_sheet(&village, Ledger::Member, TODAY).expect("in force");
    let all: Vec<_> =
        members.groups.iter().flat_map(|group| &group.plus).map(|row| row.member_types.as_str()).collect();
    assert!(all.contains(&"联户党员") && all.contains(&"全体党员"));
    assert!(rule_sheet(&village, Ledger::Villager, date(2024, 12, 31)).is_none());
}

#[test]
fn people_and_grids_are_counted_once() {
    let village = village();
    let list = household_list(&village, Some(GridId::from_raw(2)), "");
    assert_eq!((list.rows.len(), list.people, list.members, list.balance), (3, 6, 3, 105));
    for (text, expected) in [("2017", "2-017"), ("shan", "2-017"), ("曾", "4-052"), ("wuhl", "4-052")] {
        let found = household_list(&village, None, text);
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
        let hits = index.find_households(text, limit).into_iter();
        hits.map(|hit| format!("{} {}", hit.head, hit.number)).collect::<Vec<_>>()
    };
    assert_eq!(find("whl", 9), ["王海林 2-017", "魏红丽 1-088", "吴惠玲 4-052"]);
    assert_eq!(find("whl", 1), ["王海林 2-017"]);
    assert_eq!(find("sxy", 9), Vec::<String>::new());
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
    assert_eq!((undoable.id, undoable.name.as_str(), undoable.points), (RedemptionId::from_raw(1), "魏红丽", 20));
    let later = redemption_day(&village, TODAY);
    assert_eq!((later.households_today, later.households_quarter, later.last_undoable), (0, 1, None));
    let list = signature_list(&village, THIRD_QUARTER);
    assert_eq!((list.rows.len(), list.households, list.points, list.goods[0].quantity), (1, 1, 20, 1));
    let row = &list.rows[0];
    assert_eq!((row.n, row.number.as_str(), row.proxy.as_str(), row.day.as_str()), (1, "1-088", "儿子", "9月20日"));
}

#[test]
fn thousands_are_grouped() {
    for (number, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (14160, "14,160"), (-1_234_567, "−1,234,567")]
    {
        assert_eq!(thousands(number), expected);
    }
}
