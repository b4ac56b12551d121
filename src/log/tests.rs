use super::*;
use crate::cli::Cli;
use crate::settings::{Environment, Standing};
use std::fs;
use tracing::{debug, info, warn};

fn at() -> Timestamp {
    "2026-11-23T14:03:05.120Z".parse().unwrap()
}

/// What a log with this filter holds after `work`.
fn logged(filter: Option<&str>, secrets: Secrets, work: impl FnOnce()) -> String {
    let directory = tempfile::tempdir().unwrap();
    let asked = LogFile { path: directory.path().join("a.log"), filter: filter.map(ToOwned::to_owned) };
    let (log, recorder) = Log::prepare(&asked, at, secrets).unwrap();
    tracing::subscriber::with_default(recorder, work);
    log.queue.wait_until_written(Duration::from_secs(20));
    fs::read_to_string(&asked.path).unwrap()
}

#[test]
fn a_line_is_time_level_target_message_and_fields() {
    let text = logged(None, Secrets::default(), || {
        info!(target: "chimewatch::fetch", order = "1b6e0a52", status = 200, scope = "prod · us-east-1", "asked");
        debug!("not from debug on");
        warn!(target: "hyper", error = "", what = r#"a "word""#, "odd");
    });
    assert_eq!(
        text,
        "2026-11-23T14:03:05.120Z INFO  chimewatch::fetch asked order=1b6e0a52 status=200 scope=\"prod · us-east-1\"\n\
         2026-11-23T14:03:05.120Z WARN  hyper odd error=\"\" what=\"a 'word'\"\n"
    );
}

#[test]
fn no_line_holds_a_secret_a_phone_number_or_a_control_character() {
    let secrets = Secrets::default();
    secrets.learn("plain words");
    let long = format!("{} wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "x ".repeat(510));
    let text = logged(Some("trace"), secrets, || {
        info!(password = "a b", id = "AKIAIOSFODNN7EXAMPLE", "plain words for +12065550107");
        info!(error = "two\nlines \u{1b}[31m", "{long}");
        info!(body = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".repeat(1000), "cut");
    });
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].ends_with("[hidden] for +1206…07 password=[hidden] id=AKIA…MPLE"), "{}", lines[0]);
    assert!(lines[1].ends_with(r#"… error="two\u{a}lines \u{1b}[31m""#), "{}", lines[1]);
    assert!(lines[2].ends_with("cut body=\"\""), "{}", lines[2]);
    assert!(!text.contains("wJal"));
}

#[cfg(unix)]
#[test]
fn the_file_is_made_for_its_owner_alone_and_appended_to() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.log");
    for _ in 0..2 {
        std::io::Write::write_all(&mut open(&path).unwrap(), b"line\n").unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "line\nline\n");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_cannot_be_written_is_told_with_the_next_step() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("no\u{1b}where/a.log");
    for (path, reason) in
        [(directory.path(), "it is no regular file"), (&missing, "No such file or directory (os error 2)")]
    {
        let asked = LogFile { path: path.to_owned(), filter: None };
        let error = Log::prepare(&asked, at, Secrets::default()).unwrap_err();
        let shown = neutralise(&path.display().to_string());
        assert_eq!(
            error.to_string(),
            format!("the log cannot be written to {shown}: {reason}. Name another file with --log-file.")
        );
    }
}

#[test]
fn a_file_that_is_gone_disturbs_nobody() {
    let directory = tempfile::tempdir().unwrap();
    let asked = LogFile { path: directory.path().join("a.log"), filter: None };
    let (log, recorder) = Log::prepare(&asked, at, Secrets::default()).unwrap();
    fs::remove_file(&asked.path).unwrap();
    tracing::subscriber::with_default(recorder, || info!("into the void"));
    drop(log);
    assert!(!asked.path.exists());
}

#[test]
fn the_settings_stand_in_the_log_in_words() {
    let settings = |arguments: &str| {
        let arguments = std::iter::once("chimewatch").chain(arguments.split_whitespace());
        let global = Cli::read(arguments.map(Into::into)).unwrap().global;
        let variables = [("HOME", "/home/me"), ("AWS_PROFILE", "prod"), ("AWS_REGION", "us-west-2")];
        let variables = variables.map(|(name, value)| (name.into(), value.into()));
        Settings::resolve(&global, &Environment::new(variables, Standing::Elsewhere)).unwrap()
    };
    let cases = [
        (
            "",
            "profile=\"prod, of the environment\" region=\"us-west-2, of the environment\" \
             endpoint=\"the profile's, or AWS's own\" rate=\"2 a second\"",
        ),
        (
            "--profile dev --region us-east-1 --endpoint-url http://127.0.0.1:4711 --rate 0",
            "profile=\"dev, typed\" region=\"us-east-1, typed\" endpoint=http://127.0.0.1:4711 rate=\"no limit\"",
        ),
    ];
    for (arguments, expected) in cases {
        let settings = settings(arguments);
        let text = logged(None, Secrets::default(), || started(&settings));
        let line = text.lines().nth(1).unwrap();
        assert_eq!(line.split_once(" settings ").unwrap().1, expected);
    }
}
