//! `dist/cunzhi.html`: the whole program in one file that runs by double
//! click. A page from `file://` may neither fetch nor import, so everything is
//! in the page, compressed, as text in blocks that the browser does not look
//! into: the styles, the glue and the wasm of both programs. They are packed as
//! LZMA; the browser unpacks the small program that unpacks them.

use std::fs;
use std::io::Write;
use std::num::NonZeroU64;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use lzma_rust2::{LzmaOptions, LzmaWriter};

use super::styles::Gathered;
use super::{csp, html, parts, read, seven_bits};

/// Reads the blocks. The worker's parts are unpacked anew for each worker,
/// because their bytes are handed over to it. Style sheet and glue are put
/// into the page as they were: the policy names their hashes.
const LOADER: &str = r"
function cunzhiBlock(id) {
  const block = document.getElementById(id);
  return cunzhiBytes(Number(block.getAttribute('data-bytes')), block.textContent);
}
function cunzhiResponse(body) {
  return new Response(body, { headers: { 'content-type': 'application/wasm' } });
}
let unpacker;
function cunzhiUnpack(id) {
  if (!unpacker) {
    const stream = new Blob([cunzhiBlock('unpack-wasm')]).stream().pipeThrough(new DecompressionStream('gzip'));
    unpacker = wasm_bindgen({ module_or_path: cunzhiResponse(stream) });
  }
  return unpacker.then(() => cunzhiResponse(wasm_bindgen.unpack(cunzhiBlock(id))));
}
// What was packed in the light of the program's first part.
function cunzhiAfter(id) {
  const length = Number(document.getElementById(id).getAttribute('data-length'));
  return cunzhiUnpack('cunzhi-wasm').then((response) => response.arrayBuffer())
    .then((first) => wasm_bindgen.unpack_after(cunzhiBlock(id), length, new Uint8Array(first)));
}
const cunzhiText = (id) => cunzhiUnpack(id).then((response) => response.text());
window.cunzhiOfficeParts = () =>
  Promise.all([cunzhiText('office-glue'), cunzhiAfter('office-wasm').then((bytes) => bytes.buffer)]);
let later;
window.cunzhiPart = (file) => {
  later = later || cunzhiAfter('later');
  return later.then((bytes) => {
    const sizes = document.getElementById('later').getAttribute('data-files').split(' ');
    const at = sizes.indexOf(file);
    let from = 0;
    for (let before = 1; before < at; before += 2) { from += Number(sizes[before]); }
    return cunzhiResponse(bytes.subarray(from, from + Number(sizes[at + 1])));
  });
};
window.cunzhiWasm = () => cunzhiUnpack('cunzhi-wasm');
window.cunzhiStart(() => Promise.all([cunzhiText('styles'), cunzhiText('cunzhi-glue')])
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
/// The smallest dictionary, in bytes.
const DICTIONARY_MIN: u32 = 4_096;
/// The end of the glue: what its exports would have been used for.
const START: &str = "window.cunzhiStart(() => __wbg_init({ module_or_path: window.cunzhiWasm() }));\n";

/// Makes the one file from Trunk's page and the files beside it.
pub fn assemble(from: &Gathered, dist: &Path) -> Result<String> {
    let page = html::replace_tags(&from.bare(), "link", |tag| Ok(without_hints(tag)))?;
    let styles = &(from.first.clone() + &from.later);
    let start = html::text_elements(&page, "script")?
        .into_iter()
        .find(|script| html::attribute(script.tag, "id") == Some("start"))
        .context("Trunk's page has no script `start`")?;
    let (glue_file, wasm_file) = (quoted(start.content, ".js")?, quoted(start.content, ".wasm")?);
    let glue = without_exports(&read(&dist.join(glue_file))?)? + START;
    let main = bytes(&dist.join(wasm_file))?;
    let script = [
        gzip_block("unpack-wasm", &bytes(&dist.join("unpack_bg.wasm"))?)?,
        lzma_block("styles", styles.as_bytes())?,
        lzma_block("cunzhi-glue", glue.as_bytes())?,
        lzma_block("cunzhi-wasm", &main)?,
        later_block(dist, &main)?,
        lzma_block("office-glue", &bytes(&dist.join("office.js"))?)?,
        after_block("office-wasm", "", &bytes(&dist.join("office_bg.wasm"))?, &main)?,
        format!("<script>{}</script>\n", read(&dist.join("unpack.js"))?),
        format!("<script type=\"module\">{}{LOADER}</script>", seven_bits::DECODER),
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

fn gzip_block(id: &str, content: &[u8]) -> Result<String> {
    let mut packed = Vec::new();
    // One round of zopfli is 4 % smaller than the best of gzip; more rounds hardly gain anything.
    let options = zopfli::Options { iteration_count: NonZeroU64::MIN, ..Default::default() };
    zopfli::compress(options, zopfli::Format::Gzip, content, &mut packed)?;
    Ok(block(id, "", &packed))
}

fn lzma_block(id: &str, content: &[u8]) -> Result<String> {
    let length = u64::try_from(content.len())?;
    let mut packed = LzmaWriter::new_use_header(Vec::new(), &lzma_options(content.len())?, Some(length))?;
    packed.write_all(content)?;
    Ok(block(id, "", &packed.finish()?))
}

/// The later parts of the program, one behind the other.
fn later_block(dist: &Path, main: &[u8]) -> Result<String> {
    let (mut files, mut content) = (Vec::new(), Vec::new());
    for name in parts::later(dist)? {
        let bytes = bytes(&dist.join(&name))?;
        files.push(format!("{name} {}", bytes.len()));
        content.extend(bytes);
    }
    after_block("later", &format!(" data-files=\"{}\"", files.join(" ")), &content, main)
}

/// What is packed as if it followed the first part of the program, with which it
/// has much in common.
fn after_block(id: &str, attributes: &str, content: &[u8], main: &[u8]) -> Result<String> {
    let mut options = lzma_options(main.len() + content.len())?;
    options.preset_dict = Some(main.to_vec());
    let mut packed = LzmaWriter::new_no_header(Vec::new(), &options, false)?;
    packed.write_all(content)?;
    Ok(block(id, &format!("{attributes} data-length=\"{}\"", content.len()), &packed.finish()?))
}

fn lzma_options(length: usize) -> Result<LzmaOptions> {
    let mut options = LzmaOptions::with_preset(9);
    // wasm has no alignment to make use of, and the dictionary need not be larger than what is packed.
    (options.lc, options.lp, options.pb) = (3, 0, 0);
    options.nice_len = LzmaOptions::NICE_LEN_MAX;
    options.dict_size = u32::try_from(length.next_power_of_two())?.max(DICTIONARY_MIN);
    Ok(options)
}

fn block(id: &str, attributes: &str, packed: &[u8]) -> String {
    let (length, text) = (packed.len(), seven_bits::encode(packed));
    format!(
        "<script type=\"application/octet-stream\" id=\"{id}\" data-bytes=\"{length}\"{attributes}>{text}</script>\n"
    )
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
