//! A folder that the village is saved to by itself: the USB stick. Only where
//! the browser has the File System Access API. The handle outlives a restart;
//! the permission may have to be given again, by a click.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{Get, GetUntracked, GetValue, Set, WithUntracked, window};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetFileOptions, FileSystemWritableFileStream,
};

use super::browser;
use super::context::{App, Phase, Saving};
use super::files::sentence;
use super::verification::verify;
use crate::app::folder_pace::Waiting;
use crate::app::save::folder_file_name;
use crate::storage::StoreError;

const UNWRITTEN: &str = "写不进这个文件夹,U 盘可能已拔出或写满。插好后点「再试一次」;换了 U 盘请重新选文件夹。";

/// Where the saving to a folder stands. Each names the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// Not looked at yet.
    Unknown,
    /// This browser cannot.
    Unsupported,
    /// None was chosen.
    NotChosen,
    /// It is saved to by itself.
    Ready(String),
    /// The browser wants to be told again that it may.
    Asking(String),
    /// It did not work the last time; the second is the sentence.
    Failed(String, String),
}

/// 「U 盘」 in brackets; the root of a stick may have no name.
pub fn folder_words(name: &str) -> String {
    if name.is_empty() { "所选的文件夹".to_owned() } else { format!("「{name}」") }
}

/// The writing of the folder's file: one at a time, so that an older state
/// never takes the place of a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// Nothing is written.
    Idle,
    /// A file is written.
    Busy,
    /// A file is written, and it was asked for again meanwhile.
    Again,
}

fn picker() -> Option<Function> {
    Reflect::get(&window(), &"showDirectoryPicker".into()).ok()?.dyn_into().ok()
}

fn for_writing() -> Object {
    let options = Object::new();
    // A plain object takes every property.
    let _set = Reflect::set(&options, &"mode".into(), &"readwrite".into());
    options
}

/// Asks about a permission, or for it. A handle that knows no permissions has them.
async fn permitted(handle: &FileSystemDirectoryHandle, method: &str) -> bool {
    let Ok(ask) = Reflect::get(handle, &method.into()).unwrap_or_default().dyn_into::<Function>() else {
        return true;
    };
    let asked = ask.call1(handle, &for_writing()).and_then(JsCast::dyn_into::<Promise>);
    let Ok(asked) = asked else { return false };
    JsFuture::from(asked).await.is_ok_and(|state| state.as_string().as_deref() == Some("granted"))
}

/// Writes a file into a folder. The browser puts it in place of the old one
/// only when it is complete.
async fn write(folder: &FileSystemDirectoryHandle, name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let create = FileSystemGetFileOptions::new();
    create.set_create(true);
    let file = JsFuture::from(folder.get_file_handle_with_options(name, &create)).await?;
    let file: FileSystemFileHandle = file.unchecked_into();
    let stream = JsFuture::from(file.create_writable()).await?;
    let stream: FileSystemWritableFileStream = stream.unchecked_into();
    JsFuture::from(stream.write_with_u8_array(bytes)?).await?;
    JsFuture::from(stream.close()).await?;
    Ok(())
}

impl App {
    /// Looks for the folder that was chosen earlier.
    pub(super) async fn open_folder(self) {
        if picker().is_none() {
            self.folder.set(Folder::Unsupported);
            return;
        }
        let Some(handle) = self.folder_handle().await else {
            self.folder.set(Folder::NotChosen);
            return;
        };
        let name = handle.name();
        let may = permitted(&handle, "queryPermission").await;
        self.folder.set(if may { Folder::Ready(name) } else { Folder::Asking(name) });
    }

    async fn folder_handle(self) -> Option<FileSystemDirectoryHandle> {
        self.stored().ok()?.folder().await.ok()?.map(JsCast::unchecked_into)
    }

    /// The user chooses a folder, and the village is saved to it at once.
    /// `Ok(false)` when the dialog was closed without choosing.
    pub async fn choose_folder(self) -> Result<bool, StoreError> {
        let chosen = picker().and_then(|pick| pick.call1(&window(), &for_writing()).ok());
        let Some(chosen) = chosen.and_then(|chosen| chosen.dyn_into::<Promise>().ok()) else {
            return Ok(false);
        };
        // An error means that the dialog was closed.
        let Ok(handle) = JsFuture::from(chosen).await else { return Ok(false) };
        self.stored()?.set_folder(Some(handle.clone())).await?;
        self.folder.set(Folder::Ready(handle.unchecked_into::<FileSystemDirectoryHandle>().name()));
        self.write_to_folder().await;
        Ok(true)
    }

    /// The user says again that the folder may be written to, or that it is back.
    pub async fn allow_folder(self) {
        if let Some(handle) = self.folder_handle().await {
            if permitted(&handle, "requestPermission").await {
                self.folder.set(Folder::Ready(handle.name()));
                self.write_to_folder().await;
            } else {
                self.folder.set(Folder::Asking(handle.name()));
            }
        }
    }

    /// Saves to no folder any more. What is in it stays.
    pub async fn forget_folder(self) -> Result<(), StoreError> {
        self.stored()?.set_folder(None).await?;
        self.no_folder();
        Ok(())
    }

    /// There is no folder any more.
    pub(super) fn no_folder(self) {
        if self.folder.get_untracked() != Folder::Unsupported {
            self.folder.set(Folder::NotChosen);
        }
    }

    /// Saves to the folder when nothing has been recorded for a while, or when
    /// something has waited for long.
    pub(super) fn save_to_folder_soon(self) {
        let (desk, now) = (self.desk.get_value(), browser::now());
        let waiting = Waiting::with_one_more(desk.folder_waiting.get(), now);
        desk.folder_waiting.set(Some(waiting));
        let timer = browser::after(waiting.left_ms(now), move || spawn_local(self.save_to_folder()));
        // The timer before it is dropped, and does not ring.
        *desk.folder_timer.borrow_mut() = Some(timer);
    }

    /// Saves to the folder, if there is one and something to save.
    pub(super) async fn save_to_folder(self) {
        self.desk.get_value().folder_waiting.set(None);
        let since = self.book.get_value().borrow().unsaved();
        let never = self.book.get_value().borrow().laptop().saved_at.is_none();
        let ready = matches!(self.folder.get_untracked(), Folder::Ready(_) | Folder::Failed(..));
        if ready && (since > 0 || never) && self.phase.get_untracked() == Phase::Ready {
            self.write_to_folder().await;
        }
    }

    async fn write_to_folder(self) {
        let desk = self.desk.get_value();
        if desk.folder_writing.get() != Writing::Idle {
            desk.folder_writing.set(Writing::Again);
            return;
        }
        loop {
            desk.folder_writing.set(Writing::Busy);
            self.write_once().await;
            if desk.folder_writing.replace(Writing::Idle) != Writing::Again {
                return;
            }
        }
    }

    async fn write_once(self) {
        if self.saving.with_untracked(|saving| matches!(saving, Saving::ReadOnly(_))) {
            return;
        }
        let Some(handle) = self.folder_handle().await else { return };
        let name = handle.name();
        if !permitted(&handle, "queryPermission").await {
            self.folder.set(Folder::Asking(name));
            return;
        }
        let written = async {
            let store = self.stored().map_err(sentence)?;
            let (contents, _) = self.contents_with_photos(&store).await.map_err(sentence)?;
            let (file, (bytes, made)) = (self.folder_file(), self.file_of(&contents));
            // It takes the place of a file that may be the last good one.
            if let Some(damage) = verify(&contents, |_, _| {}).await.trouble() {
                let words = damage.to_string();
                self.note_altered(damage);
                return Err(format!("{words}文件夹里的文件没有动。"));
            }
            write(&handle, &file, &bytes).await.map_err(|_| UNWRITTEN.to_owned())?;
            self.note_saved(made).await.map_err(sentence)
        };
        self.folder.set(match written.await {
            Ok(()) => Folder::Ready(name),
            Err(sentence) => Folder::Failed(name, sentence),
        });
    }

    /// The name of the file in the folder.
    pub fn folder_file(self) -> String {
        folder_file_name(&self.book.get_value().borrow())
    }

    /// Why the folder needs the user, if it does; follows changes.
    pub fn folder_trouble(self) -> Option<String> {
        match self.folder.get() {
            Folder::Asking(name) => {
                Some(format!("自动保存到{}要再允许一次:请插好 U 盘,点「允许」。", folder_words(&name)))
            }
            Folder::Failed(name, sentence) => Some(format!("没有存进{}:{sentence}", folder_words(&name))),
            _ => None,
        }
    }
}
