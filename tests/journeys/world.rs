//! A program without a terminal, a network or a disk.

#[path = "world/files.rs"]
mod files;

use chimewatch::app::action::Action;
use chimewatch::app::effect::{Effect, FilesWork, ListId, Purpose, RequestId};
use chimewatch::app::looks::Looks;
use chimewatch::app::message::{Answered, Keystroke, Message, WatchMessage};
use chimewatch::app::model::{Overlay, Screen, Size};
use chimewatch::app::picker::{Item, Picker};
use chimewatch::app::presets::Presets;
use chimewatch::app::regions::ScopeDefaults;
use chimewatch::app::start::start;
use chimewatch::app::watch::{Sweeps, Watch, WatchOptions};
use chimewatch::app::{Model, Start, update};
use chimewatch::domain::watchlist::Edit;
use chimewatch::domain::{
    Entry, Failure, FailureKind, KeptFilters, Lasts, ListView, Moment, Now, Numbers, OrderKey, OrderStatus,
    PhoneNumberOrder, PhoneNumberOrderId, Preferences, Scope, Text, Watchlist,
};
use chimewatch::keymap::Keymap;
use chimewatch::poll::{Intervals, Rate};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) const LAUNCH: ListId = ListId(0);
pub(crate) const PORTING: ListId = ListId(1);
pub(crate) const UNSAVED: ListId = ListId(2);

pub(crate) struct World {
    pub(crate) model: Model,
    pub(crate) now: Now,
    /// What the start asked for.
    pub(crate) started: Vec<Effect>,
    /// Requests that were not answered yet.
    in_flight: BTreeMap<OrderKey, RequestId>,
    /// Lists that were made.
    made: u32,
    /// Filters that another program has saved meanwhile.
    pub(crate) others_filters: KeptFilters,
}

/// When a world starts, if nothing else is said: a Friday, 08:00 UTC.
pub(crate) const FRIDAY: i64 = 1_800_000_000;

pub(crate) fn id(number: u32) -> PhoneNumberOrderId {
    PhoneNumberOrderId::parse(&format!("{number:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")).unwrap()
}

pub(crate) fn key_in(region: &str, number: u32) -> OrderKey {
    let scope = Scope { profile: Some("prod".into()), region: region.into(), endpoint: None };
    OrderKey { scope: Arc::new(scope), id: id(number) }
}

pub(crate) fn key(number: u32) -> OrderKey {
    key_in("us-east-1", number)
}

/// An order labelled with its number in words.
pub(crate) fn entry(number: u32) -> Entry {
    Entry { label: Some(format!("order {number}").into()), ..Entry::new(id(number)) }
}

pub(crate) fn list(name: &str, numbers: impl IntoIterator<Item = u32>) -> Watchlist {
    Watchlist { entries: numbers.into_iter().map(entry).collect(), ..Watchlist::new(name.into()) }
}

pub(crate) fn defaults() -> ScopeDefaults {
    ScopeDefaults {
        environment_profile: Some("prod".into()),
        environment_region: Some("us-east-1".into()),
        ..ScopeDefaults::default()
    }
}

pub(crate) fn world_of(lists: Vec<(ListId, Watchlist)>, defaults: ScopeDefaults) -> World {
    world_at(FRIDAY, lists, defaults)
}

pub(crate) fn world_at(second: i64, lists: Vec<(ListId, Watchlist)>, defaults: ScopeDefaults) -> World {
    world_with(second, lists, defaults, BTreeMap::new())
}

/// A world that remembers how its lists were looked at.
pub(crate) fn world_with(
    second: i64,
    lists: Vec<(ListId, Watchlist)>,
    defaults: ScopeDefaults,
    views: BTreeMap<ListId, ListView>,
) -> World {
    let now = Now { wall: Timestamp::from_second(second).unwrap(), moment: Moment::START };
    let watch = Watch::new(WatchOptions {
        rate: Rate::default(),
        seed: 7,
        started: now,
        first_sequence: 1,
        intervals: Intervals::default(),
        sweeps: Sweeps::Never,
    });
    let mut model = Model::new(Start {
        now,
        size: Size { width: 100, height: 30 },
        zone: TimeZone::UTC,
        lists,
        current: None,
        defaults,
        watch,
        keys: Keymap::default().names(),
        views,
        looks: Looks::default(),
        lesson: None,
        preferences: Preferences::default(),
        fixed: Vec::new(),
        presets: Presets::default(),
    });
    let started = start(&mut model);
    World { model, now, started, in_flight: BTreeMap::new(), made: 0, others_filters: KeptFilters::new() }
}

/// One list with these orders, none of them read yet, beside an empty one and `unsaved`.
pub(crate) fn world(numbers: impl IntoIterator<Item = u32>) -> World {
    let lists = vec![
        (LAUNCH, list("launch", numbers)),
        (PORTING, list("porting", [])),
        (UNSAVED, list("unsaved", [])),
    ];
    world_of(lists, defaults())
}

impl World {
    pub(crate) fn send(&mut self, message: Message) -> Vec<Effect> {
        let effects = update(&mut self.model, message, self.now);
        for effect in &effects {
            if let Effect::Fetch { request, key } = effect {
                self.in_flight.insert(key.clone(), *request);
            }
        }
        effects
    }

    pub(crate) fn act(&mut self, action: Action) -> Vec<Effect> {
        self.send(Message::Action(action))
    }

    pub(crate) fn acts(&mut self, actions: &[Action]) {
        for action in actions {
            self.act(*action);
        }
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.send(Message::Typed(Keystroke::Character(character)));
        }
    }

    pub(crate) fn press(&mut self, keystroke: Keystroke) -> Vec<Effect> {
        self.send(Message::Typed(keystroke))
    }

    /// Lets time pass, and ticks.
    pub(crate) fn pass(&mut self, milliseconds: u64) -> Vec<Effect> {
        self.wait(milliseconds);
        self.send(Message::Tick)
    }

    /// Lets time pass before the next message.
    pub(crate) fn wait(&mut self, milliseconds: u64) {
        self.now.moment = Moment::from_millis(self.now.moment.as_millis() + milliseconds);
        self.now.wall += std::time::Duration::from_millis(milliseconds);
    }

    /// The history knows nothing of these orders: they are asked, and answered like this.
    pub(crate) fn read(&mut self, orders: &[(u32, &str, &[&str])]) {
        let keys = orders.iter().map(|(number, ..)| (key(*number), None)).collect();
        self.send(Message::Watch(WatchMessage::Known(keys)));
        for (number, status, numbers) in orders {
            if let Some(request) = self.in_flight.remove(&key(*number)) {
                self.answer(request, key(*number), Ok(order_of(&key(*number), status, numbers)));
            }
        }
    }

    /// The order is answered like this; asked by hand before, where it is not in flight.
    pub(crate) fn becomes(&mut self, number: u32, status: &str, numbers: &[&str]) -> Vec<Effect> {
        let key = key(number);
        let order = order_of(&key, status, numbers);
        let request = self.asked(&key);
        self.answer(request, key, Ok(order))
    }

    /// The request for the order ends in this failure; asked by hand before, where it is not in flight.
    pub(crate) fn fails(&mut self, number: u32, kind: FailureKind) -> Vec<Effect> {
        let key = key(number);
        let failure = failure(&key, kind);
        let request = self.asked(&key);
        self.answer(request, key, Err(failure))
    }

    /// The request in flight for an order; asked by hand before, where there is none.
    pub(crate) fn asked(&mut self, key: &OrderKey) -> RequestId {
        assert!(self.asks(key), "the order is asked");
        self.in_flight.remove(key).unwrap()
    }

    /// Asks for an order by hand, where it is not in flight; false where the pace makes it wait.
    pub(crate) fn asks(&mut self, key: &OrderKey) -> bool {
        if !self.in_flight.contains_key(key) {
            self.send(Message::Watch(WatchMessage::AskNow(vec![key.clone()])));
        }
        self.in_flight.contains_key(key)
    }

    /// Every order of the list is answered by this failure.
    pub(crate) fn fail_all(&mut self, keys: Vec<OrderKey>, kind: FailureKind) {
        let keys = keys.into_iter().map(|key| (key, None)).collect();
        for effect in self.send(Message::Watch(WatchMessage::Known(keys))) {
            let Effect::Fetch { request, key } = effect else { continue };
            let failure = failure(&key, kind);
            self.answer(request, key, Err(failure));
        }
    }

    /// The request for an order in any place ends like this; asked by hand before, where it is not in flight.
    pub(crate) fn ends(&mut self, key: &OrderKey, result: Result<PhoneNumberOrder, Failure>) -> Vec<Effect> {
        self.send(Message::Watch(WatchMessage::Known(vec![(key.clone(), None)])));
        let request = self.asked(key);
        self.answer(request, key.clone(), result)
    }

    fn answer(
        &mut self,
        request: RequestId,
        key: OrderKey,
        result: Result<PhoneNumberOrder, Failure>,
    ) -> Vec<Effect> {
        self.send(self.answer_to(request, key, result))
    }

    /// The answer to a request, at this moment.
    pub(crate) fn answer_to(
        &self,
        request: RequestId,
        key: OrderKey,
        result: Result<PhoneNumberOrder, Failure>,
    ) -> Message {
        let received = self.now.wall;
        let answered = Answered { request, key, attempts: 1, received, skew: None, identity: None, result };
        Message::Watch(WatchMessage::Answered(Box::new(answered)))
    }

    /// The names of the rows, the one under the cursor in brackets, the fold as its number.
    pub(crate) fn rows(&self) -> String {
        let list = self.model.current_list().unwrap();
        let mut lines: Vec<String> = list
            .rows
            .shown
            .iter()
            .map(|entry| list.name(&self.model.watch, *entry).unwrap().replace("order ", ""))
            .collect();
        if list.rows.folded > 0 {
            lines.push(format!("+{}", list.rows.folded));
        }
        if let Some(line) = lines.get_mut(list.rows.cursor) {
            *line = format!("[{line}]");
        }
        lines.join(" ")
    }

    /// The open picker.
    pub(crate) fn picker(&self) -> &Picker {
        match &self.model.overlay {
            Some(Overlay::Picker(picker)) => picker,
            other => panic!("no picker is open: {other:?}"),
        }
    }

    /// The names of what the picker shows, the one under the cursor in brackets, those marked with a star.
    pub(crate) fn choices(&self) -> Vec<String> {
        let picker = self.picker();
        let line = |(line, item): (usize, &Item)| {
            let star = if picker.is_marked(item) { "*" } else { "" };
            if line == picker.cursor() {
                format!("[{star}{}]", item.name)
            } else {
                format!("{star}{}", item.name)
            }
        };
        picker.shown().enumerate().map(line).collect()
    }

    pub(crate) fn notice(&self) -> &str {
        self.model.notice.as_ref().map_or("", |notice| notice.text.raw())
    }

    /// The order on the screen, by its number; none elsewhere.
    pub(crate) fn open_order(&self) -> Option<OrderKey> {
        match &self.model.screen {
            Screen::Order(screen) => Some(screen.key.clone()),
            Screen::List | Screen::Numbers(_) | Screen::Number(_) | Screen::Activity(_) => None,
        }
    }
}

pub(crate) fn order_of(key: &OrderKey, status: &str, numbers: &[&str]) -> PhoneNumberOrder {
    let first = u32::from_str_radix(key.id.short(), 16).unwrap() * 100;
    let numbers: Vec<(String, &str)> = (first..)
        .zip(numbers)
        .map(|(number, status)| (format!("+1503555{:04}", number % 10_000), *status))
        .collect();
    PhoneNumberOrder {
        id: key.id,
        product_type: None,
        status: OrderStatus::parse(status),
        order_type: None,
        numbers: Numbers::new(numbers.iter().map(|(number, status)| (number.as_str(), *status))),
        created: None,
        updated: None,
        foc_date: None,
    }
}

pub(crate) fn failure(key: &OrderKey, kind: FailureKind) -> Failure {
    Failure {
        kind,
        order: Some(key.id),
        scope: key.scope.clone(),
        what: "Profile prod is signed out".into(),
        next_step: "Run in another window: aws sso login --profile prod".into(),
        command: Some("aws sso login --profile prod".into()),
        retry_after: None,
        request_id: None,
        lasts: Lasts::default(),
    }
}

/// The effect of an edit by hand.
pub(crate) fn edit(list: ListId, edit: Edit) -> Effect {
    Effect::Files(FilesWork::Edit { list, edit, purpose: Purpose::Edit })
}

/// The effect of an undo.
pub(crate) fn undo(list: ListId, edit: Edit) -> Effect {
    Effect::Files(FilesWork::Edit { list, edit, purpose: Purpose::Undo })
}

pub(crate) fn text(text: &str) -> Text {
    Text::new(text)
}
