//! Arrays that are read element by element, so that what is left out is never kept.

use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// The elements of an array that are no null: the first so many, and how many there are.
#[derive(Debug)]
pub(super) struct AtMost<T, const MOST: usize> {
    pub(super) kept: Vec<T>,
    pub(super) all: usize,
}

impl<T, const MOST: usize> Default for AtMost<T, MOST> {
    fn default() -> Self {
        Self { kept: Vec::new(), all: 0 }
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for AtMost<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Elements(PhantomData))
    }
}

struct Elements<T, const MOST: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Elements<T, MOST> {
    type Value = AtMost<T, MOST>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut elements = AtMost::default();
        while elements.kept.len() < MOST {
            match sequence.next_element::<Option<T>>()? {
                Some(Some(element)) => elements.kept.push(element),
                Some(None) => {}
                None => break,
            }
        }
        elements.all = elements.kept.len();
        while let Some(left_out) = sequence.next_element::<Option<IgnoredAny>>()? {
            elements.all += usize::from(left_out.is_some());
        }
        Ok(elements)
    }
}
