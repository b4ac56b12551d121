use super::*;
use crate::domain::{
    FocDate, Numbers, OrderStatus, OrderType, PhoneNumberOrder, PhoneNumberOrderId, ProductType, Scope,
};

pub(in crate::app) const ID: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

/// An order of two numbers, one of which failed.
pub(in crate::app) fn subject(label: &str) -> Subject {
    let id = PhoneNumberOrderId::parse(ID).unwrap();
    let order = PhoneNumberOrder {
        id,
        product_type: Some(ProductType::VoiceConnector),
        status: OrderStatus::Partial,
        order_type: Some(OrderType::New),
        numbers: Numbers::new([("+18335550100", "Acquired"), ("+18335550107", "Failed")]),
        created: Some("2026-11-23T10:01:00Z".parse().unwrap()),
        updated: Some("2026-11-23T10:02:00Z".parse().unwrap()),
        foc_date: Some(FocDate::new("2026-11-28")),
    };
    let scope = Scope { profile: Some("prod".into()), region: "us-east-1".into(), endpoint: None };
    Subject {
        entry: Entry { label: Some(label.into()), ..Entry::new(id) },
        key: Some(OrderKey { scope: Arc::new(scope), id }),
        snapshot: Some(Arc::new(Snapshot::first(order, "2026-11-23T14:03:05.5Z".parse().unwrap()))),
    }
}

fn unread() -> Subject {
    Subject { snapshot: None, key: None, ..subject("Boise") }
}

#[test]
fn every_form_of_one_order() {
    let order = [subject("Toll-free")];
    let texts = Form::ALL.map(|form| form.text(&order));
    let json = format!(
        r#"{{
    "PhoneNumberOrder": {{
        "PhoneNumberOrderId": "{ID}",
        "ProductType": "VoiceConnector",
        "Status": "Partial",
        "OrderType": "New",
        "OrderedPhoneNumbers": [
            {{
                "E164PhoneNumber": "+18335550100",
                "Status": "Acquired"
            }},
            {{
                "E164PhoneNumber": "+18335550107",
                "Status": "Failed"
            }}
        ],
        "CreatedTimestamp": "2026-11-23T10:01:00Z",
        "UpdatedTimestamp": "2026-11-23T10:02:00Z",
        "FocDate": "2026-11-28"
    }}
}}"#
    );
    assert_eq!(
        texts,
        [
            ID.to_owned(),
            "+18335550100\n+18335550107".to_owned(),
            "+18335550107".to_owned(),
            json,
            format!("| Toll-free | Partial | 1/2 | 1 | 28 Nov 2026 | {ID} |"),
            format!(
                "aws chime-sdk-voice get-phone-number-order --phone-number-order-id {ID} --region us-east-1 --profile prod"
            ),
            "https://console.aws.amazon.com/chime-sdk/home?region=us-east-1".to_owned(),
        ]
    );
}

#[test]
fn several_orders_are_a_line_each_and_a_table_has_its_head() {
    let orders = [subject("Toll-free"), unread()];
    assert_eq!(Form::Ids.text(&orders), format!("{ID}\n{ID}"));
    assert_eq!(
        Form::Markdown.text(&orders),
        format!(
            "| Order | Status | Done | Failed | FOC | ID |\n|---|---|--:|--:|---|---|\n\
             | Toll-free | Partial | 1/2 | 1 | 28 Nov 2026 | {ID} |\n\
             | Boise | not read yet |  |  |  | {ID} |"
        )
    );
    let json = Form::Json.text(&orders);
    let lines: Vec<_> = json.lines().collect();
    assert_eq!(
        (lines.len(), lines[1]),
        (2, format!(r#"{{"PhoneNumberOrder":{{"PhoneNumberOrderId":"{ID}"}}}}"#).as_str())
    );
    assert_eq!(Form::Command.text(&orders).lines().count(), 1);
}

#[test]
fn what_is_ours_stands_beside_the_order() {
    let record = json::record(&Subject {
        entry: Entry { note: Some("\u{1b}[2J".into()), ..unread().entry },
        ..subject("Boise")
    });
    let ours = r#","Bucket":"partial","ObservedAt":"2026-11-23T14:03:05Z","Label":"Boise","Note":"\u001b[2J","Profile":"prod","Region":"us-east-1"}"#;
    assert!(record.ends_with(ours), "{record}");
    assert!(serde_json::from_str::<serde_json::Value>(&record).is_ok());
}

#[test]
fn a_shell_reads_one_word_whatever_is_in_it() {
    let cases = [
        ("us-east-1", "us-east-1"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("", "''"),
        ("two words", "'two words'"),
        ("$(rm -rf ~)", "'$(rm -rf ~)'"),
        ("it's", r"'it'\''s'"),
        ("a;b", "'a;b'"),
        ("!!", "'!!'"),
        ("-rf", "-rf"),
        ("\u{1b}[2J\n", r"'\u{1b}[2J\u{a}'"),
    ];
    for (word, expected) in cases {
        assert_eq!(command::quoted(word), expected);
    }
    let mut order = subject("x");
    let scope =
        Scope { profile: None, region: "us-west-2".into(), endpoint: Some("http://localhost:1/a b".into()) };
    order.key = order.key.map(|key| OrderKey { scope: Arc::new(scope), ..key });
    assert_eq!(
        Form::Command.text(&[order]),
        format!(
            "aws chime-sdk-voice get-phone-number-order --phone-number-order-id {ID} --region us-west-2 \
             --endpoint-url 'http://localhost:1/a b'"
        )
    );
}

#[test]
fn a_table_keeps_its_columns_whatever_is_in_a_cell() {
    assert_eq!(markdown::cell(r"a|b `c` *d* <e> \"), r"a\|b \`c\` \*d\* \<e\> \\");
    assert_eq!(markdown::cell("![x](http://y)\nz"), r"\!\[x\](http://y) z");
}

#[test]
fn a_spreadsheet_takes_no_cell_for_a_formula_and_a_number_stays_one() {
    let cases = [
        ("Toll-free", "Toll-free"),
        ("a,b", "\"a,b\""),
        ("say \"x\"", "\"say \"\"x\"\"\""),
        ("+12065550100", "+12065550100"),
        ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
        ("+1 206", "'+1 206"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("two\nlines", "\"two\nlines\""),
    ];
    for (text, expected) in cases {
        assert_eq!(csv::cell(text), expected);
    }
}

#[test]
fn orders_are_rows_below_the_names_of_their_columns() {
    let head = "order_id,label,status,order_type,product_type,acquired,failed,waiting,total,created,updated,foc_date,\
                read_at,profile,region,note\r\n";
    let row = format!(
        "{ID},Toll-free,Partial,New,VoiceConnector,1,1,0,2,2026-11-23T10:01:00Z,2026-11-23T10:02:00Z,2026-11-28,\
         2026-11-23T14:03:05Z,prod,us-east-1,\r\n"
    );
    let unread_row = format!("{ID},Boise,,,,,,,,,,,,,,\r\n");
    assert_eq!(csv::orders(&[subject("Toll-free"), unread()]), [head, &row, &unread_row].concat());
}
