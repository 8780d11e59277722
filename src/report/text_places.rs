//! Where a text of the register stands, in words: 「第 0925 号事项的标题」.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::tag::{case_number, day_words};
use crate::domain::case::record::Case;
use crate::domain::erasure::TextPlace;
use crate::domain::id::{CaseId, HouseholdId, Kind, NoteId, UnitId};
use crate::domain::points::ledger::Reason;
use crate::domain::register::{Field, Owner};
use crate::domain::units::TenHouseholdUnit;
use crate::domain::village::Village;

/// What a field is called.
pub(super) const fn field_word(field: Field) -> &'static str {
    match field {
        Field::Name => "姓名",
        Field::IdNumber => "身份证号",
        Field::Phone => "联系电话",
        Field::Birth => "出生日期",
        Field::Sex => "性别",
        Field::Relation => "与户主关系",
        Field::Residence => "居住情况",
        Field::Care => "关爱类别",
        Field::Address => "地址",
        Field::Title => "标题",
        Field::Text => "内容",
        Field::Reporter => "反映人",
    }
}

/// Words for texts, looked up in one pass over the village.
pub(super) struct TextPlaces<'a> {
    village: &'a Village,
    notes: HashMap<Owner, String>,
}

impl<'a> TextPlaces<'a> {
    /// Prepares words for these places.
    pub(super) fn of(village: &'a Village, places: impl Iterator<Item = TextPlace>, today: Date) -> Self {
        let wanted: HashSet<Owner> = places.map(|place| place.owner).filter(|owner| owner.kind == Kind::Note).collect();
        let mut notes = HashMap::new();
        if !wanted.is_empty() {
            let mut put = |note: Option<NoteId>, words: &dyn Fn() -> String| {
                if let Some(owner) = note.map(Owner::from).filter(|owner| wanted.contains(owner)) {
                    notes.entry(owner).or_insert_with(words);
                }
            };
            for entry in village.entries.iter() {
                let what = if matches!(entry.reason, Reason::Reversal(_)) {
                    "冲正的原因"
                } else {
                    "积分记录的事由"
                };
                put(entry.note, &|| format!("{}{what}", day_words(entry.date, today)));
            }
            for claim in &village.claims {
                claim.notes().for_each(|note| put(Some(note), &|| "申报的说明".to_owned()));
            }
            for visit in &village.visits {
                let day = day_words(visit.made.date, today);
                put(visit.made.note, &|| format!("{day}走访的记录"));
                put(visit.struck, &|| format!("{day}走访作废的原因"));
            }
            for book in village.rules.all() {
                put(book.meeting.decision, &|| format!("细则 {} 版的会议决定", book.label));
            }
            for redemption in village.shelf.redemptions() {
                put(redemption.proxy, &|| format!("{}兑换的代领人", day_words(redemption.at.date(), today)));
            }
            for count in village.shelf.counts() {
                put(count.note, &|| format!("{}盘点的说明", day_words(count.date, today)));
            }
            for (day, what) in village.shelf.days.iter() {
                let closings = what.closings.iter().filter_map(|closing| closing.note);
                for note in closings.chain(what.reopenings.iter().copied()) {
                    put(Some(note), &|| format!("{}收场对账的说明", day_words(day, today)));
                }
            }
            for dispute in &village.disputes {
                let day = |date| day_words(date, today);
                put(Some(dispute.raised.note), &|| format!("{}的异议", day(dispute.raised.date)));
                if let Some(decided) = dispute.decided {
                    put(Some(decided.note), &|| format!("{}对异议的处理", day(decided.date)));
                }
            }
            for veto in &village.vetoes {
                veto.notes().for_each(|(word, note)| put(Some(note), &|| word.to_owned()));
            }
            for case in &village.cases {
                for (_, happening) in &case.history {
                    for note in happening.notes() {
                        put(note, &|| format!("{}的「{}」", case_words(case), happening.act().word()));
                    }
                }
            }
        }
        Self { village, notes }
    }

    /// Where the text stands.
    pub(super) fn words(&self, place: TextPlace) -> String {
        let word = field_word(place.field);
        match place.owner.kind {
            Kind::Case => {
                let case = self.village.cases.get(CaseId::from_raw(place.owner.raw));
                format!("{}的{word}", case.map_or_else(|| "事项".to_owned(), case_words))
            }
            Kind::Household => {
                let home = self.village.people.households.get(HouseholdId::from_raw(place.owner.raw));
                format!("{} 户的{word}", home.map_or("", |home| home.number.as_str()))
            }
            Kind::Staff => "经手人的姓名".to_owned(),
            Kind::Unit => {
                let unit = self.village.people.units.get(UnitId::from_raw(place.owner.raw));
                let grid = |unit: &TenHouseholdUnit| self.village.people.grid_name(unit.grid);
                unit.map_or_else(String::new, |unit| format!("{} {}", grid(unit), unit.numbered())) + "的名称"
            }
            _ => self.notes.get(&place.owner).cloned().unwrap_or_else(|| "一段说明".to_owned()),
        }
    }

    /// What it says.
    pub(super) fn text(&self, place: TextPlace) -> &'a str {
        self.village.register.text(place.owner, place.field)
    }
}

/// 「2026 年第 0925 号事项」
pub(super) fn case_words(case: &Case) -> String {
    format!("{}年第 {} 号事项", case.opening.received.date().year(), case_number(case.opening.number))
}
