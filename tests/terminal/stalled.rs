//! A terminal that nobody reads. Only Linux tells from outside which thread waits for it.

use crate::account::{Account, PORTLAND};
use crate::screen::{PATIENCE, Until, eventually};
use rustix::process::Signal;

#[test]
fn a_terminal_that_nobody_reads_holds_up_neither_requests_nor_signals() {
    let account = Account::new();
    let program = account.dashboard().args([PORTLAND]).size(200, 50);
    let mut session = program.start_reading(Until::Shows("50/50"));
    session.screen.wait_for_the_end();
    let mut width = 200;
    eventually("a stalled terminal", || {
        // Every size is a whole frame; the last one does not fit any more.
        width = if width == 200 { 199 } else { 200 };
        session.resize(width, 50);
        session.is_writing().then_some(())
    });
    let asked = account.service.requests().len();
    session.press("r");
    assert!(account.service.wait_for(PATIENCE, |requests| requests.len() > asked).is_some());
    session.signal(Signal::TERM);
    assert_eq!(session.exit_code(), 143);
}
