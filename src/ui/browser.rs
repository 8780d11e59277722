//! The few things asked of the browser itself: the time, random numbers,
//! downloads, printing, storage estimates.

use gloo::file::Blob;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
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

/// Asks the browser to keep the data for good; `None` where it cannot say.
pub async fn persist() -> Option<bool> {
    let promise = window().navigator().storage().persist().ok()?;
    JsFuture::from(promise).await.ok()?.as_bool()
}

/// Bytes used by this page, where the browser says so.
pub async fn usage() -> Option<f64> {
    let promise = window().navigator().storage().estimate().ok()?;
    let estimate = JsFuture::from(promise).await.ok()?;
    js_sys::Reflect::get(&estimate, &"usage".into()).ok()?.as_f64()
}

/// Bytes in words: 「14 MB」.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn megabytes(bytes: f64) -> String {
    let tenths = (bytes / 104_857.6).round() as u64;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
