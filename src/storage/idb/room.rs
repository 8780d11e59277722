//! Whether there is room left, found out by trying. An aborted transaction
//! does not tell its cause through `indexed_db_futures`, and browsers no longer
//! tell pages how much is free; so after a failure, and only then, a record is
//! written on a connection of our own, whose transaction does tell.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, IdbDatabase, IdbTransaction, IdbTransactionMode};

use super::{HANDLES, buffer};

const PROBE: &str = "probe";
/// Less than this left means that the disk is full.
const PROBE_BYTES: usize = 1_048_576;

/// Whether the disk, or the browser's share of it, is full.
pub async fn is_full(database: &str) -> bool {
    // Whatever else goes wrong here is not about room.
    probe(database).await.unwrap_or_default()
}

async fn probe(database: &str) -> Option<bool> {
    let request = web_sys::window()?.indexed_db().ok()??.open(database).ok()?;
    first_of(&request, ["success", "error"]).await;
    let database: IdbDatabase = request.result().ok()?.dyn_into().ok()?;
    let written = writing(&database)?;
    let bytes = buffer(&vec![0; PROBE_BYTES]);
    written.object_store(HANDLES).ok()?.put_with_key(&bytes, &PROBE.into()).ok()?;
    first_of(&written, ["complete", "abort"]).await;
    let full = written.error().is_some_and(|error| error.name() == "QuotaExceededError");
    let removed = writing(&database)?;
    removed.object_store(HANDLES).ok()?.delete(&PROBE.into()).ok()?;
    first_of(&removed, ["complete", "abort"]).await;
    database.close();
    Some(full)
}

fn writing(database: &IdbDatabase) -> Option<IdbTransaction> {
    database.transaction_with_str_and_mode(HANDLES, IdbTransactionMode::Readwrite).ok()
}

/// Waits for the first of two events.
async fn first_of(target: &EventTarget, events: [&str; 2]) {
    let come = Promise::new(&mut |resolve, _| {
        let hear = Closure::once_into_js(move || {
            // Resolving a promise throws nothing.
            let _resolved = resolve.call0(&wasm_bindgen::JsValue::NULL);
        });
        for event in events {
            // Only a name that is no event could fail.
            let _heard = target.add_event_listener_with_callback(event, hear.unchecked_ref());
        }
    });
    // It is only ever resolved.
    let _come = JsFuture::from(come).await;
}
