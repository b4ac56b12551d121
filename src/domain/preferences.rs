//! What the user chose for the whole program and finds again at the next start.

/// What was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Whether the user is called.
    pub alerts: Alerts,
    /// Whether phone numbers can be read.
    pub privacy: Privacy,
    /// Whether the mouse is ours.
    pub mouse: Mouse,
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
