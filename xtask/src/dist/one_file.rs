//! `dist/cunzhi.html`: the whole program in one file that runs by double
//! click. A page from `file://` may neither fetch nor import, so everything is
//! in the page: styles and the main program's glue as they are, both wasm
//! files and the office worker's glue compressed, as base64, in blocks that
//! the browser does not look into.

use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{csp, html, read};

/// Reads the blocks. The worker's parts are unpacked anew for each worker,
/// because their bytes are handed over to it.
const LOADER: &str = r"
function cunzhiUnpack(id) {
  const text = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) { bytes[at] = text.charCodeAt(at); }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'content-type': 'application/wasm' } });
}
window.cunzhiOfficeParts = () =>
  Promise.all([cunzhiUnpack('office-glue').text(), cunzhiUnpack('office-wasm').arrayBuffer()]);
window.cunzhiStart(() => __wbg_init({ module_or_path: cunzhiUnpack('cunzhi-wasm') }));
";

/// Makes the one file from Trunk's page and the files beside it.
pub fn assemble(page: &str, dist: &Path) -> Result<String> {
    let start = html::text_elements(page, "script")?
        .into_iter()
        .find(|script| html::attribute(script.tag, "id") == Some("start"))
        .context("Trunk's page has no script `start`")?;
    let (glue, wasm) = (quoted(start.content, ".js")?, quoted(start.content, ".wasm")?);
    let script = format!(
        "{}{}{}<script type=\"module\">\n{}{LOADER}</script>",
        block("cunzhi-wasm", &dist.join(wasm))?,
        block("office-glue", &dist.join("office.js"))?,
        block("office-wasm", &dist.join("office_bg.wasm"))?,
        without_exports(&read(&dist.join(glue))?)?,
    );
    let page = page.replace(&format!("{}{}</script>", start.tag, start.content), &script);
    let page = html::replace_tags(&page, "link", |tag| inlined(tag, dist))?;
    let page = page.replacen("<html ", "<html data-form=\"one-file\" ", 1);
    csp::with_policy(&page, csp::Form::OneFile)
}

/// The address in single quotes with the given ending.
fn quoted<'a>(script: &'a str, ending: &str) -> Result<&'a str> {
    script
        .split('\'')
        .find(|part| part.ends_with(ending))
        .with_context(|| format!("the script `start` names no {ending} file"))
}

fn inlined(tag: &str, dist: &Path) -> Result<String> {
    match html::attribute(tag, "rel") {
        Some("stylesheet") => {
            let href = html::attribute(tag, "href").context("a style sheet has no address")?;
            let css = read(&dist.join(href))?;
            ensure!(!css.contains("</style"), "{href} contains a closing tag");
            ensure!(!css.contains("@import"), "{href} imports another file");
            Ok(format!("<style>\n{css}</style>"))
        }
        Some("modulepreload" | "preload") => Ok(String::new()),
        _ => Ok(tag.to_owned()),
    }
}

/// wasm-bindgen writes the glue as a module; inline it needs no exports and
/// can have no imports.
fn without_exports(glue: &str) -> Result<String> {
    ensure!(glue.contains("__wbg_init as default"), "wasm-bindgen's glue has another start function");
    let mut made = String::with_capacity(glue.len());
    for line in glue.lines() {
        if line.starts_with("import ") {
            bail!("the glue imports another file, which one file cannot: {line}");
        }
        if line.starts_with("export {") {
            ensure!(line.trim_end().ends_with("};"), "an export of the glue goes over several lines");
            continue;
        }
        made.push_str(line.strip_prefix("export ").unwrap_or(line));
        made.push('\n');
    }
    ensure!(!made.contains("</script") && !made.contains("<!--"), "the glue contains text that would end the script");
    Ok(made)
}

fn block(id: &str, file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("Trunk made no {}", file.display()))?;
    let mut packed = Vec::new();
    // One round of zopfli is 4 % smaller than the best of gzip; more rounds hardly gain anything.
    let options = zopfli::Options { iteration_count: NonZeroU64::MIN, ..Default::default() };
    zopfli::compress(options, zopfli::Format::Gzip, bytes.as_slice(), &mut packed)?;
    let text = STANDARD.encode(packed);
    Ok(format!("<script type=\"application/octet-stream\" id=\"{id}\">{text}</script>\n"))
}

#[cfg(test)]
mod tests {
    use super::{quoted, without_exports};

    #[test]
    fn exports_go_and_imports_are_refused() {
        let glue = "export class A {}\nfunction f() {}\nexport { initSync, __wbg_init as default };\n";
        assert_eq!(without_exports(glue).expect("glue without imports"), "class A {}\nfunction f() {}\n");
        assert!(without_exports("import { x } from './y.js';\n__wbg_init as default").is_err());
    }

    #[test]
    fn addresses_are_found_in_the_start_script() {
        let script = "import init from './cunzhi-1.js';\ninit('./cunzhi-1_bg.wasm')";
        assert_eq!(quoted(script, ".js").ok(), Some("./cunzhi-1.js"));
        assert_eq!(quoted(script, ".wasm").ok(), Some("./cunzhi-1_bg.wasm"));
    }
}
