//! `chimewatch doctor`: everything that a watch hangs on, looked at one after the other, with what to do about it.
//!
//! It ends within 25 s, whatever hangs. One question is sent, a signed `ListPhoneNumberOrders`
//! of one order.

mod account;
mod check;
mod files;
mod terminal;

use super::Exit;
use super::report::{Report, Stop, ended};
use crate::cli::Output;
use crate::domain::redact::Secrets;
use crate::runtime::clock::Clock;
use crate::settings::{Environment, Settings, UsageError};
use check::{Check, Verdict};
use std::env::consts::{ARCH, OS};
use std::io::Write;
use std::time::Duration;

/// For credentials and the request together.
const ENOUGH: Duration = Duration::from_secs(20);

/// Looks at everything. Fails where something fails; with the code of credentials where they do.
pub fn run(
    settings: &Settings,
    environment: &Environment,
    clock: Clock,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let mut doctor = Doctor {
        report: Report::new(settings.output, out, err),
        secrets: settings.secrets.clone(),
        worst: Verdict::Ok,
        account: Account::Unknown,
    };
    doctor.report.go_on_unread();
    let outcome = looked_at(settings, environment, clock, &mut doctor).map(|()| doctor.exit());
    drop(doctor);
    ended(outcome, settings.output, err)
}

/// Where not even the settings can be had, that is what is wrong.
pub fn without_settings(why: &UsageError, output: Output, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let check = Check::fail("settings", why.to_string(), "");
    let told = writeln!(out, "{}", check.told(output, &Secrets::default())).and_then(|()| out.flush());
    ended(told.map(|()| Exit::Failure).map_err(Stop::from), output, err)
}

/// Where checks are told, and what they come to.
struct Doctor<'a> {
    report: Report<'a>,
    secrets: Secrets,
    worst: Verdict,
    account: Account,
}

/// Whether the account answers us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Account {
    /// Nobody said that it does not.
    Unknown,
    /// There are no credentials, or they are refused.
    Refused,
}

impl Doctor<'_> {
    /// Tells a check at once: the next one may take its time.
    fn tell(&mut self, check: &Check) -> Result<(), Stop> {
        self.worst = self.worst.max(check.verdict());
        let told = check.told(self.report.output(), &self.secrets);
        self.report.line(told)?;
        Ok(self.report.flush()?)
    }

    fn refused_account(&mut self) {
        self.account = Account::Refused;
    }

    fn exit(&self) -> Exit {
        match (self.account, self.worst) {
            (Account::Refused, _) => Exit::Credentials,
            (Account::Unknown, Verdict::Fail) => Exit::Failure,
            (Account::Unknown, Verdict::Ok | Verdict::Warn) => Exit::Success,
        }
    }
}

fn looked_at(
    settings: &Settings,
    environment: &Environment,
    clock: Clock,
    doctor: &mut Doctor<'_>,
) -> Result<(), Stop> {
    let version = format!("chimewatch {}, {OS} {ARCH}", env!("CARGO_PKG_VERSION"));
    doctor.tell(&Check::ok("version", version))?;
    for check in files::checks(settings).into_iter().chain(terminal::checks(settings, environment)) {
        doctor.tell(&check)?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(account::check(settings, environment, clock, doctor));
    // A name that is still being looked up would hold a plain drop for seconds.
    runtime.shutdown_background();
    outcome
}
