//! The local time zone, read from one file: asking jiff for the system's walks through the whole database of zones,
//! for which a first frame should not wait.

use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};

/// What the system says where `TZ` says nothing.
const LOCAL: &str = "/etc/localtime";
/// Where zones are found by their names.
const ZONES: &str = "/usr/share/zoneinfo";

/// The zone that `TZ` names, else the system's; any way that jiff knows where neither is a plain file.
pub fn local(named: Option<&str>) -> TimeZone {
    let zone = match named {
        None => std::fs::canonicalize(LOCAL).ok().and_then(|path| read(&path)),
        Some("UTC" | "UTC0") => Some(TimeZone::UTC),
        Some(name) => file_of(name).and_then(|path| read(&path)),
    };
    zone.unwrap_or_else(TimeZone::system)
}

/// The file of a name such as `Europe/Berlin`; none for a rule such as `CET-1CEST`, which is no name of a zone.
fn file_of(name: &str) -> Option<PathBuf> {
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_-+".contains(&byte));
    (is_name && !name.starts_with('/')).then(|| Path::new(ZONES).join(name))
}

fn read(path: &Path) -> Option<TimeZone> {
    let name = path.strip_prefix(ZONES).unwrap_or(path).to_string_lossy();
    TimeZone::tzif(&name, &std::fs::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_is_looked_for_as_a_file() {
        let cases = [
            ("Europe/Berlin", Some("/usr/share/zoneinfo/Europe/Berlin")),
            ("Etc/GMT+3", Some("/usr/share/zoneinfo/Etc/GMT+3")),
            ("/etc/passwd", None),
            ("../../etc/passwd", None),
            (":Europe/Berlin", None),
            ("CET-1CEST,M3.5.0,M10.5.0/3", None),
        ];
        for (name, path) in cases {
            assert_eq!(file_of(name), path.map(PathBuf::from), "{name}");
        }
    }

    #[test]
    fn utc_needs_no_file() {
        assert_eq!(local(Some("UTC")), TimeZone::UTC);
    }
}
