use super::*;

fn places(directory: &Path) -> Places {
    Places::below(directory)
}

fn replace(path: &Path, places: &Places, content: &str) -> Result<(), StoreError> {
    Target::of(path, places)?.lock()?.replace(content.as_bytes())
}

#[test]
fn a_new_file_and_its_directories_are_for_this_user_alone_and_the_old_content_is_the_backup() {
    let directory = tempfile::tempdir().unwrap();
    let places = places(directory.path());
    let file = places.watchlists().join("launch.toml");
    replace(&file, &places, "one").unwrap();
    replace(&file, &places, "two").unwrap();
    replace(&file, &places, "two").unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "two");
    assert_eq!(fs::read_to_string(file.with_added_extension("bak")).unwrap(), "one");
    #[cfg(unix)]
    {
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(&places.watchlists()), 0o700);
    }
    let mut names: Vec<_> = fs::read_dir(places.watchlists())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [".launch.toml.lock", "launch.toml", "launch.toml.bak"]);
}

#[cfg(unix)]
#[test]
fn an_existing_file_keeps_its_mode_and_its_link_and_gets_nothing_beside_it() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let directory = tempfile::tempdir().unwrap();
    let places = places(directory.path());
    let repository = directory.path().join("repository");
    fs::create_dir_all(&repository).unwrap();
    let file = repository.join("team.toml");
    fs::write(&file, "one").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let link = directory.path().join("link.toml");
    symlink("repository/team.toml", &link).unwrap();
    replace(&link, &places, "two").unwrap();
    assert_eq!((fs::read_to_string(&file).unwrap().as_str(), mode(&file)), ("two", 0o644));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_dir(&repository).unwrap().count(), 1);
    let target = Target::of(&file, &places).unwrap();
    assert_eq!(target, Target::of(&link, &places).unwrap());
    assert!(target.backup().starts_with(&places.state));
    assert_eq!(fs::read_to_string(target.backup()).unwrap(), "one");
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_yet_is_followed_and_a_ring_of_links_is_told() {
    use std::os::unix::fs::symlink;
    let directory = tempfile::tempdir().unwrap();
    let places = places(directory.path());
    let link = directory.path().join("link.toml");
    symlink("real.toml", &link).unwrap();
    replace(&link, &places, "one").unwrap();
    assert_eq!(fs::read_to_string(directory.path().join("real.toml")).unwrap(), "one");
    let ring = directory.path().join("ring.toml");
    symlink("ring.toml", &ring).unwrap();
    let error = replace(&ring, &places, "one").unwrap_err();
    assert_eq!(error.what, format!("Cannot find {}: its links form a ring", ring.display()));
}

#[test]
fn a_lock_that_is_held_is_waited_for_and_then_named() {
    let directory = tempfile::tempdir().unwrap();
    let places = places(directory.path());
    let target = Target::of(&places.view(), &places).unwrap();
    let held = target.lock().unwrap();
    let error = target.lock().unwrap_err();
    assert_eq!(error.problem, Problem::Busy);
    assert_eq!(error.next_step, "Another chimewatch is writing it; try again.");
    drop(held);
    assert!(target.lock().is_ok());
}

#[test]
fn what_is_no_file_is_not_read() {
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(read(&directory.path().join("none")).unwrap(), None);
    assert_eq!(read(directory.path()).unwrap_err().problem, Problem::Broken);
}

#[test]
fn the_system_s_refusals_have_exact_words() {
    let path = Path::new("/launch.toml");
    let cases = [
        (
            io::ErrorKind::StorageFull,
            "Cannot write /launch.toml: no space is left on the disk. Free some space, then try again; \
             nothing was changed.",
        ),
        (
            io::ErrorKind::ReadOnlyFilesystem,
            "Cannot write /launch.toml: the file system is read-only. Set XDG_DATA_HOME and XDG_STATE_HOME to \
             directories that can be written.",
        ),
        (
            io::ErrorKind::PermissionDenied,
            "Cannot write /launch.toml: permission is denied. See who may write it: ls -ld '/'",
        ),
    ];
    for (kind, expected) in cases {
        assert_eq!(StoreError::system("write", path, kind.into()).to_string(), expected);
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o777
}
