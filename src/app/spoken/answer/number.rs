//! One number in sentences: its state, its order, what to do, what was seen of it in this run.

use super::{MOST, all};
use crate::app::model::{List, Model};
use crate::app::query::clock::Clock;
use crate::app::query::line::count;
use crate::app::query::lookup::{self, Seen};
use crate::app::query::sentence;
use crate::domain::{ChangeKind, Snapshot};

/// A number of an order.
type Found<'m> = (Seen<'m>, &'m Snapshot, usize);

/// The number with these digits, or the first of those that have them.
pub(super) fn answer(model: &Model, list: &List, digits: &str, clock: &Clock<'_>) -> Vec<String> {
    let mut found = found(model, list, digits);
    let said: Vec<Found<'_>> = found.by_ref().take(MOST).collect();
    match said.as_slice() {
        [] => vec![format!("No number of {} has the digits {digits}.", list.watchlist.name)],
        [one] => whole(model, one, clock),
        several => {
            let mut lines: Vec<_> = several.iter().filter_map(|found| brief(found, clock)).collect();
            let more = found.count();
            lines
                .extend((more > 0).then(|| format!("And {}.", count(more, "other number", "other numbers"))));
            lines
        }
    }
}

/// The numbers of the list that have these digits one after the other.
fn found<'m>(model: &'m Model, list: &'m List, digits: &str) -> impl Iterator<Item = Found<'m>> {
    let wanted = only_digits(digits);
    all(model, list).filter_map(|(_, seen)| Some((seen, seen.snapshot?))).flat_map(move |(seen, snapshot)| {
        let has_them = {
            let wanted = wanted.clone();
            move |place: &usize| {
                let number = snapshot.order.numbers.get(*place);
                number.is_some_and(|each| only_digits(&each.number.raw()).contains(&wanted))
            }
        };
        (0..snapshot.order.numbers.len()).filter(has_them).map(move |place| (seen, snapshot, place))
    })
}

fn only_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `+1 833 555 0107: Failed, seen 14:02:05-14:02:10. Its order Toll-free is Partial.`
fn brief((seen, snapshot, place): &Found<'_>, clock: &Clock<'_>) -> Option<String> {
    let each = snapshot.order.numbers.get(*place)?;
    let since = clock.seen(snapshot.numbers_since.get(*place)?.interval());
    let (number, order) = (each.number.grouped(), seen.name());
    Some(format!("{number}: {}, {since}. Its order {order} is {}.", each.status, snapshot.order.status))
}

fn whole(model: &Model, found: &Found<'_>, clock: &Clock<'_>) -> Vec<String> {
    let (seen, snapshot, place) = found;
    let mut said: Vec<String> = brief(found, clock).into_iter().collect();
    said.push(format!("Order ID {}.", seen.entry.id));
    let (Some(each), Some(key)) = (snapshot.order.numbers.get(*place), seen.key) else { return said };
    said.extend(sentence::advice_of_number(&each.status, snapshot, clock));
    let number = each.number.raw();
    let is_told = |kind: &ChangeKind| match kind {
        ChangeKind::Number { number: of, .. }
        | ChangeKind::NumberAppeared { number: of, .. }
        | ChangeKind::NumberGone { number: of, .. } => of.raw() == number,
        ChangeKind::Order { .. } | ChangeKind::FocDate { .. } => true,
    };
    let changes = lookup::changes_of(model, key).filter(|change| is_told(&change.kind)).take(MOST);
    said.extend(changes.map(|change| {
        let what = sentence::what(change, 1);
        let order = if matches!(change.kind, ChangeKind::Order { .. }) { "its order " } else { "" };
        let seen = clock.seen(change.seen);
        format!("{}: {order}{what}.", seen.strip_prefix("seen ").unwrap_or(&seen))
    }));
    said
}
