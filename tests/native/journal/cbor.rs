//! Our reader of CBOR against the crate that writes it.

use cunzhi::journal::cbor::Reader;
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
            items.iter().for_each(|item| write(item, e));
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
