//! Findings that nothing undoes: somebody looks into them, and they are findings no more.

use std::collections::BTreeSet;

use cunzhi::domain::check::lasting;
use cunzhi::domain::command::{Command, Settlement};
use cunzhi::domain::refusal::Refusal;

use super::{OCTOBER, OVERSIGHT, POINTS, found, town, two_laptops};
use crate::support::{Town, sentence};

/// What nothing undoes any more is confirmed by somebody, and found again when more of it comes.
#[test]
fn lasting_findings_are_looked_into_once() {
    let mut seen = BTreeSet::new();
    for (name, break_it, _) in POINTS.iter().chain(OVERSIGHT).chain(two_laptops::TOGETHER) {
        let mut town = town();
        break_it(&mut town);
        let lasting = lasting(&town.village);
        if lasting.is_empty() {
            continue;
        }
        let is_found = |town: &Town| found(&town.village).iter().any(|(known, _)| known == name);
        assert!(is_found(&town), "{name}");
        for (what, words) in lasting {
            let confirm = Command::Settle(Settlement::Confirm(what));
            town.must(OCTOBER, confirm.clone());
            assert_eq!(sentence(town.tell(OCTOBER, confirm)), Refusal::AlreadySettled.to_string(), "{words}");
        }
        if !is_found(&town) {
            seen.insert(*name);
        }
    }
    // A shelf below nothing is counted first, and an account below zero is a debt first.
    let lasting = [
        "停兑期间没有兑换",
        "兑换没有超过每季、每天的限量",
        "月结过的月份没有变动",
        "结转的积分等于年末结余",
        "合并的户没有另外改号",
    ];
    assert_eq!(seen, BTreeSet::from(lasting));
}
