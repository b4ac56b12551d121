//! Which screen is shown over the list, and which of its panes has the keys.

use super::Fold;
use crate::domain::OrderKey;

/// Which screen is shown over the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The list of orders.
    List,
    /// One order.
    Order(OrderScreen),
    /// Numbers of a list or of an order.
    Numbers(NumbersScreen),
    /// What changed in the list.
    Activity(ActivityScreen),
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
