//! Threads that do one kind of blocking work each, in the order in which it was given, and one place where all of
//! them say that they are done.

use std::convert::Infallible;
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// The near end of a thread. Dropped, the thread gets no more work and ends when all that it has is done.
#[derive(Debug)]
pub struct Worker<W>(Sender<W>);

/// The threads whose work has to be done before the process ends.
#[derive(Debug)]
pub struct Workers {
    /// Every thread holds a copy until it is done.
    running: Sender<Infallible>,
    done: Receiver<Infallible>,
}

/// Threads that get no more work.
#[derive(Debug)]
pub struct Finishing(Receiver<Infallible>);

impl<W> Worker<W> {
    /// Nobody: what is handed over is let go.
    pub fn nobody() -> Self {
        Self(mpsc::channel().0)
    }

    /// Hands work over.
    pub fn give(&self, work: W) {
        // A thread that ended early has told why.
        let _ = self.0.send(work);
    }
}

impl Workers {
    /// No thread yet.
    pub fn new() -> Self {
        let (running, done) = mpsc::channel();
        Self { running, done }
    }

    /// Starts the thread `name`. `run` is to return when there is no more work and what it was given is safe.
    ///
    /// # Errors
    /// The system has no thread left.
    pub fn start<W: Send + 'static>(
        &self,
        name: &str,
        run: impl FnOnce(&Receiver<W>) + Send + 'static,
    ) -> io::Result<Worker<W>> {
        let (work, works) = mpsc::channel();
        let running = self.running.clone();
        thread::Builder::new().name(name.to_owned()).spawn(move || {
            run(&works);
            drop(running);
        })?;
        Ok(Worker(work))
    }

    /// Starts no more threads.
    pub fn finish(self) -> Finishing {
        Finishing(self.done)
    }
}

impl Default for Workers {
    fn default() -> Self {
        Self::new()
    }
}

impl Finishing {
    /// Waits until every thread is done, at most for `patience`; true when they are.
    pub fn wait(&self, patience: Duration) -> bool {
        match self.0.recv_timeout(patience) {
            Ok(never) => match never {},
            Err(RecvTimeoutError::Disconnected) => true,
            Err(RecvTimeoutError::Timeout) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(10);

    #[test]
    fn all_that_was_given_is_done_before_they_say_so() {
        let workers = Workers::new();
        let (done, results) = mpsc::channel();
        let worker = workers
            .start("test", move |works: &Receiver<u32>| {
                for work in works {
                    done.send(work * 2).unwrap();
                }
            })
            .unwrap();
        (1..=3).for_each(|work| worker.give(work));
        drop(worker);
        assert!(workers.finish().wait(LONG));
        assert_eq!(results.iter().collect::<Vec<_>>(), [2, 4, 6]);
    }

    #[test]
    fn one_that_is_still_at_work_is_waited_for() {
        let workers = Workers::new();
        let (go, wait) = mpsc::channel::<()>();
        let idle = workers.start("idle", |works: &Receiver<()>| works.iter().for_each(drop)).unwrap();
        let busy = workers
            .start("busy", move |_: &Receiver<()>| {
                let _ = wait.recv();
            })
            .unwrap();
        drop((idle, busy));
        let finishing = workers.finish();
        assert!(!finishing.wait(Duration::ZERO));
        drop(go);
        assert!(finishing.wait(LONG));
    }
}
