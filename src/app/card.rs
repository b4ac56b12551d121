//! What stands over the rows when a whole list cannot be shown or asked: what is, what mends it, which keys help.

use super::action::Action;
use super::model::{List, Model, Screen, Times};
use super::regions;
use crate::domain::scope::NUMBER_REGIONS;
use crate::domain::watchlist::Access;
use crate::domain::{Failure, FailureKind, OrderKey, Scope, Text};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Why it stands there.
    pub cause: Cause,
    /// What is, and what to do: whole sentences.
    pub text: Text,
    /// What mends it, for `c` to copy: a command, a policy.
    pub command: Option<Text>,
    /// Keys that help, and what each does.
    pub offers: Vec<Offer>,
}

/// A key that helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its action.
    pub action: Action,
    /// What it does here: `looks in us-west-2`.
    pub does: String,
}

/// Why a card stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The list holds no order.
    Empty,
    /// The credentials of every account of the list are missing or refused: they rest.
    Resting,
    /// Those of some accounts: the orders of the others are asked, so this takes one line only.
    SomeRest {
        /// What to do alone, where the whole text has no room: shorter and shorter.
        briefly: [Text; 2],
    },
    /// The account may not read orders.
    Forbidden,
    /// The list's file does not parse or is gone: the last good copy is shown and cannot be edited.
    Broken,
    /// No order of the list is known where it was looked for.
    NotFound {
        /// Where to look next; none when everywhere was looked.
        look_in: Option<Arc<str>>,
    },
}

/// The card of the current list, if it needs one.
pub fn card(model: &Model) -> Option<Card> {
    let list = model.current_list()?;
    match &list.watchlist.access {
        Access::Broken(what) => return Some(broken(list, what)),
        Access::Gone(what) => return Some(gone(model, what)),
        Access::Writable => {}
    }
    let scopes = regions::scopes(model, list);
    let resting: Vec<&Failure> = scopes.iter().filter_map(|scope| model.watch.resting_in(scope)).collect();
    match resting.as_slice() {
        [] if list.watchlist.entries.is_empty() => return Some(empty()),
        [] => {}
        [first, others @ ..] if resting.len() == scopes.len() => {
            return Some(all_rest(model, list, first, others.len()));
        }
        [first, others @ ..] => return Some(some_rest(model, list, first, others.len())),
    }
    match shared_failure(model, list)? {
        (FailureKind::NotFound, failure) => Some(not_found(model, list, failure)),
        (FailureKind::Forbidden, failure) => Some(forbidden(failure)),
        (
            FailureKind::Throttled
            | FailureKind::Service
            | FailureKind::Timeout
            | FailureKind::Network(_)
            | FailureKind::BadRequest
            | FailureKind::Undecodable
            | FailureKind::Unauthorized
            | FailureKind::Credentials
            | FailureKind::Refused,
            _,
        ) => None,
    }
}

fn offer(action: Action, does: impl Into<String>) -> Offer {
    Offer { action, does: does.into() }
}

fn empty() -> Card {
    Card {
        cause: Cause::Empty,
        text: "Nothing watched yet. No account at hand? Quit and run: chimewatch demo".into(),
        command: None,
        offers: vec![
            offer(Action::Add, "paste order IDs, or any text that holds them"),
            offer(Action::Import, "import from your account"),
            offer(Action::Help, "keys"),
        ],
    }
}

/// `launch.toml:7 expected a value. Shown is the last good copy; edits resume when the file parses.`
fn broken(list: &List, what: &Text) -> Card {
    let shown = if list.watchlist.entries.is_empty() {
        "There is no copy with orders to show"
    } else {
        "Shown is the last good copy"
    };
    let text = format!("{what}. {shown}; edits resume when the file parses.");
    Card { cause: Cause::Broken, text: text.into(), command: None, offers: Vec::new() }
}

/// `launch.toml is gone. Shown is what it held; :list-duplicate saves a copy, :list-delete closes the list.`
fn gone(model: &Model, what: &Text) -> Card {
    let [copies, deletes] = [Action::ListDuplicate, Action::ListDelete].map(|action| model.keys.of(action));
    let text = format!("{what}. Shown is what it held; {copies} saves a copy, {deletes} closes the list.");
    Card { cause: Cause::Broken, text: text.into(), command: None, offers: Vec::new() }
}

/// `Profile prod is signed out. Run in another window: aws sso login --profile prod. This screen goes on by itself.`
fn all_rest(model: &Model, list: &List, failure: &Failure, others: usize) -> Card {
    let account = model.watch.identity(&failure.scope).and_then(|identity| identity.account.as_deref());
    // What the failure says itself is not said again.
    let account = account.filter(|account| !failure.what.raw().contains(*account));
    let account = account.map(|account| format!(" Its account is {account}.")).unwrap_or_default();
    let others = match others {
        0 => String::new(),
        1 => " The list's other account rests too.".to_owned(),
        others => format!(" The list's {others} other accounts rest too."),
    };
    let shown_from = newest_answer(model, list)
        .map(|at| format!(" Answers shown are from {}.", minute(model, at)))
        .unwrap_or_default();
    // What no command mends another profile may.
    let another = match failure.command {
        Some(_) => String::new(),
        None => format!(" {} chooses another.", model.keys.of(Action::Profile)),
    };
    let mut offers = Vec::new();
    if let Some(command) = &failure.command {
        let is_shown = failure.next_step.raw().contains(command.raw());
        let what = if is_shown { "the command".to_owned() } else { command.to_string() };
        offers.push(offer(Action::Copy, format!("copies {what}")));
    }
    let is_one = others.is_empty() && !list.watchlist.entries.is_empty();
    offers.push(offer(if is_one { Action::AskNow } else { Action::AskAll }, "tries now"));
    Card {
        cause: Cause::Resting,
        text: format!("{failure}.{another}{account}{others} This screen goes on by itself.{shown_from}")
            .into(),
        command: failure.command.clone(),
        offers,
    }
}

/// `3 of 12 orders wait. Profile dev is signed out. Run in another window: aws sso login --profile dev`
fn some_rest(model: &Model, list: &List, first: &Failure, others: usize) -> Card {
    let rests = |key: &&OrderKey| model.watch.resting_in(&key.scope).is_some();
    let waiting = list.keys.iter().flatten().filter(rests).count();
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
        Screen::Order(screen) => Some(&screen.key),
        Screen::Numbers(screen) => screen.order.as_ref().map(|order| &order.key),
        Screen::List | Screen::Activity(_) => list.key_at_cursor(),
    };
    let failure = at_hand.and_then(|key| model.watch.resting_in(&key.scope));
    let command = failure.and_then(|failure| failure.command.clone());
    let mut offers = Vec::new();
    if command.is_some() {
        offers.push(offer(Action::Copy, "copies the command"));
    }
    offers.push(offer(Action::AskAll, "tries now"));
    Card { cause: Cause::SomeRest { briefly }, text: text.into(), command, offers }
}

fn forbidden(failure: &Failure) -> Card {
    let offers = match failure.command {
        Some(_) => vec![offer(Action::Copy, "copies the policy"), offer(Action::AskAll, "tries all now")],
        None => vec![offer(Action::AskAll, "tries all now")],
    };
    Card {
        cause: Cause::Forbidden,
        text: format!("{failure}.").into(),
        command: failure.command.clone(),
        offers,
    }
}

/// `eu-west-1 knows none of these 12 orders. Numbers are ordered in us-east-1 and us-west-2 only.`
fn not_found(model: &Model, list: &List, failure: &Failure) -> Card {
    let scope = &failure.scope;
    let look_in = next_region(list, scope);
    let orders = match list.keys.len() {
        1 => "this order".to_owned(),
        many => format!("these {many} orders"),
    };
    let [first, second] = NUMBER_REGIONS;
    let looked: Vec<&str> = match list.session_regions.as_slice() {
        [] => vec![&scope.region],
        regions => regions.iter().map(AsRef::as_ref).collect(),
    };
    let verb = match (looked.len(), list.keys.len()) {
        (1, 1) => "does not know",
        (_, 1) => "do not know",
        (1, _) => "knows none of",
        (_, _) => "know none of",
    };
    let profile = scope.profile.as_deref().map(|profile| format!(" as {profile}")).unwrap_or_default();
    let next = match look_in {
        Some(_) => String::new(),
        None if NUMBER_REGIONS.iter().all(|region| looked.contains(region)) => {
            format!(" Another profile may: {} chooses it.", model.keys.of(Action::Profile))
        }
        None => {
            let [region, profile] = [Action::Region, Action::Profile].map(|action| model.keys.of(action));
            format!(" Another region or profile may: {region} and {profile} choose them.")
        }
    };
    let text = format!(
        "{} {verb} {orders}{profile}. Numbers are ordered in {first} and {second} only.{next}",
        looked.join(" and "),
    );
    let offers =
        look_in.iter().map(|region| offer(Action::Open, format!("looks in {region}"))).collect::<Vec<_>>();
    Card { cause: Cause::NotFound { look_in }, text: text.into(), command: None, offers }
}

/// The first region with numbers that was not looked in; none at an endpoint of the user's own.
fn next_region(list: &List, scope: &Scope) -> Option<Arc<str>> {
    let looked = |region: &str| {
        *scope.region == *region || list.session_regions.iter().any(|looked| **looked == *region)
    };
    let next = NUMBER_REGIONS.into_iter().find(|region| !looked(region))?;
    scope.endpoint.is_none().then(|| next.into())
}

/// The failure that every order of the list last had, where they all live in one place.
fn shared_failure<'m>(model: &'m Model, list: &List) -> Option<(FailureKind, &'m Failure)> {
    let failure_of = |key: &Option<_>| Some(&model.watch.get(key.as_ref()?)?.failure()?.0);
    let first: &Failure = failure_of(list.keys.first()?)?;
    let is_shared = list
        .keys
        .iter()
        .all(|key| failure_of(key).is_some_and(|each| each.kind == first.kind && each.scope == first.scope));
    is_shared.then_some((first.kind, first))
}

fn newest_answer(model: &Model, list: &List) -> Option<Timestamp> {
    (0..list.keys.len()).filter_map(|entry| Some(list.snapshot(&model.watch, entry)?.read_at)).max()
}

fn minute(model: &Model, at: Timestamp) -> String {
    let zone = match model.preferences.times {
        Times::Relative | Times::Local => model.zone.clone(),
        Times::Utc => TimeZone::UTC,
    };
    at.to_zoned(zone).strftime("%H:%M").to_string()
}
