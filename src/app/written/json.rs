//! An order as the AWS CLI prints it: its member names and forms, on one line.

use super::Subject;
use crate::domain::json::quoted;
use crate::domain::snapshot::Detail;
use crate::domain::{PhoneNumberOrder, Snapshot};

/// `{"PhoneNumberOrder":{...}}`. Of an order that was not read only the id is known.
pub fn order(subject: &Subject) -> String {
    format!("{{{}}}", member(subject))
}

/// The same with what is ours beside it: what the state comes to, when it was seen, what the list says.
pub fn record(subject: &Subject) -> String {
    let mut members = vec![member(subject)];
    let mut add = |name: &str, text: &str| members.push(format!("{}:{}", quoted(name), quoted(text)));
    if let Some(snapshot) = &subject.snapshot {
        add("Bucket", snapshot.order.status.bucket().name());
        add("ObservedAt", &snapshot.read_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    }
    for (name, text) in [("Label", &subject.entry.label), ("Note", &subject.entry.note)] {
        if let Some(text) = text {
            add(name, text.raw());
        }
    }
    if let Some(key) = &subject.key {
        add("Profile", key.scope.profile_name());
        add("Region", &key.scope.region);
    }
    format!("{{{}}}", members.join(","))
}

fn member(subject: &Subject) -> String {
    let members = match subject.snapshot.as_deref() {
        Some(snapshot) => members(snapshot),
        None => vec![text("PhoneNumberOrderId", subject.entry.id.as_str())],
    };
    format!("\"PhoneNumberOrder\":{{{}}}", members.join(","))
}

fn text(name: &str, value: &str) -> String {
    format!("{}:{}", quoted(name), quoted(value))
}

fn members(snapshot: &Snapshot) -> Vec<String> {
    let PhoneNumberOrder { id, product_type, status, order_type, numbers, created, updated, foc_date } =
        &snapshot.order;
    let mut members = vec![text("PhoneNumberOrderId", id.as_str())];
    members.extend(product_type.as_ref().map(|product| text("ProductType", product.raw())));
    members.push(text("Status", status.raw()));
    members.extend(order_type.as_ref().map(|order| text("OrderType", order.raw())));
    if snapshot.detail == Detail::Whole {
        let number = |each: crate::domain::OrderedPhoneNumber<'_>| {
            let (number, status) =
                (text("E164PhoneNumber", &each.number.raw()), text("Status", each.status.raw()));
            format!("{{{number},{status}}}")
        };
        let numbers: Vec<_> = numbers.iter().map(number).collect();
        members.push(format!("\"OrderedPhoneNumbers\":[{}]", numbers.join(",")));
    }
    let times = [("CreatedTimestamp", created), ("UpdatedTimestamp", updated)];
    members.extend(times.into_iter().filter_map(|(name, at)| Some(text(name, &(*at)?.to_string()))));
    members.extend(foc_date.as_ref().map(|date| text("FocDate", date.raw())));
    members
}
