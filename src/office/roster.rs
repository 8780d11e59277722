//! From a table of text to a roster: which row is the header, what each
//! column means, who lives in which household, and what is doubtful.
//!
//! Pure and total: any table gives a reading, a bad row is data in its list
//! of problems, and nothing is written anywhere. No spreadsheet crate is
//! referred to, so this half stays small on the page's main thread.

mod columns;
mod households;
mod people;
mod problems;
mod sheet;
mod values;
mod words;

pub use columns::{Column, Layout, LayoutProblem, guess, guess_among};
pub use problems::{Problem, ProblemKind, Severity};

use super::table::Table;
use crate::domain::roster::RosterDraft;

/// Longest name, household number, grid or group, in characters.
pub const NAME_CHARS_MAX: usize = 40;
/// Longest address, in characters.
pub const ADDRESS_CHARS_MAX: usize = 100;
/// A household with more people than this is asked about.
pub const HOUSEHOLD_PEOPLE_MAX: usize = 30;

/// What a table holds under a layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterReading {
    /// What would be imported.
    pub draft: RosterDraft,
    /// What is doubtful or left out, in the order of rows.
    pub problems: Vec<Problem>,
    /// Rows with content that hold nobody: totals, notes, repeated headers.
    pub skipped_rows: usize,
}

impl RosterReading {
    /// Rows that are not imported although they seem to hold a person.
    pub fn blocked(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Blocked).count()
    }
}

/// Reads households and people below the header row.
pub fn read_roster(table: &Table, layout: &Layout) -> RosterReading {
    households::read(table, layout)
}

/// An empty roster to fill in 「空表样」: UTF-8 with the mark that makes Excel
/// read it as such, a header and two example rows.
pub const TEMPLATE_CSV: &str = "\u{FEFF}户号,网格,十户单元,十户长,村民小组,家庭住址,姓名,与户主关系,性别,出生日期,身份证号,联系电话,居住情况,人员类别,政治面貌,党员类型\r
1-001,第一网格,第1单元,张示例,一组,柳湾村一组1号,张示例,户主,男,1970-05-01,,,常住,,中共党员,联户党员\r
1-001,第一网格,第1单元,张示例,一组,柳湾村一组1号,李示例,妻子,女,1972-08-15,,,外出务工,,群众,\r
";
