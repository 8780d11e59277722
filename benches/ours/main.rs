//! Our side of the measurements: the library itself, compiled as it is
//! delivered, behind a few functions that the measuring page calls.
//!
//! The page finds them as `globalThis.ours`; each takes one argument and
//! returns a promise. What is timed is in `measured`; `peers` hands out the
//! same data for the other side.

mod measured;
mod peers;

use std::future::Future;
use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::future_to_promise;

use self::measured::Desk;

/// What a function answers: a value, or what went wrong in words.
type Answer = Result<JsValue, JsValue>;

// By value, as `map_err` gives it.
#[allow(clippy::needless_pass_by_value)]
fn failure(error: impl ToString) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}

/// Puts a function where the page finds it.
fn offer<F, A>(ours: &Object, desk: &Rc<Desk>, name: &str, work: F)
where
    F: Fn(Rc<Desk>, JsValue) -> A + 'static,
    A: Future<Output = Answer> + 'static,
{
    let desk = Rc::clone(desk);
    let function =
        Closure::<dyn Fn(JsValue) -> Promise>::new(move |argument| future_to_promise(work(Rc::clone(&desk), argument)));
    // A plain object takes every property.
    let _set = Reflect::set(ours, &name.into(), &function.into_js_value());
}

fn main() {
    console_error_panic_hook::set_once();
    let (ours, desk) = (Object::new(), Rc::new(Desk::default()));
    offer(&ours, &desk, "county", measured::county);
    offer(&ours, &desk, "withoutCases", measured::without_cases);
    offer(&ours, &desk, "demo", measured::demo);
    offer(&ours, &desk, "copy", measured::copy);
    offer(&ours, &desk, "connect", measured::connect);
    offer(&ours, &desk, "write", measured::write);
    offer(&ours, &desk, "open", measured::open);
    offer(&ours, &desk, "ranking", measured::ranking_rows);
    offer(&ours, &desk, "aggregate", measured::aggregate);
    offer(&ours, &desk, "startActs", measured::start_acts);
    offer(&ours, &desk, "act", measured::act);
    offer(&ours, &desk, "acts", measured::acts);
    offer(&ours, &desk, "quarter", peers::quarter);
    offer(&ours, &desk, "entries", peers::entries);
    offer(&ours, &desk, "households", peers::households);
    offer(&ours, &desk, "cases", peers::cases);
    offer(&ours, &desk, "redemptions", peers::redemptions);
    let _set = Reflect::set(&js_sys::global(), &"ours".into(), &ours);
}
