//! Claims that are approved together: which of them stand in the way.

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::command::{Command, Context, NewClaims};
use cunzhi::domain::event::{Event, FiledClaim};
use cunzhi::domain::id::ClaimId;
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::close::MonthClosed;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::sheet::ClosedSheet;
use cunzhi::domain::roster::MemberType;
use cunzhi::report::review::{review_list, stuck};
use jiff::civil::date;

use super::super::rewards;
use super::super::support::{DEVICE, TODAY, Town};
use super::{approve, send_back};

/// What a batch is refused for is said of the claims that stand in its way.
#[test]
fn a_batch_names_the_claims_that_cannot_pass() {
    let mut town = Town::small();
    let [a, b, c] = ["1-001", "1-002", "2-001"].map(|number| town.household(number));
    let linked = town.member(MemberType::Linked);
    let homes = town.file("环境整治", &[a, b, c], None);
    // The same act as another laptop filed it, which had room for itself alone.
    let again = town.village.claims.get(homes[0]).expect("filed").filed;
    let again = FiledClaim { id: ClaimId::from_raw(1 << 40), ..again };
    town.village.apply(Moment::at(TODAY, 13, 0), &Event::ClaimFiled(again)).expect("another claim");
    let members = town.file("为民代办", &[linked], None);
    // The only one of 2-001 died before the act, the member is one no longer.
    let gone = |person, change| Event::PersonChanged { person, change, from: TODAY };
    for event in [
        gone(town.person(MemberType::Cadre), PersonChange::Died),
        gone(town.person(MemberType::Linked), PersonChange::LeftParty),
    ] {
        town.village.apply(Moment::at(TODAY, 14, 0), &event).expect("in order");
    }
    let gone = "那天不能记这个事项:人不在本村,或党员类型不合";
    let full = "已到上限(每日 1 次)";
    let named = |claims: &[ClaimId]| -> Vec<_> {
        let claims: Vec<_> = claims.iter().map(|claim| (*claim, None)).collect();
        stuck(&town.village, &claims, None, TODAY).into_iter().map(|one| (one.claim, one.who, one.why)).collect()
    };
    let row = |claim: ClaimId, who: &str, why: &str| (claim, who.to_owned(), why.to_owned());
    assert_eq!(named(&homes), [row(homes[2], "郑七(2-001)9月26日 的环境整治", gone)]);
    assert_eq!(named(&[homes[0], homes[1]]), []);
    assert_eq!(named(&[again.id, homes[0]]), [row(homes[0], "张三(1-001)9月26日 的环境整治", full)]);
    assert_eq!(named(&members), [row(members[0], "李四(1-001)9月26日 的为民代办", gone)]);
    // It is what approving says, and the queue knows before.
    let refused =
        town.village.decide(&Context { device: DEVICE, now: Moment::at(TODAY, 15, 0) }, approve(&homes, None));
    assert_eq!(refused.expect_err("one is gone").accounts(), [c]);
    let marks = |ledger| -> Vec<_> {
        let rows = review_list(&town.village, ledger, None, TODAY).rows.into_iter();
        rows.map(|row| (row.claim, row.barred, row.crowded)).collect()
    };
    let crowded = format!("和前面的一起通过就超了:{full}");
    assert_eq!(
        marks(Ledger::Villager),
        [
            (homes[0], None, None),
            (homes[1], None, None),
            (homes[2], Some(gone.to_owned()), None),
            (again.id, None, Some(crowded)),
        ]
    );
    assert_eq!(marks(Ledger::Member), [(members[0], Some(gone.to_owned()), None)]);
    town.must(date(2025, 10, 1), approve(&homes[..2], None));
    town.must(date(2025, 10, 1), send_back(&[homes[2], again.id], "重复", None));
}

#[test]
fn what_waits_for_a_closed_month_or_a_rewarded_case_is_barred() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let case = rewards::answered(&mut town, true);
    let (item, lines) = (town.item("调解邻里纠纷"), vec![(home, 1)]);
    let new = NewClaims { item, date: TODAY, note: String::new(), lines, by: None };
    town.must(TODAY, Command::ClaimReward(case, new));
    let first = town.village.claims.iter().next().expect("filed").filed;
    let second = FiledClaim { id: ClaimId::from_raw(1 << 40), ..first };
    town.village.apply(Moment::at(TODAY, 13, 0), &Event::ClaimFiled(second)).expect("of another laptop");
    let rows = |town: &Town| -> Vec<_> {
        let rows = review_list(&town.village, Ledger::Villager, None, TODAY).rows.into_iter();
        rows.map(|row| (row.barred.unwrap_or_default(), row.crowded.unwrap_or_default())).collect()
    };
    let earned = "这件事项已经给过分";
    let words = |barred: &str, crowded: &str| (barred.to_owned(), crowded.to_owned());
    assert_eq!(rows(&town), [words("", ""), words("", &format!("和前面的一起通过就超了:{earned}"))]);
    let both = town.tell(TODAY, approve(&[first.id, second.id], None));
    assert_eq!(both.expect_err("the case earns once").accounts(), [home]);
    town.must(TODAY, approve(&[first.id], None));
    assert_eq!(rows(&town), [words(earned, "")]);
    // Another laptop closed the month in which they lie.
    let closed = MonthClosed {
        ledger: Ledger::Villager,
        month: Month { year: 2025, month: 9 },
        date: date(2025, 10, 1),
        notice_days: 3,
        objection_days: 7,
        entries: 1,
        points: 10,
        redeemed: 0,
        sheet: ClosedSheet::default(),
        carried: Vec::new(),
    };
    town.village.apply(Moment::at(date(2025, 10, 1), 12, 0), &Event::MonthClosed(closed)).expect("in order");
    assert_eq!(rows(&town), [words("2025年9月已经月结,不能再入账", "")]);
}
