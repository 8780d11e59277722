//! Files on their way in: what kind they are, how far they are shrunk, and that
//! nothing stays beside the picture.

use cunzhi::app::photo_in::{FILE_BYTES_MAX, check_file, finish, fit};
use cunzhi::domain::photo::PHOTO_BYTES_MAX;
use cunzhi::journal::jpeg;

use super::{photo, picture};

#[test]
fn files_are_known_by_their_first_bytes() {
    let no_picture = "「a」不是照片。请选 JPG 或 PNG 图片。";
    let heic = "「a」是 HEIC 格式,浏览器打不开。请在手机的相机设置里选「兼容性最佳(JPG)」,或用微信发到电脑再选。";
    for (head, expected) in [
        (&picture(1)[..], Ok(())),
        (b"\x89PNG\r\n\x1a\n....", Ok(())),
        (b"RIFF....WEBPVP8 ", Ok(())),
        (b"RIFF....WAVEfmt ", Err(no_picture)),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Err(heic)),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", Err(heic)),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", Err(no_picture)),
        (b"PK\x03\x04", Err(no_picture)),
        (b"", Err(no_picture)),
    ] {
        let found = check_file("a", 1, head).map_err(|problem| problem.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{head:?}");
    }
    let large = check_file("a", FILE_BYTES_MAX + 1, &picture(1)).expect_err("too large");
    assert_eq!(large.to_string(), "「a」有 31 MB,超过 30 MB,没有收。请用手机另存一张小一点的。");
}

#[test]
fn pictures_are_made_smaller_and_never_larger() {
    for (size, edge, expected) in [
        ((4_000, 3_000), 1_280, (1_280, 960)),
        ((3_000, 4_000), 1_280, (960, 1_280)),
        ((1_280, 1_280), 1_280, (1_280, 1_280)),
        ((640, 480), 1_280, (640, 480)),
        ((100_000, 1), 1_280, (1_280, 1)),
        ((0, 0), 800, (1, 1)),
    ] {
        assert_eq!(fit(size.0, size.1, edge), expected, "{size:?}");
    }
}

/// A segment in front of the picture.
fn beside(marker: u8, words: &[u8]) -> Vec<u8> {
    let length = u16::try_from(words.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker][..], &length, words].concat()
}

#[test]
fn nothing_stays_beside_the_picture() {
    let plain = picture(5);
    let exif = beside(0xE1, b"Exif\0\0 GPSLatitude 30.57 N");
    let xmp = beside(0xE1, b"http://ns.adobe.com/xap/1.0/");
    let comment = beside(0xFE, b"taken at home");
    let dirty = [&plain[..2], &exif, &xmp, &comment, &plain[2..], b"a second picture behind the end"].concat();
    assert!(!jpeg::is_bare(&dirty));
    assert_eq!(jpeg::bare(&dirty), Ok(plain.clone()));
    assert_eq!(finish(&dirty), Some(photo(5)));
    assert!(jpeg::is_bare(&plain));
    assert_eq!(jpeg::size(&plain), Ok((4, 3)));
    for length in 0..plain.len() {
        assert!(jpeg::bare(&plain[..length]).is_err(), "cut to {length} bytes");
    }
}

#[test]
fn what_is_too_large_is_not_finished() {
    let (head, tail) = (picture(1), [0xFF, 0xD9]);
    let of = |bytes: usize| [&head[..head.len() - 2], &vec![7; bytes - head.len()], &tail].concat();
    let most = PHOTO_BYTES_MAX as usize;
    assert!(finish(&of(most)).is_some());
    assert!(finish(&of(most + 1)).is_none());
    assert!(finish(b"GIF89a").is_none());
}
