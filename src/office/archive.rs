//! Several files as one zip archive, deflated, in the office worker.
//!
//! The same files give the same bytes: no times and no rights are written.

use std::io::{Cursor, Write};

use serde::{Deserialize, Serialize};
use thiserror::Error;
use zip::result::ZipError as Cause;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::message::ZipPart;
use super::table::Progress;

/// Why an archive is not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ZipError {
    /// The parts and the body do not go together: a fault of the program.
    #[error("打包时文件长短对不上,没有打成。请刷新页面再试一次。")]
    Lengths,
    /// The archive does not take a file, such as a second one of the same name.
    #[error("打包没有成功({0})。请刷新页面再试一次。")]
    Failed(String),
}

impl From<Cause> for ZipError {
    fn from(cause: Cause) -> Self {
        Self::Failed(cause.to_string())
    }
}

impl From<std::io::Error> for ZipError {
    fn from(cause: std::io::Error) -> Self {
        Self::Failed(cause.to_string())
    }
}

/// Packs the parts of the body, in their order.
pub fn zip(parts: &[ZipPart], body: &[u8], progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, ZipError> {
    let total = (body.len() as u64).max(1);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut rest = body;
    for part in parts {
        progress(Progress { done: (body.len() - rest.len()) as u64, total });
        let length = usize::try_from(part.length).map_err(|_| ZipError::Lengths)?;
        let (bytes, tail) = rest.split_at_checked(length).ok_or(ZipError::Lengths)?;
        archive.start_file(part.name.as_str(), options)?;
        archive.write_all(bytes)?;
        rest = tail;
    }
    if !rest.is_empty() {
        return Err(ZipError::Lengths);
    }
    Ok(archive.finish()?.into_inner())
}
