//! The account: who asks, where, by which way, and one signed question.

use super::check::Check;
use super::{Doctor, ENOUGH};
use crate::command::report::Stop;
use crate::domain::scope::{DEFAULT_REGION, unlisted_region};
use crate::domain::{Failure, FailureKind, Now, OrderPage, Scope, masking};
use crate::fetch::{Answer, Endpoint, FetchOptions, Fetcher, Held, Roots};
use crate::runtime::clock::Clock;
use crate::settings::{EndpointChoice, Environment, RegionChoice, Settings};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Of a clock that is further off than this a person is told.
const CLOCK_OFF: SignedDuration = SignedDuration::from_secs(30);
/// Credentials that end within this time are told of.
const ENDS_SOON: SignedDuration = SignedDuration::from_mins(15);
/// A lookup that takes longer slows every first request down.
const SLOW: Duration = Duration::from_secs(1);

/// Looks at all of it; what cannot be found out in time is told as that.
pub(super) async fn check(
    settings: &Settings,
    environment: &Environment,
    clock: Clock,
    doctor: &mut Doctor<'_>,
) -> Result<(), Stop> {
    let end = tokio::time::Instant::now() + ENOUGH;
    let fetcher = Fetcher::new(FetchOptions::from(settings), move || clock.now().wall);
    let (scope, region) = scope(settings, &fetcher).await;
    doctor.tell(&profile(settings, &fetcher).await)?;
    doctor.tell(&region)?;
    let endpoint = match fetcher.endpoint(&scope).await {
        Ok(endpoint) => endpoint,
        Err(failure) => return doctor.tell(&failed("endpoint", &failure)),
    };
    doctor.tell(&Check::ok("endpoint", endpoint.url.clone()))?;
    doctor.tell(&roots(&endpoint))?;
    let proxy = proxy(environment, &endpoint);
    let is_direct = proxy.is_none();
    doctor.tell(&proxy.unwrap_or_else(|| Check::ok("proxy", "none")))?;
    match tokio::time::timeout_at(end, fetcher.credentials(&scope)).await {
        Ok(Ok(held)) => doctor.tell(&credentials(&held, clock.now().wall))?,
        Ok(Err(failure)) => {
            doctor.refused_account();
            return doctor.tell(&failed("credentials", &failure));
        }
        Err(_elapsed) => {
            doctor.refused_account();
            let what = format!("none came within {} s", ENOUGH.as_secs());
            return doctor.tell(&Check::fail(
                "credentials",
                what,
                "See what its process or service waits for.",
            ));
        }
    }
    if is_direct && let Some(looked_up) = name(&endpoint, clock).await {
        doctor.tell(&looked_up)?;
    }
    let asked = clock.now();
    match tokio::time::timeout_at(end, fetcher.list_one(&scope)).await {
        Ok(answer) => answered(&answer, asked, clock.now(), doctor),
        Err(_elapsed) => {
            let what = format!("no answer from {} in time", endpoint.host);
            doctor.tell(&Check::fail("request", what, "See whether a proxy or a firewall holds it up."))
        }
    }
}

/// Where orders are asked for, and how that is.
async fn scope(settings: &Settings, fetcher: &Fetcher) -> (Arc<Scope>, Check) {
    let profile = settings.profile.named();
    let config = fetcher.profile_config(profile.as_deref()).await;
    let (region, said) = match (&settings.region, config.region) {
        (RegionChoice::Typed(region) | RegionChoice::Environment(region), _) => {
            (Arc::clone(region), settings.region.to_string())
        }
        (RegionChoice::OfProfile, Some(region)) => (Arc::clone(&region), format!("{region}, the profile's")),
        (RegionChoice::OfProfile, None) => {
            (DEFAULT_REGION.into(), format!("{DEFAULT_REGION}, because nothing names one"))
        }
    };
    let endpoint = match &settings.endpoint {
        EndpointChoice::Named(endpoint) => Some(endpoint.as_str().into()),
        EndpointChoice::OfProfile => config.endpoint,
        EndpointChoice::Aws => None,
    };
    let scope = Arc::new(Scope { profile, region, endpoint });
    let check = match unlisted_region(&scope) {
        Some(warning) => Check::warn("region", warning, "See whether that is what you meant."),
        None => Check::ok("region", said),
    };
    (scope, check)
}

async fn profile(settings: &Settings, fetcher: &Fetcher) -> Check {
    let known = fetcher.profiles().await;
    let count = match known.len() {
        0 => "the shared config names none".to_owned(),
        1 => "1 in the shared config".to_owned(),
        count => format!("{count} in the shared config"),
    };
    Check::ok("profile", format!("{}; {count}", settings.profile))
}

fn roots(endpoint: &Endpoint) -> Check {
    match &endpoint.roots {
        Roots::Unneeded => Check::ok("certificates", "none are needed: plain http to this machine"),
        Roots::System => Check::ok("certificates", "the system's"),
        Roots::Bundle { path, certificates } => Check::ok(
            "certificates",
            format!("the system's and {certificates} of AWS_CA_BUNDLE={}", path.display()),
        ),
    }
}

/// The proxy of the environment; none where the way is direct. Only its host is told: a password can stand before it.
fn proxy(environment: &Environment, endpoint: &Endpoint) -> Option<Check> {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let (name, value) = names.into_iter().find_map(|name| Some((name, environment.text(name)?)))?;
    let host = value.rsplit('@').next().unwrap_or_default();
    let host = host.split_once("://").map_or(host, |(_, host)| host);
    if endpoint.roots == Roots::Unneeded {
        return Some(Check::ok("proxy", format!("{name} names {host}; not used for this machine")));
    }
    let except = ["NO_PROXY", "no_proxy"].into_iter().find_map(|name| environment.text(name));
    let except = except.map(|hosts| format!("; not for {hosts}")).unwrap_or_default();
    Some(Check::ok("proxy", format!("{name} names {host}{except}")))
}

fn credentials(held: &Held, now: Timestamp) -> Check {
    let Held { source, access_key_id, identity } = held;
    let account = identity.account.as_deref().map(|id| format!(", account {}", masking::account(id)));
    let what = format!("{access_key_id} by {source}{}", account.unwrap_or_default());
    match identity.expires {
        None => Check::ok("credentials", format!("{what}, without an end")),
        Some(end) => {
            let left = end.duration_since(now);
            let what = format!("{what}, until {}", end.strftime("%Y-%m-%d %H:%M UTC"));
            if left < ENDS_SOON {
                Check::warn("credentials", what, "They end soon; what gives them is asked again by then.")
            } else {
                Check::ok("credentials", what)
            }
        }
    }
}

/// Looks the endpoint's name up; an address needs none.
async fn name(endpoint: &Endpoint, clock: Clock) -> Option<Check> {
    let Endpoint { host, port, .. } = endpoint;
    if host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok() {
        return None;
    }
    let began = clock.now().moment;
    let found = timeout(ENOUGH / 4, tokio::net::lookup_host((host.as_str(), *port))).await;
    let took = clock.now().moment.since(began);
    let step = "See whether this machine has a network, and which name server it asks.";
    Some(match found {
        Ok(Ok(addresses)) => {
            let addresses = addresses.count();
            let what = format!("{host} has {addresses} addresses, looked up in {} ms", took.as_millis());
            if took > SLOW {
                Check::warn("name", what, "The name server is slow.")
            } else {
                Check::ok("name", what)
            }
        }
        Ok(Err(error)) => Check::fail("name", format!("{host} does not resolve: {error}"), step),
        Err(_elapsed) => Check::fail("name", format!("{host}: no name server answers"), step),
    })
}

fn answered(answer: &Answer<OrderPage>, asked: Now, now: Now, doctor: &mut Doctor<'_>) -> Result<(), Stop> {
    let took = now.moment.since(asked.moment).as_millis();
    match &answer.result {
        Ok(page) => {
            let orders = match (page.orders.is_empty(), page.next.is_some()) {
                (true, _) => "this account has no orders here",
                (false, true) => "it has orders, more than one",
                (false, false) => "it has one order",
            };
            let requests = if answer.attempts > 1 {
                format!(" with {} requests", answer.attempts)
            } else {
                String::new()
            };
            let what = format!("ListPhoneNumberOrders answered in {took} ms{requests}; {orders}");
            doctor.tell(&Check::ok("request", what))?;
        }
        Err(failure) => {
            if failure.kind.rests_the_account() {
                doctor.refused_account();
            }
            doctor.tell(&match failure.kind {
                // Orders are asked for one by one, then.
                FailureKind::Forbidden => {
                    let what = format!("answered in {took} ms: {}", failure.what);
                    let policy = failure.command.as_ref().map(ToString::to_string).unwrap_or_default();
                    Check::fail(
                        "request",
                        what,
                        format!("Orders can still be asked for one by one. {policy}"),
                    )
                }
                _ => failed("request", failure),
            })?;
        }
    }
    match answer.server_skew {
        Some(skew) => doctor.tell(&clock_check(skew)),
        None => Ok(()),
    }
}

fn clock_check(skew: SignedDuration) -> Check {
    let seconds = skew.as_secs();
    let (off, way) = (seconds.unsigned_abs(), if seconds > 0 { "behind" } else { "ahead of" });
    let what = format!("{off} s {way} the service's");
    if skew.abs() <= CLOCK_OFF {
        return Check::ok("clock", if off == 0 { "as the service's".to_owned() } else { what });
    }
    Check::warn("clock", what, "Requests are signed with the service's time; set this machine's clock.")
}

fn failed(name: &'static str, failure: &Failure) -> Check {
    let id = failure.request_id.as_ref().map(|id| format!(" (request {id})")).unwrap_or_default();
    let step = match failure.next_step.is_empty() {
        true if failure.kind.is_transient() => "Try again in a moment.".to_owned(),
        true => String::new(),
        false => failure.next_step.to_string(),
    };
    Check::fail(name, format!("{}{id}", failure.what), step)
}
