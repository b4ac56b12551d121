//! The sums over a list: worked out once for each version of the engine, never for each frame.

use super::lookup::{self, Seen};
use crate::app::model::List;
use crate::app::watch::Watch;
use crate::domain::text::neutralise;
use crate::domain::{Now, Scope, attention, name};
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

/// The longest text of the column that says where an order lives.
const PLACE: usize = 18;

/// The sums over a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Orders.
    pub orders: usize,
    /// Orders that need you.
    pub needs: usize,
    /// Orders of which nothing is known yet.
    pub unread: usize,
    /// Orders that nothing more is expected of.
    pub settled: usize,
    /// Numbers of all orders.
    pub total: usize,
    /// Numbers that were acquired.
    pub acquired: usize,
    /// Numbers that failed.
    pub failed: usize,
    /// Numbers that are neither.
    pub waiting: usize,
    /// Orders that are ported in.
    pub porting: usize,
    /// The width of the column that says where an order lives; 0 where all live in one place.
    pub place: u16,
    /// In which of profile and region the orders differ.
    pub differs: Differs,
    /// Names that more than one order has, with the times at which those orders were created.
    pub shared_names: HashMap<String, Vec<Option<Timestamp>>>,
}

/// Where the orders of a list live, each place once.
type Scopes = Arc<[Arc<Scope>]>;

/// The sums as they were last worked out, and what they were worked out from. Only a memory: a list is the same
/// list with and without it.
#[derive(Debug, Default)]
pub struct Memo {
    sums: Mutex<Option<(Basis, Arc<Summary>)>>,
    /// Where the orders live, and for which edition of the list that is so. Every message asks for it.
    scopes: Mutex<Option<(u64, Scopes)>>,
}

/// What sums depend on: the entries, the engine's version, and the minute, because some needs come with time
/// alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Basis {
    version: u64,
    minute: i64,
    edition: u64,
}

impl Clone for Memo {
    /// A copy starts without a memory.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl List {
    /// Where the orders live, each place once, that of the first order first.
    pub fn scopes(&self) -> Arc<[Arc<Scope>]> {
        let mut memo = self.memo.scopes.lock().unwrap_or_else(PoisonError::into_inner);
        match &*memo {
            Some((edition, known)) if *edition == self.edition => known.clone(),
            Some(_) | None => {
                let scopes: Scopes = scopes(self).into();
                *memo = Some((self.edition, scopes.clone()));
                scopes
            }
        }
    }

    /// The sums over the list, worked out anew only where something that they depend on has changed.
    pub fn summary(&self, watch: &Watch, now: Now) -> Arc<Summary> {
        let wall = watch.corrected(now);
        let basis = Basis {
            version: watch.version(),
            minute: wall.as_second().div_euclid(60),
            edition: self.edition,
        };
        let mut memo = self.memo.sums.lock().unwrap_or_else(PoisonError::into_inner);
        match &*memo {
            Some((known, summary)) if *known == basis => summary.clone(),
            Some(_) | None => {
                let summary = Arc::new(Summary::of(self, watch, Now { wall, ..now }));
                *memo = Some((basis, summary.clone()));
                summary
            }
        }
    }
}

/// In what the orders of a list differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Differs {
    /// They all live in one place.
    #[default]
    Nothing,
    /// In the region.
    Region,
    /// In the profile.
    Profile,
    /// In both.
    Both,
}

impl Summary {
    /// The sums over `list` at `now`.
    fn of(list: &List, watch: &Watch, now: Now) -> Self {
        let mut summary = Self { orders: list.watchlist.entries.len(), ..Self::default() };
        let mut names: HashMap<Cow<'_, str>, Option<Timestamp>> = HashMap::with_capacity(summary.orders);
        for index in 0..summary.orders {
            let Some(seen) = lookup::entry(list, watch, index) else { continue };
            summary.count(&seen, now.wall);
            if let Some(snapshot) = seen.snapshot {
                let label = seen.entry.label.as_ref();
                match names.entry(name::borrowed(&seen.entry.id, label, Some(&snapshot.pattern))) {
                    Entry::Vacant(free) => drop(free.insert(snapshot.order.created)),
                    Entry::Occupied(taken) => {
                        summary.share(taken.key(), *taken.get(), snapshot.order.created);
                    }
                }
            }
        }
        summary.differs = differs(&list.scopes());
        summary.place = place_width(list, summary.differs);
        summary
    }

    /// One more order has this name; `first` is when the first one of the name was created.
    fn share(&mut self, name: &str, first: Option<Timestamp>, created: Option<Timestamp>) {
        match self.shared_names.get_mut(name) {
            Some(twins) => twins.push(created),
            None => drop(self.shared_names.insert(name.to_owned(), vec![first, created])),
        }
    }

    fn count(&mut self, seen: &Seen<'_>, now: Timestamp) {
        let Some(snapshot) = seen.snapshot else {
            self.unread += 1;
            return;
        };
        let counts = snapshot.counts;
        self.needs += usize::from(attention::need(snapshot, now).is_some());
        self.settled += usize::from(snapshot.is_settled());
        self.porting += usize::from(snapshot.order.is_porting());
        self.total += counts.total as usize;
        self.acquired += counts.acquired as usize;
        self.failed += counts.failed as usize;
        self.waiting += counts.waiting() as usize;
    }
}

/// The places where the orders of a list live.
fn scopes(list: &List) -> Vec<Arc<Scope>> {
    let mut scopes: Vec<Arc<Scope>> = Vec::new();
    for key in list.keys.iter().flatten() {
        // Keys share their scopes, so that nearly every one is known by its address.
        let is_known = scopes.iter().any(|known| Arc::ptr_eq(known, &key.scope) || *known == key.scope);
        if !is_known {
            scopes.push(key.scope.clone());
        }
    }
    scopes
}

/// In which of profile and region these places differ.
fn differs(scopes: &[Arc<Scope>]) -> Differs {
    let Some((first, others)) = scopes.split_first() else { return Differs::Nothing };
    let region = others.iter().any(|scope| scope.region != first.region);
    let profile = others.iter().any(|scope| scope.profile != first.profile);
    match (region, profile) {
        (false, false) => Differs::Nothing,
        (true, false) => Differs::Region,
        (false, true) => Differs::Profile,
        (true, true) => Differs::Both,
    }
}

/// The width of the column that says where an order lives; 0 where all live in one place.
fn place_width(list: &List, differs: Differs) -> u16 {
    if differs == Differs::Nothing {
        return 0;
    }
    let longest = list.keys.iter().flatten().map(|key| place(key, differs).chars().count()).max();
    u16::try_from(longest.unwrap_or(0).min(PLACE)).unwrap_or(0)
}

/// Where an order lives, as far as the orders of its list differ in it.
pub fn place(key: &crate::domain::OrderKey, differs: Differs) -> String {
    neutralise(&match differs {
        Differs::Nothing => String::new(),
        Differs::Region => key.scope.region.to_string(),
        Differs::Profile => key.scope.profile_name().to_owned(),
        Differs::Both => format!("{} {}", key.scope.profile_name(), key.scope.region),
    })
}
