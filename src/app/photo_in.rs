//! A photo on its way in: what kind of file it is, how far it is shrunk, and
//! why it is not taken. Drawing it smaller is the browser's work.

use thiserror::Error;

use super::photos::digest;
use crate::domain::photo::{NewPhoto, PHOTO_BYTES_MAX, PHOTO_EDGE_MAX};
use crate::journal::jpeg;

/// The largest file that is looked at, in bytes.
pub const FILE_BYTES_MAX: u64 = 30 * 1024 * 1024;
/// What is tried one after another until the picture is small enough: the
/// longest edge in pixels, and the quality.
pub const ATTEMPTS: [(u16, f64); 8] = [
    (PHOTO_EDGE_MAX, 0.85),
    (PHOTO_EDGE_MAX, 0.75),
    (PHOTO_EDGE_MAX, 0.65),
    (PHOTO_EDGE_MAX, 0.5),
    (1_024, 0.6),
    (1_024, 0.45),
    (800, 0.5),
    (640, 0.4),
];

/// Why a file is not taken as a photo.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhotoProblem {
    /// Larger than what is looked at.
    #[error("「{name}」有 {megabytes} MB,超过 {} MB,没有收。请用手机另存一张小一点的。", FILE_BYTES_MAX / 1_048_576)]
    FileTooLarge {
        /// Its name.
        name: String,
        /// Its size.
        megabytes: u64,
    },
    /// The form in which some telephones keep pictures, which browsers do not show.
    #[error("「{0}」是 HEIC 格式,浏览器打不开。请在手机的相机设置里选「兼容性最佳(JPG)」,或用微信发到电脑再选。")]
    Heic(String),
    /// Not a picture.
    #[error("「{0}」不是照片。请选 JPG 或 PNG 图片。")]
    NoPicture(String),
    /// A picture that does not open.
    #[error("「{0}」打不开,可能没有拷贝完。请重新拷贝一次再选。")]
    Broken(String),
    /// It does not become small enough.
    #[error("「{0}」压不到 {limit} KB 以下。请截取照片的一部分再选。", limit = PHOTO_BYTES_MAX / 1024)]
    NotSmall(String),
}

/// Looks at the size and the first bytes of a file: whether it is worth opening.
pub fn check_file(name: &str, size: u64, head: &[u8]) -> Result<(), PhotoProblem> {
    if size > FILE_BYTES_MAX {
        return Err(PhotoProblem::FileTooLarge { name: name.to_owned(), megabytes: size.div_ceil(1_048_576) });
    }
    let brand = head.get(4..12);
    if brand.is_some_and(|brand| brand.starts_with(b"ftyphe") || brand.starts_with(b"ftypmif")) {
        return Err(PhotoProblem::Heic(name.to_owned()));
    }
    let is_webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    let known: [&[u8]; 4] = [&[0xFF, 0xD8, 0xFF], b"\x89PNG\r\n\x1a\n", b"BM", b"GIF8"];
    let is_picture = is_webp || known.iter().any(|begin| head.starts_with(begin));
    if is_picture { Ok(()) } else { Err(PhotoProblem::NoPicture(name.to_owned())) }
}

/// The size at which a picture is drawn, so that its longest edge is at most
/// `edge`. It is never made larger.
pub fn fit(width: u32, height: u32, edge: u16) -> (u16, u16) {
    let longest = u64::from(width.max(height).max(1));
    let scaled = |length: u32| {
        let length = if longest <= u64::from(edge) {
            u64::from(length)
        } else {
            (u64::from(length) * u64::from(edge) + longest / 2) / longest
        };
        u16::try_from(length.max(1)).unwrap_or(edge)
    };
    (scaled(width), scaled(height))
}

/// A drawn picture as it is kept, without anything beside it; `None` while it
/// is too large, or where it is no JPEG.
pub fn finish(drawn: &[u8]) -> Option<NewPhoto> {
    let jpeg = jpeg::bare(drawn).ok()?;
    let (width, height) = jpeg::size(&jpeg).ok()?;
    let is_small = u32::try_from(jpeg.len()).is_ok_and(|length| length <= PHOTO_BYTES_MAX);
    is_small.then(|| NewPhoto { digest: digest(&jpeg), jpeg, width, height })
}
