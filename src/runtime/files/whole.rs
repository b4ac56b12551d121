//! Whole lists: made, renamed, copied, deleted and brought back.

use super::Desk;
use crate::app::Message;
use crate::app::effect::{ListId, ListOutcome, ListWork, Purpose};
use crate::domain::Text;
use crate::store::{Deleted, Place, View};

/// A list that was deleted or closed in this run.
#[derive(Debug)]
pub(super) struct Aside {
    list: ListId,
    place: Place,
    /// Where its file is now; none where the file stayed where it was.
    deleted: Option<Deleted>,
}

impl Desk {
    pub(super) fn whole(&mut self, work: ListWork, purpose: Purpose) {
        let result = match &work {
            ListWork::New { name } => self.make(name.raw()),
            ListWork::Duplicate { list, name } => self.duplicate(*list, name.raw()),
            ListWork::Rename { list, name } => self.rename(*list, name.raw()),
            ListWork::Delete { list } => self.delete(*list),
            ListWork::PutBack { list } => self.put_back(*list),
        };
        match &result {
            Ok(_) => tracing::info!(?work, "the lists were changed"),
            Err(why) => tracing::warn!(?work, "the lists were not changed: {why}"),
        }
        self.tell(Message::ListsChanged { work, purpose, result });
    }

    fn make(&mut self, name: &str) -> Result<ListOutcome, Text> {
        let made = self.files.create(name, None, None).map_err(|error| told(&error))?;
        Ok(ListOutcome::Made(self.add(Place::Named(name.to_owned())), made))
    }

    fn duplicate(&mut self, list: ListId, name: &str) -> Result<ListOutcome, Text> {
        let copy = self.files.copy(self.place(list), name).map_err(|error| told(&error))?;
        Ok(ListOutcome::Made(self.add(Place::Named(name.to_owned())), copy))
    }

    fn rename(&mut self, list: ListId, name: &str) -> Result<ListOutcome, Text> {
        let from = match self.place(list) {
            Place::Named(from) => from.clone(),
            Place::Unsaved => return Err("unsaved keeps its name: save it under another one.".into()),
            Place::Path(file) => {
                let file = file.display();
                return Err(format!(
                    "{file} belongs to whoever keeps it there: rename it there, or copy the list."
                )
                .into());
            }
        };
        let renamed = self.files.rename(&from, name).map_err(|error| told(&error))?;
        self.goes_by(list, name);
        Ok(ListOutcome::Renamed(renamed))
    }

    /// The list has another name, in its old place among the tabs.
    fn goes_by(&mut self, list: ListId, name: &str) {
        let (was, is) = (self.place(list).clone(), Place::Named(name.to_owned()));
        for (_, place) in self.lists.iter_mut().filter(|(id, _)| *id == list) {
            place.clone_from(&is);
        }
        let updated = View::update(&self.places, |view| view.rename(&was, &is));
        self.warn_of(updated.err());
    }

    fn delete(&mut self, list: ListId) -> Result<ListOutcome, Text> {
        let place = self.place(list).clone();
        let (deleted, outcome) = match &place {
            Place::Named(name) => {
                let deleted = self.files.delete(name, self.clock.now().wall).map_err(|error| told(&error))?;
                (Some(deleted), ListOutcome::Deleted)
            }
            Place::Path(file) => (None, ListOutcome::Closed { file: file.display().to_string().into() }),
            Place::Unsaved => return Err("unsaved is always there: remove its orders instead.".into()),
        };
        self.lists.retain(|(id, _)| *id != list);
        self.aside.push(Aside { list, place, deleted });
        Ok(outcome)
    }

    fn put_back(&mut self, list: ListId) -> Result<ListOutcome, Text> {
        let Some(at) = self.aside.iter().position(|aside| aside.list == list) else {
            return Err("This list was not deleted in this run.".into());
        };
        let Aside { place, deleted, .. } = &self.aside[at];
        let back = match deleted {
            Some(deleted) => self.files.put_back(deleted),
            None => self.files.open(place).map(|opened| opened.list),
        };
        let back = back.map_err(|error| told(&error))?;
        let Aside { place, .. } = self.aside.remove(at);
        self.lists.push((list, place));
        Ok(ListOutcome::Back(back))
    }
}

fn told(error: &crate::store::StoreError) -> Text {
    error.to_string().into()
}
