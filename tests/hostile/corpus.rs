//! Five hundred texts that a terminal, a person or a program might take for something else: made by rule from what
//! can be hostile in a character and from where it can stand, so that none is forgotten.

/// What each does to a terminal that lets it through.
const SEQUENCES: [&str; 20] = [
    "\x1b[2J",
    "\x1b[31m",
    "\x1b[6n",
    "\x1b[?1049l",
    "\x1b[?1000h",
    "\x1b[20t",
    "\x1b]0;title\x07",
    "\x1b]2;title\x1b\\",
    "\x1b]52;c;aGk=\x07",
    "\x1b]8;;http://example.com\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]9;done\x07",
    "\x1b]1337;File=:aGk=\x07",
    "\x1bP+q544e\x1b\\",
    "\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\",
    "\x1b_Ga=d\x1b\\",
    "\x1bc",
    "\x1b(0",
    "\u{9b}2J",
    "\u{9d}0;title\u{9c}",
    "\u{90}q\u{9c}",
];

/// What changes the order of reading, takes no cell, or looks like nothing.
const CHARACTERS: [char; 34] = [
    '\u{ad}',
    '\u{61c}',
    '\u{115f}',
    '\u{180e}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202a}',
    '\u{202b}',
    '\u{202c}',
    '\u{202d}',
    '\u{202e}',
    '\u{2060}',
    '\u{2064}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{206a}',
    '\u{3164}',
    '\u{feff}',
    '\u{fff9}',
    '\u{fffb}',
    '\u{fffc}',
    '\u{fffd}',
    '\u{fffe}',
    '\u{e000}',
    '\u{e0001}',
    '\u{e0041}',
    '\u{10fffd}',
];

/// Wide ones, joined ones, and those that never end.
const SHAPES: [&str; 12] = [
    "東京タワー",
    "👩‍👩‍👧",
    "🇩🇪🇩",
    "✔\u{fe0f}",
    "☎\u{fe0e}",
    "👍🏽",
    "ﷺ",
    "क्षि",
    "각",
    "e\u{301}\u{301}\u{301}",
    "\u{301}\u{302}",
    "\u{1f3fb}",
];

/// Where a hostile part stands.
const FRAMES: [fn(&str) -> String; 5] = [
    |part| part.to_owned(),
    |part| format!("a{part}"),
    |part| format!("{part}b"),
    |part| format!("launch {part} Seattle"),
    |part| format!("{part}{part}東{part}"),
];

/// Every one of them.
pub(crate) fn texts() -> Vec<String> {
    let controls = (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32).map(String::from);
    let sequences = SEQUENCES.iter().map(ToString::to_string);
    let characters = CHARACTERS.iter().map(ToString::to_string);
    let shapes = SHAPES.iter().map(ToString::to_string);
    let parts: Vec<String> = controls.chain(sequences).chain(characters).chain(shapes).collect();
    let framed = parts.iter().flat_map(|part| FRAMES.iter().map(move |frame| frame(part)));
    let floods = [
        "a".repeat(10_000),
        format!("a{}", "\u{301}".repeat(2_000)),
        "👩‍".repeat(500),
        "\u{200b}".repeat(5_000),
        "=cmd|' /C calc'!A0".to_owned(),
        "%s%n%x {} {0} \\u{41}".to_owned(),
        "..%2f..%2f".to_owned(),
        String::new(),
        "   ".to_owned(),
    ];
    framed.chain(floods).collect()
}
