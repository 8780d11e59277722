//! 核对: the whole journal against its hash chain, every text whether it can be read,
//! and the fingerprints of both ledgers, now and at every earlier moment.
//!
//! The chain finds an altered act. It cannot find that acts at the very end
//! were cut off, because nothing in the journal says how long it was: only a
//! fingerprint that was printed before can.

use super::woven::{OpenError, Woven, chains};
use crate::domain::calendar::Moment;
use crate::domain::check::Finding;
use crate::domain::points::close::Closing;
use crate::domain::points::rule::Ledger;
use crate::domain::village::Village;
use crate::journal::fingerprint::{Fingerprint, LedgerTrails};
use crate::journal::page::{self, PageError};
use crate::journal::segment::{Segment, SegmentError};
use crate::report::tag::counted;
use crate::storage::Contents;

/// So many pages are read in one step: a few milliseconds.
const STEP_TEXTS: usize = 16;

/// What a fingerprint stood for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The ledger.
    pub ledger: Ledger,
    /// When its last act before the fingerprint was recorded.
    pub at: Moment,
    /// How many acts there were then.
    pub acts: u64,
}

/// What was verified.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Acts of all laptops that are proven to be as they were written. Of a
    /// segment whose chain does not close none is.
    pub acts: u64,
    /// The first that is not, if there is one.
    pub damage: Option<OpenError>,
    /// The first register page or slip that cannot be read.
    pub unread: Option<PageError>,
    /// The fingerprints of the villagers' and of the members' ledger.
    pub now: [Fingerprint; 2],
    marks: Vec<(Fingerprint, Mark)>,
}

impl Verdict {
    /// The first thing that does not check, of the journal or of the texts.
    pub fn trouble(&self) -> Option<OpenError> {
        self.damage.clone().or_else(|| self.unread.clone().map(OpenError::Page))
    }

    /// What is wrong with the stored journal, and how far it is proven.
    pub fn damage_words(&self) -> Option<String> {
        let damage = self.damage.as_ref()?;
        let within = match damage {
            OpenError::Segment { cause: SegmentError::BadHash, .. } => {
                "这一段里改动的是哪一笔,查不出来,整段都不能作准。"
            }
            _ => "",
        };
        let before = match self.acts {
            0 => String::new(),
            acts => format!("除此以外核对过的 {} 笔都没有被改动过。", counted(acts)),
        };
        Some(format!("{damage}{within}{before}"))
    }

    /// The last moment at which a ledger had this fingerprint.
    pub fn find(&self, fingerprint: Fingerprint) -> Option<Mark> {
        let mut found = self.marks.iter().rev().filter(|(known, _)| *known == fingerprint);
        found.next().map(|(_, mark)| *mark)
    }

    /// The fingerprint that the ledger had after what was recorded in it at
    /// this moment, as the laptop that recorded it knew it: the one on a sheet
    /// that it printed then, whatever was merged since.
    pub fn printed_at(&self, ledger: Ledger, at: Moment) -> Option<Fingerprint> {
        let of_moment = |mark: &Mark| mark.ledger == ledger && mark.at == at;
        let last = self.marks.iter().rev().find(|(_, mark)| of_moment(mark))?.1.acts;
        let mut first = self.marks.iter().filter(|(_, mark)| of_moment(mark) && mark.acts == last);
        first.next().map(|(fingerprint, _)| *fingerprint)
    }

    /// 核对: whether the fingerprints of both ledgers follow from what is
    /// stored, those under the notices of the months that the village knows as
    /// closed among them.
    pub fn fingerprints(&self, village: &Village) -> Finding {
        let lost = village.closings.iter().filter(|one| self.printed_at(one.closed.ledger, one.at).is_none());
        let sentences = self.where_they_end().into_iter().chain(lost.map(lost_words)).collect();
        Finding { name: "两本账的指纹都能从记录重新算出", sentences }
    }

    /// The fingerprint under the notice of a closed month, or why it cannot be
    /// worked out.
    pub fn under_notice(&self, closing: &Closing) -> Result<Fingerprint, String> {
        let found = self.printed_at(closing.closed.ledger, closing.at);
        found.ok_or_else(|| self.where_they_end().unwrap_or_default() + &lost_words(closing))
    }

    fn where_they_end(&self) -> Option<String> {
        self.damage.as_ref().map(|damage| format!("{damage}从那里起的指纹都算不出来。"))
    }
}

fn lost_words(closing: &Closing) -> String {
    let (month, ledger) = (closing.closed.month.words(), closing.closed.ledger.word());
    format!("{month}{ledger}公示表上的指纹,从存着的记录里算不出来。请拿那一期前后的保存文件来查。")
}

/// A verification under way; each step is short enough for the screen to stay alive.
pub struct Verifier<'a> {
    woven: Woven<'a>,
    texts: Box<dyn Iterator<Item = &'a [u8]> + 'a>,
    unread: Option<PageError>,
    trails: [LedgerTrails; 2],
    marks: Vec<(Fingerprint, Mark)>,
    acts: u64,
    all: u64,
    damage: Option<OpenError>,
}

/// How far a verification has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// So many acts of all.
    At(u64, u64),
    /// There is nothing left.
    Done,
}

impl<'a> Verifier<'a> {
    /// Begins to verify everything in a store.
    pub fn new(contents: &'a Contents) -> Self {
        let chains = chains(contents);
        let all = chains.values().map(|chain| chain.end().0).sum();
        let trails = [Ledger::Villager, Ledger::Member].map(LedgerTrails::new);
        let pages = contents.pages.iter().map(|(_, page)| page.as_slice());
        let texts = Box::new(pages.chain(contents.slips.iter().map(|(_, slip)| slip.as_slice())));
        let woven = Woven::new(chains, Some(prove));
        Self { woven, texts, unread: None, trails, marks: Vec::new(), acts: 0, all, damage: None }
    }

    /// Verifies so many acts more.
    pub fn step(&mut self, count: usize) -> Pace {
        for _ in 0..count {
            match self.woven.next_act() {
                None => return self.read_texts(),
                Some(Err(damage)) => {
                    self.damage.get_or_insert(damage);
                }
                Some(Ok(woven)) => {
                    self.acts += 1;
                    let body = woven.raw.body();
                    for (trails, ledger) in self.trails.iter_mut().zip([Ledger::Villager, Ledger::Member]) {
                        let act = &woven.act;
                        let found = trails.pass(woven.device, woven.raw.sequence, &body, &act.events);
                        let mark = Mark { ledger, at: act.at, acts: self.acts };
                        self.marks.extend(found.into_iter().flatten().map(|fingerprint| (fingerprint, mark)));
                    }
                }
            }
        }
        Pace::At(self.acts, self.all)
    }

    /// Reads some pages more: opening only looks at their checks.
    fn read_texts(&mut self) -> Pace {
        for _ in 0..STEP_TEXTS {
            match self.texts.next().map(page::read) {
                None => return Pace::Done,
                Some(Ok(_)) => {}
                Some(Err(error)) => {
                    self.unread.get_or_insert(error);
                }
            }
        }
        Pace::At(self.acts, self.all)
    }

    /// What was found.
    pub fn verdict(self) -> Verdict {
        let now = self.trails.each_ref().map(LedgerTrails::now);
        let mut marks = self.marks;
        marks.dedup();
        Verdict { acts: self.acts, damage: self.damage, unread: self.unread, now, marks }
    }
}

fn prove(segment: Segment<'_>) -> Result<(), SegmentError> {
    segment.check_chain()
}

/// Verifies everything in one go.
pub fn verify(contents: &Contents) -> Verdict {
    let mut verifier = Verifier::new(contents);
    while verifier.step(usize::MAX) != Pace::Done {}
    verifier.verdict()
}
