//! Joining what two laptops entered twice.

use super::Desk;
use crate::domain::conflict::Choice;
use crate::domain::event::{Event, JoinedPerson};
use crate::domain::id::{EntryId, GoodsId, HouseholdId};
use crate::domain::points::dispute::{Dispute, DisputeRefusal};
use crate::domain::points::ledger::{Account, ClearCause};
use crate::domain::points::rule::Ledger;
use crate::domain::points::shelf::GoodsTerms;
use crate::domain::points::year_twice::{YearEndAct, YearEndOf, YearUncleared};
use crate::domain::refusal::Refusal;
use crate::domain::register::{Field, Owner, TextChange};

/// Why 起始分 is taken back.
const OPENING_TWICE: &str = "两台电脑各记了一次起始分,只算一次";
/// Why the end of a year is taken back.
const CLEARED_TWICE: &str = "两台电脑各清零了一次,只算一次";
const CARRIED_TWICE: &str = "两台电脑各结转了一次,只算一次";
/// Why stock moves from one entry to another.
const GOODS_TWICE: &str = "两台电脑各添加了一次,库存合到先添加的";

impl Desk<'_> {
    /// Joins two entries of one household. People of the same name in both are one person.
    pub(super) fn join(&mut self, gone: HouseholdId, kept: HouseholdId, texts: Choice) -> Result<(), Refusal> {
        if [gone, kept].iter().any(|id| self.village.people.households.get(*id).is_none()) {
            return Err(Refusal::UnknownHousehold);
        }
        if gone == kept {
            return Err(Refusal::AlreadySettled);
        }
        let people = self.village.same_people(gone, kept);
        self.move_texts(gone.into(), kept.into(), texts);
        for JoinedPerson { gone, kept } in &people {
            self.move_texts((*gone).into(), (*kept).into(), texts);
        }
        let own = [Account::Villager, Account::Member];
        let people_accounts = people.iter().flat_map(|one| own.map(|account| [account(one.kept), account(one.gone)]));
        let accounts: Vec<_> = people_accounts.chain([[Account::Household(kept), Account::Household(gone)]]).collect();
        self.events.push(Event::HouseholdsJoined { gone, kept, people });
        let openings = accounts.iter().flat_map(|[kept, gone]| {
            let openings = [*kept, *gone].into_iter().flat_map(|account| self.village.standing_openings(account));
            openings.skip(1)
        });
        let openings: Vec<EntryId> = openings.collect();
        self.take_back_twice(&openings, OPENING_TWICE);
        Ok(())
    }

    /// Two entries of one kind of goods: what there is counts as stock of the
    /// kept one, and the other one is no longer offered. What was redeemed stays
    /// where it is. When both laptops do it, the outcome is the same.
    pub(super) fn join_goods(&mut self, gone: GoodsId, kept: GoodsId) -> Result<(), Refusal> {
        let find = |id| self.village.shelf.goods.get(id).ok_or(Refusal::UnknownGoods);
        let (left, home) = (find(gone)?, find(kept)?);
        if gone == kept {
            return Err(Refusal::AlreadySettled);
        }
        if left.unit != home.unit || left.is_service != home.is_service {
            return Err(Refusal::GoodsDiffer(home.name.clone()));
        }
        // Another laptop, which did not know of it, may have offered it again.
        let pooled = &self.village.shelf.pooled;
        if !left.is_service
            && pooled.now(gone) != pooled.now(kept)
            && let Some(note) = self.notes.note(GOODS_TWICE)
        {
            self.events.push(Event::GoodsJoined { gone, kept, note });
        }
        self.withdraw_goods(gone)
    }

    /// The goods are not offered any more.
    pub(super) fn withdraw_goods(&mut self, goods: GoodsId) -> Result<(), Refusal> {
        let terms = self.village.shelf.terms(goods).ok_or(Refusal::UnknownGoods)?;
        self.set_terms(GoodsTerms { is_offered: false, ..terms })
    }

    /// An account that two laptops began keeps the first 起始分.
    pub(super) fn keep_one_opening(&mut self, account: Account) -> Result<(), Refusal> {
        let openings: Vec<EntryId> = self.village.standing_openings(account).skip(1).collect();
        if openings.is_empty() {
            return Err(Refusal::AlreadySettled);
        }
        if self.take_back_twice(&openings, OPENING_TWICE) { Ok(()) } else { Err(DisputeRefusal::SettleFirst.into()) }
    }

    /// Of the end of a year that two laptops posted one is kept; the lines of the
    /// other are taken back in the open month.
    pub(super) fn keep_one_year_end(&mut self, of: YearEndOf, kept: Choice) -> Result<(), Refusal> {
        let twice = self.village.year_ends_twice().into_iter().find(|twice| twice.of == of);
        let lines = twice.ok_or(Refusal::AlreadySettled)?.beyond(kept);
        let note = match of.act {
            YearEndAct::Cleared => CLEARED_TWICE,
            YearEndAct::Carried => CARRIED_TWICE,
        };
        if self.take_back_twice(&lines, note) { Ok(()) } else { Err(DisputeRefusal::SettleFirst.into()) }
    }

    /// Clears a year again of which both clearings were taken back: in the open month,
    /// since that of the year's end may hang on the wall.
    pub(super) fn clear_again(&mut self, year: i16) -> Result<(), Refusal> {
        let uncleared = self.uncleared(year)?;
        let day = self.village.closings.open_day(Ledger::Villager, self.context.now.date());
        self.clear(ClearCause::YearEnd(year), day, &uncleared.lines);
        Ok(())
    }

    /// Says that it is not cleared: a clearing of nobody.
    pub(super) fn leave_uncleared(&mut self, year: i16) -> Result<(), Refusal> {
        self.uncleared(year)?;
        let date = self.village.closings.open_day(Ledger::Villager, self.context.now.date());
        self.events.push(Event::PointsCleared { cause: ClearCause::YearEnd(year), date, lines: Vec::new() });
        Ok(())
    }

    fn uncleared(&self, year: i16) -> Result<YearUncleared, Refusal> {
        self.village.years_uncleared().into_iter().find(|one| one.year == year).ok_or(Refusal::AlreadySettled)
    }

    /// Takes back what an account had twice; what is objected to is settled by
    /// deciding that. `false` when nothing was taken back.
    fn take_back_twice(&mut self, lines: &[EntryId], why: &str) -> bool {
        let is_free = |entry: &&EntryId| !self.village.disputes.get(**entry).is_some_and(Dispute::is_open);
        let free: Vec<EntryId> = lines.iter().filter(is_free).copied().collect();
        if free.is_empty() {
            return false;
        }
        let Some(note) = self.notes.note(why) else { return false };
        let today = self.context.now.date();
        for original in free {
            let ledger = self.village.entries.get(original).map(|entry| entry.account.ledger());
            let date = ledger.map_or(today, |ledger| self.village.closings.open_day(ledger, today));
            self.events.push(Event::EntryReversed { entry: self.notes.fresh(), original, date, note });
        }
        true
    }

    /// What is known stands in one place: what the kept entry lacks moves over,
    /// or what the other one says counts, and the other entry is left empty.
    fn move_texts(&mut self, gone: Owner, kept: Owner, texts: Choice) {
        let register = &self.village.register;
        let changes = Field::ALL.into_iter().flat_map(|field| {
            let (text, known) = (register.text(gone, field), register.text(kept, field));
            let is_wanted = !text.is_empty() && text != known && (known.is_empty() || texts == Choice::Take);
            let moved = is_wanted.then(|| TextChange { owner: kept, field, text: Some(text.to_owned()) });
            let left = (!text.is_empty()).then_some(TextChange { owner: gone, field, text: None });
            moved.into_iter().chain(left)
        });
        self.notes.change_all(changes.collect());
    }
}
