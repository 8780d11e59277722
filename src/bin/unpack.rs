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
