//! What version 2 wrote stays readable for ever: each kind of event that came after
//! it has a fixture of its own, and is read by older programs as they can.

use cunzhi::domain::event::Event;
use cunzhi::domain::points::rule::{Category, Item, RuleBook, Unit};
use cunzhi::journal::act::Act;
use cunzhi::journal::segment::{self, Head};

use super::older::{segment_v2, segment_v3};
use super::{DEVICE, golden, read_acts, samples};

/// What version 2 wrote, and for ever reads.
type Sample = (&'static str, fn() -> Vec<Act>);

const OF_VERSION_2: [Sample; 15] = [
    ("v2.segment", samples::acts),
    ("v2.oversight.segment", samples::oversight),
    ("v2-accounts.segment", samples::accounts::acts),
    ("v2-budget.segment", samples::budget::acts),
    ("v2-categories.segment", samples::categories::acts),
    ("v2-own-units.segment", samples::own_units::acts),
    ("v2-people.segment", samples::people::acts),
    ("v2-photos.segment", samples::photos::acts),
    ("v2-redemption-day.segment", samples::redemption_day::acts),
    ("v2-returns.segment", samples::returns::acts),
    ("v2-review.segment", samples::review::acts),
    ("v2-sums.segment", samples::sums::acts),
    ("v2-two-hands.segment", samples::two_hands::acts),
    ("v2-units.segment", samples::units::acts),
    ("v2-visits.segment", samples::visits::acts),
];

#[test]
fn what_version_2_wrote_is_readable_for_ever() {
    for (name, acts) in OF_VERSION_2 {
        let acts = acts();
        let (now, head) = segment::write(DEVICE, Head::genesis(DEVICE), &acts);
        let bytes = golden(name, &[]);
        assert_eq!(read_acts(&bytes), Ok(acts), "{name}");
        assert!(bytes == segment_v2(&now), "{name}: each act is still written as it was, byte by byte");
        let old = segment::read(&bytes).expect("a whole segment");
        assert_eq!(old.after, head, "{name}: the chain does not depend on the version");
        let folded = segment::write_raw(DEVICE, old.before, old.raw_acts().flatten());
        assert!(folded == (now, head), "{name}: acts of an old segment go into a new one");
    }
}

/// What came after it was written as version 3 from the first day.
const OF_VERSION_3: [Sample; 3] = [
    ("v3-confirmed.segment", samples::confirmed::acts),
    ("v3-joined.segment", samples::joined::acts),
    ("v3-working-days.segment", samples::working_days::acts),
];

#[test]
fn what_version_3_wrote_is_readable_for_ever() {
    for (name, acts) in OF_VERSION_3 {
        let acts = acts();
        let (now, _) = segment::write(DEVICE, Head::genesis(DEVICE), &acts);
        let bytes = golden(name, &[]);
        assert_eq!(read_acts(&bytes), Ok(acts), "{name}");
        assert!(bytes == segment_v3(&now), "{name}: each act is still written as it was, byte by byte");
    }
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
