//! A year of double points: what the households and the party members did.

use jiff::civil::{Date, Weekday};

use super::Span;
use super::photos::Picture;
use super::play::{Deed, Plan, Scene};
use super::random::Random;
use crate::domain::calendar::{Moment, Quarter, add_days};
use crate::domain::id::HouseholdId;
use crate::domain::order::sort_by_key;
use crate::domain::points::ledger::Account;
use crate::domain::roster::MemberType;

/// The item under which the village is cleaned.
const CLEANUP: &str = "环境整治";
const CLEANUPS: &[&str] = &[
    "清理村道两侧杂草",
    "清运河边漂浮物",
    "清理房前屋后柴草堆",
    "疏通排水沟",
    "清扫文化广场",
    "整理田间废弃农膜",
    "清除墙面小广告",
    "打捞沟渠垃圾",
];
const SERVICES: &[&str] = &["给独居老人送餐", "陪老人体检", "假期看护学生", "文艺演出布置", "义务理发帮手", "道路劝导"];
const MEETINGS: &[&str] = &["村民代表会议", "积分评议会", "院坝会", "防汛动员会", "人居环境评比会"];
const ADVICE: &[&str] = &["建议路口加装凸面镜", "建议错峰用水", "建议广场加装座椅", "建议统一收购农膜"];
/// Deductions: the item and what the record says.
const FAULTS: &[(&str, &str)] = &[
    ("乱倒垃圾", "垃圾倒在桶外,劝导后仍未清理"),
    ("焚烧秸秆", "田边焚烧秸秆,已当场扑灭"),
    ("房前屋后不达标", "当月评比不达标"),
    ("违规养犬", "犬只未拴绳"),
    ("房前屋后不达标", "柴草堆放占道"),
];
/// Days of the anchor household this quarter.
const ANCHOR_DAYS: usize = 8;

/// What is written while planning.
struct Planner<'a> {
    scene: &'a Scene,
    random: &'a mut Random,
    plans: Vec<Plan>,
}

/// Everything that scores in the four quarters.
pub(super) fn plan(scene: &Scene, span: &Span, random: &mut Random) -> Vec<Plan> {
    let mut planner = Planner { scene, random, plans: Vec::new() };
    planner.plans.extend(year_before(scene, span));
    for quarter in span.quarters {
        let days = span.days(quarter);
        let anchor_days = if quarter == span.current() { anchor_days(&days) } else { Vec::new() };
        for day in &days {
            planner.weekly(*day, quarter == span.current(), &anchor_days);
            planner.monthly(*day);
            planner.members_monthly(*day, quarter);
        }
        if let Some(day) = anchor_days.get(anchor_days.len() / 2) {
            let lines = vec![(Account::Household(scene.anchor), 1)];
            planner.add(*day, 19, "调解邻里纠纷", "劝和两户田埂争执", lines);
        }
    }
    planner.plans
}

/// Where the quarters are those of one year, what the days before it brought: the
/// households have something that is carried over as well.
fn year_before(scene: &Scene, span: &Span) -> Option<Plan> {
    let day = add_days(span.first(), -6);
    let present = scene.active.iter().step_by(2).map(|active| Account::Household(active.0));
    let lines = once(present.collect());
    let deed = Deed::Activity { item: CLEANUP, note: "岁末清洁日", lines, picture: None };
    (span.first().month() == 1).then_some(Plan { at: Moment::at(day, 17, 30), deed })
}

/// The last cleanup in which the anchor household took part is proved by a photo.
pub(super) fn show_last(plans: &mut [Plan], anchor: HouseholdId) {
    let with_anchor = plans.iter_mut().rev().find_map(|plan| match &mut plan.deed {
        Deed::Activity { item: CLEANUP, lines, picture, .. } => {
            lines.iter().any(|line| line.0 == Account::Household(anchor)).then_some(picture)
        }
        _ => None,
    });
    if let Some(picture) = with_anchor {
        *picture = Some(Picture::Path);
    }
}

/// The days on which the anchor household takes part: Saturdays when all take
/// part, then Wednesdays, then whatever day there is.
fn anchor_days(days: &[Date]) -> Vec<Date> {
    let mut chosen = days.to_vec();
    sort_by_key(&mut chosen, |day| match day.weekday() {
        Weekday::Saturday => 0,
        Weekday::Wednesday => 1,
        _ => 2,
    });
    chosen.truncate(ANCHOR_DAYS);
    sort_by_key(&mut chosen, |day| *day);
    chosen
}

impl Planner<'_> {
    fn add(&mut self, day: Date, hour: u8, item: &'static str, note: &'static str, lines: Vec<(Account, u32)>) {
        let at = Moment::at(day, hour, self.random.clock(0, 55));
        self.plans.push(Plan { at, deed: Deed::Activity { item, note, lines, picture: None } });
    }

    fn weekly(&mut self, day: Date, is_current: bool, anchor_days: &[Date]) {
        let anchor = Account::Household(self.scene.anchor);
        if day.weekday() == Weekday::Saturday {
            let mut present = self.scene.turnout(self.random, 8);
            if anchor_days.contains(&day) || (!is_current && self.random.chance(30)) {
                present.push(anchor);
            }
            let note = *self.random.pick(CLEANUPS);
            self.add(day, 18, CLEANUP, note, once(present));
            if day.day() == 14 {
                let reason = "名单核对有误,该户当天没有参加";
                self.plans.push(Plan { at: Moment::at(day, 20, 0), deed: Deed::TakeBack { reason } });
            }
        } else if anchor_days.contains(&day) {
            let mut present = self.scene.helpers(self.random, 4);
            present.push(anchor);
            self.add(day, 17, CLEANUP, "补做河堤保洁", once(present));
        }
        match day.weekday() {
            Weekday::Sunday if self.random.chance(45) => {
                let count = self.random.between(8, 20) as usize;
                let present = self.scene.helpers(self.random, count);
                let lines = present.into_iter().map(|account| (account, self.random.between(1, 4))).collect();
                let note = *self.random.pick(SERVICES);
                self.add(day, 17, "志愿服务", note, lines);
            }
            Weekday::Tuesday if self.random.chance(40) => {
                let present = self.scene.helpers(self.random, 6);
                self.add(day, 21, "治安巡逻、防汛值守", "夜间巡逻", once(present));
            }
            Weekday::Thursday if self.random.chance(30) => self.now_and_then(day),
            _ => {}
        }
    }

    /// Single acts and single faults.
    fn now_and_then(&mut self, day: Date) {
        let one = self.scene.helpers(self.random, 1);
        match self.random.below(6) {
            0 => self.add(day, 16, "调解邻里纠纷", "帮邻里说和", once(one)),
            1 => self.add(day, 16, "照护孤寡病残", "照看生病的独居老人", once(one)),
            2 => {
                let note = *self.random.pick(ADVICE);
                self.add(day, 16, "建言被采纳", note, once(one));
            }
            3 => self.add(day, 16, "红白事简办", "喜事新办,酒席从简", once(one)),
            _ => {
                let (item, note) = *self.random.pick(FAULTS);
                self.add(day, 16, item, note, once(one));
            }
        }
    }

    fn monthly(&mut self, day: Date) {
        match day.day() {
            10 => {
                let present = self.scene.turnout(self.random, 14);
                let note = *self.random.pick(MEETINGS);
                self.add(day, 20, "参加会议", note, once(present));
            }
            26 => {
                let present = self.scene.turnout(self.random, 11);
                self.add(day, 17, "庭院达标", "月度庭院评比", once(present));
            }
            27 => {
                let present = self.scene.turnout(self.random, 6);
                self.add(day, 17, "垃圾分类", "月度分类检查", once(present));
            }
            _ => {}
        }
    }

    fn members_monthly(&mut self, day: Date, quarter: Quarter) {
        match day.day() {
            5 => {
                let everybody: Vec<_> = self.scene.members.iter().map(|member| Account::Member(member.0)).collect();
                let count = everybody.len();
                let mut order = self.random.some(&everybody, count);
                let absent = order.split_off(count * 9 / 10);
                self.add(day, 20, "参加三会一课", "党员大会和党课", once(order));
                let blamed: Vec<_> =
                    absent.into_iter().filter(|account| self.may_be_blamed(*account)).take(2).collect();
                self.add(day, 21, "无故缺席", "未请假", once(blamed));
            }
            12 => self.share(day, MemberType::WithoutPost, 70, "党员志愿服务", "清洁家园党员先行", 1),
            15 => self.share(day, MemberType::Linked, 35, "为民代办", "代缴医保、代办认证", 2),
            18 => self.share(day, MemberType::Migrant, 75, "线上学习", "线上党课", 2),
            20 => self.share(day, MemberType::Linked, 40, "上报信息", "上报网格信息", 3),
            22 => self.share(day, MemberType::Linked, 12, "参与调解", "参与调解邻里纠纷", 1),
            23 => self.share(day, MemberType::WithoutPost, 20, "建言采纳", "提出村级建议", 1),
            25 => self.share(day, MemberType::WithoutPost, 85, "认岗履责", "岗位履职考评合格", 1),
            _ => {}
        }
        if day == quarter.first_day() {
            self.share(day, MemberType::Migrant, 88, "季度报到", "电话报到", 1);
            self.share(day, MemberType::Migrant, 35, "返乡服务", "返乡期间参加义务劳动", 1);
        }
    }

    /// So many of a hundred members of a type, with up to `units` each.
    fn share(&mut self, day: Date, kind: MemberType, percent: u32, item: &'static str, note: &'static str, units: u32) {
        let accounts = self.of_type(kind);
        let mut lines = Vec::new();
        for account in accounts {
            if self.random.chance(percent) {
                lines.push((account, self.random.between(1, units)));
            }
        }
        self.add(day, 19, item, note, lines);
    }

    fn of_type(&self, kind: MemberType) -> Vec<Account> {
        let members = self.scene.members.iter().filter(|member| member.1 == kind);
        members.map(|member| Account::Member(member.0)).collect()
    }

    fn may_be_blamed(&self, account: Account) -> bool {
        let mut members = self.scene.members.iter();
        members.any(|(person, kind)| Account::Member(*person) == account && *kind != MemberType::Exempt)
    }
}

/// Each account with one unit.
fn once(accounts: Vec<Account>) -> Vec<(Account, u32)> {
    accounts.into_iter().map(|account| (account, 1)).collect()
}
