//! The words that villages write for relation, sex, residence, care and
//! party, and what they stand for.

use crate::domain::roster::{CareGroup, MemberType, Relation, Residence, Sex};

/// A word that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word<T> {
    /// Nothing was written, or a mark for nothing.
    Blank,
    /// The word is known.
    Known(T),
    /// The word is not known.
    Unknown,
}

const CHILDREN: [&str; 16] = [
    "子",
    "女",
    "儿",
    "儿子",
    "女儿",
    "子女",
    "孩子",
    "儿媳",
    "儿媳妇",
    "媳",
    "子媳",
    "女婿",
    "婿",
    "崽",
    "女孩",
    "男孩",
];
const PARENTS: [&str; 24] = [
    "父",
    "母",
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "爸",
    "妈",
    "岳父",
    "岳母",
    "公公",
    "婆婆",
    "公",
    "婆",
    "家公",
    "家婆",
    "继父",
    "继母",
    "养父",
    "养母",
    "丈人",
    "丈母娘",
    "父母",
    "岳父母",
];
const SPOUSES: [&str; 9] = ["妻", "妻子", "夫", "丈夫", "配偶", "老婆", "老公", "爱人", "夫妻"];
const HEADS: [&str; 5] = ["户主", "本人", "户主本人", "本户户主", "本人户主"];
/// Relatives who are 其他亲属 without a doubt.
const RELATIVES: [&str; 17] =
    ["兄", "弟", "姐", "妹", "哥", "嫂", "叔", "伯", "姑", "姨", "舅", "侄", "甥", "爷", "奶", "祖", "外公"];

/// The relation to the head.
pub(super) fn relation(text: &str) -> Word<Relation> {
    let text = plain(text);
    let word = text.as_str();
    if is_blank(word) {
        return Word::Blank;
    }
    let among = |words: &[&str]| words.contains(&word);
    let relation = match word {
        _ if among(&HEADS) => Relation::Head,
        _ if among(&SPOUSES) => Relation::Spouse,
        _ if among(&PARENTS) => Relation::Parent,
        _ if word.contains('孙') => Relation::Grandchild,
        _ if is_child(word) => Relation::Child,
        "其他" | "其它" | "其他亲属" | "非亲属" | "亲属" | "其他关系" | "亲戚" | "外婆" => {
            Relation::Other
        }
        _ if word.chars().count() <= 4 && RELATIVES.iter().any(|part| word.contains(part)) => Relation::Other,
        _ => return Word::Unknown,
    };
    Word::Known(relation)
}

/// 长子, 次女, 三儿子, 养女, 二女婿: a rank before the plain word.
fn is_child(word: &str) -> bool {
    let ranks = ['长', '次', '大', '小', '二', '三', '四', '五', '六', '七', '八', '幼', '养', '继', '独', '生', '之'];
    CHILDREN.contains(&word) || CHILDREN.contains(&word.trim_start_matches(ranks))
}

/// Sex, also as the numbers of the national standard.
pub(super) fn sex(text: &str) -> Word<Sex> {
    match plain(text).as_str() {
        word if is_blank(word) => Word::Blank,
        "男" | "男性" | "1" | "M" | "m" => Word::Known(Sex::Male),
        "女" | "女性" | "2" | "F" | "f" => Word::Known(Sex::Female),
        _ => Word::Unknown,
    }
}

/// Residence; 是 and 否 mean what the column's title asks.
pub(super) fn residence(text: &str, title: &str) -> Word<Residence> {
    let text = plain(text);
    let word = text.as_str();
    let away = ["外出", "流动", "务工"].iter().any(|part| title.contains(part)) && !title.contains("常住");
    let known = |lives_here: bool| Word::Known(if lives_here { Residence::Resident } else { Residence::Floating });
    match yes(word) {
        Some(yes) => return known(yes != away),
        None if is_blank(word) => return Word::Blank,
        None => {}
    }
    let floating =
        ["流动", "外出", "务工", "打工", "在外", "不在", "外地", "非常住", "不常住", "空挂", "迁", "分离", "未居住"];
    let resident = ["常住", "在家", "在村", "本村", "在住", "居住", "住家", "户在人在", "留守", "务农"];
    match word {
        _ if floating.iter().any(|part| word.contains(part)) => known(false),
        _ if resident.iter().any(|part| word.contains(part)) => known(true),
        _ => Word::Unknown,
    }
}

/// One care group; 是 means the group that the column's title names.
pub(super) fn care(text: &str, title: &str) -> Word<CareGroup> {
    let text = plain(text);
    let word = text.as_str();
    match yes(word) {
        Some(true) => return Word::Known(care_group(title).unwrap_or(CareGroup::Other)),
        Some(false) => return Word::Blank,
        None if is_blank(word) || word.starts_with(['非', '不', '未']) => return Word::Blank,
        None => {}
    }
    let ordinary = ["一般", "普通", "正常", "群众", "村民", "常住", "流动", "学生", "务农", "务工"];
    if let Some(group) = care_group(word) {
        return Word::Known(group);
    }
    if ordinary.iter().any(|part| word.contains(part)) { Word::Blank } else { Word::Unknown }
}

fn care_group(word: &str) -> Option<CareGroup> {
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    match word {
        _ if has(&["留守儿童", "留守孩", "困境儿童", "孤儿"]) => Some(CareGroup::LeftBehindChild),
        _ if has(&["孤寡", "独居", "空巢", "留守老", "高龄"]) => Some(CareGroup::ElderlyAlone),
        _ if has(&["残"]) => Some(CareGroup::Disabled),
        _ if has(&["低保"]) => Some(CareGroup::Subsistence),
        _ if has(&["五保", "特困"]) => Some(CareGroup::Destitute),
        _ if has(&["重点", "关爱", "其他", "其它"]) => Some(CareGroup::Other),
        _ => None,
    }
}

/// Whether a person is a party member.
pub(super) fn party(text: &str) -> Word<bool> {
    let text = plain(text);
    let word = text.as_str();
    match yes(word) {
        Some(yes) => return Word::Known(yes),
        None if is_blank(word) => return Word::Blank,
        None => {}
    }
    let other =
        ["群众", "团员", "少先队", "无党派", "民主", "民革", "民盟", "民建", "民进", "农工", "致公", "九三", "台盟"];
    match word {
        _ if word.starts_with(['非', '不']) || other.iter().any(|part| word.contains(part)) => Word::Known(false),
        _ if word.contains("党员") || word.contains("中共") => Word::Known(true),
        _ => Word::Unknown,
    }
}

/// The type of a member; words that only say "member" are blank.
pub(super) fn member_type(text: &str) -> Word<MemberType> {
    let text = plain(text);
    let word = text.as_str();
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    match word {
        _ if is_blank(word) || yes(word).is_some() => Word::Blank,
        _ if has(&["联户"]) => Word::Known(MemberType::Linked),
        _ if has(&["无职"]) => Word::Known(MemberType::WithoutPost),
        _ if has(&["流动", "外出"]) => Word::Known(MemberType::Migrant),
        _ if has(&["干部", "书记", "主任", "委员", "支委", "两委", "组长"]) => {
            Word::Known(MemberType::Cadre)
        }
        _ if has(&["年老", "体弱", "老弱", "高龄", "老党员"]) => Word::Known(MemberType::Exempt),
        "党员" | "中共党员" | "正式党员" | "预备党员" | "普通党员" | "农民党员" | "中共预备党员" | "正式" | "预备" => {
            Word::Blank
        }
        _ => Word::Unknown,
    }
}

/// 是 and 否 as people tick them.
fn yes(word: &str) -> Option<bool> {
    match word {
        "是" | "有" | "√" | "✓" | "✔" | "Y" | "y" | "1" | "属于" => Some(true),
        "否" | "不是" | "没有" | "×" | "✗" | "N" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// Nothing, or one of the marks that people write for nothing.
pub(super) fn is_blank(word: &str) -> bool {
    matches!(word, "" | "无" | "/" | "\\" | "-" | "--" | "—" | "——" | "暂无" | "不详" | "未知" | "空" | "\u{FF0F}")
}

/// A word without spaces and without what stands in brackets.
fn plain(text: &str) -> String {
    let text = text.split(['(', '\u{FF08}']).next().unwrap_or(text);
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
