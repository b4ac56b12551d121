//! The `file-watch` thread: the system tells when a watchlist's file is written, and nothing wakes until then.
//!
//! Directories are watched, not files: editors and we ourselves put a new file in the place of the old one. What is
//! written within a moment is told once. Only Linux tells it in this way; elsewhere, and on file systems that tell
//! nobody, a look that a key brings about finds out.

use std::path::{Path, PathBuf};

#[cfg(target_os = "linux")]
pub(super) use linux::FileWatch;

/// Nobody tells; keys lead to a look.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
pub(super) struct FileWatch;

#[cfg(not(target_os = "linux"))]
impl FileWatch {
    pub(super) fn start(_: impl Fn() + Send + 'static) -> Self {
        Self
    }

    pub(super) fn cover(&self, _: &Path, _: impl Iterator<Item = PathBuf>) {}
}

#[cfg(target_os = "linux")]
mod linux {
    use super::{Path, PathBuf};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};
    use std::collections::{BTreeMap, BTreeSet};
    use std::ffi::OsString;
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::os::unix::ffi::OsStringExt;
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::thread;

    /// An editor's file goes and comes within this time; it is told when nothing was written for so long.
    const QUIET: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    /// A file that is written without end is told after so many quiet times all the same.
    const MOST_WAITS: u32 = 10;
    /// Bytes of events that are taken at once.
    const BUFFER: usize = 4096;

    /// What tells that a file was written; without one nobody does.
    #[derive(Debug)]
    pub(in crate::runtime) struct FileWatch(Option<Arc<Watched>>);

    #[derive(Debug)]
    struct Watched {
        inotify: OwnedFd,
        /// Which files of a directory count, by what the kernel calls the watch on it.
        wanted: Mutex<BTreeMap<i32, Wanted>>,
    }

    /// Which files of a directory count.
    #[derive(Debug)]
    enum Wanted {
        /// Every list.
        Lists,
        /// These.
        Files(BTreeSet<OsString>),
    }

    impl FileWatch {
        /// Starts the thread, which ends with the process; `tell` is called after something was written.
        pub(in crate::runtime) fn start(tell: impl Fn() + Send + 'static) -> Self {
            let Ok(inotify) = inotify::init(CreateFlags::CLOEXEC) else { return Self(None) };
            let watched = Arc::new(Watched { inotify, wanted: Mutex::default() });
            let near = watched.clone();
            let started = thread::Builder::new().name("file-watch".to_owned()).spawn(move || {
                while watched.is_written().is_ok() {
                    tell();
                }
            });
            Self(started.ok().map(|_| near))
        }

        /// Watches the directory of the named lists, and the directories of `files` for these files. What is watched
        /// already stays so.
        pub(in crate::runtime) fn cover(&self, lists: &Path, files: impl Iterator<Item = PathBuf>) {
            let Some(watched) = &self.0 else { return };
            let mut wanted = watched.wanted();
            if let Some(watch) = watched.add(lists) {
                wanted.insert(watch, Wanted::Lists);
            }
            for file in files {
                let (Some(directory), Some(name)) = (file.parent(), file.file_name()) else { continue };
                let Some(watch) = watched.add(directory) else { continue };
                match wanted.entry(watch).or_insert_with(|| Wanted::Files(BTreeSet::new())) {
                    Wanted::Lists => {}
                    Wanted::Files(names) => drop(names.insert(name.to_owned())),
                }
            }
        }
    }

    impl Watched {
        fn wanted(&self) -> MutexGuard<'_, BTreeMap<i32, Wanted>> {
            self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
        }

        /// A directory that is not there is nobody's loss: it is asked for again with the next look.
        fn add(&self, directory: &Path) -> Option<i32> {
            let events = WatchFlags::CLOSE_WRITE
                | WatchFlags::CREATE
                | WatchFlags::MOVE
                | WatchFlags::DELETE
                | WatchFlags::DELETE_SELF
                | WatchFlags::MOVE_SELF;
            inotify::add_watch(&self.inotify, directory, events | WatchFlags::ONLYDIR).ok()
        }

        /// Waits until a file that counts was written and it is quiet again.
        fn is_written(&self) -> rustix::io::Result<()> {
            let mut buffer = [MaybeUninit::uninit(); BUFFER];
            let mut events = Reader::new(&self.inotify, &mut buffer);
            loop {
                let event = match events.next() {
                    Err(rustix::io::Errno::INTR) => continue,
                    event => event?,
                };
                let name = event.file_name().map(|name| OsString::from_vec(name.to_bytes().to_vec()));
                if self.counts(event.wd(), name.as_ref()) {
                    break;
                }
            }
            while !events.is_buffer_empty() {
                events.next()?;
            }
            for _ in 0..MOST_WAITS {
                let mut ready = [PollFd::new(&self.inotify, PollFlags::IN)];
                match poll(&mut ready, Some(&QUIET)) {
                    Ok(0) => break,
                    Err(rustix::io::Errno::INTR) => continue,
                    Ok(_) => {}
                    Err(error) => return Err(error),
                }
                events.next()?;
                while !events.is_buffer_empty() {
                    events.next()?;
                }
            }
            Ok(())
        }

        /// Whether what happened to a file, or without a name to its directory, is of interest.
        fn counts(&self, watch: i32, name: Option<&OsString>) -> bool {
            let Some(name) = name else { return true };
            match self.wanted().get(&watch) {
                Some(Wanted::Lists) => {
                    let name = name.to_string_lossy();
                    name.ends_with(".toml") && !name.starts_with('.')
                }
                Some(Wanted::Files(names)) => names.contains(name),
                None => false,
            }
        }
    }
}
