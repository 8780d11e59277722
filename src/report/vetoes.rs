//! 一票否决: the list, one of them in full, and the sign that stands wherever
//! the household or the member is shown.

use jiff::civil::Date;

use super::tag::{Tag, Tone, day_words};
use crate::domain::calendar::short_date;
use crate::domain::id::VetoId;
use crate::domain::order::sort_by_key;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::domain::points::veto::{Veto, VetoEffect, VetoPhase};
use crate::domain::village::Village;

/// One veto in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VetoRow {
    /// Which.
    pub veto: VetoId,
    /// Number of the household, also of a member's.
    pub number: String,
    /// Name of the head, or of the member.
    pub name: String,
    /// 文号
    pub document: String,
    /// 「停兑、停评优」
    pub effects: String,
    /// 「9月26日 至 12月31日」
    pub span: String,
    /// How it stands today.
    pub phase: Tag,
}

/// The vetoes of a ledger: those that count first, then the newest.
pub fn veto_list(village: &Village, ledger: Ledger, today: Date) -> Vec<VetoRow> {
    let vetoes = village.vetoes.iter().filter(|veto| veto.imposed.account.ledger() == ledger);
    let mut vetoes: Vec<&Veto> = vetoes.collect();
    vetoes.reverse();
    sort_by_key(&mut vetoes, |veto| match veto.phase(today) {
        VetoPhase::Standing => 0,
        VetoPhase::Coming => 1,
        VetoPhase::Over | VetoPhase::Revoked => 2,
    });
    vetoes.into_iter().map(|veto| row(village, veto, today)).collect()
}

fn row(village: &Village, veto: &Veto, today: Date) -> VetoRow {
    let account = village.account_now(veto.imposed.account);
    VetoRow {
        veto: veto.imposed.veto,
        number: village.home_of(account).map_or_else(String::new, |home| home.number.to_string()),
        name: village.account_name(account).to_owned(),
        document: village.note(Some(veto.imposed.document)).to_owned(),
        effects: effect_words(&veto.imposed.effects),
        span: span_words(veto, today),
        phase: phase_tag(veto, today),
    }
}

fn effect_words(effects: &[VetoEffect]) -> String {
    effects.iter().map(|effect| effect.word()).collect::<Vec<_>>().join("、")
}

fn span_words(veto: &Veto, today: Date) -> String {
    let from = day_words(veto.imposed.from, today);
    let revoked = veto.revocation.map(|revocation| revocation.date);
    let to = revoked.or(veto.imposed.to).map_or_else(|| "撤销为止".to_owned(), |to| day_words(to, today));
    format!("{from} 至 {to}")
}

fn phase_tag(veto: &Veto, today: Date) -> Tag {
    let phase = veto.phase(today);
    let tone = match phase {
        VetoPhase::Standing => Tone::Red,
        VetoPhase::Coming => Tone::Soon,
        VetoPhase::Over | VetoPhase::Revoked => Tone::Plain,
    };
    Tag::new(phase.word(), tone)
}

/// A veto in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VetoDetail {
    /// What the list says.
    pub row: VetoRow,
    /// Whose.
    pub account: Account,
    /// Why.
    pub reason: String,
    /// 「村民代表会议(9月25日)」
    pub meeting: String,
    /// 「9月28日:不服…」
    pub appeal: Option<String>,
    /// 「10月9日,柳村〔2025〕9号:已整改到位」
    pub revocation: Option<String>,
    /// Whether an appeal can be recorded.
    pub can_appeal: bool,
    /// Whether it can be revoked.
    pub can_revoke: bool,
}

/// The veto of this id in full.
pub fn veto_detail(village: &Village, veto: VetoId, today: Date) -> Option<VetoDetail> {
    let veto = village.vetoes.get(veto)?;
    let imposed = &veto.imposed;
    let note = |id| village.note(Some(id));
    let appeal = veto.appeal.map(|appeal| format!("{}:{}", day_words(appeal.date, today), note(appeal.note)));
    let revocation = veto.revocation.map(|revocation| {
        let day = day_words(revocation.date, today);
        format!("{day},{}:{}", note(revocation.document), note(revocation.note))
    });
    Some(VetoDetail {
        row: row(village, veto, today),
        account: village.account_now(imposed.account),
        reason: note(imposed.reason).to_owned(),
        meeting: format!("{}({})", note(imposed.meeting), day_words(imposed.met, today)),
        can_appeal: appeal.is_none() && revocation.is_none(),
        can_revoke: revocation.is_none(),
        appeal,
        revocation,
    })
}

/// The list of a ledger, and the veto that is open beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VetoPage {
    /// All of them.
    pub rows: Vec<VetoRow>,
    /// The one that is open: the chosen one, else the first.
    pub open: Option<VetoDetail>,
}

/// The page of a ledger.
pub fn veto_page(village: &Village, ledger: Ledger, chosen: Option<VetoId>, today: Date) -> VetoPage {
    let rows = veto_list(village, ledger, today);
    let open = chosen.or_else(|| rows.first().map(|row| row.veto));
    let open = open.and_then(|veto| veto_detail(village, veto, today));
    VetoPage { rows, open: open.filter(|open| open.account.ledger() == ledger) }
}

/// What stands beside a name while a veto counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VetoSign {
    /// Which veto.
    pub veto: VetoId,
    /// 「停兑至 12月31日」
    pub word: String,
    /// 文号
    pub document: String,
    /// Whether nothing may be redeemed.
    pub stops_redemption: bool,
}

/// The veto that counts against the account today: one that stops redemption
/// before others, and of several the one that ends last.
pub fn veto_sign(village: &Village, account: Account, today: Date) -> Option<VetoSign> {
    let standing = || village.vetoes_of(account).filter(|veto| veto.phase(today) == VetoPhase::Standing);
    let stops = |veto: &Veto| veto.imposed.effects.contains(&VetoEffect::NoRedemption);
    let veto = standing().max_by_key(|veto| (stops(veto), veto.last_day()))?;
    let effect = if stops(veto) { "停兑".to_owned() } else { effect_words(&veto.imposed.effects) };
    let word = match veto.imposed.to {
        Some(to) => format!("{effect}至 {}", short_date(to)),
        None => format!("{effect}中"),
    };
    let document = village.note(Some(veto.imposed.document)).to_owned();
    Some(VetoSign { veto: veto.imposed.veto, word, document, stops_redemption: stops(veto) })
}
