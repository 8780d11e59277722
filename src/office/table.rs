//! What travels between the office worker and the page: a table as plain
//! text, the choice of encoding, progress, and every reason for which a file
//! is refused. Nothing here refers to a spreadsheet crate.

use serde::{Deserialize, Serialize};

/// Largest file that is opened at all, in bytes.
pub const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;
/// Most rows with content that a sheet may have.
pub const ROWS_MAX: u64 = 20_000;
/// Most columns with content that a sheet may have.
pub const COLUMNS_MAX: u64 = 200;
/// Longest text of one cell, in characters.
pub const CELL_CHARS_MAX: u64 = 2_000;
/// Most text of one sheet, in bytes: repeated cells would otherwise let a
/// small file fill the memory.
pub const TEXT_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Most sheets that a workbook may have.
pub const SHEETS_MAX: u64 = 40;

/// One sheet as text. Row `n` of `rows` is row `n + 1` in Excel; rows end at
/// their last cell with content, so they differ in length.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Name of the sheet; for a text file, its name without the ending.
    pub sheet: String,
    /// The cells, cleaned and trimmed.
    pub rows: Vec<Vec<String>>,
    /// Merged regions, where the file names them.
    pub merged: Vec<Merge>,
    /// How the text was decoded, where there was a choice.
    pub encoding: Option<Encoding>,
}

impl Table {
    /// The text of a cell; empty outside the table.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let cell = self.rows.get(row).and_then(|cells| cells.get(column));
        cell.map_or("", String::as_str)
    }

    /// Number of columns of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// A merged region, counted from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// Topmost row.
    pub first_row: u32,
    /// Lowest row.
    pub last_row: u32,
    /// Leftmost column, which holds the text together with `first_row`.
    pub first_col: u32,
    /// Rightmost column.
    pub last_col: u32,
}

/// How the bytes of a text file stand for characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// GB18030, and with it GBK and GB2312: what Chinese Excel writes.
    Gb18030,
}

/// What the user chose before reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadChoice {
    /// Encoding of a text file; `None` finds out by itself.
    pub encoding: Option<Encoding>,
}

/// How far the reading has come, in units of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Units done.
    pub done: u64,
    /// Units in all; never 0.
    pub total: u64,
}

/// Why a file was refused, each with what the user can do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ReadError {
    /// The file has no bytes.
    #[error("这个文件是空的（0 字节）。请重新拷贝一份，在 Excel 或 WPS 里打开确认有内容后再导入。")]
    Empty,
    /// Larger than [`FILE_BYTES_MAX`].
    #[error("文件有 {found} 字节，超过上限 {limit} 字节。请只留下花名册这一张表，去掉图片，另存为 .xlsx 再导入。")]
    FileTooLarge {
        /// Bytes found.
        found: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// A web page, whatever its name says.
    #[error("这个文件其实是网页，不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。")]
    Html,
    /// Excel 2003 XML.
    #[error("这个文件是“XML 表格 2003”格式。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。")]
    XmlSpreadsheet,
    /// Excel binary workbook.
    #[error("这个文件是 .xlsb（二进制工作簿）。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。")]
    BinaryWorkbook,
    /// Protected by a password.
    #[error("这个文件设了打开密码。请用 Excel 或 WPS 打开，取消密码后另存一份再导入。")]
    Encrypted,
    /// A Word or Writer document, or RTF.
    #[error("这个文件是文字文档，不是表格。请把里面的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 再导入。")]
    WordDocument,
    /// A presentation.
    #[error("这个文件是演示文稿，不是表格。请选择花名册的表格文件（.xlsx、.xls、.ods、.csv）。")]
    Presentation,
    /// A PDF.
    #[error("这个文件是 PDF，不能直接导入。请找到原来的表格文件（.xlsx、.xls、.ods、.csv）再导入。")]
    Pdf,
    /// A picture.
    #[error("这个文件是图片，不能直接导入。请找到原来的表格文件，或先录入成表格再导入。")]
    Image,
    /// An archive that is no workbook.
    #[error("这个文件是压缩包。请先解压，再选择里面的表格文件。")]
    Archive,
    /// None of the kinds that are known.
    #[error("认不出这个文件，它不像表格。可以导入的有 .xlsx、.xls、.ods、.csv，请另存为其中一种。")]
    NotATable,
    /// The right kind, but cut or altered.
    #[error(
        "文件已损坏或没有拷贝完整。请重新拷贝一份；若 Excel 或 WPS 能打开，请另存为 .xlsx 再导入。（技术细节：{detail}）"
    )]
    Damaged {
        /// For the engineer who is asked.
        detail: String,
    },
    /// Too many parts in the zip directory.
    #[error("文件里有 {found} 个部件，超过上限 {limit} 个，不像正常的表格。请用 Excel 或 WPS 打开后另存为新的 .xlsx。")]
    TooManyParts {
        /// Parts found.
        found: u64,
        /// Parts allowed.
        limit: u64,
    },
    /// Unpacks to more than the limit, by its own word or in truth.
    #[error("文件解开后至少有 {found} 字节，超过上限 {limit} 字节。请只留下花名册这一张表，另存为 .xlsx 再导入。")]
    UnpackedTooLarge {
        /// Bytes found.
        found: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// Unpacks suspiciously well.
    #[error("文件压缩了 {found} 倍（上限 {limit} 倍），像是恶意文件，没有打开。请用 Excel 或 WPS 另存为新的 .xlsx。")]
    RatioTooHigh {
        /// Ratio found.
        found: u64,
        /// Ratio allowed.
        limit: u64,
    },
    /// Too many shared texts are announced.
    #[error("表格里有 {found} 条文字，超过上限 {limit} 条。请只留下花名册这一张表，另存为 .xlsx 再导入。")]
    TooManyTexts {
        /// Texts found.
        found: u64,
        /// Texts allowed.
        limit: u64,
    },
    /// Too many sheets.
    #[error("文件里有 {found} 张表，超过上限 {limit} 张。请只留下花名册这一张表再导入。")]
    TooManySheets {
        /// Sheets found.
        found: u64,
        /// Sheets allowed.
        limit: u64,
    },
    /// Too many rows with content.
    #[error("“{sheet}”有 {found} 行，超过上限 {limit} 行。请删去多余的行，或按组分成几个文件导入。")]
    TooManyRows {
        /// Name of the sheet.
        sheet: String,
        /// Rows found.
        found: u64,
        /// Rows allowed.
        limit: u64,
    },
    /// Too many columns with content.
    #[error("“{sheet}”有 {found} 列，超过上限 {limit} 列。请删去右边多余的列再导入。")]
    TooManyColumns {
        /// Name of the sheet.
        sheet: String,
        /// Columns found.
        found: u64,
        /// Columns allowed.
        limit: u64,
    },
    /// One cell with too much text.
    #[error("“{sheet}”第 {row} 行第 {column} 列有 {found} 个字，超过上限 {limit} 个字。请把这一格改短再导入。")]
    CellTooLong {
        /// Name of the sheet.
        sheet: String,
        /// Row as Excel counts.
        row: u64,
        /// Column, counted from 1.
        column: u64,
        /// Characters found.
        found: u64,
        /// Characters allowed.
        limit: u64,
    },
    /// Too much text in all cells together.
    #[error(
        "“{sheet}”里的文字超过 {limit} 字节（至少 {found} 字节）。请只留下花名册需要的列，或按组分成几个文件导入。"
    )]
    TooMuchText {
        /// Name of the sheet.
        sheet: String,
        /// Bytes found before stopping.
        found: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// No cell has any text.
    #[error("这个文件里没有任何内容（隐藏的表不算）。请确认选对了文件，并取消工作表的隐藏。")]
    NoContent,
    /// Neither UTF-8 nor GB18030.
    #[error("认不出这个文件的文字编码。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。")]
    UnknownEncoding,
}
