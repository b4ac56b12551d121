//! The screen as text: what it says at five sizes, in colour, without colour and in ASCII; and what must hold at
//! every size.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set fails the test")]

#[path = "hostile/corpus.rs"]
mod corpus;
#[path = "screens/every_size.rs"]
mod every_size;
#[path = "screens/scenes.rs"]
mod scenes;
#[path = "screens/stage.rs"]
mod stage;
#[path = "screens/themes.rs"]
mod themes;

use chimewatch::app::effect::ListId;
use chimewatch::app::{Action, Message};
use chimewatch::ui::Glyphs;
use scenes::SCENES;
use stage::{Look, Stage, looks, text};

const COLOUR: Look = Look { theme: "auto", glyphs: Glyphs::Unicode };
const MONO: Look = Look { theme: "mono", ..COLOUR };
const ASCII: Look = Look { glyphs: Glyphs::Ascii, ..MONO };

fn shown(stage: &mut Stage, width: u16, height: u16) -> String {
    let (colour, _) = stage.draw(width, height, COLOUR);
    let (mono, _) = stage.draw(width, height, MONO);
    let (ascii, _) = stage.draw(width, height, ASCII);
    assert_eq!(text(&colour), text(&mono));
    format!(
        "{}\n-- colour\n{}\n-- mono\n{}\n-- ascii\n{}",
        text(&colour),
        looks(&colour),
        looks(&mono),
        text(&ascii)
    )
}

#[test]
fn every_screen_says_what_it_should_at_five_sizes_and_in_three_looks() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("screens/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, scene) in SCENES {
            for (width, height) in [(40, 12), (60, 20), (80, 24), (120, 40), (200, 50)] {
                let shown = shown(&mut scene(), width, height);
                insta::assert_snapshot!(format!("{name}-{width}x{height}"), shown);
            }
        }
    });
}

#[test]
fn a_settled_screen_changes_once_a_minute() {
    let mut stage = Stage::new(&[("launch", vec![stage::entry(1, "Portland")])]);
    let settled = stage::order(1, "Successful", &stage::numbers(15_035_550_150, "AAAA"));
    stage.answer("13:00:00", Ok(settled)).at("14:03:07");
    let (_, next) = stage.draw(110, 30, COLOUR);
    let left = next.0.unwrap().since(stage.model.now.moment);
    assert_eq!(left.as_secs(), 53);
}

#[test]
fn the_screen_of_a_settled_number_changes_once_a_minute_too() {
    let mut stage = Stage::new(&[("launch", vec![stage::entry(1, "Portland")])]);
    let settled = stage::order(1, "Successful", &stage::numbers(15_035_550_150, "AAAA"));
    stage.answer("13:00:00", Ok(settled)).at("14:03:07");
    stage.tell(Message::Action(Action::Numbers)).tell(Message::Action(Action::Open));
    let (buffer, next) = stage.draw(110, 30, COLOUR);
    assert!(text(&buffer).contains(" Timeline"), "{}", text(&buffer));
    let left = next.0.unwrap().since(stage.model.now.moment);
    assert_eq!(left.as_secs(), 53);
}

#[test]
fn numbers_that_went_the_same_way_in_one_answer_are_one_line() {
    let mut stage = scenes::five_hundred();
    let (buffer, _) = stage.draw(80, 24, COLOUR);
    let drawn = text(&buffer);
    let activity: Vec<_> = drawn.lines().filter(|line| line.contains('→')).collect();
    assert_eq!(
        activity,
        [" 14:03  Seattle launch        2 numbers … → ✗", " 14:03  Seattle launch        43 numbers … → ✓"]
    );
}

#[test]
fn a_label_that_is_edited_is_drawn_at_once_and_tells_twins_apart() {
    let mut stage = Stage::new(&[("launch", vec![stage::entry(1, "twin"), stage::entry(2, "single")])]);
    for index in [1, 2] {
        stage.answer("14:02:00", Ok(stage::order(index, "Processing", &stage::numbers(15_035_550_150, "P"))));
    }
    let (buffer, _) = stage.draw(80, 12, COLOUR);
    assert!(!text(&buffer).contains("twin ·"));
    let mut watchlist = stage.model.current_list().unwrap().watchlist.clone();
    watchlist.entries = vec![stage::entry(1, "twin"), stage::entry(2, "twin")];
    stage.tell(Message::ListRead { list: ListId(0), watchlist });
    let (buffer, _) = stage.draw(80, 12, COLOUR);
    assert_eq!(text(&buffer).matches("twin · ").count(), 2);
}
