//! Every refusal that exists is looked at, and whoever is named is known.

use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::refusal::Refusal;

use super::NOBODY;

/// The accounts that a refusal names. A new variant stops this from compiling,
/// until it has its sentence above.
#[expect(clippy::too_many_lines, reason = "a line for each refusal")]
fn named(refusal: &Refusal) -> &[Account] {
    match refusal {
        Refusal::ChosenTwice(accounts)
        | Refusal::RewardedBefore(accounts)
        | Refusal::NotApplicable { accounts, .. }
        | Refusal::CapReached { accounts, .. } => accounts.as_slice(),
        Refusal::AlreadyFounded
        | Refusal::Missing(_)
        | Refusal::TooLong { .. }
        | Refusal::DuplicateGrid(_)
        | Refusal::EmptyRoster
        | Refusal::LooksPersonal { .. }
        | Refusal::NameLooksPersonal { .. }
        | Refusal::HouseholdWithoutPeople { .. }
        | Refusal::NumberTwice(_)
        | Refusal::HouseholdsExist { .. }
        | Refusal::TooManyGrids { .. }
        | Refusal::NoRuleBook(_)
        | Refusal::Rules(_)
        | Refusal::Claim(_)
        | Refusal::Staff(_)
        | Refusal::Settings(_)
        | Refusal::WorkingDays(_)
        | Refusal::Account(_)
        | Refusal::UnknownItem
        | Refusal::FutureDate(_)
        | Refusal::NobodyChosen
        | Refusal::UnknownAccount
        | Refusal::BadQuantity(_)
        | Refusal::PointsOutOfRange { .. }
        | Refusal::UnknownEntry
        | Refusal::AlreadyReversed
        | Refusal::ReversalOfReversal
        | Refusal::UnknownGoods
        | Refusal::PriceTooHigh(_)
        | Refusal::GoodsExist(_)
        | Refusal::ServiceHasNoStock(_)
        | Refusal::GoodsDiffer(_)
        | Refusal::EmptyBasket
        | Refusal::NotEnoughPoints { .. }
        | Refusal::NotEnoughStock { .. }
        | Refusal::NotOffered(_)
        | Refusal::LimitReached { .. }
        | Refusal::LimitOfNone
        | Refusal::NothingChanged
        | Refusal::NoRedemptions(_)
        | Refusal::DayClosed(_)
        | Refusal::DayNotClosed(_)
        | Refusal::NotCounted(_)
        | Refusal::CountedTooFew { .. }
        | Refusal::UnexplainedDifference { .. }
        | Refusal::UnexplainedCount { .. }
        | Refusal::UnknownRedemption
        | Refusal::AlreadyUndone
        | Refusal::AlreadyReturned
        | Refusal::ReturnedSameDay
        | Refusal::ReversalOfReturn
        | Refusal::UndoTooLate(_)
        | Refusal::UndoInClosedMonth(_)
        | Refusal::UnknownCase
        | Refusal::ReceivedTooEarly(_)
        | Refusal::FollowUpPast
        | Refusal::FollowUpTooFar(_)
        | Refusal::BadExtension
        | Refusal::ResolutionMissing
        | Refusal::Person(_)
        | Refusal::Unit(_)
        | Refusal::UnknownPerson
        | Refusal::AlreadyErased
        | Refusal::AlreadySettled
        | Refusal::CannotTake(_)
        | Refusal::OnlyCasesTake
        | Refusal::UnknownHousehold
        | Refusal::NumberTaken(_)
        | Refusal::NoDebt
        | Refusal::Veto(_)
        | Refusal::Dispute(_)
        | Refusal::Close(_)
        | Refusal::Photo(_)
        | Refusal::Visit(_)
        | Refusal::Step(_) => &[],
    }
}

#[test]
fn every_refusal_is_looked_at() {
    for refusal in [Refusal::EmptyRoster, Refusal::ChosenTwice(vec![NOBODY])] {
        assert_eq!(refusal.accounts(), named(&refusal));
    }
}
