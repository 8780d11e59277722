//! What must hold after any acts in any order, on two laptops that now and
//! then take each other's file. Every kind of command is among what is tried.

mod commands;

use std::collections::{BTreeMap, BTreeSet};

use cunzhi::app::book::ActError;
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::{Command, Settlement};
use cunzhi::domain::id::GoodsId;
use cunzhi::domain::points::accounts::VillagerAccount;
use cunzhi::domain::points::shelf::Shelf;
use cunzhi::domain::village::Village;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use self::commands::command;
use super::super::laptops::Desk;
use super::found;

/// Every kind of command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Found,
    Import,
    Erase,
    Adopt,
    Type,
    Change,
    Unit,
    Record,
    File,
    Review,
    Photo,
    Settings,
    WorkingDays,
    Accounts,
    Staff,
    Reward,
    ClaimReward,
    Reverse,
    Goods,
    Receive,
    Redeem,
    Undo,
    Return,
    Terms,
    CloseDay,
    Reopen,
    Open,
    Move,
    Visit,
    Settle,
    Veto,
    Dispute,
    CloseMonth,
    Expire,
    ClearYear,
}

/// What is tried how often.
const KINDS: &[(u32, Kind)] = &[
    (1, Kind::Found),
    (1, Kind::Import),
    (1, Kind::Erase),
    (1, Kind::Adopt),
    (1, Kind::Type),
    (1, Kind::Change),
    (2, Kind::Unit),
    (9, Kind::Record),
    (3, Kind::File),
    (3, Kind::Review),
    (1, Kind::Photo),
    (2, Kind::Settings),
    (1, Kind::WorkingDays),
    (2, Kind::Accounts),
    (1, Kind::Staff),
    (3, Kind::Reward),
    (1, Kind::ClaimReward),
    (3, Kind::Reverse),
    (1, Kind::Goods),
    (2, Kind::Receive),
    (6, Kind::Redeem),
    (2, Kind::Undo),
    (2, Kind::Return),
    (1, Kind::Terms),
    (2, Kind::CloseDay),
    (2, Kind::Reopen),
    (2, Kind::Open),
    (4, Kind::Move),
    (3, Kind::Visit),
    (2, Kind::Settle),
    (2, Kind::Veto),
    (3, Kind::Dispute),
    (3, Kind::CloseMonth),
    (1, Kind::Expire),
    (1, Kind::ClearYear),
];

/// A command that is not named here does not compile, and so is not forgotten.
const fn kind(command: &Command) -> Kind {
    match command {
        Command::FoundVillage(_) => Kind::Found,
        Command::ImportRoster(_) => Kind::Import,
        Command::ErasePerson { .. } => Kind::Erase,
        Command::AdoptRules(_) => Kind::Adopt,
        Command::TypeMember { .. } => Kind::Type,
        Command::ChangePerson { .. } => Kind::Change,
        Command::Unit(_) => Kind::Unit,
        Command::RecordActivity(_) => Kind::Record,
        Command::FileClaims(_) => Kind::File,
        Command::DecideClaims { .. } => Kind::Review,
        Command::Photo(_) => Kind::Photo,
        Command::ChangeSettings(_) => Kind::Settings,
        Command::EnterWorkingDays(_) => Kind::WorkingDays,
        Command::ChooseAccounts(_) => Kind::Accounts,
        Command::NameStaff { .. } => Kind::Staff,
        Command::RewardCase { .. } => Kind::Reward,
        Command::ClaimReward(..) => Kind::ClaimReward,
        Command::ReverseEntry { .. } => Kind::Reverse,
        Command::AddGoods(_) => Kind::Goods,
        Command::ReceiveStock { .. } => Kind::Receive,
        Command::Redeem { .. } => Kind::Redeem,
        Command::UndoRedemption(_) => Kind::Undo,
        Command::ReturnRedemption { .. } => Kind::Return,
        Command::SetGoodsTerms(_) => Kind::Terms,
        Command::CloseDay(_) => Kind::CloseDay,
        Command::ReopenDay { .. } => Kind::Reopen,
        Command::OpenCase(_) => Kind::Open,
        Command::MoveCase { .. } => Kind::Move,
        Command::Visit(_) => Kind::Visit,
        Command::Settle(_) => Kind::Settle,
        Command::Veto(_) => Kind::Veto,
        Command::Dispute(_) => Kind::Dispute,
        Command::CloseMonth(_) => Kind::CloseMonth,
        Command::ExpirePoints(_) => Kind::Expire,
        Command::ClearYear { .. } => Kind::ClearYear,
    }
}

/// Something that somebody may try.
#[derive(Clone, Copy, Debug)]
pub enum Try {
    /// A command on one of the laptops; what it is about follows from the numbers.
    Act { desk: usize, kind: Kind, a: usize, b: usize },
    /// Days go by.
    Later(i32),
    /// Each takes the other's file.
    Exchange,
}

fn any_try() -> impl Strategy<Value = Try> {
    let kinds = KINDS.iter().map(|(weight, kind)| (*weight, Just(*kind).boxed())).collect::<Vec<_>>();
    let kind = proptest::strategy::Union::new_weighted(kinds);
    // One laptop does most of the work.
    let desk = prop_oneof![3 => Just(0_usize), 1 => Just(1_usize)];
    prop_oneof![
        40 => (desk, kind, 0_usize..60, 0_usize..60).prop_map(|(desk, kind, a, b)| Try::Act { desk, kind, a, b }),
        6 => prop_oneof![3 => 1_i32..4, 1 => 20_i32..60].prop_map(Try::Later),
        2 => Just(Try::Exchange),
    ]
}

/// What holds whatever two laptops do without knowing of each other. The other
/// checks are there to tell what they did.
const ALWAYS: [&str; 6] = [
    "每户每人的结余等于各笔相加",
    "每笔积分都有当时的细则可查",
    "每笔冲正都对得上原来那一笔",
    "异议的处理都有着落",
    "清零只减不加",
    "通过的申报都入了账",
];

/// Two laptops of one village.
struct Pair {
    desks: [Desk; 2],
    /// How many acts each had recorded since they last took each other's file.
    alone: [usize; 2],
    /// Whether both had recorded something when they did.
    crossed: bool,
    done: BTreeSet<Kind>,
}

impl Pair {
    fn new(kind: VillagerAccount) -> Self {
        let mut one = Desk::founded();
        if kind == VillagerAccount::Person {
            one.act(Command::ChooseAccounts(kind)).expect("nothing is recorded");
        }
        let two = one.copy(21, 30_000);
        Self { desks: [one, two], alone: [0; 2], crossed: false, done: BTreeSet::new() }
    }

    fn play(&mut self, tried: Try) {
        match tried {
            Try::Later(days) => {
                let later = |clock: Moment| Moment(clock.0 + i64::from(days) * 24 * 3_600_000);
                self.desks.iter_mut().for_each(|desk| desk.clock = later(desk.clock));
            }
            Try::Exchange => self.exchange(),
            Try::Act { desk, kind: meant, a, b } => {
                let Some(command) = command(&self.desks[desk], meant, a, b) else { return };
                assert_eq!(kind(&command), meant);
                let stock = stock_after(self.desks[desk].village(), &command, self.desks[desk].clock.date());
                match self.desks[desk].act(command) {
                    Ok(()) => {
                        let village = self.desks[desk].village();
                        for (goods, stock) in stock {
                            assert_eq!(village.shelf.stock(goods), stock);
                        }
                        self.alone[desk] += 1;
                        self.done.insert(meant);
                    }
                    // A refusal is an answer too.
                    Err(ActError::Refused(_)) => {}
                    Err(other) => panic!("{meant:?} {a} {b}: {other:?}"),
                }
            }
        }
    }

    fn exchange(&mut self) {
        let [one, two] = &self.desks;
        let (left, right) = (one.merged(two), two.merged(one));
        assert_eq!(left.picture(), right.picture(), "whoever merges first");
        self.crossed |= self.alone.iter().all(|acts| *acts > 0);
        (self.desks, self.alone) = ([left, right], [0; 2]);
        // Each goes on under its own name.
        let [one, two] = &self.desks;
        self.desks = [one.copy(7, 0), two.copy(21, 0)];
    }

    fn broken(&self) -> Vec<(&'static str, Vec<String>)> {
        let all = self.desks.iter().flat_map(|desk| found(desk.village()));
        all.filter(|(name, _)| !self.crossed || ALWAYS.contains(name)).collect()
    }

    /// Days of one laptop on which goods were fewer than none.
    fn short(&self) -> Vec<(Date, GoodsId)> {
        let villages = self.desks.iter().map(Desk::village).filter(|_| !self.crossed);
        let days = villages.flat_map(|village| village.shelf.days.iter().map(move |(day, _)| (village, day)));
        let goods = days.flat_map(|(village, day)| village.day_goods(day).into_iter().map(move |one| (day, one)));
        goods.filter(|(_, one)| one.opening.min(one.counted) < 0).map(|(day, one)| (day, one.goods)).collect()
    }

    /// Goods whose stock is not what came in, was corrected and went out.
    fn astray(&self) -> Vec<GoodsId> {
        let shelves = self.desks.iter().map(|desk| &desk.village().shelf);
        let astray = shelves.flat_map(|shelf| {
            let stocked = shelf.goods.iter().filter(|goods| !goods.is_service).map(|goods| goods.id);
            stocked.filter(|goods| shelf.stock(*goods) != movements(shelf, *goods))
        });
        astray.collect()
    }
}

/// Everything that moved the goods, added up here.
fn movements(shelf: &Shelf, goods: GoodsId) -> i64 {
    let mut sum = 0;
    for delivery in shelf.deliveries().iter().filter(|one| one.goods == goods) {
        sum += i64::from(delivery.quantity);
    }
    for count in shelf.counts().iter().filter(|one| one.goods == goods) {
        sum += count.counted - count.expected;
    }
    for line in shelf.redemptions().filter(|one| !one.undone).flat_map(|one| &one.lines) {
        sum -= if line.goods == goods { i64::from(line.quantity) } else { 0 };
    }
    sum
}

/// What the goods that are there come to when the command is carried out.
fn stock_after(village: &Village, command: &Command, today: Date) -> BTreeMap<GoodsId, i64> {
    let shelf = &village.shelf;
    let stocked = shelf.goods.iter().filter(|goods| !goods.is_service);
    let mut stock: BTreeMap<GoodsId, i64> = stocked.map(|goods| (goods.id, shelf.stock(goods.id))).collect();
    let mut add = |goods: GoodsId, change: i64| {
        stock.entry(goods).and_modify(|stock| *stock += change);
    };
    match command {
        Command::ReceiveStock { goods, quantity, .. } => add(*goods, i64::from(*quantity)),
        Command::Redeem { basket, .. } => {
            for (goods, n) in basket {
                add(*goods, -i64::from(*n));
            }
        }
        Command::ReturnRedemption { redemption, .. } => {
            for line in shelf.redemption(*redemption).map_or(&[][..], |one| &one.lines) {
                add(line.goods, i64::from(line.quantity));
            }
        }
        Command::UndoRedemption(id) => {
            let (day, lines) = shelf.redemption(*id).map_or((today, &[][..]), |one| (one.at.date(), &one.lines));
            for line in lines {
                // As if it had never been handed out: who counted since has found it there.
                let is_known =
                    day < today && shelf.counts().iter().any(|one| one.goods == line.goods && one.date > day);
                add(line.goods, if is_known { 0 } else { i64::from(line.quantity) });
            }
        }
        Command::Settle(Settlement::CountStock { goods, counted, .. }) => {
            stock.insert(*goods, i64::from(*counted));
        }
        Command::Settle(Settlement::JoinGoods { gone, kept }) => {
            add(*kept, shelf.stock(*gone));
            add(*gone, -shelf.stock(*gone));
        }
        Command::CloseDay(new) => {
            for line in village.day_goods(new.day) {
                let counted = new.counted.iter().find(|(goods, _)| *goods == line.goods).map(|(_, n)| i64::from(*n));
                // Who counted later has found what was missing then.
                let is_known = shelf.counts().iter().any(|one| one.goods == line.goods && one.date > new.day);
                add(line.goods, if is_known { 0 } else { counted.unwrap_or(line.counted) - line.counted });
            }
        }
        _ => {}
    }
    stock
}

/// 32 with every run, or as many as `PROPTEST_CASES` says, for a long search.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(32)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn any_acts_keep_every_check(
        tries in proptest::collection::vec(any_try(), 0..120),
        kind in proptest::sample::select(VillagerAccount::ALL),
    ) {
        let mut pair = Pair::new(kind);
        for tried in tries {
            pair.play(tried);
            let broken = pair.broken();
            prop_assert!(broken.is_empty(), "after {tried:?}: {broken:?}");
            prop_assert_eq!(pair.astray(), [], "after {:?}", tried);
            prop_assert_eq!(pair.short(), [], "after {:?}", tried);
        }
    }
}

/// The tries above would prove little if everything were refused.
#[test]
fn every_kind_of_command_is_done_among_them() {
    let mut runner = TestRunner::deterministic();
    let tries = proptest::collection::vec(any_try(), 300);
    let mut done = BTreeSet::new();
    for kind in VillagerAccount::ALL.iter().cycle().take(8) {
        let mut pair = Pair::new(*kind);
        let drawn = tries.new_tree(&mut runner).expect("a list").current();
        for tried in drawn {
            pair.play(tried);
        }
        done.append(&mut pair.done);
    }
    // The village is founded once, before.
    let missing: Vec<_> = KINDS.iter().map(|(_, kind)| *kind).filter(|kind| !done.contains(kind)).collect();
    assert_eq!(missing, [Kind::Found]);
}
