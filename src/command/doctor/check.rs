//! One thing that was looked at, and how it is.

use crate::cli::Output;
use crate::domain::json::quoted;
use crate::domain::redact::Secrets;
use crate::domain::text::neutralise;

/// Where the second column begins.
const WHAT: usize = 8;
/// How wide the names are.
const NAME: usize = 13;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Check {
    name: &'static str,
    verdict: Verdict,
    what: String,
    next_step: Option<String>,
}

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// As it should be.
    Ok,
    /// It works, and could be better.
    Warn,
    /// It does not work.
    Fail,
}

impl Verdict {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

impl Check {
    /// It is as it should be.
    pub(super) fn ok(name: &'static str, what: impl Into<String>) -> Self {
        Self { name, verdict: Verdict::Ok, what: what.into(), next_step: None }
    }

    /// It works, and could be better by the next step.
    pub(super) fn warn(name: &'static str, what: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warn, next_step: Some(next_step.into()), ..Self::ok(name, what) }
    }

    /// It does not work until the next step is taken.
    pub(super) fn fail(name: &'static str, what: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fail, ..Self::warn(name, what, next_step) }
    }

    /// How it is.
    pub(super) const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// As lines of columns, or as an object. Neither a secret nor what a terminal would obey is in it.
    pub(super) fn told(&self, output: Output, secrets: &Secrets) -> String {
        let clean = |text: &str| secrets.redact(text);
        let (what, next_step) = (clean(&self.what), self.next_step.as_deref().map(clean));
        let (word, name) = (self.verdict.word(), self.name);
        match output {
            Output::Table => {
                let what = neutralise(&what);
                let line = format!("{word:<WHAT$}{name:<NAME$}  {what}");
                match next_step.filter(|step| !step.is_empty()) {
                    Some(step) => {
                        format!("{line}\n{:indent$}{}", "", neutralise(&step), indent = WHAT + NAME + 2)
                    }
                    None => line,
                }
            }
            Output::Json => {
                let step = next_step.map(|step| format!(",\"NextStep\":{}", quoted(&step)));
                format!(
                    "{{\"Check\":{},\"Verdict\":{},\"What\":{}{}}}",
                    quoted(name),
                    quoted(word),
                    quoted(&what),
                    step.unwrap_or_default()
                )
            }
        }
    }
}
