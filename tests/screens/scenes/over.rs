//! What lies over a list, and its other screens.

use super::orders::{five_hundred, launch};
use super::{press, typed};
use crate::stage::{Stage, id, numbers, order, porting, wall};
use chimewatch::app::effect::{ListWork, Purpose};
use chimewatch::app::looks::ThemeName;
use chimewatch::app::message::Keystroke;
use chimewatch::app::past::{self, PastOf};
use chimewatch::app::presets::Presets;
use chimewatch::app::{Action, Message};
use chimewatch::domain::usual::Usual;
use chimewatch::domain::{
    Change, ChangeKind, ConfiguredFilter, FailureKind, Interval, OrderPage, OrderStatus, PhoneNumberOrder,
};
use chimewatch::ui::{Depth, Glyphs, Themes};

/// Marked orders, one of which the filter hides.
pub(crate) fn marks() -> Stage {
    let mut stage = press(launch(), &[Action::Top, Action::MarkOrder, Action::MarkRange, Action::Down]);
    stage = press(stage, &[Action::MarkRange, Action::Filter]);
    for letter in "port".chars() {
        stage.tell(Message::Typed(Keystroke::Character(letter)));
    }
    stage.tell(Message::Typed(Keystroke::Submit));
    stage
}

pub(crate) fn copy() -> Stage {
    press(launch(), &[Action::Top, Action::CopyAs])
}

pub(crate) fn move_orders() -> Stage {
    press(launch(), &[Action::Top, Action::MarkOrder, Action::MarkOrder, Action::MoveOrders])
}

/// An answer with members that the API does not document and a text that a terminal would obey.
pub(crate) fn json() -> Stage {
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

pub(crate) fn export() -> Stage {
    press(launch(), &[Action::Export])
}

pub(crate) fn five_hundred_open() -> Stage {
    let mut stage = press(five_hundred(), &[Action::Top, Action::Open]);
    let of = past::alike(&stage.model, &stage.key(1)).unwrap();
    let hours = std::time::Duration::from_hours;
    let usual = Usual { orders: 23, half: hours(2), nine_of_ten: hours(3) };
    stage.tell(Message::UsualRead { of, usual: Some(usual) });
    stage
}

pub(crate) fn porting_open() -> Stage {
    let mut stage = launch();
    stage.tell(Message::Action(Action::Top));
    while stage.model.current_list().and_then(|list| list.key_at_cursor()) != Some(&stage.key(3)) {
        stage.tell(Message::Action(Action::Down));
    }
    press(stage, &[Action::Open])
}

pub(crate) fn numbers_screen() -> Stage {
    press(launch(), &[Action::Numbers])
}

/// A filter in force, over rows that are sorted by a column.
pub(crate) fn chips() -> Stage {
    let mut stage = typed(press(launch(), &[Action::Filter]), "!status:failed numbers>10");
    stage.tell(Message::Typed(Keystroke::Submit));
    let mut stage = typed(press(stage, &[Action::Sort]), "done");
    stage.tell(Message::Typed(Keystroke::Submit));
    stage.model.notice = None;
    stage
}

pub(crate) fn wrong_filter() -> Stage {
    typed(press(launch(), &[Action::Filter]), "port-in statsu:failed")
}

/// The field of the filter as it opens.
pub(crate) fn filter_field() -> Stage {
    press(launch(), &[Action::Filter])
}

/// A filter of one's own, one that is none, one of the config file; another one is set.
fn named() -> Stage {
    let mut stage = typed(press(launch(), &[Action::Filter]), "!status:failed numbers>10");
    stage.tell(Message::Typed(Keystroke::Submit));
    let configured = ConfiguredFilter {
        name: "stuck".into(),
        filter: "status:processing age>1h".into(),
        place: "~/.config/chimewatch/config.toml:38".into(),
    };
    let kept = [("Texas toll-free", "label:toll-free +1833"), ("typo", "statsu:failed")];
    let kept = kept.map(|(name, filter)| (name.into(), Some(filter.into()))).into();
    stage.model.presets = Presets::new(vec![configured], kept);
    stage
}

pub(crate) fn filters() -> Stage {
    press(named(), &[Action::Filters, Action::Down, Action::Down, Action::Down])
}

/// A name that another filter has.
pub(crate) fn save_filter() -> Stage {
    typed(press(named(), &[Action::SaveFilter]), "Texas toll-free")
}

pub(crate) fn order_filter() -> Stage {
    let mut stage = typed(press(five_hundred_open(), &[Action::Filter]), "status:failed,processing");
    stage.tell(Message::Typed(Keystroke::Submit));
    stage
}

pub(crate) fn sort_menu() -> Stage {
    press(launch(), &[Action::Sort, Action::Down])
}

/// The columns, one of them hidden and one shown.
pub(crate) fn columns() -> Stage {
    let mut stage = press(launch(), &[Action::Columns]);
    for name in ["foc", "created"] {
        stage = typed(stage, name);
        stage.tell(Message::Typed(Keystroke::Submit));
        stage.tell(Message::Typed(Keystroke::Cancel));
    }
    stage
}

pub(crate) fn help() -> Stage {
    press(launch(), &[Action::Help])
}

pub(crate) fn paste() -> Stage {
    let mut stage = launch();
    let text = format!("Boise {}\n{}\n{}\n{}\n", id(21), id(22), id(22), id(1));
    stage.tell(Message::Pasted(text));
    stage
}

pub(crate) fn palette() -> Stage {
    press(launch(), &[Action::Palette])
}

pub(crate) fn lists() -> Stage {
    press(launch(), &[Action::Lists])
}

/// A name that another list has.
pub(crate) fn rename() -> Stage {
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

pub(crate) fn profile() -> Stage {
    let mut stage = press(launch(), &[Action::Profile]);
    stage.tell(Message::ProfilesRead(["staging", "prod", "prod-eu", "sandbox"].map(Into::into).into()));
    for letter in ['p', 'r', 'd'] {
        stage.tell(Message::Typed(Keystroke::Character(letter)));
    }
    stage
}

pub(crate) fn region() -> Stage {
    press(launch(), &[Action::Region, Action::Down])
}

/// The themes as a start knows them, with the second of them tried out.
pub(crate) fn theme() -> Stage {
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
pub(crate) fn import() -> Stage {
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

pub(crate) fn import_refused() -> Stage {
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

/// What changed, with what the history had before.
pub(crate) fn activity() -> Stage {
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
    stage.tell(Message::ChangesRead { of, changes: Some(changes) });
    press(stage, &[Action::Down, Action::Down])
}

pub(crate) fn masked() -> Stage {
    press(launch(), &[Action::Privacy, Action::Mute])
}

pub(crate) fn masked_order() -> Stage {
    press(five_hundred(), &[Action::Privacy, Action::Top, Action::Open])
}
