//! Why an order was not answered, in whole sentences: what is, what was before, what to do.

use crate::app::action::Action;
use crate::app::card::{self, Cause};
use crate::app::elsewhere;
use crate::app::model::Model;
use crate::app::query::clock::Clock;
use crate::app::query::line::{Line, wrap};
use crate::app::query::lookup::{Missed, Seen};
use crate::app::query::rows::{self, is_told};
use crate::domain::{Failure, FailureKind};

/// The lines that say why the last request brought no order; none where it did.
pub fn lines<'m>(model: &Model, seen: &Seen<'_>, width: usize, clock: &Clock<'_>) -> Vec<Line<'m>> {
    let Some(missed) = seen.missed.filter(|missed| is_told(*missed, seen.snapshot, clock)) else {
        return Vec::new();
    };
    let text = match missed.failure.kind {
        FailureKind::NotFound => not_found(model, seen, missed, clock),
        FailureKind::Throttled
        | FailureKind::Service
        | FailureKind::Timeout
        | FailureKind::Network(_)
        | FailureKind::BadRequest
        | FailureKind::Forbidden
        | FailureKind::Undecodable
        | FailureKind::Unauthorized
        | FailureKind::Credentials
        | FailureKind::Refused => other(model, seen, missed.failure, clock),
    };
    let role = rows::role(missed.failure.kind);
    wrap(&text, width).into_iter().map(|text| Line::of(format!(" {text}"), role)).collect()
}

/// `Not found in us-east-1 as prod. Was Processing at 14:02. w looks in us-west-2.`
fn not_found(model: &Model, seen: &Seen<'_>, missed: Missed<'_>, clock: &Clock<'_>) -> String {
    let scope = &missed.failure.scope;
    let what = format!("Not found in {} as {}", scope.region, scope.profile_name());
    let was = seen
        .snapshot
        .map(|snapshot| format!("Was {} at {}", snapshot.order.status, clock.minute(snapshot.read_at)));
    let is_told = || card::card(model).is_some_and(|card| matches!(card.cause, Cause::NotFound { .. }));
    let elsewhere = seen.key.and_then(|key| elsewhere::next_step(model, key));
    let next_step = elsewhere.or_else(|| {
        let [profile, region] = [Action::Profile, Action::Region].map(|action| model.keys.of(action));
        (!is_told()).then(|| format!("{profile} and {region} choose where the list is asked"))
    });
    sentences([Some(what), was, next_step])
}

fn other(model: &Model, seen: &Seen<'_>, failure: &Failure, clock: &Clock<'_>) -> String {
    let is_forbidden = failure.kind == FailureKind::Forbidden;
    // The card over the order says it of all of them.
    let is_told = is_forbidden && card::card(model).is_some_and(|card| card.cause == Cause::Forbidden);
    let why = (!is_told).then(|| failure.to_string());
    let has_policy = is_forbidden && !is_told && failure.command.is_some();
    let copies = has_policy.then(|| format!("{} copies it", model.keys.of(Action::Policy)));
    let was =
        seen.snapshot.map(|snapshot| format!("Shown is the answer of {}", clock.second(snapshot.read_at)));
    sentences([why, copies, was])
}

/// Sentences in a row, each with its full stop.
fn sentences(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts = parts.into_iter().flatten();
    let ended = parts.map(|part| format!("{}.", part.trim_end_matches('.')));
    ended.collect::<Vec<_>>().join(" ")
}
