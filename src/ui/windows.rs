//! Several windows of one browser: who may record (a Web Lock), and what they
//! tell each other (a `BroadcastChannel`). Both are asked of the browser by
//! name, because it may have neither.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent};

/// How the right to record is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// When the others are gone.
    InTurn,
    /// At once; the window that has it loses it.
    Steal,
}

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// This window has the right until it goes away or loses it.
    Mine,
    /// This browser has no locks, or does not give them: nothing to hold.
    NoLocks,
}

/// Claims the right `name`. `on_lost` is told when another window steals it.
pub async fn claim(name: &str, claim: Claim, on_lost: impl FnOnce() + 'static) -> Claimed {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or_default();
    let Ok(request) = Reflect::get(&locks, &"request".into()).unwrap_or_default().dyn_into::<Function>() else {
        return Claimed::NoLocks;
    };
    let (answer, answered) = answer();
    let granted = answer.clone();
    let hold = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        granted.give(Claimed::Mine);
        // Never settled: the lock is held as long as the window lives.
        Promise::new(&mut |_, _| {}).into()
    });
    let asked = request.call3(&locks, &name.into(), &options(claim), &hold);
    let Some(asked) = asked.ok().and_then(|asked| asked.dyn_into::<Promise>().ok()) else {
        return Claimed::NoLocks;
    };
    spawn_local(async move {
        let ended = wasm_bindgen_futures::JsFuture::from(asked).await;
        // It ends with an error when locks are denied, or when it was held and stolen.
        if ended.is_err() && !answer.give(Claimed::NoLocks) {
            on_lost();
        }
    });
    answered.await
}

fn options(claim: Claim) -> Object {
    let options = Object::new();
    if claim == Claim::Steal {
        // A plain object takes every property.
        let _set = Reflect::set(&options, &"steal".into(), &true.into());
    }
    options
}

/// The place where an answer is put, once.
#[derive(Clone)]
pub struct Answer<T>(Rc<RefCell<Waiting<T>>>);

struct Waiting<T> {
    given: bool,
    value: Option<T>,
    waker: Option<Waker>,
}

/// A question: where the answer is given, and the wait for it.
pub fn answer<T>() -> (Answer<T>, impl Future<Output = T>) {
    let place = Rc::new(RefCell::new(Waiting { given: false, value: None, waker: None }));
    let waited = Rc::clone(&place);
    let wait = std::future::poll_fn(move |context| {
        let mut place = waited.borrow_mut();
        if let Some(value) = place.value.take() {
            return Poll::Ready(value);
        }
        place.waker = Some(context.waker().clone());
        Poll::Pending
    });
    (Answer(place), wait)
}

impl<T> Answer<T> {
    /// Gives the answer; `false` when one was given before.
    pub fn give(&self, value: T) -> bool {
        let mut place = self.0.borrow_mut();
        if place.given {
            return false;
        }
        place.given = true;
        place.value = Some(value);
        if let Some(waker) = place.waker.take() {
            waker.wake();
        }
        true
    }
}

/// What one window tells the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The stored village has changed.
    Changed,
    /// The window of this id wants to record.
    Ask(String),
    /// The window of this id may take over: the one that recorded has finished.
    Yield(String),
}

impl Message {
    fn text(&self) -> String {
        match self {
            Self::Changed => "changed".to_owned(),
            Self::Ask(id) => format!("ask {id}"),
            Self::Yield(id) => format!("yield {id}"),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            None => (text == "changed").then_some(Self::Changed),
            Some(("ask", id)) => Some(Self::Ask(id.to_owned())),
            Some(("yield", id)) => Some(Self::Yield(id.to_owned())),
            Some(_) => None,
        }
    }
}

/// The channel between the windows; silent where the browser has none.
pub struct Channel {
    channel: Option<BroadcastChannel>,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Opens the channel `name` and listens to it.
    pub fn open(name: &str, hear: impl Fn(Message) + 'static) -> Self {
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = event.data().as_string().as_deref().and_then(Message::parse) {
                hear(message);
            }
        });
        let known = Reflect::has(&window(), &"BroadcastChannel".into()).unwrap_or_default();
        let channel = known.then(|| BroadcastChannel::new(name).ok()).flatten();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        }
        Self { channel, _hear: hear }
    }

    /// Tells the other windows.
    pub fn tell(&self, message: &Message) {
        if let Some(channel) = &self.channel {
            // A closed channel has nobody to tell.
            let _told = channel.post_message(&message.text().into());
        }
    }
}
