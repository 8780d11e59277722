//! What watches over the demo's points: every month that is over is closed,
//! one veto was revoked, one stands and one was appealed against; of the
//! objections one was kept, two led to reversals, and one waits.

use jiff::civil::Date;

use super::play::{Deed, Plan, Player, Scene};
use super::{DemoError, Span};
use crate::domain::calendar::{Moment, Month, add_days};
use crate::domain::command::Command;
use crate::domain::id::{EntryId, HouseholdId};
use crate::domain::points::close::{CloseMonth, NOTICE_DAYS, OBJECTION_DAYS, next_to_close};
use crate::domain::points::dispute::{DisputeAct, Verdict};
use crate::domain::points::ledger::{Account, Entry, Reason};
use crate::domain::points::rule::Ledger;
use crate::domain::points::veto::{NewVeto, VetoAct, VetoEffect};
use crate::domain::roster::MemberType;

/// Places of the households concerned among the active ones.
const REVOKED: usize = 5;
const STANDING: usize = 9;
const DECIDED: usize = 14;
const WAITING: usize = 21;
const GRANTED: usize = 28;
/// Place of the member concerned among those without a post.
const APPEALED: usize = 2;

/// Who wrote a document, and its number of the year.
type Document = (&'static str, u8);

/// 「柳村发〔2026〕8号」
fn numbered((office, number): Document, day: Date) -> String {
    format!("{office}〔{}〕{number}号", day.year())
}

/// What can be planned of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Watch {
    /// A veto is imposed.
    Impose { account: Account, document: Document, reason: &'static str, days: Option<i32> },
    /// The one concerned appeals against the latest veto.
    Appeal(&'static str),
    /// The latest veto is revoked.
    Revoke { document: Document, reason: &'static str },
    /// The household objects to its latest entry, or another one to one of this month.
    Object { household: HouseholdId, note: &'static str },
    /// A member objects to the latest deduction of this month.
    Contest { note: &'static str },
    /// What waits is decided.
    Decide { verdict: Verdict, reason: &'static str },
    /// A month of a ledger is closed, if it is its turn.
    Close { ledger: Ledger, month: Month },
}

/// Everything that watches over the four quarters.
pub(super) fn plan(scene: &Scene, span: &Span) -> Vec<Plan> {
    let mut plans = Vec::new();
    let mut add = |day: Date, hour: u8, watch: Watch| {
        if day <= span.last() {
            plans.push(Plan { at: Moment::at(day, hour, 10), deed: Deed::Watch(watch) });
        }
    };
    // 起始分 are dated on the first day of the year in which the village began.
    let begun = add_days(span.first(), -14);
    let mut month = Month { year: begun.year(), month: 1 };
    while month.first_day() <= span.last() {
        for ledger in [Ledger::Villager, Ledger::Member] {
            add(month.next().first_day().max(begun), 8, Watch::Close { ledger, month });
        }
        month = month.next();
    }
    let home = |place: usize| scene.active.get(place).map_or(scene.anchor, |active| active.0);
    let [_, second, third, _] = span.quarters;
    // Between two redemption days, so that nobody is turned away on one.
    let imposed = Watch::Impose {
        account: Account::Household(home(REVOKED)),
        document: ("柳村发", 3),
        reason: "占用村道堆放建材,三次劝导后仍不清理",
        days: None,
    };
    add(add_days(second.first_day(), 10), 16, imposed);
    let revoked =
        Watch::Revoke { document: ("柳村发", 5), reason: "建材已清走,村务监督小组验收合格" };
    add(add_days(second.last_day(), -20), 16, revoked);
    let standing = Watch::Impose {
        account: Account::Household(home(STANDING)),
        document: ("柳村发", 8),
        reason: "违规占用耕地建棚,限期未拆除",
        days: Some(180),
    };
    add(third.last_day(), 16, standing);
    let objection = |place, note| Watch::Object { household: home(place), note };
    add(add_days(third.first_day(), 40), 15, objection(DECIDED, "户主本人:当天到场晚,怕没有登记上"));
    let (keep, reverse) = (Verdict::Keep, Verdict::Reverse);
    let kept = Watch::Decide { verdict: keep, reason: "核对签到表,登记无误,已当面说明" };
    add(add_days(third.first_day(), 44), 15, kept);
    add(add_days(third.first_day(), 50), 15, objection(GRANTED, "同组村民:那天他家没有人到场"));
    let granted = Watch::Decide { verdict: reverse, reason: "签到表上没有这一户,登记有误" };
    add(add_days(third.first_day(), 54), 15, granted);
    // Absences are recorded on the fifth of a month.
    let month = Month::of(third.last_day()).first_day();
    add(add_days(month, 6), 15, Watch::Contest { note: "党员本人:那天在县医院陪护,已托人请假" });
    let granted = Watch::Decide { verdict: reverse, reason: "请假属实,有医院的陪护证明" };
    add(add_days(month, 10), 15, granted);
    let mut members = scene.members.iter().filter(|member| member.1 == MemberType::WithoutPost);
    if let Some((person, _)) = members.nth(APPEALED) {
        let imposed = Watch::Impose {
            account: Account::Member(*person),
            document: ("柳村支发", 2),
            reason: "半年内三次不参加组织生活,谈话后仍未改",
            days: Some(365),
        };
        add(add_days(third.first_day(), 12), 16, imposed);
        let appeal = Watch::Appeal("父亲住院要人照看,已补交请假条,请支部再议");
        add(add_days(third.first_day(), 19), 16, appeal);
    }
    add(span.last(), 15, objection(WAITING, "邻居反映:当天来的是其亲戚,不是本户"));
    plans
}

impl Player {
    /// Carries out what watches over the points.
    pub(super) fn watch(&mut self, at: Moment, watch: Watch) -> Result<(), DemoError> {
        let command = match watch {
            Watch::Impose { account, document, reason, days } => {
                let from = at.date();
                let new = NewVeto {
                    account,
                    reason: reason.to_owned(),
                    document: numbered(document, from),
                    meeting: meeting(account).to_owned(),
                    met: add_days(from, -1),
                    from,
                    to: days.map(|days| add_days(from, days)),
                    effects: effects(account).to_vec(),
                };
                Some(Command::Veto(VetoAct::Impose(new)))
            }
            Watch::Appeal(note) => self.village.vetoes.iter().last().map(|veto| {
                let (veto, note) = (veto.imposed.veto, note.to_owned());
                Command::Veto(VetoAct::Appeal { veto, date: at.date(), note })
            }),
            Watch::Revoke { document, reason } => self.village.vetoes.iter().last().map(|veto| {
                let (document, reason) = (numbered(document, at.date()), reason.to_owned());
                Command::Veto(VetoAct::Revoke { veto: veto.imposed.veto, date: at.date(), document, reason })
            }),
            Watch::Object { household, note } => self
                .latest_act(household)
                .filter(|entry| self.is_of_month(*entry, Month::of(at.date())))
                .or_else(|| self.latest_of_month(Month::of(at.date())))
                .or_else(|| self.latest_act(household))
                .map(|entry| Command::Dispute(DisputeAct::Raise { entry, date: at.date(), note: note.to_owned() })),
            Watch::Contest { note } => self
                .latest_deduction(Month::of(at.date()))
                .map(|entry| Command::Dispute(DisputeAct::Raise { entry, date: at.date(), note: note.to_owned() })),
            Watch::Decide { verdict, reason } => {
                let open = self.village.disputes.iter().find(|dispute| dispute.is_open());
                open.map(|open| {
                    let reason = reason.to_owned();
                    Command::Dispute(DisputeAct::Decide { entry: open.raised.entry, verdict, reason })
                })
            }
            Watch::Close { ledger, month } => {
                let is_next = next_to_close(&self.village, ledger) == Some(month);
                let (notice_days, objection_days) = (NOTICE_DAYS, OBJECTION_DAYS);
                is_next.then_some(Command::CloseMonth(CloseMonth { ledger, month, notice_days, objection_days }))
            }
        };
        command.map_or(Ok(()), |command| self.play(at, command))
    }

    fn is_of_month(&self, entry: EntryId, month: Month) -> bool {
        self.village.entries.get(entry).is_some_and(|entry| Month::of(entry.date) == month)
    }

    /// The latest deduction of any member in the month that stands.
    fn latest_deduction(&self, month: Month) -> Option<EntryId> {
        let mut latest = self.village.entries.iter().rev().filter(|entry| entry.account.ledger() == Ledger::Member);
        let found = latest.find(|entry| entry.points < 0 && Month::of(entry.date) == month && self.is_quiet(entry));
        found.map(|entry| entry.id)
    }

    /// The latest act of any household in the month that stands.
    fn latest_of_month(&self, month: Month) -> Option<EntryId> {
        let homes = self.village.people.households.iter().rev();
        let mut latest = homes.filter_map(|home| self.latest_act(home.id));
        latest.find(|entry| self.is_of_month(*entry, month))
    }

    /// The latest act of the household that stands.
    fn latest_act(&self, household: HouseholdId) -> Option<EntryId> {
        let entries = self.village.entries.of(Account::Household(household));
        entries.filter(|entry| self.is_quiet(entry)).last().map(|entry| entry.id)
    }

    /// An act that stands, and against which nobody has objected yet.
    fn is_quiet(&self, entry: &Entry) -> bool {
        matches!(entry.reason, Reason::Act { .. })
            && self.village.entries.reversal_of(entry.id).is_none()
            && self.village.disputes.get(entry.id).is_none()
    }
}

/// Who decides against whom.
const fn meeting(account: Account) -> &'static str {
    match account {
        Account::Household(_) | Account::Villager(_) => "村民代表会议",
        Account::Member(_) => "支部党员大会",
    }
}

/// What a veto does: points of members are not redeemed here.
const fn effects(account: Account) -> &'static [VetoEffect] {
    match account {
        Account::Household(_) | Account::Villager(_) => &[VetoEffect::NoRedemption, VetoEffect::NoAwards],
        Account::Member(_) => &[VetoEffect::NoAwards],
    }
}
