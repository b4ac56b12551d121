//! The form that nearly every file has: a key and its text a line. Read by lines it takes a small part of the time that
//! a TOML parser takes, and a first frame of ten thousand orders waits for it.
//!
//! A file in any other form is none of this reader's business: what it has said of it until then does not count.

use super::{File, Order};
use std::borrow::Cow;

/// Hands each order of a file to `each`, and returns what the file says before them; none where `each` refuses one, and
/// for any file but one in which every line is blank, a comment, `[[order]]`, or a known key with its value on one line,
/// without an escape and without a comment behind it.
pub(super) fn read<'a>(text: &'a str, each: &mut dyn FnMut(Order<'a>) -> Option<()>) -> Option<File<'a>> {
    let mut head = File::default();
    let mut order: Option<Order<'a>> = None;
    for line in text.lines().map(trimmed) {
        if line == "[[order]]" {
            if let Some(before) = order.replace(Order::default()) {
                each(before)?;
            }
        } else if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            set(&mut head, order.as_mut(), trimmed(key), trimmed(value))?;
        } else if !(line.is_empty() || line.starts_with('#') && is_harmless(line)) {
            return None;
        }
    }
    if let Some(last) = order {
        each(last)?;
    }
    Some(head)
}

/// Takes a key that was not there before.
fn set<'a>(head: &mut File<'a>, order: Option<&mut Order<'a>>, key: &str, value: &'a str) -> Option<()> {
    let place = match (order, key) {
        (None, "profile") => &mut head.profile,
        (None, "region") => &mut head.region,
        (Some(order), "id") => &mut order.id,
        (Some(order), "label") => &mut order.label,
        (Some(order), "note") => &mut order.note,
        (Some(order), "profile") => &mut order.profile,
        (Some(order), "region") => &mut order.region,
        _another => return None,
    };
    place.replace(Cow::Borrowed(string(value)?)).is_none().then_some(())
}

/// What stands between quotes, where it means itself.
fn string(value: &str) -> Option<&str> {
    let between = |quote| value.strip_prefix(quote)?.strip_suffix(quote).filter(|text| !text.contains(quote));
    let basic = || between('"').filter(|text| !text.contains('\\'));
    basic().or_else(|| between('\'')).filter(|text| is_harmless(text))
}

/// Without a character that TOML allows nowhere.
fn is_harmless(text: &str) -> bool {
    text.bytes().all(|byte| !byte.is_ascii_control() || byte == b'\t')
}

/// Without what TOML takes for blank.
fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<File<'_>> {
        let mut orders = Vec::new();
        let head = super::read(text, &mut |order| {
            orders.push(order);
            Some(())
        });
        head.map(|head| File { order: orders, ..head })
    }

    fn order(lines: &str) -> String {
        format!("# Launch\nregion = 'us-west-2'\n\n[[order]]\nid = \"1\"\n{lines}\n")
    }

    #[test]
    fn what_is_plain_is_read_as_toml_reads_it() {
        for lines in [
            "",
            "label = \"Seattle = north\"\r\n# note = \"no\"\n\tnote='a \\ b'  \n",
            "label = \"\"\n[[order]]\nregion=\"eu-west-1\"\nprofile = 'dev'\n\n[[order]]",
            "label = \"a # b\"\nnote = \"it's\u{e9}\"",
        ] {
            let text = order(lines);
            assert_eq!(read(&text).unwrap(), toml::from_str(&text).unwrap(), "{lines}");
        }
        assert_eq!(read("").unwrap(), File::default());
    }

    #[test]
    fn what_is_not_is_left_to_the_parser() {
        for lines in [
            "label = \"a\" # b",
            "label = \"a\\u00e9\"",
            "label = \"\"\"a\"\"\"",
            "label = '''a'''",
            "label = \"a\"\nlabel = \"b\"",
            "label = 5",
            "label = \"a",
            "label = \"",
            "label = \"a\u{1}\"",
            "label = \"a\rb\"",
            "label\u{c} = \"a\"",
            "label = \"a\"\u{c}",
            "\"label\" = \"a\"",
            "ticket = \"a\"",
            "# a\u{7f}",
            "label",
            "[other]",
            "[[ order ]]",
            "[[order]] # b",
        ] {
            assert_eq!(read(&order(lines)), None, "{lines}");
        }
        assert_eq!(read("\u{feff}region = 'us-west-2'"), None);
        assert_eq!(read("follow_account = true"), None);
    }
}
