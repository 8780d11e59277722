//! Decisions: a command against the village becomes events and register
//! changes, or a refusal. Nothing is changed here.

pub mod approval;
mod cases;
mod claims;
mod closing;
mod disputes;
mod founding;
mod join;
mod people;
mod photos;
mod points;
mod redemption_day;
mod rewards;
mod rules;
mod settings;
mod settle;
mod shelf;
mod units;
mod veto;
mod visits;

use super::command::{Command, Context};
use super::event::Event;
use super::id::{Counters, PhotoId};
use super::refusal::Refusal;
use super::register::{Notes, TextChange};
use super::village::Village;

/// What a command leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Facts for the journal.
    pub events: Vec<Event>,
    /// Changes of the register.
    pub texts: Vec<TextChange>,
    /// The pictures of photos that were added.
    pub photos: Vec<(PhotoId, Vec<u8>)>,
}

/// The longest free text, in characters.
pub const TEXT_LIMIT: usize = 2_000;
/// The longest name or title, in characters.
pub const NAME_LIMIT: usize = 40;
/// The greatest quantity in one line of an activity or a basket.
pub const QUANTITY_LIMIT: u32 = 1_000;
/// The greatest quantity in one delivery.
pub const DELIVERY_LIMIT: u32 = 100_000;

/// What the parts of a decision work with.
struct Desk<'a> {
    village: &'a Village,
    context: Context,
    notes: Notes<'a>,
    events: Vec<Event>,
    photos: Vec<(PhotoId, Vec<u8>)>,
    /// So many photos come with what is decided.
    photos_at_hand: usize,
}

impl Village {
    /// Decides a command: what happens, or why it cannot.
    pub fn decide(&self, context: &Context, command: Command) -> Result<Decision, Refusal> {
        let mut counters: Counters = self.counters.clone();
        let notes = Notes::new(&mut counters, context.device);
        let (events, photos) = (Vec::new(), Vec::new());
        let mut desk = Desk { village: self, context: *context, notes, events, photos, photos_at_hand: 0 };
        desk.carry_out(command)?;
        Ok(Decision { events: desk.events, texts: desk.notes.into_changes(), photos: desk.photos })
    }
}

impl Desk<'_> {
    fn carry_out(&mut self, command: Command) -> Result<(), Refusal> {
        let desk = self;
        match command {
            Command::FoundVillage(new) => desk.found(&new)?,
            Command::ImportRoster(draft) => desk.import(&draft)?,
            Command::ErasePerson { person, also } => desk.erase(person, &also)?,
            Command::AdoptRules(new) => desk.adopt(new)?,
            Command::TypeMember { person, kind, from } => desk.type_member(person, kind, from)?,
            Command::ChangePerson { person, change, from } => desk.change_person(person, change, from)?,
            Command::Unit(act) => desk.unit(act)?,
            Command::RecordActivity(new) => desk.record(&new)?,
            Command::FileClaims(new) => desk.file_claims(&new)?,
            Command::DecideClaims { claims, verdict, by } => desk.decide_claims(&claims, &verdict, by)?,
            Command::Photo(act) => desk.photo(act)?,
            Command::ChangeSettings(new) => desk.change_settings(new)?,
            Command::EnterWorkingDays(table) => desk.enter_working_days(table)?,
            Command::ChooseAccounts(kind) => desk.choose_accounts(kind)?,
            Command::NameStaff { staff, name, standing } => desk.name_staff(staff, &name, standing)?,
            Command::RewardCase { case, activity } => desk.reward_case(case, &activity)?,
            Command::ClaimReward(case, claims) => desk.claim_reward(case, &claims)?,
            Command::ReverseEntry { entry, reason } => desk.reverse(entry, &reason)?,
            Command::AddGoods(new) => desk.add_goods(&new)?,
            Command::ReceiveStock { goods, quantity, source } => desk.receive(goods, quantity, source)?,
            Command::Redeem { account, basket, proxy } => desk.redeem(account, &basket, &proxy)?,
            Command::UndoRedemption(redemption) => desk.undo(redemption)?,
            Command::ReturnRedemption { redemption, reason } => desk.hand_back(redemption, &reason)?,
            Command::SetGoodsTerms(terms) => desk.set_terms(terms)?,
            Command::CloseDay(new) => desk.close_day(&new)?,
            Command::ReopenDay { day, reason } => desk.reopen_day(day, &reason)?,
            Command::OpenCase(new) => desk.open_case(&new)?,
            Command::MoveCase { case, step } => desk.move_case(case, step)?,
            Command::Visit(act) => desk.visit(act)?,
            Command::Settle(settlement) => desk.settle(settlement)?,
            Command::Veto(act) => desk.veto(&act)?,
            Command::Dispute(act) => desk.dispute(&act)?,
            Command::CloseMonth(new) => desk.close_month(new)?,
            Command::ExpirePoints(ledger) => desk.expire(ledger)?,
            Command::ClearYear { ledger, year } => desk.clear_year(ledger, year)?,
        }
        Ok(())
    }
}

/// The text without blanks at its ends, if it is there and not too long.
fn required<'a>(what: &'static str, text: &'a str, limit: usize) -> Result<&'a str, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Missing(what));
    }
    limited(what, text, limit)
}

/// The text without blanks at its ends, if it is not too long.
fn limited<'a>(what: &'static str, text: &'a str, limit: usize) -> Result<&'a str, Refusal> {
    let text = text.trim();
    let found = text.chars().count();
    if found > limit { Err(Refusal::TooLong { what, found, limit }) } else { Ok(text) }
}
