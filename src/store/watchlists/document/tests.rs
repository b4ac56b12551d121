use super::*;

const FILE: &str = r#"# The team's orders.
profile = "prod"
region = "us-west-2"

# Launch week.

# asked for by Ana
[[order]]   # first
id = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d"
label = "Seattle launch" # big
note = """
# no comment
two"""
ticket = 42

[order.more]
key = 1

[[order]]
id = "9AE4F377-0c1e-4b52-8d60-5a1be77c0b1c"
region = "us-east-1"
# after it

[other]
x = 1

[[order]]
id = "nonsense"

[[order]]
id = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c"

[[order]]
label = 5

# the end
"#;

#[test]
fn every_order_has_its_bytes_its_entry_and_its_flaws() {
    let document = Document::parse(FILE.to_owned()).unwrap();
    let pieces: Vec<_> = document.blocks.iter().map(|block| FILE.get(block.range.clone()).unwrap()).collect();
    assert_eq!(
        pieces,
        [
            "\n# asked for by Ana\n[[order]]   # first\nid = \"3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d\"\nlabel = \"Seattle \
             launch\" # big\nnote = \"\"\"\n# no comment\ntwo\"\"\"\nticket = 42\n\n[order.more]\nkey = 1\n",
            "\n[[order]]\nid = \"9AE4F377-0c1e-4b52-8d60-5a1be77c0b1c\"\nregion = \"us-east-1\"\n",
            "\n[[order]]\nid = \"nonsense\"\n",
            "\n[[order]]\nid = \"9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c\"\n",
            "\n[[order]]\nlabel = 5\n",
        ]
    );
    assert_eq!((document.profile.as_deref(), document.region.as_deref()), (Some("prod"), Some("us-west-2")));
    let first = PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
    let second = PhoneNumberOrderId::parse("9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c").unwrap();
    let entries: Vec<_> = document.entries().cloned().collect();
    assert_eq!(
        entries,
        [
            Entry {
                label: Some("Seattle launch".into()),
                note: Some("# no comment\ntwo".into()),
                ..Entry::new(first)
            },
            Entry { region: Some("us-east-1".into()), ..Entry::new(second) },
        ]
    );
    let warnings: Vec<_> =
        document.warnings.iter().map(|flaw| format!("{} {}", flaw.line, flaw.what)).collect();
    assert_eq!(
        warnings,
        [
            "28 'nonsense' is no order ID: 1 group instead of 5 (8-4-4-4-12); left out",
            "30 9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c is in the list already; left out",
            "33 this order has no id; left out",
        ]
    );
}

#[test]
fn a_file_that_is_no_list_is_told_with_its_line() {
    let cases = [
        ("profile = \"prod\"\norder = 5\n", 2, "'order' has to be [[order]] tables"),
        ("\n\n[order]\nid = 1\n", 3, "'order' has to be [[order]] tables"),
        ("profile = \"a\"\nprofile = \"b\"\n", 2, "duplicate key"),
    ];
    for (text, line, what) in cases {
        assert_eq!(Document::parse(text.to_owned()).unwrap_err(), Flaw { line, what: what.to_owned() });
    }
    assert!(Document::parse(String::new()).unwrap().blocks.is_empty());
}
