//! The next version of the rule book while it is drawn up. It is kept in this
//! browser until it is adopted or thrown away; nothing of it counts before.

use leptos::prelude::*;

use crate::domain::points::rule::RuleBook;
use crate::report::rule_draft::DraftBook;
use crate::ui::browser;
use crate::ui::context::App;

/// The draft, if there is one. Copying the handle is free.
#[derive(Clone, Copy)]
pub struct Draft(pub RwSignal<Option<DraftBook>>);

impl Draft {
    /// No draft yet.
    pub fn none() -> Self {
        Self(RwSignal::new(None))
    }

    /// Whether something has been begun.
    pub fn is_begun(self) -> bool {
        self.0.with(Option::is_some)
    }

    /// Takes up what was begun earlier and kept, if it was begun from the newest
    /// version of this village, and nothing else was.
    pub fn take_up(self, app: App) {
        let Some(newest) = newest(app).filter(|newest| !self.follows(newest)) else { return };
        let kept = browser::rule_draft().and_then(|text| DraftBook::parse_kept(&text, &mark(app)));
        if let Some(kept) = kept.filter(|kept| kept.before == newest.version) {
            self.0.set(Some(kept));
        }
    }

    /// Begins with what was kept, or with a copy of the newest version, unless
    /// something was begun from it. Says whether there is something to go on with.
    pub fn begin(self, app: App) -> bool {
        self.take_up(app);
        let Some(newest) = newest(app) else { return false };
        if !self.follows(&newest) {
            self.0.set(Some(DraftBook::copy_of(&newest, app.today())));
        }
        untrack(|| self.look(|draft| !draft.is_untouched(&newest)))
    }

    fn follows(self, book: &RuleBook) -> bool {
        self.0.with_untracked(|draft| draft.as_ref().is_some_and(|draft| draft.before == book.version))
    }

    /// Keeps what is drawn up, as long as the view that calls this is shown; an
    /// untouched copy is not kept.
    pub fn keep(self, app: App) {
        Effect::new(move |_| {
            let text = self.0.with(|draft| {
                let draft = draft.as_ref()?;
                let is_untouched =
                    app.read(|village| village.rules.version(draft.before).is_none_or(|book| draft.is_untouched(book)));
                (!is_untouched).then(|| draft.kept_text(&mark(app)))
            });
            browser::set_rule_draft(text.as_deref());
        });
    }

    /// Changes what was begun.
    pub fn change(self, change: impl FnOnce(&mut DraftBook)) {
        self.0.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
    }

    /// Looks at what was begun.
    pub fn look<T: Default>(self, look: impl FnOnce(&DraftBook) -> T) -> T {
        self.0.with(|draft| draft.as_ref().map(look).unwrap_or_default())
    }
}

/// The version that a draft follows.
fn newest(app: App) -> Option<RuleBook> {
    untrack(|| app.read(|village| village.rules.iter().max_by_key(|book| book.effective).cloned()))
}

/// Of which village a draft is.
fn mark(app: App) -> String {
    let bytes = app.identity().map(|identity| identity.0).unwrap_or_default();
    bytes.iter().fold(String::new(), |mark, byte| format!("{mark}{byte:02x}"))
}
