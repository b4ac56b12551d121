//! The rows of the list: those that are visible, and no others.

use super::clock::Clock;
use super::line::{Mark, Role, thousands};
use super::lookup::{self, Freshness, Missed, Recency, Seen};
use super::summary::{self, Differs, Summary};
use crate::app::action::Action;
use crate::app::columns::Column;
use crate::app::key_names::KeyNames;
use crate::app::model::{Fold, List, Times};
use crate::app::rows::{Sort, SortBy};
use crate::app::watch::Watch;
use crate::domain::moment::elapsed;
use crate::domain::text::neutralise;
use crate::domain::{FailureKind, Need, OrderType, Snapshot, attention};
use std::borrow::Cow;
use std::time::Duration;

/// From this age on an answer is missed although AWS only asked us to slow down.
pub const OLD: Duration = Duration::from_mins(1);

/// More orders of one name than this are told apart by their ids.
const TWINS: usize = 20;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'m> {
    /// Whether the cursor is on it.
    pub cursor: Cursor,
    /// Whether actions act on it with others.
    pub marked: Marked,
    /// What it needs of you.
    pub need: Option<Need>,
    /// Whether it changed a moment ago.
    pub recency: Recency,
    /// Whether what it says is the present.
    pub freshness: Freshness,
    /// The symbol of its state.
    pub mark: Mark,
    /// Its state as AWS spells it.
    pub status: Cow<'m, str>,
    /// What it is called.
    pub name: String,
    /// What tells it from another order of that name: ` · 14:01`.
    pub told_apart: String,
    /// Where it lives, when orders differ in it.
    pub place: String,
    /// Numbers acquired of all; none before the first answer.
    pub done: Option<(u32, u32)>,
    /// Numbers that failed.
    pub failed: u32,
    /// The FOC date, where it is ported in.
    pub foc: Foc,
    /// The time in this state, or what is wrong.
    pub tail: Tail,
    /// What the user wants to remember about it.
    pub note: &'m str,
    /// New numbers or ported ones.
    pub kind: &'m str,
    /// What the numbers are for.
    pub product: Cow<'m, str>,
    /// When it was created, and when AWS last changed it.
    pub dates: [String; 2],
    /// The first eight characters of its id.
    pub id: &'m str,
}

/// Whether the cursor is on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// It is.
    Here,
    /// It is not.
    Elsewhere,
}

impl Cursor {
    /// The cursor is here when both are the same line.
    pub const fn at(line: usize, cursor: usize) -> Self {
        if line == cursor { Self::Here } else { Self::Elsewhere }
    }
}

/// Whether a line is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// What stands in the FOC column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foc {
    /// The order has nothing to do with it.
    None,
    /// Ported in, with no date yet.
    Open,
    /// The day.
    Day(String),
}

/// What stands at the end of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tail {
    /// The time in this state.
    Held(String),
    /// The last request brought no answer, and how old the last good one is, or how long it fails.
    Missed {
        /// Why, in a word or two.
        why: &'static str,
        /// Since when.
        age: String,
        /// How much it matters.
        role: Role,
    },
    /// Nothing is known of the present: when it was read.
    Read(String),
    /// Nothing to say yet.
    Nothing,
}

/// The lines of a list that are visible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<'m> {
    /// The rows.
    pub rows: Vec<Row<'m>>,
    /// The line of the settled orders, when it is visible.
    pub fold: Option<FoldLine>,
    /// Why there is no row.
    pub nothing: Option<String>,
    /// `12 of 40`, where not all lines are visible.
    pub place: Option<String>,
}

/// The line that stands for the settled orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoldLine {
    /// Whether the cursor is on it.
    pub cursor: Cursor,
    /// `31 settled  (enter shows)`.
    pub text: String,
}

/// The lines that the cursor moves over: the rows, and the fold line where there is one.
pub fn line_count(list: &List) -> usize {
    list.rows.shown.len() + usize::from(list.rows.folded > 0)
}

/// The first visible line: as near to `offset` as keeps the cursor visible and the page full.
pub fn first_line(offset: usize, cursor: usize, lines: usize, height: usize) -> usize {
    let height = height.max(1);
    let lowest = cursor.saturating_sub(height - 1);
    offset.clamp(lowest, cursor.max(lowest)).min(lines.saturating_sub(height))
}

/// The rows of `list` that are visible in `height` lines.
pub fn rows<'m>(
    list: &'m List,
    watch: &'m Watch,
    summary: &Summary,
    height: usize,
    keys: &KeyNames,
    clock: &Clock<'_>,
) -> Rows<'m> {
    let lines = line_count(list);
    let cursor = list.rows.cursor.min(lines.saturating_sub(1));
    let first = first_line(list.rows.offset, cursor, lines, height);
    let rows: Vec<_> = list
        .rows
        .shown
        .iter()
        .enumerate()
        .skip(first)
        .take(height)
        .filter_map(|(line, &index)| {
            let seen = lookup::entry(list, watch, index)?;
            let marked = if list.marks.contains(&seen.entry.id) { Marked::Yes } else { Marked::No };
            Some(row(&seen, summary, (Cursor::at(line, cursor), marked), clock))
        })
        .collect();
    let (folded, open) = (thousands(list.rows.folded), keys.of(Action::Open));
    let fold_line = list.rows.shown.len();
    let fold = (list.rows.folded > 0 && (first..first + height).contains(&fold_line)).then(|| FoldLine {
        cursor: Cursor::at(fold_line, cursor),
        text: match list.rows.fold {
            Fold::Folded => format!("{folded} settled  ({open} shows)"),
            Fold::Open => format!("{folded} settled  ({open} folds)"),
        },
    });
    Rows {
        nothing: (lines == 0).then(|| nothing(list, keys)),
        rows,
        fold,
        // The line of the settled orders is none.
        place: (cursor < fold_line && lines > height).then(|| of(cursor, fold_line)),
    }
}

fn nothing(list: &List, keys: &KeyNames) -> String {
    if list.rows.filter.is_empty() {
        return String::new();
    }
    let (filter, key) = (neutralise(&list.rows.filter), keys.of(Action::Back));
    format!("No order matches {filter}; {} hidden. {key} shows them.", thousands(list.rows.hidden))
}

/// One row.
pub fn row<'m>(
    seen: &Seen<'m>,
    summary: &Summary,
    (cursor, marked): (Cursor, Marked),
    clock: &Clock<'_>,
) -> Row<'m> {
    // Where all live in one place the column stands because it was asked for.
    let differs = if summary.differs == Differs::Nothing { Differs::Region } else { summary.differs };
    let place = seen.key.map(|key| summary::place(key, differs)).unwrap_or_default();
    let missed = seen.missed.filter(|missed| is_told(*missed, seen.snapshot, clock));
    let name = seen.name();
    let mut row = Row {
        cursor,
        marked,
        need: None,
        recency: seen.recency(clock),
        freshness: seen.freshness(clock),
        mark: Mark::Unread,
        status: Cow::Borrowed(""),
        told_apart: told_apart(&name, seen, summary, clock),
        name,
        place,
        done: None,
        failed: 0,
        foc: Foc::None,
        tail: missed.map_or(Tail::Nothing, |missed| missed_tail(missed, seen.snapshot, clock)),
        note: seen.entry.note.as_ref().map_or("", |note| note.shown()),
        kind: "",
        product: Cow::Borrowed(""),
        dates: [String::new(), String::new()],
        id: seen.entry.id.short(),
    };
    if let Some(snapshot) = seen.snapshot {
        row.need = attention::need(snapshot, clock.wall());
        row.mark = Mark::from(&snapshot.order.status);
        row.status = status_word(snapshot);
        row.done = Some((snapshot.counts.acquired, snapshot.counts.total));
        row.failed = snapshot.counts.failed;
        row.foc = foc(snapshot);
        let order = &snapshot.order;
        row.kind = order.order_type.as_ref().map_or("", word);
        row.product = order
            .product_type
            .as_ref()
            .map_or_else(Default::default, |product| Cow::Owned(product.to_string()));
        row.dates =
            [order.created, order.updated].map(|at| at.map(|at| clock.day_or_minute(at)).unwrap_or_default());
        if missed.is_none() {
            row.tail = match row.freshness {
                Freshness::Fresh => Tail::Held(clock.held(snapshot.state_since)),
                Freshness::Stale => Tail::Read(clock.age(snapshot.read_at)),
            };
        }
    }
    row
}

fn word(kind: &OrderType) -> &str {
    match kind {
        OrderType::Unknown(text) => text.shown(),
        known => known.raw(),
    }
}

/// The state as AWS spells it; an answer without one says so.
pub fn status_word(snapshot: &Snapshot) -> Cow<'_, str> {
    let status = &snapshot.order.status;
    match status {
        crate::domain::OrderStatus::Unknown(text) if text.is_empty() => Cow::Borrowed("no state"),
        crate::domain::OrderStatus::Unknown(text) => Cow::Borrowed(text.shown()),
        known => Cow::Borrowed(known.raw()),
    }
}

/// The name, and what tells it from another of the same name.
pub fn name(seen: &Seen<'_>, summary: &Summary, clock: &Clock<'_>) -> String {
    let name = seen.name();
    let told_apart = told_apart(&name, seen, summary, clock);
    name + &told_apart
}

/// ` · 14:01` where another order has the same name, or the day, or the start of the id where these are the same
/// too.
fn told_apart(name: &str, seen: &Seen<'_>, summary: &Summary, clock: &Clock<'_>) -> String {
    let (Some(snapshot), Some(twins)) = (seen.snapshot, summary.shared_names.get(name)) else {
        return String::new();
    };
    let by_id = || format!(" · {}", seen.entry.id.short());
    let Some(created) = snapshot.order.created.filter(|_| twins.len() <= TWINS) else { return by_id() };
    let said = clock.day_or_minute(created);
    let same = twins.iter().flatten().filter(|twin| clock.day_or_minute(**twin) == said).count();
    if same > 1 { by_id() } else { format!(" · {said}") }
}

fn foc(snapshot: &Snapshot) -> Foc {
    match &snapshot.order.foc_date {
        _ if !snapshot.order.is_porting() || snapshot.order.status.is_final() => Foc::None,
        Some(date) => Foc::Day(match date.date() {
            Some(day) => day.strftime("%-d %b").to_string(),
            None => date.to_string(),
        }),
        None => Foc::Open,
    }
}

/// A throttle is told when the last answer has become old: until then nothing is missing.
pub fn is_told(missed: Missed<'_>, snapshot: Option<&Snapshot>, clock: &Clock<'_>) -> bool {
    let is_throttle = missed.failure.kind == FailureKind::Throttled;
    let is_old = |snapshot: &Snapshot| elapsed(snapshot.read_at, clock.wall()) >= OLD;
    !is_throttle || snapshot.is_none_or(is_old)
}

fn missed_tail(missed: Missed<'_>, snapshot: Option<&Snapshot>, clock: &Clock<'_>) -> Tail {
    let since = snapshot.map_or(missed.since, |snapshot| snapshot.read_at);
    Tail::Missed { why: reason(missed.failure.kind), age: clock.age(since), role: role(missed.failure.kind) }
}

/// How much it matters that an order was not answered: a throttle only takes time.
pub const fn role(kind: FailureKind) -> Role {
    match kind {
        FailureKind::Throttled => Role::Need,
        FailureKind::Service
        | FailureKind::Timeout
        | FailureKind::Network(_)
        | FailureKind::BadRequest
        | FailureKind::Forbidden
        | FailureKind::NotFound
        | FailureKind::Undecodable
        | FailureKind::Unauthorized
        | FailureKind::Credentials
        | FailureKind::Refused => Role::Error,
    }
}

/// Why an order was not answered, in a word or two of at most nine characters.
pub const fn reason(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Throttled => "throttled",
        FailureKind::Service => "AWS error",
        FailureKind::Timeout => "timeout",
        FailureKind::Network(_) => "offline",
        FailureKind::BadRequest => "rejected",
        FailureKind::Forbidden => "forbidden",
        FailureKind::NotFound => "not found",
        FailureKind::Undecodable => "no order",
        FailureKind::Unauthorized => "no access",
        FailureKind::Credentials => "no login",
        FailureKind::Refused => "not sent",
    }
}

/// `12 of 40`, where `lines` lines have no room in `height`.
pub fn place_in(cursor: usize, lines: usize, height: usize) -> Option<String> {
    (lines > height).then(|| of(cursor, lines))
}

/// `3 of 12`.
pub fn of(line: usize, lines: usize) -> String {
    format!("{} of {}", thousands(line + 1), thousands(lines))
}

/// `order 3 of 12`.
pub fn position(line: usize, lines: usize) -> String {
    format!("order {}", of(line, lines))
}

/// What the rows are sorted by, in the direction of what it shows; none in the order in which they need you.
pub fn sorted(list: &List, times: Times) -> Option<Sort> {
    let sort = list.rows.sort;
    // The longer a state lasts, the earlier it began.
    let shows_begin = sort.by == SortBy::Column(Column::Since) && times != Times::Relative;
    (!sort.is_default()).then(|| if shows_begin { sort.reversed() } else { sort })
}
