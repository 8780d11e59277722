//! The readings of characters are those of the `pinyin` crate.

use std::collections::BTreeMap;
use std::path::Path;

use cunzhi::report::sound::sound;
use pinyin::{Pinyin, ToPinyin};

/// The characters of the table.
const TABLE: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// What the crate says, as it is typed.
fn expected(char: char) -> String {
    char.to_pinyin().map_or("", Pinyin::plain).replace('ü', "v").replace('ê', "e")
}

#[test]
fn every_character_of_the_table_is_read_as_the_crate_reads_it() {
    let wrong: String = TABLE.filter(|char| sound(*char) != expected(*char)).collect();
    assert!(wrong.is_empty(), "make sound.bin anew (the test below): {wrong}");
}

#[test]
fn characters_outside_the_table_are_read_so_or_not_at_all() {
    let outside = ('\u{80}'..'\u{4e00}').chain('\u{a000}'..'\u{32000}').filter(|char| !sound(*char).is_empty());
    let known: Vec<char> = outside.collect();
    for char in &known {
        assert_eq!(sound(*char), expected(*char), "{char}");
    }
    for char in "〇䶮㛃𫖮𬭎".chars() {
        assert!(known.contains(&char), "{char}");
    }
    for char in ['a', ' ', '\0', '~', '1', '，'] {
        assert_eq!(sound(char), "", "{char:?}");
    }
}

/// With `UPDATE_GOLDEN`, writes sound.bin, and into `target/sounds.txt` the
/// sounds in its order.
#[test]
fn the_table_is_what_is_made_from_the_crate() {
    let readings: Vec<String> = TABLE.map(expected).collect();
    let mut counts = BTreeMap::new();
    for reading in &readings {
        *counts.entry(reading.as_str()).or_insert(0) += 1;
    }
    let mut order: Vec<&str> = counts.keys().copied().collect();
    order.sort_by_key(|reading| -counts[reading]);
    let places: Vec<usize> =
        readings.iter().map(|reading| order.iter().position(|other| other == reading).unwrap_or_default()).collect();
    let low = places.iter().map(|place| place.to_le_bytes()[0]);
    let high = places.chunks(8).map(|eight| (0..).zip(eight).map(|(bit, place)| place.to_le_bytes()[1] << bit).sum());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table: Vec<u8> = low.chain(high).collect();
    let file = root.join("src").join("report").join("sound.bin");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &table).expect("the table is written");
        std::fs::write(root.join("target").join("sounds.txt"), format!("{order:?}")).expect("the sounds are written");
    }
    assert!(std::fs::read(file).expect("the table") == table, "the crate's readings have changed");
}
