//! A case that two laptops moved apart: what each did, and which of it counts.

use super::subject::when;
use super::{ConflictRow, Way};
use crate::domain::case::record::{Case, Happening};
use crate::domain::command::Settlement;
use crate::domain::conflict::{Choice, Displaced};
use crate::domain::id::CaseId;
use crate::domain::register::Field;
use crate::domain::village::Village;
use crate::report::tag::case_number;

/// What a laptop recorded of a case in vain.
pub(super) fn case_row(village: &Village, displaced: &Displaced, id: CaseId) -> ConflictRow {
    let place = displaced.place;
    let branch = village.branch(place);
    let moves: Vec<_> = branch.iter().filter_map(|one| Some((one.at, one.case()?.1))).collect();
    let words: Vec<_> = moves
        .iter()
        .map(|(at, happening)| format!("「{}」({})", happening_words(village, *happening), when(*at)))
        .collect();
    let mut ways = vec![Way::Press(Choice::Keep.word(), Settlement::Displaced { place, choice: Choice::Keep })];
    let known = village.cases.get(id);
    let mut counts = String::new();
    if let Some(case) = known {
        if case.clone().adopt(&moves).is_ok() {
            ways.push(Way::Press(Choice::Take.word(), Settlement::Displaced { place, choice: Choice::Take }));
        }
        if let Some((at, happening)) = case.history.last() {
            counts = format!("现在算数的是「{}」({})。", happening_words(village, *happening), when(*at));
        }
    }
    ConflictRow {
        kind: "事项",
        title: known.map_or_else(|| "事项".to_owned(), |case| case_title(village, case)),
        detail: format!("另一边记的{}没有算进去。{counts}", words.join("、")),
        ways,
    }
}

fn happening_words(village: &Village, happening: Happening) -> String {
    let act = happening.act().word();
    let note =
        happening.notes().into_iter().flatten().map(|note| village.note(Some(note))).find(|text| !text.is_empty());
    match (happening, note) {
        (Happening::Answered { resolved: Some(resolved), .. }, _) => {
            format!("{act},{}", if resolved { "化解" } else { "未化解" })
        }
        (Happening::Rated(rating, _), _) => format!("评价:{}", rating.word()),
        (Happening::Assigned(handling) | Happening::HandlingChanged(handling, _), _) => {
            format!("{act}:{}", handling.word())
        }
        (_, Some(note)) => format!("{act}:{note}"),
        (_, None) => act.to_owned(),
    }
}

fn case_title(village: &Village, case: &Case) -> String {
    let opening = &case.opening;
    format!("{} {}", case_number(opening.number), village.register.text(opening.id, Field::Title))
}
