//! What the browser's errors mean for the user. IndexedDB names few causes, so
//! the likely ones are looked up.

use indexed_db_futures::error::{Error, OpenDbError};

use super::room::is_full;
use crate::storage::StoreError;

/// What Chromium says, as an `UnknownError`, where sites may not keep data.
const DENIED: &str = "denied permission";

/// The name that the browser gives an error, such as `QuotaExceededError`.
fn name(error: &Error) -> Option<String> {
    match error {
        Error::DomException(exception) => Some(web_sys::DomException::from(exception.clone()).name()),
        _ => None,
    }
}

/// What the browser says about it.
fn told(error: &Error) -> String {
    match error {
        Error::DomException(exception) => exception.message(),
        Error::Serialisation(_) => "value not understood".to_owned(),
        Error::MissingData(_) => "value missing".to_owned(),
        Error::Unknown(_) => "unknown".to_owned(),
    }
}

/// Whether the database was made by a newer version of the program.
pub fn is_newer(error: &OpenDbError) -> bool {
    matches!(error, OpenDbError::Base(error) if name(error).as_deref() == Some("VersionError"))
}

pub fn open_error(error: OpenDbError) -> StoreError {
    let OpenDbError::Base(error) = error else {
        // The rest are: no IndexedDB at all, or one that refuses to be asked.
        return StoreError::Denied;
    };
    match name(&error).as_deref() {
        Some("SecurityError") => StoreError::Denied,
        Some("QuotaExceededError") => StoreError::Full,
        _ if told(&error).contains(DENIED) => StoreError::Denied,
        _ => StoreError::WillNotOpen(told(&error)),
    }
}

pub fn read_error(error: &Error) -> StoreError {
    match name(error).as_deref() {
        Some("InvalidStateError") => StoreError::Closed,
        _ => StoreError::Unreadable(told(error)),
    }
}

pub fn write_error(error: &Error) -> StoreError {
    match name(error).as_deref() {
        Some("QuotaExceededError") => StoreError::Full,
        Some("ConstraintError") => StoreError::Conflict,
        Some("InvalidStateError") => StoreError::Closed,
        _ => StoreError::Aborted(told(error)),
    }
}

/// An aborted transaction does not say why; a full disk is the likely cause.
pub async fn explained(error: StoreError, database: &str) -> StoreError {
    match error {
        StoreError::Aborted(_) if is_full(database).await => StoreError::Full,
        error => error,
    }
}
