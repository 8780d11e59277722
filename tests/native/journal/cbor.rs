//! Our reader of CBOR against the crate that writes it.

use cunzhi::domain::id::DeviceId;
use cunzhi::journal::cbor::Reader;
use cunzhi::journal::near::{restore, shorten};
use minicbor::{Decoder, Encoder};
use proptest::prelude::*;

/// What the journal is written in.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Unsigned(u64),
    Signed(i64),
    Bytes(Vec<u8>),
    Text(String),
    Boolean(bool),
    Null,
    Array(Vec<Item>),
}

fn any_item() -> impl Strategy<Value = Item> {
    let leaf = prop_oneof![
        any::<u64>().prop_map(Item::Unsigned),
        (0_u64..300).prop_map(Item::Unsigned),
        any::<u32>().prop_map(|number| Item::Unsigned(7 << 32 | u64::from(number))),
        (0_u64..1 << 24).prop_map(|number| Item::Unsigned(u64::from(u32::MAX) << 32 | number)),
        any::<i64>().prop_map(Item::Signed),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Item::Bytes),
        "[一-龥a-z]{0,30}".prop_map(Item::Text),
        any::<bool>().prop_map(Item::Boolean),
        Just(Item::Null),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| prop::collection::vec(inner, 0..6).prop_map(Item::Array))
}

fn write(item: &Item, e: &mut Encoder<&mut Vec<u8>>) {
    match item {
        Item::Unsigned(number) => drop(e.u64(*number)),
        Item::Signed(number) => drop(e.i64(*number)),
        Item::Bytes(bytes) => drop(e.bytes(bytes)),
        Item::Text(text) => drop(e.str(text)),
        Item::Boolean(said) => drop(e.bool(*said)),
        Item::Null => drop(e.null()),
        Item::Array(items) => {
            drop(e.array(items.len() as u64));
            for item in items {
                write(item, e);
            }
        }
    }
}

fn written(item: &Item) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(item, &mut Encoder::new(&mut bytes));
    bytes
}

/// Reads an item of the same shape.
fn read(like: &Item, d: &mut Reader<'_>) -> Option<Item> {
    Some(match like {
        Item::Unsigned(_) => Item::Unsigned(d.unsigned()?),
        Item::Signed(_) => Item::Signed(d.signed()?),
        Item::Bytes(_) => Item::Bytes(d.bytes()?.to_vec()),
        Item::Text(_) => Item::Text(d.text()?.to_owned()),
        Item::Boolean(_) => Item::Boolean(d.boolean()?),
        Item::Null => d.takes_null().then_some(Item::Null)?,
        Item::Array(items) => {
            let found = usize::try_from(d.array()?).ok().filter(|found| *found == items.len())?;
            Item::Array(items.iter().take(found).map(|item| read(item, d)).collect::<Option<_>>()?)
        }
    })
}

/// A question to both readers: what ours says, what the crate says, and how far each has come.
macro_rules! asked {
    ($bytes:expr, $($ours:ident => $theirs:expr),+ $(,)?) => {$(
        let (mut ours, mut theirs) = (Reader::new($bytes), Decoder::new($bytes));
        let said = ours.$ours();
        let expected = $theirs(&mut theirs);
        prop_assert_eq!(&said, &expected, "{}", stringify!($ours));
        if expected.is_some() {
            let left = Reader::new(&$bytes[theirs.position()..]);
            prop_assert_eq!(format!("{ours:?}"), format!("{left:?}"), "{}", stringify!($ours));
        }
    )+};
}

proptest! {
    /// Whatever the crate writes is read, passed over, and missed when it is cut.
    #[test]
    fn what_is_written_is_read(item in any_item()) {
        let bytes = written(&item);
        let mut reader = Reader::new(&bytes);
        prop_assert_eq!(read(&item, &mut reader), Some(item.clone()));
        prop_assert!(reader.is_at_end());
        let mut reader = Reader::new(&bytes);
        prop_assert_eq!(reader.skip(1), Some(()));
        prop_assert!(reader.is_at_end());
        for cut in 0..bytes.len() {
            prop_assert_eq!(read(&item, &mut Reader::new(&bytes[..cut])), None);
            prop_assert_eq!(Reader::new(&bytes[..cut]).skip(1), None);
        }
    }

    /// Ids of the laptop take few bytes, read as what they are, and come back.
    #[test]
    fn what_is_near_is_shortened(item in any_item(), laptop in prop_oneof![Just(0), Just(7), Just(u32::MAX)]) {
        let (device, cbor) = (DeviceId(laptop), written(&item));
        let (mut short, mut back) = (Vec::new(), Vec::new());
        shorten(&cbor, device, &mut short);
        restore(&short, device, &mut back);
        prop_assert_eq!(&back, &cbor);
        prop_assert!(short.len() <= cbor.len());
        prop_assert_eq!(read(&item, &mut Reader::near(&short, Some(device))), Some(item));
        // A cut leaves what it is as it is, and does no harm.
        for cut in 0..cbor.len() {
            let (mut short, mut back) = (Vec::new(), Vec::new());
            shorten(&cbor[..cut], device, &mut short);
            restore(&short, device, &mut back);
            prop_assert_eq!(&back, &cbor[..cut]);
        }
    }

    /// Of any bytes both say the same.
    #[test]
    fn both_say_the_same(bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0x18_u8..0x1c, 0xf4_u8..0xf8], 0..12)) {
        asked!(&bytes,
            unsigned => |d: &mut Decoder<'_>| d.u64().ok(),
            signed => |d: &mut Decoder<'_>| d.i64().ok(),
            boolean => |d: &mut Decoder<'_>| d.bool().ok(),
            array => |d: &mut Decoder<'_>| d.array().ok().flatten(),
        );
        let theirs = Decoder::new(&bytes).bytes().ok().map(<[u8]>::to_vec);
        prop_assert_eq!(Reader::new(&bytes).bytes().map(<[u8]>::to_vec), theirs);
        let theirs = Decoder::new(&bytes).str().ok().map(str::to_owned);
        prop_assert_eq!(Reader::new(&bytes).text().map(str::to_owned), theirs);
        prop_assert_eq!(Reader::new(&bytes).takes_null(), Decoder::new(&bytes).null().is_ok());
    }
}

/// An id of this laptop in four or five bytes, of another one in nine; none where it
/// is not known whose they are.
#[test]
fn near_ids_take_four_bytes() {
    let near = |number: u64| {
        let mut short = Vec::new();
        shorten(&written(&Item::Unsigned(number)), DeviceId(7), &mut short);
        short
    };
    assert_eq!(near(7 << 32 | 0x12_3456), [0x1c, 0x12, 0x34, 0x56]);
    assert_eq!(near(7 << 32 | 0x0112_3456), [0x1d, 0x01, 0x12, 0x34, 0x56]);
    assert_eq!(near(8 << 32).len(), 9);
    assert_eq!(Reader::near(&near(7 << 32 | 5), Some(DeviceId(7))).unsigned(), Some(7 << 32 | 5));
    assert_eq!(Reader::new(&near(7 << 32 | 5)).unsigned(), None);
}

/// A number of items that cannot be there ends at once and reserves nothing.
#[test]
fn a_damaged_count_ends() {
    let cases: [&[u8]; 4] = [
        &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00],
        &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x9f, 0x01, 0xff],
    ];
    for bytes in cases {
        assert_eq!(Reader::new(bytes).skip(1), None, "{bytes:02x?}");
    }
}
