use super::*;
use crate::domain::{Numbers, OrderStatus};
use crate::fetch::wire::MOST_NUMBERS;
use proptest::prelude::*;

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const B: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";

fn bare(id: &str, status: &str) -> PhoneNumberOrder {
    PhoneNumberOrder {
        id: id.parse().unwrap(),
        product_type: None,
        status: OrderStatus::parse(status),
        order_type: None,
        numbers: Numbers::default(),
        created: None,
        updated: None,
        foc_date: None,
    }
}

fn first(body: &str) -> Result<OrderPage, WireError> {
    page(body.as_bytes(), None)
}

#[test]
fn a_page_holds_orders_in_the_order_of_the_answer_and_the_way_to_the_next() {
    let body = format!(
        r#"{{"PhoneNumberOrders":[
             {{"PhoneNumberOrderId":"{B}","Status":"Partial",
               "OrderedPhoneNumbers":[{{"E164PhoneNumber":"+15035550107","Status":"Acquired"}}]}},
             {{"PhoneNumberOrderId":"{A}","Status":"FOC","OrderedPhoneNumbers":null}},
             {{"PhoneNumberOrderId":"{A}"}}],"NextToken":"a=b+c/d","Odd":[1]}}"#
    );
    let numbers = Numbers::new([("+15035550107", "Acquired")]);
    let expected = OrderPage {
        orders: vec![PhoneNumberOrder { numbers, ..bare(B, "Partial") }, bare(A, "FOC"), bare(A, "")],
        undecodable: 0,
        next: Some(PageToken::new("a=b+c/d")),
    };
    assert_eq!(first(&body), Ok(expected));
}

#[test]
fn an_element_that_is_no_order_is_counted_and_costs_no_other() {
    let numbers = vec!["{}"; MOST_NUMBERS + 1].join(",");
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let elements = [
        "null".to_owned(),
        "5".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        r#"{"PhoneNumberOrderId":"short","Status":"FOC"}"#.to_owned(),
        format!(r#"{{"PhoneNumberOrderId":"{B}","Status":5}}"#),
        format!(r#"{{"PhoneNumberOrderId":"{B}","Status":{deep}}}"#),
        format!(r#"{{"PhoneNumberOrderId":"{B}","OrderedPhoneNumbers":"none"}}"#),
        format!(r#"{{"PhoneNumberOrderId":"{B}","OrderedPhoneNumbers":[{numbers}]}}"#),
        format!(r#"{{"PhoneNumberOrderId":"{A}","Status":"Processing","Deep":{deep}}}"#),
    ];
    let body = format!(r#"{{"PhoneNumberOrders":[{}]}}"#, elements.join(","));
    let expected = OrderPage { orders: vec![bare(A, "Processing")], undecodable: 9, next: None };
    assert_eq!(first(&body), Ok(expected));
}

#[test]
fn a_list_may_be_null_or_empty_but_not_missing() {
    for body in [r#"{"PhoneNumberOrders":null,"NextToken":null}"#, r#"{"PhoneNumberOrders":[]}"#] {
        assert_eq!(first(body), Ok(OrderPage::default()));
    }
    let refused = |body: &str| first(body).unwrap_err().to_string();
    assert_eq!(refused(" \r\n"), "it is empty");
    assert_eq!(refused("{}"), "it holds no PhoneNumberOrders");
    assert_eq!(refused(r#"{"NextToken":"x"}"#), "it holds no PhoneNumberOrders");
    assert_eq!(refused("<html>"), "it is no JSON (expected value at line 1 column 1)");
    for body in
        ["null", "5", "[]", r#"{"PhoneNumberOrders":{}}"#, r#"{"PhoneNumberOrders":[],"NextToken":5}"#]
    {
        assert!(matches!(first(body), Err(WireError::Form(_))), "{body}");
    }
    let not_text = b"{\"PhoneNumberOrders\":[{\"PhoneNumberOrderId\":\"\xff\"}]}";
    assert!(matches!(page(not_text, None), Err(WireError::Form(_))));
}

#[test]
fn a_token_that_leads_nowhere_new_is_none() {
    let next = |token: &str, asked: Option<&str>| {
        let body = format!(r#"{{"PhoneNumberOrders":[],"NextToken":"{token}"}}"#);
        page(body.as_bytes(), asked.map(PageToken::new).as_ref()).unwrap().next
    };
    assert_eq!(next("two", None), Some(PageToken::new("two")));
    assert_eq!(next("two", Some("one")), Some(PageToken::new("two")));
    assert_eq!(next("two", Some("two")), None);
    assert_eq!(next("", None), None);
}

#[test]
fn a_thousand_orders_are_read_and_the_rest_is_counted() {
    let element = format!(r#"{{"PhoneNumberOrderId":"{A}"}}"#);
    let body = format!(r#"{{"PhoneNumberOrders":[{}]}}"#, vec![element.as_str(); MOST_ORDERS + 2].join(","));
    let page = first(&body).unwrap();
    assert_eq!((page.orders.len(), page.undecodable), (MOST_ORDERS, 2));
}

fn whole() -> String {
    format!(
        r#"{{"PhoneNumberOrders":[{{"PhoneNumberOrderId":"{A}","Status":"Partial","OrderedPhoneNumbers":
           [{{"E164PhoneNumber":"+15035550107","Status":"Acquired"}}],"CreatedTimestamp":"2026-11-23T14:03:00Z",
           "FocDate":1795824000}},{{"PhoneNumberOrderId":"{B}"}}],"NextToken":"a=b+c/d"}}"#
    )
}

#[test]
fn a_page_cut_at_any_byte_is_refused_and_never_half_read() {
    let whole = whole();
    assert_eq!(first(&whole).unwrap().orders.len(), 2);
    for end in 0..whole.len() {
        assert!(page(&whole.as_bytes()[..end], None).is_err(), "{end}");
    }
}

/// Bytes that break JSON, text or meaning.
const ODD: [&[u8]; 12] = [
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"null",
    b"-1e999",
    b"[",
    b"{",
    b"\"",
    b"\\u0000",
    b"\\ud800",
    b",",
    b"true",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_page_however_broken_makes_the_reader_panic(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..20, 0_usize..ODD.len()), 1..6)
    ) {
        let mut body = whole().into_bytes();
        for (place, taken, odd) in cuts {
            let start = place.index(body.len() + 1);
            let end = (start + taken).min(body.len());
            body.splice(start..end, ODD[odd].iter().copied());
        }
        if let Ok(page) = page(&body, None) {
            prop_assert!(page.orders.len() + page.undecodable <= body.len());
        }
    }

    #[test]
    fn no_bytes_at_all_make_the_reader_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = page(&body, None);
        let _ = crate::fetch::wire::order(&body, A.parse().unwrap());
    }
}
