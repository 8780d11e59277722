//! The fingerprint of a ledger: short enough to print on a notice and to type
//! back in, and different as soon as anything before it is different.
//!
//! Each ledger has a chain of its own on each laptop: over those acts that
//! touch it. Its fingerprint at a moment is a hash over the heads of all
//! laptops whose acts were known then. It proves that a ledger is unchanged up
//! to a sheet, not that what was written is true.

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::domain::conflict::Choice;
use crate::domain::event::{ClaimVerdict, Event};
use crate::domain::id::DeviceId;
use crate::domain::points::rule::Ledger;

/// Digits without those that are taken for others (I, L, O, U).
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits that carry the hash; one more tells a slip of the pen.
const CARRIED: usize = 15;

/// A fingerprint: 75 bits of a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; CARRIED]);

/// Why what was typed is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FingerprintError {
    /// Too few or too many signs.
    #[error("指纹有 16 个字母数字,现在是 {0} 个。请照着公示表上的重新输入。")]
    Length(usize),
    /// A sign that occurs in no fingerprint.
    #[error("指纹里没有「{0}」这个字,请检查。")]
    Sign(char),
    /// The last sign does not fit the others.
    #[error("指纹抄错了:最后一位对不上。请逐位检查。")]
    Slip,
}

impl Fingerprint {
    fn of(hash: &[u8]) -> Self {
        let mut bits = 0_u32;
        let mut held = 0;
        let mut bytes = hash.iter();
        let digit = |()| {
            if held < 5 {
                bits = bits << 8 | u32::from(*bytes.next().unwrap_or(&0));
                held += 8;
            }
            held -= 5;
            (bits >> held & 31) as u8
        };
        Self([(); CARRIED].map(digit))
    }

    /// Depends on each digit and on its place.
    fn last_digit(self) -> u8 {
        let sum = self.0.iter().fold(7_u32, |sum, digit| (sum * 3 + u32::from(*digit)) % 31);
        sum.to_le_bytes()[0]
    }

    /// Reads what was typed: blanks and dashes do not matter, nor small letters,
    /// nor O for 0 and I or L for 1.
    pub fn parse(typed: &str) -> Result<Self, FingerprintError> {
        let signs = typed.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '—' | '－'));
        let digits: Result<Vec<u8>, _> = signs.map(digit_of).collect();
        let digits = digits?;
        let (last, carried) = digits.split_last().ok_or(FingerprintError::Length(0))?;
        let found = Self(carried.try_into().map_err(|_| FingerprintError::Length(digits.len()))?);
        if found.last_digit() == *last { Ok(found) } else { Err(FingerprintError::Slip) }
    }
}

fn digit_of(sign: char) -> Result<u8, FingerprintError> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = DIGITS.iter().position(|digit| char::from(*digit) == sign).ok_or(FingerprintError::Sign(sign))?;
    u8::try_from(place).map_err(|_| FingerprintError::Sign(sign))
}

/// `7K3Q-M2XD-9P4H-WC5T`
impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, digit) in self.0.iter().copied().chain([self.last_digit()]).enumerate() {
            if place > 0 && place % 4 == 0 {
                out.write_str("-")?;
            }
            write!(out, "{}", char::from(DIGITS[usize::from(digit)]))?;
        }
        Ok(())
    }
}

/// Which ledgers an event touches: villagers', members'. What takes back an
/// entry or a redemption touches both, because it does not say whose it is; so
/// does taking what was displaced, which may post it.
const fn touches(event: &Event, ledger: Ledger) -> bool {
    let (villager, member) = (matches!(ledger, Ledger::Villager), matches!(ledger, Ledger::Member));
    match event {
        Event::PointsPosted { lines, .. } | Event::OpeningPosted { lines, .. } | Event::PointsCleared { lines, .. } => {
            match lines.as_slice() {
                [first, ..] => match first.account.ledger() {
                    Ledger::Villager => villager,
                    Ledger::Member => member,
                },
                [] => false,
            }
        }
        Event::ClaimDecided { verdict: ClaimVerdict::Approved { line, .. }, .. } => match line.account.ledger() {
            Ledger::Villager => villager,
            Ledger::Member => member,
        },
        Event::VisitRewarded(_) => member,
        Event::Redeemed { account, .. } => match account.ledger() {
            Ledger::Villager => villager,
            Ledger::Member => member,
        },
        Event::MonthClosed(closed) => match closed.ledger {
            Ledger::Villager => villager,
            Ledger::Member => member,
        },
        Event::EntryReversed { .. }
        | Event::DisputeDecided(_)
        | Event::RedemptionUndone { .. }
        | Event::RedemptionReturned(_)
        | Event::HouseholdsJoined { .. }
        | Event::DisplacedSettled { choice: Choice::Take, .. } => true,
        _ => false,
    }
}

/// The chain of one ledger on one laptop.
#[derive(Clone, Debug, Default)]
struct Trail {
    /// After which act the head became what.
    heads: Vec<(u64, [u8; 32])>,
}

impl Trail {
    fn head_at(&self, acts: u64) -> Option<&[u8; 32]> {
        let known = self.heads.partition_point(|(sequence, _)| *sequence < acts);
        self.heads[..known].last().map(|(_, head)| head)
    }
}

/// The chains of one ledger on all laptops, while the acts go by in their order.
#[derive(Clone, Debug)]
pub struct LedgerTrails {
    ledger: Ledger,
    trails: BTreeMap<DeviceId, Trail>,
    /// What each laptop knew: of which laptop how many acts.
    views: BTreeMap<DeviceId, BTreeMap<DeviceId, u64>>,
}

impl LedgerTrails {
    /// Before the first act.
    pub fn new(ledger: Ledger) -> Self {
        Self { ledger, trails: BTreeMap::new(), views: BTreeMap::new() }
    }

    /// Takes the next act. When it touches the ledger, these are the
    /// fingerprints that could have been printed after it: of all that the
    /// laptop knew, and of everything up to here.
    pub fn pass(
        &mut self,
        device: DeviceId,
        sequence: u64,
        bytes: &[u8],
        events: &[Event],
    ) -> Option<[Fingerprint; 2]> {
        let view = self.views.entry(device).or_default();
        view.insert(device, sequence.saturating_add(1));
        let mut changed = false;
        for event in events {
            if let Event::OthersSeen(journals) = event {
                view.extend(journals.iter().map(|journal| (journal.device, journal.acts)));
                changed = true;
            }
        }
        if events.iter().any(|event| touches(event, self.ledger)) {
            let trail = self.trails.entry(device).or_default();
            let mut hasher = Sha256::new();
            hasher.update(trail.heads.last().map_or([0; 32], |(_, head)| *head));
            hasher.update(bytes);
            trail.heads.push((sequence, hasher.finalize().into()));
            changed = true;
        }
        changed.then(|| [self.seen_by(device), self.now()])
    }

    fn seen_by(&self, device: DeviceId) -> Fingerprint {
        let view = self.views.get(&device).into_iter().flatten();
        self.hash(view.filter_map(|(device, acts)| {
            let head = self.trails.get(device)?.head_at(*acts)?;
            Some((*device, head))
        }))
    }

    /// The fingerprint of everything that has gone by.
    pub fn now(&self) -> Fingerprint {
        self.hash(self.trails.iter().filter_map(|(device, trail)| Some((*device, &trail.heads.last()?.1))))
    }

    fn hash<'a>(&self, heads: impl Iterator<Item = (DeviceId, &'a [u8; 32])>) -> Fingerprint {
        let mut hasher = Sha256::new();
        hasher.update(b"cunzhi ledger 1");
        hasher.update([self.ledger as u8]);
        for (device, head) in heads {
            hasher.update(device.0.to_le_bytes());
            hasher.update(head);
        }
        Fingerprint::of(&hasher.finalize())
    }
}
