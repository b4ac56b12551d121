//! Credentials found once for all who need them.

use super::NoCredentials;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};

/// How long before they expire credentials are refreshed.
const REFRESH_BEFORE: SignedDuration = SignedDuration::from_mins(5);
/// The least time between two tries to refresh credentials that still serve.
const BETWEEN_TRIES: SignedDuration = SignedDuration::from_secs(30);

/// The credentials of one profile.
#[derive(Debug, Default)]
pub(super) struct Cache {
    held: Mutex<Held>,
    /// Whoever has this lock loads. The provider goes when it fails, so that the next one reads the files afresh.
    loading: tokio::sync::Mutex<Option<SharedCredentialsProvider>>,
}

#[derive(Debug, Default)]
struct Held {
    credentials: Option<Credentials>,
    failure: Option<NoCredentials>,
    /// Loads that have ended, well or badly.
    loads: u64,
    tried: Option<Timestamp>,
}

enum Standing {
    Fresh(Credentials),
    /// They still serve, and it is time to refresh them.
    Aging(Credentials),
    Lacking,
}

type Loaded = Result<(Credentials, SharedCredentialsProvider), NoCredentials>;

impl Cache {
    /// The credentials as of `now`. `load` gets the provider that is there, if any, and gives it back.
    ///
    /// Of many who need them at once one loads; the others share what it finds, or its failure.
    pub(super) async fn get<Loading>(
        &self,
        now: Timestamp,
        load: impl FnOnce(Option<SharedCredentialsProvider>) -> Loading,
    ) -> Result<Credentials, NoCredentials>
    where
        Loading: Future<Output = Loaded>,
    {
        let (standing, loads) = self.look(now);
        match standing {
            Standing::Fresh(credentials) => Ok(credentials),
            Standing::Aging(credentials) => match self.loading.try_lock() {
                Ok(mut provider) => {
                    let loaded = load(provider.clone()).await;
                    Ok(self.keep(loaded, &mut provider, now).unwrap_or(credentials))
                }
                Err(_somebody_loads) => Ok(credentials),
            },
            Standing::Lacking => {
                let mut provider = self.loading.lock().await;
                if let Some(found) = self.found_meanwhile(loads, now) {
                    return found;
                }
                let loaded = load(provider.clone()).await;
                self.keep(loaded, &mut provider, now)
            }
        }
    }

    fn look(&self, now: Timestamp) -> (Standing, u64) {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        (held.standing(now), held.loads)
    }

    /// What somebody else has loaded since `loads` were counted.
    fn found_meanwhile(&self, loads: u64, now: Timestamp) -> Option<Result<Credentials, NoCredentials>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match held.standing(now) {
            Standing::Fresh(credentials) | Standing::Aging(credentials) => Some(Ok(credentials)),
            Standing::Lacking if held.loads == loads => None,
            Standing::Lacking => held.failure.clone().map(Err),
        }
    }

    fn keep(
        &self,
        loaded: Loaded,
        provider: &mut Option<SharedCredentialsProvider>,
        now: Timestamp,
    ) -> Result<Credentials, NoCredentials> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.loads += 1;
        held.tried = Some(now);
        match loaded {
            Ok((credentials, _)) if expires_by(&credentials, now) => {
                *provider = None;
                held.failure = Some(NoCredentials::expired());
                Err(NoCredentials::expired())
            }
            Ok((credentials, working)) => {
                *provider = Some(working);
                held.failure = None;
                held.credentials = Some(credentials.clone());
                Ok(credentials)
            }
            Err(failure) => {
                *provider = None;
                held.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }
}

impl Held {
    fn standing(&self, now: Timestamp) -> Standing {
        let Some(credentials) = &self.credentials else { return Standing::Lacking };
        let was_just_tried = self.tried.is_some_and(|tried| now.duration_since(tried).abs() < BETWEEN_TRIES);
        if expires_by(credentials, now) {
            Standing::Lacking
        } else if was_just_tried || !expires_by(credentials, now + REFRESH_BEFORE) {
            Standing::Fresh(credentials.clone())
        } else {
            Standing::Aging(credentials.clone())
        }
    }
}

fn expires_by(credentials: &Credentials, moment: Timestamp) -> bool {
    credentials
        .expiry()
        .and_then(|expiry| Timestamp::try_from(expiry).ok())
        .is_some_and(|expiry| expiry <= moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::time::SystemTime;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn credentials(name: &str, expiry: Option<i64>) -> Credentials {
        let expiry = expiry.map(|second| SystemTime::from(at(second)));
        Credentials::new(name, "secret", None, expiry, "test")
    }

    #[expect(clippy::unnecessary_wraps, reason = "what a load brings")]
    fn loaded(name: &str, expiry: Option<i64>) -> Loaded {
        let credentials = credentials(name, expiry);
        Ok((credentials.clone(), SharedCredentialsProvider::new(credentials)))
    }

    async fn get(cache: &Cache, now: i64, load: Loaded) -> Result<String, NoCredentials> {
        cache.get(at(now), |_| async { load }).await.map(|found| found.access_key_id().to_owned())
    }

    fn unwanted() -> Loaded {
        panic!("nothing had to be loaded")
    }

    async fn kept(cache: &Cache, now: i64) -> String {
        cache.get(at(now), |_| async { unwanted() }).await.unwrap().access_key_id().to_owned()
    }

    #[tokio::test]
    async fn credentials_are_refreshed_five_minutes_before_they_expire() {
        let cache = Cache::default();
        assert_eq!(get(&cache, 0, loaded("first", Some(3600))).await.unwrap(), "first");
        assert_eq!(kept(&cache, 3299).await, "first");
        assert_eq!(get(&cache, 3300, loaded("second", Some(7200))).await.unwrap(), "second");
        assert_eq!(kept(&cache, 3400).await, "second");
    }

    #[tokio::test]
    async fn the_old_ones_serve_until_they_really_expire_and_no_longer() {
        let cache = Cache::default();
        get(&cache, 0, loaded("first", Some(3600))).await.unwrap();
        let failure = || Err(NoCredentials::late(std::time::Duration::from_secs(30)));
        assert_eq!(get(&cache, 3400, failure()).await.unwrap(), "first");
        // Not tried again within half a minute.
        assert_eq!(kept(&cache, 3429).await, "first");
        assert_eq!(get(&cache, 3599, failure()).await.unwrap(), "first");
        assert_eq!(get(&cache, 3600, failure()).await, Err(failure().unwrap_err()));
    }

    #[tokio::test]
    async fn expired_ones_are_never_given() {
        let cache = Cache::default();
        assert_eq!(get(&cache, 10, loaded("stale", Some(10))).await, Err(NoCredentials::expired()));
    }

    #[tokio::test]
    async fn keys_without_an_end_are_loaded_once() {
        let cache = Cache::default();
        get(&cache, 0, loaded("keys", None)).await.unwrap();
        assert_eq!(kept(&cache, 1_000_000).await, "keys");
    }

    #[tokio::test]
    async fn of_a_hundred_who_need_them_one_loads_and_all_share_its_failure() {
        for outcome in [|| loaded("shared", None), || Err(NoCredentials::expired())] {
            let (cache, loads) = (Cache::default(), Cell::new(0));
            let ask = || {
                cache.get(at(0), |_| async {
                    loads.set(loads.get() + 1);
                    tokio::task::yield_now().await;
                    outcome()
                })
            };
            let mut waiting: Vec<_> = (0..100).map(|_| Box::pin(ask())).collect();
            // All have looked before the first has loaded.
            std::future::poll_fn(|context| {
                for each in &mut waiting {
                    assert!(each.as_mut().poll(context).is_pending());
                }
                std::task::Poll::Ready(())
            })
            .await;
            for each in waiting {
                assert_eq!(each.await.map(|_| ()), outcome().map(|_| ()));
            }
            assert_eq!(loads.get(), 1);
        }
    }
}
