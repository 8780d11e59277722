//! What is typed into 登记走访, until it is entered.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::case::record::Errand;
use crate::domain::id::HouseholdId;
use crate::domain::people::Person;
use crate::domain::village::Village;
use crate::domain::visits::Capacity;
use crate::domain::visits::act::{NewRound, NewStop};
use crate::report::account_finder::place_words;
use crate::report::search::SearchIndex;
use crate::report::visitor_finder::VisitorHit;
use crate::ui::components::finder::FinderHit;

/// Hits that are shown.
pub(super) const HITS_MAX: usize = 7;

/// A household as it stands in lists: 「2-017 王海林」.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Home {
    /// Which.
    pub id: HouseholdId,
    /// Number and head.
    pub label: String,
    /// The grid.
    pub grid: String,
}

/// Households for what was typed.
pub(super) fn homes_found(village: &Village, index: &SearchIndex, typed: &str) -> Vec<Home> {
    if typed.trim().is_empty() {
        return Vec::new();
    }
    let counts = |id| village.people.persons.get(id).is_some_and(Person::is_here);
    let hits = index.find_households(typed, HITS_MAX, counts).into_iter();
    let homes = hits.map(|hit| Home {
        id: hit.household,
        label: format!("{} {}", hit.number, hit.head),
        grid: place_words(&hit),
    });
    homes.collect()
}

/// The same as hits, those on the list with a remark.
pub(super) fn home_hits(homes: &[Home], is_chosen: impl Fn(&Home) -> bool) -> Vec<FinderHit> {
    let hit = |home: &Home| FinderHit {
        name: home.label.clone(),
        detail: home.grid.clone(),
        remark: if is_chosen(home) { "已在名单".to_owned() } else { String::new() },
    };
    homes.iter().map(hit).collect()
}

/// One household of the round, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    /// Where.
    pub home: Home,
    /// What was learnt.
    pub note: String,
    /// Place of the kind of 三件事, from 1; 0 for none.
    pub errand: usize,
}

/// The form. Copying it is free.
#[derive(Clone, Copy)]
pub(super) struct RoundInput {
    /// 日期, as the browser's date field writes it.
    pub date: RwSignal<String>,
    /// 走访人
    pub visitor: RwSignal<Option<VisitorHit>>,
    /// Place of the capacity in its list.
    pub capacity: RwSignal<usize>,
    /// In the order of the round.
    pub stops: RwSignal<Vec<Stop>>,
}

impl RoundInput {
    /// An empty form for the day.
    pub fn new(today: Date) -> Self {
        Self {
            date: RwSignal::new(iso_date(today)),
            visitor: RwSignal::new(None),
            capacity: RwSignal::new(0),
            stops: RwSignal::new(Vec::new()),
        }
    }

    /// Says who went, in the capacity in which such a person usually goes.
    pub fn choose(self, hit: VisitorHit) {
        self.capacity.set(Capacity::ALL.iter().position(|one| *one == hit.capacity).unwrap_or(0));
        self.visitor.set(Some(hit));
    }

    /// Adds a household at the end, once.
    pub fn add(self, home: Home) {
        self.stops.update(|stops| {
            if !stops.iter().any(|stop| stop.home == home) {
                stops.push(Stop { home, note: String::new(), errand: 0 });
            }
        });
    }

    /// Takes a household off.
    pub fn remove(self, id: HouseholdId) {
        self.stops.update(|stops| stops.retain(|stop| stop.home.id != id));
    }

    /// Changes what is said of a household.
    pub fn change(self, id: HouseholdId, change: impl FnOnce(&mut Stop)) {
        self.stops.update(|stops| {
            if let Some(stop) = stops.iter_mut().find(|stop| stop.home.id == id) {
                change(stop);
            }
        });
    }

    /// The round as typed, or what is missing.
    pub fn parse(self) -> Result<NewRound, &'static str> {
        let date = parse_iso_date(&self.date.get_untracked()).ok_or("请填写走访日期。")?;
        let visitor = self.visitor.with_untracked(|hit| hit.as_ref().map(|hit| hit.visitor));
        let visitor = visitor.ok_or("请先选走访人:打姓名或拼音首字母,按回车。")?;
        let capacity = Capacity::ALL.get(self.capacity.get_untracked()).copied().ok_or("请选走访人的身份。")?;
        let stop = |stop: &Stop| NewStop {
            household: stop.home.id,
            note: stop.note.clone(),
            errand: stop.errand.checked_sub(1).and_then(|place| Errand::ALL.get(place).copied()),
        };
        let stops = self.stops.with_untracked(|stops| stops.iter().map(stop).collect());
        Ok(NewRound { date, visitor, capacity, stops })
    }
}
