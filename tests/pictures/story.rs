//! The demo without a socket: the pure core is stepped through the world of the demo's scenario.

use chimewatch::app::effect::{Effect, HistoryWork, ListId};
use chimewatch::app::looks::Looks;
use chimewatch::app::message::{Answered, WatchMessage};
use chimewatch::app::model::Size;
use chimewatch::app::presets::Presets;
use chimewatch::app::regions::ScopeDefaults;
use chimewatch::app::start::start;
use chimewatch::app::watch::{Sweeps, Watch, WatchOptions};
use chimewatch::app::{Action, Message, Model, Start, update};
use chimewatch::command::demo::{self, earlier};
use chimewatch::domain::{Moment, Now, OrderKey, PhoneNumberOrder, Preferences, Snapshot, Watchlist};
use chimewatch::fetch::wire;
use chimewatch::keymap::Keymap;
use chimewatch::order_service::{Scenario, World};
use chimewatch::poll::{Intervals, Rate};
use chimewatch::ui::{self, Depth, Glyphs, Themes};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::VecDeque;
use std::sync::Arc;

/// A day on which the demo might be seen.
const STARTED: &str = "2026-11-24T14:02:34Z";
/// How long an answer takes, and how often the clock is looked at.
const STEP: SignedDuration = SignedDuration::from_millis(250);

pub(crate) struct Story {
    world: World,
    model: Model,
    elapsed: SignedDuration,
    effects: VecDeque<Effect>,
}

impl Story {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        let scenario = Scenario::named("demo").unwrap();
        let started: Timestamp = STARTED.parse().unwrap();
        let world = World::new(&scenario, 1, started, 1.0).unwrap();
        let now = Now { wall: started, moment: Moment::START };
        let lists = scenario.watchlists().into_iter().zip(0..).map(|(list, id)| {
            let watchlist = Watchlist {
                region: Some(list.region.into()),
                entries: list.orders.iter().map(|order| demo::entry(order).unwrap()).collect(),
                ..Watchlist::new(list.name.into())
            };
            (ListId(id), watchlist)
        });
        let mut model = Model::new(Start {
            now,
            size: Size { width, height },
            zone: TimeZone::UTC,
            lists: lists.collect(),
            current: None,
            defaults: ScopeDefaults { environment_profile: Some("prod".into()), ..ScopeDefaults::default() },
            watch: Watch::new(WatchOptions {
                rate: Rate::new(demo::RATE).unwrap(),
                intervals: Intervals::default().at_most(demo::LONGEST_INTERVAL),
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
        let effects = start(&mut model).into();
        Self { world, model, elapsed: SignedDuration::ZERO, effects }
    }

    /// Lets the story go on until `second`; every answer comes one step after it was asked for.
    pub(crate) fn run_to(&mut self, second: i64) {
        while self.elapsed < SignedDuration::from_secs(second) {
            for effect in std::mem::take(&mut self.effects) {
                for message in self.outcomes(effect) {
                    self.apply(message);
                }
            }
            self.elapsed += STEP;
            self.apply(Message::Tick);
        }
        self.catch_up();
    }

    /// What was observed last is recorded, and what is asked of the history read, before anybody looks.
    fn catch_up(&mut self) {
        let is_of_history = |effect: &Effect| {
            matches!(effect, Effect::History(HistoryWork::Record(_) | HistoryWork::ReadChanges { .. }))
        };
        let (works, others): (VecDeque<_>, VecDeque<_>) =
            std::mem::take(&mut self.effects).into_iter().partition(is_of_history);
        self.effects = others;
        for message in works.into_iter().flat_map(|record| self.outcomes(record)).collect::<Vec<_>>() {
            self.apply(message);
        }
    }

    pub(crate) fn press(&mut self, action: Action) {
        self.apply(Message::Action(action));
        self.catch_up();
    }

    pub(crate) fn frame(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.model.size.width, self.model.size.height));
        let theme = Themes::load(&[], Depth::Indexed, Glyphs::Unicode).named("auto");
        ui::render(&mut buffer, &self.model, &theme, &Keymap::default());
        buffer
    }

    fn now(&self) -> Now {
        Now {
            wall: self.world.dated(self.elapsed),
            moment: Moment::from_millis(u64::try_from(self.elapsed.as_millis()).unwrap()),
        }
    }

    fn apply(&mut self, message: Message) {
        let now = self.now();
        self.effects.extend(update(&mut self.model, message, now));
    }

    fn order(&self, key: &OrderKey, elapsed: SignedDuration) -> Option<PhoneNumberOrder> {
        let answer = self.world.order_json(key.id.as_str(), elapsed)?;
        Some(wire::order(&serde_json::to_vec(&answer).unwrap(), key.id).unwrap())
    }

    fn outcomes(&self, effect: Effect) -> Vec<Message> {
        let received = self.now().wall;
        let message = match effect {
            Effect::Fetch { request, key } => WatchMessage::Answered(Box::new(Answered {
                request,
                result: Ok(self.order(&key, self.elapsed).expect("the scenario has every order")),
                key,
                attempts: 1,
                received,
                skew: None,
                identity: None,
            })),
            Effect::History(HistoryWork::Load(keys)) => {
                WatchMessage::Known(keys.into_iter().map(|key| self.known(key)).collect())
            }
            Effect::History(HistoryWork::Record(observations)) => {
                let changes = observations.iter().flat_map(|observation| &observation.changes);
                WatchMessage::Recorded {
                    up_to: changes.map(|change| change.sequence).max().unwrap_or_default(),
                }
            }
            // No earlier run has seen a change.
            Effect::History(HistoryWork::ReadChanges { of, .. }) => {
                return vec![Message::ChangesRead { of, changes: Some(Vec::new()) }];
            }
            _ => return Vec::new(),
        };
        vec![Message::Watch(message)]
    }

    /// What an earlier run had seen.
    fn known(&self, key: OrderKey) -> (OrderKey, Option<Arc<Snapshot>>) {
        let observation = earlier::observe(&self.world, &key).unwrap();
        (key, observation.map(|observation| observation.snapshot))
    }
}
