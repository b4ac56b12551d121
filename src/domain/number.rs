//! The numbers of an order, packed: ten thousand orders of fifty numbers have to fit a small process.

use super::{NumberStatus, Text};
use std::fmt;
use std::num::NonZeroU64;

/// A telephone number in E.164 form, at most 15 digits, kept inline.
///
/// Source: ITU-T E.164; the API's pattern is `^\+?[1-9]\d{1,14}$`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct E164(NonZeroU64);

impl E164 {
    /// Reads `+15035550107`, the plus being optional; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let sound = (2..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        if !sound {
            return None;
        }
        digits.parse().ok().and_then(NonZeroU64::new).map(Self)
    }

    /// The digits as a number: `+1 503 555 0107` is 15035550107.
    pub const fn digits(self) -> u64 {
        self.0.get()
    }

    /// `+1 503 555 0107`: the country code and the groups that people read.
    pub fn grouped(self) -> String {
        group_digits(&self.0.to_string())
    }
}

impl fmt::Display for E164 {
    /// `+15035550107`, as the API writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Puts the spaces into a number without its plus; `x` may stand for digits that differ.
pub fn group_digits(digits: &str) -> String {
    let (country, national) = digits.split_at_checked(country_code_length(digits)).unwrap_or((digits, ""));
    let groups: &[usize] = match (country, national.len()) {
        ("1", 10) | ("33" | "61", _) => &[3, 3, 4],
        ("44", 10) if national.starts_with('2') => &[2, 4, 4],
        ("44", 10) => &[4, 3, 3],
        _ => &[3, 3, 3, 3, 3],
    };
    let mut grouped = format!("+{country}");
    let mut rest = national;
    for &length in groups {
        let Some((group, tail)) = rest.split_at_checked(length) else { break };
        grouped.push(' ');
        grouped.push_str(group);
        rest = tail;
    }
    if !rest.is_empty() {
        grouped.push(' ');
        grouped.push_str(rest);
    }
    grouped
}

/// Digits of the country code: one for zones 1 and 7, two for those that ITU-T E.164 lists, else three.
pub(super) fn country_code_length(digits: &str) -> usize {
    let two = digits.get(..2).unwrap_or(digits);
    match two.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7']
        | [b'3', b'0'..=b'4' | b'6' | b'9']
        | [b'4', b'0' | b'1' | b'3'..=b'9']
        | [b'5', b'1'..=b'8']
        | [b'6', b'0'..=b'6']
        | [b'8', b'1' | b'2' | b'4' | b'6']
        | [b'9', b'0'..=b'5' | b'8'] => 2,
        _ => 3,
    }
}

/// A number as the API gave it: nearly always E.164, else whatever text came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberText<'a> {
    /// A well-formed number.
    E164(E164),
    /// Anything else.
    Other(&'a Text),
}

impl<'a> NumberText<'a> {
    /// A number that the API gave as this text.
    pub fn of(text: &'a Text) -> Self {
        let number = E164::parse(text.raw()).filter(|_| text.raw().starts_with('+'));
        number.map_or(Self::Other(text), Self::E164)
    }
}

impl NumberText<'_> {
    /// The number as people read it, neutralised where it is not E.164.
    pub fn grouped(self) -> String {
        match self {
            Self::E164(number) => number.grouped(),
            Self::Other(text) => text.to_string(),
        }
    }

    /// The number as the API wrote it, for files and comparison.
    pub fn raw(self) -> String {
        match self {
            Self::E164(number) => number.to_string(),
            Self::Other(text) => text.raw().to_owned(),
        }
    }
}

/// One number of an order and its state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrderedPhoneNumber<'a> {
    /// The number.
    pub number: NumberText<'a>,
    /// Its state.
    pub status: NumberStatus,
}

/// Sixteen bytes a number: the digits, or with `ODD` set a place in the odd texts, and a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Packed {
    number: u64,
    state: u8,
}

const ODD: u64 = 1 << 63;
const PROCESSING: u8 = 0;
const ACQUIRED: u8 = 1;
const FAILED: u8 = 2;
/// From here on a state is a place in the odd texts.
const FIRST_ODD_STATE: u8 = 3;

/// The numbers of an order in the order in which the API gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    packed: Box<[Packed]>,
    odd: Box<[Text]>,
}

/// How many numbers are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    /// All numbers of the order.
    pub total: u32,
    /// Those that belong to the account.
    pub acquired: u32,
    /// Those that could not be had.
    pub failed: u32,
    /// Those that AWS works on.
    pub processing: u32,
}

impl Counts {
    /// Numbers in a state that we do not know.
    pub const fn unknown(self) -> u32 {
        self.total - self.acquired - self.failed - self.processing
    }

    /// Numbers that are neither acquired nor failed.
    pub const fn waiting(self) -> u32 {
        self.total - self.acquired - self.failed
    }
}

impl Numbers {
    /// Packs numbers and their states as the API spells them.
    pub fn new<'a>(numbers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut odd: Vec<Text> = Vec::new();
        let packed = numbers
            .into_iter()
            .map(|(number, status)| {
                let number = match E164::parse(number) {
                    // The API's pattern allows a number without its plus; its text is kept.
                    Some(parsed) if number.starts_with('+') => parsed.digits(),
                    _ => ODD | place_of(&mut odd, number) as u64,
                };
                let state = match status {
                    "Processing" => PROCESSING,
                    "Acquired" => ACQUIRED,
                    "Failed" => FAILED,
                    other => pack_odd_state(&mut odd, other),
                };
                Packed { number, state }
            })
            .collect();
        Self { packed, odd: odd.into_boxed_slice() }
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// True when the order carries no number.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// Number `index`, counted from 0.
    pub fn get(&self, index: usize) -> Option<OrderedPhoneNumber<'_>> {
        self.packed.get(index).map(|packed| self.unpack(*packed))
    }

    /// All numbers, in the order in which the API gave them.
    pub fn iter(
        &self,
    ) -> impl DoubleEndedIterator<Item = OrderedPhoneNumber<'_>> + ExactSizeIterator + Clone {
        self.packed.iter().map(|packed| self.unpack(*packed))
    }

    /// How many are in which state.
    pub fn counts(&self) -> Counts {
        let mut counts =
            Counts { total: u32::try_from(self.packed.len()).unwrap_or(u32::MAX), ..Counts::default() };
        for packed in &self.packed {
            match packed.state {
                PROCESSING => counts.processing += 1,
                ACQUIRED => counts.acquired += 1,
                FAILED => counts.failed += 1,
                _ => {}
            }
        }
        counts
    }

    fn unpack(&self, packed: Packed) -> OrderedPhoneNumber<'_> {
        let number = match NonZeroU64::new(packed.number) {
            Some(digits) if packed.number & ODD == 0 => NumberText::E164(E164(digits)),
            _ => NumberText::Other(self.odd_text(packed.number & !ODD)),
        };
        let status = match packed.state {
            PROCESSING => NumberStatus::Processing,
            ACQUIRED => NumberStatus::Acquired,
            FAILED => NumberStatus::Failed,
            odd => NumberStatus::Unknown(Box::new(self.odd_text(u64::from(odd - FIRST_ODD_STATE)).clone())),
        };
        OrderedPhoneNumber { number, status }
    }

    fn odd_text(&self, place: u64) -> &Text {
        static NOTHING: std::sync::LazyLock<Text> = std::sync::LazyLock::new(Text::default);
        usize::try_from(place).ok().and_then(|place| self.odd.get(place)).unwrap_or(&NOTHING)
    }
}

/// The place of `text` among the odd texts, added where it is new.
fn place_of(odd: &mut Vec<Text>, text: &str) -> usize {
    odd.iter().position(|known| known.raw() == text).unwrap_or_else(|| {
        odd.push(Text::new(text));
        odd.len() - 1
    })
}

/// States have one byte. Past 253 odd texts a new state shares the last place: shown as unknown all the same.
fn pack_odd_state(odd: &mut Vec<Text>, state: &str) -> u8 {
    let place = place_of(odd, state).min(usize::from(u8::MAX - FIRST_ODD_STATE));
    FIRST_ODD_STATE + u8::try_from(place).unwrap_or(u8::MAX - FIRST_ODD_STATE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_people_read_them() {
        let cases = [
            ("+15035550107", "+1 503 555 0107"),
            ("+442079460123", "+44 20 7946 0123"),
            ("+441632960123", "+44 1632 960 123"),
            ("+4930123456", "+49 301 234 56"),
            ("+35312345678", "+353 123 456 78"),
            ("+12", "+1 2"),
        ];
        for (raw, grouped) in cases {
            let number = E164::parse(raw).unwrap();
            assert_eq!((number.grouped().as_str(), number.to_string().as_str()), (grouped, raw));
        }
    }

    #[test]
    fn what_is_no_e164_number_is_none() {
        for text in ["", "+", "+0123", "+1", "1234567890123456", "+1503555010a", "tel:+15035550107"] {
            assert_eq!(E164::parse(text), None, "{text}");
        }
    }

    #[test]
    fn packing_keeps_every_number_and_state_as_it_came() {
        let came = [
            ("+15035550107", "Acquired"),
            ("15035550108", "Failed"),
            ("not a number", "Processing"),
            ("+15035550109", "Teleported"),
            ("not a number", "Teleported"),
        ];
        let numbers = Numbers::new(came);
        let back: Vec<_> =
            numbers.iter().map(|each| (each.number.raw(), each.status.raw().to_owned())).collect();
        assert_eq!(back, came.map(|(number, state)| (number.to_owned(), state.to_owned())));
        let counts = numbers.counts();
        assert_eq!(counts, Counts { total: 5, acquired: 1, failed: 1, processing: 1 });
        assert_eq!((counts.unknown(), counts.waiting()), (2, 3));
        assert_eq!(size_of::<Packed>(), 16);
    }

    #[test]
    fn a_thousand_odd_states_stay_unknown() {
        let states: Vec<_> = (0..1000).map(|index| format!("State{index}")).collect();
        let numbers = Numbers::new(states.iter().map(|state| ("+15035550107", state.as_str())));
        assert!(numbers.iter().all(|each| matches!(each.status, NumberStatus::Unknown(_))));
    }
}
