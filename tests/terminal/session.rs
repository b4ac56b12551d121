//! A program in a pseudo-terminal.

use crate::screen::{Screen, Until, eventually};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::io::Write;
use std::path::Path;

/// What the kernel calls waiting for room in a terminal.
#[cfg(target_os = "linux")]
const WAITS: [&str; 2] = ["wait_woken", "tty_write"];

/// A program that runs in a pseudo-terminal of its own, with a home of its own.
pub(crate) struct Session {
    pub(crate) screen: Screen,
    pub(crate) master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    modes: String,
}

/// How a program is started.
pub(crate) struct Program {
    command: CommandBuilder,
    width: u16,
    height: u16,
}

impl Program {
    /// `program` with an environment that has nothing of this machine but `home`.
    pub(crate) fn new(program: impl AsRef<Path>, home: &Path) -> Self {
        let mut command = CommandBuilder::new(program.as_ref());
        command.env_clear();
        command.cwd(home);
        for (name, value) in [
            ("PATH", "/usr/bin:/bin"),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ] {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.env("AWS_CONFIG_FILE", home.join("aws-config"));
        command.env("AWS_SHARED_CREDENTIALS_FILE", home.join("aws-credentials"));
        Self { command, width: 100, height: 30 }
    }

    /// The dashboard.
    pub(crate) fn chimewatch(home: &Path) -> Self {
        Self::new(env!("CARGO_BIN_EXE_chimewatch"), home)
    }

    pub(crate) fn args<'a>(mut self, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        self.command.args(arguments);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn size(self, width: u16, height: u16) -> Self {
        Self { width, height, ..self }
    }

    /// Starts it.
    pub(crate) fn start(self) -> Session {
        self.start_reading(Until::Closed)
    }

    /// Starts it in a terminal that stops reading.
    pub(crate) fn start_reading(self, until: Until) -> Session {
        let Self { command, width, height } = self;
        let size = PtySize { rows: height, cols: width, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        // Ours is the only other copy: without it the program's end is the terminal's end.
        drop(pair.slave);
        Session {
            screen: Screen::reading(pair.master.try_clone_reader().unwrap(), (width, height), until),
            keys: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
            modes,
        }
    }
}

impl Session {
    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Pastes a text, as a terminal does that brackets it.
    pub(crate) fn paste(&mut self, text: &str) {
        self.press(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, width: u16, height: u16) {
        self.screen.resize(width, height);
        self.master.resize(PtySize { rows: height, cols: width, ..PtySize::default() }).unwrap();
    }

    /// The id of the process.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().cast_signed()).unwrap()
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Waits until the program has ended, and returns its exit code.
    #[track_caller]
    pub(crate) fn exit_code(&mut self) -> u32 {
        let child = &mut self.child;
        eventually("the end of the program", || child.try_wait().unwrap()).exit_code()
    }

    /// True while the thread of the screen waits for the terminal to take what it writes.
    #[cfg(target_os = "linux")]
    pub(crate) fn is_writing(&self) -> bool {
        let tasks = format!("/proc/{}/task", self.pid().as_raw_nonzero());
        std::fs::read_dir(tasks).unwrap().flatten().any(|task| {
            let read = |name: &str| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
            read("comm") == "screen\n" && WAITS.iter().any(|wait| read("wchan").contains(wait))
        })
    }

    /// True when the terminal's modes are those from before.
    pub(crate) fn has_its_modes_back(&self) -> bool {
        modes(&*self.master) == self.modes
    }

    /// Closes the terminal, which nobody may be reading any more, and returns the exit code of the program.
    #[track_caller]
    pub(crate) fn hang_up(self) -> u32 {
        self.screen.wait_for_the_end();
        let Self { mut child, master, keys, .. } = self;
        drop((master, keys));
        eventually("the end of the program", || child.try_wait().unwrap()).exit_code()
    }
}

/// The line discipline's modes, in a form that can be compared.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}
