//! 月结: the months of a ledger are closed one after another, each once it is
//! over and nothing in it is left undone. What is dated in a closed month is
//! no longer recorded; corrections are dated in the open one.

use std::collections::HashSet;

use jiff::civil::{Date, date};
use thiserror::Error;

use super::rule::Ledger;
use super::settings::{CarryOver, expired_accounts};
use super::sheet::{ClosedSheet, SheetRow, is_moved, sheet_rows};
use super::shelf::Redemption;
use crate::domain::calendar::{Moment, Month, add_days, short_date};
use crate::domain::event::PostedLine;
use crate::domain::village::Village;
use crate::domain::working_days::WorkingDays;

/// Days for which a notice hangs, until the village has said otherwise.
pub const NOTICE_DAYS: u16 = 3;
/// Working days in which objections are taken, until the village has said otherwise.
pub const OBJECTION_DAYS: u16 = 7;
/// The most of either.
pub const CLOSE_DAYS_MAX: u16 = 60;

/// A month of a ledger was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthClosed {
    /// Which ledger.
    pub ledger: Ledger,
    /// Which month.
    pub month: Month,
    /// On which day.
    pub date: Date,
    /// For how many days the notice hangs.
    pub notice_days: u16,
    /// For how many working days objections are taken.
    pub objection_days: u16,
    /// How many entries were dated in the month.
    pub entries: u32,
    /// What they came to.
    pub points: i64,
    /// How many points were redeemed in the month.
    pub redeemed: i64,
    /// Who stood on its notices; empty in what older programs closed.
    pub sheet: ClosedSheet,
    /// 结转: closing December, what each account takes into the next year. The
    /// quantity says how much; the points are none, since the balance stays.
    pub carried: Vec<PostedLine>,
}

/// What a month of a ledger holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many entries are dated in it.
    pub entries: u32,
    /// What they come to.
    pub points: i64,
    /// How many points were redeemed in it.
    pub redeemed: i64,
}

impl MonthClosed {
    /// What the month held when it was closed.
    pub const fn tally(&self) -> Tally {
        Tally { entries: self.entries, points: self.points, redeemed: self.redeemed }
    }

    /// The last day on which the notice hangs.
    pub fn notice_end(&self) -> Date {
        add_days(self.date, i32::from(self.notice_days) - 1)
    }
}

/// A closed month, and when that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// What was closed.
    pub closed: MonthClosed,
    /// When.
    pub at: Moment,
    /// How many times working days had been entered then.
    pub(in crate::domain) entered: usize,
}

impl Closing {
    /// The last day on which objections are taken, by the working days that were
    /// known when it was closed: it is printed, and hangs on the wall.
    pub fn objection_end(&self, working_days: &WorkingDays) -> Date {
        working_days.first(self.entered).after(self.closed.date, self.closed.objection_days)
    }
}

/// The closed months of both ledgers.
#[derive(Clone, Debug, Default)]
pub struct Closings {
    rows: Vec<Closing>,
    through: [Option<Month>; 2],
}

impl Closings {
    /// Closes a month that comes after those that are closed.
    pub(in crate::domain) fn close(&mut self, closing: Closing) {
        self.through[closing.closed.ledger as usize] = Some(closing.closed.month);
        self.rows.push(closing);
    }

    /// The last closed month of the ledger.
    pub const fn through(&self, ledger: Ledger) -> Option<Month> {
        self.through[ledger as usize]
    }

    /// Whether the day lies in a closed month.
    pub fn is_closed(&self, ledger: Ledger, day: Date) -> bool {
        self.through(ledger).is_some_and(|through| Month::of(day) <= through)
    }

    /// How the month was closed, if it was.
    pub fn of(&self, ledger: Ledger, month: Month) -> Option<&Closing> {
        self.rows.iter().find(|row| row.closed.ledger == ledger && row.closed.month == month)
    }

    /// For how many days the notice hangs and objections are taken, unless it is said
    /// otherwise: as it was said when the ledger was closed last.
    pub fn usual_days(&self, ledger: Ledger) -> [u16; 2] {
        let last = self.rows.iter().rev().find(|row| row.closed.ledger == ledger);
        last.map_or([NOTICE_DAYS, OBJECTION_DAYS], |row| [row.closed.notice_days, row.closed.objection_days])
    }

    /// Every closed month, in the order of closing.
    pub fn iter(&self) -> std::slice::Iter<'_, Closing> {
        self.rows.iter()
    }

    /// The first day that is open, on or after this one.
    pub fn open_day(&self, ledger: Ledger, day: Date) -> Date {
        match self.through(ledger) {
            Some(through) if Month::of(day) <= through => through.next().first_day(),
            _ => day,
        }
    }
}

impl<'a> IntoIterator for &'a Closings {
    type Item = &'a Closing;
    type IntoIter = std::slice::Iter<'a, Closing>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What stands in the way of closing a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CloseFinding {
    /// Entries of the month are objected to.
    #[error("有 {0} 条记录的异议还没有处理")]
    OpenDisputes(usize),
    /// Claims of the month wait.
    #[error("有 {0} 条申报还没有审核")]
    OpenClaims(usize),
    /// The village clears at the end of the year, and has not.
    #[error("设置是年底清零,还有 {0} 个账户的积分没有清,请先到「年度」里清零")]
    YearNotCleared(usize),
    /// Points have expired, and that is not posted.
    #[error("有 {0} 个账户的积分按设置已经过期,还没有记上,请先到「设置」里记为过期")]
    NotExpired(usize),
}

/// What stands in the way of closing the month.
pub fn close_findings(village: &Village, ledger: Ledger, month: Month) -> Vec<CloseFinding> {
    let open = village.disputes.iter().filter(|dispute| dispute.is_open());
    let entries = open.filter_map(|dispute| village.entries.get(dispute.raised.entry));
    let of_month = entries.filter(|entry| entry.account.ledger() == ledger && Month::of(entry.date) == month);
    let (objections, claims) = (of_month.count(), village.open_claims(ledger, Some(month)).count());
    let clears = village.settings.carry_over == CarryOver::ClearAtYearEnd && ledger == Ledger::Villager;
    let left = if clears && month.month == 12 { village.clearable(ledger, month.last_day()).len() } else { 0 };
    let lapsed = match village.settings.carry_over {
        CarryOver::ExpireAfter(months) => expired_accounts(village, ledger, months, month.last_day()).len(),
        CarryOver::Keep | CarryOver::ClearAtYearEnd => 0,
    };
    let found = [
        (objections > 0).then_some(CloseFinding::OpenDisputes(objections)),
        (claims > 0).then_some(CloseFinding::OpenClaims(claims)),
        (left > 0).then_some(CloseFinding::YearNotCleared(left)),
        (lapsed > 0).then_some(CloseFinding::NotExpired(lapsed)),
    ];
    found.into_iter().flatten().collect()
}

/// The month of the ledger that is to be closed next: the one after the last
/// closed one, or that of the oldest entry. None without entries.
pub fn next_to_close(village: &Village, ledger: Ledger) -> Option<Month> {
    let after = village.closings.through(ledger).map(Month::next);
    after.or_else(|| village.entries.posted_in(ledger).map(|lines| Month::of(lines.posting.date)).min())
}

/// What the month of the ledger holds.
pub fn month_tally(village: &Village, ledger: Ledger, month: Month) -> Tally {
    let mut tally = Tally::default();
    for lines in village.entries.posted_in(ledger).filter(|lines| Month::of(lines.posting.date) == month) {
        tally.entries = tally.entries.saturating_add(u32::try_from(lines.points.len()).unwrap_or(u32::MAX));
        tally.points += lines.points.iter().map(|points| i64::from(*points)).sum::<i64>();
    }
    let redeemed = village.shelf.redemptions().filter(|one| one.account.ledger() == ledger);
    let redeemed = redeemed.filter(|one| Month::of(one.at.date()) == month);
    tally.redeemed = redeemed.map(Redemption::points).fold(0, i64::saturating_add);
    tally
}

/// Who stands on the notices of the month: as it was when the month was closed,
/// if it was, without those who were joined to others since. Points of the
/// month that another laptop recorded before it was closed bring their account
/// with them: the check says that the month is to be published again.
pub fn notice_rows(village: &Village, ledger: Ledger, month: Month) -> Vec<SheetRow> {
    let closing = village.closings.of(ledger, month);
    let Some(mut rows) = closing.and_then(|closing| closing.closed.sheet.rows(ledger)) else {
        return sheet_rows(village, ledger, month, closing.map(|closing| closing.at));
    };
    for row in &mut rows {
        row.account = village.account_now(row.account);
        row.name = row.name.map(|person| village.people.person_now(person));
    }
    let mut known = HashSet::new();
    rows.retain(|row| village.has_account(row.account) && known.insert(row.account));
    // While the month holds what it held, nothing came: whoever an older program left out stays out.
    if closing.is_some_and(|closing| closing.closed.tally() != month_tally(village, ledger, month)) {
        let others = sheet_rows(village, ledger, month, None).into_iter();
        rows.extend(others.filter(|row| !known.contains(&row.account) && is_moved(village, row.account, month)));
    }
    rows
}

/// The last day on which objections against entries of the day are taken;
/// none while the month is open.
pub fn objection_end(village: &Village, ledger: Ledger, day: Date) -> Option<Date> {
    village.closings.of(ledger, Month::of(day)).map(|closing| closing.objection_end(&village.working_days))
}

/// The last day of the year, on which points are cleared; years that no
/// village record can lie in are held at the border.
pub fn year_end(year: i16) -> Date {
    date(year.clamp(1970, 2200), 12, 31)
}

/// A month to be closed, as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CloseMonth {
    /// Which ledger.
    pub ledger: Ledger,
    /// Which month.
    pub month: Month,
    /// For how many days the notice hangs.
    pub notice_days: u16,
    /// For how many working days objections are taken.
    pub objection_days: u16,
}

/// Why a month is not closed, or something is not recorded in it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CloseRefusal {
    /// There is no entry.
    #[error("{}还没有一笔记录,不用月结。", .0.word())]
    NothingRecorded(Ledger),
    /// It is closed.
    #[error("{}已经月结过了。", .0.words())]
    AlreadyClosed(Month),
    /// It is not over.
    #[error("{}还没有过完,{} 起才能月结。", .0.words(), short_date(.0.next().first_day()))]
    NotOver(Month),
    /// An earlier one comes first.
    #[error("要按月份先后月结,请先月结{}。", .0.words())]
    EarlierFirst(Month),
    /// A number of days that no notice has.
    #[error("公示和异议的天数都要在 1 到 {CLOSE_DAYS_MAX} 之间。")]
    BadDays,
    /// Something is left undone.
    #[error("{}还不能月结:{finding}。请先办完再月结。", month.words())]
    Unfinished {
        /// The month.
        month: Month,
        /// What comes first.
        finding: CloseFinding,
    },
    /// No account holds points at the end of the year.
    #[error("{0}年末没有可以清零的积分。")]
    NothingToClear(i16),
    /// Members start every year with the same points.
    #[error("党员积分年终不清零:每年的累计从起始分重新算起。")]
    MembersKeep,
    /// What is dated in a closed month is not recorded.
    #[error("{}已经月结,{} 的{}不能再记。请把日期改到 {} 以后,在事由里写明原来的日期。", Month::of(*day).words(), short_date(*day), ledger.word(), short_date(*open))]
    MonthClosed {
        /// The ledger.
        ledger: Ledger,
        /// The day.
        day: Date,
        /// The first day that is open.
        open: Date,
    },
    /// A month is closed when it is over: who redeems in it has a wrong clock.
    #[error("{}已经月结,电脑上今天却是 {}:日期可能不对。请先把电脑的日期调好,再兑换。", Month::of(*.0).words(), short_date(*.0))]
    RedeemedInClosed(Date),
}
