//! Where everything stands: plain rectangles from the size of the terminal. No terminal library here, because
//! paging and the mouse need the same arithmetic as the drawing.
//!
//! ```text
//!  tabs       1 launch !3   2 porting          live   prod · us-east-1   14:03 UTC     from 12 rows
//!  totals     ! 3 need you   ✗ 3 numbers failed   …                                    from 8 rows
//!  card       what is wrong with the account, and what mends it                        when there is one
//!  heading      Status   Order   Done                    │ side                        from 8 rows
//!  rows       ▌! ◐ Partial   Toll-free   8/9             │ from 110 columns
//!  rule       ───────────────────────────────────────────┴──────────────              from 100x24
//!  activity   14:03  Seattle launch   43 numbers … → ✓                                 from 20 rows
//!  lesson     a lesson of the demo                                                     from 12 rows
//!  footer     enter open   f failed numbers   ? help                                   from 8 rows
//! ```
//!
//! What has no room has an area of no width and no height.

pub mod columns;
pub mod picker;

use super::columns::Choices;
use super::model::{Screen, Size};
pub use columns::{Columns, Span, Wording};
pub use picker::{PickerAreas, PickerNeeds};

/// The least size at which anything but one line is drawn.
pub const LEAST: Size = Size { width: 20, height: 5 };
/// From this width on an order is shown beside the rows.
pub const SIDE_FROM: u16 = 110;

const BOXES_FROM: Size = Size { width: 100, height: 24 };
const ACTIVITY_FROM: u16 = 20;
const TWO_COLUMNS_FROM: u16 = 108;
const TWO_COLUMNS_UP_TO: u16 = 3;
const TABS_FROM: u16 = 12;
const LIST_ONLY_BELOW: u16 = 8;
const MARGIN_FROM: u16 = 40;

/// A rectangle in cells, from the top left corner of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The first column.
    pub x: u16,
    /// The first row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// True when nothing can be drawn in it.
    pub const fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The row after the last one.
    pub const fn bottom(self) -> u16 {
        self.y.saturating_add(self.height)
    }

    /// The column after the last one.
    pub const fn right(self) -> u16 {
        self.x.saturating_add(self.width)
    }

    /// Cuts `rows` off the top, or as many as there are.
    fn take_top(&mut self, rows: u16) -> Self {
        let height = rows.min(self.height);
        let top = Self { height, ..*self };
        self.y += height;
        self.height -= height;
        top
    }

    /// Cuts `rows` off the bottom, or as many as there are.
    fn take_bottom(&mut self, rows: u16) -> Self {
        let height = rows.min(self.height);
        self.height -= height;
        Self { y: self.y + self.height, height, ..*self }
    }
}

/// Which screen is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The list of orders.
    List,
    /// One order.
    Order,
    /// Numbers.
    Numbers,
    /// One number.
    Number,
    /// Changes.
    Activity,
}

impl From<&Screen> for Kind {
    fn from(screen: &Screen) -> Self {
        match screen {
            Screen::List => Self::List,
            Screen::Order(_) => Self::Order,
            Screen::Numbers(_) => Self::Numbers,
            Screen::Number(_) => Self::Number,
            Screen::Activity(_) => Self::Activity,
        }
    }
}

/// What the content asks room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Rows of the card; 0 without one.
    pub card: u16,
    /// Lines of the demo's lesson: 0 or 1.
    pub lesson: u16,
    /// The width of the column that says where an order lives; 0 where all live in one place.
    pub place: u16,
    /// Columns that were chosen.
    pub chosen: Choices,
}

/// How much of the furniture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    /// Nothing but one line that says so.
    TooSmall,
    /// No lines between the areas.
    Bare,
    /// Rules between the areas, boxes around what lies over them.
    Boxes,
}

/// Where everything stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How much of the furniture is drawn.
    pub furniture: Furniture,
    /// Tabs, state, scope and clock; on the other screens the way back to the list.
    pub tabs: Area,
    /// The sums over the list.
    pub totals: Area,
    /// What is wrong with the account.
    pub card: Area,
    /// The heads of the columns.
    pub heading: Area,
    /// The lines that the cursor moves over.
    pub rows: Area,
    /// The line between rows and side.
    pub divider: Area,
    /// The order beside the rows.
    pub side: Area,
    /// The line over the activity.
    pub rule: Area,
    /// What changed.
    pub activity: Area,
    /// The demo's lesson.
    pub lesson: Area,
    /// Hints, or what just happened.
    pub footer: Area,
    /// The columns of the rows.
    pub columns: Columns,
}

impl Layout {
    /// Lines that a page key moves by; at least one.
    pub fn page_height(&self) -> usize {
        usize::from(self.rows.height.max(1))
    }

    /// Columns of events in the activity: two where there is little height and much width.
    pub const fn activity_columns(&self) -> u16 {
        if self.activity.width >= TWO_COLUMNS_FROM && self.activity.height <= TWO_COLUMNS_UP_TO {
            2
        } else {
            1
        }
    }

    /// Events that the activity shows.
    pub fn activity_lines(&self) -> usize {
        usize::from(self.activity.height) * usize::from(self.activity_columns())
    }

    /// Lines of text that the tallest overlay shows.
    pub fn overlay_lines(&self, size: Size) -> usize {
        let height = self.overlay(size, 0, u16::MAX).height;
        let frame = match self.furniture {
            Furniture::TooSmall => 0,
            Furniture::Bare => 1,
            Furniture::Boxes => 2,
        };
        usize::from(height.saturating_sub(frame)).max(1)
    }

    /// Cells and lines inside the tallest overlay of up to `width` cells of text.
    pub fn overlay_inside(&self, size: Size, width: u16) -> (u16, usize) {
        let area = self.overlay(size, width, u16::MAX);
        let border = if self.furniture == Furniture::Boxes { 2 } else { 0 };
        (area.width.saturating_sub(border), self.overlay_lines(size))
    }

    /// The area in which an overlay of up to `width` by `height` cells of text stands: centred with a border where
    /// boxes are drawn, else all between the first row and the footer.
    pub fn overlay(&self, size: Size, width: u16, height: u16) -> Area {
        let whole = Area { x: 0, y: 0, width: size.width, height: size.height };
        match self.furniture {
            Furniture::TooSmall => Area::default(),
            Furniture::Bare => Area {
                y: self.tabs.height,
                height: size.height.saturating_sub(self.tabs.height + self.footer.height),
                ..whole
            },
            Furniture::Boxes => {
                let width = width.saturating_add(4).min(size.width.saturating_sub(4));
                let height = height.saturating_add(2).min(size.height.saturating_sub(4));
                Area { x: (size.width - width) / 2, y: (size.height - height) / 3, width, height }
            }
        }
    }
}

/// Lays a screen out. Pure arithmetic: the same size and needs give the same areas.
pub fn layout(size: Size, kind: Kind, needs: Needs) -> Layout {
    let mut rest = Area { x: 0, y: 0, width: size.width, height: size.height };
    let mut layout = Layout {
        furniture: furniture(size),
        tabs: Area::default(),
        totals: Area::default(),
        card: Area::default(),
        heading: Area::default(),
        rows: Area::default(),
        divider: Area::default(),
        side: Area::default(),
        rule: Area::default(),
        activity: Area::default(),
        lesson: Area::default(),
        footer: Area::default(),
        columns: Columns::default(),
    };
    if layout.furniture == Furniture::TooSmall {
        return layout;
    }
    if size.height >= TABS_FROM {
        layout.tabs = rest.take_top(1);
        layout.footer = rest.take_bottom(1);
        layout.lesson = rest.take_bottom(needs.lesson);
    } else if size.height >= LIST_ONLY_BELOW {
        layout.footer = rest.take_bottom(1);
    }
    let has_heads = size.height >= LIST_ONLY_BELOW;
    match kind {
        Kind::List => list_areas(&mut layout, rest, size, needs),
        Kind::Order | Kind::Number => {
            layout.card = rest.take_top(card_rows(needs.card, size));
            layout.rows = rest;
        }
        Kind::Numbers | Kind::Activity => {
            layout.card = rest.take_top(card_rows(needs.card, size));
            layout.heading = rest.take_top(u16::from(has_heads));
            layout.rows = rest;
        }
    }
    // A cell of air before the divider, or before the edge of the terminal.
    let margin = u16::from(size.width >= MARGIN_FROM);
    layout.columns =
        Columns::new(layout.rows.width.saturating_sub(margin), size.width, needs.place, &needs.chosen);
    layout
}

fn furniture(size: Size) -> Furniture {
    if size.width < LEAST.width || size.height < LEAST.height {
        Furniture::TooSmall
    } else if size.width < BOXES_FROM.width || size.height < BOXES_FROM.height {
        Furniture::Bare
    } else {
        Furniture::Boxes
    }
}

fn list_areas(layout: &mut Layout, mut rest: Area, size: Size, needs: Needs) {
    if size.height >= LIST_ONLY_BELOW {
        layout.totals = rest.take_top(1);
    }
    layout.card = rest.take_top(card_rows(needs.card, size));
    if size.height >= ACTIVITY_FROM {
        layout.activity = rest.take_bottom(activity_rows(size.height));
        if layout.furniture == Furniture::Boxes {
            layout.rule = rest.take_bottom(1);
        }
    }
    if size.width >= SIDE_FROM {
        let width = side_width(size.width);
        layout.side = Area { x: rest.right() - width, width, ..rest };
        layout.divider = Area { x: layout.side.x - 1, width: 1, ..rest };
        rest.width -= width + 1;
    }
    if size.height >= LIST_ONLY_BELOW {
        layout.heading = rest.take_top(1);
    }
    layout.rows = rest;
}

/// A fixed share of the screen, so that rows do not jump when something happens.
fn activity_rows(height: u16) -> u16 {
    (height / 8).clamp(2, 8)
}

/// Wide enough for an order id; what very wide terminals have left over goes here.
fn side_width(width: u16) -> u16 {
    (width * 37 / 100).max(width.saturating_sub(columns::WIDEST + 1))
}

/// At most half of the screen is a card's.
fn card_rows(rows: u16, size: Size) -> u16 {
    rows.min((size.height / 2).max(1))
}

#[cfg(test)]
mod tests;
