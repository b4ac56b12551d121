//! What is on the screen in the tests: every state of an order, an order of five hundred numbers, what lies over
//! them.

use crate::stage::{Stage, entry, id, numbers, order, porting, wall};
use chimewatch::app::effect::{ListId, ListWork, Purpose};
use chimewatch::app::looks::ThemeName;
use chimewatch::app::message::Keystroke;
use chimewatch::app::model::Lesson;
use chimewatch::app::past::PastOf;
use chimewatch::app::{Action, Message};
use chimewatch::domain::watchlist::{Access, Following};
use chimewatch::domain::{
    Change, ChangeKind, Entry, FailureKind, Identity, Interval, NetworkStage, OrderPage, OrderStatus,
    PhoneNumberOrder,
};
use chimewatch::ui::{Depth, Glyphs, Themes};

/// A scene by its name.
pub(crate) type Scene = (&'static str, fn() -> Stage);

/// Every scene.
pub(crate) const SCENES: [Scene; 33] = [
    ("list", launch),
    ("order", five_hundred_open),
    ("porting", porting_open),
    ("numbers", numbers_screen),
    ("chips", chips),
    ("wrong-filter", wrong_filter),
    ("order-filter", order_filter),
    ("sort", sort_menu),
    ("columns", columns),
    ("help", help),
    ("empty", empty),
    ("card", signed_out),
    ("paste", paste),
    ("palette", palette),
    ("profile", profile),
    ("region", region),
    ("theme", theme),
    ("import", import),
    ("import-refused", import_refused),
    ("broken", broken),
    ("demo", demo),
    ("accounts", accounts),
    ("elsewhere", elsewhere),
    ("activity", activity),
    ("masked", masked),
    ("masked-order", masked_order),
    ("marks", marks),
    ("copy", copy),
    ("move", move_orders),
    ("json", json),
    ("export", export),
    ("lists", lists),
    ("rename", rename),
];

fn press(mut stage: Stage, actions: &[Action]) -> Stage {
    for action in actions {
        stage.tell(Message::Action(*action));
    }
    stage
}

/// Marked orders, one of which the filter hides.
fn marks() -> Stage {
    let mut stage = press(launch(), &[Action::Top, Action::MarkOrder, Action::MarkRange, Action::Down]);
    stage = press(stage, &[Action::MarkRange, Action::Filter]);
    for letter in "port".chars() {
        stage.tell(Message::Typed(Keystroke::Character(letter)));
    }
    stage.tell(Message::Typed(Keystroke::Submit));
    stage
}

fn copy() -> Stage {
    press(launch(), &[Action::Top, Action::CopyAs])
}

fn move_orders() -> Stage {
    press(launch(), &[Action::Top, Action::MarkOrder, Action::MarkOrder, Action::MoveOrders])
}

/// An answer with members that the API does not document and a text that a terminal would obey.
fn json() -> Stage {
    let mut stage = press(launch(), &[Action::Top, Action::RawJson]);
    let key = stage.model.kept_body.clone().unwrap();
    let number = |last: u32| format!(r#"{{"E164PhoneNumber":"+1833555{last:04}","Status":"Acquired"}}"#);
    let numbers: Vec<_> = (100..109).map(number).collect();
    let body = format!(
        r#"{{"PhoneNumberOrder":{{"ZipCode":98101.50,"Remark":"{}","OrderedPhoneNumbers":[{}],"FocDate":null}}}}"#,
        "\u{9b}2J",
        numbers.join(",")
    );
    stage.tell(Message::Came { key, received: wall("2026-11-23T14:03:00Z"), body });
    stage
}

fn export() -> Stage {
    press(launch(), &[Action::Export])
}

fn five_hundred_open() -> Stage {
    press(five_hundred(), &[Action::Top, Action::Open])
}

fn porting_open() -> Stage {
    let mut stage = launch();
    stage.tell(Message::Action(Action::Top));
    while stage.model.current_list().and_then(|list| list.key_at_cursor()) != Some(&stage.key(3)) {
        stage.tell(Message::Action(Action::Down));
    }
    press(stage, &[Action::Open])
}

fn numbers_screen() -> Stage {
    press(launch(), &[Action::Numbers])
}

fn typed(mut stage: Stage, text: &str) -> Stage {
    for character in text.chars() {
        stage.tell(Message::Typed(Keystroke::Character(character)));
    }
    stage
}

/// A filter in force, over rows that are sorted by a column.
fn chips() -> Stage {
    let mut stage = typed(press(launch(), &[Action::Filter]), "!status:failed numbers>10");
    stage.tell(Message::Typed(Keystroke::Submit));
    let mut stage = typed(press(stage, &[Action::Sort]), "done");
    stage.tell(Message::Typed(Keystroke::Submit));
    stage.model.notice = None;
    stage
}

fn wrong_filter() -> Stage {
    typed(press(launch(), &[Action::Filter]), "port-in statsu:failed")
}

fn order_filter() -> Stage {
    let mut stage = typed(press(five_hundred_open(), &[Action::Filter]), "status:failed,processing");
    stage.tell(Message::Typed(Keystroke::Submit));
    stage
}

fn sort_menu() -> Stage {
    press(launch(), &[Action::Sort, Action::Down])
}

/// The columns, one of them hidden and one shown.
fn columns() -> Stage {
    let mut stage = press(launch(), &[Action::Columns]);
    for name in ["foc", "created"] {
        stage = typed(stage, name);
        stage.tell(Message::Typed(Keystroke::Submit));
        stage.tell(Message::Typed(Keystroke::Cancel));
    }
    stage
}

fn help() -> Stage {
    press(launch(), &[Action::Help])
}

fn empty() -> Stage {
    Stage::new(&[("unsaved", Vec::new())])
}

fn signed_out() -> Stage {
    let mut stage = launch();
    let mut failure =
        stage.failure(1, FailureKind::Credentials, "Profile prod is signed out (session ended 13:40 UTC)");
    failure.next_step = "Run in another window: aws sso login --profile prod".into();
    failure.command = Some("aws sso login --profile prod".into());
    stage.answer("14:03:07", Err(failure)).at("14:03:08");
    stage
}

fn paste() -> Stage {
    let mut stage = launch();
    let text = format!("Boise {}\n{}\n{}\n{}\n", id(21), id(22), id(22), id(1));
    stage.tell(Message::Pasted(text));
    stage
}

fn palette() -> Stage {
    press(launch(), &[Action::Palette])
}

fn lists() -> Stage {
    press(launch(), &[Action::Lists])
}

/// A name that another list has.
fn rename() -> Stage {
    let mut stage = press(launch(), &[Action::ListRename]);
    let list = stage.model.current_list().unwrap().id;
    let work = ListWork::Rename { list, name: "porting".into() };
    stage.tell(Message::Typed(Keystroke::DeleteToStart));
    for letter in "porting".chars() {
        stage.tell(Message::Typed(Keystroke::Character(letter)));
    }
    stage.tell(Message::Typed(Keystroke::Submit));
    let why = "A watchlist called 'porting' exists. Choose another name.";
    stage.tell(Message::ListsChanged { work, purpose: Purpose::Edit, result: Err(why.into()) });
    stage
}

fn profile() -> Stage {
    let mut stage = press(launch(), &[Action::Profile]);
    stage.tell(Message::ProfilesRead(["staging", "prod", "prod-eu", "sandbox"].map(Into::into).into()));
    for letter in ['p', 'r', 'd'] {
        stage.tell(Message::Typed(Keystroke::Character(letter)));
    }
    stage
}

fn region() -> Stage {
    press(launch(), &[Action::Region, Action::Down])
}

/// The themes as a start knows them, with the second of them tried out.
fn theme() -> Stage {
    let mut stage = launch();
    let themes = Themes::load(&[], Depth::Indexed, Glyphs::Unicode);
    stage.model.looks.themes = themes
        .all()
        .iter()
        .map(|theme| ThemeName {
            name: theme.name.as_str().into(),
            about: theme.about.as_str().into(),
            problem: None,
        })
        .collect();
    press(stage, &[Action::Theme, Action::Down])
}

/// Orders that are watched, marked, and others; settled ones are folded.
fn import() -> Stage {
    let mut stage = launch();
    let at = |index: u32, minute: u32, order: PhoneNumberOrder| PhoneNumberOrder {
        id: id(index),
        created: Some(wall(&format!("2026-11-23T13:{minute:02}:00Z"))),
        ..order
    };
    let many = |first, states: &str| order(1, "Processing", &numbers(first, states));
    let mut orders = vec![
        at(1, 10, order(1, "Partial", &numbers(18_335_550_100, "AAAAAAAFA"))),
        at(4, 12, many(12_065_550_100, &"P".repeat(50))),
        at(31, 50, many(15_035_550_100, &("A".repeat(12) + &"P".repeat(38)))),
        at(32, 40, porting(1, "PendingDocuments", None, &numbers(12_085_550_100, "PPPPPPPPPPPP"))),
        at(33, 30, porting(1, "FOC", Some("2026-11-28"), &numbers(17_755_550_100, &"P".repeat(40)))),
        at(34, 20, order(1, "Processing", &[])),
    ];
    orders.extend(
        (0..31).map(|index| at(40 + index, index, order(1, "Successful", &numbers(15_125_550_100, "AA")))),
    );
    stage.import(Ok(OrderPage { orders, undecodable: 0, next: None }));
    press(stage, &[Action::Mark, Action::Mark])
}

fn import_refused() -> Stage {
    let mut stage = launch();
    let mut failure = stage.failure(
        1,
        FailureKind::Forbidden,
        "Profile prod (account 1234…9012) may not list orders: chime:ListPhoneNumberOrders is missing",
    );
    failure.order = None;
    failure.next_step = "Orders can be added by their IDs all the same".into();
    failure.command = Some("{\"Statement\":[]}".into());
    stage.import(Err(failure));
    stage
}

fn broken() -> Stage {
    let mut stage = launch();
    let mut watchlist = stage.model.current_list().unwrap().watchlist.clone();
    watchlist.access =
        Access::Broken("/home/ada/.local/share/chimewatch/watchlists/launch.toml:12 expected `=`".into());
    stage.tell(Message::ListRead { list: ListId(0), watchlist });
    stage
}

/// Orders of two accounts: those of one wait for a login, those of the other have credentials that end soon.
fn accounts() -> Stage {
    let of_dev = |index, label| Entry {
        profile: Some("dev".into()),
        region: Some("us-west-2".into()),
        ..entry(index, label)
    };
    let launch = vec![
        entry(1, "Seattle launch"),
        entry(2, "Toll-free"),
        of_dev(3, "Trial"),
        of_dev(4, "Second trial"),
    ];
    let mut stage = Stage::new(&[("launch", launch), ("porting", vec![entry(1, "")])]);
    let mut watchlist = stage.model.current_list().unwrap().watchlist.clone();
    watchlist.following = Following::Account;
    stage.tell(Message::ListRead { list: ListId(0), watchlist });
    let account = Some("123456789012".into());
    stage.identity = Some(Identity { account, expires: Some(wall("2026-11-23T14:12:30Z")) });
    stage
        .answer("13:50:00", Ok(order(1, "Processing", &numbers(12_065_550_100, "AAPP"))))
        .answer("13:58:00", Ok(order(2, "Successful", &numbers(18_335_550_100, "AAA"))));
    stage.identity = None;
    stage.answer("14:01:00", Ok(order(4, "Processing", &numbers(15_035_550_150, "AP"))));
    let mut failure =
        stage.failure(3, FailureKind::Credentials, "Profile dev is signed out (session ended 13:40 UTC)");
    failure.scope = stage.model.lists[0].keys[2].clone().unwrap().scope;
    failure.next_step = "Run in another window: aws sso login --profile dev".into();
    failure.command = Some("aws sso login --profile dev".into());
    stage.answer("14:03:07", Err(failure)).at("14:03:08");
    stage
}

/// An order that its region does not know, while another of the list answers.
fn elsewhere() -> Stage {
    let mut stage = Stage::new(&[("launch", vec![entry(1, "Seattle launch"), entry(2, "Toll-free")])]);
    stage.answer("13:50:00", Ok(order(1, "Processing", &numbers(12_065_550_100, "AAPP"))));
    let failure =
        stage.failure(2, FailureKind::NotFound, "Order 3c6ef362 was not found in us-east-1 as prod");
    stage.answer("14:03:07", Err(failure)).at("14:03:08");
    press(stage, &[Action::Bottom, Action::Open])
}

/// The demo at rest: settled orders are folded, orders live in two regions, asking is paused.
fn demo() -> Stage {
    let mut entries: Vec<_> = (1..=7).map(|index| entry(index, &format!("Portland {index}"))).collect();
    entries.push(entry(8, ""));
    entries.push(entry(9, ""));
    entries[7].region = Some("us-west-2".into());
    let lists = [("launch", entries), ("emea", Vec::new())];
    let mut stage = Stage::with(&lists, Some("http://127.0.0.1:8080"), Some(Lesson { step: 0 }));
    for index in 1..=7 {
        stage.answer("13:00:00", Ok(order(index, "Successful", &numbers(15_035_550_100, "AAAA"))));
    }
    for index in [8, 9] {
        stage.answer("14:02:30", Ok(order(index, "Submitted", &numbers(442_079_460_100, "PPPP"))));
    }
    stage.at("14:02:55").tell(Message::Action(Action::Pause));
    stage.at("14:03:07");
    stage
}

/// The states of the design's drawing, and every other state.
pub(crate) fn launch() -> Stage {
    let mut stage = Stage::new(&[
        (
            "launch",
            vec![
                entry(1, "Toll-free"),
                entry(2, "Boise port-in"),
                entry(3, "Reno port-in"),
                entry(4, "Seattle launch"),
                entry(5, ""),
                entry(6, "Portland"),
                entry(7, "Austin"),
                entry(8, "Tulsa port-in"),
                entry(9, "Mesa port-in"),
                entry(10, "Omaha port-in"),
                entry(11, "Fargo port-in"),
                entry(12, "Dayton port-in"),
                entry(13, "From the future"),
                entry(14, ""),
                entry(15, "Broken wire"),
            ],
        ),
        ("porting", vec![]),
        ("toll-free", vec![]),
    ]);
    let many = |states: &str, count: usize| states.repeat(count);
    stage
        .answer("10:02:00", Ok(order(1, "Partial", &numbers(18_335_550_100, "AAAAAAAFA"))))
        .answer("10:02:00", Ok(porting(2, "Submitted", None, &numbers(12_085_550_100, &many("P", 12)))))
        .answer(
            "10:02:00",
            Ok(porting(3, "FOC", Some("2026-11-26"), &numbers(17_755_550_100, &many("P", 40)))),
        )
        .answer("10:02:01", Ok(order(4, "Processing", &numbers(12_065_550_100, &many("P", 50)))))
        .answer("10:02:01", Ok(order(5, "Processing", &numbers(15_035_550_100, &many("P", 50)))))
        .answer("10:02:01", Ok(order(6, "Processing", &numbers(15_035_550_150, &many("P", 50)))))
        .answer("10:02:02", Ok(order(7, "Failed", &numbers(15_125_550_100, "FF"))))
        .answer("10:02:02", Ok(porting(8, "ChangeRequested", None, &numbers(19_185_550_100, "PP"))))
        .answer("10:02:02", Ok(porting(9, "Exception", None, &numbers(14_805_550_100, "PP"))))
        .answer("10:02:02", Ok(porting(10, "CancelRequested", None, &numbers(14_025_550_100, "PP"))))
        .answer("10:02:02", Ok(porting(11, "Cancelled", None, &numbers(17_015_550_100, "FF"))))
        .answer("10:02:02", Ok(porting(12, "Submitted", None, &numbers(19_375_550_100, "PP"))))
        .answer("10:02:02", Ok(order(13, "Teleported", &numbers(12_065_550_199, "?"))))
        .answer("13:02:00", Ok(order(6, "Successful", &numbers(15_035_550_150, &many("A", 50)))))
        .answer(
            "13:50:00",
            Ok(porting(2, "PendingDocuments", None, &numbers(12_085_550_100, &many("P", 12)))),
        )
        .answer(
            "13:58:00",
            Ok(porting(3, "FOC", Some("2026-11-28"), &numbers(17_755_550_100, &many("P", 40)))),
        )
        .answer(
            "14:00:00",
            Ok(order(4, "Processing", &numbers(12_065_550_100, &(many("A", 2) + &many("P", 48))))),
        );
    let offline = stage.failure(
        15,
        FailureKind::Network(NetworkStage::Name),
        "The name voice-chime.us-east-1.amazonaws.com does not resolve",
    );
    stage.answer("14:01:30", Err(offline));
    stage.answer(
        "14:03:05",
        Ok(order(4, "Processing", &numbers(12_065_550_100, &(many("A", 45) + &many("P", 3) + "FF")))),
    );
    stage.answer(
        "14:03:06",
        Ok(order(5, "Processing", &numbers(15_035_550_100, &(many("A", 12) + &many("P", 38))))),
    );
    stage.at("14:03:07");
    stage
}

/// An order of five hundred numbers, of which two failed and five wait.
pub(crate) fn five_hundred() -> Stage {
    let mut stage = Stage::new(&[("launch", vec![entry(1, "Seattle launch"), entry(2, "Toll-free")])]);
    let states = |acquired: usize, failed: usize| {
        "A".repeat(acquired) + &"F".repeat(failed) + &"P".repeat(500 - acquired - failed)
    };
    stage
        .answer("10:02:00", Ok(order(2, "Successful", &numbers(18_335_550_100, "AAAAAAAAA"))))
        .answer("14:02:00", Ok(order(1, "Processing", &numbers(12_065_550_100, &states(450, 0)))))
        .answer("14:03:00", Ok(order(1, "Processing", &numbers(12_065_550_100, &states(493, 2)))))
        .at("14:03:07");
    stage
}

/// What changed, with what the history had before.
fn activity() -> Stage {
    let mut stage = press(launch(), &[Action::Activity]);
    let list = stage.model.current_list().unwrap();
    let of = PastOf::List(list.id, list.edition);
    let seen = Interval { after: Some(wall("2026-11-20T16:55:00Z")), by: wall("2026-11-20T17:10:00Z") };
    let was = |status: &str| OrderStatus::parse(status);
    let earlier = [(12, "Processing", "Submitted"), (3, "Submitted", "FOC")];
    let change = |(index, from, to): (u32, &str, &str)| Change {
        sequence: 0,
        key: stage.key(index),
        kind: ChangeKind::Order { from: was(from), to: was(to) },
        seen,
    };
    let changes = earlier.map(change).to_vec();
    stage.tell(Message::ChangesRead { of, changes });
    press(stage, &[Action::Down, Action::Down])
}

fn masked() -> Stage {
    press(launch(), &[Action::Privacy, Action::Mute])
}

fn masked_order() -> Stage {
    press(five_hundred(), &[Action::Privacy, Action::Top, Action::Open])
}
