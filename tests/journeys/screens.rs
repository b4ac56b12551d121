//! From screen to screen, copying, asking.

use crate::world::{LAUNCH, World, defaults, id, key, list, world, world_of};
use chimewatch::app::action::{Action, Context};
use chimewatch::app::effect::Effect;
use chimewatch::app::lesson::LESSONS;
use chimewatch::app::message::{Keystroke, Message};
use chimewatch::app::model::{Lesson, Pane, Screen, Times, WhichNumbers};
use chimewatch::app::query::order::{self, side};
use chimewatch::app::query::{Clock, Line, Piece, lookup, numbers};
use chimewatch::app::watch::Asking;
use chimewatch::domain::Entry;

fn three() -> World {
    let mut world = world(1..=3);
    world.read(&[
        (1, "Processing", &["Failed", "Processing", "Failed"]),
        (2, "Processing", &["Processing"]),
        (3, "Submitted", &["Processing"]),
    ]);
    world
}

#[test]
fn enter_opens_an_order_and_esc_goes_back_to_it() {
    let mut world = three();
    world.acts(&[Action::Down, Action::Open]);
    assert_eq!((world.open_order(), world.model.context()), (Some(key(2)), Context::Order));
    world.act(Action::Back);
    assert_eq!((world.open_order(), world.rows().as_str()), (None, "1 [2] 3"));
    assert_eq!(world.act(Action::Back), []);
    assert_eq!(world.act(Action::BackOrQuit), [Effect::Quit]);
}

#[test]
fn the_orders_of_a_list_are_read_one_after_the_other_without_going_back() {
    let mut world = three();
    world.act(Action::Open);
    let mut read = Vec::new();
    for action in [Action::NextOrder, Action::NextOrder, Action::NextOrder, Action::PreviousOrder] {
        world.act(action);
        read.push(world.open_order().unwrap());
    }
    assert_eq!(read, [key(2), key(3), key(3), key(2)]);
    assert_eq!(world.notice(), "This is the last order of the list.");
    world.act(Action::Back);
    assert_eq!(world.rows(), "1 [2] 3");
}

#[test]
fn the_next_order_is_the_next_that_the_filter_shows() {
    let mut world = three();
    world.act(Action::Filter);
    world.send(Message::Pasted("proc".to_owned()));
    world.press(Keystroke::Submit);
    world.acts(&[Action::Open, Action::NextOrder, Action::NextOrder]);
    assert_eq!(world.open_order(), Some(key(2)));
}

#[test]
fn q_goes_back_step_by_step_and_quits_at_the_root() {
    let mut world = three();
    world.acts(&[Action::Open, Action::Numbers]);
    let mut contexts = Vec::new();
    while let effects = world.act(Action::BackOrQuit)
        && effects != [Effect::Quit]
    {
        contexts.push(world.model.context());
    }
    assert_eq!(contexts, [Context::Order, Context::List]);
}

#[test]
fn numbers_are_found_however_they_are_written_by_their_state_and_by_the_name_of_their_order() {
    let found = |typed: &str| {
        let mut world = three();
        world.acts(&[Action::Numbers, Action::Numbers, Action::Numbers, Action::Filter]);
        world.send(Message::Pasted(typed.to_owned()));
        world.press(Keystroke::Submit);
        match world.act(Action::Copy).as_slice() {
            [Effect::Copy { text, .. }] => text.replace("+1503555", ""),
            other => format!("{other:?}"),
        }
    };
    let cases = [
        ("(503) 555-01", "0100\n0102\n0101"),
        ("+1 503 555 0200", "0200"),
        (" FAILED ", "0100\n0102"),
        ("\"order 3\"", "0300"),
        ("!label:\"order 1\"", "0200\n0300"),
        ("status:failed,acquired \"order 1\"", "0100\n0102"),
        ("0400", "[]"),
        // The start of every id.
        ("00000", "[]"),
    ];
    for (typed, expected) in cases {
        assert_eq!(found(typed), expected, "{typed}");
    }
}

#[test]
fn ctrl_c_and_ctrl_z_work_in_a_text_field() {
    let mut world = three();
    world.act(Action::Add);
    assert_eq!(world.model.context(), Context::Text);
    assert_eq!(world.act(Action::Suspend), [Effect::Suspend]);
    assert_eq!(world.act(Action::Quit), [Effect::Quit]);
    assert_eq!(world.act(Action::Remove), []);
}

#[test]
fn f_shows_failed_numbers_then_waiting_then_all_and_enter_twice_opens_the_order_of_a_number() {
    let mut world = three();
    world.act(Action::Numbers);
    let which = |world: &World| match &world.model.screen {
        Screen::Numbers(screen) => Some(screen.which),
        Screen::List | Screen::Order(_) | Screen::Number(_) | Screen::Activity(_) => None,
    };
    let mut shown = vec![which(&world)];
    for _ in 0..3 {
        world.act(Action::Numbers);
        shown.push(which(&world));
    }
    let [failed, waiting, all] = [WhichNumbers::Failed, WhichNumbers::Waiting, WhichNumbers::All].map(Some);
    assert_eq!(shown, [failed, waiting, all, failed]);
    world.acts(&[Action::Numbers, Action::Bottom, Action::Open, Action::Open]);
    assert_eq!(world.open_order(), Some(key(3)));
}

#[test]
fn esc_in_an_order_that_was_opened_from_the_numbers_goes_back_to_the_same_number() {
    let mut world = three();
    world.act(Action::Numbers);
    world.act(Action::Down);
    let numbers = world.model.screen.clone();
    world.act(Action::Open);
    let number = world.model.screen.clone();
    world.act(Action::Open);
    let Screen::Order(order) = &world.model.screen else { panic!("no order is open") };
    assert!(order.cursor > 0, "the cursor is on the number");
    world.act(Action::NextOrder);
    world.act(Action::PreviousOrder);
    world.act(Action::Back);
    assert_eq!(world.model.screen, number);
    world.act(Action::Back);
    assert_eq!(world.model.screen, numbers);
    world.act(Action::Back);
    assert_eq!(world.model.screen, Screen::List);
}

#[test]
fn an_unfolded_hundred_stays_under_the_cursor_and_enter_on_a_heading_folds_again() {
    let mut world = world(1..=1);
    let numbers: Vec<_> = (0..60).map(|number| if number < 30 { "Processing" } else { "Acquired" }).collect();
    world.read(&[(1, "Processing", &numbers)]);
    let cursor = |world: &World| match &world.model.screen {
        Screen::Order(screen) => screen.cursor,
        Screen::List | Screen::Numbers(_) | Screen::Number(_) | Screen::Activity(_) => 0,
    };
    world.acts(&[Action::Open, Action::Bottom]);
    let folded = cursor(&world);
    world.act(Action::Open);
    assert_eq!(cursor(&world), folded + 29, "on the first of the acquired numbers, below all that wait");
    world.acts(&[Action::Up, Action::Open]);
    assert_eq!(cursor(&world), folded - 1, "on the heading");
}

#[test]
fn in_an_order_n_goes_round_its_failed_numbers() {
    let mut world = three();
    world.act(Action::Open);
    let cursor = |world: &World| match &world.model.screen {
        Screen::Order(screen) => screen.cursor,
        Screen::List | Screen::Numbers(_) | Screen::Number(_) | Screen::Activity(_) => 0,
    };
    let mut lines = Vec::new();
    for action in [Action::NextNeed, Action::NextNeed, Action::NextNeed, Action::PreviousNeed] {
        world.act(action);
        lines.push(cursor(&world));
    }
    let first = lines[0];
    assert_eq!(lines, [first, first + 1, first, first + 1]);
    world.acts(&[Action::NextOrder, Action::NextNeed]);
    assert_eq!(world.notice(), "No number of this order failed.");
}

#[test]
fn copy_takes_the_obvious_thing() {
    let mut world = three();
    let copy = |text: &str, what: &str| [Effect::Copy { text: text.to_owned(), what: what.to_owned() }];
    let first = id(1).to_string();
    assert_eq!(world.act(Action::Copy), copy(&first, "36 characters"));
    world.act(Action::Open);
    assert_eq!(world.act(Action::Copy), copy("+15035550100\n+15035550102", "2 numbers"));
    for (filter, numbers) in [("0102", "+15035550102"), ("0101", "+15035550101")] {
        world.act(Action::Filter);
        world.type_text(filter);
        world.press(Keystroke::Submit);
        assert_eq!(world.act(Action::Copy), copy(numbers, "1 number"), "what it shows");
        world.act(Action::Back);
    }
    world.act(Action::NextOrder);
    let second = id(2).to_string();
    assert_eq!(world.act(Action::Copy), copy(&second, "36 characters"));
    world.acts(&[Action::Back, Action::Numbers, Action::Numbers]);
    assert_eq!(world.act(Action::Copy), copy("+15035550101\n+15035550200\n+15035550300", "3 numbers"));
    world.send(Message::Copied { what: "3 numbers".to_owned(), result: Ok("OSC 52".to_owned()) });
    assert_eq!(world.notice(), "Copied 3 numbers by OSC 52.");
}

#[test]
fn while_paused_nothing_is_asked_but_by_hand() {
    let mut world = three();
    world.act(Action::Pause);
    assert!(matches!(world.model.watch.asking(), Asking::Paused { .. }));
    assert_eq!(world.pass(600_000), []);
    world.act(Action::AskAll);
    assert_eq!(world.notice(), "Asking is paused. Single orders can be asked for.");
    let asked = world.act(Action::AskNow);
    assert!(matches!(asked.as_slice(), [Effect::Fetch { key: asked, .. }] if *asked == key(1)), "{asked:?}");
    let asked = world.act(Action::Pause);
    assert_eq!(world.model.watch.asking(), Asking::On);
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Fetch { .. })), "{asked:?}");
}

#[test]
fn asking_by_hand_asks_for_the_order_under_the_cursor() {
    let mut world = three();
    world.wait(1_000);
    world.act(Action::Down);
    let asked = world.act(Action::AskNow);
    let keys: Vec<_> = asked
        .iter()
        .filter_map(|effect| match effect {
            Effect::Fetch { key, .. } => Some(key.clone()),
            _ => None,
        })
        .collect();
    assert_eq!((keys, world.notice()), (vec![key(2)], "Asking for order 2."));
}

#[test]
fn handled_is_told_both_ways_and_refused_where_nothing_is_needed() {
    let mut world = three();
    let mut said = Vec::new();
    for action in [Action::Handled, Action::Handled, Action::Down, Action::Handled] {
        world.act(action);
        said.push(world.notice().to_owned());
    }
    assert_eq!(
        said,
        [
            "order 1 is handled until it changes again.",
            "order 1 needs you again.",
            "order 1 needs you again.",
            "order 2 needs nothing of you.",
        ]
    );
}

#[test]
fn tab_goes_round_the_panes_that_are_on_the_screen() {
    let mut world = three();
    world.becomes(2, "Successful", &["Acquired"]);
    world.send(Message::Resized { width: 160, height: 40 });
    let mut panes = Vec::new();
    for _ in 0..3 {
        world.act(Action::NextPane);
        panes.push(world.model.pane);
    }
    assert_eq!(panes, [Pane::Order, Pane::Activity { cursor: 0 }, Pane::Rows]);
    world.acts(&[Action::NextPane, Action::NextPane, Action::Open]);
    assert_eq!(world.open_order(), Some(key(2)));
    world.act(Action::Back);
    world.send(Message::Resized { width: 80, height: 16 });
    assert_eq!(world.model.pane, Pane::Rows);
}

#[test]
fn a_notice_goes_when_its_time_is_over() {
    let mut world = three();
    world.act(Action::Times);
    assert_eq!((world.model.preferences.times, world.notice()), (Times::Local, "Times are local."));
    world.pass(4_999);
    assert_eq!(world.notice(), "Times are local.");
    world.pass(1);
    assert_eq!(world.notice(), "");
}

#[test]
fn the_lessons_of_the_demo_go_on_as_each_key_is_used_and_esc_at_the_root_ends_them() {
    let mut world = three();
    world.model.lesson = Some(Lesson { step: 0 });
    world.act(Action::NextNeed);
    assert_eq!(world.model.lesson, Some(Lesson { step: 0 }));
    for step in LESSONS {
        world.act(step.action);
        if step.action == Action::Back && world.model.screen != Screen::List {
            world.act(Action::Back);
        }
    }
    assert_eq!(world.model.lesson, None);
    world.act(Action::Quit);
    world.model.overlay = None;
    world.model.lesson = Some(Lesson { step: 3 });
    world.act(Action::Back);
    assert_eq!(world.model.lesson, None);
}

#[test]
fn the_filter_of_an_order_shows_its_numbers_that_pass_and_esc_the_others() {
    let mut world = three();
    world.acts(&[Action::Open, Action::Filter]);
    world.type_text("status:acquired");
    world.press(Keystroke::Submit);
    let Screen::Order(screen) = &world.model.screen else { panic!("the order closed") };
    assert_eq!(screen.filter, "status:acquired");
    world.act(Action::Back);
    let Screen::Order(screen) = &world.model.screen else { panic!("the order closed") };
    assert_eq!(screen.filter, "");
    world.act(Action::Back);
    assert_eq!(world.model.screen, Screen::List);
}

/// A line without its colours; symbols as a dot.
pub(crate) fn plain(line: &Line<'_>) -> String {
    let words = |piece: &Piece<'_>| match piece {
        Piece::Text(text, _) => text.to_string(),
        Piece::Symbol(_) => ".".to_owned(),
    };
    line.pieces.iter().map(words).collect()
}

#[test]
fn a_label_that_the_first_line_has_no_room_for_stands_in_whole_on_the_order_screen() {
    let label = "Seattle launch of the third, the fourth and the fifth floor, and of the garage";
    let mut named = list("launch", []);
    named.entries = vec![Entry { label: Some(label.into()), ..Entry::new(id(1)) }];
    let mut world = world_of(vec![(LAUNCH, named)], defaults());
    world.read(&[(1, "Processing", &["Processing"])]);
    world.act(Action::Open);
    let Screen::Order(screen) = world.model.screen.clone() else { panic!("no order") };
    let shown = |width| {
        let view = order::view(&world.model, &screen, width, 30, &Clock::new(&world.model));
        let said = view.lines.iter().map(|line| plain(&line.line).trim().to_owned());
        said.skip_while(|line| !line.starts_with("label")).take(2).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(60), format!("label {label}"));
    assert_eq!(shown(120), "");
}

#[test]
fn what_was_acquired_fits_beside_the_rows_however_it_was_seen() {
    let mut world = world(1..=1);
    world.read(&[(1, "Partial", &["Acquired", "Failed"])]);
    world.pass(3 * 86_400_000);
    let acquired = |world: &World, width| {
        let seen = lookup::by_key(&world.model, &key(1)).unwrap();
        let heading = ("order 1".to_owned(), "order 1 of 1".to_owned());
        let clock = Clock::new(&world.model);
        let lines = side::lines(&world.model, &seen, heading, None, (width, 30), &clock);
        let counts = |line: &String| !line.contains('+') && (line.contains(" by ") || line.contains("last "));
        lines.iter().map(plain).find(counts).unwrap()
    };
    assert_eq!(acquired(&world, 44), " . 1 acquired by Fri 08:00 (first look)");
    assert_eq!(acquired(&world, 30), " . 1 acquired by Fri 08:00");
    assert_eq!(acquired(&world, 18), " . 1 by Fri 08:00");
    world.becomes(1, "Partial", &["Acquired", "Acquired"]);
    assert_eq!(acquired(&world, 44), " . 2 acquired, the last at 08:00");
    assert_eq!(acquired(&world, 28), " . 2 acquired, last 08:00");
}

#[test]
fn where_no_number_waits_no_filter_is_said_to_hide_any() {
    let mut world = world(1..=1);
    world.read(&[(1, "Partial", &["Acquired", "Failed"])]);
    let nothing = |world: &World| {
        let Screen::Numbers(screen) = &world.model.screen else { panic!("no numbers") };
        let summary = world.model.current_list().unwrap().summary(&world.model.watch, world.model.now);
        numbers::view(&world.model, screen, &summary, 20, &Clock::new(&world.model)).nothing.unwrap()
    };
    world.acts(&[Action::Numbers, Action::Filter]);
    world.type_text("312");
    world.press(Keystroke::Submit);
    assert_eq!(nothing(&world), "No number matches 312; 1 hidden. esc shows them.");
    world.act(Action::Numbers);
    assert_eq!(nothing(&world), "No number is waiting. f shows others.");
}
