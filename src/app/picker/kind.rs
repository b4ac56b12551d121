//! What is chosen from a list, and in one table all that follows from it: what stands in it, how wide it is, what it
//! is called, what it says.

use super::{Import, Item, arrangement, destinations, help, lists, palette, places, presets, themes};
use crate::app::model::Model;
use crate::domain::PhoneNumberOrderId;

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something to do.
    Palette,
    /// Something to do by its key.
    Help,
    /// A watchlist.
    Lists,
    /// Whom the current list is asked as.
    Profiles,
    /// Where it is asked.
    Regions,
    /// What the rows are sorted by.
    Sort,
    /// Which columns stand.
    Columns,
    /// What the screen looks like.
    Themes,
    /// What is filtered by.
    Filters,
    /// A saved filter that goes.
    DeleteFilter,
    /// Orders of the account.
    Import(Import),
    /// The form in which these orders are copied.
    Copy(Vec<PhoneNumberOrderId>),
    /// The list that these orders are moved to.
    MoveTo(Vec<PhoneNumberOrderId>),
}

/// What there is to know about a kind.
#[derive(Clone, Copy, Debug)]
pub struct KindSpec {
    /// Its title; `{list}` stands for the name of the current list, `{orders}` for the orders that it is about.
    pub title: &'static str,
    /// What enter does.
    pub does: &'static str,
    /// Why there is no line; `{filter}` stands for what is typed.
    pub nothing: &'static str,
    /// What else there is to know; empty where nothing is.
    pub note: &'static str,
    /// How wide it may be.
    pub width: Width,
    /// How many are chosen at once.
    pub choosing: Choosing,
    /// Where the cursor is at first.
    pub opens: Opens,
    /// Where its lines come from.
    pub source: Source,
}

/// How wide a picker may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// Its lines have something to say beside the name.
    Wide,
    /// Names.
    Narrow,
}

/// How many are chosen at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choosing {
    /// One.
    One,
    /// As many as are marked.
    Several,
}

/// Where the cursor is at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// On the first line.
    AtTop,
    /// On what holds now.
    AtPresent,
}

/// Where the lines of a picker come from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// The model, for as long as it is open.
    Live(fn(&Model) -> Vec<Item>),
    /// The model as it was when it was opened: what it tells stays as it is.
    Once(fn(&Model) -> Vec<Item>),
    /// The model and what is typed.
    Typed(fn(&Model, &str) -> Vec<Item>),
    /// Whoever opens it.
    Given,
}

/// What most kinds have in common.
const PLAIN: KindSpec = KindSpec {
    title: "",
    does: "",
    nothing: "",
    note: "",
    width: Width::Narrow,
    choosing: Choosing::One,
    opens: Opens::AtTop,
    source: Source::Given,
};

const PALETTE: KindSpec = KindSpec {
    title: "Everything that can be done",
    does: "does it",
    nothing: "Nothing is called '{filter}'. esc shows all.",
    width: Width::Wide,
    source: Source::Live(palette::items),
    ..PLAIN
};
const HELP: KindSpec = KindSpec {
    title: "Keys",
    does: "does it",
    nothing: "No key does '{filter}'. esc shows all.",
    width: Width::Wide,
    source: Source::Once(help::items),
    ..PLAIN
};
const LISTS: KindSpec = KindSpec {
    title: "Watchlists",
    does: "opens it",
    nothing: "No watchlist matches '{filter}'. esc shows all.",
    opens: Opens::AtPresent,
    source: Source::Live(lists::items),
    ..PLAIN
};
const PROFILES: KindSpec = KindSpec {
    title: "Ask {list} as",
    does: "asks as it",
    nothing: "No profile of the shared config matches '{filter}'. esc shows all.",
    note: "Orders with a profile of their own keep it.",
    opens: Opens::AtPresent,
    source: Source::Live(places::profiles),
    ..PLAIN
};
const REGIONS: KindSpec = KindSpec {
    title: "Ask {list} in",
    does: "asks there",
    nothing: "No region matches '{filter}'. esc shows all.",
    note: "Orders with a region of their own keep it.",
    opens: Opens::AtPresent,
    source: Source::Live(places::regions),
    ..PLAIN
};
const SORT: KindSpec = KindSpec {
    title: "Sort {list} by",
    does: "sorts",
    nothing: "No column is called '{filter}'. esc shows all.",
    note: "The one that holds now, chosen once more, is turned round.",
    width: Width::Wide,
    opens: Opens::AtPresent,
    source: Source::Live(arrangement::sorts),
    ..PLAIN
};
const COLUMNS: KindSpec = KindSpec {
    title: "Columns of {list}",
    does: "shows or hides it",
    nothing: "No column is called '{filter}'. esc shows all.",
    note: "Kept for this list.",
    width: Width::Wide,
    source: Source::Live(arrangement::columns),
    ..PLAIN
};
const THEMES: KindSpec = KindSpec {
    title: "Theme",
    does: "keeps it",
    nothing: "No theme matches '{filter}'. esc shows all.",
    note: "The screen shows each as the cursor comes to it.",
    opens: Opens::AtPresent,
    source: Source::Live(themes::items),
    ..PLAIN
};
const FILTERS: KindSpec = KindSpec {
    title: "Filters",
    does: "filters by it",
    nothing: "No filter is called '{filter}'. esc shows all.",
    width: Width::Wide,
    opens: Opens::AtPresent,
    source: Source::Live(presets::items),
    ..PLAIN
};
const DELETE_FILTER: KindSpec = KindSpec {
    title: "Delete a saved filter",
    does: "deletes it",
    nothing: "No filter is called '{filter}'. esc shows all.",
    note: "Undo brings it back.",
    width: Width::Wide,
    source: Source::Live(presets::deletable),
    ..PLAIN
};
const IMPORT: KindSpec = KindSpec {
    title: "Import",
    does: "adds it",
    nothing: "No order matches '{filter}'. esc shows all.",
    width: Width::Wide,
    choosing: Choosing::Several,
    ..PLAIN
};
const COPY: KindSpec = KindSpec {
    title: "Copy {orders}",
    does: "copies it",
    nothing: "Nothing can be copied as '{filter}'. esc shows all.",
    ..PLAIN
};
const MOVE_TO: KindSpec = KindSpec {
    title: "Move {orders} to",
    does: "moves there",
    nothing: "There is no other list: type a name for a new one.",
    note: "Label, note and comments go with it. Type a name for a new list.",
    source: Source::Typed(destinations::items),
    ..PLAIN
};

impl Kind {
    /// What there is to know about it.
    pub const fn spec(&self) -> &'static KindSpec {
        match self {
            Self::Palette => &PALETTE,
            Self::Help => &HELP,
            Self::Lists => &LISTS,
            Self::Profiles => &PROFILES,
            Self::Regions => &REGIONS,
            Self::Sort => &SORT,
            Self::Columns => &COLUMNS,
            Self::Themes => &THEMES,
            Self::Filters => &FILTERS,
            Self::DeleteFilter => &DELETE_FILTER,
            Self::Import(_) => &IMPORT,
            Self::Copy(_) => &COPY,
            Self::MoveTo(_) => &MOVE_TO,
        }
    }

    /// The orders that it is about; none where it is about something else.
    pub fn orders(&self) -> &[PhoneNumberOrderId] {
        if let Self::Copy(orders) | Self::MoveTo(orders) = self { orders } else { &[] }
    }

    /// What is imported; none where something else is chosen.
    pub const fn import(&self) -> Option<&Import> {
        if let Self::Import(import) = self { Some(import) } else { None }
    }

    /// True where several can be chosen at once.
    pub fn takes_several(&self) -> bool {
        self.spec().choosing == Choosing::Several
    }
}
