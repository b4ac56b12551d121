//! The other end of the wire: a loopback implementation of the Amazon Chime SDK order API.
//!
//! `chimewatch demo` and the tests talk to it by the very path that AWS takes: real HTTP with real signatures.
//! It imports nothing of ours, so that a mistake in `fetch` cannot be cancelled out by the same mistake here.
//!
//! ```text
//! Scenario (TOML) ─> World (pure: orders at a time) ─┐
//!                                                    ├─> api ─> Answer ─> Fault? ─> server ─> wire
//! request ─> sigv4 (who, which region) ──────────────┘                                └─> RequestLog
//! ```

mod answer;
mod api;
mod body;
mod clock;
mod credentials;
mod error_code;
mod fault;
mod percent;
mod request_log;
mod scenario;
mod server;
mod sigv4;
mod wire;
mod world;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::oneshot;

pub use api::{ListDetail, Operation};
pub use clock::WorldTime;
pub use credentials::{Credentials, exports};
pub use error_code::ErrorCode;
pub use fault::{Fault, Lasts, RetryHint, Target, VerbatimAnswer};
pub use request_log::{Counters, ReceivedRequest};
pub use scenario::{OrderSeed, Scenario, ScenarioError, WatchlistSeed};
pub use world::World;

use clock::Clock;
use fault::Faults;
use request_log::RequestLog;
use server::Shared;

/// How a service is started. The default listens on a free port of 127.0.0.1 and runs in real time.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only loopback addresses are accepted; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Which numbers fail and how the changes are spread.
    pub seed: u64,
    /// How the world's time passes.
    pub time: WorldTime,
    /// Shifts the service's wall clock: its `Date` header and its check of signatures.
    pub clock_offset: SignedDuration,
    /// What clients must sign with.
    pub credentials: Credentials,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            time: WorldTime::Running { speed: 1.0 },
            clock_offset: SignedDuration::ZERO,
            credentials: Credentials::default(),
        }
    }
}

/// Why a service did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The service has published keys; it must not be reachable from elsewhere.
    #[error("{0} is not a loopback address; listen on 127.0.0.1:PORT or [::1]:PORT")]
    NotLoopback(SocketAddr),
    /// A speed of 0 or less, or none at all.
    #[error("a speed of {0} does not move; use a number above 0, such as 1 or 10")]
    Speed(f64),
    /// The story does not hold together.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The port is taken, or the machine gives out no more sockets or threads.
    #[error("cannot listen on {address}: {cause}; leave the port out for a free one")]
    Listen {
        /// As asked for.
        address: SocketAddr,
        /// What the system says.
        cause: io::Error,
    },
}

/// A running order API. Dropping it closes every connection and ends its thread.
#[derive(Debug)]
pub struct OrderService {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl OrderService {
    /// Starts the service on a thread of its own, named `order-service`; it answers when this returns.
    ///
    /// # Errors
    /// The options are not possible, or the address cannot be listened on.
    pub fn start(scenario: &Scenario, options: Options) -> Result<Self, StartError> {
        let Options { listen, seed, time, clock_offset, credentials } = options;
        if !listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(listen));
        }
        let speed = match time {
            WorldTime::Running { speed } if speed.is_finite() && speed > 0.0 => speed,
            WorldTime::Running { speed } => return Err(StartError::Speed(speed)),
            WorldTime::Stepped => 1.0,
        };
        let clock = Clock::start(time, clock_offset);
        let shared = Arc::new(Shared {
            world: World::new(scenario, seed, clock.wall(), speed)?,
            clock,
            credentials,
            faults: Mutex::new(Faults::scripted(&scenario.plan)),
            overrides: Mutex::default(),
            log: RequestLog::default(),
        });
        let failed = |cause| StartError::Listen { address: listen, cause };
        let (address, stop, thread) = spawn(listen, Arc::clone(&shared)).map_err(failed)?;
        Ok(Self { address, shared, stop: Some(stop), thread: Some(thread) })
    }

    /// `http://127.0.0.1:PORT`
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What clients must sign with.
    pub fn credentials(&self) -> &Credentials {
        &self.shared.credentials
    }

    /// The account that it serves.
    pub fn world(&self) -> &World {
        &self.shared.world
    }

    /// The world's time since the start.
    pub fn elapsed(&self) -> SignedDuration {
        self.shared.clock.elapsed()
    }

    /// Moves the world forward at once. The wall clock, and with it the check of signatures, stays as it is.
    pub fn advance(&self, by: SignedDuration) {
        self.shared.clock.advance(by);
    }

    /// Makes requests go wrong from now on. Of several faults that fit, the newest strikes.
    pub fn set_fault(&self, target: Target, lasts: Lasts, fault: Fault) {
        self.shared.faults().set(target, lasts, fault, self.elapsed());
    }

    /// Ends all faults, those of the scenario too.
    pub fn clear_faults(&self) {
        self.shared.faults().clear();
    }

    /// From now on `order`, the inner object of an answer, is what this id's order looks like: in the region it
    /// had, or in every region if the scenario does not know it.
    pub fn set_order(&self, id: &str, order: serde_json::Value) {
        self.shared.overrides().orders.insert(id.to_ascii_lowercase(), order);
    }

    /// Whether the list names the numbers of each order.
    pub fn set_list_detail(&self, detail: ListDetail) {
        self.shared.overrides().list_detail = detail;
    }

    /// The requests received so far, oldest first; after 20,000 the oldest are forgotten.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.log.requests()
    }

    /// Totals since the start.
    pub fn counters(&self) -> Counters {
        self.shared.log.counters()
    }

    /// Blocks until `condition` holds for the requests received; gives those requests, or nothing if it did not
    /// come to hold in time.
    pub fn wait_for(
        &self,
        at_most: Duration,
        condition: impl Fn(&[ReceivedRequest]) -> bool,
    ) -> Option<Vec<ReceivedRequest>> {
        self.shared.log.wait_for(at_most, condition)
    }
}

impl Drop for OrderService {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // A thread that is gone already needs no word.
            let _gone = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // A panic on that thread has been reported by the panic hook.
            let _panicked = thread.join();
        }
    }
}

fn spawn(
    listen: SocketAddr,
    shared: Arc<Shared>,
) -> io::Result<(SocketAddr, oneshot::Sender<()>, JoinHandle<()>)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let listener = std::net::TcpListener::bind(listen)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let listener = {
        let _entered = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    let (stop, stopped) = oneshot::channel();
    let thread = std::thread::Builder::new().name("order-service".to_owned()).spawn(move || {
        runtime.block_on(server::serve(listener, shared, stopped));
        runtime.shutdown_background();
    })?;
    Ok((address, stop, thread))
}
