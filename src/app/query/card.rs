//! What stands over the rows when a list cannot be asked or edited: its text in lines, and the keys that help.

use super::line::{Role, wrap};
use crate::app::card::{self, Cause, Offer};
use crate::app::model::Model;
use crate::domain::Text;

/// Lines of a screen below which a card that only tells takes one.
const WHOLE_FROM: u16 = 20;

/// A card in lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardView {
    /// Its text; of a line the same shorter and shorter, for what has room.
    pub lines: Vec<String>,
    /// Keys that help.
    pub offers: Vec<Offer>,
    /// How much it matters.
    pub role: Role,
    /// How much room it takes.
    pub form: Form,
}

/// How much room a card takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Its whole text, and a line for the keys.
    Whole,
    /// One line with the keys at its end: most of the list goes on.
    Line,
}

impl CardView {
    /// Rows that it asks for.
    pub fn rows(&self) -> u16 {
        match self.form {
            Form::Line => 1,
            Form::Whole => {
                let rows = self.lines.len() + usize::from(!self.offers.is_empty());
                u16::try_from(rows).unwrap_or(u16::MAX)
            }
        }
    }
}

/// The card of the list on the screen, on a terminal of `width` columns. A list without orders has a screen of its
/// own instead.
pub fn card(model: &Model, width: u16) -> Option<CardView> {
    let card = card::card(model)?;
    let role = match card.cause {
        Cause::Empty => return None,
        Cause::SomeWait { briefly } => return Some(in_a_line(&card.text, &briefly, card.offers)),
        // It mends itself, and nothing has to be typed: on a low screen the rows are worth more.
        Cause::Unreachable { briefly } if model.size.height < WHOLE_FROM => {
            return Some(in_a_line(&card.text, &briefly, card.offers));
        }
        Cause::Broken => Role::Need,
        Cause::Resting | Cause::Unreachable { .. } | Cause::Forbidden | Cause::NotFound { .. } => {
            Role::Urgent
        }
    };
    // The bar, the cells around it and a margin at the right.
    let lines =
        wrap_around(card.text.shown(), card.command.as_ref(), usize::from(width.saturating_sub(5)).max(10));
    Some(CardView { lines, offers: card.offers, role, form: Form::Whole })
}

fn in_a_line(text: &Text, briefly: &[Text], offers: Vec<Offer>) -> CardView {
    let lines = std::iter::once(text).chain(briefly).map(|text| text.shown().to_owned()).collect();
    CardView { lines, offers, role: Role::Urgent, form: Form::Line }
}

/// The text in lines; a command that it holds stays whole where a line has room for it, so that a mouse can take it.
fn wrap_around(text: &str, command: Option<&Text>, width: usize) -> Vec<String> {
    const UNBROKEN: &str = "\u{a0}";
    let command = command.map(Text::shown).filter(|command| !command.is_empty());
    let Some(command) = command.filter(|command| command.chars().count() <= width) else {
        return wrap(text, width);
    };
    let text = text.replace(command, &command.replace(' ', UNBROKEN));
    wrap(&text, width).iter().map(|line| line.replace(UNBROKEN, " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_stays_whole_where_a_line_has_room_for_it() {
        let command = Text::from("aws sso login --profile dev");
        let text = "Run in another window: aws sso login --profile dev. This goes on.";
        assert_eq!(
            wrap_around(text, Some(&command), 30),
            ["Run in another window:", "aws sso login --profile dev.", "This goes on."]
        );
        assert_eq!(wrap_around(text, Some(&command), 20), wrap(text, 20));
        assert_eq!(wrap_around(text, None, 30), wrap(text, 30));
    }
}
