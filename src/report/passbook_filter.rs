//! Which lines of a passbook are shown: of a period, a kind, an item. Balances
//! stay those of the whole passbook.

use super::passbook::{LineKind, PassbookLine};
use super::tag::{signed_thousands, thousands};
use crate::domain::calendar::Quarter;
use crate::domain::count::counted;

/// A year or a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A year.
    Year(i16),
    /// A quarter.
    Quarter(Quarter),
}

impl Period {
    /// As it stands in an address: `2025`, `2025q3`.
    pub fn key(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Quarter(Quarter { year, quarter }) => format!("{year}q{quarter}"),
        }
    }

    /// The period of a key.
    pub fn parse(key: &str) -> Option<Self> {
        match key.split_once('q') {
            None => key.parse().ok().map(Self::Year),
            Some((year, quarter)) => {
                let quarter = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
                Some(Self::Quarter(Quarter { year: year.parse().ok()?, quarter }))
            }
        }
    }

    /// 「2025年」 「2025年第三季度」
    pub fn words(self) -> String {
        match self {
            Self::Year(year) => format!("{year}年"),
            Self::Quarter(quarter) => quarter.words(),
        }
    }

    fn holds(self, line: &PassbookLine) -> bool {
        match self {
            Self::Year(year) => line.date.year() == year,
            Self::Quarter(quarter) => quarter.contains(line.date),
        }
    }
}

/// Which lines are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineFilter {
    /// Only of this period.
    pub period: Option<Period>,
    /// Only of this kind.
    pub kind: Option<LineKind>,
    /// Only of this item.
    pub item: Option<String>,
}

/// What can be chosen for a passbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterChoices {
    /// Years, each before its quarters, the newest first.
    pub periods: Vec<Period>,
    /// Items, in the order in which they last came.
    pub items: Vec<String>,
}

/// The lines that a filter leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownLines {
    /// Newest first, with the balances of the whole passbook.
    pub lines: Vec<PassbookLine>,
    /// 「2025年第三季度 · 加分,8 / 23 条:加 40、扣 0、兑 0」, what was taken back by
    /// itself, and what was handed back: 「加 17、扣 0、冲正 −5、兑 6、退 2」
    pub words: String,
}

impl LineFilter {
    /// Whether it leaves everything.
    pub const fn is_none(&self) -> bool {
        self.period.is_none() && self.kind.is_none() && self.item.is_none()
    }

    /// The lines that it leaves, and what they come to.
    pub fn of(&self, lines: &[PassbookLine]) -> ShownLines {
        let shown = lines.iter().filter(|line| {
            self.period.is_none_or(|period| period.holds(line))
                && self.kind.is_none_or(|kind| kind == line.kind)
                && self.item.as_ref().is_none_or(|item| *item == line.item)
        });
        let shown: Vec<PassbookLine> = shown.cloned().collect();
        let sum = |kind| {
            let of_kind = shown.iter().filter(|line| line.kind == kind && line.reverses.is_none());
            of_kind.map(|line| line.points).sum::<i64>()
        };
        let mut reversals = shown.iter().filter(|line| line.reverses.is_some()).map(|line| line.points).peekable();
        let reversed = match reversals.peek() {
            None => String::new(),
            Some(_) => format!("冲正 {}、", signed_thousands(reversals.sum())),
        };
        // What was redeemed stays so; what came back is a figure of its own.
        let back = |line: &&PassbookLine| line.kind == LineKind::Redeemed && line.points > 0;
        let returned: i64 = shown.iter().filter(back).map(|line| line.points).sum();
        let returned_words = if returned == 0 { String::new() } else { format!("、退 {}", thousands(returned)) };
        let words = format!(
            "{}:加 {}、扣 {}、{reversed}兑 {}{returned_words}",
            self.words(shown.len(), lines.len()),
            thousands(sum(LineKind::Plus)),
            thousands(-sum(LineKind::Minus)),
            thousands(returned - sum(LineKind::Redeemed))
        );
        ShownLines { lines: shown, words }
    }

    fn words(&self, shown: usize, all: usize) -> String {
        let period = self.period.map(Period::words);
        let kind = self.kind.map(|kind| kind.word().to_owned());
        let parts: Vec<String> = [period, kind, self.item.clone()].into_iter().flatten().collect();
        let [shown, all] = [shown, all].map(counted);
        if parts.is_empty() { format!("共 {all} 条") } else { format!("{},{shown} / {all} 条", parts.join(" · ")) }
    }
}

/// What can be chosen for these lines.
pub fn filter_choices(lines: &[PassbookLine]) -> FilterChoices {
    let mut choices = FilterChoices::default();
    for line in lines {
        let (year, quarter) = (Period::Year(line.date.year()), Period::Quarter(Quarter::of(line.date)));
        for period in [year, quarter] {
            if !choices.periods.contains(&period) {
                choices.periods.push(period);
            }
        }
        if !choices.items.contains(&line.item) {
            choices.items.push(line.item.clone());
        }
    }
    choices
}
