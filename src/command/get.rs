//! `chimewatch get`: one answer for each order, and out.

mod round;
mod row;

use super::Exit;
use crate::cli::{Get, Output};
use crate::domain::scope::{DEFAULT_REGION, unlisted_region};
use crate::domain::{Failure, FailureKind, Now, OrderKey, OrderStatus, PhoneNumberOrderId, Scope};
use crate::fetch::{Answer, Fetcher};
use crate::settings::{self, EndpointChoice, Settings};
use round::Outcome;
use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::Arc;

/// Asks for every order once, within the pace, and prints each answer in the order of the arguments.
///
/// A pending order is an answer like any other. Whoever stops reading `out` ends it without a word.
pub fn run(
    get: &Get,
    settings: &Settings,
    clock: impl Fn() -> Now + Clone + Send + Sync + 'static,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let mut report = Report {
        output: settings.output,
        out,
        err,
        said: HashSet::new(),
        tally: Tally::default(),
        heading: Some(row::heading()),
    };
    let wall = clock.clone();
    let fetcher = Fetcher::new(settings.into(), move || wall().wall);
    let outcome = report.all(get, settings, &fetcher, &clock);
    match outcome {
        Ok(exit) => exit,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Success,
        Err(error) => {
            // Where even this cannot be said, the exit code is all there is.
            let _ = writeln!(report.err, "chimewatch: the answers cannot be written: {error}");
            Exit::Failure
        }
    }
}

struct Report<'a> {
    output: Output,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// What was said already: a failure that holds for a whole account is said once.
    said: HashSet<String>,
    tally: Tally,
    /// The names of the columns, until they are written above the first row.
    heading: Option<String>,
}

/// What the answers come to.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    orders: usize,
    unanswered: usize,
    refused_account: bool,
    failed: bool,
    partial: bool,
}

impl Report<'_> {
    fn all(
        &mut self,
        get: &Get,
        settings: &Settings,
        fetcher: &Fetcher,
        clock: &impl Fn() -> Now,
    ) -> io::Result<Exit> {
        for warning in &settings.warnings {
            writeln!(self.err, "chimewatch: {warning}")?;
        }
        let ids = match settings::order_ids(&get.orders) {
            Ok(ids) => ids,
            Err(error) => {
                writeln!(self.err, "chimewatch: {error}")?;
                return Ok(Exit::Usage);
            }
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let outcome = runtime.block_on(self.each(&ids, settings, fetcher, clock));
        // A name that is still being looked up would hold a plain drop for seconds.
        runtime.shutdown_background();
        outcome
    }

    async fn each(
        &mut self,
        ids: &[PhoneNumberOrderId],
        settings: &Settings,
        fetcher: &Fetcher,
        clock: &impl Fn() -> Now,
    ) -> io::Result<Exit> {
        let scope = scope(settings, fetcher).await;
        if let Some(warning) = unlisted_region(&scope) {
            writeln!(self.err, "chimewatch: {warning}")?;
        }
        let mut named = HashSet::new();
        let ids = ids.iter().filter(|id| named.insert(**id));
        let keys: Vec<_> = ids.map(|id| OrderKey { scope: Arc::clone(&scope), id: *id }).collect();
        for key in keys.iter().filter(|key| !key.id.is_documented_hex()) {
            let note = "has letters beyond f, which the API does not document; it is asked all the same";
            writeln!(self.err, "chimewatch: {} {note}", key.id)?;
        }
        round::ask(&keys, settings.rate, fetcher, clock, |key, outcome| self.one(key, outcome)).await?;
        let Tally { orders, unanswered, .. } = self.tally;
        if orders > 1 && unanswered > 0 {
            writeln!(self.err, "chimewatch: {unanswered} of {orders} orders have no answer")?;
        }
        self.out.flush()?;
        Ok(self.tally.exit())
    }

    fn one(&mut self, key: &OrderKey, outcome: Outcome) -> io::Result<()> {
        self.tally.orders += 1;
        match outcome {
            Outcome::Answered(answer, body) => self.answer(*answer, body),
            Outcome::Lost(error) => {
                self.tally.unanswered += 1;
                writeln!(self.err, "chimewatch: order {} was lost: {error}", key.id)
            }
            Outcome::NotAsked => {
                self.tally.unanswered += 1;
                Ok(())
            }
        }
    }

    fn answer(&mut self, answer: Answer, body: Option<Vec<u8>>) -> io::Result<()> {
        match answer.result {
            Ok(order) => {
                self.tally.count(&order.status);
                match self.output {
                    Output::Table => {
                        if let Some(heading) = self.heading.take() {
                            writeln!(self.out, "{heading}")?;
                        }
                        writeln!(self.out, "{}", row::row(&order))
                    }
                    Output::Json => {
                        let body = body.unwrap_or_default();
                        writeln!(self.out, "{}", row::json(&order, &body, answer.received))
                    }
                }
            }
            Err(failure) => self.failure(&failure),
        }
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.tally.unanswered += 1;
        self.tally.refused_account |= failure.kind.rests_the_account();
        if !self.said.insert(failure.to_string()) {
            return Ok(());
        }
        write!(self.err, "chimewatch: {failure}")?;
        match (failure.kind.is_transient(), failure.retry_after) {
            (true, Some(pause)) => write!(self.err, ". Try again in {} s", pause.as_secs().max(1))?,
            (true, None) => write!(self.err, ". Try again in a moment")?,
            (false, _) => {}
        }
        if let (FailureKind::Forbidden, Some(policy)) = (failure.kind, &failure.command) {
            write!(self.err, ": {policy}")?;
        }
        match &failure.request_id {
            Some(id) => writeln!(self.err, " (request {id})"),
            None => writeln!(self.err),
        }
    }
}

impl Tally {
    fn count(&mut self, status: &OrderStatus) {
        match status {
            OrderStatus::Failed | OrderStatus::Cancelled => self.failed = true,
            OrderStatus::Partial => self.partial = true,
            OrderStatus::Successful
            | OrderStatus::Processing
            | OrderStatus::PendingDocuments
            | OrderStatus::Submitted
            | OrderStatus::Foc
            | OrderStatus::ChangeRequested
            | OrderStatus::Exception
            | OrderStatus::CancelRequested
            | OrderStatus::Unknown(_) => {}
        }
    }

    /// What stands in the way of an answer comes before what the answers say.
    fn exit(self) -> Exit {
        match self {
            Self { refused_account: true, .. } => Exit::Credentials,
            Self { unanswered: 1.., .. } => Exit::Failure,
            Self { failed: true, .. } => Exit::OrderFailed,
            Self { partial: true, .. } => Exit::Partial,
            Self { .. } => Exit::Success,
        }
    }
}

/// Whose orders, where: what was typed, the environment, what the shared config says of the profile, us-east-1.
async fn scope(settings: &Settings, fetcher: &Fetcher) -> Arc<Scope> {
    let profile = settings.profile.named();
    let config = fetcher.profile_config(profile.as_deref()).await;
    let region = settings.region.named().or(config.region).unwrap_or_else(|| DEFAULT_REGION.into());
    let endpoint = match &settings.endpoint {
        EndpointChoice::Named(endpoint) => Some(endpoint.as_str().into()),
        EndpointChoice::OfProfile => config.endpoint,
        EndpointChoice::Aws => None,
    };
    Arc::new(Scope { profile, region, endpoint })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_of_an_answer_comes_before_what_the_answers_say() {
        let exit = |states: &[&str], unanswered, refused_account| {
            let mut tally = Tally { unanswered, refused_account, ..Tally::default() };
            for state in states {
                tally.count(&OrderStatus::parse(state));
            }
            tally.exit()
        };
        let cases = [
            (exit(&["Successful", "Processing", "FOC", "Teleported"], 0, false), Exit::Success),
            (exit(&["Successful", "Partial"], 0, false), Exit::Partial),
            (exit(&["Partial", "Failed"], 0, false), Exit::OrderFailed),
            (exit(&["Cancelled"], 0, false), Exit::OrderFailed),
            (exit(&["Failed"], 1, false), Exit::Failure),
            (exit(&["Failed"], 2, true), Exit::Credentials),
        ];
        for (found, expected) in cases {
            assert_eq!(found, expected);
        }
    }
}
