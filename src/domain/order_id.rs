//! The identity of an order, the only part of a request that comes from outside.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// Characters in an order id: 8-4-4-4-12 and four hyphens.
pub const LENGTH: usize = 36;
/// Lengths of the five groups.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// The id of a phone-number order: five groups of 8-4-4-4-12 ASCII letters and digits.
///
/// Its one constructor checks the shape, so nothing else can reach a URL. The API documents hex digits
/// ([GetPhoneNumberOrder](https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_voice-chime_GetPhoneNumberOrder.html)),
/// yet its own sample order has letters beyond `f`: such an id is asked all the same, see
/// [`PhoneNumberOrderId::is_documented_hex`].
///
/// Written as it came; compared, ordered and hashed in lower case.
#[derive(Clone, Copy)]
pub struct PhoneNumberOrderId([u8; LENGTH]);

/// Why a text is no order id. The texts complete the sentence "'…' is no order ID: …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOrderId {
    /// Nothing was given.
    #[error("it is empty")]
    Empty,
    /// Another number of groups than five.
    #[error("{0} {unit} instead of 5 (8-4-4-4-12)", unit = if *.0 == 1 { "group" } else { "groups" })]
    Groups(usize),
    /// A group of another length.
    #[error("group {group} has {found} characters instead of {expected} (8-4-4-4-12)")]
    GroupLength {
        /// The group, counted from 1.
        group: usize,
        /// Characters found.
        found: usize,
        /// Characters expected.
        expected: usize,
    },
    /// Something other than an ASCII letter or digit.
    #[error("group {group} has a character that is neither a letter nor a digit")]
    Character {
        /// The group, counted from 1.
        group: usize,
    },
}

impl PhoneNumberOrderId {
    /// Checks the shape of `text`.
    ///
    /// ```
    /// use chimewatch::domain::PhoneNumberOrderId;
    ///
    /// let id = PhoneNumberOrderId::parse("3F2A91C0-77aa-4e0b-9a55-0d1f5e2bc01d")?;
    /// assert_eq!(id, PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d")?);
    /// let error = PhoneNumberOrderId::parse("3f2a91c0-77aa").unwrap_err();
    /// assert_eq!(error.to_string(), "2 groups instead of 5 (8-4-4-4-12)");
    /// # Ok::<(), chimewatch::domain::order_id::NotAnOrderId>(())
    /// ```
    ///
    /// # Errors
    /// [`NotAnOrderId`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NotAnOrderId> {
        // A start reads thousands of ids: one pass for those that are right, the reason only for the others.
        if let Ok(bytes) = <[u8; LENGTH]>::try_from(text.as_bytes())
            && bytes.iter().enumerate().all(|(place, byte)| match place {
                8 | 13 | 18 | 23 => *byte == b'-',
                _ => byte.is_ascii_alphanumeric(),
            })
        {
            return Ok(Self(bytes));
        }
        if text.is_empty() {
            return Err(NotAnOrderId::Empty);
        }
        let groups = text.split('-').count();
        if groups != GROUPS.len() {
            return Err(NotAnOrderId::Groups(groups));
        }
        for (index, (part, expected)) in text.split('-').zip(GROUPS).enumerate() {
            let group = index + 1;
            if !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return Err(NotAnOrderId::Character { group });
            }
            if part.len() != expected {
                return Err(NotAnOrderId::GroupLength { group, found: part.len(), expected });
            }
        }
        let mut bytes = [0; LENGTH];
        bytes.copy_from_slice(text.as_bytes());
        Ok(Self(bytes))
    }

    /// The id as it came.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The first eight characters, for where the whole has no room.
    pub fn short(&self) -> &str {
        self.as_str().get(..8).unwrap_or_default()
    }

    /// True when every character is one that the API's pattern allows.
    pub fn is_documented_hex(&self) -> bool {
        self.0.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-')
    }

    fn folded(&self) -> [u8; LENGTH] {
        self.0.map(|byte| byte.to_ascii_lowercase())
    }
}

impl std::str::FromStr for PhoneNumberOrderId {
    type Err = NotAnOrderId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl PartialEq for PhoneNumberOrderId {
    fn eq(&self, other: &Self) -> bool {
        // Nearly always they come from one and the same place.
        self.0 == other.0 || self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for PhoneNumberOrderId {}

impl Hash for PhoneNumberOrderId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(&self.folded());
    }
}

impl PartialOrd for PhoneNumberOrderId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PhoneNumberOrderId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(&other.folded())
    }
}

impl fmt::Display for PhoneNumberOrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for PhoneNumberOrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shape_8_4_4_4_12_of_letters_and_digits_passes() {
        let cases = [
            ("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d", Ok(())),
            ("abc12345-de67-89f0-123g-h45i678j9012", Ok(())),
            ("", Err(NotAnOrderId::Empty)),
            ("3f2a91c0-77aa", Err(NotAnOrderId::Groups(2))),
            ("3f2a91c0", Err(NotAnOrderId::Groups(1))),
            (
                "3f2a91c-77aa-4e0b-9a55-0d1f5e2bc01d",
                Err(NotAnOrderId::GroupLength { group: 1, found: 7, expected: 8 }),
            ),
            ("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc0/d", Err(NotAnOrderId::Character { group: 5 })),
            ("3f2a91c0-7%2f-4e0b-9a55-0d1f5e2bc01d", Err(NotAnOrderId::Character { group: 2 })),
            ("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01\n", Err(NotAnOrderId::Character { group: 5 })),
            ("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc0é", Err(NotAnOrderId::Character { group: 5 })),
        ];
        for (text, expected) in cases {
            assert_eq!(PhoneNumberOrderId::parse(text).map(|_| ()), expected, "{text}");
        }
    }

    #[test]
    fn the_reason_reads_as_a_sentence() {
        let reason = |text: &str| PhoneNumberOrderId::parse(text).unwrap_err().to_string();
        assert_eq!(reason("3f2a91c0-77aa"), "2 groups instead of 5 (8-4-4-4-12)");
        assert_eq!(reason("x"), "1 group instead of 5 (8-4-4-4-12)");
    }

    #[test]
    fn an_id_is_compared_in_lower_case_and_written_as_it_came() {
        let upper = PhoneNumberOrderId::parse("3F2A91C0-77AA-4E0B-9A55-0D1F5E2BC01D").unwrap();
        let lower = PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap();
        assert_eq!(upper, lower);
        assert_eq!(std::collections::HashSet::from([upper, lower]).len(), 1);
        assert_eq!(upper.to_string(), "3F2A91C0-77AA-4E0B-9A55-0D1F5E2BC01D");
        assert_eq!(upper.short(), "3F2A91C0");
    }

    #[test]
    fn letters_beyond_f_are_told_apart() {
        let sample = PhoneNumberOrderId::parse("abc12345-de67-89f0-123g-h45i678j9012").unwrap();
        assert!(!sample.is_documented_hex());
    }
}
