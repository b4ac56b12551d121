//! What the README says about keys is what the program does.

use chimewatch::app::key_names::KeyLine;
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
fn the_table_of_keys_is_the_keymap() {
    let readme = include_str!("../README.md");
    let (_, rest) = readme.split_once(START).expect("the README marks where its keys start");
    let (shown, _) = rest.split_once(END).expect("the README marks where its keys end");
    let expected = table();
    assert_eq!(shown, expected, "put this between the marks of the README:\n{expected}");
}
