//! The canonical request of `SigV4`, for every service but S3: path normalised and encoded once more than on
//! the wire, query decoded, re-encoded and sorted, the named headers trimmed.

use http::HeaderMap;
use sha2::{Digest, Sha256};

use super::{Received, hexadecimal};
use crate::order_service::error_code::{ErrorCode, Refusal};
use crate::order_service::percent::{decode, encode};

pub(super) fn request(received: &Received<'_>, signed_headers: &[&str]) -> Result<String, Refusal> {
    let (path, query) = received.target.split_once('?').unwrap_or((received.target, ""));
    Ok(format!(
        "{method}\n{path}\n{query}\n{headers}\n{names}\n{payload}",
        method = received.method,
        path = self::path(path),
        query = self::query(query),
        headers = headers(received.headers, signed_headers)?,
        names = signed_headers.join(";"),
        payload = payload_hash(received)?,
    ))
}

/// Removes dot segments and repeated slashes, then encodes each segment as it stands: what came as `%20`
/// becomes `%2520`.
fn path(wire: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in wire.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            kept => segments.push(kept),
        }
    }
    let ends_in_slash = ["/", "/.", "/.."].iter().any(|end| wire.ends_with(end));
    let mut canonical = String::from("/");
    canonical
        .push_str(&segments.iter().map(|segment| encode(segment.as_bytes())).collect::<Vec<_>>().join("/"));
    if ends_in_slash && !segments.is_empty() {
        canonical.push('/');
    }
    canonical
}

fn query(wire: &str) -> String {
    let mut pairs: Vec<(String, String)> = wire
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (encode(&decode(name)), encode(&decode(value)))
        })
        .collect();
    pairs.sort();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// One line a header in the order named, each line ended.
fn headers(headers: &HeaderMap, names: &[&str]) -> Result<String, Refusal> {
    let mut lines = String::new();
    for name in names {
        let values: Vec<String> = headers
            .get_all(*name)
            .iter()
            .map(|value| {
                String::from_utf8_lossy(value.as_bytes())
                    .split_ascii_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        if values.is_empty() {
            let message = format!("'{name}' is named in SignedHeaders but is not in the request.");
            return Err(Refusal::new(ErrorCode::IncompleteSignature, message));
        }
        lines.extend([name, ":", values.join(",").as_str(), "\n"]);
    }
    Ok(lines)
}

/// The hash of the body, or what the signer declared about it if that is true.
fn payload_hash(received: &Received<'_>) -> Result<String, Refusal> {
    let actual = hexadecimal(&Sha256::digest(received.body));
    let declared = received.headers.get("x-amz-content-sha256").and_then(|value| value.to_str().ok());
    match declared {
        None => Ok(actual),
        Some(declared) if declared == actual || declared == "UNSIGNED-PAYLOAD" => Ok(declared.to_owned()),
        Some(_) => Err(Refusal::new(
            ErrorCode::InvalidSignature,
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_normalised_and_encoded_once_more_than_on_the_wire() {
        for (wire, canonical) in [
            ("/", "/"),
            ("", "/"),
            ("/phone-number-orders/", "/phone-number-orders/"),
            ("/a%20b%2Fc%2B%25d~%C3%A9", "/a%2520b%252Fc%252B%2525d~%25C3%25A9"),
            ("/a/./b/../c", "/a/c"),
            ("//a//", "/a/"),
            ("/a/..", "/"),
        ] {
            assert_eq!(path(wire), canonical, "{wire}");
        }
    }

    #[test]
    fn a_query_is_sorted_and_encoded_strictly() {
        for (wire, canonical) in [
            ("", ""),
            ("next-token=a%3Db%2Bc%2Fd&max-results=100", "max-results=100&next-token=a%3Db%2Bc%2Fd"),
            ("b=2&a=2&a=1&c", "a=1&a=2&b=2&c="),
            ("t=a/b~c", "t=a%2Fb~c"),
        ] {
            assert_eq!(query(wire), canonical, "{wire}");
        }
    }
}
