//! The orders of an account, as its list gives them: for choosing from, and for taking in what is new.

use super::account::{AccountIndex, Following};
use super::order::{Place, Rank};
use super::walk::{Goal, Perseverance, Walk};
use super::{Asking, Watch};
use crate::app::Effect;
use crate::domain::{Failure, Moment, Now, PhoneNumberOrder, PhoneNumberOrderId, Scope};
use crate::poll::{Jitter, Urgency};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// The account whose orders somebody chooses from.
#[derive(Clone, Debug, PartialEq)]
pub struct Directory {
    /// Whose orders, where.
    pub scope: Arc<Scope>,
    /// Those that were read so far, in the order of the list.
    pub orders: Vec<PhoneNumberOrder>,
    /// How far reading it is.
    pub reading: Reading,
}

/// How far reading a list is.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Pages are still to come.
    Underway,
    /// It was read to its end.
    Whole {
        /// When, by the corrected wall clock.
        at: Timestamp,
    },
    /// The list cannot be read; what came before stands.
    Failed(Box<Failure>),
}

/// An order that a followed account has and nobody had seen in this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// Whose it is, where.
    pub scope: Arc<Scope>,
    /// Which order.
    pub id: PhoneNumberOrderId,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// Whether nothing more is expected of it.
    pub is_settled: bool,
}

impl Watch {
    /// The account whose orders somebody chooses from; none while nobody does.
    pub fn directory(&self) -> Option<&Directory> {
        self.directory.as_ref()
    }

    /// The orders that followed accounts have shown since this was last asked, each once in a run. Which of them a
    /// list takes in is not the engine's affair.
    pub fn take_newcomers(&mut self) -> Vec<Newcomer> {
        std::mem::take(&mut self.newcomers)
    }

    /// Lists that this identity may not read, each told once: their orders are asked for one by one.
    pub fn take_list_refusals(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.refusals)
    }

    /// Why this identity may not read an account's list, as the last page of it said.
    pub fn list_refusal(&self, scope: &Scope) -> Option<&Failure> {
        self.accounts[self.known_account(scope)?.0].refusal.as_deref()
    }

    pub(super) fn browse(
        &mut self,
        scope: Option<Arc<Scope>>,
        perseverance: Perseverance,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(before) = self.directory.take() {
            let account = self.known_account(&before.scope).map(|index| &mut self.accounts[index.0]);
            let dead = account.and_then(|account| account.drop_walk(Goal::Browse, now.moment));
            effects.extend(dead.map(|dead| Effect::Abort(vec![dead])));
        }
        self.version += 1;
        let Some(scope) = scope else { return };
        let index = self.account_of(&scope, now);
        let place = Place { rank: Rank::ByHand, due: now.moment };
        let walk = Walk::new(place, Urgency::Person, None, now.moment).with(perseverance);
        self.accounts[index.0].walks.insert(Goal::Browse, walk);
        self.directory = Some(Directory { scope, orders: Vec::new(), reading: Reading::Underway });
        self.try_again(|_, account| account == index, now, effects);
    }

    pub(super) fn note_in_directory(&mut self, index: AccountIndex, goal: Goal, order: &PhoneNumberOrder) {
        let scope = &self.accounts[index.0].scope;
        if let Some(directory) = self.directory.as_mut().filter(|directory| directory.scope == *scope)
            && goal == Goal::Browse
        {
            directory.orders.push(order.clone());
        }
    }

    pub(super) fn directory_is_whole(&mut self, at: Timestamp) {
        if let Some(directory) = &mut self.directory {
            directory.reading = Reading::Whole { at };
        }
    }

    pub(super) fn directory_failed(&mut self, failure: Failure) {
        if let Some(directory) = &mut self.directory {
            directory.reading = Reading::Failed(Box::new(failure));
        }
        self.version += 1;
    }

    pub(super) fn follow(&mut self, scopes: &[Arc<Scope>], now: Now, effects: &mut Vec<Effect>) {
        for scope in scopes {
            let index = self.account_of(scope, now);
            let following = &mut self.accounts[index.0].following;
            if *following == Following::No {
                *following = Following::Next(now.moment);
            }
        }
        let mut dead = Vec::new();
        for account in self.accounts.iter_mut().filter(|account| !scopes.contains(&account.scope)) {
            account.following = Following::No;
            dead.extend(account.drop_walk(Goal::Follow, now.moment));
        }
        if !dead.is_empty() {
            effects.push(Effect::Abort(dead));
        }
    }

    /// Begins the walks of followed accounts whose time has come.
    pub(super) fn begin_following(&mut self, now: Moment) {
        for index in self.account_indices() {
            if self.next_following(index).is_some_and(|next| next <= now) {
                let walk = Walk::new(Place { rank: Rank::InTurn, due: now }, Urgency::Schedule, None, now);
                self.accounts[index.0].walks.insert(Goal::Follow, walk);
            }
        }
    }

    /// When the list of a followed account is next read; none while it is being read.
    pub(super) fn next_following(&self, index: AccountIndex) -> Option<Moment> {
        let account = &self.accounts[index.0];
        match (account.following, self.asking) {
            (Following::Next(next), Asking::On) if !account.walks.contains_key(&Goal::Follow) => Some(next),
            (Following::Next(_) | Following::No, Asking::On | Asking::Paused { .. }) => None,
        }
    }

    /// The list was read to its end, whatever for: a followed account is read again after a minute a page.
    pub(super) fn followed_until(&mut self, index: AccountIndex, pages: usize, now: Moment) {
        let account = &mut self.accounts[index.0];
        if account.following == Following::No {
            return;
        }
        let pages = u32::try_from(pages.max(1)).unwrap_or(u32::MAX);
        let jitter = Jitter::of(&(&account.scope, now), self.seed, 1);
        let wait = jitter.lengthen(Duration::from_mins(1).saturating_mul(pages));
        account.following = Following::Next(now.plus(wait));
    }

    pub(super) fn note_newcomer(&mut self, index: AccountIndex, order: &PhoneNumberOrder) {
        let account = &mut self.accounts[index.0];
        if account.following == Following::No || !account.seen.insert(order.id) {
            return;
        }
        self.newcomers.push(Newcomer {
            scope: account.scope.clone(),
            id: order.id,
            created: order.created,
            is_settled: order.status.is_final() && order.counts().processing == 0,
        });
    }
}
