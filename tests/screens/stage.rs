//! A model brought to a state by messages, as the runtime would, and drawn into text.

use chimewatch::app::effect::{Effect, ListId};
use chimewatch::app::looks::Looks;
use chimewatch::app::message::{Answered, Listed, WatchMessage};
use chimewatch::app::model::{Lesson, Model, Size};
use chimewatch::app::presets::Presets;
use chimewatch::app::regions::{EndpointChoice, ScopeDefaults};
use chimewatch::app::start::start;
use chimewatch::app::watch::{Poll, Sweeps, Watch, WatchOptions, Watched};
use chimewatch::app::{Action, Message, Start, update};
use chimewatch::domain::*;
use chimewatch::keymap::Keymap;
use chimewatch::poll::{Intervals, Rate};
use chimewatch::ui::{self, Depth, Glyphs, NextChange, Theme, Themes};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::sync::{Arc, LazyLock};

pub(crate) fn wall(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What the clocks say at a time of the stage's day.
pub(crate) fn now(at: &str) -> Now {
    let wall = if at.len() == 20 { wall(at) } else { wall(&format!("2026-11-23T{at}Z")) };
    let started = self::wall("2026-11-23T10:00:00Z");
    let since = wall.duration_since(started).as_millis();
    Now { wall, moment: Moment::from_millis(u64::try_from(since).unwrap_or(0)) }
}

/// Order id number `index`.
pub(crate) fn id(index: u32) -> PhoneNumberOrderId {
    PhoneNumberOrderId::parse(&format!(
        "{:08x}-77aa-4e0b-9a55-0d1f5e2b{index:04x}",
        index.wrapping_mul(0x9e37_79b1)
    ))
    .unwrap()
}

/// Numbers `first..first + states` with their states, `P`, `A`, `F` or `?`.
pub(crate) fn numbers(first: u64, states: &str) -> Vec<(String, &'static str)> {
    states
        .chars()
        .zip(first..)
        .map(|(state, number)| {
            let state = match state {
                'A' => "Acquired",
                'F' => "Failed",
                'P' => "Processing",
                _ => "Teleported",
            };
            (format!("+{number}"), state)
        })
        .collect()
}

pub(crate) fn order(index: u32, status: &str, numbers: &[(String, &'static str)]) -> PhoneNumberOrder {
    PhoneNumberOrder {
        id: id(index),
        product_type: Some(ProductType::VoiceConnector),
        status: OrderStatus::parse(status),
        order_type: Some(OrderType::New),
        numbers: Numbers::new(numbers.iter().map(|(number, state)| (number.as_str(), *state))),
        created: Some(wall("2026-11-23T10:01:00Z")),
        updated: Some(wall("2026-11-23T10:02:00Z")),
        foc_date: None,
    }
}

pub(crate) fn porting(
    index: u32,
    status: &str,
    foc: Option<&str>,
    numbers: &[(String, &'static str)],
) -> PhoneNumberOrder {
    PhoneNumberOrder {
        order_type: Some(OrderType::Porting),
        foc_date: foc.map(FocDate::new),
        ..order(index, status, numbers)
    }
}

pub(crate) fn entry(index: u32, label: &str) -> Entry {
    let label = (!label.is_empty()).then(|| Text::new(label));
    Entry { label, ..Entry::new(id(index)) }
}

/// A theme by its name, with symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) theme: &'static str,
    pub(crate) glyphs: Glyphs,
}

impl Look {
    pub(crate) fn theme(self) -> Theme {
        static THEMES: LazyLock<[Themes; 3]> = LazyLock::new(|| {
            [Glyphs::Unicode, Glyphs::Narrow, Glyphs::Ascii]
                .map(|glyphs| Themes::load(&[], Depth::Indexed, glyphs))
        });
        THEMES[self.glyphs as usize].named(self.theme)
    }
}

/// A model and the messages that it has had.
pub(crate) struct Stage {
    pub(crate) model: Model,
    scope: Arc<Scope>,
    /// As whom the next requests are signed.
    pub(crate) identity: Option<Identity>,
}

impl Stage {
    pub(crate) fn new(lists: &[(&str, Vec<Entry>)]) -> Self {
        Self::with(lists, None, None)
    }

    /// The same at an endpoint of the user's own, in the demo.
    pub(crate) fn with(lists: &[(&str, Vec<Entry>)], endpoint: Option<&str>, lesson: Option<Lesson>) -> Self {
        let started = now("10:00:00");
        let watchlist = |name: &str, entries: &[Entry]| Watchlist {
            profile: Some("prod".into()),
            region: Some("us-east-1".into()),
            entries: entries.to_vec(),
            ..Watchlist::new(name.into())
        };
        let lists = lists
            .iter()
            .zip(0..)
            .map(|((name, entries), index)| (ListId(index), watchlist(name, entries)))
            .collect();
        let model = Model::new(Start {
            now: started,
            size: Size { width: 110, height: 30 },
            zone: TimeZone::UTC,
            lists,
            current: None,
            defaults: ScopeDefaults {
                endpoint: endpoint
                    .map_or(EndpointChoice::Aws, |endpoint| EndpointChoice::Named(endpoint.into())),
                ..ScopeDefaults::default()
            },
            watch: Watch::new(WatchOptions {
                rate: Rate::Unlimited,
                intervals: Intervals::default(),
                sweeps: Sweeps::Never,
                seed: 1,
                started,
                first_sequence: 1,
            }),
            keys: Keymap::default().names(),
            views: std::collections::BTreeMap::new(),
            looks: Looks::default(),
            lesson,
            preferences: Preferences::default(),
            fixed: Vec::new(),
            presets: Presets::default(),
        });
        let scope = Arc::new(Scope {
            profile: Some("prod".into()),
            region: "us-east-1".into(),
            endpoint: endpoint.map(Into::into),
        });
        let mut stage = Self { model, scope, identity: None };
        stage.open();
        stage
    }

    /// Opens every list and says that the history knows nothing.
    fn open(&mut self) {
        start(&mut self.model);
        for number in (1..=9).rev() {
            self.tell(Message::Action(Action::List(number)));
        }
        let known = self.model.lists.iter().flat_map(|list| list.keys.iter().flatten());
        let known = known.map(|key| (key.clone(), None)).collect();
        self.tell(Message::Watch(WatchMessage::Known(known)));
        // What the stage was set up with has no news for the reader.
        (self.model.notice, self.model.last_key) = (None, None);
    }

    /// Something happens now.
    pub(crate) fn tell(&mut self, message: Message) -> &mut Self {
        let now = self.model.now;
        update(&mut self.model, message, now);
        self
    }

    /// Opens the import, whose first page is answered like this.
    pub(crate) fn import(&mut self, result: Result<OrderPage, Failure>) -> &mut Self {
        let now = self.model.now;
        let effects = update(&mut self.model, Message::Action(Action::Import), now);
        let page = effects.into_iter().find_map(|effect| match effect {
            Effect::List { request, scope, .. } => Some((request, scope)),
            _ => None,
        });
        let (request, scope) = page.unwrap();
        let received = now.wall;
        let listed = Listed { request, scope, attempts: 1, received, skew: None, identity: None, result };
        self.tell(Message::Watch(WatchMessage::Listed(Box::new(listed))))
    }

    pub(crate) fn key(&self, index: u32) -> OrderKey {
        OrderKey { scope: self.scope.clone(), id: id(index) }
    }

    /// The order is asked a second before `at` and answered then.
    pub(crate) fn answer(&mut self, at: &str, result: Result<PhoneNumberOrder, Failure>) -> &mut Self {
        let index = match &result {
            Ok(order) => order.id,
            Err(failure) => failure.order.unwrap(),
        };
        let keys = self.model.lists.iter().flat_map(|list| list.keys.iter().flatten());
        let key = keys.clone().find(|key| key.id == index).unwrap().clone();
        let answered = now(at);
        self.model.now = answered;
        self.tell(Message::Watch(WatchMessage::AskNow(vec![key.clone()])));
        let Some(Poll::InFlight { request, .. }) = self.model.watch.get(&key).map(Watched::poll) else {
            panic!("{key:?} is not in flight");
        };
        let answer = Answered {
            request,
            key,
            attempts: 1,
            received: answered.wall,
            skew: None,
            identity: self.identity.clone(),
            result,
        };
        self.tell(Message::Watch(WatchMessage::Answered(Box::new(answer))))
    }

    pub(crate) fn failure(&self, index: u32, kind: FailureKind, what: &str) -> Failure {
        Failure {
            kind,
            order: Some(id(index)),
            scope: self.scope.clone(),
            what: what.into(),
            next_step: Text::default(),
            command: None,
            retry_after: None,
            request_id: None,
            lasts: Lasts::default(),
        }
    }

    pub(crate) fn at(&mut self, at: &str) -> &mut Self {
        self.model.now = now(at);
        self.tell(Message::Tick)
    }

    pub(crate) fn draw(&mut self, width: u16, height: u16, look: Look) -> (Buffer, NextChange) {
        self.tell(Message::Resized { width, height });
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let next = ui::render(&mut buffer, &self.model, &look.theme(), &Keymap::default());
        (buffer, next)
    }
}

/// The cells of a buffer as text, without what is blank at the end of a line.
pub(crate) fn text(buffer: &Buffer) -> String {
    lines(buffer, |cell| cell.symbol().to_owned())
}

/// What the cells look like, a letter each: # reversed, d dim, B bold, c cyan, u blue, y yellow, g green, r red,
/// m magenta, e bright red, n bright magenta, in capitals where they are bold too.
pub(crate) fn looks(buffer: &Buffer) -> String {
    lines(buffer, |cell| {
        let letter = match cell.fg {
            Color::Reset => None,
            Color::Cyan => Some('c'),
            Color::LightBlue => Some('u'),
            Color::Yellow => Some('y'),
            Color::Green => Some('g'),
            Color::Red => Some('r'),
            Color::Magenta => Some('m'),
            Color::LightRed => Some('e'),
            Color::LightMagenta => Some('n'),
            _ => Some('?'),
        };
        let is_bold = cell.modifier.contains(Modifier::BOLD);
        let letter = match letter {
            _ if cell.bg != Color::Reset => '?',
            _ if cell.modifier.contains(Modifier::REVERSED) => '#',
            _ if cell.modifier.contains(Modifier::DIM) => 'd',
            Some(letter) if is_bold => letter.to_ascii_uppercase(),
            Some(letter) => letter,
            None if is_bold => 'B',
            None => ' ',
        };
        letter.to_string()
    })
}

pub(crate) fn lines(buffer: &Buffer, show: impl Fn(&Cell) -> String) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut covered = 0;
        for x in 0..buffer.area.width {
            let cell = buffer.cell((x, y)).unwrap();
            if covered > 0 {
                covered -= 1;
                continue;
            }
            covered = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
            line.push_str(&show(cell));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
