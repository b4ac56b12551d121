//! Keys in a picker, and what choosing from it does. Whatever is chosen does what its key would do.

use super::{
    arrangement as arranging, copy, edit, filter, lists, looks, notice, paste, place, presets, transfer,
    watch,
};
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::effect::{Destination, FilesWork};
use crate::app::field::Wish;
use crate::app::message::{Keystroke, WatchMessage};
use crate::app::model::{Fold, Model, Overlay};
use crate::app::picker::{Choice, Import, Item, Kind, Leaving, Picker, Source, State, import};
use crate::app::regions;
use crate::app::watch::Reading;
use crate::domain::{Entry, FailureKind, Scope};
use std::sync::Arc;

/// Opens a picker whose lines the model gives.
pub(super) fn open(model: &mut Model, kind: Kind) -> Vec<Effect> {
    let items = match kind.spec().source {
        Source::Live(items) | Source::Once(items) => items(model),
        Source::Typed(items) => items(model, ""),
        Source::Given => Vec::new(),
    };
    let filters = || Effect::Files(FilesWork::ReadFilters);
    let reads = match kind {
        Kind::Palette => vec![Effect::ReadProfiles, filters()],
        Kind::Profiles => vec![Effect::ReadProfiles],
        Kind::Filters | Kind::DeleteFilter => vec![filters()],
        Kind::Help
        | Kind::Lists
        | Kind::Regions
        | Kind::Sort
        | Kind::Columns
        | Kind::Themes
        | Kind::Import(_)
        | Kind::Copy(_)
        | Kind::MoveTo(_) => Vec::new(),
    };
    open_with(model, kind, items);
    reads
}

/// Opens a picker of these lines.
pub(super) fn open_with(model: &mut Model, kind: Kind, items: Vec<Item>) {
    model.overlay = Some(Overlay::Picker(Box::new(Picker::new(kind, items))));
}

/// Opens the help, or closes it where it is open. Another list to choose from stays, with what is marked in it.
pub(super) fn help(model: &mut Model) -> Vec<Effect> {
    match &model.overlay {
        None => open(model, Kind::Help),
        Some(Overlay::Picker(picker)) if picker.kind == Kind::Help => {
            model.overlay = None;
            Vec::new()
        }
        Some(_) => Vec::new(),
    }
}

/// Opens the orders of the current list's account. They are read once it is known where that is.
pub(super) fn import(model: &mut Model) -> Vec<Effect> {
    let place = match edit::editable(model) {
        Ok(place) => place,
        Err(effects) => return effects,
    };
    let Some(list) = model.lists.get(place) else { return Vec::new() };
    let (import, unread) = (Import::new(list.id), regions::unread_profile(model, list));
    open_with(model, Kind::Import(import), Vec::new());
    match unread {
        Some(profile) if model.profiles_asked.insert(profile.clone()) => {
            vec![Effect::ReadProfile { profile }]
        }
        Some(_) | None => Vec::new(),
    }
}

/// The shared config was read: what profiles it has.
pub(super) fn profiles_read(model: &mut Model, mut names: Vec<Arc<str>>) {
    names.sort_unstable();
    names.dedup();
    model.profile_names = Some(names);
}

/// Keeps the open picker in line with what is known, and the engine with what is being chosen: it reads the orders of
/// an account as long as somebody chooses from them.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let scope = match &model.overlay {
        Some(Overlay::Picker(picker)) => picker.kind.import().and_then(|import| account(model, import)),
        Some(_) | None => None,
    };
    let mut effects = Vec::new();
    if model.watch.directory().map(|directory| &directory.scope) != scope.as_ref() {
        effects = watch(model, WatchMessage::Browse(scope.clone()));
    }
    model.overlay = match model.overlay.take() {
        Some(Overlay::Picker(mut picker)) => {
            renew(model, &mut picker, scope);
            Some(Overlay::Picker(picker))
        }
        other => other,
    };
    effects
}

/// Whose orders are chosen from; none while the profile that decides it has not been read.
fn account(model: &Model, import: &Import) -> Option<Arc<Scope>> {
    let list = import::list(model, import)?;
    if regions::unread_profile(model, list).is_some() { None } else { regions::scope(model, list) }
}

fn renew(model: &Model, picker: &mut Picker, scope: Option<Arc<Scope>>) {
    let items = match (picker.kind.spec().source, &mut picker.kind) {
        (Source::Live(items), _) => items(model),
        (Source::Typed(items), _) => items(model, picker.filter()),
        (Source::Given, Kind::Import(import)) => {
            import.scope = scope;
            if !import.takes_news(model) {
                return;
            }
            let import = import.clone();
            import::items(model, &import, picker.items())
        }
        (Source::Once(_) | Source::Given, _) => return,
    };
    picker.set_items(items);
}

/// A key in the picker.
pub(super) fn typed(model: &mut Model, mut picker: Box<Picker>, keystroke: Keystroke) -> Vec<Effect> {
    let was_asked = std::mem::replace(&mut picker.leaving, Leaving::Unasked);
    let is_empty = picker.field.text.is_empty();
    if is_empty && picker.kind.takes_several() && keystroke == Keystroke::Character(' ') {
        mark_and_move(&mut picker, Toward::Down);
    } else if keystroke == Keystroke::PreviousField && picker.kind.takes_several() {
        mark_and_move(&mut picker, Toward::Up);
    } else if is_empty && keystroke == Keystroke::Backspace && picker.tally().marked == 0 {
        // There is nothing left to take away but the picker.
        return Vec::new();
    } else if is_empty && picker.kind == Kind::Help && is_key_of(model, Action::Help, keystroke) {
        return Vec::new();
    } else {
        let before = picker.field.text.clone();
        match picker.field.edit(keystroke) {
            Wish::Submit => {
                model.overlay = Some(Overlay::Picker(picker));
                return choose(model);
            }
            Wish::Cancel if !is_empty => picker.clear_filter(),
            Wish::Cancel if picker.tally().marked > 0 && was_asked == Leaving::Unasked => {
                picker.leaving = Leaving::Asked;
            }
            Wish::Cancel => return Vec::new(),
            Wish::Edited if picker.field.text != before => picker.filter_changed(),
            Wish::Edited | Wish::OtherField | Wish::Recall => {}
        }
    }
    model.overlay = Some(Overlay::Picker(picker));
    Vec::new()
}

/// True for the key that is bound to an action, where it is a character.
pub(super) fn is_key_of(model: &Model, action: Action, keystroke: Keystroke) -> bool {
    match keystroke {
        Keystroke::Character(character) => model.keys.of(action) == character.to_string(),
        Keystroke::Backspace
        | Keystroke::Delete
        | Keystroke::DeleteWord
        | Keystroke::DeleteToStart
        | Keystroke::Left
        | Keystroke::Right
        | Keystroke::Home
        | Keystroke::End
        | Keystroke::NextField
        | Keystroke::PreviousField
        | Keystroke::Recall
        | Keystroke::Submit
        | Keystroke::Cancel => false,
    }
}

/// A text pasted into the picker's field.
pub(super) fn pasted(picker: &mut Picker, text: &str) {
    picker.leaving = Leaving::Unasked;
    picker.field.insert(text);
    picker.filter_changed();
}

/// Which way the cursor goes after a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Toward {
    Up,
    Down,
}

fn mark_and_move(picker: &mut Picker, toward: Toward) {
    if picker.toggle_mark() {
        picker.go_to(match toward {
            Toward::Down => picker.cursor() + 1,
            Toward::Up => picker.cursor().saturating_sub(1),
        });
    }
}

/// Marks what is under the cursor, or no longer, and goes on to the next.
pub(super) fn mark(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Picker(picker)) = &mut model.overlay {
        picker.leaving = Leaving::Unasked;
        mark_and_move(picker, Toward::Down);
    }
    Vec::new()
}

/// Marks all that is shown, or none of it.
pub(super) fn mark_all(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Picker(picker)) = &mut model.overlay {
        picker.leaving = Leaving::Unasked;
        picker.toggle_all();
    }
    Vec::new()
}

/// Does what is under the cursor, or adds what is marked.
pub(super) fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Picker(picker)) = &mut model.overlay else { return Vec::new() };
    let marked = picker.marked();
    if !marked.is_empty() {
        let ids: Vec<_> = marked.into_iter().map(|item| item.choice.clone()).collect();
        return add(model, &ids);
    }
    let Some(item) = picker.at_cursor() else { return Vec::new() };
    if let State::Disabled(_, why) = &item.state {
        let why = why.clone();
        notice::say(model, why);
        return Vec::new();
    }
    match item.choice.clone() {
        Choice::Act(action) => act(model, action),
        Choice::Open(list) => {
            model.overlay = None;
            model.place_of(list).map_or_else(Vec::new, |place| lists::open_and_remember(model, place))
        }
        Choice::Profile(profile) => {
            model.overlay = None;
            place::pick_profile(model, profile)
        }
        Choice::Region(region) => {
            model.overlay = None;
            place::pick_region(model, region)
        }
        Choice::Copy(form) => copy::chosen(model, form),
        Choice::MoveTo(list) => transfer::chosen(model, Destination::List(list)),
        Choice::MoveToNew(name) => transfer::chosen(model, Destination::New(name)),
        Choice::Sort(by) => {
            model.overlay = None;
            arranging::sort_by(model, by)
        }
        Choice::Column(column) => {
            // Who chooses columns may want more than one.
            if picker.kind != Kind::Columns {
                model.overlay = None;
            }
            arranging::toggle(model, column)
        }
        Choice::Theme(name) => {
            model.overlay = None;
            looks::choose(model, &name)
        }
        Choice::Preset(origin, name) => {
            model.overlay = None;
            presets::choose(model, origin, &name)
        }
        Choice::DeletePreset(name) => {
            model.overlay = None;
            presets::delete(model, name)
        }
        order @ Choice::Order(_) => add(model, &[order]),
        Choice::ShowSettled => {
            if let Kind::Import(import) = &mut picker.kind {
                import.fold = Fold::Open;
            }
            Vec::new()
        }
        Choice::Filter(term) => {
            model.overlay = None;
            filter::open_with(model, term)
        }
        Choice::Symbol(_) => Vec::new(),
        Choice::CopyCommand => copy_command(model),
        Choice::ReadAgain => {
            let scope = model.watch.directory().map(|directory| directory.scope.clone());
            watch(model, WatchMessage::Browse(scope))
        }
    }
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    model.overlay = None;
    super::act(model, action)
}

/// Adds orders to the list. The picker stays until the file has taken them.
fn add(model: &mut Model, orders: &[Choice]) -> Vec<Effect> {
    let Some(list) = model.current_list() else { return Vec::new() };
    // What was found where the list looks in this session only has to be found again.
    let region = list.session_regions.last().cloned();
    let ids = orders.iter().filter_map(Choice::order);
    let entries = ids.map(|id| Entry { region: region.clone(), ..Entry::new(id) }).collect();
    paste::add_entries(model, entries)
}

fn copy_command(model: &Model) -> Vec<Effect> {
    let Some(directory) = model.watch.directory() else { return Vec::new() };
    match &directory.reading {
        Reading::Failed(failure) => {
            let text = failure.command.as_ref().map(|command| command.raw().to_owned());
            let is_policy = failure.kind == FailureKind::Forbidden;
            let what = if is_policy { "the policy" } else { "the command" }.to_owned();
            text.map(|text| Effect::Copy { text, what }).into_iter().collect()
        }
        Reading::Underway | Reading::Whole { .. } => Vec::new(),
    }
}
