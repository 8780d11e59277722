//! The style sheets, one file in the sources for each component and page, are
//! handed out as one: twenty small files compress badly, and each would be a
//! request with a fingerprint of its own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use super::{html, read};

const PLACE: &str = "<!-- styles -->";

/// Trunk's page with all its style sheets taken out.
pub struct Gathered {
    /// The page, with a place where the styles were.
    pub page: String,
    pub css: String,
    files: Vec<PathBuf>,
}

pub fn gather(page: &str, dist: &Path) -> Result<Gathered> {
    let (mut css, mut files) = (String::new(), Vec::new());
    let page = html::replace_tags(page, "link", |tag| {
        if html::attribute(tag, "rel") != Some("stylesheet") {
            return Ok(tag.to_owned());
        }
        let href = html::attribute(tag, "href").context("a style sheet has no address")?;
        let file = dist.join(href);
        let text = read(&file)?;
        ensure!(!text.contains("@import"), "{href} imports another file");
        css.push_str(&squeezed(&text)?);
        files.push(file);
        Ok(if files.len() == 1 { PLACE.to_owned() } else { String::new() })
    })?;
    Ok(Gathered { page, css, files })
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

    /// The page with one style sheet, which is written beside it in place of
    /// the many. Its name changes with its content.
    pub fn joined(&self, dist: &Path) -> Result<String> {
        for file in &self.files {
            fs::remove_file(file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
        let digest = Sha256::digest(&self.css);
        let name = format!("styles-{:08x}.css", u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]));
        fs::write(dist.join(&name), &self.css)?;
        Ok(self.page.replacen(PLACE, &format!("<link rel=\"stylesheet\" href=\"./{name}\">"), 1))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::gather;

    #[test]
    fn many_sheets_become_one_in_their_order() {
        let dist = std::env::temp_dir().join(format!("cunzhi-styles-{}", std::process::id()));
        fs::create_dir_all(&dist).expect("a folder");
        for (name, text) in [("a.css", "a{}\n"), ("b.css", "/* b\n */\nb{}\n"), ("c.css", "@import 'd.css';")] {
            fs::write(dist.join(name), text).expect("a sheet");
        }
        let page = "<link rel=\"icon\" href=\"i\"><link rel=\"stylesheet\" href=\"./b.css\"/>\
                    <link rel=\"stylesheet\" href=\"./a.css\"/><p></p>";
        let gathered = gather(page, &dist).expect("two sheets");
        assert_eq!(gathered.css, "b{}\na{}\n");
        assert_eq!(gathered.bare(), "<link rel=\"icon\" href=\"i\"><p></p>");
        let joined = gathered.joined(&dist).expect("the sheet is written");
        assert_eq!(joined.matches("rel=\"stylesheet\"").count(), 1, "{joined}");
        assert!(!dist.join("a.css").exists() && !dist.join("b.css").exists());
        assert!(gather("<link rel=\"stylesheet\" href=\"./c.css\">", &dist).is_err());
        fs::remove_dir_all(&dist).expect("the folder goes");
    }
}
