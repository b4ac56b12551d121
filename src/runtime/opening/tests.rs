use super::*;
use crate::cli::Global;
use crate::settings::{Environment, Standing};
use std::fs;
use tempfile::TempDir;

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const B: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";

fn home() -> (TempDir, Settings) {
    let home = tempfile::tempdir().unwrap();
    let variables = [("HOME".into(), home.path().into())];
    let settings =
        Settings::resolve(&Global::default(), &Environment::new(variables, Standing::Terminal)).unwrap();
    (home, settings)
}

fn list(settings: &Settings, name: &str, text: &str) {
    fs::create_dir_all(settings.places.watchlists()).unwrap();
    fs::write(settings.places.watchlists().join(format!("{name}.toml")), text).unwrap();
}

/// The names of the tabs, and that of the one to show.
fn tabs(settings: &Settings, opening: &Opening) -> (Vec<String>, String) {
    let opened = open(settings, &settings.places, opening).unwrap();
    let names = opened.lists.iter().map(|(.., watchlist)| watchlist.name.to_string()).collect();
    let current = opened.lists.iter().find(|(id, ..)| *id == opened.current).unwrap();
    (names, current.2.name.to_string())
}

fn owned(names: &[&str], current: &str) -> (Vec<String>, String) {
    (names.iter().map(|&name| name.to_owned()).collect(), current.to_owned())
}

#[test]
fn an_empty_home_has_the_list_unsaved_and_stays_empty() {
    let (home, settings) = home();
    assert_eq!(tabs(&settings, &Opening::LastUsed), owned(&["unsaved"], "unsaved"));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn what_was_asked_for_is_shown_else_what_was_used_last_else_the_first() {
    let (_home, settings) = home();
    list(&settings, "launch", "");
    list(&settings, "porting", "");
    let all = ["launch", "porting", "unsaved"];
    let porting = Opening::List(Place::Named("porting".to_owned()));
    assert_eq!(tabs(&settings, &Opening::LastUsed), owned(&all, "launch"));
    assert_eq!(tabs(&settings, &porting), owned(&all, "porting"));
    assert_eq!(tabs(&settings, &Opening::of([A.parse().unwrap()])), owned(&all, "unsaved"));
    View::update(&settings.places, |view| view.last_used = Some(Place::Named("porting".to_owned()))).unwrap();
    assert_eq!(tabs(&settings, &Opening::LastUsed), owned(&all, "porting"));
}

#[test]
fn orders_that_were_just_named_are_not_hidden_by_the_filter_of_others() {
    let (_home, settings) = home();
    let looked = ListView { filter: "01xx".to_owned(), sort: Some("name".to_owned()), ..ListView::default() };
    View::update(&settings.places, |view| {
        view.looks.insert(Place::Unsaved, looked.clone());
    })
    .unwrap();
    let seen = |opening: &Opening| {
        let opened = open(&settings, &settings.places, opening).unwrap();
        opened.views.get(&opened.current).cloned()
    };
    assert_eq!(seen(&Opening::LastUsed), Some(looked.clone()));
    let whole = ListView { filter: String::new(), ..looked };
    assert_eq!(seen(&Opening::of([A.parse().unwrap()])), Some(whole));
}

#[test]
fn a_list_that_is_not_there_is_an_error_only_for_who_asked_for_it() {
    let (_home, settings) = home();
    list(&settings, "launch", "");
    let error =
        open(&settings, &settings.places, &Opening::List(Place::Named("lanch".to_owned()))).unwrap_err();
    assert_eq!(error.to_string(), "No watchlist is called 'lanch'. Did you mean launch?");
    View::update(&settings.places, |view| view.last_used = Some(Place::Named("gone".to_owned()))).unwrap();
    assert_eq!(tabs(&settings, &Opening::LastUsed).1, "launch");
}

#[test]
fn orders_of_the_command_line_come_once_and_those_of_a_text_with_their_labels() {
    let ids = [A, B, A].map(|id| id.parse().unwrap());
    let entry = |id: &str| Entry::new(id.parse().unwrap());
    assert_eq!(Opening::of(ids), Opening::Orders(vec![entry(A), entry(B)]));
    let found = Opening::found_in(format!("launch: {A}\n{B}").as_bytes()).unwrap();
    assert_eq!(found, Opening::Orders(vec![Entry { label: Some("launch".into()), ..entry(A) }, entry(B)]));
}

#[test]
fn a_text_without_orders_or_without_an_end_is_refused() {
    let said = |text: &[u8]| Opening::found_in(text).unwrap_err().to_string();
    let one = "One looks like 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d.";
    let cases = [
        ("nothing\n here\u{1b}", "No order ID in those 14 characters: 'nothing here\\u{1b}'."),
        (
            "An error occurred (AccessDeniedException) when calling the ListPhoneNumberOrders operation",
            "No order ID in those 90 characters: 'An error occurred (AccessDeniedException) when calling the L…'.",
        ),
    ];
    for (text, what) in cases {
        assert_eq!(said(text.as_bytes()), format!("{what} {one}"));
    }
    let secret = "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    assert!(!said(secret.as_bytes()).contains("wJalr"), "{}", said(secret.as_bytes()));
    for nothing in [&b""[..], b" \n"] {
        assert_eq!(said(nothing), "standard input is empty: name order IDs, or pipe text that holds some.");
    }
    let endless = io::repeat(b'x');
    assert_eq!(
        Opening::found_in(endless).unwrap_err().to_string(),
        "standard input is longer than 10 MB. Send the part that holds the order IDs."
    );
}

#[test]
fn the_endpoint_is_the_profiles_unless_one_is_named_or_none_is_wanted() {
    let endpoint = |variables: &[(&str, &str)]| {
        let variables = variables.iter().copied().chain([("HOME", "/nonexistent")]);
        let variables = variables.map(|(name, value)| (name.into(), value.into()));
        let environment = Environment::new(variables, Standing::Terminal);
        let settings = Settings::resolve(&Global::default(), &environment).unwrap();
        open(&settings, &settings.places, &Opening::LastUsed).unwrap().defaults.endpoint
    };
    assert_eq!(endpoint(&[]), EndpointChoice::OfProfile);
    let named = ("AWS_ENDPOINT_URL", "http://127.0.0.1:4711");
    assert_eq!(endpoint(&[named]), EndpointChoice::Named("http://127.0.0.1:4711".into()));
    assert_eq!(endpoint(&[named, ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")]), EndpointChoice::Aws);
}
