//! Randomness as a function: the same seed, key and round always give the same fraction.

use std::hash::{Hash, Hasher};
use std::time::Duration;

/// The most that jitter lengthens an interval, in permille of it. It never shortens one.
const MOST: u32 = 100;

/// What one order's jitter in one round is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jitter {
    /// One for a run, another for each order.
    pub seed: u64,
    /// How often the order was asked.
    pub round: u32,
}

impl Jitter {
    /// The jitter of one key in a run with `seed`, in a round.
    pub fn of(key: &impl Hash, seed: u64, round: u32) -> Self {
        let mut hasher = Splitmix(seed);
        key.hash(&mut hasher);
        Self { seed: hasher.finish(), round }
    }

    /// `interval` and up to a tenth more; unchanged in the first round, so that what is asked for first is not late.
    pub fn lengthen(self, interval: Duration) -> Duration {
        match self.round {
            0 => interval,
            _ => interval + interval.saturating_mul(self.permille() * MOST / 1000) / 1000,
        }
    }

    /// A part of `span`, spread evenly from nothing to all of it.
    pub fn part_of(self, span: Duration) -> Duration {
        span.saturating_mul(self.permille()) / 1000
    }

    fn permille(self) -> u32 {
        let mixed = mix(self.seed ^ mix(u64::from(self.round).wrapping_add(GOLDEN)));
        u32::try_from(mixed % 1001).unwrap_or(0)
    }
}

/// The golden ratio in 64 bits: the increment of splitmix64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The mixing function of splitmix64 (Steele, Lea, Flood 2014).
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A hasher whose result is the same in every run, unlike the standard library's.
struct Splitmix(u64);

impl Hasher for Splitmix {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(self.0.wrapping_add(GOLDEN) ^ u64::from(*byte));
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_lengthened_by_at_most_a_tenth_from_the_second_round_on() {
        let interval = Duration::from_secs(100);
        assert_eq!(Jitter::of(&"order", 7, 0).lengthen(interval), interval);
        for round in 1..1000 {
            let lengthened = Jitter::of(&"order", 7, round).lengthen(interval);
            assert!((interval..=interval * 11 / 10).contains(&lengthened), "{round}: {lengthened:?}");
        }
    }

    #[test]
    fn the_same_seed_key_and_round_give_the_same_and_others_are_spread() {
        let part = |key: u32, round| Jitter::of(&key, 7, round).part_of(Duration::from_secs(1000));
        assert_eq!(part(3, 5), part(3, 5));
        let lower = (0..1000).filter(|key| part(*key, 1) < Duration::from_secs(500)).count();
        assert!((400..600).contains(&lower), "{lower}");
    }
}
