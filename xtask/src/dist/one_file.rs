//! `dist/cunzhi.html`: the whole program in one file that runs by double
//! click. A page from `file://` may neither fetch nor import, so everything is
//! in the page, compressed, as text in blocks that the browser does not look
//! into: the styles, the glue and the wasm of both programs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::styles::Gathered;
use super::{csp, html, lzma, read, seven_bits};

/// Reads the blocks. The worker's parts are unpacked anew for each worker,
/// because their bytes are handed over to it. Style sheet and glue are put
/// into the page as they were: the policy names their hashes.
const LOADER: &str = r"
function cunzhiUnpack(id) {
  const block = document.getElementById(id);
  const packed = cunzhiBytes(Number(block.getAttribute('data-bytes')), block.textContent);
  const whole = cunzhiWhole(packed, Number(block.getAttribute('data-whole')));
  return new Response(whole, { headers: { 'content-type': 'application/wasm' } });
}
window.cunzhiOfficeParts = () =>
  Promise.all([cunzhiUnpack('office-glue').text(), cunzhiUnpack('office-wasm').arrayBuffer()]);
window.cunzhiWasm = () => cunzhiUnpack('cunzhi-wasm');
window.cunzhiStart(() => Promise.all([cunzhiUnpack('styles').text(), cunzhiUnpack('cunzhi-glue').text()])
  .then(([styles, glue]) => {
    function put(name, text) {
      const element = document.createElement(name);
      if (name === 'script') { element.type = 'module'; }
      element.textContent = text;
      document.head.appendChild(element);
    }
    put('style', styles);
    put('script', glue);
  }));
";
/// The end of the glue: what its exports would have been used for.
const START: &str = "window.cunzhiStart(() => __wbg_init({ module_or_path: window.cunzhiWasm() }));\n";

/// Makes the one file from Trunk's page and the files beside it.
pub fn assemble(from: &Gathered, dist: &Path) -> Result<String> {
    let page = html::replace_tags(&from.bare(), "link", |tag| Ok(without_hints(tag)))?;
    let styles = &from.css;
    let start = html::text_elements(&page, "script")?
        .into_iter()
        .find(|script| html::attribute(script.tag, "id") == Some("start"))
        .context("Trunk's page has no script `start`")?;
    let (glue_file, wasm_file) = (quoted(start.content, ".js")?, quoted(start.content, ".wasm")?);
    let glue = without_exports(&read(&dist.join(glue_file))?)? + START;
    let script = [
        block("styles", styles.as_bytes())?,
        block("cunzhi-glue", glue.as_bytes())?,
        block("cunzhi-wasm", &bytes(&dist.join(wasm_file))?)?,
        block("office-glue", &bytes(&dist.join("office.js"))?)?,
        block("office-wasm", &bytes(&dist.join("office_bg.wasm"))?)?,
        format!("<script type=\"module\">{}{}{LOADER}</script>", seven_bits::DECODER, lzma::DECODER),
    ];
    let page = page.replace(&format!("{}{}</script>", start.tag, start.content), &script.concat());
    let page = page.replacen("<html ", "<html data-form=\"one-file\" ", 1);
    csp::with_policy(&page, csp::Form::OneFile { glue: &glue, styles })
}

/// The address in single quotes with the given ending.
fn quoted<'a>(script: &'a str, ending: &str) -> Result<&'a str> {
    script
        .split('\'')
        .find(|part| part.ends_with(ending))
        .with_context(|| format!("the script `start` names no {ending} file"))
}

/// Hints about files to load make no sense where there are no files.
fn without_hints(tag: &str) -> String {
    let is_hint = matches!(html::attribute(tag, "rel"), Some("modulepreload" | "preload"));
    if is_hint { String::new() } else { tag.to_owned() }
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
    Ok(made)
}

fn bytes(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("Trunk made no {}", file.display()))
}

fn block(id: &str, content: &[u8]) -> Result<String> {
    let packed = lzma::pack(content)?;
    let (whole, length, text) = (content.len(), packed.len(), seven_bits::encode(&packed));
    let sizes = format!("data-whole=\"{whole}\" data-bytes=\"{length}\"");
    Ok(format!("<script type=\"application/octet-stream\" id=\"{id}\" {sizes}>{text}</script>\n"))
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
