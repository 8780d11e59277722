//! 待审: claims that somebody has to look at, and those that were decided.

use jiff::civil::Date;

use super::photos;
use super::tag::{case_number, day_words, dotted};
use super::visits::visit_words;
use crate::domain::calendar::{Month, long_date};
use crate::domain::decide::approval::Batch;
use crate::domain::id::{ClaimId, PhotoId, StaffId};
use crate::domain::order::sort_by_key;
use crate::domain::points::claim::{Claim, ClaimState};
use crate::domain::points::close::CloseRefusal;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{Ledger, Score, signed};
use crate::domain::points::rule_refusal::RuleRefusal;
use crate::domain::refusal::Refusal;
use crate::domain::village::Village;

/// Decided claims that are listed.
const DECIDED_MAX: usize = 30;

/// A claim that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// Which.
    pub claim: ClaimId,
    /// Whose points.
    pub account: Account,
    /// 「王海林」
    pub name: String,
    /// 「第二网格 · 2-017」
    pub place: String,
    /// 「9月26日」
    pub day: String,
    /// 「环境整治」
    pub item: String,
    /// 「×2」; empty for one.
    pub quantity: String,
    /// 「村东路沿清扫」; may be empty.
    pub note: String,
    /// 「+5」, or 「+3~+8」 where the points are still to be chosen.
    pub points: String,
    /// How many units.
    pub times: u32,
    /// Points for one unit; `None` where no rule gives them.
    pub score: Option<Score>,
    /// Who recorded it, or 「未写」.
    pub recorder: String,
    /// Why it cannot be approved now.
    pub barred: Option<String>,
    /// Why it cannot be approved together with those before it.
    pub crowded: Option<String>,
    /// What it shows for evidence.
    pub photos: Vec<PhotoId>,
}

impl ReviewRow {
    /// What it brings with these points for one unit; the least of a range
    /// while none of it is chosen.
    pub fn brings(&self, chosen: Option<i32>) -> i64 {
        let each = self.score.map_or(0, |score| score.with(chosen).unwrap_or(score.least()));
        i64::from(each) * i64::from(self.times)
    }

    /// The range from which points for one unit are chosen.
    pub fn range(&self) -> Option<(i32, i32)> {
        match self.score {
            Some(Score::Range(low, high)) => Some((low, high)),
            _ => None,
        }
    }
}

/// A claim that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedRow {
    /// Which.
    pub claim: ClaimId,
    /// Whose points.
    pub account: Account,
    /// 「王海林(2-017)」
    pub name: String,
    /// 「环境整治 · 9月26日」
    pub what: String,
    /// Whether it was approved.
    pub is_approved: bool,
    /// 「已入账 +5」 or 「已退回:没有照片」
    pub outcome: String,
    /// 「李会计登记,王主任审核」
    pub hands: String,
}

/// The queue of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewList {
    /// Claims that wait, oldest act first.
    pub rows: Vec<ReviewRow>,
    /// The last that were decided, newest first.
    pub decided: Vec<DecidedRow>,
    /// Whether each claim takes two people.
    pub takes_two: bool,
}

/// The queue, as whoever is at the laptop sees it.
pub fn review_list(village: &Village, ledger: Ledger, by: Option<StaffId>, today: Date) -> ReviewList {
    let mut open: Vec<&Claim> = village.open_claims(ledger, None).collect();
    sort_by_key(&mut open, |claim| claim.filed.date);
    let all = village.claims.iter().filter(|claim| claim.filed.account.ledger() == ledger);
    let mut decided: Vec<&Claim> = all.filter(|claim| claim.review.is_some()).collect();
    sort_by_key(&mut decided, |claim| std::cmp::Reverse(claim.review.map(|review| review.at)));
    let mut before = Batch::default();
    ReviewList {
        rows: open.into_iter().map(|claim| open_row(village, claim, &mut before, by, today)).collect(),
        decided: decided.into_iter().take(DECIDED_MAX).map(|claim| decided_row(village, claim, today)).collect(),
        takes_two: village.takes_two(),
    }
}

/// Number of claims that wait, in both ledgers.
pub fn waiting(village: &Village) -> usize {
    village.claims.iter().filter(|claim| claim.state == ClaimState::Open).count()
}

/// A claim that cannot be approved, or not together with those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Which.
    pub claim: ClaimId,
    /// 「周五(1-002)9月26日的环境整治」
    pub who: String,
    /// Why.
    pub why: String,
}

/// Those of the claims that stand in the way when they are approved together,
/// with the points for one unit that were chosen.
pub fn stuck(village: &Village, claims: &[(ClaimId, Option<i32>)], by: Option<StaffId>, today: Date) -> Vec<Stuck> {
    let mut batch = Batch::default();
    let open = claims.iter().filter_map(|(id, chosen)| Some((village.claims.get(*id)?, *chosen)));
    let stuck = open.filter_map(|(claim, chosen)| {
        let why = match own(village, claim, by) {
            Some(why) => why,
            None => why(batch.take(village, claim, chosen).err()?),
        };
        let account = village.account_now(claim.filed.account);
        let number = village.home_of(account).map_or("", |home| home.number.as_str());
        let (name, day) = (village.account_name(account), day_words(claim.filed.date, today));
        let who = format!("{name}({number}){day} 的{}", item_name(village, claim));
        Some(Stuck { claim: claim.filed.id, who, why })
    });
    stuck.collect()
}

/// Nobody approves what they recorded themselves, where it takes two.
fn own(village: &Village, claim: &Claim, by: Option<StaffId>) -> Option<String> {
    let is_own = village.takes_two() && village.is_by(claim, by);
    is_own.then(|| "自己登记的,要别人审".to_owned())
}

/// A refusal in the few words that have room in a row.
fn why(refusal: Refusal) -> String {
    match refusal {
        Refusal::NoRuleBook(_) | Refusal::UnknownItem => "这一天的细则里没有这个事项".to_owned(),
        Refusal::NotApplicable { .. } => "那天不能记这个事项:人不在本村,或党员类型不合".to_owned(),
        Refusal::Rules(RuleRefusal::NoEvidence(_)) => "要有凭据:没有照片,也没写事由".to_owned(),
        Refusal::CapReached { bound, .. } => format!("已到上限({})", bound.words()),
        Refusal::RewardedBefore(_) => "这件事项已经给过分".to_owned(),
        Refusal::Close(CloseRefusal::MonthClosed { day, .. }) => {
            format!("{}已经月结,不能再入账", Month::of(day).words())
        }
        Refusal::PointsOutOfRange { low, high } => format!("分值要填 {low} 到 {high}"),
        other => other.to_string(),
    }
}

fn open_row(village: &Village, claim: &Claim, before: &mut Batch, by: Option<StaffId>, today: Date) -> ReviewRow {
    let filed = claim.filed;
    let account = village.account_now(filed.account);
    let item = village.rules.in_force(filed.date).and_then(|book| book.item(filed.item));
    let score = item.map(|item| item.score_for(village.kind_on(account, filed.date)));
    let least = score.map(Score::least);
    let barred = own(village, claim, by).or_else(|| Batch::default().take(village, claim, least).err().map(why));
    let together = if barred.is_none() { before.take(village, claim, least).err() } else { None };
    let times = i64::from(filed.quantity);
    let points = match score {
        Some(Score::Fixed(points)) => signed(i64::from(points) * times),
        Some(score @ Score::Range(..)) => score.words(),
        None => "—".to_owned(),
    };
    ReviewRow {
        claim: filed.id,
        account,
        name: village.account_name(account).to_owned(),
        place: place_words(village, account),
        day: day_words(filed.date, today),
        item: item_name(village, claim),
        quantity: if filed.quantity == 1 { String::new() } else { format!("×{}", filed.quantity) },
        note: dotted(&[&case_words(village, claim), &told_visit(village, claim, today), village.note(filed.note)]),
        points,
        times: filed.quantity,
        score,
        recorder: recorder(village, claim),
        barred,
        crowded: together.map(|refusal| format!("和前面的一起通过就超了:{}", why(refusal))),
        photos: photos::ids(village.photos_of_claim(filed.id)),
    }
}

/// 「来自走访 9月26日 1-002」 of which the claim tells; empty for none.
fn told_visit(village: &Village, claim: &Claim, today: Date) -> String {
    let visit = village.visits.of_claim(claim.filed.id);
    visit.and_then(|visit| visit_words(village, visit, today)).unwrap_or_default()
}

/// 「0012 号事项」 that earns the claim; empty for none.
fn case_words(village: &Village, claim: &Claim) -> String {
    let case = claim.filed.case.and_then(|case| village.cases.get(case));
    case.map_or_else(String::new, |case| format!("{} 号事项", case_number(case.opening.number)))
}

/// A claim in words: day, item, what was told, what became of it.
pub(super) fn claim_words(village: &Village, claim: &Claim) -> [String; 4] {
    let note = village.note(claim.filed.note).to_owned();
    [long_date(claim.filed.date), item_name(village, claim), note, outcome(village, claim)]
}

/// 「已入账 +5」 or 「已退回:没有照片」
fn outcome(village: &Village, claim: &Claim) -> String {
    let points = |id| village.entries.get(id).map_or_else(String::new, |entry| signed(i64::from(entry.points)));
    match claim.state {
        ClaimState::Open => "待审".to_owned(),
        ClaimState::Approved(id) if village.entries.reversal_of(id).is_some() => "已入账,后来冲正".to_owned(),
        ClaimState::Approved(id) => format!("已入账 {}", points(id)),
        ClaimState::Returned(reason) => format!("已退回:{}", village.note(Some(reason))),
    }
}

fn decided_row(village: &Village, claim: &Claim, today: Date) -> DecidedRow {
    let account = village.account_now(claim.filed.account);
    let number = village.home_of(account).map_or("", |home| home.number.as_str());
    let second = village.staff_name(claim.review.and_then(|review| review.by));
    let looked = if second.is_empty() { String::new() } else { format!("{second}审核") };
    DecidedRow {
        claim: claim.filed.id,
        account,
        name: format!("{}({number})", village.account_name(account)),
        what: dotted(&[&item_name(village, claim), &day_words(claim.filed.date, today)]),
        is_approved: matches!(claim.state, ClaimState::Approved(_)),
        outcome: outcome(village, claim),
        hands: dotted(&[&format!("{}登记", recorder(village, claim)), &looked]),
    }
}

fn recorder(village: &Village, claim: &Claim) -> String {
    match village.staff_name(claim.filed.by) {
        "" => "未写经手人".to_owned(),
        name => name.to_owned(),
    }
}

fn place_words(village: &Village, account: Account) -> String {
    village
        .home_of(account)
        .map_or_else(String::new, |home| dotted(&[village.people.grid_name(home.grid), &home.number]))
}

/// The item's name on the day of the act, or as it last was.
pub(super) fn item_name(village: &Village, claim: &Claim) -> String {
    let then = village.rules.in_force(claim.filed.date).and_then(|book| book.item(claim.filed.item));
    let last = || village.rules.last_item(claim.filed.item);
    then.or_else(last).map_or_else(|| "已停用的事项".to_owned(), |item| item.name.clone())
}
