//! 退还: what was redeemed on an earlier day is handed back. The day and the month
//! of the redemption stay as they were; points and goods come back today.

use cunzhi::domain::calendar::{Moment, Month, Quarter, add_days};
use cunzhi::domain::command::Command;
use cunzhi::domain::id::{GoodsId, RedemptionId};
use cunzhi::domain::points::close::month_tally;
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::redemption_day::NewDayClosing;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::shelf::GoodsTerms;
use cunzhi::domain::points::statement::statement;
use cunzhi::domain::points::sums::{account_sums, all_account_sums};
use cunzhi::report::conflicts::conflicts;
use cunzhi::report::month_close::month_sheet;
use cunzhi::report::notice::{Masking, notice, notice_subjects};
use cunzhi::report::passbook::passbook;
use cunzhi::report::passbook_filter::{LineFilter, Period};
use cunzhi::report::points_year::{PeriodRow, points_year};
use cunzhi::report::ranking::ranking;
use cunzhi::report::reversal::return_preview;
use cunzhi::report::stock_ledger::stock_ledger;
use cunzhi::report::units::Within;
use jiff::civil::{Date, date};

use super::checks::found;
use super::laptops::Desk;
use super::oversight::{close, raise};
use super::support::{TODAY, Town, sentence};

const DONE: &str = "没有拒绝";
const SEPTEMBER: Month = Month { year: 2025, month: 9 };
const OCTOBER: Date = date(2025, 10, 9);

fn back(redemption: RedemptionId) -> Command {
    Command::ReturnRedemption { redemption, reason: "过了保质期".to_owned() }
}

/// 100 points, soap for 20 (stock 10) and a haircut for 5; two of one and one of the
/// other are redeemed.
fn town() -> (Town, Account, GoodsId, RedemptionId) {
    let mut town = Town::small();
    let home = town.household("1-001");
    town.record(TODAY, "治安巡逻、防汛值守", home, 20).expect("100 points");
    let soap = town.add_goods("洗衣液 2 kg", 20, 10);
    let cut = cunzhi::domain::command::NewGoods { is_service: true, ..super::support::goods("理发", 5, 0) };
    town.must(TODAY, Command::AddGoods(cut));
    let cut = town.village.shelf.goods.iter().last().expect("the service").id;
    let basket = vec![(soap, 2), (cut, 1)];
    town.must(TODAY, Command::Redeem { account: home, basket, proxy: String::new() });
    let redemption = town.village.shelf.redemptions().last().expect("one").id;
    (town, home, soap, redemption)
}

/// The same with the day closed, and the month.
fn closed() -> (Town, Account, GoodsId, RedemptionId) {
    let (mut town, home, soap, redemption) = town();
    let new = NewDayClosing { day: TODAY, on_paper: 45, counted: vec![(soap, 8)], note: String::new() };
    town.must(TODAY, Command::CloseDay(new));
    town.must(date(2025, 10, 1), close(Ledger::Villager, SEPTEMBER));
    (town, home, soap, redemption)
}

#[test]
fn what_is_handed_back_after_the_month_was_closed_comes_back_today() {
    let (mut town, home, soap, redemption) = closed();
    let day = |town: &Town| {
        let points = town.village.day_points(TODAY).expect("a day");
        (points.opening, points.redeemed, town.village.shelf.days.closing(TODAY).cloned())
    };
    let closed = day(&town);
    let stock = town.village.day_goods(TODAY);
    let tally = month_tally(&town.village, Ledger::Villager, SEPTEMBER);
    let before = statement(&town.village, home, SEPTEMBER);
    let preview = return_preview(&town.village, redemption, OCTOBER).expect("it can be");
    assert_eq!(preview.line, "9月26日 兑换 洗衣液 2 kg ×2、理发 ×1,45 分");
    let words = "这一行会保留,今天另记一行「退还」+45 分,物品回到库存,结余由 55 分变为 100 分。那一天的对账和月结公示过的都不变。坏了不能再发的,退还以后再盘点。";
    assert_eq!(preview.words, words);

    town.must(OCTOBER, back(redemption));
    assert_eq!((town.village.balance(home), town.village.shelf.stock(soap)), (100, 10));
    assert_eq!(found(&town.village), []);
    let village = &town.village;
    assert_eq!(day(&town), closed);
    assert_eq!(village.day_goods(TODAY), stock);
    assert_eq!(month_tally(village, Ledger::Villager, SEPTEMBER), tally);
    assert_eq!(statement(village, home, SEPTEMBER), before);
    let october = statement(village, home, Month::of(OCTOBER));
    assert_eq!((october.opening, october.redeemed, october.returned, october.closing()), (55, 0, 45, 100));
    assert!(october.deeds.is_empty(), "{october:?}");
    let entry = village.entries.of(home).last().expect("the entry");
    assert_eq!((entry.date, entry.points, entry.reason), (OCTOBER, 45, Reason::Returned(redemption)));

    let book = passbook(village, home, OCTOBER).expect("known");
    let last = &book.lines[0];
    assert_eq!(
        (last.item.as_str(), last.detail.as_str(), last.plus.as_deref(), last.balance),
        ("退还", "9月26日 兑换的 洗衣液 2 kg ×2、理发 ×1,过了保质期", Some("+45"), 100)
    );
    assert_eq!((last.can_reverse, last.can_dispute, last.takes_photos, last.returnable), (false, false, false, None));
    let words = LineFilter::default().of(&book.lines).words;
    assert_eq!(words, "共 3 条:加 100、扣 0、兑 45、退 45");
    let original = &book.lines[1];
    assert_eq!((original.item.as_str(), original.minus.as_deref(), original.returnable), ("兑换", Some("−45"), None));
    assert_eq!(original.mark.as_ref().map(|mark| mark.word.as_str()), Some("10月9日退还"));
    let moved: Vec<_> = stock_ledger(village, soap, OCTOBER).into_iter().map(|row| (row.what, row.change)).collect();
    let moved: Vec<_> = moved.iter().map(|(what, change)| (what.as_str(), change.as_str())).collect();
    assert_eq!(moved, [("退还 · 9月26日兑换的", "+2"), ("兑换", "−2"), ("入库 · 集体", "+10")]);
}

/// What was redeemed in a quarter, a month or the year stays so, and what was handed
/// back in it is a figure of its own, wherever they are told.
#[test]
fn a_quarter_counts_what_was_handed_back_in_it() {
    let (mut town, home, _, redemption) = closed();
    let quarter = Quarter::of(OCTOBER);
    town.must(OCTOBER, back(redemption));
    let sums = account_sums(&town.village, home, quarter);
    assert_eq!((sums.opening, sums.redeemed, sums.returned, sums.closing(), sums.balance), (55, 0, 45, 100, 100));
    assert_eq!(sums.score(), 0);
    assert_eq!(all_account_sums(&town.village, quarter).of(home), sums);
    let september = account_sums(&town.village, home, Quarter::of(TODAY));
    assert_eq!((september.redeemed, september.returned, september.closing()), (45, 0, 55));
    let rank = |quarter| {
        let found = ranking(&town.village, Ledger::Villager, quarter, Within::default(), 9);
        let row = found.rows.into_iter().find(|row| row.account == home).expect("listed");
        (row.redeemed, row.returned, row.balance)
    };
    assert_eq!([rank(Quarter::of(TODAY)), rank(quarter)], [(45, 0, 100), (0, 45, 100)]);
    let book = passbook(&town.village, home, OCTOBER).expect("known");
    assert_eq!((book.opening_quarter, book.redeemed_quarter, book.returned_quarter, book.balance), (55, 0, 45, 100));
    let fourth = LineFilter { period: Some(Period::Quarter(quarter)), ..LineFilter::default() };
    assert_eq!(fourth.of(&book.lines).words, "2025年第四季度,1 / 3 条:加 0、扣 0、兑 0、退 45");
    let grid = notice_subjects(&town.village, Ledger::Villager, Month::of(OCTOBER))[0].0;
    let sheet = |month| notice(&town.village, grid, month, Masking::Full, None).pages[0].rows[0][3..].to_vec();
    assert_eq!(sheet(SEPTEMBER), ["0", "100", "0", "45", "55", "治安巡逻、防汛值守 20 次"]);
    assert_eq!(sheet(Month::of(OCTOBER)), ["55", "0", "0", "0", "100", "退还 45 分"]);
    let tally = |month| month_sheet(&town.village, Ledger::Villager, month, OCTOBER).tally;
    assert_eq!(tally(SEPTEMBER), "1 条记录,合计 +100 分,兑换 45 分");
    assert_eq!(tally(Month::of(OCTOBER)), "1 条记录,合计 +45 分(含退还 45 分),兑换 0 分");
    let year = points_year(&town.village, Ledger::Villager, 2025, OCTOBER);
    let last = year.rows.last().expect("the year");
    let figures = |row: &PeriodRow| [&row.plus, &row.redeemed, &row.returned, &row.closing].map(String::clone);
    assert_eq!(figures(last), ["+100", "45", "45", "100"]);
    assert_eq!(figures(&year.rows[11]), ["+100", "45", "0", "55"], "the third quarter");
    assert_eq!(figures(&year.rows[12]), ["0", "0", "45", "100"], "October");
    assert!(year.has_returned && !points_year(&closed().0.village, Ledger::Villager, 2025, OCTOBER).has_returned);
}

#[test]
fn handing_back_leaves_room_under_the_limit_of_its_quarter() {
    let (mut town, home, soap, redemption) = town();
    let terms = town.village.shelf.terms(soap).expect("known");
    town.must(TODAY, Command::SetGoodsTerms(GoodsTerms { quarter_limit: Some(2), ..terms }));
    let next = add_days(TODAY, 1);
    let again = Command::Redeem { account: home, basket: vec![(soap, 2)], proxy: String::new() };
    assert_ne!(sentence(town.tell(next, again.clone())), DONE);
    town.must(next, back(redemption));
    assert_eq!(sentence(town.tell(next, again)), DONE);
    assert_eq!(found(&town.village), []);
}

#[test]
fn what_cannot_be_handed_back_is_said() {
    let (mut town, home, _, redemption) = town();
    let tell = |town: &mut Town, day, command| sentence(town.tell(day, command));
    let same_day = "这笔兑换是今天的,不用退还:请在兑换现场撤销,已经收场的请在「收场对账」里重新开场再撤销。";
    let next = add_days(TODAY, 1);
    let silent = Command::ReturnRedemption { redemption, reason: " ".to_owned() };
    for (day, command, expected) in [
        (next, back(RedemptionId::from_raw(99)), "找不到这笔兑换,请刷新后再试。"),
        (TODAY, back(redemption), same_day),
        (next, silent, "请填写退还的原因。"),
    ] {
        assert_eq!(tell(&mut town, day, command), expected);
    }
    let mut undone = town.clone();
    undone.must(TODAY, Command::UndoRedemption(redemption));
    assert_eq!(tell(&mut undone, next, back(redemption)), "这笔兑换已经撤销过了。");
    assert_eq!(return_preview(&undone.village, redemption, next), None);

    assert_eq!(tell(&mut town, next, back(redemption)), DONE);
    let entry = town.village.entries.of(home).last().expect("the entry").id;
    let once = "这笔兑换已经退还过了。";
    for (command, expected) in [
        (back(redemption), once),
        (Command::UndoRedemption(redemption), once),
        (Command::ReverseEntry { entry, reason: "又拿走了".to_owned() }, "退还不能冲正。东西又领走了的,请再兑换一次。"),
        (raise(entry, next), "退还的分不能提异议:东西退回来了,分就还给本人。有疑问请核对那天的库存流水。"),
    ] {
        assert_eq!(tell(&mut town, next, command), expected);
    }
    assert_eq!(found(&town.village), []);
}

/// A laptop with a redemption of the day of the tests, which is in October now.
fn desk() -> (Desk, Account, RedemptionId) {
    let mut desk = Desk::founded();
    let home = Account::Household(desk.village().people.households.iter().next().expect("one").id);
    let item = desk.village().rules.in_force(TODAY).and_then(|book| book.items.first()).expect("an item").id;
    let lines = vec![(home, 1)];
    let activity =
        cunzhi::domain::command::NewActivity { item, date: TODAY, note: String::new(), lines, points_each: None };
    desk.act(Command::RecordActivity(activity)).expect("five points");
    let goods = desk.village().shelf.goods.iter().next().expect("the goods").id;
    desk.act(Command::Redeem { account: home, basket: vec![(goods, 1)], proxy: String::new() }).expect("in order");
    let redemption = desk.village().shelf.redemptions().next().expect("one").id;
    let new = NewDayClosing { day: TODAY, on_paper: 5, counted: vec![(goods, 2)], note: String::new() };
    desk.act(Command::CloseDay(new)).expect("in order");
    desk.clock = Moment::at(OCTOBER, 9, 0);
    (desk, home, redemption)
}

/// What one of the laptops does.
type Deed<'a> = &'a dyn Fn(&mut Desk);

#[test]
fn two_laptops_give_it_back_once() {
    let (base, home, redemption) = desk();
    let goods = base.village().shelf.goods.iter().next().expect("the goods").id;
    let undo = |desk: &mut Desk| {
        desk.act(Command::ReopenDay { day: TODAY, reason: "记错".to_owned() }).expect("closed");
        desk.act(Command::UndoRedemption(redemption)).expect("reopened");
    };
    let hand_back = |desk: &mut Desk| desk.act(back(redemption)).expect("in order");
    let both_back = "两台电脑都退还了这笔兑换,积分和物品只退一次(10月9日 09:02)。";
    let late_undo = "另一台电脑先退还了这笔兑换,10月9日 09:03 记的撤销没有算进去,积分和物品只退一次。";
    let late_back = "另一台电脑先撤销了这笔兑换,10月9日 09:02 记的退还没有算进去,积分和物品只退一次。";
    let told: [(Deed<'_>, Deed<'_>, &str); 3] =
        [(&hand_back, &hand_back, both_back), (&hand_back, &undo, late_undo), (&undo, &hand_back, late_back)];
    for (first, second, expected) in told {
        let (mut one, mut two) = (base.copy(22, 0), base.copy(23, 60_000));
        first(&mut one);
        second(&mut two);
        let both = one.merged(&two);
        assert_eq!(both.picture(), two.merged(&one).picture());
        let rows: Vec<_> = conflicts(both.village()).into_iter().map(|row| (row.kind, row.title, row.detail)).collect();
        let title = "1-001 张三 9月26日 兑换 5 分".to_owned();
        assert_eq!(rows, [("兑换", title, expected.to_owned())]);
        assert_eq!((both.village().balance(home), both.village().shelf.stock(goods)), (5, 3));
    }
}

/// One closed October; the other, which does not know, had taken something back in it
/// and tells of it later.
#[test]
fn what_came_back_before_its_month_was_closed_counts_and_the_check_says_so() {
    let (base, home, redemption) = desk();
    let (mut one, mut two) = (base.copy(22, 0), base.copy(23, 0));
    two.act(back(redemption)).expect("in order");
    one.clock = Moment::at(date(2025, 11, 1), 9, 0);
    for month in [9, 10] {
        one.act(close(Ledger::Villager, Month { year: 2025, month })).expect("in order");
    }
    let both = one.merged(&two);
    assert_eq!((conflicts(both.village()), both.village().balance(home)), (Vec::new(), 5));
    let names: Vec<_> = found(both.village()).into_iter().map(|finding| finding.0).collect();
    assert_eq!(names, ["月结过的月份没有变动"]);
}
