//! What a sound file says, without where it says it: the short way of a start, in half the time of the long one, and
//! of a file in the plain form in a small part of it.

mod plain;

use crate::domain::watchlist::Following;
use crate::domain::{Entry, PhoneNumberOrderId, Text, order_id};
use serde::Deserialize;
use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// The least that a file says of an order: `[[order]]`, and `id=` with its text on a line of its own.
const SHORTEST: usize = "[[order]]\nid=''\n".len() + order_id::LENGTH;

/// The orders of a file in which nothing is wrong.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) profile: Option<Arc<str>>,
    pub(super) region: Option<Arc<str>>,
    pub(super) following: Following,
    pub(super) except: Vec<PhoneNumberOrderId>,
    pub(super) entries: Vec<Entry>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    profile: Option<Cow<'a, str>>,
    #[serde(borrow)]
    region: Option<Cow<'a, str>>,
    #[serde(default)]
    follow_account: bool,
    #[serde(borrow, default)]
    except: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    order: Vec<Order<'a>>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Order<'a> {
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    label: Option<Cow<'a, str>>,
    #[serde(borrow)]
    note: Option<Cow<'a, str>>,
    #[serde(borrow)]
    profile: Option<Cow<'a, str>>,
    #[serde(borrow)]
    region: Option<Cow<'a, str>>,
}

/// Reads a file; none where anything about it has to be told, which is for [`super::Document`] to do.
pub(super) fn read(text: &str) -> Option<Listing> {
    let mut entries = Entries::of(text);
    let head = if let Some(head) = plain::read(text, &mut |order| entries.take(order)) {
        head
    } else {
        let mut file: File<'_> = toml::from_str(text).ok()?;
        // `order = [{ ... }]` says the same to serde, but is no table that could be edited as a piece of text.
        if text.matches("[[order]]").count() < file.order.len() {
            return None;
        }
        entries = Entries::of(text);
        file.order.drain(..).try_for_each(|order| entries.take(order))?;
        file
    };
    let except = head.except.iter().map(|id| PhoneNumberOrderId::parse(id).ok());
    Some(Listing {
        following: if head.follow_account { Following::Account } else { Following::Nothing },
        except: except.collect::<Option<_>>()?,
        entries: entries.each_once()?,
        profile: name(head.profile.as_deref()),
        region: name(head.region.as_deref()),
    })
}

/// The entries of a file, taken one after the other: a start of ten thousand holds them once, and little besides.
struct Entries {
    taken: Vec<Entry>,
    hasher: RandomState,
    hashes: Vec<u64>,
}

impl Entries {
    /// With room for all that a text can name: what is never touched takes no memory.
    fn of(text: &str) -> Self {
        let most = text.len() / SHORTEST;
        let (taken, hashes) = (Vec::with_capacity(most), Vec::with_capacity(most));
        Self { taken, hasher: RandomState::new(), hashes }
    }

    /// None where it is no entry.
    fn take(&mut self, order: Order<'_>) -> Option<()> {
        let id = PhoneNumberOrderId::parse(&order.id?).ok()?;
        self.hashes.push(self.hasher.hash_one(id));
        self.taken.push(Entry {
            id,
            label: text_of(order.label.as_deref()),
            note: text_of(order.note.as_deref()),
            profile: name(order.profile.as_deref()),
            region: name(order.region.as_deref()),
        });
        Some(())
    }

    /// None where an order is named twice. Two orders of one hash, once in a long life, cost no more than the long way.
    fn each_once(mut self) -> Option<Vec<Entry>> {
        self.hashes.sort_unstable();
        self.hashes.is_sorted_by(|one, next| one < next).then_some(self.taken)
    }
}

fn text_of(text: Option<&str>) -> Option<Text> {
    text.filter(|text| !text.is_empty()).map(Text::new)
}

fn name(text: Option<&str>) -> Option<Arc<str>> {
    text.filter(|text| !text.is_empty()).map(Arc::from)
}

#[cfg(test)]
mod tests {
    use super::super::document::Document;
    use super::*;

    const ID: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

    #[test]
    fn the_short_way_says_what_the_long_one_says_or_nothing() {
        let order = format!("[[order]]\nid = \"{ID}\"\n");
        let cases = [
            (String::new(), true),
            ("profile = \"\"\nregion = 'us-west-2'\nother = 5".to_owned(), true),
            (format!("profile = 'a\\b'\n{order}label = \"\\u00e9\"\nnote = ''\nticket = 5\n"), true),
            (format!("{order}profile = 'dev'\nregion = 'eu-west-1'\n[other]\nx = 1\n"), true),
            (format!("{order}{order}"), false),
            (format!("{order}label = 5\n"), false),
            (format!("follow_account = true\nexcept = [\"{ID}\"]\n"), true),
            (format!("follow_account = false\nexcept = []\n{order}"), true),
            ("follow_account = 'yes'".to_owned(), false),
            ("except = 'x'".to_owned(), false),
            ("except = ['x']".to_owned(), false),
            ("profile = 5".to_owned(), false),
            ("[[order]]\nid = 'x'".to_owned(), false),
            ("[[order]]\n".to_owned(), false),
            (format!("order = [{{ id = '{ID}' }}]"), false),
            ("order = 5".to_owned(), false),
            ("[[order".to_owned(), false),
        ];
        for (text, is_sound) in cases {
            let short = read(&text);
            assert_eq!(short.is_some(), is_sound, "{text}");
            if let Some(short) = short {
                let long = Document::parse(text.clone()).unwrap();
                assert_eq!(
                    (short.profile, short.region, short.following, short.except),
                    (long.profile.clone(), long.region.clone(), long.following, long.except.clone()),
                    "{text}"
                );
                assert_eq!(short.entries, long.entries().cloned().collect::<Vec<_>>(), "{text}");
                assert_eq!(long.warnings, []);
            }
        }
    }
}
