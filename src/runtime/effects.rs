//! Performs effects: each goes to the thread that does it, and its outcome comes back as a message.
//!
//! Free of the screen: the commands without one use it as well. What only a screen can do is handed back.

use super::net::{Bodies, Errand, Net};
use super::worker::Worker;
use crate::app::Effect;
use crate::app::effect::{FilesWork, HistoryWork};

/// The threads that do what the core wants done.
#[derive(Debug)]
pub struct Performers {
    /// Requests.
    pub net: Net,
    /// The history.
    pub history: Worker<HistoryWork>,
    /// The watchlist files and the view.
    pub files: Worker<FilesWork>,
}

/// What only a screen can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForTheScreen {
    /// Put a text on the clipboard.
    Copy {
        /// The text.
        text: String,
        /// What it is.
        what: String,
    },
    /// Print a text on the terminal itself.
    Print {
        /// The text.
        text: String,
        /// What it is.
        what: String,
    },
    /// Ring the bell.
    Ring,
    /// Stop until `fg`.
    Suspend,
    /// Leave.
    Quit,
}

impl Performers {
    /// Has an effect performed. Never waits.
    pub fn perform(&self, effect: Effect) -> Option<ForTheScreen> {
        match effect {
            Effect::Fetch { request, key } => self.net.send(Errand::Fetch { request, key }),
            Effect::Abort(requests) => self.net.send(Errand::Abort(requests)),
            Effect::DropConnections => self.net.send(Errand::DropConnections),
            Effect::ForgetCredentials => self.net.send(Errand::ForgetCredentials),
            Effect::List { request, scope, page } => self.net.send(Errand::List { request, scope, page }),
            Effect::LookForCredentials => self.net.send(Errand::LookForCredentials),
            Effect::ReadProfiles => self.net.send(Errand::ReadProfiles),
            Effect::ReadProfile { profile } => self.net.send(Errand::ReadProfile(profile)),
            Effect::KeepBody(key) => {
                self.net.send(Errand::HandOver(key.map_or(Bodies::OfNone, Bodies::Of)));
            }
            Effect::History(work) => self.history.give(work),
            Effect::Files(work) => self.files.give(work),
            Effect::Copy { text, what } => return Some(ForTheScreen::Copy { text, what }),
            Effect::Print { text, what } => return Some(ForTheScreen::Print { text, what }),
            Effect::Ring => return Some(ForTheScreen::Ring),
            Effect::Suspend => return Some(ForTheScreen::Suspend),
            Effect::Quit => return Some(ForTheScreen::Quit),
        }
        None
    }
}
