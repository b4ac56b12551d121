//! The one subscriber: filters events and hands their lines to the writer. Spans are not kept: a line says by itself
//! which order it is about.

use super::filter;
use super::line::line;
use super::writer::Queue;
use crate::domain::redact::Secrets;
use jiff::Timestamp;
use std::fmt;
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::filter::Targets;

type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

pub(super) struct Recorder {
    filter: Targets,
    clock: Clock,
    secrets: Secrets,
    queue: Queue,
}

impl Recorder {
    pub(super) fn new(filter: Targets, clock: Clock, secrets: Secrets, queue: Queue) -> Self {
        Self { filter, clock, secrets, queue }
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && self.filter.would_enable(metadata.target(), metadata.level())
    }

    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.enabled(metadata) { Interest::always() } else { Interest::never() }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(filter::highest(&self.filter))
    }

    fn event(&self, event: &Event<'_>) {
        self.queue.push(line(event, (self.clock)(), &self.secrets));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("filter", &self.filter).finish_non_exhaustive()
    }
}
