//! What is typed into 登记活动, until it is entered.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::calendar::{iso_date, parse_iso_date};
use crate::domain::command::NewActivity;
use crate::domain::decide::QUANTITY_LIMIT;
use crate::domain::id::ItemId;
use crate::domain::photo::NewPhoto;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Item;
use crate::domain::refusal::Refusal;
use crate::report::activity::Participants;
use crate::report::name_list::NameLine;

/// The form as it stands. All texts are as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ActivityInput {
    /// 日期, as the browser's date field writes it.
    pub date: String,
    /// 事项; `None` for the first one in force.
    pub item: Option<ItemId>,
    /// 事由
    pub note: String,
    /// 每户数量
    pub quantity: String,
    /// 分值, where the item leaves a range.
    pub each: String,
    /// Who, in the order in which they were chosen.
    pub chosen: Vec<Account>,
    /// 数量 of those who differ from the others.
    pub quantities: BTreeMap<Account, String>,
    /// Names of a pasted list that are still to be settled.
    pub open: Vec<NameLine>,
    /// 凭据照片
    pub photos: Vec<NewPhoto>,
}

impl ActivityInput {
    /// An empty form for the day.
    pub fn new(today: Date) -> Self {
        Self { date: iso_date(today), quantity: "1".to_owned(), ..Self::default() }
    }

    /// Whether nothing would be lost by starting afresh.
    pub fn is_untouched(&self) -> bool {
        self.chosen.is_empty() && self.open.is_empty() && self.photos.is_empty() && self.note.trim().is_empty()
    }

    /// The day, when it is one.
    pub fn day(&self) -> Option<Date> {
        parse_iso_date(&self.date)
    }

    /// Adds an account, once.
    pub fn add(&mut self, account: Account) {
        if !self.chosen.contains(&account) {
            self.chosen.push(account);
        }
    }

    /// Adds an account with a quantity of its own, if there is one.
    pub fn add_with(&mut self, account: Account, quantity: Option<u32>) {
        self.add(account);
        if let Some(quantity) = quantity {
            self.quantities.insert(account, quantity.to_string());
        }
    }

    /// The account's own quantity, when it has one.
    pub fn own_quantity(&self, account: Account) -> Option<u32> {
        self.quantities.get(&account)?.trim().parse().ok()
    }

    /// Takes an account off the list, with its own quantity.
    pub fn remove(&mut self, account: Account) {
        self.chosen.retain(|chosen| *chosen != account);
        self.quantities.remove(&account);
    }

    /// The quantity of the account, when it is a number.
    fn quantity_of(&self, account: Account) -> Option<u32> {
        let own = self.quantities.get(&account).filter(|own| !own.trim().is_empty());
        own.unwrap_or(&self.quantity).trim().parse().ok()
    }

    /// Points for one unit where a range leaves them open, when they are a number.
    fn points_each(&self) -> Option<i32> {
        self.each.trim().parse().ok()
    }

    /// What everything comes to; `None` while a number is missing.
    pub fn points_total(&self, participants: &Participants) -> Option<i64> {
        let each = self.points_each();
        let points = |account: &Account| participants.points(*account, self.quantity_of(*account)?, each);
        self.chosen.iter().map(points).sum()
    }

    /// The command, or the first thing that is missing.
    pub fn parse(&self, item: Option<&Item>) -> Result<NewActivity, Refusal> {
        let date = self.day().ok_or(Refusal::Missing("日期"))?;
        let item = item.ok_or(Refusal::Missing("事项"))?;
        let line = |account: &Account| Some((*account, self.quantity_of(*account)?));
        Ok(NewActivity {
            item: item.id,
            date,
            note: self.note.clone(),
            lines: self.chosen.iter().map(line).collect::<Option<_>>().ok_or(Refusal::BadQuantity(QUANTITY_LIMIT))?,
            points_each: self.points_each(),
        })
    }

    /// Whether the other differs at most in who was chosen and in the words.
    pub fn same_terms(&self, other: &Self) -> bool {
        (&self.date, self.item, &self.quantity, &self.each) == (&other.date, other.item, &other.quantity, &other.each)
    }
}
