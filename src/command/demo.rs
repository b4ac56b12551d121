//! `chimewatch demo`: the order service on loopback, and the dashboard on the very path that AWS takes.
//!
//! Lists and an earlier run's history are written to a fresh temporary directory, removed at the end, so that the
//! first frame is full and what happened since is news.

pub mod earlier;

use super::Exit;
use crate::cli::{Demo, Story};
use crate::domain::order_id::NotAnOrderId;
use crate::domain::watchlist::Edit;
use crate::domain::{Entry, OrderKey, Scope, Text};
use crate::fetch::{FetchOptions, Keys};
use crate::order_service::{self, Options, OrderSeed, OrderService, Scenario, World, WorldTime};
use crate::poll::Rate;
use crate::runtime::{self, Opening, Origin, Session};
use crate::settings::{
    EndpointChoice, EndpointUrl, Environment, Places, ProfileChoice, RegionChoice, Settings,
};
use crate::store::history::Record;
use crate::store::{self, History, Place, View, Watchlists};
use jiff::SignedDuration;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use std::error::Error;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// The profile that the screen names: its keys are the service's own, and no shared configuration knows it.
const PROFILE: &str = "demo";
/// Orders and numbers of a plain account where only one of them is given.
const ORDERS: u32 = 20;
const NUMBERS: u32 = 10;
/// Requests a second: the service is ours, and a story is to be told in half a minute.
pub const RATE: f64 = 20.0;
/// The story moves faster than real orders do: what would be asked every quarter of an hour is asked this often.
pub const LONGEST_INTERVAL: Duration = Duration::from_secs(2);

/// Runs the demo, or with `--serve` the service alone; returns the exit code.
pub fn run(
    demo: &Demo,
    settings: &Settings,
    environment: &Environment,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let outcome = if demo.serve { serve(demo, out) } else { show(demo, settings, environment, out) };
    outcome.unwrap_or_else(|error| {
        // There is nowhere else to say it.
        let _ = writeln!(err, "chimewatch: {error}");
        match error.downcast_ref::<runtime::DashboardError>() {
            Some(error) => error.exit_code(),
            None if error.is::<OwnCounts>() => Exit::Usage.code(),
            None => Exit::Failure.code(),
        }
    })
}

type Outcome = Result<u8, Box<dyn Error>>;

/// A story that is written down was to have another number of orders, or of numbers in each.
#[derive(Debug, thiserror::Error)]
#[error("the story {0} has its own orders and numbers; leave out --scenario, or --orders and --numbers")]
struct OwnCounts(&'static str);

/// The story that was asked for, with as many orders as were.
fn scenario(demo: &Demo) -> Result<Scenario, Box<dyn Error>> {
    Ok(match (demo.scenario, demo.orders, demo.numbers) {
        (Some(Story::Porting), orders, numbers) => Scenario::porting(orders, numbers)?,
        (story, None, None) => Scenario::named(story.unwrap_or_default().name())?,
        (None, orders, numbers) => Scenario::plain(orders.unwrap_or(ORDERS), numbers.unwrap_or(NUMBERS))?,
        (Some(story @ (Story::Demo | Story::Quiet)), _, _) => {
            return Err(OwnCounts(story.name()).into());
        }
    })
}

fn start(demo: &Demo) -> Result<(Scenario, OrderService), Box<dyn Error>> {
    let scenario = scenario(demo)?;
    let defaults = Options::default();
    let options = Options {
        listen: demo.listen.unwrap_or(defaults.listen),
        seed: demo.seed.unwrap_or(defaults.seed),
        time: WorldTime::Running { speed: demo.speed.unwrap_or(1.0) },
        clock_offset: SignedDuration::from_mins(demo.clock_offset.unwrap_or_default().into()),
        ..defaults
    };
    let service = OrderService::start(&scenario, options)?;
    Ok((scenario, service))
}

/// The service alone, until a signal.
fn serve(demo: &Demo, out: &mut dyn Write) -> Outcome {
    let (scenario, service) = start(demo)?;
    let lists = scenario.watchlists();
    let region = lists.first().map_or(crate::domain::scope::DEFAULT_REGION, |list| list.region.as_str());
    for line in order_service::exports(&service.endpoint(), region, service.credentials()) {
        writeln!(out, "{line}")?;
    }
    for list in &lists {
        for order in &list.orders {
            let label = order.label.as_deref().unwrap_or_default();
            writeln!(out, "# {}  {}  {}  {label}", list.name, list.region, order.id)?;
        }
    }
    out.flush()?;
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
    let signal = signals.forever().next().unwrap_or(SIGTERM);
    Ok(u8::try_from(128 + signal).unwrap_or(u8::MAX))
}

/// The dashboard over the service.
fn show(demo: &Demo, settings: &Settings, environment: &Environment, out: &mut dyn Write) -> Outcome {
    let directory = tempfile::Builder::new().prefix("chimewatch-demo-").tempdir()?;
    let (scenario, service) = start(demo)?;
    let settings = demo_settings(settings, &service, Places::below(directory.path()))?;
    let first = write_lists(&scenario, &settings)?;
    write_history(service.world(), &scenario, &settings)?;
    let keys = service.credentials();
    let session = Session {
        settings: &settings,
        fetch: FetchOptions {
            secrets: settings.secrets.clone(),
            ..FetchOptions::with_keys(Keys {
                access_key_id: keys.access_key_id.clone(),
                secret_access_key: keys.secret_access_key.clone(),
                session_token: keys.session_token.clone(),
            })
        },
        opening: first.map_or(Opening::LastUsed, Opening::List),
        origin: Origin::Demo,
        longest_interval: LONGEST_INTERVAL,
        term: environment.text("TERM"),
        time_zone: environment.text("TZ"),
    };
    let code = runtime::dashboard(&session)?;
    let counters = service.counters();
    writeln!(
        out,
        "That was signed HTTP to {}: {} requests, the path that AWS takes.\n\
         Your own orders:  chimewatch --profile NAME ORDER_ID...",
        service.endpoint().trim_start_matches("http://"),
        counters.requests,
    )?;
    Ok(code)
}

/// The user's own looks, with the service in place of their account.
fn demo_settings(
    settings: &Settings,
    service: &OrderService,
    places: Places,
) -> Result<Settings, Box<dyn Error>> {
    Ok(Settings {
        profile: ProfileChoice::Typed(PROFILE.into()),
        region: RegionChoice::OfProfile,
        endpoint: EndpointChoice::Named(EndpointUrl::parse(&service.endpoint())?),
        rate: Rate::new(RATE).unwrap_or_default(),
        places,
        ..settings.clone()
    })
}

/// Writes the scenario's lists as files; returns the first.
fn write_lists(scenario: &Scenario, settings: &Settings) -> Result<Option<Place>, Box<dyn Error>> {
    let files = Watchlists::new(settings.places.clone());
    let mut places = Vec::new();
    for list in scenario.watchlists() {
        files.create(&list.name, None, Some(&list.region))?;
        let entries: Result<Vec<_>, _> = list.orders.iter().map(entry).collect();
        let place = Place::Named(list.name);
        files.edit(&place, &Edit::Add(entries?))?;
        places.push(place);
    }
    let view = View::update(&settings.places, |view| {
        view.last_used = places.first().cloned();
        view.tabs = places;
    })?;
    Ok(view.last_used)
}

/// An order as a watchlist has it.
///
/// # Errors
/// The scenario gives it an id that is none.
pub fn entry(order: &OrderSeed) -> Result<Entry, NotAnOrderId> {
    Ok(Entry {
        label: order.label.as_deref().map(Text::from),
        note: order.note.as_deref().map(Text::from),
        ..Entry::new(order.id.parse()?)
    })
}

/// Records what an earlier run would have seen, look by look, by the way on which answers come.
fn write_history(world: &World, scenario: &Scenario, settings: &Settings) -> Result<(), Box<dyn Error>> {
    let endpoint: Option<Arc<str>> = settings.endpoint.named().map(|endpoint| endpoint.as_str().into());
    let profile: Arc<str> = PROFILE.into();
    let mut records = Vec::new();
    for list in scenario.watchlists() {
        let scope = Arc::new(Scope {
            profile: Some(Arc::clone(&profile)),
            region: list.region.into(),
            endpoint: endpoint.clone(),
        });
        for order in &list.orders {
            let key = OrderKey { scope: Arc::clone(&scope), id: order.id.parse()? };
            records.extend(earlier::observe(world, &key)?.map(Record::Observed));
        }
    }
    let path = settings.places.history();
    if let Some(directory) = path.parent() {
        store::atomic::create_directory(directory)?;
    }
    History::open(&path, world.dated(world.earlier()))?.history.record(&records)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Story;
    use clap::ValueEnum;

    #[test]
    fn every_story_that_can_be_typed_is_told_and_no_other() {
        let typed: Vec<_> = Story::value_variants().iter().map(|story| story.name()).collect();
        assert_eq!(typed, Scenario::names());
        for story in Story::value_variants() {
            let value = story.to_possible_value().unwrap();
            let said = value.get_help().map(ToString::to_string);
            let scenario = Scenario::named(story.name()).unwrap();
            assert_eq!((value.get_name(), said.as_deref()), (story.name(), Some(scenario.about())));
        }
    }
}
