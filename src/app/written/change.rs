//! One observed change as a line: for people, and as an object for programs.

use crate::app::query::sentence;
use crate::domain::json::quoted;
use crate::domain::{Change, ChangeKind, FocDate};
use jiff::Timestamp;

/// `2026-11-23T14:02:10Z  Seattle launch  43 numbers went from Processing to Acquired`: when it was seen by, whose it is,
/// what happened. `numbers` of the order went the same way with one answer.
pub fn line(change: &Change, name: &str, numbers: usize) -> String {
    format!("{}  {name}  {}", second(change.seen.by), sentence::what(change, numbers))
}

/// One object: `{"Change":"Number","PhoneNumberOrderId":…,"From":…,"To":…,"SeenAfter":…,"SeenBy":…}`, in AWS's names
/// where AWS has one. Without `SeenAfter` it was so at the first look.
pub fn object(change: &Change, label: Option<&str>) -> String {
    let mut members = Vec::new();
    let mut add = |name: &str, value: Option<&str>| {
        members.extend(value.map(|value| format!("{}:{}", quoted(name), quoted(value))));
    };
    add("Change", Some(kind(&change.kind)));
    add("PhoneNumberOrderId", Some(change.key.id.as_str()));
    add("Label", label);
    let (number, from, to) = match &change.kind {
        ChangeKind::Order { from, to } => (None, Some(from.raw()), Some(to.raw())),
        ChangeKind::Number { number, from, to } => (Some(number.raw()), Some(from.raw()), Some(to.raw())),
        ChangeKind::NumberAppeared { number, status } => (Some(number.raw()), None, Some(status.raw())),
        ChangeKind::NumberGone { number, status } => (Some(number.raw()), Some(status.raw()), None),
        ChangeKind::FocDate { from, to } => {
            (None, from.as_ref().map(FocDate::raw), to.as_ref().map(FocDate::raw))
        }
    };
    add("E164PhoneNumber", number);
    add("From", from);
    add("To", to);
    add("SeenAfter", change.seen.after.map(second).as_deref());
    add("SeenBy", Some(&second(change.seen.by)));
    add("Profile", Some(change.key.scope.profile_name()));
    add("Region", Some(&change.key.scope.region));
    format!("{{{}}}", members.join(","))
}

/// What changed, in a word.
pub const fn kind(kind: &ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Order { .. } => "Order",
        ChangeKind::Number { .. } => "Number",
        ChangeKind::NumberAppeared { .. } => "NumberAppeared",
        ChangeKind::NumberGone { .. } => "NumberGone",
        ChangeKind::FocDate { .. } => "FocDate",
    }
}

/// To the second, in UTC.
fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Interval, NumberStatus, OrderKey, OrderStatus, Scope};

    fn change(kind: ChangeKind) -> Change {
        let scope = Scope { profile: Some("prod".into()), region: "us-east-1".into(), endpoint: None };
        let at = |text: &str| text.parse().unwrap();
        Change {
            sequence: 1,
            key: OrderKey {
                scope: scope.into(),
                id: "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d".parse().unwrap(),
            },
            kind,
            seen: Interval { after: Some(at("2026-11-23T14:02:05.2Z")), by: at("2026-11-23T14:02:10.9Z") },
        }
    }

    #[test]
    fn a_change_is_a_line_or_an_object() {
        let number = change(ChangeKind::Number {
            number: "+15035550107".into(),
            from: NumberStatus::Processing,
            to: NumberStatus::Acquired,
        });
        let order = change(ChangeKind::Order { from: OrderStatus::Processing, to: OrderStatus::Partial });
        assert_eq!(
            [line(&number, "Portland", 1), line(&number, "Portland", 43), line(&order, "Portland", 1)],
            [
                "2026-11-23T14:02:10Z  Portland  +1 503 555 0107 went from Processing to Acquired",
                "2026-11-23T14:02:10Z  Portland  43 numbers went from Processing to Acquired",
                "2026-11-23T14:02:10Z  Portland  went from Processing to Partial",
            ]
        );
        assert_eq!(
            [object(&number, Some("Portland")), object(&order, None)],
            [
                r#"{"Change":"Number","PhoneNumberOrderId":"3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d","Label":"Portland","E164PhoneNumber":"+15035550107","From":"Processing","To":"Acquired","SeenAfter":"2026-11-23T14:02:05Z","SeenBy":"2026-11-23T14:02:10Z","Profile":"prod","Region":"us-east-1"}"#,
                r#"{"Change":"Order","PhoneNumberOrderId":"3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d","From":"Processing","To":"Partial","SeenAfter":"2026-11-23T14:02:05Z","SeenBy":"2026-11-23T14:02:10Z","Profile":"prod","Region":"us-east-1"}"#,
            ]
        );
    }
}
