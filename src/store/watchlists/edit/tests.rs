use super::*;

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const B: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";
const C: &str = "abc12345-de67-89f0-123g-h45i678j9012";

const FILE: &str = r#"# The team's orders.
profile = "prod"

# Launch week.

# asked for by Ana
[[order]]
id = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d"
label = "Seattle launch"   # big
ticket = 42

# Toll-free:
[[order]]
id = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c"

# the end
"#;

fn id(text: &str) -> PhoneNumberOrderId {
    PhoneNumberOrderId::parse(text).unwrap()
}

fn document(text: &str) -> Document {
    Document::parse(text.to_owned()).unwrap()
}

fn applied(text: &str, edit: &Edit) -> String {
    apply(&document(text), edit).text
}

#[test]
fn an_added_order_stands_at_the_end_and_one_that_is_there_is_left_alone() {
    let label = Entry { label: Some("Toll \"free\"".into()), ..Entry::new(id(C)) };
    let edit = Edit::Add(vec![Entry::new(id(&A.to_uppercase())), label.clone(), label]);
    let added = format!("\n[[order]]\nid = \"{C}\"\nlabel = 'Toll \"free\"'\n");
    assert_eq!(applied(FILE, &edit), format!("{FILE}{added}"));
    assert_eq!(
        applied("", &Edit::Add(vec![Entry::new(id(A)), Entry::new(id(B))])),
        format!("[[order]]\nid = \"{A}\"\n\n[[order]]\nid = \"{B}\"\n")
    );
    assert_eq!(
        applied("profile = \"x\"\r\n# no end", &Edit::Add(vec![Entry::new(id(A))])),
        format!("profile = \"x\"\r\n# no end\r\n\r\n[[order]]\r\nid = \"{A}\"\r\n")
    );
}

#[test]
fn a_removal_takes_its_own_comment_and_leaves_headings() {
    let removal = apply(&document(FILE), &Edit::Remove(vec![id(A), id(B), id(C)]));
    assert_eq!(removal.text, "# The team's orders.\nprofile = \"prod\"\n\n# Launch week.\n\n# the end\n");
    let places: Vec<_> =
        removal.removed.iter().map(|removed| (removed.entry.id.to_string(), removed.place)).collect();
    assert_eq!(places, [(A.to_owned(), 0), (B.to_owned(), 1)]);
    assert_eq!(removal.removed[1].text, format!("\n# Toll-free:\n[[order]]\nid = \"{B}\"\n"));
}

#[test]
fn what_was_removed_comes_back_byte_for_byte() {
    let endless = FILE.trim_end_matches("\n\n# the end\n").to_owned();
    let windows = FILE.replace('\n', "\r\n");
    for file in [FILE, &endless, &windows, &FILE.replace("[[order]]", "  [[order]]")] {
        for ids in [vec![id(A)], vec![id(B)], vec![id(B), id(A)]] {
            let removal = apply(&document(file), &Edit::Remove(ids.clone()));
            assert_ne!(removal.text, file);
            assert_eq!(applied(&removal.text, &Edit::Restore(removal.removed)), file, "{ids:?}");
        }
    }
}

#[test]
fn what_was_removed_comes_back_at_its_place_in_a_file_that_was_edited_since() {
    let removal = apply(&document(FILE), &Edit::Remove(vec![id(A)]));
    let since = format!("# new first line, longer than before\n{}", removal.text);
    let restored = document(&applied(&since, &Edit::Restore(removal.removed.clone())));
    let ids: Vec<_> = restored.entries().map(|entry| entry.id).collect();
    assert_eq!(ids, [id(A), id(B)]);
    assert_eq!(restored.entries().next().unwrap(), &removal.removed[0].entry);
    assert_eq!(applied(FILE, &Edit::Restore(removal.removed)), FILE, "it is there already");
}

#[test]
fn a_description_changes_its_values_and_nothing_else() {
    let describe = |label: &str, note: &str| {
        Edit::Describe(vec![Description { id: id(A), label: Some(label.into()), note: Some(note.into()) }])
    };
    assert_eq!(
        applied(FILE, &describe("Boise", "two\nlines")),
        FILE.replace(
            "label = \"Seattle launch\"   # big\nticket = 42\n",
            "label = \"Boise\"   # big\nticket = 42\nnote = \"\"\"\ntwo\nlines\"\"\"\n"
        )
    );
    assert_eq!(applied(FILE, &describe("", "")), FILE.replace("label = \"Seattle launch\"   # big\n", ""));
    assert_eq!(applied(FILE, &describe("Seattle launch", "")), FILE);
    let windows = FILE.replace('\n', "\r\n");
    assert_eq!(applied(&windows, &describe("Seattle launch", "")), windows);
    assert_eq!(
        applied(FILE, &Edit::Describe(vec![Description { id: id(C), label: None, note: None }])),
        FILE
    );
}

#[test]
fn hostile_texts_come_back_as_they_were() {
    let label = "\u{1b}[2J\u{202e}\"'''\"\"\"\\ \r\n# [[order]]\u{0}\u{7f}";
    let entry = Entry { label: Some(label.into()), ..Entry::new(id(A)) };
    let text = applied("", &Edit::Add(vec![entry.clone()]));
    assert_eq!(document(&text).entries().collect::<Vec<_>>(), [&entry]);
    assert_eq!(empty(Some("prod"), None), "profile = \"prod\"\n");
}
