//! What happens in the simulated account: the orders, what becomes of each and when, and the faults.
//!
//! A scenario is a TOML file of `assets/scenarios`, embedded in the program. It holds no absolute time: all is
//! relative to the start, so that [`World`](super::World) can be a pure function of scenario, seed and elapsed time.

mod check;
mod plain;
mod plan;
mod porting;
#[cfg(test)]
mod tests;

pub(super) use plan::{Change, EndlessPlan, NumberBlock, OrderPlan, Plan};

/// The scenarios that the program carries, by name. The first is the default of `chimewatch demo`.
const EMBEDDED: &[(&str, &str)] = &[
    ("demo", include_str!("../../assets/scenarios/demo.toml")),
    ("quiet", include_str!("../../assets/scenarios/quiet.toml")),
];

/// The scenario that is made to measure.
const PORTING: &str = "porting";

/// A checked scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub(super) plan: Plan,
}

/// Why there is no such scenario.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// No embedded scenario has this name.
    #[error("no scenario is called `{name}`; there are: {known}")]
    Unknown {
        /// As asked for.
        name: String,
        /// All names, comma-separated.
        known: String,
    },
    /// The text is no TOML, or not of the scenario's form.
    #[error("the scenario does not parse: {0}")]
    Form(#[from] toml::de::Error),
    /// The text parses but tells an impossible story.
    #[error("the scenario's {place}: {problem}")]
    Story {
        /// The order, by id, or the part of the file.
        place: String,
        /// What is wrong, and what would be right.
        problem: String,
    },
}

impl ScenarioError {
    fn story(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Story { place: place.into(), problem: problem.into() }
    }
}

/// A list of orders to watch, as the demo writes it to a watchlist file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchlistSeed {
    /// Also the file's name.
    pub name: String,
    /// The only region that knows these orders.
    pub region: String,
    /// In the order of the scenario.
    pub orders: Vec<OrderSeed>,
}

/// One entry of a [`WatchlistSeed`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSeed {
    /// `PhoneNumberOrderId`
    pub id: String,
    /// Absent where the demo shows a derived name.
    pub label: Option<String>,
    /// What the user would have noted.
    pub note: Option<String>,
}

impl Scenario {
    /// One of the scenarios that the program carries.
    ///
    /// # Errors
    /// The name is unknown; the error lists those there are.
    pub fn named(name: &str) -> Result<Self, ScenarioError> {
        match EMBEDDED.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => Self::from_toml(text),
            None if name == PORTING => Self::porting(None, None),
            None => Err(ScenarioError::Unknown { name: name.to_owned(), known: Self::names().join(", ") }),
        }
    }

    /// The names that [`Scenario::named`] knows, the default first.
    pub fn names() -> Vec<&'static str> {
        EMBEDDED.iter().map(|(name, _)| *name).chain([PORTING]).collect()
    }

    /// Reads and checks a scenario.
    ///
    /// # Errors
    /// The text is no scenario, or tells an impossible story.
    pub fn from_toml(text: &str) -> Result<Self, ScenarioError> {
        let plan: Plan = toml::from_str(text)?;
        plan.check()?;
        Ok(Self { plan })
    }

    /// A plain list `orders` of so many orders with so many numbers each, all moving for some minutes.
    ///
    /// # Errors
    /// A count is 0, or there are not that many fictitious numbers.
    pub fn plain(orders: u32, numbers: u32) -> Result<Self, ScenarioError> {
        let plan = plain::plan(orders, numbers)?;
        plan.check()?;
        Ok(Self { plan })
    }

    /// A list `porting` of so many port-ins, 40 where nobody says, in every state at once.
    ///
    /// # Errors
    /// A count is 0, or there are not that many fictitious numbers.
    pub fn porting(orders: Option<u32>, numbers: Option<u32>) -> Result<Self, ScenarioError> {
        let plan = porting::plan(orders.unwrap_or(porting::ORDERS), numbers)?;
        plan.check()?;
        Ok(Self { plan })
    }

    /// One sentence on what is to be seen.
    pub fn about(&self) -> &str {
        &self.plan.about
    }

    /// The lists to watch.
    pub fn watchlists(&self) -> Vec<WatchlistSeed> {
        let seed = |order: &OrderPlan| OrderSeed {
            id: order.id.clone(),
            label: order.label.clone(),
            note: order.note.clone(),
        };
        self.plan
            .watchlists
            .iter()
            .map(|list| WatchlistSeed {
                name: list.name.clone(),
                region: list.region.clone(),
                orders: list.orders.iter().map(seed).collect(),
            })
            .collect()
    }
}
