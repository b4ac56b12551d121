//! Choosing from the orders of the account.

#![expect(clippy::result_large_err, reason = "closures make the very answers that the engine takes")]

use crate::world::{LAUNCH, UNSAVED, World, defaults, edit, id, key, list, order_of, undo, world, world_of};
use chimewatch::app::Message;
use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, FilesWork, Purpose, RequestId};
use chimewatch::app::message::{Keystroke, Listed, WatchMessage};
use chimewatch::app::regions::ScopeDefaults;
use chimewatch::domain::watchlist::{Access, Edit};
use chimewatch::domain::{
    Entry, Failure, FailureKind, Lasts, OrderPage, PageToken, PhoneNumberOrder, ProfileConfig, Scope,
};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// An order of the account, created so many minutes ago.
fn order(number: u32, status: &str, numbers: &[&str], minutes: i64) -> PhoneNumberOrder {
    let created = Timestamp::from_second(crate::world::FRIDAY).unwrap() - SignedDuration::from_mins(minutes);
    PhoneNumberOrder { created: Some(created), ..order_of(&key(number), status, numbers) }
}

/// The request for a page that these effects send.
fn asked(effects: &[Effect]) -> (RequestId, Arc<Scope>) {
    let page = effects.iter().find_map(|effect| match effect {
        Effect::List { request, scope, .. } => Some((*request, scope.clone())),
        _ => None,
    });
    page.expect("a page is asked for")
}

fn answer(
    world: &mut World,
    effects: &[Effect],
    result: impl FnOnce(&Arc<Scope>) -> Result<OrderPage, Failure>,
) -> Vec<Effect> {
    let (request, scope) = asked(effects);
    let received = world.now.wall;
    let result = result(&scope);
    let listed = Listed { request, scope, attempts: 1, received, skew: None, identity: None, result };
    world.send(Message::Watch(WatchMessage::Listed(Box::new(listed))))
}

fn page(orders: Vec<PhoneNumberOrder>, next: Option<&str>) -> OrderPage {
    OrderPage { orders, undecodable: 0, next: next.map(PageToken::new) }
}

/// Orders 1 and 2 are watched; 3 to 5 are moving, 6 to 9 settled.
fn account() -> Vec<PhoneNumberOrder> {
    vec![
        order(6, "Successful", &["Acquired"], 90),
        order(3, "Processing", &["Processing", "Acquired"], 30),
        order(1, "Processing", &["Processing"], 50),
        order(4, "Processing", &["Processing"], 10),
        order(7, "Failed", &["Failed"], 80),
        order(5, "PendingDocuments", &[], 20),
        order(8, "Partial", &["Failed", "Acquired"], 70),
        order(9, "Cancelled", &["Failed"], 60),
    ]
}

fn opened() -> World {
    let mut world = world(1..=2);
    let effects = world.act(Action::Import);
    answer(&mut world, &effects, |_| Ok(page(account(), None)));
    world
}

const FIVE: &str = "00000005";

#[test]
fn moving_orders_come_first_newest_first_and_settled_ones_are_one_line() {
    let world = opened();
    let shown = world.choices();
    assert_eq!(
        shown,
        ["[+1 503 555 0400]", FIVE, "+1 503 555 030x ×2", "order 1", "4 settled"].map(str::to_owned)
    );
    assert_eq!((world.picker().tally().shown, world.picker().tally().total), (4, 8));
}

#[test]
fn pages_are_shown_as_they_come_and_the_cursor_stays_on_its_order() {
    let mut world = world(1..=2);
    let effects = world.act(Action::Import);
    let first =
        vec![order(3, "Processing", &["Processing"], 30), order(4, "Processing", &["Processing"], 40)];
    let effects = answer(&mut world, &effects, |_| Ok(page(first, Some("more"))));
    world.act(Action::Down);
    assert_eq!(world.choices(), ["+1 503 555 0300", "[+1 503 555 0400]"]);
    let effects = if effects.is_empty() { world.pass(1_000) } else { effects };
    let second =
        vec![order(4, "Processing", &["Processing"], 40), order(5, "Processing", &["Processing"], 1)];
    answer(&mut world, &effects, |_| Ok(page(second, None)));
    assert_eq!(world.choices(), ["+1 503 555 0500", "+1 503 555 0300", "[+1 503 555 0400]"]);
}

#[test]
fn the_marked_orders_are_added_and_undo_takes_them_out_again() {
    let mut world = opened();
    world.type_text(" ");
    world.act(Action::Mark);
    assert_eq!(
        world.choices()[..3],
        ["*+1 503 555 0400", "*00000005", "[+1 503 555 030x ×2]"].map(str::to_owned)
    );
    let effects = world.press(Keystroke::Submit);
    let added = vec![Entry::new(id(4)), Entry::new(id(5))];
    assert_eq!(effects, [edit(LAUNCH, Edit::Add(added))]);
    assert_eq!(world.press(Keystroke::Submit), [], "it is on its way");
    let effects = world.keep(&effects);
    assert_eq!((world.model.overlay.as_ref(), world.notice()), (None, "2 orders are watched now."));
    assert_eq!(world.model.watch.directory(), None, "nobody chooses any more");
    assert!(!effects.is_empty());
    assert_eq!(world.act(Action::Undo), [undo(LAUNCH, Edit::Remove(vec![id(4), id(5)]))]);
}

#[test]
fn without_a_mark_the_order_under_the_cursor_is_added() {
    let mut world = opened();
    world.act(Action::Down);
    assert_eq!(world.press(Keystroke::Submit), [edit(LAUNCH, Edit::Add(vec![Entry::new(id(5))]))]);
}

#[test]
fn what_is_watched_already_cannot_be_marked_or_added() {
    let mut world = opened();
    world.acts(&[Action::Down, Action::Down, Action::Down]);
    assert_eq!(world.choices()[3], "[order 1]");
    world.act(Action::Mark);
    assert_eq!(world.picker().tally().marked, 0);
    assert_eq!(world.press(Keystroke::Submit), []);
    assert_eq!(world.notice(), "order 1 is watched in launch already.");
    world.act(Action::MarkAll);
    assert_eq!(world.picker().tally().marked, 3);
    world.act(Action::MarkAll);
    assert_eq!(world.picker().tally().marked, 0);
}

#[test]
fn settled_orders_are_shown_when_asked_for_and_found_by_typing() {
    let mut world = opened();
    world.type_text("fail");
    assert_eq!(world.choices(), ["[+1 503 555 0700]"]);
    world.act(Action::Mark);
    world.press(Keystroke::Cancel);
    assert_eq!((world.choices().len(), world.picker().tally().marked), (5, 1));
    let effects = world.press(Keystroke::Submit);
    assert_eq!(effects, [edit(LAUNCH, Edit::Add(vec![Entry::new(id(7))]))], "marks count, shown or not");
}

#[test]
fn enter_on_the_settled_line_unfolds_it() {
    let mut world = opened();
    world.acts(&[Action::PageDown]);
    assert_eq!(world.choices()[4], "[4 settled]");
    assert_eq!(world.press(Keystroke::Submit), []);
    let shown = world.choices();
    assert_eq!(shown.len(), 8);
    assert_eq!(shown[4], "[+1 503 555 0900]", "the newest of them");
}

#[test]
fn esc_clears_the_filter_first_then_says_what_it_would_drop_then_closes() {
    let mut world = opened();
    world.type_text("pend");
    world.act(Action::Mark);
    world.press(Keystroke::Cancel);
    assert_eq!((world.picker().filter(), world.picker().tally().marked), ("", 1));
    world.press(Keystroke::Cancel);
    assert_eq!(world.picker().tally().marked, 1, "it was only said");
    world.act(Action::Up);
    world.press(Keystroke::Cancel);
    assert_eq!(world.picker().tally().marked, 1, "another key takes the question back");
    world.press(Keystroke::Cancel);
    assert_eq!((world.model.overlay.as_ref(), world.model.watch.directory()), (None, None));
}

#[test]
fn an_edit_that_fails_keeps_the_picker_and_its_marks() {
    let mut world = opened();
    world.act(Action::MarkAll);
    world.press(Keystroke::Submit);
    world.send(Message::Edited { list: LAUNCH, purpose: Purpose::Edit, result: Err("locked".into()) });
    assert_eq!((world.picker().tally().marked, world.notice()), (3, "locked"));
}

#[test]
fn what_mends_the_account_is_copied_and_the_list_read_again() {
    let mut world = world(1..=2);
    let effects = world.act(Action::Import);
    answer(&mut world, &effects, |scope| {
        Err(Failure {
            kind: FailureKind::Forbidden,
            order: None,
            scope: scope.clone(),
            what: "Profile prod may not list orders: chime:ListPhoneNumberOrders is missing".into(),
            next_step: "".into(),
            command: Some("the policy".into()),
            retry_after: None,
            request_id: None,
            lasts: Lasts::default(),
        })
    });
    assert_eq!(world.choices(), ["[copy the policy]", "read again", "another region", "another profile"]);
    let copied = Effect::Copy { text: "the policy".into(), what: "the policy".into() };
    assert_eq!(world.press(Keystroke::Submit), [copied]);
    world.act(Action::Down);
    let effects = world.press(Keystroke::Submit);
    let effects = if effects.is_empty() { world.pass(60_000) } else { effects };
    answer(&mut world, &effects, |_| Ok(page(account(), None)));
    assert_eq!(world.picker().tally().total, 8);
}

#[test]
fn an_account_without_orders_says_so_with_a_way_on() {
    let mut world = world(1..=2);
    let effects = world.act(Action::Import);
    answer(&mut world, &effects, |_| Ok(page(Vec::new(), None)));
    assert_eq!(world.choices(), ["[another region]", "another profile"]);
    world.press(Keystroke::Submit);
    assert_eq!(world.choices()[0], "[default]");
}

#[test]
fn nothing_is_asked_before_it_is_known_where() {
    let nowhere = ScopeDefaults { environment_profile: Some("prod".into()), ..ScopeDefaults::default() };
    let lists = vec![(LAUNCH, list("launch", [])), (UNSAVED, list("unsaved", []))];
    let mut world = world_of(lists, nowhere);
    assert_eq!(world.act(Action::Import), []);
    let profile: Option<Arc<str>> = Some("prod".into());
    let config = ProfileConfig { region: Some("us-west-2".into()), endpoint: None };
    let effects = world.send(Message::ProfileRead { profile, config });
    assert_eq!(&*asked(&effects).1.region, "us-west-2");
}

#[test]
fn a_list_that_cannot_be_edited_takes_no_import() {
    let mut launch = list("launch", 1..=1);
    launch.access = Access::Broken("launch.toml:7 expected a value".into());
    let mut world = world_of(vec![(LAUNCH, launch), (UNSAVED, list("unsaved", []))], defaults());
    assert_eq!(world.act(Action::Import), [Effect::Files(FilesWork::Read { list: LAUNCH })]);
    assert_eq!(world.model.overlay, None);
}
