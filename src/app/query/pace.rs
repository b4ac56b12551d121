//! How an account is asked, and what that costs in requests a minute.

use super::line::{count, thousands};
use crate::app::model::Model;
use crate::app::regions;
use crate::app::watch::{Asking, Flow, Pace};
use crate::domain::Scope;
use crate::domain::text::neutralise;
use std::sync::Arc;

/// `pace 2 a second · asks 37 a minute now, 41 sent in the last minute`, and `sweeps 10 pages` where its list is
/// read instead of its orders: of the current list's account, named where
/// orders of more than one are watched. As much of it as has room in `width`; none where nothing is asked of it.
pub fn line(model: &Model, width: usize) -> Option<String> {
    let (scope, pace) = of_current_list(model)?;
    let asks = match model.watch.asking() {
        Asking::On => asks(&pace),
        Asking::Paused { .. } => "paused".to_owned(),
    };
    let sent = pace.sent_last_minute;
    let words = words(&pace);
    let sent = format!(", {} sent in the last minute", thousands(sent));
    let pages = pace.swept_pages.map(|pages| format!(" · sweeps {}", count(pages, "page", "pages")));
    let pages = pages.unwrap_or_default();
    let is_one_of_several = model.watch.scopes().count() > 1;
    let (profile, region) = (neutralise(scope.profile_name()), neutralise(&scope.region));
    let of = if is_one_of_several { format!("{profile} · {region}: ") } else { String::new() };
    let forms = [
        format!("{of}{words} · {asks}{sent}{pages}"),
        format!("{of}{words} · {asks}{pages}"),
        format!("{of}{words} · {asks}"),
        format!("{words} · {asks}"),
    ];
    forms.into_iter().find(|form| form.chars().count() <= width).or(Some(words))
}

/// The account that the list's own orders are asked of, else that of its first order.
fn of_current_list(model: &Model) -> Option<(Arc<Scope>, Pace)> {
    let list = model.current_list()?;
    let first = list.keys.iter().flatten().map(|key| key.scope.clone()).next();
    let scopes = regions::scope(model, list).into_iter().chain(first);
    scopes.into_iter().find_map(|scope| {
        let pace = model.watch.pace(&scope, model.now)?;
        Some((scope, pace))
    })
}

/// `pace 2 a second`, `slowed to 12 a minute`.
fn words(pace: &Pace) -> String {
    let per = |per_minute: f64| {
        if per_minute < 60.0 {
            format!("{} a minute", rate(per_minute))
        } else {
            format!("{} a second", rate(per_minute / 60.0))
        }
    };
    match (pace.flow, pace.per_minute) {
        (Flow::Held { .. }, _) => {
            let waiting = count(pace.waiting, "order waits", "orders wait");
            format!("AWS asked for a moment's rest, {waiting}")
        }
        (Flow::Slowed, Some(limit)) => format!("slowed by AWS to {}", per(limit)),
        (Flow::Slowed, None) => "slowed by AWS".to_owned(),
        (Flow::Free, Some(limit)) => format!("pace {}", per(limit)),
        (Flow::Free, None) => "no pace set".to_owned(),
    }
}

/// `asks 37 a minute now`; where the pace allows less than is due, `asks 120 a minute now of 1,800 due`; while AWS wants
/// rest, that nothing is sent.
fn asks(pace: &Pace) -> String {
    let due = pace.demand_per_minute;
    match (pace.flow, pace.per_minute) {
        (Flow::Held { .. }, _) => "sends nothing now".to_owned(),
        (Flow::Free | Flow::Slowed, Some(limit)) if limit < due => {
            format!("asks {} a minute now of {} due", rate(limit), rate(due))
        }
        (Flow::Free | Flow::Slowed, _) => format!("asks {} a minute now", rate(due)),
    }
}

/// A rate in as many digits as it is worth: `37`, `1.5`, `under 0.1`.
fn rate(rate: f64) -> String {
    if rate == 0.0 {
        "0".to_owned()
    } else if rate < 0.1 {
        "under 0.1".to_owned()
    } else if rate < 10.0 {
        let tenths = format!("{rate:.1}");
        tenths.strip_suffix(".0").map_or(tenths.clone(), str::to_owned)
    } else {
        let whole = format!("{rate:.0}");
        whole.parse().map_or(whole, thousands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Moment;

    #[test]
    fn a_pace_is_said_in_whole_words_and_few_digits() {
        let pace = |per_minute, flow| Pace {
            per_minute,
            demand_per_minute: 0.0,
            swept_pages: None,
            sent_last_minute: 0,
            flow,
            waiting: 7,
        };
        let held = Flow::Held { until: Moment::START };
        let cases = [
            (pace(Some(120.0), Flow::Free), "pace 2 a second"),
            (pace(Some(90.0), Flow::Free), "pace 1.5 a second"),
            (pace(Some(30.0), Flow::Free), "pace 30 a minute"),
            (pace(None, Flow::Free), "no pace set"),
            (pace(Some(12.34), Flow::Slowed), "slowed by AWS to 12 a minute"),
            (pace(Some(12.0), held), "AWS asked for a moment's rest, 7 orders wait"),
        ];
        for (pace, expected) in cases {
            assert_eq!(words(&pace), expected);
        }
        let asked =
            |per_minute, demand, flow| asks(&Pace { demand_per_minute: demand, ..pace(per_minute, flow) });
        let cases = [
            (asked(Some(120.0), 37.0, Flow::Free), "asks 37 a minute now"),
            (asked(Some(120.0), 1800.0, Flow::Free), "asks 120 a minute now of 1,800 due"),
            (asked(Some(12.0), 1800.0, Flow::Slowed), "asks 12 a minute now of 1,800 due"),
            (asked(None, 1800.0, Flow::Free), "asks 1,800 a minute now"),
            (asked(Some(120.0), 1800.0, held), "sends nothing now"),
        ];
        for (said, expected) in cases {
            assert_eq!(said, expected);
        }
        let rates = [0.0, 0.05, 0.5, 3.0, 9.96, 37.4, 1234.0].map(rate);
        assert_eq!(rates, ["0", "under 0.1", "0.5", "3", "10", "37", "1,234"]);
    }
}
