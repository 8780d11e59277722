//! How names and titles are spelt: a few keys find them, by initials, by
//! full pinyin, by characters, or by any mixture (`whl`, `wanghl`, `王hl`).

use super::sound::sound;

/// The longest text that is looked up, in characters.
const QUERY_MAX: usize = 24;

/// How a text fits what was typed; the better fit is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// All of it.
    Whole,
    /// Its beginning.
    Start,
    /// Something inside.
    Inside,
}

/// A character with its sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Letter {
    char: char,
    sound: &'static str,
    /// The usual reading, where the surname's reading differs; else empty.
    other: &'static str,
}

/// A text, character by character, with the sounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    letters: Vec<Letter>,
}

/// Surnames of two characters that are read otherwise.
const DOUBLE_SURNAMES: &[(&str, [&str; 2])] =
    &[("尉迟", ["yu", "chi"]), ("万俟", ["mo", "qi"]), ("单于", ["chan", "yu"]), ("澹台", ["tan", "tai"])];

/// Surnames that are read otherwise than the character usually is.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('曾', "zeng"),
    ('查', "zha"),
    ('区', "ou"),
    ('朴', "piao"),
    ('翟', "zhai"),
    ('乐', "yue"),
    ('盖', "ge"),
    ('覃', "qin"),
    ('洗', "xian"),
    ('员', "yun"),
    ('缪', "miao"),
    ('折', "she"),
    ('黑', "he"),
    ('秘', "bi"),
    ('召', "shao"),
    ('种', "chong"),
    ('繁', "po"),
    ('卜', "bu"),
    ('柏', "bai"),
    ('句', "gou"),
    ('祭', "zhai"),
    ('都', "du"),
    ('薄', "bo"),
    ('隗', "wei"),
    ('牟', "mu"),
    ('阚', "kan"),
];

impl Spelling {
    /// Of a person's name: the surname is read as a surname.
    pub fn of_name(name: &str) -> Self {
        let mut spelling = Self::of_text(name);
        let double = DOUBLE_SURNAMES.iter().find(|(surname, _)| name.trim_start().starts_with(surname));
        let single = spelling.letters.first().and_then(|first| SURNAMES.iter().find(|(char, _)| *char == first.char));
        let sounds: &[&'static str] = match (double, single) {
            (Some((_, sounds)), _) => sounds,
            (None, Some((_, sound))) => std::slice::from_ref(sound),
            (None, None) => &[],
        };
        for (letter, sound) in spelling.letters.iter_mut().zip(sounds) {
            if letter.sound != *sound {
                (letter.other, letter.sound) = (letter.sound, sound);
            }
        }
        spelling
    }

    /// Of any text; punctuation is left out.
    pub fn of_text(text: &str) -> Self {
        let chars = query_chars(text);
        let letters = chars.map(|char| Letter { char, sound: sound(char), other: "" });
        Self { letters: letters.collect() }
    }

    /// The sounds in a row, by which lists are put in order.
    pub fn sounds(&self) -> String {
        let sounds = self.letters.iter();
        sounds.map(|letter| if letter.sound.is_empty() { "~" } else { letter.sound }).collect::<Vec<_>>().join(" ")
    }

    /// How it fits what was typed (see [`query`]); `None` when it does not.
    pub fn find(&self, typed: &[char]) -> Option<Fit> {
        if typed.is_empty() {
            return None;
        }
        let fits = (0..self.letters.len()).filter_map(|start| match (start, walk(&self.letters[start..], typed)?) {
            (0, Rest::Nothing) => Some(Fit::Whole),
            (0, Rest::Something) => Some(Fit::Start),
            _ => Some(Fit::Inside),
        });
        fits.min()
    }
}

/// What was typed, as it is compared: half-width, lower case, without blanks
/// and punctuation.
pub fn query(text: &str) -> Vec<char> {
    query_chars(text).take(QUERY_MAX).collect()
}

/// A number as it is compared: `2-017` is `2017`.
pub fn number_key(number: &str) -> String {
    query_chars(number).collect()
}

fn query_chars(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(half_width).flat_map(char::to_lowercase).filter(|char| char.is_alphanumeric())
}

fn half_width(char: char) -> char {
    match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        _ => char,
    }
}

/// What of the text is left after what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rest {
    Nothing,
    Something,
}

/// Takes each letter by its character or by the first keys of a sound.
fn walk(letters: &[Letter], typed: &[char]) -> Option<Rest> {
    let Some(key) = typed.first() else {
        return Some(if letters.is_empty() { Rest::Nothing } else { Rest::Something });
    };
    let (letter, others) = letters.split_first()?;
    if letter.char == *key {
        return walk(others, &typed[1..]);
    }
    let sounds = [letter.sound, letter.other].into_iter();
    let lengths = sounds.flat_map(|sound| 1..=common(sound, typed));
    lengths.filter_map(|length| walk(others, &typed[length..])).min()
}

/// How many keys agree with the beginning of the sound; ü is `v` or `u`.
fn common(sound: &str, typed: &[char]) -> usize {
    let pairs = sound.chars().zip(typed);
    pairs.take_while(|(sound, key)| sound == *key || (*sound == 'v' && **key == 'u')).count()
}
