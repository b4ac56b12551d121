//! When the user is called: when an order newly needs them, and when all orders are settled.
//!
//! What the first answer about an order says is where it starts from, and calls nobody: whoever starts the program
//! looks at it. Afterwards a call comes at most once a minute; what happens in between is told by the next one, if it
//! is still so then.

use super::action::Action;
use super::effect::Effect;
use super::model::{Model, Screen};
use super::query::line::thousands;
use super::update::notice;
use super::watch::Watched;
use crate::domain::attention;
use crate::domain::{Alerts, Moment, NeedKind, OrderKey, Text};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

/// After a call there is none for so long.
const QUIET: Duration = Duration::from_mins(1);

/// What calls are made from.
#[derive(Debug, Default)]
pub struct Alarm {
    /// Where each order stands, from its first answer on.
    known: HashMap<OrderKey, Standing>,
    /// How many of them are not settled.
    moving: usize,
    pending: Pending,
    last: Option<Moment>,
    /// The minute of the last look at every order.
    minute: i64,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    need: Option<NeedKind>,
    course: Course,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    Moving,
    Settled,
}

/// What the next call is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pending {
    needing: BTreeSet<OrderKey>,
    settling: Settling,
}

/// Whether the last order was settled since the last call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Settling {
    #[default]
    No,
    Settled,
}

/// Who changed what an order needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// An answer, or time.
    Events,
    /// The user, who need not be called about it.
    User,
}

impl Pending {
    fn is_empty(&self) -> bool {
        self.needing.is_empty() && self.settling == Settling::No
    }
}

impl Alarm {
    /// When a call is due that has to wait for the minute to end.
    fn deadline(&self) -> Option<Moment> {
        (!self.pending.is_empty()).then(|| self.last.map_or(Moment::START, |last| last.plus(QUIET)))
    }

    fn look(&mut self, model: &Model, order: &Watched, cause: Cause) {
        let key = order.key();
        let Some(snapshot) = order.snapshot() else { return };
        let before = self.known.get(key).copied();
        if before.is_none() && !order.has_answered() && !snapshot.is_settled() {
            return;
        }
        let need = attention::need(snapshot, model.watch.corrected(model.now)).map(|need| need.kind);
        let course = if snapshot.is_settled() { Course::Settled } else { Course::Moving };
        self.known.insert(key.clone(), Standing { need, course });
        self.moving += usize::from(course == Course::Moving);
        let Some(before) = before else { return };
        self.moving -= usize::from(before.course == Course::Moving);
        if need.is_some() && need != before.need && cause == Cause::Events {
            self.pending.needing.insert(key.clone());
        }
        if before.course == Course::Moving && self.is_all_settled(model) {
            self.pending.settling = Settling::Settled;
        }
    }

    fn forget(&mut self, key: &OrderKey) {
        if self.known.remove(key).is_some_and(|before| before.course == Course::Moving) {
            self.moving -= 1;
        }
        self.pending.needing.remove(key);
    }

    fn is_all_settled(&self, model: &Model) -> bool {
        self.moving == 0 && self.known.len() == model.watch.len()
    }

    /// What is pending and still so.
    fn take_what_holds(&mut self, model: &Model) -> Pending {
        let mut pending = std::mem::take(&mut self.pending);
        pending.needing.retain(|key| self.known.get(key).is_some_and(|standing| standing.need.is_some()));
        if !self.is_all_settled(model) {
            pending.settling = Settling::No;
        }
        pending
    }
}

/// When the next call is made: it waits for the minute to end, and for what a key was answered to be read.
pub fn deadline(model: &Model) -> Option<Moment> {
    let due = model.alarm.deadline()?;
    Some(model.notice.as_ref().map_or(due, |notice| due.max(notice.unread_until)))
}

/// Looks at the orders that the engine's last step changed.
pub(super) fn look(model: &mut Model, cause: Cause) {
    let mut alarm = std::mem::take(&mut model.alarm);
    for order in model.watch.touched() {
        alarm.look(model, order, cause);
    }
    for key in model.watch.gone() {
        alarm.forget(key);
    }
    model.alarm = alarm;
}

/// Looks at every order once a minute, because some needs come with time alone; then calls, if there is a reason.
pub(super) fn keep_up(model: &mut Model) -> Option<Effect> {
    let unread_until = match model.preferences.alerts {
        Alerts::On => model.notice.as_ref().map_or(Moment::START, |notice| notice.unread_until),
        Alerts::Muted => Moment::START,
    };
    let mut alarm = std::mem::take(&mut model.alarm);
    let minute = model.watch.corrected(model.now).as_second().div_euclid(60);
    if std::mem::replace(&mut alarm.minute, minute) != minute {
        let keys: Vec<OrderKey> = alarm.known.keys().cloned().collect();
        for order in keys.iter().filter_map(|key| model.watch.get(key)) {
            alarm.look(model, order, Cause::Events);
        }
    }
    let is_due = alarm.deadline().is_some_and(|due| due.max(unread_until) <= model.now.moment);
    let pending = if is_due { alarm.take_what_holds(model) } else { Pending::default() };
    let is_heard = model.preferences.alerts == Alerts::On && !pending.is_empty();
    if is_heard {
        alarm.last = Some(model.now.moment);
    }
    model.alarm = alarm;
    is_heard.then(|| {
        let places = elsewhere(model, &pending.needing);
        let can_go_there = model.screen == Screen::List && places.len() < pending.needing.len();
        notice::call(model, sentence(model, &pending, &places), can_go_there.then_some(Action::NextNeed));
        Effect::Ring
    })
}

/// What the bell is for, so that nobody has to guess.
fn sentence(model: &Model, pending: &Pending, elsewhere: &[Text]) -> String {
    let settled = match pending.settling {
        Settling::Settled => {
            let all = model.watch.len();
            let is_all_here = model.current_list().is_some_and(|list| list.keys.len() == all);
            let of = if is_all_here { "" } else { " of your lists" };
            let verb = if all == 1 { "is" } else { "are" };
            Some(format!("All {}{of} {verb} settled.", notice::count(all, "order", "orders")))
        }
        Settling::No => None,
    };
    settled.into_iter().chain(needing(model, &pending.needing, elsewhere)).collect::<Vec<_>>().join(" ")
}

/// `Toll-free needs you.`, `porting: Boise port-in needs you.`, `3 orders of porting newly need you.`
fn needing(model: &Model, needing: &BTreeSet<OrderKey>, elsewhere: &[Text]) -> Option<String> {
    let all = needing.len();
    let first = needing.first()?;
    Some(match (all, elsewhere) {
        (1, []) => format!("{} needs you.", model.name_of(first)),
        (1, [list, ..]) => format!("{list}: {} needs you.", model.name_of(first)),
        (_, []) => format!("{} orders newly need you.", thousands(all)),
        (_, [list, others @ ..]) if others.iter().all(|other| other == list) => match elsewhere.len() {
            there if there == all => format!("{} orders of {list} newly need you.", thousands(all)),
            there => {
                format!("{} orders newly need you, {} of them in {list}.", thousands(all), thousands(there))
            }
        },
        (_, several) => format!(
            "{} orders newly need you, {} of them in other lists.",
            thousands(all),
            thousands(several.len())
        ),
    })
}

/// The lists of those orders that the list on the screen does not have.
fn elsewhere(model: &Model, orders: &BTreeSet<OrderKey>) -> Vec<Text> {
    let here: HashSet<&OrderKey> =
        model.current_list().into_iter().flat_map(|list| list.keys.iter().flatten()).collect();
    let mut away: HashSet<&OrderKey> = orders.iter().filter(|key| !here.contains(key)).collect();
    let mut lists = Vec::new();
    for list in &model.lists {
        for key in list.keys.iter().flatten() {
            if away.remove(key) {
                lists.push(list.watchlist.name.clone());
            }
        }
    }
    lists
}
