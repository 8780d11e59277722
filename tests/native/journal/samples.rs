//! One of everything that can be written. These never change, because the
//! fixtures of version 1 hold the same; what is new gets samples of its own.

pub mod accounts;
pub mod budget;
pub mod categories;
mod complete;
pub mod confirmed;
pub mod joined;
pub mod own_units;
pub mod people;
pub mod photos;
pub mod redemption_day;
pub mod returns;
pub mod review;
pub mod sums;
pub mod two_hands;
pub mod units;
pub mod visits;
pub mod working_days;

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::case::clock::{DayUnit, Limit, Target};
use cunzhi::domain::case::record::{Errand, Handling, Happening, Opening, Rating, Risk, Source, Topic};
use cunzhi::domain::conflict::{ActPlace, Choice, SeenJournal};
use cunzhi::domain::event::{Event, JoinedPerson, PostedLine};
use cunzhi::domain::id::{
    ActivityId, CaseId, DeviceId, EntryId, GoodsId, GridId, HouseholdId, ItemId, Kind, NoteId, PersonId, RedemptionId,
    VetoId,
};
use cunzhi::domain::points::close::MonthClosed;
use cunzhi::domain::points::dispute::{DisputeDecided, EntryDisputed, Outcome};
use cunzhi::domain::points::ledger::{Account, ClearCause};
use cunzhi::domain::points::rule::{
    Cap, CapOf, Category, Conditions, Item, Ledger, Meeting, Period, RuleBook, RuleVersion, Score, Unit,
};
use cunzhi::domain::points::sheet::ClosedSheet;
use cunzhi::domain::points::shelf::{BasketLine, Delivery, Goods, StockSource};
use cunzhi::domain::points::veto::{VetoAppealed, VetoEffect, VetoImposed, VetoRevoked};
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::domain::roster::MemberType;
use cunzhi::journal::act::Act;
use jiff::civil::{Date, date};

const DAY: Date = date(2025, 9, 26);
const NOTE: NoteId = NoteId::from_raw(0x1234_5678_0000_0001);

/// One of everything that version 2 writes: that of version 1, and what came with it.
pub fn acts() -> Vec<Act> {
    let mut acts = acts_of_version_1();
    let later = (100 + acts.len() as u64..).zip(settlements()).map(|(n, event)| act(n, vec![event]));
    acts.extend(later);
    acts
}

/// Lines that are packed, and what settles contradictions between two laptops.
fn settlements() -> Vec<Event> {
    let line =
        |entry, account, quantity, points| PostedLine { entry: EntryId::from_raw(entry), account, quantity, points };
    let home = |raw| Account::Household(HouseholdId::from_raw(raw));
    let member = |raw| Account::Member(PersonId::from_raw(raw));
    let (activity, item, version) = (ActivityId::from_raw(5), ItemId::from_raw(6), RuleVersion(1));
    let lines = vec![line(7 << 32 | 9, home(u64::MAX), u32::MAX, i32::MIN), line(7 << 32 | 0xa, home(0), 1, i32::MAX)];
    let place = ActPlace { device: DeviceId(7), sequence: u64::MAX, event: 1 };
    let household = HouseholdId::from_raw(300);
    let person = |gone, kept| JoinedPerson { gone: PersonId::from_raw(gone), kept: PersonId::from_raw(kept) };
    let (goods, case) = (GoodsId::from_raw(11), CaseId::from_raw(1));
    vec![
        Event::PointsPosted { activity, item, version, date: DAY, note: None, lines },
        Event::OpeningPosted {
            date: DAY,
            lines: vec![line(1, member(7 << 32 | 1), 0, 60), line(2, member(7 << 32), 0, 0)],
        },
        Event::OthersSeen(vec![SeenJournal { device: DeviceId(9), acts: u64::MAX }]),
        Event::DisplacedSettled { place, choice: Choice::Keep },
        Event::DisplacedSettled { place, choice: Choice::Take },
        Event::HouseholdsJoined {
            gone: household,
            kept: HouseholdId::from_raw(1),
            people: vec![person(1, 2), person(3, 4)],
        },
        Event::HouseholdRenumbered { household, number: "2-018".to_owned() },
        Event::CaseRenumbered { case, number: u32::MAX },
        Event::StockCounted { goods, counted: 3, date: DAY, note: Some(NOTE) },
        Event::DebtAccepted { account: home(1), balance: i64::MIN },
        Event::PersonErased { person: PersonId::from_raw(7) },
    ]
}

/// Acts with all kinds of events, one event each, and one act without any.
pub fn acts_of_version_1() -> Vec<Act> {
    let groups = [people(), points(), shelf(), openings(), moves()];
    let mut acts: Vec<_> = (100..).zip(groups.into_iter().flatten()).map(|(n, event)| act(n, vec![event])).collect();
    acts.push(act(100 + acts.len() as u64, Vec::new()));
    acts
}

fn act(sequence: u64, events: Vec<Event>) -> Act {
    let at = Moment::at(DAY, 16, 0);
    Act { sequence, clock: Clock(u64::MAX - sequence), at, actor: 3, events }
}

fn people() -> Vec<Event> {
    let household = HouseholdId::from_raw(300);
    let mut events = vec![
        Event::VillageFounded { name: "柳湾村".to_owned(), town: "清河镇".to_owned(), county: String::new() },
        Event::GridAdded { grid: GridId::from_raw(u64::MAX), number: u16::MAX, name: "第二网格".to_owned() },
        Event::HouseholdAdded {
            household,
            number: "2-017".into(),
            grid: Some(GridId::from_raw(24)),
            group: "五组".into(),
        },
        Event::HouseholdAdded { household, number: "".into(), grid: None, group: "".into() },
        Event::PersonAdded { person: PersonId::from_raw(23), household },
    ];
    events.extend(MemberType::ALL.iter().map(|kind| Event::MemberTyped {
        person: PersonId::from_raw(256),
        kind: *kind,
        from: date(1969, 12, 31),
    }));
    events
}

fn points() -> Vec<Event> {
    let line = |account, points| PostedLine { entry: EntryId::from_raw(65_536), account, quantity: 2, points };
    let lines = vec![
        line(Account::Household(HouseholdId::from_raw(1)), i32::MAX),
        line(Account::Member(PersonId::from_raw(2)), i32::MIN),
    ];
    let (activity, item, version) = (ActivityId::from_raw(5), ItemId::from_raw(6), RuleVersion(1));
    vec![
        Event::RuleBookAdopted(rule_book()),
        Event::PointsPosted { activity, item, version, date: DAY, note: Some(NOTE), lines: lines.clone() },
        Event::PointsPosted { activity, item, version, date: DAY, note: None, lines: Vec::new() },
        Event::OpeningPosted { date: DAY, lines },
        Event::EntryReversed { entry: EntryId::from_raw(8), original: EntryId::from_raw(7), date: DAY, note: NOTE },
    ]
}

fn rule_book() -> RuleBook {
    const CATEGORIES: [Category; 8] = [
        Category::Environment,
        Category::Customs,
        Category::PublicGood,
        Category::Mediation,
        Category::Safety,
        Category::Advice,
        Category::Duty,
        Category::Honour,
    ];
    const UNITS: [Unit; 5] = [Unit::Time, Unit::Hour, Unit::Household, Unit::Month, Unit::Matter];
    const PERIODS: [Period; 5] = [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year];
    let items = CATEGORIES.iter().zip(UNITS.iter().cycle()).zip(PERIODS.iter().cycle()).zip(0..);
    let items = items.map(|(((category, unit), period), n)| Item {
        id: ItemId::from_raw(n),
        code: format!("Q{n:02}"),
        ledger: if n % 2 == 0 { Ledger::Villager } else { Ledger::Member },
        member_types: MemberType::ALL.iter().copied().take(usize::try_from(n).unwrap_or(0)).collect(),
        category: *category,
        name: "环境整治".to_owned(),
        score: if n % 2 == 0 { Score::Fixed(-5) } else { Score::Range(1, 100) },
        unit: *unit,
        caps: vec![
            Cap { period: *period, of: CapOf::Times(1) },
            Cap { period: Period::Year, of: CapOf::Points(u32::MAX) },
        ],
        conditions: Conditions::default(),
    });
    RuleBook {
        version: RuleVersion(u16::MAX),
        label: "2025-1".to_owned(),
        effective: date(2024, 1, 1),
        adopted: date(2023, 12, 20),
        items: items.collect(),
        category_caps: Vec::new(),
        meeting: Meeting::default(),
    }
}

fn shelf() -> Vec<Event> {
    let goods = GoodsId::from_raw(11);
    let known = Goods {
        id: goods,
        name: "洗衣液 2 kg".to_owned(),
        unit: "瓶".to_owned(),
        price_points: 20,
        price_cents: 1_990,
        is_service: false,
    };
    let redemption = RedemptionId::from_raw(12);
    let lines = vec![BasketLine { goods, quantity: 2, price_points: 20 }];
    let account = Account::Household(HouseholdId::from_raw(1));
    let mut events = vec![
        Event::GoodsAdded(Goods { is_service: true, ..known.clone() }),
        Event::GoodsAdded(known),
        Event::Redeemed { redemption, account, lines: lines.clone(), proxy: Some(NOTE) },
        Event::Redeemed { redemption, account, lines, proxy: None },
        Event::RedemptionUndone { redemption },
    ];
    let delivery = |source| Event::StockReceived(Delivery { goods, quantity: 60, source, date: DAY });
    events.extend([StockSource::Collective, StockSource::Donated, StockSource::PublicFunds].map(delivery));
    events
}

fn openings() -> Vec<Event> {
    let errands = [Errand::Reminder, Errand::Help, Errand::Prevention];
    let risks = [None, Some(Risk::Blue), Some(Risk::Yellow), Some(Risk::Red)];
    let openings = Source::ALL.iter().zip(Topic::ALL).zip(0..).map(|((source, topic), place)| {
        let number = u32::try_from(place).unwrap_or(0) + 1;
        Event::CaseOpened(Opening {
            id: CaseId::from_raw(u64::from(number)),
            number,
            source: *source,
            grid: (number % 2 == 0).then_some(GridId::from_raw(2)),
            reporter: (number % 2 == 1).then_some(PersonId::from_raw(3)),
            topic: *topic,
            errand: errands[place % 3],
            risk: risks[place % 4],
            received: Moment(-1),
        })
    });
    openings.collect()
}

fn moves() -> Vec<Event> {
    let ratings = [
        Rating::VerySatisfied,
        Rating::Satisfied,
        Rating::FairlySatisfied,
        Rating::Dissatisfied,
        Rating::VeryDissatisfied,
    ];
    let closed = Limit { days: 5, unit: DayUnit::WorkingDay, target: Target::Closed };
    let mut happenings = vec![
        Happening::Reported,
        Happening::Assigned(Handling::Immediate),
        Happening::Assigned(Handling::TimeLimited(Limit::days(10, Target::FedBack))),
        Happening::Assigned(Handling::Escalated { to: NOTE, follow_up: DAY }),
        Happening::Assigned(Handling::ExplainedReturn(NOTE)),
        Happening::Started,
        Happening::FedBack(Some(NOTE)),
        Happening::FedBack(None),
        Happening::Answered { note: Some(NOTE), resolved: None },
        Happening::Answered { note: None, resolved: Some(true) },
        Happening::Answered { note: None, resolved: Some(false) },
        Happening::Archived,
        Happening::HandlingChanged(Handling::TimeLimited(closed), NOTE),
        Happening::Suspended(NOTE),
        Happening::Resumed,
        Happening::Extended(90, NOTE),
        Happening::Urged(None),
        Happening::Urged(Some(NOTE)),
    ];
    happenings.extend(ratings.map(|rating| Happening::Rated(rating, Some(NOTE))));
    let case = CaseId::from_raw(1);
    happenings.into_iter().map(|happening| Event::CaseMoved { case, happening }).collect()
}

/// Register records with every field of every kind of owner; one was erased.
pub fn owners() -> Vec<(Owner, Vec<FieldValue>)> {
    let kinds = [Kind::Household, Kind::Person, Kind::Case, Kind::Note].into_iter().zip(1..);
    let owner = |(kind, raw): (Kind, u64)| {
        let values = Field::ALL.iter().zip(1..).map(|(field, n)| FieldValue {
            field: *field,
            clock: Clock(n << 40),
            text: (*field != Field::IdNumber).then(|| format!("王海林 {n}")),
        });
        (Owner { kind, raw: raw << 32 | raw }, values.collect())
    };
    kinds.map(owner).collect()
}

/// What watches over the ledgers, which came after the fixtures of version 2.
pub fn oversight() -> Vec<Act> {
    let veto = VetoId::from_raw(7 << 32 | 1);
    let (account, entry) = (Account::Household(HouseholdId::from_raw(1)), EntryId::from_raw(7 << 32 | 9));
    let imposed = |to, effects: &[VetoEffect]| VetoImposed {
        veto,
        account,
        reason: NOTE,
        document: NOTE,
        meeting: NOTE,
        met: DAY,
        from: DAY,
        to,
        effects: effects.to_vec(),
    };
    let decided = |outcome| Event::DisputeDecided(DisputeDecided { entry, date: DAY, outcome, note: NOTE });
    let closed = |ledger| {
        let month = Month { year: 2025, month: 9 };
        let (entries, points, redeemed) = (u32::MAX, i64::MIN, i64::MAX);
        Event::MonthClosed(MonthClosed {
            ledger,
            month,
            date: DAY,
            notice_days: 3,
            objection_days: 7,
            entries,
            points,
            redeemed,
            sheet: ClosedSheet::default(),
            carried: Vec::new(),
        })
    };
    let lines = vec![PostedLine { entry, account, quantity: 0, points: -50 }];
    let cleared = |cause| Event::PointsCleared { cause, date: DAY, lines: lines.clone() };
    let events = vec![
        Event::VetoImposed(imposed(None, &[])),
        Event::VetoImposed(imposed(Some(DAY), VetoEffect::ALL)),
        Event::VetoAppealed(VetoAppealed { veto, date: DAY, note: NOTE }),
        Event::VetoRevoked(VetoRevoked { veto, date: DAY, document: NOTE, note: NOTE }),
        Event::EntryDisputed(EntryDisputed { entry, date: DAY, deadline: DAY, note: NOTE }),
        decided(Outcome::Kept),
        decided(Outcome::Reversed(entry)),
        closed(Ledger::Villager),
        closed(Ledger::Member),
        cleared(ClearCause::Veto(veto)),
        cleared(ClearCause::YearEnd(2025)),
        cleared(ClearCause::Expired(12)),
    ];
    (300..).zip(events).map(|(n, event)| act(n, vec![event])).collect()
}
