//! What the demo village has to look at: two who record and review each other, a new version of the
//! rule book from this quarter on, and claims that wait since yesterday.

use super::play::{Deed, Plan, Player, Scene};
use super::{DemoError, Span};
use crate::domain::calendar::{Moment, add_days};
use crate::domain::command::{Command, NewClaims, Verdict};
use crate::domain::id::{HouseholdId, StaffId};
use crate::domain::points::adoption::{NewItem, NewRuleBook};
use crate::domain::points::claim::ClaimState;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{Cap, CapOf, Category, CategoryCap, Ledger, OwnScore, Period, Score};
use crate::domain::points::settings::{Reviewing, Settings};
use crate::domain::refusal::Refusal;
use crate::domain::roster::MemberType;
use crate::domain::staff::Standing;

const STAFF: [&str; 2] = ["周建国", "陈秀兰"];
/// Claims: the item, and what is told.
const CLAIMS: [(&str, &str); 9] = [
    ("照护孤寡病残", "给隔壁独居老人送饭三天"),
    ("建言被采纳", "建议桥头装减速带,已采纳"),
    ("红白事简办", "孩子升学没有办酒"),
    ("无偿献血", "县血站献血,有献血证"),
    ("调解邻里纠纷", "劝和两家宅基地边的口角"),
    ("照护孤寡病残", "陪邻居去镇卫生院换药"),
    ("治安巡逻、防汛值守", "晚上跟队巡逻两个小时"),
    ("建言被采纳", "建议垃圾点改到路口,已采纳"),
    ("红白事简办", "老人寿宴只请自家人"),
];

/// Names, the new version, and the claims of yesterday.
pub(super) fn plan(scene: &Scene, span: &Span) -> Vec<Plan> {
    let first = span.first();
    let mut plans: Vec<_> =
        STAFF.iter().map(|name| Plan { at: Moment::at(add_days(first, -9), 9, 30), deed: Deed::Name(name) }).collect();
    plans.push(Plan { at: Moment::at(add_days(first, -9), 9, 45), deed: Deed::Settle(by_anybody) });
    plans.push(Plan { at: Moment::at(span.last(), 23, 45), deed: Deed::Settle(by_two) });
    let effective = span.current().first_day();
    plans.push(Plan { at: Moment::at(add_days(effective, -8), 20, 30), deed: Deed::Adopt });
    for (turn, (item, note)) in (0..).zip(CLAIMS) {
        // Every thirteenth of those who take part.
        let home = scene.active.get(usize::from(turn) * 13 + 4).map(|active| active.0);
        let at = Moment::at(span.last(), 19, turn * 5);
        plans.extend(home.map(|home| Plan { at, deed: Deed::Claim { item, note, home } }));
    }
    plans.push(Plan { at: Moment::at(span.last(), 20, 30), deed: Deed::ReviewOne });
    plans
}

/// For a year whoever recorded also entered.
fn by_anybody(before: Settings) -> Settings {
    Settings { reviewing: Reviewing::ByAnybody, budget_cents: 1_500_000, ..before }
}

/// Since last night it takes two.
fn by_two(before: Settings) -> Settings {
    Settings { reviewing: Reviewing::BySecondPerson, ..before }
}

impl Player {
    fn staff(&self, place: usize) -> Option<StaffId> {
        self.village.staff.active().nth(place).map(|staff| staff.id)
    }

    pub(super) fn name(&mut self, at: Moment, name: &str) -> Result<(), DemoError> {
        self.play(at, Command::NameStaff { staff: None, name: name.to_owned(), standing: Standing::Active })
    }

    /// A few changes, as a meeting makes them after three quarters.
    pub(super) fn adopt(&mut self, at: Moment) -> Result<(), DemoError> {
        let day = at.date();
        let book = self.village.rules.in_force(day).ok_or(Refusal::NoRuleBook(day))?;
        let mut items: Vec<NewItem> = book.items.iter().map(NewItem::from).collect();
        items.retain(|item| item.name != "国家级表彰");
        for item in &mut items {
            match item.name.as_str() {
                "建言被采纳" => item.score = Score::Fixed(3),
                "无偿献血" => item.conditions.needs_evidence = true,
                "参加三会一课" => {
                    item.conditions.own_scores = vec![OwnScore { kind: MemberType::Migrant, score: Score::Fixed(3) }];
                }
                _ => {}
            }
        }
        let family = items.iter().find(|item| item.name == "红白事简办").cloned();
        items.extend(family.map(|model| NewItem {
            id: None,
            code: "Q27".to_owned(),
            name: "文明家庭".to_owned(),
            score: Score::Range(5, 10),
            caps: vec![Cap { period: Period::Year, of: CapOf::Times(1) }],
            ..model
        }));
        let cap = Cap { period: Period::Month, of: CapOf::Points(60) };
        self.play(
            at,
            Command::AdoptRules(NewRuleBook {
                effective: add_days(day, 8),
                adopted: day,
                attendance: 58,
                decision: "村民代表 58 人到会,55 人同意:提高建言分,献血要有证,新设文明家庭。".to_owned(),
                items,
                category_caps: vec![CategoryCap { ledger: Ledger::Villager, category: Category::Environment, cap }],
            }),
        )
    }

    pub(super) fn claim(&mut self, at: Moment, name: &str, note: &str, home: HouseholdId) -> Result<(), DemoError> {
        let date = at.date();
        let book = self.village.rules.in_force(date).ok_or(Refusal::NoRuleBook(date))?;
        let item = book.items.iter().find(|item| item.name == name).ok_or(Refusal::UnknownItem)?;
        let account = Account::Household(home);
        if !self.is_bearable(book, item, account, 1, at) {
            return Ok(());
        }
        let (item, note, lines) = (item.id, note.to_owned(), vec![(account, 1)]);
        self.play(at, Command::FileClaims(NewClaims { item, date, note, lines, by: self.staff(0) }))
    }

    /// One claim is returned, so that there is one to look at.
    pub(super) fn review_one(&mut self, at: Moment) -> Result<(), DemoError> {
        let first =
            self.village.claims.iter().find(|claim| claim.state == ClaimState::Open).map(|claim| claim.filed.id);
        let Some(claim) = first else { return Ok(()) };
        let verdict = Verdict::Return("请写明照护的是哪一户、哪几天".to_owned());
        self.play(at, Command::DecideClaims { claims: vec![claim], verdict, by: self.staff(1) })
    }
}
