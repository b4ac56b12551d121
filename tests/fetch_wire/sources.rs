//! Credentials that end within a run, from the sources that give such: refreshed before they end, by one for all, and
//! never sent once they have ended. Time is moved by the clock that the fetcher is given.

use crate::fake::{Fake, Reply, Seen};
use crate::{PORTLAND, key_at, now};
use chimewatch::domain::{FailureKind, Identity, OrderKey};
use chimewatch::fetch::{Answer, CredentialSource, FetchOptions, Fetcher, SharedFiles};
use jiff::{SignedDuration, Timestamp};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// How long keys live.
const LIFE: SignedDuration = SignedDuration::from_mins(60);

/// What all parties share: the time, and the keys that are given out.
#[derive(Debug, Default)]
pub(crate) struct World {
    now: Timestamp,
    /// Each with its end; the last one is given to who asks.
    pub(crate) keys: Vec<(String, Timestamp)>,
    /// Nothing is given to who asks.
    pub(crate) is_down: bool,
    /// How often keys were asked for, as far as that is seen here.
    asked: usize,
    /// Requests for an order that came with keys that had ended.
    refused: usize,
}

type Shared = Arc<Mutex<World>>;

/// Who gives keys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    pub(crate) answer: fn(&World, &Seen) -> Reply,
    /// True for the first request of each search for keys.
    pub(crate) begins: fn(&Seen) -> bool,
}

impl Source {
    /// One whose address the shared config tells, and that is asked once.
    fn of(answer: fn(&World, &Seen) -> Reply) -> Self {
        Self { address: (Ipv4Addr::LOCALHOST, 0).into(), answer, begins: |_| true }
    }
}

/// What is told of the keys, and of their lack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    pub(crate) profile: Option<&'static str>,
    pub(crate) account: Option<&'static str>,
    /// How a sentence begins that says there are none.
    pub(crate) lacks: &'static [&'static str],
}

const PROD: Told = Told {
    profile: Some("prod"),
    account: Some("123456789012"),
    lacks: &["No credentials for profile prod"],
};

/// A home whose profile `prod` gets its keys from somewhere, and the account that they open.
pub(crate) struct Stage {
    home: TempDir,
    world: Shared,
    orders: Fake,
    source: Option<Fake>,
    pub(crate) fetcher: Fetcher,
    told: Told,
}

impl Stage {
    /// `source` is the server that keys are asked of, if any; `config` the shared config for that server.
    fn new(source: Option<Source>, config: impl FnOnce(&TempDir, &str) -> String) -> Self {
        Self::telling(PROD, source, config)
    }

    pub(crate) fn telling(
        told: Told,
        source: Option<Source>,
        config: impl FnOnce(&TempDir, &str) -> String,
    ) -> Self {
        Self::watching(None, told, source, config)
    }

    /// `directory` is where a login leaves its tokens.
    pub(crate) fn watching(
        directory: Option<PathBuf>,
        told: Told,
        source: Option<Source>,
        config: impl FnOnce(&TempDir, &str) -> String,
    ) -> Self {
        let home = tempfile::tempdir().unwrap();
        let world = Arc::new(Mutex::new(World { now: now(), ..World::default() }));
        let account = Arc::clone(&world);
        let orders = Fake::start(move |seen| order(&mut account.lock().unwrap(), seen));
        let source = source.map(|source| {
            let world = Arc::clone(&world);
            Fake::start_at(source.address, move |seen| {
                let mut world = world.lock().unwrap();
                world.asked += usize::from((source.begins)(seen));
                (source.answer)(&world, seen)
            })
        });
        let url = source.as_ref().map(Fake::url).unwrap_or_default();
        std::fs::write(home.path().join("config"), config(&home, &url)).unwrap();
        let files = SharedFiles {
            config: Some(home.path().join("config")),
            credentials: Some(home.path().join("credentials")),
            directory,
            ..SharedFiles::default()
        };
        let options = FetchOptions { credentials: CredentialSource::Chain(files), ..FetchOptions::default() };
        let clock = Arc::clone(&world);
        let fetcher = Fetcher::new(options, move || clock.lock().unwrap().now);
        let stage = Self { home, world, orders, source, fetcher, told };
        stage.renew();
        stage
    }

    fn process_s_keys(&self) -> PathBuf {
        self.home.path().join("keys.json")
    }

    /// From now on new keys are given to who asks.
    pub(crate) fn renew(&self) {
        let mut world = self.world.lock().unwrap();
        let (name, end) = (format!("ASIAKEY{}", world.keys.len()), world.now + LIFE);
        let json = format!(
            r#"{{"Version":1,"AccessKeyId":"{name}","SecretAccessKey":"s","SessionToken":"t","Expiration":"{end}","AccountId":"123456789012"}}"#
        );
        world.keys.push((name, end));
        world.is_down = false;
        std::fs::write(self.process_s_keys(), json).unwrap();
    }

    fn goes_down(&self) {
        self.world.lock().unwrap().is_down = true;
        std::fs::remove_file(self.process_s_keys()).unwrap();
    }

    fn newest(&self) -> (String, Timestamp) {
        self.world.lock().unwrap().keys.last().unwrap().clone()
    }

    fn now(&self) -> Timestamp {
        self.world.lock().unwrap().now
    }

    pub(crate) fn passes(&self, span: SignedDuration) {
        self.world.lock().unwrap().now += span;
    }

    fn key(&self) -> OrderKey {
        key_at(&self.orders.url(), self.told.profile, PORTLAND)
    }

    pub(crate) async fn ask(&self) -> Answer {
        self.fetcher.get(&self.key()).await
    }

    /// Many at once, none of which may fail.
    pub(crate) async fn asks_a_hundred_times_at_once(&self) {
        let tasks: Vec<_> = (0..100)
            .map(|_| {
                let (fetcher, key) = (self.fetcher.clone(), self.key());
                tokio::spawn(async move { fetcher.get(&key).await })
            })
            .collect();
        for task in tasks {
            let answer = task.await.unwrap();
            assert!(answer.result.is_ok(), "{:?}", answer.result);
        }
    }

    /// What the server was asked that gives keys.
    pub(crate) fn asked_for_keys(&self) -> Vec<Seen> {
        self.source.as_ref().map(Fake::seen).unwrap_or_default()
    }

    /// How often keys were asked for.
    pub(crate) fn loads(&self) -> usize {
        let by_process = std::fs::read_to_string(self.home.path().join("asked")).unwrap_or_default();
        by_process.lines().count() + self.world.lock().unwrap().asked
    }

    pub(crate) async fn has_loaded(&self, times: usize) {
        let loaded = async {
            while self.loads() < times {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), loaded).await.unwrap();
    }

    fn identity(&self) -> Identity {
        let (_, end) = self.newest();
        // The services say whole seconds.
        let expires = Timestamp::from_second(end.as_second()).unwrap();
        Identity { account: self.told.account.map(Into::into), expires: Some(expires) }
    }

    /// Asks until the newest keys sign; nothing may fail meanwhile.
    pub(crate) async fn signs_with_the_newest(&self) {
        let newest = self.identity();
        let signs = async {
            loop {
                let answer = self.ask().await;
                assert!(answer.result.is_ok(), "{:?}", answer.result);
                let Identity { account, expires } = answer.identity.unwrap();
                let expires = expires.map(|end| Timestamp::from_second(end.as_second()).unwrap());
                if (Identity { account, expires }) == newest {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), signs).await.unwrap();
    }

    /// The whole story of keys that end within a run.
    pub(crate) async fn run(&self) {
        self.asks_a_hundred_times_at_once().await;
        assert_eq!(self.loads(), 1, "one for a hundred");
        self.signs_with_the_newest().await;
        self.passes(SignedDuration::from_mins(54));
        self.asks_a_hundred_times_at_once().await;
        assert_eq!(self.loads(), 1);
        self.renew();
        self.passes(SignedDuration::from_mins(2));
        self.asks_a_hundred_times_at_once().await;
        self.has_loaded(2).await;
        self.signs_with_the_newest().await;
        assert_eq!(self.loads(), 2, "one refresh for a hundred");
        self.while_the_source_is_down().await;
        self.renew();
        self.passes(SignedDuration::from_secs(30));
        self.signs_with_the_newest().await;
        assert_eq!(self.world.lock().unwrap().refused, 0, "none was sent with keys that had ended");
    }

    async fn while_the_source_is_down(&self) {
        self.goes_down();
        let before = self.loads();
        let (_, end) = self.newest();
        self.passes(SignedDuration::from_mins(55));
        let (mut polls, mut failures) = (0, 0);
        while self.now() < end + SignedDuration::from_mins(3) {
            let has_ended = self.now() >= end;
            let (sent, answer) = (self.orders.seen().len(), self.ask().await);
            polls += 1;
            match answer.result {
                Ok(_) => assert!(!has_ended),
                Err(failure) => {
                    assert!(has_ended, "{failure}");
                    failures += 1;
                    assert_eq!((failure.kind, answer.attempts), (FailureKind::Credentials, 0));
                    assert_eq!(self.orders.seen().len(), sent, "nothing is sent");
                    let is_clear = |begins: &&str| failure.what.raw().starts_with(*begins);
                    assert!(self.told.lacks.iter().any(is_clear), "{failure}");
                    assert!(failure.command.is_some() || !failure.next_step.raw().is_empty(), "{failure}");
                }
            }
            self.passes(SignedDuration::from_secs(5));
        }
        let tries = self.loads() - before;
        // From five minutes before the end to three after it.
        assert!(
            (2..=16).contains(&tries),
            "{tries} tries in 480 s, {polls} polls, {failures} of them failed"
        );
    }
}

/// The account: it lets in who has keys that have not ended.
fn order(world: &mut World, seen: &Seen) -> Reply {
    let authorization = seen.header("authorization").unwrap_or_default();
    let is_let_in = world
        .keys
        .iter()
        .any(|(name, end)| authorization.contains(&format!("Credential={name}/")) && world.now < *end);
    let date = world.now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let body =
        format!(r#"{{"PhoneNumberOrder":{{"PhoneNumberOrderId":"{PORTLAND}","Status":"Processing"}}}}"#);
    world.refused += usize::from(!is_let_in);
    let reply = if is_let_in { Reply::new(200, body) } else { Reply::new(403, r#"{"Code":"ExpiredToken"}"#) };
    Reply { headers: vec![("Date", date)], ..reply }
}

/// STS: the newest keys, or a refusal that nobody tries again.
fn sts(world: &World, seen: &Seen) -> Reply {
    if world.is_down {
        let error = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>\
                     <Message>not now</Message></Error></ErrorResponse>";
        return Reply::new(403, error);
    }
    let action = if seen.body.contains("AssumeRoleWithWebIdentity") {
        "AssumeRoleWithWebIdentity"
    } else {
        "AssumeRole"
    };
    let (name, end) = world.keys.last().unwrap();
    Reply::new(
        200,
        format!(
            "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>\
             <AssumedRoleUser><AssumedRoleId>AROA:me</AssumedRoleId>\
             <Arn>arn:aws:sts::123456789012:assumed-role/reader/me</Arn></AssumedRoleUser>\
             <Credentials><AccessKeyId>{name}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
             <SessionToken>t</SessionToken><Expiration>{end}</Expiration></Credentials>\
             </{action}Result></{action}Response>"
        ),
    )
}

#[tokio::test]
async fn keys_of_a_credential_process_that_end_within_a_run() {
    let config = |home: &TempDir, _: &str| {
        let [asked, keys] = ["asked", "keys.json"].map(|name| home.path().join(name).display().to_string());
        format!("[profile prod]\ncredential_process = echo once >> {asked}; cat {keys}\n")
    };
    Stage::new(None, config).run().await;
}

#[tokio::test]
async fn keys_of_an_assumed_role_that_end_within_a_run() {
    let config = |_: &TempDir, url: &str| {
        format!(
            "[profile prod]\nrole_arn = arn:aws:iam::123456789012:role/reader\nsource_profile = base\n\
             services = fakes\n[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n\
             [services fakes]\nsts =\n  endpoint_url = {url}\n"
        )
    };
    Stage::new(Some(Source::of(sts)), config).run().await;
}

#[tokio::test]
async fn keys_of_a_web_identity_that_end_within_a_run() {
    let config = |home: &TempDir, url: &str| {
        let token = home.path().join("token");
        std::fs::write(&token, "the token").unwrap();
        format!(
            "[profile prod]\nrole_arn = arn:aws:iam::123456789012:role/reader\nservices = fakes\n\
             web_identity_token_file = {}\n[services fakes]\nsts =\n  endpoint_url = {url}\n",
            token.display()
        )
    };
    Stage::new(Some(Source::of(sts)), config).run().await;
}
