//! An account as large as it is asked to be, watched without a terminal, a network or a disk.

use chimewatch::app::effect::{Effect, ListId};
use chimewatch::app::looks::Looks;
use chimewatch::app::message::{Answered, Keystroke, WatchMessage};
use chimewatch::app::model::Size;
use chimewatch::app::presets::Presets;
use chimewatch::app::regions::ScopeDefaults;
use chimewatch::app::start::start;
use chimewatch::app::watch::{Sweeps, Watch, WatchOptions};
use chimewatch::app::{Action, Message, Model, Start, update};
use chimewatch::domain::{
    Entry, Moment, Now, Numbers, OrderKey, OrderStatus, OrderType, PhoneNumberOrder, PhoneNumberOrderId,
    Preferences, ProductType, Snapshot, Watchlist,
};
use chimewatch::keymap::Keymap;
use chimewatch::poll::{Intervals, Rate};
use chimewatch::ui::{self, Depth, Glyphs, Themes};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;
use std::time::Duration;

/// Numbers of each order.
pub(crate) const NUMBERS: usize = 50;
/// A filter that many orders pass, by their names and by their numbers.
pub(crate) const FILTER: &str = "20";
/// The terminal.
pub(crate) const SIZE: Size = Size { width: 200, height: 50 };
/// Any day, in seconds.
const TODAY: i64 = 1_800_000_000;
/// Longer than rows keep their places after a key.
const CALM: Duration = Duration::from_secs(6);

/// The dashboard on an account.
pub(crate) struct Dashboard {
    pub(crate) model: Model,
    now: Now,
    keymap: Keymap,
}

fn id(place: usize) -> PhoneNumberOrderId {
    PhoneNumberOrderId::parse(&format!("{place:08x}-77aa-4e0b-9a55-0d1f5e2bc01d")).unwrap()
}

/// The order at a place of the list. A tenth of them are settled, one in fifty failed in part.
fn order(place: usize, acquired: usize) -> PhoneNumberOrder {
    let status = match place {
        place if place.is_multiple_of(50) => "Partial",
        place if place.is_multiple_of(10) => "Successful",
        _ => "Processing",
    };
    let state = |number: usize| match number {
        number if status == "Successful" || number < acquired => "Acquired",
        number if status == "Partial" && number + 1 == NUMBERS => "Failed",
        _ => "Processing",
    };
    let first = 12_060_000_000 + place * 100;
    let numbers: Vec<String> = (first..first + NUMBERS).map(|number| format!("+{number}")).collect();
    let created = TODAY - 60 * i64::try_from(place % 5_000).unwrap();
    PhoneNumberOrder {
        id: id(place),
        product_type: Some(ProductType::VoiceConnector),
        status: OrderStatus::parse(status),
        order_type: Some(OrderType::New),
        numbers: Numbers::new((0..).zip(&numbers).map(|(number, text)| (text.as_str(), state(number)))),
        created: Some(Timestamp::from_second(created).unwrap()),
        updated: Some(Timestamp::from_second(TODAY).unwrap()),
        foc_date: None,
    }
}

impl Dashboard {
    /// A list of this many orders, each of which was read a minute ago.
    pub(crate) fn of(orders: usize) -> Self {
        let now = Now { wall: Timestamp::from_second(TODAY + 60).unwrap(), moment: Moment::START };
        let label = |place: usize| Some(format!("Site {}", place.wrapping_mul(7_919) % 10_000).into());
        let entries =
            (0..orders).map(|place| Entry { label: label(place), ..Entry::new(id(place)) }).collect();
        let watchlist = Watchlist { entries, ..Watchlist::new("launch".into()) };
        let mut model = Model::new(Start {
            now,
            size: SIZE,
            zone: TimeZone::UTC,
            lists: vec![(ListId(0), watchlist)],
            current: None,
            defaults: ScopeDefaults {
                environment_profile: Some("prod".into()),
                environment_region: Some("us-east-1".into()),
                ..ScopeDefaults::default()
            },
            watch: Watch::new(WatchOptions {
                rate: Rate::default(),
                intervals: Intervals::default(),
                sweeps: Sweeps::Never,
                seed: 1,
                started: now,
                first_sequence: 1,
            }),
            keys: Keymap::default().names(),
            views: std::collections::BTreeMap::new(),
            looks: Looks::default(),
            lesson: None,
            preferences: Preferences::default(),
            fixed: Vec::new(),
            presets: Presets::default(),
        });
        start(&mut model);
        let read = Timestamp::from_second(TODAY).unwrap();
        let keys: Vec<OrderKey> = model.lists.iter().flat_map(|list| &list.keys).flatten().cloned().collect();
        let known = (0..)
            .zip(keys)
            .map(|(place, key)| (key, Some(Arc::new(Snapshot::first(order(place, 20), read)))))
            .collect();
        let mut dashboard = Self { model, now, keymap: Keymap::default() };
        dashboard.send(Message::Watch(WatchMessage::Known(known)));
        dashboard
    }

    pub(crate) fn send(&mut self, message: Message) -> Vec<Effect> {
        update(&mut self.model, message, self.now)
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.send(Message::Action(action));
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.send(Message::Typed(Keystroke::Character(character)));
        }
    }

    /// Sets a filter as a person does.
    pub(crate) fn filter(&mut self, text: &str) {
        self.act(Action::Filter);
        self.type_text(text);
        self.send(Message::Typed(Keystroke::Submit));
    }

    /// Sorts as a person does.
    pub(crate) fn sort(&mut self, by: &str) {
        self.act(Action::Sort);
        self.type_text(by);
        self.send(Message::Typed(Keystroke::Submit));
    }

    pub(crate) fn filter_and_sort(&mut self) {
        self.filter(FILTER);
        self.sort("name");
    }

    /// Long enough for rows to move again.
    pub(crate) fn rest(&mut self) {
        self.now.moment = self.now.moment.plus(CALM);
        self.now.wall += CALM;
    }

    /// The order at a place is asked and has acquired this many of its numbers.
    pub(crate) fn answer(&mut self, place: usize, acquired: usize) {
        let key = self.model.lists[0].keys[place].clone().unwrap();
        let asked = self.send(Message::Watch(WatchMessage::AskNow(vec![key])));
        for effect in asked {
            let Effect::Fetch { request, key } = effect else { continue };
            let answered = Answered {
                request,
                key,
                attempts: 1,
                received: self.now.wall,
                skew: None,
                identity: None,
                result: Ok(order(place, acquired)),
            };
            self.send(Message::Watch(WatchMessage::Answered(Box::new(answered))));
        }
    }

    /// A frame of what there is to see.
    pub(crate) fn draw(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
        let theme = Themes::load(&[], Depth::Indexed, Glyphs::Unicode).named("auto");
        ui::render(&mut buffer, &self.model, &theme, &self.keymap);
        buffer
    }
}
