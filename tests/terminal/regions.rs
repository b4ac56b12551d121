//! Orders of two regions at AWS's own hosts: one that its region does not know is looked for in the other.

use crate::account::{Account, PORTLAND};
use crate::amazon::Amazon;
use crate::screen::eventually;
use crate::session::{Program, Session};
use chimewatch::order_service::{Options, OrderService, Scenario, WorldTime};
use std::fs;
use std::path::PathBuf;

const EAST: &str = "voice-chime.us-east-1.amazonaws.com:443";
const WEST: &str = "voice-chime.us-west-2.amazonaws.com:443";
/// Only the west knows it.
const SEATTLE: &str = "7d05c2ee-8a41-4f63-b1d9-0c6e3a5f9b27";
/// What a person wrote, with the order that only the west knows last.
const LIST: &str = "# the launch\n[[order]]\nid = \"1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04\"\nlabel = \"Portland\"\n\n\
                    # whose region nobody wrote down\n[[order]]\nid = \"7d05c2ee-8a41-4f63-b1d9-0c6e3a5f9b27\"\n\
                    label = \"Seattle launch\"\n";

/// The two regions, their hosts, and a home with a list.
struct Regions {
    east: Account,
    west: OrderService,
    amazon: Amazon,
}

impl Regions {
    fn new() -> Self {
        let east = Account::new();
        let options = Options { time: WorldTime::Stepped, ..Options::default() };
        let west = OrderService::start(&Scenario::named("quiet").unwrap(), options).unwrap();
        let order = serde_json::json!({
            "PhoneNumberOrderId": SEATTLE,
            "Status": "Partial",
            "OrderedPhoneNumbers": [
                { "E164PhoneNumber": "+12065550101", "Status": "Acquired" },
                { "E164PhoneNumber": "+12065550102", "Status": "Failed" },
            ],
        });
        west.set_order(SEATTLE, order);
        let address =
            |service: &OrderService| service.endpoint().trim_start_matches("http://").parse().unwrap();
        let amazon = Amazon::start([(EAST, address(&east.service)), (WEST, address(&west))].into());
        let regions = Self { east, west, amazon };
        fs::create_dir_all(regions.list().parent().unwrap()).unwrap();
        fs::write(regions.list(), LIST).unwrap();
        regions
    }

    fn list(&self) -> PathBuf {
        self.east.home.path().join(".local/share/chimewatch/watchlists/launch.toml")
    }

    fn start(&self) -> Session {
        let home = self.east.home.path();
        let program = Program::chimewatch(home).args(["-w", "launch"]).env("AWS_REGION", "us-east-1");
        self.amazon.found_by(program, home).size(120, 30).start()
    }

    #[track_caller]
    fn list_becomes(&self, expected: &str) {
        eventually("saving", || (fs::read_to_string(self.list()).unwrap() == expected).then_some(()));
    }

    /// How often each region was asked for the order that only the west knows.
    fn asked_for_seattle(&self) -> (usize, usize) {
        let of = |service: &OrderService| {
            service.requests().iter().filter(|request| request.order_id() == Some(SEATTLE)).count()
        };
        (of(&self.east.service), of(&self.west))
    }
}

#[track_caller]
fn quits(mut session: Session) {
    session.press("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn an_order_that_one_region_does_not_know_is_found_in_the_other_and_kept_there() {
    let regions = Regions::new();
    let in_the_west = format!("{LIST}region = \"us-west-2\"\n");
    let mut session = regions.start();
    session.screen.wait_for(&["50/50", "not found"]);
    assert!(!session.screen.text().contains("Where"), "{}", session.screen.text());
    session.press("g");
    session.screen.wait_for(&["Not found in us-east-1 as default. w looks"]);
    session.press("w");
    session.screen.wait_for(&[
        "Seattle launch is known in us-west-2 and asked there from now on.",
        "Where",
        "us-west-2",
        "1/2",
        "us-east-1 + 1 more",
    ]);
    regions.list_becomes(&in_the_west);
    session.press("u");
    session.screen.wait_for(&["Seattle launch is asked where it was before.", "w looks"]);
    session.screen.wait_without("Where");
    regions.list_becomes(LIST);
    session.press("w");
    session.screen.wait_for(&["Where", "1/2"]);
    regions.list_becomes(&in_the_west);
    quits(session);
    // What the file says counts from the first request on.
    let (east, west) = regions.asked_for_seattle();
    let session = regions.start();
    session.screen.wait_for(&["Where", "us-west-2", "1/2", "50/50"]);
    eventually("asking the west", || (regions.asked_for_seattle().1 > west).then_some(()));
    quits(session);
    assert_eq!(regions.asked_for_seattle().0, east);
    assert_eq!(regions.amazon.asked(), [EAST, WEST]);
    assert!(!regions.west.requests().iter().any(|request| request.order_id() == Some(PORTLAND)));
}
