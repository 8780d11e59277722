//! What settings of the points would do today, before they are taken.

use std::collections::HashMap;

use jiff::civil::Date;

use super::gauge::gauge;
use super::overview::{Todo, TodoTarget};
use super::tag::{Tag, Tone, thousands};
use crate::domain::id::HouseholdId;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::points::settings::{CarryOver, Settings, expired, expired_accounts, outstanding};
use crate::domain::village::Village;

/// One sentence for each thing that they would do.
pub fn settings_preview(village: &Village, settings: &Settings, today: Date) -> Vec<String> {
    let kind = village.villager_accounts.now();
    let counter = kind.counter();
    let homes: Vec<Account> = village.villagers(kind).into_iter().map(|(_, account)| account).collect();
    let left = homes.iter().map(|home| outstanding(village, *home, settings.carry_over, today));
    let balances: Vec<i64> = left.filter(|points| *points > 0).collect();
    let outstanding = balances.iter().copied().fold(0, i64::saturating_add);
    let cents = outstanding.saturating_mul(i64::from(settings.rate_cents));
    let mut sentences = vec![format!("未兑付 {} 分,合 {} 元。", thousands(outstanding), yuan(cents))];
    sentences.extend(gauge(village, settings, today).standing());
    if settings.redeem_min > 0 {
        let (all, min) = (balances.len(), settings.redeem_min);
        let below = balances.iter().filter(|points| **points < i64::from(min)).count();
        sentences.push(format!("有分的 {all} {counter}里,{below} {counter}不够 {min} 分,还不能兑换。"));
    }
    if settings.redeem_day_max > 0 {
        sentences.push(day_sentence(village, settings.redeem_day_max));
    }
    sentences.extend(carried(village, &homes, settings.carry_over, today));
    if settings.household_opening != village.settings.household_opening {
        sentences.push(format!("以后新登记的{counter}从 {} 分起,已有的{counter}不变。", settings.household_opening));
    }
    if settings.member_opening != village.settings.member_opening {
        sentences.push(format!("以后新登记的党员从 {} 分起,已有的党员不变。", settings.member_opening));
    }
    sentences
}

/// 「群众积分:3 户 120 分记为过期」; none where nothing has expired by the
/// settings that hold now.
pub fn expired_words(village: &Village, ledger: Ledger, today: Date) -> Option<String> {
    let CarryOver::ExpireAfter(months) = village.settings.carry_over else { return None };
    let held = expired_accounts(village, ledger, months, today);
    let points = held.iter().map(|(_, points)| *points).fold(0, i64::saturating_add);
    let unit = if ledger == Ledger::Villager { village.villager_accounts.now().counter() } else { "人" };
    (points > 0).then(|| format!("{}:{} {unit} {} 分记为过期", ledger.word(), held.len(), thousands(points)))
}

/// What has expired and is not posted yet, one thing to do for each ledger.
pub(super) fn expiry_todos(village: &Village, today: Date) -> impl Iterator<Item = Todo> {
    let words = Ledger::ALL.iter().filter_map(move |ledger| expired_words(village, *ledger, today));
    words.map(|title| Todo {
        tag: Tag::new("过期", Tone::Soon),
        title,
        detail: "到期的先记上,兑换和月结才对得上".to_owned(),
        action: "记上",
        target: TodoTarget::Settings,
    })
}

/// Who redeemed more than that on the last day on which anything was redeemed.
fn day_sentence(village: &Village, limit: u32) -> String {
    let standing = village.shelf.redemptions().filter(|one| !one.undone);
    let Some(day) = standing.clone().map(|one| one.at.date()).max() else {
        return format!("还没有办过兑换,以后每户每天最多兑 {limit} 分。");
    };
    // The limit is a household's, whoever of it comes.
    let mut taken: HashMap<Option<HouseholdId>, i64> = HashMap::new();
    for one in standing.filter(|one| one.at.date() == day) {
        *taken.entry(village.home_of(one.account).map(|home| home.id)).or_default() += one.points();
    }
    let over = taken.values().filter(|points| **points > i64::from(limit)).count();
    format!("上次兑换日有 {} 户来兑,其中 {over} 户超过 {limit} 分。", taken.len())
}

fn carried(village: &Village, homes: &[Account], carry_over: CarryOver, today: Date) -> Option<String> {
    let gone = |account: Account| match carry_over {
        CarryOver::Keep => 0,
        CarryOver::ClearAtYearEnd => village.balance(account).max(0),
        CarryOver::ExpireAfter(months) => expired(village, account, months, today),
    };
    let counted = |accounts: &mut dyn Iterator<Item = Account>| {
        let points = accounts.map(gone).filter(|points| *points > 0);
        points.fold((0, 0), |(count, sum): (usize, i64), points| (count + 1, sum.saturating_add(points)))
    };
    let of = village.villager_accounts.now().counter();
    let (homes, points) = counted(&mut homes.iter().copied());
    let points = thousands(points);
    match carry_over {
        CarryOver::Keep => None,
        CarryOver::ClearAtYearEnd => Some(format!("要是今天就清零:{homes} {of}共 {points} 分;党员积分不清零。")),
        CarryOver::ExpireAfter(months) => {
            let members = village.people.members().map(|person| Account::Member(person.id));
            let (people, of_members) = counted(&mut { members });
            let of_members = thousands(of_members);
            Some(format!(
                "今天已过 {months} 个月的:{homes} {of}共 {points} 分,党员 {people} 人共 {of_members} 分;党员的起始分不过期。"
            ))
        }
    }
}

/// Hundredths of a 元 as 元: `165`, `0.50`.
fn yuan(cents: i64) -> String {
    match cents % 100 {
        0 => thousands(cents / 100),
        rest => format!("{}.{:02}", thousands(cents / 100), rest.abs()),
    }
}
