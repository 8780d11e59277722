//! The rule book as a workbook: sheets to be written, and tables that were
//! read, row by row, with what is wrong in each.

use std::collections::HashSet;

use super::table::Table;
use super::workbook::SheetDraft;
use crate::domain::id::ItemId;
use crate::domain::points::adoption::NewItem;
use crate::domain::points::rule::{Cap, Category, CategoryCap, Item, Ledger, RuleBook, Unit};
use crate::report::rule_input::{ItemInput, caps_words, parse_caps, parse_category};

/// The columns of the items: title, width, other words for it.
const COLUMNS: [(&str, u16, &[&str]); 12] = [
    ("编号", 8, &["代码", "序号"]),
    ("账本", 12, &["积分类型"]),
    ("类别", 12, &["类型", "分类"]),
    ("事项", 28, &["事项名称", "名称", "积分事项", "内容"]),
    ("分值", 10, &["积分", "分数", "得分"]),
    ("单位", 8, &["计量单位"]),
    ("上限", 20, &["封顶"]),
    ("适用党员", 26, &["适用", "适用对象"]),
    ("单独分值", 26, &[]),
    ("要凭据", 10, &["凭据", "凭证"]),
    ("起", 12, &["开始日期", "从"]),
    ("止", 12, &["结束日期", "到"]),
];
/// The sheet of the caps on categories.
const CAPS_SHEET: &str = "类别上限";

/// The sheets of a rule book.
pub fn sheets(items: &[NewItem], caps: &[CategoryCap]) -> Vec<SheetDraft> {
    let head = COLUMNS.iter().map(|(title, _, _)| (*title).to_owned()).collect();
    let rows = items.iter().map(|item| cells(ItemInput::from(item)).into());
    let shared = by_category(caps).into_iter().map(|(ledger, category, caps)| {
        vec![ledger.word().to_owned(), category.word().to_owned(), caps_words(&caps, Unit::Time)]
    });
    let caps_head = ["账本", "类别", "上限"].map(str::to_owned).to_vec();
    vec![
        SheetDraft {
            name: "积分细则".to_owned(),
            widths: COLUMNS.iter().map(|(_, width, _)| *width).collect(),
            rows: std::iter::once(head).chain(rows).collect(),
        },
        SheetDraft {
            name: CAPS_SHEET.to_owned(),
            widths: vec![12, 12, 20],
            rows: std::iter::once(caps_head).chain(shared).collect(),
        },
    ]
}

/// The caps of each category together.
pub fn by_category(caps: &[CategoryCap]) -> Vec<(Ledger, Category, Vec<Cap>)> {
    let mut shared: Vec<(Ledger, Category, Vec<_>)> = Vec::new();
    for cap in caps {
        match shared.iter_mut().find(|known| (known.0, known.1) == (cap.ledger, cap.category)) {
            Some(known) => known.2.push(cap.cap),
            None => shared.push((cap.ledger, cap.category, vec![cap.cap])),
        }
    }
    shared
}

fn cells(item: ItemInput) -> [String; 12] {
    let ItemInput { code, ledger, category, name, score, unit, caps, member_types, own_scores, evidence, from, until } =
        item;
    [code, ledger, category, name, score, unit, caps, member_types, own_scores, evidence, from, until]
}

/// A row that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Name of the sheet.
    pub sheet: String,
    /// The row as Excel counts.
    pub row: usize,
    /// What is wrong, and what to write instead.
    pub sentence: String,
}

/// What was read from a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleImport {
    /// Items, those of the version before under their ids.
    pub items: Vec<NewItem>,
    /// Caps on categories; `None` where no sheet is about them.
    pub caps: Option<Vec<CategoryCap>>,
    /// Rows that were left out.
    pub problems: Vec<RowProblem>,
    /// The sheets that have items, and how many.
    pub sheets: Vec<(String, usize)>,
    /// Sheets that have none.
    pub passed_over: Vec<String>,
    /// Categories that neither every village has nor the version before.
    pub new_categories: Vec<Category>,
    /// Units of which the same is true.
    pub new_units: Vec<Unit>,
}

impl RuleImport {
    /// The items of a draft, with what was read in place of those of its
    /// ledgers. A ledger of which the file says nothing stays as it is.
    pub fn items_over(&self, drawn: &[NewItem]) -> Vec<NewItem> {
        let kept = drawn.iter().filter(|item| !self.ledgers().contains(&item.ledger));
        kept.chain(&self.items).cloned().collect()
    }

    /// The caps of a draft in words, with what was read in place of those of
    /// its ledgers; as they are, where the file has no sheet of caps.
    pub fn caps_over(&self, drawn: &[(Ledger, Category, String)]) -> Vec<(Ledger, Category, String)> {
        let Some(caps) = &self.caps else { return drawn.to_vec() };
        let is_told = |ledger| self.ledgers().contains(&ledger) || caps.iter().any(|cap| cap.ledger == ledger);
        let kept = drawn.iter().filter(|cap| !is_told(cap.0)).cloned();
        let read = by_category(caps)
            .into_iter()
            .map(|(ledger, category, caps)| (ledger, category, caps_words(&caps, Unit::Time)));
        kept.chain(read).collect()
    }

    fn ledgers(&self) -> Vec<Ledger> {
        let is_told = |ledger: &&Ledger| self.items.iter().any(|item| item.ledger == **ledger);
        Ledger::ALL.iter().filter(is_told).copied().collect()
    }

    /// What was read, sheet by sheet, and what was not; nothing where there is one sheet.
    pub fn sheets_words(&self) -> Option<String> {
        if self.sheets.len() < 2 && self.passed_over.is_empty() {
            return None;
        }
        let read: Vec<_> = self.sheets.iter().map(|(name, count)| format!("「{name}」{count} 项")).collect();
        let not = match self.passed_over.join("」「") {
            not if not.is_empty() => not,
            not => format!(";没有读「{not}」:里面找不到「事项」和「分值」两列"),
        };
        Some(format!("读了{}{not}。", read.join("、")))
    }

    /// Categories and units that come up for the first time, which may be slips of the pen.
    pub fn new_words(&self) -> Option<String> {
        let categories = self.new_categories.iter().map(Category::word).collect();
        let units = self.new_units.iter().map(Unit::word).collect();
        let names = |what: &str, names: Vec<&str>| {
            (!names.is_empty()).then(|| format!("新的{what}:「{}」。", names.join("」「")))
        };
        let new: String = [names("类别", categories), names("单位", units)].into_iter().flatten().collect();
        (!new.is_empty()).then(|| format!("{new}如果是写错了,请在文件里改好再导入。"))
    }

    /// What becomes of the draft.
    pub fn consequence(&self) -> String {
        let ledgers: Vec<_> = self.ledgers().iter().map(|ledger| ledger.word()).collect();
        let caps = match self.caps.as_deref() {
            None => format!("文件里没有「{CAPS_SHEET}」表,草稿里的类别合计上限不变"),
            Some([]) => "文件里的类别上限是空的,这些事项的类别合计上限会去掉".to_owned(),
            Some(caps) => format!("类别合计上限也换成文件里的 {} 条", caps.len()),
        };
        format!("放进草稿会换掉草稿里现在的{}事项;{caps}。启用以前都不算数。", ledgers.join("和"))
    }
}

/// Why nothing can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRules {
    /// No sheet has the columns.
    #[error("表里找不到「事项」和「分值」两列。请先用「导出工作簿」存一份,照它的表头填。")]
    NoColumns,
}

/// A row that names an item.
struct Row<'a> {
    sheet: &'a str,
    n: usize,
    item: ItemInput,
}

/// Reads the items of every sheet that has them.
pub fn read(tables: &[Table], before: &RuleBook) -> Result<RuleImport, NoRules> {
    let mut import = RuleImport::default();
    let mut rows = Vec::new();
    for table in tables.iter().filter(|table| table.sheet != CAPS_SHEET) {
        match find_head(table) {
            Some((head, columns)) => {
                import.sheets.push((table.sheet.clone(), 0));
                rows.extend(rows_of(table, head, &columns));
            }
            None => import.passed_over.push(table.sheet.clone()),
        }
    }
    if import.sheets.is_empty() {
        return Err(NoRules::NoColumns);
    }
    for (Row { sheet, n, item }, id) in rows.iter().zip(origins(before, &rows)) {
        match item.parse(id) {
            Ok(item) => {
                import.items.push(item);
                import.sheets.iter_mut().filter(|known| known.0 == *sheet).for_each(|known| known.1 += 1);
            }
            Err(problems) => import.problems.push(RowProblem {
                sheet: (*sheet).to_owned(),
                row: n + 1,
                sentence: problems.iter().map(ToString::to_string).collect(),
            }),
        }
    }
    tables.iter().filter(|table| table.sheet == CAPS_SHEET).for_each(|table| read_caps(table, &mut import));
    let is_new = |category: &Category| {
        matches!(category, Category::Own(_)) && !before.items.iter().any(|item| item.category == *category)
    };
    let capped = import.caps.iter().flatten().map(|cap| cap.category);
    import.new_categories = Category::among(import.items.iter().map(|item| item.category).chain(capped).filter(is_new));
    let is_new = |unit: &Unit| !Unit::ALL.contains(unit) && !before.items.iter().any(|item| item.unit == *unit);
    import.new_units = Unit::among(import.items.iter().map(|item| item.unit));
    import.new_units.retain(is_new);
    Ok(import)
}

/// The rows below the head that are not empty. Where no column says in which
/// ledger they score, the name of the sheet does.
fn rows_of<'a>(table: &'a Table, head: usize, columns: &[Option<usize>; 12]) -> Vec<Row<'a>> {
    let rows = (head + 1..table.rows.len()).map(|row| {
        let item = input(|column| columns[column].map_or("", |column| table.cell(row, column)));
        Row { sheet: &table.sheet, n: row, item }
    });
    let mut rows: Vec<_> = rows.filter(|row| row.item != ItemInput::default()).collect();
    if columns[1].is_none() && table.sheet.contains("党员") {
        for row in &mut rows {
            Ledger::Member.word().clone_into(&mut row.item.ledger);
        }
    }
    rows
}

fn input<'a>(cell: impl Fn(usize) -> &'a str) -> ItemInput {
    let text = |column| cell(column).to_owned();
    ItemInput {
        code: text(0),
        ledger: text(1),
        category: text(2),
        name: text(3),
        score: text(4),
        unit: text(5),
        caps: text(6),
        member_types: text(7),
        own_scores: text(8),
        evidence: text(9),
        from: text(10),
        until: text(11),
    }
}

/// The first row that names an item and a score, and where each column is.
fn find_head(table: &Table) -> Option<(usize, [Option<usize>; 12])> {
    (0..table.rows.len().min(10)).find_map(|row| {
        let place = |(title, _, others): &(&str, u16, &[&str])| {
            let mut words = std::iter::once(title).chain(others.iter());
            words.find_map(|word| (0..table.rows[row].len()).find(|column| table.cell(row, *column) == *word))
        };
        let columns = COLUMNS.each_ref().map(place);
        (columns[3].is_some() && columns[4].is_some()).then_some((row, columns))
    })
}

/// The items of the version before that the rows continue: those whose names
/// they keep, and by their codes those that no row names. A new row that
/// stands first with an old code takes nobody's place.
fn origins(before: &RuleBook, rows: &[Row]) -> Vec<Option<ItemId>> {
    let named = rows.iter().map(|row| known(before, &row.item, |item| &item.name, &row.item.name));
    let named: Vec<_> = named.collect();
    let mut taken = HashSet::new();
    let mut found: Vec<_> = named.iter().map(|id| id.filter(|id| taken.insert(*id))).collect();
    for (place, Row { item, .. }) in rows.iter().enumerate().filter(|(place, _)| named[*place].is_none()) {
        found[place] = known(before, item, |item| &item.code, &item.code).filter(|id| taken.insert(*id));
    }
    found
}

/// The item of the version before in the row's ledger of which the text is this.
fn known(before: &RuleBook, row: &ItemInput, text: fn(&Item) -> &String, typed: &str) -> Option<ItemId> {
    let is_member = row.ledger.contains("党员");
    let mut same = before.items.iter().filter(|item| (item.ledger == Ledger::Member) == is_member);
    same.find(|item| text(item) == typed.trim()).map(|item| item.id)
}

fn read_caps(table: &Table, import: &mut RuleImport) {
    let all = import.caps.get_or_insert_default();
    for row in 1..table.rows.len() {
        let [ledger, category, caps] = [0, 1, 2].map(|column| table.cell(row, column));
        if category.is_empty() {
            continue;
        }
        let ledger = if ledger.contains("党员") { Ledger::Member } else { Ledger::Villager };
        let read = parse_category(category).and_then(|category| Ok((category, parse_caps(caps, Unit::Time)?)));
        match read {
            Ok((category, caps)) => {
                all.extend(caps.into_iter().map(|cap| CategoryCap { ledger, category, cap }));
            }
            Err(problem) => {
                let (sheet, sentence) = (table.sheet.clone(), problem.to_string());
                import.problems.push(RowProblem { sheet, row: row + 1, sentence });
            }
        }
    }
}
