//! The sums over the list, what the eye must find first at the left.

use super::bar::Bar;
use super::fit;
use super::pen::Pen;
use super::theme::Theme;
use crate::app::query::line::thousands;
use crate::app::query::{Mark, Role, Summary};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// The sums over the list.
#[derive(Debug)]
pub struct Totals<'m> {
    /// The sums.
    pub summary: &'m Summary,
    /// The look.
    pub theme: Theme,
}

/// The bar's width, and the least that is drawn.
const BAR: u16 = 15;
const LEAST_BAR: u16 = 8;

/// A sum: its symbol, and its words from long to short.
struct Sum {
    symbol: Symbol,
    words: [String; 3],
}

enum Symbol {
    Need,
    State(Mark),
}

impl Widget for Totals<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let mut pen = Pen::new(buffer, self.theme);
        let sums = sums(self.summary);
        let width = |form: usize| -> u16 { sums.iter().map(|sum| fit::width(sum.word(form)) + 5).sum() };
        let percent = if self.summary.total > 0 { 6 } else { 0 };
        let form = (0..2).find(|form| width(*form) + percent <= area.width).unwrap_or(2);
        let gap = if form < 2 { 3 } else { 2 };
        let mut x = area.x + 1;
        for sum in &sums {
            // A sum that would be cut is left out: half a number is a wrong one.
            if x + 2 + fit::width(sum.word(form)) > area.right() {
                break;
            }
            x = draw_sum(&mut pen, x, area.y, sum, sum.word(form)) + gap;
        }
        progress(&mut pen, self.summary, x, area);
    }
}

impl Sum {
    fn new<const N: usize>(symbol: Symbol, number: usize, words: [&str; N]) -> Self {
        let number = thousands(number);
        let word = |form: usize| match words.get(form) {
            Some(word) => format!("{number} {word}"),
            None => number.clone(),
        };
        Self { symbol, words: [word(0), word(1), word(2)] }
    }

    fn word(&self, form: usize) -> &str {
        self.words.get(form).map_or("", String::as_str)
    }
}

/// The sums that are not zero, what matters most first.
fn sums(summary: &Summary) -> Vec<Sum> {
    let mut sums = Vec::with_capacity(5);
    match summary.needs {
        0 => {}
        1 => sums.push(Sum::new(Symbol::Need, 1, ["needs you", "needs you"])),
        needs => sums.push(Sum::new(Symbol::Need, needs, ["need you", "need you"])),
    }
    match summary.failed {
        0 => {}
        1 => sums.push(Sum::new(Symbol::State(Mark::Failed), 1, ["number failed", "failed"])),
        failed => sums.push(Sum::new(Symbol::State(Mark::Failed), failed, ["numbers failed", "failed"])),
    }
    if summary.waiting > 0 {
        sums.push(Sum::new(Symbol::State(Mark::Processing), summary.waiting, ["waiting", "waiting"]));
    }
    if summary.total > 0 {
        let (acquired, total) = (thousands(summary.acquired), thousands(summary.total));
        sums.push(Sum {
            symbol: Symbol::State(Mark::Successful),
            words: [
                format!("{acquired} of {total} acquired"),
                format!("{acquired} of {total}"),
                format!("{acquired}/{total}"),
            ],
        });
    }
    if summary.unread > 0 {
        sums.push(Sum::new(Symbol::State(Mark::Unknown), summary.unread, ["not read", "not read"]));
    }
    sums
}

fn draw_sum(pen: &mut Pen<'_>, x: u16, y: u16, sum: &Sum, text: &str) -> u16 {
    match sum.symbol {
        Symbol::Need => {
            pen.text(x, y, 1, super::symbols::NEED, Role::Need);
        }
        Symbol::State(mark) => pen.symbol(x, y, mark),
    }
    let role = match sum.symbol {
        Symbol::Need => Role::Need,
        Symbol::State(Mark::Failed) => Role::State(Mark::Failed),
        Symbol::State(_) => Role::Plain,
    };
    x + 2 + pen.text(x + 2, y, fit::width(text), text, role)
}

fn progress(pen: &mut Pen<'_>, summary: &Summary, x: u16, area: Rect) {
    if summary.total == 0 {
        return;
    }
    let bar = Bar { done: summary.acquired, total: summary.total };
    let percent = format!("{} %", bar.percent());
    let words = fit::width(&percent);
    let room = area.right().saturating_sub(x);
    if room >= LEAST_BAR + words + 3 {
        let width = BAR.min(room - words - 3);
        bar.draw(pen, x, area.y, width);
        pen.text(x + width + 2, area.y, words, &percent, Role::Plain);
    } else if room > words {
        pen.text(x, area.y, words, &percent, Role::Plain);
    }
}
