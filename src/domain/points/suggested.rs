//! The suggested rule book with which a new village starts. Every item can be
//! changed; none is an "official" list (domain page, §2).

use jiff::civil::Date;

use super::rule::{
    Cap, CapOf, Category, Conditions, Item, Ledger, Meeting, Period, RuleBook, RuleVersion, Score, Unit,
};
use crate::domain::id::{Counters, DeviceId};
use crate::domain::roster::MemberType;

/// One line of the suggestion: name, category, score, unit, caps.
type Line = (&'static str, Category, Score, Unit, &'static [Cap]);

const fn times(period: Period, count: u32) -> Cap {
    Cap { period, of: CapOf::Times(count) }
}

const fn points(period: Period, sum: u32) -> Cap {
    Cap { period, of: CapOf::Points(sum) }
}

const VILLAGER: &[Line] = &[
    ("环境整治", Category::Environment, Score::Fixed(5), Unit::Time, &[times(Period::Day, 1)]),
    ("调解邻里纠纷", Category::Mediation, Score::Fixed(10), Unit::Matter, &[]),
    ("治安巡逻、防汛值守", Category::Safety, Score::Fixed(5), Unit::Time, &[]),
    ("志愿服务", Category::PublicGood, Score::Fixed(2), Unit::Hour, &[points(Period::Quarter, 20)]),
    ("照护孤寡病残", Category::PublicGood, Score::Fixed(5), Unit::Time, &[]),
    ("建言被采纳", Category::Advice, Score::Fixed(2), Unit::Time, &[]),
    ("红白事简办", Category::Customs, Score::Fixed(10), Unit::Time, &[]),
    ("庭院达标", Category::Environment, Score::Fixed(5), Unit::Month, &[times(Period::Month, 1)]),
    ("垃圾分类", Category::Environment, Score::Fixed(5), Unit::Month, &[times(Period::Month, 1)]),
    ("参加会议", Category::Advice, Score::Fixed(2), Unit::Time, &[points(Period::Quarter, 8)]),
    ("无偿献血", Category::PublicGood, Score::Fixed(10), Unit::Time, &[]),
    ("村级表彰", Category::Honour, Score::Fixed(3), Unit::Time, &[]),
    ("镇级表彰", Category::Honour, Score::Fixed(5), Unit::Time, &[]),
    ("县级表彰", Category::Honour, Score::Fixed(20), Unit::Time, &[]),
    ("市级表彰", Category::Honour, Score::Fixed(30), Unit::Time, &[]),
    ("省级表彰", Category::Honour, Score::Fixed(60), Unit::Time, &[]),
    ("国家级表彰", Category::Honour, Score::Fixed(100), Unit::Time, &[]),
    ("乱倒垃圾", Category::Environment, Score::Fixed(-5), Unit::Time, &[]),
    ("焚烧秸秆", Category::Environment, Score::Fixed(-5), Unit::Time, &[]),
    ("违规用火", Category::Safety, Score::Fixed(-20), Unit::Time, &[]),
    ("房前屋后不达标", Category::Environment, Score::Fixed(-5), Unit::Time, &[]),
    ("乱搭乱建", Category::Environment, Score::Fixed(-10), Unit::Time, &[]),
    ("大操大办", Category::Customs, Score::Fixed(-10), Unit::Time, &[]),
    ("违规养犬", Category::Safety, Score::Fixed(-10), Unit::Time, &[]),
    ("拒不赡养", Category::Customs, Score::Fixed(-50), Unit::Time, &[]),
    ("赌博", Category::Customs, Score::Fixed(-20), Unit::Time, &[]),
];

const LINKED: &[MemberType] = &[MemberType::Linked];
const WITHOUT_POST: &[MemberType] = &[MemberType::WithoutPost];
const MIGRANT: &[MemberType] = &[MemberType::Migrant];
/// Exempt members carry no deductions.
const DEDUCTIBLE: &[MemberType] =
    &[MemberType::Linked, MemberType::WithoutPost, MemberType::Migrant, MemberType::Cadre];

const MEMBER: &[(&[MemberType], Line)] = &[
    (LINKED, ("走访联系户", Category::Duty, Score::Fixed(1), Unit::Household, &[])),
    (LINKED, ("上报信息", Category::Duty, Score::Fixed(1), Unit::Time, &[])),
    (LINKED, ("为民代办", Category::Duty, Score::Fixed(2), Unit::Time, &[])),
    (LINKED, ("参与调解", Category::Mediation, Score::Fixed(5), Unit::Matter, &[])),
    (LINKED, ("当月联系户全走访", Category::Duty, Score::Fixed(5), Unit::Month, &[times(Period::Month, 1)])),
    (LINKED, ("当月未走访", Category::Duty, Score::Fixed(-5), Unit::Month, &[times(Period::Month, 1)])),
    (WITHOUT_POST, ("认岗履责", Category::Duty, Score::Fixed(5), Unit::Month, &[times(Period::Month, 1)])),
    (WITHOUT_POST, ("党员志愿服务", Category::PublicGood, Score::Fixed(3), Unit::Time, &[])),
    (WITHOUT_POST, ("建言采纳", Category::Advice, Score::Fixed(2), Unit::Time, &[])),
    (MIGRANT, ("季度报到", Category::Duty, Score::Fixed(5), Unit::Time, &[times(Period::Quarter, 1)])),
    (MIGRANT, ("线上学习", Category::Duty, Score::Fixed(2), Unit::Time, &[])),
    (MIGRANT, ("返乡服务", Category::PublicGood, Score::Fixed(5), Unit::Time, &[])),
    (MIGRANT, ("联系务工群众", Category::Duty, Score::Fixed(2), Unit::Time, &[])),
    (MIGRANT, ("整季失联", Category::Duty, Score::Fixed(-10), Unit::Time, &[times(Period::Quarter, 1)])),
    (&[], ("参加三会一课", Category::Duty, Score::Fixed(2), Unit::Time, &[])),
    (DEDUCTIBLE, ("无故缺席", Category::Duty, Score::Fixed(-3), Unit::Time, &[])),
    (DEDUCTIBLE, ("迟交党费", Category::Duty, Score::Fixed(-2), Unit::Time, &[times(Period::Month, 1)])),
];

/// Points with which every party member starts the year.
pub const MEMBER_OPENING: u32 = 60;

/// The suggested first version of the rule book.
pub fn rule_book(effective: Date, counters: &mut Counters, device: DeviceId) -> RuleBook {
    let villager = VILLAGER.iter().map(|line| (Ledger::Villager, &[][..], line));
    let member = MEMBER.iter().map(|(kinds, line)| (Ledger::Member, *kinds, line));
    let mut numbers = [0, 0];
    let items = villager.chain(member).map(|(ledger, kinds, (name, category, score, unit, caps))| {
        let number = &mut numbers[ledger as usize];
        *number += 1;
        let letter = if ledger == Ledger::Villager { 'Q' } else { 'D' };
        Item {
            id: counters.next(device),
            code: format!("{letter}{number:02}"),
            ledger,
            member_types: kinds.to_vec(),
            category: *category,
            name: (*name).to_owned(),
            score: *score,
            unit: *unit,
            caps: caps.to_vec(),
            conditions: Conditions::default(),
        }
    });
    RuleBook {
        version: RuleVersion(1),
        label: format!("{}-1", effective.year()),
        effective,
        adopted: effective,
        items: items.collect(),
        category_caps: Vec::new(),
        meeting: Meeting::default(),
    }
}
