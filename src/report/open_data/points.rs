//! The two ledgers: every entry, and the balance of every account.

use super::Kind::{Day, Id, Integer, Text};
use super::{Cell, Facts, Link, Sink, Table, account_key, field, optional};
use crate::domain::points::ledger::{Account, Reason};
use crate::domain::points::shelf::Redemption;

pub(super) const ACCOUNT_CHOICES: Table = Table {
    name: "account_choices",
    title: "群众积分按户还是按人",
    about: "每次选定一行,按先后排列;没有行的村一直按户记分。某一天按哪一种,看那天以前(含当天)最后一行",
    fields: &[
        field("place", Integer, "第几次选定,从 1 起"),
        optional("since", Day, "从哪一天起;空着是从一开始"),
        field("accounts", Text, "按户或按人"),
    ],
    key: &["place"],
    links: &[],
    fill: account_choices,
};

fn account_choices(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for (place, (since, kind)) in (1..).zip(facts.villager_accounts.choices()) {
        put(&[Cell::Integer(place), Cell::maybe(*since, Cell::Day), Cell::Text(kind.word())]);
    }
}

pub(super) const BALANCES: Table = Table {
    name: "balances",
    title: "积分账户",
    about: "每个账户一行:每户一个群众积分账户,每名党员一个党员积分账户;按人记分的村,另有每人一个群众积分账户。\
            points 等于 entries 里这个账户的合计,balance = points − redeemed",
    fields: &[
        field("account", Id, "账户的编号:h 加户的编号,m 加党员的编号,或 v 加村民的编号"),
        field("ledger", Text, "群众积分或党员积分"),
        field("household", Id, "账户所在的户"),
        optional("person", Id, "党员积分账户的党员"),
        field("points", Integer, "入账合计,含冲正"),
        field("redeemed", Integer, "已兑换,撤销的不算"),
        field("balance", Integer, "结余"),
    ],
    key: &["account"],
    links: &[
        Link { from: &["household"], table: "households", to: &["id"] },
        Link { from: &["person"], table: "members", to: &["person"] },
    ],
    fill: balances,
};

fn balances(facts: &Facts<'_>, put: &mut Sink<'_>) {
    let homes = facts.people.households.iter().map(|home| (Account::Household(home.id), home.id, None));
    let members = facts.people.members().map(|one| (Account::Member(one.id), one.household, Some(one.id)));
    let people = facts.villagers().map(|one| (Account::Villager(one.id), one.household, None));
    for (account, household, person) in homes.chain(members).chain(people) {
        let (points, redeemed) = (facts.entries.sum(account), facts.shelf.redeemed(account));
        put(&[
            Cell::Text(&account_key(account)),
            Cell::Text(account.ledger().word()),
            Cell::Id(household.raw()),
            Cell::maybe(person, |person| Cell::Id(person.raw())),
            Cell::Integer(points),
            Cell::Integer(redeemed),
            Cell::Integer(points.saturating_sub(redeemed)),
        ]);
    }
}

pub(super) const ENTRIES: Table = Table {
    name: "entries",
    title: "积分记录",
    about: "两本积分账的每一笔,只增不改;冲正是另外一笔,指明冲的是哪一笔",
    fields: &[
        field("id", Id, "这一笔的编号"),
        field("account", Id, "记在哪个账户"),
        field("ledger", Text, "群众积分或党员积分"),
        field("date", Day, "事情发生的那一天"),
        field("kind", Text, "act 登记,reversal 冲正,opening 起始分,clearing 清零,carried 结转(分数不变)"),
        optional("version", Integer, "按细则的哪个版本计分;登记才有"),
        optional("item", Id, "细则的哪个事项;登记才有"),
        optional("activity", Id, "同一次活动的各笔编号相同;登记才有"),
        optional("quantity", Integer, "数量;登记才有"),
        field("points", Integer, "积分,扣分是负数"),
        optional("reverses", Id, "冲正的是哪一笔"),
    ],
    key: &["id"],
    links: &[
        Link { from: &["account"], table: "balances", to: &["account"] },
        Link { from: &["version", "item"], table: "rule_items", to: &["version", "item"] },
        Link { from: &["reverses"], table: "entries", to: &["id"] },
    ],
    fill: entries,
};

fn entries(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for entry in facts.entries.iter() {
        let (kind, act, reverses) = match entry.reason {
            Reason::Act { item, version, activity, quantity } => {
                ("act", Some((version, item, activity, quantity)), None)
            }
            Reason::Reversal(original) => ("reversal", None, Some(original)),
            Reason::Opening => ("opening", None, None),
            Reason::Cleared(_) => ("clearing", None, None),
            Reason::Carried { .. } => ("carried", None, None),
        };
        put(&[
            Cell::Id(entry.id.raw()),
            Cell::Text(&account_key(entry.account)),
            Cell::Text(entry.account.ledger().word()),
            Cell::Day(entry.date),
            Cell::Text(kind),
            Cell::maybe(act, |(version, ..)| Cell::Integer(version.0.into())),
            Cell::maybe(act, |(_, item, ..)| Cell::Id(item.raw())),
            Cell::maybe(act, |(_, _, activity, _)| Cell::Id(activity.raw())),
            Cell::maybe(act, |(.., quantity)| Cell::Integer(quantity.into())),
            Cell::Integer(entry.points.into()),
            Cell::maybe(reverses, |original| Cell::Id(original.raw())),
        ]);
    }
}

/// Redemptions that stand.
pub(super) fn standing<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Redemption> {
    facts.shelf.redemptions().filter(|redemption| !redemption.undone)
}
