//! What could not follow says whose it was, what counts, and what to do instead.

use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::Command;
use cunzhi::domain::points::dispute::Verdict;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::redemption_day::NewDayClosing;
use cunzhi::domain::points::veto::{VetoAct, VetoEffect};
use cunzhi::report::conflicts::conflicts;

use super::cleaning;
use crate::laptops::Desk;
use crate::oversight::{decide, impose, new_veto, raise};
use crate::support::TODAY;

/// A village with an entry, an objection, a veto and a redemption of today.
fn base() -> Desk {
    let mut desk = Desk::founded();
    let homes: Vec<_> = desk.village().people.households.iter().map(|home| Account::Household(home.id)).collect();
    for home in &homes {
        desk.act(cleaning(&desk, *home)).expect("in order");
    }
    let entries: Vec<_> = desk.village().entries.iter().rev().take(2).map(|entry| entry.id).collect();
    desk.act(raise(entries[0], TODAY)).expect("in order");
    desk.act(impose(new_veto(homes[1], None, &[VetoEffect::NoAwards]))).expect("in order");
    let goods = desk.village().shelf.goods.iter().next().expect("the goods").id;
    desk.act(Command::Redeem { account: homes[0], basket: vec![(goods, 1)], proxy: String::new() }).expect("in order");
    desk
}

fn close_day(on_paper: u32, counted: u32) -> impl Fn(&Desk) -> Command {
    move |desk| {
        let goods = desk.village().shelf.goods.iter().next().expect("the goods").id;
        let note = "补了一瓶".to_owned();
        Command::CloseDay(NewDayClosing { day: TODAY, on_paper, counted: vec![(goods, counted)], note })
    }
}

fn settle_objection(verdict: Verdict) -> impl Fn(&Desk) -> Command {
    move |desk| decide(desk.village().disputes.iter().next().expect("open").raised.entry, verdict)
}

fn undo(desk: &Desk) -> Command {
    Command::UndoRedemption(desk.village().shelf.redemptions().next().expect("one").id)
}

fn appeal(note: &'static str) -> impl Fn(&Desk) -> Command {
    move |desk| {
        let veto = desk.village().vetoes.iter().next().expect("the veto").imposed.veto;
        Command::Veto(VetoAct::Appeal { veto, date: TODAY, note: note.to_owned() })
    }
}

fn object(note: &'static str) -> impl Fn(&Desk) -> Command {
    move |desk| {
        let entry = desk.village().entries.iter().rev().nth(1).expect("an entry").id;
        let Command::Dispute(mut act) = raise(entry, TODAY) else { panic!("an objection") };
        if let cunzhi::domain::points::dispute::DisputeAct::Raise { note: words, .. } = &mut act {
            note.clone_into(words);
        }
        Command::Dispute(act)
    }
}

type Act = Box<dyn Fn(&Desk) -> Command>;

/// One does the first, the other the second; then what is listed.
fn cases() -> Vec<(Act, Act, [&'static str; 3])> {
    vec![
        (
            Box::new(settle_objection(Verdict::Keep)),
            Box::new(settle_objection(Verdict::Reverse)),
            [
                "异议",
                "2-001 郑七 9月26日 环境整治 +5 分 的异议",
                "两台电脑都处理了这条异议。先处理的算数:维持(查了签到表);后处理的是冲正(查了签到表)。要按冲正算,请在存折里冲正这一笔。",
            ],
        ),
        (
            Box::new(settle_objection(Verdict::Reverse)),
            Box::new(settle_objection(Verdict::Keep)),
            [
                "异议",
                "2-001 郑七 9月26日 环境整治 +5 分 的异议",
                "两台电脑都处理了这条异议。先处理的算数:冲正(查了签到表);后处理的是维持(查了签到表)。要按维持算,请重新登记这一笔。",
            ],
        ),
        (
            Box::new(object("张三:当天不在村里")),
            Box::new(object("李四:是我去的")),
            [
                "异议",
                "1-002 周五 9月26日 环境整治 +5 分 的异议",
                "两台电脑都记了异议,按先记的那一条处理(9月26日 10:00)。后记的写着:「李四:是我去的」。",
            ],
        ),
        (
            Box::new(appeal("不服")),
            Box::new(appeal("已经整改")),
            [
                "否决",
                "1-002 周五 一票否决的申诉",
                "两台电脑都记了申诉,先记的算数(9月26日 10:00)。后记的写着:「已经整改」。",
            ],
        ),
        (
            Box::new(undo),
            Box::new(undo),
            ["兑换", "1-001 张三 9月26日 兑换 5 分", "两台电脑都撤销了这笔兑换,积分和物品只退一次(9月26日 10:00)。"],
        ),
        (
            Box::new(close_day(5, 2)),
            Box::new(close_day(5, 3)),
            [
                "兑换",
                "9月26日 收场对账",
                "两台电脑都收了场。先记的算数:兑换 5 分、签领表 5 分;后记的是兑换 5 分、签领表 5 分,那次清点没有记进库存。请重新开场,两边合在一起再对一次账。",
            ],
        ),
    ]
}

#[test]
fn each_row_says_whose_it_was_what_counts_and_what_to_do() {
    let base = base();
    for (first, second, expected) in cases() {
        let (mut one, mut two) = (base.copy(22, 0), base.copy(23, 0));
        (one.clock, two.clock) = (Moment::at(TODAY, 8, 59), Moment::at(TODAY, 9, 59));
        one.act(first(&one)).expect("in order");
        two.act(second(&two)).expect("two does not know of it");
        let both = one.merged(&two);
        assert_eq!(both.picture(), two.merged(&one).picture());
        let rows = conflicts(both.village());
        let told: Vec<_> = rows.iter().map(|row| [row.kind, row.title.as_str(), row.detail.as_str()]).collect();
        assert_eq!(told, [expected]);
    }
}

#[test]
fn an_objection_to_what_was_reversed_meanwhile_stays_open() {
    let mut fresh = Desk::founded();
    let home = Account::Household(fresh.village().people.households.iter().next().expect("one").id);
    fresh.act(cleaning(&fresh, home)).expect("in order");
    let (mut one, mut two) = (fresh.copy(22, 0), fresh.copy(23, 0));
    (one.clock, two.clock) = (Moment::at(TODAY, 12, 0), Moment::at(TODAY, 10, 0));
    // Two objects and decides at noon; one, who knows of no objection, had reversed at eleven.
    let entry = one.village().entries.iter().next_back().expect("the entry").id;
    two.act(raise(entry, TODAY)).expect("in order");
    one.clock = Moment::at(TODAY, 11, 0);
    one.act(Command::ReverseEntry { entry, reason: "记错".to_owned() }).expect("in order");
    two.clock = Moment::at(TODAY, 12, 0);
    two.act(decide(entry, Verdict::Reverse)).expect("in order");
    let mut both = one.merged(&two);
    let rows = conflicts(both.village());
    assert_eq!(
        rows.iter().map(|row| row.detail.as_str()).collect::<Vec<_>>(),
        ["后处理的是冲正(查了签到表),没有算进去:这一笔先已经冲正了。异议还没有处理,请到「月结公示」里处理。"]
    );
    // It can indeed be decided.
    both.act(decide(entry, Verdict::Keep)).expect("still open");
}
