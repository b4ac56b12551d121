//! The engine: which orders are watched, what is known about them, what is in flight, what changed.
//!
//! Stepped with a message and the time, it returns effects. The dashboard drives it through `update`, the commands
//! without a screen drive it alone. What must hold:
//! - every `Fetch` is for an order that is not in flight, and only the answer to that very request counts;
//! - a change is kept until the history has said that it is recorded;
//! - a step looks only at what it concerns: ten thousand orders that wait cost nothing.

mod account;
mod answer;
mod asking;
mod away;
mod backlog;
mod credentials;
mod directory;
mod listed;
mod membership;
mod order;
mod orders;
mod pace;
mod query;
mod record;
mod saving;
mod sweep;
#[cfg(test)]
mod tests;
mod walk;

pub(super) use account::PROBE_MOST;
pub use away::Away;
pub use backlog::HeldBack;
pub use directory::{Directory, Newcomer, Reading};
pub use order::{Place, Poll, Rank, Watched};
pub use query::{Asking, Flow, Health, Pace};
pub use saving::Saving;

use super::Effect;
use super::effect::RequestId;
use super::message::WatchMessage;
use crate::domain::{Change, Failure, Moment, Now, OrderKey};
use crate::poll::{Intervals, Rate};
use account::Account;
use jiff::{SignedDuration, Timestamp};
use orders::{Orders, Slot};
use pace::Shared;
use saving::Ledger;
use std::collections::{BTreeSet, VecDeque};
use walk::Perseverance;

/// Changes of this run that are kept for the screen.
pub const ACTIVITY_KEPT: usize = 1_000;
/// What the answers' `Date`, cut to seconds, cannot tell from no skew.
const SKEW_UNCERTAIN: SignedDuration = SignedDuration::from_secs(2);

/// What an engine is made with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WatchOptions {
    /// How many requests an account and region may be sent.
    pub rate: Rate,
    /// How often orders are asked.
    pub intervals: Intervals,
    /// Whether pages of an account's list may be asked for instead of its orders.
    pub sweeps: Sweeps,
    /// What the jitter is made from: the same seed and messages give the same effects.
    pub seed: u64,
    /// When the program started.
    pub started: Now,
    /// The sequence number of the first change: one more than the highest that the history has given.
    pub first_sequence: u64,
}

/// Whether pages of an account's list may be asked for instead of its orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sweeps {
    /// Where that costs fewer requests.
    Allowed,
    /// Never: every answer is to be that of a request of its own.
    Never,
}

/// The engine's state.
#[derive(Debug)]
pub struct Watch {
    rate: Rate,
    intervals: Intervals,
    sweeps: Sweeps,
    seed: u64,
    started: Now,
    /// What the clock said with the last message.
    stepped: Moment,
    orders: Orders,
    accounts: Vec<Account>,
    paces: Vec<Shared>,
    asking: Asking,
    opened: Option<OrderKey>,
    /// Orders that do not answer.
    silent: BTreeSet<Slot>,
    activity: VecDeque<Change>,
    saving: Ledger,
    unchanged: record::Unchanged,
    away: away::Tally,
    skew: SignedDuration,
    directory: Option<Directory>,
    newcomers: Vec<Newcomer>,
    refusals: Vec<Failure>,
    /// When the files that credentials come from are next looked at; none while no account rests.
    look: Option<Moment>,
    next_request: u64,
    next_sequence: u64,
    /// The sequence number of the first change of the last step.
    step_sequence: u64,
    version: u64,
    /// The orders that the last step changed, and those that it no longer watches.
    touched: Vec<Slot>,
    gone: Vec<OrderKey>,
}

impl Watch {
    /// Watches nothing yet.
    pub fn new(options: WatchOptions) -> Self {
        Self {
            rate: options.rate,
            intervals: options.intervals,
            sweeps: options.sweeps,
            seed: options.seed,
            started: options.started,
            stepped: options.started.moment,
            orders: Orders::default(),
            accounts: Vec::new(),
            paces: Vec::new(),
            asking: Asking::On,
            opened: None,
            silent: BTreeSet::new(),
            activity: VecDeque::new(),
            saving: Ledger::default(),
            unchanged: record::Unchanged::default(),
            away: away::Tally::default(),
            skew: SignedDuration::ZERO,
            directory: None,
            newcomers: Vec::new(),
            refusals: Vec::new(),
            look: None,
            next_request: 1,
            next_sequence: options.first_sequence,
            step_sequence: options.first_sequence,
            version: 0,
            touched: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// Works on one message and says what is to be done: what the message itself asks for, then what the history is
    /// to keep, then what is to be fetched.
    pub fn step(&mut self, message: WatchMessage, now: Now) -> Vec<Effect> {
        self.stepped = self.stepped.max(now.moment);
        self.touched.clear();
        self.gone.clear();
        self.step_sequence = self.next_sequence;
        let mut effects = Vec::new();
        match message {
            WatchMessage::Add(keys) => self.add(keys, now, &mut effects),
            WatchMessage::Remove(keys) => self.remove(&keys, now, &mut effects),
            WatchMessage::Known(known) => self.known(known, now),
            WatchMessage::Answered(answered) => self.answered(*answered, now, &mut effects),
            WatchMessage::Lost { request, key } => self.lost(request, &key, now),
            WatchMessage::Listed(listed) => self.listed(*listed, now, &mut effects),
            WatchMessage::ListLost { request, scope } => self.list_lost(request, &scope, now),
            WatchMessage::Browse(scope) => self.browse(scope, Perseverance::Once, now, &mut effects),
            WatchMessage::ReadList(scope) => {
                self.browse(scope, Perseverance::Minutes, now, &mut effects);
            }
            WatchMessage::Follow(scopes) => self.follow(&scopes, now, &mut effects),
            WatchMessage::CredentialsChanged => self.credentials_changed(now, &mut effects),
            WatchMessage::Tick => {}
            WatchMessage::AskNow(keys) => self.ask_now(&keys, now, &mut effects),
            WatchMessage::AskAll => self.ask_all(now, &mut effects),
            WatchMessage::Opened(key) => self.open(key, now),
            WatchMessage::SetPaused(paused) => self.set_paused(paused, now),
            WatchMessage::Resumed => self.resumed(now, &mut effects),
            WatchMessage::ToggleHandled(key) => self.toggle_handled(&key, now, &mut effects),
            WatchMessage::Recorded { up_to } => self.recorded(up_to),
            WatchMessage::NotRecorded { why } => self.not_recorded(why, now),
        }
        self.record(now, &mut effects);
        self.ask(now, &mut effects);
        effects
    }

    /// The earliest moment at which a `Tick` would do something; none when only a message can.
    pub fn next_deadline(&self) -> Option<Moment> {
        let turns = self.pace_indices().filter_map(|pace| self.next_turn(pace, self.stepped));
        let asks = turns.map(|(at, _)| at).chain(self.look);
        let follows = self.account_indices().filter_map(|index| self.next_following(index));
        asks.chain(follows).chain(self.saving.deadline()).chain(self.unchanged.deadline()).min()
    }

    /// What the history has still to be given when the program ends.
    pub fn finish(&mut self) -> Vec<Effect> {
        self.last_records()
    }

    fn correct(&self, wall: Timestamp) -> Timestamp {
        wall.saturating_add(self.skew).unwrap_or(wall)
    }

    /// The clocks as the schedule reads them.
    fn corrected_now(&self, now: Now) -> Now {
        Now { wall: self.correct(now.wall), moment: now.moment }
    }

    fn learn_skew(&mut self, skew: SignedDuration) {
        let told = if skew.abs() < SKEW_UNCERTAIN { SignedDuration::ZERO } else { skew };
        if (told - self.skew).abs() >= SKEW_UNCERTAIN {
            self.skew = told;
            self.version += 1;
        }
    }

    /// Notes that something about an order can be shown anew.
    fn touch(&mut self, slot: Slot) {
        self.version += 1;
        if let Some(order) = self.orders.get_mut(slot) {
            order.news = self.version;
            self.touched.push(slot);
        }
    }

    fn request(&mut self) -> RequestId {
        let request = RequestId(self.next_request);
        self.next_request += 1;
        request
    }
}
