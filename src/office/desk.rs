//! What the office worker does with a request. It has no browser in it, so
//! that tests need none.

use super::message::{Refusal, Request};
use super::table::{Progress, Table};
use super::{archive, read, seal, workbook};

/// What comes out of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The sheets of a file.
    Tables(Vec<Table>),
    /// A file.
    Bytes(Vec<u8>),
}

/// Does what is asked with the body that came along.
pub fn serve(request: &Request, body: &[u8], progress: &mut dyn FnMut(Progress)) -> Result<Answer, Refusal> {
    Ok(match request {
        Request::ReadTables { name, choice } => Answer::Tables(read::read_tables(name, body, choice, progress)?),
        Request::Zip(parts) => Answer::Bytes(archive::zip(parts, body, progress)?),
        Request::WriteSheets(sheets) => Answer::Bytes(workbook::write(sheets, progress)?),
        Request::Seal(passphrase) => Answer::Bytes(seal::seal(body, passphrase, progress)?),
        Request::Unseal(passphrase) => Answer::Bytes(seal::unseal(body, passphrase, progress)?),
    })
}
