//! What the README says about keys is what the program does.

use chimewatch::app::filter::KEYS;
use chimewatch::app::key_names::KeyLine;
use chimewatch::cli::facts::EXIT_CODES;
use chimewatch::keymap::Keymap;

const START: &str = "<!-- keys -->\n";
const END: &str = "<!-- /keys -->";

fn table() -> String {
    let line = |row: KeyLine| {
        let keys: Vec<String> = row.keys.split(", ").map(|key| format!("`{key}`")).collect();
        format!("| {} | {} |\n", keys.join(" "), row.summary)
    };
    let lines = Keymap::default().rows(None).into_iter().map(line);
    std::iter::once("| key | does |\n|---|---|\n".to_owned()).chain(lines).collect()
}

#[test]
fn the_table_of_the_filter_is_that_of_the_program() {
    let lines = KEYS.iter().map(|spec| format!("| `{}` | {} |\n", spec.example, spec.summary));
    let expected: String =
        std::iter::once("| term | asks for |\n|---|---|\n".to_owned()).chain(lines).collect();
    let readme = include_str!("../README.md");
    let (_, rest) = readme.split_once("<!-- filter -->\n").expect("the README marks where its filter starts");
    let (shown, _) = rest.split_once("<!-- /filter -->").expect("the README marks where its filter ends");
    assert_eq!(shown, expected, "put this between the marks of the README:\n{expected}");
}

#[test]
fn the_table_of_exit_codes_is_that_of_the_help() {
    let lines = EXIT_CODES.iter().map(|(code, meaning)| format!("| {code} | {meaning} |\n"));
    let expected: String =
        std::iter::once("| exit code | means |\n|---|---|\n".to_owned()).chain(lines).collect();
    let readme = include_str!("../README.md");
    let (_, rest) =
        readme.split_once("<!-- exit codes -->\n").expect("the README marks where its codes start");
    let (shown, _) = rest.split_once("<!-- /exit codes -->").expect("the README marks where its codes end");
    assert_eq!(shown, expected, "put this between the marks of the README:\n{expected}");
}

#[test]
fn the_table_of_keys_is_the_keymap() {
    let readme = include_str!("../README.md");
    let (_, rest) = readme.split_once(START).expect("the README marks where its keys start");
    let (shown, _) = rest.split_once(END).expect("the README marks where its keys end");
    let expected = table();
    assert_eq!(shown, expected, "put this between the marks of the README:\n{expected}");
}
