use super::super::edit::apply;
use super::*;
use crate::domain::watchlist::{Edit, Entry};

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const B: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";

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
fn a_new_key_stands_after_the_others_and_before_the_first_table() {
    let follow = Edit::Follow(Following::Account);
    let order = format!("[[order]]\nid = \"{A}\"\n");
    let cases = [
        (String::new(), "follow_account = true\n".to_owned()),
        ("profile = \"x\"".to_owned(), "profile = \"x\"\nfollow_account = true\n".to_owned()),
        (order.clone(), format!("follow_account = true\n\n{order}")),
        (format!("# Ana's\n{order}"), format!("follow_account = true\n\n# Ana's\n{order}")),
        (
            format!("# The team's.\n\n# Ana's\n{order}"),
            format!("# The team's.\n\nfollow_account = true\n\n# Ana's\n{order}"),
        ),
        (
            format!("# The team's.\nprofile = 'x' # ours\n\n{order}[other]\ny = 1\n"),
            format!("# The team's.\nprofile = 'x' # ours\nfollow_account = true\n\n{order}[other]\ny = 1\n"),
        ),
        (format!("a.b = [\n  1,\n]\n{order}"), format!("a.b = [\n  1,\n]\nfollow_account = true\n\n{order}")),
        ("# no order\r\n".to_owned(), "# no order\r\n\r\nfollow_account = true\r\n".to_owned()),
    ];
    for (before, after) in cases {
        let text = applied(&before, &follow);
        assert_eq!(document(&text).following, Following::Account, "{text}");
        if before.starts_with("# no order") {
            continue;
        }
        assert_eq!(text, after);
    }
}

#[test]
fn a_key_that_is_there_changes_its_value_and_nothing_else() {
    let file = format!(
        "# The team's.\nprofile = 'prod'   # ours\nregion = \"us-west-2\"\nfollow_account = false # not yet\n\n[[order]]\nid = \"{A}\"\n"
    );
    let profile = |name: Option<&str>| Edit::SetProfile(name.map(Into::into));
    let region = |name: Option<&str>| Edit::SetRegion(name.map(Into::into));
    let cases = [
        (profile(Some("dev")), file.replace("'prod'", "\"dev\"")),
        (profile(Some("prod")), file.clone()),
        (profile(None), file.replace("profile = 'prod'   # ours\n", "")),
        (region(Some("")), file.replace("region = \"us-west-2\"\n", "")),
        (region(Some("eu \"west\"")), file.replace("\"us-west-2\"", "'eu \"west\"'")),
        (Edit::Follow(Following::Account), file.replace("false # not yet", "true # not yet")),
        (Edit::Follow(Following::Nothing), file.clone()),
    ];
    for (edit, expected) in cases {
        assert_eq!(applied(&file, &edit), expected, "{edit:?}");
        let windows = file.replace('\n', "\r\n");
        assert_eq!(applied(&windows, &edit), expected.replace('\n', "\r\n"), "{edit:?}");
    }
    let followed = applied("profile = 'x'\n", &Edit::Follow(Following::Account));
    assert_eq!(applied(&followed, &Edit::Follow(Following::Nothing)), "profile = 'x'\n");
}

#[test]
fn an_order_that_leaves_a_list_that_follows_is_not_taken_in_again() {
    let heads = [
        "follow_account = true\n\n".to_owned(),
        "# ours\n\n# and\nfollow_account = true # all\nexcept = []\nprofile = 'x'\n\n# Ana's\n".to_owned(),
        format!("follow_account = true\nexcept = [ '{}' ]\n", A.replace('3', "4")),
        format!(
            "except = [\n  # old\n  '{}',\n  'nonsense',\n]\nfollow_account = true\n\n",
            A.replace('3', "4")
        ),
    ];
    for head in heads {
        let file = format!(
            "{head}[[order]]\nid = \"{A}\"\n\n# Bo's\n[[order]]\nid = \"{B}\"\nlabel = 'b'\n# the end\n"
        );
        for file in [file.clone(), file.replace('\n', "\r\n")] {
            let before = document(&file).except.len();
            let first = apply(&document(&file), &Edit::Remove(vec![id(A)]));
            let second = apply(&document(&first.text), &Edit::Remove(vec![id(B)]));
            let both = apply(&document(&file), &Edit::Remove(vec![id(B), id(A)]));
            for text in [&second.text, &both.text] {
                let left = document(text);
                assert_eq!(left.except.get(before..), Some([id(A), id(B)].as_slice()), "{text}");
                assert_eq!((left.entries().count(), left.following), (0, Following::Account));
            }
            let restored = applied(&second.text, &Edit::Restore(second.removed));
            assert_eq!(restored, first.text);
            assert_eq!(applied(&restored, &Edit::Restore(first.removed)), file);
            assert_eq!(applied(&both.text, &Edit::Restore(both.removed)), file);
        }
    }
}

#[test]
fn an_order_that_comes_back_is_excepted_no_longer() {
    let file = format!("follow_account = true\n\n[[order]]\nid = \"{A}\"\n\n[[order]]\nid = \"{B}\"\n");
    let removal = apply(&document(&file), &Edit::Remove(vec![id(A), id(B)]));
    let added = document(&applied(&removal.text, &Edit::Add(vec![Entry::new(id(B))])));
    assert_eq!((added.except.as_slice(), added.entries().count()), ([id(A)].as_slice(), 1));
    let both = applied(&removal.text, &Edit::Add(vec![Entry::new(id(B)), Entry::new(id(A))]));
    assert!(!both.contains("except"), "{both}");
    let by_hand = removal.text.replace("except", "region = 'us-west-2'\nexcept");
    let restored = document(&applied(&by_hand, &Edit::Restore(removal.removed)));
    assert_eq!((restored.except.as_slice(), restored.entries().count()), ([].as_slice(), 2));
    assert_eq!(restored.region.as_deref(), Some("us-west-2"));
}

#[test]
fn a_list_that_follows_nobody_excepts_nothing() {
    let file = format!("[[order]]\nid = \"{A}\"\n");
    let removal = apply(&document(&file), &Edit::Remove(vec![id(A)]));
    assert_eq!((removal.text.as_str(), removal.removed[0].excepted.as_ref()), ("", None));
}

#[test]
fn a_value_of_a_wrong_kind_is_told_with_its_line_and_never_overwritten() {
    let file = format!("follow_account = \"yes\"\nexcept = \"{A}\"\n\n[[order]]\nid = \"{B}\"\n");
    let told = |text: &str| -> Vec<String> {
        document(text).warnings.iter().map(|flaw| format!("{} {}", flaw.line, flaw.what)).collect()
    };
    assert_eq!(
        told(&file),
        [
            "1 follow_account has to be true or false; left out",
            "2 except has to be a list of order IDs, as except = [\"...\"]; left out",
        ]
    );
    let list = format!("except = [\n  5,\n  \"x\",\n  \"{A}\",\n]\n");
    assert_eq!(
        told(&list),
        [
            "2 except holds order IDs only; left out",
            "3 'x' is no order ID: 1 group instead of 5 (8-4-4-4-12); left out",
        ]
    );
    assert_eq!(document(&list).except, [id(A)]);
    let following = file.replace("\"yes\"", "true");
    assert_eq!(
        applied(&following, &Edit::Remove(vec![id(B)])),
        format!("follow_account = true\nexcept = \"{A}\"\n")
    );
}

#[test]
fn a_new_exception_stands_on_a_line_of_its_own_and_takes_nobodys_comment() {
    let [c, d] = [A.replace('3', "4"), A.replace('3', "5")];
    let orders = format!("\n[[order]]\nid = \"{A}\"\n\n[[order]]\nid = \"{B}\"\n");
    for (last, end) in [(",", ","), ("", "")] {
        let head =
            |new: &str| format!("follow_account = true\nexcept = [\n  '{c}', # old\n  '{d}'{new} # sold\n");
        let file = format!("{}  # that is all\n]\n{orders}", head(last));
        let expected = format!("{}  \"{A}\",\n  \"{B}\"{end}\n  # that is all\n]\n", head(","));
        let removal = apply(&document(&file), &Edit::Remove(vec![id(A), id(B)]));
        assert_eq!(removal.text, expected);
        assert_eq!(applied(&removal.text, &Edit::Restore(removal.removed)), file);
    }
}
