//! Names that somebody may have meant.

/// The names near `wanted`, the nearest first: those that it begins, those that differ by a slip or two. Of equally
/// near ones those come first that begin with the same letter.
pub fn near<'a>(wanted: &str, names: &'a [impl AsRef<str>]) -> Vec<&'a str> {
    let folded = wanted.to_lowercase();
    let allowed = (folded.chars().count() / 3).clamp(1, 3);
    let first = folded.chars().next();
    let mut near: Vec<(usize, bool, &str)> = names
        .iter()
        .filter_map(|name| {
            let name = name.as_ref();
            let other = name.to_lowercase();
            let begins = !folded.is_empty() && other.starts_with(&folded);
            let distance = if begins { 0 } else { distance(&folded, &other) };
            (distance <= allowed).then_some((distance, other.chars().next() != first, name))
        })
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(.., name)| name).collect()
}

/// Characters to add, take out, change or swap with their neighbour to make `a` of `b`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let change = last[j] + usize::from(left != right);
            let swap = (i > 0 && j > 0 && *left == b[j - 1] && a[i - 1] == *right).then(|| before[j - 1] + 1);
            row.push(change.min(last[j + 1] + 1).min(row[j] + 1).min(swap.unwrap_or(usize::MAX)));
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let names = ["launch", "porting", "emea", "toll-free"].map(String::from);
        let cases: [(&str, &[&str]); 8] = [
            ("lanuch", &["launch"]),
            ("Launch", &["launch"]),
            ("port", &["porting"]),
            ("emae", &["emea"]),
            ("toll_free", &["toll-free"]),
            ("portland", &[]),
            ("x", &[]),
            ("", &[]),
        ];
        for (wanted, expected) in cases {
            assert_eq!(near(wanted, &names), expected, "{wanted}");
        }
    }
}
