//! Samples of what came with categories of the village's own.

use cunzhi::domain::event::Event;
use cunzhi::domain::points::rule::{Cap, CapOf, Category, CategoryCap, Conditions, Item, Ledger, Period, RuleBook};
use cunzhi::journal::act::Act;

use super::{act, rule_book};

/// Items and caps of own categories, with conditions and without.
pub fn acts() -> Vec<Act> {
    let book = rule_book();
    let own = |name| Category::named(name).expect("a name");
    let (short, long) = (own("渔"), own("护林防火和河道保"));
    let named = |category, item: &Item| Item { category, ..item.clone() };
    let strict = Conditions { needs_evidence: true, ..Conditions::default() };
    let items = vec![
        named(short, &book.items[0]),
        Item { conditions: strict, ..named(long, &book.items[1]) },
        book.items[2].clone(),
    ];
    let cap = Cap { period: Period::Quarter, of: CapOf::Points(20) };
    let caps = [short, long, Category::Duty].map(|category| CategoryCap { ledger: Ledger::Villager, category, cap });
    let books =
        [RuleBook { items: items.clone(), ..book.clone() }, RuleBook { items, category_caps: caps.to_vec(), ..book }];
    (900..).zip(books).map(|(sequence, book)| act(sequence, vec![Event::RuleBookAdopted(book)])).collect()
}
