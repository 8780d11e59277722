//! Databases made by hand, as another program would: an older version, a newer
//! one, and a page that does not let go.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Opens `name` at `version`; creates the stores of that version where there are
/// none, and puts a segment, a laptop and a folder's handle into them.
const OPEN: &str = r"
return new Promise((resolve, reject) => {
  const request = indexedDB.open(name, version);
  request.onerror = () => reject(request.error);
  request.onupgradeneeded = () => {
    const bytes = (text) => new TextEncoder().encode(text).buffer;
    if (request.result.objectStoreNames.length > 0) { return; }
    const segments = request.result.createObjectStore('segments');
    request.result.createObjectStore('register');
    const meta = request.result.createObjectStore('meta');
    segments.put(bytes('first'), '00000007-0000000000000000');
    const laptop = new Uint8Array(22);
    laptop.set([1, 0, 7, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 5]);
    meta.put(laptop.buffer, 'laptop');
    if (version < 2) { return; }
    request.result.createObjectStore('snapshots');
    request.result.createObjectStore('handles').put('stick', 'folder');
  };
  request.onsuccess = () => resolve(request.result);
});";

/// Opens a database by hand; the connection ignores `versionchange`.
pub async fn open(name: &str, version: u32) -> JsValue {
    let open = Function::new_with_args("name, version", OPEN);
    let opened = open.call2(&JsValue::NULL, &name.into(), &version.into()).expect("called");
    JsFuture::from(opened.unchecked_into::<Promise>()).await.expect("opened by hand")
}

/// Closes what [`open`] gave.
pub fn close(database: &JsValue) {
    Function::new_with_args("database", "database.close()").call1(&JsValue::NULL, database).expect("closed");
}

/// Asks for the deletion of a database, without waiting for it.
pub fn delete(name: &str) {
    let delete = Function::new_with_args("name", "indexedDB.deleteDatabase(name)");
    delete.call1(&JsValue::NULL, &name.into()).expect("asked");
}
