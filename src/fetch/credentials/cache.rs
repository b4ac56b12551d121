//! Credentials found once for all who need them, and found again before they end.
//!
//! Every load is a task of its own: it outlives the request that began it, and all who need its outcome share it.

use super::files::{Look, WatchedFiles};
use super::{Found, NoCredentials};
use aws_credential_types::provider::SharedCredentialsProvider;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// How long before they end credentials are refreshed.
const REFRESH_BEFORE: SignedDuration = SignedDuration::from_mins(5);
/// The least time between two tries while nothing has changed.
const BETWEEN_TRIES: SignedDuration = SignedDuration::from_secs(30);
/// The least time between two looks at the files while the credentials serve.
const BETWEEN_LOOKS: SignedDuration = SignedDuration::from_secs(2);

/// The credentials of one profile.
#[derive(Debug, Default)]
pub(super) struct Cache {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    found: Option<Found>,
    /// Why the last load brought none.
    failure: Option<NoCredentials>,
    /// Kept while it works: it remembers what it can refresh. A new one reads the files afresh.
    provider: Option<SharedCredentialsProvider>,
    /// When the last load began.
    tried: Option<Timestamp>,
    /// The files as the last load found them.
    files: Option<Look>,
    looked: Option<Timestamp>,
    /// When somebody last asked.
    asked: Option<Timestamp>,
    /// Closes when the load under way has ended.
    loading: Option<watch::Receiver<()>>,
}

enum Standing {
    Fresh(Found),
    /// They still serve, and it is time to find others.
    Aging(Found),
    /// There are none, and there were none a moment ago.
    Failing(NoCredentials),
    Lacking,
}

pub(super) type Loaded = Result<(Found, SharedCredentialsProvider), NoCredentials>;

impl Cache {
    /// The credentials as of `now`. `load` gets the provider that is there, if any, and gives it back.
    ///
    /// Nobody waits while credentials serve. Of many who have none, one loads; the others share what it finds, or its
    /// failure, for half a minute or until `files` change.
    pub(super) async fn get<Loading>(
        self: &Arc<Self>,
        now: Timestamp,
        files: &WatchedFiles,
        load: impl FnOnce(Option<SharedCredentialsProvider>) -> Loading,
    ) -> Result<Found, NoCredentials>
    where
        Loading: Future<Output = Loaded> + Send + 'static,
    {
        let mut loading = {
            let mut held = self.lock();
            held.is_asked(now);
            match held.standing(now, files) {
                Standing::Fresh(found) => return Ok(found),
                Standing::Failing(failure) => return Err(failure),
                Standing::Aging(found) => {
                    self.begin(&mut held, now, files, load);
                    return Ok(found);
                }
                Standing::Lacking => match held.under_way() {
                    Some(loading) => loading,
                    None => self.begin(&mut held, now, files, load),
                },
            }
        };
        // Nothing is ever sent: it closes.
        while loading.changed().await.is_ok() {}
        self.lock().outcome(now)
    }

    /// Drops what was found and read. A load that is under way is new enough.
    pub(super) fn forget(&self) {
        let mut held = self.lock();
        *held = Held { loading: held.loading.take(), files: held.files.take(), ..Held::default() };
    }

    /// Drops the credentials that the service refused, unless others are there by now.
    pub(super) fn refused(&self, access_key_id: &str) {
        let is_held = self
            .lock()
            .found
            .as_ref()
            .is_some_and(|found| found.credentials.access_key_id() == access_key_id);
        if is_held {
            self.forget();
        }
    }

    /// True when the files are not those of the last load; false where nothing was loaded.
    pub(super) fn is_older_than(&self, look: &Look) -> bool {
        self.lock().files.as_ref().is_some_and(|files| files != look)
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin<Loading>(
        self: &Arc<Self>,
        held: &mut Held,
        now: Timestamp,
        files: &WatchedFiles,
        load: impl FnOnce(Option<SharedCredentialsProvider>) -> Loading,
    ) -> watch::Receiver<()>
    where
        Loading: Future<Output = Loaded> + Send + 'static,
    {
        let (running, loading) = watch::channel(());
        let look = files.look();
        if held.files.as_ref() != Some(&look) {
            held.provider = None;
        }
        held.files = Some(look);
        held.tried = Some(now);
        held.looked = Some(now);
        held.loading = Some(loading.clone());
        let load = load(held.provider.clone());
        let (cache, files) = (Arc::clone(self), files.clone());
        tokio::spawn(async move {
            let loaded = load.await;
            // A provider writes the tokens that it refreshes.
            let written = loaded.is_ok().then(|| files.look());
            cache.lock().keep(loaded, written, now);
            drop(running);
        });
        loading
    }
}

impl Held {
    /// A provider that remembers when it last refreshed a token panics where that turns out to be in the future: one
    /// that has seen a clock which is set back is not asked again.
    fn is_asked(&mut self, now: Timestamp) {
        if self.asked.is_some_and(|asked| now + BETWEEN_TRIES < asked) {
            self.provider = None;
        }
        self.asked = Some(now);
    }

    fn standing(&mut self, now: Timestamp, files: &WatchedFiles) -> Standing {
        let within = |moment: Option<Timestamp>, span| {
            moment.is_some_and(|moment| now.duration_since(moment).abs() < span)
        };
        let was_just_tried = within(self.tried, BETWEEN_TRIES);
        if let Some(found) = self.found.clone().filter(|found| !found.ends_by(now)) {
            if was_just_tried || self.under_way().is_some() {
                return Standing::Fresh(found);
            }
            let has_changed = !within(self.looked, BETWEEN_LOOKS) && {
                self.looked = Some(now);
                self.files.as_ref().is_some_and(|seen| *seen != files.look())
            };
            let is_aging = has_changed || found.ends_by(now + REFRESH_BEFORE);
            return if is_aging { Standing::Aging(found) } else { Standing::Fresh(found) };
        }
        // What is being found out just now counts for all, and not what failed before.
        let is_settled = was_just_tried && self.under_way().is_none();
        match &self.failure {
            Some(failure) if is_settled && self.files.as_ref() == Some(&files.look()) => {
                Standing::Failing(failure.clone())
            }
            Some(_) | None => Standing::Lacking,
        }
    }

    /// The load that is under way; none where its task has ended without a word.
    fn under_way(&self) -> Option<watch::Receiver<()>> {
        self.loading.clone().filter(|loading| loading.has_changed().is_ok())
    }

    /// What a load has brought. It began at `began`.
    fn keep(&mut self, loaded: Loaded, written: Option<Look>, began: Timestamp) {
        self.loading = None;
        match loaded {
            Ok((found, _)) if found.ends_by(began) => {
                self.provider = None;
                let end = found.end();
                self.failure = Some(NoCredentials::expired(found.source).ended_at(end, began));
            }
            Ok((found, working)) => {
                self.provider = Some(working);
                self.failure = None;
                self.found = Some(found);
                self.files = written;
            }
            Err(failure) => {
                self.provider = None;
                self.failure = Some(failure);
            }
        }
    }

    fn outcome(&self, now: Timestamp) -> Result<Found, NoCredentials> {
        match (&self.found, &self.failure) {
            (Some(found), _) if !found.ends_by(now) => Ok(found.clone()),
            (_, Some(failure)) => Err(failure.clone()),
            (_, None) => Err(NoCredentials::lost()),
        }
    }
}

#[cfg(test)]
mod tests;
