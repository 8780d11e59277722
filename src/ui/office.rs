//! The page's side of the office worker: hands it a file and waits for tables.
//!
//! Each file gets a worker of its own. Dropping the future ends the worker,
//! which is how reading is cancelled: nothing of the file is left behind.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageEvent, Worker};

use crate::office::message::{self, Reply, Request};
use crate::office::table::{FILE_BYTES_MAX, Progress, ReadChoice, ReadError, Table};

const NOT_STARTED: &str = "读表格的程序没有启动起来。请刷新页面后再选一次文件。";
const CRASHED: &str =
    "读这个文件时程序出错停下了,本村数据没有变动。请用 Excel 或 WPS 打开文件,另存为新的 .xlsx 再导入。";
const UNREADABLE: &str = "这个文件现在读不出来,可能已被移走、改名,或正被别的程序占用。请关闭它再选一次。";

/// Reads every sheet of a file, or says in a sentence why not.
pub async fn read_file(
    file: &File,
    choice: ReadChoice,
    on_progress: impl Fn(Progress) + 'static,
) -> Result<Vec<Table>, String> {
    check_size(file.size()).map_err(|error| error.to_string())?;
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(|_| UNREADABLE.to_owned())?;
    let request = message::pack(&Request { name: file.name(), choice }).map_err(|_| CRASHED.to_owned())?;
    let desk = Starting::begin()?.desk().await?;
    desk.read(&request, &bytes.unchecked_into(), on_progress).await
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
    fn begin() -> Result<Self, String> {
        let start = Reflect::get(&window(), &"cunzhiOffice".into()).and_then(JsCast::dyn_into::<Function>);
        let promise = start.and_then(|start| start.call0(&window())).and_then(JsCast::dyn_into::<Promise>);
        let promise = promise.map_err(|_| NOT_STARTED.to_owned())?;
        Ok(Self { promise, arrived: false })
    }

    async fn desk(mut self) -> Result<Desk, String> {
        let worker = JsFuture::from(self.promise.clone()).await;
        self.arrived = true;
        let worker = worker.and_then(JsCast::dyn_into::<Worker>).map_err(|_| NOT_STARTED.to_owned())?;
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
    /// Hands over the file and waits for the last reply.
    async fn read(
        self,
        request: &[u8],
        file: &ArrayBuffer,
        on_progress: impl Fn(Progress) + 'static,
    ) -> Result<Vec<Table>, String> {
        let outcome = Rc::new(RefCell::new(None));
        let (done, resolve) = promise();
        let finish = {
            let outcome = Rc::clone(&outcome);
            move |tables: Result<Vec<Table>, String>| {
                outcome.borrow_mut().get_or_insert(tables);
                // Resolving a promise throws nothing.
                let _resolved = resolve.call0(&JsValue::NULL);
            }
        };
        let fail = finish.clone();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match heard(&event) {
            Ok(Reply::Progress(progress)) => on_progress(progress),
            Ok(Reply::Tables(tables)) => finish(Ok(tables)),
            Ok(Reply::Refused(error)) => finish(Err(error.to_string())),
            Err(_) => finish(Err(CRASHED.to_owned())),
        });
        let crash = Closure::<dyn FnMut(JsValue)>::new(move |_| fail(Err(CRASHED.to_owned())));
        self.worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        self.worker.set_onerror(Some(crash.as_ref().unchecked_ref()));
        self.worker.set_onmessageerror(Some(crash.as_ref().unchecked_ref()));
        let parts = Array::of2(&Uint8Array::from(request), file);
        let sent = self.worker.post_message_with_transfer(&parts, &Array::of1(file));
        sent.map_err(|_| CRASHED.to_owned())?;
        // It is only ever resolved, and what it stands for is in `outcome`.
        let _resolved = JsFuture::from(done).await;
        drop(self);
        outcome.take().unwrap_or_else(|| Err(CRASHED.to_owned()))
    }
}

fn heard(event: &MessageEvent) -> postcard::Result<Reply> {
    message::unpack(&Uint8Array::new(&event.data()).to_vec())
}

/// A promise and the function that resolves it.
fn promise() -> (Promise, Function) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _reject| resolver = Some(resolve));
    (promise, resolver.unwrap_or_default())
}
