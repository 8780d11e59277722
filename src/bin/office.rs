//! The office worker: reads spreadsheets off the main thread. The page starts
//! one for each file and ends it when the user cancels; a file that makes it
//! fail takes nothing else along.

use cunzhi::office::message::{self, Reply, Request};
use cunzhi::office::read::read_tables;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    console_error_panic_hook::set_once();
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let desk = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| serve(&desk, &event));
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    if let Err(error) = scope.post_message(&"ready".into()) {
        wasm_bindgen::throw_val(error);
    }
}

/// Reads one file: the request's bytes, then the file's.
fn serve(scope: &DedicatedWorkerGlobalScope, event: &MessageEvent) {
    let parts = Array::from(&event.data());
    let request = Uint8Array::new(&parts.get(0)).to_vec();
    let Ok(Request { name, choice }) = message::unpack(&request) else {
        wasm_bindgen::throw_str("the request cannot be read");
    };
    let bytes = Uint8Array::new(&parts.get(1)).to_vec();
    let tables = read_tables(&name, &bytes, &choice, &mut |progress| answer(scope, &Reply::Progress(progress)));
    answer(scope, &tables.map_or_else(Reply::Refused, Reply::Tables));
}

/// Sends a reply. What fails here is thrown, and so reaches the page as an
/// error of the worker.
fn answer(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    let Ok(bytes) = message::pack(reply) else {
        wasm_bindgen::throw_str("the reply cannot be packed");
    };
    let buffer = Uint8Array::from(bytes.as_slice()).buffer();
    if let Err(error) = scope.post_message_with_transfer(&buffer, &Array::of1(&buffer)) {
        wasm_bindgen::throw_val(error);
    }
}
