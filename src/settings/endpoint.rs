//! A custom endpoint, checked before anything is sent to it.
//!
//! Credentials sign what goes there, and session tokens travel with it: so https, or an address that cannot leave
//! this machine. The grammar is narrower than that of URLs, so that nothing in it can be read in two ways.

use crate::domain::Text;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The URL of a custom endpoint, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EndpointUrl(Box<str>);

/// Why an endpoint is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusedEndpoint {
    /// Another scheme, or none.
    #[error("the endpoint '{0}' is no URL that begins with https:// or http://")]
    Scheme(Text),
    /// Plain http to a host that is not this machine.
    #[error("the endpoint '{0}' is plain http: only https, or a loopback address, gets a signed request")]
    Plain(Text),
    /// A name or password before the host. It is not repeated.
    #[error("the endpoint holds an '@': no user name and no password belongs there")]
    UserInfo,
    /// No host, or one that can be read in two ways.
    #[error("the endpoint '{0}' names no host")]
    Host(Text),
    /// Something that is no port.
    #[error("the endpoint '{0}' has no port between 1 and 65535 after its host")]
    Port(Text),
    /// A query, a fragment, an escape or another odd character.
    #[error("the endpoint '{0}' has characters that an endpoint cannot have: SCHEME://HOST[:PORT][/PATH]")]
    Characters(Text),
}

impl EndpointUrl {
    /// Checks `text`.
    ///
    /// # Errors
    /// [`RefusedEndpoint`] says why nothing will be sent there.
    pub fn parse(text: &str) -> Result<Self, RefusedEndpoint> {
        let shown = || Text::new(text);
        if text.contains('@') {
            return Err(RefusedEndpoint::UserInfo);
        }
        let (is_plain, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (false, rest),
            (None, Some(rest)) => (true, rest),
            (None, None) => return Err(RefusedEndpoint::Scheme(shown())),
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let is_sound_path = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte))
            && !path.split('/').any(|segment| segment == "." || segment == "..");
        if !is_sound_path {
            return Err(RefusedEndpoint::Characters(shown()));
        }
        let (host, port) = split_port(authority);
        if port.is_some_and(|port| !is_port(port)) {
            return Err(RefusedEndpoint::Port(shown()));
        }
        let host = Host::parse(host).ok_or_else(|| RefusedEndpoint::Host(shown()))?;
        if is_plain && !host.is_loopback() {
            return Err(RefusedEndpoint::Plain(shown()));
        }
        Ok(Self(text.trim_end_matches('/').into()))
    }

    /// The URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

enum Host<'a> {
    Address(IpAddr),
    Name(&'a str),
}

impl<'a> Host<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        if let Some(inside) = text.strip_prefix('[') {
            let address: Ipv6Addr = inside.strip_suffix(']')?.parse().ok()?;
            return Some(Self::Address(address.into()));
        }
        if let Ok(address) = text.parse::<Ipv4Addr>() {
            return Some(Self::Address(address.into()));
        }
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        };
        let labels = text.strip_suffix('.').unwrap_or(text);
        // 127.1 and 0x7f000001 are addresses to some readers and names to others.
        let last_begins_with_a_digit =
            labels.rsplit('.').next().is_some_and(|label| label.starts_with(|c: char| c.is_ascii_digit()));
        (labels.split('.').all(is_label) && !last_begins_with_a_digit).then_some(Self::Name(text))
    }

    fn is_loopback(&self) -> bool {
        match self {
            Self::Address(address) => address.is_loopback(),
            // The HTTP client gives this name loopback addresses, whatever the resolver says.
            Self::Name(name) => *name == "localhost",
        }
    }
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    let after_address = authority.rfind(']').map_or(0, |end| end + 1);
    match authority.rfind(':').filter(|colon| *colon >= after_address) {
        Some(colon) => {
            let (host, port) = authority.split_at(colon);
            (host, port.strip_prefix(':'))
        }
        None => (authority, None),
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_this_machine_pass() {
        let cases = [
            ("https://voice-chime.us-east-1.amazonaws.com", "https://voice-chime.us-east-1.amazonaws.com"),
            ("https://gateway.example.com:8443/chime/", "https://gateway.example.com:8443/chime"),
            ("https://10.0.0.7", "https://10.0.0.7"),
            ("http://127.0.0.1:4711", "http://127.0.0.1:4711"),
            ("http://127.8.8.8:4711/", "http://127.8.8.8:4711"),
            ("http://[::1]:4711", "http://[::1]:4711"),
            ("http://localhost:4566", "http://localhost:4566"),
        ];
        for (text, url) in cases {
            assert_eq!(EndpointUrl::parse(text).map(|url| url.to_string()), Ok(url.to_owned()));
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        type Refused = fn(Text) -> RefusedEndpoint;
        let cases: [(&str, Refused); 22] = [
            ("", RefusedEndpoint::Scheme),
            ("voice-chime.us-east-1.amazonaws.com", RefusedEndpoint::Scheme),
            ("ftp://127.0.0.1", RefusedEndpoint::Scheme),
            ("http://voice-chime.us-east-1.amazonaws.com", RefusedEndpoint::Plain),
            ("http://10.0.0.7", RefusedEndpoint::Plain),
            ("http://169.254.169.254", RefusedEndpoint::Plain),
            ("http://localhost.example.com", RefusedEndpoint::Plain),
            ("http://127.0.0.1.example.com", RefusedEndpoint::Plain),
            ("http://[::2]", RefusedEndpoint::Plain),
            ("https://", RefusedEndpoint::Host),
            ("https://127.1", RefusedEndpoint::Host),
            ("https://0x7f000001", RefusedEndpoint::Host),
            ("https://a..b", RefusedEndpoint::Host),
            ("https://a b", RefusedEndpoint::Host),
            ("https://a%40b", RefusedEndpoint::Host),
            ("https://[::1", RefusedEndpoint::Host),
            ("https://a?x=1", RefusedEndpoint::Host),
            ("https://a:0", RefusedEndpoint::Port),
            ("https://a:70000", RefusedEndpoint::Port),
            ("https://a:+1", RefusedEndpoint::Port),
            ("https://a/..%2f", RefusedEndpoint::Characters),
            ("https://a/b/../c", RefusedEndpoint::Characters),
        ];
        for (text, refused) in cases {
            assert_eq!(EndpointUrl::parse(text), Err(refused(text.into())), "{text}");
        }
        for text in ["https://me:secret@a", "ftp://me:secret@a", "https://a/@b"] {
            assert_eq!(EndpointUrl::parse(text), Err(RefusedEndpoint::UserInfo));
        }
    }
}
