//! Looking which lists another hand has changed. A look reads what was written since the last one, and tells only that:
//! the model knows its own edits again.

use super::Desk;
use crate::app::Message;
use crate::app::effect::ListId;
use crate::app::message::FileNow;
use crate::domain::Text;
use crate::store::{Place, Problem, Trace, View};

impl Desk {
    /// What the files are like now, so that a later look has something to compare with.
    pub(super) fn note_traces(&mut self) {
        let now = self.clock.now().wall;
        for (list, place) in &self.lists {
            self.traces.insert(*list, self.files.trace(place, now));
        }
    }

    /// Looks at every list, and for new ones.
    pub(super) fn look(&mut self) {
        let mut new = self.new_names();
        for (list, place) in self.lists.clone() {
            let trace = self.files.trace(&place, self.clock.now().wall);
            let before = self.traces.insert(list, trace).unwrap_or(Trace::Unknown);
            match trace {
                Trace::Unknown => {}
                _ if trace.is_that_of(before) => {}
                Trace::Gone if place != Place::Unsaved => self.look_for(list, &place, before, &mut new),
                Trace::Gone | Trace::Written(_) => self.reread(list, &place),
            }
        }
        for name in new {
            let place = Place::Named(name);
            let list = self.add(place.clone());
            self.traces.insert(list, self.files.trace(&place, self.clock.now().wall));
            self.reread(list, &place);
        }
        self.watch_files();
    }

    fn new_names(&self) -> Vec<String> {
        let names = self.files.names().unwrap_or_default();
        let is_known = |name: &String| {
            self.lists.iter().any(|(_, place)| matches!(place, Place::Named(known) if known == name))
        };
        names.into_iter().filter(|name| !is_known(name)).collect()
    }

    /// A file is gone: it may only have another name.
    fn look_for(&mut self, list: ListId, place: &Place, before: Trace, new: &mut Vec<String>) {
        let now = self.clock.now().wall;
        let number = before.number().filter(|_| matches!(place, Place::Named(_)));
        let renamed = new.iter().position(|name| {
            let trace = self.files.trace(&Place::Named(name.clone()), now);
            number.is_some() && trace.number() == number
        });
        let opened = renamed.and_then(|at| {
            let place = Place::Named(new.remove(at));
            let opened = self.files.open(&place).ok()?;
            Some((place, opened.list))
        });
        let Some((is, watchlist)) = opened else {
            self.tell(Message::FileChanged { list, now: FileNow::Gone(self.shown(place)) });
            return;
        };
        self.traces.insert(list, self.files.trace(&is, now));
        let updated = View::update(&self.places, |view| view.rename(place, &is));
        self.warn_of(updated.err());
        self.warn_of(self.files.keep_copy(&is, now).err());
        for (_, known) in self.lists.iter_mut().filter(|(id, _)| *id == list) {
            known.clone_from(&is);
        }
        self.tell(Message::FileChanged { list, now: FileNow::Called(watchlist) });
    }

    /// Tells what a list's file says now, and keeps a copy of it while it can be read.
    fn reread(&self, list: ListId, place: &Place) {
        match self.files.open(place) {
            Ok(opened) => {
                self.warn_of(self.files.keep_copy(place, self.clock.now().wall).err());
                let now = FileNow::Says { watchlist: opened.list, warnings: opened.warnings };
                self.tell(Message::FileChanged { list, now });
            }
            Err(error) if error.problem == Problem::NotThere => {
                self.tell(Message::FileChanged { list, now: FileNow::Gone(self.shown(place)) });
            }
            Err(error) => self.warn_of(Some(error)),
        }
    }

    /// The file of a list, as it is named to people.
    pub(super) fn shown(&self, place: &Place) -> Text {
        self.files.path(place).display().to_string().into()
    }

    /// Has the system tell when one of the lists' files is written, or a new one comes.
    pub(super) fn watch_files(&self) {
        let files = self.lists.iter().flat_map(|(_, place)| self.files.files(place));
        self.watching.cover(&self.files.directory(), files);
    }
}
