//! What a merge brings, in words: from which laptops, and the texts that both
//! sides filled in differently.

use jiff::civil::Date;

use super::text_places::{TextPlaces, field_word};
use crate::domain::erasure::TextPlace;
use crate::domain::id::{DeviceId, Kind, PersonId};
use crate::domain::register::{Field, Owner};
use crate::domain::village::Village;

/// A field that both sides filled in differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextDifference {
    /// Whose field.
    pub owner: Owner,
    /// Which field.
    pub field: Field,
    /// What stands here.
    pub ours: String,
    /// What stands in the file.
    pub theirs: String,
    /// What counts after merging: the later one.
    pub kept: String,
}

/// The same in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceRow {
    /// 「王海林的居住情况」
    pub title: String,
    /// 本机, 文件里, 合并后; nothing where it is nobody's business, such as a telephone number.
    pub texts: Option<[String; 3]>,
}

/// Words for the differences. `village` is the one that the merge makes.
/// People who were joined with others are left out: their texts have moved.
pub fn difference_rows(village: &Village, differences: &[TextDifference], today: Date) -> Vec<DifferenceRow> {
    let place = |difference: &TextDifference| TextPlace { owner: difference.owner, field: difference.field };
    let places = TextPlaces::of(village, differences.iter().map(place), today);
    let shown = differences.iter().filter(|difference| !is_joined(village, difference.owner));
    let row = |difference: &TextDifference| DifferenceRow {
        title: match difference.owner.kind {
            Kind::Person => {
                format!("{}的{}", person_words(village, difference), field_word(difference.field))
            }
            _ => places.words(place(difference)),
        },
        texts: (!is_secret(difference.field)).then(|| {
            [&difference.ours, &difference.theirs, &difference.kept]
                .map(|text| if text.is_empty() { "(空)".to_owned() } else { text.clone() })
        }),
    };
    shown.map(row).collect()
}

/// Numbers that are not shown to whoever looks over the shoulder.
const fn is_secret(field: Field) -> bool {
    matches!(field, Field::IdNumber | Field::Phone)
}

fn is_joined(village: &Village, owner: Owner) -> bool {
    let person = PersonId::from_raw(owner.raw);
    owner.kind == Kind::Person && village.people.person_now(person) != person
}

/// The name that counts, or, when it was erased, that it was.
fn person_words(village: &Village, difference: &TextDifference) -> String {
    let name = village.name(PersonId::from_raw(difference.owner.raw));
    if name.is_empty() { "已删除的人".to_owned() } else { name.to_owned() }
}

/// 「另一台电脑 A(编号 3F2A)」; `place` counts the laptops from 0.
pub fn laptop_words(place: usize, device: DeviceId) -> String {
    let letter = u8::try_from(place).ok().filter(|place| *place < 26).map(|place| char::from(b'A' + place));
    let name = letter.map_or_else(|| (place + 1).to_string(), String::from);
    format!("另一台电脑 {name}(编号 {})", laptop_number(device))
}

/// 「3F2A」: the short number of a laptop, in words and in names of files.
pub fn laptop_number(device: DeviceId) -> String {
    format!("{:04X}", device.0 >> 16)
}
