//! 公示表: the sheets that hang on the wall, one for each grid or each type of
//! member, and month, cut into pages of A4.
//!
//! Of the register only a name and, to keep minors off the wall, a year of
//! birth are looked at: there is no path from an ID number, a telephone or an
//! address to a notice. What a deduction was for is said by its category only.

mod columns;

use std::collections::HashSet;

use jiff::civil::Date;

pub use self::columns::{Column, ColumnKind};
use self::columns::{MEMBER_COLUMNS, columns_of, reasons_width};
use super::ranking::Place;
use super::tag::dotted;
use crate::domain::calendar::{Month, parse_iso_date, short_date};
use crate::domain::id::{GridId, PersonId};
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::close::{Closing, notice_rows};
use crate::domain::points::rule::{Item, Ledger};
use crate::domain::points::sheet::SheetRow;
use crate::domain::points::statement::{Deed, DeedSum, Statement, statement, year_score};
use crate::domain::register::Field;
use crate::domain::roster::{MemberType, words};
use crate::domain::village::Village;

/// Who is younger is never named.
const GROWN_UP: i16 = 18;
/// What stands for the name of a minor.
const MINOR: &str = "(未成年)";
/// Reasons that are named; more are 「等」.
const REASONS_MAX: usize = 2;
/// Height for rows on a page, in tenths of a millimetre.
const PAGE: usize = 2_040;
/// A row has this height, and this much more for each further line.
const ROW: usize = 80;
const LINE: usize = 48;

/// Whether names are printed whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Masking {
    /// 王*林
    Masked,
    /// 王海林
    Full,
}

words!(Masking { Masked = "隐去一字(王*林)", Full = "写全名" });

/// Whom a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeOf {
    /// The households or villagers of a grid; `None` for those without one.
    Grid(Option<GridId>),
    /// The members of a type.
    Type(MemberType),
}

impl NoticeOf {
    const fn ledger(self) -> Ledger {
        match self {
            Self::Grid(_) => Ledger::Villager,
            Self::Type(_) => Ledger::Member,
        }
    }
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticePage {
    /// Rows, a text for each column.
    pub rows: Vec<Vec<String>>,
    /// 「第 1 页 共 5 页 · 柳湾村党支部(盖章)」
    pub foot: String,
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// 「柳湾村群众积分公示表」
    pub title: String,
    /// 「第二网格 · 2025年9月 · 公示期 10月1日至10月3日」
    pub subtitle: String,
    /// The columns of the table.
    pub columns: &'static [Column],
    /// Its pages.
    pub pages: Vec<NoticePage>,
    /// 「异议请于 10月14日 前向村党群服务中心提出」; none while the month is open.
    pub objections: Option<String>,
    /// Who is not listed and why; none where everybody is.
    pub left_out: Option<String>,
}

/// The notices of a ledger and month, with what each is called.
pub fn notice_subjects(village: &Village, ledger: Ledger, month: Month) -> Vec<(NoticeOf, String)> {
    match ledger {
        Ledger::Villager => {
            let rows = notice_rows(village, ledger, month);
            let inhabited: HashSet<Option<GridId>> = rows.iter().map(|row| grid_of(village, row)).collect();
            let grids = village.people.grids.iter().map(|grid| Some(grid.id));
            let grids = grids.chain([None]).filter(|grid| inhabited.contains(grid));
            grids.map(|grid| (NoticeOf::Grid(grid), village.people.grid_name(grid).to_owned())).collect()
        }
        Ledger::Member => {
            let rows = notice_rows(village, ledger, month);
            let has_members = |kind| rows.iter().any(|row| row.kind == Some(kind));
            let types = MemberType::ALL.iter().copied().filter(|kind| has_members(*kind));
            types.map(|kind| (NoticeOf::Type(kind), kind.word().to_owned())).collect()
        }
    }
}

/// The notice of a month. `closing` says how the month was closed, if it was.
pub fn notice(village: &Village, of: NoticeOf, month: Month, masking: Masking, closing: Option<&Closing>) -> Notice {
    notice_of(village, &notice_rows(village, of.ledger(), month), of, month, masking, closing)
}

/// The same where many are printed: of all that stand on the notices of the month.
pub(super) fn notice_of(
    village: &Village,
    all: &[SheetRow],
    of: NoticeOf,
    month: Month,
    masking: Masking,
    closing: Option<&Closing>,
) -> Notice {
    let scope = Scope { village, month, masking };
    let closed = closing.map(|closing| &closing.closed);
    let place = village.profile.as_ref().map_or("", |profile| profile.name.as_str());
    let mut left_out = None;
    let (columns, subject, rows) = match of {
        NoticeOf::Grid(grid) => {
            let mut of_grid: Vec<_> = all.iter().copied().filter(|row| grid_of(village, row) == grid).collect();
            let has_units = of_grid.iter().any(|row| row.unit.is_some());
            let by_person = of_grid.iter().any(|row| row.account.of_villager() == Some(VillagerAccount::Person));
            let kind = if by_person { VillagerAccount::Person } else { VillagerAccount::Household };
            let columns = columns_of(kind, has_units);
            let everybody = of_grid.len();
            of_grid.retain(|row| row.says_something(village, month));
            left_out = left_out_words(everybody - of_grid.len());
            (columns, village.people.grid_name(grid), villager_rows(&scope, &of_grid, columns, kind))
        }
        NoticeOf::Type(kind) => {
            let of_type: Vec<_> = all.iter().copied().filter(|row| row.kind == Some(kind)).collect();
            (MEMBER_COLUMNS, kind.word(), member_rows(&scope, &of_type, kind))
        }
    };
    let period = closed.map_or_else(
        || "未月结,数字还会变".to_owned(),
        |closed| format!("公示期 {}至{}", short_date(closed.date), short_date(closed.notice_end())),
    );
    Notice {
        title: format!("{place}{}公示表", of.ledger().word()),
        subtitle: dotted(&[subject, &month.words(), &period]),
        columns,
        pages: pages(rows, reasons_width(columns), place, if left_out.is_some() { ROW } else { 0 }),
        left_out,
        objections: closing.map(|closing| objection_words(village, closing.objection_end(&village.working_days))),
    }
}

/// Until when and where to object.
fn objection_words(village: &Village, end: Date) -> String {
    let unknown = match end.year() {
        year if village.working_days.is_year_known(year) => String::new(),
        year => format!("({year}年放假安排未录入,按周一至周五算)"),
    };
    format!("异议请于 {} 前向村党群服务中心提出{unknown}", short_date(end))
}

/// What every row of a notice goes by.
struct Scope<'a> {
    village: &'a Village,
    month: Month,
    masking: Masking,
}

/// The grid in which the household of the line lies.
fn grid_of(village: &Village, row: &SheetRow) -> Option<GridId> {
    village.home_of(row.account).and_then(|home| home.grid)
}

/// What is said of those who are not listed.
fn left_out_words(count: usize) -> Option<String> {
    (count > 0).then(|| format!("另有 {count} 人本月没有一笔记录,也没有结余,没有列出。"))
}

fn pages(rows: Vec<Vec<String>>, width: usize, place: &str, below: usize) -> Vec<NoticePage> {
    let mut sheets: Vec<Vec<Vec<String>>> = vec![Vec::new()];
    let page = PAGE - below;
    let mut left = page;
    for row in rows {
        let height = height(&row, width);
        if height > left {
            sheets.push(Vec::new());
            left = page;
        }
        left = left.saturating_sub(height);
        if let Some(sheet) = sheets.last_mut() {
            sheet.push(row);
        }
    }
    let of = sheets.len();
    let pages = (1..).zip(sheets);
    pages.map(|(n, rows)| NoticePage { rows, foot: format!("第 {n} 页 共 {of} 页 · {place}党支部(盖章)") }).collect()
}

fn height(row: &[String], width: usize) -> usize {
    let reasons = row.last().map_or("", String::as_str);
    let half_widths: usize = reasons.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum();
    ROW + half_widths.div_ceil(width).saturating_sub(1) * LINE
}

fn villager_rows(scope: &Scope<'_>, homes: &[SheetRow], columns: &[Column], kind: VillagerAccount) -> Vec<Vec<String>> {
    let Scope { village, month, .. } = *scope;
    let rows = (1..).zip(homes).map(|(n, row): (usize, &SheetRow)| {
        let found = statement(village, row.account, month);
        let name = row.name.map_or_else(String::new, |person| printed_name(scope, person));
        let cells = [
            village.home_of(row.account).map_or_else(String::new, |home| home.number.to_string()),
            // In the month of the change households stand below the people.
            format!("{name}{}", if row.account.of_villager() == Some(kind) { "" } else { "(户)" }),
            found.opening.to_string(),
            (found.plus + found.cleared.max(0)).to_string(),
            (-(found.minus + found.cleared.min(0))).to_string(),
            found.redeemed.to_string(),
            found.closing().to_string(),
            reasons(scope, row, &found),
        ];
        // By its number: a unit may be called after somebody.
        let has_unit = columns.iter().any(|column| column.kind == ColumnKind::Unit);
        let unit = row.unit.map_or_else(|| "—".to_owned(), |unit| format!("{unit}单元"));
        std::iter::once(n.to_string()).chain(has_unit.then_some(unit)).chain(cells).collect()
    });
    rows.collect()
}

fn member_rows(scope: &Scope<'_>, members: &[SheetRow], kind: MemberType) -> Vec<Vec<String>> {
    let Scope { village, month, .. } = *scope;
    let scored: Vec<(&SheetRow, i64)> =
        members.iter().map(|row| (row, year_score(village, row.account, month))).collect();
    // Places are among those who are members of the type at the end of the month.
    let placed: Vec<i64> = scored.iter().filter(|(row, _)| !row.is_gone).map(|(_, total)| *total).collect();
    let rows = (1..).zip(&scored).map(|(n, (row, total)): (usize, _)| {
        let found = statement(village, row.account, month);
        let better = placed.iter().filter(|other| *other > total).count();
        let place = Place { place: better + 1, of: placed.len() };
        vec![
            n.to_string(),
            row.name.map_or_else(String::new, |person| printed_name(scope, person)),
            kind.word().to_owned(),
            (total - found.score()).to_string(),
            found.plus.to_string(),
            (-found.minus).to_string(),
            found.score().to_string(),
            total.to_string(),
            if row.is_gone { "—".to_owned() } else { place.words() },
            reasons(scope, row, &found),
        ]
    });
    rows.collect()
}

/// The name as the notice prints it; minors are never named.
fn printed_name(scope: &Scope<'_>, person: PersonId) -> String {
    let (village, day) = (scope.village, scope.month.last_day());
    let birth = parse_iso_date(village.register.text(person, Field::Birth));
    let is_minor = birth.is_some_and(|birth| {
        let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
        day.year() - birth.year() - i16::from(!had_birthday) < GROWN_UP
    });
    let name = village.name(person);
    match scope.masking {
        _ if is_minor => MINOR.to_owned(),
        _ if village.is_erased(person) => name.to_owned(),
        Masking::Full => name.to_owned(),
        Masking::Masked => masked(name),
    }
}

/// 王*林, 张*, 欧**山.
pub fn masked(name: &str) -> String {
    let letters: Vec<char> = name.chars().filter(|letter| !letter.is_whitespace()).collect();
    let last = letters.len().saturating_sub(1);
    let stays = |place: usize| place == 0 || (place == last && last > 1);
    letters.iter().enumerate().map(|(place, letter)| if stays(place) { *letter } else { '*' }).collect()
}

/// 「环境整治 8 次、调解邻里纠纷 1 起;环境卫生扣分」
fn reasons(scope: &Scope<'_>, row: &SheetRow, found: &Statement) -> String {
    let village = scope.village;
    let mut words = Vec::new();
    let plus: Vec<String> =
        found.deeds.iter().filter(|sum| sum.points > 0).map(|sum| plus_words(village, sum)).collect();
    if !plus.is_empty() {
        let more = if plus.len() > REASONS_MAX { "等" } else { "" };
        words.push(format!("{}{more}", plus.into_iter().take(REASONS_MAX).collect::<Vec<_>>().join("、")));
    }
    // Each category once, however many deductions it had.
    for sum in found.deeds.iter().filter(|sum| sum.points <= 0) {
        let minus = minus_words(village, sum);
        if !words.contains(&minus) {
            words.push(minus);
        }
    }
    // It is no 加分, and goes into what is left.
    if found.returned > 0 {
        words.push(format!("退还 {} 分", found.returned));
    }
    if row.is_stopped {
        words.push("停兑(一票否决)".to_owned());
    }
    if row.is_gone {
        words.push("月末不在册,不排位次".to_owned());
    }
    if words.is_empty() { "—".to_owned() } else { words.join(";") }
}

fn item_of<'a>(village: &'a Village, sum: &DeedSum) -> Option<&'a Item> {
    match sum.deed {
        Deed::Act(item, version) => village.rules.version(version)?.item(item),
        _ => None,
    }
}

fn plus_words(village: &Village, sum: &DeedSum) -> String {
    match (sum.deed, item_of(village, sum)) {
        (_, Some(item)) => format!("{} {} {}", item.name, sum.quantity, item.unit.word()),
        (Deed::Correction, _) => "冲正更正".to_owned(),
        _ => "其他".to_owned(),
    }
}

fn minus_words(village: &Village, sum: &DeedSum) -> String {
    match (sum.deed, item_of(village, sum)) {
        (_, Some(item)) => format!("{}扣分", item.category.word()),
        (Deed::Veto, _) => "清零(一票否决)".to_owned(),
        (Deed::YearEnd, _) => "年终清零".to_owned(),
        (Deed::Expired, _) => "积分过期".to_owned(),
        _ => "冲正更正".to_owned(),
    }
}
