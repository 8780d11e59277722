//! What is told apart as read by a scanner, and what as typed by a person.

use cunzhi::report::scan::{Burst, Fed, Held};

/// Feeds keys, each so many milliseconds after the one before; what the last
/// Enter ended, and how often something began.
fn feed(keys: &[(&str, f64)]) -> (Option<String>, usize) {
    let (mut burst, mut at, mut begun, mut ended) = (Burst::default(), 1_000.0, 0, None);
    for (key, after) in keys {
        at += after;
        let (key, held) = key.strip_suffix('~').map_or((*key, Held::No), |key| (key, Held::Yes));
        match burst.feed(key, at, held) {
            Fed::Begun => begun += 1,
            Fed::GoesOn => {}
            Fed::Ended(text) => ended = Some(text),
        }
    }
    (ended, begun)
}

#[test]
fn a_scanner_is_faster_than_anybody() {
    let ended = |text: &str| Some(text.to_owned());
    for (keys, expected) in [
        // A card.
        (&[("2", 900.0), ("-", 4.0), ("0", 12.0), ("1", 40.0), ("7", 0.0), ("Enter", 8.0)][..], (ended("2-017"), 1)),
        // Typed: no two keys belong together.
        (&[("2", 900.0), ("-", 90.0), ("1", 70.0), ("Enter", 60.0)], (ended(""), 3)),
        // A person put something in, then a card was read.
        (&[("3", 900.0), ("2", 300.0), ("-", 5.0), ("1", 5.0), ("Enter", 5.0)], (ended("2-1"), 2)),
        // Read twice.
        (&[("7", 900.0), ("Enter", 5.0), ("7", 5.0), ("Enter", 5.0)], (ended("7"), 2)),
        // Two Enters end one.
        (&[("7", 900.0), ("Enter", 5.0), ("Enter", 5.0)], (ended(""), 1)),
        // Enter by hand after a scanner that sends none.
        (&[("2", 900.0), ("1", 5.0), ("Enter", 400.0)], (ended(""), 1)),
        // Capitals.
        (&[("Shift", 900.0), ("A", 5.0), ("Shift", 5.0), ("B", 5.0), ("Enter", 5.0)], (ended("AB"), 1)),
        // A key that is held down is nobody's number.
        (&[("1", 900.0), ("1~", 30.0), ("1~", 30.0), ("Enter", 30.0)], (ended(""), 1)),
        (&[("1", 900.0), ("Enter~", 30.0)], (ended(""), 1)),
        // Another key ends what was begun.
        (&[("2", 900.0), ("Escape", 5.0), ("1", 5.0), ("Enter", 5.0)], (ended("1"), 2)),
        // Time that runs backwards begins anew.
        (&[("2", 900.0), ("1", -5.0), ("Enter", 5.0)], (ended("1"), 2)),
        (&[("Enter", 900.0)], (ended(""), 0)),
        (&[("2", 900.0), ("1", 5.0)], (None, 1)),
    ] {
        assert_eq!(feed(keys), expected, "{keys:?}");
    }
}
