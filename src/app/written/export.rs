//! A file of orders, of numbers or of what changed. It is made on the thread that writes it: ten thousand orders are megabytes.

use super::changes::{self, ToldChange};
use super::{Subject, csv, json, markdown};
use crate::domain::json::quoted;
use crate::domain::{OrderedPhoneNumber, Text};

/// What is written where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The file, as it was typed.
    pub path: Text,
    /// In which form.
    pub format: Format,
    /// What is written.
    pub contents: Contents,
    /// What it is, as `6 orders`.
    pub what: String,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180.
    Csv,
    /// One object a line.
    Json,
    /// A table.
    Markdown,
}

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Orders.
    Orders(Vec<Subject>),
    /// Numbers.
    Numbers {
        /// The orders that they are of.
        orders: Vec<Subject>,
        /// Each as a place in `orders` and its place in that order.
        numbers: Vec<(u32, u32)>,
    },
    /// What changed, the newest first.
    Changes(Vec<ToldChange>),
}

impl Format {
    /// The form that a file's ending asks for; none for any other ending.
    pub fn of(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" | "jsonl" | "ndjson" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

impl Export {
    /// All that the file holds.
    pub fn text(&self) -> String {
        match (&self.contents, self.format) {
            (Contents::Orders(orders), Format::Csv) => csv::orders(orders),
            (Contents::Orders(orders), Format::Json) => lines(orders.iter().map(json::record)),
            (Contents::Orders(orders), Format::Markdown) => markdown::table(orders) + "\n",
            (Contents::Changes(told), Format::Csv) => changes::csv(told),
            (Contents::Changes(told), Format::Json) => {
                lines(told.iter().map(|told| changes::json(&told.change, &told.order)))
            }
            (Contents::Changes(told), Format::Markdown) => changes::table(told),
            (Contents::Numbers { orders, numbers }, format) => {
                let numbers = numbers.iter().filter_map(|place| number(orders, *place));
                match format {
                    Format::Csv => csv::numbers(
                        numbers.map(|(order, each)| (each.number, each.status.to_string(), order)),
                    ),
                    Format::Json => lines(numbers.map(|(order, each)| record(order, &each))),
                    Format::Markdown => {
                        let row = |(order, each): (&Subject, OrderedPhoneNumber<'_>)| {
                            markdown::number(each.number, &each.status.to_string(), &order.name())
                        };
                        markdown::NUMBERS.to_owned() + &lines(numbers.map(row))
                    }
                }
            }
        }
    }
}

fn number(orders: &[Subject], (order, place): (u32, u32)) -> Option<(&Subject, OrderedPhoneNumber<'_>)> {
    let order = orders.get(order as usize)?;
    Some((order, order.snapshot.as_ref()?.order.numbers.get(place as usize)?))
}

/// A number as the AWS CLI prints it, with its order beside it.
fn record(order: &Subject, number: &OrderedPhoneNumber<'_>) -> String {
    let members = [
        ("E164PhoneNumber", number.number.raw()),
        ("Status", number.status.raw().to_owned()),
        ("PhoneNumberOrderId", order.entry.id.to_string()),
        ("Order", order.name()),
    ];
    let members = members.map(|(name, text)| format!("{}:{}", quoted(name), quoted(&text)));
    format!("{{{}}}", members.join(","))
}

fn lines(texts: impl Iterator<Item = String>) -> String {
    texts.fold(String::new(), |mut lines, text| {
        lines.push_str(&text);
        lines.push('\n');
        lines
    })
}
