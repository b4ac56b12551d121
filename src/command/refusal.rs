//! What the store refuses, and how a command ends by it.

use super::Exit;
use super::report::{Report, Stop, error_line};
use crate::store::{Problem, StoreError};

/// Says what the store refused. A name that is wrong is wrong usage, all else a failure.
pub(super) fn refused<T>(report: &mut Report<'_>, error: &StoreError) -> Result<T, Stop> {
    match error.problem {
        Problem::NotThere | Problem::Taken | Problem::BadName => report.usage(error),
        Problem::DiskFull
        | Problem::ReadOnly
        | Problem::Denied
        | Problem::Busy
        | Problem::Broken
        | Problem::System => {
            report.below(error_line(report.output(), "Store", &error.to_string()));
            Err(Stop::Said(Exit::Failure))
        }
    }
}
