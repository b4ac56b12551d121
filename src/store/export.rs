//! A file that the user asked for, anywhere: new, whole or not at all.

use super::atomic::Target;
use super::{Places, Problem, StoreError};
use std::path::{Path, PathBuf};

/// Writes a file that is not there yet, and returns where it is.
///
/// # Errors
/// [`Problem::Taken`] where there is one; it is left alone. [`Problem::NotThere`] where its directory is not.
pub fn write_new(path: &Path, content: &[u8], places: &Places) -> Result<PathBuf, StoreError> {
    let path = std::path::absolute(path).map_err(|error| StoreError::system("find", path, error))?;
    if let (Some(directory), Some(name)) = (path.parent(), path.file_name())
        && !directory.is_dir()
    {
        let (name, directory) = (name.display(), directory.display());
        let what = format!("Cannot write {name}: there is no directory {directory}");
        return Err(StoreError::new(Problem::NotThere, what, "Make it, or choose another name."));
    }
    let target = Target::of(&path, places)?;
    let locked = target.lock()?;
    if std::fs::symlink_metadata(&path).is_ok() {
        let what = format!("{} is there already", path.display());
        return Err(StoreError::new(Problem::Taken, what, "Choose another name; it was left alone."));
    }
    locked.replace(content)?;
    Ok(path)
}
