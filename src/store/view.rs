//! What the next start should find as it was: the last list, the order of the tabs, a region for each profile.

use super::watchlists::Place;
use super::{Places, StoreError};
use std::collections::BTreeMap;

/// The state of the view. Bad content never stops a start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The list that was open last.
    pub last_used: Option<Place>,
    /// The lists in the order of their creation, which is the order of the tabs.
    pub tabs: Vec<Place>,
    /// The region that was last found right for a profile.
    pub regions: BTreeMap<String, String>,
}

impl View {
    /// Reads the view; what cannot be read is as at the first start, and the second value says so.
    pub fn load(places: &Places) -> (Self, Option<String>) {
        todo!()
    }

    /// Changes the view as it is now on the disk, under its lock, so that two instances keep each other's changes.
    pub fn update(places: &Places, change: impl FnOnce(&mut Self)) -> Result<Self, StoreError> {
        todo!()
    }
}
