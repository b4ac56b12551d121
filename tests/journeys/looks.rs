//! Themes: tried out while one moves over them, kept by enter, gone with esc.

use crate::world::{World, world};
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, FilesWork};
use chimewatch::app::looks::{Colours, Looks, ThemeName};
use chimewatch::app::message::Keystroke;

fn themed() -> World {
    let theme = |name: &str| ThemeName { name: name.into(), about: "".into(), problem: None };
    let mut world = world(1..=2);
    world.model.looks = Looks { themes: ["auto", "dark", "light"].map(theme).into(), ..Looks::default() };
    world
}

fn kept(name: &str) -> [Effect; 1] {
    [Effect::Files(FilesWork::KeepTheme(name.into()))]
}

#[test]
fn each_theme_is_tried_out_as_the_cursor_comes_to_it_and_esc_brings_the_old_one_back() {
    let mut world = themed();
    world.act(Action::Theme);
    assert_eq!(world.choices(), ["[auto]", "dark", "light"]);
    assert_eq!(world.model.looks.theme(), "auto");
    world.act(Action::Down);
    assert_eq!(world.model.looks.theme(), "dark");
    world.type_text("lig");
    assert_eq!(world.model.looks.theme(), "light");
    world.press(Keystroke::Cancel);
    assert_eq!(world.press(Keystroke::Cancel), []);
    assert_eq!((world.model.looks.theme(), world.model.overlay.is_none()), ("auto", true));
}

#[test]
fn enter_keeps_the_theme_for_the_next_start_too() {
    let mut world = themed();
    world.acts(&[Action::Theme, Action::Down]);
    assert_eq!(world.press(Keystroke::Submit), kept("dark"));
    assert_eq!((world.model.looks.theme(), world.notice()), ("dark", "The theme is dark."));
    world.act(Action::Theme);
    assert_eq!(world.choices(), ["auto", "[dark]", "light"], "it opens at the one that counts");
}

#[test]
fn a_theme_is_found_in_the_palette_by_its_name_and_not_in_the_way_otherwise() {
    let mut world = themed();
    world.act(Action::Palette);
    assert!(!world.choices().iter().any(|name| name.contains("light")));
    world.type_text("theme light");
    assert_eq!(world.choices(), ["[theme light]"]);
    assert_eq!(world.model.looks.theme(), "auto", "nothing flickers while the palette is searched");
    assert_eq!(world.press(Keystroke::Submit), kept("light"));
    assert_eq!(world.model.looks.theme(), "light");
}

#[test]
fn what_the_config_file_names_counts_at_every_start_and_the_notice_says_so() {
    let mut world = themed();
    world.model.looks.fixed = Some("theme = \"auto\" in ~/config.toml".into());
    world.acts(&[Action::Theme, Action::Down]);
    assert_eq!(world.press(Keystroke::Submit), []);
    assert_eq!(
        (world.model.looks.theme(), world.notice()),
        (
            "dark",
            "The theme is dark until you quit: theme = \"auto\" in ~/config.toml counts at every start."
        )
    );
}

#[test]
fn a_mistake_in_a_theme_and_a_terminal_without_colours_are_told_when_it_is_chosen() {
    let mut world = themed();
    world.model.looks.themes[1].problem = Some("themes/dark.toml:7 there is no colour 'bluee': blue".into());
    world.model.looks.colours = Colours::Off;
    world.acts(&[Action::Theme, Action::Down]);
    world.press(Keystroke::Submit);
    assert_eq!(world.notice(), "themes/dark.toml:7 there is no colour 'bluee': blue");
    world.acts(&[Action::Theme, Action::Down]);
    world.press(Keystroke::Submit);
    assert_eq!(world.notice(), "The theme is light; on this terminal colours are off.");
}
