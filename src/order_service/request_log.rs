//! What was asked and what was answered, so that tests can assert on it and wait for it without sleeping.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::api::Operation;

/// Older requests are forgotten, only their counts stay: a demo may run for days.
const KEPT: usize = 20_000;

/// One request that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedRequest {
    /// From 0, in the sequence of arrival.
    pub sequence: u64,
    /// As sent.
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    /// What it asks for.
    pub operation: Operation,
    /// From the credential scope, if the signature was right.
    pub region: Option<String>,
    /// Nothing while, or if ever, no answer has been sent.
    pub status: Option<u16>,
}

impl ReceivedRequest {
    /// The order that it asks for.
    pub fn order_id(&self) -> Option<&str> {
        match &self.operation {
            Operation::GetPhoneNumberOrder(id) => Some(id),
            Operation::ListPhoneNumberOrders | Operation::Other => None,
        }
    }
}

/// Totals since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Connections accepted.
    pub connections: u64,
    /// Requests received.
    pub requests: u64,
    /// Answers with status 200.
    pub ok: u64,
    /// Answers with another status.
    pub failed: u64,
    /// Requests that have no answer, now or for ever.
    pub unanswered: u64,
}

#[derive(Debug, Default)]
pub(super) struct RequestLog {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    requests: VecDeque<ReceivedRequest>,
    counters: Counters,
}

impl RequestLog {
    pub(super) fn connected(&self) {
        self.change(|state| state.counters.connections += 1);
    }

    /// Enters a request; its answer is entered under the sequence number returned.
    pub(super) fn received(
        &self,
        method: &str,
        target: &str,
        operation: &Operation,
        region: Option<&str>,
    ) -> u64 {
        self.change(|state| {
            let sequence = state.counters.requests;
            state.counters.requests += 1;
            state.counters.unanswered += 1;
            if state.requests.len() == KEPT {
                state.requests.pop_front();
            }
            state.requests.push_back(ReceivedRequest {
                sequence,
                method: method.to_owned(),
                target: target.to_owned(),
                operation: operation.clone(),
                region: region.map(str::to_owned),
                status: None,
            });
            sequence
        })
    }

    pub(super) fn answered(&self, sequence: u64, status: u16) {
        self.change(|state| {
            state.counters.unanswered = state.counters.unanswered.saturating_sub(1);
            if status == 200 {
                state.counters.ok += 1;
            } else {
                state.counters.failed += 1;
            }
            if let Some(request) =
                state.requests.iter_mut().rev().find(|request| request.sequence == sequence)
            {
                request.status = Some(status);
            }
        });
    }

    pub(super) fn requests(&self) -> Vec<ReceivedRequest> {
        self.lock().requests.iter().cloned().collect()
    }

    pub(super) fn counters(&self) -> Counters {
        self.lock().counters
    }

    /// Waits until `condition` holds; the requests at that time, or nothing if it did not hold in time.
    pub(super) fn wait_for(
        &self,
        at_most: Duration,
        condition: impl Fn(&[ReceivedRequest]) -> bool,
    ) -> Option<Vec<ReceivedRequest>> {
        let holds = |state: &mut State| condition(state.requests.make_contiguous());
        let (state, waited) = self
            .changed
            .wait_timeout_while(self.lock(), at_most, |state| !holds(state))
            .unwrap_or_else(PoisonError::into_inner);
        (!waited.timed_out()).then(|| state.requests.iter().cloned().collect())
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        result
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
