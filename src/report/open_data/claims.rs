//! Claims: what was told, by whose hand, and how it was decided.

use super::Kind::{Day, Id, Integer, Text, Time};
use super::{Cell, Facts, Link, Sink, Table, account_key, field, optional};
use crate::domain::points::claim::ClaimState;
use crate::domain::points::ledger::Account;

pub(super) const CLAIMS: Table = Table {
    name: "claims",
    title: "积分申报",
    about: "每条申报一行;通过的指明入账的那一笔",
    fields: &[
        field("id", Id, "申报的编号"),
        field("account", Id, "替哪个账户申报"),
        field("item", Id, "细则的哪个事项"),
        field("date", Day, "事情发生的那一天"),
        field("quantity", Integer, "数量"),
        field("filed", Time, "什么时候登记"),
        optional("recorder", Id, "谁登记:经手人的编号"),
        field("state", Text, "open 待审,approved 通过,returned 退回"),
        optional("entry", Id, "通过后入账的是哪一笔"),
        optional("reviewed", Time, "什么时候审的"),
        optional("reviewer", Id, "谁审的:经手人的编号"),
    ],
    key: &["id"],
    links: &[
        Link { from: &["account"], table: "balances", to: &["account"] },
        Link { from: &["entry"], table: "entries", to: &["id"] },
    ],
    fill: claims,
};

fn claims(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for claim in facts.claims {
        let filed = claim.filed;
        let account = match filed.account {
            Account::Household(id) => Account::Household(facts.people.household_now(id)),
            Account::Member(id) => Account::Member(facts.people.person_now(id)),
            Account::Villager(id) => Account::Villager(facts.people.person_now(id)),
        };
        let (state, entry) = match claim.state {
            ClaimState::Open => ("open", None),
            ClaimState::Approved(entry) => ("approved", Some(entry)),
            ClaimState::Returned(_) => ("returned", None),
        };
        put(&[
            Cell::Id(filed.id.raw()),
            Cell::Text(&account_key(account)),
            Cell::Id(filed.item.raw()),
            Cell::Day(filed.date),
            Cell::Integer(filed.quantity.into()),
            Cell::Time(claim.at),
            Cell::maybe(filed.by, |staff| Cell::Id(staff.raw())),
            Cell::Text(state),
            Cell::maybe(entry, |entry| Cell::Id(entry.raw())),
            Cell::maybe(claim.review, |review| Cell::Time(review.at)),
            Cell::maybe(claim.review.and_then(|review| review.by), |staff| Cell::Id(staff.raw())),
        ]);
    }
}
