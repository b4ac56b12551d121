//! Several accounts and regions in one list: who rests, whose credentials end, where an order lives.

use crate::world::{
    LAUNCH, PORTING, World, defaults, edit, entry, failure, id, key, key_in, list, order_of, text, undo,
    world, world_of,
};
use chimewatch::app::action::Action;
use chimewatch::app::card::{Cause, card};
use chimewatch::app::effect::{Effect, FilesWork, Purpose};
use chimewatch::app::elsewhere;
use chimewatch::app::message::{Answered, Listed, Message, WatchMessage};
use chimewatch::app::query::header::{Accounts, Header, State, header};
use chimewatch::app::query::lookup::{self, Freshness};
use chimewatch::app::query::{self, Clock, Piece};
use chimewatch::app::regions::{EndpointChoice, ScopeDefaults};
use chimewatch::domain::failure::Lasts;
use chimewatch::domain::watchlist::{Edit, Following};
use chimewatch::domain::{
    Entry, Failure, FailureKind, Identity, OrderKey, OrderPage, PhoneNumberOrder, Scope, Text, Watchlist,
};
use jiff::SignedDuration;
use std::sync::Arc;

fn header_of(world: &World) -> Header<'_> {
    header(&world.model, &[], &Clock::new(&world.model))
}

fn dev(number: u32) -> OrderKey {
    let scope = Scope { profile: Some("dev".into()), region: "us-west-2".into(), endpoint: None };
    OrderKey { scope: Arc::new(scope), id: id(number) }
}

/// Orders 1 and 2 of prod, 3 of dev.
fn mixed() -> Watchlist {
    let mut mixed = list("launch", [1, 2]);
    mixed.entries.push(Entry { profile: Some("dev".into()), region: Some("us-west-2".into()), ..entry(3) });
    mixed
}

/// An answer to the order that is signed as `identity`, by a service whose clock is ahead by `skew`.
fn signed(world: &mut World, key: &OrderKey, identity: Identity, skew: SignedDuration) {
    world.send(Message::Watch(WatchMessage::Known(vec![(key.clone(), None)])));
    let request = world.asked(key);
    let received = world.now.wall;
    let result = Ok(order_of(key, "Processing", &["Processing"]));
    let (skew, identity) = (Some(skew), Some(identity));
    let answered = Answered { request, key: key.clone(), attempts: 1, received, skew, identity, result };
    world.send(Message::Watch(WatchMessage::Answered(Box::new(answered))));
}

#[test]
fn one_account_that_rests_takes_a_line_and_leaves_the_orders_of_the_others() {
    let lists = vec![(LAUNCH, mixed()), (PORTING, list("porting", [1]))];
    let mut world = world_of(lists, defaults());
    world.read(&[(1, "Processing", &["Processing"]), (2, "Processing", &["Processing"])]);
    world.ends(&dev(3), Err(failure(&dev(3), FailureKind::Credentials)));
    let said = card(&world.model).unwrap();
    let briefly = [
        "1 of 3 wait. Run in another window: aws sso login --profile prod",
        "1 wait: aws sso login --profile prod",
    ];
    assert_eq!(said.cause, Cause::SomeWait { briefly: briefly.map(Text::from) });
    assert_eq!(
        said.text.raw(),
        "1 of 3 orders wait. Profile prod is signed out. Run in another window: aws sso login --profile prod"
    );
    assert_eq!(query::card::card(&world.model, 100).unwrap().rows(), 1);
    assert_eq!(header_of(&world).state, State::Live);
    assert_eq!(header_of(&world).scope, "prod + 1 more · us-east-1 + 1 more");

    // `c` copies the command for an order of the account that rests, and the id of any other.
    let copied = |world: &mut World| match world.act(Action::Copy).as_slice() {
        [Effect::Copy { text, .. }] => text.clone(),
        other => panic!("{other:?}"),
    };
    world.act(Action::Top);
    assert_eq!(copied(&mut world), id(1).to_string());
    world.act(Action::Bottom);
    assert_eq!(copied(&mut world), "aws sso login --profile prod");
    assert!(world.act(Action::AskAll).contains(&Effect::ForgetCredentials));

    // From a list that has nothing to do with it, its tab tells; that list itself is asked.
    world.act(Action::List(2));
    assert_eq!(card(&world.model), None);
    let header = header_of(&world);
    let marks: Vec<_> = header.tabs.iter().map(|tab| tab.accounts).collect();
    assert_eq!((marks.as_slice(), header.state), ([Accounts::Rest, Accounts::Asked].as_slice(), State::Live));
}

#[test]
fn when_all_accounts_rest_the_card_says_so_and_all_are_tried_again() {
    let mut world = world_of(vec![(LAUNCH, mixed())], defaults());
    for key in [key(1), key(2), dev(3)] {
        world.ends(&key, Err(failure(&key, FailureKind::Credentials)));
    }
    let said = card(&world.model).unwrap();
    assert_eq!((said.cause, header_of(&world).state), (Cause::Resting, State::Resting));
    assert!(said.text.raw().contains(" The list's other account rests too. This screen goes on by itself."));
    let offers: Vec<_> = said.offers.iter().map(|offer| offer.action).collect();
    assert_eq!(offers, [Action::Copy, Action::AskAll]);
}

#[test]
fn the_card_names_the_account_where_it_is_known_and_a_command_that_its_text_does_not_hold() {
    let mut world = world([1]);
    let identity = Identity { account: Some("123456789012".into()), expires: None };
    signed(&mut world, &key(1), identity, SignedDuration::ZERO);
    let mut failure = failure(&key(1), FailureKind::Credentials);
    failure.next_step = "Sign in again".into();
    world.ends(&key(1), Err(failure));
    let said = card(&world.model).unwrap();
    assert_eq!(
        said.text.raw(),
        "Profile prod is signed out. Sign in again. Its account is 123456789012. This screen goes on by itself. \
         Answers shown are from 08:00."
    );
    assert_eq!(said.offers[0].does, "copies aws sso login --profile prod");
}

#[test]
fn the_card_does_not_promise_to_go_on_where_only_a_new_start_can_see_new_keys() {
    let mut world = world([1]);
    let mut failure = failure(&key(1), FailureKind::Credentials);
    (failure.lasts, failure.command) = (Lasts::UntilRestart, None);
    failure.next_step = "Put new keys into the environment and start again".into();
    world.ends(&key(1), Err(failure));
    assert_eq!(
        card(&world.model).unwrap().text.raw(),
        "Profile prod is signed out. Put new keys into the environment and start again. :profile chooses another."
    );
}

#[test]
fn where_orders_live_is_told_only_as_far_as_they_differ() {
    let scope_of = |entries: Vec<Entry>| {
        let launch = Watchlist { entries, ..list("launch", []) };
        header_of(&world_of(vec![(LAUNCH, launch)], defaults())).scope
    };
    let in_region = |number, region: &str| Entry { region: Some(region.into()), ..entry(number) };
    let of_profile = |number, profile: &str| Entry { profile: Some(profile.into()), ..entry(number) };
    let cases = [
        (vec![], "prod · us-east-1"),
        (vec![entry(1), in_region(2, "us-east-1")], "prod · us-east-1"),
        (vec![in_region(1, "us-west-2"), entry(2)], "prod · us-east-1 + 1 more"),
        (vec![in_region(1, "us-west-2")], "prod · us-west-2"),
        (vec![of_profile(1, "dev"), of_profile(2, "test"), entry(3)], "prod + 2 more · us-east-1"),
        (vec![of_profile(1, "dev"), of_profile(2, "test")], "dev + 1 more · us-east-1"),
    ];
    for (entries, expected) in cases {
        assert_eq!(scope_of(entries), expected);
    }
}

#[test]
fn credentials_tell_their_end_in_the_last_quarter_of_an_hour_until_they_are_refreshed() {
    let mut world = world([1]);
    let until = |world: &World, minutes| Identity {
        account: None,
        expires: Some(world.now.wall + SignedDuration::from_mins(minutes)),
    };
    let ending = |world: &World| header_of(world).ending.map(|ending| (ending.whole, ending.short));
    let identity = until(&world, 20);
    signed(&mut world, &key(1), identity, SignedDuration::ZERO);
    assert_eq!(ending(&world), None);
    world.pass(8 * 60_000);
    assert_eq!(ending(&world), Some(("credentials end in 11 m".into(), "ends 11 m".into())));
    world.pass(11 * 60_000 + 15_000);
    assert_eq!(ending(&world), Some(("credentials end in 40 s".into(), "ends 40 s".into())));
    let identity = until(&world, 60);
    signed(&mut world, &key(1), identity, SignedDuration::ZERO);
    assert_eq!(ending(&world), None);
}

#[test]
fn a_clock_that_is_wrong_is_told_once_a_run() {
    for (skew, told) in [
        (SignedDuration::from_mins(61), "This machine's clock is 61 m behind the service's; "),
        (SignedDuration::from_hours(-25), "This machine's clock is 25 h ahead of the service's; "),
        (SignedDuration::from_secs(59), ""),
    ] {
        let mut world = world([1]);
        signed(&mut world, &key(1), Identity::default(), skew);
        let expected = if told.is_empty() {
            String::new()
        } else {
            format!("{told}requests are signed with the service's time.")
        };
        assert_eq!(world.notice(), expected);
        // What was read in this run is not taken for what an earlier one knew.
        let list = world.model.current_list().unwrap();
        let seen = lookup::entry(list, &world.model.watch, 0).unwrap();
        assert_eq!(seen.freshness(&Clock::new(&world.model)), Freshness::Fresh);
        world.pass(60_000);
        signed(&mut world, &key(1), Identity::default(), skew + SignedDuration::from_secs(30));
        let is_news = told.is_empty();
        assert_eq!(!world.notice().is_empty(), is_news, "{}", world.notice());
    }
}

/// Order 1 is not known in us-east-1, order 2 is.
fn one_missing() -> World {
    let mut world = world([1, 2]);
    world.read(&[(2, "Processing", &["Processing"])]);
    world.ends(&key(1), Err(failure(&key(1), FailureKind::NotFound)));
    world.act(Action::Bottom);
    world.act(Action::Open);
    assert_eq!(world.open_order(), Some(key(1)));
    world
}

#[test]
fn an_order_that_one_region_does_not_know_is_asked_in_the_other_before_the_file_says_so() {
    let mut world = one_missing();
    assert_eq!(elsewhere::next_step(&world.model, &key(1)).unwrap(), "w looks in us-west-2");
    assert_eq!(elsewhere::next_step(&world.model, &key(2)), None);
    world.act(Action::LookElsewhere);
    let west = key_in("us-west-2", 1);
    assert_eq!(
        (world.notice(), world.open_order()),
        ("Looking for order 1 in us-west-2.", Some(west.clone()))
    );
    let found = Ok(order_of(&west, "Successful", &["Acquired"]));
    let effects = world.ends(&west, found);
    let kept = Edit::Move { id: id(1), region: Some("us-west-2".into()) };
    assert!(effects.contains(&edit(LAUNCH, kept)), "{effects:?}");
    world.keep(&effects);
    assert_eq!(world.notice(), "order 1 is known in us-west-2 and asked there from now on.");
    assert_eq!(world.model.current_list().unwrap().keys, [Some(west.clone()), Some(key(2))]);
    let effects = world.act(Action::Undo);
    assert_eq!(effects, [undo(LAUNCH, Edit::Move { id: id(1), region: None })]);
    world.keep(&effects);
    assert_eq!(world.model.current_list().unwrap().keys, [Some(key(1)), Some(key(2))]);
}

#[test]
fn an_order_that_no_region_knows_is_asked_in_its_own_again_and_no_file_is_touched() {
    let mut world = one_missing();
    world.act(Action::LookElsewhere);
    let west = key_in("us-west-2", 1);
    let effects = world.ends(&west, Err(failure(&west, FailureKind::NotFound)));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Files(_))), "{effects:?}");
    assert_eq!(
        (world.notice(), world.open_order()),
        ("us-west-2 does not know order 1 either.", Some(key(1)))
    );
    world.ends(&key(1), Err(failure(&key(1), FailureKind::NotFound)));
    assert_eq!(
        elsewhere::next_step(&world.model, &key(1)).unwrap(),
        "Nor does us-west-2 know it. Another profile may: :profile chooses it; else the order ID is not right"
    );
    world.act(Action::LookElsewhere);
    assert_eq!(world.notice(), "There is no other region to look for order 1 in.");
}

#[test]
fn at_an_endpoint_of_the_users_own_there_is_no_other_region_and_the_notice_says_why() {
    let endpoint = EndpointChoice::Named("http://127.0.0.1:4711".into());
    let mut world = world_of(vec![(LAUNCH, list("launch", [1]))], ScopeDefaults { endpoint, ..defaults() });
    let key = world.model.current_list().unwrap().keys[0].clone().unwrap();
    world.send(Message::Watch(WatchMessage::Known(vec![(key.clone(), None)])));
    world.ends(&key, Err(failure(&key, FailureKind::NotFound)));
    world.act(Action::LookElsewhere);
    assert_eq!(
        world.notice(),
        "127.0.0.1:4711 is an endpoint of your own: one place, with no other region to look for order 1 in."
    );
}

#[test]
fn an_order_that_answers_is_not_looked_for_elsewhere() {
    let mut world = world([1]);
    world.read(&[(1, "Processing", &["Processing"])]);
    assert_eq!(world.act(Action::LookElsewhere), []);
    assert_eq!(world.notice(), "order 1 is not missing in us-east-1.");
}

#[test]
fn a_list_follows_its_account_by_a_key_and_no_longer_by_the_same() {
    let mut world = world([]);
    let effects = world.act(Action::Follow);
    assert_eq!(effects, [edit(LAUNCH, Edit::Follow(Following::Account))]);
    assert_eq!(world.act(Action::Follow), [], "the first is on its way");
    world.keep(&effects);
    assert_eq!(world.notice(), "launch takes in new orders of prod · us-east-1 by itself.");
    assert_eq!(header_of(&world).scope, "follows prod · us-east-1");
    let effects = world.act(Action::Undo);
    assert_eq!(effects, [undo(LAUNCH, Edit::Follow(Following::Nothing))]);
    world.keep(&effects);
    assert_eq!(world.notice(), "launch takes in no orders by itself.");
    let mut broken = list("launch", []);
    broken.access = chimewatch::domain::watchlist::Access::Broken(text("launch.toml:1 no"));
    world.send(Message::ListRead { list: LAUNCH, watchlist: broken });
    assert!(
        !world
            .act(Action::Follow)
            .iter()
            .any(|effect| *effect == edit(LAUNCH, Edit::Follow(Following::Account)))
    );
}

/// The page that is asked for in `effects`, answered with these orders.
fn listed(
    world: &mut World,
    effects: &[Effect],
    orders: Result<Vec<PhoneNumberOrder>, Failure>,
) -> Vec<Effect> {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::List { request, scope, .. } => Some((*request, scope.clone())),
        _ => None,
    });
    let (request, scope) = asked.expect("the account's list is asked for");
    let received = world.now.wall;
    let result = orders.map(|orders| OrderPage { orders, undecodable: 0, next: None });
    let listed = Listed { request, scope, attempts: 1, received, skew: None, identity: None, result };
    world.send(Message::Watch(WatchMessage::Listed(Box::new(listed))))
}

#[test]
fn an_empty_list_that_follows_is_filled_from_its_account_and_what_is_removed_stays_away() {
    let following = Watchlist { following: Following::Account, ..list("launch", []) };
    let mut world = world_of(vec![(LAUNCH, following)], defaults());
    let moving = |number| order_of(&key(number), "Processing", &["Processing"]);
    let settled = |number| order_of(&key(number), "Successful", &["Acquired"]);
    let started = std::mem::take(&mut world.started);
    let effects = listed(&mut world, &started, Ok(vec![moving(1), settled(2), moving(3)]));
    let taken = |effects: &[Effect]| -> Vec<Edit> {
        let edits = effects.iter().filter_map(|effect| match effect {
            Effect::Files(FilesWork::Edit { edit, purpose: Purpose::Intake, .. }) => Some(edit.clone()),
            _ => None,
        });
        edits.collect()
    };
    assert_eq!(taken(&effects), [Edit::Add(vec![Entry::new(id(1)), Entry::new(id(3))])]);
    world.keep(&effects);
    assert_eq!(world.notice(), "2 new orders of prod · us-east-1 are watched now.");
    assert_eq!(world.model.watch.len(), 2);

    let effects = world.act(Action::Remove);
    world.keep(&effects);
    let effects = world.pass(70_000);
    let new = PhoneNumberOrder { created: Some(world.now.wall), ..settled(4) };
    let effects = listed(&mut world, &effects, Ok(vec![moving(1), settled(2), moving(3), new]));
    assert_eq!(taken(&effects), [Edit::Add(vec![Entry::new(id(4))])]);
    world.keep(&effects);
    assert_eq!(world.notice(), "1 new order of prod · us-east-1 is watched now.");
}

#[test]
fn an_account_whose_list_may_not_be_read_is_told_where_orders_were_to_come_from() {
    let following = Watchlist { following: Following::Account, ..list("launch", []) };
    let mut world = world_of(vec![(LAUNCH, following)], defaults());
    let started = std::mem::take(&mut world.started);
    let refused = Failure {
        order: None,
        what: text("Profile prod may not list the orders"),
        next_step: text("Give your administrator this policy"),
        ..failure(&key(1), FailureKind::Forbidden)
    };
    listed(&mut world, &started, Err(refused));
    let told = "Profile prod may not list the orders. Give your administrator this policy";
    assert_eq!(world.notice(), format!("{told}; meanwhile orders are asked for one by one."));
    let lines: Vec<String> = query::empty::lines(&world.model, 160)
        .iter()
        .flat_map(|line| &line.pieces)
        .filter_map(|piece| match piece {
            Piece::Text(text, _) => Some(text.trim().to_owned()),
            Piece::Symbol(_) => None,
        })
        .collect();
    assert!(lines.contains(&format!("This list cannot take in new orders by itself. {told}.")), "{lines:?}");
}
