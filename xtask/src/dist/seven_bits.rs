//! Bytes as text for a script block: seven bits to a character.
//!
//! In UTF-8 a character below U+0080 is one byte, and inside a script block an
//! HTML parser gives back all of them but three: NUL and CR, which it replaces,
//! and `<`, which may end the block. A group of seven bits that would be one of
//! these is written together with the group after it as one character of two
//! bytes. So the text is 8/7 of the bytes, where base64 is 4/3.

/// The groups that may not stand for themselves, in the order of their code.
const REFUSED: [u8; 3] = [0x00, 0x0d, b'<'];
/// Where the characters of two groups begin, beyond all control characters.
const PAIRS_FROM: u32 = 0x100;
/// A function of the bytes' number and the text; the reverse of `encode`.
pub const DECODER: &str = r"
function cunzhiBytes(length, text) {
  const bytes = new Uint8Array(length);
  let at = 0, held = 0, bits = 0;
  function take(group) {
    held = (held << 7 | group) & 0x3fff;
    bits += 7;
    if (bits > 7) { bits -= 8; bytes[at++] = held >> bits; }
  }
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 128) { take(code); } else { take([0, 13, 60][code - 256 >> 7]); take(code & 127); }
  }
  return bytes;
}
";

/// The text of these bytes. What is left over in the last group is zero.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 7 * 8);
    let mut groups = Groups { bytes, at: 0 };
    while let Some(group) = groups.next() {
        match REFUSED.iter().position(|refused| *refused == group) {
            None => text.push(char::from(group)),
            Some(place) => text.push(pair(place, groups.next().unwrap_or_default())),
        }
    }
    text
}

fn pair(place: usize, second: u8) -> char {
    let code = PAIRS_FROM + u32::try_from(place).unwrap_or_default() * 128 + u32::from(second);
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

struct Groups<'a> {
    bytes: &'a [u8],
    /// The next bit.
    at: usize,
}

impl Iterator for Groups<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let first = *self.bytes.get(self.at / 8)?;
        let second = self.bytes.get(self.at / 8 + 1).copied().unwrap_or_default();
        let shift = 9 - self.at % 8;
        self.at += 7;
        Some((u16::from_be_bytes([first, second]) >> shift & 0x7f).to_be_bytes()[1])
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{DECODER, encode};
    use crate::run;

    /// What the page's own decoder makes of a text.
    fn decoded(length: usize, text: &str) -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let text = "String.fromCharCode(...JSON.parse(process.argv[1]))";
        let program = format!("{DECODER}console.log(cunzhiBytes({length}, {text}).join())");
        let answer = run::answer(Command::new("node").args(["-e", &program]).arg(format!("{units:?}")));
        let answer = answer.expect("Node runs the decoder");
        answer.trim().split(',').filter(|byte| !byte.is_empty()).map(|byte| byte.parse().expect("a byte")).collect()
    }

    #[test]
    fn the_page_reads_what_is_written() {
        let all: Vec<u8> = (0..=255).collect();
        let mixed: Vec<u8> = (0..1500_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24).to_be_bytes()[3]).collect();
        let cases: [&[u8]; 8] = [&[], &[0], &[0; 7], &[0; 8], &[255; 15], &[0x79; 13], &all, &mixed];
        for bytes in cases {
            let text = encode(bytes);
            assert_eq!(decoded(bytes.len(), &text), bytes, "{bytes:?}");
            assert!(!text.contains(['\0', '\r', '<']), "{bytes:?}");
        }
    }

    #[test]
    fn a_seventh_is_added_and_not_a_third() {
        assert_eq!(encode(&[255; 700]).len(), 800);
        assert_eq!(encode(&[0; 700]).len(), 800);
    }
}
