//! Which of the requests that a target names are struck.

use jiff::SignedDuration;

use super::Target;

/// The fewest requests that a limit saves up: with one alone its share would hang on how evenly they come.
const SAVED: f64 = 5.0;

/// What a rule remembers of the requests before, to choose among those that come.
#[derive(Debug)]
pub(super) enum Choice {
    /// None is spared.
    All,
    /// So many of a hundred, by lot.
    Drawn { percent: u8, lots: fastrand::Rng },
    /// Those for which a bucket, filled at this rate, has nothing left.
    Beyond { per_second: f64, most: f64, tokens: f64, counted: SignedDuration },
}

impl Choice {
    pub(super) fn of(target: &Target, elapsed: SignedDuration) -> Self {
        match target {
            Target::Every | Target::Order(_) | Target::List => Self::All,
            Target::Share { percent, seed } => {
                Self::Drawn { percent: *percent, lots: fastrand::Rng::with_seed(*seed) }
            }
            Target::Beyond { per_minute } => {
                let per_second = f64::from(*per_minute) / 60.0;
                let most = per_second.max(SAVED);
                Self::Beyond { per_second, most, tokens: most, counted: elapsed }
            }
        }
    }

    /// Whether the request that comes now is struck.
    pub(super) fn strikes(&mut self, elapsed: SignedDuration) -> bool {
        match self {
            Self::All => true,
            Self::Drawn { percent, lots } => lots.u8(0..100) < *percent,
            Self::Beyond { per_second, most, tokens, counted } => {
                let passed = (elapsed - *counted).as_secs_f64();
                *counted = elapsed;
                *tokens = (*tokens + *per_second * passed).min(*most);
                let is_beyond = *tokens < 1.0;
                *tokens -= if is_beyond { 0.0 } else { 1.0 };
                is_beyond
            }
        }
    }
}
