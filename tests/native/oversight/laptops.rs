//! Two laptops, one of which closed a month, imposed a veto or decided an
//! objection that the other did not know of.

use cunzhi::domain::calendar::{Moment, add_days};
use cunzhi::domain::check::findings;
use cunzhi::domain::command::{Command, NewActivity, NewClaims, Verdict as ClaimVerdict};
use cunzhi::domain::points::dispute::Verdict;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::veto::VetoEffect;
use cunzhi::report::conflicts::{Way, conflicts};
use jiff::civil::{Date, date};

use super::super::laptops::Desk;
use super::super::support::TODAY;
use super::{SEPTEMBER, close, decide, impose, new_veto, raise, revoke};

fn cleaning(desk: &Desk, account: Account, day: Date) -> Command {
    let item = desk.village().rules.in_force(day).and_then(|book| book.items.first()).expect("an item").id;
    Command::RecordActivity(NewActivity {
        item,
        date: day,
        note: String::new(),
        lines: vec![(account, 1)],
        points_each: None,
    })
}

fn homes(desk: &Desk) -> [Account; 2] {
    let mut homes = desk.village().people.households.iter().map(|home| Account::Household(home.id));
    [homes.next().expect("a household"), homes.next().expect("another")]
}

/// Two laptops on 9 October; the first household has 5 points of September.
fn october() -> (Desk, Desk) {
    let mut one = Desk::founded();
    let home = homes(&one)[0];
    one.act(cleaning(&one, home, TODAY)).expect("in order");
    one.clock = Moment::at(date(2025, 10, 9), 9, 0);
    let two = one.copy(21, 3_600_000);
    (one, two)
}

fn broken(desk: &Desk) -> Vec<String> {
    findings(desk.village()).into_iter().flat_map(|finding| finding.sentences).collect()
}

#[test]
fn what_is_dated_in_a_closed_month_is_displaced_and_settled_either_way() {
    let (mut one, mut two) = october();
    let other = homes(&one)[1];
    one.act(close(Ledger::Villager, SEPTEMBER)).expect("in order");
    two.act(cleaning(&two, other, TODAY)).expect("two does not know of the closing");
    for (label, balance, day) in [("不计入", 0, None), ("改记到今天", 5, Some(date(2025, 10, 9)))] {
        let mut both = one.merged(&two);
        assert_eq!(both.picture(), two.merged(&one).picture());
        assert_eq!(both.village().balance(other), 0);
        let rows = conflicts(both.village());
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!((rows[0].kind, rows[0].title.as_str()), ("积分", "1-002 周五 9月26日 环境整治 +5 分"));
        assert!(rows[0].detail.contains("在已经月结的2025年9月里"), "{}", rows[0].detail);
        let way = rows[0].ways.iter().find_map(|way| match way {
            Way::Press(found, settlement) if *found == label => Some(settlement.clone()),
            _ => None,
        });
        both.act(Command::Settle(way.expect("offered"))).expect("in order");
        assert_eq!((both.village().balance(other), conflicts(both.village()).len()), (balance, 0), "{label}");
        let entry = both.village().entries.of(other).next();
        assert_eq!(entry.map(|entry| entry.date), day);
        // The next entry of that laptop gets a number of its own.
        both.act(cleaning(&both, homes(&both)[0], date(2025, 10, 9))).expect("in order");
        assert_eq!(broken(&both), Vec::<String>::new());
        // The other laptop takes the settlement with the next file.
        assert_eq!(two.merged(&both).picture(), both.picture());
    }
}

#[test]
fn what_was_recorded_before_the_closing_is_told_by_the_check() {
    let (mut one, mut two) = october();
    let other = homes(&one)[1];
    two.clock = Moment(two.clock.0 - 7_200_000);
    two.act(cleaning(&two, other, TODAY)).expect("in order");
    one.act(close(Ledger::Villager, SEPTEMBER)).expect("in order");
    let both = one.merged(&two);
    assert_eq!(both.village().balance(other), 5);
    let expected = "2025年9月群众积分月结时是 1 条、5 分、兑换 0 分,现在是 2 条、10 分、兑换 0 分:合并进来的是月结之前记的。请重新公示这个月。";
    assert_eq!(broken(&both), [expected]);
    assert_eq!(broken(&one), Vec::<String>::new());
}

#[test]
fn the_same_done_twice_counts_once() {
    type Acts = fn(&Desk) -> Command;
    let entry = |desk: &Desk| desk.village().entries.iter().last().expect("the entry").id;
    let prepare: [fn(&mut Desk); 3] = [
        |_| (),
        |desk| {
            let home = homes(desk)[0];
            desk.act(impose(new_veto(home, None, &[VetoEffect::NoAwards]))).expect("in order");
        },
        |desk| {
            let entry = desk.village().entries.of(homes(desk)[0]).last().expect("the entry").id;
            desk.act(raise(entry, desk.clock.date())).expect("in order");
        },
    ];
    let acts: [(Acts, &str, &str); 3] = [
        (|_| close(Ledger::Villager, SEPTEMBER), "2025年9月群众积分", "两台电脑都月结了这个月"),
        (
            |desk| revoke(desk.village().vetoes.iter().next().expect("the veto").imposed.veto, desk.clock.date()),
            "1-001 张三 一票否决的撤销",
            "先记的算数:10月9日 起撤销,文号「",
        ),
        (
            |desk| decide(desk.village().disputes.iter().next().expect("open").raised.entry, Verdict::Reverse),
            "1-001 张三 9月26日 环境整治 +5 分 的异议",
            "两边处理得一样,只算一次。",
        ),
    ];
    for (prepare, (act, title, detail)) in prepare.into_iter().zip(acts) {
        let mut one = Desk::founded();
        one.act(cleaning(&one, homes(&one)[0], TODAY)).expect("in order");
        let _entry = entry(&one);
        one.clock = Moment::at(date(2025, 10, 9), 9, 0);
        prepare(&mut one);
        let mut two = one.copy(21, 3_600_000);
        one.act(act(&one)).expect("in order");
        two.act(act(&two)).expect("in order");
        let both = one.merged(&two);
        assert_eq!(both.picture(), two.merged(&one).picture());
        let rows = conflicts(both.village());
        assert_eq!(rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), [title]);
        assert!(rows[0].detail.contains(detail), "{}", rows[0].detail);
        assert_eq!(broken(&both), Vec::<String>::new(), "{title}");
    }
}

#[test]
fn a_redemption_against_an_unknown_veto_stands_and_is_told() {
    let (mut one, mut two) = october();
    let home = homes(&one)[0];
    let soap = one.village().shelf.goods.iter().next().expect("goods").id;
    let mut new = new_veto(home, None, &[VetoEffect::NoRedemption]);
    new.from = add_days(date(2025, 10, 9), -1);
    one.act(impose(new)).expect("in order");
    two.act(Command::Redeem { account: home, basket: vec![(soap, 1)], proxy: String::new() }).expect("unknown there");
    let both = one.merged(&two);
    assert_eq!(both.village().balance(home), 0);
    assert_eq!(broken(&both), ["1-001 户 2025年10月9日 兑换 5 分时,另一台电脑已经登记停兑。"]);
}

#[test]
fn a_claim_approved_in_a_closed_month_can_be_taken_into_the_open_one() {
    let (mut one, _) = october();
    let other = homes(&one)[1];
    let item = one.village().rules.in_force(TODAY).and_then(|book| book.items.first()).expect("an item").id;
    let new = NewClaims { item, date: TODAY, note: String::new(), lines: vec![(other, 1)], by: None };
    let mut two = one.copy(21, 3_600_000);
    two.act(Command::FileClaims(new)).expect("in order");
    let claim = two.village().claims.iter().next().expect("a claim").filed.id;
    one.act(close(Ledger::Villager, SEPTEMBER)).expect("in order");
    let verdict = ClaimVerdict::Approve { points_each: Vec::new() };
    two.act(Command::DecideClaims { claims: vec![claim], verdict, by: None }).expect("two does not know");
    let mut both = one.merged(&two);
    assert_eq!(both.village().balance(other), 0);
    let rows = conflicts(both.village());
    let Way::Press("改记到今天", settlement) = rows[0].ways[0].clone() else { panic!("{rows:?}") };
    both.act(Command::Settle(settlement)).expect("in order");
    assert_eq!((both.village().balance(other), conflicts(both.village()).len()), (5, 0));
    assert_eq!(both.village().entries.of(other).next().map(|entry| entry.date), Some(date(2025, 10, 9)));
    assert_eq!(broken(&both), Vec::<String>::new());
}
