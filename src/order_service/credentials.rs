//! The one key pair that the service accepts.

use std::fmt;

/// What a client must sign with. The default is AWS's documented example pair, which opens nothing anywhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Sent with every request.
    pub access_key_id: String,
    /// Never sent; never printed by `Debug`.
    pub secret_access_key: String,
    /// If set, must be sent and signed as `x-amz-security-token`.
    pub session_token: Option<String>,
}

impl Default for Credentials {
    fn default() -> Self {
        Self {
            access_key_id: "AKIDEXAMPLE".to_owned(),
            secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned(),
            session_token: None,
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

/// The lines that point the AWS CLI, or `chimewatch` itself, at a service: endpoint, region and keys.
pub fn exports(endpoint: &str, region: &str, credentials: &Credentials) -> Vec<String> {
    let mut lines = vec![
        format!("export AWS_ACCESS_KEY_ID={}", credentials.access_key_id),
        format!("export AWS_SECRET_ACCESS_KEY={}", credentials.secret_access_key),
    ];
    lines.extend(credentials.session_token.iter().map(|token| format!("export AWS_SESSION_TOKEN={token}")));
    // Version 1 of the AWS CLI reads only the second of the two.
    lines.push(format!("export AWS_REGION={region}"));
    lines.push(format!("export AWS_DEFAULT_REGION={region}"));
    lines.push(format!("export AWS_ENDPOINT_URL_CHIME_SDK_VOICE={endpoint}"));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_name_keys_region_and_endpoint() {
        assert_eq!(
            exports("http://127.0.0.1:8080", "us-east-1", &Credentials::default()),
            [
                "export AWS_ACCESS_KEY_ID=AKIDEXAMPLE",
                "export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                "export AWS_REGION=us-east-1",
                "export AWS_DEFAULT_REGION=us-east-1",
                "export AWS_ENDPOINT_URL_CHIME_SDK_VOICE=http://127.0.0.1:8080",
            ]
        );
    }

    #[test]
    fn a_session_token_is_exported_and_nothing_secret_is_printed() {
        let credentials = Credentials { session_token: Some("token".to_owned()), ..Credentials::default() };
        assert!(
            exports("http://127.0.0.1:1", "us-east-1", &credentials)
                .contains(&"export AWS_SESSION_TOKEN=token".to_owned())
        );
        assert_eq!(format!("{credentials:?}"), "Credentials { access_key_id: \"AKIDEXAMPLE\", .. }");
    }
}
