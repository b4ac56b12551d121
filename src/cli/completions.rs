//! `chimewatch completions`: what a shell needs to complete the command line.

use clap::{Args, ValueEnum};

/// `chimewatch completions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Args)]
#[command(after_help = INSTALLING)]
pub struct Completions {
    /// Whose script
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

/// Shown below the options of `--help`.
const INSTALLING: &str = "\
Where it goes:
  bash         chimewatch completions bash > ~/.local/share/bash-completion/completions/chimewatch
  zsh          chimewatch completions zsh > DIRECTORY_OF_FPATH/_chimewatch
  fish         chimewatch completions fish > ~/.config/fish/completions/chimewatch.fish
  powershell   chimewatch completions powershell >> $PROFILE

The script asks chimewatch itself: profiles, regions, watchlists and order IDs are those of the moment.";

/// The shells that can be helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// 4.4 or later
    Bash,
    /// With `compinit`
    Zsh,
    /// 3 or later
    Fish,
    /// 5 or later, `pwsh` included
    Powershell,
}
