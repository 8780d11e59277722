//! What the page and the office worker say to each other, as postcard bytes.
//!
//! The page sends one [`Request`] together with the bytes of the file, and the
//! worker answers with [`Reply`]s, the last of which is not a progress.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::table::{Progress, ReadChoice, ReadError, Table};

/// A file to be read; its bytes travel beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Name of the file.
    pub name: String,
    /// What the user chose.
    pub choice: ReadChoice,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// How far it has come.
    Progress(Progress),
    /// Everything that was read.
    Tables(Vec<Table>),
    /// Why the file is refused.
    Refused(ReadError),
}

/// The bytes of a message.
pub fn pack<M: Serialize>(message: &M) -> postcard::Result<Vec<u8>> {
    postcard::to_allocvec(message)
}

/// The message in these bytes.
pub fn unpack<M: DeserializeOwned>(bytes: &[u8]) -> postcard::Result<M> {
    postcard::from_bytes(bytes)
}
