//! The cards of accounts that cannot be asked: their credentials are missing or refused, or the network is down.

use super::{Card, Cause, Offer, copies_text, offer};
use crate::app::action::Action;
use crate::app::model::{List, Model, Screen};
use crate::app::query::Clock;
use crate::app::watch::{Asking, PROBE_MOST};
use crate::domain::{Failure, Scope, Text};

/// `Profile prod is signed out. Run in another window: aws sso login --profile prod. This screen goes on by itself.`
pub(super) fn all_rest(model: &Model, list: &List, failure: &Failure, others: usize) -> Card {
    let account = model.watch.identity(&failure.scope).and_then(|identity| identity.account.as_deref());
    // What the failure says itself is not said again.
    let account = account.filter(|account| !failure.what.raw().contains(*account));
    let account = account.map(|account| format!(" Its account is {account}.")).unwrap_or_default();
    let others = match others {
        0 => String::new(),
        1 => " The list's other account rests too.".to_owned(),
        others => format!(" The list's {others} other accounts rest too."),
    };
    let shown_from = shown_from(model, list);
    // What no command mends another profile may.
    let another = match failure.command {
        Some(_) => String::new(),
        None => format!(" {} chooses another.", model.keys.of(Action::Profile)),
    };
    let goes_on = if failure.may_pass() { " This screen goes on by itself." } else { "" };
    let is_one = others.is_empty() && !list.watchlist.entries.is_empty();
    let tries = offer(if is_one { Action::AskNow } else { Action::AskAll }, "tries now");
    Card {
        cause: Cause::Resting,
        text: Text::sentences(&format!("{failure}.{another}{account}{others}{goes_on}{shown_from}")),
        command: failure.command.clone(),
        offers: copies(model, failure).into_iter().chain([tries]).collect(),
    }
}

/// What `c` copies, by name where the text does not name it.
fn copies(model: &Model, failure: &Failure) -> Option<Offer> {
    match &failure.command {
        Some(command) if failure.next_step.raw().contains(command.raw()) => {
            Some(offer(Action::Copy, "copies the command"))
        }
        Some(command) => Some(offer(Action::Copy, format!("copies {command}"))),
        None => copies_text(model),
    }
}

/// `3 of 12 orders wait. Profile dev is signed out. Run in another window: aws sso login --profile dev`
pub(super) fn some_rest(model: &Model, list: &List, first: &Failure, others: usize) -> Card {
    let waiting = waiting(list, |scope| model.watch.resting_in(scope));
    let others = match others {
        0 => String::new(),
        1 => ", and 1 other account rests".to_owned(),
        others => format!(", and {others} other accounts rest"),
    };
    let next_step = if first.next_step.is_empty() { String::new() } else { format!(". {}", first.next_step) };
    let all = list.keys.len();
    let text = format!("{waiting} of {all} orders wait. {}{others}{next_step}", first.what);
    let briefly = match &first.command {
        Some(command) => [
            format!("{waiting} of {all} wait. {}", first.next_step).into(),
            format!("{waiting} wait: {command}").into(),
        ],
        None => [
            format!("{waiting} of {all} wait. {}", first.what).into(),
            format!("{waiting} of {all} orders wait").into(),
        ],
    };
    // `c` copies what belongs to the order at hand: its account's command, else what it copies anywhere.
    let at_hand = match &model.screen {
        Screen::List | Screen::Activity(_) => list.key_at_cursor(),
        Screen::Order(_) | Screen::Numbers(_) | Screen::Number(_) => model.screen.order(),
    };
    let failure = at_hand.and_then(|key| model.watch.resting_in(&key.scope));
    let command = failure.and_then(|failure| failure.command.clone());
    let mut offers = Vec::new();
    if command.is_some() {
        offers.push(offer(Action::Copy, "copies the command"));
    }
    offers.push(offer(Action::AskAll, "tries now"));
    Card { cause: Cause::SomeWait { briefly }, text: Text::sentences(&text), command, offers }
}

/// `No connection: the name voice-chime.us-east-1.amazonaws.com does not resolve. Next try within 15 s, one request.
/// Answers shown are from 14:02.`
pub(super) fn none_reached(model: &Model, list: &List, failure: &Failure, others: usize) -> Card {
    let others = match others {
        0 => String::new(),
        1 => " The list's other account is not reached either.".to_owned(),
        others => format!(" The list's {others} other accounts are not reached either."),
    };
    let next = next_try(model);
    let text = format!("{failure}.{others} {next}.{}", shown_from(model, list));
    Card {
        cause: Cause::Unreachable { briefly: [failure.what.clone(), "No connection".into()] },
        text: Text::sentences(&text),
        command: failure.command.clone(),
        offers: copies(model, failure).into_iter().chain([offer(Action::AskAll, "tries now")]).collect(),
    }
}

/// `3 of 12 orders wait. No connection: the name voice-chime.eu-west-1.amazonaws.com does not resolve`
pub(super) fn some_unreached(model: &Model, list: &List, first: &Failure, others: usize) -> Card {
    let waiting = waiting(list, |scope| model.watch.unreachable_in(scope));
    let others = match others {
        0 => String::new(),
        1 => ", and 1 other account is not reached".to_owned(),
        others => format!(", and {others} other accounts are not reached"),
    };
    let all = list.keys.len();
    let region = &first.scope.region;
    Card {
        cause: Cause::SomeWait {
            briefly: [
                format!("{waiting} of {all} wait: no connection to {region}").into(),
                format!("{waiting} wait: no connection").into(),
            ],
        },
        text: Text::sentences(&format!(
            "{waiting} of {all} orders wait. {}{others}. {}",
            first.what,
            next_try(model)
        )),
        command: None,
        offers: vec![offer(Action::AskAll, "tries now")],
    }
}

/// When a probe of the network goes out, one sentence without its full stop. The longest pause between two is told
/// instead of what is left of this one: nothing ticks.
fn next_try(model: &Model) -> String {
    match model.watch.asking() {
        Asking::On => format!("Next try within {} s, one request", PROBE_MOST.as_secs()),
        Asking::Paused { .. } => format!("Asking is paused, {} goes on", model.keys.of(Action::Pause)),
    }
}

/// Orders whose account is stopped by something.
fn waiting<'m>(list: &List, stopped: impl Fn(&Scope) -> Option<&'m Failure>) -> usize {
    list.keys.iter().flatten().filter(|key| stopped(&key.scope).is_some()).count()
}

/// ` Answers shown are from 14:02.`; empty where there is none.
fn shown_from(model: &Model, list: &List) -> String {
    let read_at = |entry| Some(list.snapshot(&model.watch, entry)?.read_at);
    let newest = (0..list.keys.len()).filter_map(read_at).max();
    newest.map(|at| format!(" Answers shown are from {}.", Clock::new(model).minute(at))).unwrap_or_default()
}
