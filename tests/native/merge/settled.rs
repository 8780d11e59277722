//! What was settled stays settled: an accepted debt, and a redemption day whose
//! opening alone was corrected.

use cunzhi::domain::calendar::{Moment, add_days};
use cunzhi::domain::command::{Command, NewActivity, Settlement};
use cunzhi::domain::id::GoodsId;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::redemption_day::NewDayClosing;
use cunzhi::report::conflicts::conflicts;
use jiff::civil::Date;

use super::{Desk, cleaning, rows, settle};
use crate::checks::found;
use crate::support::{TODAY, source};

fn record(desk: &mut Desk, name: &str, account: Account, quantity: u32) {
    let date = desk.clock.date();
    let book = desk.village().rules.in_force(date).expect("a rule book");
    let item = book.items.iter().find(|item| item.name == name).expect("an item").id;
    let lines = vec![(account, quantity)];
    let new = NewActivity { item, date, note: String::new(), lines, points_each: None };
    desk.act(Command::RecordActivity(new)).expect("in order");
}

fn redeem(desk: &mut Desk, account: Account, quantity: u32) {
    let basket = vec![(soap(desk), quantity)];
    desk.act(Command::Redeem { account, basket, proxy: String::new() }).expect("in order");
}

fn soap(desk: &Desk) -> GoodsId {
    desk.village().shelf.goods.iter().next().expect("the goods").id
}

fn homes(desk: &Desk) -> Vec<Account> {
    desk.village().people.households.iter().map(|home| Account::Household(home.id)).collect()
}

/// Both redeem five of five points: five too many, which is accepted.
fn accepted() -> (Desk, Account) {
    let mut one = Desk::founded();
    let home = homes(&one)[0];
    let receive = Command::ReceiveStock { goods: soap(&one), quantity: 20, source: source() };
    one.act(receive).expect("in order");
    one.act(cleaning(&one, home)).expect("in order");
    let mut two = one.copy(21, 1_000);
    redeem(&mut one, home, 1);
    redeem(&mut two, home, 1);
    let mut both = one.merged(&two);
    let names: Vec<_> = found(both.village()).into_iter().map(|one| one.0).collect();
    assert_eq!(names, ["兑换没有超过当时的积分"]);
    let listed = rows(&both, "积分");
    settle(&mut both, &listed[0], "记为欠分");
    (both, home)
}

#[test]
fn an_accepted_debt_comes_back_only_for_what_is_beyond_it() {
    let (mut desk, home) = accepted();
    assert_eq!((conflicts(desk.village()), found(desk.village())), (vec![], vec![]), "it is settled");
    record(&mut desk, "乱倒垃圾", home, 1);
    assert_eq!((desk.village().balance(home), conflicts(desk.village()), found(desk.village())), (-10, vec![], vec![]));
    let refused = desk.act(Command::Settle(Settlement::AcceptDebt(home)));
    assert_eq!(refused.expect_err("nothing to accept").to_string(), "这个账户没有欠分,不用处理。");
    // Paid off and spent again on both: ten more than there is, five of them beyond what was accepted.
    record(&mut desk, "治安巡逻、防汛值守", home, 4);
    let (mut one, mut two) = (desk.copy(31, 0), desk.copy(32, 1_000));
    redeem(&mut one, home, 2);
    redeem(&mut two, home, 2);
    let mut both = one.merged(&two);
    let detail =
        "结余是 -10 分:以前记过欠 5 分,两台电脑后来兑换的合起来又比积分多 5 分。可以一起记为欠分,以后得分先抵。";
    let listed = rows(&both, "积分");
    assert_eq!(listed.iter().map(|row| row.detail.as_str()).collect::<Vec<_>>(), [detail]);
    assert_eq!(found(both.village()).len(), 1);
    settle(&mut both, &listed[0], "记为欠分");
    assert_eq!((conflicts(both.village()), found(both.village())), (vec![], vec![]));
    // Points that are added and taken back since then change nothing of it.
    record(&mut both, "志愿服务", home, 1);
    record(&mut both, "乱倒垃圾", home, 1);
    assert_eq!((both.village().balance(home), conflicts(both.village())), (-13, vec![]));
}

fn close(desk: &mut Desk, day: Date, on_paper: u32, counted: u32) {
    let (note, counted) = ("摔坏一瓶".to_owned(), vec![(soap(desk), counted)]);
    desk.act(Command::CloseDay(NewDayClosing { day, on_paper, counted, note })).expect("in order");
}

/// What the first laptop, or the second, does on the second day.
type Deed = fn(&mut Desk);

/// The first closes the first day with one bottle less than there should be; the
/// second, which does not know, holds the next day and closes it.
fn two_days(of_one: Deed, of_two: Deed) -> Desk {
    let next = add_days(TODAY, 1);
    let mut one = Desk::founded();
    for home in homes(&one) {
        one.act(cleaning(&one, home)).expect("in order");
    }
    let all = homes(&one);
    redeem(&mut one, all[0], 1);
    let mut two = one.copy(21, 0);
    one.clock = Moment::at(next, 8, 0);
    close(&mut one, TODAY, 5, 1);
    two.clock = Moment::at(next, 9, 0);
    redeem(&mut two, all[1], 1);
    one.clock = Moment::at(next, 10, 0);
    of_one(&mut one);
    two.clock = Moment::at(next, 11, 0);
    of_two(&mut two);
    two.clock = Moment::at(next, 18, 0);
    close(&mut two, next, 5, 1);
    one.merged(&two)
}

#[test]
fn a_closed_day_has_changed_where_its_own_goods_did_and_not_where_its_opening_did() {
    let nothing: Deed = |_| {};
    let count: Deed = |desk| {
        let counted = Settlement::CountStock { goods: soap(desk), counted: 1, note: "点过".to_owned() };
        desk.act(Command::Settle(counted)).expect("in order");
    };
    let receive: Deed = |desk| {
        let goods = soap(desk);
        desk.act(Command::ReceiveStock { goods, quantity: 5, source: source() }).expect("in order");
    };
    let spend: Deed = |desk| {
        let home = homes(desk)[2];
        redeem(desk, home, 1);
    };
    let less = "2025年9月27日收场对账时「洗衣液」少算了一笔进出:合并进来的是对账之前记的。请重新开场,再对一次账。";
    let more = "2025年9月27日收场对账时兑换了 5 分,现在是 10 分:合并进来的是对账之前记的。请重新开场,再对一次账。";
    for (name, of_one, of_two, expected) in [
        ("the opening", nothing, nothing, None),
        ("the opening, and it was counted", nothing, count, None),
        ("a delivery", receive, nothing, Some(less)),
        ("a delivery, which the count has come upon", receive, count, None),
        ("a redemption", spend, nothing, Some(more)),
    ] {
        let both = two_days(of_one, of_two);
        let sentences = found(both.village()).into_iter().filter(|one| one.0 == "收场对账过的兑换日没有变动");
        let sentences: Vec<String> = sentences.flat_map(|one| one.1).collect();
        assert_eq!(sentences, expected.map(str::to_owned).into_iter().collect::<Vec<_>>(), "{name}");
    }
}
