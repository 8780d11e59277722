//! The page: installs the panic hook and mounts the interface.

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    mount_to_body(|| view! { <main><h1>"村治"</h1></main> });
}
