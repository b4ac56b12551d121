//! Who goes first: as long as no answer has told the service's time, one request asks it, and the others wait.
//!
//! A wrong clock makes a service refuse whatever is signed by it. What starts together would be refused together; so
//! the first request finds out how wrong the clock is, and all that follow are signed with the service's time.
//!
//! Nobody waits for longer than a bound that is much shorter than an attempt: a first request that hangs holds up no
//! other. One that fails without an answer hands its turn to the next. An answer without a usable time ends the waiting
//! at its service as well: from one like that nothing can be learnt.

use reqwest::Url;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The services that have not told their time yet.
#[derive(Debug)]
pub(super) struct FirstAnswers {
    state: Mutex<State>,
    /// The longest that a request waits for the answer to another one.
    longest: Duration,
}

#[derive(Debug)]
enum State {
    /// No answer has told the time. For each service, by its origin, the one turn that there is: closed where nobody
    /// waits any more.
    Unknown(HashMap<String, Arc<Semaphore>>),
    /// An answer has told it.
    Known,
}

/// The right to send.
#[derive(Debug)]
pub(super) enum Turn {
    /// Before all others. Dropped without [`Turn::answered`], the turn goes to the next who waits.
    First(OwnedSemaphorePermit),
    /// Together with others.
    Free,
}

impl FirstAnswers {
    pub(super) fn awaited_for(longest: Duration) -> Self {
        Self { state: Mutex::new(State::Unknown(HashMap::new())), longest }
    }

    /// The turn of a request to `url`: at once for the first and where the time is known, else when the first has been
    /// answered.
    pub(super) async fn turn(&self, url: &Url) -> Turn {
        let Some(turns) = self.turns(url) else { return Turn::Free };
        match timeout(self.longest, Arc::clone(&turns).acquire_owned()).await {
            Ok(Ok(permit)) => Turn::First(permit),
            Ok(Err(_closed)) => Turn::Free,
            Err(_elapsed) => {
                turns.close();
                Turn::Free
            }
        }
    }

    /// An answer has told the time. A clock that is wrong is so for every service.
    pub(super) fn told(&self) {
        if let State::Unknown(services) = std::mem::replace(&mut *self.lock(), State::Known) {
            for turns in services.values() {
                turns.close();
            }
        }
    }

    /// What was told may not be so any more: the next request goes first again.
    pub(super) fn forget(&self) {
        *self.lock() = State::Unknown(HashMap::new());
    }

    fn turns(&self, url: &Url) -> Option<Arc<Semaphore>> {
        match &mut *self.lock() {
            State::Known => None,
            State::Unknown(services) => {
                let turns = services.entry(url.origin().ascii_serialization());
                Some(Arc::clone(turns.or_insert_with(|| Arc::new(Semaphore::new(1)))))
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// The service has answered, whatever it said.
    pub(super) fn answered(self) {
        match self {
            Self::First(permit) => permit.semaphore().close(),
            Self::Free => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::{Context, Waker};

    const LONG: Duration = Duration::from_hours(1);

    fn url(host: &str) -> Url {
        format!("https://{host}/phone-number-orders/1").parse().unwrap()
    }

    fn gate(longest: Duration) -> (FirstAnswers, Url) {
        (FirstAnswers::awaited_for(longest), url("voice-chime.us-east-1.amazonaws.com"))
    }

    fn has_to_wait(turn: impl Future<Output = Turn>) -> bool {
        pin!(turn).poll(&mut Context::from_waker(Waker::noop())).is_pending()
    }

    #[tokio::test]
    async fn one_goes_first_and_once_the_time_is_known_nobody_waits() {
        let (gate, url) = gate(LONG);
        let first = gate.turn(&url).await;
        let mut second = pin!(gate.turn(&url));
        assert!(matches!(first, Turn::First(_)) && has_to_wait(second.as_mut()));
        gate.told();
        assert!(matches!(second.await, Turn::Free) && matches!(gate.turn(&url).await, Turn::Free));
        first.answered();
        assert!(matches!(gate.turn(&url).await, Turn::Free));
    }

    #[tokio::test]
    async fn an_answer_without_a_time_ends_the_waiting_at_its_service_only() {
        let (gate, here) = gate(LONG);
        let elsewhere = url("voice-chime.us-west-2.amazonaws.com");
        let first = gate.turn(&here).await;
        let second = pin!(gate.turn(&here));
        first.answered();
        assert!(matches!(second.await, Turn::Free));
        assert!(matches!(gate.turn(&elsewhere).await, Turn::First(_)));
    }

    #[tokio::test]
    async fn a_first_request_that_fails_hands_its_turn_to_the_next() {
        let (gate, url) = gate(LONG);
        let first = gate.turn(&url).await;
        let (mut second, mut third) = (pin!(gate.turn(&url)), pin!(gate.turn(&url)));
        assert!(has_to_wait(second.as_mut()) && has_to_wait(third.as_mut()));
        drop(first);
        let second = second.await;
        assert!(matches!(second, Turn::First(_)) && has_to_wait(third));
    }

    #[tokio::test]
    async fn a_first_request_that_hangs_holds_the_others_up_once() {
        let (gate, url) = gate(Duration::from_millis(1));
        let _hung = gate.turn(&url).await;
        assert!(matches!(gate.turn(&url).await, Turn::Free));
        assert!(gate.turns(&url).unwrap().is_closed());
    }

    #[tokio::test]
    async fn where_the_time_is_in_doubt_one_goes_first_again() {
        let (gate, url) = gate(LONG);
        gate.told();
        gate.forget();
        let _first = gate.turn(&url).await;
        assert!(has_to_wait(gate.turn(&url)));
    }
}
