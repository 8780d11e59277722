//! What a dialog does when it is sent: the command, then either its words and
//! its end, or why not.

use leptos::prelude::*;

use crate::app::book::ActError;
use crate::domain::command::Command;
use crate::ui::context::App;

/// Does the command; says `done` and closes, or shows why not. A second
/// submit while the first is being saved is not an error.
pub fn send(app: App, command: Command, done: String, problem: RwSignal<Option<String>>, on_close: Callback<()>) {
    app.perform(command, move |outcome| match outcome {
        Ok(()) => {
            on_close.try_run(());
            app.say(done);
        }
        Err(ActError::Busy) => {}
        Err(error) => {
            // The dialog may have been closed meanwhile.
            let _closed = problem.try_set(Some(error.to_string()));
        }
    });
}
