//! Which key does what on redemption day. [`press`] is a plain function of
//! the key and of where the focus is.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::desk::{Desk, TENS};
use crate::report::scan::Held;

/// Where the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// In the find box.
    Find,
    /// In the box that looks for goods.
    Goods,
    /// In another field.
    Field,
    /// On a button or a link, which Enter presses.
    Button,
    /// Anywhere else.
    Desk,
}

/// Which goods a digit means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// 1 to 9.
    Ones,
    /// 10 to 19: 0 was pressed before.
    Tens,
}

/// A key, and what decides about its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// The key's value.
    pub key: String,
    /// The key's place, which Shift does not change.
    pub code: String,
    /// Ctrl is held.
    pub control: bool,
    /// Shift is held.
    pub shift: bool,
    /// Where the focus is.
    pub focus: Focus,
    /// The field with the focus has text, which keeps its own Ctrl+Z.
    pub has_text: bool,
    /// Which goods a digit means.
    pub digits: Digits,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Chooses the hit above.
    Up,
    /// Chooses the hit below.
    Down,
    /// Serves whoever is chosen.
    Take,
    /// Adds one of the goods at this place, from 0.
    Add(usize),
    /// Removes one of them.
    Remove(usize),
    /// 0, the first key of goods from the tenth on.
    Tens,
    /// Removes the piece that was added last.
    RemoveLast,
    /// 兑换
    Redeem,
    /// 清空, then back to looking for somebody.
    Back,
    /// 撤销上一笔
    Undo,
    /// /, which looks for goods.
    Goods,
    /// Adds one of the goods that were found.
    AddFound,
    /// Removes one of them.
    RemoveFound,
    /// A letter: what follows is meant for the find box.
    Find,
}

/// What the key asks for; `None` when it is left to the browser.
pub fn press(stroke: &Stroke) -> Option<Press> {
    let key = stroke.key.as_str();
    if stroke.control {
        return (key.eq_ignore_ascii_case("z") && !stroke.shift && !stroke.has_text).then_some(Press::Undo);
    }
    match (stroke.focus, key) {
        (_, "Escape") => Some(Press::Back),
        (Focus::Find | Focus::Goods, "ArrowUp") => Some(Press::Up),
        (Focus::Find | Focus::Goods, "ArrowDown") => Some(Press::Down),
        (Focus::Find, "Enter") => Some(Press::Take),
        (Focus::Goods, "Enter") => Some(if stroke.shift { Press::RemoveFound } else { Press::AddFound }),
        (Focus::Field | Focus::Desk, "Enter") => Some(Press::Redeem),
        (Focus::Find | Focus::Goods | Focus::Field, _) | (Focus::Button, "Enter" | " ") => None,
        (_, "Backspace" | "-") => Some(Press::RemoveLast),
        // By its place too: an input method makes 、 of it.
        (_, "/") => Some(Press::Goods),
        _ if !stroke.shift && matches!(stroke.code.as_str(), "Slash" | "NumpadDivide") => Some(Press::Goods),
        _ => place_or_letter(stroke),
    }
}

fn place_or_letter(stroke: &Stroke) -> Option<Press> {
    let digit = stroke.code.strip_prefix("Digit").or_else(|| stroke.code.strip_prefix("Numpad"));
    let place = |text: &str| {
        let digit = text.parse::<usize>().ok().filter(|digit| *digit <= 9)?;
        match stroke.digits {
            Digits::Ones => digit.checked_sub(1),
            Digits::Tens => Some(TENS + digit),
        }
    };
    if let (true, Some(place)) = (stroke.shift, digit.and_then(place)) {
        return Some(Press::Remove(place));
    }
    if let Some(place) = place(&stroke.key) {
        return Some(Press::Add(place));
    }
    if stroke.key == "0" {
        return Some(Press::Tens);
    }
    let mut chars = stroke.key.chars();
    let is_letter = matches!((chars.next(), chars.next()), (Some(char), None) if char.is_alphanumeric());
    is_letter.then_some(Press::Find)
}

/// Follows a key that was pressed anywhere in the window.
pub fn follow(desk: Desk, event: &ev::KeyboardEvent) {
    // While an input method composes, its keys are its own.
    if event.is_composing() || event.default_prevented() || event.alt_key() || event.meta_key() {
        return;
    }
    let held = if event.repeat() { Held::Yes } else { Held::No };
    if desk.scan(&event.key(), event.time_stamp(), held) {
        event.prevent_default();
        return;
    }
    let (focus, has_text) = focus_of(desk, event);
    let stroke = Stroke {
        key: event.key(),
        code: event.code(),
        control: event.ctrl_key(),
        shift: event.shift_key(),
        focus,
        has_text,
        digits: if desk.tens.get_untracked() { Digits::Tens } else { Digits::Ones },
    };
    let Some(press) = press(&stroke) else {
        return;
    };
    // A number or a letter with nobody at the desk is the beginning of a name.
    let press = match press {
        Press::Add(_) | Press::Tens | Press::Goods if !desk.is_serving() => Press::Find,
        // Without goods that begin with it, 0 begins a number too.
        Press::Tens if !untrack(|| desk.has_tens()) => Press::Find,
        press => press,
    };
    if press != Press::Find {
        event.prevent_default();
    }
    // A key that is held down moves, but does not redeem or undo again.
    if !event.repeat() || matches!(press, Press::Up | Press::Down | Press::RemoveLast) {
        desk.press(press);
    }
}

fn focus_of(desk: Desk, event: &ev::KeyboardEvent) -> (Focus, bool) {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return (Focus::Desk, false);
    };
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let is_find = desk.find_box.get_untracked().is_some_and(|find| find.is_same_node(Some(input)));
        let is_goods = desk.goods_box.get_untracked().is_some_and(|goods| goods.is_same_node(Some(input)));
        let focus = match (is_find, is_goods) {
            (true, _) => Focus::Find,
            (false, true) => Focus::Goods,
            (false, false) => Focus::Field,
        };
        return (focus, !input.value().is_empty());
    }
    let is_button = matches!(element.tag_name().as_str(), "BUTTON" | "A");
    (if is_button { Focus::Button } else { Focus::Desk }, false)
}
