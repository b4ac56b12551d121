#![cfg(unix)]

use super::*;
use std::cell::RefCell;
use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;

const CAT: Tool = Tool { name: "cat-to-file", arguments: &["out"] };
const FAILS: Tool = Tool { name: "fails", arguments: &[] };
const MISSING: Tool = Tool { name: "not-here", arguments: &[] };

/// Programs in a directory of their own.
fn programs() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("out");
    let scripts = [
        ("cat-to-file", format!("#!/bin/sh\nexec cat > '{}'\n", out.display())),
        ("fails", "#!/bin/sh\necho noise; echo noise >&2; exit 1\n".to_owned()),
        ("no-program", "text".to_owned()),
    ];
    for (name, text) in scripts {
        let file = directory.path().join(name);
        std::fs::write(&file, text).unwrap();
        let mode = if name == "no-program" { 0o644 } else { 0o755 };
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    directory
}

fn copied(ways: &[Way], refusal: Option<&str>, text: &str) -> (Result<String, String>, String, Vec<u8>) {
    let directory = programs();
    let clipboard = Clipboard {
        ways: ways.to_vec(),
        refusal: refusal.map(Into::into),
        path: vec!["/nowhere".into(), directory.path().to_owned()],
    };
    let written = RefCell::new(Vec::new());
    let result = copy(&clipboard, text, |bytes| written.borrow_mut().extend_from_slice(bytes));
    let out = std::fs::read_to_string(directory.path().join("out")).unwrap_or_default();
    (result, out, written.into_inner())
}

#[test]
fn a_program_gets_the_text_as_its_input_and_nothing_else_does() {
    let long = "x".repeat(300_000);
    let (result, out, written) = copied(&[Way::Program(CAT), Way::Osc52], None, &long);
    assert_eq!((result, out, written), (Ok("cat-to-file".to_owned()), long, Vec::new()));
}

#[test]
fn what_does_not_take_it_is_told_beside_what_does() {
    let (result, out, written) =
        copied(&[Way::Program(MISSING), Way::Program(FAILS), Way::Program(CAT)], None, "+12065550100");
    let told = "cat-to-file; fails did not take it (exit status: 1)";
    assert_eq!((result.as_deref(), out.as_str(), written.len()), (Ok(told), "+12065550100", 0));
    let (result, _, written) = copied(&[Way::Program(FAILS), Way::Osc52], None, "+12065550100");
    let told = "OSC 52; fails did not take it (exit status: 1)";
    assert_eq!((result.as_deref(), written), (Ok(told), b"\x1b]52;c;KzEyMDY1NTUwMTAw\x1b\\".to_vec()));
}

#[test]
fn where_no_way_is_left_it_is_said_why() {
    let cases = [
        (&[][..], None, "Not copied: no program for it is in PATH. Export writes a file."),
        (
            &[Way::Program(MISSING)],
            Some("a terminal with TERM=linux takes no text"),
            "Not copied: a terminal with TERM=linux takes no text. Export writes a file.",
        ),
        (
            &[Way::Osc52],
            None,
            "Not copied: a terminal takes 74994 bytes, and these are 80000. Export writes a file.",
        ),
    ];
    for (ways, refusal, expected) in cases {
        let (result, _, written) = copied(ways, refusal, &"x".repeat(80_000));
        assert_eq!((result.unwrap_err().as_str(), written.len()), (expected, 0));
    }
}

#[test]
fn a_text_that_is_too_long_for_the_terminal_goes_the_next_way() {
    let text = "x".repeat(80_000);
    let (result, out, written) = copied(&[Way::Osc52, Way::Program(CAT)], None, &text);
    let told = "cat-to-file; a terminal takes 74994 bytes, and these are 80000";
    assert_eq!((result.as_deref(), out, written.len()), (Ok(told), text, 0));
}
