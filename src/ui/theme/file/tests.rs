use super::*;
use proptest::prelude::*;

fn problems(text: &str) -> Vec<String> {
    read("themes/mine.toml", text, Depth::True).problems.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_known_is_taken() {
    let text = "about = \"mine\"\ninherits = \"dark\"\nneed = { fg = \"red\", bold = true, dim = false }\n\
                [done]\nfg = 28\nbg = \"#d75f00\"\nunderline = true\n";
    let need = Look { fg: Some(Color::Red), modifiers: Modifier::BOLD, ..Look::default() };
    let done = Look {
        fg: Some(Color::Indexed(28)),
        bg: Some(Color::Rgb(0xd7, 0x5f, 0)),
        modifiers: Modifier::UNDERLINED,
    };
    let mut said = read("themes/mine.toml", text, Depth::True);
    said.looks.sort_by_key(|(part, _)| *part as usize);
    let expected = Said {
        about: Some("mine".to_owned()),
        inherits: Some("dark"),
        looks: vec![(Part::Need, need), (Part::Done, done)],
        problems: vec![],
    };
    assert_eq!(said, expected);
}

#[test]
fn of_two_colours_the_second_is_for_a_terminal_of_sixteen() {
    let need = |text, depth| read("themes/mine.toml", text, depth).looks.first().map(|(_, look)| look.fg);
    let text = "need = { fg = [130, \"magenta\"] }";
    assert_eq!(need(text, Depth::Indexed), Some(Some(Color::Indexed(130))));
    assert_eq!(need(text, Depth::Sixteen), Some(Some(Color::Magenta)));
    let what = "two colours are for 256 and for sixteen, as [130, \"magenta\"]";
    assert_eq!(problems("need = { fg = [130] }"), [format!("themes/mine.toml:1 {what}")]);
}

#[test]
fn each_mistake_is_named_with_its_line_and_what_was_meant() {
    let cases = [
        ("\nneed = { fg = \"bluee\" }", "2 there is no colour 'bluee': blue"),
        ("need = { fg = 256 }", "1 there is no colour 256: 0 to 255"),
        ("need = { fg = -1 }", "1 there is no colour -1: 0 to 255"),
        ("need = { fg = true }", "1 a colour is \"red\", 0 to 255, or \"#d75f00\""),
        ("need = { bg = \"#12\" }", "1 '#12' is no colour: one looks like #d75f00"),
        ("need = { blod = true }", "1 a look has no 'blod': fg, bg, bold, dim, italic, underline, reverse"),
        ("need = { bold = 1 }", "1 bold is true or false"),
        ("need = \"red\"", "1 a look is written as { fg = \"red\", bold = true }"),
        ("nead = {}", "1 there is nothing called 'nead': need"),
        ("inherits = \"blue\"", "1 inherits is one of auto, dark, light, high-contrast, colour-blind, mono"),
        ("about = 5", "1 about is a text, as \"for a dark background\""),
    ];
    for (text, expected) in cases {
        assert_eq!(problems(text), [format!("themes/mine.toml:{expected}")], "{text}");
    }
}

#[test]
fn a_mistake_costs_its_own_look_only() {
    let text = "need = { fg = \"bluee\", bold = true }\ndone = { fg = \"green\" }\nkey = {\n";
    let said = read("f", text, Depth::True);
    let green = Look { fg: Some(Color::Green), ..Look::default() };
    assert_eq!(said.looks, [(Part::Done, green)]);
    assert_eq!(
        said.problems.first().map(ToString::to_string).unwrap(),
        "f:1 there is no colour 'bluee': blue"
    );
    assert!(said.problems.len() > 1);
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_right_in_it_counts(before in any::<String>(), after in ".{0,40}") {
        read("f", &before, Depth::Indexed);
        let text = format!("done = {{ fg = 28 }}\nneed = {after}\n");
        let said = read("f", &text, Depth::Indexed);
        let done = Look { fg: Some(Color::Indexed(28)), ..Look::default() };
        prop_assert!(said.looks.contains(&(Part::Done, done)));
    }

    #[test]
    fn any_look_is_taken_whole_or_told(
        part in proptest::sample::select(PARTS.iter().map(|(_, name)| *name).collect::<Vec<_>>()),
        key in proptest::sample::select(vec!["fg", "bg", "bold", "dim", "colour"]),
        value in prop_oneof![Just("true".to_owned()), "[0-9]{1,4}", "\"[a-z#0-9-]{0,8}\""],
    ) {
        let said = read("f", &format!("{part} = {{ {key} = {value} }}"), Depth::True);
        prop_assert_eq!(said.looks.len() + said.problems.len(), 1);
    }
}
