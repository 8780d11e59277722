//! A scanner is a keyboard that types a number and Enter faster than anybody
//! does. That is how its keys are told from those of the person at the desk.

/// Keys of a scanner follow each other within so many milliseconds.
const GAP_MS: f64 = 40.0;
/// So many keys in one go are of a scanner, whatever they say.
pub const KEYS_MIN: usize = 8;

/// The keys that came in one go, up to now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Burst {
    text: String,
    last_ms: f64,
}

/// What a key is to the burst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fed {
    /// The first of one.
    Begun,
    /// One more of it, or one that says nothing.
    GoesOn,
    /// Enter, and what came before it in one go; nothing for Enter alone.
    Ended(String),
}

impl Burst {
    /// Takes in a key: its value, when it was pressed, in milliseconds, and
    /// whether it is only held down.
    pub fn feed(&mut self, key: &str, at_ms: f64, held: Held) -> Fed {
        // A scanner presses Shift for capitals.
        if key == "Shift" && held == Held::No {
            return Fed::GoesOn;
        }
        let follows = !self.text.is_empty() && (0.0..=GAP_MS).contains(&(at_ms - self.last_ms));
        let before = std::mem::take(&mut self.text);
        self.last_ms = at_ms;
        let mut chars = key.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) if held == Held::No => {
                if follows {
                    self.text = before;
                }
                self.text.push(char);
                if follows { Fed::GoesOn } else { Fed::Begun }
            }
            _ if key == "Enter" => Fed::Ended(if follows && held == Held::No { before } else { String::new() }),
            _ => Fed::GoesOn,
        }
    }
}

/// Whether a key comes again because it is held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It was pressed.
    No,
    /// It is held.
    Yes,
}
