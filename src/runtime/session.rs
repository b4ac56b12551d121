//! Before the first frame and after the last: what is known without waiting, and what has to be safe before the end.

use super::clock::Clock;
use super::effects::Performers;
use super::files::Files;
use super::looks;
use super::opening::{self, Opened, Opening};
use super::outlines::Outlines;
use super::signals::SAVING;
use super::terminal::{self, Unfit};
use super::worker::Finishing;
use super::zone;
use crate::app::effect::ListId;
use crate::app::message::WatchMessage;
use crate::app::model::Lesson;
use crate::app::presets::Presets;
use crate::app::watch::{Sweeps, Watch, WatchOptions};
use crate::app::{Effect, Message, Model, Start, start, update, views};
use crate::domain::{Now, Text, Watchlist};
use crate::fetch::FetchOptions;
use crate::keymap::Keymap;
use crate::settings::{Presentation, Settings};
use crate::store::{Place, Places, StoreError};
use crate::ui::Themes;
use std::io::{self, Write};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;

/// How long saving at the end may take before somebody is told.
const SILENT: Duration = Duration::from_millis(100);

/// What the dashboard is started with.
#[derive(Debug)]
pub struct Session<'a> {
    /// What was asked for.
    pub settings: &'a Settings,
    /// How requests are sent.
    pub fetch: FetchOptions,
    /// What is shown first.
    pub opening: Opening,
    /// Who started it.
    pub origin: Origin,
    /// No unsettled order is asked less often: [`Duration::MAX`], but for an account whose time passes faster.
    pub longest_interval: Duration,
    /// `TERM`.
    pub term: Option<&'a str>,
    /// `TZ`.
    pub time_zone: Option<&'a str>,
}

/// Who started the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody with orders of their own.
    User,
    /// `chimewatch demo`, which teaches six keys.
    Demo,
}

/// Why there is no dashboard. The texts follow `chimewatch: `.
#[derive(Debug, thiserror::Error)]
pub enum DashboardError {
    /// There is no terminal for it.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// There is no such watchlist, or it cannot be read.
    #[error(transparent)]
    Watchlist(#[from] StoreError),
    /// The system refused a thread, a signal or a descriptor.
    #[error("the dashboard cannot go on: {0}")]
    System(#[from] io::Error),
}

impl DashboardError {
    /// The exit code: 2 for what was asked wrongly, 1 for what went wrong.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Unfit(_) | Self::Watchlist(_) => 2,
            Self::System(_) => 1,
        }
    }
}

/// All that the first frame needs, and what is to be done after it.
#[derive(Debug)]
pub(super) struct First {
    pub(super) model: Model,
    pub(super) effects: Vec<Effect>,
    pub(super) files: Files,
    pub(super) keymap: Keymap,
    pub(super) themes: Themes,
    /// What is odd about the files that were read.
    pub(super) warnings: Vec<Text>,
}

impl First {
    /// Reads the lists and what the history knows about them. Asks nobody, writes nothing.
    pub(super) fn new(session: &Session<'_>, clock: Clock) -> Result<Self, StoreError> {
        let settings = session.settings;
        let places = settings.places.clone();
        let outlines = Outlines::open(places.history(), clock);
        let Opened { lists, current, defaults, preferences, views, theme, filters, warnings } =
            opening::open(settings, &places, &session.opening)?;
        let (themes, looks, of_looks) = looks::looks(settings, theme);
        let presets = Presets::new(settings.filters.clone(), filters);
        let of_filters: Vec<Text> = presets.problems().collect();
        let entries: usize = lists.iter().map(|(.., list)| list.entries.len()).sum();
        tracing::info!(lists = lists.len(), entries, "watchlists read");
        let (keymap, problems) = match &settings.keymap {
            Some(file) => Keymap::default().with_file(&file.path, &file.text),
            None => (Keymap::default(), Vec::new()),
        };
        let files = files(session, places, &lists, current);
        let now = clock.now();
        let mut first = Self {
            model: Model::new(Start {
                now,
                size: terminal::size(),
                zone: zone::local(session.time_zone),
                lists: lists.into_iter().map(|(id, _, watchlist)| (id, watchlist)).collect(),
                current: Some(current),
                defaults,
                watch: engine(session, outlines.last_sequence(), now),
                keys: keymap.names(),
                views,
                looks,
                lesson: (session.origin == Origin::Demo).then_some(Lesson { step: 0 }),
                preferences,
                fixed: settings.fixed.clone(),
                presets,
            }),
            effects: Vec::new(),
            files,
            keymap,
            themes,
            warnings: Vec::new(),
        };
        first.effects = start::key(&mut first.model);
        outlines.ask(start::wanted(&first.model));
        first.effects.extend(start::open(&mut first.model, || outlines.take()));
        if session.opening == Opening::LastUsed && session.origin == Origin::User {
            start::offer_lists(&mut first.model);
        }
        let problems = problems.into_iter().map(|problem| problem.to_string().into());
        first.warnings = warnings.into_iter().chain(of_filters).chain(of_looks).chain(problems).collect();
        for warning in &first.warnings {
            tracing::warn!("{warning}");
        }
        for notice in notices(&first.warnings, settings.presentation) {
            first.apply(Message::Warned(notice), now);
        }
        Ok(first)
    }

    fn apply(&mut self, message: Message, now: Now) {
        self.effects.extend(update(&mut self.model, message, now));
    }
}

/// How warnings are told at the start: a screen has one line for all of them, and a line each at the end.
fn notices(warnings: &[Text], presentation: Presentation) -> Vec<Text> {
    match (warnings, presentation) {
        ([first, _, ..], Presentation::Screen) => {
            let more = match warnings.len() - 1 {
                1 => "1 more".to_owned(),
                more => format!("{more} more"),
            };
            vec![format!("({more}, all told at the end) {first}").into()]
        }
        _ => warnings.to_vec(),
    }
}

/// What the thread of the files has to know about the lists, and to write.
fn files(
    session: &Session<'_>,
    places: Places,
    lists: &[(ListId, Place, Watchlist)],
    current: ListId,
) -> Files {
    let opened = lists.iter().find(|(id, ..)| *id == current);
    let (unsaved, asked) = match (&session.opening, opened) {
        (Opening::LastUsed, _) | (_, None) => (None, None),
        (Opening::List(_), Some((_, place, _))) => (None, Some(place.clone())),
        (Opening::Orders(_), Some((_, place, watchlist))) => (Some(watchlist.clone()), Some(place.clone())),
    };
    let lists = lists.iter().map(|(id, place, _)| (*id, place.clone())).collect();
    Files { places, lists, unsaved, asked }
}

fn engine(session: &Session<'_>, last_sequence: u64, started: Now) -> Watch {
    Watch::new(WatchOptions {
        rate: session.settings.rate,
        intervals: session.settings.intervals.at_most(session.longest_interval),
        sweeps: Sweeps::Allowed,
        seed: fastrand::u64(..),
        started,
        first_sequence: last_sequence + 1,
    })
}

/// Has saved what is not saved yet, and says so where it takes its time or does not succeed. The terminal has been
/// given back.
pub(super) fn finish(
    mut model: Model,
    performers: Performers,
    saving: &Finishing,
    messages: UnboundedReceiver<Message>,
) {
    if let Some(effect) = views::finish(&mut model) {
        performers.perform(effect);
    }
    save(&mut model.watch, performers, saving, messages, SILENT, tell);
    // Nothing follows but the end of the process, which gives its memory back at once: by the piece, ten thousand
    // orders take 10 ms.
    std::mem::forget(model);
}

/// The same for what the engine has still to be recorded, said by `tell` where it takes longer than `silent`.
pub(super) fn save(
    watch: &mut Watch,
    performers: Performers,
    saving: &Finishing,
    mut messages: UnboundedReceiver<Message>,
    silent: Duration,
    mut tell: impl FnMut(&str),
) {
    for effect in watch.finish() {
        performers.perform(effect);
    }
    // Without them the threads end when they have done what they were given.
    drop(performers);
    let changes = match watch.unsaved() {
        0 => "the last edits".to_owned(),
        1 => "1 change".to_owned(),
        more => format!("{more} changes"),
    };
    if !saving.wait(silent) {
        tell(&format!("saving {changes}"));
        if !saving.wait(SAVING.saturating_sub(silent)) {
            tell(&format!("the disk did not take {changes} within 2 s"));
        }
    }
    while let Ok(message) = messages.try_recv() {
        if let Message::Watch(WatchMessage::NotRecorded { why }) = message {
            let what = if watch.unsaved() == 0 { "what was seen" } else { &changes };
            tell(&format!("{what} could not be recorded. {why}"));
        }
    }
}

pub(super) fn tell(what: &str) {
    // Whoever started us may have closed it.
    let _ = writeln!(io::stderr(), "chimewatch: {what}");
}
