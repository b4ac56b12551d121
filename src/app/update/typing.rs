//! Keys in text fields.

use super::{describe, edit, export, filter, picker, whole_lists};
use crate::app::Effect;
use crate::app::message::Keystroke;
use crate::app::model::{Model, Overlay};

/// A key in the field that has the keys.
pub(super) fn typed(model: &mut Model, keystroke: Keystroke) -> Vec<Effect> {
    match model.overlay.take() {
        Some(overlay @ Overlay::Filter { .. }) => {
            model.overlay = Some(overlay);
            filter::typed(model, keystroke)
        }
        Some(Overlay::Add(field)) => edit::typed_id(model, field, keystroke),
        Some(Overlay::Describe(form)) => describe::typed(model, form, keystroke),
        Some(Overlay::Export(form)) => export::typed(model, form, keystroke),
        Some(Overlay::Name(form)) => whole_lists::typed_name(model, form, keystroke),
        Some(Overlay::Picker(picker)) => picker::typed(model, picker, keystroke),
        overlay @ (Some(Overlay::Paste(_) | Overlay::Json(_)) | None) => {
            model.overlay = overlay;
            Vec::new()
        }
    }
}
