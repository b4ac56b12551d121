//! Colours as a theme file names them, and as a terminal can show them.

use crate::domain::near::near;
use ratatui::style::Color;

/// How many colours a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None, or nobody wants them.
    None,
    /// Sixteen, which the terminal's user has chosen.
    Sixteen,
    /// 256, of which all but the first sixteen are the same everywhere.
    Indexed,
    /// Every colour.
    True,
}

/// The terminal's own sixteen, in their order.
const NAMED: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// What xterm shows for the first sixteen: the measure for what is near when there are no others.
const XTERM: [Rgb; 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The steps of the colour cube that follows them.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
/// Where the greys begin.
const GREYS: u8 = 232;

/// Red, green and blue.
pub(super) type Rgb = (u8, u8, u8);

/// The colour of a text: one of the sixteen names, or `#rrggbb`. The error says what is wrong.
pub(super) fn named(text: &str) -> Result<Color, String> {
    if let Some((_, color)) = NAMED.iter().find(|(name, _)| *name == text) {
        return Ok(*color);
    }
    if let Some(digits) = text.strip_prefix('#') {
        return hex(digits).ok_or_else(|| format!("'{text}' is no colour: one looks like #d75f00"));
    }
    let names = NAMED.map(|(name, _)| name);
    Err(match near(text, &names).first() {
        Some(name) => format!("there is no colour '{text}': {name}"),
        None => format!("there is no colour '{text}': black, red, ... bright-white, 0 to 255, \"#d75f00\""),
    })
}

fn hex(digits: &str) -> Option<Color> {
    let is_whole = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    is_whole.then_some(Color::Rgb(red, green, blue))
}

/// The colour that is nearest to what was wanted among those that a terminal has; none without colours.
pub(super) fn shown(color: Color, depth: Depth) -> Option<Color> {
    match (depth, color) {
        (Depth::None, _) => None,
        (Depth::True, _) | (Depth::Indexed, Color::Indexed(_)) => Some(color),
        (Depth::Sixteen, Color::Indexed(index)) if index < 16 => Some(NAMED[usize::from(index)].1),
        (Depth::Indexed, Color::Rgb(red, green, blue)) => Some(Color::Indexed(nearest(
            (16..=255).map(|index| (index, of_index(index))),
            (red, green, blue),
        ))),
        (Depth::Sixteen, Color::Rgb(..) | Color::Indexed(_)) => {
            let index = nearest((0..16).zip(XTERM), rgb(color)?);
            Some(NAMED[usize::from(index)].1)
        }
        (Depth::Indexed | Depth::Sixteen, one_of_sixteen) => Some(one_of_sixteen),
    }
}

fn nearest(colours: impl Iterator<Item = (u8, Rgb)>, wanted: Rgb) -> u8 {
    let apart = |one: u8, other: u8| u32::from(one.abs_diff(other)).pow(2);
    let distance = |(red, green, blue): Rgb| {
        // The eye is keener on green than on red, and on red than on blue.
        3 * apart(red, wanted.0) + 4 * apart(green, wanted.1) + 2 * apart(blue, wanted.2)
    };
    colours.min_by_key(|(_, colour)| distance(*colour)).map_or(7, |(index, _)| index)
}

/// What a colour is on xterm; none for the terminal's own foreground and background.
pub(super) fn rgb(color: Color) -> Option<Rgb> {
    match color {
        Color::Rgb(red, green, blue) => Some((red, green, blue)),
        Color::Indexed(index) => Some(of_index(index)),
        named => NAMED.iter().position(|(_, color)| *color == named).map(|place| XTERM[place]),
    }
}

/// The place of a colour among the terminal's own sixteen.
#[cfg(test)]
pub(super) fn place(color: Color) -> Option<usize> {
    NAMED.iter().position(|(_, named)| *named == color)
}

fn of_index(index: u8) -> Rgb {
    if let Some(rgb) = XTERM.get(usize::from(index)) {
        return *rgb;
    }
    if index >= GREYS {
        let grey = 8 + 10 * (index - GREYS);
        return (grey, grey, grey);
    }
    let step = |place: u8| STEPS[usize::from(place % 6)];
    let cube = index - 16;
    (step(cube / 36), step(cube / 6), step(cube))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_that_the_terminal_lacks_becomes_the_nearest_that_it_has() {
        let orange = Color::Rgb(0xd7, 0x5f, 0x00);
        let cases = [
            (orange, Depth::True, Some(orange)),
            (orange, Depth::Indexed, Some(Color::Indexed(166))),
            (orange, Depth::Sixteen, Some(Color::Red)),
            (orange, Depth::None, None),
            (Color::Indexed(46), Depth::Sixteen, Some(Color::LightGreen)),
            (Color::Indexed(3), Depth::Sixteen, Some(Color::Yellow)),
            (Color::Rgb(0x80, 0x80, 0x80), Depth::Indexed, Some(Color::Indexed(244))),
            (Color::Cyan, Depth::Sixteen, Some(Color::Cyan)),
            (Color::Cyan, Depth::True, Some(Color::Cyan)),
        ];
        for (wanted, depth, expected) in cases {
            assert_eq!(shown(wanted, depth), expected, "{wanted:?} {depth:?}");
        }
    }

    #[test]
    fn a_colour_is_named_or_written_in_six_digits_and_a_slip_is_understood() {
        assert_eq!(named("bright-white"), Ok(Color::White));
        assert_eq!(named("white"), Ok(Color::Gray));
        assert_eq!(named("#0a0B0c"), Ok(Color::Rgb(10, 11, 12)));
        for text in ["#12345", "#1234567", "#ggg000", "#+12345", "#", "#é"] {
            assert_eq!(named(text), Err(format!("'{text}' is no colour: one looks like #d75f00")));
        }
        assert_eq!(named("bluee"), Err("there is no colour 'bluee': blue".to_owned()));
        assert_eq!(
            named("mauve-ish"),
            Err("there is no colour 'mauve-ish': black, red, ... bright-white, 0 to 255, \"#d75f00\""
                .to_owned())
        );
    }
}
