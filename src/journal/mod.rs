//! The journal as bytes: acts, their packing into segments, the hash chain,
//! and the save file. Pure: bytes in, bytes out.
//!
//! Layout of this folder: [`wire`] says how each domain type is written; [`cbor`] reads it;
//! [`act`] is one command's worth of events; [`raw_act`] is one not yet decoded;
//! [`segment`] packs acts, [`near`] the ids in them; [`jpeg`] looks at photos;
//! [`fingerprint`] is what is printed of a ledger; [`page`] packs register records; [`savefile`] puts all of it in one file.

pub mod act;
pub mod cbor;
pub mod fingerprint;
pub mod jpeg;
pub mod near;
pub mod page;
pub mod raw_act;
pub mod savefile;
pub mod segment;
mod wire;
