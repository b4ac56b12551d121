//! What happens when something happens: a message in, a changed model and effects out.
//!
//! One file per concern; this one says who decides what. Nothing here reads a clock: the time comes with the
//! message.

mod arrangement;
mod asking;
mod copy;
mod describe;
pub(super) mod edit;
mod elsewhere;
mod export;
mod filter;
pub(super) mod hold;
mod json;
mod lessons;
pub(super) mod lists;
mod looks;
mod marks;
mod movement;
pub(super) mod notice;
mod number;
mod other_hand;
mod outcome;
mod paste;
mod picker;
mod place;
mod pointer;
mod preferences;
mod presets;
mod screens;
mod settle;
mod shown;
pub(super) mod shown_changes;
mod transfer;
mod typing;
mod whole_lists;

pub(super) use settle::settle;

use super::action::Action;
use super::effect::FilesWork;
use super::message::WatchMessage;
use super::picker::Kind;
use super::{Effect, Message, Model, alarm, past};
use crate::domain::Now;
use movement::{Step, Toward};

/// Changes the model by a message and says what is to be done about it.
pub fn update(model: &mut Model, message: Message, now: Now) -> Vec<Effect> {
    model.now = now;
    notice::end(model);
    let (version, by_hand) = (model.watch.version(), is_by_hand(&message));
    let is_resize = matches!(message, Message::Resized { .. });
    let mut effects = match message {
        Message::Action(action) => key(model, |model| act(model, action)),
        Message::Typed(keystroke) => key(model, |model| typing::typed(model, keystroke)),
        Message::Pasted(text) => key(model, |model| paste::pasted(model, &text)),
        Message::PasteGoesOn(text) => key(model, |model| paste::goes_on(model, &text)),
        Message::Scrolled(wheel) => key(model, |model| pointer::scrolled(model, wheel)),
        Message::Clicked(target) => key(model, |model| pointer::clicked(model, &target)),
        Message::Resized { width, height } => {
            model.size = super::model::Size { width, height };
            Vec::new()
        }
        Message::Tick => watch(model, WatchMessage::Tick),
        Message::Watch(message) => {
            lists::note_known(model, &message);
            let trouble = model.watch.trouble().cloned();
            let effects = watch(model, message);
            outcome::tell_trouble(model, trouble.as_ref());
            effects
        }
        Message::ListRead { list, watchlist } => lists::read(model, list, watchlist),
        Message::OrdersFound(found) => paste::found(model, found),
        Message::FilesTouched => vec![Effect::Files(FilesWork::Look)],
        Message::FileChanged { list, now } => other_hand::changed(model, list, now),
        Message::Edited { list, purpose, result } => outcome::edited(model, list, purpose, result),
        Message::Transferred { from, result } => transfer::ended(model, from, result),
        Message::Exported { what, result } => {
            export::ended(model, &what, result);
            Vec::new()
        }
        Message::Came { key, received, body } => {
            json::came(model, &key, received, body);
            Vec::new()
        }
        Message::Saved { list, result } => outcome::saved(model, list, result),
        Message::ListsChanged { work, purpose, result } => {
            whole_lists::changed(model, &work, purpose, result)
        }
        Message::PresetEdited { edit, result } => {
            presets::edited(model, &edit, result);
            Vec::new()
        }
        Message::PresetsRead(kept) => {
            model.presets.kept = kept;
            Vec::new()
        }
        Message::ProfileRead { profile, config } => lists::profile_read(model, profile, config),
        Message::ProfilesRead(names) => {
            picker::profiles_read(model, names);
            Vec::new()
        }
        Message::ChangesRead { of, changes } => {
            past::read(model, &of, changes.as_deref());
            Vec::new()
        }
        Message::UsualRead { of, usual } => {
            past::usual_read(model, &of, usual);
            Vec::new()
        }
        Message::Copied { what, result } => outcome::copied(model, &what, result),
        Message::Resumed => watch(model, WatchMessage::Resumed),
        Message::Warned(text) => {
            notice::warn(model, text);
            Vec::new()
        }
    };
    effects.extend(super::follow::keep_up(model));
    effects.extend(super::elsewhere::keep_up(model));
    effects.extend(alarm::keep_up(model));
    effects.extend(json::keep_up(model));
    outcome::tell_clock(model);
    outcome::tell_refusals(model);
    effects.extend(picker::follow(model));
    effects.extend(past::keep_up(model));
    // News come above the cursor, and so do lines that a narrower screen breaks.
    if !by_hand && (is_resize || model.watch.version() != version) {
        hold::follow(model);
    }
    looks::follow(model);
    settle(model);
    if by_hand {
        hold::note(model);
    }
    effects.extend(super::views::keep(model));
    effects
}

/// True for what the user does: the cursor is where they put it.
fn is_by_hand(message: &Message) -> bool {
    match message {
        Message::Action(_)
        | Message::Typed(_)
        | Message::Pasted(_)
        | Message::PasteGoesOn(_)
        | Message::Scrolled(_)
        | Message::Clicked(_) => true,
        Message::Resized { .. }
        | Message::Tick
        | Message::Watch(_)
        | Message::ListRead { .. }
        | Message::Edited { .. }
        | Message::Transferred { .. }
        | Message::Exported { .. }
        | Message::Came { .. }
        | Message::Saved { .. }
        | Message::ListsChanged { .. }
        | Message::PresetEdited { .. }
        | Message::PresetsRead(_)
        | Message::OrdersFound(_)
        | Message::FilesTouched
        | Message::FileChanged { .. }
        | Message::ProfileRead { .. }
        | Message::ProfilesRead(_)
        | Message::ChangesRead { .. }
        | Message::UsualRead { .. }
        | Message::Copied { .. }
        | Message::Resumed
        | Message::Warned(_) => false,
    }
}

/// Steps the engine.
fn watch(model: &mut Model, message: WatchMessage) -> Vec<Effect> {
    let is_by_hand = matches!(message, WatchMessage::ToggleHandled(_));
    let cause = if is_by_hand { alarm::Cause::User } else { alarm::Cause::Events };
    let effects = model.watch.step(message, model.now);
    alarm::look(model, cause);
    effects
}

/// Does what a key asks for, and remembers that one was pressed: rows keep their places for a while.
fn key(model: &mut Model, ask: impl FnOnce(&mut Model) -> Vec<Effect>) -> Vec<Effect> {
    model.last_key = Some(model.now.moment);
    notice::give_way(model);
    // Whoever presses a key on a list has chosen where its cursor is.
    if let Some(list) = model.current.and_then(|place| model.lists.get_mut(place)) {
        list.rows.aim = None;
    }
    let effects = ask(model);
    copy::note(model, &effects);
    effects
}

/// Does an action, if the context has it.
fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if !action.spec().is_some_and(|spec| spec.works_in(model.context())) {
        return Vec::new();
    }
    let effects = perform(model, action);
    lessons::done(model, action);
    effects
}

fn perform(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Up => movement::step(model, Step::Up),
        Action::Down => movement::step(model, Step::Down),
        Action::Top => movement::step(model, Step::Top),
        Action::Bottom => movement::step(model, Step::Bottom),
        Action::PageUp => movement::step(model, Step::PageUp),
        Action::PageDown => movement::step(model, Step::PageDown),
        Action::HalfPageUp => movement::step(model, Step::HalfPageUp),
        Action::HalfPageDown => movement::step(model, Step::HalfPageDown),
        Action::NextNeed => movement::need(model, Toward::Next),
        Action::PreviousNeed => movement::need(model, Toward::Previous),
        Action::NextOrder => screens::neighbour(model, Toward::Next),
        Action::PreviousOrder => screens::neighbour(model, Toward::Previous),
        Action::Open => screens::open(model),
        Action::Back => screens::back(model),
        Action::BackOrQuit => screens::back_or_quit(model),
        Action::Numbers => screens::numbers(model),
        Action::Palette => picker::open(model, Kind::Palette),
        Action::Profile => picker::open(model, Kind::Profiles),
        Action::Region => picker::open(model, Kind::Regions),
        Action::Sort => picker::open(model, Kind::Sort),
        Action::ReverseSort => arrangement::reverse(model),
        Action::Columns => picker::open(model, Kind::Columns),
        Action::Import => picker::import(model),
        Action::Mark => picker::mark(model),
        Action::MarkOrder => marks::toggle(model),
        Action::MarkRange => marks::range(model),
        Action::MarkAll => marks::toggle_all(model),
        Action::Theme => picker::open(model, Kind::Themes),
        Action::Help => picker::help(model),
        Action::NextPane => screens::next_pane(model),
        Action::Quit => vec![Effect::Quit],
        Action::Suspend => vec![Effect::Suspend],
        Action::Filter => filter::open(model),
        Action::Refilter => filter::reopen(model),
        Action::Filters => picker::open(model, Kind::Filters),
        Action::SaveFilter => presets::ask_name(model),
        Action::DeleteFilter => presets::choose_to_delete(model),
        Action::Handled => asking::handled(model),
        Action::AskNow => asking::now(model),
        Action::AskAll => asking::all(model),
        Action::Pause => asking::pause(model),
        Action::Add => edit::add(model),
        Action::Describe => describe::open(model),
        Action::Remove => edit::remove(model),
        Action::Follow => edit::follow(model),
        Action::LookElsewhere => elsewhere::look(model),
        Action::Undo => edit::undo(model),
        Action::SaveAs => whole_lists::save_as(model),
        Action::Lists => picker::open(model, Kind::Lists),
        Action::ListNew => whole_lists::new(model),
        Action::ListRename => whole_lists::rename(model),
        Action::ListDuplicate => whole_lists::duplicate(model),
        Action::ListDelete => whole_lists::delete(model),
        Action::Copy => copy::copy(model),
        Action::CopyAs => copy::menu(model),
        Action::Print => copy::print(model),
        Action::ConsolePage => copy::console(model),
        Action::RawJson => json::show(model),
        Action::Export => export::open(model),
        Action::MoveOrders => transfer::open(model),
        Action::Times => preferences::times(model),
        Action::Activity => screens::activity(model),
        Action::Policy => copy::policy(),
        Action::Mute => preferences::mute(model),
        Action::Privacy => preferences::privacy(model),
        Action::Mouse => preferences::mouse(model),
        Action::List(number) => lists::open_number(model, number),
        Action::Unsaved => lists::open_number(model, 0),
    }
}
