//! Which row is the header and what each column means.

use std::collections::BTreeMap;

use super::super::table::Table;

/// How far down a header row is looked for.
const HEADER_ROWS_MAX: usize = 30;
/// Fewest different columns that make a row a header.
const COLUMNS_MIN: usize = 2;

/// What a column of the roster holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// 户号
    HouseholdNumber,
    /// 户主姓名
    HeadName,
    /// 姓名
    Name,
    /// 与户主关系
    Relation,
    /// 性别
    Sex,
    /// 出生日期
    Birth,
    /// 身份证号
    IdNumber,
    /// 联系电话
    Phone,
    /// 网格
    Grid,
    /// 十户单元
    Unit,
    /// 十户长
    UnitHead,
    /// 村民小组
    Group,
    /// 家庭住址
    Address,
    /// 居住情况
    Residence,
    /// 人员类别
    Care,
    /// 政治面貌
    PartyStatus,
    /// 党员类型
    MemberType,
    /// 不导入
    Ignore,
}

impl Column {
    /// Every meaning, in the order in which lists show them.
    pub const ALL: [Self; 18] = [
        Self::HouseholdNumber,
        Self::HeadName,
        Self::Name,
        Self::Relation,
        Self::Sex,
        Self::Birth,
        Self::IdNumber,
        Self::Phone,
        Self::Grid,
        Self::Unit,
        Self::UnitHead,
        Self::Group,
        Self::Address,
        Self::Residence,
        Self::Care,
        Self::PartyStatus,
        Self::MemberType,
        Self::Ignore,
    ];

    /// The words that the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::HouseholdNumber => "户号",
            Self::HeadName => "户主姓名",
            Self::Name => "姓名",
            Self::Relation => "与户主关系",
            Self::Sex => "性别",
            Self::Birth => "出生日期",
            Self::IdNumber => "身份证号",
            Self::Phone => "联系电话",
            Self::Grid => "网格",
            Self::Unit => "十户单元",
            Self::UnitHead => "十户长",
            Self::Group => "村民小组",
            Self::Address => "家庭住址",
            Self::Residence => "居住情况",
            Self::Care => "人员类别",
            Self::PartyStatus => "政治面貌",
            Self::MemberType => "党员类型",
            Self::Ignore => "（不导入）",
        }
    }

    /// Care groups are often spread over several columns (低保、残疾 …).
    const fn may_repeat(self) -> bool {
        matches!(self, Self::Care | Self::Ignore)
    }
}

/// Words that are a column's whole title, the better title first.
const EXACT: [(Column, &[&str]); 17] = [
    (
        Column::HouseholdNumber,
        &["户号", "户编号", "户编码", "家庭编号", "家庭编码", "农户编号", "门牌号", "门牌号码", "门牌"],
    ),
    (Column::HeadName, &["户主姓名", "户主", "户主名", "户主名字", "户主名称", "所属户主"]),
    (Column::Name, &["姓名", "成员姓名", "家庭成员姓名", "人员姓名", "村民姓名", "家庭成员", "名字", "居民姓名"]),
    (Column::Relation, &["与户主关系", "与户主的关系", "和户主关系", "家庭关系", "成员关系", "关系", "称谓"]),
    (Column::Sex, &["性别", "男女"]),
    (Column::Birth, &["出生日期", "出生年月", "出生年月日", "出生时间", "出生", "生日"]),
    (Column::IdNumber, &["身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "身份证", "证件号码", "证件号"]),
    (Column::Phone, &["联系电话", "电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系号码"]),
    (Column::Grid, &["网格", "所属网格", "网格名称", "所在网格", "网格号", "网格编号"]),
    (
        Column::Unit,
        &["十户单元", "单元", "十户", "所属单元", "所在单元", "单元名称", "单元号", "十户组", "所属十户单元"],
    ),
    (Column::UnitHead, &["十户长", "十户长姓名", "单元长", "所属十户长"]),
    (Column::Group, &["村民小组", "组", "组别", "小组", "所属组", "所在组", "所属小组", "组号", "组名", "村组"]),
    (
        Column::Address,
        &["家庭住址", "住址", "地址", "家庭地址", "居住地址", "现住址", "详细地址", "户籍地址", "门牌地址"],
    ),
    (
        Column::Residence,
        &["居住情况", "常住", "居住状态", "是否常住", "是否外出", "常住流动", "居住类型", "外出情况", "人口类型"],
    ),
    (
        Column::Care,
        &["人员类别", "重点人群", "低保", "是否低保", "关爱对象", "特殊人群", "困难类型", "人群类别", "残疾", "五保"],
    ),
    (Column::PartyStatus, &["政治面貌", "是否党员", "党员", "是否中共党员"]),
    (Column::MemberType, &["党员类型", "党员类别", "党员分类"]),
];

/// Parts of longer titles, tried in this order.
const CONTAINED: [(&str, Column); 22] = [
    ("关系", Column::Relation),
    ("身份证", Column::IdNumber),
    ("身份号码", Column::IdNumber),
    ("党员类", Column::MemberType),
    ("政治面貌", Column::PartyStatus),
    ("党员", Column::PartyStatus),
    ("电话", Column::Phone),
    ("手机", Column::Phone),
    ("出生日期", Column::Birth),
    ("出生年月", Column::Birth),
    ("户主姓名", Column::HeadName),
    ("户编号", Column::HouseholdNumber),
    ("常住", Column::Residence),
    ("外出", Column::Residence),
    ("居住", Column::Residence),
    ("低保", Column::Care),
    ("残疾", Column::Care),
    ("特困", Column::Care),
    ("村民小组", Column::Group),
    ("住址", Column::Address),
    ("十户长", Column::UnitHead),
    ("十户", Column::Unit),
];

/// The header row and the meaning of each column, for the user to correct.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Index of the (last) header row; people begin below it.
    pub header_row: usize,
    /// Meaning of each column from the left.
    pub columns: Vec<Column>,
}

/// What is wrong with a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutProblem {
    /// No column is 姓名.
    NoName,
    /// Nothing tells where a household begins.
    NoHousehold,
    /// Two columns have the same meaning; the left one counts.
    Twice {
        /// The meaning.
        column: Column,
        /// Index of the left column.
        first: usize,
        /// Index of the other column.
        second: usize,
    },
    /// No row is left below the header.
    NoRows,
}

impl LayoutProblem {
    /// Reading makes no sense before this is put right.
    pub const fn blocks(self) -> bool {
        matches!(self, Self::NoName | Self::NoRows)
    }

    /// What is wrong and what to do.
    pub fn what(self) -> String {
        match self {
            Self::NoName => "没有哪一列是“姓名”。请在表头上点选姓名所在的列。".to_owned(),
            Self::NoHousehold => {
                "没有户号、户主姓名或与户主关系，分不出哪些人是一户，会把每人当作一户。请点选其中一列。".to_owned()
            }
            Self::Twice { column, first, second } => format!(
                "第 {} 列和第 {} 列都选成了“{}”，只用左边一列。请把其中一列改为“{}”或别的内容。",
                first + 1,
                second + 1,
                column.label(),
                Column::Ignore.label(),
            ),
            Self::NoRows => "表头下面没有内容。请重新指定表头在哪一行。".to_owned(),
        }
    }
}

impl Layout {
    /// Index of the column with this meaning.
    pub fn find(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|mapped| *mapped == column)
    }

    /// The title of a column as the header row says it; a blank cell under a
    /// merged title takes the row above.
    pub fn title(&self, table: &Table, column: usize) -> String {
        let own = table.cell(self.header_row, column);
        let above = self.header_row.checked_sub(1).map_or("", |row| table.cell(row, column));
        let title = if own.is_empty() { above } else { own };
        title.chars().take(super::NAME_CHARS_MAX).collect()
    }

    /// Everything that the user should put right before reading.
    pub fn problems(&self, table: &Table) -> Vec<LayoutProblem> {
        let mut problems = Vec::new();
        if self.find(Column::Name).is_none() {
            problems.push(LayoutProblem::NoName);
        }
        let households = [Column::HouseholdNumber, Column::HeadName, Column::Relation];
        if households.iter().all(|column| self.find(*column).is_none()) {
            problems.push(LayoutProblem::NoHousehold);
        }
        let mut seen = BTreeMap::new();
        for (second, column) in self.columns.iter().enumerate().filter(|(_, column)| !column.may_repeat()) {
            if let Some(first) = seen.get(column) {
                problems.push(LayoutProblem::Twice { column: *column, first: *first, second });
            } else {
                seen.insert(*column, second);
            }
        }
        if self.header_row.saturating_add(1) >= table.rows.len() {
            problems.push(LayoutProblem::NoRows);
        }
        problems
    }

    fn score(&self) -> usize {
        let mut found: Vec<Column> = self.columns.iter().copied().filter(|column| *column != Column::Ignore).collect();
        found.sort_unstable();
        found.dedup();
        found.len()
    }
}

/// The header row below title rows, and the meaning of its columns; `None`
/// where no row among the first ones looks like a header.
pub fn guess(table: &Table) -> Option<Layout> {
    let mut best: Option<Layout> = None;
    for header_row in 0..table.rows.len().min(HEADER_ROWS_MAX) {
        let single = titles(table, header_row, false);
        let double = titles(table, header_row, true);
        for columns in [single, double] {
            let layout = Layout { header_row, columns: map(&columns) };
            let people = layout.find(Column::Name).or(layout.find(Column::HeadName));
            let better = layout.score() > best.as_ref().map_or(COLUMNS_MIN - 1, Layout::score);
            if people.is_some() && better {
                best = Some(layout);
            }
        }
    }
    best
}

/// The sheet that looks most like a roster, and its layout.
pub fn guess_among(tables: &[Table]) -> Option<(usize, Layout)> {
    let guesses = tables.iter().enumerate().filter_map(|(index, table)| Some((index, guess(table)?)));
    // The earlier sheet wins a tie, and `max_by_key` would keep the last.
    guesses.reduce(|best, next| if next.1.score() > best.1.score() { next } else { best })
}

/// The titles of a row, alone or joined with the row above it.
fn titles(table: &Table, row: usize, joined: bool) -> Vec<Vec<String>> {
    let above = row.checked_sub(1).filter(|_| joined);
    let width = [Some(row), above].into_iter().flatten().filter_map(|row| table.rows.get(row)).map(Vec::len).max();
    let mut carried = "";
    let mut titles = Vec::new();
    for column in 0..width.unwrap_or(0) {
        let own = table.cell(row, column);
        let Some(above) = above else {
            titles.push(vec![normal(own)]);
            continue;
        };
        let upper = table.cell(above, column);
        if !upper.is_empty() || !covered(table, above, column) {
            carried = upper;
        }
        titles.push(match (own.is_empty(), carried.is_empty()) {
            (true, _) => vec![normal(carried)],
            (false, true) => vec![normal(own)],
            // 户主 over 姓名 is 户主姓名; 联系方式 over 手机 is just 手机.
            (false, false) => vec![normal(&format!("{carried}{own}")), normal(own)],
        });
    }
    titles
}

fn covered(table: &Table, row: usize, column: usize) -> bool {
    let inside = |first: u32, last: u32, at: usize| u32::try_from(at).is_ok_and(|at| first <= at && at <= last);
    let mut merged = table.merged.iter();
    merged.any(|merge| inside(merge.first_row, merge.last_row, row) && inside(merge.first_col, merge.last_col, column))
}

/// Each column's meaning; where two claim the same one, the better title
/// keeps it and the other is left for the user.
fn map(titles: &[Vec<String>]) -> Vec<Column> {
    let mut claims: BTreeMap<Column, (usize, usize)> = BTreeMap::new();
    let mut columns = vec![Column::Ignore; titles.len()];
    for (at, wordings) in titles.iter().enumerate() {
        let Some((column, rank)) = wordings.iter().find_map(|title| meaning(title)) else { continue };
        if column.may_repeat() {
            columns[at] = column;
            continue;
        }
        let holder = claims.get(&column).copied();
        if holder.is_none_or(|(_, held)| rank < held) {
            if let Some((old, _)) = holder {
                columns[old] = Column::Ignore;
            }
            claims.insert(column, (at, rank));
            columns[at] = column;
        }
    }
    columns
}

/// The meaning of a title and how good the title is; less is better.
fn meaning(title: &str) -> Option<(Column, usize)> {
    if title.is_empty() || title.chars().count() > 16 {
        return None;
    }
    for (column, words) in EXACT {
        if let Some(rank) = words.iter().position(|word| *word == title) {
            return Some((column, rank));
        }
    }
    let (_, column) = CONTAINED.into_iter().find(|(part, _)| title.contains(part))?;
    Some((column, 100))
}

/// A title without spaces, marks, and remarks in brackets.
fn normal(title: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for letter in title.chars() {
        match letter {
            '(' | '\u{FF08}' | '[' | '【' | '〔' => depth += 1,
            ')' | '\u{FF09}' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth > 0 || letter.is_whitespace() => {}
            '*' | '\u{FF0A}' | ':' | '\u{FF1A}' | '、' | '/' | '.' | '-' | '_' | '★' | '#' | '"' => {}
            _ => out.push(letter),
        }
    }
    out
}
