use super::*;
use crate::domain::NumberStatus;

const ID: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

fn id() -> PhoneNumberOrderId {
    PhoneNumberOrderId::parse(ID).unwrap()
}

fn read(members: &str) -> Result<PhoneNumberOrder, WireError> {
    order(format!(r#"{{"PhoneNumberOrder":{{{members}}}}}"#).as_bytes(), id())
}

fn bare() -> PhoneNumberOrder {
    PhoneNumberOrder {
        id: id(),
        product_type: None,
        status: OrderStatus::parse(""),
        order_type: None,
        numbers: Numbers::default(),
        created: None,
        updated: None,
        foc_date: None,
    }
}

#[test]
fn every_member_is_read() {
    let members = format!(
        r#""PhoneNumberOrderId":"{ID}","ProductType":"VoiceConnector","Status":"FOC","OrderType":"Porting",
           "OrderedPhoneNumbers":[{{"E164PhoneNumber":"+15035550107","Status":"Acquired"}},
                                  {{"E164PhoneNumber":"+15035550108","Status":"Failed"}}],
           "CreatedTimestamp":"2026-11-23T14:03:00Z","UpdatedTimestamp":"2026-11-23T14:04:00Z",
           "FocDate":"2026-11-28""#
    );
    let expected = PhoneNumberOrder {
        id: id(),
        product_type: Some(ProductType::VoiceConnector),
        status: OrderStatus::Foc,
        order_type: Some(OrderType::Porting),
        numbers: Numbers::new([("+15035550107", "Acquired"), ("+15035550108", "Failed")]),
        created: Some("2026-11-23T14:03:00Z".parse().unwrap()),
        updated: Some("2026-11-23T14:04:00Z".parse().unwrap()),
        foc_date: Some(FocDate::new("2026-11-28")),
    };
    assert_eq!(read(&members), Ok(expected));
}

#[test]
fn missing_null_and_unknown_members_make_an_order_that_says_less() {
    let nulls = r#""PhoneNumberOrderId":null,"ProductType":null,"Status":null,"OrderType":null,
                   "OrderedPhoneNumbers":null,"CreatedTimestamp":null,"UpdatedTimestamp":null,"FocDate":null"#;
    for members in ["", nulls, r#""Reason":{"deep":[1,2,3]},"OrderedPhoneNumbers":[null]"#] {
        assert_eq!(read(members), Ok(bare()));
    }
}

#[test]
fn unknown_values_are_kept_as_they_came() {
    let order = read(
        r#""Status":"Teleported","ProductType":"Pager","OrderType":"Borrowed",
           "OrderedPhoneNumbers":[{"E164PhoneNumber":"112","Status":"Ringing"},{}]"#,
    )
    .unwrap();
    assert_eq!(order.status, OrderStatus::Unknown(Box::new("Teleported".into())));
    assert_eq!(order.product_type, Some(ProductType::Unknown(Box::new("Pager".into()))));
    assert_eq!(order.order_type, Some(OrderType::Unknown(Box::new("Borrowed".into()))));
    let numbers: Vec<_> = order.numbers.iter().map(|each| (each.number.raw(), each.status)).collect();
    let unknown = |text: &str| NumberStatus::Unknown(Box::new(text.into()));
    assert_eq!(numbers, [("112".to_owned(), unknown("Ringing")), (String::new(), unknown(""))]);
}

#[test]
fn a_timestamp_is_read_in_every_form_that_aws_clients_accept() {
    let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    let cases = [
        (r#""2019-09-18T17:57:36Z""#, at("2019-09-18T17:57:36Z")),
        (r#""2019-09-18T17:57:36.280Z""#, at("2019-09-18T17:57:36.28Z")),
        (r#""2019-09-18T17:57:36.280123456Z""#, at("2019-09-18T17:57:36.280123456Z")),
        (r#""2019-09-18T19:57:36.280+02:00""#, at("2019-09-18T17:57:36.28Z")),
        (r#""2019-09-18T19:57:36+0200""#, at("2019-09-18T17:57:36Z")),
        (r#""2019-09-18T17:57:36.280""#, at("2019-09-18T17:57:36.28Z")),
        (r#""2019-09-18 17:57:36""#, at("2019-09-18T17:57:36Z")),
        (r#""Wed, 18 Sep 2019 17:57:36 GMT""#, at("2019-09-18T17:57:36Z")),
        (r#""Wed, 18 Sep 2019 19:57:36 +0200""#, at("2019-09-18T17:57:36Z")),
        ("1568829456", at("2019-09-18T17:57:36Z")),
        ("1568829456.28", at("2019-09-18T17:57:36.28Z")),
        ("1.568829456e9", at("2019-09-18T17:57:36Z")),
        (r#""1568829456""#, at("2019-09-18T17:57:36Z")),
        (r#""1568829456.280""#, at("2019-09-18T17:57:36.28Z")),
        ("0", at("1970-01-01T00:00:00Z")),
        ("null", None),
        // What AWS's own clients refuse costs us the time, not the order.
        ("1568829456280", None),
        (r#""""#, None),
        (r#""soon""#, None),
        (r#""NaN""#, None),
        ("1e300", None),
    ];
    for (json, expected) in cases {
        let order = read(&format!(r#""CreatedTimestamp":{json},"UpdatedTimestamp":{json}"#)).unwrap();
        assert_eq!((order.created, order.updated), (expected, expected), "{json}");
    }
}

#[test]
fn a_foc_date_may_be_text_or_a_timestamp_of_the_older_model() {
    for (json, shown) in [
        (r#""2026-11-28""#, "28 Nov 2026"),
        (r#""2026-11-28T00:00:00Z""#, "28 Nov 2026"),
        ("1795824000", "28 Nov 2026"),
        (r#""28/11/2026""#, "28/11/2026"),
    ] {
        let order = read(&format!(r#""FocDate":{json}"#)).unwrap();
        assert_eq!(order.foc_date.unwrap().to_string(), shown);
    }
}

#[test]
fn what_is_no_order_is_refused_with_its_reason() {
    let refused = |body: &[u8]| order(body, id()).unwrap_err().to_string();
    assert_eq!(refused(b""), "it is empty");
    assert_eq!(refused(b" \r\n"), "it is empty");
    assert_eq!(refused(b"{}"), "it holds no PhoneNumberOrder");
    assert_eq!(refused(br#"{"PhoneNumberOrder":null}"#), "it holds no PhoneNumberOrder");
    assert_eq!(refused(b"<html>"), "it is no JSON (expected value at line 1 column 1)");
    assert_eq!(
        refused(b"[]"),
        "it is not of the API's form (invalid length 0, expected an object with PhoneNumberOrder at line 1 column 2)"
    );
    for body in [
        &b"null"[..],
        br#"{"PhoneNumberOrder":"text"}"#,
        br#"{"PhoneNumberOrder":{"Status":5}}"#,
        br#"{"PhoneNumberOrder":{"Status":"Processing""#,
        b"{\"PhoneNumberOrder\":{\"Status\":\"\xff\"}}",
        br#"{"PhoneNumberOrder":{"CreatedTimestamp":{"seconds":1}}}"#,
    ] {
        assert!(matches!(order(body, id()), Err(WireError::Form(_))), "{}", String::from_utf8_lossy(body));
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(read(&format!(r#""Odd":{deep}"#)), Err(WireError::Form(_))));
}

#[test]
fn an_answer_about_another_order_is_refused() {
    let other = read(r#""PhoneNumberOrderId":"9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c""#).unwrap_err();
    assert_eq!(other.to_string(), "it is about order 9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c");
    assert_eq!(read(&format!(r#""PhoneNumberOrderId":"{}""#, ID.to_uppercase())), Ok(bare()));
}

#[test]
fn five_thousand_numbers_are_read_and_one_more_is_refused() {
    let with = |count| {
        read(&format!(r#""OrderedPhoneNumbers":[{}]"#, vec![r#"{"Status":"Acquired"}"#; count].join(",")))
    };
    assert_eq!(with(5000).unwrap().numbers.len(), 5000);
    assert_eq!(with(5001), Err(WireError::TooManyNumbers(5001)));
}

#[test]
fn a_body_cut_at_any_byte_is_refused_and_never_half_read() {
    let whole = format!(
        r#"{{"PhoneNumberOrder":{{"PhoneNumberOrderId":"{ID}","Status":"Partial","OrderedPhoneNumbers":
           [{{"E164PhoneNumber":"+15035550107","Status":"Acquired"}}]}}}}"#
    );
    assert!(order(whole.as_bytes(), id()).is_ok());
    for end in 0..whole.len() {
        assert!(order(&whole.as_bytes()[..end], id()).is_err(), "{end}");
    }
}

#[test]
fn the_compact_form_keeps_order_forms_and_meaning() {
    let body = "{ \"PhoneNumberOrder\" : {\n  \"Status\": \"a b\\\\\",\r\n\t\"Created\" : 1568829456.280,\
                \"Odd\": \"\\\" \u{9b}2J \u{202e} \u{1f600} é\u{e0041}\" } }";
    let line = compact(body.as_bytes()).unwrap();
    assert_eq!(
        line,
        "{\"Status\":\"a b\\\\\",\"Created\":1568829456.280,\
         \"Odd\":\"\\\" \\u009b2J \\u202e \u{1f600} é\\udb40\\udc41\"}"
    );
    let before: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), before["PhoneNumberOrder"]);
}
