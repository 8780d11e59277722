//! How domain types are written: CBOR arrays whose positions are the field
//! numbers. The tables below *are* the stored format.
//!
//! Rules for ever: positions keep their meaning; new fields go to the end,
//! behind the bar, and are empty in old files; codes of variants are never
//! reused. A reader skips trailing fields that it does not know.
//!
//! The lines of a posting are packed as a byte string, see [`lines`]; what was
//! written before that was an array of records, and both are read.

#[macro_use]
mod macros;
mod categories;
mod lines;

use std::ops::RangeInclusive;

use jiff::civil::Date;
use minicbor::Encoder;
use minicbor::encode::{Error as EncodeError, Write};
use smol_str::SmolStr;

use super::cbor::Reader;
use crate::domain::calendar::{Moment, Month, add_days, days_since_epoch};
use crate::domain::case::clock::{DayUnit, Limit, Target};
use crate::domain::case::record::{Errand, Handling, Happening, Opening, Rating, Risk, Source, Topic};
use crate::domain::confirmed::Confirmed;
use crate::domain::conflict::{ActPlace, Choice, SeenJournal};
use crate::domain::event::{ClaimVerdict, Event, FiledClaim, JoinedPerson};
use crate::domain::id::{
    ActivityId, CaseId, ClaimId, DeviceId, EntryId, GoodsId, GridId, HouseholdId, ItemId, NoteId, PersonId, PhotoId,
    RedemptionId, StaffId, UnitId, VetoId, VisitId,
};
use crate::domain::people::PersonChange;
use crate::domain::photo::{Digest, PhotoAdded, PhotoHost, PhotoRemoval};
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::close::{MonthClosed, Tally};
use crate::domain::points::dispute::{DisputeDecided, EntryDisputed, Outcome};
use crate::domain::points::ledger::{Account, ClearCause};
use crate::domain::points::redemption_day::{DayClosing, DayGoods, DayPoints};
use crate::domain::points::rule::{
    Cap, CapOf, Conditions, Ledger, Meeting, OwnScore, Period, RuleBook, RuleVersion, Score,
};
use crate::domain::points::settings::{CarryOver, Reviewing, Settings};
use crate::domain::points::sheet::ClosedSheet;
use crate::domain::points::shelf::{BasketLine, Delivery, Goods, GoodsTerms, Returned, StockSource};
use crate::domain::points::veto::{VetoAppealed, VetoEffect, VetoImposed, VetoRevoked};
use crate::domain::register::{Clock, Field, FieldValue};
use crate::domain::roster::MemberType;
use crate::domain::staff::Standing;
use crate::domain::units::UnitChange;
use crate::domain::visits::{Capacity, MemberLink, VisitMade, VisitReward, Visitor};
use crate::domain::working_days::YearTable;

/// One field of a record: how it is written and read where the domain type
/// itself cannot carry the codec (dates, text). What cannot be read is `None`
/// without a reason: the act that holds it is named, and a reason that is handed
/// through every field would be half of the program.
pub(super) trait Wire: Sized {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>>;
    fn take(d: &mut Reader<'_>) -> Option<Self>;

    /// Many of them: an array, unless the type knows better.
    fn put_all<W: Write>(values: &[Self], e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.array(values.len() as u64)?;
        values.iter().try_for_each(|value| value.put(e))
    }
    fn take_all(d: &mut Reader<'_>) -> Option<Vec<Self>> {
        let count = d.array()?;
        // A damaged length must not reserve memory; the vector grows as it is read.
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(Self::take(d)?);
        }
        Some(values)
    }
}

plain!(
    u8 => u8, unsigned; u16 => u16, unsigned; u32 => u32, unsigned; u64 => u64, unsigned;
    i16 => i16, signed; i32 => i32, signed; i64 => i64, signed;
);

impl Wire for bool {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.bool(*self)?.ok()
    }
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        d.boolean()
    }
}

/// Short text that needs no memory of its own.
impl Wire for SmolStr {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.str(self)?.ok()
    }
    #[inline(never)]
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        d.text().map(Self::new)
    }
}

impl Wire for String {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.str(self)?.ok()
    }
    #[inline(never)]
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        Some(d.text()?.to_owned())
    }
}

/// The days from 1970-01-01 that a date can lie at: −9999-01-01 to 9999-12-31.
const DAYS: RangeInclusive<i32> = -4_371_587..=2_932_896;

/// A date is the number of days since 1970-01-01. Every date can be written,
/// so every date can be read.
impl Wire for Date {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.i32(days_since_epoch(*self))?.ok()
    }
    #[inline(never)]
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        let days = i32::take(d).filter(|days| DAYS.contains(days))?;
        Some(add_days(jiff::civil::date(1970, 1, 1), days))
    }
}

/// A digest is its bytes.
impl Wire for Digest {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        d.bytes()?.try_into().ok().map(Self)
    }
}

/// The lines of a notice are the bytes to which the domain packs them.
impl Wire for ClosedSheet {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        d.bytes().map(|bytes| Self(bytes.to_vec()))
    }
}

/// A month is written as its first day; whatever day is read, its month counts.
impl Wire for Month {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        self.first_day().put(e)
    }
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        Date::take(d).map(Self::of)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        match self {
            Some(value) => value.put(e),
            None => e.null()?.ok(),
        }
    }
    #[inline(never)]
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        if d.takes_null() { Some(None) } else { T::take(d).map(Some) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        T::put_all(self, e)
    }
    #[inline(never)]
    fn take(d: &mut Reader<'_>) -> Option<Self> {
        T::take_all(d)
    }
}

number!(Moment(i64), RuleVersion(u16), DeviceId(u32), Clock(u64));

id!(
    GridId,
    HouseholdId,
    PersonId,
    ItemId,
    ActivityId,
    EntryId,
    GoodsId,
    RedemptionId,
    CaseId,
    NoteId,
    VetoId,
    ClaimId,
    StaffId,
    VisitId,
    PhotoId,
    UnitId,
);

code! {
    MemberType { Linked = 0, WithoutPost = 1, Migrant = 2, Cadre = 3, Exempt = 4 }
    Ledger { Villager = 0, Member = 1 }
    PersonChange { LeftParty = 0, MovedAway = 1, Returned = 2, Died = 3 }
    Period { Day = 0, Week = 1, Month = 2, Quarter = 3, Year = 4 }
    VetoEffect { NoRedemption = 0, NoAwards = 1, Cleared = 2 }
    StockSource { Collective = 0, Donated = 1, PublicFunds = 2, Returned = 3 }
    Source {
        Visit = 0, WalkIn = 1, Grid = 2, TenHouseholdHead = 3, Hotline = 4, WeChat = 5, Diary = 6, Superior = 7,
    }
    Topic {
        Infrastructure = 0, Environment = 1, Welfare = 2, Farming = 3, Dispute = 4, Hazard = 5, Policy = 6, Other = 7,
    }
    Errand { Reminder = 0, Help = 1, Prevention = 2 }
    Risk { Blue = 0, Yellow = 1, Red = 2 }
    Rating { VerySatisfied = 0, Satisfied = 1, FairlySatisfied = 2, Dissatisfied = 3, VeryDissatisfied = 4 }
    Choice { Keep = 0, Take = 1 }
    Standing { Active = 0, Retired = 1 }
    VillagerAccount { Household = 0, Person = 1 }
    Reviewing { BySecondPerson = 0, ByAnybody = 1 }
    Capacity {
        GridLeader = 0, GridWorker = 1, PartTimeWorker = 2, Volunteer = 3, LocalNotable = 4, DataClerk = 5,
        PartyMember = 6, Cadre = 7,
    }
    DayUnit { Day = 0, WorkingDay = 1 }
    Target { Closed = 0, FedBack = 1 }
    Field {
        Name = 0, IdNumber = 1, Phone = 2, Birth = 3, Sex = 4, Relation = 5, Residence = 6, Care = 7, Address = 8,
        Title = 9, Text = 10, Reporter = 11,
    }
}

/// Skips fields at the end that a later version added.
fn skip(d: &mut Reader<'_>, known: u64, found: u64) -> Option<()> {
    if known < found { d.skip(found - known) } else { Some(()) }
}

record! {
    SeenJournal { device, acts }
    Tally { entries, points, redeemed }
    JoinedPerson { gone, kept }
    ActPlace { device, sequence, event }
    BasketLine { goods, quantity, price_points }
    VetoImposed { veto, account, reason, document, meeting, met, from, to, effects }
    VetoAppealed { veto, date, note }
    VetoRevoked { veto, date, document, note }
    EntryDisputed { entry, date, deadline, note }
    DisputeDecided { entry, date, outcome, note }
    Returned { redemption, entry, date, note }
    Delivery { goods, quantity, source, date }
    GoodsTerms { goods, price_points, price_cents, quarter_limit, low_stock, is_offered }
    DayPoints { opening, redeemed, closing, on_paper }
    DayGoods { goods, opening, received, issued, counted }
    DayClosing { day, points, goods, note }
    Goods { id, name, unit, price_points, price_cents, is_service }
    Cap { period, of }
    OwnScore { kind, score }
    PhotoAdded { id, to, digest, bytes, width, height }
    Meeting { attendance, decision }
    Conditions { own_scores, needs_evidence, from, until }
    Limit { days, unit, target }
    Opening { id, number, source, grid, reporter, topic, errand, risk, received }
    FieldValue { field, clock, text }
    VisitMade { visit, date, household, visitor, capacity, note, errand }
    VisitReward { visit, activity, item, version, line }
    MemberLink { person, household, from, to }
    YearTable { year, off, worked }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

grown! {
    RuleBook { version, label, effective, adopted, items | category_caps, meeting }
    FiledClaim { id, account, item, date, quantity, note, by | case }
    Settings {
        rate_cents, household_opening, member_opening, redeem_min, redeem_day_max, carry_over, reviewing
        | budget_cents, issue_year_max, follows
    }
    MonthClosed { ledger, month, date, notice_days, objection_days, entries, points, redeemed | sheet, carried }
}

variants! {
    Account { 0 => Household(id), 1 => Member(id), 2 => Villager(id) }
    Visitor { 0 => Person(id), 1 => Staff(id) }
    Score { 0 => Fixed(points), 1 => Range(low, high) }
    ClearCause { 0 => Veto(veto), 1 => YearEnd(year), 2 => Expired(months) }
    Outcome { 0 => Kept, 1 => Reversed(entry) }
    Confirmed {
        0 => Redemption(redemption),
        1 => Month { ledger, month, tally },
        2 => Carried { account, year, balance },
        3 => Joined(household),
    }
    CapOf { 0 => Times(count), 1 => Points(sum) }
    ClaimVerdict { 0 => Approved { activity, version, line }, 1 => Returned(reason) }
    PhotoHost { 0 => Claim(id), 1 => Activity(id), 2 => Entry(id) }
    PhotoRemoval { 0 => ByHand(reason), 1 => Erased(person) }
    CarryOver { 0 => Keep, 1 => ClearAtYearEnd, 2 => ExpireAfter(months) }
    Handling {
        0 => Immediate,
        1 => TimeLimited(limit),
        2 => Escalated { to, follow_up },
        3 => ExplainedReturn(reason),
    }
    Happening {
        0 => Reported,
        1 => Assigned(handling),
        2 => Started,
        3 => FedBack(note),
        4 => Answered { note, resolved },
        5 => Rated(rating, note),
        6 => Archived,
        7 => HandlingChanged(handling, reason),
        8 => Suspended(reason),
        9 => Resumed,
        10 => Extended(days, approval),
        11 => Urged(note),
    }
    UnitChange { 0 => Headed(head), 1 => Renumbered(number), 2 => JoinedTo(kept), 3 => Dissolved }
    Event {
        0 => VillageFounded { name, town, county },
        1 => GridAdded { grid, number, name },
        2 => HouseholdAdded { household, number, grid, group },
        3 => PersonAdded { person, household },
        4 => MemberTyped { person, kind, from },
        5 => RuleBookAdopted(book),
        6 => PointsPosted { activity, item, version, date, note, lines },
        7 => OpeningPosted { date, lines },
        8 => EntryReversed { entry, original, date, note },
        9 => GoodsAdded(goods),
        10 => StockReceived(delivery),
        11 => Redeemed { redemption, account, lines, proxy },
        12 => RedemptionUndone { redemption },
        58 => RedemptionReturned(back),
        13 => CaseOpened(opening),
        14 => CaseMoved { case, happening },
        15 => PersonErased { person },
        18 => OthersSeen(journals),
        19 => DisplacedSettled { place, choice },
        20 => HouseholdsJoined { gone, kept, people },
        21 => HouseholdRenumbered { household, number },
        22 => CaseRenumbered { case, number },
        23 => StockCounted { goods, counted, date, note },
        24 => DebtAccepted { account, balance },
        64 => FindingConfirmed(found),
        65 => GoodsJoined { gone, kept, note },
        32 => ClaimFiled(claim),
        33 => ClaimDecided { claim, verdict, by },
        34 => SettingsChanged(settings),
        35 => StaffNamed { staff, standing },
        62 => WorkingDaysEntered { table, replaces },
        57 => AccountsChosen { kind, from, date, lines },
        36 => EntryLinked { entry, case },
        37 => DayClosed(closing),
        38 => DayReopened { day, note },
        39 => GoodsTermsSet(terms),
        44 => PersonChanged { person, change, from },
        50 => VisitMade(made),
        51 => VisitStruck { visit, reason },
        52 => VisitCaseOpened { visit, case },
        53 => VisitRewarded(reward),
        54 => MemberLinked(link),
        60 => VisitClaimed { visit, claim },
        55 => PhotoAdded(photo),
        56 => PhotoRemoved { photo, cause },
        45 => UnitAdded { unit, grid, number },
        46 => HouseholdsPlaced { unit, households },
        47 => UnitChanged { unit, change },
        25 => VetoImposed(veto),
        26 => VetoAppealed(appeal),
        27 => VetoRevoked(revocation),
        28 => EntryDisputed(dispute),
        29 => DisputeDecided(decision),
        30 => MonthClosed(closed),
        31 => PointsCleared { cause, date, lines },
    }
}

/// Writes a value; writing to memory cannot fail.
pub(super) fn put_into<T: Wire>(bytes: &mut Vec<u8>, value: &T) {
    let mut encoder = Encoder::new(bytes);
    // The error type of writing into a vector has no values.
    let written: Result<(), EncodeError<std::convert::Infallible>> = value.put(&mut encoder);
    debug_assert!(written.is_ok());
}

/// Writes many values as [`Wire`] does.
pub(super) fn put_all_into<T: Wire>(bytes: &mut Vec<u8>, values: &[T]) {
    let mut encoder = Encoder::new(bytes);
    let written: Result<(), EncodeError<std::convert::Infallible>> = T::put_all(values, &mut encoder);
    debug_assert!(written.is_ok());
}
