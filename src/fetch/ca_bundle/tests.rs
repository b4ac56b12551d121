use super::*;

/// Made for these tests; its key was thrown away.
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBijCCATGgAwIBAgIUPYSe6PaIbBLVlWWyupS+JaeiGJYwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPY2hpbWV3YXRjaCB0ZXN0MCAXDTI2MTEyMzA5NDMwNVoYDzIx
MjYxMDMwMDk0MzA1WjAaMRgwFgYDVQQDDA9jaGltZXdhdGNoIHRlc3QwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAAQVm2VFXjeXj6IH87iPaDaaJyRWawXo+Qp9rGPO
bCEtoYpZLJo4N7FxoGhBspRqd+u+H9dEMRUZbwLhDBJJDnSNo1MwUTAdBgNVHQ4E
FgQU2fTxksw1y5uYNChVrFSWbvNeQPMwHwYDVR0jBBgwFoAU2fTxksw1y5uYNChV
rFSWbvNeQPMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB7mhR4
UrE9O5WPqHfx0fKsQeDNAKMNgJcwDIWq73nn8AIgdvrLiXSj2y2hw6yY6N8C8xpx
V2W9ZgPOEA+h6fjRuOM=
-----END CERTIFICATE-----
";

fn flaw(bytes: impl AsRef<[u8]>) -> Option<Flaw> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    certificates(file.path()).err()
}

const fn at(line: usize, what: &'static str) -> Flaw {
    Flaw::Certificate { line, what }
}

#[test]
fn certificates_are_read_with_whatever_stands_between_them() {
    let windows = CERTIFICATE.replace('\n', "\r\n");
    let key = "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----\n";
    let bundle = format!("# Corporate root\n{CERTIFICATE}\nsubject=/CN=é\n{key}{windows}");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bundle).unwrap();
    assert_eq!(certificates(file.path()).unwrap().len(), 2);
}

#[test]
fn a_certificate_that_is_broken_is_told_by_its_line() {
    let garbage = format!("{BEGIN}\nAAAA\n{END}\n");
    let not_base64 = format!("{BEGIN}\n%%%%\n{END}\n");
    let (truncated, _) = CERTIFICATE.split_at(CERTIFICATE.len() / 2);
    let shortened = CERTIFICATE.lines().take(3).chain([END]).collect::<Vec<_>>().join("\n");
    let no_tls = "is no certificate that TLS can use";
    let cases = [
        (truncated.to_owned(), at(1, "does not end")),
        (format!("{CERTIFICATE}# the next\n{truncated}"), at(13, "does not end")),
        (format!("{truncated}\n{CERTIFICATE}"), at(1, "does not end")),
        (format!("{CERTIFICATE}{not_base64}"), at(12, "is not base64")),
        (format!("\n\n{garbage}{CERTIFICATE}"), at(3, no_tls)),
        (format!("{CERTIFICATE}\n{shortened}\n"), at(13, no_tls)),
    ];
    for (bundle, expected) in cases {
        assert_eq!(flaw(&bundle), Some(expected), "{bundle}");
    }
    assert_eq!(at(12, "does not end").to_string(), "the certificate that begins at line 12 does not end");
}

#[test]
fn a_file_without_certificates_is_told_and_so_is_one_that_cannot_be_read() {
    for bytes in [&b""[..], b"\n\n", b"\0\xff\xfe", b"-----BEGIN CERTIFICATE REQUEST-----\n"] {
        assert_eq!(flaw(bytes), Some(Flaw::NoCertificate));
    }
    let directory = tempfile::tempdir().unwrap();
    let unreadable = |path: &Path| certificates(path).unwrap_err().to_string();
    assert_eq!(unreadable(directory.path()), "it cannot be read: Is a directory");
    assert_eq!(unreadable(&directory.path().join("gone")), "it cannot be read: No such file or directory");
    assert_eq!(unreadable(Path::new("/dev/zero")), "it is longer than 16 MiB");
}

#[test]
fn a_bundle_cut_at_any_byte_is_refused_or_whole() {
    for end in 0..CERTIFICATE.len() {
        let cut = flaw(&CERTIFICATE.as_bytes()[..end]);
        assert_eq!(cut.is_none(), end == CERTIFICATE.len() - 1, "{end}");
    }
}
