//! Databases made by hand, as another program would: an older version, a newer
//! one, and a page that does not let go.

use js_sys::{Array, Function, Promise, Uint8Array};
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

/// Makes the stores of this version of the database and puts these records, each of a
/// store, a key and bytes, into them, as the program of then did.
const FILL: &str = r"
return new Promise((resolve, reject) => {
  const request = indexedDB.open(name, version);
  request.onerror = () => reject(request.error);
  request.onupgradeneeded = () => {
    const since = { segments: 1, register: 1, meta: 1, snapshots: 2, handles: 2, photos: 4 };
    const stores = Object.keys(since).filter((store) => since[store] <= version);
    stores.forEach((store) => request.result.createObjectStore(store));
    for (const [store, key, bytes] of records) {
      request.transaction.objectStore(store).put(bytes.slice().buffer, key);
    }
  };
  request.onsuccess = () => { request.result.close(); resolve(); };
});";

/// A record by hand: store, key and bytes.
pub type Record<'a> = (&'a str, &'a str, &'a [u8]);

/// Makes a database of an older version with these records in it.
pub async fn fill(name: &str, version: u32, records: &[Record<'_>]) {
    let records: Array = records
        .iter()
        .map(|(store, key, bytes)| {
            Array::of3(&(*store).into(), &(*key).into(), &Uint8Array::from(*bytes)).unchecked_into::<JsValue>()
        })
        .collect();
    let fill = Function::new_with_args("name, version, records", FILL);
    let filled = fill.call3(&JsValue::NULL, &name.into(), &version.into(), &records).expect("called");
    JsFuture::from(filled.unchecked_into::<Promise>()).await.expect("filled by hand");
}

const GET: &str = r"
return new Promise((resolve, reject) => {
  const request = indexedDB.open(name);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const found = request.result.transaction(store).objectStore(store).get(key);
    found.onsuccess = () => { request.result.close(); resolve(new Uint8Array(found.result)); };
    found.onerror = () => reject(found.error);
  };
});";

/// The bytes of a record, as they lie in the database.
pub async fn record(name: &str, store: &str, key: &str) -> Vec<u8> {
    let get = Function::new_with_args("name, store, key", GET);
    let found = get.call3(&JsValue::NULL, &name.into(), &store.into(), &key.into()).expect("called");
    let found = JsFuture::from(found.unchecked_into::<Promise>()).await.expect("read by hand");
    found.unchecked_into::<Uint8Array>().to_vec()
}
