//! Claims whose item leaves a range: points are chosen for each by itself.

use cunzhi::domain::command::{Command, Verdict};
use cunzhi::domain::points::adoption::{NewItem, NewRuleBook};
use cunzhi::domain::points::rule::{Ledger, Score};
use cunzhi::report::review::review_list;
use jiff::civil::date;

use super::super::support::{Town, sentence};

/// From October on 红白事简办 scores 5 to 10 and 无偿献血 10 to 20.
fn town() -> Town {
    let mut town = Town::small();
    let book = town.village.rules.iter().last().expect("the first version");
    let mut items: Vec<NewItem> = book.items.iter().map(NewItem::from).collect();
    for (name, score) in [("红白事简办", Score::Range(5, 10)), ("无偿献血", Score::Range(10, 20))] {
        items.iter_mut().find(|item| item.name == name).expect("a known item").score = score;
    }
    let (effective, adopted) = (date(2025, 10, 1), date(2025, 9, 26));
    let decision = "到会 52 人,48 人同意".to_owned();
    let new = NewRuleBook { effective, adopted, attendance: 52, decision, items, category_caps: Vec::new() };
    town.must(adopted, Command::AdoptRules(new));
    town
}

#[test]
fn each_claim_of_a_batch_gets_points_of_its_own() {
    let mut town = town();
    let day = date(2025, 10, 6);
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    for (item, account) in [("红白事简办", a), ("无偿献血", b), ("建言被采纳", a)] {
        let command = town.claims(day, item, &[account], None);
        town.must(day, command);
    }
    let rows = review_list(&town.village, Ledger::Villager, None, day).rows;
    let shown: Vec<_> = rows.iter().map(|row| (row.points.as_str(), row.range(), row.brings(None))).collect();
    assert_eq!(shown, [("+5~+10", Some((5, 10)), 5), ("+10~+20", Some((10, 20)), 10), ("+2", None, 2)]);
    for (row, chosen, expected) in [(0, Some(8), 8), (0, Some(11), 5), (1, Some(20), 20), (2, Some(20), 2)] {
        assert_eq!(rows[row].brings(chosen), expected, "{row} {chosen:?}");
    }
    let claims: Vec<_> = rows.iter().map(|row| row.claim).collect();
    let approve = |chosen: &[(usize, i32)]| {
        let points_each = chosen.iter().map(|(row, points)| (claims[*row], *points)).collect();
        Command::DecideClaims { claims: claims.clone(), verdict: Verdict::Approve { points_each }, by: None }
    };
    for (chosen, expected) in [
        (&[][..], "分值要在 5 到 10 之间。"),
        (&[(0, 8)], "分值要在 10 到 20 之间。"),
        (&[(0, 8), (1, 8)], "分值要在 10 到 20 之间。"),
        (&[(0, 8), (1, 15)], "没有拒绝"),
    ] {
        assert_eq!(sentence(town.tell(day, approve(chosen))), expected, "{chosen:?}");
    }
    assert_eq!([a, b].map(|account| town.village.balance(account)), [10, 15]);
}
