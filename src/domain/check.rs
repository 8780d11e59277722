//! 核对: what must hold in every village, as a list of named functions. Each
//! looks at the whole village and says in sentences what does not hold; all
//! are run, and everything they find is kept.

mod lasting;
mod twice;

pub use self::lasting::lasting;
use super::calendar::long_date;
use super::points::caps;
use super::points::claim::ClaimState;
use super::points::dispute::Outcome;
use super::points::entries::Cause;
use super::points::issue::{IssueOverrun, issue_overruns};
use super::points::ledger::{Account, Reason};
use super::points::rule::signed;
use super::village::Village;

/// One thing that must hold.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// What holds, as the user reads it.
    pub name: &'static str,
    /// Says what does not.
    pub run: fn(&Village) -> Vec<String>,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub name: &'static str,
    /// What does not hold, a sentence each; none when all is well.
    pub sentences: Vec<String>,
}

/// Everything that is checked.
pub const CHECKS: &[Check] = &[
    Check { name: "每户每人的结余等于各笔相加", run: balances_equal_folds },
    Check { name: "每个账户只有一笔起始分", run: accounts_begin_once },
    Check { name: "每笔积分都有当时的细则可查", run: entries_have_rules },
    Check { name: "每笔冲正都对得上原来那一笔", run: reversals_match },
    Check { name: "每项得分没有超过上限", run: caps_are_kept },
    Check { name: "全年发放没有超过上限", run: issue_is_kept },
    Check { name: "去世、迁走以后没有再得分", run: nobody_scores_when_gone },
    Check { name: "积分都记在正在用的账户里", run: nothing_is_left_behind },
    Check { name: "兑换没有超过当时的积分", run: lasting::within_balance },
    Check { name: "兑换没有超过当时的库存", run: lasting::within_stock },
    Check { name: "库存等于每次进出相加", run: stock_equals_movements },
    Check { name: "停兑期间没有兑换", run: lasting::no_redemption_during_veto },
    Check { name: "兑换没有超过每季、每天的限量", run: lasting::within_limits },
    Check { name: "月结过的月份没有变动", run: lasting::closed_months_unchanged },
    Check { name: "收场对账过的兑换日没有变动", run: closed_days_unchanged },
    Check { name: "异议的处理都有着落", run: disputes_are_settled },
    Check { name: "清零只减不加", run: clearings_take_what_there_is },
    Check { name: "每年的年终只清零、结转一次", run: years_end_once },
    Check { name: "结转的积分等于年末结余", run: lasting::carried_is_what_there_was },
    Check { name: "通过的申报都入了账", run: claims_are_posted },
    Check { name: "作废的走访没有留下积分", run: struck_visits_earn_nothing },
    Check { name: "合并的户没有另外改号", run: lasting::joined_households_were_one },
    Check { name: "一件事项给同一户只记一次分", run: twice::rewarded_by_a_case },
    Check { name: "一个月走访一户只记一次分", run: twice::rewarded_for_visits },
];

/// Runs every check.
pub fn findings(village: &Village) -> Vec<Finding> {
    CHECKS.iter().map(|check| Finding { name: check.name, sentences: (check.run)(village) }).collect()
}

/// 「2-017 户」, or the member's name.
fn account_words(village: &Village, account: Account) -> String {
    match account {
        Account::Household(id) => {
            let number = village.people.households.get(id).map_or("", |household| household.number.as_str());
            format!("{number} 户")
        }
        Account::Member(id) => format!("党员 {}", village.name(id)),
        Account::Villager(id) => {
            let number = village.home_of(account).map_or("", |household| household.number.as_str());
            format!("{number} {}", village.name(id))
        }
    }
}

fn balances_equal_folds(village: &Village) -> Vec<String> {
    let mut sums = vec![0_i64; village.entries.accounts()];
    for lines in village.entries.posted() {
        for (slot, points) in lines.slots.iter().zip(lines.points) {
            sums[*slot as usize] += i64::from(*points);
        }
    }
    for redemption in village.shelf.redemptions() {
        if let Some(slot) = village.entries.slot(redemption.account) {
            sums[slot] -= redemption.points();
        }
    }
    let accounts = village.entries.totals().zip(sums);
    let accounts = accounts.filter(|((account, _), _)| *account == village.account_now(*account));
    let wrong = accounts.filter_map(|((account, _), sum)| {
        let shown = village.balance(account);
        (shown != sum)
            .then(|| format!("{}的结余显示 {shown} 分,各笔相加是 {sum} 分。", account_words(village, account)))
    });
    wrong.collect()
}

fn accounts_begin_once(village: &Village) -> Vec<String> {
    let words = village.opened_twice().into_iter().map(|account| {
        let count = village.standing_openings(account).count();
        let account = account_words(village, account);
        format!("{account}记了 {count} 笔起始分:两台电脑各记了一次。请在「两台电脑的冲突」里处理。")
    });
    words.collect()
}

fn entries_have_rules(village: &Village) -> Vec<String> {
    let mut found = Vec::new();
    for lines in village.entries.posted() {
        if let Cause::Act { item, version, .. } = lines.posting.cause
            && village.rules.version(version).and_then(|book| book.item(item)).is_none()
        {
            let date = long_date(lines.posting.date);
            found.push(format!("{date} 的 {} 条积分记录找不到当时的细则。", lines.points.len()));
        }
    }
    found
}

fn reversals_match(village: &Village) -> Vec<String> {
    let reversals = village.entries.iter().filter_map(|entry| match entry.reason {
        Reason::Reversal(original) => Some((entry, village.entries.get(original))),
        _ => None,
    });
    let wrong = reversals.filter(|(entry, original)| {
        original.is_none_or(|original| {
            original.account != entry.account || i64::from(original.points) != -i64::from(entry.points)
        })
    });
    let words = wrong.map(|(entry, _)| {
        format!("{} {} 的冲正和原来那一笔对不上。", account_words(village, entry.account), long_date(entry.date))
    });
    words.collect()
}

fn claims_are_posted(village: &Village) -> Vec<String> {
    let approved = village.claims.iter().filter_map(|claim| match claim.state {
        ClaimState::Approved(entry) => Some((claim, village.entries.get(entry))),
        ClaimState::Open | ClaimState::Returned(_) => None,
    });
    let wrong = approved.filter(|(claim, entry)| {
        let account = village.account_now(claim.filed.account);
        // One whose month was closed meanwhile was taken into a later one.
        entry.is_none_or(|entry| village.account_now(entry.account) != account || entry.date < claim.filed.date)
    });
    let words = wrong.map(|(claim, _)| {
        let account = account_words(village, village.account_now(claim.filed.account));
        format!("{account} {} 的申报通过了,账上却对不上。", long_date(claim.filed.date))
    });
    words.collect()
}

fn struck_visits_earn_nothing(village: &Village) -> Vec<String> {
    let struck = village.visits.iter().filter(|visit| !visit.stands());
    let words = struck.filter_map(|visit| {
        let entry = village.entries.get(village.visit_entry(visit)?)?;
        let account = account_words(village, entry.account);
        let day = long_date(visit.made.date);
        Some(format!("{account} {day} 的走访作废了,得的 {} 分还在账上。请在存折里冲正这一笔。", entry.points))
    });
    words.collect()
}

fn caps_are_kept(village: &Village) -> Vec<String> {
    let words = caps::overruns(village).into_iter().map(|over| {
        let line = over.line;
        let item = village.rules.version(line.version).and_then(|book| book.item(line.item));
        let item = item.map_or("", |item| item.name.as_str());
        let (account, day) = (account_words(village, line.account), long_date(line.date));
        let (points, bound) = (line.points, over.bound.words());
        format!("{account} {day} 的「{item}」{points} 分超过了上限({bound})。请核实,多记的在存折里冲正。")
    });
    words.collect()
}

fn issue_is_kept(village: &Village) -> Vec<String> {
    let words = issue_overruns(village).into_iter().map(|IssueOverrun { year, issued, limit }| {
        format!(
            "{year}年各户一共得了 {issued} 分,全年最多发 {limit} 分,多发 {} 分:两台电脑各自登记的,合在一起超过了上限。\
             请核实,多发的在存折里冲正,或由村民代表会议改「全年最多发」。",
            issued - i64::from(limit)
        )
    });
    words.collect()
}

fn nobody_scores_when_gone(village: &Village) -> Vec<String> {
    let accounts: Vec<Account> = village.entries.totals().map(|(account, _)| account).collect();
    let mut found = Vec::new();
    for lines in village.entries.posted().filter(|lines| matches!(lines.posting.cause, Cause::Act { .. })) {
        let day = lines.posting.date;
        let standing = lines.slots.iter().zip(lines.points).zip(lines.reversed).filter(|(_, reversed)| !**reversed);
        for ((slot, points), _) in standing {
            let account = usize::try_from(*slot).ok().and_then(|slot| accounts.get(slot)).copied();
            if let Some(account) = account.filter(|account| !village.is_account_here(*account, day)) {
                let (account, day) = (account_words(village, account), long_date(day));
                found.push(format!(
                    "{account} {day} 得的 {points} 分,那天人已经不在本村了。请核实,记错的在存折里冲正。"
                ));
            }
        }
    }
    found
}

fn nothing_is_left_behind(village: &Village) -> Vec<String> {
    let now = village.villager_accounts.now().word();
    let words = village.left_behind().into_iter().map(|(account, balance)| {
        let account = account_words(village, account);
        format!("本村{now}记分,{account}的旧账户里还有 {balance} 分:合并进来的那台电脑当时不知道改了。请在存折里冲正,在现在的账户里另记。")
    });
    words.collect()
}

fn stock_equals_movements(village: &Village) -> Vec<String> {
    let shelf = &village.shelf;
    let wrong = shelf.goods.iter().filter(|goods| !goods.is_service).filter_map(|goods| {
        let (stock, moved) = (shelf.stock(goods.id), shelf.moved(goods.id));
        let (name, unit) = (&goods.name, &goods.unit);
        if stock != moved {
            return Some(format!("「{name}」的库存显示 {stock} {unit},每次进出相加是 {moved} {unit}。请盘点。"));
        }
        (stock < 0).then(|| format!("「{name}」的库存是 {} {unit},发出去的比有的多。请盘点。", signed(stock)))
    });
    wrong.collect()
}

fn closed_days_unchanged(village: &Village) -> Vec<String> {
    let closed = village.shelf.days.iter().filter_map(|(_, day)| Some((day.closing()?, day.unknown)));
    let changed = closed.filter_map(|(closing, unknown)| {
        let day = long_date(closing.day);
        let (then, now) = (closing.points.redeemed, village.day_points(closing.day)?.redeemed);
        if then != now {
            return Some(format!(
                "{day}收场对账时兑换了 {then} 分,现在是 {now} 分:合并进来的是对账之前记的。请重新开场,再对一次账。"
            ));
        }
        let name = &village.shelf.goods.get(unknown?)?.name;
        Some(format!("{day}收场对账时「{name}」少算了一笔进出:合并进来的是对账之前记的。请重新开场,再对一次账。"))
    });
    changed.collect()
}

fn disputes_are_settled(village: &Village) -> Vec<String> {
    let decided = village.disputes.iter().filter_map(|dispute| dispute.decided);
    let wrong = decided.filter(|decided| match decided.outcome {
        Outcome::Kept => false,
        Outcome::Reversed(entry) => village.entries.reversal_of(decided.entry) != Some(entry),
    });
    let words = wrong.map(|decided| format!("{} 决定冲正的异议,账上找不到那笔冲正。", long_date(decided.date)));
    words.collect()
}

fn clearings_take_what_there_is(village: &Village) -> Vec<String> {
    let cleared = village.entries.iter().filter(|entry| matches!(entry.reason, Reason::Cleared(_)));
    let wrong = cleared.filter(|entry| entry.points >= 0);
    let words = wrong.map(|entry| format!("{} 的清零记成了加分。", account_words(village, entry.account)));
    words.collect()
}

fn years_end_once(village: &Village) -> Vec<String> {
    let words = village.year_ends_twice().into_iter().map(|twice| {
        let (year, ledger, act) = (twice.of.year, twice.of.ledger().word(), twice.of.act.word());
        format!(
            "{year}年{ledger}的{act}有 {} 个账户记了两次:两台电脑各记了一次。请在「两台电脑的冲突」里处理。",
            twice.lines.len()
        )
    });
    let uncleared = village.years_uncleared().into_iter().map(|one| {
        format!(
            "{}年群众积分的年终清零有 {} 个账户的两次都冲正了,{} 分没有清:两台电脑各留了不同的一次。请在「两台电脑的冲突」里处理。",
            one.year,
            one.lines.len(),
            one.points()
        )
    });
    words.chain(uncleared).collect()
}
