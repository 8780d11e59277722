//! Changing the settings of the points.

use super::Desk;
use crate::domain::event::Event;
use crate::domain::points::settings::{Settings, SettingsRefusal};
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn change_settings(&mut self, new: Settings) -> Result<(), Refusal> {
        new.check()?;
        let before = self.village.settings;
        if new.counting() == before {
            return Err(SettingsRefusal::NothingChanged.into());
        }
        self.events.push(Event::SettingsChanged(Settings { follows: before.mark(), ..new }));
        Ok(())
    }
}
