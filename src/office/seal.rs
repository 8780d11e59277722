//! A file under a passphrase, in the office worker: the standard age format
//! (age-encryption.org/v1) with its scrypt recipient, which any `age` program
//! opens. What is inside is not looked at.

use std::io::{self, Read, Write};
use std::iter;

use age::scrypt::{Identity, Recipient};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, EncryptError, Encryptor};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::passphrase::Passphrase;
use super::table::Progress;

/// Work factor of what is written: 2^15 rounds take about a second on an old laptop.
const WORK_FACTOR: u8 = 15;
/// Greatest work factor that is read; it needs 256 MB of memory.
pub const WORK_FACTOR_MAX: u8 = 18;
/// Bytes between two signs of progress.
const STRIDE: usize = 1 << 20;

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
    /// Encrypting failed: a fault of the program.
    #[error("加密没有成功({0})。请刷新页面再试一次。")]
    Failed(String),
}

impl From<DecryptError> for SealError {
    fn from(cause: DecryptError) -> Self {
        match cause {
            DecryptError::DecryptionFailed => Self::WrongPassphrase,
            DecryptError::ExcessiveWork { required, .. } => Self::TooMuchWork(required),
            DecryptError::NoMatchingKeys => Self::NoPassphrase,
            _ => Self::Damaged,
        }
    }
}

impl From<EncryptError> for SealError {
    fn from(_: EncryptError) -> Self {
        Self::Failed("age".to_owned())
    }
}

impl From<io::Error> for SealError {
    fn from(cause: io::Error) -> Self {
        Self::Failed(cause.kind().to_string())
    }
}

/// Encrypts the bytes.
pub fn seal(bytes: &[u8], passphrase: &Passphrase, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, SealError> {
    let total = (bytes.len() as u64).max(1);
    progress(Progress { done: 0, total });
    let mut recipient = Recipient::new(secret(passphrase));
    recipient.set_work_factor(WORK_FACTOR);
    let encryptor = Encryptor::with_recipients(iter::once::<&dyn age::Recipient>(&recipient))?;
    let mut output = encryptor.wrap_output(Vec::with_capacity(bytes.len() + bytes.len() / 1024 + 512))?;
    let mut done = 0;
    for stride in bytes.chunks(STRIDE) {
        output.write_all(stride)?;
        done += stride.len() as u64;
        progress(Progress { done, total });
    }
    Ok(output.finish()?)
}

/// Decrypts the bytes, all or nothing.
pub fn unseal(bytes: &[u8], passphrase: &Passphrase, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, SealError> {
    let total = (bytes.len() as u64).max(1);
    progress(Progress { done: 0, total });
    let decryptor = Decryptor::new_buffered(bytes)?;
    if !decryptor.is_scrypt() {
        return Err(SealError::NoPassphrase);
    }
    let mut identity = Identity::new(secret(passphrase));
    identity.set_max_work_factor(WORK_FACTOR_MAX);
    let mut input = decryptor.decrypt(iter::once::<&dyn age::Identity>(&identity))?;
    let mut output = Vec::with_capacity(bytes.len());
    loop {
        let read = input.by_ref().take(STRIDE as u64).read_to_end(&mut output).map_err(|_| SealError::Damaged)?;
        if read == 0 {
            return Ok(output);
        }
        progress(Progress { done: output.len() as u64, total });
    }
}

fn secret(passphrase: &Passphrase) -> SecretString {
    SecretString::from(passphrase.text().to_owned())
}
