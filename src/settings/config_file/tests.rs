use super::*;
use crate::domain::{Alerts, Mouse, Preferences, Times};
use crate::settings::{Global, Settings};
use std::time::Duration;

/// The template as somebody has it who takes everything from it.
fn uncommented() -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(setting) if !setting.starts_with(' ') => setting.to_owned(),
        _ => line.to_owned(),
    };
    crate::settings::CONFIG_TEMPLATE.lines().map(|text| line(text) + "\n").collect()
}

#[test]
fn the_template_has_every_setting_with_the_default_that_is_built_in() {
    let text = uncommented();
    let table = DeTable::parse(&text).unwrap();
    let table = table.get_ref();
    let keys: Vec<&str> = table.iter().map(|(key, _)| key.get_ref().as_ref()).collect();
    let mut expected: Vec<&str> =
        SETTINGS.iter().map(|setting| setting.name).chain([INTERVALS, FILTERS]).collect();
    expected.sort_unstable();
    assert_eq!(keys, expected);
    let intervals = table.iter().find(|(key, _)| key.get_ref() == INTERVALS).unwrap().1;
    assert_eq!(intervals.get_ref().as_table().unwrap().len(), table::interval_names().len());

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("config.toml");
    std::fs::write(&path, &text).unwrap();
    let environment = [("HOME", directory.path().to_str().unwrap())].into();
    let resolve = |config| Settings::resolve(&Global { config, ..Global::default() }, &environment).unwrap();
    let (mine, built_in) = (resolve(Some(path)), resolve(None));
    assert_eq!(mine.theme.name(), Some("auto"));
    assert_eq!(mine.fixed.len(), 4);
    for fixed in &mine.fixed {
        assert!(Preferences::default().has(fixed.choice), "{fixed:?}");
        let (setting, _) = fixed.said.raw().split_once(" in ").unwrap();
        assert!(text.lines().any(|line| line == setting), "{setting}");
    }
    let named: Vec<_> = mine.filters.iter().map(|each| (each.name.raw(), each.filter.raw())).collect();
    assert_eq!(
        named,
        [("stuck", "status:processing age>1h"), ("texas toll-free", "+1833 label:texas")],
        "examples"
    );
    let (theme, fixed) = (built_in.theme.clone(), built_in.fixed.clone());
    let filters = Vec::new();
    assert_eq!(Settings { theme, fixed, filters, secrets: built_in.secrets.clone(), ..mine }, built_in);
}

#[test]
fn the_template_by_itself_says_nothing() {
    let config = ConfigFile::parse(crate::settings::CONFIG_TEMPLATE, "f").unwrap();
    assert_eq!(config, ConfigFile { path: "f".to_owned(), ..ConfigFile::default() });
}

#[test]
fn what_is_known_is_taken_and_the_rest_is_named_with_its_line_and_what_was_meant() {
    let text = "rate = 0.5\ncolor = \"never\"\ntheme = \"light\"\nascii = true\nrates = 3\n[colour]\nx = 1\n\
                [intervals]\nolder = \"2s\"\nold = \"1h30m\"\n";
    let mut intervals = Intervals::default();
    intervals.set(table::interval("old").unwrap(), Duration::from_mins(90));
    let all = "new, young, grown, old, changed, opened, opened_porting, porting, porting_near_foc, refused, \
               doubtful, doubtful_old";
    let expected = ConfigFile {
        rate: Some(0.5),
        intervals,
        color: Some(Color::Never),
        theme: Some("light".to_owned()),
        ascii: Ascii::Always,
        path: "config.toml".to_owned(),
        warnings: vec![
            "config.toml:5 there is no key 'rates': rate".into(),
            "config.toml:6 there is no key 'colour': color".into(),
            format!("config.toml:9 there is no interval 'older': {all}").into(),
        ],
        ..ConfigFile::default()
    };
    assert_eq!(ConfigFile::parse(text, "config.toml"), Ok(expected));
}

#[test]
fn what_the_dashboard_remembers_otherwise_is_named_with_its_file() {
    let text = "bell = false\nmouse = true\ntimes = \"utc\"\ntitle = false\nclipboard = \"tmux\"\naccessible = true\n";
    let config = ConfigFile::parse(text, "f").unwrap();
    let fixed = |choice, said: &str| Fixed { choice, said: said.into() };
    let expected = [
        fixed(Preference::Alerts(Alerts::Muted), "bell = false in f"),
        fixed(Preference::Mouse(Mouse::Ours), "mouse = true in f"),
        fixed(Preference::Times(Times::Utc), "times = \"utc\" in f"),
    ];
    assert_eq!(config.fixed(), expected);
    let others = (config.title, config.clipboard, config.presentation);
    assert_eq!(others, (Title::Off, ClipboardChoice::Tmux, Presentation::Sentences));
    assert_eq!(config.warnings, []);
}

#[test]
fn a_wrong_value_is_named_and_left_out() {
    let cases = [
        ("rate = -1", "f:1 rate is a number of requests a second, 0 for no limit"),
        ("rate = \"2\"", "f:1 rate is a number of requests a second, 0 for no limit"),
        ("rate = inf", "f:1 rate is a number of requests a second, 0 for no limit"),
        ("color = true", "f:1 color is \"auto\", \"always\" or \"never\""),
        ("ascii = 1", "f:1 ascii is \"auto\", true or false"),
        ("ascii = \"true\"", "f:1 ascii is \"auto\", true or false"),
        ("theme = \"\"", "f:1 theme is a name, as \"auto\""),
        ("times = \"gmt\"", "f:1 times is \"relative\", \"local\" or \"utc\""),
        ("privacy = \"true\"", "f:1 privacy is true or false"),
        ("bell = 1", "f:1 bell is true or false"),
        ("clipboard = true", "f:1 clipboard is \"auto\", \"osc52\", \"tmux\" or \"native\""),
        ("log_file = 1", "f:1 log_file is a path, \"\" for none"),
        ("intervals = 5", "f:1 intervals is a table: [intervals]"),
        ("filters = 'x'", "f:1 filters is a table: [filters]"),
        ("filter = 'x'", "f:1 there is no key 'filter': filters"),
        ("[filters]\n\nstuck = 5", "f:3 stuck is a filter, as \"status:failed\""),
        ("\n[intervals]\nnew = \"0s\"", "f:3 new is at least \"1s\""),
        ("[intervals]\nold = \"25h\"", "f:2 old is at most \"24h\""),
        ("[intervals]\nold = 5", "f:2 old is a time, as \"30s\", \"5m\" or \"1h30m\""),
        ("[intervals]\nold = \"5\"", "f:2 old is a time, as \"30s\", \"5m\" or \"1h30m\""),
        (
            "[intervals]\nold = \"99999999999999999999s\"",
            "f:2 old is a time, as \"30s\", \"5m\" or \"1h30m\"",
        ),
        ("[intervals]\nold = \"5999999999999999999h\"", "f:2 old is a time, as \"30s\", \"5m\" or \"1h30m\""),
    ];
    for (text, warning) in cases {
        let path = "f".to_owned();
        let expected = ConfigFile { path, warnings: vec![warning.into()], ..ConfigFile::default() };
        assert_eq!(ConfigFile::parse(text, "f"), Ok(expected), "{text}");
    }
    assert_eq!(ConfigFile::parse("rate = 3", "f").unwrap().rate, Some(3.0));
}

#[test]
fn what_is_no_toml_is_named_with_its_line() {
    let error = ConfigFile::parse("rate = 2\ncolor = \n", "config.toml").unwrap_err();
    assert!(error.raw().starts_with("config.toml:2 "), "{error}");
}

#[test]
fn the_file_need_not_exist_unless_it_was_named() {
    let directory = tempfile::tempdir().unwrap();
    let places = Places::below(directory.path());
    assert_eq!(ConfigFile::read(None, &places), Ok(ConfigFile::default()));
    assert!(ConfigFile::read(Some(&directory.path().join("mine.toml")), &places).is_err());
}
