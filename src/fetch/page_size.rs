//! How many orders a page is asked to hold, and where that proved too many.

use crate::domain::Scope;
use crate::settings::Api;
use std::collections::HashMap;
use std::num::NonZeroU8;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many orders a page may hold: `max-results`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PageSize(NonZeroU8);

impl PageSize {
    /// A single order.
    pub(super) const SMALLEST: Self = Self(NonZeroU8::MIN);

    /// As many as the API allows.
    pub(super) const fn largest(api: Api) -> Self {
        let size = match api {
            Api::Voice => NonZeroU8::new(100),
            Api::Chime => NonZeroU8::new(99),
        };
        match size {
            Some(size) => Self(size),
            None => Self(NonZeroU8::MIN),
        }
    }

    /// Half as many; none where there is nothing left to halve.
    pub(super) fn halved(self) -> Option<Self> {
        NonZeroU8::new(self.0.get() / 2).map(Self)
    }

    pub(super) const fn get(self) -> u8 {
        self.0.get()
    }
}

/// The sizes of the scopes whose pages were too long to be read; elsewhere the largest counts.
#[derive(Debug, Default)]
pub(super) struct PageSizes(Mutex<HashMap<Arc<Scope>, PageSize>>);

impl PageSizes {
    pub(super) fn of(&self, scope: &Arc<Scope>, api: Api) -> PageSize {
        self.learnt().get(scope).copied().unwrap_or_else(|| PageSize::largest(api))
    }

    /// A page of this size was too long. Of several at the same time the smallest counts.
    pub(super) fn halve(&self, scope: &Arc<Scope>, size: PageSize) {
        if let Some(half) = size.halved() {
            let mut learnt = self.learnt();
            let known = learnt.entry(Arc::clone(scope)).or_insert(half);
            *known = half.min(*known);
        }
    }

    fn learnt(&self) -> MutexGuard<'_, HashMap<Arc<Scope>, PageSize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_halved_until_it_holds_one_order() {
        let mut sizes = vec![PageSize::largest(Api::Voice)];
        while let Some(half) = sizes.last().and_then(|size| size.halved()) {
            sizes.push(half);
        }
        assert_eq!(sizes.into_iter().map(PageSize::get).collect::<Vec<_>>(), [100, 50, 25, 12, 6, 3, 1]);
    }

    #[test]
    fn of_pages_that_were_too_long_at_the_same_time_the_smallest_counts() {
        let scope = Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: None });
        let sizes = PageSizes::default();
        let largest = sizes.of(&scope, Api::Chime);
        sizes.halve(&scope, largest);
        let half = sizes.of(&scope, Api::Chime);
        sizes.halve(&scope, half);
        sizes.halve(&scope, largest);
        assert_eq!((largest.get(), half.get(), sizes.of(&scope, Api::Chime).get()), (99, 49, 24));
    }
}
