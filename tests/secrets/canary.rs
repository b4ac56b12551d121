//! Secrets that open nothing, and where they turn up.

/// An access key id: only both its ends may be seen.
pub(crate) const ACCESS_KEY_ID: &str = "AKIACANARY0KEY0ID77Z";
/// As it may be seen.
pub(crate) const MASKED: &str = "AKIA…D77Z";
/// A secret access key.
pub(crate) const SECRET: &str = "cAnArYs3cr3t/KxPq7MzENG+bRtRfiCYWqZtVkEy";
/// A session token.
pub(crate) const SESSION: &str =
    "FwoGZXcAnArYs3ss10nT0k3nIvYXdzEJr//////////wEaDKq7LmNoPqRsTuVwXyZ0123456789==";
/// The token of `aws sso login`.
pub(crate) const SSO: &str = "aoaAcAnArYss0T0k3nAAAAAGZxYwVutSrqPonMlkJihGfedCba9876543210";
/// What renews it.
pub(crate) const REFRESH: &str = "aorAcAnArYr3fr3shT0k3nAAAAAGZxYwVutSrqPonMlkJihGfedCba987654";
/// A token that a container is given, in no form that looks like one.
pub(crate) const CONTAINER: &str = "canary of a container: all in lower case";
/// A token of the metadata service.
pub(crate) const METADATA: &str = "AQAEcAnArYm3tadataT0k3nQWxYzPqRsTuVwXyZ0123456789abc==";
/// A web identity.
pub(crate) const WEB_IDENTITY: &str =
    "eyJhbGciOiJSUzI1NiJ9cAnArY.eyJzdWIiOiJjYW5hcnktd2ViIn0cAnArY.c2lnbmF0dXJlLWNhbmFyeS13ZWI0";
/// The password of a proxy, in no form that looks like one.
pub(crate) const PROXY: &str = "canary-proxy-password";

const ALL: [&str; 9] =
    [ACCESS_KEY_ID, SECRET, SESSION, SSO, REFRESH, CONTAINER, METADATA, WEB_IDENTITY, PROXY];

/// As few characters of a secret in a row are a leak.
const LEAK: usize = 12;

/// What `text` gives away of the canaries and of `more`.
pub(crate) fn leaks(text: &[u8], more: &[String]) -> Vec<String> {
    let text = String::from_utf8_lossy(text);
    let secrets = ALL.into_iter().chain(more.iter().map(String::as_str));
    let given_away = |secret: &str| {
        let characters: Vec<char> = secret.chars().collect();
        let windows = characters.windows(LEAK).map(|window| window.iter().collect::<String>());
        // Ten slashes in a row are no secret.
        windows.filter(|window| !window.contains("//////")).find(|window| text.contains(window.as_str()))
    };
    secrets.filter_map(given_away).collect()
}

#[test]
fn a_part_of_a_canary_is_a_leak_and_its_masked_form_is_none() {
    assert_eq!(leaks(b"see 3cr3t/KxPq7MzENG", &[]).len(), 1);
    assert_eq!(leaks(b"more: signature-of", &["a-signature-of-it".to_owned()]).len(), 1);
    assert_eq!(leaks(MASKED.as_bytes(), &[]), Vec::<String>::new());
}
