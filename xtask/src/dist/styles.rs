//! The style sheets, one file in the sources for each component and page, are
//! handed out as two: twenty small files compress badly, and each would be a
//! request with a fingerprint of its own. The first is what a start needs, the
//! second comes with the parts of the program that it is for.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::{html, parts, read};

const PLACE: &str = "<!-- styles -->";
/// Where index.html says that a start needs no more.
pub const LATER: &str = "<!-- what follows comes with the later parts of the program -->";

/// Trunk's page with all its style sheets taken out.
pub struct Gathered {
    /// The page, with a place where the styles were.
    pub page: String,
    /// What a start needs.
    pub first: String,
    pub later: String,
    files: Vec<PathBuf>,
}

pub fn gather(page: &str, dist: &Path) -> Result<Gathered> {
    let (before, after) = page.split_once(LATER).with_context(|| format!("index.html has no line `{LATER}`"))?;
    let (mut first, mut later, mut files) = (String::new(), String::new(), Vec::new());
    let before = taken_out(before, dist, &mut first, &mut files)?;
    let after = taken_out(after, dist, &mut later, &mut files)?;
    Ok(Gathered { page: format!("{before}{PLACE}{after}"), first, later, files })
}

/// The page without its style sheets, which are added to the others.
fn taken_out(page: &str, dist: &Path, css: &mut String, files: &mut Vec<PathBuf>) -> Result<String> {
    html::replace_tags(page, "link", |tag| {
        if html::attribute(tag, "rel") != Some("stylesheet") {
            return Ok(tag.to_owned());
        }
        let href = html::attribute(tag, "href").context("a style sheet has no address")?;
        let file = dist.join(href);
        let text = read(&file)?;
        ensure!(!text.contains("@import"), "{href} imports another file");
        css.push_str(&squeezed(&text)?);
        files.push(file);
        Ok(String::new())
    })
}

/// Without comments, indentation and empty lines.
fn squeezed(sheet: &str) -> Result<String> {
    let mut made = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        made.push_str(before);
        rest = comment.split_once("*/").context("a comment of a style sheet does not end")?.1;
    }
    made.push_str(rest);
    Ok(made.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect())
}

impl Gathered {
    /// The page without any styles.
    pub fn bare(&self) -> String {
        self.page.replacen(PLACE, "", 1)
    }

    /// The page with the sheet for the start, which is written beside it in
    /// place of the many, and the name of the other one. Names change with
    /// their content.
    pub fn joined(&self, dist: &Path) -> Result<(String, String)> {
        for file in &self.files {
            fs::remove_file(file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
        let first = parts::put(dist, "styles", "css", self.first.as_bytes())?;
        let later = parts::put(dist, &format!("{}styles", parts::LATER), "css", self.later.as_bytes())?;
        Ok((self.page.replacen(PLACE, &format!("<link rel=\"stylesheet\" href=\"./{first}\">"), 1), later))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{LATER, gather};

    #[test]
    fn many_sheets_become_two_in_their_order() {
        let dist = std::env::temp_dir().join(format!("cunzhi-styles-{}", std::process::id()));
        fs::create_dir_all(&dist).expect("a folder");
        for (name, text) in [("a.css", "a{}\n"), ("b.css", "/* b\n */\nb{}\n"), ("c.css", "@import 'd.css';")] {
            fs::write(dist.join(name), text).expect("a sheet");
        }
        let page = format!(
            "<link rel=\"icon\" href=\"i\"><link rel=\"stylesheet\" href=\"./b.css\"/>\
             {LATER}<link rel=\"stylesheet\" href=\"./a.css\"/><p></p>"
        );
        let gathered = gather(&page, &dist).expect("two sheets");
        assert_eq!((gathered.first.as_str(), gathered.later.as_str()), ("b{}\n", "a{}\n"));
        assert_eq!(gathered.bare(), "<link rel=\"icon\" href=\"i\"><p></p>");
        let (joined, later) = gathered.joined(&dist).expect("the sheets are written");
        assert_eq!(joined.matches("rel=\"stylesheet\"").count(), 1, "{joined}");
        assert_eq!(fs::read_to_string(dist.join(later)).ok().as_deref(), Some("a{}\n"));
        assert!(!dist.join("a.css").exists() && !dist.join("b.css").exists());
        assert!(gather(&format!("{LATER}<link rel=\"stylesheet\" href=\"./c.css\">"), &dist).is_err());
        assert!(gather("<link rel=\"stylesheet\" href=\"./a.css\">", &dist).is_err(), "no mark");
        fs::remove_dir_all(&dist).expect("the folder goes");
    }
}
