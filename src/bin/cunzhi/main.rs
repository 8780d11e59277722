//! The page: installs the panic hook and mounts the interface.

mod parts;

use cunzhi::ui::browser;
use cunzhi::ui::shell::Shell;
use leptos::prelude::*;

fn main() {
    std::panic::set_hook(Box::new(|info| {
        browser::stop();
        console_error_panic_hook::hook(info);
    }));
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    mount_to_body(|| view! { <Shell parts=parts::PARTS /> });
}
