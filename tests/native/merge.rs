//! Two laptops of one village: what contradicts is listed with ways to settle it.

mod changed;
mod created;
mod deeds;
mod displaced;
mod erased;
mod joining;
mod pooled;
mod resettled;
mod rivals;
mod rule_books;
mod settled;
mod union;
mod year_ends;

use cunzhi::app::merge::MergeError;
use cunzhi::domain::case::record::Rating;
use cunzhi::domain::check::findings;
use cunzhi::domain::command::{CaseStep, Command, NewActivity, NewHandling, Settlement};
use cunzhi::domain::id::CaseId;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::shelf::StockSource;
use cunzhi::domain::refusal::Refusal;
use cunzhi::report::conflicts::{ConflictRow, Way, conflicts};

use super::laptops::Desk;
use super::support::{TODAY, home, matter, new_village};

fn cleaning(desk: &Desk, account: Account) -> Command {
    let date = desk.clock.date();
    let item = desk.village().rules.in_force(date).and_then(|book| book.items.first()).expect("an item").id;
    let note = "村东路沿".to_owned();
    Command::RecordActivity(NewActivity { item, date, note, lines: vec![(account, 1)], points_each: None })
}

/// The rows of this kind.
pub fn rows(desk: &Desk, kind: &str) -> Vec<ConflictRow> {
    conflicts(desk.village()).into_iter().filter(|row| row.kind == kind).collect()
}

pub fn settle(desk: &mut Desk, row: &ConflictRow, label: &str) {
    let way = row.ways.iter().find_map(|way| match way {
        Way::Press(found, settlement) if *found == label => Some(settlement.clone()),
        Way::Number(found, household) if *found == label => {
            Some(Settlement::RenumberHousehold { household: *household, number: "9-001".to_owned() })
        }
        Way::Count(found, goods) if *found == label => {
            Some(Settlement::CountStock { goods: *goods, counted: 2, note: "点过了".to_owned() })
        }
        _ => None,
    });
    desk.act(Command::Settle(way.unwrap_or_else(|| panic!("{label} is among {:?}", row.ways)))).expect("in order");
}

fn first_case(desk: &Desk) -> CaseId {
    desk.village().cases.iter().next().expect("the case").opening.id
}

fn steps(desk: &mut Desk, steps: Vec<CaseStep>) {
    let case = first_case(desk);
    for step in steps {
        desk.act(Command::MoveCase { case, step }).expect("in order");
    }
}

fn answer(note: &str) -> Vec<CaseStep> {
    vec![
        CaseStep::Assign(NewHandling::Immediate),
        CaseStep::Start,
        CaseStep::Answer { note: note.to_owned(), resolved: None },
    ]
}

/// Both closed the case: one by answering, one by explaining and returning.
fn closed_differently() -> (Desk, Desk) {
    let mut one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    steps(&mut one, answer("换了灯泡"));
    steps(&mut two, vec![CaseStep::Assign(NewHandling::ExplainedReturn { reason: "是电力公司的灯".to_owned() })]);
    (one, two)
}

#[test]
fn a_case_closed_differently_is_listed_and_settled_either_way() {
    let (one, two) = closed_differently();
    for (label, handling) in [("保留先记的", "退回办"), ("改用后记的", "立即办")] {
        let mut both = one.merged(&two);
        let found = rows(&both, "事项");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].detail.contains("「办结反馈:换了灯泡」"), "{}", found[0].detail);
        assert!(found[0].detail.contains("现在算数的是「解释退回:退回办」"), "{}", found[0].detail);
        settle(&mut both, &found[0], label);
        assert_eq!(rows(&both, "事项"), [], "{label}");
        let case = both.village().cases.get(first_case(&both)).expect("the case");
        assert_eq!(case.handling.map(cunzhi::domain::case::record::Handling::word), Some(handling));
        // The other laptop sees the same after taking it over.
        assert_eq!(two.merged(&both).picture(), both.picture());
    }
}

#[test]
fn a_dispute_answered_differently_can_be_changed_to_the_later_answer() {
    let mut one = Desk::founded();
    steps(&mut one, vec![CaseStep::Assign(NewHandling::Immediate), CaseStep::Start]);
    let mut two = one.copy(21, 1_000);
    let answer = |note: &str| CaseStep::Answer { note: note.to_owned(), resolved: None };
    steps(&mut one, vec![answer("换了灯泡"), CaseStep::Rate(Rating::Satisfied, String::new())]);
    steps(&mut two, vec![answer("换了整盏灯")]);
    let mut both = one.merged(&two);
    let found = rows(&both, "事项");
    assert_eq!(found.len(), 1, "{found:?}");
    settle(&mut both, &found[0], "改用后记的");
    let case = both.village().cases.get(first_case(&both)).expect("the case");
    let notes: Vec<_> = case
        .history
        .iter()
        .flat_map(|(_, happening)| happening.notes())
        .flatten()
        .map(|note| both.village().note(Some(note)))
        .collect();
    assert_eq!(notes, ["换了整盏灯"], "the first answer gave way, the rating stayed");
    assert_eq!(case.rating, Some(Rating::Satisfied));
}

#[test]
fn stock_and_balance_below_zero_are_listed_and_settled() {
    let mut one = Desk::founded();
    let account = Account::Household(one.village().people.households.iter().next().expect("a household").id);
    one.act(cleaning(&one, account)).expect("in order");
    let goods = one.village().shelf.goods.iter().next().expect("the goods").id;
    let redeem = |quantity| Command::Redeem { account, basket: vec![(goods, quantity)], proxy: String::new() };
    let mut two = one.copy(21, 1_000);
    one.act(redeem(1)).expect("five points, one bottle");
    two.act(redeem(1)).expect("five points, one bottle");
    let mut both = one.merged(&two);
    let found = rows(&both, "积分");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].detail.contains("结余是 -5 分"), "{}", found[0].detail);
    settle(&mut both, &found[0], "记为欠分");
    assert_eq!(rows(&both, "积分"), []);
    assert_eq!(both.village().balance(account), -5, "nothing was made up");
    // Two more on each side: now the shelf is short as well.
    let (mut one, mut two) = (both.copy(31, 0), both.copy(32, 0));
    for desk in [&mut one, &mut two] {
        let rich: Vec<_> = desk.village().people.households.iter().skip(1).map(|household| household.id).collect();
        for household in rich {
            let account = Account::Household(household);
            desk.act(cleaning(desk, account)).expect("in order");
        }
    }
    let second = Account::Household(one.village().people.households.iter().nth(1).expect("a household").id);
    let third = Account::Household(two.village().people.households.iter().nth(2).expect("a household").id);
    one.act(Command::Redeem { account: second, basket: vec![(goods, 1)], proxy: String::new() }).expect("in order");
    two.act(Command::Redeem { account: third, basket: vec![(goods, 1)], proxy: String::new() }).expect("in order");
    let mut both = one.merged(&two);
    let found = rows(&both, "库存");
    assert_eq!(found.len(), 1, "{found:?}");
    settle(&mut both, &found[0], "登记盘点");
    assert_eq!((rows(&both, "库存"), both.village().shelf.stock(goods)), (Vec::new(), 2));
    // What was handed out beyond the stock is explained by the count.
    let sentences = |desk: &Desk| {
        let found = findings(desk.village()).into_iter().flat_map(|found| found.sentences);
        found.filter(|words| words.contains("兑换")).collect::<Vec<_>>()
    };
    assert_eq!((rows(&both, "兑换"), sentences(&both)), (Vec::new(), Vec::new()));
    // Where more was delivered instead, nothing explains it: somebody looks into it, once.
    let mut both = one.merged(&two);
    both.act(Command::ReceiveStock { goods, quantity: 9, source: StockSource::Donated }).expect("in order");
    let told = sentences(&both);
    assert_eq!(told.len(), 1, "{told:?}");
    let found = rows(&both, "兑换");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].detail.starts_with(&told[0]), "{} of {}", told[0], found[0].detail);
    settle(&mut both, &found[0], "已核实");
    assert_eq!((rows(&both, "兑换"), sentences(&both)), (Vec::new(), Vec::new()));
    let Some(Way::Press(_, again)) = found[0].ways.first().cloned() else { panic!("a press") };
    assert_eq!(both.act(Command::Settle(again)), Err(Refusal::AlreadySettled.into()));
    // On the other laptop it is looked into as well, once it has merged.
    let two = two.merged(&both);
    assert_eq!((rows(&two, "兑换"), sentences(&two)), (Vec::new(), Vec::new()));
}

#[test]
fn a_balance_below_zero_by_deductions_alone_is_no_conflict() {
    let mut desk = Desk::founded();
    let mut homes = desk.village().people.households.iter().map(|household| Account::Household(household.id));
    let (deducted, spent) = (homes.next().expect("a household"), homes.next().expect("another"));
    let book = desk.village().rules.in_force(TODAY).expect("a rule book");
    let item = book.items.iter().find(|item| item.name == "乱倒垃圾").expect("an item").id;
    let lines = vec![(deducted, 1)];
    desk.act(Command::RecordActivity(NewActivity { item, date: TODAY, note: String::new(), lines, points_each: None }))
        .expect("in order");
    // What was redeemed first and taken back then is not beyond the balance either.
    desk.act(cleaning(&desk, spent)).expect("in order");
    let entry = desk.village().entries.iter().next_back().expect("the entry").id;
    let goods = desk.village().shelf.goods.iter().next().expect("the goods").id;
    desk.act(Command::Redeem { account: spent, basket: vec![(goods, 1)], proxy: String::new() }).expect("in order");
    desk.act(Command::ReverseEntry { entry, reason: "记错了户".to_owned() }).expect("in order");
    assert_eq!([deducted, spent].map(|account| desk.village().balance(account)), [-5, -5]);
    assert_eq!(conflicts(desk.village()), []);
}

#[test]
fn a_household_entered_twice_becomes_one_or_gets_another_number() {
    use cunzhi::domain::roster::{MemberType, RosterDraft};
    let one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    let mut one = one.copy(20, 0);
    let roster = |number: &str| RosterDraft {
        households: vec![home(number, "第一网格", &[("赵大", Some(MemberType::Linked)), ("赵小", None)])],
    };
    for desk in [&mut one, &mut two] {
        desk.act(Command::ImportRoster(roster("3-001"))).expect("in order");
        let last = desk.village().people.households.iter().last().expect("the household").id;
        desk.act(cleaning(desk, Account::Household(last))).expect("in order");
    }
    let both = one.merged(&two);
    let found = rows(&both, "户");
    assert_eq!(found.len(), 1, "{found:?}");
    let mut joined = both.copy(33, 0);
    settle(&mut joined, &found[0], "是同一户,合并");
    assert_eq!(rows(&joined, "户"), []);
    let village = joined.village();
    assert_eq!(village.people.households.len(), both.village().people.households.len() - 1);
    let home = village.people.household_by_number("3-001").expect("one of them");
    let names: Vec<_> = home.people.iter().map(|person| village.name(*person)).collect();
    assert_eq!(names, ["赵大", "赵小"], "people of the same name are one");
    assert_eq!(village.balance(Account::Household(home.id)), 10, "both activities count");
    // What the other laptop goes on recording under its own entry lands in the same account.
    let gone = Account::Household(two.village().people.household_by_number("3-001").expect("its own").id);
    let mut late = two.copy(21, 5_000);
    late.clock = cunzhi::domain::calendar::Moment(late.clock.0 + 24 * 3600 * 1000);
    late.act(cleaning(&late, gone)).expect("in order");
    let all = joined.merged(&late);
    let home = all.village().people.household_by_number("3-001").expect("one of them").id;
    assert_eq!(all.village().balance(Account::Household(home)), 15);
    let mut two_homes = both.copy(34, 0);
    settle(&mut two_homes, &found[0], "是两户,给后一户改号");
    assert_eq!(rows(&two_homes, "户"), []);
    assert!(two_homes.village().people.household_by_number("9-001").is_some());
}

#[test]
fn twice_numbered_cases_and_twice_reversed_entries_are_settled() {
    let mut one = Desk::founded();
    let account = Account::Household(one.village().people.households.iter().next().expect("a household").id);
    one.act(cleaning(&one, account)).expect("in order");
    let entry = one.village().entries.iter().next_back().expect("the entry").id;
    let mut two = one.copy(21, 1_000);
    for desk in [&mut one, &mut two] {
        desk.act(Command::ReverseEntry { entry, reason: "记错了户".to_owned() }).expect("in order");
        desk.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    }
    let mut both = one.merged(&two);
    assert_eq!(both.village().balance(account), 0, "taken back once");
    let reversed = rows(&both, "积分");
    assert_eq!(reversed.len(), 1, "{reversed:?}");
    settle(&mut both, &reversed[0], "知道了");
    let numbers = rows(&both, "事项");
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    settle(&mut both, &numbers[0], "给后一件换新号");
    assert_eq!(conflicts(both.village()), []);
    let refused = both.act(Command::Settle(Settlement::Displaced {
        place: both.village().displaced()[0].place,
        choice: cunzhi::domain::conflict::Choice::Keep,
    }));
    assert_eq!(refused.expect_err("settled").to_string(), "这处冲突已经处理过了。");
}

#[test]
fn another_village_and_a_fork_are_refused() {
    let one = Desk::founded();
    let mut stranger = one.copy(21, 0);
    stranger.book = cunzhi::app::book::Book::empty(cunzhi::domain::id::DeviceId(99));
    stranger.store = cunzhi::storage::memory::MemoryStore::default();
    let named = cunzhi::domain::command::NewVillage { name: "河口村".to_owned(), ..new_village() };
    stranger.act(Command::FoundVillage(named)).expect("in order");
    let refused = one.plan(&stranger).expect_err("another village");
    assert_eq!(
        refused.to_string(),
        "这是「河口村」的保存文件,和本机的「柳湾村」不是同一本账,不能合并。要换成它,请用「恢复」。"
    );
    // The same laptop's journal went on in two places: a copied browser profile.
    let (mut left, mut right) = (one.copy(7, 0), one.copy(7, 5_000));
    left.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    right.act(Command::OpenCase(matter(TODAY, None))).expect("in order");
    assert_eq!(left.plan(&right).expect_err("a fork"), MergeError::Forked(4));
}
