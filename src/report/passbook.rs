//! 存折: everything that happened to one account, with the running balance.

use jiff::civil::Date;

use super::disputes::dispute_tag;
use super::photos;
use super::ranking::{Place, place_in_grid};
use super::tag::{Tag, Tone, case_number, day_words, dotted, plus_minus};
use super::vetoes::{VetoSign, veto_sign};
use super::visits::visit_words;
use crate::domain::calendar::Quarter;
use crate::domain::id::{CaseId, EntryId, HouseholdId, PhotoId, RedemptionId, VisitId};
use crate::domain::order::sort_by_key;
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::close::objection_end;
use crate::domain::points::dispute::Outcome;
use crate::domain::points::ledger::{Account, ClearCause, Entry, Reason};
use crate::domain::points::rule::{Unit, signed};
use crate::domain::points::settings::redeemable;
use crate::domain::points::shelf::{BasketLine, Redemption, basket_points};
use crate::domain::points::sums::account_sums;
use crate::domain::roster::words;
use crate::domain::village::Village;

/// What a line did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// 加分
    Plus,
    /// 扣分
    Minus,
    /// 兑换, and what was handed back.
    Redeemed,
}

words!(LineKind { Plus = "加分", Minus = "扣分", Redeemed = "兑换" });

/// One line of the passbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassbookLine {
    /// 「9月26日」
    pub day: String,
    /// The same as a date.
    pub date: Date,
    /// The item's name, or 冲正, 兑换, 起始分.
    pub item: String,
    /// The note, the goods, or what was corrected.
    pub detail: String,
    /// `+5`
    pub plus: Option<String>,
    /// `−4`
    pub minus: Option<String>,
    /// What it did.
    pub kind: LineKind,
    /// The entry that it takes back, and so lessens what that came to.
    pub reverses: Option<EntryId>,
    /// Its points, below zero for what was taken or redeemed.
    pub points: i64,
    /// Balance after the line.
    pub balance: i64,
    /// The entry; `None` for a redemption.
    pub entry: Option<EntryId>,
    /// The redemption, where it can be handed back.
    pub returnable: Option<RedemptionId>,
    /// Whether the entry may be taken back by 冲正.
    pub can_reverse: bool,
    /// Whether photos may be added that prove it.
    pub takes_photos: bool,
    /// Whether an objection may be raised against it.
    pub can_dispute: bool,
    /// How an objection against it stands, or that it was taken back.
    pub mark: Option<Tag>,
    /// The case that earned it, with its number.
    pub case: Option<(CaseId, String)>,
    /// The visit that earned it: 「来自走访 9月26日 1-002」.
    pub visit: Option<(VisitId, String)>,
    /// What shows that it was earned.
    pub photos: Vec<PhotoId>,
}

/// The passbook of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passbook {
    /// Whose points.
    pub account: Account,
    /// 「第二网格 · 2-017 户」; for a member 「第二网格 · 联户党员」.
    pub title: String,
    /// Name of the head, the villager or the member.
    pub name: String,
    /// The household, where the villager ledger leads to it.
    pub home: Option<HouseholdId>,
    /// Why nothing more is recorded here: accounts of the other kind are in use.
    pub settled: Option<&'static str>,
    /// People in the household; 1 for a person.
    pub people_count: usize,
    /// 结余
    pub balance: i64,
    /// 可兑
    pub redeemable: i64,
    /// 本季加分
    pub earned_quarter: i64,
    /// 本季扣分, zero or negative.
    pub deducted_quarter: i64,
    /// 年终清零 and 过期 of the quarter, zero or negative.
    pub cleared_quarter: i64,
    /// 本季兑换
    pub redeemed_quarter: i64,
    /// 本季退还
    pub returned_quarter: i64,
    /// 上季结余
    pub opening_quarter: i64,
    /// 「6 / 102」, in the grid or inside the type; `—` where there is none.
    pub place: String,
    /// The veto that counts today.
    pub veto: Option<VetoSign>,
    /// Newest first.
    pub lines: Vec<PassbookLine>,
}

/// The passbook of the account, if it is in the village.
pub fn passbook(village: &Village, account: Account, today: Date) -> Option<Passbook> {
    let household = village.home_of(account).filter(|_| village.has_account(account))?;
    let quarter = Quarter::of(today);
    let sums = account_sums(village, account, quarter);
    let grid = village.people.grid_name(household.grid);
    let (title, people_count) = match account {
        Account::Household(_) => (dotted(&[grid, &format!("{} 户", household.number)]), household.people.len()),
        Account::Villager(_) => (dotted(&[grid, &format!("{} 户", household.number)]), 1),
        Account::Member(person) => {
            let person = village.people.persons.get(person)?;
            let kind = person.member_type_on(today).or_else(|| person.member_type());
            (dotted(&[grid, kind.map_or("党员", |kind| kind.word())]), 1)
        }
    };
    Some(Passbook {
        account,
        title,
        name: village.account_name(account).to_owned(),
        home: account.of_villager().map(|_| household.id),
        settled: (!village.is_in_use(account)).then(|| settled_words(village.villager_accounts.now())),
        people_count,
        balance: sums.balance,
        redeemable: redeemable(village, account, today).max(0),
        earned_quarter: sums.earned,
        deducted_quarter: sums.deducted,
        cleared_quarter: sums.cleared,
        redeemed_quarter: sums.redeemed,
        returned_quarter: sums.returned,
        opening_quarter: sums.opening,
        place: place_in_grid(village, account, quarter).map_or_else(|| "—".to_owned(), Place::words),
        veto: veto_sign(village, account, today),
        lines: lines(village, account, today),
    })
}

const fn settled_words(now: VillagerAccount) -> &'static str {
    match now {
        VillagerAccount::Household => "本村已改为按户记分。这是按人记分时的旧存折,结清了,只供查看和打印。",
        VillagerAccount::Person => "本村已改为按人记分。这是按户记分时的旧存折,结清了,只供查看和打印。",
    }
}

/// By date, then in the order of recording; what was redeemed on a day comes
/// after what was earned on it.
fn lines(village: &Village, account: Account, today: Date) -> Vec<PassbookLine> {
    let entries = with_one_carried(village, account).into_iter();
    let entries = entries.map(|entry| entry_line(village, &entry, today));
    let redemptions = village.shelf.redemptions_of(account).map(|one| redemption_line(village, one, today));
    let mut lines: Vec<PassbookLine> = entries.chain(redemptions).collect();
    sort_by_key(&mut lines, |line| line.date);
    let mut balance = 0;
    for line in &mut lines {
        balance += line.points;
        line.balance = balance;
    }
    lines.reverse();
    lines
}

/// Households that were joined bring a 结转 each out of the same year: it is one.
fn with_one_carried(village: &Village, account: Account) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for entry in village.entries.of(account) {
        let (Reason::Carried { year, points }, None) = (entry.reason, village.entries.reversal_of(entry.id)) else {
            found.push(entry);
            continue;
        };
        let standing = found.iter_mut().filter(|known| village.entries.reversal_of(known.id).is_none());
        let same = standing.map(|known| &mut known.reason).find_map(|known| match known {
            Reason::Carried { year: known, points } if *known == year => Some(points),
            _ => None,
        });
        match same {
            Some(sum) => *sum = sum.saturating_add(points),
            None => found.push(entry),
        }
    }
    found
}

fn entry_line(village: &Village, entry: &Entry, today: Date) -> PassbookLine {
    let note = village.note(entry.note);
    let detail = match entry.reason {
        Reason::Opening => note.to_owned(),
        Reason::Cleared(cause) => clear_words(village, cause),
        Reason::Carried { year, points } => format!("{year}年结余 {points} 分,转到 {}年", year.saturating_add(1)),
        Reason::Returned(redemption) => {
            let original = village.shelf.redemption(redemption);
            let words = original.map_or_else(String::new, |one| {
                format!("{} 兑换的 {}", day_words(one.at.date(), today), goods_words(village, &one.lines))
            });
            joined(&words, note)
        }
        Reason::Act { item, version, quantity, .. } => {
            let item = village.rules.version(version).and_then(|book| book.item(item));
            let quantity = item.map_or_else(String::new, |item| quantity_words(quantity, item.unit));
            joined(&quantity, note)
        }
        Reason::Reversal(original) => {
            let line = village.entries.get(original).map(|original| line_words(village, &original, today));
            joined(&format!("更正 {}", line.unwrap_or_default()), note)
        }
    };
    let is_carried = matches!(entry.reason, Reason::Carried { .. });
    let (plus, minus) = if is_carried { (None, None) } else { plus_minus(i64::from(entry.points)) };
    let reverses = match entry.reason {
        Reason::Reversal(original) => Some(original),
        _ => None,
    };
    let taken_back = village.entries.reversal_of(entry.id).is_some();
    let in_time = objection_end(village, entry.account.ledger(), entry.date).is_none_or(|end| today <= end);
    let is_returned = matches!(entry.reason, Reason::Returned(_));
    let stands = reverses.is_none() && !is_carried && !is_returned && !taken_back;
    let can_change = village.check_correction(entry.account, -i64::from(entry.points)).is_ok();
    let dispute = village.disputes.get(entry.id);
    PassbookLine {
        day: day_words(entry.date, today),
        date: entry.date,
        item: entry_title(village, entry).to_owned(),
        detail: joined(&detail, &kept_words(village, entry.id)),
        plus,
        minus,
        kind: match entry.points {
            _ if is_returned => LineKind::Redeemed,
            ..0 => LineKind::Minus,
            _ => LineKind::Plus,
        },
        reverses,
        points: entry.points.into(),
        balance: 0,
        entry: Some(entry.id),
        returnable: None,
        can_reverse: stands
            && can_change
            && entry.reason.is_correctable()
            && dispute.is_none_or(|dispute| !dispute.is_open()),
        takes_photos: stands && entry.reason.is_act() && village.is_in_use(entry.account),
        can_dispute: stands && can_change && dispute.is_none() && in_time,
        mark: dispute_tag(village, entry.id, today).or_else(|| taken_back.then(|| Tag::new("已冲正", Tone::Plain))),
        case: village.case_of(entry.id).and_then(|id| {
            let case = village.cases.get(id)?;
            Some((id, case_number(case.opening.number)))
        }),
        visit: village.visits.of_entry(entry.id).and_then(|id| Some((id, visit_words(village, id, today)?))),
        photos: photos::ids(village.photos_of_entry(entry.id)),
    }
}

/// 「9月26日 环境整治 +5」
pub(super) fn line_words(village: &Village, entry: &Entry, today: Date) -> String {
    format!("{} {} {}", day_words(entry.date, today), entry_title(village, entry), signed(entry.points.into()))
}

/// 「异议维持:核对签到表,登记无误」; empty where no objection was turned down.
fn kept_words(village: &Village, entry: EntryId) -> String {
    let decided = village.disputes.get(entry).and_then(|dispute| dispute.decided);
    let kept = decided.filter(|decided| decided.outcome == Outcome::Kept);
    kept.map_or_else(String::new, |decided| format!("异议维持:{}", village.note(Some(decided.note))))
}

/// The item's name, or 冲正, 起始分, 清零, 过期, 结转, 退还.
pub(super) fn entry_title<'a>(village: &'a Village, entry: &Entry) -> &'a str {
    match entry.reason {
        Reason::Opening => "起始分",
        Reason::Cleared(ClearCause::Expired(_)) => "过期",
        Reason::Cleared(_) => "清零",
        Reason::Carried { .. } => "结转",
        Reason::Returned(_) => "退还",
        Reason::Reversal(_) => "冲正",
        Reason::Act { item, version, .. } => {
            let item = village.rules.version(version).and_then(|book| book.item(item));
            item.map_or("事项", |item| item.name.as_str())
        }
    }
}

/// Why points were cleared: 「一票否决 柳村〔2025〕7号」.
fn clear_words(village: &Village, cause: ClearCause) -> String {
    match cause {
        ClearCause::Veto(veto) => {
            let document = village.vetoes.get(veto).map(|veto| veto.imposed.document);
            format!("一票否决 {}", village.note(document))
        }
        ClearCause::YearEnd(year) => format!("{year}年年终清零"),
        ClearCause::Expired(months) => format!("满 {months} 个月没有兑换"),
    }
}

fn redemption_line(village: &Village, redemption: &Redemption, today: Date) -> PassbookLine {
    let date = redemption.at.date();
    let mut detail = goods_words(village, &redemption.lines);
    let proxy = village.note(redemption.proxy);
    if !proxy.is_empty() {
        detail = format!("{detail}(代领:{proxy})");
    }
    let (item, minus) = if redemption.undone {
        ("兑换(已撤销)", None)
    } else {
        ("兑换", plus_minus(-basket_points(&redemption.lines)).1)
    };
    let can_return = redemption.stands()
        && date < today
        && village.check_correction(redemption.account, redemption.points()).is_ok();
    PassbookLine {
        day: day_words(date, today),
        date,
        item: item.to_owned(),
        detail,
        plus: None,
        minus,
        kind: LineKind::Redeemed,
        reverses: None,
        points: -redemption.points(),
        balance: 0,
        entry: None,
        returnable: can_return.then_some(redemption.id),
        can_reverse: false,
        takes_photos: false,
        can_dispute: false,
        mark: redemption.returned.map(|day| Tag::new(format!("{}退还", day_words(day, today)), Tone::Plain)),
        case: None,
        visit: None,
        photos: Vec::new(),
    }
}

/// 「2 小时」; nothing for a single time.
fn quantity_words(quantity: u32, unit: Unit) -> String {
    if quantity == 1 { String::new() } else { format!("{quantity} {}", unit.word()) }
}

/// 「洗衣液 2 kg ×1、食盐 400 g ×3」
pub(super) fn goods_words(village: &Village, lines: &[BasketLine]) -> String {
    let words = lines.iter().map(|line| {
        let name = village.shelf.goods.get(line.goods).map_or("物品", |goods| goods.name.as_str());
        format!("{name} ×{}", line.quantity)
    });
    words.collect::<Vec<_>>().join("、")
}

fn joined(first: &str, second: &str) -> String {
    match (first, second) {
        ("", only) | (only, "") => only.to_owned(),
        (first, second) => format!("{first},{second}"),
    }
}
