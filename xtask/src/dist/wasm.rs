//! The little of the wasm format that `dist` must understand: the names of
//! imports, which wasm-bindgen makes long and which the glue repeats. Short
//! ones are some kilobytes less to fetch.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

const HEADER: usize = 8;
const IMPORTS: u8 = 2;

/// Old names of imports and their new ones.
pub type Names = BTreeMap<String, String>;

/// Gives every import of the module a short name.
pub fn with_short_imports(wasm: &[u8], module: &str) -> Result<(Vec<u8>, Names)> {
    ensure!(wasm.starts_with(b"\0asm\x01\0\0\0"), "this is no wasm");
    let mut made = wasm[..HEADER].to_vec();
    let mut names = Names::new();
    let mut rest = &wasm[HEADER..];
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let length = number(&mut rest)?;
        let section = bytes(&mut rest, length)?;
        made.push(id);
        let section = if id == IMPORTS { shortened(section, module, &mut names)? } else { section.to_vec() };
        put_number(&mut made, section.len());
        made.extend_from_slice(&section);
    }
    Ok((made, names))
}

fn shortened(mut section: &[u8], module: &str, names: &mut Names) -> Result<Vec<u8>> {
    let rest = &mut section;
    let count = number(rest)?;
    let mut made = Vec::new();
    put_number(&mut made, count);
    for _ in 0..count {
        let from = text(rest)?;
        let name = text(rest)?;
        let next = short(names.len());
        let name = if from == module { names.entry(name.to_owned()).or_insert(next) } else { name };
        for part in [from, name] {
            put_number(&mut made, part.len());
            made.extend_from_slice(part.as_bytes());
        }
        let before = *rest;
        skip_type(rest)?;
        made.extend_from_slice(&before[..before.len() - rest.len()]);
    }
    Ok(made)
}

/// What is imported: a function, a table, a memory, a global or a tag.
fn skip_type(rest: &mut &[u8]) -> Result<()> {
    let limits = |rest: &mut &[u8]| -> Result<()> {
        let flags = number(rest)?;
        number(rest)?;
        if flags & 1 == 1 {
            number(rest)?;
        }
        Ok(())
    };
    match bytes(rest, 1)?[0] {
        0 => number(rest).map(|_| ()),
        1 => {
            bytes(rest, 1)?;
            limits(rest)
        }
        2 => limits(rest),
        3 => bytes(rest, 2).map(|_| ()),
        4 => {
            bytes(rest, 1)?;
            number(rest).map(|_| ())
        }
        other => bail!("an import of kind {other}"),
    }
}

/// The glue with the new names.
pub fn renamed(glue: &str, names: &Names) -> Result<String> {
    let mut made = String::with_capacity(glue.len());
    let mut found = 0;
    for line in glue.lines() {
        let key = line.trim_start().split_once(": function(").or_else(|| line.trim_start().split_once(": "));
        match key.and_then(|(name, _)| names.get(name).map(|new| (name, new))) {
            Some((name, new)) => {
                found += 1;
                made.push_str(&line.replacen(name, new, 1));
            }
            None => made.push_str(line),
        }
        made.push('\n');
    }
    ensure!(found >= names.len(), "the glue has {found} of {} imports", names.len());
    Ok(made)
}

/// `a` to `z`, `aa`, `ba` and so on.
fn short(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.push(char::from(b"abcdefghijklmnopqrstuvwxyz"[number % 26]));
        number /= 26;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

fn bytes<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(count).context("the wasm ends too early")?;
    *rest = after;
    Ok(taken)
}

fn text<'a>(rest: &mut &'a [u8]) -> Result<&'a str> {
    let length = number(rest)?;
    Ok(std::str::from_utf8(bytes(rest, length)?)?)
}

fn number(rest: &mut &[u8]) -> Result<usize> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let byte = bytes(rest, 1)?[0];
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    bail!("a number has no end")
}

fn put_number(made: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        made.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    made.push(number.to_le_bytes()[0]);
}

#[cfg(test)]
mod tests {
    use super::{renamed, short, with_short_imports};

    /// A function and a memory from `x`, a function from `y`, and a custom section.
    const WASM: &[u8] = b"\0asm\x01\0\0\0\x02\x1f\x03\x01x\x07__wbg_a\x00\x00\x01x\x03mem\x02\x00\x01\x01y\x04kept\x00\x01\x00\x02\x01n";

    #[test]
    fn imports_of_one_module_get_short_names_and_the_rest_stays() {
        let (made, names) = with_short_imports(WASM, "x").expect("a small module");
        assert_eq!(
            made,
            b"\0asm\x01\0\0\0\x02\x17\x03\x01x\x01a\x00\x00\x01x\x01b\x02\x00\x01\x01y\x04kept\x00\x01\x00\x02\x01n"
        );
        let glue =
            renamed("{\n  __wbg_a: function(a) { __wbg_a; },\n  mem: memory,\n}", &names).expect("all are there");
        assert_eq!(glue, "{\n  a: function(a) { __wbg_a; },\n  b: memory,\n}\n");
        assert!(renamed("{}", &names).is_err(), "a glue of another program");
        assert!(with_short_imports(&WASM[..20], "x").is_err(), "cut");
    }

    #[test]
    fn short_names_differ() {
        let names: std::collections::BTreeSet<_> = (0..2_000).map(short).collect();
        assert_eq!(names.len(), 2_000);
    }
}
