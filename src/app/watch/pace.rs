//! The paces: one an account and region. Scopes whose credentials turn out to be of one account share one.

use super::Watch;
use super::account::AccountIndex;
use super::backlog::Backlog;
use crate::domain::{Identity, Moment};
use crate::poll::{Load, Meter, Pacer, Rate};

/// Which pace, a place in the engine's paces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PaceIndex(pub(super) usize);

/// How an account in one region is asked.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) pacer: Pacer,
    pub(super) meter: Meter,
    pub(super) throttles: Meter,
    /// Whether it is told that throttles hold orders back.
    pub(super) backlog: Backlog,
}

impl Shared {
    fn new(rate: Rate, now: Moment) -> Self {
        Self {
            pacer: Pacer::new(rate, now),
            meter: Meter::default(),
            throttles: Meter::default(),
            backlog: Backlog::default(),
        }
    }

    pub(super) fn sends(&mut self, now: Moment) {
        self.pacer.spend(now);
        self.meter.count(now);
    }
}

impl Watch {
    /// A pace of its own: one that nobody keeps to any more, or a new one.
    pub(super) fn new_pace(&mut self, now: Moment) -> PaceIndex {
        let free = (0..self.paces.len()).map(PaceIndex).find(|pace| self.sharing(*pace).next().is_none());
        let index = free.unwrap_or(PaceIndex(self.paces.len()));
        let fresh = Shared::new(self.rate, now);
        match self.paces.get_mut(index.0) {
            Some(freed) => *freed = fresh,
            None => self.paces.push(fresh),
        }
        index
    }

    /// The accounts that keep to a pace.
    pub(super) fn sharing(&self, pace: PaceIndex) -> impl Iterator<Item = AccountIndex> {
        self.account_indices().filter(move |index| self.accounts[index.0].pace == pace)
    }

    /// What all who share a pace ask for.
    pub(super) fn load(&self, pace: PaceIndex, now: Moment) -> Load {
        self.sharing(pace).map(|index| self.accounts[index.0].load(now)).fold(Load::default(), |sum, each| {
            Load {
                demand: sum.demand + each.demand,
                beyond: sum.beyond + each.beyond,
                throttled: sum.throttled + each.throttled,
            }
        })
    }

    pub(super) fn shared(&mut self, account: AccountIndex) -> &mut Shared {
        let pace = self.accounts[account.0].pace;
        &mut self.paces[pace.0]
    }

    pub(super) fn pacer(&mut self, account: AccountIndex) -> &mut Pacer {
        &mut self.shared(account).pacer
    }

    /// Counts what one answer took beyond the request that was paid for when it was sent.
    pub(super) fn pays_for(&mut self, account: AccountIndex, attempts: u8, now: Moment) {
        let pace = self.accounts[account.0].pace;
        for _ in 1..attempts {
            self.paces[pace.0].sends(now);
        }
    }

    /// Notes as whom an answer was signed. Profiles that lead to one account share its pace from then on.
    pub(super) fn learn_identity(&mut self, index: AccountIndex, identity: Option<Identity>, now: Moment) {
        let account = &mut self.accounts[index.0];
        if identity.is_none() || account.identity == identity {
            return;
        }
        let id = |identity: &Option<Identity>| identity.as_ref()?.account.clone();
        let moved = id(&account.identity) != id(&identity);
        account.identity = identity;
        self.version += 1;
        if moved {
            self.share_pace(index, now);
        }
    }

    fn share_pace(&mut self, index: AccountIndex, now: Moment) {
        let (own, others) = {
            let account = &self.accounts[index.0];
            let others: Vec<_> = self.account_indices().filter(|other| *other != index).collect();
            (account.pace, others)
        };
        let kin = others.iter().copied().find(|other| self.are_one(index, *other));
        let pace = match kin.map(|kin| self.accounts[kin.0].pace) {
            Some(theirs) => theirs,
            None if others.iter().any(|other| self.accounts[other.0].pace == own) => self.new_pace(now),
            None => own,
        };
        if pace != own {
            let before = self.paces[own.0].pacer.clone();
            self.paces[pace.0].pacer.join(&before, now);
            self.accounts[index.0].pace = pace;
        }
    }

    /// True where two scopes are one account at one place.
    fn are_one(&self, one: AccountIndex, other: AccountIndex) -> bool {
        let (one, other) = (&self.accounts[one.0], &self.accounts[other.0]);
        let id = |account: &super::Account| account.identity.as_ref()?.account.clone();
        id(one).is_some()
            && id(one) == id(other)
            && (&one.scope.region, &one.scope.endpoint) == (&other.scope.region, &other.scope.endpoint)
    }
}
