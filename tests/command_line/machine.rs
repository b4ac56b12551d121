//! A machine of one's own: a home directory, an environment without a trace of the developer's, the program.

use chimewatch::domain::change::Observation;
use chimewatch::domain::{OrderKey, Snapshot};
use chimewatch::order_service::{Options, OrderService, Scenario};
use chimewatch::settings::Places;
use chimewatch::store::{History, Record};
use jiff::Timestamp;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// What a command came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A home directory with the program in it.
pub(crate) struct Machine {
    home: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Machine {
    /// One without credentials, on which nothing was ever done.
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// One whose credentials are good for an order service.
    pub(crate) fn of(service: &OrderService) -> Self {
        let keys = service.credentials();
        Self::new()
            .with("AWS_ACCESS_KEY_ID", &keys.access_key_id)
            .with("AWS_SECRET_ACCESS_KEY", &keys.secret_access_key)
            .with("AWS_REGION", "us-east-1")
            .with("AWS_ENDPOINT_URL", &service.endpoint())
    }

    /// The same with a variable more.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What its environment holds beside the home directory.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        let off = ("AWS_EC2_METADATA_DISABLED", "true");
        self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain([off])
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where its files live.
    pub(crate) fn places(&self) -> Places {
        Places {
            config: self.home().join(".config/chimewatch"),
            data: self.home().join(".local/share/chimewatch"),
            state: self.home().join(".local/state/chimewatch"),
        }
    }

    /// The file of a watchlist.
    pub(crate) fn list(&self, name: &str) -> PathBuf {
        self.places().data.join(format!("watchlists/{name}.toml"))
    }

    /// Writes a watchlist.
    pub(crate) fn write_list(&self, name: &str, text: &str) {
        fs::create_dir_all(self.list(name).parent().unwrap()).unwrap();
        fs::write(self.list(name), text).unwrap();
    }

    /// The program, to be started in the home directory without anything on standard input.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimewatch"));
        command.env_clear().env("HOME", self.home()).envs(self.variables());
        command.stdin(Stdio::null()).current_dir(self.home());
        command
    }

    /// Runs a line of words.
    pub(crate) fn run(&self, line: &str) -> Ended {
        self.run_words(&line.split_whitespace().collect::<Vec<_>>(), "")
    }

    /// Runs words, with this on standard input.
    pub(crate) fn run_words(&self, words: &[&str], input: &str) -> Ended {
        let mut command = self.command();
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Whoever does not read it closes it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let home = self.home().to_str().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(home, "HOME");
        let ended =
            Ended { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!ended.out.contains('\x1b') && !ended.err.contains('\x1b'), "{words:?}: {ended:?}");
        ended
    }

    /// Records what an order was, and then became.
    pub(crate) fn record(
        &self,
        key: &OrderKey,
        answers: &[(Timestamp, chimewatch::domain::PhoneNumberOrder)],
    ) {
        let mut history = History::open(&self.places().history(), answers[0].0).unwrap().history;
        let mut known: Option<Snapshot> = None;
        for (received, order) in answers {
            let (snapshot, kinds) = match &known {
                None => (Snapshot::first(order.clone(), *received), Vec::new()),
                Some(known) => {
                    let renewal = known.renewed(order.clone(), *received);
                    (renewal.snapshot, renewal.changes)
                }
            };
            let seen =
                chimewatch::domain::Interval { after: known.map(|known| known.read_at), by: *received };
            let changes = kinds.into_iter().map(|kind| chimewatch::domain::Change {
                sequence: 0,
                key: key.clone(),
                kind,
                seen,
            });
            let observation = Observation {
                key: key.clone(),
                snapshot: Arc::new(snapshot.clone()),
                changes: changes.collect(),
            };
            history.record(&[Record::Observed(observation)]).unwrap();
            known = Some(snapshot);
        }
    }
}

/// A service of an account in which nothing happens.
pub(crate) fn quiet() -> OrderService {
    OrderService::start(&Scenario::named("quiet").unwrap(), Options::default()).unwrap()
}

/// Exactly this came of it.
#[track_caller]
pub(crate) fn assert_ended(ended: &Ended, code: i32, out: &str, err: &str) {
    assert_eq!(ended, &Ended { code, out: out.to_owned(), err: err.to_owned() });
}
