//! A year of a ledger: what each month, each quarter and the whole brought,
//! and 评优 inside the grid or the type, with what each place rests on.

mod periods;

use std::collections::HashMap;

use jiff::civil::Date;

pub use self::periods::PeriodRow;
use self::periods::rows;
use super::overview::{Todo, TodoTarget};
use super::tag::{Tag, Tone, dotted, thousands};
use crate::domain::calendar::Month;
use crate::domain::id::GridId;
use crate::domain::order::sort_by_key;
use crate::domain::points::close::year_end;
use crate::domain::points::entries::Cause;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::points::settings::CarryOver;
use crate::domain::points::sums::{Merit, merit};
use crate::domain::points::veto::VetoEffect;
use crate::domain::roster::MemberType;
use crate::domain::village::Village;

/// Why who is gone has no place.
const GONE: &str = "已不在册,不参评";
/// Places that are listed in each group.
const PLACES_MAX: usize = 10;

/// One place of 评优.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardRow {
    /// 「1」; nothing for one who is left out.
    pub place: String,
    /// Name of the head, or of the member.
    pub name: String,
    /// 户号
    pub number: String,
    /// What the place rests on: 「起始 60、加 34、扣 3」
    pub basis: String,
    /// What it comes to.
    pub score: i64,
    /// Why not: 「停评优(柳村发〔2026〕8号)」
    pub left_out: Option<String>,
}

/// Those who are compared with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardGroup {
    /// Name of the grid or the type.
    pub name: String,
    /// How many there are, those who are left out not counted.
    pub of: usize,
    /// The best of them, and whoever would stand among them.
    pub rows: Vec<AwardRow>,
}

/// What clearing at the end of the year would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearEnd {
    /// Accounts that hold points.
    pub accounts: usize,
    /// What they hold.
    pub points: i64,
    /// Of how many accounts it was carried into the next year.
    pub carried: usize,
    /// What the village has settled on.
    pub settled: String,
    /// Why it cannot be done, if so.
    pub barred: Option<String>,
}

/// A year of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsYear {
    /// Which.
    pub year: i16,
    /// How its accounts are counted: 户 or 人.
    pub counter: &'static str,
    /// Twelve months, four quarters behind their months, and the year.
    pub rows: Vec<PeriodRow>,
    /// Whether something redeemed was handed back in the year.
    pub has_returned: bool,
    /// 评优
    pub groups: Vec<AwardGroup>,
    /// What clearing would do.
    pub year_end: YearEnd,
}

/// What happened in a month.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    entries: i64,
    opening: i64,
    plus: i64,
    minus: i64,
    redeemed: i64,
    returned: i64,
    cleared: i64,
}

impl Sums {
    const fn and(self, other: Self) -> Self {
        Self {
            entries: self.entries + other.entries,
            opening: self.opening + other.opening,
            plus: self.plus + other.plus,
            minus: self.minus + other.minus,
            redeemed: self.redeemed + other.redeemed,
            returned: self.returned + other.returned,
            cleared: self.cleared + other.cleared,
        }
    }

    const fn change(self) -> i64 {
        self.opening + self.plus + self.minus + self.cleared - self.redeemed + self.returned
    }
}

/// What the year did to one account.
#[derive(Clone, Copy, Debug, Default)]
struct AccountYear {
    /// The months in which it got points, a bit for each.
    months: u16,
    opening: i64,
    plus: i64,
    minus: i64,
}

/// The years of the ledger, the newest first.
pub fn years(village: &Village, ledger: Ledger, today: Date) -> Vec<i16> {
    let oldest = village.entries.posted_in(ledger).map(|lines| lines.posting.date.year()).min();
    let oldest = oldest.unwrap_or(today.year()).clamp(today.year().saturating_sub(30), today.year());
    (oldest..=today.year()).rev().collect()
}

/// The year of a ledger.
pub fn points_year(village: &Village, ledger: Ledger, year: i16, today: Date) -> PointsYear {
    let mut before = 0;
    let mut months = [Sums::default(); 12];
    let mut accounts = vec![AccountYear::default(); village.entries.accounts()];
    for lines in village.entries.posted_in(ledger) {
        let date = lines.posting.date;
        if date.year() > year {
            continue;
        }
        let (place, merit) = (place_of(date), merit(village, lines.posting.cause));
        for ((slot, points), reversed) in lines.slots.iter().zip(lines.points).zip(lines.reversed) {
            let (points, account) = (i64::from(*points), &mut accounts[*slot as usize]);
            let of_year = date.year() == year;
            let mut sums = Sums { entries: 1, ..Sums::default() };
            match merit {
                Merit::Opening => sums.opening = points,
                Merit::Cleared => sums.cleared = points,
                Merit::Returned => sums.returned = points,
                // A reversal has the opposite sign of what it takes back.
                Merit::Reversal if points < 0 => sums.plus = points,
                Merit::Act if points > 0 => {
                    sums.plus = points;
                    account.months |= u16::from(of_year && !reversed) << place;
                }
                Merit::Reversal | Merit::Act => sums.minus = points,
            }
            account.opening += sums.opening;
            if of_year {
                account.plus += sums.plus;
                account.minus += sums.minus;
                months[place] = months[place].and(sums);
            } else {
                before += sums.change();
            }
        }
    }
    for redemption in village.shelf.redemptions().filter(|one| one.account.ledger() == ledger) {
        let (date, points) = (redemption.at.date(), redemption.points());
        if date.year() == year {
            months[place_of(date)].redeemed += points;
        } else if date.year() < year {
            before -= points;
        }
    }
    let shown = if year < today.year() { 12 } else { place_of(today) + 1 };
    let count = |mask, month| {
        let day = Month { year, month }.last_day().min(today);
        account_count(village, ledger, &accounts, mask, day)
    };
    let rows = rows(&months[..shown], &accounts, before, count);
    let villagers = village.villager_accounts.on(year_end(year).min(today)).counter();
    PointsYear {
        year,
        counter: if ledger == Ledger::Villager { villagers } else { "人" },
        rows,
        has_returned: months.iter().any(|sums| sums.returned != 0),
        groups: groups(village, ledger, year, &accounts, today),
        year_end: year_end_preview(village, ledger, year, today),
    }
}

fn place_of(date: Date) -> usize {
    usize::try_from(date.month() - 1).unwrap_or(0).min(11)
}

/// How many accounts there are on the last day of a period or today, with those
/// that got points in its months and are gone.
fn account_count(village: &Village, ledger: Ledger, accounts: &[AccountYear], months: u16, day: Date) -> usize {
    let has_points = |account| village.entries.slot(account).is_some_and(|slot| accounts[slot].months & months != 0);
    match ledger {
        Ledger::Villager => {
            let kind = village.villager_accounts.on(day);
            let here = village.villagers(kind).into_iter().map(|(_, account)| account);
            let here = here.filter(|account| village.is_account_here(*account, day) || has_points(*account)).count();
            // Those that scored before the accounts became of another kind.
            let before = village.villager_accounts.ever().iter().filter(|one| **one != kind);
            let before = before.flat_map(|kind| village.villagers(*kind)).filter(|(_, account)| has_points(*account));
            here + before.count()
        }
        Ledger::Member => {
            let members = village.people.members();
            members.filter(|one| one.member_type_on(day).is_some() || has_points(Account::Member(one.id))).count()
        }
    }
}

/// Grids for villagers, types for members, as of the end of the year or today. Who
/// is gone by then stands where they were last, if the year has something of theirs.
fn groups(village: &Village, ledger: Ledger, year: i16, accounts: &[AccountYear], today: Date) -> Vec<AwardGroup> {
    let day = year_end(year).min(today);
    match ledger {
        Ledger::Villager => {
            let mut homes: HashMap<Option<GridId>, Vec<Account>> = HashMap::new();
            for (home, account) in village.villagers(village.villager_accounts.on(day)) {
                homes.entry(home.grid).or_default().push(account);
            }
            let grids = village.people.grids.iter().map(|grid| Some(grid.id)).chain([None]);
            let groups = grids.map(|grid| {
                let homes = homes.remove(&grid).unwrap_or_default();
                group(village, village.people.grid_name(grid), homes, accounts, day)
            });
            groups.filter(|group| !group.rows.is_empty()).collect()
        }
        Ledger::Member => {
            let groups = MemberType::ALL.iter().map(|kind| {
                let members = village.people.members().filter(|one| one.member_type_by(day) == Some(*kind));
                let members = members.map(|one| Account::Member(one.id)).collect();
                group(village, kind.word(), members, accounts, day)
            });
            groups.filter(|group| !group.rows.is_empty()).collect()
        }
    }
}

fn group(village: &Village, name: &str, rivals: Vec<Account>, accounts: &[AccountYear], day: Date) -> AwardGroup {
    let of_year =
        |account| village.entries.slot(account).and_then(|slot| accounts.get(slot)).copied().unwrap_or_default();
    let is_gone = |account| !village.is_account_here(account, day);
    let mut scored: Vec<(Account, AccountYear, i64)> = rivals
        .into_iter()
        .map(|account| {
            let year = of_year(account);
            let opening = if account.ledger() == Ledger::Member { year.opening } else { 0 };
            (account, year, opening + year.plus + year.minus)
        })
        .filter(|(account, year, _)| (year.plus, year.minus) != (0, 0) || !is_gone(*account))
        .collect();
    sort_by_key(&mut scored, |(_, _, score)| -score);
    let left_out = |account| left_out(village, account, day).or_else(|| is_gone(account).then(|| GONE.to_owned()));
    let of = scored.iter().filter(|(account, ..)| left_out(*account).is_none()).count();
    let (mut rows, mut eligible, mut place, mut last) = (Vec::new(), 0, 0, None);
    for (account, year, score) in scored {
        let left_out = left_out(account);
        if left_out.is_none() {
            eligible += 1;
            if last != Some(score) {
                (last, place) = (Some(score), eligible);
            }
        }
        // Whoever shares the last place is listed too; nobody is honoured for
        // nothing. Whoever is left out is listed wherever they stand.
        if left_out.is_none() && (place > PLACES_MAX || score <= 0) {
            continue;
        }
        let shown = if left_out.is_none() { place.to_string() } else { String::new() };
        rows.push(award(village, account, year, score, shown, left_out));
    }
    AwardGroup { name: name.to_owned(), of, rows }
}

/// Which vetoes leave somebody out of 评优: every one with 停评优 of which a day lies
/// in the year that is judged, up to today while it runs.
///
/// By the days of the year and not by the day on which somebody judges, since that
/// day is nowhere recorded: looked at again in spring, the list of the last year is
/// the one of January. A veto that was over in June still belongs to the year whose
/// conduct is judged, and one that begins in January belongs to the next.
fn left_out(village: &Village, account: Account, day: Date) -> Option<String> {
    let first = Month { year: day.year(), month: 1 }.first_day();
    let of_year = village.vetoes_of(account).filter(|one| one.stopped_within(VetoEffect::NoAwards, first, day));
    let mut documents: Vec<&str> = of_year.map(|veto| village.note(Some(veto.imposed.document))).collect();
    documents.dedup();
    (!documents.is_empty()).then(|| format!("停评优({})", documents.join("、")))
}

fn award(
    village: &Village,
    account: Account,
    year: AccountYear,
    score: i64,
    place: String,
    left_out: Option<String>,
) -> AwardRow {
    let mut basis = format!("加 {}、扣 {}", year.plus, -year.minus);
    if account.ledger() == Ledger::Member {
        basis = format!("起始 {}、{basis}", year.opening);
    }
    let number = village.home_of(account).map_or_else(String::new, |home| home.number.to_string());
    AwardRow { place, name: village.account_name(account).to_owned(), number, basis, score, left_out }
}

fn year_end_preview(village: &Village, ledger: Ledger, year: i16, today: Date) -> YearEnd {
    let last = year_end(year);
    let held = village.clearable(ledger, last.min(today));
    let barred = if ledger == Ledger::Member {
        Some("党员积分年终不清零。".to_owned())
    } else if today < last {
        Some("12月31日 起才能清零。".to_owned())
    } else if village.closings.is_closed(ledger, last) {
        Some(format!("{}已经月结,不能再清零。", Month::of(last).words()))
    } else if held.is_empty() {
        Some("没有可以清零的积分。".to_owned())
    } else {
        None
    };
    let settled = match village.settings.carry_over {
        _ if ledger == Ledger::Member => "每年的累计从起始分重新算起;月结12月时,有结余的各记一行「结转」。".to_owned(),
        CarryOver::Keep => {
            "设置是结转到下一年:月结12月时,有结余的各记一行「结转」,分数不变。村里议定清零的,可以在这里清。".to_owned()
        }
        CarryOver::ClearAtYearEnd => "设置是年底清零:12月31日 起、月结12月以前,在这里清。".to_owned(),
        CarryOver::ExpireAfter(months) => {
            format!("设置是 {months} 个月后过期,年终不清零:月结12月时,没过期的各记一行「结转」。")
        }
    };
    let carried = village.entries.posted_in(ledger).filter(|lines| lines.posting.cause == Cause::Carried(year));
    let carried: usize = carried.map(|lines| lines.reversed.iter().filter(|reversed| !**reversed).count()).sum();
    YearEnd { carried, settled, accounts: held.len(), points: held.iter().map(|(_, points)| points).sum(), barred }
}

/// The first day of December on which the end of the year is a thing to do.
const YEAR_END_FROM: i8 = 25;

/// Clearing at the end of the year, where the village has settled on it: from
/// the last days of December until it is done or December is closed.
pub(super) fn year_end_todo(village: &Village, today: Date) -> Option<Todo> {
    let is_december = today.month() == 12 && today.day() >= YEAR_END_FROM;
    let year = if is_december { today.year() } else { today.year() - 1 };
    let (ledger, last) = (Ledger::Villager, year_end(year));
    if village.settings.carry_over != CarryOver::ClearAtYearEnd || village.closings.is_closed(ledger, last) {
        return None;
    }
    let held = village.clearable(ledger, last.min(today));
    let points: i64 = held.iter().map(|(_, points)| points).sum();
    let counter = village.villager_accounts.on(last).counter();
    let when = if today < last {
        "12月31日 起可以清零,先提醒村民来兑换"
    } else {
        "清零以后才能月结12月"
    };
    (!held.is_empty()).then(|| Todo {
        tag: Tag::new("年终", Tone::Soon),
        title: format!("{year}年年终清零:{} {counter}共 {} 分", held.len(), thousands(points)),
        detail: dotted(&["设置是年底清零", when]),
        action: if today < last { "查看" } else { "清零" },
        target: TodoTarget::YearEnd(ledger, year),
    })
}
