//! The `net` thread: a runtime of its own for requests, credentials, TLS and decoding.
//!
//! Every request gets exactly one `Answered` or `Lost`, whatever becomes of its task. The thread is never waited for:
//! a name lookup that hangs does not delay quitting.

use super::clock::Clock;
use crate::app::Message;
use crate::app::effect::RequestId;
use crate::app::message::{Answered, WatchMessage};
use crate::domain::OrderKey;
use crate::fetch::{FetchOptions, Fetcher};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{io, thread};
use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;

/// What the thread is asked to do.
#[derive(Debug)]
pub enum Errand {
    /// Ask for an order.
    Fetch {
        /// The request.
        request: RequestId,
        /// What is asked for.
        key: OrderKey,
    },
    /// Stop requests; they are lost.
    Abort(Vec<RequestId>),
    /// Close the connections that are kept.
    DropConnections,
    /// Read credentials afresh.
    ForgetCredentials,
    /// Read the region of a profile.
    ReadRegion(Option<Arc<str>>),
}

/// The near end of the thread.
#[derive(Debug)]
pub struct Net {
    errands: UnboundedSender<Errand>,
}

impl Net {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system has no thread or no descriptor left.
    pub fn start(
        options: FetchOptions,
        clock: Clock,
        messages: UnboundedSender<Message>,
    ) -> io::Result<Self> {
        let (sender, errands) = unbounded_channel();
        // The sockets are looked at after every task: the first answer of a round waits for no request behind it.
        let runtime = Builder::new_current_thread().enable_all().event_interval(1).build()?;
        thread::Builder::new().name("net".to_owned()).spawn(move || {
            let fetcher = Fetcher::new(options, move || clock.now().wall);
            runtime.block_on(run(fetcher, errands, messages));
            runtime.shutdown_background();
        })?;
        Ok(Self { errands: sender })
    }

    /// Sends it on an errand.
    pub fn send(&self, errand: Errand) {
        // The thread ends after the loop only.
        let _ = self.errands.send(errand);
    }
}

async fn run(fetcher: Fetcher, mut errands: UnboundedReceiver<Errand>, messages: UnboundedSender<Message>) {
    let running = Running::default();
    while let Some(errand) = errands.recv().await {
        match errand {
            Errand::Fetch { request, key } => {
                let promise =
                    Promise { request, key: Some(key), running: running.clone(), messages: messages.clone() };
                let task = tokio::spawn(fetch(fetcher.clone(), promise));
                // The task cannot have run yet: this runtime has one thread, and that is here.
                running.lock().insert(request, task.abort_handle());
            }
            Errand::Abort(requests) => {
                for request in requests {
                    let task = running.lock().remove(&request);
                    task.inspect(AbortHandle::abort);
                }
            }
            Errand::DropConnections => fetcher.drop_connections(),
            Errand::ForgetCredentials => fetcher.forget_credentials(),
            Errand::ReadRegion(profile) => {
                tokio::spawn(read_region(fetcher.clone(), profile, messages.clone()));
            }
        }
    }
}

async fn fetch(fetcher: Fetcher, promise: Promise) {
    let Some(key) = promise.key.clone() else { return };
    let answer = fetcher.get(&key).await;
    promise.keep(|request, key| Answered {
        request,
        key,
        sent: answer.sent,
        received: answer.received,
        skew: answer.server_skew,
        result: answer.result,
    });
}

async fn read_region(fetcher: Fetcher, profile: Option<Arc<str>>, messages: UnboundedSender<Message>) {
    let region = fetcher.region_of(profile.as_deref()).await.map(Arc::from);
    // The loop may have ended.
    let _ = messages.send(Message::RegionRead { profile, region });
}

/// The tasks of the requests in flight.
#[derive(Clone, Debug, Default)]
struct Running(Arc<Mutex<HashMap<RequestId, AbortHandle>>>);

impl Running {
    fn lock(&self) -> MutexGuard<'_, HashMap<RequestId, AbortHandle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The one answer that a request gets. Dropped without one, by an abort or a panic, it tells that the request is lost.
#[derive(Debug)]
struct Promise {
    request: RequestId,
    key: Option<OrderKey>,
    running: Running,
    messages: UnboundedSender<Message>,
}

impl Promise {
    fn keep(mut self, answered: impl FnOnce(RequestId, OrderKey) -> Answered) {
        if let Some(key) = self.key.take() {
            let answered = answered(self.request, key);
            self.tell(WatchMessage::Answered(Box::new(answered)));
        }
    }

    fn tell(&self, message: WatchMessage) {
        // The loop may have ended.
        let _ = self.messages.send(Message::Watch(message));
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        self.running.lock().remove(&self.request);
        if let Some(key) = self.key.take() {
            self.tell(WatchMessage::Lost { request: self.request, key });
        }
    }
}

#[cfg(test)]
mod tests;
