//! Which items pass what was typed, the best match first. Equal matches keep the order that they have without a
//! filter, so that nothing moves but for a reason.

use super::{Choice, Detail, Item, Shows};
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::borrow::Cow;
use std::cmp::Reverse;

/// How well an item matches, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// It is called so; of several keys one is.
    Whole(Case),
    /// Its name begins so.
    Start(Case),
    /// A word of its name begins so.
    Word,
    /// Its name has the letters in their order, so well.
    Name(Reverse<u32>),
    /// What else is said of it has the words.
    Detail,
}

/// Whether a name has the letters as they were typed: `G` is another key than `g`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    Same,
    Other,
}

/// The places of the items that are shown, in the order of the screen.
pub(super) fn shown(items: &[Item], filter: &str) -> Vec<usize> {
    if filter.is_empty() {
        let unfiltered = items.iter().enumerate().filter(|(_, item)| item.shows != Shows::Filtered);
        let mut places: Vec<_> = unfiltered.map(|(place, item)| (item.rank, place)).collect();
        places.sort_unstable();
        return places.into_iter().map(|(_, place)| place).collect();
    }
    let mut finder = Finder::new(filter);
    let mut found: Vec<_> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.shows != Shows::Unfiltered)
        .filter_map(|(place, item)| Some((finder.find(item)?, item.rank, place)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(.., place)| place).collect()
}

/// Looks for what was typed.
struct Finder {
    matcher: Matcher,
    typed: String,
    lowered: String,
    name: Pattern,
    words: Vec<Atom>,
    characters: Vec<char>,
    text: String,
}

impl Finder {
    fn new(filter: &str) -> Self {
        let (case, form) = (CaseMatching::Ignore, Normalization::Smart);
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        Self {
            matcher: Matcher::new(config),
            typed: filter.to_owned(),
            lowered: filter.to_lowercase(),
            name: Pattern::new(filter, case, form, AtomKind::Fuzzy),
            words: filter
                .split_whitespace()
                .map(|word| Atom::new(word, case, form, AtomKind::Substring, false))
                .collect(),
            characters: Vec::new(),
            text: String::new(),
        }
    }

    fn find(&mut self, item: &Item) -> Option<Match> {
        for (name, typed, case) in [
            (Cow::Borrowed(item.name.as_str()), &self.typed, Case::Same),
            (Cow::Owned(item.name.to_lowercase()), &self.lowered, Case::Other),
        ] {
            if name.split(", ").chain([name.as_ref()]).any(|part| part == typed) {
                return Some(Match::Whole(case));
            }
            if name.starts_with(typed) {
                return Some(Match::Start(case));
            }
        }
        if self.begins_a_word(&item.name.to_lowercase()) {
            return Some(Match::Word);
        }
        let name = Utf32Str::new(&item.name, &mut self.characters);
        if let Some(score) = self.name.score(name, &mut self.matcher) {
            return Some(Match::Name(Reverse(score)));
        }
        self.note_all_of(item);
        let text = Utf32Str::new(&self.text, &mut self.characters);
        let has_all = self.words.iter().all(|word| word.score(text, &mut self.matcher).is_some());
        has_all.then_some(Match::Detail)
    }

    /// Whether a word of a name begins as it was typed: `us-w` those of `region us-west-2`.
    fn begins_a_word(&self, name: &str) -> bool {
        let is_edge = |at: usize| {
            name.get(..at)
                .and_then(|before| before.chars().next_back())
                .is_some_and(|edge| !edge.is_alphanumeric())
        };
        name.match_indices(&self.lowered).any(|(at, _)| is_edge(at))
    }

    /// Puts together all that is said of an item.
    fn note_all_of(&mut self, item: &Item) {
        self.text.clear();
        self.text.push_str(&item.name);
        self.text.push(' ');
        self.text.push_str(match &item.detail {
            Detail::Words(words) => words,
            Detail::Filter(text) => text.shown(),
            Detail::List { .. } | Detail::Symbol(_) => "",
            Detail::Order { status, .. } => status.raw(),
        });
        if let Choice::Act(action) = &item.choice
            && let Some(spec) = action.spec()
        {
            self.text.push(' ');
            self.text.push_str(spec.name);
        }
        if let Choice::Order(id) = &item.choice {
            self.text.push(' ');
            self.text.push_str(id.as_str());
        }
    }
}
