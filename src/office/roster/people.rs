//! One row of a roster as a person.

use std::collections::BTreeMap;

use super::columns::Column;
use super::problems::{ProblemKind, quote};
use super::sheet::Sheet;
use super::words::{self, Word};
use super::{NAME_CHARS_MAX, values};
use crate::domain::roster::{CareGroup, MemberType, PersonDraft, Relation, Residence, Sex};

/// ID numbers that were seen: row index and name.
pub(super) type Seen = BTreeMap<String, (usize, String)>;

/// Reads the person of a row; `None` when the row is not imported.
pub(super) fn read(sheet: &mut Sheet<'_>, row: usize, head_name: &str, seen: &mut Seen) -> Option<PersonDraft> {
    let name = name(sheet.text(row, Column::Name));
    let found = name.chars().count();
    if found > NAME_CHARS_MAX {
        sheet.problem(row, Some(Column::Name), ProblemKind::NameTooLong { found });
        return None;
    }
    if name.is_empty() {
        sheet.problem(row, Some(Column::Name), ProblemKind::NoName);
        return None;
    }
    let mut id = take(sheet, row, Column::IdNumber, values::id_number);
    if !id.damaged && !id.number.is_empty() {
        match seen.get(&id.number) {
            Some((first, other)) if *other == name => {
                let first_row = first.saturating_add(1);
                sheet.problem(row, Some(Column::IdNumber), ProblemKind::SamePerson { first_row });
                return None;
            }
            Some((first, _)) => {
                let first_row = first.saturating_add(1);
                sheet.problem(row, Some(Column::IdNumber), ProblemKind::IdUsedTwice { first_row });
                id.damaged = true;
            }
            None => {
                seen.insert(id.number.clone(), (row, name.clone()));
            }
        }
    }
    let relation = relation(sheet, row, &name, head_name);
    let sex = sex(sheet, row, &id);
    let birth = birth(sheet, row, &id);
    let phone = take(sheet, row, Column::Phone, values::phone);
    let residence = residence(sheet, row);
    let (care, listed_member) = care(sheet, row);
    let member = member(sheet, row, listed_member);
    let (id_number, id_number_damaged) = (id.number, id.damaged);
    Some(PersonDraft { name, relation, sex, birth, id_number, id_number_damaged, phone, residence, care, member })
}

/// A name without the spaces that align two characters with three.
pub(super) fn name(text: &str) -> String {
    let wide = |letter: char| letter.is_whitespace() || letter > '\u{2E7F}';
    if text.chars().all(wide) {
        return text.chars().filter(|letter| !letter.is_whitespace()).collect();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn take<T>(sheet: &mut Sheet<'_>, row: usize, column: Column, read: fn(&str) -> values::Value<T>) -> T {
    let found = read(sheet.text(row, column));
    if let Some(problem) = found.problem {
        sheet.problem(row, Some(column), problem);
    }
    found.value
}

fn relation(sheet: &mut Sheet<'_>, row: usize, name: &str, head_name: &str) -> Relation {
    let is_head = name == head_name;
    let text = sheet.text(row, Column::Relation);
    match words::relation(text) {
        Word::Known(relation) => relation,
        Word::Blank if is_head => Relation::Head,
        Word::Blank => {
            if sheet.has(Column::Relation) {
                sheet.problem(row, Some(Column::Relation), ProblemKind::RelationMissing);
            }
            Relation::Other
        }
        Word::Unknown => {
            sheet.problem(row, Some(Column::Relation), ProblemKind::RelationUnknown { text: quote(text) });
            Relation::Other
        }
    }
}

fn sex(sheet: &mut Sheet<'_>, row: usize, id: &values::Id) -> Option<Sex> {
    let text = sheet.text(row, Column::Sex);
    match words::sex(text) {
        Word::Known(sex) => {
            if id.sex.is_some_and(|other| other != sex) {
                sheet.problem(row, Some(Column::Sex), ProblemKind::SexDiffers);
            }
            Some(sex)
        }
        Word::Blank => id.sex,
        Word::Unknown => {
            sheet.problem(row, Some(Column::Sex), ProblemKind::SexUnknown { text: quote(text) });
            id.sex
        }
    }
}

fn birth(sheet: &mut Sheet<'_>, row: usize, id: &values::Id) -> Option<jiff::civil::Date> {
    let text = sheet.text(row, Column::Birth);
    if text.is_empty() {
        return id.birth;
    }
    let found = values::birth(text);
    let (Some(date), Some(by_id)) = (found.value, id.birth) else {
        if let Some(problem) = found.problem {
            sheet.problem(row, Some(Column::Birth), problem);
        }
        return found.value.or(id.birth);
    };
    let same_month = (date.year(), date.month()) == (by_id.year(), by_id.month());
    // The ID number knows the day that the column leaves out.
    if found.problem == Some(ProblemKind::BirthDayMissing) && same_month {
        return Some(by_id);
    }
    if let Some(problem) = found.problem {
        sheet.problem(row, Some(Column::Birth), problem);
    }
    if date != by_id {
        sheet.problem(row, Some(Column::Birth), ProblemKind::BirthDiffers);
    }
    Some(date)
}

fn residence(sheet: &mut Sheet<'_>, row: usize) -> Residence {
    let text = sheet.text(row, Column::Residence);
    let title = sheet.title(Column::Residence).unwrap_or_default();
    match words::residence(text, &title) {
        Word::Known(residence) => residence,
        Word::Blank => Residence::Resident,
        Word::Unknown => {
            sheet.problem(row, Some(Column::Residence), ProblemKind::ResidenceUnknown { text: quote(text) });
            Residence::Resident
        }
    }
}

/// The care groups, and whether the same cells list the person as a member.
fn care(sheet: &mut Sheet<'_>, row: usize) -> (Vec<CareGroup>, bool) {
    let mut groups = Vec::new();
    let mut member = false;
    for (cell, title) in sheet.texts(row, Column::Care) {
        for part in cell.split(['、', ',', '\u{FF0C}', ';', '\u{FF1B}', '/', ' ', '+']) {
            if part.contains("党员") {
                member |= words::party(part) == Word::Known(true);
                continue;
            }
            let group = match words::care(part, &title) {
                Word::Known(group) => group,
                Word::Blank => continue,
                Word::Unknown => {
                    sheet.problem(row, Some(Column::Care), ProblemKind::CareUnknown { text: quote(part) });
                    CareGroup::Other
                }
            };
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
    }
    (groups, member)
}

fn member(sheet: &mut Sheet<'_>, row: usize, listed: bool) -> Option<MemberType> {
    let status = sheet.text(row, Column::PartyStatus);
    let party = words::party(status);
    if party == Word::Unknown {
        sheet.problem(row, Some(Column::PartyStatus), ProblemKind::PartyUnknown { text: quote(status) });
    }
    let text = sheet.text(row, Column::MemberType);
    // A status such as 流动党员 names the type as well.
    let named = match (words::member_type(text), words::member_type(status)) {
        (Word::Blank, Word::Known(kind)) if party == Word::Known(true) => Word::Known(kind),
        (own, _) => own,
    };
    // Where no column asks for the status, a type column alone tells it, and
    // 群众, 否 or a blank in it mean no member.
    let by_type = match words::party(text) {
        Word::Known(is_member) => is_member,
        Word::Blank => false,
        Word::Unknown => matches!(named, Word::Known(_)),
    };
    let by_status = listed || party == Word::Known(true);
    if !by_status && !by_type {
        return None;
    }
    if party == Word::Known(false) {
        sheet.problem(row, Some(Column::MemberType), ProblemKind::PartyDiffers);
    }
    let kind = match named {
        Word::Known(kind) => return Some(kind),
        Word::Blank => ProblemKind::MemberTypeMissing,
        Word::Unknown => ProblemKind::MemberTypeUnknown { text: quote(text) },
    };
    let column = if sheet.has(Column::MemberType) { Column::MemberType } else { Column::PartyStatus };
    sheet.problem(row, Some(column), kind);
    Some(MemberType::WithoutPost)
}
