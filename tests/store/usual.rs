//! How long orders took, as the history tells it.

use super::history::{open, reader};
use super::{at, first, order, places};
use chimewatch::domain::usual::Alike;
use chimewatch::domain::{Interval, OrderKey, OrderType, PhoneNumberOrder, ProductType, Scope, Snapshot};
use std::sync::Arc;

/// An order that was created at 0 and has been in its state since `since`.
fn known(order: PhoneNumberOrder, since: (Option<i64>, i64)) -> Snapshot {
    let order = PhoneNumberOrder {
        product_type: Some(ProductType::VoiceConnector),
        order_type: Some(OrderType::New),
        created: Some(at(0)),
        ..order
    };
    let state_since = Interval { after: since.0.map(at), by: at(since.1) };
    Snapshot { state_since, ..Snapshot::first(order, at(since.1)) }
}

#[test]
fn orders_of_one_kind_size_and_service_that_were_seen_to_end_are_told_the_latest_first() {
    let directory = tempfile::tempdir().unwrap();
    let path = places(directory.path()).history();
    let key_at = |number: u32, endpoint: Option<&str>| {
        let scope = Scope {
            profile: Some(format!("account-{number}").into()),
            region: "us-east-1".into(),
            endpoint: endpoint.map(Arc::from),
        };
        OrderKey { scope: Arc::new(scope), id: super::id(number) }
    };
    let new = |number, status, since| known(order(number, status, &["Acquired"; 3]), since);
    let other_use = |snapshot: Snapshot| Snapshot {
        order: PhoneNumberOrder {
            product_type: Some(ProductType::SipMediaApplicationDialIn),
            ..snapshot.order
        },
        ..snapshot
    };
    let larger = known(order(8, "Successful", &["Acquired"; 11]), (Some(50), 60));
    let ported = known(order(9, "Successful", &["Acquired"; 3]), (Some(50), 60));
    let ported = Snapshot {
        order: PhoneNumberOrder { order_type: Some(OrderType::Porting), ..ported.order },
        ..ported
    };
    let records = [
        first(&key_at(1, None), &new(1, "Successful", (Some(290), 300))),
        first(&key_at(2, None), &new(2, "Failed", (Some(590), 600))),
        first(&key_at(3, None), &new(3, "Partial", (Some(390), 400))),
        first(&key_at(4, None), &new(4, "Processing", (Some(90), 100))),
        first(&key_at(5, None), &new(5, "Successful", (None, 100))),
        first(&key_at(6, Some("http://127.0.0.1:1")), &new(6, "Successful", (Some(1), 2))),
        first(&key_at(7, None), &other_use(new(7, "Successful", (Some(50), 60)))),
        first(&key_at(8, None), &larger),
        first(&key_at(9, None), &ported),
    ];
    open(&path).record(&records).unwrap();
    let processing = new(10, "Processing", (None, 0));
    let mut alike = Alike::of(&key_at(10, None), &processing.order, processing.counts.total).unwrap();
    let ended = |after, by| (at(0), Interval { after: Some(at(after)), by: at(by) });
    assert_eq!(reader(&path).ended(&alike).unwrap(), [ended(590, 600), ended(390, 400), ended(290, 300)]);
    alike.endpoint = Some("http://127.0.0.1:1".into());
    assert_eq!(reader(&path).ended(&alike).unwrap(), [ended(1, 2)]);
    alike.product_type = None;
    assert_eq!(reader(&path).ended(&alike).unwrap(), []);
}
