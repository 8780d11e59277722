//! Vetoes, objections and closed months: what they stop, for which days, and
//! every sentence with which something is refused.

mod days;
mod laptops;
mod vetoes;

use cunzhi::domain::calendar::{Month, add_days};
use cunzhi::domain::command::Command;
use cunzhi::domain::id::{EntryId, GoodsId, VetoId};
use cunzhi::domain::points::close::{CloseFinding, CloseMonth, close_findings, month_tally, next_to_close};
use cunzhi::domain::points::dispute::{DisputeAct, Outcome, Verdict};
use cunzhi::domain::points::ledger::{Account, ClearCause, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{CarryOver, Settings};
use cunzhi::domain::points::veto::{NewVeto, VetoAct, VetoEffect, VetoPhase};
use cunzhi::domain::roster::{MemberType, RosterDraft};
use jiff::civil::{Date, date};

use super::support::{TODAY, Town, sentence};

const DONE: &str = "没有拒绝";
const SEPTEMBER: Month = Month { year: 2025, month: 9 };

pub fn check(town: &mut Town, day: Date, command: Command, expected: &str) {
    assert_eq!(sentence(town.tell(day, command)), expected);
}

/// A veto against the account from the day of the tests on.
pub fn new_veto(account: Account, to: Option<Date>, effects: &[VetoEffect]) -> NewVeto {
    NewVeto {
        account,
        reason: "违规占用耕地".to_owned(),
        document: "柳村〔2025〕7号".to_owned(),
        meeting: "村民代表会议".to_owned(),
        met: add_days(TODAY, -1),
        from: TODAY,
        to,
        effects: effects.to_vec(),
    }
}

pub fn impose(new: NewVeto) -> Command {
    Command::Veto(VetoAct::Impose(new))
}

pub fn revoke(veto: VetoId, date: Date) -> Command {
    let (document, reason) = ("柳村〔2025〕9号".to_owned(), "已整改到位".to_owned());
    Command::Veto(VetoAct::Revoke { veto, date, document, reason })
}

pub fn close(ledger: Ledger, month: Month) -> Command {
    Command::CloseMonth(CloseMonth { ledger, month, notice_days: 3, objection_days: 7 })
}

pub fn raise(entry: EntryId, date: Date) -> Command {
    Command::Dispute(DisputeAct::Raise { entry, date, note: "张三:当天不在村里".to_owned() })
}

pub fn decide(entry: EntryId, verdict: Verdict) -> Command {
    Command::Dispute(DisputeAct::Decide { entry, verdict, reason: "查了签到表".to_owned() })
}

fn redeem(account: Account, goods: GoodsId) -> Command {
    Command::Redeem { account, basket: vec![(goods, 1)], proxy: String::new() }
}

/// A town with 25 points for the first household, and soap for 5.
fn town() -> (Town, Account, GoodsId, EntryId) {
    let mut town = Town::small();
    let home = town.household("1-001");
    town.record(TODAY, "志愿服务", home, 10).expect("20 points");
    let entry = town.record(TODAY, "环境整治", home, 1).expect("5 points");
    let soap = town.add_goods("洗衣液", 5, 50);
    (town, home, soap, entry)
}

fn veto_of(town: &Town) -> VetoId {
    town.village.vetoes.iter().last().expect("a veto").imposed.veto
}

#[test]
fn a_veto_stops_redemption_on_its_days_only() {
    let stopped = "停兑中:柳村〔2025〕7号,至 9月28日。这次不能兑换;积分照常登记,停兑结束后再来兑。";
    let (mut town, home, soap, _) = town();
    let from = add_days(TODAY, 1);
    town.must(TODAY, impose(NewVeto { from, ..new_veto(home, Some(add_days(TODAY, 2)), &[VetoEffect::NoRedemption]) }));
    for (days, expected) in [(0, DONE), (1, stopped), (2, stopped), (3, DONE)] {
        check(&mut town, add_days(TODAY, days), redeem(home, soap), expected);
    }
    // Recording goes on, and others are not concerned.
    town.record(add_days(TODAY, 1), "环境整治", home, 1).expect("recorded");
    let other = town.household("1-002");
    town.record(TODAY, "环境整治", other, 1).expect("recorded");
    check(&mut town, add_days(TODAY, 1), redeem(other, soap), DONE);
}

#[test]
fn a_veto_without_an_end_stands_until_it_is_revoked() {
    let (mut town, home, soap, _) = town();
    let account = town.member(MemberType::Linked);
    town.must(TODAY, impose(new_veto(account, None, &[VetoEffect::NoAwards])));
    check(&mut town, TODAY, redeem(home, soap), DONE);
    town.must(TODAY, impose(new_veto(home, None, &[VetoEffect::NoRedemption, VetoEffect::NoRedemption])));
    let later = add_days(TODAY, 300);
    let stopped = "停兑中:柳村〔2025〕7号,到撤销为止。这次不能兑换;积分照常登记,停兑结束后再来兑。";
    check(&mut town, later, redeem(home, soap), stopped);
    let veto = veto_of(&town);
    town.must(later, revoke(veto, later));
    check(&mut town, later, redeem(home, soap), DONE);
    let known = town.village.vetoes.get(veto).expect("history stays");
    let phases = [-1, 0, 299, 300].map(|days| known.phase(add_days(TODAY, days)));
    assert_eq!(phases, [VetoPhase::Coming, VetoPhase::Standing, VetoPhase::Standing, VetoPhase::Revoked]);
    assert_eq!(known.imposed.effects, [VetoEffect::NoRedemption]);
    assert_eq!(town.village.vetoes_of(home).count(), 1);
    assert!(town.village.veto_against(account, VetoEffect::NoAwards, later).is_some());
}

#[test]
fn clearing_is_an_entry_that_names_the_veto() {
    let (mut town, home, _, _) = town();
    town.must(TODAY, impose(new_veto(home, None, &[VetoEffect::Cleared])));
    assert_eq!(town.village.balance(home), 0);
    let entry = town.village.entries.of(home).last().expect("the clearing");
    assert_eq!((entry.points, entry.reason), (-25, Reason::Cleared(ClearCause::Veto(veto_of(&town)))));
    // Nothing to clear is no entry.
    let before = town.village.entries.len();
    town.must(TODAY, impose(new_veto(home, None, &[VetoEffect::Cleared])));
    assert_eq!(town.village.entries.len(), before);
    // What was cleared by mistake is taken back like any entry.
    town.must(TODAY, Command::ReverseEntry { entry: entry.id, reason: "否决撤销".to_owned() });
    assert_eq!(town.village.balance(home), 25);
}

#[test]
fn vetoes_are_refused_in_words() {
    let (mut town, home, _, _) = town();
    let with = |change: fn(&mut NewVeto)| {
        let mut new = new_veto(home, None, &[VetoEffect::NoRedemption]);
        change(&mut new);
        impose(new)
    };
    let unknown = Account::Household(cunzhi::domain::id::HouseholdId::from_raw(99));
    let stranger = impose(new_veto(unknown, None, VetoEffect::ALL));
    check(&mut town, TODAY, stranger, "选中的账户不在本村名册里,请重新查找。");
    for (command, expected) in [
        (with(|new| new.reason.clear()), "请填写否决的理由。"),
        (with(|new| new.document.clear()), "请填写文号。"),
        (with(|new| new.meeting.clear()), "请填写作出决定的会议。"),
        (with(|new| new.document = "文".repeat(41)), "文号写了 41 个字,最多 40 个字,请缩短。"),
        (with(|new| new.met = add_days(TODAY, 1)), "9月27日 还没有到,请检查日期。"),
        (with(|new| new.from = date(2024, 9, 24)), "开始日期 2024年9月24日 离今天太远,请检查年份。"),
        (with(|new| new.to = Some(add_days(TODAY, -1))), "结束日期早于开始日期(9月26日),请检查。"),
        (with(|new| new.effects.clear()), "请至少选一种处理:停兑、停评优或清零。"),
        (
            with(|new| {
                new.from = add_days(TODAY, 1);
                new.effects = vec![VetoEffect::Cleared];
            }),
            "清零当天入账,开始日期不能晚于今天。请改开始日期,或先不选清零。",
        ),
        (with(|new| new.to = Some(TODAY)), DONE),
    ] {
        check(&mut town, TODAY, command, expected);
    }
    let (veto, none) = (veto_of(&town), VetoId::from_raw(99));
    let appeal = |veto, date, note: &str| Command::Veto(VetoAct::Appeal { veto, date, note: note.to_owned() });
    let no_document = VetoAct::Revoke { veto, date: TODAY, document: String::new(), reason: "改了".to_owned() };
    let no_reason = VetoAct::Revoke { veto, date: TODAY, document: "9号".to_owned(), reason: String::new() };
    for (command, expected) in [
        (appeal(none, TODAY, "不服"), "找不到这条一票否决,请刷新后再试。"),
        (appeal(veto, add_days(TODAY, 1), "不服"), "9月27日 还没有到,请检查日期。"),
        (appeal(veto, add_days(TODAY, -2), "不服"), "日期早于作出决定的会议(9月25日),请检查。"),
        (appeal(veto, TODAY, " "), "请填写申诉的内容。"),
        (appeal(veto, TODAY, "不服"), DONE),
        (appeal(veto, TODAY, "不服"), "这条否决已经登记过申诉。"),
        (revoke(none, TODAY), "找不到这条一票否决,请刷新后再试。"),
        (revoke(veto, add_days(TODAY, 1)), "9月27日 还没有到,请检查日期。"),
        (revoke(veto, add_days(TODAY, -2)), "日期早于作出决定的会议(9月25日),请检查。"),
        (Command::Veto(no_document), "请填写撤销的文号。"),
        (Command::Veto(no_reason), "请填写撤销的原因。"),
        (revoke(veto, TODAY), DONE),
        (revoke(veto, TODAY), "这条否决已经撤销过了。"),
        (appeal(veto, TODAY, "不服"), "这条否决已经登记过申诉。"),
    ] {
        check(&mut town, TODAY, command, expected);
    }
    check(&mut town, TODAY, with(|_| ()), DONE);
    let second = veto_of(&town);
    check(&mut town, TODAY, revoke(second, TODAY), DONE);
    check(&mut town, TODAY, appeal(second, TODAY, "不服"), "这条否决已经撤销过了。");
}

#[test]
fn an_objection_is_kept_or_reversed() {
    for (verdict, balance) in [(Verdict::Keep, 25), (Verdict::Reverse, 20)] {
        let (mut town, home, _, entry) = town();
        town.must(TODAY, raise(entry, TODAY));
        assert_eq!(town.village.balance(home), 25, "an open objection changes nothing");
        let open = town.village.disputes.get(entry).expect("the objection");
        // 7 working days, over 国庆 with its worked weekends: 28, 29, 30, then 9, 10, 11, 13 October.
        assert_eq!(open.raised.deadline, date(2025, 10, 13));
        let left = [TODAY, date(2025, 9, 30), date(2025, 10, 13), date(2025, 10, 14)]
            .map(|day| open.days_left(day, &town.village.working_days));
        assert_eq!(left, [Some(8), Some(5), Some(1), None]);
        let day = date(2025, 10, 9);
        town.must(day, decide(entry, verdict));
        assert_eq!(town.village.balance(home), balance);
        let decided = town.village.disputes.get(entry).and_then(|dispute| dispute.decided).expect("decided");
        let reversal = town.village.entries.reversal_of(entry);
        let expected = reversal.map_or(Outcome::Kept, Outcome::Reversed);
        assert_eq!((decided.outcome, decided.date), (expected, day));
        assert_eq!(reversal.and_then(|id| town.village.entries.get(id)).map(|entry| entry.date), reversal.map(|_| day));
    }
}

#[test]
fn objections_are_refused_in_words() {
    let (mut town, _, _, entry) = town();
    let unknown = EntryId::from_raw(99);
    let text = |entry| Command::Dispute(DisputeAct::Raise { entry, date: TODAY, note: " ".to_owned() });
    let no_reason = DisputeAct::Decide { entry, verdict: Verdict::Keep, reason: String::new() };
    let reverse = || Command::ReverseEntry { entry, reason: "错".to_owned() };
    for (command, expected) in [
        (raise(unknown, TODAY), "找不到这条积分记录,请刷新后再试。"),
        (decide(entry, Verdict::Keep), "这条记录没有待处理的异议。"),
        (raise(entry, add_days(TODAY, 1)), "9月27日 还没有到,请检查日期。"),
        (raise(entry, add_days(TODAY, -1)), "异议日期早于这条记录的日期(9月26日),请检查。"),
        (text(entry), "请填写谁提的、为什么。"),
        (raise(entry, TODAY), DONE),
        (raise(entry, TODAY), "这条记录已经有异议在处理,不用再提一次。"),
        (reverse(), "这条记录有异议在处理,请在「月结公示」里处理异议,可以选冲正。"),
        (Command::Dispute(no_reason), "请填写处理的理由。"),
        (decide(entry, Verdict::Reverse), DONE),
        (decide(entry, Verdict::Keep), "这条记录的异议已经处理过了。"),
        (raise(entry, TODAY), "这条记录的异议已经处理过了。"),
    ] {
        check(&mut town, TODAY, command, expected);
    }
    let reversal = town.village.entries.reversal_of(entry).expect("the reversal");
    check(&mut town, TODAY, raise(reversal, TODAY), "冲正不能单独提异议,请对原来那一条记录提出。");
    let home = town.household("1-002");
    let other = town.record(TODAY, "环境整治", home, 1).expect("recorded");
    check(&mut town, TODAY, Command::ReverseEntry { entry: other, reason: "错".to_owned() }, DONE);
    check(&mut town, TODAY, raise(other, TODAY), "这条记录已经冲正过,不能再冲一次。");
}

#[test]
fn months_close_in_order_and_stay_closed() {
    let (mut town, home, _, entry) = town();
    let october = date(2025, 10, 9);
    town.record(october, "环境整治", home, 1).expect("recorded");
    assert_eq!(next_to_close(&town.village, Ledger::Villager), Some(SEPTEMBER));
    town.must(october, raise(entry, october));
    assert_eq!(close_findings(&town.village, Ledger::Villager, SEPTEMBER), [CloseFinding::OpenDisputes(1)]);
    assert_eq!(close_findings(&town.village, Ledger::Villager, SEPTEMBER.next()), []);
    let days = |notice_days, objection_days| {
        let ledger = Ledger::Villager;
        Command::CloseMonth(CloseMonth { ledger, month: SEPTEMBER, notice_days, objection_days })
    };
    let bad_days = "公示和异议的天数都要在 1 到 60 之间。";
    for (day, command, expected) in [
        (date(2025, 9, 30), close(Ledger::Villager, SEPTEMBER), "2025年9月还没有过完,10月1日 起才能月结。"),
        (october, close(Ledger::Villager, SEPTEMBER.next()), "要按月份先后月结,请先月结2025年9月。"),
        (october, close(Ledger::Villager, SEPTEMBER.back(1)), "2025年8月已经月结过了。"),
        (october, days(0, 7), bad_days),
        (october, days(3, 61), bad_days),
        (october, days(3, 7), "2025年9月还不能月结:有 1 条记录的异议还没有处理。请先办完再月结。"),
    ] {
        check(&mut town, day, command, expected);
    }
    town.must(october, decide(entry, Verdict::Keep));
    town.must(october, close(Ledger::Villager, SEPTEMBER));
    let closing = town.village.closings.of(Ledger::Villager, SEPTEMBER).expect("closed").clone();
    assert_eq!((closing.closed.entries, closing.closed.points), (2, 25));
    assert_eq!(
        (closing.closed.notice_end(), closing.objection_end(&town.village.working_days)),
        (date(2025, 10, 11), date(2025, 10, 17))
    );
    check(&mut town, october, close(Ledger::Villager, SEPTEMBER), "2025年9月已经月结过了。");
    // Members have a ledger of their own.
    let member = town.member(MemberType::Linked);
    town.record(TODAY, "为民代办", member, 1).expect("that month is open");
    let late = town.activity(TODAY, "环境整治", town.household("1-002"), 1);
    check(
        &mut town,
        october,
        late,
        "2025年9月已经月结,9月26日 的群众积分不能再记。请把日期改到 10月1日 以后,在事由里写明原来的日期。",
    );
    // A correction is dated in the open month, and what is closed stays as it was.
    town.must(october, Command::ReverseEntry { entry, reason: "名单有误".to_owned() });
    let reversal = town.village.entries.reversal_of(entry).and_then(|id| town.village.entries.get(id));
    assert_eq!(reversal.map(|entry| entry.date), Some(october));
    assert_eq!(month_tally(&town.village, Ledger::Villager, SEPTEMBER), closing.closed.tally());
    assert_eq!(next_to_close(&town.village, Ledger::Villager), Some(SEPTEMBER.next()));
}

#[test]
fn a_wrong_clock_does_not_get_into_a_closed_month() {
    let (mut town, home, soap, entry) = town();
    let other = town.record(TODAY, "环境整治", town.household("1-002"), 1).expect("recorded");
    town.must(TODAY, raise(other, TODAY));
    town.must(TODAY, decide(other, Verdict::Keep));
    town.must(date(2025, 10, 1), close(Ledger::Villager, SEPTEMBER));
    let closed = "2025年9月已经月结,9月27日 的群众积分不能再记。请把日期改到 10月1日 以后,在事由里写明原来的日期。";
    let day = date(2025, 9, 27);
    check(&mut town, day, Command::ReverseEntry { entry, reason: "错".to_owned() }, closed);
    check(&mut town, day, impose(new_veto(home, None, &[VetoEffect::Cleared])), closed);
    check(&mut town, day, raise(entry, day), DONE);
    check(&mut town, day, decide(entry, Verdict::Reverse), closed);
    let wrong = "2025年9月已经月结,电脑上今天却是 9月27日:日期可能不对。请先把电脑的日期调好,再兑换。";
    check(&mut town, day, redeem(home, soap), wrong);
    check(&mut town, date(2025, 10, 1), decide(entry, Verdict::Reverse), DONE);
}

#[test]
fn nothing_recorded_is_nothing_to_close() {
    let mut town = Town::default();
    town.must(TODAY, Command::FoundVillage(super::support::new_village()));
    check(&mut town, TODAY, close(Ledger::Member, SEPTEMBER), "党员积分还没有一笔记录,不用月结。");
}

#[test]
fn the_year_ends_with_an_entry_for_each_account() {
    let (mut town, home, soap, _) = town();
    let clear = || Command::ClearYear { ledger: Ledger::Villager, year: 2025 };
    check(&mut town, date(2025, 12, 30), clear(), "12月31日 还没有到,请检查日期。");
    let january = date(2026, 1, 5);
    town.record(january, "环境整治", home, 1).expect("recorded");
    town.must(january, redeem(home, soap));
    town.must(january, clear());
    // 25 of 2025, of which 5 were redeemed since; the 5 of January stay.
    let entry = town.village.entries.of(home).last().expect("the clearing");
    assert_eq!((entry.points, entry.date), (-20, date(2025, 12, 31)));
    assert_eq!(town.village.balance(home), 5);
    check(&mut town, january, clear(), "2025年末没有可以清零的积分。");
    for month in 9..=12 {
        town.must(january, close(Ledger::Villager, Month { year: 2025, month }));
    }
    check(
        &mut town,
        january,
        clear(),
        "2025年12月已经月结,12月31日 的群众积分不能再记。请把日期改到 1月1日 以后,在事由里写明原来的日期。",
    );
}

/// What was written of a veto or an objection hangs on the account, also when
/// another person has the same name.
#[test]
fn an_erased_person_is_forgotten_in_vetoes_and_objections() {
    let (mut town, home, _, entry) = town();
    let twin = super::support::home("3-001", "第一网格", &[("张三", None)]);
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: vec![twin] }));
    town.must(TODAY, impose(NewVeto { reason: "张三占用耕地".to_owned(), ..new_veto(home, None, VetoEffect::ALL) }));
    town.must(TODAY, raise(entry, TODAY));
    town.must(TODAY, decide(entry, Verdict::Keep));
    let Account::Household(household) = home else { panic!("{home:?}") };
    let person = town.village.head(household).expect("a head");
    town.must(TODAY, Command::ErasePerson { person, also: Vec::new() });
    let veto = town.village.vetoes.iter().next().expect("it stays");
    assert_eq!(town.village.note(Some(veto.imposed.reason)), "某某占用耕地");
    let dispute = town.village.disputes.get(entry).expect("it stays");
    assert_eq!(town.village.note(Some(dispute.raised.note)), "某某:当天不在村里");
}

#[test]
fn december_waits_for_the_clearing_that_the_village_settled_on() {
    let (mut town, home, _, _) = town();
    let january = date(2026, 1, 5);
    for month in 9..=11 {
        town.must(january, close(Ledger::Villager, Month { year: 2025, month }));
    }
    let december = Month { year: 2025, month: 12 };
    town.must(
        january,
        Command::ChangeSettings(Settings { carry_over: CarryOver::ClearAtYearEnd, ..Settings::default() }),
    );
    assert_eq!(close_findings(&town.village, Ledger::Villager, december), [CloseFinding::YearNotCleared(1)]);
    assert_eq!(close_findings(&town.village, Ledger::Member, december), []);
    check(
        &mut town,
        january,
        close(Ledger::Villager, december),
        "2025年12月还不能月结:设置是年底清零,还有 1 个账户的积分没有清,请先到「年度」里清零。请先办完再月结。",
    );
    town.must(january, Command::ClearYear { ledger: Ledger::Villager, year: 2025 });
    assert_eq!(town.village.balance(home), 0);
    check(&mut town, january, close(Ledger::Villager, december), DONE);
}
