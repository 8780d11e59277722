//! A roster as it was read from a workbook: households and people that are
//! not yet part of the village, and the words for their properties.

use jiff::civil::Date;

/// Relation of a person to the head of the household 「与户主关系」.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// 户主
    Head,
    /// 配偶
    Spouse,
    /// 子女
    Child,
    /// 父母
    Parent,
    /// 孙辈
    Grandchild,
    /// 其他亲属
    Other,
}

/// Sex as registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// Whether the person lives in the village.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residence {
    /// 常住
    Resident,
    /// 流动
    Floating,
}

/// Groups that the village looks after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CareGroup {
    /// 孤寡老人
    ElderlyAlone,
    /// 留守儿童
    LeftBehindChild,
    /// 残疾人
    Disabled,
    /// 低保
    Subsistence,
    /// 五保/特困
    Destitute,
    /// 其他重点关爱
    Other,
}

/// Type of a party member 「党员类型」.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberType {
    /// 联户党员
    Linked,
    /// 无职党员
    WithoutPost,
    /// 流动党员
    Migrant,
    /// 村组干部
    Cadre,
    /// 年老体弱党员
    Exempt,
}

/// A person as read from a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonDraft {
    /// Family and given name, trimmed, never empty.
    pub name: String,
    /// Relation to the head.
    pub relation: Relation,
    /// Sex, where the roster says it.
    pub sex: Option<Sex>,
    /// Date of birth, where the roster says it (or the ID number does).
    pub birth: Option<Date>,
    /// ID number: empty when absent.
    pub id_number: String,
    /// The ID number is present but its length or check digit is wrong.
    pub id_number_damaged: bool,
    /// Telephone number: empty when absent.
    pub phone: String,
    /// Lives in the village or away.
    pub residence: Residence,
    /// Care groups, each once.
    pub care: Vec<CareGroup>,
    /// A party member, and of which type.
    pub member: Option<MemberType>,
}

/// A household as read from a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdDraft {
    /// Household number as written, for example `2-017`; empty when the
    /// roster has none (the village then gives one).
    pub number: String,
    /// Name of the grid as written; empty when the roster has none.
    pub grid: String,
    /// 十户单元 as written; may be empty.
    pub unit: String,
    /// Name of the 十户长 as written; may be empty.
    pub unit_head: String,
    /// Village group 「组」 as written; may be empty.
    pub group: String,
    /// Address as written; may be empty.
    pub address: String,
    /// The people; exactly one of them is the head.
    pub people: Vec<PersonDraft>,
}

/// Everything that a roster brings in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterDraft {
    /// Households in the order of the file.
    pub households: Vec<HouseholdDraft>,
}

impl RosterDraft {
    /// Number of people in all households.
    pub fn people_count(&self) -> usize {
        self.households.iter().map(|household| household.people.len()).sum()
    }

    /// Number of party members among them.
    pub fn members_count(&self) -> usize {
        let people = self.households.iter().flat_map(|household| &household.people);
        people.filter(|person| person.member.is_some()).count()
    }
}

/// The words that users read for each variant.
#[macro_export]
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every variant, in the order in which lists show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that the user reads.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}
pub use words;

words!(Relation { Head = "户主", Spouse = "配偶", Child = "子女", Parent = "父母", Grandchild = "孙辈", Other = "其他亲属" });
words!(Sex { Male = "男", Female = "女" });
words!(Residence { Resident = "常住", Floating = "流动" });
words!(CareGroup {
    ElderlyAlone = "孤寡老人",
    LeftBehindChild = "留守儿童",
    Disabled = "残疾人",
    Subsistence = "低保",
    Destitute = "特困",
    Other = "重点关爱",
});
words!(MemberType {
    Linked = "联户党员",
    WithoutPost = "无职党员",
    Migrant = "流动党员",
    Cadre = "村组干部",
    Exempt = "年老体弱党员",
});
