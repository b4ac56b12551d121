//! The roots of `AWS_CA_BUNDLE`: certificates in PEM form, each told apart by the line that it begins at, so that who
//! mends the file knows where.

use reqwest::Certificate;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// The most bytes of a bundle that are read; the roots of a whole system take a quarter of a megabyte.
const LIMIT: u64 = 16 * 1024 * 1024;

/// What is wrong with a bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Flaw {
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    #[error("it is longer than {} MiB", LIMIT / (1024 * 1024))]
    TooLong,
    #[error("there is no certificate in it")]
    NoCertificate,
    /// Of the certificate that begins at a line, counted from 1.
    #[error("the certificate that begins at line {line} {what}")]
    Certificate { line: usize, what: &'static str },
}

/// Reads all certificates of a bundle. What stands between them, and blocks of another kind, count for nothing.
pub(super) fn certificates(path: &Path) -> Result<Vec<Certificate>, Flaw> {
    let bytes = read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let blocks = blocks(&text)?;
    if blocks.is_empty() {
        return Err(Flaw::NoCertificate);
    }
    blocks.iter().map(|(line, block)| certificate(*line, block)).collect()
}

fn read(path: &Path) -> Result<Vec<u8>, Flaw> {
    let fault = |error: io::Error| {
        // A system's number for an error helps nobody.
        let text = error.to_string();
        Flaw::Unreadable(text.split(" (os error").next().unwrap_or_default().to_owned())
    };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes)).map_err(fault)?;
    if bytes.len() as u64 > LIMIT { Err(Flaw::TooLong) } else { Ok(bytes) }
}

/// Each certificate with the line that it begins at.
fn blocks(text: &str) -> Result<Vec<(usize, String)>, Flaw> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim();
        if content == BEGIN {
            if let Some((line, _)) = open {
                return Err(endless(line));
            }
            open = Some((line, String::new()));
        }
        if let Some((_, block)) = &mut open {
            block.push_str(content);
            block.push('\n');
        }
        if content == END {
            blocks.extend(open.take());
        }
    }
    match open {
        Some((line, _)) => Err(endless(line)),
        None => Ok(blocks),
    }
}

const fn endless(line: usize) -> Flaw {
    Flaw::Certificate { line, what: "does not end" }
}

fn certificate(line: usize, block: &str) -> Result<Certificate, Flaw> {
    let flaw = |what| Flaw::Certificate { line, what };
    let Ok(der) = CertificateDer::from_pem_slice(block.as_bytes()) else {
        return Err(flaw("is not base64"));
    };
    let usable = RootCertStore::empty().add(der.clone()).is_ok();
    match Certificate::from_der(&der) {
        Ok(certificate) if usable => Ok(certificate),
        Ok(_) | Err(_) => Err(flaw("is no certificate that TLS can use")),
    }
}

#[cfg(test)]
mod tests;
