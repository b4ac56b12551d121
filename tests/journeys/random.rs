//! Thousands of random messages, whatever the screen is: no panic, every cursor within its lines, nothing asked
//! twice at once, no deadline that has passed.

use crate::world::{LAUNCH, PORTING, UNSAVED, World, defaults, failure, id, list, world_of};
use chimewatch::app::action::ACTIONS;
use chimewatch::app::effect::{Effect, FilesWork, HistoryWork, RequestId};
use chimewatch::app::filter::{Eye, Query};
use chimewatch::app::message::{FileNow, Keystroke, Listed, Message, WatchMessage};
use chimewatch::app::model::Overlay;
use chimewatch::app::query::lookup;
use chimewatch::app::rows::Line;
use chimewatch::app::watch::Saving;
use chimewatch::domain::usual::Usual;
use chimewatch::domain::watchlist::Access;
use chimewatch::domain::{
    Failure, FailureKind, NetworkStage, NumberStatus, OrderKey, OrderPage, OrderStatus, PageToken,
    PhoneNumberOrder, Scope,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const MESSAGES: usize = 2_500;

const KEYSTROKES: [Keystroke; 14] = [
    Keystroke::Character('e'),
    Keystroke::Character('\u{301}'),
    Keystroke::Character('5'),
    Keystroke::Backspace,
    Keystroke::Delete,
    Keystroke::DeleteWord,
    Keystroke::DeleteToStart,
    Keystroke::Left,
    Keystroke::Right,
    Keystroke::NextField,
    Keystroke::PreviousField,
    Keystroke::Recall,
    Keystroke::Submit,
    Keystroke::Cancel,
];

const FAILURES: [FailureKind; 8] = [
    FailureKind::Throttled,
    FailureKind::Service,
    FailureKind::Timeout,
    FailureKind::Network(NetworkStage::Connect),
    FailureKind::Network(NetworkStage::Body),
    FailureKind::NotFound,
    FailureKind::Credentials,
    FailureKind::Refused,
];

#[test]
fn random_keys_answers_and_outcomes_leave_the_program_sound() {
    for seed in 0..4 {
        let mut random = fastrand::Rng::with_seed(seed);
        let lists = vec![
            (LAUNCH, list("launch", 1..=40)),
            (PORTING, list("porting", 30..=50)),
            (UNSAVED, list("unsaved", [])),
        ];
        let mut outside = Outside {
            world: world_of(lists, defaults()),
            requests: BTreeMap::new(),
            pages: Vec::new(),
            batch: None,
        };
        for effect in std::mem::take(&mut outside.world.started) {
            outside.perform(effect, &mut random);
        }
        for _ in 0..MESSAGES {
            let message = outside.message(&mut random);
            outside.send(message.clone(), &mut random);
            outside.world.wait(random.u64(0..2_000));
            outside.send(Message::Tick, &mut random);
            check(&outside.world, &message);
        }
        outside.record_the_rest(&mut random);
    }
}

/// The world outside the program, which keeps its own books.
struct Outside {
    world: World,
    /// Requests that were not answered, aborted or lost.
    requests: BTreeMap<OrderKey, RequestId>,
    /// Pages that are asked for.
    pages: Vec<(RequestId, Arc<Scope>)>,
    /// The highest sequence number of the batch that the history has been given and has not answered.
    batch: Option<u64>,
}

impl Outside {
    fn send(&mut self, message: Message, random: &mut fastrand::Rng) {
        for effect in self.world.send(message) {
            self.perform(effect, random);
        }
    }

    fn perform(&mut self, effect: Effect, random: &mut fastrand::Rng) {
        match effect {
            Effect::Fetch { request, key } => {
                let before = self.requests.insert(key, request);
                assert_eq!(before, None, "asked while it is being asked");
            }
            Effect::Abort(requests) => self.requests.retain(|_, request| !requests.contains(request)),
            Effect::History(HistoryWork::Record(batch)) => {
                let sequences = batch.iter().flat_map(|each| &each.changes).map(|change| change.sequence);
                let before = self.batch.replace(sequences.max().unwrap_or_default());
                assert_eq!(before, None, "recorded while a batch is on its way");
            }
            Effect::History(HistoryWork::Load(keys)) => {
                let known = keys.into_iter().map(|key| (key, None)).collect();
                self.send(Message::Watch(WatchMessage::Known(known)), random);
            }
            Effect::Files(FilesWork::Edit { list, purpose, .. }) if random.u8(0..5) == 0 => {
                self.send(Message::Edited { list, purpose, result: Err("locked".into()) }, random);
            }
            Effect::Files(FilesWork::Lists { work, purpose }) if random.u8(0..5) == 0 => {
                self.send(Message::ListsChanged { work, purpose, result: Err("locked".into()) }, random);
            }
            Effect::Files(FilesWork::KeepFilter(edit)) if random.u8(0..5) == 0 => {
                self.send(Message::PresetEdited { edit, result: Err("locked".into()) }, random);
            }
            Effect::Files(FilesWork::Edit { .. } | FilesWork::Lists { .. } | FilesWork::KeepFilter(_)) => {
                for effect in self.world.keep(&[effect]) {
                    self.perform(effect, random);
                }
            }
            Effect::Files(FilesWork::Transfer { from, to, orders }) => {
                if let Some(moved) = self.world.transferred(from, &to, &orders) {
                    self.send(moved, random);
                }
            }
            Effect::KeepBody(Some(key)) => {
                let received = self.world.now.wall;
                self.send(
                    Message::Came { key, received, body: "{\"PhoneNumberOrder\":{}}".to_owned() },
                    random,
                );
            }
            Effect::List { request, scope, .. } => self.pages.push((request, scope)),
            Effect::ReadProfiles => {
                self.send(Message::ProfilesRead(vec!["staging".into(), "prod".into()]), random);
            }
            Effect::History(HistoryWork::ReadChanges { of, .. }) => {
                self.send(Message::ChangesRead { of, changes: Some(Vec::new()) }, random);
            }
            Effect::History(HistoryWork::ReadUsual(of)) => {
                let seconds = std::time::Duration::from_secs(random.u64(1..100_000));
                let usual = Usual { orders: random.usize(5..2_000), half: seconds / 2, nine_of_ten: seconds };
                self.send(Message::UsualRead { of, usual: random.bool().then_some(usual) }, random);
            }
            Effect::History(HistoryWork::Touch(_) | HistoryWork::SetHandled(..))
            | Effect::Files(
                FilesWork::Read { .. }
                | FilesWork::Look
                | FilesWork::Find(_)
                | FilesWork::SaveAs { .. }
                | FilesWork::Export(_)
                | FilesWork::SaveView(_)
                | FilesWork::KeepTheme(_)
                | FilesWork::ReadFilters,
            )
            | Effect::LookForCredentials
            | Effect::ReadProfile { .. }
            | Effect::KeepBody(None)
            | Effect::DropConnections
            | Effect::ForgetCredentials
            | Effect::Copy { .. }
            | Effect::Print { .. }
            | Effect::Suspend
            | Effect::Ring
            | Effect::Quit => {}
        }
    }

    /// What happens next: a key, an answer, an outcome.
    fn message(&mut self, random: &mut fastrand::Rng) -> Message {
        match random.u8(0..30) {
            0..12 => Message::Action(random.choice(ACTIONS).unwrap().action),
            12..17 => Message::Typed(*random.choice(&KEYSTROKES).unwrap()),
            17 => Message::Resized { width: random.u16(0..200), height: random.u16(0..60) },
            18 => Message::Pasted(format!("{} x", id(random.u32(0..60)))),
            19 => Message::Resumed,
            20 if random.bool() => self.page(random),
            20 if random.bool() => Message::FileChanged { list: LAUNCH, now: other_hand(random) },
            20 => Message::ListRead { list: PORTING, watchlist: list("porting", 30..=random.u32(30..50)) },
            21..23 => self.recorded(random),
            _ => self.answer(random),
        }
    }

    fn answer(&mut self, random: &mut fastrand::Rng) -> Message {
        let Some(key) = random.choice(self.requests.keys()).cloned() else { return Message::Tick };
        let Some(request) = self.requests.remove(&key) else { return Message::Tick };
        match random.u8(0..10) {
            0 => Message::Watch(WatchMessage::Lost { request, key }),
            1..4 => {
                let kind = *random.choice(FAILURES.iter()).unwrap();
                let retry_after =
                    (kind == FailureKind::Throttled).then(|| Duration::from_secs(random.u64(0..20)));
                let failure = Failure { retry_after, ..failure(&key, kind) };
                self.world.answer_to(request, key, Err(failure))
            }
            _ => {
                let order = any_order(&key, random);
                self.world.answer_to(request, key, Ok(order))
            }
        }
    }

    /// A page of the account's orders, some of which are watched.
    fn page(&mut self, random: &mut fastrand::Rng) -> Message {
        let Some((request, scope)) = self.pages.pop() else { return Message::Tick };
        let received = self.world.now.wall;
        let result = match random.u8(0..5) {
            0 => Err(failure(
                &OrderKey { scope: scope.clone(), id: id(1) },
                *random.choice(&FAILURES).unwrap(),
            )),
            last => {
                let first = random.u32(0..60);
                let keys =
                    (first..first + 20).map(|number| OrderKey { scope: scope.clone(), id: id(number) });
                let orders = keys.map(|key| any_order(&key, random)).collect();
                Ok(OrderPage { orders, undecodable: 0, next: (last > 1).then(|| PageToken::new("more")) })
            }
        };
        let listed = Listed { request, scope, attempts: 1, received, skew: None, identity: None, result };
        Message::Watch(WatchMessage::Listed(Box::new(listed)))
    }

    fn recorded(&mut self, random: &mut fastrand::Rng) -> Message {
        match self.batch.take() {
            Some(_) if random.u8(0..4) == 0 => {
                Message::Watch(WatchMessage::NotRecorded { why: "no space".into() })
            }
            Some(up_to) => Message::Watch(WatchMessage::Recorded { up_to }),
            None => Message::Tick,
        }
    }

    /// Everything that was observed is recorded in the end.
    fn record_the_rest(&mut self, random: &mut fastrand::Rng) {
        for _ in 0..3 {
            if let Some(up_to) = self.batch.take() {
                self.send(Message::Watch(WatchMessage::Recorded { up_to }), random);
            }
            self.world.wait(5_000);
            self.send(Message::Tick, random);
        }
        assert_eq!((self.world.model.watch.unsaved(), self.world.model.watch.saving()), (0, Saving::Idle));
    }
}

fn any_order(key: &OrderKey, random: &mut fastrand::Rng) -> PhoneNumberOrder {
    let status = random.choice(OrderStatus::KNOWN).unwrap().to_string();
    let numbers: Vec<String> =
        (0..random.u8(0..30)).map(|_| random.choice(NumberStatus::KNOWN).unwrap().to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    crate::world::order_of(key, &status, &numbers)
}

pub(crate) fn check(world: &World, message: &Message) {
    let deadline = world.model.next_deadline();
    let is_to_come = deadline.is_none_or(|deadline| deadline > world.now.moment);
    assert!(
        is_to_come,
        "{message:?}: {deadline:?} has passed at {:?}: the loop would spin",
        world.now.moment
    );
    let list = world.model.current_list().unwrap();
    let rows = &list.rows;
    assert!(rows.cursor < rows.lines().max(1), "{message:?}");
    assert!(rows.offset <= rows.cursor, "{message:?}");
    assert_eq!(rows.line().is_some(), rows.lines() > 0, "{message:?}");
    assert_eq!(list.keys.len(), list.watchlist.entries.len());
    assert_eq!(rows.shown.len() + rows.folded + rows.hidden, list.keys.len(), "{message:?}");
    if !rows.are_behind(&world.model.watch, world.now) {
        let query = Query::of(&rows.filter);
        let eye = Eye { now: world.model.watch.corrected(world.now), started: world.model.watch.started() };
        let seen = (0..list.keys.len()).filter_map(|entry| lookup::entry(list, &world.model.watch, entry));
        let passing = seen.filter(|seen| query.passes(seen, &eye)).count();
        assert_eq!(rows.shown.len() + rows.folded, passing, "{message:?}: {}", rows.filter);
    }
    if let Some(Line::Order(entry)) = rows.line() {
        assert!(entry < list.keys.len());
    }
    match &world.model.overlay {
        Some(Overlay::Add(field)) => assert!(field.cursor <= field.text.chars().count()),
        Some(Overlay::Picker(picker)) => {
            assert!(picker.cursor() < picker.lines().max(1), "{message:?}");
            assert!(picker.offset() <= picker.cursor(), "{message:?}");
            assert_eq!(picker.at_cursor().is_some(), picker.lines() > 0, "{message:?}");
            assert_eq!(picker.marked().len(), picker.tally().marked, "{message:?}");
        }
        Some(_) | None => {}
    }
}

/// What another hand makes of a file.
fn other_hand(random: &mut fastrand::Rng) -> FileNow {
    let watchlist = list("launch", random.u32(0..5)..=random.u32(5..20));
    match random.u8(0..4) {
        0 => FileNow::Gone("launch.toml".into()),
        1 => {
            let access = Access::Broken("launch.toml:7 expected a value".into());
            FileNow::Says {
                watchlist: chimewatch::domain::Watchlist { access, ..watchlist },
                warnings: Vec::new(),
            }
        }
        2 => FileNow::Called(watchlist),
        _ => FileNow::Says { watchlist, warnings: Vec::new() },
    }
}
