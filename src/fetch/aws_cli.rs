//! Commands of the AWS CLI, fit for a shell: people copy them.

/// `aws COMMAND --profile PROFILE`.
pub(super) fn aws(command: &str, profile: Option<&str>) -> String {
    match profile {
        Some(profile) => format!("aws {command} --profile {}", word(profile)),
        None => format!("aws {command}"),
    }
}

/// A name as one word of a POSIX shell.
pub(super) fn word(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { format!("'{}'", name.replace('\'', r"'\''")) }
}

/// True for a name that every shell takes as it is.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.@:/+=".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_that_a_shell_would_take_apart_is_quoted() {
        assert_eq!(aws("sso login", None), "aws sso login");
        assert_eq!(aws("sso login", Some("prod")), "aws sso login --profile prod");
        assert_eq!(aws("sso login", Some("my prod; ls")), "aws sso login --profile 'my prod; ls'");
        assert_eq!(aws("sso login", Some("a'b")), r"aws sso login --profile 'a'\''b'");
    }
}
