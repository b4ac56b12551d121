//! An account to watch: the order service with the settled orders of `quiet`, and a home whose AWS files have its
//! keys.

use crate::session::Program;
use chimewatch::order_service::{Fault, Lasts, Options, OrderService, Scenario, Target, WorldTime};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// All 50 numbers acquired.
pub(crate) const PORTLAND: &str = "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04";
/// Partial: one number of nine has failed.
pub(crate) const TOLL_FREE: &str = "58e2c9b4-0f73-4a1d-b6c8-d914a05e7f32";

/// A home directory and an account.
pub(crate) struct Account {
    pub(crate) home: TempDir,
    pub(crate) service: OrderService,
}

impl Account {
    /// An account that stands still.
    pub(crate) fn new() -> Self {
        Self::of(&Scenario::named("quiet").unwrap())
    }

    /// An account with these orders, whose time goes on when it is told to.
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let options = Options { time: WorldTime::Stepped, ..Options::default() };
        let service = OrderService::start(scenario, options).unwrap();
        let home = tempfile::tempdir().unwrap();
        let keys = service.credentials();
        let text = format!(
            "[default]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
            keys.access_key_id, keys.secret_access_key
        );
        fs::write(home.path().join("aws-credentials"), text).unwrap();
        Self { home, service }
    }

    /// The dashboard for this account.
    pub(crate) fn dashboard(&self) -> Program {
        Program::chimewatch(self.home.path()).args([
            "--region",
            "us-east-1",
            "--endpoint-url",
            &self.service.endpoint(),
        ])
    }

    /// From now on no request is answered.
    pub(crate) fn hangs(&self) {
        self.service.set_fault(Target::Every, Lasts::UntilCleared, Fault::Hang);
    }

    /// The file of the orders that were given or pasted.
    pub(crate) fn unsaved(&self) -> PathBuf {
        self.home.path().join(".local/state/chimewatch/unsaved.toml")
    }

    /// True when that file names the order.
    pub(crate) fn keeps(&self, id: &str) -> bool {
        fs::read_to_string(self.unsaved()).unwrap_or_default().contains(id)
    }
}
