//! 一票否决: imposing, appeal, revocation.

use jiff::civil::Date;

use super::{Desk, NAME_LIMIT, TEXT_LIMIT, required};
use crate::domain::calendar::days_between;
use crate::domain::event::{Event, PostedLine};
use crate::domain::id::{NoteId, VetoId};
use crate::domain::points::ledger::{Account, ClearCause};
use crate::domain::points::veto::{
    NewVeto, VETO_START_DAYS, Veto, VetoAct, VetoAppealed, VetoEffect, VetoImposed, VetoRefusal, VetoRevoked,
    until_words,
};
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn veto(&mut self, act: &VetoAct) -> Result<(), Refusal> {
        match act {
            VetoAct::Impose(new) => self.impose(new),
            VetoAct::Appeal { veto, date, note } => self.appeal(*veto, *date, note),
            VetoAct::Revoke { veto, date, document, reason } => self.revoke(*veto, *date, document, reason),
        }
    }

    fn impose(&mut self, new: &NewVeto) -> Result<(), Refusal> {
        let account = new.account;
        if !self.village.has_account(account) {
            return Err(Refusal::UnknownAccount);
        }
        self.village.check_in_use(account)?;
        let reason = self.text("否决的理由", &new.reason, TEXT_LIMIT)?;
        let document = self.text("文号", &new.document, NAME_LIMIT)?;
        let meeting = self.text("作出决定的会议", &new.meeting, NAME_LIMIT)?;
        let (today, from) = (self.context.now.date(), new.from);
        if new.met > today {
            return Err(Refusal::FutureDate(new.met));
        }
        if days_between(today, from).abs() > VETO_START_DAYS {
            return Err(VetoRefusal::StartTooFar(from).into());
        }
        if new.to.is_some_and(|to| to < from) {
            return Err(VetoRefusal::EndsBeforeStart(from).into());
        }
        let chosen = VetoEffect::ALL.iter().copied().filter(|effect| new.effects.contains(effect));
        let effects: Vec<VetoEffect> = chosen.collect();
        let clears = effects.contains(&VetoEffect::Cleared);
        if effects.is_empty() {
            return Err(VetoRefusal::NoEffect.into());
        }
        if clears && from > today {
            return Err(VetoRefusal::ClearsLater.into());
        }
        let veto = self.notes.fresh();
        let (met, to) = (new.met, new.to);
        self.events.push(Event::VetoImposed(VetoImposed {
            veto,
            account,
            reason,
            document,
            meeting,
            met,
            from,
            to,
            effects,
        }));
        if clears {
            self.check_open(account.ledger(), today)?;
            self.clear(ClearCause::Veto(veto), today, &[(account, self.village.balance(account))]);
        }
        Ok(())
    }

    /// Posts what takes these points from these accounts; nothing for what is not above zero.
    pub(super) fn clear(&mut self, cause: ClearCause, date: Date, held: &[(Account, i64)]) {
        let mut lines = Vec::new();
        for (account, points) in held.iter().filter(|(_, points)| *points > 0) {
            let points = i32::try_from(-points).unwrap_or(i32::MIN);
            lines.push(PostedLine { entry: self.notes.fresh(), account: *account, quantity: 0, points });
        }
        if !lines.is_empty() {
            self.events.push(Event::PointsCleared { cause, date, lines });
        }
    }

    fn appeal(&mut self, id: VetoId, date: Date, note: &str) -> Result<(), Refusal> {
        let veto = self.known_veto(id)?;
        if veto.appeal.is_some() {
            return Err(VetoRefusal::AlreadyAppealed.into());
        }
        if veto.revocation.is_some() {
            return Err(VetoRefusal::AlreadyRevoked.into());
        }
        self.check_after_meeting(veto, date)?;
        let note = self.text("申诉的内容", note, TEXT_LIMIT)?;
        self.events.push(Event::VetoAppealed(VetoAppealed { veto: id, date, note }));
        Ok(())
    }

    fn revoke(&mut self, id: VetoId, date: Date, document: &str, reason: &str) -> Result<(), Refusal> {
        let veto = self.known_veto(id)?;
        if veto.revocation.is_some() {
            return Err(VetoRefusal::AlreadyRevoked.into());
        }
        self.check_after_meeting(veto, date)?;
        let document = self.text("撤销的文号", document, NAME_LIMIT)?;
        let note = self.text("撤销的原因", reason, TEXT_LIMIT)?;
        self.events.push(Event::VetoRevoked(VetoRevoked { veto: id, date, document, note }));
        Ok(())
    }

    fn known_veto(&self, veto: VetoId) -> Result<&Veto, Refusal> {
        Ok(self.village.vetoes.get(veto).ok_or(VetoRefusal::Unknown)?)
    }

    fn check_after_meeting(&self, veto: &Veto, date: Date) -> Result<(), Refusal> {
        if date > self.context.now.date() {
            return Err(Refusal::FutureDate(date));
        }
        if date < veto.imposed.met {
            return Err(VetoRefusal::BeforeMeeting(veto.imposed.met).into());
        }
        Ok(())
    }

    /// A required text, kept as a note.
    pub(super) fn text(&mut self, what: &'static str, text: &str, limit: usize) -> Result<NoteId, Refusal> {
        let text = required(what, text, limit)?;
        self.notes.note(text).ok_or(Refusal::Missing(what))
    }

    /// Whether the account may redeem today.
    pub(super) fn check_redemption(&self, account: Account) -> Result<(), Refusal> {
        let today = self.context.now.date();
        let Some(veto) = self.village.veto_against(account, VetoEffect::NoRedemption, today) else {
            return Ok(());
        };
        let document = self.village.note(Some(veto.imposed.document)).to_owned();
        let until = until_words(veto.imposed.to);
        Err(VetoRefusal::RedemptionStopped { document, until }.into())
    }
}
