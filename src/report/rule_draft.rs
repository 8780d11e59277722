//! The next version of the rule book while it is drawn up: as typed, as a version
//! to be adopted, and as a text that a browser keeps.

use jiff::civil::Date;

use super::rule_input::{ItemInput, caps_words, parse_caps, parse_category};
use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::id::ItemId;
use crate::domain::points::adoption::{NewItem, NewRuleBook};
use crate::domain::points::rule::{Category, CategoryCap, Ledger, RuleBook, RuleVersion};

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
            let words = caps_words(&[cap.cap]);
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

    /// Whether nothing was done to the copy yet.
    pub fn is_untouched(&self, book: &RuleBook) -> bool {
        let Self { effective, attendance, decision, items, caps, .. } = self;
        let copy = Self::copy_of(book, book.adopted);
        [effective, attendance, decision].iter().all(|text| text.is_empty())
            && *items == copy.items
            && *caps == copy.caps
    }

    /// The draft as a browser keeps it, of the village with this mark. What the
    /// meeting decided is left out: a free text may name people, and what is kept
    /// there is not looked through when somebody is erased.
    pub fn kept_text(&self, village: &str) -> String {
        let mut lines = vec![
            line(&[KEPT, village, &self.before.0.to_string()]),
            line(&[&self.effective, &self.adopted, &self.attendance]),
        ];
        for (ledger, category, words) in &self.caps {
            lines.push(line(&[CAPS, ledger.word(), category.word(), words]));
        }
        for item in &self.items {
            let id = item.id.map_or_else(String::new, |id| id.raw().to_string());
            let words = ItemInput::from(item);
            let ItemInput { code, ledger, category, name, score, unit, caps, member_types, own_scores, .. } = &words;
            let ItemInput { evidence, from, until, .. } = &words;
            lines.push(line(&[
                ITEM,
                &id,
                code,
                ledger,
                category,
                name,
                score,
                unit,
                caps,
                member_types,
                own_scores,
                evidence,
                from,
                until,
            ]));
        }
        lines.join("\n")
    }

    /// What [`Self::kept_text`] wrote for this village; nothing of another village, of
    /// another shape, or with an item that is not understood.
    pub fn parse_kept(text: &str, village: &str) -> Option<Self> {
        let mut lines = text.lines().map(|line| line.split('\t').map(plain).collect::<Vec<_>>());
        let head = lines.next()?;
        let before = match head.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [KEPT, of, before] if *of == village => RuleVersion(before.parse().ok()?),
            _ => return None,
        };
        let [effective, adopted, attendance] = lines.next()?.try_into().ok()?;
        let (mut items, mut caps) = (Vec::new(), Vec::new());
        for fields in lines {
            match fields.split_first()? {
                (kind, rest) if kind == CAPS => {
                    let [ledger, category, words] = rest else { return None };
                    let ledger = Ledger::ALL.iter().find(|known| known.word() == ledger)?;
                    caps.push((*ledger, parse_category(category).ok()?, words.clone()));
                }
                (kind, rest) if kind == ITEM => items.push(kept_item(rest)?),
                _ => return None,
            }
        }
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

fn kept_item(fields: &[String]) -> Option<NewItem> {
    let [id, code, ledger, category, name, score, unit, caps, member_types, own_scores, evidence, from, until] = fields
    else {
        return None;
    };
    let [code, ledger, category, name, score, unit] = [code, ledger, category, name, score, unit].map(String::clone);
    let [caps, member_types, own_scores, evidence] = [caps, member_types, own_scores, evidence].map(String::clone);
    let [from, until] = [from, until].map(String::clone);
    let id = if id.is_empty() { None } else { Some(ItemId::from_raw(id.parse().ok()?)) };
    let input =
        ItemInput { code, ledger, category, name, score, unit, caps, member_types, own_scores, evidence, from, until };
    input.parse(id).ok()
}

/// Fields with a tab between; what would break the line is written otherwise.
fn line(fields: &[&str]) -> String {
    let fields = fields
        .iter()
        .map(|field| field.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r"));
    fields.collect::<Vec<_>>().join("\t")
}

/// A field of a line as it was.
fn plain(field: &str) -> String {
    let (mut text, mut signs) = (String::new(), field.chars());
    while let Some(sign) = signs.next() {
        text.extend(match (sign, if sign == '\\' { signs.next() } else { None }) {
            ('\\', Some('t')) => Some('\t'),
            ('\\', Some('n')) => Some('\n'),
            ('\\', Some('r')) => Some('\r'),
            ('\\', other) => other,
            (sign, _) => Some(sign),
        });
    }
    text
}
