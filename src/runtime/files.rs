//! The `files` thread: applies edits to watchlist files and keeps the state of the view.

mod look;
mod presets;
mod whole;

use super::clock::Clock;
use super::file_watch::FileWatch;
use super::worker::{Worker, Workers};
use crate::app::Message;
use crate::app::effect::{Destination, FilesWork, ListId, ViewState};
use crate::app::message::FileNow;
use crate::app::written::export::Export;
use crate::domain::watchlist::Carried;
use crate::domain::{ProfileConfig, Text, Watchlist, found};
use crate::store::export::write_new;
use crate::store::{Clash, Place, Places, Problem, StoreError, Trace, View, Watchlists};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use tokio::sync::mpsc::UnboundedSender;
use whole::Aside;

/// Under which name the profile without a name is kept.
pub const DEFAULT_PROFILE: &str = "";

/// What the thread is started with.
#[derive(Debug)]
pub struct Files {
    /// Where the files live.
    pub places: Places,
    /// Which file each list is; all were just opened.
    pub lists: Vec<(ListId, Place)>,
    /// The orders of the command line, which are in no file yet.
    pub unsaved: Option<Watchlist>,
    /// The list that the command line asked for: the one to open next time.
    pub asked: Option<Place>,
}

impl Files {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system has no thread left.
    pub fn start(
        self,
        workers: &Workers,
        clock: Clock,
        messages: UnboundedSender<Message>,
    ) -> io::Result<Worker<FilesWork>> {
        workers.start("files", move |works| {
            let Self { places, lists, unsaved, asked } = self;
            let next = lists.iter().map(|(id, _)| id.0 + 1).max().unwrap_or_default();
            let files = Watchlists::new(places.clone());
            let watching = FileWatch::start({
                let messages = messages.clone();
                // The loop may have ended.
                move || drop(messages.send(Message::FilesTouched))
            });
            let (aside, traces) = (Vec::new(), BTreeMap::new());
            let mut desk = Desk { places, files, lists, aside, next, traces, watching, clock, messages };
            desk.begin(unsaved.as_ref(), asked);
            for work in works {
                desk.take(work);
            }
        })
    }
}

#[derive(Debug)]
struct Desk {
    places: Places,
    files: Watchlists,
    /// Which file each list is.
    lists: Vec<(ListId, Place)>,
    /// Lists that were deleted or closed in this run.
    aside: Vec<Aside>,
    /// The id of the next list.
    next: u32,
    /// What the files were like at the last look.
    traces: BTreeMap<ListId, Trace>,
    watching: FileWatch,
    clock: Clock,
    messages: UnboundedSender<Message>,
}

impl Desk {
    /// What the first frame did not wait for.
    fn begin(&mut self, unsaved: Option<&Watchlist>, asked: Option<Place>) {
        // Writing takes its time, and what another hand does meanwhile is not to be missed.
        self.watch_files();
        if let Some(Watchlist { entries, profile, region, .. }) = unsaved {
            let saved = self.files.set_unsaved(entries, profile.as_deref(), region.as_deref());
            self.warn_of(saved.err());
        }
        if asked.is_some() {
            self.warn_of(self.update_view(asked, ViewState::default()).err());
        }
        let copied =
            self.lists.iter().try_for_each(|(_, place)| self.files.keep_copy(place, self.clock.now().wall));
        self.warn_of(copied.err());
        // The directory may be there only now.
        self.watch_files();
        self.note_traces();
    }

    fn take(&mut self, work: FilesWork) {
        match work {
            FilesWork::Edit { list, edit, purpose } => {
                let result = self.files.edit(self.place(list), &edit);
                match &result {
                    Ok(edited) => tracing::info!(entries = edited.list.entries.len(), "a list was edited"),
                    Err(error) => tracing::warn!("a list was not edited: {error}"),
                }
                let result = result.map_err(|error| Text::from(error.to_string()));
                self.tell(Message::Edited { list, purpose, result });
            }
            FilesWork::Transfer { from, to, orders } => self.transfer(from, to, &orders),
            FilesWork::Export(export) => self.export(&export),
            FilesWork::Read { list } => self.read(list),
            FilesWork::Look => self.look(),
            FilesWork::Find(text) => self.tell(Message::OrdersFound(found::in_text(&text))),
            FilesWork::SaveAs { list, name } => self.save_as(list, name.raw()),
            FilesWork::Lists { work, purpose } => self.whole(work, purpose),
            FilesWork::KeepTheme(name) => {
                let kept = View::update(&self.places, |view| view.theme = Some(name.raw().to_owned()));
                self.warn_of(kept.err());
            }
            FilesWork::KeepFilter(edit) => self.keep_filter(edit),
            FilesWork::ReadFilters => self.read_filters(),
            FilesWork::SaveView(state) => {
                let place = state.last_used.as_ref().map(|name| self.named(name.raw()));
                self.warn_of(self.update_view(place, state).err());
            }
        }
    }

    /// Moves orders, and tells what both lists hold where that did not succeed: it may have half.
    fn transfer(&mut self, from: ListId, to: Destination, orders: &[Carried]) {
        let (id, result) = match to {
            Destination::List(id) => (id, self.files.transfer(self.place(from), self.place(id), orders)),
            Destination::New(name) => {
                let result = self.files.transfer_to_new(self.place(from), name.raw(), orders);
                let place = Place::Named(name.raw().to_owned());
                let is_there = result.is_ok() || self.files.path(&place).exists();
                let known = self.lists.iter().find(|(_, known)| *known == place).map(|(id, _)| *id);
                let id = known.unwrap_or_else(|| if is_there { self.add(place) } else { from });
                (id, result)
            }
        };
        let failed = result.is_err();
        let result = result.map(|moved| (id, moved)).map_err(|error| Text::from(error.to_string()));
        self.tell(Message::Transferred { from, result });
        if failed {
            self.read(id);
            self.read(from);
        }
    }

    fn export(&self, export: &Export) {
        let path = Path::new(export.path.raw());
        let written = write_new(path, export.text().as_bytes(), &self.places);
        let result = written.map(|path| Text::from(path.display().to_string()));
        let result = result.map_err(|error| Text::from(error.to_string()));
        self.tell(Message::Exported { what: export.what.clone(), result });
    }

    /// Saves a list under a new name, and tells what the list `unsaved` now holds.
    fn save_as(&mut self, list: ListId, name: &str) {
        let result = match self.place(list) {
            Place::Unsaved => self.files.save_unsaved(name, Clash::Refuse),
            place @ (Place::Named(_) | Place::Path(_)) => self.files.copy(place, name),
        };
        let result = result.map(|watchlist| (self.add(Place::Named(name.to_owned())), watchlist));
        let result = result.map_err(|error| Text::from(error.to_string()));
        self.tell(Message::Saved { list, result });
        self.read(list);
    }

    fn read(&self, list: ListId) {
        match self.files.open(self.place(list)) {
            Ok(opened) => self.tell(Message::ListRead { list, watchlist: opened.list }),
            Err(error) if error.problem == Problem::NotThere => {
                let now = FileNow::Gone(self.shown(self.place(list)));
                self.tell(Message::FileChanged { list, now });
            }
            Err(error) => self.warn_of(Some(error)),
        }
    }

    fn update_view(&self, last_used: Option<Place>, state: ViewState) -> Result<(), StoreError> {
        let ViewState { profiles, preference, looks, last_used: _ } = state;
        let updated = View::update(&self.places, |view| {
            if last_used.is_some() {
                view.last_used = last_used;
            }
            if let Some(choice) = preference {
                view.preferences.set(choice);
            }
            for (_, place) in &self.lists {
                if !view.tabs.contains(place) {
                    view.tabs.push(place.clone());
                }
            }
            for (profile, ProfileConfig { region, endpoint }) in profiles {
                let profile = profile.as_deref().unwrap_or(DEFAULT_PROFILE);
                for (kept, read) in [(&mut view.regions, region), (&mut view.endpoints, endpoint)] {
                    match read {
                        Some(read) => kept.insert(profile.to_owned(), read.to_string()),
                        None => kept.remove(profile),
                    };
                }
            }
            for (list, look) in looks {
                view.looks.insert(self.place(list).clone(), look);
            }
        });
        updated.map(drop)
    }

    fn named(&self, name: &str) -> Place {
        let known = self.lists.iter().find(|(_, place)| place.name() == name);
        known.map_or_else(|| Place::parse(name), |(_, place)| place.clone())
    }

    fn place(&self, list: ListId) -> &Place {
        self.lists.iter().find(|(id, _)| *id == list).map_or(&Place::Unsaved, |(_, place)| place)
    }

    fn add(&mut self, place: Place) -> ListId {
        let id = ListId(self.next);
        self.next += 1;
        self.lists.push((id, place));
        id
    }

    fn warn_of(&self, error: Option<StoreError>) {
        if let Some(error) = error {
            tracing::warn!("{error}");
            self.tell(Message::Warned(error.to_string().into()));
        }
    }

    fn tell(&self, message: Message) {
        // The loop may have ended.
        let _ = self.messages.send(message);
    }
}

#[cfg(test)]
mod tests;
