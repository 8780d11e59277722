//! The few things asked of the browser itself: the time, random numbers,
//! downloads, printing, storage estimates.

use std::sync::atomic::{AtomicBool, Ordering};

use gloo::file::Blob;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlAnchorElement, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, Url};

use super::windows;
use crate::domain::calendar::Moment;
use crate::domain::id::DeviceId;

/// How long a window that paints nothing waits for it.
const PAINT_MS: u32 = 1_000;

/// Now, by the laptop's clock.
#[allow(clippy::cast_possible_truncation)]
pub fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}

/// A random id for this laptop.
pub fn new_device() -> DeviceId {
    DeviceId(getrandom::u32().unwrap_or_else(|_| u32::try_from(now().0 & 0x7fff_ffff).unwrap_or(1)).max(1))
}

/// Hands the user a file; a sentence when the browser does not take it.
pub fn download(name: &str, bytes: &[u8], mime: &str) -> Result<(), String> {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let (Some(link), Some(address)) = (link, address_of(bytes, mime)) else {
        return Err("浏览器没有给出文件,没有下载。内存可能不够,请关掉别的窗口再试一次。".to_owned());
    };
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has to have taken the blob before its address goes away.
    after(60_000, move || forget_address(&address)).forget();
    Ok(())
}

/// Whether the browser says that something is stored only when the disk has it, as
/// it is asked to. Firefox before 126 does not know the question.
pub fn writes_through() -> bool {
    let made = Reflect::get(&window(), &"IDBTransaction".into()).unwrap_or_default();
    let kind = Reflect::get(&made, &"prototype".into()).unwrap_or_default();
    Reflect::has(&kind, &"durability".into()).unwrap_or_default()
}

/// An address under which the page can show these bytes, to be given back with
/// [`forget_address`].
pub fn address_of(bytes: &[u8], mime: &str) -> Option<String> {
    let blob = Blob::new_with_options(bytes, Some(mime));
    Url::create_object_url_with_blob(blob.as_ref()).ok()
}

/// Gives an address back that is not needed any more.
pub fn forget_address(address: &str) {
    // One that is not known is forgotten already.
    let _forgotten = Url::revoke_object_url(address);
}

/// Opens the print dialog.
pub fn print() {
    // A browser without printing leaves the page as it is.
    let _printed = window().print();
}

/// Puts a text where it can be pasted from; whether the browser let us.
pub async fn copy(text: &str) -> bool {
    let promise = || {
        let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
        let write = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into::<Function>().ok()?;
        write.call1(&clipboard, &text.into()).ok()?.dyn_into::<Promise>().ok()
    };
    match promise() {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// Brings the element with this id into view, and the keyboard to it.
pub fn go_to(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        element.scroll_into_view();
        // What cannot be focused is at least in view.
        let _focused = element.focus();
    }
}

/// Brings the current row of a list into view, where it is not.
pub fn show_row(list: &str) {
    // A selector of our own cannot be wrong.
    let row = document().query_selector(&format!(".{list} .table__row--current")).ok().flatten();
    if let Some(row) = row {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Set when the program has panicked: what is on the screen no longer lives.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// A click anywhere in a row of a table follows the row's link. One listener
/// for the whole table, however many rows it has.
pub fn follow_row(event: &web_sys::MouseEvent) {
    let Some(clicked) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
    // What answers a click by itself is left alone; so is a selector that cannot be wrong.
    if clicked.closest("a, button, input, label").ok().flatten().is_some() {
        return;
    }
    let row = clicked.closest("tr").ok().flatten();
    let link = row.and_then(|row| row.query_selector("a").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        link.click();
    }
}

const STOPPED_WORDS: &str = "程序出错停下了。已保存的内容都在,请刷新页面接着用。\
<a class='button' href=''>刷新</a>";

/// Whether the program has panicked.
pub fn has_stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

/// Covers the page after a panic, and lets nothing more be written.
pub fn stop() {
    // What runs on beside it may panic too: one cover is enough.
    if STOPPED.swap(true, Ordering::Relaxed) {
        return;
    }
    let Ok(cover) = document().create_element("div") else {
        return;
    };
    cover.set_class_name("stopped");
    // The link loads the page anew: nothing of the program runs that has stopped.
    cover.set_inner_html(STOPPED_WORDS);
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

/// Whether the browser has promised to keep the data, without asking it to.
pub async fn persisted() -> Option<bool> {
    let promise = window().navigator().storage().persisted().ok()?;
    JsFuture::from(promise).await.ok()?.as_bool()
}

/// Bytes used by this page, and the most that it may use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Used.
    pub usage: f64,
    /// The most.
    pub quota: f64,
}

/// How much room there is, where the browser says so.
pub async fn estimate() -> Option<Estimate> {
    let promise = window().navigator().storage().estimate().ok()?;
    let estimate = JsFuture::from(promise).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some(Estimate { usage: number("usage")?, quota: number("quota")? })
}

/// Calls back after some time, unless the result is dropped first.
pub fn after(milliseconds: u32, call: impl FnOnce() + 'static) -> gloo::timers::callback::Timeout {
    gloo::timers::callback::Timeout::new(milliseconds, call)
}

/// Waits until what was just shown has been painted, and what waited for that was
/// done. A window that nobody looks at paints nothing, so it waits a moment only.
pub async fn painted() {
    let (answer, answered) = windows::answer();
    let late = answer.clone();
    let give = |answer: windows::Answer<()>| {
        move || {
            answer.give(());
        }
    };
    let _timer = after(PAINT_MS, give(late));
    request_animation_frame(move || {
        request_animation_frame(move || {
            after(0, give(answer)).forget();
        });
    });
    answered.await;
}

/// Whether the page is on the screen.
pub fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

/// Calls back whenever the page comes onto the screen or leaves it, as long as the page lives.
pub fn on_visibility(mut call: impl FnMut() + 'static) {
    gloo::events::EventListener::new(&document(), "visibilitychange", move |_| call()).forget();
}

/// Where the village's name is kept outside of the database, so that a
/// database that the browser has emptied is not taken for a first run.
const KNOWN: &str = "cunzhi-village";

/// The village that this browser has had, if any.
pub fn known_village() -> Option<String> {
    window().local_storage().ok()??.get_item(KNOWN).ok()?
}

/// Takes note of the village that this browser has, or that it has none.
pub fn set_known_village(name: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or denied storage only means that nothing is noted.
        let _noted = match name {
            Some(name) => storage.set_item(KNOWN, name),
            None => storage.remove_item(KNOWN),
        };
    }
}

/// Where it is kept who is at this laptop.
const HAND: &str = "cunzhi-hand";

/// Who was last at this laptop, by the raw id.
pub fn known_hand() -> Option<u64> {
    window().local_storage().ok()??.get_item(HAND).ok()??.parse().ok()
}

/// Takes note of who is at this laptop.
pub fn set_known_hand(hand: Option<u64>) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or denied storage only means that it is asked again next time.
        let _noted = match hand {
            Some(hand) => storage.set_item(HAND, &hand.to_string()),
            None => storage.remove_item(HAND),
        };
    }
}

/// Where the rule book that is being drawn up is kept.
const RULE_DRAFT: &str = "cunzhi-rule-draft";

/// The rule book that is being drawn up, as it was kept.
pub fn rule_draft() -> Option<String> {
    window().local_storage().ok()??.get_item(RULE_DRAFT).ok()?
}

/// Keeps the rule book that is being drawn up, or that there is none.
pub fn set_rule_draft(text: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or denied storage only means that it lives as long as the page.
        let _kept = match text {
            Some(text) => storage.set_item(RULE_DRAFT, text),
            None => storage.remove_item(RULE_DRAFT),
        };
    }
}

/// Loads the page anew.
pub fn reload() {
    // A page that cannot be loaded anew stays as it is.
    let _reloading = window().location().reload();
}

/// Bytes in words: 「14.2 MB」, from 1024 MB on 「1.0 GB」.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn megabytes(bytes: f64) -> String {
    let (unit, size) = if bytes < 1_073_741_824.0 { ("MB", 1_048_576.0) } else { ("GB", 1_073_741_824.0) };
    let tenths = (bytes * 10.0 / size).round() as u64;
    if tenths == 0 && bytes > 0.0 {
        return "不到 0.1 MB".to_owned();
    }
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}
