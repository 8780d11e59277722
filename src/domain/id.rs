//! Opaque identifiers. An id says which laptop made it and a running number,
//! and nothing about the person or thing, so it may stand in the journal.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;

/// The laptop (browser profile) on which something was recorded. Chosen at
/// random once, so that two laptops never give out the same id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub u32);

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 网格
    Grid,
    /// 户
    Household,
    /// 人
    Person,
    /// An item of a rule book.
    Item,
    /// An activity for which points were recorded.
    Activity,
    /// One line of a points ledger.
    Entry,
    /// 物品
    Goods,
    /// 兑换
    Redemption,
    /// 事项
    Case,
    /// A free text kept in the register.
    Note,
    /// 一票否决
    Veto,
    /// 申报
    Claim,
    /// 经手人
    Staff,
    /// 十户单元
    Unit,
    /// 走访
    Visit,
    /// 凭据照片
    Photo,
}

impl Kind {
    /// Every kind, in the order of [`Kind::code`].
    pub const ALL: [Self; 16] = [
        Self::Grid,
        Self::Household,
        Self::Person,
        Self::Item,
        Self::Activity,
        Self::Entry,
        Self::Goods,
        Self::Redemption,
        Self::Case,
        Self::Note,
        Self::Veto,
        Self::Claim,
        Self::Staff,
        Self::Unit,
        Self::Visit,
        Self::Photo,
    ];

    /// The stored code of the kind; never reused for another meaning.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

/// A stored number, kept so that an id that may be missing takes no more room
/// than one that is there: rows of a county are copied in fewer steps.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Raw(NonZeroU64);

impl Raw {
    /// Running numbers begin with 1, so that nobody has this id: number 0 of the last laptop.
    const NOBODY: u64 = (u32::MAX as u64) << 32;

    /// Of nobody's number, that of another one that nobody has.
    #[inline]
    const fn of(raw: u64) -> Self {
        match NonZeroU64::new(raw.wrapping_sub(Self::NOBODY)) {
            Some(kept) => Self(kept),
            None => Self(NonZeroU64::MAX),
        }
    }

    #[inline]
    const fn get(self) -> u64 {
        self.0.get().wrapping_add(Self::NOBODY)
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl Ord for Raw {
    fn cmp(&self, other: &Self) -> Ordering {
        self.get().cmp(&other.get())
    }
}

impl PartialOrd for Raw {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident: $kind:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Raw);

        impl $name {
            /// The id with this stored number.
            #[inline]
            pub const fn from_raw(raw: u64) -> Self {
                Self(Raw::of(raw))
            }

            /// The stored number: device in the upper 32 bits, running number below.
            #[inline]
            pub const fn raw(self) -> u64 {
                self.0.get()
            }
        }

        impl Identifier for $name {
            const KIND: Kind = Kind::$kind;

            fn from_raw(raw: u64) -> Self {
                Self::from_raw(raw)
            }

            fn raw(self) -> u64 {
                Self::raw(self)
            }
        }
    )+};
}

/// The laptop that gave out a stored id, and its running number there.
pub(in crate::domain) const fn parts(raw: u64) -> (u32, u32) {
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a u64")]
    let halves = ((raw >> 32) as u32, raw as u32);
    halves
}

/// What all ids have in common.
pub trait Identifier: Copy {
    /// What the id names.
    const KIND: Kind;
    /// The id with this stored number.
    fn from_raw(raw: u64) -> Self;
    /// The stored number.
    fn raw(self) -> u64;
}

ids! {
    /// Names a `Grid`.
    GridId: Grid,
    /// Names a `Household`.
    HouseholdId: Household,
    /// Names a `Person`.
    PersonId: Person,
    /// Names an item of a rule book.
    ItemId: Item,
    /// Names an activity.
    ActivityId: Activity,
    /// Names one line of a points ledger.
    EntryId: Entry,
    /// Names goods or a priority service.
    GoodsId: Goods,
    /// Names one redemption.
    RedemptionId: Redemption,
    /// Names a `Case`.
    CaseId: Case,
    /// Names a free text in the register.
    NoteId: Note,
    /// Names a veto.
    VetoId: Veto,
    /// Names a claim.
    ClaimId: Claim,
    /// Names one of the staff who record.
    StaffId: Staff,
    /// Names a visit.
    VisitId: Visit,
    /// Names a photo.
    PhotoId: Photo,
    /// Names a ten-household unit.
    UnitId: Unit,
}

/// The highest running number seen for each kind and device, from which the
/// next id follows.
#[derive(Clone, Debug, Default)]
pub struct Counters {
    /// For each kind, by its code, a laptop and its highest number; few laptops.
    highest: [Vec<(u32, u32)>; Kind::ALL.len()],
}

impl Counters {
    /// Takes note of an id that is in use.
    pub fn observe<I: Identifier>(&mut self, id: I) {
        let (device, number) = parts(id.raw());
        let highest = self.highest_of(I::KIND, device);
        *highest = (*highest).max(number);
    }

    /// Gives out the next unused id of this kind for the device.
    pub fn next<I: Identifier>(&mut self, device: DeviceId) -> I {
        let highest = self.highest_of(I::KIND, device.0);
        *highest = highest.saturating_add(1);
        I::from_raw(u64::from(device.0) << 32 | u64::from(*highest))
    }

    fn highest_of(&mut self, kind: Kind, device: u32) -> &mut u32 {
        let laptops = &mut self.highest[usize::from(kind.code())];
        let known = laptops.iter().position(|(laptop, _)| *laptop == device);
        let known = known.unwrap_or_else(|| {
            laptops.push((device, 0));
            laptops.len() - 1
        });
        &mut laptops[known].1
    }
}
