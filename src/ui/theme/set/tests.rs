use super::*;
use crate::ui::theme::color::{self, Rgb};
use crate::ui::theme::{Look, PARTS, Part};
use ratatui::style::{Color, Modifier};

const BLACK: Rgb = (0, 0, 0);
const WHITE: Rgb = (255, 255, 255);
/// What only has to be made out, not read.
const LINES: [Part; 3] = [Part::Border, Part::BarRest, Part::Below];

fn palette(name: &str, depth: Depth) -> Palette {
    BUILT_IN.into_iter().find(|theme| theme.name == name).unwrap().load(depth).palette
}

/// Relative luminance and contrast as WCAG 2.2 defines them.
fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |channel: u8| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// The least contrast of any look that has a colour, against its own background, the theme's, or the terminal's.
fn least(name: &str, depth: Depth, (text, terminal): (Rgb, Rgb)) -> (f64, f64) {
    let palette = palette(name, depth);
    let ground = palette.look(Part::Ground);
    let of = |color: Option<Color>, otherwise: Rgb| color.and_then(color::rgb).unwrap_or(otherwise);
    let of_look = |look: Look| {
        let ground = (of(ground.fg, text), of(ground.bg, terminal));
        contrast(of(look.fg, ground.0), of(look.bg, ground.1))
    };
    let least_of = |wanted: bool| {
        let parts = PARTS.iter().filter(|(part, _)| LINES.contains(part) == wanted);
        parts.map(|(part, _)| of_look(palette.look(*part))).fold(f64::MAX, f64::min)
    };
    (least_of(false), least_of(true))
}

#[test]
fn every_built_in_theme_says_what_it_is_for_and_gives_every_part_a_look() {
    for theme in BUILT_IN {
        let said = file::read(theme.name, theme.text, Depth::True);
        assert_eq!(said.problems, [], "{}", theme.name);
        assert!(said.about.is_some_and(|about| about.len() < 40), "{}", theme.name);
        assert_eq!(said.looks.len(), PARTS.len(), "{}", theme.name);
    }
}

#[test]
fn dark_can_be_read_on_black_light_on_white_and_blue_and_orange_on_both() {
    let (on_black, on_white) = ((WHITE, BLACK), (BLACK, WHITE));
    let cases = [
        ("dark", on_black, 4.5, 3.0),
        ("dark", (WHITE, (0x28, 0x2a, 0x2e)), 4.5, 2.2),
        ("light", on_white, 4.5, 3.0),
        ("colour-blind", on_black, 4.0, 3.0),
        ("colour-blind", on_white, 4.0, 3.0),
    ];
    for (name, terminal, text, lines) in cases {
        let (of_text, of_lines) = least(name, Depth::Indexed, terminal);
        assert!(of_text >= text && of_lines >= lines, "{name} on {terminal:?}: {of_text:.2}, {of_lines:.2}");
    }
}

/// Green is what it is: the symbol and the word of what is done have to do where it is a light one.
#[test]
fn light_can_be_read_on_white_with_sixteen_colours_too() {
    let palette = palette("light", Depth::Sixteen);
    for (part, name) in PARTS.iter().filter(|(part, _)| ![Part::Done, Part::Bar].contains(part)) {
        let colour = palette.look(*part).fg.and_then(color::rgb).unwrap_or(BLACK);
        assert!(contrast(colour, WHITE) >= 3.9, "{name}: {:.2}", contrast(colour, WHITE));
    }
}

/// Its text, its background, and what it shows for black to bright-white.
type Terminal = (Rgb, Rgb, [u32; 16]);

/// Terminals as they come, on a light background and on a dark one.
const TERMINALS: [(&str, [Terminal; 2]); 4] = {
    const XTERM: [u32; 16] = [
        0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f,
        0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
    ];
    const GNOME: [u32; 16] = [
        0x17_1421, 0xc0_1c28, 0x26_a269, 0xa2_734c, 0x12_488b, 0xa3_47ba, 0x2a_a1b3, 0xd0_cfcc, 0x5e_5c64,
        0xf6_6151, 0x33_d17a, 0xe9_ad0c, 0x2a_7bde, 0xc0_61cb, 0x33_c7de, 0xff_ffff,
    ];
    const SOLARIZED: [u32; 16] = [
        0x07_3642, 0xdc_322f, 0x85_9900, 0xb5_8900, 0x26_8bd2, 0xd3_3682, 0x2a_a198, 0xee_e8d5, 0x00_2b36,
        0xcb_4b16, 0x58_6e75, 0x65_7b83, 0x83_9496, 0x6c_71c4, 0x93_a1a1, 0xfd_f6e3,
    ];
    const CODE_LIGHT: [u32; 16] = [
        0x00_0000, 0xcd_3131, 0x10_7c10, 0x94_9800, 0x04_51a5, 0xbc_05bc, 0x05_98bc, 0x55_5555, 0x66_6666,
        0xcd_3131, 0x14_ce14, 0xb5_ba00, 0x04_51a5, 0xbc_05bc, 0x05_98bc, 0xa5_a5a5,
    ];
    const CODE_DARK: [u32; 16] = [
        0x00_0000, 0xcd_3131, 0x0d_bc79, 0xe5_e510, 0x24_72c8, 0xbc_3fbc, 0x11_a8cd, 0xe5_e5e5, 0x66_6666,
        0xf1_4c4c, 0x23_d18b, 0xf5_f543, 0x3b_8eea, 0xd6_70d6, 0x29_b8db, 0xe5_e5e5,
    ];
    [
        ("xterm", [(BLACK, WHITE, XTERM), (WHITE, BLACK, XTERM)]),
        ("GNOME", [(BLACK, WHITE, GNOME), (WHITE, (0x1e, 0x1e, 0x1e), GNOME)]),
        (
            "Solarized",
            [
                ((0x65, 0x7b, 0x83), (0xfd, 0xf6, 0xe3), SOLARIZED),
                ((0x83, 0x94, 0x96), (0x00, 0x2b, 0x36), SOLARIZED),
            ],
        ),
        ("VS Code", [(BLACK, WHITE, CODE_LIGHT), (WHITE, (0x1e, 0x1e, 0x1e), CODE_DARK)]),
    ]
};

/// Most terminals do not say what their background is. Green is what it is, as above.
#[test]
fn auto_can_be_read_on_both_backgrounds_in_the_colours_of_usual_terminals() {
    let palette = palette("auto", Depth::True);
    for (terminal, grounds) in TERMINALS {
        for (text, ground, colours) in grounds {
            for (part, name) in PARTS.iter().filter(|(part, _)| ![Part::Done, Part::Bar].contains(part)) {
                let own = palette.look(*part).fg.map(|colour| {
                    let [_, red, green, blue] = colours[color::place(colour).unwrap()].to_be_bytes();
                    (red, green, blue)
                });
                let contrast = contrast(own.unwrap_or(text), ground);
                assert!(contrast >= 2.9, "{name} in {terminal} on {ground:?}: {contrast:.2}");
            }
        }
    }
}

#[test]
fn high_contrast_has_seven_to_one_everywhere_on_a_background_of_its_own_and_dims_nothing() {
    for depth in [Depth::Indexed, Depth::True] {
        for terminal in [(WHITE, BLACK), (BLACK, WHITE)] {
            let (text, lines) = least("high-contrast", depth, terminal);
            assert!(text >= 7.0 && lines >= 7.0, "{text:.2}, {lines:.2}");
        }
    }
    let palette = palette("high-contrast", Depth::Indexed);
    assert!(PARTS.iter().all(|(part, _)| !palette.look(*part).modifiers.contains(Modifier::DIM)));
}

#[test]
fn only_high_contrast_paints_a_background() {
    for theme in BUILT_IN {
        let palette = palette(theme.name, Depth::True);
        let paints = PARTS.iter().any(|(part, _)| palette.look(*part).bg.is_some());
        assert_eq!(paints, theme.name == "high-contrast", "{}", theme.name);
    }
}

#[test]
fn what_waits_for_you_what_is_done_and_what_failed_look_different_in_every_theme_with_colours() {
    for theme in BUILT_IN.into_iter().filter(|theme| theme.name != "mono") {
        // Among sixteen there is not always a near one: then the symbol and the word have to do.
        let sixteen = ["auto", "dark", "light"].contains(&theme.name).then_some(Depth::Sixteen);
        for depth in [Depth::Indexed, Depth::True].into_iter().chain(sixteen) {
            let palette = palette(theme.name, depth);
            let [waits, done, failed, working] =
                [Part::WaitsForYou, Part::Done, Part::Failed, Part::Working].map(|part| palette.look(part));
            assert!(waits != done && waits != failed && done != failed, "{} {depth:?}", theme.name);
            assert!(working != waits && working != done && working != failed, "{} {depth:?}", theme.name);
        }
    }
}

#[test]
fn without_colours_every_theme_is_mono() {
    let mine = file("mine", "inherits = \"dark\"\nneed = { fg = \"red\" }\n");
    let themes = Themes::load(&[mine], Depth::None, Glyphs::Unicode);
    for theme in themes.all() {
        assert!(theme.palette.is_without_colour(), "{}", theme.name);
        assert_eq!(theme.palette, palette("mono", Depth::True));
    }
}

fn file(name: &str, text: &str) -> ThemeFile {
    ThemeFile { name: name.to_owned(), path: format!("themes/{name}.toml"), text: text.to_owned() }
}

#[test]
fn what_a_theme_leaves_out_is_as_in_the_one_below_it() {
    let files = [
        file("mine", "inherits = \"light\"\nneed = { fg = \"blue\" }\ndone = { fg = \"nope\" }\n"),
        file("dark", "need = {}\n"),
        file("plain", ""),
    ];
    let themes = Themes::load(&files, Depth::Indexed, Glyphs::Unicode);
    let names: Vec<_> = themes.all().iter().map(|theme| theme.name.as_str()).collect();
    let expected = ["auto", "dark", "light", "high-contrast", "colour-blind", "mono", "mine", "plain"];
    assert_eq!(names, expected);
    let look = |name: &str, part| {
        let theme = themes.all().iter().find(|theme| theme.name == name).unwrap();
        theme.palette.look(part)
    };
    let of = |name, part| palette(name, Depth::Indexed).look(part);
    assert_eq!(look("mine", Part::Need), Look { fg: Some(Color::Blue), ..Look::default() });
    assert_eq!(look("mine", Part::Done), of("light", Part::Done));
    assert_eq!(
        (look("dark", Part::Need), look("dark", Part::Done)),
        (Look::default(), of("dark", Part::Done))
    );
    assert_eq!(look("plain", Part::Need), of("auto", Part::Need));
    let problems: Vec<_> =
        themes.all().iter().flat_map(|theme| &theme.problems).map(ToString::to_string).collect();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("themes/mine.toml:3 there is no colour 'nope'"), "{problems:?}");
    assert_eq!(themes.named("gone"), themes.named(AUTO));
}
