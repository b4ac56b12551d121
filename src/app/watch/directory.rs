//! The orders of an account, as its list gives them: for choosing from, and for taking in what is new.

use super::Watch;
use crate::domain::{Failure, PhoneNumberOrder, PhoneNumberOrderId, Scope};
use jiff::Timestamp;
use std::sync::Arc;

/// The account whose orders somebody chooses from.
#[derive(Clone, Debug, PartialEq)]
pub struct Directory {
    /// Whose orders, where.
    pub scope: Arc<Scope>,
    /// Those that were read so far, in the order of the list.
    pub orders: Vec<PhoneNumberOrder>,
    /// How far reading it is.
    pub reading: Reading,
}

/// How far reading a list is.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Pages are still to come.
    Underway,
    /// It was read to its end.
    Whole {
        /// When, by the corrected wall clock.
        at: Timestamp,
    },
    /// The list cannot be read; what came before stands.
    Failed(Box<Failure>),
}

/// An order that a followed account has and nobody had seen in this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// Whose it is, where.
    pub scope: Arc<Scope>,
    /// Which order.
    pub id: PhoneNumberOrderId,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// Whether nothing more is expected of it.
    pub is_settled: bool,
}

impl Watch {
    /// The account whose orders somebody chooses from; none while nobody does.
    pub fn directory(&self) -> Option<&Directory> {
        self.directory.as_ref()
    }

    /// The orders that followed accounts have shown since this was last asked, each once in a run. Which of them a
    /// list takes in is not the engine's affair.
    pub fn take_newcomers(&mut self) -> Vec<Newcomer> {
        std::mem::take(&mut self.newcomers)
    }

    pub(super) fn browse(&mut self, scope: Option<Arc<Scope>>) {
        self.directory =
            scope.map(|scope| Directory { scope, orders: Vec::new(), reading: Reading::Underway });
        self.version += 1;
    }
}
