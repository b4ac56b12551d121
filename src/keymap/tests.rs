use super::*;
use crossterm::event::{KeyCode, KeyModifiers};
use std::collections::BTreeSet;

fn key(text: &str) -> KeyChord {
    text.parse().unwrap()
}

fn with(text: &str) -> (Keymap, Vec<String>) {
    let (keymap, problems) = Keymap::default().with_file("keys.toml", text);
    (keymap, problems.iter().map(ToString::to_string).collect())
}

fn action_of(keymap: &Keymap, context: Context, text: &str) -> Option<Action> {
    match keymap.resolve(context, key(text), None) {
        Resolution::Action(action) => Some(action),
        Resolution::Pending(_) | Resolution::Nothing => None,
    }
}

#[test]
fn the_default_keymap_has_no_problem_and_a_key_for_every_action_that_is_no_name_in_the_palette() {
    let (keymap, problems) = Keymap { bindings: Vec::new() }.with_file("assets/keymap.toml", DEFAULT);
    assert_eq!(problems, []);
    let without: Vec<_> = ACTIONS
        .iter()
        .filter(|spec| keymap.all_keys(spec.action).next().is_none())
        .map(|spec| spec.name)
        .collect();
    let others =
        ["columns", "console-page", "export", "profile", "region", "theme", "policy", "privacy", "mouse"];
    let filters = ["filters", "save-filter", "delete-filter"];
    let lists = ["lists", "list-new", "list-rename", "list-duplicate", "list-delete"];
    assert_eq!(without, [&filters[..], &others, &lists].concat());
    assert!(without.iter().all(|name| Action::named(name).unwrap().stands_in_palette()));
}

#[test]
fn every_action_is_reached_by_the_key_that_is_shown_for_it_in_each_of_its_contexts() {
    let keymap = Keymap::default();
    for spec in ACTIONS {
        for context in spec.contexts {
            let Some(keys) = keymap.first_chord(spec.action, *context) else {
                assert!(spec.action.stands_in_palette(), "{}", spec.name);
                continue;
            };
            assert_eq!(
                keymap.resolve(*context, keys.first, None),
                Resolution::Action(spec.action),
                "{}",
                spec.name
            );
        }
    }
}

#[test]
fn no_key_has_two_meanings_in_one_context() {
    let keymap = Keymap::default();
    for context in Context::ALL {
        let keys: Vec<_> = keymap.in_context(context).map(|binding| binding.keys.to_string()).collect();
        let distinct: BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len(), "{context:?}");
    }
}

#[test]
fn ctrl_c_quits_and_ctrl_z_suspends_in_every_context_even_when_a_file_says_otherwise() {
    let (keymap, _) = with("open = 'ctrl-c'\nquit = []");
    for context in Context::ALL {
        assert_eq!(action_of(&keymap, context, "ctrl-c"), Some(Action::Quit));
        assert_eq!(action_of(&keymap, context, "ctrl-z"), Some(Action::Suspend));
    }
}

#[test]
fn in_a_text_field_a_printable_key_is_never_an_action() {
    let (keymap, problems) = with("quit = ['Q', 'ctrl-q']");
    assert_eq!(problems, <[String; 0]>::default());
    assert_eq!(action_of(&keymap, Context::List, "Q"), Some(Action::Quit));
    assert_eq!(action_of(&keymap, Context::Text, "Q"), None);
    assert_eq!(action_of(&keymap, Context::Text, "ctrl-q"), Some(Action::Quit));
}

#[test]
fn in_a_picker_letters_are_text_and_other_keys_move_and_mark() {
    let (keymap, problems) = with("down = 'j'\nquit = ['Q', 'ctrl-q']");
    assert_eq!(problems, <[String; 0]>::default());
    let of = |text| action_of(&keymap, Context::Picker, text);
    assert_eq!((of("j"), of("k"), of("Q"), of(" ")), (None, None, None, None));
    assert_eq!(
        (of("up"), of("ctrl-p"), of("pagedown")),
        (Some(Action::Up), Some(Action::Up), Some(Action::PageDown))
    );
    assert_eq!(
        (of("tab"), of("alt-a"), of("ctrl-q")),
        (Some(Action::Mark), Some(Action::MarkAll), Some(Action::Quit))
    );
    assert_eq!(keymap.first_chord(Action::Up, Context::Picker).unwrap().to_string(), "up");
    assert_eq!(keymap.first_chord(Action::Down, Context::Picker), None);
}

#[test]
fn what_has_no_key_is_shown_by_its_name_in_the_palette() {
    let keys_of = |text: &str, wanted: &str| {
        let rows = with(text).0.rows(None);
        rows.into_iter().find(|row| row.summary.starts_with(wanted)).map(|row| row.keys)
    };
    assert_eq!(keys_of("", "choose the profile").as_deref(), Some(":profile"));
    assert_eq!(keys_of("palette = 'P'\npause = []", "pause").as_deref(), Some("P pause"));
    assert_eq!(keys_of("palette = []", "choose the profile"), None);
    assert_eq!(keys_of("profile = 'P'", "choose the profile").as_deref(), Some("P"));
}

#[test]
fn a_file_takes_a_key_from_the_action_that_had_it() {
    let (keymap, problems) = with("add = 'n'\nnext-need = ['space']");
    assert_eq!(problems, <[String; 0]>::default());
    assert_eq!(action_of(&keymap, Context::List, "n"), Some(Action::Add));
    assert_eq!(action_of(&keymap, Context::List, "space"), Some(Action::NextNeed));
    assert_eq!(action_of(&keymap, Context::List, "a"), None);
    assert_eq!(keymap.first_chord(Action::Add, Context::List).unwrap().to_string(), "n");
}

#[test]
fn the_same_key_may_mean_two_things_where_they_never_meet() {
    let (keymap, problems) = with("next-pane = 'z'\nnext-order = 'z'");
    assert_eq!(problems, <[String; 0]>::default());
    assert_eq!(action_of(&keymap, Context::List, "z"), Some(Action::NextPane));
    assert_eq!(action_of(&keymap, Context::Order, "z"), Some(Action::NextOrder));
}

#[test]
fn each_problem_is_named_with_file_and_line_and_the_rest_of_the_file_counts() {
    let text = "add = 'z'\nlaunch = 'y'\nundo = 'ctl-u'\ncopy = 7\n\nhelp = ['H', 'z']\ntimes = 'z x'\npause = 'b'\n";
    let (keymap, problems) = with(text);
    assert_eq!(
        problems,
        [
            "keys.toml:2 there is no action 'launch'; chimewatch config keymap names them all",
            "keys.toml:3 there is no key 'ctl-u': ctrl-u",
            "keys.toml:4 a key is a text, as \"j\", or several of them, as [\"j\", \"down\"]",
            "keys.toml:6 z does add already, since line 1; help goes without it",
            "keys.toml:7 z x cannot be told from z, which does add since line 1; times goes without it",
        ]
    );
    assert_eq!(action_of(&keymap, Context::List, "u"), Some(Action::Undo));
    assert_eq!(action_of(&keymap, Context::List, "H"), Some(Action::Help));
    assert_eq!(action_of(&keymap, Context::List, "b"), Some(Action::Pause));
}

#[test]
fn what_a_file_cannot_do_is_told_with_the_line_that_does_it() {
    let cases = [
        ("\nback = []", "2 back is left without a key, and the palette does not offer it"),
        ("top = []", "1 top is left without a key, and the palette does not offer it"),
        ("help = ['esc', 'h', 'left']", "1 back is left without a key, and the palette does not offer it"),
        ("open = 'ctrl-c'", "1 ctrl-c always quits; open goes without it"),
        ("hepl = 'H'", "1 there is no action 'hepl': help"),
        ("remove = 'x'\n\nundo = 'x'", "3 x does remove already, since line 1; undo goes without it"),
    ];
    for (text, expected) in cases {
        assert_eq!(with(text).1, [format!("keys.toml:{expected}")], "{text}");
    }
    for text in ["list-1 = []", "pause = []", "quit = []", "profile = 'ctrl-o'"] {
        assert_eq!(with(text).1, <[String; 0]>::default(), "{text}");
    }
}

#[test]
fn a_file_that_is_no_toml_is_told_and_changes_nothing_it_does_not_say() {
    let (keymap, problems) = with("add = 'z'\nhelp = [\n");
    assert!(problems.first().is_some_and(|problem| problem.starts_with("keys.toml:")), "{problems:?}");
    assert_eq!(action_of(&keymap, Context::List, "z"), Some(Action::Add));
    assert_eq!(action_of(&keymap, Context::List, "?"), Some(Action::Help));
}

#[test]
fn two_keys_one_after_the_other_are_one_binding() {
    let (keymap, problems) = with("top = 'g g'\nbottom = 'gb'");
    assert_eq!(problems, <[String; 0]>::default());
    let g = key("g");
    assert_eq!(keymap.resolve(Context::List, g, None), Resolution::Pending(g));
    assert_eq!(keymap.resolve(Context::List, g, Some(g)), Resolution::Action(Action::Top));
    assert_eq!(keymap.resolve(Context::List, key("b"), Some(g)), Resolution::Action(Action::Bottom));
    assert_eq!(keymap.resolve(Context::List, key("j"), Some(g)), Resolution::Action(Action::Down));
    let unknown = KeyChord::new(KeyCode::F(12), KeyModifiers::NONE);
    assert_eq!(keymap.resolve(Context::List, unknown, Some(g)), Resolution::Nothing);
}

#[test]
fn the_help_shows_neighbours_that_do_the_same_as_one_line() {
    let rows = Keymap::default().rows(Some(Context::List));
    let keys_of = |wanted: &str| {
        rows.iter()
            .filter(|row| row.summary.contains(wanted))
            .map(|row| row.keys.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(keys_of("order of creation"), ["1-9"]);
    assert_eq!(keys_of("quit at once"), ["ctrl-c"]);
    assert_eq!(keys_of("a page up"), ["pageup, ctrl-b", "ctrl-u"]);
    assert_eq!(keys_of("in an order: the next"), <[&str; 0]>::default());
}
