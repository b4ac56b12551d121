//! What the screen and the commands ask the engine. Everything here is cheap.

use super::account::Standing;
use super::saving::Saving;
use super::{Away, Watch, Watched};
use crate::domain::{Change, Failure, Moment, Now, OrderKey, Scope, Text};
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;
use std::sync::Arc;

/// How an account is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Requests a minute that may be sent; none for no limit.
    pub per_minute: Option<f64>,
    /// Requests a minute that the orders ask for as things are: with walks through the list where they cost less.
    pub demand_per_minute: f64,
    /// Pages of the list that one walk asks for instead of its orders; none where orders are asked for one by one.
    pub swept_pages: Option<usize>,
    /// Requests that were sent in the last minute.
    pub sent_last_minute: usize,
    /// Whether throttles slow it.
    pub flow: Flow,
    /// Orders that are due and wait for their turn.
    pub waiting: usize,
}

/// Whether throttles slow an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// No.
    Free,
    /// Requests are sent more slowly.
    Slowed,
    /// The service named a moment before which nothing is sent.
    Held {
        /// That moment.
        until: Moment,
    },
}

/// Orders that do not answer, apart from throttles and accounts that rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// How many.
    pub silent: usize,
    /// The oldest last good answer among them, or when the order was first watched where there was none.
    pub oldest: Option<Timestamp>,
}

/// Whether orders are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asking {
    /// They are.
    #[default]
    On,
    /// The user stopped it: only what is asked for by hand is asked.
    Paused {
        /// When, by the wall clock.
        since: Timestamp,
    },
}

impl Watch {
    /// An order that is watched.
    pub fn get(&self, key: &OrderKey) -> Option<&Watched> {
        self.orders.get(self.orders.place(key)?)
    }

    /// All watched orders.
    pub fn iter(&self) -> impl Iterator<Item = &Watched> {
        self.orders.iter()
    }

    /// How many orders are watched.
    pub fn len(&self) -> usize {
        self.orders.len()
    }

    /// True when no order is watched.
    pub fn is_empty(&self) -> bool {
        self.orders.len() == 0
    }

    /// The sequence number of the oldest change that is kept, or of the next one: all lower ones only the history has.
    pub fn oldest_kept(&self) -> u64 {
        self.activity.front().map_or(self.next_sequence, |change| change.sequence)
    }

    /// The latest changes of this run, newest last.
    pub fn activity(&self) -> &VecDeque<Change> {
        &self.activity
    }

    /// Changes that the history has not acknowledged.
    pub fn unsaved(&self) -> usize {
        self.saving.unsaved()
    }

    /// How saving goes.
    pub fn saving(&self) -> Saving {
        self.saving.state()
    }

    /// Why the last batch could not be recorded; none once one is.
    pub fn trouble(&self) -> Option<&Text> {
        self.saving.trouble()
    }

    /// Changes that were dropped from memory because they could not be saved for too long.
    pub fn forgotten(&self) -> u64 {
        self.saving.forgotten()
    }

    /// How an account is asked, together with whoever shares its pace; none where it never was.
    pub fn pace(&self, scope: &Scope, now: Now) -> Option<Pace> {
        let account = &self.accounts[self.known_account(scope)?.0];
        let shared = &self.paces[account.pace.0];
        let flow = match shared.pacer.held_until(now.moment) {
            Some(until) => Flow::Held { until },
            None if shared.pacer.is_slowed() => Flow::Slowed,
            None => Flow::Free,
        };
        Some(Pace {
            per_minute: shared.pacer.pace().map(|pace| pace * 60.0),
            demand_per_minute: self.load(account.pace, now.moment).demand * 60.0,
            swept_pages: account.swept_pages(now.moment),
            sent_last_minute: usize::try_from(shared.meter.last_minute(now.moment)).unwrap_or(usize::MAX),
            flow,
            waiting: account.due(now.moment).count() + account.swept.len(),
        })
    }

    /// The accounts whose orders are watched.
    pub fn scopes(&self) -> impl Iterator<Item = &Arc<Scope>> {
        self.accounts.iter().filter(|account| account.orders > 0).map(|account| &account.scope)
    }

    /// Orders that do not answer.
    pub fn health(&self) -> Health {
        let silent = self.silent.iter().filter_map(|slot| self.orders.get(*slot));
        Health {
            silent: self.silent.len(),
            oldest: silent
                .map(|order| order.snapshot().map_or(order.added.wall, |snapshot| snapshot.read_at))
                .min(),
        }
    }

    /// Why an account rests, for the card; none while every account is asked.
    pub fn resting(&self) -> Option<&Failure> {
        self.accounts.iter().filter(|account| account.is_wanted()).find_map(super::account::Account::resting)
    }

    /// Why an account rests, whether orders of it are watched or not.
    pub fn resting_in(&self, scope: &Scope) -> Option<&Failure> {
        self.accounts.iter().find(|account| *account.scope == *scope)?.resting()
    }

    /// Why an account cannot be reached: its network has failed more than once in a row.
    pub fn unreachable_in(&self, scope: &Scope) -> Option<&Failure> {
        self.accounts.iter().find(|account| *account.scope == *scope)?.unreachable()
    }

    /// False while an account rests or cannot be reached: then one request at a time finds out when it can.
    pub fn can_ask(&self, scope: &Scope) -> bool {
        let account = self.accounts.iter().find(|account| *account.scope == *scope);
        account.is_none_or(|account| account.standing == Standing::Open)
    }

    /// Whether orders are asked.
    pub fn asking(&self) -> Asking {
        self.asking
    }

    /// What changed while the program did not run; none where nothing was known before this run, or nobody answers.
    pub fn away(&self) -> Option<Away> {
        self.away.told()
    }

    /// How far the clock of the service is ahead of ours, as the answers last told; zero within the two seconds
    /// that their `Date` cannot tell.
    pub fn skew(&self) -> SignedDuration {
        self.skew
    }

    /// The wall clock corrected by what the answers told: ages are counted by it.
    pub fn corrected(&self, now: Now) -> Timestamp {
        self.correct(now.wall)
    }

    /// When the run began, by the corrected wall clock.
    pub fn started(&self) -> Timestamp {
        self.correct(self.started.wall)
    }

    /// Counts up whenever something that can be shown has changed. That a request was sent is not shown.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The watched orders that the last step changed. An order may stand in it twice.
    pub fn touched(&self) -> impl Iterator<Item = &Watched> {
        self.touched.iter().filter_map(|slot| self.orders.get(*slot))
    }

    /// The orders that the last step watches no longer.
    pub fn gone(&self) -> &[OrderKey] {
        &self.gone
    }
}
