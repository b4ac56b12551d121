//! What the files thread does, without a disk.

use super::{World, text};
use chimewatch::app::effect::{
    Destination, Effect, FilesWork, ListId, ListOutcome, ListWork, PresetEdit, PresetEdited,
};
use chimewatch::app::message::Message;
use chimewatch::domain::watchlist::{Carried, Description, Edit, Edited, Removed, Transferred};
use chimewatch::domain::{Entry, Watchlist};

impl World {
    /// The files thread does what the effects ask of it, and answers.
    pub(crate) fn keep(&mut self, effects: &[Effect]) -> Vec<Effect> {
        let mut after = Vec::new();
        for effect in effects {
            if let Effect::Files(FilesWork::Lists { work, purpose }) = effect {
                let result = Ok(self.outcome(work));
                after.extend(self.send(Message::ListsChanged {
                    work: work.clone(),
                    purpose: *purpose,
                    result,
                }));
                continue;
            }
            if let Effect::Files(FilesWork::KeepFilter(edit)) = effect {
                let result = Ok(self.filter_kept(edit));
                after.extend(self.send(Message::PresetEdited { edit: edit.clone(), result }));
                continue;
            }
            let Effect::Files(FilesWork::Edit { list, edit, purpose }) = effect else { continue };
            let place = self.model.place_of(*list).unwrap();
            let edited = applied(self.model.lists[place].watchlist.clone(), edit);
            after.extend(self.send(Message::Edited { list: *list, purpose: *purpose, result: Ok(edited) }));
        }
        after
    }

    /// What the state file does with a filter: it has what the model knows, and what another program saved.
    fn filter_kept(&mut self, edit: &PresetEdit) -> PresetEdited {
        let mut kept = self.model.presets.kept.clone();
        kept.append(&mut self.others_filters);
        let before = match &edit.filter {
            Some(filter) => kept.insert(edit.name.clone(), Some(filter.clone())),
            None => kept.remove(&edit.name),
        };
        PresetEdited { kept, before: before.flatten() }
    }

    /// What the files thread says when it has moved orders; none where the list to move to is a new one.
    pub(crate) fn transferred(&self, from: ListId, to: &Destination, orders: &[Carried]) -> Option<Message> {
        let Destination::List(to) = to else { return None };
        let list = |id| Some(self.model.lists[self.model.place_of(id)?].watchlist.clone());
        let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
        let Edited { list: source, removed } = applied(list(from)?, &Edit::Remove(ids));
        let known = list(*to)?;
        let is_new = |entry: &Entry| known.entries.iter().all(|other| other.id != entry.id);
        let new: Vec<Entry> = removed.iter().map(|piece| piece.entry.clone()).filter(is_new).collect();
        let added = new.iter().map(|entry| entry.id).collect();
        let target = applied(known, &Edit::Add(new)).list;
        let moved = Transferred { target, source, removed, added };
        Some(Message::Transferred { from, result: Ok((*to, moved)) })
    }

    /// What files do with work on a whole list. One called `team` is a file elsewhere.
    fn outcome(&mut self, work: &ListWork) -> ListOutcome {
        let of = |id: &ListId| self.model.lists[self.model.place_of(*id).unwrap()].watchlist.clone();
        match work {
            ListWork::New { name } => {
                self.made += 1;
                ListOutcome::Made(ListId(100 + self.made), Watchlist::new(name.clone()))
            }
            ListWork::Duplicate { list, name } => {
                let copy = Watchlist { name: name.clone(), ..of(list) };
                self.made += 1;
                ListOutcome::Made(ListId(100 + self.made), copy)
            }
            ListWork::Rename { list, name } => {
                ListOutcome::Renamed(Watchlist { name: name.clone(), ..of(list) })
            }
            ListWork::Delete { list } if of(list).name.raw() == "team" => {
                ListOutcome::Closed { file: text("/srv/team.toml") }
            }
            ListWork::Delete { .. } => ListOutcome::Deleted,
            ListWork::PutBack { list } => {
                let deleted = self.model.deleted.iter().find(|deleted| deleted.list.id == *list).unwrap();
                ListOutcome::Back(deleted.list.watchlist.clone())
            }
        }
    }
}

/// What a file does with an edit.
fn applied(mut list: Watchlist, edit: &Edit) -> Edited {
    let mut removed = Vec::new();
    match edit {
        Edit::Add(entries) => list.entries.extend(entries.iter().cloned()),
        Edit::Remove(ids) => {
            for id in ids {
                if let Some(place) = list.entries.iter().position(|entry| entry.id == *id) {
                    let entry = list.entries.remove(place);
                    let text = "[[order]]".to_owned();
                    removed.push(Removed { entry, place, offset: 0, text, excepted: None });
                }
            }
        }
        Edit::Restore(entries) => {
            for back in entries {
                list.entries.insert(back.place.min(list.entries.len()), back.entry.clone());
            }
        }
        Edit::Describe(descriptions) => {
            for Description { id, label, note } in descriptions {
                if let Some(entry) = list.entries.iter_mut().find(|entry| entry.id == *id) {
                    (entry.label, entry.note) = (label.clone(), note.clone());
                }
            }
        }
        Edit::Move { id, region } => {
            if let Some(entry) = list.entries.iter_mut().find(|entry| entry.id == *id) {
                entry.region.clone_from(region);
            }
        }
        Edit::SetProfile(profile) => list.profile.clone_from(profile),
        Edit::SetRegion(region) => list.region.clone_from(region),
        Edit::Follow(following) => list.following = *following,
    }
    Edited { list, removed }
}
