//! Filters under a name. What their texts ask for is for the core to say.

use super::Text;
use std::collections::BTreeMap;

/// Filters that were saved, by their names; none where something stands in the file that is no text.
pub type KeptFilters = BTreeMap<Text, Option<Text>>;

/// A filter of the config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfiguredFilter {
    /// What it is called.
    pub name: Text,
    /// Its text.
    pub filter: Text,
    /// Where it stands, as `FILE:LINE`.
    pub place: Text,
}
