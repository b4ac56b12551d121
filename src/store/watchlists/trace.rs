//! What can be told of a list's file without reading it: enough to see that somebody has written it.

use super::{Place, Watchlists};
use jiff::{SignedDuration, Timestamp};
use std::fs::Metadata;
use std::path::PathBuf;

/// A file that was written a moment ago may be written again without another time: clocks of file systems are coarse.
const SETTLES: SignedDuration = SignedDuration::from_secs(2);

/// What can be told of a list's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// Nothing is there.
    Gone,
    /// It is there.
    Written(Written),
    /// It cannot be told.
    Unknown,
}

/// When a file was written, and which file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// When; none where it was a moment ago, so that the next look reads it once more.
    pub at: Option<Timestamp>,
    /// Its length, in bytes.
    pub length: u64,
    /// What it is called by the file system, whatever its name; none where there is no such thing.
    pub number: Option<u64>,
}

impl Trace {
    /// True where the file is certainly as it was at an earlier look.
    pub fn is_that_of(self, earlier: Self) -> bool {
        let is_settled = !matches!(self, Self::Written(Written { at: None, .. }));
        is_settled && self == earlier
    }

    /// Which file it is.
    pub const fn number(self) -> Option<u64> {
        match self {
            Self::Written(written) => written.number,
            Self::Gone | Self::Unknown => None,
        }
    }
}

impl Watchlists {
    /// What can be told of a list's file at this moment.
    pub fn trace(&self, place: &Place, now: Timestamp) -> Trace {
        match std::fs::metadata(self.path(place)) {
            Ok(metadata) => Trace::Written(written(&metadata, now)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Trace::Gone,
            Err(_) => Trace::Unknown,
        }
    }

    /// The files whose writing tells of a change: the list's own, and the one that a link there points to.
    pub fn files(&self, place: &Place) -> Vec<PathBuf> {
        let path = self.path(place);
        let path = std::path::absolute(&path).unwrap_or(path);
        let target = path.canonicalize().ok().filter(|target| *target != path);
        std::iter::once(path).chain(target).collect()
    }

    /// Where the named lists are, made if it is not there.
    pub fn directory(&self) -> PathBuf {
        let directory = self.places.watchlists();
        // Where it cannot be made there are no lists to look for.
        let _ = crate::store::atomic::create_directory(&directory);
        directory
    }
}

fn written(metadata: &Metadata, now: Timestamp) -> Written {
    let at = metadata.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
    Written {
        at: at.filter(|at| now.duration_since(*at) > SETTLES),
        length: metadata.len(),
        #[cfg(unix)]
        number: Some(std::os::unix::fs::MetadataExt::ino(metadata)),
        #[cfg(not(unix))]
        number: None,
    }
}
