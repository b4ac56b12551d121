use super::*;

fn resolve<const N: usize>(global: &Global, variables: [(&str, &str); N]) -> Result<Settings, UsageError> {
    let home = [("HOME".into(), "/nonexistent/home".into())];
    let variables = variables.map(|(name, value)| (name.into(), value.into()));
    Settings::resolve(global, &Environment::new(home.into_iter().chain(variables), Standing::Terminal))
}

fn typed(set: impl FnOnce(&mut Global)) -> Global {
    let mut global = Global::default();
    set(&mut global);
    global
}

#[test]
fn without_anything_the_defaults_hold() {
    let settings = resolve(&Global::default(), []).unwrap();
    assert_eq!(
        settings,
        Settings {
            profile: ProfileChoice::Unnamed,
            region: RegionChoice::OfProfile,
            endpoint: EndpointChoice::OfProfile,
            api: Api::Voice,
            aws: AwsEnvironment {
                directory: Some("/nonexistent/home/.aws".into()),
                corrects_clock: true,
                asks_instance: true,
                ..AwsEnvironment::default()
            },
            rate: Rate::PerSecond(2.0),
            intervals: Intervals::default(),
            output: Output::Table,
            colors: Colors::Sixteen,
            ground: Ground::Unknown,
            symbols: Symbols::Unicode,
            presentation: Presentation::Screen,
            clipboard: settings.clipboard.clone(),
            theme: ThemeChoice::Unnamed,
            themes: vec![],
            fixed: vec![],
            filters: vec![],
            title: Title::Shown,
            keymap: None,
            places: settings.places.clone(),
            log: None,
            secrets: settings.secrets.clone(),
            warnings: vec![],
        }
    );
}

#[test]
fn the_profile_is_that_of_the_argument_then_of_the_environment() {
    let profile = |global: &Global, variables: [(&str, &str); 2]| resolve(global, variables).unwrap().profile;
    let both = [("AWS_PROFILE", "a"), ("AWS_DEFAULT_PROFILE", "b")];
    let global = typed(|global| global.profile = Some("c".to_owned()));
    assert_eq!(profile(&global, both), ProfileChoice::Typed("c".into()));
    assert_eq!(profile(&Global::default(), both), ProfileChoice::Environment("a".into()));
    let second = [("AWS_PROFILE", ""), ("AWS_DEFAULT_PROFILE", "b")];
    assert_eq!(profile(&Global::default(), second), ProfileChoice::Environment("b".into()));
}

#[test]
fn the_region_is_that_of_the_argument_then_of_the_environment() {
    let both = [("AWS_REGION", "us-west-2"), ("AWS_DEFAULT_REGION", "eu-west-1")];
    let global = typed(|global| global.region = Some("ca-central-1".to_owned()));
    assert_eq!(resolve(&global, both).unwrap().region, RegionChoice::Typed("ca-central-1".into()));
    let region = resolve(&Global::default(), both).unwrap().region;
    assert_eq!(region, RegionChoice::Environment("us-west-2".into()));
    let error = resolve(&Global::default(), [("AWS_REGION", "us-west-2/")]).unwrap_err();
    assert_eq!(error.to_string(), "'us-west-2/' is no region: one looks like us-east-1. Nothing was sent.");
}

#[test]
fn the_endpoint_is_that_of_the_argument_then_of_the_service_then_of_all_services() {
    const SERVICE: (&str, &str) = ("AWS_ENDPOINT_URL_CHIME_SDK_VOICE", "https://service.example.com");
    const LEGACY: (&str, &str) = ("AWS_ENDPOINT_URL_CHIME", "https://legacy.example.com");
    const ALL: (&str, &str) = ("AWS_ENDPOINT_URL", "https://all.example.com");
    const IGNORE: (&str, &str) = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "True");
    let mine = typed(|global| global.endpoint_url = Some("http://127.0.0.1:4711".to_owned()));
    let none = Global::default();
    let legacy = typed(|global| global.api = Api::Chime);
    let named = |url| EndpointChoice::Named(EndpointUrl::parse(url).unwrap());
    let cases = [
        (resolve(&mine, [SERVICE, ALL]), named("http://127.0.0.1:4711")),
        (resolve(&none, [SERVICE, LEGACY, ALL]), named("https://service.example.com")),
        (resolve(&legacy, [SERVICE, LEGACY, ALL]), named("https://legacy.example.com")),
        (resolve(&legacy, [SERVICE, ALL]), named("https://all.example.com")),
        (resolve(&none, [ALL]), named("https://all.example.com")),
        (resolve(&none, [SERVICE, ALL, IGNORE]), EndpointChoice::Aws),
        (resolve(&mine, [SERVICE, IGNORE]), named("http://127.0.0.1:4711")),
        (resolve(&none, [("AWS_ENDPOINT_URL", "")]), EndpointChoice::OfProfile),
    ];
    for (settings, expected) in cases {
        assert_eq!(settings.unwrap().endpoint, expected);
    }
    let refused = resolve(&none, [("AWS_ENDPOINT_URL", "http://example.com")]).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the endpoint 'http://example.com' is plain http: only https, or a loopback address, gets a signed \
         request. Nothing was sent."
    );
}

#[test]
fn a_custom_endpoint_and_a_kind_of_awss_own_exclude_each_other() {
    let mine = typed(|global| global.endpoint_url = Some("http://127.0.0.1:4711".to_owned()));
    for variable in ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"] {
        let error = resolve(&mine, [(variable, "true")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "a custom endpoint and {variable}=true exclude each other: unset one of them. Nothing was sent."
            )
        );
        assert!(resolve(&mine, [(variable, "false")]).is_ok());
        assert!(resolve(&Global::default(), [(variable, "true")]).is_ok());
    }
}

#[test]
fn what_the_aws_tools_read_from_the_environment_is_handed_on() {
    let variables = [
        ("AWS_CONFIG_FILE", "~/other/config"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/srv/credentials"),
        ("AWS_CA_BUNDLE", "/srv/ca.pem"),
        ("AWS_USE_FIPS_ENDPOINT", "True"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "false"),
        ("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    let expected = AwsEnvironment {
        config_file: Some("/nonexistent/home/other/config".into()),
        credentials_file: Some("/srv/credentials".into()),
        directory: Some("/nonexistent/home/.aws".into()),
        ca_bundle: Some("/srv/ca.pem".into()),
        endpoint_kinds: EndpointKinds { fips: Wish::Yes, dual_stack: Wish::No },
        corrects_clock: false,
        asks_instance: false,
    };
    assert_eq!(resolve(&Global::default(), variables).unwrap().aws, expected);
}

#[test]
fn the_argument_wins_over_the_config_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("config.toml");
    std::fs::write(&path, "rate = 5\nascii = true\ncolor = \"never\"\nodd = 1\n").unwrap();
    let from_file = resolve(&typed(|global| global.config = Some(path.clone())), []).unwrap();
    assert_eq!(
        (from_file.rate, from_file.symbols, from_file.colors, from_file.warnings.len()),
        (Rate::PerSecond(5.0), Symbols::Ascii, Colors::None, 1)
    );
    let global = typed(|global| {
        global.config = Some(path);
        global.rate = Some(0.0);
        global.color = Some(crate::cli::Color::Always);
    });
    let from_both = resolve(&global, []).unwrap();
    assert_eq!((from_both.rate, from_both.colors), (Rate::Unlimited, Colors::Sixteen));
}

#[test]
fn the_first_argument_that_is_no_order_id_is_named() {
    let ids = ["3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d".to_owned(), "3f2a91c0-77aa".to_owned()];
    assert_eq!(order_ids(&ids[..1]).map(|ids| ids.len()), Ok(1));
    assert_eq!(
        order_ids(&ids).unwrap_err().to_string(),
        "'3f2a91c0-77aa' is no order ID: 2 groups instead of 5 (8-4-4-4-12). Nothing was sent."
    );
    let of_windows = ["\u{feff}\"3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d\",\r".to_owned()];
    assert_eq!(
        order_ids(&of_windows).unwrap_err().to_string(),
        "'\\u{feff}\"3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d\",\\u{d}' is no order ID but holds one, \
         3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d: name that alone, or pipe the text in. Nothing was sent."
    );
    let beside = [STANDARD_INPUT.to_owned(), ids[0].clone()];
    assert_eq!(
        order_ids(&beside).unwrap_err().to_string(),
        "'-' is standard input: the dashboard reads it, with no order ID beside it. Nothing was sent."
    );
}

#[test]
fn a_time_that_is_none_shows_the_forms() {
    let now = "2026-11-28T12:00:00Z".parse().unwrap();
    assert_eq!(duration("--timeout", "15m"), Ok(std::time::Duration::from_mins(15)));
    assert_eq!(
        duration("--timeout", "15").unwrap_err().to_string(),
        "'15' is no time for --timeout: write it as 90s, 15m, 1h30m, 2d or 1w. Nothing was sent."
    );
    assert_eq!(point("--since", "12h", now), Ok("2026-11-28T00:00:00Z".parse().unwrap()));
    assert_eq!(
        point("--since", "friday", now).unwrap_err().to_string(),
        "'friday' is no point in time for --since: write it as 2d (ago), 2026-11-20, 2026-11-20T14:00 (both in UTC) \
         or 2026-11-20T14:00:00+01:00. Nothing was sent."
    );
}

#[test]
fn a_file_of_keys_beside_the_config_file_is_handed_on_with_its_path() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("chimewatch/keymap.toml");
    std::fs::create_dir(home.path().join("chimewatch")).unwrap();
    std::fs::write(&path, "quit = [\"Q\"]\n").unwrap();
    let settings = resolve(&Global::default(), [("XDG_CONFIG_HOME", home.path().to_str().unwrap())]).unwrap();
    let file = KeymapFile { path: path.display().to_string(), text: "quit = [\"Q\"]\n".to_owned() };
    assert_eq!((settings.keymap, settings.warnings), (Some(file), vec![]));
}
