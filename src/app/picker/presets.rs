//! Filters by their names, each with its text and where it comes from.

use super::places::NOW;
use super::{Choice, Detail, Item, Shows, State};
use crate::app::action::Action;
use crate::app::filter::Query;
use crate::app::model::Model;
use crate::app::presets::{Origin, Preset};
use crate::app::query::filter_text;
use crate::domain::Text;

/// The filters to choose from; before them the one that is set, to be saved, where it has no name yet.
pub fn items(model: &Model) -> Vec<Item> {
    let set = filter_text(model).unwrap_or_default().trim();
    let query = Query::of(set);
    let has_name = query.is_empty() || model.presets.all().any(|preset| preset.asks_for(&query));
    let save = (!has_name).then(|| {
        let name = format!("save {set} under a name");
        let item = Item::new(Choice::Act(Action::SaveFilter), Text::new(&name).shown(), "");
        Item { shows: Shows::Unfiltered, ..item }
    });
    let presets = model.presets.all().map(|preset| {
        let state = match wrong(model, &preset) {
            Some(why) => State::Disabled("wrong", why),
            None if !query.is_empty() && preset.asks_for(&query) => State::Present(NOW),
            None => State::Plain,
        };
        let choice = Choice::Preset(preset.origin, preset.name.clone());
        Item { state, ..item(choice, &preset) }
    });
    ranked(save.into_iter().chain(presets))
}

/// The filters to delete: the saved ones can be, and the others say why not.
pub fn deletable(model: &Model) -> Vec<Item> {
    let items = model.presets.all().map(|preset| {
        let Preset { name, filter, origin } = &preset;
        let state = match (origin, filter) {
            (Origin::Kept, Some(_)) => State::Plain,
            (Origin::Kept, None) => {
                let why =
                    format!("{name} is no text in the state file: it stays there for whoever wrote it.");
                State::Disabled("wrong", why.into())
            }
            (Origin::Configured, _) => {
                let place = model.presets.configured(name.raw()).map_or("", |each| each.place.shown());
                State::Disabled("config", format!("{name} is set in {place}: it is deleted there.").into())
            }
            (Origin::BuiltIn, _) => {
                let why = format!("{name} is built in: a filter that is saved as {name} takes its place.");
                State::Disabled("built in", why.into())
            }
        };
        Item { state, ..item(Choice::DeletePreset(name.clone()), &preset) }
    });
    // What can be deleted comes first.
    ranked(items)
}

/// Why a filter cannot be used, and where that is mended.
fn wrong(model: &Model, preset: &Preset) -> Option<Text> {
    let why = preset.problem()?;
    let place = match preset.origin {
        Origin::Configured => model.presets.configured(preset.name.raw()).map(|each| each.place.shown()),
        Origin::Kept => Some("the state file"),
        Origin::BuiltIn => None,
    };
    let place = place.map(|place| format!(", in {place}")).unwrap_or_default();
    Some(format!("{}: {why}{place}.", preset.name).into())
}

fn item(choice: Choice, preset: &Preset) -> Item {
    let detail = Detail::Filter(preset.filter.clone().unwrap_or_default());
    Item { detail, ..Item::new(choice, preset.name.shown(), "") }
}

fn ranked(items: impl Iterator<Item = Item>) -> Vec<Item> {
    (0..).zip(items).map(|(rank, item)| Item { rank: (0, rank), ..item }).collect()
}
