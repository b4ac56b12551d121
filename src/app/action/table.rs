//! The table of actions. One line each: name, words for the help, words for the footer, where it can be used.

use super::{Action, ActionSpec, Context, InPalette};
use Context::{Activity, Json, List, Number, Numbers, Order, Picker, Question};

const EVERYWHERE: &[Context] = &Context::ALL;
const LINES: &[Context] = &[List, Order, Numbers, Number, Activity, Json, Question];
const LINES_AND_PICKER: &[Context] = &[List, Order, Numbers, Number, Activity, Json, Picker, Question];
const SCREENS: &[Context] = &[List, Order, Numbers, Number, Activity];
const MANY_LINES: &[Context] = &[List, Order, Numbers, Activity];
const SCREENS_AND_PICKER: &[Context] = &[List, Order, Numbers, Number, Activity, Picker];
const WITH_NUMBERS: &[Context] = &[List, Order, Numbers];
const ORDERS_AND_NUMBERS: &[Context] = &[List, Order, Numbers, Number];
const IN_AN_ORDER: &[Context] = &[Order, Numbers, Number];
const ROWS: &[Context] = &[List, Order];

const fn spec(
    action: Action,
    name: &'static str,
    summary: &'static str,
    short: &'static str,
    contexts: &'static [Context],
) -> ActionSpec {
    ActionSpec { action, name, summary, short, contexts, palette: InPalette::Yes }
}

/// What the palette leaves out: ways to move, and what stands in it by another name.
const fn unlisted(
    action: Action,
    name: &'static str,
    summary: &'static str,
    short: &'static str,
    contexts: &'static [Context],
) -> ActionSpec {
    ActionSpec { palette: InPalette::No, ..spec(action, name, summary, short, contexts) }
}

const ONE_OF_NINE: &str = "a watchlist, by order of creation";

/// Every action, in the order of the help. The footer drops from the end what has no room.
pub const ACTIONS: &[ActionSpec] = &[
    spec(
        Action::Open,
        "open",
        "open: an order, a number, the order of a number or change, a fold",
        "open",
        &[List, Order, Numbers, Number, Activity, Question],
    ),
    unlisted(
        Action::Back,
        "back",
        "one step back: overlay, filter, marks, screen; never quits",
        "back",
        LINES,
    ),
    spec(Action::Numbers, "numbers", "numbers: failed, waiting, all", "failed numbers", WITH_NUMBERS),
    spec(
        Action::NextOrder,
        "next-order",
        "in an order or number: the next of its list",
        "next order",
        IN_AN_ORDER,
    ),
    spec(Action::PreviousOrder, "previous-order", "in an order or number: the one before", "", IN_AN_ORDER),
    spec(
        Action::NextNeed,
        "next-need",
        "next that needs you; in an order: next failed number",
        "next that needs you",
        ORDERS_AND_NUMBERS,
    ),
    spec(Action::PreviousNeed, "previous-need", "the one before", "", ORDERS_AND_NUMBERS),
    spec(Action::Filter, "filter", "filter: text, status:failed, !label:test, age>2d", "find", MANY_LINES),
    unlisted(Action::Refilter, "refilter", "change the filter that is set", "", SCREENS),
    spec(Action::Filters, "filters", "filters: by name, your own and some to begin with", "", MANY_LINES),
    spec(Action::SaveFilter, "save-filter", "save the filter that is set under a name", "", MANY_LINES),
    spec(Action::DeleteFilter, "delete-filter", "delete a saved filter; undo brings it back", "", SCREENS),
    spec(Action::Sort, "sort", "sort: by need, state, name, numbers, dates", "", &[List]),
    spec(Action::ReverseSort, "reverse-sort", "sort the other way round", "", &[List]),
    spec(Action::Columns, "columns", "show and hide columns", "", &[List]),
    spec(Action::Add, "add", "add orders by typing or pasting", "add", ROWS),
    spec(Action::Import, "import", "import orders from the account's list", "import", SCREENS),
    spec(
        Action::Copy,
        "copy",
        "copy the obvious: an id, the numbers shown, a command",
        "copy",
        &[List, Order, Numbers, Number, Activity, Json],
    ),
    spec(
        Action::CopyAs,
        "copy-as",
        "copy as numbers, JSON, Markdown, an AWS CLI command",
        "copy as",
        SCREENS,
    ),
    spec(
        Action::Print,
        "print",
        "print what is copied, where no clipboard takes it",
        "print",
        &[List, Order, Numbers, Number, Activity, Json],
    ),
    spec(Action::ConsolePage, "console-page", "copy the link to the AWS console", "", SCREENS),
    spec(
        Action::RawJson,
        "raw-json",
        "ask once more and show the answer as it came",
        "raw JSON",
        &[List, Order, Numbers, Number, Activity, Json],
    ),
    spec(Action::Export, "export", "write what is shown to a file: CSV, JSON or Markdown", "", MANY_LINES),
    unlisted(
        Action::Palette,
        "palette",
        "everything that can be done, by name; :q quits",
        "all actions",
        SCREENS,
    ),
    spec(Action::Profile, "profile", "choose the profile that the list is asked as", "", SCREENS),
    spec(Action::Region, "region", "choose the region that the list is asked in", "", SCREENS),
    spec(Action::Theme, "theme", "choose what the screen looks like", "", SCREENS),
    spec(Action::Help, "help", "these keys", "help", SCREENS_AND_PICKER),
    spec(Action::Handled, "handled", "handled until it changes again", "handled", ROWS),
    spec(Action::AskNow, "ask-now", "ask for this order now, settled or not", "ask now", SCREENS),
    spec(Action::AskAll, "ask-all", "ask for all that are not settled", "", SCREENS),
    spec(Action::Describe, "describe", "label and note", "label", ROWS),
    spec(Action::Remove, "remove", "stop watching", "remove", ROWS),
    spec(Action::MoveOrders, "move", "move to another watchlist", "move", ROWS),
    spec(Action::Undo, "undo", "take the last edit back, 20 deep", "undo", SCREENS),
    spec(Action::Follow, "follow", "follow the account: watch its new orders, or no longer", "", &[List]),
    spec(
        Action::LookElsewhere,
        "look-elsewhere",
        "look for an order that was not found in the other region",
        "",
        ROWS,
    ),
    spec(
        Action::Activity,
        "activity",
        "what changed in the list, back to the first that was seen",
        "changes",
        ORDERS_AND_NUMBERS,
    ),
    spec(Action::Policy, "policy", "copy the IAM policy that is enough, for your administrator", "", SCREENS),
    spec(Action::Times, "times", "times: relative, local, UTC", "times", SCREENS),
    spec(Action::Pause, "pause", "pause, or go on", "pause", SCREENS),
    spec(Action::Mute, "mute", "mute the bell, or no longer", "mute", SCREENS),
    spec(Action::Privacy, "privacy", "mask phone numbers on the screen, or no longer", "", SCREENS),
    spec(Action::Mouse, "mouse", "the mouse scrolls, chooses and opens, or selects text again", "", SCREENS),
    spec(Action::NextPane, "next-pane", "next pane", "", &[List]),
    spec(
        Action::MarkOrder,
        "mark-order",
        "mark an order, or no longer; keys act on the marked ones",
        "mark",
        &[List, Question],
    ),
    spec(Action::MarkRange, "mark-range", "mark as far as you move; again or esc ends it", "", &[List]),
    unlisted(Action::Mark, "mark", "where several can be chosen: mark, or no longer", "mark", &[Picker]),
    spec(
        Action::MarkAll,
        "mark-all",
        "mark all that is shown, or none of it",
        "all",
        &[List, Picker, Question],
    ),
    unlisted(Action::Up, "up", "up", "", LINES_AND_PICKER),
    unlisted(Action::Down, "down", "down", "", LINES_AND_PICKER),
    unlisted(Action::Top, "top", "to the first line", "", LINES),
    unlisted(Action::Bottom, "bottom", "to the last line", "", LINES),
    unlisted(Action::PageUp, "page-up", "a page up", "", LINES_AND_PICKER),
    unlisted(Action::PageDown, "page-down", "a page down", "", LINES_AND_PICKER),
    unlisted(Action::HalfPageUp, "half-page-up", "half a page up", "", LINES),
    unlisted(Action::HalfPageDown, "half-page-down", "half a page down", "", LINES),
    unlisted(Action::List(1), "list-1", ONE_OF_NINE, "", SCREENS),
    unlisted(Action::List(2), "list-2", ONE_OF_NINE, "", SCREENS),
    unlisted(Action::List(3), "list-3", ONE_OF_NINE, "", SCREENS),
    unlisted(Action::List(4), "list-4", ONE_OF_NINE, "", SCREENS),
    unlisted(Action::List(5), "list-5", ONE_OF_NINE, "", SCREENS),
    unlisted(Action::List(6), "list-6", ONE_OF_NINE, "", SCREENS),
    unlisted(Action::List(7), "list-7", ONE_OF_NINE, "", SCREENS),
    unlisted(Action::List(8), "list-8", ONE_OF_NINE, "", SCREENS),
    unlisted(Action::List(9), "list-9", ONE_OF_NINE, "", SCREENS),
    unlisted(Action::Unsaved, "unsaved", "the list unsaved", "", SCREENS),
    spec(Action::SaveAs, "save-as", "save unsaved under a name", "", SCREENS),
    spec(Action::Lists, "lists", "choose from the watchlists", "", SCREENS),
    spec(Action::ListNew, "list-new", "make a new watchlist", "", SCREENS),
    spec(Action::ListRename, "list-rename", "give the watchlist another name", "", SCREENS),
    spec(Action::ListDuplicate, "list-duplicate", "copy the watchlist under a new name", "", SCREENS),
    spec(Action::ListDelete, "list-delete", "delete the watchlist; undo brings it back", "", SCREENS),
    unlisted(Action::BackOrQuit, "back-or-quit", "back, at the root quits", "quit", LINES),
    spec(Action::Quit, "quit", "quit at once", "", EVERYWHERE),
    spec(Action::Suspend, "suspend", "suspend; fg goes on", "", EVERYWHERE),
];
