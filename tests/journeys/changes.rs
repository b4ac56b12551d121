//! The activity screen, and a cursor that stays with what it is on.

use crate::world::{LAUNCH, PORTING, World, defaults, entry, id, key, list, world, world_of};
use chimewatch::app::action::{Action, Context};
use chimewatch::app::effect::{Effect, FilesWork, HistoryWork};
use chimewatch::app::message::{Keystroke, Message};
use chimewatch::app::model::Screen;
use chimewatch::app::past::{PAGE, PastOf};
use chimewatch::app::query::{Clock, Line, Piece, activity, changes, lookup};
use chimewatch::domain::{Change, ChangeKind, Entry, FocDate, Interval, OrderStatus, Watchlist};
use jiff::Timestamp;

fn two() -> World {
    let mut world = world(1..=2);
    world.read(&[
        (1, "Processing", &["Processing", "Processing", "Processing"]),
        (2, "Processing", &["Processing"]),
    ]);
    world
}

/// What the history is asked for.
fn asked(effects: &[Effect]) -> Vec<(PastOf, u64)> {
    let asked = |effect: &Effect| match effect {
        Effect::History(HistoryWork::ReadChanges { of, before, .. }) => Some((of.clone(), *before)),
        _ => None,
    };
    effects.iter().filter_map(asked).collect()
}

/// Changes of an order in earlier runs, the oldest first.
fn earlier(number: u32, sequences: std::ops::Range<u64>) -> Vec<Change> {
    let at =
        |sequence: u64| Timestamp::from_second(1_700_000_000 + i64::try_from(sequence).unwrap()).unwrap();
    sequences
        .map(|sequence| Change {
            sequence,
            key: key(number),
            kind: ChangeKind::Order { from: OrderStatus::Submitted, to: OrderStatus::Processing },
            seen: Interval { after: Some(at(sequence - 1)), by: at(sequence) },
        })
        .collect()
}

/// The activity pane under the rows.
fn pane(world: &World) -> Vec<String> {
    let clock = Clock::new(&world.model);
    let lines = activity::lines(&world.model, 5, 80, &clock);
    let text = |line: &Line<'_>| {
        let words = line.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text, _) => Some(text.as_ref()),
            Piece::Symbol(_) => None,
        });
        words.collect::<String>().trim_end().to_owned()
    };
    lines.iter().map(text).collect()
}

#[test]
fn an_order_that_was_removed_keeps_its_name_in_what_changed() {
    let mut world = two();
    world.becomes(1, "Successful", &["Acquired", "Acquired", "Acquired"]);
    let before = pane(&world);
    assert!(before.iter().any(|line| line.contains("order 1")), "{before:?}");
    world.act(Action::Top);
    while world.model.current_list().unwrap().key_at_cursor() != Some(&key(1)) {
        world.act(Action::Down);
    }
    let removed = world.act(Action::Remove);
    world.keep(&removed);
    assert_eq!(world.rows(), "[2]");
    assert_eq!(pane(&world), before);
}

#[test]
fn an_order_that_was_moved_to_a_list_that_nobody_opened_keeps_its_name_too() {
    let launch = Watchlist { entries: vec![Entry::new(id(1)), entry(2)], ..list("launch", []) };
    let mut world = world_of(vec![(LAUNCH, launch), (PORTING, list("porting", []))], defaults());
    world.read(&[(1, "Processing", &["Processing", "Processing"]), (2, "Processing", &["Processing"])]);
    world.becomes(1, "Processing", &["Acquired", "Processing"]);
    let before = pane(&world);
    assert!(before.iter().any(|line| line.contains("+1 503 555 010x ×2")), "{before:?}");
    while world.model.current_list().unwrap().key_at_cursor() != Some(&key(1)) {
        world.act(Action::Down);
    }
    world.act(Action::MoveOrders);
    let effects = world.press(Keystroke::Submit);
    let [Effect::Files(FilesWork::Transfer { from, to, orders })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let moved = world.transferred(*from, to, orders).unwrap();
    world.send(moved);
    assert_eq!((world.rows().as_str(), pane(&world)), ("[2]", before));
}

fn lines(world: &World) -> Vec<String> {
    let Screen::Activity(screen) = &world.model.screen else { panic!("another screen") };
    let clock = Clock::new(&world.model);
    let view = changes::view(&world.model, screen, (80, 10), &clock);
    let text = |line: &chimewatch::app::query::order::OrderLine<'_>| {
        let pieces = line.line.pieces.iter().map(|piece| match piece {
            chimewatch::app::query::Piece::Text(text, _) => text.to_string(),
            chimewatch::app::query::Piece::Symbol(_) => "*".to_owned(),
        });
        let cursor = if format!("{:?}", line.cursor) == "Here" { ">" } else { "" };
        format!("{cursor}{}", pieces.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
    };
    view.lines.iter().map(text).collect()
}

#[test]
fn what_changed_is_told_the_newest_first_and_enter_opens_its_order() {
    let mut world = two();
    world.becomes(1, "Processing", &["Acquired", "Acquired", "Processing"]);
    world.wait(60_000);
    world.becomes(2, "Successful", &["Acquired"]);
    world.act(Action::Activity);
    assert_eq!(world.model.context(), Context::Activity);
    assert_eq!(
        lines(&world),
        [
            ">08:01 order 2 +1 503 555 0200 * → *",
            "08:01 order 2 * → * Successful",
            "08:00 order 1 2 numbers * → *",
        ]
    );
    world.acts(&[Action::Bottom, Action::Open]);
    assert_eq!(world.open_order(), Some(key(1)));
    world.act(Action::Back);
    assert!(lines(&world)[2].starts_with('>'), "back to where it was");
    world.act(Action::Back);
    assert_eq!(world.model.screen, Screen::List);
}

#[test]
fn earlier_changes_are_read_page_by_page_as_somebody_scrolls() {
    let mut world = two();
    world.becomes(2, "Successful", &["Acquired"]);
    let edition = world.model.current_list().unwrap().edition;
    let list = PastOf::List(LAUNCH, edition);
    assert_eq!(asked(&world.act(Action::Activity)), [(list.clone(), 1)]);
    // Sequence numbers of this run begin at 1 in these worlds: what came before lies below.
    let page = earlier(1, 1..1 + u64::try_from(PAGE).unwrap());
    let before = |change: &Change| Change { sequence: 0, ..change.clone() };
    let page: Vec<_> = page.iter().map(before).collect();
    assert_eq!(asked(&world.send(Message::ChangesRead { of: list.clone(), changes: Some(page) })), []);
    assert_eq!(asked(&world.act(Action::Down)), []);
    assert_eq!(asked(&world.act(Action::Bottom)), [(list.clone(), 0)]);
    assert_eq!(asked(&world.act(Action::Up)), [], "it is on its way");
    world.send(Message::ChangesRead { of: list, changes: Some(Vec::new()) });
    assert_eq!(asked(&world.act(Action::Bottom)), [], "there is no more");
}

#[test]
fn a_filter_finds_changes_by_order_number_and_state() {
    let mut world = two();
    world.becomes(1, "Processing", &["Failed", "Processing", "Processing"]);
    world.becomes(2, "Successful", &["Acquired"]);
    world.act(Action::Activity);
    let mut found = |typed: &str| {
        world.act(Action::Filter);
        world.press(Keystroke::DeleteToStart);
        world.type_text(typed);
        world.press(Keystroke::Submit);
        lines(&world).len()
    };
    let counts =
        ["\"order 1\"", "\"order 2\"", "successful", "failed", "0200", "nothing", ""].map(&mut found);
    assert_eq!(counts, [1, 2, 1, 1, 1, 0, 3]);
}

#[test]
fn a_cursor_within_the_changes_follows_its_change_and_one_at_the_top_stays_there() {
    let mut world = two();
    world.becomes(1, "Processing", &["Failed", "Processing", "Processing"]);
    world.act(Action::Activity);
    world.becomes(2, "Successful", &["Acquired"]);
    assert!(lines(&world)[0].starts_with('>'));
    world.act(Action::Bottom);
    world.wait(60_000);
    world.becomes(1, "Partial", &["Failed", "Acquired", "Acquired"]);
    let lines = lines(&world);
    let at = lines.iter().position(|line| line.starts_with('>')).unwrap();
    assert_eq!((at, lines[at].as_str()), (lines.len() - 1, ">08:00 order 1 +1 503 555 0100 * → *"));
}

#[test]
fn the_cursor_of_an_order_and_of_numbers_follows_its_number() {
    let mut world = two();
    world.act(Action::Open);
    world.acts(&[Action::Bottom]);
    let number = |world: &World| match &world.model.screen {
        Screen::Order(screen) => {
            let spots = chimewatch::app::query::order::spots(&world.model, screen, 100);
            format!("{:?}", spots.get(screen.cursor).unwrap())
        }
        Screen::Numbers(screen) => {
            let (seen, index) =
                chimewatch::app::query::numbers::at(&world.model, screen, screen.cursor).unwrap();
            format!("{} {index}", seen.name())
        }
        Screen::List | Screen::Number(_) | Screen::Activity(_) => "elsewhere".to_owned(),
    };
    assert_eq!(number(&world), "Number(2)");
    world.becomes(1, "Processing", &["Failed", "Processing", "Processing"]);
    assert_eq!(number(&world), "Number(2)");
    world.act(Action::Back);
    world.acts(&[Action::Numbers, Action::Numbers, Action::Bottom]);
    let before = number(&world);
    world.becomes(1, "Processing", &["Failed", "Failed", "Processing"]);
    assert_eq!(number(&world), before);
}

#[test]
fn the_cursor_of_an_order_stays_on_its_number_when_the_screen_gets_narrower_and_wider() {
    let mut world = two();
    world.act(Action::Open);
    world.acts(&[Action::Bottom]);
    let at = |world: &World, width| {
        let Screen::Order(screen) = &world.model.screen else { panic!("no order is open") };
        let spots = chimewatch::app::query::order::spots(&world.model, screen, width);
        (screen.cursor, format!("{:?}", spots.get(screen.cursor).unwrap()))
    };
    let (line, spot) = at(&world, world.model.size.width);
    world.send(Message::Resized { width: 40, height: 20 });
    let narrow = at(&world, 40);
    assert_eq!(narrow.1, spot);
    assert_ne!(narrow.0, line, "no line was broken");
    world.send(Message::Resized { width: 100, height: 30 });
    assert_eq!(at(&world, 100), (line, spot));
}

#[test]
fn dates_that_an_earlier_run_saw_go_stand_on_the_order_screen() {
    let mut world = two();
    let effects = world.act(Action::Open);
    assert_eq!(asked(&effects), [(PastOf::Order(key(1)), 1)]);
    let moved =
        ChangeKind::FocDate { from: Some(FocDate::new("2027-01-10")), to: Some(FocDate::new("2027-01-12")) };
    let changes =
        earlier(1, 1..2).into_iter().map(|change| Change { sequence: 0, kind: moved.clone(), ..change });
    world.send(Message::ChangesRead { of: PastOf::Order(key(1)), changes: Some(changes.collect()) });
    let known: Vec<_> = lookup::changes_of(&world.model, &key(1)).map(|change| change.kind.clone()).collect();
    assert_eq!(known, [moved]);
    world.acts(&[Action::NextOrder, Action::PreviousOrder]);
    assert_eq!(lookup::changes_of(&world.model, &key(1)).count(), 0, "it is read anew");
}

#[test]
fn what_this_run_has_had_too_many_of_to_keep_is_read_again_and_nothing_is_told_twice() {
    let mut world = two();
    let edition = world.model.current_list().unwrap().edition;
    let list = PastOf::List(LAUNCH, edition);
    world.act(Action::Activity);
    world.send(Message::ChangesRead { of: list.clone(), changes: Some(earlier(1, 0..0)) });
    world.act(Action::Back);
    // Each is a change of the order alone; a thousand are kept.
    for round in 0..1_010 {
        world.pass(1_000);
        world.becomes(2, ["Submitted", "Processing"][round % 2], &["Processing"]);
    }
    let effects = world.act(Action::Activity);
    assert_eq!(asked(&effects), [(list.clone(), 11)]);
    assert_eq!(asked(&world.act(Action::Down)), [], "it is on its way");
    world.send(Message::ChangesRead { of: list, changes: Some(earlier(2, 1..11)) });
    let Screen::Activity(screen) = &world.model.screen else { panic!("another screen") };
    assert_eq!(changes::line_count(&world.model, screen), 1_010);
}

/// What is written when the changes on the screen are exported to a file of that ending.
fn exported(world: &mut World, ending: &str) -> (String, String) {
    world.act(Action::Export);
    world.press(Keystroke::DeleteToStart);
    world.press(Keystroke::End);
    world.press(Keystroke::DeleteToStart);
    world.type_text(&format!("changes.{ending}"));
    let effects = world.press(Keystroke::Submit);
    world.press(Keystroke::Cancel);
    let [Effect::Files(FilesWork::Export(export))] = effects.as_slice() else { panic!("{effects:?}") };
    (export.what.clone(), export.text())
}

#[test]
fn the_activity_is_exported_as_it_is_shown_each_change_on_its_own_line() {
    let mut world = two();
    world.wait(1_000);
    world.becomes(1, "Successful", &["Acquired", "Acquired", "Acquired"]);
    world.becomes(2, "Failed", &["Processing"]);
    world.act(Action::Activity);
    world.act(Action::Filter);
    world.type_text("failed");
    world.press(Keystroke::Submit);
    let seen = "2027-01-15T08:00:00Z,2027-01-15T08:00:01Z";
    let csv = format!(
        "seen_after,seen_by,order_id,order,what,number,from,to,profile,region\r\n\
         {seen},{},order 2,order,,Processing,Failed,prod,us-east-1\r\n",
        key(2).id
    );
    assert_eq!(exported(&mut world, "csv"), ("1 change".to_owned(), csv));
    world.act(Action::Back);
    let (what, json) = exported(&mut world, "json");
    assert_eq!((what.as_str(), json.lines().count()), ("5 changes", 5));
    let number = format!(
        "{{\"SeenAfter\":\"2027-01-15T08:00:00Z\",\"SeenBy\":\"2027-01-15T08:00:01Z\",\"PhoneNumberOrderId\":\"{}\",\
         \"Order\":\"order 1\",\"What\":\"number\",\"E164PhoneNumber\":\"+15035550100\",\"From\":\"Processing\",\
         \"To\":\"Acquired\",\"Profile\":\"prod\",\"Region\":\"us-east-1\"}}",
        key(1).id
    );
    assert!(json.lines().any(|line| line == number), "{json}");
    let (_, table) = exported(&mut world, "md");
    let row = "| 2027-01-15T08:00:01Z | order 2 | went from Processing to Failed |\n";
    assert!(table.starts_with(&format!("| Seen | Order | Change |\n|---|---|---|\n{row}")), "{table}");
}
