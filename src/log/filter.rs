//! What is logged: ours from `info` on, of others what they warn of, more where `RUST_LOG` names them.

use super::LogError;
use crate::domain::text::neutralise;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;

/// Whose events say too much by far, and have held secrets before: a level alone does not raise them.
const PINNED: [&str; 5] = ["aws_", "hyper", "reqwest", "rustls", "h2"];

/// The filter for `RUST_LOG`. A level alone, `debug`, is for all but [`PINNED`]; these are raised by name.
pub(super) fn read(text: Option<&str>) -> Result<Targets, LogError> {
    let Some(text) = text else { return Ok(with_pins(Targets::new().with_default(LevelFilter::INFO))) };
    let asked = text
        .parse::<Targets>()
        .map_err(|error| LogError::Filter { text: neutralise(text), reason: error.to_string() })?;
    Ok(with_pins(asked))
}

fn with_pins(asked: Targets) -> Targets {
    let is_named = |pin: &&str| asked.iter().any(|(target, _)| !target.is_empty() && pin.starts_with(target));
    let pins: Vec<_> = PINNED.into_iter().filter(|pin| !is_named(pin)).collect();
    let level = asked.default_level().unwrap_or(LevelFilter::OFF).min(LevelFilter::WARN);
    asked.with_targets(pins.into_iter().map(|pin| (pin, level)))
}

/// The most that any target may say.
pub(super) fn highest(filter: &Targets) -> LevelFilter {
    let named = filter.iter().map(|(_, level)| level);
    named.chain(filter.default_level()).max().unwrap_or(LevelFilter::OFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::Level;

    #[test]
    fn ours_are_logged_from_info_on_and_those_of_others_where_they_are_named() {
        const OURS: &str = "chimewatch::fetch";
        let cases = [
            (None, OURS, Level::INFO, true),
            (None, OURS, Level::DEBUG, false),
            (None, "aws_config::profile", Level::WARN, true),
            (None, "aws_config::profile", Level::INFO, false),
            (Some("trace"), OURS, Level::TRACE, true),
            (Some("trace"), "hyper_util::client", Level::INFO, false),
            (Some("error"), "hyper_util::client", Level::WARN, false),
            (Some("trace,aws_config=debug"), "aws_config::profile", Level::DEBUG, true),
            (Some("trace,aws_config=debug"), "aws_sigv4", Level::INFO, false),
            (Some("aws=trace"), "aws_sigv4", Level::TRACE, true),
            (Some("aws=trace"), OURS, Level::ERROR, false),
        ];
        for (text, target, level, expected) in cases {
            let filter = read(text).unwrap();
            assert_eq!(filter.would_enable(target, &level), expected, "{text:?} {target} {level}");
        }
    }

    #[test]
    fn what_is_no_filter_is_named() {
        let error = read(Some("chimewatch=loud")).unwrap_err().to_string();
        assert!(error.starts_with("RUST_LOG is 'chimewatch=loud', which is no filter: "), "{error}");
    }

    #[test]
    fn the_highest_level_is_that_of_any_target() {
        assert_eq!(highest(&read(None).unwrap()), LevelFilter::INFO);
        assert_eq!(highest(&read(Some("error,aws=trace")).unwrap()), LevelFilter::TRACE);
    }
}
