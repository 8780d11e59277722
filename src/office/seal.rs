//! A file under a passphrase, in the office worker: the age format
//! (age-encryption.org/v1, c2sp.org/age) with its scrypt recipient, which any
//! `age` program opens. What is inside is not looked at.
//!
//! ```text
//! age-encryption.org/v1
//! -> scrypt <salt, 16 bytes as base64> <work factor>
//! <file key under the passphrase, 32 bytes as base64>
//! --- <HMAC-SHA256 of all before the space, as base64>
//! nonce (16) · chunks of 64 KiB, each with its tag (16)
//! ```
//!
//! The primitives are those of `RustCrypto`. The envelope around them is here, because
//! the `age` crate brings keys, plugins and translated messages along, which
//! weigh more than everything else in the worker; the tests hold this against
//! that crate, in both directions.

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use scrypt::{Params, scrypt};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use thiserror::Error;

use super::passphrase::Passphrase;
use super::table::Progress;

/// Work factor of what is written: 2^15 rounds take about a second on an old laptop.
const WORK_FACTOR: u8 = 15;
/// Greatest work factor that is read; it needs 256 MB of memory.
pub const WORK_FACTOR_MAX: u8 = 18;
const FIRST_LINE: &str = "age-encryption.org/v1\n";
const SALT_LABEL: &[u8] = b"age-encryption.org/v1/scrypt";
const END: &str = "\n---";
/// A head longer than this is none of a passphrase.
const HEAD_MAX: usize = 1_024;
const KEY: usize = 16;
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
/// Chunks between two signs of progress.
const STRIDE: usize = 16;

/// Why a file is not encrypted, or not decrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum SealError {
    /// Another passphrase, or a damaged head: the format does not tell them apart.
    #[error("口令不对,文件没有打开。请看看大小写和中英文输入法,再输一次。")]
    WrongPassphrase,
    /// Would keep the laptop busy for ever.
    #[error("这个文件的加密强度是 {0},超过本机能打开的 {WORK_FACTOR_MAX},可能不是村治保存的。请换一份保存文件。")]
    TooMuchWork(u8),
    /// Encrypted to somebody's key.
    #[error("这个文件是用密钥加密的,不是用口令,村治打不开。请换一份用口令加密的保存文件。")]
    NoPassphrase,
    /// Cut or altered: no bit of it is used.
    #[error("加密文件不完整或被改动过,没有打开。请从原来的 U 盘或电脑重新拷贝一次。")]
    Damaged,
    /// The browser gives no random numbers, without which there is no secret.
    #[error("浏览器没有给出随机数,文件没有加密。请刷新页面再试一次,或换一个浏览器。")]
    NoRandomness,
}

/// Encrypts the bytes.
pub fn seal(bytes: &[u8], passphrase: &Passphrase, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, SealError> {
    let total = (bytes.len() as u64).max(1);
    progress(Progress { done: 0, total });
    let (file_key, salt, nonce): ([u8; KEY], [u8; 16], [u8; 16]) = (random()?, random()?, random()?);
    let cipher = ChaCha20Poly1305::new(&wrap_key(passphrase, &salt, WORK_FACTOR)?.into());
    let wrapped = cipher.encrypt(&Nonce::default(), &file_key[..]).map_err(|_| SealError::Damaged)?;
    let (salt, wrapped) = (BASE64_STANDARD_NO_PAD.encode(salt), BASE64_STANDARD_NO_PAD.encode(wrapped));
    let head = format!("{FIRST_LINE}-> scrypt {salt} {WORK_FACTOR}\n{wrapped}{END}");
    let mac = BASE64_STANDARD_NO_PAD.encode(head_mac(&file_key, &head)?.finalize().into_bytes());

    let mut sealed = format!("{head} {mac}\n").into_bytes();
    sealed.extend_from_slice(&nonce);
    let cipher = ChaCha20Poly1305::new(&derived(&file_key, &nonce, b"payload")?.into());
    // An empty file has one chunk too, an empty one.
    let chunks = bytes.len().div_ceil(CHUNK).max(1);
    for number in 0..chunks {
        let chunk = bytes.get(number * CHUNK..).unwrap_or_default();
        let chunk = chunk.get(..CHUNK).unwrap_or(chunk);
        let nonce = chunk_nonce(number, number + 1 == chunks);
        sealed.extend(cipher.encrypt(&nonce, chunk).map_err(|_| SealError::Damaged)?);
        if number % STRIDE == 0 || number + 1 == chunks {
            progress(Progress { done: ((number + 1) * CHUNK).min(bytes.len()) as u64, total });
        }
    }
    Ok(sealed)
}

/// Decrypts the bytes, all or nothing.
pub fn unseal(bytes: &[u8], passphrase: &Passphrase, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, SealError> {
    let total = (bytes.len() as u64).max(1);
    progress(Progress { done: 0, total });
    let (head, rest) = Head::read(bytes)?;
    if head.work_factor > WORK_FACTOR_MAX {
        return Err(SealError::TooMuchWork(head.work_factor));
    }
    let cipher = ChaCha20Poly1305::new(&wrap_key(passphrase, &head.salt, head.work_factor)?.into());
    let file_key = cipher.decrypt(&Nonce::default(), &head.wrapped[..]).map_err(|_| SealError::WrongPassphrase)?;
    head_mac(&file_key, head.text)?.verify_slice(&head.mac).map_err(|_| SealError::Damaged)?;

    let (nonce, payload) = rest.split_at_checked(16).ok_or(SealError::Damaged)?;
    let cipher = ChaCha20Poly1305::new(&derived(&file_key, nonce, b"payload")?.into());
    let mut opened = Vec::with_capacity(payload.len());
    let chunks = payload.len().div_ceil(CHUNK + TAG).max(1);
    for number in 0..chunks {
        let chunk = payload.get(number * (CHUNK + TAG)..).unwrap_or_default();
        let chunk = chunk.get(..CHUNK + TAG).unwrap_or(chunk);
        let nonce = chunk_nonce(number, number + 1 == chunks);
        let open = cipher.decrypt(&nonce, chunk).map_err(|_| SealError::Damaged)?;
        if open.is_empty() && number > 0 {
            return Err(SealError::Damaged);
        }
        opened.extend(open);
        if number % STRIDE == 0 || number + 1 == chunks {
            progress(Progress { done: opened.len() as u64, total });
        }
    }
    Ok(opened)
}

/// What stands before the payload.
struct Head<'a> {
    /// All that the code is over.
    text: &'a str,
    salt: [u8; 16],
    work_factor: u8,
    wrapped: [u8; KEY + TAG],
    mac: [u8; 32],
}

impl<'a> Head<'a> {
    /// Reads the head, and says what comes after it.
    fn read(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), SealError> {
        let stanza = bytes.strip_prefix(FIRST_LINE.as_bytes()).and_then(|bytes| bytes.strip_prefix(b"-> "));
        if !stanza.ok_or(SealError::Damaged)?.starts_with(b"scrypt ") {
            return Err(SealError::NoPassphrase);
        }
        let start = bytes.get(..HEAD_MAX).unwrap_or(bytes);
        let end = start.windows(END.len()).position(|window| window == END.as_bytes()).ok_or(SealError::Damaged)?;
        let (text, rest) = bytes.split_at_checked(end + END.len()).ok_or(SealError::Damaged)?;
        let (line, rest) = rest.split_at_checked(1 + 43 + 1).ok_or(SealError::Damaged)?;
        let [text, line] = [text, line].map(|bytes| str::from_utf8(bytes).map_err(|_| SealError::Damaged));
        let (text, line) = (text?, line?);
        let mac = line.strip_prefix(' ').and_then(|line| line.strip_suffix('\n')).and_then(fixed);
        let stanza = text.strip_prefix(FIRST_LINE).and_then(|text| text.strip_suffix(END));
        let (salt, work_factor, wrapped) = stanza.and_then(passphrase_stanza).ok_or(SealError::Damaged)?;
        Ok((Self { text, salt, work_factor, wrapped, mac: mac.ok_or(SealError::Damaged)? }, rest))
    }
}

/// The one stanza that a file under a passphrase has, and nothing beside it.
fn passphrase_stanza(stanza: &str) -> Option<([u8; 16], u8, [u8; KEY + TAG])> {
    let (arguments, wrapped) = stanza.strip_prefix("-> scrypt ")?.split_once('\n')?;
    let (salt, work_factor) = arguments.split_once(' ')?;
    let canonical = work_factor.bytes().all(|digit| digit.is_ascii_digit()) && !work_factor.starts_with('0');
    let work_factor = work_factor.parse().ok().filter(|factor| canonical && *factor < 64)?;
    Some((fixed(salt)?, work_factor, fixed(wrapped)?))
}

fn fixed<const N: usize>(text: &str) -> Option<[u8; N]> {
    BASE64_STANDARD_NO_PAD.decode(text).ok()?.try_into().ok()
}

/// The key under which the file key is kept.
fn wrap_key(passphrase: &Passphrase, salt: &[u8], work_factor: u8) -> Result<[u8; 32], SealError> {
    let mut key = [0; 32];
    let params = Params::new(work_factor, 8, 1, key.len()).map_err(|_| SealError::Damaged)?;
    let salt = [SALT_LABEL, salt].concat();
    scrypt(passphrase.text().as_bytes(), &salt, &params, &mut key).map_err(|_| SealError::Damaged)?;
    Ok(key)
}

/// HKDF with SHA-256.
fn derived(file_key: &[u8], salt: &[u8], label: &[u8]) -> Result<[u8; 32], SealError> {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), file_key).expand(label, &mut key).map_err(|_| SealError::Damaged)?;
    Ok(key)
}

fn head_mac(file_key: &[u8], head: &str) -> Result<Hmac<Sha256>, SealError> {
    let key = derived(file_key, &[], b"header")?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).map_err(|_| SealError::Damaged)?;
    mac.update(head.as_bytes());
    Ok(mac)
}

/// The number of the chunk in 11 bytes, and whether it is the last.
fn chunk_nonce(number: usize, is_last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&(number as u64).to_be_bytes());
    nonce[11] = u8::from(is_last);
    nonce.into()
}

fn random<const N: usize>() -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| SealError::NoRandomness)?;
    Ok(bytes)
}
