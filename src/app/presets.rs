//! Filters under a name: those that were saved, those of the config file, and some built in that show what a filter
//! can ask for.

use super::effect::PresetEdit;
use super::filter::{Query, parse};
use super::model::Undo;
use crate::domain::{ConfiguredFilter, KeptFilters, Text};
use std::collections::VecDeque;

/// The longest name of a filter, in characters: it stands before its text on one line.
pub const LONGEST_NAME: usize = 40;

/// Those that everybody has: a name and a text.
const BUILT_IN: &[(&str, &str)] = &[
    ("needs you", "needs:me !is:handled"),
    ("failed or partial", "status:failed,partial"),
    ("waits for people", "status:submitted,pendingdocuments,changerequested,exception"),
    ("port-ins", "type:porting !is:settled"),
    ("FOC within a week", "foc<7d"),
    ("open for a day", "age>1d !is:settled"),
];

/// The filters that have a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presets {
    /// Those of the config file, in its order.
    pub configured: Vec<ConfiguredFilter>,
    /// Those that were saved, as the state file has them.
    pub kept: KeptFilters,
    /// Edits on their way to that file, the oldest first.
    pub pending: VecDeque<PendingPreset>,
}

/// An edit on its way to the state file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingPreset {
    /// What was asked for.
    pub edit: PresetEdit,
    /// The undo that was taken for it, to be put back if it fails.
    pub undo: Option<Undo>,
}

/// Where a filter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It was saved.
    Kept,
    /// The config file names it.
    Configured,
    /// It is built in.
    BuiltIn,
}

/// A filter with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What it is called.
    pub name: Text,
    /// Its text; none where something stands in the state file that is no text.
    pub filter: Option<Text>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Presets {
    /// Those of the config file, and those that the state file has.
    pub fn new(configured: Vec<ConfiguredFilter>, kept: KeptFilters) -> Self {
        Self { configured, kept, pending: VecDeque::new() }
    }

    /// All of them: what the user has made first. One that is built in gives way to another of its name.
    pub fn all(&self) -> impl Iterator<Item = Preset> {
        let kept = self.kept.iter().map(|(name, filter)| (name.clone(), filter.clone(), Origin::Kept));
        let configured = self.configured.iter();
        let configured =
            configured.map(|each| (each.name.clone(), Some(each.filter.clone()), Origin::Configured));
        let is_taken = |name: &str| {
            self.configured.iter().any(|each| each.name.raw() == name)
                || self.kept.keys().any(|kept| kept.raw() == name)
        };
        let built_in = BUILT_IN.iter().filter(move |(name, _)| !is_taken(name));
        let built_in = built_in.map(|(name, text)| ((*name).into(), Some((*text).into()), Origin::BuiltIn));
        let all = kept.chain(configured).chain(built_in);
        all.map(|(name, filter, origin)| Preset { name, filter, origin })
    }

    /// The one that goes by this name where it comes from.
    pub fn find(&self, origin: Origin, name: &Text) -> Option<Preset> {
        self.all().find(|preset| preset.origin == origin && preset.name == *name)
    }

    /// The one of the config file with this name.
    pub fn configured(&self, name: &str) -> Option<&ConfiguredFilter> {
        self.configured.iter().find(|each| each.name.raw() == name)
    }

    /// What is wrong with those of the config file, each as `FILE:LINE what`.
    pub fn problems(&self) -> impl Iterator<Item = Text> {
        self.configured.iter().filter_map(|each| {
            let why = problem(Some(&each.filter))?;
            Some(format!("{} {}: {why}", each.place, each.name).into())
        })
    }
}

impl Preset {
    /// Why nothing can be filtered by it.
    pub fn problem(&self) -> Option<String> {
        problem(self.filter.as_ref())
    }

    /// True where it asks for the same as `query`.
    pub fn asks_for(&self, query: &Query) -> bool {
        let asked = self.filter.as_ref().and_then(|text| parse(text.raw()).ok());
        asked.is_some_and(|asked| !asked.is_empty() && asked.asks_the_same(query))
    }
}

fn problem(filter: Option<&Text>) -> Option<String> {
    let Some(text) = filter else { return Some("it is no text in quotes".to_owned()) };
    match parse(text.raw()) {
        Ok(query) if query.is_empty() => Some("it asks for nothing".to_owned()),
        Ok(_) => None,
        Err(wrong) => Some(wrong.why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configured(name: &str, filter: &str) -> ConfiguredFilter {
        ConfiguredFilter { name: name.into(), filter: filter.into(), place: "config.toml:3".into() }
    }

    #[test]
    fn what_is_built_in_is_a_filter_each_and_no_two_ask_for_the_same() {
        let built_in: Vec<Preset> = Presets::default().all().collect();
        assert_eq!(built_in.len(), BUILT_IN.len());
        for preset in &built_in {
            assert_eq!(preset.problem(), None, "{}", preset.name);
            let query = parse(preset.filter.as_ref().unwrap().raw()).unwrap();
            assert_eq!(built_in.iter().filter(|other| other.asks_for(&query)).count(), 1, "{}", preset.name);
            assert!(preset.name.raw().chars().count() <= LONGEST_NAME);
        }
    }

    #[test]
    fn what_the_user_made_comes_first_and_takes_the_place_of_what_is_built_in() {
        let kept = [("port-ins".into(), Some("type:porting".into())), ("odd".into(), None)].into();
        let presets = Presets::new(vec![configured("stuck", "status:processing age>1h")], kept);
        let all: Vec<_> = presets.all().map(|preset| (preset.name.to_string(), preset.origin)).collect();
        let expected = [
            ("odd", Origin::Kept),
            ("port-ins", Origin::Kept),
            ("stuck", Origin::Configured),
            ("needs you", Origin::BuiltIn),
            ("failed or partial", Origin::BuiltIn),
            ("waits for people", Origin::BuiltIn),
            ("FOC within a week", Origin::BuiltIn),
            ("open for a day", Origin::BuiltIn),
        ];
        assert_eq!(all, expected.map(|(name, origin)| (name.to_owned(), origin)));
    }

    #[test]
    fn what_is_wrong_in_the_config_file_is_named_with_its_line_and_the_near_word() {
        let filters = [("stuck", "status:faled"), ("all", " "), ("good", "+1206"), ("typo", "statsu:failed")];
        let configured = filters.map(|(name, filter)| configured(name, filter)).into();
        let presets = Presets::new(configured, KeptFilters::new());
        let said: Vec<String> = presets.problems().map(|said| said.to_string()).collect();
        let expected = [
            "config.toml:3 stuck: no state is called 'faled'; failed?",
            "config.toml:3 all: it asks for nothing",
            "config.toml:3 typo: no key is called 'statsu'; status?",
        ];
        assert_eq!(said, expected);
    }
}
