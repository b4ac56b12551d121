use super::*;
use crate::fetch::options::SharedFiles;
use aws_credential_types::Credentials;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use tokio::sync::Semaphore;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "what a load brings")]
fn found(name: &str, expiry: Option<i64>) -> Loaded {
    let expiry = expiry.map(|second| SystemTime::from(at(second)));
    let credentials = Credentials::new(name, "secret", None, expiry, "test");
    let provider = SharedCredentialsProvider::new(credentials.clone());
    Ok((Found { credentials, source: Arc::default() }, provider))
}

fn failed() -> NoCredentials {
    NoCredentials::late(Duration::from_secs(30), Arc::default())
}

fn expired() -> NoCredentials {
    NoCredentials::expired(Arc::default())
}

/// A cache, the files that it watches, and how often it has loaded.
struct Bench {
    cache: Arc<Cache>,
    files: WatchedFiles,
    loads: AtomicUsize,
}

impl Bench {
    fn new() -> Self {
        Self::watching(WatchedFiles::default())
    }

    fn watching(files: WatchedFiles) -> Self {
        Self { cache: Arc::default(), files, loads: AtomicUsize::new(0) }
    }

    /// Asks at a second; a load that this begins brings `loaded`.
    async fn get(&self, second: i64, loaded: Loaded) -> Result<String, NoCredentials> {
        self.get_after(second, loaded, std::future::ready(())).await
    }

    async fn get_after(
        &self,
        second: i64,
        loaded: Loaded,
        wait: impl Future<Output = ()> + Send + 'static,
    ) -> Result<String, NoCredentials> {
        let load = |_| {
            self.loads.fetch_add(1, Ordering::Relaxed);
            async {
                wait.await;
                loaded
            }
        };
        let found = self.cache.get(at(second), &self.files, load).await;
        found.map(|found| found.credentials.access_key_id().to_owned())
    }

    /// Asks a hundred times, each before the first has loaded.
    async fn get_a_hundred_times(
        &self,
        second: i64,
        load: fn() -> Loaded,
    ) -> Vec<Result<String, NoCredentials>> {
        let mut waiting: Vec<_> =
            (0..100).map(|_| Box::pin(self.get_after(second, load(), tokio::task::yield_now()))).collect();
        std::future::poll_fn(|context| {
            for each in &mut waiting {
                assert!(each.as_mut().poll(context).is_pending());
            }
            std::task::Poll::Ready(())
        })
        .await;
        let mut all = Vec::new();
        for each in waiting {
            all.push(each.await);
        }
        all
    }

    /// Asks where nothing has to be loaded.
    async fn kept(&self, second: i64) -> String {
        let before = self.loads();
        let found = self.get(second, Err(failed())).await.unwrap();
        assert_eq!(self.loads(), before, "nothing had to be loaded");
        found
    }

    /// Until the load under way has ended.
    async fn settled(&self) {
        let loading = self.cache.lock().under_way();
        if let Some(mut loading) = loading {
            while loading.changed().await.is_ok() {}
        }
    }

    fn loads(&self) -> usize {
        self.loads.load(Ordering::Relaxed)
    }
}

#[tokio::test]
async fn nobody_waits_for_a_refresh_and_the_next_one_uses_it() {
    let bench = Bench::new();
    assert_eq!(bench.get(0, found("first", Some(3600))).await.unwrap(), "first");
    assert_eq!(bench.kept(3297).await, "first");
    let answers = Arc::new(Semaphore::new(0));
    let gate = Arc::clone(&answers);
    let wait = async move { gate.acquire().await.unwrap().forget() };
    assert_eq!(bench.get_after(3300, found("second", Some(7200)), wait).await.unwrap(), "first");
    for second in 3300..3400 {
        assert_eq!(bench.kept(second).await, "first", "while the refresh is under way");
    }
    answers.add_permits(1);
    bench.settled().await;
    assert_eq!(bench.kept(3400).await, "second");
    assert_eq!(bench.loads(), 2);
}

#[tokio::test]
async fn a_source_that_is_down_is_tried_every_half_minute_and_the_old_ones_serve_until_they_end() {
    let bench = Bench::new();
    bench.get(0, found("first", Some(3600))).await.unwrap();
    for second in 3300..3598 {
        assert_eq!(bench.get(second, Err(failed())).await.unwrap(), "first");
        bench.settled().await;
    }
    assert_eq!(bench.loads(), 1 + 10, "298 s, one try in 30 s");
    for second in 3598..3898 {
        assert_eq!(bench.get(second, Err(failed())).await, Err(failed()));
    }
    assert_eq!(bench.loads(), 1 + 20);
    assert_eq!(bench.get(3900, found("second", Some(7200))).await.unwrap(), "second");
}

#[tokio::test]
async fn ended_ones_are_never_given() {
    let bench = Bench::new();
    let expired = expired().ended_at(Some(at(10)), at(10));
    assert_eq!(bench.get(10, found("stale", Some(10))).await, Err(expired));
}

#[tokio::test]
async fn keys_without_an_end_are_loaded_once() {
    let bench = Bench::new();
    bench.get(0, found("keys", None)).await.unwrap();
    assert_eq!(bench.kept(1_000_000).await, "keys");
}

#[tokio::test]
async fn a_hundred_who_need_them_at_once_load_once_and_share_what_comes() {
    type Outcome = fn() -> Loaded;
    let outcomes: [(Outcome, Result<&str, NoCredentials>); 2] =
        [(|| found("shared", None), Ok("shared")), (|| Err(failed()), Err(failed()))];
    for (outcome, expected) in outcomes {
        let bench = Bench::new();
        assert_eq!(bench.get_a_hundred_times(0, outcome).await, vec![expected.map(str::to_owned); 100]);
        assert_eq!(bench.loads(), 1);
    }
}

#[tokio::test]
async fn what_failed_before_counts_for_none_of_those_who_look_again() {
    let bench = Bench::new();
    assert_eq!(bench.get(0, Err(failed())).await, Err(failed()));
    let all = bench.get_a_hundred_times(30, || found("second", None)).await;
    assert_eq!(all, vec![Ok("second".to_owned()); 100]);
    assert_eq!(bench.loads(), 2);
}

#[tokio::test]
async fn a_load_outlives_the_request_that_began_it() {
    let bench = Bench::new();
    let mut abandoned = Box::pin(bench.get_after(0, found("kept", None), tokio::task::yield_now()));
    std::future::poll_fn(|context| std::task::Poll::Ready(abandoned.as_mut().poll(context).is_pending()))
        .await;
    drop(abandoned);
    assert_eq!(bench.get(0, Err(failed())).await.unwrap(), "kept");
    assert_eq!(bench.loads(), 1);
}

#[tokio::test]
async fn what_the_service_refused_is_loaded_again_and_what_came_since_is_kept() {
    let bench = Bench::new();
    bench.get(0, found("first", None)).await.unwrap();
    bench.cache.refused("first");
    assert_eq!(bench.get(1, found("second", None)).await.unwrap(), "second");
    bench.cache.refused("first");
    assert_eq!(bench.kept(1).await, "second");
}

#[tokio::test]
async fn a_provider_is_kept_unless_the_clock_is_set_back() {
    for (second, is_kept) in [(3297, true), (-31, false)] {
        let bench = Bench::new();
        bench.get(0, found("first", Some(3600))).await.unwrap();
        bench.kept(second).await;
        let again = Arc::new(Mutex::new(None));
        let seen = Arc::clone(&again);
        let load = move |provider: Option<SharedCredentialsProvider>| {
            *seen.lock().unwrap() = Some(provider.is_some());
            std::future::ready(found("second", None))
        };
        bench.cache.get(at(3300), &bench.files, load).await.unwrap();
        bench.settled().await;
        assert_eq!(*again.lock().unwrap(), Some(is_kept));
    }
}

#[tokio::test]
async fn a_file_that_changes_has_the_credentials_read_again() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("credentials");
    let write = |text: &str| std::fs::write(&path, text).unwrap();
    let watched = |directory: &Path| {
        WatchedFiles::of(&SharedFiles { directory: Some(directory.to_owned()), ..SharedFiles::default() })
    };
    let bench = Bench::watching(watched(home.path()));
    // After a failure at once.
    assert_eq!(bench.get(0, Err(failed())).await, Err(failed()));
    assert_eq!(bench.get(1, found("unwanted", None)).await, Err(failed()));
    write("one");
    assert_eq!(bench.get(2, found("one", None)).await.unwrap(), "one");
    // While others serve in the background, and not more often than every half minute.
    write("of two");
    assert_eq!(bench.kept(31).await, "one");
    assert_eq!(bench.get(32, found("two", None)).await.unwrap(), "one");
    bench.settled().await;
    assert_eq!(bench.kept(33).await, "two");
    assert_eq!(bench.kept(1000).await, "two");
    // What was there serves on where nothing comes of it.
    write("half of thr");
    assert_eq!(bench.get(2000, Err(failed())).await.unwrap(), "two");
    bench.settled().await;
    assert_eq!(bench.kept(3000).await, "two");
}
