//! Text on its way into SVG. Titles carry what people typed, so nothing in them may
//! become markup, and nothing may reorder or hide the characters beside it.

/// The text without control characters and without the marks that override writing
/// direction. Line breaks and tabs become single spaces.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if c.is_control() || is_direction_mark(c) || is_no_xml_character(c) => None,
            c => Some(c),
        })
        .collect()
}

/// Appends `text`, cleaned and escaped for element content and for quoted attributes.
pub fn escape_into(out: &mut String, text: &str) {
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Embeddings, overrides, isolates and their ends: one without its partner turns the rest
/// of the line around, and a village's chart needs none of them.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// XML refuses these two even when escaped.
fn is_no_xml_character(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}
