//! Ways to reach the user beyond the screen, as bytes; the runtime writes them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The most bytes of text that are put on the clipboard: what common terminals still take in one sequence.
const MOST: usize = 74_994;

/// The bell.
pub const BELL: &[u8] = b"\x07";

/// The sequence that names the terminal's window (OSC 2). What is no text is left out of it.
pub fn title(text: &str) -> Vec<u8> {
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    format!("\x1b]2;{text}\x1b\\").into_bytes()
}

/// A text that is too long for the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// The most bytes that are put on it.
    pub most: usize,
}

/// The sequence that asks the terminal to put `text` on the clipboard (OSC 52). Whether it does, it does not say.
///
/// # Errors
/// [`TooLong`]: terminals drop what is longer, or cut it.
pub fn copy(text: &str) -> Result<Vec<u8>, TooLong> {
    if text.len() > MOST {
        return Err(TooLong { most: MOST });
    }
    Ok(format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(text)).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_ends_no_sequence_but_its_own() {
        assert_eq!(title("7/10\x07\x1b]0;x\n\u{9c}"), b"\x1b]2;7/10]0;x\x1b\\".to_vec());
    }

    #[test]
    fn a_text_is_copied_whole_or_not_at_all() {
        assert_eq!(copy("+12065550100"), Ok(b"\x1b]52;c;KzEyMDY1NTUwMTAw\x1b\\".to_vec()));
        assert_eq!(copy("\x1b]0;\x07"), Ok(b"\x1b]52;c;G10wOwc=\x1b\\".to_vec()));
        assert!(copy(&"x".repeat(MOST)).is_ok());
        assert_eq!(copy(&"x".repeat(MOST + 1)), Err(TooLong { most: MOST }));
    }
}
