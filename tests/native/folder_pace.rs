//! When the folder is saved to: in pauses, and on a day without pauses too; and
//! under which name.

use cunzhi::app::book::Book;
use cunzhi::app::folder_pace::Waiting;
use cunzhi::app::save::folder_file_name;
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::id::DeviceId;
use cunzhi::storage::Laptop;

use super::book::kept;

/// After acts at these seconds: in how many milliseconds it is saved.
fn left(seconds: &[i64]) -> u32 {
    let mut waiting = None;
    let mut left = 0;
    for second in seconds {
        let now = Moment(second * 1_000);
        let next = Waiting::with_one_more(waiting, now);
        left = next.left_ms(now);
        waiting = Some(next);
    }
    left
}

#[test]
fn it_is_saved_in_pauses_and_without_pauses() {
    let every = |seconds: i64, acts: i64| (0..acts).map(|act| act * seconds).collect::<Vec<_>>();
    for (what, seconds, expected) in [
        ("one act", every(30, 1), 60_000),
        ("another after half a minute", every(30, 2), 60_000),
        ("every half minute, before the twentieth", every(30, 19), 60_000),
        ("the twentieth", every(30, 20), 0),
        ("twenty at once", every(0, 20), 0),
        ("every 59 seconds for nine minutes", every(59, 10), 60_000),
        ("and the next: ten minutes are up before a minute is", every(59, 11), 10_000),
        ("later than ten minutes", vec![0, 601], 0),
        ("the clock put back", vec![1_000, 0], 60_000),
        ("the clock put forward by years", vec![0, i64::MAX / 1_000], 0),
    ] {
        assert_eq!(left(&seconds), expected, "{what}");
    }
}

#[test]
fn each_laptop_has_a_file_of_its_own_on_the_stick() {
    let (mut book, _) = kept();
    let mut name = |device: u32| {
        book.set_laptop(Laptop { device: DeviceId(device), ..book.laptop() });
        folder_file_name(&book)
    };
    assert_eq!(name(0x3f2a_1122), "柳湾村_自动保存_3F2A.cunzhi");
    assert_eq!(name(0x3f2b_1122), "柳湾村_自动保存_3F2B.cunzhi");
    assert_eq!(folder_file_name(&Book::empty(DeviceId(7))), "村治_自动保存_0000.cunzhi");
}
