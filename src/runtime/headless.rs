//! The engine without a screen: the same orders, schedule, pace, requests and history, for commands that print.
//!
//! A command takes what has happened from [`Headless::next`] and gives the engine what is its to work on by
//! [`Headless::step`], so that it sees every answer before the engine does.

use super::clock::{Clock, Comparison};
use super::effects::Performers;
use super::net::{Bodies, Errand, Net};
use super::session;
use super::signals::{self, Control, Ending, Stopping};
use super::sleeper::Sleeper;
pub use super::watchdog::Listener;
use super::worker::{Worker, Workers};
use super::{history, opening, watchdog};
use crate::app::Message;
use crate::app::message::WatchMessage;
use crate::app::regions::{Profile, ScopeDefaults};
use crate::app::watch::{Sweeps, Watch, WatchOptions};
use crate::domain::{Moment, Now, OrderKey, ProfileConfig, Text};
use crate::fetch::FetchOptions;
use crate::settings::Settings;
use crate::store::{Reader, View};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// How long saving at the end may take before it is told: a slow disk is no news in a log.
const SILENT: Duration = Duration::from_secs(1);

/// How the engine is driven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadlessOptions {
    /// Whether pages of an account's list may be asked for instead of its orders.
    pub sweeps: Sweeps,
    /// Which orders are handed over as they come.
    pub bodies: Bodies,
    /// What becomes of what is observed.
    pub recording: Recording,
    /// Whose going ends it.
    pub listener: Listener,
}

/// What becomes of what is observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    /// It joins the history that the dashboard keeps.
    Kept,
    /// Nothing: one look is no history.
    None,
}

/// The engine and the threads that do what it wants done.
#[derive(Debug)]
pub struct Headless {
    clock: Clock,
    comparison: Comparison,
    sleeper: Rc<Sleeper>,
    watch: Watch,
    performers: Performers,
    workers: Workers,
    messages: UnboundedReceiver<Message>,
    controls: UnboundedReceiver<Control>,
    defaults: ScopeDefaults,
}

/// Something that has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    /// It is the engine's: an answer, or that its time has come.
    Engine(WatchMessage),
    /// What the service sent for an order, as it came; its answer follows.
    Came {
        /// The order.
        key: OrderKey,
        /// When.
        received: Timestamp,
        /// `{"PhoneNumberOrder":...}`
        body: String,
    },
    /// Something outside the engine that the user should read once.
    Warned(Text),
    /// The deadline of whoever waits has come.
    Deadline,
    /// The process is to end, with this exit code.
    Ended(u8),
}

impl Headless {
    /// Starts the threads. Asks nobody, writes nothing.
    ///
    /// # Errors
    /// The system refuses a thread, a signal or a descriptor.
    pub fn start(
        settings: &Settings,
        fetch: FetchOptions,
        options: HeadlessOptions,
        clock: Clock,
    ) -> io::Result<Self> {
        let (tell, controls) = unbounded_channel();
        let ending = Ending::new(Arc::new(move |control| {
            // The command has ended.
            let _ = tell.send(control);
        }));
        signals::listen(ending.clone())?;
        watchdog::start_for_reader(options.listener, ending)?;
        let (sender, messages) = unbounded_channel();
        let workers = Workers::new();
        let path = settings.places.history();
        let (history, last_sequence) = match options.recording {
            Recording::Kept => {
                // An unreadable history is told by its thread, which tries again.
                let reader = Reader::open(&path).ok().flatten();
                let last = reader.and_then(|reader| reader.last_sequence().ok()).unwrap_or_default();
                (history::start(&workers, path, clock, sender.clone())?, last)
            }
            Recording::None => (Worker::nobody(), 0),
        };
        let performers =
            Performers { history, files: Worker::nobody(), net: Net::start(fetch, clock, sender)? };
        performers.net.send(Errand::HandOver(options.bodies));
        let started = clock.now();
        let watch = Watch::new(WatchOptions {
            rate: settings.rate,
            intervals: settings.intervals,
            sweeps: options.sweeps,
            seed: fastrand::u64(..),
            started,
            first_sequence: last_sequence + 1,
        });
        let comparison = Comparison::starting(started);
        let sleeper = Rc::new(Sleeper::new(clock));
        // What a profile said in the last run is read again before anybody is asked.
        let defaults = opening::defaults(settings, &View::default());
        Ok(Self { clock, comparison, sleeper, watch, performers, workers, messages, controls, defaults })
    }

    /// What drives a command that waits for [`Headless::next`].
    pub fn sleeper(&self) -> Rc<Sleeper> {
        Rc::clone(&self.sleeper)
    }

    /// What the clocks say.
    pub fn now(&self) -> Now {
        self.clock.now()
    }

    /// What is known, and how it goes on.
    pub const fn watch(&self) -> &Watch {
        &self.watch
    }

    /// What fills in where a list and its entries name no profile, region or endpoint.
    pub const fn defaults(&self) -> &ScopeDefaults {
        &self.defaults
    }

    /// Has the engine work on a message, and what it wants done be done.
    pub fn step(&mut self, message: WatchMessage) {
        for effect in self.watch.step(message, self.clock.now()) {
            self.performers.perform(effect);
        }
    }

    /// Watches orders; they are asked for once the history has said what it knows of them.
    pub fn add(&mut self, keys: Vec<OrderKey>) {
        self.step(WatchMessage::Add(keys));
    }

    /// Watches orders as if nothing were known of them.
    pub fn add_unknown(&mut self, keys: Vec<OrderKey>) {
        let unknown = keys.iter().map(|key| (key.clone(), None)).collect();
        self.step(WatchMessage::Add(keys));
        self.step(WatchMessage::Known(unknown));
    }

    /// Whether more has happened than was taken.
    pub fn has_more(&self) -> bool {
        !self.messages.is_empty()
    }

    /// Waits for the next thing that happens, or for `deadline`.
    pub async fn next(&mut self, deadline: Option<Moment>) -> Happened {
        loop {
            let now = self.clock.now();
            if deadline.is_some_and(|deadline| deadline <= now.moment) {
                return Happened::Deadline;
            }
            if self.comparison.has_jumped(now) {
                return Happened::Engine(WatchMessage::Resumed);
            }
            let due = self.watch.next_deadline();
            if due.is_some_and(|due| due <= now.moment) {
                return Happened::Engine(WatchMessage::Tick);
            }
            let compared = due.map(|_| self.comparison.due());
            let wake = due.into_iter().chain(compared).chain(deadline).min();
            let happened = tokio::select! {
                Some(control) = self.controls.recv() => control_of(control),
                Some(message) = self.messages.recv() => event_of(message),
                () = self.sleeper.wakes_at(wake) => None,
            };
            if let Some(happened) = happened {
                return happened;
            }
        }
    }

    /// Reads what the shared config says of profiles. Ends early, with an exit code, where the process is to end.
    ///
    /// # Errors
    /// The exit code.
    pub async fn read_profiles(
        &mut self,
        profiles: impl IntoIterator<Item = Profile>,
    ) -> Result<BTreeMap<Profile, ProfileConfig>, u8> {
        let mut missing: Vec<_> = profiles.into_iter().collect();
        for profile in &missing {
            self.performers.net.send(Errand::ReadProfile(profile.clone()));
        }
        let mut read = BTreeMap::new();
        while !missing.is_empty() {
            tokio::select! {
                Some(control) = self.controls.recv() => {
                    if let Some(Happened::Ended(code)) = control_of(control) {
                        return Err(code);
                    }
                }
                Some(message) = self.messages.recv() => {
                    // Nothing was asked yet: nothing else comes.
                    if let Message::ProfileRead { profile, config } = message {
                        missing.retain(|wanted| *wanted != profile);
                        read.insert(profile, config);
                    }
                }
            }
        }
        Ok(read)
    }

    /// Has recorded what is not recorded yet; says so by `tell` where that takes its time or does not succeed.
    pub fn finish(self, tell: impl FnMut(&str)) {
        let Self { mut watch, performers, workers, messages, .. } = self;
        session::save(&mut watch, performers, &workers.finish(), messages, SILENT, tell);
    }
}

fn control_of(control: Control) -> Option<Happened> {
    match control {
        Control::End(code) => Some(Happened::Ended(code)),
        Control::Suspend if signals::can_stop() && signals::stop() == Stopping::Stops => None,
        Control::Continued | Control::Suspend => Some(Happened::Engine(WatchMessage::Resumed)),
        Control::ScreenFree => None,
    }
}

/// What a message is to a command; what only a dashboard asks for does not come.
fn event_of(message: Message) -> Option<Happened> {
    match message {
        Message::Watch(message) => Some(Happened::Engine(message)),
        Message::Came { key, received, body } => Some(Happened::Came { key, received, body }),
        Message::Warned(what) => Some(Happened::Warned(what)),
        _of_the_dashboard => None,
    }
}
