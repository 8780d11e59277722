//! The little of HTML that `dist` must understand: our own page as Trunk
//! writes it. Not a parser; tags are found by their first letters, and values
//! of attributes contain no `>`.

use anyhow::{Context, Result};

/// An element whose content is text only: `script` or `style`.
pub struct TextElement<'a> {
    /// The start tag.
    pub tag: &'a str,
    pub content: &'a str,
}

/// Replaces each start tag `<name …>` by what `replacement` says.
pub fn replace_tags(page: &str, name: &str, mut replacement: impl FnMut(&str) -> Result<String>) -> Result<String> {
    let opening = format!("<{name} ");
    let mut made = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find(&opening) {
        let (before, from) = rest.split_at(at);
        let end = from.find('>').with_context(|| format!("a <{name}> does not end"))?;
        let (tag, after) = from.split_at(end + 1);
        made.push_str(before);
        made.push_str(&replacement(tag)?);
        rest = after;
    }
    made.push_str(rest);
    Ok(made)
}

/// All elements of one name, in order.
pub fn text_elements<'a>(page: &'a str, name: &str) -> Result<Vec<TextElement<'a>>> {
    let opening = format!("<{name}");
    let closing = format!("</{name}>");
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find(&opening) {
        let from = &rest[at..];
        let start = from.find('>').with_context(|| format!("a <{name}> does not end"))? + 1;
        let end = from.find(&closing).with_context(|| format!("a <{name}> is not closed"))?;
        found.push(TextElement { tag: &from[..start], content: &from[start..end] });
        rest = &from[end + closing.len()..];
    }
    Ok(found)
}

/// The value of an attribute, written with double quotes.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| value)
}

/// The page without indentation, empty lines, and comments that have lines of
/// their own; `kept` is a comment in whose place something will be put.
pub fn squeezed(page: &str, kept: &str) -> String {
    let is_comment = |line: &str| line.starts_with("//") || (line.starts_with("<!--") && line.ends_with("-->"));
    let lines = page.lines().map(str::trim);
    let left = lines.filter(|line| *line == kept || !(line.is_empty() || is_comment(line)));
    left.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::{attribute, replace_tags, squeezed, text_elements};

    #[test]
    fn a_squeezed_page_says_the_same() {
        let page = "<!-- here -->\n<!-- not here -->\n\n  <script>\n    // why\n    f(); // kept\n  </script>\n";
        assert_eq!(squeezed(page, "<!-- here -->"), "<!-- here -->\n<script>\nf(); // kept\n</script>\n");
    }

    #[test]
    fn tags_are_replaced_and_the_rest_is_kept() {
        let made = replace_tags("a<link rel=\"x\" href=\"y\"/>b<link rel=\"z\">c", "link", |tag| {
            Ok(format!("[{}]", attribute(tag, "rel").unwrap_or("?")))
        });
        assert_eq!(made.ok().as_deref(), Some("a[x]b[z]c"));
    }

    #[test]
    fn text_elements_keep_their_content_to_the_letter() {
        let page = "<p></p><script>\n1 < 2\n</script><script type=\"module\" id=\"start\"></script>";
        let found = text_elements(page, "script").expect("well formed");
        assert_eq!(found[0].content, "\n1 < 2\n");
        assert_eq!(attribute(found[1].tag, "id"), Some("start"));
        assert!(text_elements("<script>", "script").is_err());
    }
}
