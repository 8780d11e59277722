//! The app's program in parts (`src/ui/parts.rs`): wasm-split cuts what cargo
//! has compiled, wasm-bindgen connects the part that every start needs, and
//! all of them are shrunk and put in the place of the whole program that Trunk
//! has laid into `dist/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use super::{read, wasm};
use crate::setup::PageTools;
use crate::{paths, run};

/// The module from which wasm-bindgen lets wasm import.
const IMPORTS: &str = "./cunzhi_bg.js";
/// How the glue names the loader of the parts.
const LOADER: &str = "./__wasm_split.js";

/// The files that come when they are first needed.
pub const LATER: &str = "part-";

/// Cuts the program, and gives Trunk's page with its addresses.
pub fn lay_out(tools: &PageTools, page: &str, dist: &Path) -> Result<String> {
    let folder = paths::target()?.join("parts");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let built = paths::target_wasm()?.join("wasm32-unknown-unknown").join("release").join("cunzhi.wasm");
    run::answer(tools.command("wasm-split-cli")?.arg(&built).arg(&folder).args(["--out-name", "cunzhi"]))?;
    let bound = folder.join("bound");
    let mut bind = tools.command("wasm-bindgen")?;
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "cunzhi", "--out-dir"]);
    run::shown(bind.arg(&bound).arg(folder.join("cunzhi.wasm")))?;

    let main = shrunk(tools, &bound.join("cunzhi_bg.wasm"))?;
    let (main, names) = wasm::with_short_imports(&main, IMPORTS)?;
    let mut loader = read(&folder.join("__wasm_split.js"))?;
    for part in parts(&folder)? {
        let name = file_name(&part)?;
        let found = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        ensure!(loader.contains(&found), "the loader does not fetch {name}");
        let bytes = shrunk(tools, &part)?;
        let kept = name.trim_end_matches(".wasm").replace("split_", "").replace('_', "-");
        let kept = put(dist, &format!("{LATER}{kept}"), "wasm", &bytes)?;
        loader = loader.replace(&found, &format!("cunzhiPart('{kept}')"));
    }
    let glue = wasm::renamed(&read(&bound.join("cunzhi.js"))?, &names)?;
    let glue = squeezed(&with_loader(&glue, &loader)?);

    let (old_glue, old_wasm) = (quoted(page, ".js")?, quoted(page, "_bg.wasm")?);
    let (new_glue, new_wasm) = (put(dist, "cunzhi", "js", glue.as_bytes())?, put(dist, "cunzhi", "wasm", &main)?);
    for old in [old_glue, old_wasm] {
        fs::remove_file(dist.join(old)).with_context(|| format!("Trunk made no {old}"))?;
    }
    Ok(page.replace(old_glue, &new_glue).replace(old_wasm, &new_wasm))
}

/// The names of the files that come when they are first needed.
pub fn later(dist: &Path) -> Result<Vec<String>> {
    let names = fs::read_dir(dist)?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut later: Vec<String> =
        names.filter(|name| name.starts_with(LATER) && name.split('.').next_back() == Some("wasm")).collect();
    later.sort();
    Ok(later)
}

/// The files that wasm-split made beside the main one.
fn parts(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let is_part = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".wasm") && (name.starts_with("split_") || name.starts_with("chunk_"))
    };
    let mut parts: Vec<_> = files.filter(is_part).collect();
    parts.sort();
    ensure!(!parts.is_empty(), "the program was not cut: are the flags of `dist` set?");
    Ok(parts)
}

fn file_name(file: &Path) -> Result<String> {
    Ok(file.file_name().context("a file without a name")?.to_string_lossy().into_owned())
}

/// Writes a file whose name changes with its content, and gives the name.
pub fn put(dist: &Path, stem: &str, ending: &str, content: &[u8]) -> Result<String> {
    let digest = Sha256::digest(content);
    let name = format!("{stem}-{:08x}.{ending}", u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]));
    fs::write(dist.join(&name), content)?;
    Ok(name)
}

/// What wasm-opt makes of it, with the parameters that index.html names.
fn shrunk(tools: &PageTools, file: &Path) -> Result<Vec<u8>> {
    let made = file.with_extension("small.wasm.out");
    let mut shrink = tools.command("wasm-opt")?;
    run::answer(shrink.arg("-Oz").args(wasm_opt_parameters()?).arg("-o").arg(&made).arg(file))?;
    fs::read(&made).with_context(|| format!("wasm-opt made no {}", made.display()))
}

/// What index.html tells wasm-opt about the app's own program.
pub fn wasm_opt_parameters() -> Result<Vec<String>> {
    let page = fs::read_to_string(paths::root()?.join("index.html")).context("cannot read index.html")?;
    let parameters = page.split("data-wasm-opt-params=\"").nth(1).and_then(|rest| rest.split('"').next());
    let parameters = parameters.context("index.html has no data-wasm-opt-params")?;
    Ok(parameters.split(' ').map(str::to_owned).collect())
}

/// The glue with the loader in it: one request less, and the one file can have
/// no imports.
fn with_loader(glue: &str, loader: &str) -> Result<String> {
    let (start, body) = loader.split_once(";\n").context("the loader is empty")?;
    ensure!(start.starts_with("import { initSync }"), "the loader begins in another way: {start}");
    let exported: Vec<&str> =
        body.lines().filter_map(|line| line.strip_prefix("export const ")?.split(' ').next()).collect();
    let body = body.replace("export const ", "const ");
    let mut made = format!("const cunzhiLoader = (() => {{{body}\nreturn {{ {} }};\n}})();\n", exported.join(", "));
    for line in glue.lines() {
        if let Some(name) = line.strip_prefix("import * as ").and_then(|rest| rest.split(' ').next()) {
            ensure!(line.contains(LOADER), "the glue imports another file: {line}");
            made.extend(["const ", name, " = cunzhiLoader;"]);
        } else {
            made.push_str(line);
        }
        made.push('\n');
    }
    Ok(made)
}

/// Without indentation and the comments that have lines of their own.
fn squeezed(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let kept =
        lines.filter(|line| !(line.is_empty() || ["//", "/*", "* ", "*/"].iter().any(|it| line.starts_with(it))));
    let mut made: String = kept.flat_map(|line| [line, "\n"]).collect();
    made.truncate(made.trim_end().len());
    made + "\n"
}

/// The address in single quotes with the given ending.
fn quoted<'a>(page: &'a str, ending: &str) -> Result<&'a str> {
    let address = page.split('\'').find(|part| part.ends_with(ending) && part.contains("cunzhi"));
    address.and_then(|address| address.rsplit('/').next()).with_context(|| format!("the page loads no {ending} file"))
}

#[cfg(test)]
mod tests {
    use super::{quoted, squeezed, with_loader};

    #[test]
    fn the_loader_goes_into_the_glue() {
        let loader = "import { initSync } from \"./cunzhi.js\";\n\nexport const load_a = make();\n";
        let glue = "import * as import1 from \"./__wasm_split.js\"\nexport function f() {}\n";
        let made = with_loader(glue, loader).expect("both are as the tools write them");
        assert!(
            made.starts_with("const cunzhiLoader = (() => {\nconst load_a = make();\n\nreturn { load_a };\n})();\n")
        );
        assert!(made.ends_with("const import1 = cunzhiLoader;\nexport function f() {}\n"), "{made}");
        assert!(with_loader("import * as x from './other.js'", loader).is_err());
        assert!(with_loader(glue, "something else;\n").is_err());
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(squeezed("/**\n * what\n */\nf(); // kept\n\n    g();\n"), "f(); // kept\ng();\n");
    }

    #[test]
    fn addresses_are_found_in_the_page() {
        let page = "import init from './cunzhi-1.js';\ninit('./cunzhi-1_bg.wasm'); cunzhiOffice('./office.js')";
        assert_eq!(quoted(page, ".js").ok(), Some("cunzhi-1.js"));
        assert_eq!(quoted(page, "_bg.wasm").ok(), Some("cunzhi-1_bg.wasm"));
        assert!(quoted(page, ".css").is_err());
    }
}
