//! 有异议的记录: what waits for a decision, and how an entry shows it.

use jiff::civil::Date;

use super::overview::{Todo, TodoTarget};
use super::passbook::line_words;
use super::tag::{Tag, Tone, day_words, dotted};
use crate::domain::id::EntryId;
use crate::domain::order::sort_by_key;
use crate::domain::points::dispute::{Dispute, DisputeDecided, Outcome};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::village::Village;

/// Decided objections that are listed.
const DECIDED_MAX: usize = 20;

/// An objection that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeRow {
    /// The entry that it is about.
    pub entry: EntryId,
    /// Whose points.
    pub account: Account,
    /// 「2-017 王海林」
    pub who: String,
    /// 「9月26日 环境整治 +5」
    pub line: String,
    /// Who objects, and why.
    pub note: String,
    /// 「9月27日提出 · 10月9日前处理」
    pub dates: String,
    /// How many working days are left.
    pub left: Tag,
}

/// What waits for a decision, in one ledger or both, the most urgent first.
pub fn open_disputes(village: &Village, ledger: Option<Ledger>, today: Date) -> Vec<DisputeRow> {
    let open = village.disputes.iter().filter(|dispute| dispute.is_open());
    let mut open: Vec<&Dispute> = open.collect();
    sort_by_key(&mut open, |dispute| dispute.raised.deadline);
    let rows = open.into_iter().filter_map(|dispute| {
        let entry = village.entries.get(dispute.raised.entry)?;
        if ledger.is_some_and(|ledger| ledger != entry.account.ledger()) {
            return None;
        }
        let raised = dispute.raised;
        Some(DisputeRow {
            entry: entry.id,
            account: entry.account,
            who: who(village, entry.account),
            line: line_words(village, &entry, today),
            note: village.note(Some(raised.note)).to_owned(),
            dates: dotted(&[
                &format!("{}提出", day_words(raised.date, today)),
                &format!("{}前处理", day_words(raised.deadline, today)),
            ]),
            left: left_tag(village, dispute, today),
        })
    });
    rows.collect()
}

/// 「2-017 王海林」
fn who(village: &Village, account: Account) -> String {
    let number = village.home_of(account).map_or("", |home| home.number.as_str());
    format!("{number} {}", village.account_name(account))
}

/// An objection that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedDispute {
    /// Whose points.
    pub account: Account,
    /// 「2-017 王海林」
    pub who: String,
    /// 「9月26日 环境整治 +5」
    pub line: String,
    /// 「维持」 or 「冲正」
    pub outcome: Tag,
    /// 「10月8日 核对签到表,登记无误」
    pub reason: String,
}

/// The last objections of a ledger that were decided, newest first.
pub fn decided_disputes(village: &Village, ledger: Ledger, today: Date) -> Vec<DecidedDispute> {
    let decided = village.disputes.iter().filter_map(|dispute| dispute.decided);
    let mut decided: Vec<DisputeDecided> = decided.collect();
    sort_by_key(&mut decided, |decided| std::cmp::Reverse(decided.date));
    let rows = decided.into_iter().filter_map(|decided| {
        let entry = village.entries.get(decided.entry).filter(|entry| entry.account.ledger() == ledger)?;
        let word = match decided.outcome {
            Outcome::Kept => "维持",
            Outcome::Reversed(_) => "冲正",
        };
        Some(DecidedDispute {
            account: entry.account,
            who: who(village, entry.account),
            line: line_words(village, &entry, today),
            outcome: Tag::new(word, Tone::Plain),
            reason: format!("{} {}", day_words(decided.date, today), village.note(Some(decided.note))),
        })
    });
    rows.take(DECIDED_MAX).collect()
}

fn left_tag(village: &Village, dispute: &Dispute, today: Date) -> Tag {
    match dispute.days_left(today, &village.working_days) {
        None => Tag::new("已超期", Tone::Late),
        Some(0 | 1) => Tag::new("今天到期", Tone::Soon),
        Some(left @ 2..=3) => Tag::new(format!("剩 {left} 个工作日"), Tone::Soon),
        Some(left) => Tag::new(format!("剩 {left} 个工作日"), Tone::Plain),
    }
}

/// Open objections, each as a thing to do.
pub(super) fn dispute_todos(village: &Village, today: Date) -> impl Iterator<Item = Todo> {
    open_disputes(village, None, today).into_iter().map(|row| Todo {
        title: format!("{} {}", row.who, row.line),
        detail: dotted(&[&row.left.word, &row.dates]),
        tag: Tag { word: "异议".to_owned(), ..row.left },
        action: "处理",
        target: TodoTarget::Closing(row.account.ledger()),
    })
}

/// What the passbook says beside an entry that was objected to.
pub fn dispute_tag(village: &Village, entry: EntryId, today: Date) -> Option<Tag> {
    let dispute = village.disputes.get(entry)?;
    Some(match dispute.decided.map(|decided| decided.outcome) {
        None => {
            let left = left_tag(village, dispute, today);
            Tag { word: format!("有异议,{}", left.word), ..left }
        }
        Some(Outcome::Kept) => Tag::new("异议已维持", Tone::Plain),
        Some(Outcome::Reversed(_)) => Tag::new("异议已冲正", Tone::Plain),
    })
}
