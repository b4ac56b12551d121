use super::*;

fn item(name: &str, detail: &str) -> Item {
    Item::new(Choice::Region(Some(name.into())), name, detail)
}

fn names(picker: &Picker) -> Vec<&str> {
    picker.shown().map(|item| item.name.as_str()).collect()
}

fn typed(picker: &mut Picker, text: &str) {
    picker.field = Field::holding(text);
    picker.filter_changed();
}

fn palette() -> Picker {
    let items = [
        ("quit", "quit at once"),
        ("ask-now", "ask for this order now, settled or not"),
        ("ask-all", "ask for all that are not settled"),
        ("back-or-quit", "back, at the root quits"),
        ("list quotes", ""),
    ];
    Picker::new(Kind::Palette, items.map(|(name, detail)| item(name, detail)).into())
}

#[test]
fn names_come_before_details_a_start_before_a_middle_and_equals_keep_their_order() {
    let cases: [(&str, &[&str]); 8] = [
        ("", &["quit", "ask-now", "ask-all", "back-or-quit", "list quotes"]),
        ("q", &["quit", "back-or-quit", "list quotes"]),
        ("QUIT", &["quit", "back-or-quit"]),
        ("ask", &["ask-now", "ask-all"]),
        ("ask all", &["ask-all"]),
        ("settled", &["ask-now", "ask-all"]),
        ("bq", &["back-or-quit"]),
        ("zz", &[]),
    ];
    for (filter, expected) in cases {
        let mut picker = palette();
        typed(&mut picker, filter);
        assert_eq!(names(&picker), expected, "{filter}");
    }
}

#[test]
fn ranking_is_stable_among_ten_thousand_equals() {
    let items: Vec<Item> = (0..10_000)
        .map(|number| Item { rank: (0, -number), ..item(&format!("order {number:05}"), "Processing") })
        .collect();
    let mut picker = Picker::new(Kind::Palette, items);
    let newest_first = names(&picker).first() == Some(&"order 09999");
    typed(&mut picker, "processing");
    let filtered: Vec<String> = names(&picker).into_iter().map(str::to_owned).collect();
    typed(&mut picker, "");
    assert_eq!((newest_first, filtered.len()), (true, 10_000));
    assert_eq!(names(&picker), filtered);
}

#[test]
fn the_cursor_follows_its_item_and_rests_at_the_top_until_it_is_moved() {
    let ranked = |names: &[(&str, i64)]| -> Vec<Item> {
        names.iter().map(|(name, rank)| Item { rank: (0, *rank), ..item(name, "") }).collect()
    };
    let at = |picker: &Picker| picker.at_cursor().map(|item| item.name.clone()).unwrap_or_default();
    let mut picker = Picker::new(Kind::Palette, ranked(&[("b", 2), ("c", 3)]));
    picker.set_items(ranked(&[("b", 2), ("c", 3), ("a", 1)]));
    assert_eq!((at(&picker).as_str(), picker.cursor()), ("a", 0));
    picker.go_to(1);
    picker.set_items(ranked(&[("b", 2), ("c", 3), ("a", 1), ("0", 0)]));
    assert_eq!((at(&picker).as_str(), picker.cursor()), ("b", 2));
    picker.set_items(ranked(&[("c", 3), ("a", 1)]));
    assert_eq!((at(&picker).as_str(), picker.cursor()), ("c", 1));
    typed(&mut picker, "a");
    picker.clear_filter();
    assert_eq!((at(&picker).as_str(), names(&picker)), ("a", vec!["a", "c"]));
}

#[test]
fn the_line_for_what_is_folded_away_is_not_counted_and_gone_with_a_filter() {
    let mut items = vec![item("one", ""), item("two", ""), item("three", "")];
    items[1].shows = Shows::Filtered;
    items[2].shows = Shows::Unfiltered;
    let mut picker = Picker::new(Kind::Palette, items);
    let tally = Tally { shown: 1, total: 2, marked: 0 };
    assert_eq!((names(&picker), picker.tally()), (vec!["one", "three"], tally));
    typed(&mut picker, "t");
    assert_eq!((names(&picker), picker.tally()), (vec!["two"], tally));
}

#[test]
fn whatever_is_typed_is_looked_for_and_nothing_ends_the_program() {
    let long = "x".repeat(5_000);
    let items = vec![item(&long, &long), item("Köln 東京 e\u{301}", "é"), item("", "")];
    for filter in [long.as_str(), "koln", "東京", "e\u{301}", "'", "!", "^", "$", "\\", "! ", "\u{202e}"] {
        let mut picker = Picker::new(Kind::Palette, items.clone());
        typed(&mut picker, filter);
        picker.keep_in_sight(1);
        assert!(picker.lines() <= items.len());
    }
}
