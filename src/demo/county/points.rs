//! The county's points: which activities there are and who takes part.

use jiff::civil::Date;

use super::{Clerk, DAYS, Deed, GRID_HOUSEHOLDS, Home, VILLAGE_GRIDS};
use crate::demo::random::Random;
use crate::domain::calendar::{Moment, add_days};
use crate::domain::event::{Event, PostedLine};
use crate::domain::id::{EntryId, ItemId};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{RuleBook, RuleVersion, Score};

/// Lines of an activity, both ends included.
pub const LINES: (usize, usize) = (10, 60);
/// Households of a village.
const VILLAGE: usize = VILLAGE_GRIDS * GRID_HOUSEHOLDS;
/// In how many of a hundred activities one line is taken back.
const CORRECTED: u32 = 10;
/// Items with how many of a hundred activities are theirs, and the most units
/// of one line.
const ITEMS: [(&str, u32, u32); 9] = [
    ("环境整治", 34, 1),
    ("志愿服务", 16, 4),
    ("参加会议", 17, 1),
    ("庭院达标", 10, 1),
    ("垃圾分类", 10, 1),
    ("治安巡逻、防汛值守", 6, 1),
    ("照护孤寡病残", 3, 1),
    ("乱倒垃圾", 2, 1),
    ("房前屋后不达标", 2, 1),
];
/// Why a line is taken back.
const MISTAKE: &str = "名单核对有误,该户当天没有参加";

/// An item as the activities use it.
#[derive(Clone, Copy, Debug)]
struct Offer {
    item: ItemId,
    points: i32,
    units: u32,
    weight: u32,
}

/// An activity that is planned.
#[derive(Clone, Copy, Debug)]
struct Activity {
    /// Days from the first.
    day: i32,
    hour: u8,
    minute: u8,
    offer: Offer,
    lines: usize,
    /// Where the households of the village stand in which it takes place.
    village: (usize, usize),
    is_corrected: bool,
    /// The first entry, once it is posted.
    first: Option<EntryId>,
}

/// All activities of the two years.
pub(super) struct Programme {
    version: RuleVersion,
    activities: Vec<Activity>,
}

impl Programme {
    /// Plans activities until there are exactly so many entries.
    pub fn plan(entries: usize, book: &RuleBook, homes: usize, random: &mut Random) -> Self {
        let offers = offers(book);
        let villages = (homes / VILLAGE).max(1);
        let most = LINES.1.min(homes);
        let mut activities = Vec::with_capacity(entries / 30);
        let mut left = entries;
        while left > 0 {
            let lines = LINES.0 + random.position(most - LINES.0 + 1);
            let lines = lines.min(left);
            left -= lines;
            let is_corrected = random.chance(CORRECTED) && left > 0;
            left -= usize::from(is_corrected);
            activities.push(Activity {
                day: random.days(0, DAYS - 2),
                hour: random.clock(16, 20),
                minute: random.clock(0, 59),
                offer: choose(&offers, random),
                lines,
                village: village(random.position(villages), villages, homes),
                is_corrected,
                first: None,
            });
        }
        Self { version: book.version, activities }
    }

    /// When the activities and their corrections are recorded.
    pub fn deeds(&self, first: Date) -> Vec<(Moment, Deed)> {
        let mut deeds = Vec::with_capacity(self.activities.len());
        for (place, activity) in self.activities.iter().enumerate() {
            let day = add_days(first, activity.day);
            deeds.push((Moment::at(day, activity.hour, activity.minute), Deed::Activity(place)));
            if activity.is_corrected {
                deeds.push((Moment::at(add_days(day, 1), 9, activity.minute), Deed::Correction(place)));
            }
        }
        deeds
    }

    /// Records an activity: each of its lines is another household.
    pub fn post(&mut self, clerk: &mut Clerk, at: Moment, place: usize, homes: &[Home], random: &mut Random) {
        let version = self.version;
        let activity = &mut self.activities[place];
        let village = &homes[activity.village.0..activity.village.1];
        let offer = activity.offer;
        let step_max = village.len() / activity.lines;
        let mut home = random.position(village.len());
        clerk.record(at, |notes| {
            let mut lines = Vec::with_capacity(activity.lines);
            for _ in 0..activity.lines {
                // Steps that together go round the village at most once.
                home = (home + 1 + random.position(step_max)) % village.len();
                let quantity = random.between(1, offer.units);
                let points = offer.points * i32::try_from(quantity).unwrap_or(1);
                let account = Account::Household(village[home].household);
                lines.push(PostedLine { entry: notes.fresh(), account, quantity, points });
            }
            activity.first = lines.first().map(|line| line.entry);
            let (item, date) = (offer.item, at.date());
            vec![Event::PointsPosted { activity: notes.fresh(), item, version, date, note: None, lines }]
        });
    }

    /// Takes back the first line of an activity.
    pub fn correct(&mut self, clerk: &mut Clerk, at: Moment, place: usize) {
        let Some(original) = self.activities[place].first else {
            return;
        };
        clerk.record(at, |notes| {
            let (entry, date) = (notes.fresh(), at.date());
            let note = notes.note(MISTAKE);
            note.map(|note| Event::EntryReversed { entry, original, date, note }).into_iter().collect()
        });
    }
}

/// The households of a village; the last one takes what is left.
const fn village(place: usize, villages: usize, homes: usize) -> (usize, usize) {
    (place * VILLAGE, if place + 1 == villages { homes } else { (place + 1) * VILLAGE })
}

/// The items of the programme as the rule book has them.
fn offers(book: &RuleBook) -> Vec<Offer> {
    let known = ITEMS.iter().filter_map(|(name, weight, units)| {
        let item = book.items.iter().find(|item| item.name == *name)?;
        let Score::Fixed(points) = item.score else { return None };
        Some(Offer { item: item.id, points, units: *units, weight: *weight })
    });
    known.collect()
}

/// One of the items, by its weight.
fn choose(offers: &[Offer], random: &mut Random) -> Offer {
    let mut place = random.below(offers.iter().map(|offer| offer.weight).sum());
    for offer in offers {
        if place < offer.weight {
            return *offer;
        }
        place -= offer.weight;
    }
    offers[0]
}
