//! An act before it is decoded: as it lies in a segment, and as the chain, the folding
//! of segments and the comparing of journals need it.

use super::act::{Act, read_head, write_head};
use super::cbor::Reader;
use super::near::restore;
use super::segment::SegmentError;
use crate::domain::calendar::Moment;
use crate::domain::id::DeviceId;
use crate::domain::register::Clock;

/// An act of which the head has been read; the rest is bytes.
#[derive(Clone, Copy, Debug)]
pub struct RawAct<'a> {
    /// Its running number on its device.
    pub sequence: u64,
    pub(super) clock: Clock,
    pub(super) at: Moment,
    /// CBOR, in which ids of this laptop take few bytes if there is one.
    pub(super) rest: &'a [u8],
    pub(super) near: Option<DeviceId>,
}

impl<'a> RawAct<'a> {
    /// The act with this CBOR.
    pub fn of(body: &'a [u8]) -> Option<Self> {
        let (sequence, clock, at, rest) = read_head(body)?;
        Some(Self { sequence, clock, at, rest, near: None })
    }

    /// Its CBOR, which the chain is made of.
    pub fn body(&self) -> Vec<u8> {
        let mut body = Vec::new();
        self.write(&mut body);
        body
    }

    /// Appends its CBOR; says where the rest begins.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) -> usize {
        write_head(bytes, self.sequence, self.clock, self.at);
        let head = bytes.len();
        match self.near {
            Some(device) => restore(self.rest, device, bytes),
            None => bytes.extend_from_slice(self.rest),
        }
        head
    }

    /// The act in these bytes, which were checked before.
    pub fn decode(&self) -> Result<Act, SegmentError> {
        let mut act = Act::blank();
        self.decode_into(&mut act)?;
        Ok(act)
    }

    /// Reads the act in these bytes in the place of another one, whose memory it takes.
    pub fn decode_into(&self, act: &mut Act) -> Result<(), SegmentError> {
        (act.sequence, act.clock, act.at) = (self.sequence, self.clock, self.at);
        act.read_rest(&mut Reader::near(self.rest, self.near)).ok_or(SegmentError::NewerAct(self.sequence))
    }
}

/// An act of its own, to be packed anew later.
#[derive(Clone, Debug)]
pub struct KeptAct {
    head: (u64, Clock, Moment),
    rest: Vec<u8>,
    near: Option<DeviceId>,
}

impl KeptAct {
    /// A copy of this one.
    pub fn of(act: RawAct<'_>) -> Self {
        Self { head: (act.sequence, act.clock, act.at), rest: act.rest.to_vec(), near: act.near }
    }

    /// The act.
    pub fn raw(&self) -> RawAct<'_> {
        let (sequence, clock, at) = self.head;
        RawAct { sequence, clock, at, rest: &self.rest, near: self.near }
    }
}

/// The same act is the same however it is packed.
impl PartialEq for RawAct<'_> {
    fn eq(&self, other: &Self) -> bool {
        let is_packed_alike = (self.near, self.rest) == (other.near, other.rest);
        let head = |act: &Self| (act.sequence, act.clock, act.at);
        head(self) == head(other) && (is_packed_alike || self.body() == other.body())
    }
}

impl Eq for RawAct<'_> {}
