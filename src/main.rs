//! The `chimewatch` binary: arguments and environment in, an exit code out.

use chimewatch::cli::{Cli, Command, Output, Printed};
use chimewatch::command::wait::{self, Audience};
use chimewatch::command::{
    Exit, completions, config, demo, doctor, follow, get, history, list, man, report, watchlist,
};
use chimewatch::domain::near::near;
use chimewatch::fetch::FetchOptions;
use chimewatch::log::{self, Log};
use chimewatch::runtime::clock::Clock;
use chimewatch::runtime::opening::NoOrders;
use chimewatch::runtime::signals;
use chimewatch::runtime::{self, Opening, Origin, Session};
use chimewatch::settings::{self, Environment, Settings, Standing, UsageError};
use chimewatch::store::Place;
use clap::CommandFactory;
use color_eyre::config::HookBuilder;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    dump_no_core();
    signals::end_on_panic();
    let standing = if io::stdout().is_terminal() { Standing::Terminal } else { Standing::Elsewhere };
    let environment = Environment::new(std::env::vars_os(), standing);
    let directory = std::env::current_dir().ok();
    let words = std::env::args_os();
    if let Some(exit) = completions::answer(&environment, words, directory.as_deref(), &mut io::stdout()) {
        return exit.into();
    }
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(said) => return said_by_clap(&said).into(),
    };
    match Settings::resolve(&cli.global, &environment) {
        Ok(settings) => logged(&cli, &settings, &environment).into(),
        Err(error) => without_settings(&cli, &error).into(),
    }
}

/// Without settings there is only what needs none, and what is wrong with them.
fn without_settings(cli: &Cli, why: &UsageError) -> u8 {
    let output = cli.global.output;
    match &cli.command {
        Some(Command::Doctor) => {
            doctor::without_settings(why, output, &mut io::stdout(), &mut io::stderr()).code()
        }
        Some(Command::Printed(typed)) => print(typed, output),
        Some(
            Command::Demo(_)
            | Command::Follow(_)
            | Command::Get(_)
            | Command::History(_)
            | Command::List
            | Command::Wait(_)
            | Command::Watchlist(_),
        )
        | None => refuse(why, output),
    }
}

/// Prints what is the same on every machine.
fn print(typed: &Printed, output: Output) -> u8 {
    let (out, err) = (&mut io::stdout(), &mut io::stderr());
    let printed = match typed {
        Printed::Completions(typed) => completions::run(typed, out),
        Printed::Config(typed) => config::run(typed.file, out),
        Printed::Man(typed) => return man::run(typed, output, out, err).code(),
    };
    report::printed(printed, output, err).code()
}

/// Help and version come this way, and wrong usage.
fn said_by_clap(said: &clap::Error) -> u8 {
    let output = Output::of_words(std::env::args_os());
    if said.use_stderr() && output == Output::Json {
        let why = said.render().to_string();
        let why = why.trim().trim_start_matches("error: ");
        // There is nowhere else to say it.
        let _ = writeln!(io::stderr(), "{}", report::error_line(output, "Usage", why));
        return Exit::Usage.code();
    }
    let code = u8::try_from(said.exit_code()).unwrap_or(Exit::Usage.code());
    if said.use_stderr() {
        // There is nowhere else to say it.
        let _ = said.print();
        return code;
    }
    report::printed(said.print(), output, &mut io::stderr()).code()
}

/// A core would hold every secret that the process holds.
fn dump_no_core() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::Core).maximum;
        // Where the system refuses it, there is nothing else to do about it.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum });
    }
}

/// Runs with the log that was asked for, which is written when this returns.
fn logged(cli: &Cli, settings: &Settings, environment: &Environment) -> u8 {
    let clock = Clock::start();
    let start = |asked| Log::start(asked, move || clock.now().wall, settings.secrets.clone());
    let log = match settings.log.as_ref().map(start).transpose() {
        Ok(log) => log,
        Err(error) => return refuse(&error, cli.global.output),
    };
    let (report, _) = HookBuilder::default().into_hooks();
    log::report_panics(log.as_ref(), settings.secrets.clone(), move |panic| {
        report.panic_report(panic).to_string()
    });
    signals::end_on_panic();
    log::started(settings);
    let code = run(cli, settings, environment);
    log::ended(code);
    code
}

fn run(cli: &Cli, settings: &Settings, environment: &Environment) -> u8 {
    let clock = Clock::start();
    match &cli.command {
        Some(Command::Get(asked)) => {
            get::run(asked, settings, clock, &mut io::stdout(), &mut io::stderr()).code()
        }
        Some(Command::List) => list::run(settings, clock, &mut io::stdout(), &mut io::stderr()).code(),
        Some(Command::Wait(asked)) => {
            let audience = audience(environment);
            wait::run(asked, settings, audience, clock, &mut io::stdout(), &mut io::stderr()).code()
        }
        Some(Command::Follow(asked)) => {
            follow::run(asked, settings, clock, &mut io::stdout(), &mut io::stderr()).code()
        }
        Some(Command::Watchlist(typed)) => {
            watchlist::run(typed, settings, clock, &mut io::stdout(), &mut io::stderr()).code()
        }
        Some(Command::History(typed)) => {
            history::run(typed, settings, clock, &mut io::stdout(), &mut io::stderr()).code()
        }
        Some(Command::Doctor) => {
            doctor::run(settings, environment, clock, &mut io::stdout(), &mut io::stderr()).code()
        }
        Some(Command::Demo(demo)) => {
            demo::run(demo, settings, environment, &mut io::stdout(), &mut io::stderr())
        }
        Some(Command::Printed(typed)) => print(typed, settings.output),
        None => match opening(cli) {
            Ok(opening) => dashboard(opening, settings, environment),
            Err(error) => refuse(&*error, Output::Table),
        },
    }
}

/// Who reads standard error: a terminal without abilities cannot take a line back.
fn audience(environment: &Environment) -> Audience {
    let is_able = environment.text("TERM").is_some_and(|term| term != "dumb");
    if is_able && io::stderr().is_terminal() { Audience::Terminal } else { Audience::Elsewhere }
}

fn dashboard(opening: Opening, settings: &Settings, environment: &Environment) -> u8 {
    let session = Session {
        settings,
        fetch: FetchOptions::from(settings),
        opening,
        origin: Origin::User,
        longest_interval: Duration::MAX,
        term: environment.text("TERM"),
        time_zone: environment.text("TZ"),
    };
    runtime::dashboard(&session).unwrap_or_else(|error| refuse_dashboard(&error, error.exit_code()))
}

/// What the arguments want to see. Standard input is read to its end, because keys come from a terminal.
fn opening(cli: &Cli) -> Result<Opening, Box<dyn std::error::Error>> {
    let typed = &cli.dashboard;
    match (&typed.watchlist, typed.orders.as_slice()) {
        (Some(watchlist), _) => Ok(Opening::List(Place::parse(watchlist))),
        (None, []) => Ok(Opening::LastUsed),
        (None, [input]) if input == settings::STANDARD_INPUT => Ok(piped()?),
        (None, orders) => {
            let ids = settings::order_ids(orders);
            Ok(Opening::of(ids.map_err(|why| format!("{why}{}", command_meant(orders)))?))
        }
    }
}

/// ` Did you mean the command get?`, where the first word looks like one: it is read as an order.
fn command_meant(typed: &[String]) -> String {
    let command = Cli::command();
    let names: Vec<_> = command.get_subcommands().map(clap::Command::get_name).collect();
    let meant = typed.first().map(|word| near(word, &names)).unwrap_or_default();
    if meant.is_empty() {
        String::new()
    } else {
        format!(" Did you mean the command {}?", meant.join(" or "))
    }
}

/// The orders in the text on standard input. Nothing but a person who waits needs to be told that it is read.
fn piped() -> Result<Opening, NoOrders> {
    let input = io::stdin();
    if input.is_terminal() {
        let _ = writeln!(io::stderr(), "Paste text that holds order IDs, then press Enter and Ctrl-D.");
    }
    Opening::found_in(input.lock())
}

/// Says why it was asked wrongly.
fn refuse(why: &dyn Display, output: Output) -> u8 {
    // There is nowhere else to say it.
    let _ = writeln!(io::stderr(), "{}", report::error_line(output, "Usage", &why.to_string()));
    Exit::Usage.code()
}

/// Says why there is no dashboard. The code is the process's.
fn refuse_dashboard(why: &dyn Display, code: u8) -> u8 {
    let _ = writeln!(io::stderr(), "{}", report::error_line(Output::Table, "", &why.to_string()));
    code
}
