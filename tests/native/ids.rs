//! Ids: their stored numbers, their order, and the room they take.

use cunzhi::domain::id::{NoteId, PersonId};

/// In their order: both ends, and next to the number that nothing has.
const NUMBERS: [u64; 7] = [0, 1, 7 << 32 | 1, (0xffff_ffff << 32) - 1, (0xffff_ffff << 32) + 1, u64::MAX - 1, u64::MAX];

#[test]
fn an_id_keeps_its_number_and_the_order() {
    let ids = NUMBERS.map(PersonId::from_raw);
    assert_eq!(ids.map(PersonId::raw), NUMBERS);
    assert!(ids.is_sorted(), "{ids:?}");
    assert_eq!(format!("{:?}", ids[1]), "PersonId(1)");
}

#[test]
fn an_id_that_may_be_missing_takes_no_more_room() {
    assert_eq!(size_of::<Option<NoteId>>(), size_of::<NoteId>());
}
