//! The Content-Security-Policy of the delivered pages: what is inline is
//! allowed by its hash, what is not needed is forbidden. The one-file form
//! cannot reach any network at all.

use anyhow::{Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::html::{self, TextElement};

const PLACE: &str = "<!-- content-security-policy: written by `cargo xtask dist` -->";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Hosted,
    OneFile,
}

/// The page with its policy in the place that is kept for it, before anything
/// that the policy is about.
pub fn with_policy(page: &str, form: Form) -> Result<String> {
    ensure!(page.contains(PLACE), "index.html has no line `{PLACE}`");
    ensure!(!page.contains(" style=\""), "the policy forbids style attributes in index.html");
    let scripts = html::text_elements(page, "script")?;
    let styles = html::text_elements(page, "style")?;
    let scripts = hashes(scripts.iter().filter(|script| is_program(script)));
    let styles = hashes(styles.iter());
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", policy(form, &scripts, &styles));
    Ok(page.replacen(PLACE, &meta, 1))
}

fn policy(form: Form, scripts: &str, styles: &str) -> String {
    // The worker is started from a blob in both forms, and inherits the policy.
    let (own, connect, worker) = match form {
        Form::Hosted => ("'self' ", "'self'", "'self' blob:"),
        Form::OneFile => ("", "'none'", "blob:"),
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

fn hashes<'a>(elements: impl Iterator<Item = &'a TextElement<'a>>) -> String {
    let all: Vec<String> = elements
        .map(|element| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(element.content.as_bytes()))))
        .collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Form, PLACE, with_policy};

    #[test]
    fn inline_scripts_are_allowed_by_hash_and_data_is_left_out() {
        let page = format!("{PLACE}<script></script><script type=\"text/plain\">x</script><style></style>");
        let made = with_policy(&page, Form::OneFile).expect("a page with a place for the policy");
        // The hash of nothing.
        let hash = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        assert!(made.contains(&format!("script-src 'wasm-unsafe-eval' {hash}; style-src {hash};")), "{made}");
        assert!(made.contains("connect-src 'none'"));
        assert!(with_policy("<html>", Form::Hosted).is_err());
    }
}
