//! What is on the screen in the tests: every state of an order, an order of five hundred numbers, what lies over
//! them.

#[path = "scenes/one_number.rs"]
mod one_number;
#[path = "scenes/orders.rs"]
mod orders;
#[path = "scenes/over.rs"]
mod over;

use crate::stage::Stage;
use chimewatch::app::message::Keystroke;
use chimewatch::app::{Action, Message};
pub(crate) use orders::{five_hundred, launch};

/// A scene by its name.
pub(crate) type Scene = (&'static str, fn() -> Stage);

/// Every scene.
pub(crate) const SCENES: [Scene; 42] = [
    ("list", orders::launch),
    ("order", over::five_hundred_open),
    ("porting", over::porting_open),
    ("numbers", over::numbers_screen),
    ("number", one_number::failed),
    ("number-waiting", one_number::waiting),
    ("number-gone", one_number::gone),
    ("number-masked", one_number::masked),
    ("chips", over::chips),
    ("wrong-filter", over::wrong_filter),
    ("order-filter", over::order_filter),
    ("filter-field", over::filter_field),
    ("filters", over::filters),
    ("save-filter", over::save_filter),
    ("sort", over::sort_menu),
    ("columns", over::columns),
    ("help", over::help),
    ("empty", orders::empty),
    ("card", orders::signed_out),
    ("offline", orders::offline),
    ("paste", over::paste),
    ("palette", over::palette),
    ("profile", over::profile),
    ("region", over::region),
    ("theme", over::theme),
    ("import", over::import),
    ("import-refused", over::import_refused),
    ("broken", orders::broken),
    ("demo", orders::demo),
    ("accounts", orders::accounts),
    ("elsewhere", orders::elsewhere),
    ("unknown-here", orders::unknown_here),
    ("activity", over::activity),
    ("masked", over::masked),
    ("masked-order", over::masked_order),
    ("marks", over::marks),
    ("copy", over::copy),
    ("move", over::move_orders),
    ("json", over::json),
    ("export", over::export),
    ("lists", over::lists),
    ("rename", over::rename),
];

fn press(mut stage: Stage, actions: &[Action]) -> Stage {
    for action in actions {
        stage.tell(Message::Action(*action));
    }
    stage
}

fn typed(mut stage: Stage, text: &str) -> Stage {
    for character in text.chars() {
        stage.tell(Message::Typed(Keystroke::Character(character)));
    }
    stage
}
