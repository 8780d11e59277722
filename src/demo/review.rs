//! What the demo village has to look at: two who record and review each other, a
//! new version of the rule book from this quarter on, and claims of both ledgers,
//! of which some were decided and others wait since yesterday.

use super::photos::Picture;
use super::play::{Deed, Plan, Player, Scene, shown};
use super::{DemoError, Span};
use crate::domain::calendar::{Moment, add_days};
use crate::domain::command::{Command, NewClaims, Verdict};
use crate::domain::id::StaffId;
use crate::domain::points::adoption::{NewItem, NewRuleBook};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{Cap, CapOf, Category, CategoryCap, Ledger, OwnScore, Period, Score};
use crate::domain::points::settings::{Reviewing, Settings};
use crate::domain::refusal::Refusal;
use crate::domain::roster::MemberType;
use crate::domain::staff::Standing;

const STAFF: [&str; 2] = ["周建国", "陈秀兰"];
/// The item under which a booklet is shown.
const DONATION: &str = "无偿献血";
/// Claims: the item, and what is told.
const CLAIMS: [(&str, &str); 9] = [
    ("照护孤寡病残", "给隔壁独居老人送饭三天"),
    ("建言被采纳", "建议桥头装减速带,已采纳"),
    ("红白事简办", "孩子升学没有办酒"),
    (DONATION, "县血站献血,有献血证"),
    ("调解邻里纠纷", "劝和两家宅基地边的口角"),
    ("照护孤寡病残", "陪邻居去镇卫生院换药"),
    ("治安巡逻、防汛值守", "晚上跟队巡逻两个小时"),
    ("建言被采纳", "建议垃圾点改到路口,已采纳"),
    ("红白事简办", "老人寿宴只请自家人"),
];

/// Claims of members: their type, the item, what is told, and what is shown.
const MEMBER_CLAIMS: [(MemberType, &str, &str, Option<Picture>); 6] = [
    (MemberType::Linked, "为民代办", "到村部代办两位老人的养老金认证", Some(Picture::Desk)),
    (MemberType::WithoutPost, "党员志愿服务", "给困难户修补院墙半天", None),
    (MemberType::Linked, "上报信息", "上报七组路面塌陷,已拉警戒线", None),
    (MemberType::Migrant, "联系务工群众", "帮两位同村工友问清工资发放时间", None),
    (MemberType::WithoutPost, "建言采纳", "建议文化广场加一盏灯,已采纳", None),
    (MemberType::Linked, "参与调解", "劝和两户因排水起的口角", None),
];

/// What the second of those who record thinks of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opinion {
    /// 通过
    Approve,
    /// 退回, for this reason.
    Return(&'static str),
}

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
        let picture = (item == DONATION).then_some(Picture::Booklet);
        let deed = |home| Deed::Claim { item, note, account: Account::Household(home), picture };
        plans.extend(home.map(|home| Plan { at, deed: deed(home) }));
    }
    for (turn, (kind, item, note, picture)) in (0..).zip(MEMBER_CLAIMS) {
        // Every fifth of a type.
        let member = scene.members.iter().filter(|member| member.1 == kind).nth(usize::from(turn) + 3);
        let at = Moment::at(span.last(), 18, turn * 5);
        let deed = |person| Deed::Claim { item, note, account: Account::Member(person), picture };
        plans.extend(member.map(|member| Plan { at, deed: deed(member.0) }));
    }
    for (minute, ledger, opinion) in [
        (30, Ledger::Villager, Opinion::Return("请写明照护的是哪一户、哪几天")),
        (32, Ledger::Villager, Opinion::Approve),
        (34, Ledger::Member, Opinion::Approve),
        (36, Ledger::Member, Opinion::Return("请写明是哪一户,修了哪一段")),
    ] {
        plans.push(Plan { at: Moment::at(span.last(), 20, minute), deed: Deed::Review(ledger, opinion) });
    }
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

    pub(super) fn claim(
        &mut self,
        at: Moment,
        (name, note): (&str, &str),
        account: Account,
        picture: Option<Picture>,
    ) -> Result<(), DemoError> {
        let date = at.date();
        let book = self.village.rules.in_force(date).ok_or(Refusal::NoRuleBook(date))?;
        let item = book.items.iter().find(|item| item.name == name).ok_or(Refusal::UnknownItem)?;
        if !self.is_bearable(book, item, account, 1, at) {
            return Ok(());
        }
        let (item, note, lines) = (item.id, note.to_owned(), vec![(account, 1)]);
        let filed = Command::FileClaims(NewClaims { item, date, note, lines, by: self.staff(0) });
        self.play(at, shown(filed, picture))
    }

    /// The first claim that waits is decided, so that there is one to look at.
    pub(super) fn review_one(&mut self, at: Moment, ledger: Ledger, opinion: Opinion) -> Result<(), DemoError> {
        let first = self.village.open_claims(ledger, None).map(|claim| claim.filed.id).next();
        let Some(claim) = first else { return Ok(()) };
        let verdict = match opinion {
            Opinion::Approve => Verdict::Approve { points_each: Vec::new() },
            Opinion::Return(reason) => Verdict::Return(reason.to_owned()),
        };
        self.play(at, Command::DecideClaims { claims: vec![claim], verdict, by: self.staff(1) })
    }
}
