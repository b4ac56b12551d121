//! Runs the loop on the thread that calls: between two things that happen the thread sleeps, and a deadline wakes it
//! once.
//!
//! A runtime's timers sort deadlines into a wheel and wake on the way to those that are far off, three times for one
//! that is a minute away. A screen on which all is settled has one a minute.

use super::clock::Clock;
use crate::domain::Moment;
use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// The thread of the loop, which sleeps until something happens or its one deadline comes.
#[derive(Debug)]
pub struct Sleeper {
    clock: Clock,
    deadline: Cell<Option<Moment>>,
}

/// Wakes the thread of the loop.
struct Waking(Thread);

impl Wake for Waking {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

impl Sleeper {
    /// Without a deadline.
    pub const fn new(clock: Clock) -> Self {
        Self { clock, deadline: Cell::new(None) }
    }

    /// Waits until `at`, or for ever. Of several that wait at a time the last one counts.
    pub async fn wakes_at(&self, at: Option<Moment>) {
        poll_fn(|_| {
            if at.is_some_and(|at| at <= self.clock.now().moment) {
                return Poll::Ready(());
            }
            self.deadline.set(at);
            Poll::Pending
        })
        .await;
    }

    /// Runs `future` to its end. It is looked at when something that it waits for has happened, and when the
    /// deadline comes.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        let waker = Waker::from(Arc::new(Waking(thread::current())));
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return output;
            }
            match self.deadline.take() {
                Some(at) => thread::park_timeout(at.since(self.clock.now().moment)),
                None => thread::park(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::sync::mpsc::unbounded_channel;

    #[test]
    fn it_wakes_at_its_deadline_and_not_before() {
        let sleeper = Sleeper::new(Clock::start());
        let at = sleeper.clock.now().moment.plus(Duration::from_millis(20));
        sleeper.block_on(sleeper.wakes_at(Some(at)));
        assert!(sleeper.clock.now().moment >= at);
        // What is past is not waited for.
        sleeper.block_on(sleeper.wakes_at(Some(Moment::START)));
    }

    #[test]
    fn what_happens_on_another_thread_wakes_the_loop_that_has_no_deadline() {
        let sleeper = Sleeper::new(Clock::start());
        let (sender, mut received) = unbounded_channel();
        let other = thread::spawn(move || (0..1000).for_each(|number| sender.send(number).unwrap()));
        let sum = sleeper.block_on(async {
            let mut sum = 0;
            loop {
                tokio::select! {
                    number = received.recv() => match number {
                        Some(number) => sum += number,
                        None => return sum,
                    },
                    () = sleeper.wakes_at(None) => unreachable!(),
                }
            }
        });
        other.join().unwrap();
        assert_eq!(sum, 999 * 1000 / 2);
    }
}
