//! When pages of an account's list are asked for instead of its orders one by one.
//!
//! A walk through the list costs a request a page, whoever is due. It is worth it when more orders are due than the list
//! has pages and at least a tenth of the list's orders are due. How long a list is, only walking it tells: an unknown
//! one is walked for at most half as many pages as orders are due, and one that proves too long is given up.

use crate::domain::Moment;
use std::time::Duration;

/// Orders a page: the most that the API gives.
pub const PAGE: usize = 100;
/// One in so many of the list's orders has to be due.
const SHARE: usize = 10;
/// What has been added to a list since it was last read does not end a walk.
const GROWTH: usize = PAGE;
/// How long a length is believed.
const BELIEVED: Duration = Duration::from_hours(1);
/// How long a list that is refused, or that carries no numbers, is left alone.
const BARRED: Duration = Duration::from_hours(1);
/// How long a list that did not answer is left alone; doubled each time, at most [`PAUSE_MOST`].
const PAUSE: Duration = Duration::from_mins(1);
const PAUSE_MOST: Duration = Duration::from_mins(15);

/// How long a list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// In pages.
    pub pages: usize,
    /// In orders.
    pub orders: usize,
}

/// What is known of an account's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    known: Known,
    barred_until: Option<Moment>,
    pause: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Nothing,
    /// So many pages and orders were read, and more were to come.
    AtLeast(Length, Moment),
    /// It was read to its end.
    Whole(Length, Moment),
}

/// How what is due is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Order by order.
    Singly,
    /// By a walk through the list that ends where the list proves longer than this.
    Walk(Length),
}

impl Default for List {
    fn default() -> Self {
        Self { known: Known::Nothing, barred_until: None, pause: PAUSE }
    }
}

impl List {
    /// What to do when so many orders are due that a list may bring.
    pub fn plan(&self, due: usize, now: Moment) -> Plan {
        if self.is_barred(now) {
            return Plan::Singly;
        }
        let orders = due * SHARE;
        let (most, goes) = match self.known(now) {
            Known::Nothing => (Length { pages: due / 2, orders }, due >= 2),
            Known::AtLeast(length, _) => {
                (Length { pages: due / 2, orders }, length.pages < due / 2 && length.orders < orders)
            }
            Known::Whole(length, _) => (
                Length { pages: due.saturating_sub(1), orders: orders + GROWTH },
                due > length.pages && length.orders <= orders,
            ),
        };
        if goes { Plan::Walk(most) } else { Plan::Singly }
    }

    /// The fewest due orders that a walk is worth; none while it is not, however many are due.
    pub fn least_due(&self, now: Moment) -> Option<usize> {
        let length = self.length(now)?;
        Some((length.pages + 1).max(length.orders.div_ceil(SHARE)))
    }

    /// How long the list is, where that is known and the list may be walked.
    pub fn length(&self, now: Moment) -> Option<Length> {
        match self.known(now) {
            Known::Whole(length, _) if !self.is_barred(now) => Some(length),
            Known::Whole(..) | Known::AtLeast(..) | Known::Nothing => None,
        }
    }

    /// Notes that the list was read to its end.
    pub fn is_read(&mut self, length: Length, now: Moment) {
        self.known = Known::Whole(length, now);
        self.pause = PAUSE;
    }

    /// Notes that the list goes on after so many pages.
    pub fn goes_on(&mut self, length: Length, now: Moment) {
        self.known = Known::AtLeast(length, now);
    }

    /// Leaves a list alone that is refused, or that carries no numbers.
    pub fn bar(&mut self, now: Moment) {
        self.barred_until = Some(now.plus(BARRED));
    }

    /// Leaves a list alone for a while, longer each time, because it did not answer.
    pub fn fails(&mut self, now: Moment) {
        self.barred_until = self.barred_until.max(Some(now.plus(self.pause)));
        self.pause = (self.pause * 2).min(PAUSE_MOST);
    }

    fn is_barred(&self, now: Moment) -> bool {
        self.barred_until.is_some_and(|until| now < until)
    }

    fn known(&self, now: Moment) -> Known {
        match self.known {
            Known::AtLeast(_, learnt) | Known::Whole(_, learnt) if now.since(learnt) > BELIEVED => {
                Known::Nothing
            }
            known @ (Known::Nothing | Known::AtLeast(..) | Known::Whole(..)) => known,
        }
    }
}

/// Requests a second that orders ask for: `intervals` are those of the orders that the list may bring, each with the
/// number of its orders, shortest first. `walk` is the length of the list and the fewest due orders that a walk is
/// worth: the walks that they bring about then answer all that are asked less often as well.
pub fn demand<'a>(
    intervals: impl IntoIterator<Item = (&'a Duration, &'a u32)>,
    walk: Option<(Length, usize)>,
) -> f64 {
    let (mut singly, mut orders, mut best) = (0.0, 0_usize, None::<f64>);
    for (each, count) in intervals {
        let often = 1.0 / each.as_secs_f64();
        let before = singly;
        singly += f64::from(*count) * often;
        orders = orders.saturating_add(usize::try_from(*count).unwrap_or(usize::MAX));
        if let Some((length, least)) = walk
            && best.is_none()
            && orders >= least
        {
            best = Some(before + f64::from(u32::try_from(length.pages).unwrap_or(u32::MAX)) * often);
        }
    }
    best.map_or(singly, |best| best.min(singly))
}

/// In seconds.
const MINUTE: f64 = 60.0;
/// What a slowed walk may ask beyond its share: healthy, it asks for all its pages within seconds.
const BEYOND: f64 = 0.5;
/// How much fuller than the busiest healthy minute one may be.
const FULLER: f64 = 1.04;
/// What rounding may add to a number of walks.
const ROUNDING: f64 = 1e-3;

/// Requests a second that walks of `pages` may ask beyond the `demand` that they come to on average, once their pages are
/// throttled and asked for again. Never so many that a minute of it has many more requests than the busiest healthy one, which
/// has all pages of as many walks as begin in it: walks that follow each other closely have nothing to spare.
pub fn beyond(demand: f64, pages: usize) -> f64 {
    let pages = f64::from(u32::try_from(pages).unwrap_or(u32::MAX));
    let walks = (MINUTE * demand / pages - ROUNDING).ceil();
    (FULLER * walks * pages / MINUTE - demand).clamp(0.0, BEYOND * demand)
}

#[cfg(test)]
mod tests;
