use super::*;

const ID: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

fn read(line: &str) -> Result<Cli, ErrorKind> {
    let arguments = std::iter::once("chimewatch").chain(line.split_whitespace()).map(OsString::from);
    Cli::read(arguments).map_err(|error| error.kind())
}

fn dashboard(orders: &[&str], watchlist: Option<&str>) -> Cli {
    let orders = orders.iter().map(|&id| id.to_owned()).collect();
    let dashboard = Dashboard { orders, watchlist: watchlist.map(ToOwned::to_owned) };
    Cli { command: None, dashboard, global: Global::default() }
}

fn get(orders: &[&str]) -> Cli {
    let ids = orders.iter().map(|&id| id.to_owned()).collect();
    let orders = Orders { ids, watchlist: None };
    let command = Some(Command::Get(Get { orders, in_flight: 64 }));
    Cli { command, dashboard: Dashboard::default(), global: Global::default() }
}

#[test]
fn orders_watchlists_and_commands_are_told_apart() {
    assert_eq!(read(""), Ok(dashboard(&[], None)));
    assert_eq!(read(ID), Ok(dashboard(&[ID], None)));
    assert_eq!(read("-"), Ok(dashboard(&["-"], None)));
    assert_eq!(read("-w launch"), Ok(dashboard(&[], Some("launch"))));
    assert_eq!(read("--watchlist ./team.toml"), Ok(dashboard(&[], Some("./team.toml"))));
    assert_eq!(read(&format!("get {ID} {ID}")), Ok(get(&[ID, ID])));
    // After an order everything is an order, and a wrong one.
    assert_eq!(read(&format!("{ID} demo")), Ok(dashboard(&[ID, "demo"], None)));
    // Order IDs may come by a pipe.
    assert_eq!(read("get"), Ok(get(&[])));
    assert_eq!(read(&format!("-w launch {ID}")), Err(ErrorKind::ArgumentConflict));
    assert_eq!(read(&format!("-w launch get {ID}")), Err(ErrorKind::ArgumentConflict));
}

#[test]
fn global_options_stand_before_or_after_a_command() {
    let expected = Cli {
        global: Global {
            profile: Some("prod".to_owned()),
            region: Some("us-west-2".to_owned()),
            api: Api::Chime,
            rate: Some(0.0),
            output: Output::Json,
            color: Some(Color::Never),
            ascii: true,
            ..Global::default()
        },
        ..get(&[ID])
    };
    let options =
        "--profile prod --region us-west-2 --api chime --rate 0 --output json --color never --ascii";
    assert_eq!(read(&format!("{options} get {ID}")), Ok(expected.clone()));
    assert_eq!(read(&format!("get {ID} {options}")), Ok(expected));
}

#[test]
fn the_demo_takes_its_options() {
    let demo = |line| match read(line).map(|cli| cli.command) {
        Ok(Some(Command::Demo(demo))) => Ok(demo),
        Ok(other) => panic!("{other:?}"),
        Err(kind) => Err(kind),
    };
    let plain = Demo {
        scenario: None,
        orders: None,
        numbers: None,
        seed: None,
        speed: None,
        serve: false,
        listen: None,
        clock_offset: None,
    };
    assert_eq!(demo("demo"), Ok(plain.clone()));
    assert_eq!(
        demo("demo --orders 1000 --numbers 50 --seed 7 --speed 2.5"),
        Ok(Demo {
            scenario: None,
            orders: Some(1000),
            numbers: Some(50),
            seed: Some(7),
            speed: Some(2.5),
            ..plain.clone()
        })
    );
    let listen = Some("127.0.0.1:4711".parse().unwrap());
    let serve = Demo { serve: true, ..plain };
    assert_eq!(demo("demo --serve --listen 127.0.0.1:4711"), Ok(Demo { listen, ..serve.clone() }));
    let clock_offset = Some(-90);
    assert_eq!(demo("demo --serve --clock-offset -90"), Ok(Demo { clock_offset, ..serve }));
    assert_eq!(demo("demo --clock-offset 60"), Err(ErrorKind::MissingRequiredArgument));
    assert_eq!(demo("demo --listen 127.0.0.1:4711"), Err(ErrorKind::MissingRequiredArgument));
    assert_eq!(demo("demo --serve --listen 0.0.0.0:4711"), Err(ErrorKind::ValueValidation));
    assert_eq!(demo("demo --speed 0"), Err(ErrorKind::ValueValidation));
    assert_eq!(demo("demo --orders 0"), Err(ErrorKind::ValueValidation));
    assert_eq!(demo("demo --scenario quiet").map(|demo| demo.scenario), Ok(Some(Story::Quiet)));
    let porting = demo("demo --scenario porting --orders 12").map(|demo| (demo.scenario, demo.orders));
    assert_eq!(porting, Ok((Some(Story::Porting), Some(12))));
}

#[test]
fn an_unknown_story_is_wrong_usage_and_the_near_one_is_named() {
    let refused = Cli::read(["chimewatch", "demo", "--scenario", "quite"].map(Into::into)).unwrap_err();
    let said = refused.to_string();
    assert_eq!((refused.exit_code(), said.contains("'quiet'")), (2, true), "{said}");
}

#[test]
fn what_is_no_rate_is_refused() {
    for text in ["-1", "fast", "NaN", "inf"] {
        assert_eq!(read(&format!("--rate={text}")), Err(ErrorKind::ValueValidation), "{text}");
    }
    assert_eq!(read("--rate -1"), Err(ErrorKind::ValueValidation));
}

#[test]
fn the_definition_is_sound_and_its_help_fits_100_columns() {
    Cli::command().debug_assert();
    let help = Cli::command().render_help().to_string();
    for line in help.lines() {
        assert!(line.chars().count() <= 120, "{line}");
    }
    assert!(help.contains("Exit codes:"), "{help}");
}
