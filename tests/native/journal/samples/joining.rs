//! Samples of what came with joining goods.

use cunzhi::domain::event::Event;
use cunzhi::domain::id::GoodsId;
use cunzhi::journal::act::Act;

use super::act;

/// The acts, one event each.
pub fn acts() -> Vec<Act> {
    let joined = [(7 << 32 | 2, 7 << 32 | 1), (u64::MAX, 0)];
    let joined =
        joined.map(|(gone, kept)| Event::GoodsJoined { gone: GoodsId::from_raw(gone), kept: GoodsId::from_raw(kept) });
    (700..).zip(joined).map(|(sequence, event)| act(sequence, vec![event])).collect()
}
