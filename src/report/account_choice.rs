//! 按户还是按人: whose the accounts of the villager ledger are now, what changing
//! that would mean, and what stands in the way.

use jiff::civil::Date;

use super::tag::thousands;
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::ledger::Reason;
use crate::domain::village::Village;

/// What is chosen, and what the other choice would mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountChoice {
    /// What is chosen.
    pub now: VillagerAccount,
    /// The other one.
    pub other: VillagerAccount,
    /// How it is now: 「现在按户记:一户一本存折。」
    pub words: &'static str,
    /// What would change, a sentence each.
    pub effects: Vec<String>,
    /// Why it cannot be changed now.
    pub barred: Option<String>,
}

/// What is chosen, and what the other choice would mean today.
pub fn account_choice(village: &Village, today: Date) -> AccountChoice {
    let now = village.villager_accounts.now();
    let other = now.other();
    AccountChoice {
        now,
        other,
        words: match now {
            VillagerAccount::Household => "现在按户记:一户一本存折,家里谁得的分都记在户上。",
            VillagerAccount::Person => "现在按人记:每人一本存折,户的页面上是全家的合计。",
        },
        effects: effects(village, other, today),
        barred: village.check_choice(other, today).err().map(|refusal| refusal.to_string()),
    }
}

fn effects(village: &Village, to: VillagerAccount, today: Date) -> Vec<String> {
    let new = village
        .villagers(to)
        .into_iter()
        .map(|(_, account)| account)
        .filter(|one| village.is_account_here(*one, today));
    let new: Vec<_> = new.collect();
    let begun = |account| village.entries.of(account).any(|entry| entry.reason == Reason::Opening);
    let starting = new.iter().filter(|account| !begun(**account)).count();
    let (all, counter) = (thousands(i64::try_from(new.len()).unwrap_or(i64::MAX)), to.counter());
    let points = village.settings.household_opening;
    let first = match to {
        VillagerAccount::Person => format!("群众积分从此一人一本存折,现有 {all} 人;登记、排行、公示和兑换都按人。"),
        VillagerAccount::Household => format!("群众积分从此一户一本存折,现有 {all} 户;登记、排行、公示和兑换都按户。"),
    };
    let opening = (points > 0 && starting > 0).then(|| {
        let starting = thousands(i64::try_from(starting).unwrap_or(i64::MAX));
        format!("没有起始分的 {starting} {counter},每{counter}记起始分 {points} 分。")
    });
    let kept = village
        .choice_counts_from(to, today)
        .map(|_| "以前的存折、公示和排行照原样留着,随时可以查看和打印。".to_owned());
    let limits = "每户每天、每户每季的限兑不变,还是一家人合在一起算。".to_owned();
    std::iter::once(first).chain(opening).chain(kept).chain([limits]).collect()
}
