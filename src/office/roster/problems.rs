//! What can be wrong with a row, each with what the user can do about it.

use super::{ADDRESS_CHARS_MAX, HOUSEHOLD_PEOPLE_MAX, NAME_CHARS_MAX};

/// Whether a row with a problem is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row is not imported.
    Blocked,
    /// The row is imported; someone should look at it.
    Note,
}

impl Severity {
    /// The words that the user reads.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Blocked => "不导入",
            Self::Note => "请核对",
        }
    }
}

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Row as Excel counts it, from 1.
    pub row: usize,
    /// Title of the column, where one column is meant.
    pub column: Option<String>,
    /// Whether the row is imported.
    pub severity: Severity,
    /// What is wrong.
    pub what: ProblemKind,
}

/// Everything that can be wrong with a row. Texts are the cell's own words,
/// shortened for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Person data without a name.
    NoName,
    /// The name is longer than any name.
    NameTooLong {
        /// Characters found.
        found: usize,
    },
    /// Same name and same ID number as an earlier row.
    SamePerson {
        /// Row of the first one.
        first_row: usize,
    },
    /// Same ID number as an earlier row under another name.
    IdUsedTwice {
        /// Row of the first one.
        first_row: usize,
    },
    /// The ID number has not 18 digits.
    IdLength {
        /// Characters found.
        found: usize,
    },
    /// An ID number of 15 digits, as before 1999.
    IdOld,
    /// The check digit, the date or the order number of the ID is wrong.
    IdCheck,
    /// The last digits were lost because the cell is a number.
    IdLostDigits,
    /// Birth in the column and in the ID number differ; the column counts.
    BirthDiffers,
    /// Sex in the column and in the ID number differ; the column counts.
    SexDiffers,
    /// Neither 男 nor 女.
    SexUnknown {
        /// The cell.
        text: String,
    },
    /// Not a date.
    BirthUnreadable {
        /// The cell.
        text: String,
    },
    /// Only year and month: the first of the month is taken.
    BirthDayMissing,
    /// Not a telephone number as they are in use.
    PhoneOdd {
        /// Digits found.
        found: usize,
    },
    /// Several numbers in one cell: the first is taken.
    PhoneSeveral,
    /// A relation that is not known.
    RelationUnknown {
        /// The cell.
        text: String,
    },
    /// The cell for the relation is blank.
    RelationMissing,
    /// Neither 常住 nor 流动.
    ResidenceUnknown {
        /// The cell.
        text: String,
    },
    /// A care group that is not known.
    CareUnknown {
        /// The cell.
        text: String,
    },
    /// Neither member nor not.
    PartyUnknown {
        /// The cell.
        text: String,
    },
    /// A member without type.
    MemberTypeMissing,
    /// A member whose type is not known.
    MemberTypeUnknown {
        /// The cell.
        text: String,
    },
    /// Has a member type, but the other column says that it is no member.
    PartyDiffers,
    /// Nobody in the household is its head.
    HeadMissing {
        /// Who is taken for it.
        name: String,
    },
    /// Another person of the household is the head already.
    HeadTwice {
        /// The head who stays.
        name: String,
    },
    /// The household number already belongs to another family.
    NumberTaken {
        /// The number.
        number: String,
        /// First row of the other family.
        first_row: usize,
    },
    /// A head without household number in a roster that has them.
    NumberMissing,
    /// Excel seems to have turned the number into a date.
    NumberLooksLikeDate {
        /// The cell.
        text: String,
    },
    /// More people of a household that appeared further up.
    HouseholdContinues {
        /// The number.
        number: String,
        /// Its first row.
        first_row: usize,
    },
    /// More people than a household has.
    HouseholdLarge {
        /// People found.
        found: usize,
    },
    /// The text was cut to its limit.
    TextCut {
        /// Characters found.
        found: usize,
        /// Characters kept.
        limit: usize,
    },
}

impl ProblemKind {
    /// Whether the row is imported all the same.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::NoName | Self::NameTooLong { .. } | Self::SamePerson { .. } => Severity::Blocked,
            _ => Severity::Note,
        }
    }

    /// What is wrong, in one sentence.
    pub fn what(&self) -> String {
        match self {
            Self::NoName => "这一行没有姓名。".into(),
            Self::NameTooLong { found } => format!("姓名有 {found} 个字，超过 {NAME_CHARS_MAX} 个字。"),
            Self::SamePerson { first_row } => format!("姓名和身份证号都与第 {first_row} 行相同，是同一个人。"),
            Self::IdUsedTwice { first_row } => format!("身份证号与第 {first_row} 行另一个人的相同。"),
            Self::IdLength { found } => format!("身份证号有 {found} 位，应为 18 位。"),
            Self::IdOld => "身份证号是 15 位的旧号码。".into(),
            Self::IdCheck => "身份证号的校验位、日期或顺序码不对。".into(),
            Self::IdLostDigits => "身份证号被 Excel 当成数字，末尾几位已经丢失。".into(),
            Self::BirthDiffers => "出生日期与身份证号里的不一致，以出生日期一列为准。".into(),
            Self::SexDiffers => "性别与身份证号里的不一致，以性别一列为准。".into(),
            Self::SexUnknown { text } => format!("性别“{text}”认不出来，先空着。"),
            Self::BirthUnreadable { text } => format!("出生日期“{text}”认不出来，先空着。"),
            Self::BirthDayMissing => "出生日期只有年和月，先按当月 1 日记。".into(),
            Self::PhoneOdd { found } => format!("电话有 {found} 位数字，手机号应为 11 位。"),
            Self::PhoneSeveral => "一格里有几个电话，只取第一个。".into(),
            Self::RelationUnknown { text } => format!("与户主关系“{text}”认不出来，先记为其他亲属。"),
            Self::RelationMissing => "没有写与户主关系，先记为其他亲属。".into(),
            Self::ResidenceUnknown { text } => format!("居住情况“{text}”认不出来，先记为常住。"),
            Self::CareUnknown { text } => format!("人员类别“{text}”不在常用类别里，先记为重点关爱。"),
            Self::PartyUnknown { text } => format!("政治面貌“{text}”认不出来，先不记为党员。"),
            Self::MemberTypeMissing => "是党员，但没有写类型，先记为无职党员。".into(),
            Self::MemberTypeUnknown { text } => format!("党员类型“{text}”认不出来，先记为无职党员。"),
            Self::PartyDiffers => "写了党员类型，政治面貌却不是党员，先记为党员。".into(),
            Self::HeadMissing { name } => format!("这一户没有写明户主，先把“{name}”当作户主。"),
            Self::HeadTwice { name } => format!("这一户已有户主“{name}”，这个人先记为其他亲属。"),
            Self::NumberTaken { number, first_row } => {
                format!("户号 {number} 已用在第 {first_row} 行的另一户，这一户先不带户号。")
            }
            Self::NumberMissing => "这一户没有户号，导入时由系统编号。".into(),
            Self::NumberLooksLikeDate { text } => format!("户号“{text}”像是被 Excel 改成了日期。"),
            Self::HouseholdContinues { number, first_row } => {
                format!("户号 {number} 在第 {first_row} 行出现过，这几个人并入那一户。")
            }
            Self::HouseholdLarge { found } => {
                format!("这一户有 {found} 人，超过 {HOUSEHOLD_PEOPLE_MAX} 人，可能几户连在了一起。")
            }
            Self::TextCut { found, limit } => format!("这一格有 {found} 个字，只保留前 {limit} 个字。"),
        }
    }

    /// What to do about it, in one sentence.
    pub fn remedy(&self) -> String {
        match self {
            Self::NoName => "请在表里补上姓名后重新导入；若这一行不是人，可以不管。".into(),
            Self::NameTooLong { .. } => "请检查是不是把几格内容并到了一起，改好后重新导入。".into(),
            Self::SamePerson { .. } => "请删去多余的一行；若确是两个人，请更正身份证号。".into(),
            Self::IdUsedTwice { .. } => "两人都会导入，请核对身份证，更正其中一个。".into(),
            Self::IdLength { .. } | Self::IdOld | Self::IdCheck => {
                "人会照常导入，号码标为“待核”；请对照身份证更正。".into()
            }
            Self::IdLostDigits => "请把这一列设为“文本”格式，重新填写号码；现在导入会标为“待核”。".into(),
            Self::BirthDiffers | Self::SexDiffers => "请对照身份证，更正其中一处。".into(),
            Self::SexUnknown { .. } => "请写“男”或“女”，也可以导入后再补。".into(),
            Self::BirthUnreadable { .. } => "请写成 1985-03-02 的样子，也可以导入后再补。".into(),
            Self::BirthDayMissing => "知道日子的话，请导入后补上。".into(),
            Self::PhoneOdd { .. } => "号码照原样导入，请核对。".into(),
            Self::PhoneSeveral => "其余号码请记在别处，或导入后更换。".into(),
            Self::RelationUnknown { .. } | Self::RelationMissing => {
                "请写户主、配偶、子女、父母、孙辈或其他亲属，也可以导入后再改。".into()
            }
            Self::ResidenceUnknown { .. } => "请写“常住”或“流动”，也可以导入后再改。".into(),
            Self::CareUnknown { .. } => "若是孤寡老人、留守儿童、残疾人、低保或特困，请导入后改选。".into(),
            Self::PartyUnknown { .. } | Self::PartyDiffers => "请核对是不是党员，也可以导入后再改。".into(),
            Self::MemberTypeMissing | Self::MemberTypeUnknown { .. } => {
                "请写联户党员、无职党员、流动党员、村组干部或年老体弱党员，也可以导入后再改。".into()
            }
            Self::HeadMissing { .. } => "请核对谁是户主，也可以导入后再改。".into(),
            Self::HeadTwice { .. } => "若其实是两户，请给第二户写上自己的户号后重新导入。".into(),
            Self::NumberTaken { .. } => "请核对两户的户号，更正后重新导入，或导入后再改。".into(),
            Self::NumberMissing => "有户号的话请补上后重新导入，也可以导入后再改。".into(),
            Self::NumberLooksLikeDate { .. } => "请把户号一列设为“文本”格式，重新填写后再导入。".into(),
            Self::HouseholdContinues { .. } => "若其实是另一户，请更正户号后重新导入。".into(),
            Self::HouseholdLarge { .. } => "请检查户号、户主姓名或与户主关系是否漏填。".into(),
            Self::TextCut { .. } => format!("请把内容改短（住址不超过 {ADDRESS_CHARS_MAX} 个字），或导入后再改。"),
        }
    }
}

/// A cell's words as they are quoted in a sentence.
pub(super) fn quote(text: &str) -> String {
    let mut out: String = text.chars().take(20).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
