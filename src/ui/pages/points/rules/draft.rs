//! The next version of the rule book while it is drawn up. It lives as long
//! as the page, and nothing of it counts until it is adopted.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::id::ItemId;
use crate::domain::points::adoption::{NewItem, NewRuleBook};
use crate::domain::points::rule::{Category, CategoryCap, Ledger, RuleBook, RuleVersion, Unit};
use crate::office::rule_book::by_category;
use crate::report::rule_input::{caps_words, parse_caps};
use crate::ui::context::App;

/// What is drawn up. Texts are as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftBook {
    /// The version that it follows.
    pub before: RuleVersion,
    /// 施行日期
    pub effective: String,
    /// 通过日期
    pub adopted: String,
    /// 到会人数
    pub attendance: String,
    /// 会议决定
    pub decision: String,
    /// The items.
    pub items: Vec<NewItem>,
    /// 类别上限, in words; a category without one is not here.
    pub caps: Vec<(Ledger, Category, String)>,
}

impl DraftBook {
    /// A copy of the version, to be changed.
    pub fn copy_of(book: &RuleBook, today: Date) -> Self {
        let caps = by_category(&book.category_caps);
        let caps = caps
            .into_iter()
            .map(|(ledger, category, caps)| (ledger, category, caps_words(&caps, Unit::Time)))
            .collect();
        Self {
            before: book.version,
            effective: String::new(),
            adopted: iso_date(today),
            attendance: String::new(),
            decision: String::new(),
            items: book.items.iter().map(NewItem::from).collect(),
            caps,
        }
    }

    /// Caps of categories, or the first that cannot be understood.
    pub fn category_caps(&self) -> Result<Vec<CategoryCap>, String> {
        let mut caps = Vec::new();
        for (ledger, category, words) in &self.caps {
            let read = parse_caps(words).map_err(|problem| format!("{}类的{problem}", category.word()))?;
            caps.extend(read.into_iter().map(|cap| CategoryCap { ledger: *ledger, category: *category, cap }));
        }
        Ok(caps)
    }

    /// The version, or the first thing that is missing.
    pub fn parse(&self) -> Result<NewRuleBook, String> {
        let adopted = parse_iso_date(&self.adopted).ok_or("请填写会议日期。")?;
        let effective = parse_iso_date(&self.effective).ok_or("请填写施行日期。")?;
        let attendance = match self.attendance.trim() {
            "" => 0,
            typed => typed.parse().map_err(|_| "到会人数要填整数,如 52。")?,
        };
        let (decision, items) = (self.decision.clone(), self.items.clone());
        Ok(NewRuleBook { effective, adopted, attendance, decision, items, category_caps: self.category_caps()? })
    }

    /// A code that is free in the ledger, also in the version before: `Q27`.
    pub fn free_code(&self, before: Option<&RuleBook>, ledger: Ledger) -> String {
        let letter = if ledger == Ledger::Villager { 'Q' } else { 'D' };
        let known = before.map_or(&[][..], |book| book.items.as_slice());
        let taken = |code: &String| {
            self.items.iter().any(|item| item.code == *code) || known.iter().any(|item| item.code == *code)
        };
        (1..=u16::MAX).map(|number| format!("{letter}{number:02}")).find(|code| !taken(code)).unwrap_or_default()
    }

    /// Puts an item that was stopped back as it was.
    pub fn bring_back(&mut self, book: &RuleBook, id: ItemId) {
        if let Some(item) = book.item(id) {
            self.items.push(NewItem::from(item));
        }
    }
}

/// The draft, if there is one. Copying the handle is free.
#[derive(Clone, Copy)]
pub struct Draft(pub RwSignal<Option<DraftBook>>);

impl Draft {
    /// No draft yet.
    pub fn none() -> Self {
        Self(RwSignal::new(None))
    }

    /// Whether something has been begun.
    pub fn is_begun(self) -> bool {
        self.0.with(Option::is_some)
    }

    /// Begins with a copy of the newest version, unless something was begun from it.
    pub fn begin(self, app: App) {
        let newest = untrack(|| app.read(|village| village.rules.iter().max_by_key(|book| book.effective).cloned()));
        let Some(newest) = newest else { return };
        let is_current =
            self.0.with_untracked(|draft| draft.as_ref().is_some_and(|draft| draft.before == newest.version));
        if !is_current {
            self.0.set(Some(DraftBook::copy_of(&newest, app.today())));
        }
    }

    /// Changes what was begun.
    pub fn change(self, change: impl FnOnce(&mut DraftBook)) {
        self.0.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
    }

    /// Looks at what was begun.
    pub fn look<T: Default>(self, look: impl FnOnce(&DraftBook) -> T) -> T {
        self.0.with(|draft| draft.as_ref().map(look).unwrap_or_default())
    }
}
