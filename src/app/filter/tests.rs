use super::*;
use crate::app::query::lookup::Seen;
use crate::domain::{
    Entry, FocDate, Numbers, OrderKey, OrderStatus, OrderType, PhoneNumberOrder, ProductType, Scope, Snapshot,
};
use jiff::Timestamp;
use proptest::prelude::*;
use std::sync::Arc;

const ID: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn entry() -> Entry {
    Entry {
        label: Some("Seattle launch".into()),
        note: Some("for the office".into()),
        ..Entry::new(ID.parse().unwrap())
    }
}

fn key() -> OrderKey {
    let scope = Scope { profile: Some("prod".into()), region: "us-west-2".into(), endpoint: None };
    OrderKey { scope: Arc::new(scope), id: ID.parse().unwrap() }
}

/// Ported in, 3 numbers of which one failed, created three days before the eye, FOC in five days.
fn snapshot() -> Snapshot {
    let order = PhoneNumberOrder {
        id: ID.parse().unwrap(),
        product_type: Some(ProductType::VoiceConnector),
        status: OrderStatus::Foc,
        order_type: Some(OrderType::Porting),
        numbers: Numbers::new([
            ("+12065550107", "Acquired"),
            ("+12065550108", "Failed"),
            ("ext 12", "Teleported"),
        ]),
        created: Some(at("2026-11-20T12:00:00Z")),
        updated: None,
        foc_date: Some(FocDate::new("2026-11-28")),
    };
    Snapshot::first(order, at("2026-11-22T12:00:00Z"))
}

fn eye() -> Eye {
    Eye { now: at("2026-11-23T12:00:00Z"), started: at("2026-11-23T11:00:00Z") }
}

fn passes(text: &str, snapshot: Option<&Snapshot>) -> bool {
    let (entry, key) = (entry(), key());
    parse(text).unwrap().passes(&Seen::of(&entry, Some(&key), snapshot), &eye())
}

/// Which of the three numbers pass.
fn numbers(text: &str) -> Vec<usize> {
    let (entry, key, snapshot) = (entry(), key(), snapshot());
    let query = parse(text).unwrap();
    let Some(rest) = query.rest(&Seen::of(&entry, Some(&key), Some(&snapshot)), &eye()) else {
        return Vec::new();
    };
    let passing = snapshot.order.numbers.iter().enumerate().filter(|(_, number)| rest.passes(number));
    passing.map(|(index, _)| index).collect()
}

#[test]
fn an_order_passes_when_every_term_holds() {
    let cases = [
        ("", true),
        ("  ", true),
        ("LAUNCH", true),
        ("seattle launch", true),
        ("launch seattle", true),
        ("\"launch seattle\"", false),
        ("91C0-77", true),
        ("foc", true),
        ("boise", false),
        ("!boise", true),
        ("!launch", false),
        ("+1206", true),
        ("+206", false),
        ("206", true),
        ("+1 206 555 0107", true),
        ("(206) 555-01", true),
        ("+1206 +1503", false),
        ("206 0107", false),
        ("ext 12", true),
        ("status:failed,foc", true),
        ("status:FAILED", false),
        ("status=f", true),
        ("status:acq", true),
        ("status:teleported", false),
        ("!status:foc", false),
        ("label:\"seattle launch\"", true),
        ("label:boise,launch", true),
        ("note:office", true),
        ("id:3F2A", true),
        ("id:91c0", false),
        ("number:0107", true),
        ("number:+0107", false),
        ("needs:me", true),
        ("is:stale", true),
        ("is:settled,unread", false),
        ("type:port", true),
        ("type:new", false),
        ("product:voice", true),
        ("region:us-w", true),
        ("profile:prod", true),
        ("profile:rod", false),
        ("age>2d", true),
        ("age<3d", false),
        ("age<=3d", true),
        ("for>23h", true),
        ("for>2d", false),
        ("foc<1w", true),
        ("foc<5d", false),
        ("done<34", true),
        ("done=33%", true),
        ("failed>0", true),
        ("failed:1", true),
        ("numbers>=3 numbers<4", true),
        ("numbers>3", false),
        ("status:foc !label:test +1206 age>2d needs:me", true),
        ("status:foc !label:test +1206 age>4d needs:me", false),
    ];
    for (text, expected) in cases {
        assert_eq!(passes(text, Some(&snapshot())), expected, "{text}");
    }
}

#[test]
fn of_an_order_that_was_not_read_only_its_entry_is_known() {
    for (text, expected) in [
        ("launch", true),
        ("is:unread", true),
        ("status:failed", false),
        ("!status:failed", true),
        ("age>0s", false),
        ("+1206", false),
        ("region:us", true),
    ] {
        assert_eq!(passes(text, None), expected, "{text}");
    }
}

#[test]
fn an_outline_passes_by_what_its_numbers_have_in_common() {
    let mut outline = snapshot();
    outline.order.numbers = Numbers::default();
    outline.detail = crate::domain::snapshot::Detail::Outline;
    outline.pattern = "+1 206 555 01xx ×50".into();
    for (text, expected) in [("+1206", true), ("+12065550107", true), ("+1503", false)] {
        assert_eq!(passes(text, Some(&outline)), expected, "{text}");
    }
}

#[test]
fn terms_about_the_order_are_asked_of_the_numbers_order_and_the_others_of_the_number() {
    let cases: [(&str, &[usize]); 14] = [
        ("", &[0, 1, 2]),
        ("launch", &[0, 1, 2]),
        ("boise", &[]),
        ("0107", &[0]),
        ("!0107", &[1, 2]),
        ("acq", &[0]),
        ("status:failed", &[1]),
        ("status:failed,foc", &[0, 1, 2]),
        ("status:foc", &[0, 1, 2]),
        ("status:unknown", &[2]),
        ("status:acq,unknown", &[0, 2]),
        ("label:launch number:+1206", &[0, 1]),
        ("!label:launch", &[]),
        ("age>2d failed>0 0108", &[1]),
    ];
    for (text, expected) in cases {
        assert_eq!(numbers(text), expected, "{text}");
    }
}

#[test]
fn a_mistake_is_marked_and_said_with_the_near_name() {
    use Flaw::{AtKey, Mistaken, Unfinished};
    let cases = [
        ("launch statsu:failed", 7..13, "no key is called 'statsu'; status?", AtKey),
        ("http://x", 0..4, "no key is called 'http'; in quotes it is text", AtKey),
        ("status:faled", 7..12, "no state is called 'faled'; failed?", Mistaken),
        ("status:failed,partail", 14..21, "no state is called 'partail'; partial?", Mistaken),
        ("is:setled", 3..9, "'setled' is no word of is; settled?", Mistaken),
        ("needs:you", 6..9, "needs takes me", Mistaken),
        ("age>x", 4..5, "age wants a time, as in age>2d", Mistaken),
        ("age:2d", 0..4, "age takes < or >; age>2d", AtKey),
        ("label>2", 0..6, "label takes no >; label:\"toll free\"", AtKey),
        ("failed>99999999999999999999", 7..27, "failed wants a number, as in failed>0", Mistaken),
        ("number:abc", 7..10, "number wants digits, as in number:0107", Mistaken),
        ("status: failed", 0..7, "status wants a state, as in status:failed,partial", Mistaken),
        ("\"a\"b", 0..3, "a quote ends its word", Mistaken),
        ("label:\"\"", 6..8, "nothing stands in the quotes", Mistaken),
        ("launch status:", 7..14, "status wants a state, as in status:failed,partial", Unfinished),
        ("status:failed,", 0..14, "status wants a state, as in status:failed,partial", Unfinished),
        ("done<", 0..5, "done wants a percentage, as in done<50", Unfinished),
        ("age>2", 4..5, "age wants a time, as in age>2d", Unfinished),
        ("x !", 2..3, "! hides what comes after it", Unfinished),
        ("label:\"toll", 0..11, "the quote has no end yet", Unfinished),
    ];
    for (text, span, why, flaw) in cases {
        assert_eq!(parse(text), Err(Wrong { span, why: why.to_owned(), flaw }), "{text}");
    }
}

#[test]
fn what_is_not_finished_asks_for_nothing_yet() {
    assert_eq!(in_force("launch status:"), Some("launch"));
    assert_eq!(in_force("label:\"toll"), Some(""));
    assert_eq!(in_force("launch !"), Some("launch"));
    assert_eq!(in_force("launch !statsu:x"), Some("launch"));
    assert_eq!(in_force("launch status:faled"), None);
    assert_eq!(in_force("launch status:f"), Some("launch status:f"));
}

#[test]
fn every_term_is_a_chip_as_it_was_typed() {
    let text = "  status:failed,partial  !label:\"a b\" +1 206 555 +1503  x ";
    let chips = ["status:failed,partial", "!label:\"a b\"", "+1 206 555", "+1503", "x"];
    assert_eq!(parse(text).unwrap().chips(text), chips);
}

#[test]
fn the_word_before_the_cursor_is_completed_as_far_as_one_way_leads() {
    let cases = [
        ("st", Some("status:")),
        ("launch !reg", Some("launch !region:")),
        ("no", Some("note:")),
        ("num", Some("number")),
        ("numbers", Some("numbers>")),
        ("do", Some("done<")),
        ("status:fa", Some("status:failed")),
        ("status:failed,pa", Some("status:failed,partial")),
        ("status:can", Some("status:cancel")),
        ("is:set", Some("is:settled")),
        ("label:x", None),
        ("", None),
        ("status:", None),
        ("xyz", None),
    ];
    for (text, expected) in cases {
        let completed = complete(text, text.chars().count());
        let expected = expected.map(|text| (text.to_owned(), text.chars().count()));
        assert_eq!(completed, expected, "{text}");
    }
    assert_eq!(complete("st failed", 2), Some(("status: failed".to_owned(), 7)));
}

#[test]
fn every_example_of_the_table_parses_and_every_state_of_an_order_is_a_word_of_it() {
    for spec in KEYS {
        assert!(parse(spec.example).is_ok(), "{}", spec.example);
        assert!(spec.example.starts_with(spec.name), "{}", spec.example);
    }
    let words = keys::KeySpec::named("status").unwrap().words();
    for status in OrderStatus::KNOWN {
        assert!(words.contains(&status.raw().to_lowercase().as_str()), "{status}");
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z:<>=!,\"+0-9 ]{0,6}",
        "\\PC{0,3}",
        prop::sample::select(KEYS).prop_map(|spec| spec.example.to_owned()),
        Just(" ".to_owned()),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_panics_and_its_chips_ask_for_the_same(text in text()) {
        match parse(&text) {
            Ok(query) => {
                let again = parse(&query.chips(&text).join(" "));
                prop_assert!(again.is_ok_and(|again| again.asks_the_same(&query)), "{text:?}");
            }
            Err(wrong) => {
                prop_assert!(text.get(wrong.span.clone()).is_some_and(|spot| !spot.is_empty()), "{wrong:?}");
            }
        }
        let (entry, key, snapshot) = (entry(), key(), snapshot());
        let query = Query::of(in_force(&text).unwrap_or_default());
        query.passes(&Seen::of(&entry, Some(&key), Some(&snapshot)), &eye());
        complete(&text, text.chars().count() / 2);
    }
}
