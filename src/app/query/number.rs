//! One number: its state, its order, what to do, and what was seen of it.

mod lasted;
mod timeline;

use super::clock::Clock;
use super::line::{Line, Mark, Role, wrap};
use super::lookup::{self, Seen};
use super::order::{OrderLine, OrderView, advice, head, missed};
use super::rows::status_word;
use crate::app::action::Action;
use crate::app::model::{Model, NumberScreen};
use crate::app::past::Reach;
use crate::domain::snapshot::Detail;
use crate::domain::{NumberStatus, NumberText, Snapshot, attention};
use timeline::Timeline;

/// The widest and the narrowest that sentences are.
const SENTENCES: (usize, usize) = (16, 100);

/// The place of the open number in its order; none where the last answer has it no longer.
pub fn place(snapshot: &Snapshot, screen: &NumberScreen) -> Option<usize> {
    let numbers = &snapshot.order.numbers;
    let is_it =
        |place: usize| numbers.get(place).is_some_and(|each| each.number.raw() == screen.number.raw());
    Some(screen.place)
        .filter(|place| is_it(*place))
        .or_else(|| (0..numbers.len()).find(|place| is_it(*place)))
}

/// How many lines there are in `width` cells.
pub fn line_count(model: &Model, screen: &NumberScreen, width: u16) -> usize {
    lines(model, screen, width, &Clock::new(model)).len()
}

/// The lines that are visible in `height` lines of `width` cells.
pub fn view<'m>(
    model: &'m Model,
    screen: &NumberScreen,
    (width, height): (u16, usize),
    clock: &Clock<'_>,
) -> OrderView<'m> {
    let lines = lines(model, screen, width, clock);
    let first = screen.offset.min(lines.len().saturating_sub(height));
    let below = lines.len().saturating_sub(first + height);
    OrderView { lines: lines.into_iter().skip(first).take(height).map(OrderLine::still).collect(), below }
}

fn lines<'m>(model: &'m Model, screen: &NumberScreen, width: u16, clock: &Clock<'_>) -> Vec<Line<'m>> {
    let number = Line::of(format!(" {}", NumberText::of(&screen.number).grouped()), Role::Plain);
    let Some(seen) = lookup::by_key(model, &screen.key) else {
        return vec![number, Line::of(" Its order is watched no longer.", Role::Plain)];
    };
    let text_width = usize::from(width.saturating_sub(2)).clamp(SENTENCES.0, SENTENCES.1);
    let Some(snapshot) = seen.snapshot.filter(|snapshot| snapshot.detail == Detail::Whole) else {
        let mut lines = vec![Line::of(" not read yet", Role::Dim), number];
        lines.extend(missed::lines(model, &seen, text_width, clock));
        return lines;
    };
    let place = place(snapshot, screen);
    let timeline = Timeline::new(model, screen, snapshot, place);
    let mut lines = vec![state(snapshot, place, &timeline, clock), number];
    lines.extend(order(&seen, snapshot, width, clock));
    lines.extend(head::foc(model, &seen, snapshot, text_width, clock));
    lines.extend(missed::lines(model, &seen, text_width, clock));
    lines.extend(what_to_do(model, snapshot, place, text_width, clock));
    let reach = match timeline.reach {
        Reach::Whole => "",
        Reach::Some | Reach::Asked => "   reading earlier changes",
        Reach::Refused => "   earlier changes could not be read",
    };
    lines.extend([Line::default(), Line::of(" Timeline", Role::Strong).then(reach, Role::Dim)]);
    lines.extend(timeline.lines(usize::from(width.saturating_sub(1)), clock));
    // On a low screen what was seen of the number is worth more than where its order lives.
    lines.push(Line::default());
    lines.extend(head::identity(model, &seen, text_width));
    let head::Read { read, in_full } = head::read(model, &seen, snapshot, clock);
    let read = in_full.filter(|in_full| in_full.chars().count() <= text_width).unwrap_or(read);
    lines.push(Line::of(format!(" {read}"), Role::Dim));
    lines
}

/// `✗ Failed for 4 h · VoiceConnector`, `· gone for 4 m, was ✗ Failed · VoiceConnector`
fn state<'m>(
    snapshot: &Snapshot,
    place: Option<usize>,
    timeline: &Timeline<'m>,
    clock: &Clock<'_>,
) -> Line<'m> {
    let line = Line::of(" ", Role::Plain);
    let now = place.and_then(|place| timeline::present(snapshot, place));
    let (line, since) = match (now, timeline.newest()) {
        (Some((now, since)), newest) => {
            // A change tells it more exactly than what is kept of every number.
            let since = newest.filter(|(newest, _)| **newest == now).map_or(since, |(_, since)| since);
            (timeline::state(line, &now).then(head::held(since, clock), Role::Plain), Some(since))
        }
        (None, Some((was, since))) => {
            let line = line.symbol(Mark::Unknown).then(" gone", Role::State(Mark::Unknown));
            let line = line.then(head::held(since, clock), Role::Plain).then(", was ", Role::Plain);
            (timeline::state(line, was), Some(since))
        }
        (None, None) => {
            (line.symbol(Mark::Unknown).then(" not in the last answer", Role::State(Mark::Unknown)), None)
        }
    };
    let product = snapshot.order.product_type.as_ref().map(|product| format!(" · {product}"));
    let line = line.then(product.unwrap_or_default(), Role::Dim);
    match since {
        Some(since) => line.right(clock.seen(since), Role::Dim),
        None => line,
    }
}

/// `order Toll-free   ◐ Partial for 4 h`, in two lines where one has no room.
fn order<'m>(seen: &Seen<'m>, snapshot: &'m Snapshot, width: u16, clock: &Clock<'_>) -> Vec<Line<'m>> {
    let mark = Mark::from(&snapshot.order.status);
    let name = Line::of(" order ", Role::Dim).then(seen.name(), Role::Plain);
    let status = |line: Line<'m>| {
        line.symbol(mark)
            .then(" ", Role::Plain)
            .then(status_word(snapshot), Role::State(mark))
            .then(head::held(snapshot.state_since, clock), Role::Plain)
    };
    let in_one = status(name.clone().then("   ", Role::Plain));
    if in_one.characters() < usize::from(width) {
        vec![in_one]
    } else {
        vec![name, status(Line::of("       ", Role::Plain))]
    }
}

/// What to do about the number, with the mark of what needs you where its order does.
fn what_to_do<'m>(
    model: &Model,
    snapshot: &Snapshot,
    place: Option<usize>,
    width: usize,
    clock: &Clock<'_>,
) -> Vec<Line<'m>> {
    let need = attention::need(snapshot, clock.wall());
    let (text, mark) = match place.and_then(|place| snapshot.order.numbers.get(place)) {
        Some(each) => match advice::of_number(&each.status, need, snapshot, clock) {
            // Who orders another may name it.
            Some(text) if each.status == NumberStatus::Failed => {
                (format!("{text} {} copies it.", model.keys.of(Action::Copy)), need)
            }
            Some(text) => (text, need),
            None => return Vec::new(),
        },
        None => (
            "The last answer about its order does not have this number. What was seen of it stays here."
                .to_owned(),
            None,
        ),
    };
    let (mark, role) = match mark {
        Some(need) if need.is_urgent => (" ! ", Role::Urgent),
        Some(_) => (" ! ", Role::Need),
        None => (" ", Role::Plain),
    };
    let indent = " ".repeat(mark.len());
    wrap(&text, width.saturating_sub(mark.len() - 1))
        .into_iter()
        .enumerate()
        .map(|(line, text)| {
            Line::of(if line == 0 { mark.to_owned() } else { indent.clone() }, role).then(text, Role::Plain)
        })
        .collect()
}
