//! The head of an order: its state, where it lives, its times, its date, what to do.

use super::{advice, missed, next_look, usual};
use crate::app::model::{Model, OrderScreen, Pane};
use crate::app::query::clock::Clock;
use crate::app::query::header::list_name;
use crate::app::query::line::{Line, Mark, Role, flow, thousands, wrap};
use crate::app::query::lookup::{self, Seen};
use crate::app::query::rows::status_word;
use crate::domain::masking::masked;
use crate::domain::snapshot::Detail;
use crate::domain::{ChangeKind, FocDate, Interval, Privacy, Snapshot, Text, attention};
use std::borrow::Cow;

/// Cells of the first line that the way to the order and its name leave to the clock and to blanks.
const BESIDE_THE_PATH: usize = " ›  ".len() + 14;

/// The lines over the numbers of the order screen.
pub fn lines<'m>(
    model: &'m Model,
    seen: &Seen<'m>,
    screen: &OrderScreen,
    width: u16,
    clock: &Clock<'_>,
) -> Vec<Line<'m>> {
    let mut lines = Vec::with_capacity(10);
    let text_width = usize::from(width.saturating_sub(2)).clamp(16, 100);
    if let Some(snapshot) = seen.snapshot {
        lines.push(state(snapshot, clock));
        lines.extend(identity(model, seen, text_width));
        lines.extend(times(model, seen, snapshot, text_width, clock));
        let usual = seen.key.and_then(|key| usual::words(model, key, snapshot, clock));
        let usual = usual.map(|usual| wrap(&usual, text_width)).into_iter().flatten();
        lines.extend(usual.map(|text| Line::of(format!(" {text}"), Role::Dim)));
        lines.extend(foc(model, seen, snapshot, text_width, clock));
    } else {
        // Why it was refused is told below.
        if !seen.is_refused() {
            lines.push(Line::of(" not read yet", Role::Dim));
        }
        lines.extend(identity(model, seen, text_width));
    }
    lines.extend(label(model, seen, width, text_width));
    lines.extend(note(model, seen, text_width));
    lines.extend(missed::lines(model, seen, text_width, clock));
    lines.extend(advice_lines(model, seen, text_width, clock, copying(screen)));
    match seen.snapshot {
        Some(snapshot) if snapshot.detail == Detail::Outline && snapshot.counts.total > 0 => {
            let numbers = format!(" {} numbers, not read yet", thousands(snapshot.counts.total as usize));
            lines.push(Line::default());
            lines.push(Line::of(numbers, Role::Dim));
        }
        Some(snapshot) if snapshot.counts.total > 0 => lines.push(Line::default()),
        Some(_) => lines.push(Line::of(" no numbers in this order", Role::Dim)),
        None => {}
    }
    lines
}

/// What the key that copies takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copying {
    /// The numbers of the order that failed.
    Failed,
    /// The id of an order, or the numbers that a filter shows.
    SomethingElse,
}

/// What it takes on this screen of an order, whether it is the one that is shown or where the way back leads.
const fn copying(screen: &OrderScreen) -> Copying {
    if screen.filter.is_empty() { Copying::Failed } else { Copying::SomethingElse }
}

/// What to do, with the mark of what needs you before it.
fn advice_lines<'m>(
    model: &Model,
    seen: &Seen<'_>,
    width: usize,
    clock: &Clock<'_>,
    copying: Copying,
) -> Vec<Line<'m>> {
    let Some(snapshot) = seen.snapshot else { return Vec::new() };
    let Some(need) = attention::need(snapshot, clock.wall()) else { return Vec::new() };
    let role = if need.is_urgent { Role::Urgent } else { Role::Need };
    let what_to_do = match copying {
        Copying::Failed => advice::sentence(need, snapshot, &model.keys, clock),
        Copying::SomethingElse => advice::what_to_do(need, snapshot, clock),
    };
    wrap(&what_to_do, width.saturating_sub(2))
        .into_iter()
        .enumerate()
        .map(|(index, text)| Line::of(if index == 0 { " ! " } else { "   " }, role).then(text, Role::Plain))
        .collect()
}

/// `◐ Partial for 4 h · New · VoiceConnector`
fn state<'m>(snapshot: &'m Snapshot, clock: &Clock<'_>) -> Line<'m> {
    let mark = Mark::from(&snapshot.order.status);
    Line::of(" ", Role::Plain)
        .symbol(mark)
        .then(" ", Role::Plain)
        .then(status_word(snapshot), Role::State(mark))
        .then(held(snapshot.state_since, clock), Role::Plain)
        .then(types(snapshot), Role::Dim)
        .right(clock.seen(snapshot.state_since), Role::Dim)
}

/// ` for 4 h`, ` since 10:02`
pub fn held(since: Interval, clock: &Clock<'_>) -> String {
    let held = clock.held(since);
    if held.contains(':') { format!(" since {held}") } else { format!(" for {held}") }
}

fn types(snapshot: &Snapshot) -> String {
    let order = &snapshot.order;
    let order_type = order.order_type.as_ref().map(|order_type| format!(" · {order_type}"));
    let product = order.product_type.as_ref().map(|product| format!(" · {product}"));
    format!("{}{}", order_type.unwrap_or_default(), product.unwrap_or_default())
}

/// Its id, and where it lives with the account's.
pub fn identity<'m>(
    model: &Model,
    seen: &Seen<'_>,
    width: usize,
) -> impl Iterator<Item = Line<'m>> + use<'m> {
    let mut parts = vec![seen.entry.id.to_string()];
    let account = |scope| model.watch.identity(scope)?.account.as_deref();
    parts.extend(seen.key.map(|key| key.scope.in_full(account(&key.scope))));
    indented(&parts, width, Role::Plain)
}

/// Parts in as many lines as they need.
fn indented<'m>(parts: &[String], width: usize, role: Role) -> impl Iterator<Item = Line<'m>> + use<'m> {
    flow(parts, width).into_iter().map(move |text| Line::of(format!(" {text}"), role))
}

/// `created 10:01 UTC, 4 h ago   AWS updated 10:02   read 14:03:05, next in <10 s`, the last where it takes no
/// line more.
fn times<'m>(
    model: &Model,
    seen: &Seen<'_>,
    snapshot: &Snapshot,
    width: usize,
    clock: &Clock<'_>,
) -> impl Iterator<Item = Line<'m>> + use<'m> {
    let mut parts = Vec::with_capacity(3);
    if let Some(created) = snapshot.order.created {
        parts.push(format!(
            "created {} {}, {} ago",
            clock.minute(created),
            clock.zone_name(),
            clock.age(created)
        ));
    }
    if let Some(updated) = snapshot.order.updated {
        parts.push(format!("AWS updated {}", clock.minute(updated)));
    }
    let Read { read, in_full } = read(model, seen, snapshot, clock);
    let lines_of = |read: String| flow(&[parts.as_slice(), &[read]].concat(), width);
    let (short, in_full) = (lines_of(read), in_full.map(lines_of));
    let lines = in_full.filter(|lines| lines.len() == short.len()).unwrap_or(short);
    lines.into_iter().map(|text| Line::of(format!(" {text}"), Role::Dim))
}

/// When an order was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// `read 14:03:05`
    pub read: String,
    /// `read 14:03:05, next in <10 s`, where that can be told.
    pub in_full: Option<String>,
}

/// When an order was read, and when it will be next.
pub fn read(model: &Model, seen: &Seen<'_>, snapshot: &Snapshot, clock: &Clock<'_>) -> Read {
    let read = format!("read {}", clock.second(snapshot.read_at));
    let in_full = next_look::words(model, seen, clock).map(|next_look| format!("{read}, {next_look}"));
    Read { read, in_full }
}

/// `FOC 28 Nov 2026, in 5 d   was 26 Nov 2026 until 13:58`
pub fn foc<'m>(
    model: &Model,
    seen: &Seen<'_>,
    snapshot: &Snapshot,
    width: usize,
    clock: &Clock<'_>,
) -> Vec<Line<'m>> {
    let Some(date) = snapshot.order.foc_date.as_ref() else { return Vec::new() };
    let mut parts = vec![format!("FOC {date}{}", distance(date, clock))];
    let earlier = earlier_dates(model, seen).into_iter();
    parts.extend(earlier.map(|(date, seen)| format!("was {date} until {}", clock.seen_briefly(seen))));
    indented(&parts, width, Role::Plain).collect()
}

fn distance(date: &FocDate, clock: &Clock<'_>) -> String {
    match date.date().map(|day| clock.days_until(day)) {
        Some(0) => ", today".to_owned(),
        Some(1) => ", tomorrow".to_owned(),
        Some(days) if days > 1 => format!(", in {days} d"),
        Some(days) => format!(", {} d ago", -i64::from(days)),
        None => String::new(),
    }
}

/// The dates that were seen to go, the latest first.
fn earlier_dates<'m>(model: &'m Model, seen: &Seen<'_>) -> Vec<(&'m FocDate, Interval)> {
    seen.key
        .into_iter()
        .flat_map(|key| lookup::changes_of(model, key))
        .filter_map(|change| match &change.kind {
            ChangeKind::FocDate { from: Some(from), .. } => Some((from, change.seen)),
            ChangeKind::FocDate { from: None, .. }
            | ChangeKind::Order { .. }
            | ChangeKind::Number { .. }
            | ChangeKind::NumberAppeared { .. }
            | ChangeKind::NumberGone { .. } => None,
        })
        .take(3)
        .collect()
}

/// The label in whole, where the first line of a screen of `width` cells has no room for it.
fn label<'m>(model: &Model, seen: &Seen<'_>, width: u16, text_width: usize) -> Vec<Line<'m>> {
    let Some(label) = seen.entry.label.as_ref() else { return Vec::new() };
    // Nobody minds one line too many about a label in wide letters.
    let cells = |text: &str| text.chars().map(|each| if each.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let room = usize::from(width).saturating_sub(BESIDE_THE_PATH + cells(list_name(model)));
    if cells(label.shown()) <= room { Vec::new() } else { said(model, " label ", label, text_width) }
}

fn note<'m>(model: &Model, seen: &Seen<'_>, width: usize) -> Vec<Line<'m>> {
    seen.entry.note.as_ref().map_or_else(Vec::new, |note| said(model, " note  ", note, width))
}

/// What the user wrote about the order, after what it is.
fn said<'m>(model: &Model, what: &'static str, text: &Text, width: usize) -> Vec<Line<'m>> {
    // A number that is broken over two lines is none to whoever masks the screen.
    let text = match model.preferences.privacy {
        Privacy::Shown => Cow::Borrowed(text.shown()),
        Privacy::Masked => masked(text.shown()),
    };
    let lines = wrap(&text, width.saturating_sub(6)).into_iter().enumerate();
    lines
        .map(|(index, text)| {
            Line::of(if index == 0 { what } else { "       " }, Role::Dim).then(text, Role::Plain)
        })
        .collect()
}

/// The order beside the rows: the same in fewer words.
pub fn side<'m>(
    model: &'m Model,
    seen: &Seen<'m>,
    (title, position): (String, String),
    place: Option<String>,
    width: u16,
    clock: &Clock<'_>,
) -> Vec<Line<'m>> {
    let focus = if model.pane == Pane::Order { "›" } else { " " };
    let mut lines = vec![Line::of(focus, Role::Key).then(title, Role::Strong).right(position, Role::Dim)];
    let text_width = usize::from(width.saturating_sub(2)).clamp(16, 80);
    if let Some(snapshot) = seen.snapshot {
        let mark = Mark::from(&snapshot.order.status);
        let status = status_word(snapshot);
        let types = types(snapshot);
        let has_room = 3 + status.chars().count() + types.chars().count() < usize::from(width);
        let line = Line::of(" ", Role::Plain).symbol(mark).then(" ", Role::Plain);
        let line = line.then(status, Role::State(mark));
        if has_room {
            lines.push(line.then(types, Role::Dim));
        } else {
            let types = types.trim_start_matches(" · ").to_owned();
            lines.extend([line, Line::of(" ", Role::Plain).then(types, Role::Dim)]);
        }
        lines.extend(place.map(|place| Line::of(format!(" {place}"), Role::Dim)));
        if let Some(created) = snapshot.order.created {
            let zone = clock.zone_name();
            let text = format!(" created {} {zone}, {} ago", clock.minute(created), clock.age(created));
            lines.push(Line::of(text, Role::Plain));
        }
        lines.extend(foc(model, seen, snapshot, text_width, clock));
    } else {
        lines.extend(place.map(|place| Line::of(format!(" {place}"), Role::Dim)));
    }
    lines.extend(note(model, seen, text_width));
    lines.extend(missed::lines(model, seen, text_width, clock));
    lines.extend(advice_lines(model, seen, text_width, clock, Copying::SomethingElse));
    lines
}
