//! Filters that are kept under a name, in the state file.

use super::Desk;
use crate::app::Message;
use crate::app::effect::{PresetEdit, PresetEdited};
use crate::domain::Text;
use crate::store::View;

impl Desk {
    /// Keeps a filter, or no longer, and tells all that are kept now: another program may have saved others.
    pub(super) fn keep_filter(&self, edit: PresetEdit) {
        let result = self.kept_filter(&edit);
        match &result {
            Ok(_) => tracing::info!("a filter was kept or deleted"),
            Err(why) => tracing::warn!("no filter was kept or deleted: {why}"),
        }
        self.tell(Message::PresetEdited { edit, result });
    }

    fn kept_filter(&self, edit: &PresetEdit) -> Result<PresetEdited, Text> {
        let mut before = None;
        let updated = View::update(&self.places, |view| {
            before = view.filters.get(&edit.name).cloned();
            match (&before, &edit.filter) {
                // It would be lost.
                (Some(None), _) | (None, None) => {}
                (Some(Some(_)) | None, Some(filter)) => {
                    view.filters.insert(edit.name.clone(), Some(filter.clone()));
                }
                (Some(Some(_)), None) => {
                    view.filters.remove(&edit.name);
                }
            }
        });
        let view = updated.map_err(|error| Text::from(error.to_string()))?;
        match before {
            Some(None) => {
                let (name, file) = (&edit.name, self.places.view());
                Err(format!(
                    "{name} is no text in {}: mend it there, or choose another name.",
                    file.display()
                )
                .into())
            }
            before => Ok(PresetEdited { kept: view.filters, before: before.flatten() }),
        }
    }

    /// Tells which filters are kept.
    pub(super) fn read_filters(&self) {
        self.tell(Message::PresetsRead(View::load(&self.places).0.filters));
    }
}
