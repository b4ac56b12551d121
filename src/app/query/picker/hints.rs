//! The keys of a picker, and what they do there.

use super::thousands;
use crate::app::action::Action;
use crate::app::picker::{Choice, Kind, Picker, State};

/// A key and what it does here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHint {
    /// The key.
    pub key: HintKey,
    /// What it does.
    pub words: String,
    /// What has no room goes by this: the highest first.
    pub rank: u8,
}

/// A key by its name, or by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintKey {
    /// One that cannot be given to anything else.
    Fixed(&'static str),
    /// The one that is bound.
    Of(Action),
}

/// The keys that count in a picker, as far as they are worth a hint.
pub(super) fn keys(picker: &Picker) -> Vec<KeyHint> {
    let fixed = |key, words: &str, rank| KeyHint { key: HintKey::Fixed(key), words: words.to_owned(), rank };
    let of = |action, words: &str, rank| KeyHint { key: HintKey::Of(action), words: words.to_owned(), rank };
    let is_empty = picker.field.text.is_empty();
    let out = if is_empty { fixed("esc", "closes", 1) } else { fixed("esc", "shows all", 1) };
    let (does, rest) = match picker.kind.spec() {
        // What stands there while there is no order to add leads on.
        _ if picker.kind.takes_several() && picker.tally().total == 0 => ("does it".to_owned(), Vec::new()),
        _ if picker.kind.takes_several() => {
            // With something typed a space is a space.
            let space = is_empty.then(|| fixed("space", "", 2));
            let tab = of(Action::Mark, "marks", 2);
            let marks = space.into_iter().chain([tab, of(Action::MarkAll, "all shown", 3)]).collect();
            let adds = match picker.tally().marked {
                0 => picker.kind.spec().does.to_owned(),
                marked => format!("adds {}", thousands(marked)),
            };
            (adds, marks)
        }
        spec => (spec.does.to_owned(), Vec::new()),
    };
    let moving = [of(Action::Up, "", 4), of(Action::Down, "moves", 4)];
    let moving = moving.into_iter().take(if picker.lines() == 0 { 0 } else { 2 });
    let at_cursor = picker.at_cursor().filter(|_| picker.tally().marked == 0);
    let first = match at_cursor.map(|item| (&item.choice, &item.state)) {
        Some((Choice::ShowSettled, _)) => Some("shows them".to_owned()),
        Some((_, State::Disabled(..)) | (Choice::Symbol(_), _)) => None,
        Some((Choice::Filter(_), _)) => Some("filters by it".to_owned()),
        Some((Choice::Act(_), _)) if picker.kind == Kind::Filters => Some("asks for a name".to_owned()),
        // Nothing is there to be chosen.
        None if picker.tally().marked == 0 => None,
        Some(_) | None => Some(does),
    };
    let first = first.map(|words| KeyHint { key: HintKey::Fixed("enter"), words, rank: 0 });
    first.into_iter().chain(rest).chain([out]).chain(moving).collect()
}
