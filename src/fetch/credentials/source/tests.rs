use super::*;
use crate::fetch::options::SharedFiles;
use crate::fetch::shared_config;

const CONFIG: &str = "\
[profile keys]
aws_access_key_id = AKID
aws_secret_access_key = secret
aws_account_id = 111111111111
[profile sso]
sso_session = corporate
sso_account_id = 222222222222
sso_role_name = reader
[sso-session corporate]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start
[profile old-sso]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start
sso_account_id = 222222222222
sso_role_name = reader
[profile login]
login_session = arn:aws:sts::333333333333:assumed-role/Admin/me
[profile process]
credential_process = cat keys
[profile token]
role_arn = arn:aws:iam::444444444444:role/pod
web_identity_token_file = /token
[profile role]
role_arn = arn:aws:iam::555555555555:role/team/reader
source_profile = sso
[profile role-of-role]
role_arn = arn:aws:iam::666666666666:role/last
source_profile = role
[profile instance]
role_arn = arn:aws:iam::555555555555:role/reader
credential_source = Ec2InstanceMetadata
[profile loop]
role_arn = arn:aws:iam::555555555555:role/reader
source_profile = loop2
[profile loop2]
role_arn = arn:aws:iam::555555555555:role/reader
source_profile = loop
[profile region]
region = us-west-2
";

#[tokio::test]
async fn the_shared_config_tells_where_a_profile_gets_its_credentials() {
    let directory = tempfile::tempdir().unwrap();
    let config = directory.path().join("config");
    std::fs::write(&config, CONFIG).unwrap();
    let missing = directory.path().join("missing");
    let files = SharedFiles { config: Some(config), credentials: Some(missing), ..SharedFiles::default() };
    let cases = [
        ("keys", "the shared credentials file", None, Some("111111111111")),
        ("sso", "SSO session corporate", None, Some("222222222222")),
        ("old-sso", "SSO", None, Some("222222222222")),
        ("login", "aws login", None, Some("333333333333")),
        ("process", "its credential process", None, None),
        ("token", "a web identity token", None, Some("444444444444")),
        ("role", "role reader by SSO session corporate", Some("sso"), Some("555555555555")),
        ("role-of-role", "role last by SSO session corporate", Some("sso"), Some("666666666666")),
        ("instance", "role reader by the instance", None, Some("555555555555")),
        ("loop", "role reader by the credential chain", None, Some("555555555555")),
        ("region", "the credential chain", None, None),
        ("nobody", "the credential chain", None, None),
    ];
    for (profile, words, base, account) in cases {
        let profiles = shared_config::read(&files, Some(profile)).await.unwrap();
        let source = Source::of(&profiles, profile);
        let told = (source.to_string(), source.base.as_deref(), source.account.as_deref());
        assert_eq!(told, (words.to_owned(), base, account), "{profile}");
    }
}

#[test]
fn what_wrefined_by_tells_more_than_the_shared_config() {
    let found = |feature: Feature| {
        let mut found = Credentials::new("AKID", "secret", None, None, "test");
        found.set_property(vec![feature]);
        found
    };
    let config = || Source { account: Some("111111111111".to_owned()), ..Source::default() };
    let cases = [
        (Feature::CredentialsEnvVars, Origin::Environment, None),
        (Feature::CredentialsImds, Origin::Instance, None),
        (Feature::CredentialsHttp, Origin::Container, None),
        (Feature::CredentialsProfile, Origin::Unknown, Some("111111111111".to_owned())),
    ];
    for (feature, origin, account) in cases {
        assert_eq!(config().refined_by(&found(feature)), Source { origin, account, ..Source::default() });
    }
}
