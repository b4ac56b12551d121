//! What goes wrong, with which credentials, seen by whom: every scenario is one run of the binary that logs all there
//! is to log, and everything that comes out of it is searched.

use crate::ORDER;
use crate::canary::{MASKED, SESSION, leaks};
use crate::listener::{Listener, Reply};
use crate::screen::eventually;
use crate::session::Program;
use crate::sources::{Given, Source, is_given};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// All that anybody logs.
const EVERYTHING: &str = "trace,aws=trace,hyper=trace,reqwest=trace,rustls=trace,h2=trace";
/// Scenarios at a time.
const AT_A_TIME: usize = 4;

/// One run.
#[derive(Clone, Copy, Debug)]
struct Scenario {
    source: Source,
    /// What the order service answers; https where it does not speak it.
    reply: Reply,
    view: View,
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    /// `chimewatch get --output json`.
    Get,
    /// `chimewatch get` over https, which the listener does not speak.
    GetOverTls,
    /// The dashboard, with the order opened.
    Dashboard,
    /// `chimewatch doctor --output json`.
    Doctor,
}

const REPLIES: [Reply; 10] = [
    Reply::EchoedError(400),
    Reply::EchoedError(403),
    Reply::EchoedError(500),
    Reply::EchoedHeaders(401),
    Reply::EchoedText(429),
    Reply::BrokenJson,
    Reply::OddOrder,
    Reply::Redirect,
    Reply::HalfBody,
    Reply::Junk,
];

const SIGNING: [Source; 5] =
    [Source::Environment, Source::Profile, Source::Process, Source::Container, Source::Instance];

const FAILING: [Source; 12] = [
    Source::ProcessThatFails,
    Source::ProcessOfGarbage,
    Source::ProcessThatIsLate,
    Source::ContainerThatEchoes,
    Source::InstanceThatEchoes,
    Source::SsoBehindAProxy,
    Source::SsoThatEnded,
    Source::SsoThatEchoes,
    Source::SsoOfGarbage,
    Source::RoleBehindAProxy,
    Source::WebIdentityBehindAProxy,
    Source::ConfigOfGarbage,
];

fn scenarios() -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    let mut add = |source, reply, view| scenarios.push(Scenario { source, reply, view });
    for source in [Source::Environment, Source::Process] {
        for reply in REPLIES {
            add(source, reply, View::Get);
        }
        add(source, Reply::Close, View::Get);
    }
    for source in [Source::Profile, Source::Container, Source::Instance] {
        for reply in [Reply::EchoedError(400), Reply::BrokenJson, Reply::Redirect] {
            add(source, reply, View::Get);
        }
    }
    for source in SIGNING {
        add(source, Reply::Junk, View::GetOverTls);
        add(source, Reply::EchoedError(403), View::Doctor);
        add(source, Reply::EchoedHeaders(401), View::Doctor);
    }
    for reply in REPLIES {
        add(Source::Environment, reply, View::Dashboard);
    }
    for source in FAILING {
        add(source, Reply::Close, View::Get);
        add(source, Reply::Close, View::Dashboard);
        add(source, Reply::Close, View::Doctor);
    }
    scenarios
}

#[test]
fn no_canary_turns_up_anywhere_whatever_goes_wrong() {
    let scenarios = scenarios();
    assert!(scenarios.len() >= 50, "{}", scenarios.len());
    let next = AtomicUsize::new(0);
    let found: Vec<String> = thread::scope(|scope| {
        let work = || {
            let mut found = Vec::new();
            while let Some(scenario) = scenarios.get(next.fetch_add(1, Ordering::Relaxed)) {
                found.extend(scenario.leaks());
            }
            found
        };
        let workers: Vec<_> = (0..AT_A_TIME).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
}

/// What came out of a run, by where it came out.
type Outputs = Vec<(String, Vec<u8>)>;

impl Scenario {
    /// Where a canary turned up in this scenario.
    fn leaks(self) -> Vec<String> {
        let home = tempfile::tempdir().unwrap();
        let given = self.source.set_up(home.path());
        let service = Listener::start(self.reply);
        let log = home.path().join("log");
        let mut outputs = match self.view {
            View::Get => self.run(&["get", ORDER], home.path(), &given, &service.url()),
            View::GetOverTls => {
                let url = format!("https://127.0.0.1:{}", service.port());
                self.run(&["get", ORDER], home.path(), &given, &url)
            }
            View::Doctor => self.run(&["doctor"], home.path(), &given, &service.url()),
            View::Dashboard => dashboard(home.path(), &given, &service.url()),
        };
        self.check_that_it_happened(&service, &fs::read_to_string(&log).unwrap());
        files_below(home.path(), &mut outputs);
        let signatures = service.signatures();
        let leaks = outputs.iter().flat_map(|(place, text)| {
            leaks(text, &signatures).into_iter().map(move |leak| {
                let line = String::from_utf8_lossy(text);
                let line = line.lines().find(|line| line.contains(&leak)).unwrap_or_default();
                format!("{self:?}: {place} holds {leak:?}: {line}")
            })
        });
        leaks.collect()
    }

    /// A scenario in which nothing secret was about proves nothing.
    fn check_that_it_happened(self, service: &Listener, log: &str) {
        assert!(log.contains("kind="), "{self:?}: {log}");
        let requests = service.requests();
        match (self.source.signs(), self.view) {
            (true, View::GetOverTls) => assert!(!requests.is_empty(), "{self:?}"),
            (true, View::Get | View::Dashboard | View::Doctor) => {
                assert!(requests.iter().any(|request| request.contains(SESSION)), "{self:?}: {log}");
            }
            (false, _) => assert_eq!(requests.len(), 0, "{self:?}"),
        }
        let tells_whose = log.contains(&format!("access_key_id={MASKED}"));
        assert_eq!(tells_whose, self.source.signs(), "{self:?}: {log}");
    }

    fn run(self, words: &[&str], home: &Path, given: &Given, endpoint: &str) -> Outputs {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimewatch"));
        command.env_clear().env("HOME", home).env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
        command.env("AWS_EC2_METADATA_DISABLED", "true").env("RUST_LOG", EVERYTHING);
        command.env("AWS_CONFIG_FILE", home.join("aws-config"));
        command.env("AWS_SHARED_CREDENTIALS_FILE", home.join("aws-credentials"));
        command.envs(given.environment.iter().map(|(name, value)| (name, value)));
        command.args(words).args(["--output", "json", "--region", "us-east-1", "--endpoint-url", endpoint]);
        let output = command.arg("--log-file").arg(home.join("log")).output().unwrap();
        assert!([Some(1), Some(4)].contains(&output.status.code()), "{self:?}: {output:?}");
        vec![("stdout".to_owned(), output.stdout), ("stderr".to_owned(), output.stderr)]
    }
}

/// The dashboard, from its first frame to the order and to help.
fn dashboard(home: &Path, given: &Given, endpoint: &str) -> Outputs {
    let log = home.join("log");
    let arguments = ["--region", "us-east-1", "--endpoint-url", endpoint, ORDER, "--log-file"];
    let mut program = Program::chimewatch(home).args(arguments).args([log.to_str().unwrap()]);
    program = program.env("RUST_LOG", EVERYTHING).size(160, 40);
    for (name, value) in &given.environment {
        program = program.env(name, value);
    }
    let mut session = program.start();
    let is_logged = || fs::read_to_string(&log).unwrap_or_default().contains("kind=").then_some(());
    eventually("a failure", is_logged);
    let list = session.screen.text();
    // What failed stands on the screen of the order, and how an account is asked is no business of help's.
    session.press("\r");
    session.screen.wait_for(&["order 1 of 1"]);
    let order = session.screen.text();
    session.press("?");
    session.screen.wait_for(&["these keys"]);
    session.press("\x03");
    assert_eq!(session.exit_code(), 0);
    session.screen.wait_for_the_end();
    let shown = [("the list", list), ("the order", order)];
    let shown = shown.map(|(place, text)| (place.to_owned(), text.into_bytes()));
    shown.into_iter().chain([("the terminal".to_owned(), session.screen.raw())]).collect()
}

/// All that the program has written, or could have.
fn files_below(directory: &Path, outputs: &mut Outputs) {
    for entry in fs::read_dir(directory).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, outputs);
        } else if !is_given(&path) {
            outputs.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
}
