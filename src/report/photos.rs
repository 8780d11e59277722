//! Evidence photos in words: what one is, how much all of them take, and how
//! many would go with a person.

use jiff::civil::Date;

use super::passbook::entry_title;
use super::review::item_name;
use super::tag::{day_words, dotted};
use crate::domain::check::Finding;
use crate::domain::id::PhotoId;
use crate::domain::photo::{PHOTOS_BYTES_MAX, Photo, PhotoHost};
use crate::domain::points::ledger::{Entry, Reason};
use crate::domain::village::Village;

/// From this share of the most on it is said that there is little room, in percent.
const CROWDED: u64 = 80;
const MEGABYTE: u64 = 1024 * 1024;

/// The photos that are handed to pages.
pub(super) fn ids<'a>(photos: impl IntoIterator<Item = &'a Photo>) -> Vec<PhotoId> {
    photos.into_iter().map(|photo| photo.added.id).collect()
}

/// 「王海林 环境整治 · 1280 × 960 · 186 KB · 9月26日附」; `None` when it is gone.
pub fn photo_words(village: &Village, id: PhotoId, today: Date) -> Option<String> {
    let photo = village.photos.get(id).filter(|photo| photo.removed.is_none())?;
    let added = &photo.added;
    let (kilobytes, day) = (added.bytes.div_ceil(1024), day_words(photo.at.date(), today));
    let size = format!("{} × {}", added.width, added.height);
    let host = added.to.first().and_then(|host| host_words(village, *host, added.to.len()));
    Some(dotted(&[&host.unwrap_or_default(), &size, &format!("{kilobytes} KB"), &format!("{day}附")]))
}

/// 「王海林 环境整治」, 「王海林等 3 个账户 环境整治」
fn host_words(village: &Village, host: PhotoHost, hosts: usize) -> Option<String> {
    let (account, item, count) = match host {
        PhotoHost::Claim(id) => {
            let claim = village.claims.get(id)?;
            (claim.filed.account, item_name(village, claim), hosts)
        }
        PhotoHost::Entry(id) => {
            let entry = village.entries.get(id)?;
            (entry.account, entry_title(village, &entry).to_owned(), 1)
        }
        PhotoHost::Activity(id) => {
            let is_of = |entry: &Entry| matches!(entry.reason, Reason::Act { activity, .. } if activity == id);
            let mut entries = village.entries.iter().filter(is_of);
            let first = entries.next()?;
            (first.account, entry_title(village, &first).to_owned(), 1 + entries.count())
        }
    };
    let name = village.account_name(village.account_now(account));
    let others = if count > 1 { format!("等 {count} 个账户") } else { String::new() };
    Some(format!("{name}{others} {item}"))
}

/// Every photo, oldest first.
pub fn all_photos(village: &Village) -> Vec<PhotoId> {
    ids(village.photos.living())
}

/// The check of the pictures against what the journal says of them.
pub fn photo_finding(missing: usize, damaged: usize) -> Finding {
    let missing = (missing > 0).then(|| {
        format!("有 {missing} 张照片账里有、本机没有。别的电脑或以前的保存文件里可能还有,合并那份文件就会补上。")
    });
    let damaged = (damaged > 0).then(|| {
        format!("有 {damaged} 张照片与登记时的不是同一张,已损坏或被换过。请合并有好照片的保存文件,或在存折里删掉。")
    });
    Finding {
        name: "凭据照片都在,与登记时的一样", sentences: [missing, damaged].into_iter().flatten().collect()
    }
}

/// How many photos there are, and what they take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoTotal {
    /// 「12 张,2.1 MB(最多 200 MB)」
    pub words: String,
    /// That there is little room for more.
    pub warning: Option<String>,
}

/// How many photos there are, and what they take.
pub fn photo_total(village: &Village) -> PhotoTotal {
    let (count, bytes) = (village.photos.living().count(), village.photos.bytes());
    let most = PHOTOS_BYTES_MAX / MEGABYTE;
    let tenths = (bytes * 10).div_ceil(MEGABYTE);
    let warning = (bytes * 100 >= PHOTOS_BYTES_MAX * CROWDED)
        .then(|| format!("照片快占满 {most} MB 了。请在存折里删掉不再需要的旧照片,不然新的附不上。"));
    PhotoTotal { words: format!("{count} 张,{}.{} MB(最多 {most} MB)", tenths / 10, tenths % 10), warning }
}
