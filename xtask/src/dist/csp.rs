//! The Content-Security-Policy of the delivered pages: what is inline is
//! allowed by its hash, what is not needed is forbidden. The one-file form
//! cannot reach any network at all.

use anyhow::{Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::html::{self, TextElement};

/// Where the policy is put.
pub const PLACE: &str = "<!-- content-security-policy: written by `cargo xtask dist` -->";

#[derive(Clone, Copy)]
pub enum Form<'a> {
    Hosted,
    /// The page puts this script and this style sheet into itself.
    OneFile {
        glue: &'a str,
        styles: &'a str,
    },
}

/// The page with its policy in the place that is kept for it, before anything
/// that the policy is about.
pub fn with_policy(page: &str, form: Form<'_>) -> Result<String> {
    ensure!(page.contains(PLACE), "index.html has no line `{PLACE}`");
    ensure!(!page.contains(" style=\""), "the policy forbids style attributes in index.html");
    let scripts = html::text_elements(page, "script")?;
    let styles = html::text_elements(page, "style")?;
    let (glue, sheet) = match form {
        Form::Hosted => (None, None),
        Form::OneFile { glue, styles } => (Some(glue), Some(styles)),
    };
    let scripts = hashes(scripts.iter().filter(|script| is_program(script)).map(|script| script.content).chain(glue));
    let styles = hashes(styles.iter().map(|style| style.content).chain(sheet));
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", policy(form, &scripts, &styles));
    Ok(page.replacen(PLACE, &meta, 1))
}

fn policy(form: Form<'_>, scripts: &str, styles: &str) -> String {
    // The worker is started from a blob in both forms, and inherits the policy.
    let (own, connect, worker) = match form {
        Form::Hosted => ("'self' ", "'self'", "'self' blob:"),
        Form::OneFile { .. } => ("", "'none'", "blob:"),
    };
    format!(
        "default-src 'none'; script-src {own}'wasm-unsafe-eval' {scripts}; style-src {own}{styles}; \
         img-src data: blob:; connect-src {connect}; worker-src {worker}; font-src 'none'; \
         base-uri 'none'; form-action 'none'"
    )
}

/// A script with another type is data, which the policy is not about.
fn is_program(script: &TextElement) -> bool {
    matches!(html::attribute(script.tag, "type"), None | Some("module")) && html::attribute(script.tag, "src").is_none()
}

fn hashes<'a>(contents: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> =
        contents.map(|content| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(content)))).collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Form, PLACE, with_policy};

    /// The hash of nothing, and of `x`.
    const NOTHING: &str = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
    const X: &str = "'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='";

    #[test]
    fn inline_scripts_are_allowed_by_hash_and_data_is_left_out() {
        let page = format!("{PLACE}<script></script><script type=\"text/plain\">x</script><style></style>");
        let made = with_policy(&page, Form::Hosted).expect("a page with a place for the policy");
        assert!(made.contains(&format!("'wasm-unsafe-eval' {NOTHING}; style-src 'self' {NOTHING};")), "{made}");
        assert!(with_policy("<html>", Form::Hosted).is_err());
    }

    #[test]
    fn what_the_one_file_puts_into_itself_is_allowed_too() {
        let page = format!("{PLACE}<script></script><style></style>");
        let made = with_policy(&page, Form::OneFile { glue: "x", styles: "x" }).expect("a page with a place");
        assert!(made.contains(&format!("script-src 'wasm-unsafe-eval' {NOTHING} {X}; style-src {NOTHING} {X};")));
        assert!(made.contains("connect-src 'none'"));
    }
}
