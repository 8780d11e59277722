//! The unpacker of the one-file form: what is in the page is packed as LZMA,
//! a quarter smaller than what the browser can unpack by itself. It is the
//! only part that the browser unpacks.

use std::io::Read;

use lzma_rust2::LzmaReader;
use wasm_bindgen::prelude::*;

/// More memory than this, in KiB, no part of the page needs.
const MEMORY_MAX: u32 = 65_536;

fn main() {}

/// The bytes of one part of the page; an error when they are not what was packed.
#[wasm_bindgen]
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, JsError> {
    let mut bytes = Vec::new();
    LzmaReader::new_mem_limit(packed, MEMORY_MAX, None)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The same of what was packed as if it followed the bytes before it.
#[wasm_bindgen]
pub fn unpack_after(packed: &[u8], length: u32, before: &[u8]) -> Result<Vec<u8>, JsError> {
    let size = u32::try_from(before.len()).unwrap_or(u32::MAX).saturating_add(length);
    let dictionary = size.checked_next_power_of_two().unwrap_or(u32::MAX);
    let mut bytes = Vec::new();
    LzmaReader::new(packed, u64::from(length), 3, 0, 0, dictionary, Some(before))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}
