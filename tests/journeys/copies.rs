//! Copying in a form that is chosen, moving to another list, the answer as it came, and exports.

use crate::world::{LAUNCH, PORTING, UNSAVED, World, entry, id, key, list, text, undo, world};
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Destination, Effect, FilesWork, ListId, ListWork, Purpose};
use chimewatch::app::message::{Keystroke, Message};
use chimewatch::app::model::{Overlay, Screen};
use chimewatch::app::picker::{Detail, State};
use chimewatch::app::query;
use chimewatch::app::written::export::{Contents, Export, Format};
use chimewatch::domain::watchlist::{Access, Carried, Edit, Removed, Transferred};
use chimewatch::domain::{Entry, Watchlist};

/// What the menu says: each way with how much it would copy, or why not.
fn menu(world: &World) -> Vec<(String, String)> {
    let said = |item: &chimewatch::app::picker::Item| {
        let much = match (&item.state, &item.detail) {
            (State::Disabled(reason, _), _) => (*reason).to_owned(),
            (_, Detail::Words(words)) => words.clone(),
            (_, Detail::Order { .. } | Detail::List { .. } | Detail::Symbol(_) | Detail::Filter(_)) => {
                String::new()
            }
        };
        (item.name.clone(), much)
    };
    world.picker().shown().map(said).collect()
}

fn said(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines.iter().map(|(name, much)| ((*name).to_owned(), (*much).to_owned())).collect()
}

/// Three orders, two of them read.
pub(crate) fn three() -> World {
    let mut world = world(1..=3);
    world.read(&[(1, "Partial", &["Acquired", "Failed"]), (2, "Processing", &["Processing"])]);
    world.act(Action::Top);
    world
}

pub(crate) fn copied(effects: &[Effect]) -> (&str, &str) {
    match effects {
        [Effect::Copy { text, what }] => (text, what),
        other => panic!("nothing is copied: {other:?}"),
    }
}

#[test]
fn the_menu_says_how_much_each_way_would_copy_of_the_order_under_the_cursor() {
    let mut world = three();
    assert_eq!(world.act(Action::CopyAs), []);
    let expected = said(&[
        ("ID", "36 characters"),
        ("all numbers", "2 numbers"),
        ("failed numbers", "1 number"),
        ("JSON", "1 order as the AWS CLI prints it"),
        ("Markdown", "1 row of a table"),
        ("AWS CLI command", "asks for this order"),
        ("link to the AWS console", "the page of its region"),
    ]);
    assert_eq!(menu(&world), expected);
    world.type_text("fail");
    let effects = world.press(Keystroke::Submit);
    assert_eq!((copied(&effects), world.model.overlay.as_ref()), (("+15035550101", "1 failed number"), None));
}

#[test]
fn the_menu_takes_the_marked_and_leaves_out_what_there_is_none_of() {
    let mut world = three();
    world.acts(&[Action::Down, Action::MarkOrder, Action::MarkOrder, Action::CopyAs]);
    let expected = said(&[
        ("ID", "2 IDs, one a line"),
        ("all numbers", "1 number"),
        ("failed numbers", "none"),
        ("JSON", "2 orders, one a line"),
        ("Markdown", "2 rows of a table, with its head"),
        ("AWS CLI command", "2 commands, one a line"),
        ("link to the AWS console", "the page of its region"),
    ]);
    assert_eq!(menu(&world), expected);
    world.type_text("command");
    let effects = world.press(Keystroke::Submit);
    let command = |number| {
        format!(
            "aws chime-sdk-voice get-phone-number-order --phone-number-order-id {} --region us-east-1 --profile prod",
            id(number)
        )
    };
    assert_eq!(copied(&effects), (format!("{}\n{}", command(2), command(3)).as_str(), "2 commands"));
    let effects = world.act(Action::Copy);
    assert_eq!(copied(&effects), (format!("{}\n{}", id(2), id(3)).as_str(), "2 IDs"));
}

#[test]
fn what_there_is_none_of_says_so_and_the_menu_stays() {
    let mut world = three();
    world.acts(&[Action::Bottom, Action::CopyAs, Action::Down]);
    assert_eq!(world.press(Keystroke::Submit), []);
    assert_eq!((world.notice(), world.picker().cursor()), ("No number is known yet.", 1));
}

#[test]
fn masked_numbers_stay_masked_in_copied_rows_and_whole_where_somebody_works_with_them() {
    let mut world = three();
    let unlabelled = Watchlist { entries: vec![Entry::new(id(1))], ..list("launch", []) };
    world.send(Message::ListRead { list: LAUNCH, watchlist: unlabelled });
    world.acts(&[Action::Privacy, Action::CopyAs]);
    world.type_text("markdown");
    let effects = world.press(Keystroke::Submit);
    let row = format!(r"| +1 503 \*\*\* \*\*0x ×2 | Partial | 1/2 | 1 |  | {} |", id(1));
    assert_eq!(copied(&effects).0, row);
    world.act(Action::CopyAs);
    world.type_text("all");
    let effects = world.press(Keystroke::Submit);
    assert_eq!(copied(&effects).0, "+15035550100\n+15035550101");
}

#[test]
fn the_way_and_the_amount_are_told() {
    let mut world = three();
    let effects = world.act(Action::Copy);
    let (_, what) = copied(&effects);
    world.send(Message::Copied { what: what.to_owned(), result: Ok("OSC 52".to_owned()) });
    assert_eq!(world.notice(), "Copied 36 characters by OSC 52.");
    let effects = world.act(Action::ConsolePage);
    let link = "https://console.aws.amazon.com/chime-sdk/home?region=us-east-1";
    assert_eq!(copied(&effects), (link, "the link (62 characters)"));
}

fn transfer(to: Destination, numbers: &[u32]) -> Effect {
    let orders =
        numbers.iter().map(|number| Carried { id: id(*number), profile: None, region: None }).collect();
    Effect::Files(FilesWork::Transfer { from: LAUNCH, to, orders })
}

fn removed(number: u32, place: usize) -> Removed {
    Removed { entry: entry(number), place, offset: 0, text: "[[order]]".to_owned(), excepted: None }
}

#[test]
fn orders_are_moved_and_one_undo_puts_them_back_before_it_takes_them_out() {
    let mut world = three();
    world.acts(&[Action::MarkOrder, Action::MarkOrder, Action::MoveOrders]);
    assert_eq!(world.choices(), ["[porting]", "unsaved"]);
    let effects = world.press(Keystroke::Submit);
    assert_eq!(
        (effects, world.model.overlay.as_ref()),
        (vec![transfer(Destination::List(PORTING), &[1, 2])], None)
    );
    let moved = Transferred {
        target: list("porting", [1, 2]),
        source: list("launch", [3]),
        removed: vec![removed(1, 0), removed(2, 1)],
        added: vec![id(1), id(2)],
    };
    world.send(Message::Transferred { from: LAUNCH, result: Ok((PORTING, moved)) });
    assert_eq!((world.rows().as_str(), world.notice()), ("[3]", "2 orders are in porting now."));
    assert_eq!(world.model.lists[1].watchlist.entries, [entry(1), entry(2)]);
    let effects = world.act(Action::Undo);
    assert_eq!(effects, [undo(LAUNCH, Edit::Restore(vec![removed(1, 0), removed(2, 1)]))]);
    let effects = world.keep(&effects);
    assert!(effects.contains(&undo(PORTING, Edit::Remove(vec![id(1), id(2)]))), "{effects:?}");
    assert_eq!((world.rows().as_str(), world.notice()), ("[1] 2 3", "2 orders are back in launch."));
    world.keep(&effects);
    assert_eq!(world.model.lists[1].watchlist.entries, []);
    assert_eq!((world.notice(), world.model.undo.len()), ("2 orders are back in launch.", 0));
}

#[test]
fn an_undo_that_does_not_put_the_orders_back_takes_none_out_of_where_they_are() {
    let mut world = three();
    let moved = Transferred {
        target: list("porting", [1]),
        source: list("launch", [2, 3]),
        removed: vec![removed(1, 0)],
        added: vec![id(1)],
    };
    world.send(Message::Transferred { from: LAUNCH, result: Ok((PORTING, moved)) });
    assert_eq!(world.notice(), "order 1 is in porting now.");
    world.act(Action::Undo);
    let why = text("/data/launch.toml: no space is left on the disk");
    let effects =
        world.send(Message::Edited { list: LAUNCH, purpose: Purpose::Undo, result: Err(why.clone()) });
    assert_eq!((effects, world.notice(), world.model.undo.len()), (vec![], why.raw(), 1));
}

#[test]
fn a_name_that_no_list_has_makes_one() {
    let mut world = three();
    world.act(Action::MoveOrders);
    world.type_text("done");
    assert_eq!(world.choices(), ["[new list: done]"]);
    assert_eq!(world.press(Keystroke::Submit), [transfer(Destination::New("done".into()), &[1])]);
    let moved = Transferred {
        target: list("done", [1]),
        source: list("launch", [2, 3]),
        removed: vec![removed(1, 0)],
        added: vec![id(1)],
    };
    world.send(Message::Transferred { from: LAUNCH, result: Ok((ListId(3), moved)) });
    let names: Vec<_> = world.model.lists.iter().map(|list| list.watchlist.name.raw()).collect();
    assert_eq!(names, ["launch", "porting", "unsaved", "done"]);
}

/// Three orders, the first of which was moved to a list that was made for it.
fn moved_to_a_new_list(done: ListId) -> World {
    let mut world = three();
    let moved = Transferred {
        target: list("done", [1]),
        source: list("launch", [2, 3]),
        removed: vec![removed(1, 0)],
        added: vec![id(1)],
    };
    world.send(Message::Transferred { from: LAUNCH, result: Ok((done, moved)) });
    assert_eq!(world.notice(), "order 1 is in done now.");
    world
}

#[test]
fn undo_of_a_move_takes_the_list_away_that_was_made_for_it() {
    let done = ListId(3);
    let mut world = moved_to_a_new_list(done);
    let effects = world.act(Action::Undo);
    let effects = world.keep(&effects);
    let work = ListWork::Delete { list: done };
    assert!(
        effects.contains(&Effect::Files(FilesWork::Lists { work, purpose: Purpose::Undo })),
        "{effects:?}"
    );
    world.keep(&effects);
    let names: Vec<_> = world.model.lists.iter().map(|list| list.watchlist.name.raw()).collect();
    assert_eq!(names, ["launch", "porting", "unsaved"]);
    assert_eq!(world.notice(), "order 1 is back in launch. done is deleted again.");
    assert_eq!((world.rows().as_str(), world.model.undo.len()), ("2 [1] 3", 0));
}

#[test]
fn a_list_that_was_made_for_a_move_and_has_got_another_order_since_stays() {
    let done = ListId(3);
    let mut world = moved_to_a_new_list(done);
    world.send(Message::ListRead { list: done, watchlist: list("done", [1, 4]) });
    let effects = world.act(Action::Undo);
    let effects = world.keep(&effects);
    assert!(effects.contains(&undo(done, Edit::Remove(vec![id(1)]))), "{effects:?}");
}

#[test]
fn a_failed_move_says_where_the_orders_are_and_changes_nothing() {
    let mut world = three();
    let why =
        text("The orders are in porting now and still in launch too: Cannot write /data/launch.toml: no");
    world.send(Message::Transferred { from: LAUNCH, result: Err(why.clone()) });
    assert_eq!((world.rows().as_str(), world.notice(), world.model.undo.len()), ("[1] 2 3", why.raw(), 0));
}

#[test]
fn an_order_names_its_account_where_the_other_list_has_another() {
    let elsewhere = Watchlist {
        profile: Some("staging".into()),
        region: Some("us-west-2".into()),
        ..list("elsewhere", [])
    };
    let lists = vec![(LAUNCH, list("launch", [1])), (PORTING, elsewhere), (UNSAVED, list("unsaved", []))];
    let mut world = crate::world::world_of(lists, crate::world::defaults());
    world.act(Action::MoveOrders);
    let orders = vec![Carried { id: id(1), profile: Some("prod".into()), region: Some("us-east-1".into()) }];
    let to = Destination::List(PORTING);
    assert_eq!(
        world.press(Keystroke::Submit),
        [Effect::Files(FilesWork::Transfer { from: LAUNCH, to, orders })]
    );
}

#[test]
fn a_broken_list_takes_no_orders() {
    let broken =
        Watchlist { access: Access::Broken("porting.toml:3 a key is missing".into()), ..list("porting", []) };
    let mut world = three();
    world.send(Message::ListRead { list: PORTING, watchlist: broken });
    world.act(Action::MoveOrders);
    assert_eq!(world.press(Keystroke::Submit), []);
    assert_eq!(world.notice(), "porting.toml:3 a key is missing");
}

#[test]
fn an_answer_is_shown_as_it_came_and_copied_unchanged() {
    let mut world = three();
    let effects = world.act(Action::RawJson);
    assert_eq!(effects.first(), Some(&Effect::KeepBody(Some(key(1)))));
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Fetch { key: asked, .. } if *asked == key(1)))
    );
    let body = "{\"PhoneNumberOrder\":{\"Zip\":\"\u{9b}\",\"Status\":\"Partial\"}}";
    let received = world.now.wall;
    world.send(Message::Came { key: key(2), received, body: "{}".to_owned() });
    world.send(Message::Came { key: key(1), received, body: body.to_owned() });
    let Some(Overlay::Json(json)) = &world.model.overlay else { panic!("nothing is shown") };
    let shown = [
        "{",
        "    \"PhoneNumberOrder\": {",
        r#"        "Zip": "\u{9b}","#,
        "        \"Status\": \"Partial\"",
        "    }",
        "}",
    ];
    assert_eq!(json.lines, shown);
    let effects = world.act(Action::Copy);
    assert_eq!(copied(&effects), (body, "the answer (51 characters)"));
    let effects = world.act(Action::Back);
    assert_eq!((effects, world.model.overlay.as_ref()), (vec![Effect::KeepBody(None)], None));
    assert_eq!(world.model.screen, Screen::List);
}

fn export(effects: &[Effect]) -> &Export {
    match effects {
        [Effect::Files(FilesWork::Export(export))] => export,
        other => panic!("nothing is exported: {other:?}"),
    }
}

#[test]
fn what_is_shown_is_exported_under_a_name_that_is_proposed() {
    let mut world = three();
    world.act(Action::Export);
    let effects = world.press(Keystroke::Submit);
    let Export { path, format, contents, what } = export(&effects);
    assert_eq!((path.raw(), *format, what.as_str()), ("./launch-2027-01-15.csv", Format::Csv, "3 orders"));
    let Contents::Orders(orders) = contents else { panic!("numbers are exported") };
    assert_eq!(orders.iter().map(|order| order.entry.id).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
    let path = text("/srv/launch-2027-01-15.csv");
    world.send(Message::Exported { what: what.clone(), result: Ok(path) });
    let told = "Wrote 3 orders to /srv/launch-2027-01-15.csv.";
    assert_eq!((world.notice(), world.model.overlay.as_ref()), (told, None));
}

#[test]
fn the_marked_are_exported_in_the_form_of_the_ending_and_a_failure_keeps_the_name() {
    let mut world = three();
    world.acts(&[Action::MarkOrder, Action::Export]);
    for _ in 0.."./launch-2027-01-15".len() {
        world.press(Keystroke::Backspace);
    }
    world.press(Keystroke::End);
    world.type_text("x");
    assert_eq!(world.press(Keystroke::Submit), []);
    let Some(Overlay::Export(form)) = &world.model.overlay else { panic!("the form is gone") };
    assert_eq!(form.path.error, Some(text("The ending says the form: .csv, .json or .md.")));
    world.press(Keystroke::DeleteToStart);
    world.type_text("a.MD");
    let effects = world.press(Keystroke::Submit);
    assert_eq!((export(&effects).format, export(&effects).what.as_str()), (Format::Markdown, "1 order"));
    let why = text("/srv/a.MD is there already. Choose another name; it was left alone.");
    world.send(Message::Exported { what: "1 order".to_owned(), result: Err(why.clone()) });
    let Some(Overlay::Export(form)) = &world.model.overlay else { panic!("the form is gone") };
    assert_eq!((form.path.text.as_str(), form.path.error.as_ref()), ("a.MD", Some(&why)));
}

#[test]
fn the_numbers_on_the_screen_are_exported_with_their_orders() {
    let mut world = three();
    world.acts(&[Action::Numbers, Action::Numbers, Action::Export]);
    world.press(Keystroke::DeleteToStart);
    world.press(Keystroke::End);
    world.press(Keystroke::DeleteToStart);
    world.type_text("n.json");
    let effects = world.press(Keystroke::Submit);
    assert_eq!(export(&effects).what, "1 number");
    let line = format!(
        "{{\"E164PhoneNumber\":\"+15035550200\",\"Status\":\"Processing\",\"PhoneNumberOrderId\":\"{}\",\"Order\":\"order 2\"}}\n",
        id(2)
    );
    assert_eq!(export(&effects).text(), line);
}

#[test]
fn an_export_says_before_it_is_written_that_its_phone_numbers_are_not_masked() {
    let mut world = three();
    let mut titles = Vec::new();
    for _ in 0..2 {
        world.act(Action::Export);
        let Some(Overlay::Export(form)) = &world.model.overlay else { panic!("no form") };
        titles.push(query::overlay::export_title(&world.model, form));
        world.press(Keystroke::Cancel);
        world.act(Action::Privacy);
    }
    assert_eq!(titles, ["Export 3 orders", "Export 3 orders, phone numbers not masked"]);
}
