//! Bytes made small with LZMA, and the function of the page that makes them
//! whole again. Browsers bring gzip, but LZMA makes a fifth less of our wasm,
//! which is worth the sixty lines that read it and a tenth of a second.
//!
//! The stream is LZMA1 without a header: `lc` 3, `lp` 0, `pb` 2, no end mark.

use std::io::Write;

use anyhow::Result;
use lzma_rust2::{LzmaOptions, LzmaWriter};

/// Everything lies within reach of every match.
const WINDOW: u32 = 1 << 23;

/// A function of the packed bytes and the number of bytes that they stand for;
/// the reverse of `pack`.
pub const DECODER: &str = r"
function cunzhiWhole(packed, size) {
  const REP = 192, G0 = 204, G1 = 216, G2 = 228, LONG = 240, SLOT = 432, SPECIAL = 688, ALIGN = 802;
  const LENGTH = 818, REP_LENGTH = 1332, LITERAL = 1846;
  const odds = new Uint16Array(LITERAL + 768 * 8).fill(1024), whole = new Uint8Array(size);
  let range = -1, code = 0, at = 1, done = 0, state = 0, near = 0, second = 0, third = 0, fourth = 0;
  for (; at < 5; at++) { code = code << 8 | packed[at]; }
  function refill() {
    if (range >>> 24 === 0) { range <<= 8; code = code << 8 | packed[at++]; }
  }
  function bit(place) {
    const odd = odds[place], bound = Math.imul(range >>> 11, odd);
    if (code >>> 0 < bound >>> 0) {
      range = bound;
      odds[place] = odd + (2048 - odd >> 5);
      refill();
      return 0;
    }
    range = range - bound | 0;
    code = code - bound | 0;
    odds[place] = odd - (odd >> 5);
    refill();
    return 1;
  }
  // As `bit`, turn after turn, with everything at hand: most of the time goes by here.
  function walk(place, found, end) {
    let width = range, value = code, next = at;
    while (found < end) {
      const leaf = place + found, odd = odds[leaf], bound = Math.imul(width >>> 11, odd);
      if (value >>> 0 < bound >>> 0) {
        width = bound;
        odds[leaf] = odd + (2048 - odd >> 5);
        found = found << 1;
      } else {
        width = width - bound | 0;
        value = value - bound | 0;
        odds[leaf] = odd - (odd >> 5);
        found = found << 1 | 1;
      }
      if (width >>> 24 === 0) { width <<= 8; value = value << 8 | packed[next++]; }
    }
    range = width; code = value; at = next;
    return found;
  }
  function tree(place, bits) { return walk(place, 1, 1 << bits) - (1 << bits); }
  function upwards(place, bits) {
    let found = 1, value = 0;
    for (let turn = 0; turn < bits; turn++) {
      const one = bit(place + found);
      found = found << 1 | one;
      value |= one << turn;
    }
    return value;
  }
  function plain(bits) {
    let value = 0;
    for (let turn = 0; turn < bits; turn++) {
      range >>>= 1;
      const one = code >>> 0 >= range >>> 0 ? 1 : 0;
      if (one) { code = code - range | 0; }
      value = value << 1 | one;
      refill();
    }
    return value;
  }
  function length(place, low) {
    if (!bit(place)) { return 2 + tree(place + 2 + (low << 3), 3); }
    return bit(place + 1) ? 18 + tree(place + 258, 8) : 10 + tree(place + 130 + (low << 3), 3);
  }
  function literal() {
    const place = LITERAL + 768 * (done ? whole[done - 1] >> 5 : 0);
    let found = 1;
    if (state > 6) {
      for (let like = whole[done - near - 1]; found < 256; like <<= 1) {
        const want = like >> 7 & 1, one = bit(place + (1 + want << 8) + found);
        found = found << 1 | one;
        if (want !== one) { break; }
      }
    }
    whole[done++] = walk(place, found, 256);
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }
  function distance(count) {
    const slot = tree(SLOT + (Math.min(count - 2, 3) << 6), 6);
    if (slot < 4) { return slot; }
    const bits = (slot >> 1) - 1, start = (2 | slot & 1) << bits;
    return slot < 14 ? start + upwards(SPECIAL + start - slot - 1, bits)
      : start + (plain(bits - 4) << 4) + upwards(ALIGN, 4);
  }
  while (done < size) {
    const low = done & 3;
    if (!bit((state << 4) + low)) { literal(); continue; }
    let count;
    if (bit(REP + state)) {
      if (!bit(G0 + state)) {
        if (!bit(LONG + (state << 4) + low)) {
          state = state < 7 ? 9 : 11;
          whole[done] = whole[done - near - 1];
          done++;
          continue;
        }
      } else {
        let again = second;
        if (bit(G1 + state)) {
          again = third;
          if (bit(G2 + state)) { again = fourth; fourth = third; }
          third = second;
        }
        second = near;
        near = again;
      }
      count = length(REP_LENGTH, low);
      state = state < 7 ? 8 : 11;
    } else {
      fourth = third; third = second; second = near;
      count = length(LENGTH, low);
      state = state < 7 ? 7 : 10;
      near = distance(count);
    }
    for (const end = Math.min(done + count, size); done < end; done++) { whole[done] = whole[done - near - 1]; }
  }
  return whole;
}
";

/// The bytes, packed.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let options = LzmaOptions { dict_size: WINDOW, nice_len: 273, lc: 3, lp: 0, pb: 2, ..LzmaOptions::with_preset(9) };
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, false)?;
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{DECODER, pack};
    use crate::run;

    /// What the page's own decoder makes of packed bytes.
    fn whole(packed: &[u8], size: usize) -> Vec<u8> {
        let program = format!("{DECODER}console.log(cunzhiWhole(JSON.parse(process.argv[1]), {size}).join())");
        let answer = run::answer(Command::new("node").args(["-e", &program]).arg(format!("{packed:?}")));
        let answer = answer.expect("Node runs the decoder");
        answer.trim().split(',').filter(|byte| !byte.is_empty()).map(|byte| byte.parse().expect("a byte")).collect()
    }

    #[test]
    fn the_page_makes_whole_what_is_packed() {
        let noise = |count: u32| (0..count).map(|n| (n.wrapping_mul(2_654_435_761) >> 24).to_be_bytes()[3]);
        let text = include_bytes!("lzma.rs");
        let cases: [Vec<u8>; 7] = [
            vec![],
            vec![0],
            vec![7; 5_000],
            noise(3_000).collect(),
            text.to_vec(),
            [text.as_slice(), &noise(20_000).collect::<Vec<_>>(), text].concat(),
            noise(90).cycle().take(9_000).chain(noise(500)).collect(),
        ];
        for bytes in cases {
            let packed = pack(&bytes).expect("memory can be written");
            assert!(whole(&packed, bytes.len()) == bytes, "{} bytes", bytes.len());
        }
    }
}
