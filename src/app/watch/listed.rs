//! What a page of an account's list does: to the orders on it, to the walk that asked for it, to the account.

use super::Watch;
use super::account::{AccountIndex, Following};
use super::order::{Place, Poll, Rank};
use super::sweep::Ending;
use super::walk::{Goal, Setback, Walk};
use crate::app::Effect;
use crate::app::effect::RequestId;
use crate::app::message::Listed;
use crate::domain::{
    Failure, FailureKind, Lasts, Moment, NetworkStage, Now, OrderKey, OrderPage, PhoneNumberOrder, Scope,
    Text,
};
use crate::poll::{Attention, Outcome};
use jiff::Timestamp;
use std::time::Duration;

/// Pages of a walk that somebody waits for or that follows an account: a list that is longer, or that has no end, is cut.
const MOST_PAGES: usize = 10_000;
/// Before a followed account is tried again whose list did not answer, and whose list is refused.
const SILENT: Duration = Duration::from_mins(1);
const REFUSED: Duration = Duration::from_hours(1);

/// When a page was asked for and when it came.
#[derive(Clone, Copy, Debug)]
struct Read {
    since: Moment,
    received: Timestamp,
}

impl Watch {
    pub(super) fn listed(&mut self, listed: Listed, now: Now, effects: &mut Vec<Effect>) {
        let Some(index) = self.known_account(&listed.scope) else { return };
        let landed = self.accounts[index.0].page_lands(listed.request, now.moment);
        let Some((goal, since)) = landed else { return };
        if let Some(skew) = listed.skew {
            self.learn_skew(skew);
        }
        let failure = listed.result.as_ref().err();
        self.pays_for(index, listed.attempts, now.moment);
        let learnt = self.learn(index, listed.request, since, failure, now.moment);
        self.learn_identity(index, listed.identity, now.moment);
        // A page that brings no order may still tell that an account rests, or no longer does.
        self.version += 1;
        match listed.result {
            Ok(page) => {
                let read = Read { since, received: self.correct(listed.received) };
                self.take_page(index, goal, page, read, now);
            }
            Err(failure) => self.page_fails(index, goal, Some(failure), now),
        }
        self.follow_up(index, learnt, now, effects);
    }

    pub(super) fn list_lost(&mut self, request: RequestId, scope: &Scope, now: Now) {
        let Some(index) = self.known_account(scope) else { return };
        let Some((goal, _)) = self.accounts[index.0].page_lands(request, now.moment) else { return };
        self.accounts[index.0].lost(request, now.moment);
        self.page_fails(index, goal, None, now);
    }

    fn take_page(&mut self, index: AccountIndex, goal: Goal, page: OrderPage, read: Read, now: Now) {
        let Some(mut walk) = self.accounts[index.0].walks.remove(&goal) else { return };
        self.accounts[index.0].refusal = None;
        walk.turns_page();
        let (mut any, mut new) = (false, false);
        for order in page.orders {
            any = true;
            if walk.meets(order.id, !order.numbers.is_empty()) {
                new = true;
                self.note_newcomer(index, &order);
                self.note_in_directory(index, goal, &order);
                self.bring(index, order, read, now);
            }
        }
        // A list that leads back to what was read has no end.
        let next = page.next.filter(|next| (new || !any) && walk.page.as_ref() != Some(next));
        match next {
            Some(_) if goal == Goal::Sweep && walk.is_useless() => {
                self.accounts[index.0].list.bar(now.moment);
                self.end_walk(index, goal, &walk, Ending::Early, now);
            }
            Some(_) if walk.is_too_long() => {
                self.accounts[index.0].list.goes_on(walk.length(), now.moment);
                self.end_walk(index, goal, &walk, Ending::Early, now);
            }
            Some(next) if walk.length().pages < MOST_PAGES => {
                walk.page = Some(next);
                self.accounts[index.0].walks.insert(goal, walk);
            }
            Some(_) | None => self.is_at_its_end(index, goal, &walk, now),
        }
    }

    /// An order on a page that is watched is answered like by a request of its own, unless one is in flight or was
    /// answered after the page was asked for, or the order is to be asked for by itself.
    fn bring(&mut self, index: AccountIndex, order: PhoneNumberOrder, read: Read, now: Now) {
        let key = OrderKey { scope: self.accounts[index.0].scope.clone(), id: order.id };
        let Some(slot) = self.orders.place(&key) else { return };
        let Some(watched) = self.orders.get(slot) else { return };
        let had = match watched.poll {
            Poll::Waiting(place) | Poll::Swept(place) if place.rank == Rank::InTurn => place,
            Poll::Settled => Place { rank: Rank::InTurn, due: now.moment },
            Poll::Waiting(_) | Poll::Swept(_) | Poll::Unread | Poll::InFlight { .. } => return,
        };
        let is_older = watched.outcome != Outcome::None && watched.since > read.since;
        if is_older || watched.attention == Attention::Opened {
            return;
        }
        if order.numbers.is_empty() {
            if watched.poll != Poll::Settled {
                self.is_without_numbers(slot, now);
            }
            return;
        }
        let news = self.renew(slot, order, read.received, now);
        self.conclude(slot, Outcome::Answered, news, had, now);
    }

    fn is_at_its_end(&mut self, index: AccountIndex, goal: Goal, walk: &Walk, now: Now) {
        let list = &mut self.accounts[index.0].list;
        list.is_read(walk.length(), now.moment);
        if walk.is_useless() {
            list.bar(now.moment);
        }
        self.followed_until(index, walk.length().pages, now.moment);
        self.end_walk(index, goal, walk, Ending::Whole, now);
        if goal == Goal::Browse {
            self.directory_is_whole(self.corrected(now));
        }
    }

    fn end_walk(&mut self, index: AccountIndex, goal: Goal, walk: &Walk, ending: Ending, now: Now) {
        match goal {
            Goal::Sweep => self.end_sweep(index, walk, ending, now),
            Goal::Browse | Goal::Follow => {}
        }
    }

    fn page_fails(&mut self, index: AccountIndex, goal: Goal, failure: Option<Failure>, now: Now) {
        let account = &mut self.accounts[index.0];
        let Some(mut walk) = account.walks.remove(&goal) else { return };
        let well = match goal {
            Goal::Sweep => account.well,
            // Nobody's order waits for them.
            Goal::Browse | Goal::Follow => Some(now.moment),
        };
        let (ending, pause) = match walk.fails(failure.as_ref(), well, now.moment) {
            Setback::Again => {
                let is_throttled = failure.is_some_and(|failure| failure.kind == FailureKind::Throttled);
                account.walks.insert(goal, walk);
                if goal == Goal::Sweep && !is_throttled {
                    self.release_one(index, now);
                }
                return;
            }
            Setback::Account => (Ending::Early, SILENT),
            Setback::Silent => {
                account.list.fails(now.moment);
                (Ending::Silent, SILENT)
            }
            Setback::Refused => {
                account.list.bar(now.moment);
                (Ending::Early, REFUSED)
            }
        };
        if goal == Goal::Follow && account.following != Following::No {
            account.following = Following::Next(now.moment.plus(pause));
        }
        let failure = failure.unwrap_or_else(|| no_answer(index, self));
        self.note_refusal(index, goal, &failure);
        self.end_walk(index, goal, &walk, ending, now);
        if goal == Goal::Browse {
            self.directory_failed(failure);
        }
    }

    /// A list that this identity may not read is told once: its orders are asked for one by one.
    fn note_refusal(&mut self, index: AccountIndex, goal: Goal, failure: &Failure) {
        if failure.kind != FailureKind::Forbidden {
            return;
        }
        let before = self.accounts[index.0].refusal.replace(Box::new(failure.clone()));
        // Who browses reads it there.
        if before.is_none() && goal != Goal::Browse {
            self.refusals.push(failure.clone());
        }
    }
}

/// What is told of a page whose request was lost.
fn no_answer(index: AccountIndex, watch: &Watch) -> Failure {
    Failure {
        kind: FailureKind::Network(NetworkStage::Exchange),
        order: None,
        scope: watch.accounts[index.0].scope.clone(),
        what: Text::new("The request for the list ended without an answer"),
        next_step: Text::new("Ask for the list again"),
        command: None,
        retry_after: None,
        request_id: None,
        lasts: Lasts::default(),
    }
}
