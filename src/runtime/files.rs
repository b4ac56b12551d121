//! The `files` thread: applies edits to watchlist files and keeps the state of the view.

use super::clock::Clock;
use super::worker::{Worker, Workers};
use crate::app::Message;
use crate::app::effect::{FilesWork, ListId, ViewState};
use crate::domain::{Preferences, ProfileConfig, Text, Watchlist};
use crate::store::{Clash, Place, Places, StoreError, View, Watchlists};
use std::io;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;

/// A profile, and what it was last read to say.
type ReadProfile = (Option<Arc<str>>, ProfileConfig);

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
            let mut desk = Desk { files: Watchlists::new(places.clone()), places, lists, messages };
            desk.begin(unsaved.as_ref(), asked, clock);
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
    /// Which file each list is. A list that is created gets the next id.
    lists: Vec<(ListId, Place)>,
    messages: UnboundedSender<Message>,
}

impl Desk {
    /// What the first frame did not wait for.
    fn begin(&self, unsaved: Option<&Watchlist>, asked: Option<Place>, clock: Clock) {
        if let Some(Watchlist { entries, profile, region, .. }) = unsaved {
            let saved = self.files.set_unsaved(entries, profile.as_deref(), region.as_deref());
            self.warn_of(saved.err());
        }
        if asked.is_some() {
            self.warn_of(self.update_view(asked, Vec::new(), None).err());
        }
        let copied =
            self.lists.iter().try_for_each(|(_, place)| self.files.keep_copy(place, clock.now().wall));
        self.warn_of(copied.err());
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
            FilesWork::Read { list } => self.read(list),
            FilesWork::SaveAs { list, name } => self.save_as(list, name.raw()),
            FilesWork::KeepTheme(name) => {
                let kept = View::update(&self.places, |view| view.theme = Some(name.raw().to_owned()));
                self.warn_of(kept.err());
            }
            FilesWork::SaveView(ViewState { last_used, profiles, preferences }) => {
                let place = last_used.map(|name| self.named(name.raw()));
                self.warn_of(self.update_view(place, profiles, Some(preferences)).err());
            }
        }
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
            Err(error) => self.warn_of(Some(error)),
        }
    }

    fn update_view(
        &self,
        last_used: Option<Place>,
        profiles: Vec<ReadProfile>,
        preferences: Option<Preferences>,
    ) -> Result<(), StoreError> {
        let updated = View::update(&self.places, |view| {
            if last_used.is_some() {
                view.last_used = last_used;
            }
            if let Some(preferences) = preferences {
                view.preferences = preferences;
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
        let next = self.lists.iter().map(|(id, _)| id.0 + 1).max().unwrap_or_default();
        self.lists.push((ListId(next), place));
        ListId(next)
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
