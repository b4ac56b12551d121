//! The order beside the rows: its head in short, its numbers as far as they have room, its id, its changes.

use super::head;
use super::spots::{Class, Spot, Spots};
use crate::app::model::Model;
use crate::app::query::activity;
use crate::app::query::clock::Clock;
use crate::app::query::line::{Line, Mark, Role, thousands};
use crate::app::query::lookup::Seen;
use crate::domain::Snapshot;
use crate::domain::snapshot::Detail;

/// More numbers of one state than this are folded here.
const FOLDED_FROM: usize = 6;
/// Changes of the order that are shown below it.
const CHANGES: usize = 8;

/// The lines under a title and a position; `place` says where the order lives, where orders differ in it. As many as
/// have room in `height` lines of `width` cells.
pub fn lines<'m>(
    model: &'m Model,
    seen: &Seen<'m>,
    heading: (String, String),
    place: Option<String>,
    (width, height): (u16, usize),
    clock: &Clock<'_>,
) -> Vec<Line<'m>> {
    let mut lines = head::side(model, seen, heading, place, width, clock);
    if let Some(snapshot) = seen.snapshot {
        lines.extend(counts(snapshot, width));
        // The id stands below the numbers, however many there are.
        let room = height.saturating_sub(lines.len() + 2);
        lines.extend(numbers(snapshot, width, room, clock));
    }
    lines.push(Line::of(format!(" {}", seen.entry.id), Role::Dim));
    if let Some(key) = seen.key {
        let changes = activity::newest_of_order(model, key, CHANGES);
        if !changes.is_empty() {
            lines.extend([Line::default(), Line::of(" Changes", Role::Strong)]);
            lines.extend(changes.iter().map(|event| activity::brief_line(event, clock)));
        }
    }
    lines.truncate(height);
    lines
}

/// `✗ 1 failed   … 5 waiting   ✓ 8 acquired`, closer or in fewer words where `width` is small.
fn counts(snapshot: &Snapshot, width: u16) -> Option<Line<'static>> {
    let forms = [("   ", Words::All), ("  ", Words::All), ("   ", Words::Failed)];
    let mut lines = forms.into_iter().map(|(gap, words)| counts_line(snapshot, gap, words));
    let has_room = |line: &Line<'_>| line.characters() < usize::from(width);
    let last = lines.next_back()?;
    Some(lines.find(has_room).unwrap_or(last)).filter(|line| !line.is_blank())
}

/// Which counts are followed by a word; the symbols tell the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    All,
    Failed,
}

fn counts_line(snapshot: &Snapshot, gap: &'static str, words: Words) -> Line<'static> {
    let classes = [
        (Class::Failed, "failed"),
        (Class::Unknown, "in an unknown state"),
        (Class::Waiting, "waiting"),
        (Class::Acquired, "acquired"),
    ];
    let mut line = Line::default();
    for (class, word) in classes {
        let count = thousands(class.count(snapshot) as usize);
        if class.count(snapshot) == 0 {
            continue;
        }
        let (mark, _) = class.heading();
        let role = if class == Class::Failed { Role::State(mark) } else { Role::Plain };
        let text = match words {
            Words::Failed if class != Class::Failed => format!(" {count}"),
            Words::All | Words::Failed => format!(" {count} {word}"),
        };
        let gap = if line.is_blank() { " " } else { gap };
        line = line.then(gap, Role::Plain).symbol(mark).then(text, role);
    }
    line
}

/// Failed and waiting numbers, then the acquired ones in one line.
fn numbers<'m>(snapshot: &Snapshot, width: u16, room: usize, clock: &Clock<'_>) -> Vec<Line<'m>> {
    if snapshot.detail == Detail::Outline {
        return Vec::new();
    }
    let spots = Spots::new(0, Some(snapshot), FOLDED_FROM, 0, |_, _| true);
    let mut lines = Vec::new();
    let mut mark = Mark::Unknown;
    for spot in spots.iter() {
        match spot {
            Spot::Section { mark: Mark::Successful, .. } => break,
            Spot::Section { mark: section, .. } => mark = section,
            Spot::Number(index) => lines.extend(number(snapshot, index, clock)),
            Spot::Folded { hundred, count } => {
                let text = format!(" {:<17}{:>4}", hundred.to_string(), thousands(count));
                lines.push(Line::of(" ", Role::Plain).symbol(mark).then(text, Role::Plain));
            }
            Spot::Head(_) | Spot::Blank | Spot::NonePasses(_) | Spot::Changes | Spot::Change(_) => {}
        }
    }
    let left = room.saturating_sub(usize::from(snapshot.counts.acquired > 0));
    if lines.len() > left {
        let hidden = lines.len() + 1 - left.max(1);
        lines.truncate(left.saturating_sub(1));
        lines.push(Line::of(format!("   and {} more", thousands(hidden)), Role::Dim));
    }
    lines.extend(acquired(snapshot, width, clock));
    lines
}

fn number<'m>(snapshot: &Snapshot, index: usize, clock: &Clock<'_>) -> Option<Line<'m>> {
    let number = snapshot.order.numbers.get(index)?;
    let mark = Mark::from(&number.status);
    let line = Line::of(" ", Role::Plain)
        .symbol(mark)
        .then(format!(" {}", super::padded(number.number)), Role::Plain);
    let since = snapshot.numbers_since.get(index)?;
    // When the others came into their state is told on the order's own screen.
    let tells_when = mark == Mark::Failed;
    Some(if tells_when { line.then(failed(&clock.seen_briefly(since.interval())), Role::Dim) } else { line })
}

/// Cells of a time of today.
const TODAY: usize = "14:02".len();

/// `seen failed 14:02`; on another day `seen Fri 14:02`, as the symbol says what was seen and the pane is narrow.
fn failed(seen: &str) -> String {
    match seen.strip_prefix("by ") {
        Some(at) if at.len() > TODAY => format!(" by {at}"),
        None if seen.len() > TODAY => format!(" seen {seen}"),
        Some(at) => format!(" seen failed {at}"),
        None => format!(" seen failed {seen}"),
    }
}

/// `✓ 8 acquired by 10:02 (first look)`, `✓ 45 acquired, the last at 14:02`; in fewer words where `width` is small.
fn acquired<'m>(snapshot: &Snapshot, width: u16, clock: &Clock<'_>) -> Option<Line<'m>> {
    let last = Class::Acquired
        .numbers(snapshot)
        .filter_map(|index| snapshot.numbers_since.get(index))
        .map(|since| since.interval())
        .max_by_key(|interval| interval.by)?;
    let (acquired, at) = (thousands(snapshot.counts.acquired as usize), clock.minute(last.by));
    let forms = match last.after {
        None => [
            format!(" {acquired} acquired by {at} (first look)"),
            format!(" {acquired} acquired by {at}"),
            format!(" {acquired} by {at}"),
        ],
        Some(_) => [
            format!(" {acquired} acquired, the last at {at}"),
            format!(" {acquired} acquired, last {at}"),
            format!(" {acquired}, last {at}"),
        ],
    };
    let line = |words| Line::of(" ", Role::Plain).symbol(Mark::Successful).then(words, Role::Plain);
    let mut lines = forms.into_iter().map(line);
    let last = lines.next_back()?;
    Some(lines.find(|line| line.characters() < usize::from(width)).unwrap_or(last))
}
