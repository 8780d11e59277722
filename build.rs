//! wasm-split needs to know what refers to what, which the linker forgets
//! unless it is told otherwise.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_PARTS").is_some() {
        println!("cargo::rustc-link-arg-bin=cunzhi=--emit-relocs");
    }
}
