//! The dashboard in sentences, for whoever hears it: what changed since the last time, once each, and answers to
//! line commands. Reads the same model as the screen and changes nothing.

mod answer;
mod command;

pub use answer::answer;
pub use command::{COMMANDS, CommandSpec, Request, parse};

use super::action::Action;
use super::card;
use super::key_names::KeyNames;
use super::model::{List, Model};
use super::query::clock::Clock;
use super::query::line::{count, thousands};
use super::query::{activity, header, lookup, sentence};
use crate::domain::{Change, OrderKey};

/// Knows what was said.
#[derive(Debug, Default)]
pub struct Narrator {
    stage: Stage,
    /// Changes with a lower sequence number have been told.
    told: u64,
    card: Option<String>,
    notice: Option<String>,
}

/// How far the story is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// Nothing was said.
    #[default]
    Silent,
    /// What is watched was said; the first answers are awaited.
    Begun,
    /// What the first answers say was said.
    Told,
}

/// A sentence as it can be read aloud: no sign that a screen reader spells out or leaves out.
pub fn plainly(sentence: &str) -> String {
    let mut plain = String::with_capacity(sentence.len());
    for word in sentence.split_inclusive(' ') {
        match word.strip_prefix('×') {
            // `+1 503 555 01xx ×50`, with what follows it.
            Some(count) => {
                let digits = count.trim_end_matches(|c: char| !c.is_ascii_digit());
                let rest = count.get(digits.len()..).unwrap_or_default();
                plain.truncate(plain.trim_end().len());
                plain.extend([", ", digits, " numbers", rest]);
            }
            None => plain.push_str(word),
        }
    }
    plain.replace(" · ", ", ").replace('…', "...").replace('→', "to")
}

/// What is said where a screen names keys: the commands, and the arguments where there is none.
pub fn names() -> KeyNames {
    [
        (Action::AskAll, "refresh"),
        (Action::AskNow, "refresh"),
        (Action::Pause, "pause"),
        (Action::Privacy, "privacy"),
        (Action::Help, "help"),
        (Action::Profile, "--profile"),
        (Action::Region, "--region"),
    ]
    .into_iter()
    .map(|(action, name)| (action, name.to_owned()))
    .collect()
}

impl Narrator {
    /// What is to be said now: one sentence or a few for each order that changed, in the order of the changes.
    pub fn news(&mut self, model: &Model) -> Vec<String> {
        let clock = Clock::new(model);
        let mut said = Vec::new();
        if self.stage == Stage::Silent {
            self.stage = Stage::Begun;
            self.told = model.watch.oldest_kept();
            said.push(beginning(model));
        }
        said.extend(self.changes(model, &clock));
        if self.stage == Stage::Begun && is_every_order_answered(model) {
            self.stage = Stage::Told;
            said.extend(model.current_list().map(|list| sums(model, list)));
        }
        let card = card::card(model).filter(|card| card.cause != card::Cause::Empty).map(|card| {
            let command = card.command.as_ref().filter(|command| !card.text.raw().contains(command.raw()));
            let command = command.map(|command| format!(" Copy this: {command}")).unwrap_or_default();
            format!("{}{command}", card.text)
        });
        if card != self.card {
            said.extend(card.clone().or_else(|| Some("That is mended. Orders are asked again.".to_owned())));
            self.card = card;
        }
        let notice = model.notice.as_ref().map(|notice| notice.text.to_string());
        if notice != self.notice {
            said.extend(notice.clone());
            self.notice = notice;
        }
        said
    }

    fn changes(&mut self, model: &Model, clock: &Clock<'_>) -> Vec<String> {
        let new: Vec<&Change> =
            model.watch.activity().iter().filter(|change| change.sequence >= self.told).collect();
        let Some(last) = new.last() else { return Vec::new() };
        self.told = last.sequence + 1;
        let mut orders: Vec<&OrderKey> = Vec::new();
        for change in &new {
            if !orders.contains(&&change.key) {
                orders.push(&change.key);
            }
        }
        orders.into_iter().map(|key| told(model, key, &new, clock)).collect()
    }
}

/// `14:02 Seattle launch: 43 numbers went from Processing to Acquired. 45 of 50 acquired, 2 failed. …`
fn told(model: &Model, key: &OrderKey, new: &[&Change], clock: &Clock<'_>) -> String {
    let of_order = new.iter().copied().filter(|change| change.key == *key);
    let events = activity::coalesced(of_order, usize::MAX);
    let time = events.last().map(|event| clock.minute(event.change.seen.by)).unwrap_or_default();
    let what: Vec<String> = events.iter().map(|event| sentence::what(event.change, event.count)).collect();
    let state = lookup::by_key(model, key).and_then(|seen| {
        let snapshot = seen.snapshot?;
        Some(format!(" {}{}", sentence::counts(snapshot), sentence::advice(snapshot, clock)))
    });
    format!("{time} {}: {}.{}", model.name_of(key), what.join(", "), state.unwrap_or_default())
}

fn beginning(model: &Model) -> String {
    const HELP: &str = "Type help and Enter for the commands.";
    let Some(list) = model.current_list().filter(|list| !list.watchlist.entries.is_empty()) else {
        return format!("Nothing watched yet. Type add and order IDs, or any text that holds them. {HELP}");
    };
    let orders = count(list.watchlist.entries.len(), "order", "orders");
    format!(
        "Watching {orders} of the list {}, asked as {}. {HELP}",
        list.watchlist.name,
        header::scope(model, list)
    )
}

/// True once every order was answered in this run, or why not is known.
fn is_every_order_answered(model: &Model) -> bool {
    !model.watch.is_empty()
        && model.watch.iter().all(|order| {
            let is_settled = order.snapshot().is_some_and(|snapshot| snapshot.is_settled());
            order.has_answered() || order.failure().is_some() || is_settled
        })
}

/// The sums over a list.
fn sums(model: &Model, list: &List) -> String {
    let summary = list.summary(&model.watch, model.now);
    let needs = match summary.needs {
        0 => "None needs you.".to_owned(),
        1 => "1 needs you.".to_owned(),
        needs => format!("{needs} need you."),
    };
    let unread = match summary.unread {
        0 => String::new(),
        unread => format!(" {} not read.", count(unread, "order is", "orders are")),
    };
    format!(
        "{}: {}, {} settled. {needs} {} of {} acquired, {} failed, {} waiting.{unread}",
        list.watchlist.name,
        count(summary.orders, "order", "orders"),
        summary.settled,
        thousands(summary.acquired),
        count(summary.total, "number", "numbers"),
        summary.failed,
        summary.waiting,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_is_left_that_would_be_spelt_out() {
        let cases = [
            ("+1 503 555 01xx ×50: Successful.", "+1 503 555 01xx, 50 numbers: Successful."),
            ("asked as prod · us-east-1.", "asked as prod, us-east-1."),
            ("A quiet sentence.", "A quiet sentence."),
        ];
        for (sentence, expected) in cases {
            assert_eq!(plainly(sentence), expected);
        }
    }
}
