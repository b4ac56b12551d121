//! What is no order, no region and no endpoint of ours to trust is refused before a byte is sent, wherever it comes
//! from: a listener that would be reached counts no connection.

use crate::ORDER;
use crate::canary::{ACCESS_KEY_ID, SECRET};
use crate::listener::{Listener, Reply};
use crate::screen::eventually;
use crate::session::Program;
use chimewatch::domain::PhoneNumberOrderId;
use chimewatch::order_service::{Fault, Lasts, Options, OrderService, Scenario, Target};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What cannot be an id, and would be another request if it went into one.
const IDS: [&str; 12] = [
    "..%2f1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04",
    "1b6e0a52-94c7-4d0f-8a3e-20d5f7b9..%2f",
    "../phone-numbers",
    "1b6e0a52-94c7-4d0f-8a3e-20d5f7b9/../",
    "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04\r\nx-amz-date: 1",
    "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c0\n",
    "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04?max-results=1",
    "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04#",
    "1b6e0a52-94c7-4d0f-8a3e-20d5f7b9%00ab",
    "1b6e0a52\u{2010}94c7\u{2010}4d0f\u{2010}8a3e\u{2010}20d5f7b91c04",
    "１b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04",
    "@127.0.0.1",
];

/// What cannot be a region, and would name another host or add a header.
const REGIONS: [&str; 7] = [
    "us-east-1\r\nx-amz-date: 1",
    "us-east-1\n",
    "us-east-1/",
    "us-east-1.example.com/",
    "us-east-1@127.0.0.1",
    "us-east-1?",
    "us east 1",
];

/// Endpoints that lead to the listener at `PORT` if anybody asks there, and get no signed request.
const ENDPOINTS: [&str; 13] = [
    "http://0.0.0.0:PORT",
    "http://127.1:PORT",
    "http://2130706433:PORT",
    "http://0x7f000001:PORT",
    "http://[::ffff:127.0.0.1]:PORT",
    "http://canary:word@127.0.0.1:PORT",
    "http://127.0.0.1:PORT@example.com",
    "http://example.com@127.0.0.1:PORT",
    "http://127.0.0.1:PORT/..%2f",
    "http://127.0.0.1:PORT/?x=1",
    "http://127.0.0.1:PORT/#",
    "http://127.0.0.1:PORT\r\nx: y",
    "ftp://127.0.0.1:PORT",
];

/// A run of `get` with keys that sign, and a listener that everything leads to.
fn get(home: &Path, listener: &Listener, change: impl FnOnce(&mut Command)) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimewatch"));
    command.env_clear().env("HOME", home).stdin(Stdio::null());
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command.env("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID).env("AWS_SECRET_ACCESS_KEY", SECRET);
    command.env("AWS_ENDPOINT_URL", listener.url()).arg("get");
    change(&mut command);
    command.output().unwrap()
}

#[track_caller]
fn assert_refused(what: &str, output: &Output, listener: &Listener, codes: &[i32]) {
    let code = output.status.code().unwrap();
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(codes.contains(&code), "{what:?}: {code} {said}");
    assert!(said.starts_with("chimewatch: ") || code == 2, "{what:?}: {said}");
    assert!(!said.contains("canary:word") && !said.contains('\r'), "{what:?}: {said}");
    assert_eq!(listener.connections(), 0, "{what:?}");
}

#[test]
fn a_listener_counts_who_comes() {
    let (home, listener) = (tempfile::tempdir().unwrap(), Listener::start(Reply::EchoedError(400)));
    get(home.path(), &listener, |command| {
        command.args(["--region", "us-east-1", ORDER]);
    });
    assert_eq!(listener.connections(), 1);
}

#[test]
fn ids_regions_and_endpoints_of_the_command_line_and_the_environment_are_refused() {
    let (home, listener) = (tempfile::tempdir().unwrap(), Listener::start(Reply::Close));
    let port = listener.port().to_string();
    for id in IDS {
        let output = get(home.path(), &listener, |command| {
            command.args(["--", id]);
        });
        assert_refused(id, &output, &listener, &[2]);
    }
    for region in REGIONS {
        let output = get(home.path(), &listener, |command| {
            command.args(["--region", region, ORDER]);
        });
        assert_refused(region, &output, &listener, &[2]);
        let output = get(home.path(), &listener, |command| {
            command.env("AWS_REGION", region).arg(ORDER);
        });
        assert_refused(region, &output, &listener, &[2]);
    }
    for endpoint in ENDPOINTS.map(|endpoint| endpoint.replace("PORT", &port)) {
        let output = get(home.path(), &listener, |command| {
            command.args(["--endpoint-url", &endpoint, ORDER]);
        });
        assert_refused(&endpoint, &output, &listener, &[2]);
        for name in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_CHIME_SDK_VOICE"] {
            let output = get(home.path(), &listener, |command| {
                command.env(name, &endpoint).arg(ORDER);
            });
            assert_refused(&endpoint, &output, &listener, &[2]);
        }
    }
}

#[test]
fn regions_and_endpoints_of_the_shared_config_are_refused() {
    let (home, listener) = (tempfile::tempdir().unwrap(), Listener::start(Reply::Close));
    let config = home.path().join("config");
    let port = listener.port().to_string();
    let regions =
        REGIONS.iter().filter(|region| !region.contains('\n')).map(|region| format!("region = {region}"));
    let endpoints = ENDPOINTS.iter().filter(|endpoint| !endpoint.contains(['\n', '#']));
    let endpoints = endpoints.map(|endpoint| endpoint.replace("PORT", &port));
    let services = endpoints.clone().map(|endpoint| {
        format!("services = odd\n[services odd]\nchime_sdk_voice =\n  endpoint_url = {endpoint}")
    });
    let settings =
        regions.chain(endpoints.map(|endpoint| format!("endpoint_url = {endpoint}"))).chain(services);
    for setting in settings {
        fs::write(&config, format!("[default]\n{setting}\n")).unwrap();
        let is_region = setting.starts_with("region");
        let output = get(home.path(), &listener, |command| {
            command.env("AWS_CONFIG_FILE", &config).arg(ORDER);
            if !is_region {
                command.env_remove("AWS_ENDPOINT_URL").args(["--region", "us-east-1"]);
            }
        });
        assert_refused(&setting, &output, &listener, &[1, 2]);
    }
}

#[test]
fn a_profile_with_a_line_end_is_no_profile() {
    let (home, listener) = (tempfile::tempdir().unwrap(), Listener::start(Reply::Close));
    for name in ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", ""] {
        let profile = "odd\r\nx-amz-security-token: y";
        let output = get(home.path(), &listener, |command| {
            command.env_remove("AWS_ACCESS_KEY_ID").arg(ORDER);
            match name {
                "" => command.args(["--profile", profile]),
                name => command.env(name, profile),
            };
        });
        assert_refused(name, &output, &listener, &[4]);
    }
}

#[test]
fn a_watchlist_with_any_of_it_asks_for_nothing() {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let of_ids = IDS.map(|id| format!("[[order]]\nid = {}\n", quoted(id)));
    let of_regions: Vec<_> = REGIONS
        .iter()
        .zip(1..)
        .map(|(region, number)| {
            format!(
                "[[order]]\nid = \"1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c0{number}\"\nregion = {}\n",
                quoted(region)
            )
        })
        .collect();
    let order = format!("[[order]]\nid = \"{ORDER}\"\n");
    let of_list = format!("region = {}\n{order}", quoted(REGIONS[0]));
    let of_profile = format!("profile = {}\n{order}", quoted("odd\r\nx-amz-security-token: y"));
    for (list, said, times) in [
        (of_ids.concat(), "is no order ID", IDS.len()),
        (of_regions.concat(), "kind=Refused", REGIONS.len()),
        (of_list, "kind=Refused", 1),
        (of_profile, "kind=Credentials", 1),
    ] {
        let (home, listener) = (tempfile::tempdir().unwrap(), Listener::start(Reply::Close));
        let [path, log] =
            ["list.toml", "log"].map(|name| home.path().join(name).to_str().unwrap().to_owned());
        fs::write(&path, &list).unwrap();
        let program = Program::chimewatch(home.path()).args(["-w", &path, "--log-file", &log, "--rate", "0"]);
        let program = program.env("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID).env("AWS_SECRET_ACCESS_KEY", SECRET);
        let mut session = program.env("AWS_ENDPOINT_URL", &listener.url()).start();
        let logged = || fs::read_to_string(&log).unwrap_or_default();
        eventually(said, || (logged().matches(said).count() == times).then_some(()));
        session.screen.wait_for(&["UTC"]);
        session.press("\x03");
        assert_eq!(session.exit_code(), 0);
        assert_eq!(listener.connections(), 0, "{list}");
    }
}

#[test]
fn a_redirect_to_another_host_is_not_followed() {
    let (home, elsewhere) = (tempfile::tempdir().unwrap(), Listener::start(Reply::Close));
    let service = OrderService::start(&Scenario::named("quiet").unwrap(), Options::default()).unwrap();
    let keys = service.credentials();
    for location in [elsewhere.url(), format!("{}/phone-number-orders/{ORDER}", elsewhere.url())] {
        service.set_fault(Target::Every, Lasts::UntilCleared, Fault::Redirect(location));
        let output = get(home.path(), &elsewhere, |command| {
            command.env("AWS_ACCESS_KEY_ID", &keys.access_key_id);
            command.env("AWS_SECRET_ACCESS_KEY", &keys.secret_access_key);
            command.args(["--region", "us-east-1", "--endpoint-url", &service.endpoint(), ORDER]);
        });
        assert_refused("redirect", &output, &elsewhere, &[1]);
    }
    assert_eq!(service.counters().requests, 2);
}

#[test]
fn ten_thousand_hostile_ids_are_none() {
    let pieces = [
        "..%2f", "/", "\\", "%", "\r\n", "\0", "?", "#", "@", ":", " ", "é", "\u{202e}", "１", ";", "&", "-",
        "", "a",
    ];
    let mut random = fastrand::Rng::with_seed(24);
    let mut accepted = 0;
    for _ in 0..10_000 {
        let mut characters: Vec<char> = ORDER.chars().collect();
        for _ in 0..random.usize(1..=3) {
            let place = random.usize(0..=characters.len());
            let length = random.usize(0..=2).min(characters.len() - place);
            let piece = pieces[random.usize(0..pieces.len())];
            characters.splice(place..place + length, piece.chars());
        }
        let text: String = characters.into_iter().collect();
        let Ok(id) = PhoneNumberOrderId::parse(&text) else { continue };
        accepted += 1;
        let groups: Vec<usize> = id.to_string().split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12], "{text:?}");
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{text:?}");
    }
    // Now and then nothing was changed, or a letter for a letter.
    assert!(accepted < 1_000, "{accepted}");
}
