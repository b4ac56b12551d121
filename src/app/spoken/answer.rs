//! Answers to line commands: a sentence a line.

mod number;

use super::{COMMANDS, Request, sums};
use crate::app::action::Action;
use crate::app::model::{List, Model};
use crate::app::query::clock::Clock;
use crate::app::query::line::count;
use crate::app::query::lookup::{self, Seen};
use crate::app::query::{activity, header, sentence};
use crate::app::watch::Asking;
use crate::domain::{NumberStatus, NumberText, attention};

/// Lines that are said at once.
const MOST: usize = 20;
/// Numbers that are said in one sentence.
const NUMBERS: usize = 50;

/// What there is to say to a request. Those that do something have been done: what came of it is said.
pub fn answer(model: &Model, request: &Request) -> Vec<String> {
    let clock = Clock::new(model);
    let Some(list) = model.current_list() else { return vec!["There is no watchlist.".to_owned()] };
    match request {
        Request::Help => help(),
        Request::Summary | Request::Open(_) => summary(model, list),
        Request::List(from) => orders(model, list, *from),
        Request::Needs => needs(model, list, &clock),
        Request::Order(which) => order(model, list, which, &clock),
        Request::Number(digits) => number::answer(model, list, digits, &clock),
        Request::Failed => failed(model, list),
        Request::Changes => changes(model, &clock),
        Request::Lists => lists(model),
        Request::Act(Action::Pause) => vec![asking(model, list)],
        Request::Add(_) | Request::Act(_) => Vec::new(),
    }
}

fn help() -> Vec<String> {
    let gap = |argument: &str| if argument.is_empty() { "" } else { " " };
    COMMANDS
        .iter()
        .map(|spec| format!("{}{}{}: {}.", spec.word, gap(spec.argument), spec.argument, spec.does))
        .collect()
}

fn summary(model: &Model, list: &List) -> Vec<String> {
    vec![sums(model, list), asking(model, list)]
}

fn asking(model: &Model, list: &List) -> String {
    match model.watch.asking() {
        Asking::On => format!("Asked as {}.", header::scope(model, list)),
        Asking::Paused { .. } => "Asking is paused. pause goes on.".to_owned(),
    }
}

fn all<'m>(model: &'m Model, list: &'m List) -> impl Iterator<Item = (usize, Seen<'m>)> {
    let entries = 0..list.watchlist.entries.len();
    entries.filter_map(move |entry| Some((entry + 1, lookup::entry(list, &model.watch, entry)?)))
}

/// `3. Seattle launch: Processing. 45 of 50 acquired, 2 failed, 3 waiting. Needs you.`
fn brief(number: usize, seen: &Seen<'_>, model: &Model) -> String {
    let state = match seen.snapshot {
        // Why it was refused follows.
        None if seen.is_refused() => String::new(),
        None => " not read yet.".to_owned(),
        Some(snapshot) => format!(" {}. {}", snapshot.order.status, sentence::counts(snapshot)),
    };
    let now = model.watch.corrected(model.now);
    let needs =
        seen.snapshot.and_then(|snapshot| attention::need(snapshot, now)).map_or("", |_| " Needs you.");
    let missed = seen.missed.map(|missed| format!(" {}.", missed.failure)).unwrap_or_default();
    format!("{number}. {}:{state}{needs}{missed}", seen.name())
}

fn orders(model: &Model, list: &List, from: usize) -> Vec<String> {
    let from = from.max(1);
    let total = list.watchlist.entries.len();
    let mut said: Vec<_> = all(model, list)
        .skip(from - 1)
        .take(MOST)
        .map(|(number, seen)| brief(number, &seen, model))
        .collect();
    let next = from + said.len();
    if said.is_empty() {
        said.push(format!("{} has {}.", list.watchlist.name, count(total, "order", "orders")));
    } else if next <= total {
        said.push(format!("list {next} goes on: {} follow.", count(total + 1 - next, "order", "orders")));
    }
    said
}

fn needs(model: &Model, list: &List, clock: &Clock<'_>) -> Vec<String> {
    let needing = all(model, list).filter_map(|(number, seen)| {
        let snapshot = seen.snapshot?;
        attention::need(snapshot, clock.wall())?;
        Some(format!("{}{}", brief(number, &seen, model), sentence::advice(snapshot, clock)))
    });
    let said: Vec<_> = needing.collect();
    if said.is_empty() { vec!["No order needs you.".to_owned()] } else { said }
}

fn order(model: &Model, list: &List, which: &str, clock: &Clock<'_>) -> Vec<String> {
    let wanted = which.to_lowercase();
    let by_number = which.parse::<usize>().ok();
    let is_wanted = |(number, seen): &(usize, Seen<'_>)| match by_number {
        Some(wanted) => *number == wanted,
        None => seen.name().to_lowercase().contains(&wanted) || seen.entry.id.as_str().starts_with(&wanted),
    };
    let found: Vec<_> = all(model, list).filter(is_wanted).take(MOST).collect();
    match found.as_slice() {
        [] => vec![format!("No order of {} is {which}. list tells them.", list.watchlist.name)],
        [(number, seen)] => whole(*number, seen, model, clock),
        several => several.iter().map(|(number, seen)| brief(*number, seen, model)).collect(),
    }
}

fn whole(number: usize, seen: &Seen<'_>, model: &Model, clock: &Clock<'_>) -> Vec<String> {
    let mut said = vec![brief(number, seen, model), format!("Order ID {}.", seen.entry.id)];
    said.extend(seen.entry.note.as_ref().map(|note| format!("Note: {note}")));
    let Some(snapshot) = seen.snapshot else { return said };
    let held = clock.seen(snapshot.state_since);
    said.push(format!("{} {held}. Read at {}.", snapshot.order.status, clock.second(snapshot.read_at)));
    said.extend(snapshot.order.foc_date.as_ref().map(|date| format!("The FOC date is {date}.")));
    let advice = sentence::advice(snapshot, clock);
    if !advice.is_empty() {
        said.push(advice.trim_start().to_owned());
    }
    for (status, word) in [(NumberStatus::Failed, "Failed"), (NumberStatus::Processing, "Waiting")] {
        let numbers: Vec<_> = snapshot
            .order
            .numbers
            .iter()
            .filter(|each| each.status == status)
            .map(|each| each.number.grouped())
            .collect();
        if !numbers.is_empty() {
            said.push(format!("{word}: {}.", some(&numbers)));
        }
    }
    said
}

fn some(numbers: &[String]) -> String {
    let shown = numbers.iter().take(NUMBERS).cloned().collect::<Vec<_>>().join(", ");
    match numbers.len().saturating_sub(NUMBERS) {
        0 => shown,
        more => format!("{shown}, and {more} more"),
    }
}

fn failed(model: &Model, list: &List) -> Vec<String> {
    let of_order = |(_, seen): (usize, Seen<'_>)| {
        let snapshot = seen.snapshot.filter(|snapshot| snapshot.counts.failed > 0)?;
        let failed = snapshot.order.numbers.iter().filter(|each| each.status == NumberStatus::Failed);
        let numbers: Vec<_> = failed.map(|each| NumberText::grouped(each.number)).collect();
        Some(format!("{}: {}.", seen.name(), some(&numbers)))
    };
    let said: Vec<_> = all(model, list).filter_map(of_order).collect();
    if said.is_empty() { vec!["No number failed.".to_owned()] } else { said }
}

fn changes(model: &Model, clock: &Clock<'_>) -> Vec<String> {
    let said: Vec<_> = activity::newest(model, MOST)
        .into_iter()
        .map(|event| {
            let change = event.change;
            let what = sentence::what(change, event.count);
            format!("{} {}: {what}.", clock.minute(change.seen.by), model.name_of(&change.key))
        })
        .collect();
    if said.is_empty() { vec!["No change seen yet.".to_owned()] } else { said }
}

fn lists(model: &Model) -> Vec<String> {
    let list = |(place, list): (usize, &List)| {
        let number = model.list_number(place).map(|number| format!("{number}. ")).unwrap_or_default();
        let orders = count(list.watchlist.entries.len(), "order", "orders");
        let here = if model.current == Some(place) { ", open" } else { "" };
        format!("{number}{}: {orders}{here}.", list.watchlist.name)
    };
    model.lists.iter().enumerate().map(list).collect()
}
