//! AWS's own hosts, as a network shows them that looks into TLS: a proxy opens the way to each, and a certificate that
//! only its own root vouches for.

use crate::certificate;
use crate::session::Program;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::HashMap;
use std::io::{self, Read, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Where each host, with its port, leads to.
pub(crate) type Ways = HashMap<&'static str, SocketAddr>;

/// The proxy. It accepts nobody any more once it is dropped.
pub(crate) struct Amazon {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    stops: Arc<AtomicBool>,
}

impl Amazon {
    pub(crate) fn start(ways: Ways) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, stops) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<AtomicBool>::default());
        let (log, stop, tls) = (Arc::clone(&asked), Arc::clone(&stops), certificate::server());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (ways, log, tls) = (ways.clone(), Arc::clone(&log), Arc::clone(&tls));
                // Whoever asked may have gone.
                std::thread::spawn(move || drop(open(stream, &ways, &log, tls)));
            }
        });
        Self { address, asked, stops }
    }

    /// A program that finds AWS only through this proxy.
    pub(crate) fn found_by(&self, program: Program, home: &Path) -> Program {
        let bundle = home.join("corporate.pem");
        std::fs::write(&bundle, certificate::ROOT).unwrap();
        program
            .env("HTTPS_PROXY", &format!("http://{}", self.address))
            .env("AWS_CA_BUNDLE", bundle.to_str().unwrap())
    }

    /// The hosts that a way was asked to, each once, in the order of the alphabet.
    pub(crate) fn asked(&self) -> Vec<String> {
        let mut asked = self.asked.lock().unwrap().clone();
        asked.sort_unstable();
        asked.dedup();
        asked
    }
}

impl Drop for Amazon {
    fn drop(&mut self) {
        self.stops.store(true, Ordering::SeqCst);
        // Wakes it.
        let _refused = TcpStream::connect(self.address);
    }
}

/// Up to the empty line that ends it.
fn head(stream: &mut impl Read) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.extend(byte);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Opens the way that is asked for and hands one request on to where it leads.
fn open(
    mut stream: TcpStream,
    ways: &Ways,
    log: &Mutex<Vec<String>>,
    tls: Arc<ServerConfig>,
) -> io::Result<()> {
    let asked = head(&mut stream)?;
    let host = asked.split(' ').nth(1).unwrap_or_default().to_owned();
    let way = ways.get(host.as_str()).copied();
    log.lock().unwrap().push(host);
    let Some(way) = way else { return stream.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n") };
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    let mut client = StreamOwned::new(ServerConnection::new(tls).map_err(io::Error::other)?, stream);
    let request = head(&mut client)?;
    let mut service = TcpStream::connect(way)?;
    service.write_all(request.replacen("\r\n\r\n", "\r\nconnection: close\r\n\r\n", 1).as_bytes())?;
    let mut answer = Vec::new();
    service.read_to_end(&mut answer)?;
    client.write_all(&answer)?;
    client.conn.send_close_notify();
    client.flush()
}
