//! Samples of what came with units of the village's own.

use cunzhi::domain::event::Event;
use cunzhi::domain::points::rule::{Category, Conditions, Item, RuleBook, Unit};
use cunzhi::journal::act::Act;

use super::{act, rule_book};

/// Items of own units, with own categories and conditions and without.
pub fn acts() -> Vec<Act> {
    let book = rule_book();
    let unit = |name| Unit::named(name).expect("a name");
    let item = &book.items[0];
    let strict = Conditions { needs_evidence: true, ..Conditions::default() };
    let items = vec![
        Item { unit: unit("筐"), ..item.clone() },
        Item { unit: unit("平方米"), conditions: strict, ..item.clone() },
        Item { unit: unit("一二三四"), category: Category::named("渔业管护").expect("a name"), ..item.clone() },
        item.clone(),
    ];
    vec![act(950, vec![Event::RuleBookAdopted(RuleBook { items, ..book })])]
}
