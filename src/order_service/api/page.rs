//! Pages of `ListPhoneNumberOrders`. The token is opaque to clients and full of characters that a careless one
//! would send unencoded.

use crate::order_service::error_code::{ErrorCode, Refusal};
use crate::order_service::percent;

const LARGEST: usize = 100;
/// Without `max-results`; the real default is not documented.
const DEFAULT: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) offset: usize,
    pub(super) size: usize,
}

impl Page {
    /// Reads `max-results` and `next-token` from the raw query.
    pub(super) fn asked_for(query: &str, region: &str) -> Result<Self, Refusal> {
        let bad = |message: String| Refusal::new(ErrorCode::BadRequest, message);
        let mut page = Self { offset: 0, size: DEFAULT };
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = String::from_utf8_lossy(&percent::decode(value)).into_owned();
            match name {
                "max-results" => {
                    page.size =
                        value.parse().ok().filter(|size| (1..=LARGEST).contains(size)).ok_or_else(|| {
                            bad(format!("max-results must be between 1 and {LARGEST}, not {value}"))
                        })?;
                }
                "next-token" => {
                    page.offset = offset(&value, region)
                        .ok_or_else(|| bad("The next-token is not valid.".to_owned()))?;
                }
                _ => {}
            }
        }
        Ok(page)
    }

    pub(super) fn next_token(self, region: &str) -> String {
        token(self.offset + self.size, region)
    }
}

fn token(offset: usize, region: &str) -> String {
    format!("{region}/+{offset:08x}==")
}

fn offset(token: &str, region: &str) -> Option<usize> {
    let digits = token.strip_prefix(region)?.strip_prefix("/+")?.strip_suffix("==")?;
    usize::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_to_the_next_page_of_its_region_only() {
        let token = Page { offset: 100, size: 50 }.next_token("us-east-1");
        let query = format!("max-results=20&next-token={}", percent::encode(token.as_bytes()));
        assert_eq!(Page::asked_for(&query, "us-east-1"), Ok(Page { offset: 150, size: 20 }));
        assert_eq!(Page::asked_for(&query, "us-west-2").unwrap_err().code, ErrorCode::BadRequest);
    }

    #[test]
    fn a_page_size_outside_the_documented_range_is_a_bad_request() {
        for (size, accepted) in [("0", false), ("1", true), ("100", true), ("101", false), ("ten", false)] {
            assert_eq!(
                Page::asked_for(&format!("max-results={size}"), "us-east-1").is_ok(),
                accepted,
                "{size}"
            );
        }
    }
}
