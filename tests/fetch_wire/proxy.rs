//! Proxies of the environment, which only a process of its own can have: https to elsewhere goes through them,
//! loopback never does, and their passwords are never told.

use crate::{PORTLAND, service};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Output};
use std::thread::JoinHandle;

const END: &str = "END\r\n\r\n";

/// A proxy that opens no tunnel. It keeps the first lines of what it is asked, and with which password.
struct Proxy {
    address: SocketAddr,
    thread: JoinHandle<Vec<String>>,
}

impl Proxy {
    /// Answers each request with `answer`, then closes.
    fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let thread = std::thread::spawn(move || {
            let mut asked = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let head: Vec<String> = BufReader::new(&mut stream)
                    .lines()
                    .map_while(Result::ok)
                    .take_while(|line| !line.is_empty())
                    .collect();
                if head.first().is_some_and(|line| line == END.trim_end()) {
                    break;
                }
                let authorized = head.iter().any(|line| {
                    // me:canary in base64
                    line.eq_ignore_ascii_case("proxy-authorization: basic bWU6Y2FuYXJ5")
                });
                asked.push(format!("{} {authorized}", head.first().cloned().unwrap_or_default()));
                // Who asked may be gone.
                let _ = stream.write_all(answer.as_bytes());
            }
            asked
        });
        Self { address, thread }
    }

    /// What it was asked, and whether with its password.
    fn asked(self) -> Vec<String> {
        TcpStream::connect(self.address).unwrap().write_all(END.as_bytes()).unwrap();
        self.thread.join().unwrap()
    }

    /// `chimewatch get` with this proxy in its environment.
    fn get(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let home = tempfile::tempdir().unwrap();
        let url = format!("http://me:canary@{}", self.address);
        Command::new(env!("CARGO_BIN_EXE_chimewatch"))
            .arg("get")
            .args(arguments)
            .arg(PORTLAND)
            .env_clear()
            .env("HOME", home.path())
            .env("AWS_CONFIG_FILE", home.path().join("config"))
            .env("AWS_SHARED_CREDENTIALS_FILE", home.path().join("credentials"))
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
            .envs(["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"].map(|name| (name, &url)))
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }
}

fn said(output: &Output) -> &str {
    let said = str::from_utf8(&output.stderr).unwrap();
    assert!(!said.contains("canary"), "{said}");
    said
}

#[test]
fn https_to_elsewhere_goes_through_the_proxy() {
    let proxy = Proxy::start("");
    let output = proxy.get(&["--endpoint-url", "https://chime.invalid"], &[]);
    let said = said(&output);
    let words = "chimewatch: No connection: the proxy opens no way to chime.invalid on port 443 (";
    assert!(said.starts_with(words), "{said}");
    assert_eq!(proxy.asked(), ["CONNECT chime.invalid:443 HTTP/1.1 true"]);
}

#[test]
fn an_unlisted_region_is_told_and_asked_all_the_same() {
    let proxy = Proxy::start("HTTP/1.1 403 Forbidden\r\n\r\n");
    let output = proxy.get(&["--region", "us-est-1"], &[("AWS_USE_FIPS_ENDPOINT", "true")]);
    let said = said(&output);
    let first =
        "chimewatch: us-est-1 is none of the ten regions of the API and is asked all the same: us-east-1, ";
    assert!(said.starts_with(first), "{said}");
    assert_eq!(proxy.asked(), ["CONNECT voice-chime-fips.us-est-1.amazonaws.com:443 HTTP/1.1 true"]);
}

#[test]
fn a_proxy_that_wants_another_password_is_told_without_the_one_it_got() {
    let proxy = Proxy::start("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    let output = proxy.get(&["--endpoint-url", "https://chime.invalid"], &[]);
    assert_eq!(
        said(&output),
        "chimewatch: No connection: the proxy opens no way to chime.invalid on port 443 (it wants a user name and \
         password). Put those that it takes before the host in HTTPS_PROXY. Try again in a \
         moment\n"
    );
    assert_eq!(proxy.asked().len(), 1);
}

#[test]
fn a_proxy_that_refuses_a_host_is_told_with_who_can_change_that() {
    let proxy = Proxy::start("HTTP/1.1 403 Forbidden\r\n\r\n");
    let output = proxy.get(&["--endpoint-url", "https://chime.invalid"], &[]);
    assert_eq!(
        said(&output),
        "chimewatch: No connection: the proxy opens no way to chime.invalid on port 443 (it refuses). Ask who runs it \
         to let the host through, or name the host in NO_PROXY. Try again in a moment\n"
    );
}

#[test]
fn a_proxy_that_is_away_is_not_told_as_the_host_that_does_not_answer() {
    let proxy = Proxy::start("");
    // Port 1 of loopback is nobody's.
    let away = ["HTTPS_PROXY", "https_proxy"].map(|name| (name, "http://127.0.0.1:1"));
    let output = proxy.get(&["--endpoint-url", "https://chime.invalid"], &away);
    assert_eq!(
        said(&output),
        "chimewatch: No connection: the proxy on the way to chime.invalid does not answer (Connection refused). Look \
         at HTTPS_PROXY, or name the host in NO_PROXY. Try again in a moment\n"
    );
    assert_eq!(proxy.asked(), [""; 0]);
}

#[test]
fn a_name_that_no_proxy_names_is_asked_directly() {
    let proxy = Proxy::start("");
    let arguments = ["--endpoint-url", "https://chime.invalid"];
    let output = proxy.get(&arguments, &[("NO_PROXY", "example.com,.invalid")]);
    assert!(said(&output).contains("the name chime.invalid does not resolve"), "{}", said(&output));
    assert_eq!(proxy.asked(), [""; 0]);
}

#[test]
fn loopback_is_never_asked_through_a_proxy() {
    let proxy = Proxy::start("");
    let service = service();
    let named = service.endpoint().replace("127.0.0.1", "localhost");
    let with_tls = service.endpoint().replace("http://", "https://");
    for (endpoint, code) in [(service.endpoint(), 0), (named, 0), (with_tls, 1)] {
        let output = proxy.get(&["--endpoint-url", &endpoint], &[]);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
    }
    assert_eq!(proxy.asked(), [""; 0]);
    assert_eq!((service.counters().connections, service.counters().ok), (3, 2));
}
