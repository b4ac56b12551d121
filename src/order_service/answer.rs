//! An answer before it is sent: status, headers, body, and the manner in which it goes over the wire.

use std::time::Duration;

use super::error_code::Refusal;
use super::fault::{Fault, RetryHint};

/// How the body reaches the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    AtOnce,
    After(Duration),
    Never,
    /// Half the body under the length of the whole, then the connection ends.
    Half,
    /// The connection ends before the first byte.
    Close,
    /// Piece by piece over this long.
    Drip(Duration),
    /// Without a length.
    Chunked,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) delivery: Delivery,
}

impl Answer {
    pub(super) fn ok(body: Vec<u8>) -> Self {
        Self::empty(200).with_body(body)
    }

    fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), delivery: Delivery::AtOnce }
    }

    fn with_body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    fn delivered(self, delivery: Delivery) -> Self {
        Self { delivery, ..self }
    }

    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    /// What becomes of the right answer under a fault.
    pub(super) fn struck_by(self, fault: &Fault) -> Self {
        match fault {
            Fault::Error(code) => Self::from(&Refusal::from(*code)),
            Fault::Throttle(hint) => {
                let throttled = Self::from(&Refusal::from(super::ErrorCode::ThrottledClient));
                match hint {
                    RetryHint::RetryAfter(text) => throttled.with_header("Retry-After", text),
                    RetryHint::AmzRetryAfter(milliseconds) => {
                        throttled.with_header("x-amz-retry-after", milliseconds.to_string())
                    }
                }
            }
            Fault::Status(status) => Self::empty(*status),
            Fault::Hang => self.delivered(Delivery::Never),
            Fault::Delay(time) => self.delivered(Delivery::After(*time)),
            Fault::Close => self.delivered(Delivery::Close),
            Fault::HalfBody => self.delivered(Delivery::Half),
            Fault::Garbage => Self::ok(b"<html><body>It works</body></html>".to_vec()),
            Fault::EmptyObject => Self::ok(b"{}".to_vec()),
            Fault::EmptyBody => Self::empty(200),
            Fault::Redirect(location) => Self::empty(302).with_header("Location", location),
            Fault::Oversized(bytes) => self.padded_to(*bytes).delivered(Delivery::Chunked),
            Fault::Drip(time) => self.delivered(Delivery::Drip(*time)),
            Fault::Verbatim(answer) => Self {
                status: answer.status,
                headers: answer.headers.clone(),
                body: answer.body.clone(),
                delivery: Delivery::AtOnce,
            },
        }
    }

    /// Blanks before the last brace: still the same JSON, so that only its size can be refused.
    fn padded_to(mut self, bytes: usize) -> Self {
        if let Some(last) = self.body.pop() {
            self.body.resize(bytes.saturating_sub(1).max(self.body.len()), b' ');
            self.body.push(last);
        }
        self
    }
}

impl From<&Refusal> for Answer {
    fn from(refusal: &Refusal) -> Self {
        let form = refusal.code.form();
        let body = match form.body_code {
            Some(code) => serde_json::json!({ "Code": code, "Message": refusal.message }),
            None => serde_json::json!({ "message": refusal.message }),
        };
        Self::empty(form.status).with_header("x-amzn-ErrorType", form.name).with_body(body.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order_service::ErrorCode;

    #[test]
    fn an_error_carries_its_name_in_the_header_and_its_code_in_the_body() {
        let answer = Answer::from(&Refusal::from(ErrorCode::NotFound));
        assert_eq!(
            answer,
            Answer {
                status: 404,
                headers: vec![("x-amzn-ErrorType".to_owned(), "NotFoundException".to_owned())],
                body: br#"{"Code":"NotFound","Message":"The phone number order does not exist."}"#.to_vec(),
                delivery: Delivery::AtOnce,
            }
        );
    }

    #[test]
    fn a_padded_answer_has_the_size_asked_for_and_is_the_same_json() {
        let answer = Answer::ok(br#"{"PhoneNumberOrder":{}}"#.to_vec()).struck_by(&Fault::Oversized(4_096));
        assert_eq!((answer.body.len(), answer.delivery), (4_096, Delivery::Chunked));
        let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(json, serde_json::json!({ "PhoneNumberOrder": {} }));
    }
}
