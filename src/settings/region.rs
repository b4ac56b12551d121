//! A region's name, checked: it becomes a part of a host name and of a signature.

use crate::domain::Text;

/// The most characters of a label of a host name.
const LONGEST: usize = 63;

/// A text that cannot be the name of a region.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no region: one looks like us-east-1")]
pub struct NotARegion(Text);

/// Accepts lower-case letters, digits and hyphens within. Whether AWS has such a region is AWS's to say.
///
/// # Errors
/// [`NotARegion`] names the text.
pub fn check_region(text: &str) -> Result<(), NotARegion> {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_sound = (1..=LONGEST).contains(&text.len())
        && text.bytes().all(is_allowed)
        && !text.starts_with('-')
        && !text.ends_with('-');
    if is_sound { Ok(()) } else { Err(NotARegion(Text::new(text))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_lower_case_letters_digits_and_hyphens() {
        for region in ["us-east-1", "eu-central-1", "us-gov-west-1", "local"] {
            assert_eq!(check_region(region), Ok(()));
        }
        for text in
            ["", "US-EAST-1", "us_east_1", "us-east-1.evil.com", "a/b", "a@b", "a\r\nb", "-a", "a-", "é"]
        {
            assert!(check_region(text).is_err(), "{text}");
        }
        let message = check_region("us east\x1b").unwrap_err().to_string();
        assert_eq!(message, r"'us east\u{1b}' is no region: one looks like us-east-1");
    }
}
