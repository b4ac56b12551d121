//! When a session of SSO ended, as the token says that `aws sso login` left. Read only where somebody is signed out.

use aws_config::profile::ProfileSet;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Longer than any token is.
const MOST: u64 = 64 * 1024;

/// A token, as far as it is read: no secret of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    start_url: String,
    expires_at: String,
}

/// When the session that `profile` signs in to ended, as the newest of its tokens below `directory` says; none while
/// it lasts, and where none says it.
pub(super) fn ended(
    profiles: &ProfileSet,
    profile: &str,
    directory: &Path,
    now: Timestamp,
) -> Option<Timestamp> {
    let start_url = start_url(profiles, profile)?;
    let files = directory.join("sso/cache").read_dir().ok()?.filter_map(Result::ok);
    let tokens = files.filter_map(|file| read(&file.path())).filter(|token| token.start_url == start_url);
    let end = tokens.filter_map(|token| end_of(&token)).max()?;
    (end <= now).then_some(end)
}

fn start_url<'p>(profiles: &'p ProfileSet, profile: &str) -> Option<&'p str> {
    let profile = profiles.get_profile(profile)?;
    match profile.get("sso_session") {
        Some(session) => profiles.sso_session(session)?.get("sso_start_url"),
        None => profile.get("sso_start_url"),
    }
}

fn read(path: &Path) -> Option<Token> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MOST).read_to_end(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Older versions of the AWS CLI write `2020-06-17T10:02:08UTC`.
fn end_of(token: &Token) -> Option<Timestamp> {
    let text = token.expires_at.strip_suffix("UTC").map(|start| format!("{start}Z"));
    text.as_ref().unwrap_or(&token.expires_at).parse().ok()
}

/// `28 Nov 13:40 UTC`, with the year where `now` is in another one. With the day, because it is told for days.
pub(super) fn told(end: Timestamp, now: Timestamp) -> String {
    let [end, now] = [end, now].map(|at| at.to_zoned(TimeZone::UTC));
    let format = if end.year() == now.year() { "%-d %b %H:%M UTC" } else { "%-d %b %Y %H:%M UTC" };
    end.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::options::SharedFiles;
    use crate::fetch::shared_config;
    use std::fs;

    const CONFIG: &str = "[profile prod]\nsso_session = corporate\n[sso-session corporate]\n\
                          sso_start_url = https://corporate.awsapps.com/start\n[profile old]\n\
                          sso_start_url = https://old.awsapps.com/start\n[profile keys]\nregion = us-east-1\n";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn the_newest_token_of_the_session_says_when_it_ended_and_others_and_broken_ones_say_nothing() {
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("config");
        fs::write(&config, CONFIG).unwrap();
        let files = SharedFiles {
            config: Some(config),
            credentials: Some(home.path().join("none")),
            ..SharedFiles::default()
        };
        let profiles = shared_config::read(&files, None).await.unwrap();
        let now = at("2026-11-28T18:00:00Z");
        let ended = |profile: &str| super::ended(&profiles, profile, home.path(), now);
        assert_eq!(ended("prod"), None, "there is no token");
        let cache = home.path().join("sso/cache");
        fs::create_dir_all(&cache).unwrap();
        let leave = |name: &str, session: &str, end: &str| {
            let token = format!(
                r#"{{"startUrl":"https://{session}.awsapps.com/start","accessToken":"t","expiresAt":"{end}"}}"#
            );
            fs::write(cache.join(name), token).unwrap();
        };
        fs::write(cache.join("client.json"), r#"{"clientId":"c","expiresAt":"2027-01-01T00:00:00Z"}"#)
            .unwrap();
        fs::write(cache.join("broken.json"), "{").unwrap();
        leave("a.json", "corporate", "2026-11-27T13:40:00Z");
        leave("b.json", "corporate", "2026-11-28T13:40:00Z");
        leave("c.json", "old", "2020-06-17T10:02:08UTC");
        assert_eq!(ended("prod"), Some(at("2026-11-28T13:40:00Z")));
        assert_eq!(ended("old"), Some(at("2020-06-17T10:02:08Z")));
        assert_eq!((ended("keys"), ended("nobody")), (None, None));
        leave("b.json", "corporate", "2026-11-28T23:40:00Z");
        assert_eq!(ended("prod"), None, "by its token it lasts, whoever ended it");
    }

    #[test]
    fn an_end_is_told_with_its_day_and_another_year_with_it() {
        let now = at("2026-11-28T18:00:00Z");
        assert_eq!(told(at("2026-11-28T13:40:00Z"), now), "28 Nov 13:40 UTC");
        assert_eq!(told(at("2020-06-17T10:02:08Z"), now), "17 Jun 2020 10:02 UTC");
    }
}
