//! The few things asked of the browser itself: the time, random numbers,
//! downloads, printing, storage estimates.

use std::sync::atomic::{AtomicBool, Ordering};

use gloo::file::Blob;
use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlAnchorElement, Url};

use crate::domain::calendar::Moment;
use crate::domain::id::DeviceId;

/// Now, by the laptop's clock.
#[allow(clippy::cast_possible_truncation)]
pub fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}

/// A random id for this laptop.
pub fn new_device() -> DeviceId {
    DeviceId(getrandom::u32().unwrap_or_else(|_| u32::try_from(now().0 & 0x7fff_ffff).unwrap_or(1)).max(1))
}

/// Hands the user a file.
pub fn download(name: &str, bytes: &[u8], mime: &str) {
    let blob = Blob::new_with_options(bytes, Some(mime));
    let Ok(url) = Url::create_object_url_with_blob(blob.as_ref()) else {
        return;
    };
    if let Some(link) = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The browser has to have taken the blob before its address goes away.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _revoked = Url::revoke_object_url(&url);
    })
    .forget();
}

/// Opens the print dialog.
pub fn print() {
    // A browser without printing leaves the page as it is.
    let _printed = window().print();
}

/// Waits until this is the only window that holds `name`, and holds it until
/// the window goes away. A browser without locks lets every window through;
/// the store then refuses what does not fit.
pub async fn only_window(name: &str) {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or_default();
    let Ok(request) = Reflect::get(&locks, &"request".into()).unwrap_or_default().dyn_into::<Function>() else {
        return;
    };
    let mut asked = JsValue::UNDEFINED;
    let granted = Promise::new(&mut |resolve, _| {
        let hold = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
            // A settled promise ignores what it is told.
            let _told = resolve.call0(&JsValue::NULL);
            // Never settled: the lock is held as long as the window lives.
            Promise::new(&mut |_, _| {}).into()
        });
        asked = request.call2(&locks, &name.into(), &hold).unwrap_or_default();
    });
    // Asking settles first only where locks are denied; then there is nothing to wait for.
    let _settled = JsFuture::from(Promise::race(&Array::of2(&granted, &asked))).await;
}

/// Set when the program has panicked: what is on the screen no longer lives.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Whether the program has panicked.
pub fn has_stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

/// Covers the page after a panic, and lets nothing more be written.
pub fn stop() {
    STOPPED.store(true, Ordering::Relaxed);
    let Ok(cover) = document().create_element("div") else {
        return;
    };
    cover.set_class_name("stopped");
    cover.set_text_content(Some("程序出错停下了。已保存的内容都在,请刷新页面接着用。"));
    if let (Ok(()), Some(body)) = (cover.set_attribute("role", "alert"), document().body()) {
        // Without a place for the notice there is nothing left to do.
        let _shown = body.append_child(&cover);
    }
}

/// Asks the browser to keep the data for good; `None` where it cannot say.
pub async fn persist() -> Option<bool> {
    let promise = window().navigator().storage().persist().ok()?;
    JsFuture::from(promise).await.ok()?.as_bool()
}

/// Bytes used by this page, where the browser says so.
pub async fn usage() -> Option<f64> {
    let promise = window().navigator().storage().estimate().ok()?;
    let estimate = JsFuture::from(promise).await.ok()?;
    Reflect::get(&estimate, &"usage".into()).ok()?.as_f64()
}

/// Bytes in words: 「14 MB」.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn megabytes(bytes: f64) -> String {
    let tenths = (bytes / 104_857.6).round() as u64;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
