//! Two save files of one county, for the end-to-end test that kills the
//! browser: as the laptop had it, and with a hundred thousand entries more.

use std::fs;
use std::path::PathBuf;

use cunzhi::app::book::Book;
use cunzhi::app::packing::contents_of;
use cunzhi::app::save::{check, save_file};
use cunzhi::demo::county::{Size, generate};
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::event::Event;
use cunzhi::domain::id::DeviceId;
use jiff::civil::date;

/// Where `cargo xtask test e2e` finds them.
fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "target", "tmp", "kill"].iter().collect()
}

#[test]
fn the_files_of_the_kill_test_are_sound_and_differ_by_a_hundred_thousand_entries() {
    let (today, device) = (date(2026, 3, 31), DeviceId(41));
    let acts = generate(7, Size::of_entries(100_500), today, device);
    let entries = |book: &Book| book.village().entries.len();
    fs::create_dir_all(folder()).expect("a folder for the files");
    let decisions: Vec<_> = acts.into_iter().map(|act| (act.at, act.decision)).collect();
    let mut held = Vec::new();
    let posts = |event: &Event| matches!(event, Event::PointsPosted { .. });
    let entered = decisions.iter().position(|(_, decision)| decision.events.iter().any(posts));
    let entered = entered.expect("points are recorded after the county was entered");
    for (name, count) in [("before.cunzhi", entered), ("after.cunzhi", decisions.len())] {
        let contents = contents_of(device, decisions[..count].to_vec());
        let book = Book::open(&contents, device).expect("what was generated opens");
        let bytes = save_file(&contents, &book, Moment::at(today, 18, 0));
        let file = check(&bytes, DeviceId(42)).expect("a sound file");
        held.push((entries(&file.book), file.holds.acts, file.holds.households));
        fs::write(folder().join(name), bytes).expect("written");
    }
    let lines: Vec<String> = held.iter().map(|(entries, acts, _)| format!("{entries} {acts}")).collect();
    fs::write(folder().join("held.txt"), lines.join("\n")).expect("written");
    assert!(held[1].0 - held[0].0 >= 100_000, "{held:?}");
    assert!(held[0].2 > 0, "{held:?}");
}
