//! The office worker: reads spreadsheets, packs and encrypts off the main
//! thread. The page starts one for each request and ends it when the user
//! cancels; a file that makes it fail takes nothing else along.

use cunzhi::office::desk::{self, Answer};
use cunzhi::office::message::{self, Reply};
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

/// Serves one message: the request's bytes, then its body.
fn serve(scope: &DedicatedWorkerGlobalScope, event: &MessageEvent) {
    let parts = Array::from(&event.data());
    let Ok(request) = message::unpack(&Uint8Array::new(&parts.get(0)).to_vec()) else {
        wasm_bindgen::throw_str("the request cannot be read");
    };
    let body = Uint8Array::new(&parts.get(1)).to_vec();
    let tell = &mut |progress| answer(scope, &Reply::Progress(progress), &[]);
    match desk::serve(&request, &body, tell) {
        Ok(Answer::Tables(tables)) => answer(scope, &Reply::Tables(tables), &[]),
        Ok(Answer::Bytes(bytes)) => answer(scope, &Reply::Bytes, &bytes),
        Err(refusal) => answer(scope, &Reply::Refused(refusal), &[]),
    }
}

/// Sends a reply with its body. What fails here is thrown, and so reaches the
/// page as an error of the worker.
fn answer(scope: &DedicatedWorkerGlobalScope, reply: &Reply, body: &[u8]) {
    let Ok(bytes) = message::pack(reply) else {
        wasm_bindgen::throw_str("the reply cannot be packed");
    };
    let [reply, body] = [bytes.as_slice(), body].map(|bytes| Uint8Array::from(bytes).buffer());
    let parts = Array::of2(&reply, &body);
    if let Err(error) = scope.post_message_with_transfer(&parts, &parts) {
        wasm_bindgen::throw_val(error);
    }
}
