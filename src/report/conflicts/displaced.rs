//! What could not follow from what the other laptop recorded: what it was,
//! what counts instead, and what to do to have it otherwise.

use super::case::case_row;
use super::subject::{note_words, subject, when};
use super::{ConflictRow, Way};
use crate::domain::calendar::short_date;
use crate::domain::command::Settlement;
use crate::domain::conflict::{ActPlace, Choice, Displaced};
use crate::domain::contradiction::Contradiction;
use crate::domain::event::{ClaimVerdict, Event};
use crate::domain::id::{CaseId, ClaimId, NoteId, RedemptionId};
use crate::domain::points::claim::ClaimState;
use crate::domain::points::dispute::{DisputeDecided, Outcome};
use crate::domain::points::ledger::{ClearCause, Reason};
use crate::domain::points::redemption_day::DayClosing;
use crate::domain::points::rule::signed;
use crate::domain::points::veto::{VetoAppealed, VetoRevoked};
use crate::domain::register::Field;
use crate::domain::village::Village;
use crate::report::rivals::rival_row;
use crate::report::tag::case_number;

/// Everything displaced that is not settled.
pub(super) fn rows(village: &Village) -> impl Iterator<Item = ConflictRow> {
    branches(village).map(|displaced| match &displaced.event {
        Event::CaseMoved { case, .. } => case_row(village, displaced, *case),
        Event::DisplacedSettled { place, choice } => settled_row(village, displaced, *place, *choice),
        _ => row(village, displaced),
    })
}

/// One row for all that a laptop recorded of a case in vain.
fn branches(village: &Village) -> impl Iterator<Item = &Displaced> {
    let open = village.displaced().iter().filter(|displaced| displaced.settled.is_none());
    let open = open.filter(|displaced| !is_twice_taken_back(village, &displaced.event));
    open.filter(|displaced| {
        let last = village.displaced().iter().rev().find(|other| {
            let same_case = other.case().map(|(case, _)| case) == displaced.case().map(|(case, _)| case);
            other.settled.is_none() && same_case && other.place.device == displaced.place.device
        });
        displaced.case().is_none() || last.is_some_and(|last| last.place == displaced.place)
    })
}

/// Both laptops joined the same, and took the same 起始分 back, or the same end of a
/// year that was there twice: it counts once, as it should.
fn is_twice_taken_back(village: &Village, event: &Event) -> bool {
    let Event::EntryReversed { original, .. } = event else { return false };
    let is_meant =
        |reason| matches!(reason, Reason::Opening | Reason::Carried { .. } | Reason::Cleared(ClearCause::YearEnd(_)));
    let is_meant = village.entries.get(*original).is_some_and(|entry| is_meant(entry.reason));
    is_meant && village.entries.reversal_of(*original).is_some()
}

fn row(village: &Village, displaced: &Displaced) -> ConflictRow {
    if let Some(row) = rival_row(village, displaced) {
        return row;
    }
    let (place, event) = (displaced.place, &displaced.event);
    let keep = |label| Way::Press(label, Settlement::Displaced { place, choice: Choice::Keep });
    let (kind, detail, ways) = if displaced.is_late() {
        let words = "这一笔没有算进去";
        let detail =
            format!("{} 记的{words}:{},公示过的账不再改。可以改记到处理的这一天。", when(displaced.at), displaced.why);
        let take = Way::Press("改记到今天", Settlement::Displaced { place, choice: Choice::Take });
        ("积分", detail, vec![take, keep("不计入")])
    } else {
        (kind(event), detail(village, displaced), vec![keep("知道了")])
    };
    ConflictRow { kind, title: subject(village, event), detail, ways }
}

/// Both laptops settled one thing, and differently: the first decision counts.
fn settled_row(village: &Village, displaced: &Displaced, place: ActPlace, later: Choice) -> ConflictRow {
    let asked = village.displaced().iter().find(|one| one.place == place);
    let is_late = asked.is_some_and(Displaced::is_late);
    let words = |choice: Choice| match choice {
        Choice::Keep if is_late => "不计入",
        Choice::Take if is_late => "改记到今天",
        choice => choice.word(),
    };
    let way_out = match (asked.map(|one| &one.event), later) {
        (Some(Event::CaseMoved { .. }), _) => "要改,请在这件事项里接着办。",
        (_, Choice::Keep) if is_late => "要不计入,请在存折里冲正那一笔。",
        (_, Choice::Take) if is_late => "要计入,请重新登记。",
        _ => "请和村里议定的对一下,要改请到原来的地方改。",
    };
    let (at, later) = (when(displaced.at), words(later));
    let detail = match asked.and_then(|one| one.settled).map(words) {
        Some(earlier) if displaced.why == Contradiction::Rival => {
            format!("两台电脑都处理了这处冲突。先处理的算数:「{earlier}」;{at} 处理的是「{later}」。{way_out}")
        }
        Some(_) => format!("{at} 处理的「{later}」没有算进去:{}。还需要的,请到原来的地方再记一次。", displaced.why),
        None => format!("{at} 处理的「{later}」没有算进去:另一台电脑先处理了前面的几步。请再处理一次。"),
    };
    ConflictRow {
        kind: asked.map_or("记录", |one| kind(&one.event)),
        title: asked.map_or_else(|| "一处冲突".to_owned(), |one| subject(village, &one.event)),
        detail,
        ways: vec![Way::Press("知道了", Settlement::Displaced { place: displaced.place, choice: Choice::Keep })],
    }
}

const fn kind(event: &Event) -> &'static str {
    match event {
        Event::EntryReversed { .. }
        | Event::PointsPosted { .. }
        | Event::OpeningPosted { .. }
        | Event::PointsCleared { .. }
        | Event::EntryLinked { .. } => "积分",
        Event::ClaimFiled(_) | Event::ClaimDecided { .. } => "申报",
        Event::EntryDisputed(_) | Event::DisputeDecided(_) => "异议",
        Event::VetoImposed(_) | Event::VetoAppealed(_) | Event::VetoRevoked(_) => "否决",
        Event::VisitMade(_)
        | Event::VisitStruck { .. }
        | Event::VisitCaseOpened { .. }
        | Event::VisitRewarded(_)
        | Event::VisitClaimed { .. }
        | Event::MemberLinked(_) => "走访",
        Event::Redeemed { .. }
        | Event::RedemptionUndone { .. }
        | Event::RedemptionReturned(_)
        | Event::DayClosed(_)
        | Event::DayReopened { .. } => "兑换",
        Event::CaseMoved { .. } => "事项",
        Event::SettingsChanged(_) | Event::WorkingDaysEntered { .. } => "设置",
        Event::GoodsAdded(_) | Event::StockCounted { .. } => "物品",
        Event::UnitAdded { .. } | Event::HouseholdsPlaced { .. } | Event::UnitChanged { .. } => "单元",
        _ => "记录",
    }
}

/// What counts, and what to do to have it otherwise.
fn detail(village: &Village, displaced: &Displaced) -> String {
    let at = when(displaced.at);
    let once = |words: &str| format!("两台电脑都{words}({at})。");
    let is_twice = matches!(displaced.why, Contradiction::Twice(_));
    let told = match &displaced.event {
        Event::EntryReversed { .. } if is_twice => Some(once("冲正了这一笔,只算了一次")),
        Event::ClaimDecided { claim, verdict, .. } => claim_decided(village, *claim, verdict),
        Event::DisputeDecided(decided) => Some(dispute_decided(village, decided)),
        Event::EntryDisputed(raised) if is_twice => {
            Some(once("记了异议,按先记的那一条处理") + &other_note(village, raised.note))
        }
        Event::VetoAppealed(VetoAppealed { note, .. }) if is_twice => {
            Some(once("记了申诉,先记的算数") + &other_note(village, *note))
        }
        Event::VetoRevoked(revoked) if is_twice => veto_revoked(village, revoked),
        Event::VisitStruck { .. } if is_twice => Some(once("作废了这次走访,只算一次")),
        Event::VisitRewarded(_) if is_twice => Some(once("记了这次走访的得分,只算了一次")),
        Event::VisitCaseOpened { case, .. } if is_twice => Some(format!(
            "两台电脑都从这次走访开了事项:走访指着先开的那一件;{}也在,只是没有和走访连起来。请看是不是同一件事。",
            case_words(village, *case)
        )),
        Event::EntryLinked { case, .. } if is_twice => {
            Some(format!("两台电脑都写了这笔积分从哪件事项来,先写的算数;后写的是{}。", case_words(village, *case)))
        }
        Event::RedemptionUndone { redemption } => Some(given_back(village, *redemption, "撤销", &at)),
        Event::RedemptionReturned(back) if is_twice => Some(given_back(village, back.redemption, "退还", &at)),
        Event::DayClosed(closing) if is_twice => day_closed(village, closing),
        Event::DayReopened { .. } => Some(once("重新开了场,只算一次")),
        Event::HouseholdsPlaced { .. } | Event::UnitChanged { .. } => Some(format!(
            "{at} 记的没有算进去:那个十户单元在另一台电脑上已经撤销。还要这样编,请到「村情 · 网格」里重新添加单元。"
        )),
        _ => None,
    };
    told.unwrap_or_else(|| format!("{at} 记的这一笔没有算进去:{}。还需要的,请到原来的地方再记一次。", displaced.why))
}

/// A redemption is undone or handed back once.
fn given_back(village: &Village, redemption: RedemptionId, later: &str, at: &str) -> String {
    let is_returned = village.shelf.redemption(redemption).is_some_and(|one| one.returned.is_some());
    let earlier = if is_returned { "退还" } else { "撤销" };
    if earlier == later {
        return format!("两台电脑都{earlier}了这笔兑换,积分和物品只退一次({at})。");
    }
    format!("另一台电脑先{earlier}了这笔兑换,{at} 记的{later}没有算进去,积分和物品只退一次。")
}

fn other_note(village: &Village, note: NoteId) -> String {
    let text = village.note(Some(note));
    if text.is_empty() { String::new() } else { format!("后记的写着:「{text}」。") }
}

/// Two verdicts on one claim: the first one counts.
fn claim_decided(village: &Village, claim: ClaimId, verdict: &ClaimVerdict) -> Option<String> {
    let claim = village.claims.get(claim)?;
    let earlier = match claim.state {
        ClaimState::Open => return None,
        ClaimState::Approved(entry) => Ok(village.entries.get(entry).map_or(0, |entry| entry.points)),
        ClaimState::Returned(reason) => Err(reason),
    };
    let later = match verdict {
        ClaimVerdict::Approved { line, .. } => Ok(line.points),
        ClaimVerdict::Returned(reason) => Err(*reason),
    };
    let words = |verdict: Result<i32, NoteId>| match verdict {
        Ok(points) => format!("通过({} 分)", signed(points.into())),
        Err(reason) => format!("退回{}", note_words(village, reason)),
    };
    let way_out = match (earlier, later) {
        (Ok(before), Ok(after)) if before != after => "要按后审的分值算,请在存折里冲正这一笔,再重新登记。",
        (Ok(_), Err(_)) => "要按退回算,请在存折里冲正这一笔。",
        (Err(_), Ok(_)) => "要按通过算,请重新登记申报,再审一次。",
        (Ok(_), Ok(_)) | (Err(_), Err(_)) => "两边审得一样,只算一次。",
    };
    Some(format!("两台电脑都审了这条申报。先审的算数:{};后审的是{}。{way_out}", words(earlier), words(later)))
}

/// Two decisions on one objection: the first one counts.
fn dispute_decided(village: &Village, later: &DisputeDecided) -> String {
    let words = |outcome| match outcome {
        Outcome::Kept => "维持",
        Outcome::Reversed(_) => "冲正",
    };
    let after = words(later.outcome).to_owned() + &note_words(village, later.note);
    let Some(earlier) = village.disputes.get(later.entry).and_then(|dispute| dispute.decided) else {
        return format!("后处理的是{after},没有算进去:这一笔先已经冲正了。异议还没有处理,请到「月结公示」里处理。");
    };
    let before = words(earlier.outcome).to_owned() + &note_words(village, earlier.note);
    let way_out = match (earlier.outcome, later.outcome) {
        (Outcome::Kept, Outcome::Reversed(_)) => "要按冲正算,请在存折里冲正这一笔。",
        (Outcome::Reversed(_), Outcome::Kept) => "要按维持算,请重新登记这一笔。",
        (Outcome::Kept, Outcome::Kept) | (Outcome::Reversed(_), Outcome::Reversed(_)) => "两边处理得一样,只算一次。",
    };
    format!("两台电脑都处理了这条异议。先处理的算数:{before};后处理的是{after}。{way_out}")
}

fn veto_revoked(village: &Village, later: &VetoRevoked) -> Option<String> {
    let earlier = village.vetoes.get(later.veto)?.revocation?;
    let words = |revoked: &VetoRevoked| {
        format!("{} 起撤销,文号「{}」", short_date(revoked.date), village.note(Some(revoked.document)))
    };
    Some(format!("两台电脑都登记了撤销。先记的算数:{};后记的是{}。", words(&earlier), words(later)))
}

fn day_closed(village: &Village, later: &DayClosing) -> Option<String> {
    let earlier = village.shelf.days.closing(later.day)?;
    let words =
        |closing: &DayClosing| format!("兑换 {} 分、签领表 {} 分", closing.points.redeemed, closing.points.on_paper);
    Some(format!(
        "两台电脑都收了场。先记的算数:{};后记的是{},那次清点没有记进库存。请重新开场,两边合在一起再对一次账。",
        words(earlier),
        words(later)
    ))
}

/// 「0012 路灯不亮」
fn case_words(village: &Village, id: CaseId) -> String {
    let number = village.cases.get(id).map_or(0, |case| case.opening.number);
    format!("「{} {}」", case_number(number), village.register.text(id, Field::Title))
}
