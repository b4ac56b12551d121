//! What the user chose for the whole program and finds again at the next start.

use super::Text;

/// What was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Whether the user is called.
    pub alerts: Alerts,
    /// Whether phone numbers can be read.
    pub privacy: Privacy,
    /// Whether the mouse is ours.
    pub mouse: Mouse,
    /// How times are written.
    pub times: Times,
}

/// One of the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// Whether the user is called.
    Alerts(Alerts),
    /// Whether phone numbers can be read.
    Privacy(Privacy),
    /// Whether the mouse is ours.
    Mouse(Mouse),
    /// How times are written.
    Times(Times),
}

/// A choice that the config file makes for every start: another one counts until the program ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The choice.
    pub choice: Preference,
    /// Where it is made, as `bell = true in FILE`.
    pub said: Text,
}

impl Preferences {
    /// Chooses.
    pub const fn set(&mut self, choice: Preference) {
        match choice {
            Preference::Alerts(alerts) => self.alerts = alerts,
            Preference::Privacy(privacy) => self.privacy = privacy,
            Preference::Mouse(mouse) => self.mouse = mouse,
            Preference::Times(times) => self.times = times,
        }
    }

    /// True where this is what was chosen.
    pub fn has(self, choice: Preference) -> bool {
        let mut with = self;
        with.set(choice);
        with == self
    }
}

/// Whether the user is called when something needs them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alerts {
    /// By the bell.
    #[default]
    On,
    /// Not at all.
    Muted,
}

/// Whether phone numbers can be read on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Privacy {
    /// They can.
    #[default]
    Shown,
    /// Their middle is masked, for a screen that others see.
    Masked,
}

/// Who gets what the mouse does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// The terminal, which selects text with it.
    #[default]
    Terminals,
    /// The program: it scrolls, moves the cursor and opens.
    Ours,
}

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Times {
    /// `4 m ago`.
    #[default]
    Relative,
    /// In the local time zone.
    Local,
    /// In UTC.
    Utc,
}
