//! Reading the book. The next segments are asked for before those that have come
//! are handed on, and the browser fetches them meanwhile: on a laptop with more
//! than one core, reading then costs little on top of what is made of it.

use std::collections::VecDeque;
use std::future::IntoFuture;

use indexed_db_futures::future::GetAllPrimitiveRequest;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use js_sys::{ArrayBuffer, Uint8Array};

use super::errors::read_error;
use super::keys::{parse_laptop, parse_page_key, parse_segment_key, segment_key, unframed};
use super::{GENERATION, LAPTOP, PAGES, Seen, Stores, generation_of};
use crate::storage::{Part, SegmentKey, StoreError};

/// So many acts are asked for together: a full segment, or many small ones.
const ACTS_TOGETHER: u64 = 12_288;
/// So many segments are asked for before it is known which there are, so that the
/// work on them begins while the browser reads the next ones.
const FIRST: u32 = 2;
/// So many questions are under way. With all of them at once the first answer
/// would come when the last one does.
const AHEAD: usize = 8;

type Values = GetAllPrimitiveRequest<ArrayBuffer>;

/// Hands on everything, part by part. `note` hears by what it is known before
/// anything is parsed.
pub async fn read_book(
    transaction: &Transaction<'_>,
    note: impl FnOnce(Seen),
    mut take: impl FnMut(Part),
) -> Result<(), StoreError> {
    let stores = Stores::of(transaction).map_err(|error| read_error(&error))?;
    let meta = (asked_keys(&stores.meta)?, asked_values(&stores.meta)?);
    let first = stores.segments.get_all::<ArrayBuffer>().with_limit(FIRST).primitive();
    let first = first.map_err(|error| read_error(&error))?;
    let segment_keys = asked_keys(&stores.segments)?;

    let meta = pairs(keys(meta.0).await?, values(meta.1).await?);
    let said = |key: &str| meta.iter().find(|(known, _)| known == key).map(|(_, bytes)| bytes);
    let generation = said(GENERATION).map_or(0, |bytes| generation_of(bytes));

    let segment_keys = keys(segment_keys).await?;
    note(Seen { generation, segments: segment_keys.len() });
    let laptop = said(LAPTOP).map(|bytes| parse_laptop(bytes).ok_or(StoreError::Unreadable(LAPTOP.to_owned())));
    let laptop = laptop.transpose()?;
    let segment_keys = parsed(segment_keys, parse_segment_key)?;
    let (begin, rest) = segment_keys.split_at(segment_keys.len().min(FIRST as usize));
    let mut together = together(rest).into_iter();
    let mut ahead = VecDeque::from([(begin, first)]);
    for keys in together.by_ref().take(AHEAD) {
        ahead.push_back((keys, asked_segments(&stores.segments, keys)?));
    }
    take(Part::Outline { laptop, keys: segment_keys.clone() });
    let page_store = stores.other(PAGES).map_err(|error| read_error(&error))?;
    // For keys the browser walks over all values: not while there is nothing to work on.
    let ask_pages = || Ok::<_, StoreError>((asked_keys(&page_store)?, asked_values(&page_store)?));
    let mut pages = None;
    while let Some((keys, records)) = ahead.pop_front() {
        let records = values(records).await?;
        // Asked before the work on these begins, so that it is fetched meanwhile.
        match together.next() {
            Some(keys) => ahead.push_back((keys, asked_segments(&stores.segments, keys)?)),
            None if pages.is_none() => pages = Some(ask_pages()?),
            None => {}
        }
        take(segments(keys, records));
    }
    let (page_keys, pages) = match pages {
        Some(pages) => pages,
        None => ask_pages()?,
    };
    let page_keys = parsed(keys(page_keys).await?, parse_page_key)?;
    take(Part::Pages(pairs(page_keys, values(pages).await?)));
    Ok(())
}

/// The keys by what is asked for together.
fn together(keys: &[SegmentKey]) -> Vec<&[SegmentKey]> {
    let mut begin = keys.first().copied();
    let together = keys.chunk_by(|_, next| {
        let is_near = |begin: SegmentKey| begin.device == next.device && next.first - begin.first < ACTS_TOGETHER;
        let stays = begin.is_some_and(is_near);
        if !stays {
            begin = Some(*next);
        }
        stays
    });
    together.collect()
}

fn asked_segments(store: &ObjectStore<'_>, keys: &[SegmentKey]) -> Result<Values, StoreError> {
    let all = store.get_all::<ArrayBuffer>();
    let asked = match keys {
        [first, .., last] => all.with_query(segment_key(*first)..=segment_key(*last)).primitive(),
        [one] => all.with_query(segment_key(*one)).primitive(),
        [] => all.primitive(),
    };
    asked.map_err(|error| read_error(&error))
}

/// The part that these records make.
fn segments(keys: &[SegmentKey], records: Vec<Vec<u8>>) -> Part {
    let (mut segments, mut slips) = (Vec::new(), Vec::new());
    for (key, record) in keys.iter().copied().zip(records) {
        let (segment, slip) = unframed(record);
        segments.push((key, segment));
        slips.extend(slip.map(|slip| (key, slip)));
    }
    Part::Segments { segments, slips }
}

fn asked_keys(store: &ObjectStore<'_>) -> Result<GetAllPrimitiveRequest<String>, StoreError> {
    store.get_all_keys::<String>().primitive().map_err(|error| read_error(&error))
}

fn asked_values(store: &ObjectStore<'_>) -> Result<Values, StoreError> {
    store.get_all::<ArrayBuffer>().primitive().map_err(|error| read_error(&error))
}

async fn keys(asked: GetAllPrimitiveRequest<String>) -> Result<Vec<String>, StoreError> {
    let keys = asked.into_future().await.map_err(|error| read_error(&error))?;
    keys.map(|key| key.map_err(|error| read_error(&error))).collect()
}

async fn values(asked: Values) -> Result<Vec<Vec<u8>>, StoreError> {
    let values = asked.into_future().await.map_err(|error| read_error(&error))?;
    let bytes = |value: ArrayBuffer| Uint8Array::new(&value).to_vec();
    values.map(|value| value.map(bytes).map_err(|error| read_error(&error))).collect()
}

fn pairs<K>(keys: Vec<K>, values: Vec<Vec<u8>>) -> Vec<(K, Vec<u8>)> {
    keys.into_iter().zip(values).collect()
}

fn parsed<K>(keys: Vec<String>, parse: fn(&str) -> Option<K>) -> Result<Vec<K>, StoreError> {
    keys.into_iter().map(|key| parse(&key).ok_or(StoreError::Unreadable(key))).collect()
}
