//! An order as one answer of the API described it.

use super::moment::elapsed;
use super::number::Counts;
use super::{Numbers, OrderStatus, OrderType, PhoneNumberOrderId, ProductType, Text};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::time::Duration;

/// A phone-number order. Every member but the id and the status may be missing, as in the API.
///
/// Source: [PhoneNumberOrder](https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_voice-chime_PhoneNumberOrder.html).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumberOrder {
    /// Which order it is.
    pub id: PhoneNumberOrderId,
    /// What the numbers are for.
    pub product_type: Option<ProductType>,
    /// The state of the order; an answer without one is an unknown state with an empty text.
    pub status: OrderStatus,
    /// New numbers, or numbers ported in.
    pub order_type: Option<OrderType>,
    /// The numbers and their states.
    pub numbers: Numbers,
    /// When the order was created.
    pub created: Option<Timestamp>,
    /// When AWS last changed it.
    pub updated: Option<Timestamp>,
    /// The date agreed with the carrier; of porting orders only.
    pub foc_date: Option<FocDate>,
}

impl PhoneNumberOrder {
    /// How many numbers are in which state.
    pub fn counts(&self) -> Counts {
        self.numbers.counts()
    }

    /// True for an order that brings numbers from another carrier, or is in a state that only such orders have.
    pub fn is_porting(&self) -> bool {
        self.order_type == Some(OrderType::Porting)
            || self.foc_date.is_some()
            || matches!(
                self.status,
                OrderStatus::PendingDocuments
                    | OrderStatus::Submitted
                    | OrderStatus::Foc
                    | OrderStatus::ChangeRequested
                    | OrderStatus::Exception
                    | OrderStatus::CancelRequested
            )
    }
}

/// The firm order commitment date. Its wire form is not documented: the text is kept, and a date read from it
/// where it starts with one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FocDate {
    text: Text,
    date: Option<Date>,
}

impl FocDate {
    /// Keeps `text`, and the date in it.
    pub fn new(text: &str) -> Self {
        let date = text.get(..10).and_then(|start| start.parse().ok());
        Self { text: Text::new(text), date }
    }

    /// The day, where the text names one.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// How far `now` is from that day in UTC, before or after it; zero while it lasts, none without a day.
    pub fn distance(&self, now: Timestamp) -> Option<Duration> {
        let begins = self.date?.to_zoned(TimeZone::UTC).ok()?.timestamp();
        let ends = begins + SignedDuration::from_hours(24);
        Some(elapsed(now, begins).max(elapsed(ends, now)))
    }

    /// The text as it came.
    pub fn raw(&self) -> &str {
        self.text.raw()
    }
}

impl fmt::Display for FocDate {
    /// `28 Nov 2026`, or the text that came.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date {
            Some(date) => f.pad(&date.strftime("%-d %b %Y").to_string()),
            None => self.text.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foc_date_is_read_from_every_form_that_starts_with_a_day() {
        let cases = [
            ("2026-11-28", "28 Nov 2026"),
            ("2026-11-28T00:00:00Z", "28 Nov 2026"),
            ("2026-11-28T00:00:00.000+00:00", "28 Nov 2026"),
            ("next week", "next week"),
            ("28/11/2026", "28/11/2026"),
            ("2026-13-40", "2026-13-40"),
        ];
        for (text, shown) in cases {
            let date = FocDate::new(text);
            assert_eq!((date.to_string().as_str(), date.raw()), (shown, text));
        }
    }

    #[test]
    fn the_distance_of_a_foc_date_is_that_to_the_nearer_end_of_its_day() {
        let hours = |now: &str| {
            FocDate::new("2026-11-28")
                .distance(now.parse().unwrap())
                .map(|distance| distance.as_secs() / 3600)
        };
        assert_eq!(hours("2026-11-26T22:00:00Z"), Some(26));
        assert_eq!(hours("2026-11-28T12:00:00Z"), Some(0));
        assert_eq!(hours("2026-11-30T03:00:00Z"), Some(27));
        assert_eq!(FocDate::new("next week").distance(Timestamp::UNIX_EPOCH), None);
    }
}
