//! What stands over the rows when a whole list cannot be shown or asked: what is, what mends it, which keys help.

mod account;

use super::action::Action;
use super::model::{List, Model, Screen};
use super::regions;
use crate::domain::failure::READ_ORDER;
use crate::domain::scope::NUMBER_REGIONS;
use crate::domain::watchlist::Access;
use crate::domain::{Failure, FailureKind, Scope, Text, masking};
use std::sync::Arc;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Why it stands there.
    pub cause: Cause,
    /// What is, and what to do: whole sentences.
    pub text: Text,
    /// What mends it, for `c` to copy: a command, a policy. Without one its text is copied where it offers that.
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
    /// No account of the list can be reached: the network is down.
    Unreachable {
        /// The same alone, where the whole text has no room: shorter and shorter.
        briefly: [Text; 2],
    },
    /// Some accounts rest or cannot be reached: the orders of the others are asked, so this takes one line only.
    SomeWait {
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
        Access::Broken(what) => return Some(broken(model, list, what)),
        Access::Gone(what) => return Some(gone(model, what)),
        Access::Writable => {}
    }
    let scopes = regions::scopes(model, list);
    let resting: Vec<&Failure> = scopes.iter().filter_map(|scope| model.watch.resting_in(scope)).collect();
    match resting.as_slice() {
        [] if list.watchlist.entries.is_empty() => return Some(empty()),
        [] => {}
        [first, others @ ..] if resting.len() == scopes.len() => {
            return Some(account::all_rest(model, list, first, others.len()));
        }
        [first, others @ ..] => return Some(account::some_rest(model, list, first, others.len())),
    }
    let away: Vec<&Failure> = scopes.iter().filter_map(|scope| model.watch.unreachable_in(scope)).collect();
    match away.as_slice() {
        [] => {}
        [first, others @ ..] if away.len() == scopes.len() => {
            return Some(account::none_reached(model, list, first, others.len()));
        }
        [first, others @ ..] => return Some(account::some_unreached(model, list, first, others.len())),
    }
    match shared_failure(model, list)? {
        (FailureKind::NotFound, failure) => Some(not_found(model, list, failure)),
        (FailureKind::Forbidden, failure) => Some(forbidden(model, list, failure)),
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

/// That `c` copies what the card says, for whoever can help. On the other screens it copies what stands there.
fn copies_text(model: &Model) -> Option<Offer> {
    (model.screen == Screen::List).then(|| offer(Action::Copy, "copies this"))
}

fn empty() -> Card {
    Card {
        cause: Cause::Empty,
        text: "Nothing watched yet. No account at hand? Quit and run: chimewatch demo".into(),
        command: Some("chimewatch demo".into()),
        offers: vec![
            offer(Action::Add, "paste order IDs, or any text that holds them"),
            offer(Action::Import, "import from your account"),
            offer(Action::Help, "keys"),
        ],
    }
}

/// `launch.toml:7 expected a value. Shown is the last good copy; edits resume when the file parses.`
fn broken(model: &Model, list: &List, what: &Text) -> Card {
    let shown = if list.watchlist.entries.is_empty() {
        "There is no copy with orders to show"
    } else {
        "Shown is the last good copy"
    };
    let text = format!("{what}. {shown}; edits resume when the file parses.");
    Card {
        cause: Cause::Broken,
        text: Text::sentences(&text),
        command: None,
        offers: copies_text(model).into_iter().collect(),
    }
}

/// `launch.toml is gone. Shown is what it held; :list-duplicate saves a copy, :list-delete closes the list.`
fn gone(model: &Model, what: &Text) -> Card {
    let [copies, deletes] = [Action::ListDuplicate, Action::ListDelete].map(|action| model.keys.of(action));
    let text = format!("{what}. Shown is what it held; {copies} saves a copy, {deletes} closes the list.");
    Card {
        cause: Cause::Broken,
        text: Text::sentences(&text),
        command: None,
        offers: copies_text(model).into_iter().collect(),
    }
}

/// `Profile prod (account 1234…9012) may not read these 3 orders in us-east-1: chime:GetPhoneNumberOrder is missing.`
fn forbidden(model: &Model, list: &List, failure: &Failure) -> Card {
    let scope = &failure.scope;
    let account = model.watch.identity(scope).and_then(|identity| identity.account.as_deref());
    let account = account.map(|id| format!(" (account {})", masking::account(id))).unwrap_or_default();
    let orders = match list.keys.len() {
        1 => "this order".to_owned(),
        many => format!("these {many} orders"),
    };
    let policy = if failure.command.is_some() { " Give your administrator this policy." } else { "" };
    let text = format!(
        "Profile {}{account} may not read {orders} in {}: {READ_ORDER} is missing.{policy}",
        scope.profile_name(),
        scope.region
    );
    let copies = match failure.command {
        Some(_) => Some(offer(Action::Copy, "copies the policy")),
        None => copies_text(model),
    };
    let offers = copies.into_iter().chain([offer(Action::AskAll, "tries all now")]).collect();
    Card { cause: Cause::Forbidden, text: Text::sentences(&text), command: failure.command.clone(), offers }
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
    let looks = look_in.iter().map(|region| offer(Action::Open, format!("looks in {region}")));
    let offers = looks.chain(copies_text(model)).collect();
    Card { cause: Cause::NotFound { look_in }, text: Text::sentences(&text), command: None, offers }
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
