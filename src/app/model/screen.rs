//! Which screen is shown over the list, and which of its panes has the keys.

use super::Fold;
use crate::domain::{OrderKey, Text};

/// Which screen is shown over the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The list of orders.
    List,
    /// One order.
    Order(OrderScreen),
    /// Numbers of a list or of an order.
    Numbers(NumbersScreen),
    /// One number.
    Number(NumberScreen),
    /// What changed in the list.
    Activity(ActivityScreen),
}

impl Screen {
    /// The order that is looked at: the open one, or that of the open number.
    pub const fn order(&self) -> Option<&OrderKey> {
        match self {
            Self::Order(OrderScreen { key, .. })
            | Self::Number(NumberScreen { key, .. })
            | Self::Numbers(NumbersScreen { order: Some(OrderScreen { key, .. }), .. }) => Some(key),
            Self::List | Self::Activity(_) | Self::Numbers(NumbersScreen { order: None, .. }) => None,
        }
    }

    /// An order lives elsewhere now: it is shown there, here and wherever the way back leads.
    pub fn follow(&mut self, from: &OrderKey, to: &OrderKey) {
        match self {
            Self::List | Self::Activity(_) => {}
            Self::Order(screen) => screen.follow(from, to),
            Self::Numbers(screen) => screen.follow(from, to),
            Self::Number(screen) => {
                if screen.key == *from {
                    screen.key.clone_from(to);
                }
                match &mut screen.from {
                    NumberFrom::Order(order) => order.follow(from, to),
                    NumberFrom::Numbers(numbers) => numbers.follow(from, to),
                }
            }
        }
    }
}

impl OrderScreen {
    fn follow(&mut self, from: &OrderKey, to: &OrderKey) {
        if self.key == *from {
            self.key.clone_from(to);
        }
        if let Some(back) = &mut self.back {
            back.follow(from, to);
        }
    }
}

impl NumbersScreen {
    fn follow(&mut self, from: &OrderKey, to: &OrderKey) {
        if let Some(order) = &mut self.order {
            order.follow(from, to);
        }
    }
}

impl NumberFrom {
    /// The numbers that it was chosen from, in their order: those of an order the failed ones first, as far as its
    /// filter shows them.
    pub fn numbers(&self) -> NumbersScreen {
        match self {
            Self::Numbers(numbers) => numbers.clone(),
            Self::Order(order) => NumbersScreen {
                order: Some(order.clone()),
                which: WhichNumbers::All,
                filter: order.filter.clone(),
                cursor: 0,
                offset: 0,
            },
        }
    }
}

/// The order screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderScreen {
    /// Which order.
    pub key: OrderKey,
    /// The first line on the screen.
    pub offset: usize,
    /// The line of the cursor.
    pub cursor: usize,
    /// Whether many numbers of one state are folded by their hundreds.
    pub fold: Fold,
    /// What its numbers must be; empty for all.
    pub filter: String,
    /// The screen that it was opened from; none from the list itself.
    pub back: Option<Box<Screen>>,
}

/// The numbers screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumbersScreen {
    /// The numbers of one order, or of the whole list.
    pub order: Option<OrderScreen>,
    /// Which numbers are shown.
    pub which: WhichNumbers,
    /// What the lines must contain; empty for all.
    pub filter: String,
    /// The line of the cursor.
    pub cursor: usize,
    /// The first line on the screen.
    pub offset: usize,
}

/// The screen of one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberScreen {
    /// Whose number it is.
    pub key: OrderKey,
    /// The number as the API writes it.
    pub number: Text,
    /// Its place in the order when it was opened: it may stand there twice.
    pub place: usize,
    /// Its line among the numbers that it was chosen from, when it last stood there.
    pub line: usize,
    /// The first line on the screen.
    pub offset: usize,
    /// Where it was chosen.
    pub from: NumberFrom,
}

/// The screen that a number was opened from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberFrom {
    /// That of its order.
    Order(OrderScreen),
    /// The numbers of a list or of an order.
    Numbers(NumbersScreen),
}

/// The activity screen: what changed in the list, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityScreen {
    /// What the lines must contain; empty for all.
    pub filter: String,
    /// The line of the cursor.
    pub cursor: usize,
    /// The first line on the screen.
    pub offset: usize,
}

/// Which numbers the numbers screen shows; `f` goes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichNumbers {
    /// Those that failed.
    Failed,
    /// Those that are neither acquired nor failed.
    Waiting,
    /// All, the failed ones first.
    All,
}

/// Panes of the list screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The rows.
    #[default]
    Rows,
    /// The order beside them.
    Order,
    /// The activity below them.
    Activity {
        /// The line of the cursor, counted from the newest.
        cursor: usize,
    },
}
