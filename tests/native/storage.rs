//! The store in memory, what a snapshot's head says, and why nothing may be
//! recorded: each with its own sentence and its own way on.

use cunzhi::app::read_only::{ReadOnly, Remedy};
use cunzhi::app::woven::OpenError;
use cunzhi::domain::calendar::Moment;
use cunzhi::journal::segment::SegmentError;
use cunzhi::storage::memory::MemoryStore;
use cunzhi::storage::snapshot::{self, Snapshot, SnapshotReason};
use cunzhi::storage::{Batch, SegmentKey, Store, StoreError};

use super::book::now;
use super::journal::golden;
use super::support::DEVICE;

#[test]
fn compaction_takes_and_gives_at_once() {
    let key = |first| SegmentKey { device: DEVICE, first };
    let store = MemoryStore::default();
    for first in [0, 1, 2] {
        let small = Batch { segments: vec![(key(first), vec![1])], ..Batch::default() };
        assert_eq!(now(store.append(small)), Ok(()));
    }
    let large = |removed| Batch { segments: vec![(key(0), vec![2])], removed, ..Batch::default() };
    assert_eq!(now(store.append(large(vec![key(1)]))), Err(StoreError::Conflict), "0 is there and stays");
    assert_eq!(store.contents().segments.len(), 3, "nothing of a refused batch is done");
    assert_eq!(now(store.append(large(vec![key(0), key(1)]))), Ok(()));
    assert_eq!(store.contents().segments, vec![(key(0), vec![2]), (key(2), vec![1])]);
}

#[test]
fn the_head_of_a_snapshot_goes_out_and_back() {
    for (reason, words, village) in [
        (SnapshotReason::Import, "导入花名册或启用新细则前", "柳湾村"),
        (SnapshotReason::Restore, "恢复数据前", ""),
        (SnapshotReason::Merge, "合并数据前", "𠮷村"),
    ] {
        let head = Snapshot {
            at: Moment(1_700_000_000_000),
            reason,
            acts: 83,
            households: 410,
            people: 1740,
            bytes: u64::MAX,
            village: village.to_owned(),
        };
        let bytes = snapshot::write(&head);
        assert_eq!(snapshot::read(&bytes), Some(head), "{words}");
        assert_eq!(reason.words(), words);
        let cut = bytes.len() - village.len() - 1;
        assert_eq!(snapshot::read(&bytes[..cut]), None, "{words}, cut");
        let newer = [&[9, 0], &bytes[2..]].concat();
        assert_eq!(snapshot::read(&newer), None, "{words}, of a newer version");
    }
}

/// What is written today, and what must be read for ever.
#[test]
fn the_head_of_a_snapshot_is_written_as_it_was() {
    let head = Snapshot {
        at: Moment(1_700_000_000_000),
        reason: SnapshotReason::Merge,
        acts: 83,
        households: 410,
        people: 1740,
        bytes: 4,
        village: "柳湾村".to_owned(),
    };
    let now = snapshot::write(&head);
    let bytes = golden("v1.snapshot", &now);
    assert_eq!(snapshot::read(&bytes), Some(head));
    assert!(bytes == now, "version 1 is still what is written, byte by byte");
}

#[test]
fn each_reason_has_a_sentence_and_a_way_on() {
    for (why, remedy, sentence) in [
        (ReadOnly::Following, Remedy::TakeOver, "另一个窗口正在登记,这里只能看。"),
        (ReadOnly::HandedOver, Remedy::TakeOver, "已交给另一个窗口登记,这里只能看。"),
        (ReadOnly::Robbed, Remedy::TakeOver, "登记被另一个窗口接管了,这里只能看。刚才正在保存的内容请在那边核对一下。"),
        (
            ReadOnly::Failed(StoreError::Full.into()),
            Remedy::ReadAgain,
            "磁盘空间不够,这一笔没有保存。请清理磁盘后再试。现在不能再登记,已保存的内容都在。",
        ),
        (
            ReadOnly::Damaged(OpenError::Gap(3).into()),
            Remedy::Export,
            "第 3 段流水与前一段接不上,中间可能缺了内容。这里显示的是还读得出的部分,只能看。请存成文件留底,再用最近的保存文件恢复;没有的,点「存下完好的部分」,用它恢复。",
        ),
        (
            ReadOnly::Altered(OpenError::Segment { index: 2, cause: SegmentError::BadHash }.into()),
            Remedy::Export,
            "第 2 段流水读不出来:记录与校验码不符,可能被改动过。这里显示的内容不一定作准,只能看。请存成文件留底,再用最近的保存文件恢复;没有的,点「存下完好的部分」,用它恢复。",
        ),
        (
            ReadOnly::Newer,
            Remedy::Export,
            "本机的数据是更新版本的村治写的,这个旧版本只能看。请用新版村治打开;要带走数据,请存成文件。",
        ),
        (ReadOnly::Upgraded, Remedy::Refresh, "村治已在另一个窗口升级,请刷新。"),
        (ReadOnly::BeingDeleted, Remedy::Export, "另一个页面要删除本机的村治数据。请马上存成文件,再关掉本窗口。"),
        (
            ReadOnly::Closed,
            Remedy::Refresh,
            "浏览器关掉了本机的数据库,可能是网站数据被清理。现在不能再登记;请刷新,看看数据还在不在。",
        ),
    ] {
        assert_eq!(why.to_string(), sentence);
        assert_eq!(why.remedy(), remedy, "{sentence}");
        assert_eq!(why.is_damage(), sentence.contains("流水"), "{sentence}");
        assert_eq!(why.follows(), remedy == Remedy::TakeOver, "{sentence}");
    }
}
