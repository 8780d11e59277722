//! The next version of the rule book while it is drawn up: as typed, as a version
//! to be adopted, and as a text that a browser keeps.

use jiff::civil::Date;

use super::rule_input::{ItemInput, caps_words, parse_caps, parse_category};
use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::id::ItemId;
use crate::domain::points::adoption::{NewItem, NewRuleBook};
use crate::domain::points::rule::{Category, CategoryCap, Ledger, RuleBook, RuleVersion, Unit};

/// What the kept text begins with: its shape, and the number of that.
const KEPT: &str = "cunzhi rule draft 1";
/// What the lines of it begin with.
const CAPS: &str = "caps";
const ITEM: &str = "item";

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
        let mut caps: Vec<(Ledger, Category, String)> = Vec::new();
        for cap in &book.category_caps {
            let words = caps_words(&[cap.cap], Unit::Time);
            match caps.iter_mut().find(|known| (known.0, known.1) == (cap.ledger, cap.category)) {
                Some(known) => known.2 = format!("{}、{words}", known.2),
                None => caps.push((cap.ledger, cap.category, words)),
            }
        }
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
            let read = parse_caps(words, Unit::Time).map_err(|problem| format!("{}类的{problem}", category.word()))?;
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

    /// Whether nothing was done to the copy yet.
    pub fn is_untouched(&self, book: &RuleBook) -> bool {
        let Self { effective, attendance, decision, items, caps, .. } = self;
        let copy = Self::copy_of(book, book.adopted);
        [effective, attendance, decision].iter().all(|text| text.is_empty())
            && *items == copy.items
            && *caps == copy.caps
    }

    /// The draft as a browser keeps it, of the village with this mark. What the
    /// meeting decided is left out: a free text is likely to name people, and what is
    /// kept there is in no save file.
    pub fn kept_text(&self, village: &str) -> String {
        let mut text = String::new();
        add_line(&mut text, &[KEPT, village, &self.before.0.to_string()]);
        add_line(&mut text, &[&self.effective, &self.adopted, &self.attendance]);
        for (ledger, category, words) in &self.caps {
            add_line(&mut text, &[CAPS, ledger.word(), category.word(), words]);
        }
        for item in &self.items {
            let id = item.id.map_or(0, ItemId::raw).to_string();
            let mut words = ItemInput::from(item);
            let words = words_of(&mut words).map(|word| word.as_str());
            add_line(&mut text, &[&[ITEM, &id], &words[..]].concat());
        }
        text
    }

    /// What [`Self::kept_text`] wrote for this village; nothing of another village, of
    /// another shape, or with an item that is not understood.
    pub fn parse_kept(text: &str, village: &str) -> Option<Self> {
        let mut lines = text.lines();
        let head = fields(lines.next()?);
        let [kept, of, before] = head.as_slice() else { return None };
        if kept != KEPT || of != village {
            return None;
        }
        let before = RuleVersion(before.parse().ok()?);
        let meeting = fields(lines.next()?);
        let [effective, adopted, attendance] = meeting.as_slice() else { return None };
        let (mut items, mut caps) = (Vec::new(), Vec::new());
        for line in lines {
            let fields = fields(line);
            match fields.as_slice() {
                [kind, ledger, category, words] if kind == CAPS => {
                    let ledger = Ledger::ALL.iter().find(|known| known.word() == ledger)?;
                    caps.push((*ledger, parse_category(category).ok()?, words.clone()));
                }
                [kind, id, words @ ..] if kind == ITEM => {
                    let id: u64 = id.parse().ok()?;
                    let mut input = ItemInput::default();
                    let places = words_of(&mut input);
                    if places.len() != words.len() {
                        return None;
                    }
                    for (place, word) in places.into_iter().zip(words) {
                        place.clone_from(word);
                    }
                    items.push(input.parse((id != 0).then(|| ItemId::from_raw(id))).ok()?);
                }
                _ => return None,
            }
        }
        let (effective, adopted, attendance) = (effective.clone(), adopted.clone(), attendance.clone());
        Some(Self { before, effective, adopted, attendance, decision: String::new(), items, caps })
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

/// A text that [`DraftBook::kept_text`] wrote, of whatever village, with the words of
/// its items and caps changed.
pub fn change_kept(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::new();
    for (number, line) in text.lines().enumerate() {
        // The first two lines are the shape and the meeting; a field says what a line is.
        let fields = fields(line).into_iter().enumerate();
        let fields = fields.map(|(place, field)| if number < 2 || place == 0 { field } else { change(&field) });
        let fields: Vec<String> = fields.collect();
        add_line(&mut changed, &fields.iter().map(String::as_str).collect::<Vec<_>>());
    }
    changed
}

/// The words of an item, in the order in which they are kept.
fn words_of(input: &mut ItemInput) -> [&mut String; 12] {
    let ItemInput { code, ledger, category, name, score, unit, caps, member_types, own_scores, evidence, from, until } =
        input;
    [code, ledger, category, name, score, unit, caps, member_types, own_scores, evidence, from, until]
}

/// A line of fields with a tab between; what would break it is written otherwise.
fn add_line(text: &mut String, fields: &[&str]) {
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            text.push('\t');
        }
        for sign in field.chars() {
            match sign {
                '\\' => text.push_str("\\\\"),
                '\t' => text.push_str("\\t"),
                '\n' => text.push_str("\\n"),
                '\r' => text.push_str("\\r"),
                sign => text.push(sign),
            }
        }
    }
    text.push('\n');
}

/// The fields of a line as they were.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        let meant = match sign {
            '\t' => {
                fields.push(String::new());
                continue;
            }
            '\\' => match signs.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                _ => '\\',
            },
            sign => sign,
        };
        if let Some(field) = fields.last_mut() {
            field.push(meant);
        }
    }
    fields
}
