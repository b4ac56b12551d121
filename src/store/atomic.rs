//! The one way in which a file is replaced: whole or not at all, and still there after a power cut.
//!
//! Lock, temporary file beside the target, sync, backup, rename, sync of the directory. The lock and the backup of a
//! file that lives outside our two directories are kept in the state directory, so that a team's repository gets
//! nothing of ours; the temporary file has to be beside the target, for a rename does not cross file systems.

use super::{Places, Problem, StoreError};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long the lock of another process is waited for: so many times this long, two seconds.
const LOCK_TRIES: u32 = 400;
const LOCK_PAUSE: Duration = Duration::from_millis(5);
/// More than any list of ours; a device or a film given by mistake must not fill the memory.
const LARGEST: u64 = 16 * 1024 * 1024;
/// Links that are followed before a ring of them is suspected, as Linux does.
const MOST_LINKS: u32 = 40;

/// A file that is replaced whole: where it really is, and where its lock and its backup are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    file: PathBuf,
    lock: PathBuf,
    backup: PathBuf,
    is_ours: bool,
}

/// A target whose lock we hold until this is dropped.
#[derive(Debug)]
pub struct Locked<'a> {
    target: &'a Target,
    _lock: File,
}

impl Target {
    /// The file at `path`, or the one that a link there points to.
    pub fn of(path: &Path, places: &Places) -> Result<Self, StoreError> {
        let file = resolve(path).map_err(|error| StoreError::system("find", path, error))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_ours = [&places.data, &places.state].iter().any(|ours| {
            let ours = ours.canonicalize().or_else(|_| std::path::absolute(ours));
            ours.is_ok_and(|ours| file.starts_with(ours))
        });
        let (directory, name) = if is_ours {
            (file.parent().unwrap_or(Path::new("")).to_owned(), name)
        } else {
            (places.elsewhere(), key_of(&file))
        };
        Ok(Self {
            lock: directory.join(format!(".{name}.lock")),
            backup: directory.join(format!("{name}.bak")),
            file,
            is_ours,
        })
    }

    /// A file of ours, with its lock beside it, for one that is not replaced but only guarded.
    pub(super) fn beside(file: &Path) -> Self {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        Self {
            lock: file.with_file_name(format!(".{name}.lock")),
            backup: file.with_file_name(format!("{name}.bak")),
            file: file.to_owned(),
            is_ours: true,
        }
    }

    /// Where the file really is.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// What the file was before it was last replaced.
    pub fn backup(&self) -> &Path {
        &self.backup
    }

    /// Takes the lock, waiting at most two seconds for another process.
    pub fn lock(&self) -> Result<Locked<'_>, StoreError> {
        let refused = |error| StoreError::system("lock", &self.file, error);
        if let Some(directory) = self.lock.parent() {
            create_directory(directory)?;
        }
        let lock = private(OpenOptions::new().create(true).truncate(false).write(true))
            .open(&self.lock)
            .map_err(refused)?;
        for _ in 0..LOCK_TRIES {
            match lock.try_lock() {
                Ok(()) => return Ok(Locked { target: self, _lock: lock }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
                // A file system without locks: better an edit without one than none at all.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Locked { target: self, _lock: lock });
                }
                Err(TryLockError::Error(error)) => return Err(refused(error)),
            }
        }
        Err(refused(io::ErrorKind::ResourceBusy.into()))
    }

    /// What the file holds, without the lock: a rename shows the old content or the new one, never half of it. None
    /// where it is not there.
    pub fn read(&self) -> Result<Option<Vec<u8>>, StoreError> {
        read(&self.file)
    }
}

impl Locked<'_> {
    /// Replaces the file by `content`; what it was before becomes its backup. Nothing is written where it is the same.
    ///
    /// # Errors
    /// The file is as it was.
    pub fn replace(&self, content: &[u8]) -> Result<(), StoreError> {
        self.put(content, sync_directory)
    }

    /// The same for what may be as it was before after a power cut, whole in any case: nobody waits for the directory.
    ///
    /// # Errors
    /// The file is as it was.
    pub fn replace_in_time(&self, content: &[u8]) -> Result<(), StoreError> {
        self.put(content, |_| Ok(()))
    }

    fn put(&self, content: &[u8], sync: impl Fn(&Path) -> io::Result<()>) -> Result<(), StoreError> {
        let file = &self.target.file;
        let directory = file.parent().unwrap_or(Path::new("."));
        if self.target.is_ours {
            create_directory(directory)?;
        }
        let known = fs::metadata(file).ok();
        if known.is_some() && fs::read(file).is_ok_and(|known| known == content) {
            return Ok(());
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let temporary = directory.join(format!(".{name}.{}.tmp", std::process::id()));
        let replaced = write_new(&temporary, content, known.as_ref().map(fs::Metadata::permissions))
            .and_then(|()| if known.is_some() { self.rotate_backup() } else { Ok(()) })
            .and_then(|()| fs::rename(&temporary, file))
            .and_then(|()| sync(directory));
        replaced.map_err(|error| {
            // Gone already where the rename succeeded.
            let _ = fs::remove_file(&temporary);
            StoreError::system("write", file, error)
        })
    }

    /// Makes the present file the backup without a moment in which either is missing: a second name for the same
    /// content, which the rename to come takes from the first; a copy where the backup is on another file system.
    fn rotate_backup(&self) -> io::Result<()> {
        let Target { file, backup, .. } = self.target;
        let fresh = backup.with_added_extension("new");
        match fs::remove_file(&fresh) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        if fs::hard_link(file, &fresh).is_err() {
            fs::copy(file, &fresh)?;
            File::open(&fresh)?.sync_all()?;
        }
        fs::rename(&fresh, backup)
    }
}

/// Creates `directory` and what is missing above it, for this user alone.
pub fn create_directory(directory: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).map_err(|error| StoreError::system("create", directory, error))
}

/// What a file holds; none where it is not there.
pub fn read(file: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let refused = |error| StoreError::system("read", file, error);
    let opened = match File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refused(error)),
    };
    let metadata = opened.metadata().map_err(refused)?;
    if !metadata.is_file() {
        let what = format!("{} is no file", file.display());
        return Err(StoreError::new(Problem::Broken, what, "Name a file."));
    }
    // One byte more than there are, or the end of the file is looked for in twice the room.
    let mut content =
        Vec::with_capacity(usize::try_from(metadata.len().min(LARGEST) + 1).unwrap_or_default());
    opened.take(LARGEST + 1).read_to_end(&mut content).map_err(refused)?;
    if content.len() as u64 > LARGEST {
        let what = format!("{} is larger than {} MiB", file.display(), LARGEST >> 20);
        return Err(StoreError::new(Problem::Broken, what, "Name a smaller file."));
    }
    Ok(Some(content))
}

/// Opens for this user alone, whatever the umask says.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Renames and deletions survive a power cut only once the directory is synced.
pub(super) fn sync_directory(directory: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

/// A name for a file elsewhere that is the same in every process and every release: FNV-1a over its path.
pub(super) fn key_of(file: &Path) -> String {
    let hash = file.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{}-{hash:016x}", file.file_name().unwrap_or_default().to_string_lossy())
}

/// Gives a file another name, on another file system too. What has that name already is never replaced.
pub(super) fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // Another file system, or one without a second name for a file.
        Err(_) if fs::symlink_metadata(to).is_ok() => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => match fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => carry(from, to)?,
            moved => moved?,
        },
    }
    let directories = [from, to].map(|path| path.parent().unwrap_or(Path::new(".")));
    directories.into_iter().try_for_each(sync_directory)
}

/// Copies a file, or the link that it is, to another file system, then takes it away where it was.
fn carry(from: &Path, to: &Path) -> io::Result<()> {
    let known = fs::symlink_metadata(from)?;
    #[cfg(unix)]
    if known.is_symlink() {
        std::os::unix::fs::symlink(fs::read_link(from)?, to)?;
        return fs::remove_file(from);
    }
    let written = fs::read(from).and_then(|content| write_new(to, &content, Some(known.permissions())));
    if written.is_err() {
        // Half a copy is none; what it was made from is still there.
        let _ = fs::remove_file(to);
    }
    written.and_then(|()| fs::remove_file(from))
}

fn write_new(path: &Path, content: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let create = || private(OpenOptions::new().write(true).create_new(true)).open(path);
    let mut file = match create() {
        // Left by a process that ended in the middle; its id came round again.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            create()?
        }
        other => other?,
    };
    file.write_all(content)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

/// The absolute path of the file itself, links followed even where the last one points to nothing yet.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = std::path::absolute(path)?;
    for _ in 0..MOST_LINKS {
        let parent = path.parent().unwrap_or(Path::new("/")).to_owned();
        let Ok(link) = fs::read_link(&path) else {
            let name = path.file_name().unwrap_or_default();
            return Ok(parent.canonicalize().map_or_else(|_| path.clone(), |parent| parent.join(name)));
        };
        path = parent.join(link);
    }
    Err(io::Error::other("its links form a ring"))
}

#[cfg(test)]
mod tests;
