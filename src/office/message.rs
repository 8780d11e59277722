//! What the page and the office worker say to each other, as postcard bytes.
//!
//! The page sends one [`Request`] with a body of plain bytes beside it, and
//! the worker answers with [`Reply`]s, the last of which is not a progress.
//! [`Reply::Bytes`] has its body beside it too: large files are handed over,
//! not packed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::archive::ZipError;
use super::passphrase::Passphrase;
use super::seal::SealError;
use super::table::{Progress, ReadChoice, ReadError, Table};
use super::workbook::SheetDraft;

/// Something to be done off the main thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Read the sheets of the file that is the body.
    ReadTables {
        /// Name of the file.
        name: String,
        /// What the user chose.
        choice: ReadChoice,
    },
    /// Pack files into one zip archive. The body is all of them, one after another.
    Zip(Vec<ZipPart>),
    /// Write a workbook of these sheets.
    WriteSheets(Vec<SheetDraft>),
    /// Encrypt the body.
    Seal(Passphrase),
    /// Decrypt the body.
    Unseal(Passphrase),
}

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZipPart {
    /// Its name, with folders separated by `/`.
    pub name: String,
    /// How much of the body it is, in bytes.
    pub length: u64,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// How far it has come.
    Progress(Progress),
    /// Everything that was read.
    Tables(Vec<Table>),
    /// The bytes beside this message.
    Bytes,
    /// Why it is not done.
    Refused(Refusal),
}

/// Why something is not done, as a sentence of the part that refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum Refusal {
    /// A table is not read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An archive is not made.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// A file is not encrypted, or not decrypted.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// The bytes of a message.
pub fn pack<M: Serialize>(message: &M) -> postcard::Result<Vec<u8>> {
    postcard::to_allocvec(message)
}

/// The message in these bytes.
pub fn unpack<M: DeserializeOwned>(bytes: &[u8]) -> postcard::Result<M> {
    postcard::from_bytes(bytes)
}
