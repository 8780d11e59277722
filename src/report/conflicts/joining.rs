//! What two entries of one household say differently, before they become one.

use crate::domain::event::JoinedPerson;
use crate::domain::id::{HouseholdId, Kind, PersonId};
use crate::domain::people::Person;
use crate::domain::register::{Field, Owner};
use crate::domain::village::Village;
use crate::report::text_places::field_word;

/// Something that the two entries say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinDifference {
    /// 「赵大的联系电话」; where nothing can be chosen, with what will count.
    pub what: String,
    /// In the entry that stays, and in the one that goes.
    pub texts: [String; 2],
}

/// Everything that two entries of a household say differently.
pub fn join_differences(village: &Village, gone: HouseholdId, kept: HouseholdId) -> Vec<JoinDifference> {
    let texts = village.differing_texts(gone, kept).into_iter().map(|(gone, kept, field)| JoinDifference {
        what: match kept.kind {
            Kind::Person => format!("{}的{}", village.name(PersonId::from_raw(kept.raw)), field_word(field)),
            _ => field_word(field).to_owned(),
        },
        texts: [kept, gone].map(|owner| shown(village, owner, field)),
    });
    let people = village.same_people(gone, kept);
    let types = people.iter().filter_map(|one| member_types(village, one));
    places(village, gone, kept).into_iter().chain(types).chain(texts).collect()
}

/// Grid and group: those of the entry that stays count.
fn places(village: &Village, gone: HouseholdId, kept: HouseholdId) -> Vec<JoinDifference> {
    let [Some(home), Some(left)] = [kept, gone].map(|id| village.people.households.get(id)) else {
        return Vec::new();
    };
    let grids = [home, left].map(|home| village.people.grid_name(home.grid).to_owned());
    let groups = [home, left].map(|home| home.group.to_string());
    let all = [("网格", grids), ("组", groups)].into_iter().filter(|(_, [one, other])| one != other);
    all.map(|(what, texts)| JoinDifference { what: format!("{what}(合并后是「{}」)", texts[0]), texts }).collect()
}

/// The types of a member in both entries, of which the later one counts.
fn member_types(village: &Village, joined: &JoinedPerson) -> Option<JoinDifference> {
    let person = |id: PersonId| village.people.persons.get(id).and_then(|person: &Person| person.memberships.last());
    let (kept, gone) = (person(joined.kept)?, person(joined.gone)?);
    let counts = if kept.from > gone.from { kept } else { gone };
    (kept.kind != gone.kind).then(|| JoinDifference {
        what: format!("{}的党员类型(合并后是「{}」)", village.name(joined.kept), counts.kind.word()),
        texts: [kept, gone].map(|one| one.kind.word().to_owned()),
    })
}

/// The text; of an ID number so much that two can be told apart.
fn shown(village: &Village, owner: Owner, field: Field) -> String {
    let text = village.register.text(owner, field);
    if field != Field::IdNumber {
        return text.to_owned();
    }
    let signs: Vec<char> = text.chars().collect();
    let tail: String = signs.iter().skip(signs.len().saturating_sub(6)).collect();
    format!("…{tail}")
}
