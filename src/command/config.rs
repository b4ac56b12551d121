//! `chimewatch config`: what a file of one's own begins with, every line a default that can be changed.

use crate::app::action::ACTIONS;
use crate::cli::Template;
use crate::keymap::Keymap;
use crate::settings::CONFIG_TEMPLATE;
use crate::ui::theme::BUILT_IN;
use std::fmt::Write as _;
use std::io::{self, Write};

/// What stands over the keys.
const KEYS: &str = "\
# The keys of chimewatch: keymap.toml beside the config file. Every line that begins with # and a name is an action
# with its keys: take the # away to change them. An action without keys is written as [].
#
# A key is written as it is typed (j, J, ?), by its name (enter, esc, tab, space, backspace, up, pageup, f5), with a
# modifier (ctrl-d, alt-x, shift-tab), or as two keys one after the other (\"g g\").
";

/// Prints a template.
///
/// # Errors
/// Nobody reads it.
pub fn run(template: Template, out: &mut dyn Write) -> io::Result<()> {
    match template {
        Template::Settings => out.write_all(CONFIG_TEMPLATE.as_bytes()),
        Template::Keymap => out.write_all(keymap().as_bytes()),
        Template::Theme => out.write_all(theme().as_bytes()),
    }
}

fn keymap() -> String {
    let keymap = Keymap::default();
    let mut text = KEYS.to_owned();
    // Writing to a String cannot fail.
    for group in ACTIONS.chunk_by(|one, next| one.summary == next.summary) {
        for (place, spec) in group.iter().enumerate() {
            if place == 0 {
                let _written = writeln!(text, "\n# {}", spec.summary);
            }
            let keys: Vec<_> = keymap.all_keys(spec.action).map(|keys| format!("\"{keys}\"")).collect();
            let _written = writeln!(text, "#{} = [{}]", spec.name, keys.join(", "));
        }
    }
    text
}

/// The looks of the first theme, commented out.
fn theme() -> String {
    let text = BUILT_IN.first().map_or("", |theme| theme.text);
    let comment = |line: &str| match line {
        "" => "\n".to_owned(),
        line if line.starts_with('#') => format!("{line}\n"),
        line => format!("#{line}\n"),
    };
    text.lines().map(comment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Glyphs;
    use crate::ui::theme::{Depth, ThemeFile, Themes};

    /// A template, as it is and with everything taken from it.
    fn both(template: Template) -> [String; 2] {
        let mut bytes = Vec::new();
        run(template, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let line = |line: &str| match line.strip_prefix('#') {
            Some(setting) if setting.starts_with(|first: char| first.is_alphabetic()) => setting.to_owned(),
            _ => line.to_owned(),
        };
        let taken = text.lines().map(|text| line(text) + "\n").collect();
        [text, taken]
    }

    #[test]
    fn the_template_of_keys_has_every_action_with_the_keys_that_it_has() {
        let [commented, taken] = both(Template::Keymap);
        for text in [&commented, &taken] {
            assert_eq!(Keymap::default().with_file("keymap.toml", text), (Keymap::default(), vec![]));
        }
        assert!(ACTIONS.iter().all(|spec| taken.contains(&format!("\n{} = [", spec.name))));
    }

    #[test]
    fn the_template_of_a_theme_has_every_look_and_changes_none() {
        for text in both(Template::Theme) {
            let file = ThemeFile { name: "mine".to_owned(), path: "mine.toml".to_owned(), text };
            let themes = Themes::load(&[file], Depth::True, Glyphs::Unicode);
            assert_eq!(themes.named("mine"), themes.named("auto"));
            assert!(themes.all().iter().all(|theme| theme.problems.is_empty()));
        }
    }
}
