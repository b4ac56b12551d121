//! A server that breaks the wire below HTTP: each connection follows a script, byte for byte.

use std::collections::HashMap;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What a server does with a connection, one after the other. After the last one it closes it.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Reads up to the end of a request's head; where the connection ends before it, so does the script.
    Request,
    /// The same; a request that does not ask for this hangs.
    RequestFor(&'static str),
    /// Sends this.
    Send(Vec<u8>),
    /// Sends this again and again, with a pause after each, until nobody takes it any more.
    Repeat(Vec<u8>, Duration),
    /// Does nothing until the other side closes.
    Hang,
    /// Says that nothing more will come, and goes on.
    SayEnd,
    /// Closes with something of the request unread, which makes the kernel send a reset.
    Reset,
}

pub(crate) fn send(text: impl Into<String>) -> Act {
    Act::Send(text.into().into_bytes())
}

/// An answer with status 200, as the API frames it.
pub(crate) fn answer(body: &str) -> Act {
    let length = body.len();
    send(format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    ))
}

/// What has happened so far.
#[derive(Debug, Default)]
struct Counts {
    connections: AtomicUsize,
    requests: AtomicUsize,
    sent: AtomicU64,
    stopped: AtomicBool,
}

/// The connections that are open, by the other side's address.
type Open = Arc<Mutex<HashMap<SocketAddr, TcpStream>>>;

/// A server on a free port of 127.0.0.1. Dropping it ends it.
pub(crate) struct FaultServer {
    address: SocketAddr,
    counts: Arc<Counts>,
    open: Open,
    accepting: Option<JoinHandle<()>>,
}

impl FaultServer {
    /// Every connection follows the same script.
    pub(crate) fn always(acts: impl Into<Vec<Act>>) -> Self {
        let acts = acts.into();
        Self::start(move |_| acts.clone())
    }

    /// `script` gives the acts for the connection of a number, from 0.
    pub(crate) fn start(script: impl Fn(usize) -> Vec<Act> + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let counts = Arc::new(Counts::default());
        let open = Open::default();
        let accepting = thread::spawn({
            let (counts, open) = (Arc::clone(&counts), Arc::clone(&open));
            move || accept(&listener, &counts, &open, script)
        });
        Self { address, counts, open, accepting: Some(accepting) }
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Connections that were opened.
    pub(crate) fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// Heads of requests that were read.
    pub(crate) fn requests(&self) -> usize {
        self.counts.requests.load(Ordering::SeqCst)
    }

    /// Bytes that the kernel has taken.
    pub(crate) fn sent(&self) -> u64 {
        self.counts.sent.load(Ordering::SeqCst)
    }

    /// Closes every connection that is open.
    pub(crate) fn close_all(&self) {
        for (_, stream) in self.open.lock().unwrap().drain() {
            // The other side may have closed it.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.counts.stopped.store(true, Ordering::SeqCst);
        // Wakes it from waiting.
        let _ = TcpStream::connect(self.address);
        self.close_all();
        if let Some(accepting) = self.accepting.take() {
            accepting.join().unwrap();
        }
    }
}

fn accept(listener: &TcpListener, counts: &Arc<Counts>, open: &Open, script: impl Fn(usize) -> Vec<Act>) {
    for stream in listener.incoming() {
        if counts.stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        stream.set_nodelay(true).unwrap();
        let Ok(other) = stream.peer_addr() else { continue };
        let acts = script(counts.connections.fetch_add(1, Ordering::SeqCst));
        open.lock().unwrap().insert(other, stream.try_clone().unwrap());
        let (counts, open) = (Arc::clone(counts), Arc::clone(open));
        thread::spawn(move || {
            let mut conversation = Conversation { stream, counts };
            conversation.follow(acts);
            // Closing takes the last copy. With something unread that is a reset.
            open.lock().unwrap().remove(&other);
        });
    }
}

/// Whether the other side is still there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Other {
    There,
    Gone,
}

struct Conversation {
    stream: TcpStream,
    counts: Arc<Counts>,
}

impl Conversation {
    fn follow(&mut self, acts: Vec<Act>) {
        for act in acts {
            if self.perform(act) == Other::Gone {
                break;
            }
        }
    }

    fn perform(&mut self, act: Act) -> Other {
        match act {
            Act::Request => self.read_head().map_or(Other::Gone, |_| Other::There),
            Act::RequestFor(wanted) => match self.read_head() {
                Some(head) if head.contains(wanted) => Other::There,
                Some(_) => self.perform(Act::Hang),
                None => Other::Gone,
            },
            Act::Send(bytes) => self.send(&bytes),
            Act::Repeat(bytes, pause) => {
                while self.send(&bytes) == Other::There {
                    thread::sleep(pause);
                }
                Other::Gone
            }
            Act::Hang => {
                while self.read_byte().is_some() {}
                Other::Gone
            }
            Act::SayEnd => {
                // The other side may be gone.
                let _ = self.stream.shutdown(Shutdown::Write);
                Other::There
            }
            Act::Reset => {
                // Something has to have come; that it is gone already comes to the same.
                let _ = self.stream.peek(&mut [0]);
                Other::Gone
            }
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Other {
        match self.stream.write_all(bytes) {
            Ok(()) => {
                self.counts.sent.fetch_add(bytes.len() as u64, Ordering::SeqCst);
                Other::There
            }
            Err(_) => Other::Gone,
        }
    }

    fn read_head(&mut self) -> Option<String> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.read_byte()?);
        }
        self.counts.requests.fetch_add(1, Ordering::SeqCst);
        Some(String::from_utf8_lossy(&head).into_owned())
    }

    fn read_byte(&mut self) -> Option<u8> {
        let mut byte = [0];
        loop {
            match self.stream.read(&mut byte) {
                Ok(1..) => return Some(byte[0]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => return None,
            }
        }
    }
}
