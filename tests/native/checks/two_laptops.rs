//! What one laptop would have refused and two could record together.

use cunzhi::domain::calendar::{Moment, add_days};
use cunzhi::domain::command::{Command, Context, NewActivity, Settlement};
use cunzhi::domain::conflict::Choice;
use cunzhi::domain::event::Event;
use cunzhi::domain::id::ActivityId;
use cunzhi::domain::points::entries::{Cause, Posting};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::redemption_day::NewDayClosing;
use cunzhi::domain::points::rule::{Ledger, RuleVersion};
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::shelf::{Delivery, GoodsTerms};
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::visits::VisitReward;
use jiff::civil::Date;

use super::super::laptops::Desk;
use super::super::oversight::close;
use super::super::support::{DEVICE, TODAY, Town, source};
use super::super::{rewards, visits};
use super::{OCTOBER, Wrong, apply, found, line, posted, redeemed, soap};

fn redeem(town: &mut Town) {
    let (account, basket) = (town.household("1-001"), vec![(soap(town), 1)]);
    town.must(TODAY, Command::Redeem { account, basket, proxy: String::new() });
}

/// What each laptop would have refused, had it known of the other.
pub const TOGETHER: &[Wrong] = &[
    (
        "合并的户没有另外改号",
        |town| {
            let home = |number: &str| town.village.people.household_by_number(number).expect("it").id;
            let [kept, gone] = ["1-001", "1-002"].map(home);
            apply(town, TODAY, &Event::HouseholdRenumbered { household: gone, number: "1-009".to_owned() });
            apply(town, TODAY, &Event::HouseholdsJoined { gone, kept, people: Vec::new() });
        },
        "一台电脑把两户并成了 1-001 户,另一台电脑当成两户,另一户是 1-009。现在算一户。",
    ),
    (
        "兑换没有超过每季、每天的限量",
        |town| {
            let terms = town.village.shelf.terms(soap(town)).expect("known");
            town.must(TODAY, Command::SetGoodsTerms(GoodsTerms { quarter_limit: Some(1), ..terms }));
            redeem(town);
            let event = redeemed(town, 1, 5);
            apply(town, TODAY, &event);
        },
        "1-001 户 2025年9月26日 的兑换超过了限量:「洗衣液」每户每季最多 1 瓶,这一季共兑了 2 瓶。请核实。",
    ),
    (
        "兑换没有超过每季、每天的限量",
        |town| {
            town.must(TODAY, Command::ChangeSettings(Settings { redeem_day_max: 5, ..town.village.settings }));
            redeem(town);
            let event = redeemed(town, 1, 5);
            apply(town, TODAY, &event);
        },
        "1-001 户 2025年9月26日 的兑换超过了限量:每天最多 5 分,这一天共兑了 10 分。请核实。",
    ),
    (
        "每年的年终只清零、结转一次",
        |town| {
            let home = town.household("1-001");
            for entry in [line(1, home, 0), line(2, home, 0)] {
                let posting =
                    Posting { cause: Cause::Carried(2025), date: jiff::civil::date(2025, 12, 31), note: None };
                town.village.entries.post(posting, &[entry], |_| true).expect("posted");
            }
        },
        "2025年群众积分的结转有 1 个账户记了两次:两台电脑各记了一次。请在「两台电脑的冲突」里处理。",
    ),
    (
        "收场对账过的兑换日没有变动",
        |town| {
            redeem(town);
            let counted = vec![(soap(town), 49)];
            let close = NewDayClosing { day: TODAY, on_paper: 5, counted, note: String::new() };
            let now = Moment::at(TODAY, 12, 0);
            let closed = town.village.decide(&Context { device: DEVICE, now }, Command::CloseDay(close));
            let delivery = Delivery { goods: soap(town), quantity: 10, source: source(), date: TODAY };
            apply(town, TODAY, &Event::StockReceived(delivery));
            closed.expect("in order").events.iter().for_each(|event| apply(town, TODAY, event));
        },
        "2025年9月26日收场对账时「洗衣液」少算了一笔进出:合并进来的是对账之前记的。请重新开场,再对一次账。",
    ),
    (
        "一件事项给同一户只记一次分",
        |town| {
            let case = rewards::answered(town, true);
            let command = rewards::reward(town, case);
            town.must(TODAY, command);
            let event = posted(town, 1, "调解邻里纠纷", 1, line(1, town.household("1-001"), 10));
            apply(town, TODAY, &event);
            apply(town, TODAY, &Event::EntryLinked { entry: line(1, town.household("1-001"), 10).entry, case });
        },
        "2025年 0001 号事项给 1-001 户记了 2 次分,共 20 分。请核实,多记的在存折里冲正。",
    ),
    (
        "一个月走访一户只记一次分",
        |town| {
            let first = visits::visited(town, TODAY, &["1-002"]);
            let second = visits::visited(town, add_days(TODAY, 1), &["1-002"]);
            town.must(TODAY, visits::reward(town, &first));
            let (activity, version) = (ActivityId::from_raw(1 << 30), RuleVersion(1));
            let (item, line) = (town.item("走访联系户"), line(1, town.member(MemberType::Linked), 1));
            let reward = VisitReward { visit: second[0], activity, item, version, line };
            apply(town, TODAY, &Event::VisitRewarded(reward));
        },
        "党员 李四 2025年9月走访 1-002 户记了 2 次分。请核实,多记的在存折里冲正。",
    ),
];

/// Both laptops record 环境整治, which counts once a day, for the first household.
fn twice(desks: [&mut Desk; 2]) -> Account {
    let [one, two] = desks;
    let home = Account::Household(one.village().people.households.iter().next().expect("a household").id);
    for desk in [one, two] {
        let item = desk.village().rules.iter().next().and_then(|book| book.items.first()).expect("环境整治").id;
        let (date, lines) = (desk.clock.date(), vec![(home, 1)]);
        let new = NewActivity { item, date, note: String::new(), lines, points_each: None };
        desk.act(Command::RecordActivity(new)).expect("each knows of one only");
    }
    home
}

#[test]
fn a_cap_that_two_laptops_break_is_found_and_mended_by_a_reversal() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 3_600_000);
    let home = twice([&mut one, &mut two]);
    let mut both = one.merged(&two);
    let expected = "1-001 户 2025年9月26日 的「环境整治」5 分超过了上限(每日 1 次)。请核实,多记的在存折里冲正。";
    assert_eq!(found(both.village()), [("每项得分没有超过上限", vec![expected.to_owned()])]);
    assert_eq!(found(two.merged(&one).village()), found(both.village()));
    let last = both.village().entries.of(home).last().expect("the second").id;
    both.act(Command::ReverseEntry { entry: last, reason: "记了两次".to_owned() }).expect("in order");
    assert_eq!(found(both.village()), []);
}

/// Whichever of the two was recorded first, and when one activity has both.
#[test]
fn a_cap_that_a_household_entered_twice_breaks_is_found() {
    let expected = "1-001 户 2025年9月26日 的「环境整治」5 分超过了上限(每日 1 次)。请核实,多记的在存折里冲正。";
    for activities in [&[&["1-001"][..], &["1-002"]][..], &[&["1-002"], &["1-001"]], &[&["1-002", "1-001"]]] {
        let mut town = Town::small();
        for numbers in activities {
            let lines = numbers.iter().map(|number| (town.household(number), 1)).collect();
            let activity = town.activity_of(TODAY, "环境整治", lines);
            town.must(TODAY, activity);
        }
        assert_eq!(found(&town.village), [], "two households");
        let [gone, kept] = ["1-002", "1-001"].map(|number| town.village.people.household_by_number(number));
        let (gone, kept) = (gone.expect("known").id, kept.expect("known").id);
        apply(&mut town, TODAY, &Event::HouseholdsJoined { gone, kept, people: Vec::new() });
        let found = found(&town.village);
        assert_eq!(found, [("每项得分没有超过上限", vec![expected.to_owned()])], "{activities:?}");
    }
}

#[test]
fn what_was_taken_into_the_open_month_breaks_no_cap() {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 3_600_000);
    let home = Account::Household(one.village().people.households.iter().next().expect("a household").id);
    one.act(clean(&one, home, TODAY)).expect("in order");
    one.clock = Moment::at(OCTOBER, 9, 0);
    one.act(close(Ledger::Villager, cunzhi::domain::calendar::Month::of(TODAY))).expect("in order");
    one.act(clean(&one, home, OCTOBER)).expect("in order");
    two.clock = Moment::at(OCTOBER, 15, 0);
    two.act(clean(&two, home, add_days(TODAY, -1))).expect("two does not know");
    let mut both = one.merged(&two);
    both.clock = Moment::at(OCTOBER, 16, 0);
    let place = both.village().displaced()[0].place;
    both.act(Command::Settle(Settlement::Displaced { place, choice: Choice::Take })).expect("in order");
    let days: Vec<_> = both.village().entries.of(home).map(|entry| entry.date).collect();
    assert_eq!(days, [TODAY, OCTOBER, OCTOBER], "twice on a day, because the village wanted it");
    assert_eq!(found(both.village()), []);
}

pub fn clean(desk: &Desk, home: Account, date: Date) -> Command {
    let item = desk.village().rules.iter().next().and_then(|book| book.items.first()).expect("环境整治").id;
    Command::RecordActivity(NewActivity { item, date, note: String::new(), lines: vec![(home, 1)], points_each: None })
}
