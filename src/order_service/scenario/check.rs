//! The checks that a parser cannot make: a story must be possible, and show nobody's real number.

use std::collections::HashSet;

use super::ScenarioError;
use super::plan::{EndlessPlan, OrderPlan, Plan, StepPlan};

impl Plan {
    pub(super) fn check(&self) -> Result<(), ScenarioError> {
        let mut seen = HashSet::new();
        for (_, order) in self.orders() {
            order.check()?;
            if !seen.insert(order.id.to_ascii_lowercase()) {
                return Err(ScenarioError::story(
                    &order.id,
                    "is listed twice; an order belongs to one watchlist",
                ));
            }
        }
        self.check_faults()?;
        self.endless.as_ref().map_or(Ok(()), |endless| self.check_endless(endless))
    }

    fn check_faults(&self) -> Result<(), ScenarioError> {
        for fault in &self.faults {
            self.check_named(fault.order.as_deref())?;
            if fault.requests.is_none() && fault.lasting.is_none() {
                return Err(ScenarioError::story("fault", "never ends; give it `requests` or `lasting`"));
            }
            if fault.every.is_some_and(|every| !every.is_positive()) {
                return Err(ScenarioError::story(
                    "fault",
                    "repeats without a pause; `every` must be above 0",
                ));
            }
        }
        Ok(())
    }

    fn check_endless(&self, endless: &EndlessPlan) -> Result<(), ScenarioError> {
        if !endless.every.is_positive() || endless.acts.is_empty() {
            return Err(ScenarioError::story("endless", "needs acts and a positive `every`"));
        }
        for act in &endless.acts {
            self.check_named(Some(&act.order))?;
            let order = self.order_named(&act.order);
            let lasts_into = |step: &StepPlan| step.at + step.change.over.unwrap_or_default() >= endless.from;
            if let Some(order) = order.filter(|order| order.steps.iter().any(lasts_into)) {
                return Err(ScenarioError::story(
                    &order.id,
                    "its own steps must be over when the endless acts begin",
                ));
            }
            if act.change.over.is_some_and(|over| over > endless.every) {
                return Err(ScenarioError::story(&act.order, "an act must be over when the next one begins"));
            }
        }
        Ok(())
    }

    fn check_named(&self, order: Option<&str>) -> Result<(), ScenarioError> {
        match order {
            Some(name) if self.order_named(name).is_none() => Err(ScenarioError::story(
                name,
                "is named but is in no watchlist; name an order by id or label",
            )),
            Some(_) | None => Ok(()),
        }
    }
}

impl OrderPlan {
    fn check(&self) -> Result<(), ScenarioError> {
        let wrong = |problem: String| Err(ScenarioError::story(&self.id, problem));
        if !is_order_id(&self.id) {
            return wrong("is no order id, write it as 8-4-4-4-12 letters and digits".to_owned());
        }
        let all = || self.numbers.iter().chain(&self.spare).flat_map(|block| block.numbers());
        if let Some(real) = all().find(|number| !is_fictitious(*number)) {
            return wrong(format!("+{real} could be somebody's; use +1 NXX 555 01xx or +44 20 7946 0xxx"));
        }
        let mut seen = HashSet::new();
        if let Some(twice) = all().find(|number| !seen.insert(*number)) {
            return wrong(format!("+{twice} is in it twice"));
        }
        if self.steps.iter().any(|step| step.at < -self.created) {
            return wrong("changes before it is created".to_owned());
        }
        Ok(())
    }
}

/// Numbers set aside for fiction: `+1 NXX 555 01xx` and Ofcom's `+44 20 7946 0xxx`.
fn is_fictitious(number: u64) -> bool {
    let north_american = number / 10_000_000_000 == 1 && matches!(number % 10_000_000, 5_550_100..=5_550_199);
    north_american || matches!(number, 442_079_460_000..=442_079_460_999)
}

fn is_order_id(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text.chars().all(|character| character == '-' || character.is_ascii_alphanumeric())
}
