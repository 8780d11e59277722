//! Any event at all: what proptest makes of every variant.

mod photos;
mod review;
mod rules;
mod visits;

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::case::clock::{DayUnit, Limit, Target};
use cunzhi::domain::case::record::{Errand, Handling, Happening, Opening, Rating, Risk, Source, Topic};
use cunzhi::domain::confirmed::Confirmed;
use cunzhi::domain::conflict::{ActPlace, Choice, SeenJournal};
use cunzhi::domain::event::{Event, JoinedPerson, PostedLine};
use cunzhi::domain::id::{
    ActivityId, CaseId, DeviceId, EntryId, GoodsId, GridId, HouseholdId, ItemId, NoteId, PersonId, RedemptionId,
    UnitId, VetoId,
};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::accounts::VillagerAccount;
use cunzhi::domain::points::close::{MonthClosed, Tally};
use cunzhi::domain::points::dispute::{DisputeDecided, EntryDisputed, Outcome};
use cunzhi::domain::points::ledger::{Account, ClearCause};
use cunzhi::domain::points::redemption_day::{DayClosing, DayGoods, DayPoints};
use cunzhi::domain::points::rule::{Ledger, RuleVersion};
use cunzhi::domain::points::sheet::ClosedSheet;
use cunzhi::domain::points::shelf::{BasketLine, Delivery, Goods, GoodsTerms, Returned, StockSource};
use cunzhi::domain::points::veto::{VetoAppealed, VetoEffect, VetoImposed, VetoRevoked};
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::units::UnitChange;
use cunzhi::domain::working_days::YearTable;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn day() -> impl Strategy<Value = Date> {
    (-9_999_i16..=9_999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn text() -> impl Strategy<Value = String> {
    ".{0,12}"
}

macro_rules! ids {
    ($($name:ident: $type:ident),+ $(,)?) => {$(
        fn $name() -> impl Strategy<Value = $type> {
            any::<u64>().prop_map($type::from_raw)
        }
    )+};
}

ids! {
    activity: ActivityId, case: CaseId, entry: EntryId, goods: GoodsId, grid: GridId, household: HouseholdId,
    item: ItemId, note: NoteId, person: PersonId, redemption: RedemptionId, unit: UnitId, veto: VetoId,
}

fn account() -> impl Strategy<Value = Account> {
    prop_oneof![
        household().prop_map(Account::Household),
        person().prop_map(Account::Member),
        person().prop_map(Account::Villager)
    ]
}

/// Lines that are numbered one after another, which are packed, and any others.
fn lines() -> impl Strategy<Value = Vec<PostedLine>> {
    let line = (entry(), account(), any::<u32>(), any::<i32>());
    let line = line.prop_map(|(entry, account, quantity, points)| PostedLine { entry, account, quantity, points });
    let kind = any_of(&[None, Some(VillagerAccount::Household), Some(VillagerAccount::Person)]);
    (vec(line, 0..20), any::<bool>(), kind).prop_map(|(mut lines, in_turn, kind)| {
        let first = lines.first().map_or(0, |line| line.entry.raw());
        for (place, line) in (0_u64..).zip(&mut lines) {
            if in_turn {
                line.entry = EntryId::from_raw(first.wrapping_add(place));
            }
            let raw = u64::from(line.quantity);
            match kind {
                Some(VillagerAccount::Household) => line.account = Account::Household(HouseholdId::from_raw(raw)),
                Some(VillagerAccount::Person) => line.account = Account::Villager(PersonId::from_raw(raw)),
                None => {}
            }
        }
        lines
    })
}

fn handling() -> impl Strategy<Value = Handling> {
    let limit =
        (any::<u16>(), any_of(&[DayUnit::Day, DayUnit::WorkingDay]), any_of(&[Target::Closed, Target::FedBack]));
    prop_oneof![
        Just(Handling::Immediate),
        limit.prop_map(|(days, unit, target)| Handling::TimeLimited(Limit { days, unit, target })),
        (note(), day()).prop_map(|(to, follow_up)| Handling::Escalated { to, follow_up }),
        note().prop_map(Handling::ExplainedReturn),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    let maybe = || proptest::option::of(note());
    prop_oneof![
        Just(Happening::Reported),
        handling().prop_map(Happening::Assigned),
        Just(Happening::Started),
        maybe().prop_map(Happening::FedBack),
        (maybe(), any::<Option<bool>>()).prop_map(|(note, resolved)| Happening::Answered { note, resolved }),
        (any_of(Rating::ALL), maybe()).prop_map(|(rating, note)| Happening::Rated(rating, note)),
        Just(Happening::Archived),
        (handling(), note()).prop_map(|(handling, note)| Happening::HandlingChanged(handling, note)),
        note().prop_map(Happening::Suspended),
        Just(Happening::Resumed),
        (any::<u16>(), note()).prop_map(|(days, note)| Happening::Extended(days, note)),
        maybe().prop_map(Happening::Urged),
    ]
}

fn opening() -> impl Strategy<Value = Opening> {
    let who = (proptest::option::of(grid()), proptest::option::of(person()));
    let words = (any_of(Source::ALL), any_of(Topic::ALL), any_of(Errand::ALL), proptest::option::of(any_of(Risk::ALL)));
    (case(), any::<u32>(), who, words, any::<i64>()).prop_map(
        |(id, number, (grid, reporter), (source, topic, errand, risk), received)| Opening {
            id,
            number,
            source,
            grid,
            reporter,
            topic,
            errand,
            risk,
            received: Moment(received),
        },
    )
}

fn people() -> impl Strategy<Value = Event> {
    prop_oneof![
        (text(), text(), text()).prop_map(|(name, town, county)| Event::VillageFounded { name, town, county }),
        (grid(), any::<u16>(), text()).prop_map(|(grid, number, name)| Event::GridAdded { grid, number, name }),
        (household(), text(), proptest::option::of(grid()), text()).prop_map(|(household, number, grid, group)| {
            Event::HouseholdAdded { household, number: number.into(), grid, group: group.into() }
        }),
        (person(), household()).prop_map(|(person, household)| Event::PersonAdded { person, household }),
        (person(), any_of(MemberType::ALL), day()).prop_map(|(person, kind, from)| Event::MemberTyped {
            person,
            kind,
            from
        }),
        person().prop_map(|person| Event::PersonErased { person }),
        (person(), any_of(PersonChange::ALL), day()).prop_map(|(person, change, from)| Event::PersonChanged {
            person,
            change,
            from
        }),
    ]
}

fn units() -> impl Strategy<Value = Event> {
    let change = prop_oneof![
        proptest::option::of(person()).prop_map(UnitChange::Headed),
        any::<u16>().prop_map(UnitChange::Renumbered),
        unit().prop_map(UnitChange::JoinedTo),
        Just(UnitChange::Dissolved),
    ];
    prop_oneof![
        (unit(), proptest::option::of(grid()), any::<u16>()).prop_map(|(unit, grid, number)| Event::UnitAdded {
            unit,
            grid,
            number
        }),
        (proptest::option::of(unit()), vec(household(), 0..4))
            .prop_map(|(unit, households)| Event::HouseholdsPlaced { unit, households }),
        (unit(), change).prop_map(|(unit, change)| Event::UnitChanged { unit, change }),
    ]
}

fn points() -> impl Strategy<Value = Event> {
    let posted = (activity(), item(), any::<u16>(), day(), proptest::option::of(note()), lines());
    let posted = posted.prop_map(|(activity, item, version, date, note, lines)| Event::PointsPosted {
        activity,
        item,
        version: RuleVersion(version),
        date,
        note,
        lines,
    });
    prop_oneof![
        rules::rule_book().prop_map(Event::RuleBookAdopted),
        posted,
        (day(), lines()).prop_map(|(date, lines)| Event::OpeningPosted { date, lines }),
        (entry(), entry(), day(), note()).prop_map(|(entry, original, date, note)| Event::EntryReversed {
            entry,
            original,
            date,
            note
        }),
    ]
}

fn shelf() -> impl Strategy<Value = Event> {
    let added = (goods(), text(), text(), any::<u32>(), any::<u32>(), any::<bool>());
    let added = added.prop_map(|(id, name, unit, price_points, price_cents, is_service)| {
        Event::GoodsAdded(Goods { id, name, unit, price_points, price_cents, is_service })
    });
    let sources = any_of(&[StockSource::Collective, StockSource::Donated, StockSource::PublicFunds]);
    let received = (goods(), any::<u32>(), sources, day())
        .prop_map(|(goods, quantity, source, date)| Event::StockReceived(Delivery { goods, quantity, source, date }));
    let line = (goods(), any::<u32>(), any::<u32>());
    let line = line.prop_map(|(goods, quantity, price_points)| BasketLine { goods, quantity, price_points });
    prop_oneof![
        added,
        received,
        (redemption(), account(), vec(line, 0..4), proptest::option::of(note()))
            .prop_map(|(redemption, account, lines, proxy)| Event::Redeemed { redemption, account, lines, proxy }),
        redemption().prop_map(|redemption| Event::RedemptionUndone { redemption }),
        (redemption(), entry(), day(), note()).prop_map(|(redemption, entry, date, note)| {
            Event::RedemptionReturned(Returned { redemption, entry, date, note })
        }),
        (goods(), any::<u32>(), day(), proptest::option::of(note()))
            .prop_map(|(goods, counted, date, note)| Event::StockCounted { goods, counted, date, note }),
        redemption_day(),
    ]
}

fn redemption_day() -> impl Strategy<Value = Event> {
    let maybe = || any::<Option<u32>>();
    let terms = (goods(), any::<u32>(), any::<u32>(), maybe(), maybe(), any::<bool>());
    let terms = terms.prop_map(|(goods, price_points, price_cents, quarter_limit, low_stock, is_offered)| GoodsTerms {
        goods,
        price_points,
        price_cents,
        quarter_limit,
        low_stock,
        is_offered,
    });
    let points = any::<(i64, i64, i64, i64)>();
    let points =
        points.prop_map(|(opening, redeemed, closing, on_paper)| DayPoints { opening, redeemed, closing, on_paper });
    let counted = (goods(), any::<(i64, i64, i64, i64)>());
    let counted = counted.prop_map(|(goods, (opening, received, issued, counted))| DayGoods {
        goods,
        opening,
        received,
        issued,
        counted,
    });
    let closing = (day(), points, vec(counted, 0..4), proptest::option::of(note()));
    prop_oneof![
        terms.prop_map(Event::GoodsTermsSet),
        closing.prop_map(|(day, points, goods, note)| Event::DayClosed(DayClosing { day, points, goods, note })),
        (day(), note()).prop_map(|(day, note)| Event::DayReopened { day, note }),
    ]
}

fn settlements() -> impl Strategy<Value = Event> {
    let seen = any::<(u32, u64)>().prop_map(|(device, acts)| SeenJournal { device: DeviceId(device), acts });
    let place = any::<(u32, u64, u32)>();
    let place = place.prop_map(|(device, sequence, event)| ActPlace { device: DeviceId(device), sequence, event });
    let joined = (person(), person()).prop_map(|(gone, kept)| JoinedPerson { gone, kept });
    prop_oneof![
        vec(seen, 0..4).prop_map(Event::OthersSeen),
        (place, any_of(Choice::ALL)).prop_map(|(place, choice)| Event::DisplacedSettled { place, choice }),
        (household(), household(), vec(joined, 0..4)).prop_map(|(gone, kept, people)| Event::HouseholdsJoined {
            gone,
            kept,
            people
        }),
        (household(), text()).prop_map(|(household, number)| Event::HouseholdRenumbered { household, number }),
        (case(), any::<u32>()).prop_map(|(case, number)| Event::CaseRenumbered { case, number }),
        (account(), any::<i64>()).prop_map(|(account, balance)| Event::DebtAccepted { account, balance }),
        confirmed().prop_map(Event::FindingConfirmed),
        (goods(), goods(), note()).prop_map(|(gone, kept, note)| Event::GoodsJoined { gone, kept, note }),
        (year_table(), any::<bool>()).prop_map(|(table, replaces)| Event::WorkingDaysEntered { table, replaces }),
    ]
}

fn year_table() -> impl Strategy<Value = YearTable> {
    let days = || prop::collection::vec(day(), 0..4);
    (any::<i16>(), days(), days()).prop_map(|(year, off, worked)| YearTable { year, off, worked })
}

fn confirmed() -> impl Strategy<Value = Confirmed> {
    let tally = (any::<u32>(), any::<i64>(), any::<i64>());
    let tally = tally.prop_map(|(entries, points, redeemed)| Tally { entries, points, redeemed });
    prop_oneof![
        any::<u64>().prop_map(|id| Confirmed::Redemption(RedemptionId::from_raw(id))),
        household().prop_map(Confirmed::Joined),
        (any_of(Ledger::ALL), day(), tally).prop_map(|(ledger, day, tally)| Confirmed::Month {
            ledger,
            month: Month::of(day),
            tally
        }),
        (account(), any::<i16>(), any::<i64>()).prop_map(|(account, year, balance)| Confirmed::Carried {
            account,
            year,
            balance
        }),
    ]
}

fn oversight() -> impl Strategy<Value = Event> {
    let ledger = || any_of(Ledger::ALL);
    let imposed = (
        (veto(), account(), note(), note(), note()),
        (day(), day(), proptest::option::of(day()), vec(any_of(VetoEffect::ALL), 0..4)),
    );
    let imposed = imposed.prop_map(|((veto, account, reason, document, meeting), (met, from, to, effects))| {
        Event::VetoImposed(VetoImposed { veto, account, reason, document, meeting, met, from, to, effects })
    });
    let outcome = prop_oneof![Just(Outcome::Kept), entry().prop_map(Outcome::Reversed)];
    let cause = prop_oneof![
        veto().prop_map(ClearCause::Veto),
        any::<i16>().prop_map(ClearCause::YearEnd),
        any::<u16>().prop_map(ClearCause::Expired)
    ];
    let sheet = vec(any::<u8>(), 0..40).prop_map(ClosedSheet);
    let closed = (ledger(), (day(), day()), any::<(u16, u16, u32, i64, i64)>(), sheet, lines());
    let closed = closed.prop_map(|(ledger, (month, date), numbers, sheet, carried)| {
        let (notice_days, objection_days, entries, points, redeemed) = numbers;
        Event::MonthClosed(MonthClosed {
            ledger,
            month: Month::of(month),
            date,
            notice_days,
            objection_days,
            entries,
            points,
            redeemed,
            sheet,
            carried,
        })
    });
    prop_oneof![
        imposed,
        (veto(), day(), note()).prop_map(|(veto, date, note)| Event::VetoAppealed(VetoAppealed { veto, date, note })),
        (veto(), day(), note(), note()).prop_map(|(veto, date, document, note)| Event::VetoRevoked(VetoRevoked {
            veto,
            date,
            document,
            note
        })),
        (entry(), day(), day(), note()).prop_map(|(entry, date, deadline, note)| Event::EntryDisputed(EntryDisputed {
            entry,
            date,
            deadline,
            note
        })),
        (entry(), day(), outcome, note()).prop_map(|(entry, date, outcome, note)| Event::DisputeDecided(
            DisputeDecided { entry, date, outcome, note }
        )),
        closed,
        (cause, day(), lines()).prop_map(|(cause, date, lines)| Event::PointsCleared { cause, date, lines }),
    ]
}

/// Any event.
pub fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        people(),
        units(),
        points(),
        shelf(),
        settlements(),
        oversight(),
        review::review(),
        visits::visits(),
        photos::photos(),
        opening().prop_map(Event::CaseOpened),
        (case(), happening()).prop_map(|(case, happening)| Event::CaseMoved { case, happening }),
    ]
}
