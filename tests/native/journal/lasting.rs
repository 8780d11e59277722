//! What came after version 2 stays readable for ever, each with a fixture of its
//! own, and is read by older programs as they can.

use cunzhi::domain::event::Event;
use cunzhi::domain::points::rule::{Category, Item, RuleBook, Unit};
use cunzhi::journal::act::Act;
use cunzhi::journal::segment::{self, Head};

use super::{DEVICE, golden, read_acts, samples};

fn check(name: &str, acts: Vec<Act>) {
    let (now, _) = segment::write(DEVICE, Head::genesis(DEVICE), &acts);
    let bytes = golden(name, &now);
    assert_eq!(read_acts(&bytes), Ok(acts));
    assert!(bytes == now, "{name} is still what is written, byte by byte");
}

#[test]
fn what_came_with_own_units_is_readable_for_ever() {
    check("v2-own-units.segment", samples::own_units::acts());
}

#[test]
fn what_came_with_returns_is_readable_for_ever() {
    check("v2-returns.segment", samples::returns::acts());
}

/// Where an item has no unit of its own, nothing is written otherwise than before.
#[test]
fn older_programs_find_an_own_unit_behind_all_that_they_know() {
    let written = |change: fn(&mut Item)| {
        let mut acts = samples::own_units::acts();
        let Some(Event::RuleBookAdopted(RuleBook { items, .. })) = acts[0].events.first_mut() else {
            panic!("a rule book")
        };
        items.truncate(1);
        change(&mut items[0]);
        segment::write(DEVICE, Head::genesis(DEVICE), &acts).0.len()
    };
    let plain = written(|item| item.unit = Unit::Time);
    let own = written(|item| item.unit = Unit::named("筐").expect("a name"));
    let both = written(|item| {
        item.unit = Unit::named("筐").expect("a name");
        item.category = Category::named("渔").expect("a name");
    });
    // Conditions, no name of a category, and the unit's name; then three bytes for a category's.
    assert!(plain < own && both == own + 3, "{plain} {own} {both}");
}
