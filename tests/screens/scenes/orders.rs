//! Lists of orders: every state of an order, an order of five hundred numbers, accounts that cannot be asked.

use super::press;
use crate::stage::{Stage, entry, numbers, order, porting, wall};
use chimewatch::app::effect::ListId;
use chimewatch::app::model::Lesson;
use chimewatch::app::{Action, Message};
use chimewatch::domain::watchlist::{Access, Following};
use chimewatch::domain::{Entry, FailureKind, Identity, NetworkStage};

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

/// The demo at rest: settled orders are folded, orders live in two regions, asking is paused.
pub(crate) fn demo() -> Stage {
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

/// Orders of two accounts: those of one wait for a login, those of the other have credentials that end soon.
pub(crate) fn accounts() -> Stage {
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
pub(crate) fn elsewhere() -> Stage {
    let mut stage = Stage::new(&[("launch", vec![entry(1, "Seattle launch"), entry(2, "Toll-free")])]);
    stage.answer("13:50:00", Ok(order(1, "Processing", &numbers(12_065_550_100, "AAPP"))));
    let failure =
        stage.failure(2, FailureKind::NotFound, "Order 3c6ef362 was not found in us-east-1 as prod");
    stage.answer("14:03:07", Err(failure)).at("14:03:08");
    press(stage, &[Action::Bottom, Action::Open])
}

pub(crate) fn unknown_here() -> Stage {
    let mut stage = Stage::new(&[("launch", vec![entry(1, "Seattle launch"), entry(2, "Toll-free")])]);
    for which in [1, 2] {
        let failure = stage.failure(which, FailureKind::NotFound, "Not found in us-east-1 as prod");
        stage.answer("14:03:07", Err(failure));
    }
    stage.at("14:03:08");
    stage
}

pub(crate) fn empty() -> Stage {
    Stage::new(&[("unsaved", Vec::new())])
}

pub(crate) fn signed_out() -> Stage {
    let mut stage = launch();
    let mut failure =
        stage.failure(1, FailureKind::Credentials, "Profile prod is signed out (session ended 13:40 UTC)");
    failure.next_step = "Run in another window: aws sso login --profile prod".into();
    failure.command = Some("aws sso login --profile prod".into());
    stage.answer("14:03:07", Err(failure)).at("14:03:08");
    stage
}

pub(crate) fn broken() -> Stage {
    let mut stage = launch();
    let mut watchlist = stage.model.current_list().unwrap().watchlist.clone();
    watchlist.access =
        Access::Broken("/home/ada/.local/share/chimewatch/watchlists/launch.toml:12 expected `=`".into());
    stage.tell(Message::ListRead { list: ListId(0), watchlist });
    stage
}

/// The network is down: the request failed, and so did the probe after it.
pub(crate) fn offline() -> Stage {
    let mut stage = launch();
    let what = "No connection: the name voice-chime.us-east-1.amazonaws.com does not resolve";
    for at in ["14:03:08", "14:03:10"] {
        let failure = stage.failure(4, FailureKind::Network(NetworkStage::Name), what);
        stage.answer(at, Err(failure));
    }
    stage.at("14:03:11");
    stage
}
