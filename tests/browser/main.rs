//! What only exists in a browser: the store in IndexedDB, on a fresh database
//! for each test, and the addresses.

#![cfg(target_arch = "wasm32")]

mod beside;
mod by_hand;
mod endings;
mod older;
mod photos;
mod store;

use cunzhi::domain::id::{HouseholdId, PersonId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::report::group_ranking::GroupBy;
use cunzhi::report::passbook::LineKind;
use cunzhi::report::passbook_filter::{LineFilter, Period};
use cunzhi::ui::route::{CasesView, GoodsPart, PeoplePart, PeopleView, PointsPart, PointsView, Route};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn every_address_leads_back_to_its_route() {
    let grid = Some(7 << 32 | 2);
    let period = Some(Period::parse("2025q3").expect("a quarter"));
    let lines =
        LineFilter { period, kind: Some(LineKind::Redeemed), item: Some("治安巡逻、防汛值守".to_owned()) };
    let passbook = |account| PointsView { lines: lines.clone(), ..PointsView::passbook(account) };
    let routes = [
        Route::Overview,
        Route::Cases(CasesView::default()),
        Route::Cases(CasesView { all: true, grid, handling: Some(4), disputes: true, case: Some(9) }),
        Route::Points(PointsView::default()),
        Route::Points(PointsView { grid, ..PointsView::passbook(Account::Member(PersonId::from_raw(5))) }),
        Route::Points(passbook(Account::Household(HouseholdId::from_raw(5)))),
        Route::Points(passbook(Account::Villager(PersonId::from_raw(5)))),
        Route::Points(PointsView { part: PointsPart::Year(Some(2025)), ..PointsView::default() }),
        Route::Points(PointsView { unit: Some(0), by: Some(GroupBy::Unit), grid, ..PointsView::default() }),
        Route::Points(PointsView {
            lines: LineFilter { period, ..LineFilter::default() },
            members: true,
            ..PointsView::default()
        }),
        Route::Points(PointsView { part: PointsPart::Rules(Some(3)), ..PointsView::default() }),
        Route::Hall,
        Route::Signatures(None),
        Route::Signatures(Some(jiff::civil::date(2026, 9, 27))),
        Route::Goods(GoodsPart::Stock(4)),
        Route::People(PeopleView::default()),
        Route::People(PeopleView { part: PeoplePart::Members, grid, unit: Some(7 << 32 | 1), household: Some(3) }),
        Route::People(PeopleView { part: PeoplePart::Grids, ..PeopleView::default() }),
        Route::Import,
        Route::Reports,
        Route::Data,
    ];
    for route in routes {
        assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
    }
    for unknown in ["", "#", "#/", "#/nowhere", "#/cases?all=", "#//?&&=&"] {
        // Nothing that is typed into the address bar may panic.
        let _route = Route::parse(unknown);
    }
    assert_eq!(Route::parse("#/nowhere"), Route::Overview);
}
