//! What was seen of one number, the newest first, and between that what happened to its order; at the end the first
//! look, and when the order was created.

use super::lasted::Lasted;
use crate::app::model::{Model, NumberScreen};
use crate::app::past::{PastOf, Reach};
use crate::app::query::clock::Clock;
use crate::app::query::line::{Line, Mark, Role};
use crate::app::query::{activity, lookup};
use crate::domain::{Change, ChangeKind, Interval, NumberStatus, Snapshot};

/// Cells before a time, and between a time and what happened.
const INDENT: usize = 3;
const GAP: usize = 2;
/// Cells between what happened and how long the state before it had lasted.
const WIDE_GAP: usize = 3;
/// What stands in a line of its own begins here.
const BELOW: usize = 5;
/// What is longer than this does not move the column behind it.
const WIDEST: usize = 34;

/// All that was seen of a number, as far as it was read.
#[derive(Debug)]
pub(super) struct Timeline<'m> {
    /// The newest first.
    events: Vec<Event<'m>>,
    /// How far back it was read.
    pub(super) reach: Reach,
}

/// Something that was seen.
#[derive(Clone, Debug)]
struct Event<'m> {
    when: When,
    what: What<'m>,
}

/// When it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// Between two answers, or by the first.
    Seen(Interval),
    /// At a time that AWS tells.
    Told(jiff::Timestamp),
}

/// What it was.
#[derive(Clone, Debug)]
enum What<'m> {
    /// The number changed; how long it had been in the state before.
    Number(&'m ChangeKind, Option<(String, Lasted)>),
    /// It was in this state.
    Was(NumberStatus),
    /// Its order changed.
    Order(&'m ChangeKind),
    /// Its order was created.
    Created,
}

impl<'m> Timeline<'m> {
    /// That of the open number, which stands at `place` in its order; none where it is not there.
    pub(super) fn new(
        model: &'m Model,
        screen: &NumberScreen,
        snapshot: &Snapshot,
        place: Option<usize>,
    ) -> Self {
        let reach = model.past.order.reach_of(&PastOf::Order(screen.key.clone()));
        let changes: Vec<&Change> = lookup::changes_of(model, &screen.key)
            .filter(|change| number_of(&change.kind).is_none_or(|number| number.raw() == screen.number.raw()))
            .collect();
        let own: Vec<&Change> =
            changes.iter().copied().filter(|change| number_of(&change.kind).is_some()).collect();
        let first = first_look(&own, snapshot, place, reach);
        let mut events: Vec<Event<'m>> = changes
            .iter()
            .map(|change| Event {
                when: When::Seen(change.seen),
                what: match number_of(&change.kind) {
                    Some(_) => What::Number(&change.kind, lasted(change, &own, first.as_ref())),
                    None => What::Order(&change.kind),
                },
            })
            .collect();
        let now = place.and_then(|place| untold(&own, snapshot, place));
        for (status, seen) in now.into_iter().chain(first) {
            let above = events.iter().filter(|event| event.when.by() > seen.by).count();
            events.insert(above, Event { when: When::Seen(seen), what: What::Was(status) });
        }
        let created = snapshot.order.created;
        events.extend(created.map(|created| Event { when: When::Told(created), what: What::Created }));
        Self { events, reach }
    }

    /// What was seen last: the state of the number then, or before it was gone, and since when.
    pub(super) fn newest(&self) -> Option<(&NumberStatus, Interval)> {
        self.events.iter().find_map(|event| {
            let When::Seen(seen) = event.when else { return None };
            let status = match &event.what {
                What::Number(kind, _) => outcome(kind).or_else(|| before(kind))?,
                What::Was(status) => status,
                What::Order(_) | What::Created => return None,
            };
            Some((status, seen))
        })
    }

    /// Its lines in `width` cells.
    pub(super) fn lines(&self, width: usize, clock: &Clock<'_>) -> Vec<Line<'m>> {
        let times: Vec<String> = self.events.iter().map(|event| event.when.told(clock)).collect();
        let time_width = times.iter().map(|time| time.chars().count()).max().unwrap_or(0);
        let column = INDENT + time_width + GAP;
        let short = |what: &What<'m>| what.forms().into_iter().next_back().unwrap_or_default();
        let needed = self.events.iter().map(|event| short(&event.what).characters().min(WIDEST)).max();
        let is_stacked = column + needed.unwrap_or(0) > width;
        let own = self.events.iter().filter(|event| event.what.lasted().is_some());
        let own_width = own.map(|event| short(&event.what).characters().min(WIDEST)).max().unwrap_or(0);
        let mut lines = Vec::with_capacity(self.events.len());
        for (event, time) in self.events.iter().zip(times) {
            let (start, end) = if is_stacked { (BELOW, width) } else { (column, width) };
            let mut forms = event.what.forms().into_iter().rev();
            let shortest = forms.next().unwrap_or_default();
            let what = forms.rfind(|form| start + form.characters() <= end).unwrap_or(shortest);
            let mut line = if is_stacked {
                lines.push(Line::of(format!("{:INDENT$}{time}", ""), Role::Dim));
                Line::of(format!("{:BELOW$}", ""), Role::Dim)
            } else {
                Line::of(format!("{:INDENT$}{time:<time_width$}{:GAP$}", "", ""), Role::Dim)
            };
            let filled = own_width.saturating_sub(what.characters()) + WIDE_GAP;
            let happened = what.characters();
            line.pieces.extend(what.pieces);
            match event.what.lasted() {
                Some(lasted) if start + happened + filled + lasted.chars().count() <= end => {
                    lines.push(line.then(format!("{:filled$}", ""), Role::Plain).then(lasted, Role::Plain));
                }
                Some(lasted) => {
                    let indent = if start + lasted.chars().count() <= end { start } else { BELOW };
                    lines.extend([line, Line::of(format!("{:indent$}{lasted}", ""), Role::Plain)]);
                }
                None => lines.push(line),
            }
        }
        lines
    }
}

/// The number that a change is about; none for one of the order itself.
const fn number_of(kind: &ChangeKind) -> Option<&crate::domain::Text> {
    match kind {
        ChangeKind::Number { number, .. }
        | ChangeKind::NumberAppeared { number, .. }
        | ChangeKind::NumberGone { number, .. } => Some(number),
        ChangeKind::Order { .. } | ChangeKind::FocDate { .. } => None,
    }
}

/// The state of the number after a change; none where it is gone.
const fn outcome(kind: &ChangeKind) -> Option<&NumberStatus> {
    match kind {
        ChangeKind::Number { to, .. } => Some(to),
        ChangeKind::NumberAppeared { status, .. } => Some(status),
        ChangeKind::NumberGone { .. } | ChangeKind::Order { .. } | ChangeKind::FocDate { .. } => None,
    }
}

/// The state of the number before a change; none where it was not there.
const fn before(kind: &ChangeKind) -> Option<&NumberStatus> {
    match kind {
        ChangeKind::Number { from, .. } => Some(from),
        ChangeKind::NumberGone { status, .. } => Some(status),
        ChangeKind::NumberAppeared { .. } | ChangeKind::Order { .. } | ChangeKind::FocDate { .. } => None,
    }
}

/// The state of the number at the first look at its order; none while it is not known, and where the number came later.
fn first_look(
    own: &[&Change],
    snapshot: &Snapshot,
    place: Option<usize>,
    reach: Reach,
) -> Option<(NumberStatus, Interval)> {
    if let Some(oldest) = own.last() {
        let status = before(&oldest.kind).filter(|_| reach == Reach::Whole)?;
        return Some((status.clone(), Interval { after: None, by: snapshot.first_seen }));
    }
    let (status, since) = present(snapshot, place?)?;
    since.after.is_none().then_some((status, since))
}

/// The present state, where no change that was kept tells of it.
fn untold(own: &[&Change], snapshot: &Snapshot, place: usize) -> Option<(NumberStatus, Interval)> {
    let (status, since) = present(snapshot, place)?;
    let is_told = match own.first() {
        Some(newest) => outcome(&newest.kind) == Some(&status),
        None => since.after.is_none(),
    };
    (!is_told).then_some((status, since))
}

/// The state of a number in the last answer, and since when.
pub(super) fn present(snapshot: &Snapshot, place: usize) -> Option<(NumberStatus, Interval)> {
    let status = snapshot.order.numbers.get(place)?.status;
    Some((status, snapshot.numbers_since.get(place)?.interval()))
}

/// How long the state before a change had lasted, where it is known how it began.
fn lasted(
    change: &Change,
    own: &[&Change],
    first: Option<&(NumberStatus, Interval)>,
) -> Option<(String, Lasted)> {
    let status = before(&change.kind)?;
    let older = own.iter().find(|older| older.sequence < change.sequence);
    let entered = match older {
        Some(older) => (outcome(&older.kind) == Some(status)).then_some(older.seen),
        None => first.filter(|(first, _)| first == status).map(|(_, seen)| *seen),
    };
    Some((status.to_string(), Lasted::between(entered?, change.seen)?))
}

impl When {
    const fn by(self) -> jiff::Timestamp {
        match self {
            Self::Seen(seen) => seen.by,
            Self::Told(at) => at,
        }
    }

    fn told(self, clock: &Clock<'_>) -> String {
        match self {
            Self::Seen(seen) => {
                let seen = clock.seen(seen);
                seen.strip_prefix("seen ").map(ToOwned::to_owned).unwrap_or(seen)
            }
            Self::Told(at) => clock.second(at),
        }
    }
}

impl<'m> What<'m> {
    /// What happened, the longest form first.
    fn forms(&self) -> Vec<Line<'m>> {
        let dim = |text: String| Line::of(text, Role::Dim);
        match self {
            Self::Number(kind, _) => vec![number(kind)],
            Self::Was(status) => vec![state(Line::default(), status)],
            Self::Order(ChangeKind::Order { from, to }) => {
                vec![dim(format!("order {from} → {to}")), dim(format!("order → {to}"))]
            }
            Self::Order(ChangeKind::FocDate { from, to }) => {
                vec![dim(activity::foc(from.as_ref(), to.as_ref()))]
            }
            Self::Order(
                ChangeKind::Number { .. } | ChangeKind::NumberAppeared { .. } | ChangeKind::NumberGone { .. },
            ) => Vec::new(),
            Self::Created => vec![dim("order created".to_owned())],
        }
    }

    /// `Processing for 8 to 13 s`
    fn lasted(&self) -> Option<String> {
        match self {
            Self::Number(_, lasted) => lasted.as_ref().map(|(state, lasted)| format!("{state} for {lasted}")),
            Self::Was(_) | Self::Order(_) | Self::Created => None,
        }
    }
}

/// `… → ✗ Failed`, `new, … Processing`, `gone, was ✗ Failed`
fn number<'m>(kind: &ChangeKind) -> Line<'m> {
    match kind {
        ChangeKind::Number { from, to, .. } => {
            state(activity::number_state(Line::default(), from).then(" → ", Role::Dim), to)
        }
        ChangeKind::NumberAppeared { status, .. } => state(Line::of("new, ", Role::Plain), status),
        ChangeKind::NumberGone { status, .. } => state(Line::of("gone, was ", Role::Plain), status),
        ChangeKind::Order { .. } | ChangeKind::FocDate { .. } => Line::default(),
    }
}

/// A state by its symbol and its word.
pub(super) fn state<'m>(line: Line<'m>, status: &NumberStatus) -> Line<'m> {
    let mark = Mark::from(status);
    line.symbol(mark).then(" ", Role::Plain).then(status.to_string(), Role::State(mark))
}
