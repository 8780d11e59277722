//! Filing claims and deciding them: what is approved is posted in the same
//! fact, so that two laptops cannot post it twice.

use std::collections::{BTreeMap, HashSet};

use super::approval::{Batch, check_line};
use super::points::{check_conditions, points_of};
use super::{Desk, NAME_LIMIT, TEXT_LIMIT, limited, required};
use crate::domain::command::{NewClaims, Verdict};
use crate::domain::event::{ClaimVerdict, Event, FiledClaim, PostedLine};
use crate::domain::id::{CaseId, ClaimId, StaffId};
use crate::domain::points::caps::Line;
use crate::domain::points::claim::{Claim, ClaimRefusal, ClaimState, StaffRefusal};
use crate::domain::points::rule::Ledger;
use crate::domain::points::settings::Reviewing;
use crate::domain::refusal::Refusal;
use crate::domain::register::Field;
use crate::domain::staff::{Staff, Standing};
use crate::domain::village::Village;

/// The most of the staff who record at one time.
pub const STAFF_LIMIT: usize = 20;

impl Village {
    /// Whether each claim takes two people: where that is wanted, and there are two.
    pub fn takes_two(&self) -> bool {
        let mut active = self.staff.active();
        let first = active.next();
        let is_another = |first: &Staff| active.any(|staff| !self.is_same_hand(first.id, staff.id));
        self.settings.reviewing == Reviewing::BySecondPerson && first.is_some_and(is_another)
    }

    /// Whether the claim was recorded by this one of the staff.
    pub fn is_by(&self, claim: &Claim, by: Option<StaffId>) -> bool {
        claim.filed.by.zip(by).is_some_and(|(one, other)| self.is_same_hand(one, other))
    }
}

impl Desk<'_> {
    pub(super) fn file_claims(&mut self, new: &NewClaims) -> Result<(), Refusal> {
        self.file(new, None)
    }

    /// Files a claim for each line; the case earns it, if one does.
    pub(super) fn file(&mut self, new: &NewClaims, case: Option<CaseId>) -> Result<(), Refusal> {
        self.check_staff(new.by)?;
        if new.date > self.context.now.date() {
            return Err(Refusal::FutureDate(new.date));
        }
        let (book, item) = self.village.scoring(new.item, new.date)?;
        self.check_open(item.ledger, new.date)?;
        check_conditions(item, new.date, &new.note, self.photos_at_hand)?;
        self.check_accounts(item, new.date, &new.lines)?;
        for (account, quantity) in &new.lines {
            let mut open = self.village.claims_of(*account).filter(|claim| claim.state == ClaimState::Open);
            if open.any(|claim| (claim.filed.item, claim.filed.date) == (new.item, new.date)) {
                return Err(ClaimRefusal::FiledBefore { item: item.name.clone(), date: new.date }.into());
            }
            let each = item.score_for(self.village.kind_on(*account, new.date)).least();
            let (account, quantity, points) = (*account, *quantity, points_of(each, *quantity)?);
            let line = Line { account, item: item.id, version: book.version, date: new.date, quantity, points };
            check_line(self.village, book, item, &line, &[])?;
        }
        let note = self.notes.note(limited("事由", &new.note, TEXT_LIMIT)?);
        let (item, date, by) = (new.item, new.date, new.by);
        for (account, quantity) in &new.lines {
            let (id, account, quantity) = (self.notes.fresh(), *account, *quantity);
            self.events.push(Event::ClaimFiled(FiledClaim { id, account, item, date, quantity, note, by, case }));
        }
        Ok(())
    }

    pub(super) fn decide_claims(
        &mut self,
        claims: &[ClaimId],
        verdict: &Verdict,
        by: Option<StaffId>,
    ) -> Result<(), Refusal> {
        if claims.is_empty() {
            return Err(ClaimRefusal::NoneChosen.into());
        }
        self.check_staff(by)?;
        let mut seen = HashSet::new();
        let mut found: Vec<&Claim> = Vec::with_capacity(claims.len());
        for id in claims {
            let claim = self.village.claims.get(*id).ok_or(ClaimRefusal::Unknown)?;
            if claim.state != ClaimState::Open || !seen.insert(*id) {
                return Err(ClaimRefusal::DecidedBefore.into());
            }
            found.push(claim);
        }
        self.check_hands(&found, by)?;
        match verdict {
            Verdict::Approve { points_each } => self.approve(&found, points_each, by),
            Verdict::Return(reason) => self.send_back(&found, reason, by),
        }
    }

    fn approve(&mut self, claims: &[&Claim], chosen: &[(ClaimId, i32)], by: Option<StaffId>) -> Result<(), Refusal> {
        let mut batch = Batch::default();
        for claim in claims {
            let chosen = chosen.iter().find(|(id, _)| *id == claim.filed.id).map(|(_, points)| *points);
            batch.take(self.village, claim, chosen)?;
        }
        let pending = batch.lines;
        self.check_issues(&pending)?;
        for (claim, line) in claims.iter().zip(pending) {
            let Line { account, version, quantity, points, .. } = line;
            let line = PostedLine { entry: self.notes.fresh(), account, quantity, points };
            let verdict = ClaimVerdict::Approved { activity: self.notes.fresh(), version, line };
            self.events.push(Event::ClaimDecided { claim: claim.filed.id, verdict, by });
        }
        Ok(())
    }

    /// Each year has room for what is approved in it.
    fn check_issues(&self, lines: &[Line]) -> Result<(), Refusal> {
        let mut years: BTreeMap<i16, i64> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.account.ledger() == Ledger::Villager) {
            *years.entry(line.date.year()).or_default() += i64::from(line.points.max(0));
        }
        let settings = &self.village.settings;
        years.into_iter().try_for_each(|(year, points)| Ok(settings.check_issue(self.village, year, points)?))
    }

    fn send_back(&mut self, claims: &[&Claim], reason: &str, by: Option<StaffId>) -> Result<(), Refusal> {
        let reason = required("退回的原因", reason, TEXT_LIMIT)?;
        for claim in claims {
            let note = self.notes.note(reason).ok_or(Refusal::Missing("退回的原因"))?;
            let verdict = ClaimVerdict::Returned(note);
            self.events.push(Event::ClaimDecided { claim: claim.filed.id, verdict, by });
        }
        Ok(())
    }

    /// Whoever records is one of the staff; and is named where it takes two.
    pub(super) fn check_staff(&self, by: Option<StaffId>) -> Result<(), ClaimRefusal> {
        let is_active = |id| self.village.staff.active().any(|staff| staff.id == id);
        match by {
            Some(id) if !is_active(id) => Err(ClaimRefusal::UnknownStaff),
            None if self.village.takes_two() => Err(ClaimRefusal::NobodyChosen),
            _ => Ok(()),
        }
    }

    /// Nobody decides what they recorded themselves, where it takes two.
    fn check_hands(&self, claims: &[&Claim], by: Option<StaffId>) -> Result<(), ClaimRefusal> {
        let own = claims.iter().filter(|claim| self.village.is_by(claim, by)).count();
        if own > 0 && self.village.takes_two() {
            return Err(ClaimRefusal::SameHand { name: self.village.staff_name(by).to_owned(), count: own });
        }
        Ok(())
    }

    pub(super) fn name_staff(&mut self, staff: Option<StaffId>, name: &str, standing: Standing) -> Result<(), Refusal> {
        let name = required("经手人的姓名", name, NAME_LIMIT)?;
        let others = || self.village.staff.active().filter(|known| Some(known.id) != staff);
        if let Some(id) = staff {
            self.village.staff.get(id).ok_or(StaffRefusal::Unknown)?;
        }
        if standing == Standing::Active {
            if others().any(|known| self.village.staff_name(Some(known.id)) == name) {
                return Err(StaffRefusal::NamedBefore(name.to_owned()).into());
            }
            if others().count() >= STAFF_LIMIT {
                return Err(StaffRefusal::TooMany(STAFF_LIMIT).into());
            }
        }
        let name = name.to_owned();
        let id = staff.unwrap_or_else(|| self.notes.fresh());
        self.notes.set(id, Field::Name, &name);
        self.events.push(Event::StaffNamed { staff: id, standing });
        Ok(())
    }
}
