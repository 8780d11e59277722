//! An item of the rule book as it is typed into the editor or stands in a row
//! of a workbook: plain texts, and what they mean.

use jiff::civil::Date;
use thiserror::Error;

use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::id::ItemId;
use crate::domain::points::adoption::{NewItem, check_item};
use crate::domain::points::rule::{Cap, CapOf, Category, Conditions, Item, Ledger, OwnScore, Period, Score, Unit};
use crate::domain::points::rule_refusal::RuleRefusal;
use crate::domain::roster::MemberType;

/// An item in words. Lists are separated by 、.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemInput {
    /// 编号
    pub code: String,
    /// 账本: 「群众积分」 or 「党员积分」.
    pub ledger: String,
    /// 类别
    pub category: String,
    /// 事项
    pub name: String,
    /// 分值: 「+5」 or 「3~8」.
    pub score: String,
    /// 单位
    pub unit: String,
    /// 上限: 「每日 1 次、每季 20 分」; empty for none.
    pub caps: String,
    /// 适用党员: 「联户党员、流动党员」; empty for all.
    pub member_types: String,
    /// 单独分值: 「流动党员+3、村组干部+1」; empty for none.
    pub own_scores: String,
    /// 要凭据: 「是」, or empty.
    pub evidence: String,
    /// 起: a date, or empty.
    pub from: String,
    /// 止: a date, or empty.
    pub until: String,
}

/// What in the words cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InputProblem {
    /// No such ledger.
    #[error("账本「{0}」要写「群众积分」或「党员积分」。")]
    Ledger(String),
    /// No category, or one with too long a name.
    #[error("类别「{found}」不行,要写 1 到 8 个字;现成的有:{known}。")]
    Category {
        /// What stands there.
        found: String,
        /// What could stand there.
        known: String,
    },
    /// No score.
    #[error("分值「{0}」看不懂,要写整数,如 5、-20,一段分值写 3~8。")]
    Score(String),
    /// No unit, or one with too long a name.
    #[error("单位「{found}」不行,要写 1 到 4 个字,不带数字和符号,也不能写「分」;现成的有:{known}。")]
    Unit {
        /// What stands there.
        found: String,
        /// What could stand there.
        known: String,
    },
    /// No cap.
    #[error("上限「{0}」看不懂,要写成「每日 1 次」「每季 20 分」,几条用顿号分开。")]
    Cap(String),
    /// No such member type.
    #[error("党员类型「{found}」不认得,可用的有:{known}。")]
    MemberType {
        /// What stands there.
        found: String,
        /// What could stand there.
        known: String,
    },
    /// Neither yes nor no.
    #[error("要凭据一栏写「是」或空着,现在写的是「{0}」。")]
    Evidence(String),
    /// No date.
    #[error("日期「{0}」看不懂,要写成 2026-03-01。")]
    Date(String),
    /// It is understood, and does not go together.
    #[error(transparent)]
    Rule(#[from] RuleRefusal),
}

impl From<&NewItem> for ItemInput {
    fn from(item: &NewItem) -> Self {
        let own = item.conditions.own_scores.iter();
        let own: Vec<_> = own.map(|own| format!("{}{}", own.kind.word(), own.score.words())).collect();
        let day = |day: Option<Date>| day.map(iso_date).unwrap_or_default();
        Self {
            code: item.code.clone(),
            ledger: item.ledger.word().to_owned(),
            category: item.category.word().to_owned(),
            name: item.name.clone(),
            score: item.score.words(),
            unit: item.unit.word().to_owned(),
            caps: caps_words(&item.caps, item.unit),
            member_types: item.member_types.iter().map(|kind| kind.word()).collect::<Vec<_>>().join("、"),
            own_scores: own.join("、"),
            evidence: if item.conditions.needs_evidence { "是".to_owned() } else { String::new() },
            from: day(item.conditions.from),
            until: day(item.conditions.until),
        }
    }
}

impl From<&Item> for ItemInput {
    fn from(item: &Item) -> Self {
        Self::from(&NewItem::from(item))
    }
}

impl ItemInput {
    /// The item, which continues `id`, or everything that is wrong with it.
    pub fn parse(&self, id: Option<ItemId>) -> Result<NewItem, Vec<InputProblem>> {
        let mut problems = Vec::new();
        let mut note = |problem| problems.push(problem);
        let ledger = kept(parse_ledger(&self.ledger), &mut note);
        let category = kept(parse_category(&self.category), &mut note);
        let score = kept(parse_score(&self.score), &mut note);
        let unit = kept(parse_unit(&self.unit), &mut note);
        // Caps are told in the unit: without it they are not looked at.
        let caps = unit.and_then(|unit| kept(parse_caps(&self.caps, unit), &mut note));
        let member_types = kept(parts(&self.member_types).map(parse_kind).collect(), &mut note);
        let own_scores = kept(parts(&self.own_scores).map(parse_own_score).collect(), &mut note);
        let needs_evidence = kept(parse_evidence(&self.evidence), &mut note);
        let from = kept(parse_day(&self.from), &mut note);
        let until = kept(parse_day(&self.until), &mut note);
        let item = (|| {
            Some(NewItem {
                id,
                code: self.code.trim().to_owned(),
                ledger: ledger?,
                member_types: member_types?,
                category: category?,
                name: self.name.trim().to_owned(),
                score: score?,
                unit: unit?,
                caps: caps?,
                conditions: Conditions {
                    own_scores: own_scores?,
                    needs_evidence: needs_evidence?,
                    from: from?,
                    until: until?,
                },
            })
        })();
        let Some(item) = item else { return Err(problems) };
        check_item(&item).map_err(|refusal| vec![refusal.into()])?;
        Ok(item)
    }
}

fn kept<T>(read: Result<T, InputProblem>, note: &mut impl FnMut(InputProblem)) -> Option<T> {
    read.map_err(note).ok()
}

/// 「每日 1 次、每季 20 分」; nothing for no caps. A category's are counted in times.
pub fn caps_words(caps: &[Cap], unit: Unit) -> String {
    caps.iter().map(|cap| cap.words(unit)).collect::<Vec<_>>().join("、")
}

/// The words of a list, without blanks and empty ones.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |sign: char| matches!(sign, '、' | ',' | '，' | ';' | '；' | '\n');
    text.split(is_between).map(str::trim).filter(|part| !part.is_empty())
}

fn known(words: impl Iterator<Item = &'static str>) -> String {
    words.collect::<Vec<_>>().join("、")
}

fn parse_ledger(text: &str) -> Result<Ledger, InputProblem> {
    match text.trim() {
        "" | "群众" | "群众积分" => Ok(Ledger::Villager),
        "党员" | "党员积分" => Ok(Ledger::Member),
        other => Err(InputProblem::Ledger(other.to_owned())),
    }
}

/// The category of this word, the village's own where it is not one of those
/// that every village is offered.
pub fn parse_category(text: &str) -> Result<Category, InputProblem> {
    Category::named(text).ok_or_else(|| InputProblem::Category {
        found: text.trim().to_owned(),
        known: known(Category::ALL.iter().map(Category::word)),
    })
}

/// The unit of this word, the village's own where it is not one of those that
/// every village is offered.
fn parse_unit(text: &str) -> Result<Unit, InputProblem> {
    Unit::named(text).ok_or_else(|| InputProblem::Unit {
        found: text.trim().to_owned(),
        known: known(Unit::ALL.iter().map(Unit::word)),
    })
}

fn parse_kind(text: &str) -> Result<MemberType, InputProblem> {
    let found = MemberType::ALL.iter().find(|kind| kind.word() == text);
    found.copied().ok_or_else(|| InputProblem::MemberType {
        found: text.to_owned(),
        known: known(MemberType::ALL.iter().map(|kind| kind.word())),
    })
}

fn parse_own_score(text: &str) -> Result<OwnScore, InputProblem> {
    let kind = MemberType::ALL.iter().find(|kind| text.starts_with(kind.word()));
    let Some(kind) = kind.copied() else {
        return Err(parse_kind(text).err().unwrap_or_else(|| InputProblem::Score(text.to_owned())));
    };
    let score = text.strip_prefix(kind.word()).unwrap_or_default().trim_start_matches([':', ':']);
    Ok(OwnScore { kind, score: parse_score(score)? })
}

fn parse_evidence(text: &str) -> Result<bool, InputProblem> {
    match text.trim() {
        "" | "否" | "不要" | "不需要" => Ok(false),
        "是" | "要" | "需要" => Ok(true),
        other => Err(InputProblem::Evidence(other.to_owned())),
    }
}

fn parse_day(text: &str) -> Result<Option<Date>, InputProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let plain = text.replace(['/', '.', '年', '月'], "-").replace('日', "");
    let padded: Vec<_> = plain.split('-').map(|part| format!("{part:0>2}")).collect();
    parse_iso_date(&padded.join("-")).map(Some).ok_or_else(|| InputProblem::Date(text.to_owned()))
}

/// A score: a whole number, or two of them with ~ between.
pub fn parse_score(text: &str) -> Result<Score, InputProblem> {
    let plain = narrow(text);
    let plain = plain.split('/').next().unwrap_or_default();
    let number = |part: &str| part.trim_end_matches('分').parse::<i32>().ok();
    let score = match plain.split_once(['~', '至', '到']) {
        Some((low, high)) => number(low).zip(number(high)).map(|(low, high)| Score::Range(low, high)),
        None => number(plain).map(Score::Fixed),
    };
    score.ok_or_else(|| InputProblem::Score(text.trim().to_owned()))
}

/// Caps in words, separated by 、, of what is counted in this unit; 「不限」 and
/// nothing are none.
pub fn parse_caps(text: &str, unit: Unit) -> Result<Vec<Cap>, InputProblem> {
    parts(text).filter(|part| *part != "不限").map(|part| parse_cap(part, unit)).collect()
}

fn parse_cap(text: &str, unit: Unit) -> Result<Cap, InputProblem> {
    const PERIODS: [(&str, Period); 8] = [
        ("日", Period::Day),
        ("天", Period::Day),
        ("周", Period::Week),
        ("月", Period::Month),
        ("季度", Period::Quarter),
        ("季", Period::Quarter),
        ("年度", Period::Year),
        ("年", Period::Year),
    ];
    let plain = narrow(text);
    let rest = plain.strip_prefix('每').unwrap_or(&plain);
    let found = PERIODS.iter().find_map(|(word, period)| Some((*period, rest.strip_prefix(word)?)));
    let cap = found.and_then(|(period, rest)| {
        let rest = rest.trim_start_matches(['限', '最', '多']);
        let digits = rest.trim_end_matches(|sign: char| !sign.is_ascii_digit());
        let (number, word) = (digits.parse().ok()?, &rest[digits.len()..]);
        let of = match word {
            "分" => CapOf::Points(number),
            "次" | "个月" => CapOf::Times(number),
            _ => {
                let mut known = Unit::ALL.iter().chain([&unit]);
                CapOf::Times(known.find(|known| known.word() == word).map(|_| number)?)
            }
        };
        Some(Cap { period, of })
    });
    cap.ok_or_else(|| InputProblem::Cap(text.to_owned()))
}

/// Without blanks, with half-width digits and signs.
fn narrow(text: &str) -> String {
    let signs = text.chars().filter(|sign| !sign.is_whitespace()).map(|sign| match sign {
        '！'..='～' => u32::from(sign).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(sign),
        '−' | '–' | '—' => '-',
        '〜' => '~',
        _ => sign,
    });
    signs.collect()
}
