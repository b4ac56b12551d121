//! `chimewatch list`: the account's orders, page after page of `ListPhoneNumberOrders`.

use super::patience::Patience;
use super::report::{Report, Stop, reported};
use super::{Exit, orders, watchlist};
use crate::app::message::{Listed, WatchMessage};
use crate::app::query::line::{count, thousands};
use crate::app::watch::{Reading, Sweeps};
use crate::domain::{Entry, PhoneNumberOrderId, Text, Watchlist};
use crate::fetch::FetchOptions;
use crate::runtime::clock::Clock;
use crate::runtime::headless::{Happened, Headless, HeadlessOptions, Listener, Recording};
use crate::settings::Settings;
use crate::store::Watchlists;
use std::collections::{HashMap, HashSet};
use std::io::Write;

/// Prints every order of the account's list as its page comes; holds one page at a time.
pub fn run(settings: &Settings, clock: Clock, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    reported(settings.output, out, err, |report| all(settings, clock, report))
}

fn all(settings: &Settings, clock: Clock, report: &mut Report<'_>) -> Result<Exit, Stop> {
    for warning in &settings.warnings {
        report.note(warning);
    }
    let (mut labels, mut notes) = (HashMap::new(), HashMap::new());
    for entry in watchlist::entries(&Watchlists::new(settings.places.clone()), settings) {
        let Entry { id, label, note, .. } = entry;
        for (text, texts) in [(label, &mut labels), (note, &mut notes)] {
            if let Some(text) = text {
                texts.entry(id).or_insert(text);
            }
        }
    }
    report.call(labels, notes);
    let options = HeadlessOptions {
        sweeps: Sweeps::Never,
        bodies: report.bodies(),
        recording: Recording::None,
        listener: Listener::ToAnswers,
    };
    let mut engine = Headless::start(settings, FetchOptions::from(settings), options, clock)?;
    engine.sleeper().block_on(async {
        let none = Watchlist::new(Text::default());
        let scope = orders::resolved(&none, &mut engine, report).await?.scope;
        engine.step(WatchMessage::ReadList(scope));
        Walk::default().until_the_end(&mut engine, report).await
    })
}

/// How far the list was read.
#[derive(Debug, Default)]
struct Walk {
    /// The orders of the page that is on its way, as they come.
    bodies: HashMap<PhoneNumberOrderId, String>,
    /// Those of the last page: an order that was placed meanwhile pushes the last of them onto the next.
    before: HashSet<PhoneNumberOrderId>,
    orders: usize,
    /// Pages that were read.
    pages: usize,
    /// Elements of pages that are no order.
    undecodable: usize,
    /// Whether the last page named a next one.
    goes_on: bool,
    /// How long the next page has been waited for.
    patience: Patience,
}

impl Walk {
    async fn until_the_end(mut self, engine: &mut Headless, report: &mut Report<'_>) -> Result<Exit, Stop> {
        loop {
            report.flush()?;
            match engine.next(self.patience.next()).await {
                Happened::Came { key, body, .. } => {
                    self.bodies.insert(key.id, body);
                }
                Happened::Engine(WatchMessage::Listed(listed)) => {
                    self.patience.page(&listed.result, engine.now().moment, report);
                    let rest = self.print(*listed, report)?;
                    engine.step(WatchMessage::Listed(Box::new(rest)));
                }
                Happened::Engine(message) => engine.step(message),
                Happened::Ended(code) => return Ok(Exit::BySignal(code)),
                Happened::Warned(what) => report.note(what),
                Happened::Deadline => self.patience.tell(engine.now().moment, report),
            }
            match engine.watch().directory().map(|directory| &directory.reading) {
                Some(Reading::Underway) => {}
                Some(Reading::Failed(failure)) => {
                    report.failure(failure);
                    let refused = failure.kind.rests_the_account();
                    let exit = if refused { Exit::Credentials } else { Exit::Failure };
                    self.lacks_a_page(report)?;
                    return Ok(exit);
                }
                Some(Reading::Whole { .. }) if self.goes_on => return self.cut_short(report),
                Some(Reading::Whole { .. }) | None => return self.whole(report),
            }
        }
    }

    /// Prints a page; what is left is for the engine to go on by. It has no use for the orders, and a list is long.
    fn print(&mut self, mut listed: Listed, report: &mut Report<'_>) -> Result<Listed, Stop> {
        let received = listed.received;
        if let Ok(page) = &mut listed.result {
            let orders = std::mem::take(&mut page.orders);
            let ids = orders.iter().map(|order| order.id).collect();
            for order in orders.iter().filter(|order| !self.before.contains(&order.id)) {
                let body = self.bodies.remove(&order.id).unwrap_or_default();
                report.order(order, &body, received)?;
                self.orders += 1;
            }
            self.before = ids;
            self.pages += 1;
            self.undecodable += page.undecodable;
            self.goes_on = page.next.is_some();
        }
        self.bodies.clear();
        Ok(listed)
    }

    fn whole(&self, report: &mut Report<'_>) -> Result<Exit, Stop> {
        report.flush()?;
        match self.undecodable {
            0 => Ok(Exit::Success),
            odd => {
                report.note(format_args!("{odd} elements of the list are no orders and were left out"));
                Ok(Exit::Failure)
            }
        }
    }

    /// What was printed is not all there is: a page did not come.
    fn lacks_a_page(&self, report: &mut Report<'_>) -> Result<(), Stop> {
        report.flush()?;
        if self.pages > 0 {
            let (page, orders) = (thousands(self.pages + 1), count(self.orders, "order", "orders"));
            report.note(format_args!(
                "page {page} of the list did not come: {orders} of the pages before it are printed. Run it again for all"
            ));
        }
        Ok(())
    }

    /// What was printed is not all there is: the list has no end, or one that is too far away.
    fn cut_short(&self, report: &mut Report<'_>) -> Result<Exit, Stop> {
        report.flush()?;
        let orders = count(self.orders, "order", "orders");
        report.note(format_args!("the list goes on after these {orders}"));
        Ok(Exit::Failure)
    }
}
