//! What holds for every command, told once: for `--help`, for the pages of the manual, for the README.

/// A thing and what it is.
pub type Fact = (&'static str, &'static str);

/// The exit codes, which are a promise to scripts.
pub const EXIT_CODES: [Fact; 10] = [
    ("0", "everything asked for is there; orders are all Successful, or answered (get); or its reader went"),
    ("1", "a failure of ours or of the network, or an order that was not found"),
    ("2", "wrong usage; nothing was sent"),
    ("3", "an order Failed or was Cancelled"),
    ("4", "no credentials, or refused ones"),
    ("5", "an order is Partial, or a number of one failed"),
    ("8", "an order is still pending: it waits for a person (wait)"),
    ("124", "the time was up (wait)"),
    ("130", "interrupted"),
    ("101", "a bug of ours; the report says where"),
];

/// Command lines to begin with.
pub const EXAMPLES: [Fact; 8] = [
    ("chimewatch demo", "a simulated account, no AWS needed"),
    ("chimewatch --profile prod ORDER_ID...", "the dashboard with these orders"),
    ("chimewatch -w launch", "the watchlist `launch`"),
    ("aws chime-sdk-voice list-phone-number-orders | chimewatch -", "any text that holds order IDs"),
    ("chimewatch get --output json ORDER_ID | jq -r .Bucket", "one answer and out"),
    ("chimewatch wait --timeout 1h ORDER_ID && ./deploy", "until all are settled"),
    ("chimewatch history --since 2d", "what was seen to change"),
    ("chimewatch doctor", "what is wrong, and what to do about it"),
];

/// Where files live.
pub const FILES: [Fact; 7] = [
    ("$XDG_CONFIG_HOME/chimewatch/config.toml", "settings; `chimewatch config` prints what to begin with"),
    ("$XDG_CONFIG_HOME/chimewatch/keymap.toml", "keys; `chimewatch config keymap`"),
    ("$XDG_CONFIG_HOME/chimewatch/themes/", "themes; `chimewatch config theme`"),
    ("$XDG_DATA_HOME/chimewatch/watchlists/NAME.toml", "watchlists, to be edited and shared"),
    ("$XDG_DATA_HOME/chimewatch/history.db", "what was observed"),
    ("$XDG_STATE_HOME/chimewatch/", "the view, backups, deleted lists"),
    ("~/.aws/config, ~/.aws/credentials", "profiles, as the AWS CLI reads them"),
];

/// What of the environment has a say.
pub const ENVIRONMENT: [Fact; 12] = [
    ("AWS_PROFILE, AWS_DEFAULT_PROFILE", "the profile, unless --profile or a watchlist names one"),
    ("AWS_REGION, AWS_DEFAULT_REGION", "the region, unless --region or a watchlist names one"),
    ("AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN", "credentials"),
    ("AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE", "where profiles are read from"),
    ("AWS_ENDPOINT_URL_CHIME_SDK_VOICE, AWS_ENDPOINT_URL", "where to ask instead of at AWS"),
    ("AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT", "which of AWS's endpoints to ask"),
    ("AWS_CA_BUNDLE", "certificates to trust instead of the built-in ones"),
    ("HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "the way out; a loopback address is asked without a proxy"),
    ("NO_COLOR, CLICOLOR_FORCE, TERM", "whether there are colours"),
    ("ACCESSIBLE", "1: the dashboard in sentences"),
    ("RUST_LOG", "what --log-file logs"),
    (
        "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME",
        "where files live [~/.config, ~/.local/share, ~/.local/state]",
    ),
];

/// What stands below the options of `chimewatch --help`.
pub(super) fn after_help() -> String {
    let codes: Vec<_> = EXIT_CODES.iter().map(|(code, what)| format!("  {code:>3}  {what}\n")).collect();
    let examples: Vec<_> = EXAMPLES.iter().map(|(line, what)| format!("  {line:<60}  {what}\n")).collect();
    let (codes, examples) = (codes.concat(), examples.concat());
    format!(
        "Examples:\n{examples}\nExit codes:\n{codes}\nThe environment is that of the AWS CLI: AWS_PROFILE, AWS_REGION, \
         AWS_ENDPOINT_URL, AWS_CA_BUNDLE, ...\n`chimewatch man` tells all of it."
    )
}
