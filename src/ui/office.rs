//! The page's side of the office worker: hands it a file and waits for what
//! comes of it.
//!
//! Each request gets a worker of its own. Dropping the future ends the
//! worker, which is how work is cancelled: nothing of the file is left behind.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageEvent, Worker};

use crate::office::desk::Answer;
use crate::office::message::{self, Refusal, Reply, Request, ZipPart};
use crate::office::passphrase::Passphrase;
use crate::office::table::{FILE_BYTES_MAX, Progress, ReadChoice, ReadError, Table};
use crate::office::workbook::SheetDraft;

const UNREADABLE: &str = "这个文件现在读不出来,可能已被移走、改名,或正被别的程序占用。请关闭它再选一次。";

/// Why the worker gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DeskError {
    /// It refuses, and says why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It was not there.
    #[error("后台程序没有启动起来。请刷新页面后再试一次。")]
    NotStarted,
    /// It broke down.
    #[error("处理这个文件时程序出错停下了,本村数据没有变动。若是表格,请用 Excel 或 WPS 另存为新的 .xlsx 再试。")]
    Crashed,
}

impl From<DeskError> for String {
    fn from(error: DeskError) -> Self {
        error.to_string()
    }
}

/// Reads every sheet of a file, or says in a sentence why not.
pub async fn read_file(
    file: &File,
    choice: ReadChoice,
    on_progress: impl Fn(Progress) + 'static,
) -> Result<Vec<Table>, String> {
    check_size(file.size()).map_err(|error| error.to_string())?;
    let body = JsFuture::from(file.array_buffer()).await.map_err(|_| UNREADABLE.to_owned())?;
    let request = Request::ReadTables { name: file.name(), choice };
    match ask(&request, &body.unchecked_into(), on_progress).await? {
        Answer::Tables(tables) => Ok(tables),
        Answer::Bytes(_) => Err(DeskError::Crashed.into()),
    }
}

/// Packs files, by name, into one zip archive.
pub async fn zip(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, String> {
    let part = |(name, bytes): &(String, Vec<u8>)| ZipPart { name: name.clone(), length: bytes.len() as u64 };
    let request = Request::Zip(files.iter().map(part).collect());
    let contents: Vec<Vec<u8>> = files.into_iter().map(|(_, bytes)| bytes).collect();
    Ok(bytes_of(&request, &contents.concat()).await?)
}

/// Writes a workbook.
pub async fn write_sheets(sheets: Vec<SheetDraft>) -> Result<Vec<u8>, String> {
    Ok(bytes_of(&Request::WriteSheets(sheets), &[]).await?)
}

/// Encrypts a file under a passphrase.
pub async fn seal(bytes: &[u8], passphrase: Passphrase) -> Result<Vec<u8>, String> {
    Ok(bytes_of(&Request::Seal(passphrase), bytes).await?)
}

/// Decrypts a file. The error can be looked into: another passphrase may help.
pub async fn unseal(bytes: &[u8], passphrase: Passphrase) -> Result<Vec<u8>, DeskError> {
    bytes_of(&Request::Unseal(passphrase), bytes).await
}

async fn bytes_of(request: &Request, body: &[u8]) -> Result<Vec<u8>, DeskError> {
    match ask(request, &Uint8Array::from(body).buffer(), |_| ()).await? {
        Answer::Bytes(bytes) => Ok(bytes),
        Answer::Tables(_) => Err(DeskError::Crashed),
    }
}

async fn ask(
    request: &Request,
    body: &ArrayBuffer,
    on_progress: impl Fn(Progress) + 'static,
) -> Result<Answer, DeskError> {
    let request = message::pack(request).map_err(|_| DeskError::Crashed)?;
    let desk = Starting::begin()?.desk().await?;
    desk.ask(&request, body, on_progress).await
}

/// Looks at the size before anything is read.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn check_size(size: f64) -> Result<(), ReadError> {
    let found = size as u64;
    match found {
        0 => Err(ReadError::Empty),
        1..=FILE_BYTES_MAX => Ok(()),
        _ => Err(ReadError::FileTooLarge { found, limit: FILE_BYTES_MAX }),
    }
}

/// A worker that is being started by the boot script of the page.
struct Starting {
    promise: Promise,
    arrived: bool,
}

impl Starting {
    /// Calls `window.cunzhiOffice`, which both forms of the app have.
    fn begin() -> Result<Self, DeskError> {
        let start = Reflect::get(&window(), &"cunzhiOffice".into()).and_then(JsCast::dyn_into::<Function>);
        let promise = start.and_then(|start| start.call0(&window())).and_then(JsCast::dyn_into::<Promise>);
        let promise = promise.map_err(|_| DeskError::NotStarted)?;
        Ok(Self { promise, arrived: false })
    }

    async fn desk(mut self) -> Result<Desk, DeskError> {
        let worker = JsFuture::from(self.promise.clone()).await;
        self.arrived = true;
        let worker = worker.and_then(JsCast::dyn_into::<Worker>).map_err(|_| DeskError::NotStarted)?;
        Ok(Desk { worker })
    }
}

impl Drop for Starting {
    fn drop(&mut self) {
        if !self.arrived {
            let end = Closure::once(|worker: JsValue| worker.unchecked_into::<Worker>().terminate());
            let _ended = self.promise.then(&end);
            end.forget();
        }
    }
}

/// A worker that listens. It ends with its owner.
struct Desk {
    worker: Worker,
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}

impl Desk {
    /// Hands over the request with its body and waits for the last reply.
    async fn ask(
        self,
        request: &[u8],
        body: &ArrayBuffer,
        on_progress: impl Fn(Progress) + 'static,
    ) -> Result<Answer, DeskError> {
        let outcome = Rc::new(RefCell::new(None));
        let (done, resolve) = promise();
        let finish = {
            let outcome = Rc::clone(&outcome);
            move |answer: Result<Answer, DeskError>| {
                outcome.borrow_mut().get_or_insert(answer);
                // Resolving a promise throws nothing.
                let _resolved = resolve.call0(&JsValue::NULL);
            }
        };
        let fail = finish.clone();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let parts = Array::from(&event.data());
            match message::unpack(&Uint8Array::new(&parts.get(0)).to_vec()) {
                Ok(Reply::Progress(progress)) => on_progress(progress),
                Ok(Reply::Tables(tables)) => finish(Ok(Answer::Tables(tables))),
                Ok(Reply::Bytes) => finish(Ok(Answer::Bytes(Uint8Array::new(&parts.get(1)).to_vec()))),
                Ok(Reply::Refused(refusal)) => finish(Err(refusal.into())),
                Err(_) => finish(Err(DeskError::Crashed)),
            }
        });
        let crash = Closure::<dyn FnMut(JsValue)>::new(move |_| fail(Err(DeskError::Crashed)));
        self.worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        self.worker.set_onerror(Some(crash.as_ref().unchecked_ref()));
        self.worker.set_onmessageerror(Some(crash.as_ref().unchecked_ref()));
        let parts = Array::of2(&Uint8Array::from(request), body);
        let sent = self.worker.post_message_with_transfer(&parts, &Array::of1(body));
        sent.map_err(|_| DeskError::Crashed)?;
        // It is only ever resolved, and what it stands for is in `outcome`.
        let _resolved = JsFuture::from(done).await;
        drop(self);
        outcome.take().unwrap_or(Err(DeskError::Crashed))
    }
}

/// A promise and the function that resolves it.
fn promise() -> (Promise, Function) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _reject| resolver = Some(resolve));
    (promise, resolver.unwrap_or_default())
}
