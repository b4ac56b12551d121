//! The files that credentials come from, watched by looking: a login in another window changes one of them.

use crate::fetch::options::SharedFiles;
use std::fs::Metadata;
use std::path::PathBuf;
use std::time::SystemTime;

/// Where a login leaves its tokens, below `~/.aws`.
const TOKENS: [&str; 2] = ["sso/cache", "login/cache"];

/// Which files are looked at. Nothing is read of them.
#[derive(Clone, Debug, Default)]
pub(super) struct WatchedFiles {
    files: Vec<PathBuf>,
    directories: Vec<PathBuf>,
}

/// What one look saw: every file that is there, by name. Two looks are equal when nothing has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look(Vec<(PathBuf, Mark)>);

/// What changes when a file is written, or another takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    modified: Option<SystemTime>,
    length: u64,
    inode: u64,
}

impl WatchedFiles {
    pub(super) fn of(shared: &SharedFiles) -> Self {
        let in_home = |name| shared.directory.as_ref().map(|directory| directory.join(name));
        let config = shared.config.clone().or_else(|| in_home("config"));
        let credentials = shared.credentials.clone().or_else(|| in_home("credentials"));
        Self {
            files: config.into_iter().chain(credentials).collect(),
            directories: TOKENS.into_iter().filter_map(in_home).collect(),
        }
    }

    /// Looks at them all.
    pub(super) fn look(&self) -> Look {
        let tokens = self.directories.iter().filter_map(|directory| directory.read_dir().ok()).flatten();
        let tokens = tokens.filter_map(Result::ok).map(|entry| entry.path());
        let paths = self.files.iter().cloned().chain(tokens);
        // A link is followed: a shared config may live in a repository of its own.
        let mut seen: Vec<_> =
            paths.filter_map(|path| Some((path.metadata().ok().map(|found| mark(&found))?, path))).collect();
        seen.sort_unstable();
        Look(seen.into_iter().map(|(mark, path)| (path, mark)).collect())
    }
}

fn mark(metadata: &Metadata) -> Mark {
    Mark { modified: metadata.modified().ok(), length: metadata.len(), inode: inode(metadata) }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_metadata: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_look_differs_when_a_file_comes_changes_is_replaced_or_goes() {
        let home = tempfile::tempdir().unwrap();
        let cache = home.path().join("sso/cache");
        let shared = SharedFiles { directory: Some(home.path().to_owned()), ..SharedFiles::default() };
        let watched = WatchedFiles::of(&shared);
        let credentials = home.path().join("credentials");
        let steps: [(&str, &dyn Fn()); 6] = [
            ("a file comes", &|| fs::write(&credentials, "one").unwrap()),
            ("it grows", &|| fs::write(&credentials, "longer").unwrap()),
            ("another takes its place", &|| {
                let modified = credentials.metadata().unwrap().modified().unwrap();
                let other = home.path().join("other");
                fs::write(&other, "length").unwrap();
                fs::File::options().write(true).open(&other).unwrap().set_modified(modified).unwrap();
                fs::rename(other, &credentials).unwrap();
            }),
            ("a token comes", &|| {
                fs::create_dir_all(&cache).unwrap();
                fs::write(cache.join("0123.json"), "{}").unwrap();
            }),
            ("a token goes", &|| fs::remove_file(cache.join("0123.json")).unwrap()),
            ("the file goes", &|| fs::remove_file(&credentials).unwrap()),
        ];
        for (what, step) in steps {
            let before = watched.look();
            assert_eq!(before, watched.look(), "before {what}");
            step();
            assert_ne!(before, watched.look(), "{what}");
        }
        assert_eq!(watched.look(), Look::default());
    }

    #[test]
    fn files_that_the_environment_names_are_looked_at_instead() {
        let home = tempfile::tempdir().unwrap();
        let [config, credentials] = ["of-config", "of-credentials"].map(|name| home.path().join(name));
        let shared = SharedFiles {
            config: Some(config.clone()),
            credentials: Some(credentials.clone()),
            directory: Some(home.path().to_owned()),
            ..SharedFiles::default()
        };
        let watched = WatchedFiles::of(&shared);
        fs::write(home.path().join("config"), "").unwrap();
        assert_eq!(watched.look(), Look::default());
        for path in [config, credentials] {
            let before = watched.look();
            fs::write(path, "").unwrap();
            assert_ne!(before, watched.look());
        }
    }
}
