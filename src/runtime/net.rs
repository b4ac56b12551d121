//! The `net` thread: a runtime of its own for requests, credentials, TLS and decoding.
//!
//! Every request gets exactly one `Answered` or `Lost`, whatever becomes of its task. The thread is never waited for:
//! a name lookup that hangs does not delay quitting.

use super::clock::Clock;
use crate::app::Message;
use crate::app::effect::RequestId;
use crate::app::message::{Answered, Listed, WatchMessage};
use crate::domain::{OrderKey, PageToken, Scope};
use crate::fetch::{FetchOptions, Fetcher, wire};
use jiff::Timestamp;
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
    /// Ask for a page of an account's orders.
    List {
        /// The request.
        request: RequestId,
        /// Whose orders, where.
        scope: Arc<Scope>,
        /// Which page; none for the first.
        page: Option<PageToken>,
    },
    /// Stop requests; they are lost.
    Abort(Vec<RequestId>),
    /// Close the connections that are kept.
    DropConnections,
    /// Read credentials afresh.
    ForgetCredentials,
    /// Look whether the files that credentials come from have changed.
    LookForCredentials,
    /// Hand over orders as they come too, from now on.
    HandOver(Bodies),
    /// Read which profiles there are.
    ReadProfiles,
    /// Read where a profile asks.
    ReadProfile(Option<Arc<str>>),
}

/// Which orders are handed over as they come, beside the answers that are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Bodies {
    /// None.
    #[default]
    OfNone,
    /// One order's.
    Of(OrderKey),
    /// Those of all orders, also of those on a page.
    OfAll,
}

impl Bodies {
    fn include(&self, key: &OrderKey) -> bool {
        match self {
            Self::OfNone => false,
            Self::Of(wanted) => wanted == key,
            Self::OfAll => true,
        }
    }
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
    let kept = Kept::default();
    while let Some(errand) = errands.recv().await {
        tracing::debug!(?errand, "errand");
        match errand {
            Errand::Fetch { request, key } => {
                let promise = Promise::new(request, Subject::Order(key.clone()), &running, &messages);
                let task = tokio::spawn(fetch(fetcher.clone(), key, kept.clone(), promise));
                // The task cannot have run yet: this runtime has one thread, and that is here.
                running.lock().insert(request, task.abort_handle());
            }
            Errand::List { request, scope, page } => {
                let promise = Promise::new(request, Subject::Page(scope.clone()), &running, &messages);
                let task = tokio::spawn(list(fetcher.clone(), scope, page, kept.clone(), promise));
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
            Errand::LookForCredentials => {
                if fetcher.credentials_changed() {
                    // The loop may have ended.
                    let _ = messages.send(Message::Watch(WatchMessage::CredentialsChanged));
                }
            }
            Errand::HandOver(bodies) => *kept.lock() = bodies,
            Errand::ReadProfiles => {
                tokio::spawn(read_profiles(fetcher.clone(), messages.clone()));
            }
            Errand::ReadProfile(profile) => {
                tokio::spawn(read_profile(fetcher.clone(), profile, messages.clone()));
            }
        }
    }
}

async fn fetch(fetcher: Fetcher, key: OrderKey, kept: Kept, promise: Promise) {
    let (answer, body) = fetcher.get_with_body(&key).await;
    if let Some(body) = body.filter(|_| kept.lock().include(&key)) {
        let body = String::from_utf8_lossy(&body).into_owned();
        promise.hand_over(key.clone(), answer.received, body);
    }
    let answered = Answered {
        request: promise.request,
        key,
        attempts: answer.attempts,
        received: answer.received,
        skew: answer.server_skew,
        identity: answer.identity,
        result: answer.result,
    };
    promise.keep(WatchMessage::Answered(Box::new(answered)));
}

async fn list(fetcher: Fetcher, scope: Arc<Scope>, page: Option<PageToken>, kept: Kept, promise: Promise) {
    let (answer, body) = fetcher.list_with_body(&scope, page.as_ref()).await;
    if let Some(body) = body.filter(|_| *kept.lock() == Bodies::OfAll) {
        for (id, body) in wire::orders_of_page(&body) {
            promise.hand_over(OrderKey { scope: scope.clone(), id }, answer.received, body);
        }
    }
    let listed = Listed {
        request: promise.request,
        scope,
        attempts: answer.attempts,
        received: answer.received,
        skew: answer.server_skew,
        identity: answer.identity,
        result: answer.result,
    };
    promise.keep(WatchMessage::Listed(Box::new(listed)));
}

async fn read_profile(fetcher: Fetcher, profile: Option<Arc<str>>, messages: UnboundedSender<Message>) {
    let config = fetcher.profile_config(profile.as_deref()).await;
    // The loop may have ended.
    let _ = messages.send(Message::ProfileRead { profile, config });
}

async fn read_profiles(fetcher: Fetcher, messages: UnboundedSender<Message>) {
    let profiles = fetcher.profiles().await;
    // The loop may have ended.
    let _ = messages.send(Message::ProfilesRead(profiles));
}

/// Whose answers are handed over as they come; none for the most part.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Bodies>>);

impl Kept {
    fn lock(&self) -> MutexGuard<'_, Bodies> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tasks of the requests in flight.
#[derive(Clone, Debug, Default)]
struct Running(Arc<Mutex<HashMap<RequestId, AbortHandle>>>);

impl Running {
    fn lock(&self) -> MutexGuard<'_, HashMap<RequestId, AbortHandle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a request asks for.
#[derive(Debug)]
enum Subject {
    Order(OrderKey),
    Page(Arc<Scope>),
}

/// The one answer that a request gets. Dropped without one, by an abort or a panic, it tells that the request is lost.
#[derive(Debug)]
struct Promise {
    request: RequestId,
    subject: Option<Subject>,
    running: Running,
    messages: UnboundedSender<Message>,
}

impl Promise {
    fn new(
        request: RequestId,
        subject: Subject,
        running: &Running,
        messages: &UnboundedSender<Message>,
    ) -> Self {
        Self { request, subject: Some(subject), running: running.clone(), messages: messages.clone() }
    }

    fn keep(mut self, answer: WatchMessage) {
        self.subject = None;
        self.tell(answer);
    }

    fn hand_over(&self, key: OrderKey, received: Timestamp, body: String) {
        // The loop may have ended.
        let _ = self.messages.send(Message::Came { key, received, body });
    }

    fn tell(&self, message: WatchMessage) {
        // The loop may have ended.
        let _ = self.messages.send(Message::Watch(message));
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        self.running.lock().remove(&self.request);
        let request = self.request;
        match self.subject.take() {
            Some(Subject::Order(key)) => self.tell(WatchMessage::Lost { request, key }),
            Some(Subject::Page(scope)) => self.tell(WatchMessage::ListLost { request, scope }),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests;
