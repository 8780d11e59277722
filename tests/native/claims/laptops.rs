//! Two laptops with the same claims: decided on both, or in a month that the
//! other one closed.

use cunzhi::domain::calendar::Moment;
use cunzhi::domain::check::findings;
use cunzhi::domain::command::{Command, NewActivity, NewClaims, Verdict};
use cunzhi::domain::id::{ClaimId, ItemId};
use cunzhi::domain::points::claim::ClaimState;
use cunzhi::domain::points::close::CloseMonth;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::staff::Standing;
use cunzhi::report::conflicts::{Way, conflicts};
use jiff::civil::date;

use super::super::laptops::Desk;
use super::super::support::TODAY;
use super::{Month, approve, send_back};

fn first_item(desk: &Desk) -> ItemId {
    desk.village().rules.in_force(TODAY).and_then(|book| book.items.first()).expect("an item").id
}

fn homes(desk: &Desk) -> [Account; 2] {
    let mut homes = desk.village().people.households.iter().map(|home| Account::Household(home.id));
    [homes.next().expect("a household"), homes.next().expect("another")]
}

fn file(desk: &mut Desk, accounts: &[Account]) -> Vec<ClaimId> {
    let lines = accounts.iter().map(|account| (*account, 1)).collect();
    let new = NewClaims { item: first_item(desk), date: TODAY, note: String::new(), lines, by: None };
    desk.act(Command::FileClaims(new)).expect("in order");
    let claims = desk.village().claims.iter().rev().take(accounts.len());
    let mut claims: Vec<_> = claims.map(|claim| claim.filed.id).collect();
    claims.reverse();
    claims
}

fn nothing_is_broken(desk: &Desk) {
    let broken: Vec<_> = findings(desk.village()).into_iter().flat_map(|finding| finding.sentences).collect();
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn a_claim_that_both_decided_counts_once() {
    let mut one = Desk::founded();
    let home = homes(&one)[0];
    let claims = file(&mut one, &[home]);
    let base = one.copy(21, 3_600_000);
    for first in [approve(&claims, None), send_back(&claims, "没有照片", None)] {
        for second in [approve(&claims, None), send_back(&claims, "没有照片", None)] {
            let (mut one, mut two) = (one.copy(22, 0), base.copy(23, 7_200_000));
            one.act(first.clone()).expect("in order");
            two.act(second.clone()).expect("two does not know of it");
            let both = one.merged(&two);
            assert_eq!(both.picture(), two.merged(&one).picture());
            let points = if matches!(one.village().claims.get(claims[0]).expect("known").state, ClaimState::Approved(_))
            {
                5
            } else {
                0
            };
            assert_eq!(
                (both.village().balance(home), both.village().entries.of(home).count()),
                (points, usize::from(points > 0))
            );
            let rows = conflicts(both.village());
            assert_eq!((rows.len(), rows[0].title.as_str()), (1, "1-001 张三 9月26日 环境整治 的申报"), "{rows:?}");
            let told = rows[0].detail.strip_prefix("两台电脑都审了这条申报。先审的算数:").expect("what counts");
            let is_approval =
                |command: &Command| matches!(command, Command::DecideClaims { verdict: Verdict::Approve { .. }, .. });
            let expected = match (is_approval(&first), is_approval(&second)) {
                (true, true) => "通过(+5 分);后审的是通过(+5 分)。两边审得一样,只算一次。",
                (true, false) => "通过(+5 分);后审的是退回(没有照片)。要按退回算,请在存折里冲正这一笔。",
                (false, true) => "退回(没有照片);后审的是通过(+5 分)。要按通过算,请重新登记申报,再审一次。",
                (false, false) => "退回(没有照片);后审的是退回(没有照片)。两边审得一样,只算一次。",
            };
            assert_eq!(told, expected);
            nothing_is_broken(&both);
        }
    }
}

#[test]
fn an_approval_in_a_month_that_the_other_closed_is_taken_into_the_open_one_or_not_at_all() {
    let october = date(2025, 10, 9);
    for (label, balance) in [("改记到今天", 5), ("不计入", 0)] {
        let mut one = Desk::founded();
        let [home, other] = homes(&one);
        let (item, note) = (first_item(&one), String::new());
        let activity = NewActivity { item, date: TODAY, note, lines: vec![(home, 1)], points_each: None };
        one.act(Command::RecordActivity(activity)).expect("in order");
        let mut two = one.copy(21, 0);
        let claims = file(&mut two, &[other]);
        one.clock = Moment::at(october, 9, 0);
        two.clock = Moment::at(october, 11, 0);
        let month = Month { year: 2025, month: 9 };
        let close = CloseMonth { ledger: Ledger::Villager, month, notice_days: 3, objection_days: 7 };
        one.act(Command::CloseMonth(close)).expect("one knows of no claim");
        two.act(approve(&claims, None)).expect("two knows of no closing");
        let mut both = one.merged(&two);
        assert_eq!(both.picture(), two.merged(&one).picture());
        assert_eq!(both.village().balance(other), 0);
        let rows = conflicts(both.village());
        assert_eq!((rows.len(), rows[0].kind), (1, "积分"), "{rows:?}");
        assert!(rows[0].title == "1-002 周五 9月26日 环境整治 的申报", "{}", rows[0].title);
        let way = rows[0].ways.iter().find_map(|way| match way {
            Way::Press(found, settlement) if *found == label => Some(settlement.clone()),
            _ => None,
        });
        both.act(Command::Settle(way.expect("offered"))).expect("in order");
        assert_eq!((both.village().balance(other), conflicts(both.village()).len()), (balance, 0), "{label}");
        let entry = both.village().entries.of(other).next();
        assert_eq!(entry.map(|entry| entry.date), (balance > 0).then_some(october));
        nothing_is_broken(&both);
        assert_eq!(two.merged(&both).picture(), both.picture());
    }
}

#[test]
fn somebody_named_on_both_laptops_is_one_person() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    let name = |desk: &mut Desk, name: &str| {
        let name = name.to_owned();
        desk.act(Command::NameStaff { staff: None, name, standing: Standing::Active }).expect("in order");
        desk.village().staff.active().last().expect("just named").id
    };
    let (here, there) = (name(&mut one, "李会计"), name(&mut two, "李会计"));
    let mut both = one.merged(&two);
    assert!(!both.village().takes_two(), "one name is one person");
    let other = name(&mut both, "王主任");
    assert!(both.village().takes_two());
    let lines = vec![(homes(&both)[0], 1)];
    let new = NewClaims { item: first_item(&both), date: TODAY, note: String::new(), lines, by: Some(here) };
    both.act(Command::FileClaims(new)).expect("in order");
    let claims = [both.village().claims.iter().next_back().expect("just filed").filed.id];
    let refused = both.act(approve(&claims, Some(there))).expect_err("by the same person");
    assert_eq!(refused.to_string(), "其中 1 条是李会计自己登记的,要由另一个人来审。请换经手人,或取消勾选。");
    both.act(approve(&claims, Some(other))).expect("by another person");
}
