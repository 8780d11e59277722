//! Grids and goods that both laptops added under one name.

use cunzhi::domain::command::{Command, NewGoods, Settlement};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::shelf::StockSource;
use cunzhi::domain::roster::RosterDraft;
use cunzhi::report::conflicts::{Way, conflicts, same_households};

use super::{cleaning, rows, settle};
use crate::checks::found;
use crate::laptops::Desk;
use crate::support::{TODAY, goods, home, matter};

#[test]
fn a_grid_that_both_added_is_one() {
    let one = Desk::founded();
    let (mut left, mut right) = (one.copy(20, 0), one.copy(21, 1_000));
    for (desk, number, other) in [(&mut left, "5-001", "5-002"), (&mut right, "5-001", "5-003")] {
        let homes = [(number, "赵大"), (other, "钱二")].map(|(number, head)| {
            let mut home = home(number, "东头网格", &[(head, None)]);
            home.unit = "河东".to_owned();
            home
        });
        desk.act(Command::ImportRoster(RosterDraft { households: homes.to_vec() })).expect("in order");
        let grid = desk.village().people.grid_by_name("东头网格").map(|grid| grid.id);
        let case = cunzhi::domain::command::NewCase { grid, ..matter(TODAY, None) };
        desk.act(Command::OpenCase(case)).expect("in order");
    }
    let mut both = left.merged(&right);
    assert_eq!(both.picture(), right.merged(&left).picture());
    let people = &both.village().people;
    let names: Vec<_> = people.grids.iter().map(|grid| grid.name.as_str()).collect();
    assert_eq!(names, ["第一网格", "第二网格", "东头网格"]);
    let grid = people.grid_by_name("东头网格").map(|grid| grid.id);
    assert_eq!(people.households.iter().filter(|home| home.grid == grid).count(), 4);
    assert_eq!(both.village().cases.iter().filter(|case| case.opening.grid == grid).count(), 2);
    // The units in it are told to be there twice, and the households that are one keep theirs.
    assert_eq!(rows(&both, "单元").iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["东头网格 河东"]);
    for settlement in same_households(both.village()) {
        both.act(Command::Settle(settlement)).expect("in order");
    }
    let units = rows(&both, "单元");
    settle(&mut both, &units[0], "是同一个,合并");
    let people = &both.village().people;
    let unit = people.units.of(grid)[0].id;
    let homes: Vec<_> = people.households_of(unit).map(|home| home.number.as_str()).collect();
    assert_eq!(homes, ["5-001", "5-002", "5-003"]);
    assert_eq!(found(both.village()), []);
    // What the laptop that does not know of it goes on recording lies in the same grid.
    let mut late = right.copy(21, 5_000);
    let home = home("5-009", "东头网格", &[("孙三", None)]);
    late.act(Command::ImportRoster(RosterDraft { households: vec![home] })).expect("in order");
    let all = both.merged(&late);
    let last = all.village().people.household_by_number("5-009").expect("imported");
    assert_eq!(last.grid, grid);
    assert_eq!(all.picture(), late.merged(&both).picture());
}

/// Both add 食盐, sell and count some of it.
pub fn salt_on_both(change: impl Fn(&mut NewGoods)) -> (Desk, Desk) {
    let one = Desk::founded();
    let (mut left, mut right) = (one.copy(20, 0), one.copy(21, 1_000));
    let prices = [5, 4];
    for (place, desk) in [&mut left, &mut right].into_iter().enumerate() {
        let mut new = goods("食盐", prices[place], 10);
        if place == 1 {
            change(&mut new);
        }
        desk.act(Command::AddGoods(new)).expect("in order");
        let home = desk.village().people.households.iter().nth(place).expect("a household").id;
        let account = Account::Household(home);
        desk.act(cleaning(desk, account)).expect("in order");
        let salt = desk.village().shelf.goods.iter().last().expect("it").id;
        if !desk.village().shelf.goods.get(salt).is_some_and(|salt| salt.is_service) {
            desk.act(Command::ReceiveStock { goods: salt, quantity: 3, source: StockSource::Donated })
                .expect("in order");
            desk.act(Command::Redeem { account, basket: vec![(salt, 1)], proxy: String::new() }).expect("in order");
        }
    }
    (left, right)
}

#[test]
fn goods_that_both_added_become_one_stock() {
    let (left, right) = salt_on_both(|_| ());
    let mut both = left.merged(&right);
    let listed = rows(&both, "物品");
    assert_eq!(
        listed.iter().map(|row| (row.title.as_str(), row.detail.as_str())).collect::<Vec<_>>(),
        [(
            "食盐",
            "两台电脑各添加了一次:先添加的 5 分一瓶,库存 12 瓶,后添加的 4 分一瓶,库存 12 瓶。合并后库存算到先添加的上,后添加的停兑,兑过的不变。"
        )]
    );
    let before = both.village().villager_points();
    settle(&mut both, &listed[0], "是同一种,合并");
    assert_eq!((conflicts(both.village()), found(both.village())), (vec![], vec![]));
    assert_eq!(salt(&both), [(24, 5, true), (0, 4, false)], "one stock, and one price");
    assert_eq!(both.village().villager_points(), before, "what was redeemed cost what it cost");
}

/// Stock and price of 食盐, and whether it is offered.
pub fn salt(desk: &Desk) -> Vec<(i64, u32, bool)> {
    let shelf = &desk.village().shelf;
    let named = shelf.goods.iter().filter(|goods| goods.name == "食盐");
    let offered = |id| shelf.terms(id).is_some_and(|terms| terms.is_offered);
    named.map(|goods| (shelf.stock(goods.id), goods.price_points, offered(goods.id))).collect()
}

#[test]
fn both_may_join_the_same_goods() {
    let (left, right) = salt_on_both(|_| ());
    let (mut one, mut two) = (left.merged(&right), right.merged(&left));
    for desk in [&mut one, &mut two] {
        let row = rows(desk, "物品").remove(0);
        settle(desk, &row, "是同一种,合并");
    }
    let all = one.merged(&two);
    assert_eq!((conflicts(all.village()), found(all.village())), (vec![], vec![]));
    assert_eq!(salt(&all), [(24, 5, true), (0, 4, false)]);
    assert_eq!(all.picture(), two.merged(&one).picture());
}

#[test]
fn goods_of_two_kinds_are_not_joined_but_one_can_be_withdrawn() {
    for change in [(|new| new.unit = "箱".to_owned()) as fn(&mut NewGoods), |new| new.is_service = true] {
        let (left, right) = salt_on_both(change);
        let mut both = left.merged(&right);
        let listed = rows(&both, "物品");
        let [Way::Press("是两种,后一种停兑", Settlement::WithdrawGoods(gone))] = listed[0].ways[..] else {
            panic!("{listed:?}")
        };
        settle(&mut both, &listed[0], "是两种,后一种停兑");
        assert_eq!(rows(&both, "物品"), []);
        assert!(both.village().shelf.terms(gone).is_some_and(|terms| !terms.is_offered));
    }
}
