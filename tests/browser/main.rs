//! What only exists in a browser: the store in IndexedDB, on a fresh database
//! for each test, and the addresses.

#![cfg(target_arch = "wasm32")]

mod beside;
mod by_hand;
mod endings;
mod photos;
mod store;

use cunzhi::ui::route::{CasesView, GoodsPart, PeoplePart, PeopleView, PointsPart, PointsView, Route};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn every_address_leads_back_to_its_route() {
    let grid = Some(7 << 32 | 2);
    let routes = [
        Route::Overview,
        Route::Cases(CasesView::default()),
        Route::Cases(CasesView { all: true, grid, handling: Some(4), disputes: true, case: Some(9) }),
        Route::Points(PointsView::default()),
        Route::Points(PointsView { members: true, part: PointsPart::Passbook(5), grid }),
        Route::Points(PointsView { members: false, part: PointsPart::Rules(Some(3)), grid: None }),
        Route::Hall,
        Route::Signatures,
        Route::Goods(GoodsPart::Stock(4)),
        Route::People(PeopleView::default()),
        Route::People(PeopleView { part: PeoplePart::Members, grid, household: Some(3) }),
        Route::People(PeopleView { part: PeoplePart::Grids, grid: None, household: None }),
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
