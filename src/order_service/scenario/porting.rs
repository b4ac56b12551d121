//! Port-ins in every state at once, each with its own history, for whoever follows many of them for weeks.

use jiff::SignedDuration;

use super::ScenarioError;
use super::plain::{blocks, checked, id};
use super::plan::{Change, OrderPlan, Plan, StepPlan, WatchlistPlan};

/// Orders and numbers in each where nobody says how many.
pub(super) const ORDERS: u32 = 40;
const NUMBERS: [u32; 6] = [12, 40, 3, 20, 1, 75];

pub(super) const ABOUT: &str = "Port-ins in every state, weeks of them";

const PLACES: [&str; 40] = [
    "Boise", "Reno", "Tampa", "Omaha", "Spokane", "Fresno", "Mesa", "Tulsa", "Akron", "Laredo", "Provo",
    "Salem", "Dayton", "Eugene", "Macon", "Ogden", "Pueblo", "Racine", "Topeka", "Utica", "Waco", "Yuma",
    "Bangor", "Biloxi", "Casper", "Duluth", "Elgin", "Fargo", "Gary", "Helena", "Ithaca", "Joliet", "Juneau",
    "Lima", "Mobile", "Naples", "Olympia", "Peoria", "Rome", "Salina",
];

/// `numbers` in each order, else a few here and many there.
pub(super) fn plan(orders: u32, numbers: Option<u32>) -> Result<Plan, ScenarioError> {
    checked(orders, numbers.unwrap_or(1))?;
    Ok(Plan {
        about: ABOUT.to_owned(),
        earlier: SignedDuration::from_hours(60),
        watchlists: vec![WatchlistPlan {
            name: "porting".to_owned(),
            region: "us-east-1".to_owned(),
            orders: (0..orders).map(|index| order(index, numbers)).collect(),
        }],
        faults: Vec::new(),
        endless: None,
    })
}

/// Where a port-in is, and what becomes of it.
struct Stage {
    note: Option<&'static str>,
    /// What happened to it and what will: hours before the start, and what it then is.
    past: Vec<(i64, Change)>,
    /// What happens while somebody looks.
    next: Option<Change>,
}

fn order(index: u32, numbers: Option<u32>) -> OrderPlan {
    let place = PLACES[index as usize % PLACES.len()];
    let label = match index as usize / PLACES.len() {
        0 => format!("{place} port-in"),
        round => format!("{place} port-in {}", round + 1),
    };
    let numbers = numbers.unwrap_or(NUMBERS[index as usize % NUMBERS.len()]);
    let Stage { note, past, next } = stage(index, numbers);
    let created = past.first().map_or(0, |(hours, _)| *hours) + 20 + i64::from(index % 7) * 11;
    let steps =
        past.into_iter().map(|(hours, change)| StepPlan { at: SignedDuration::from_hours(-hours), change });
    let seconds = 10 + i64::from(index) * 6;
    let next = next.map(|change| StepPlan { at: SignedDuration::from_secs(seconds), change });
    OrderPlan {
        id: id(index),
        label: Some(label),
        note: note.map(str::to_owned),
        product_type: "VoiceConnector".to_owned(),
        order_type: "Porting".to_owned(),
        created: SignedDuration::from_hours(created),
        numbers: blocks(index, numbers),
        spare: Vec::new(),
        status: "Submitted".to_owned(),
        acquired: 0,
        failed: 0,
        foc: None,
        steps: steps.chain(next).collect(),
    }
}

fn is(status: &str) -> Change {
    Change { status: Some(status.to_owned()), ..Change::default() }
}

/// A date is agreed, so many days from then.
fn foc(days: i64) -> Change {
    Change { foc: Some(days), ..is("FOC") }
}

fn stage(index: u32, numbers: u32) -> Stage {
    let quiet = |past| Stage { note: None, past, next: None };
    let all = |status| Change { acquire: numbers, ..is(status) };
    match index % 10 {
        0 => Stage { note: None, past: Vec::new(), next: Some(is("PendingDocuments")) },
        1 => Stage {
            note: Some("letter of authorisation is with legal"),
            past: vec![(74, is("PendingDocuments"))],
            next: Some(is("Submitted")),
        },
        2 => Stage { note: None, past: vec![(90, foc(9))], next: Some(foc(4)) },
        3 => Stage {
            note: Some("switch the trunk the day before"),
            past: vec![(140, foc(7))],
            next: Some(all("Successful")),
        },
        4 => quiet(vec![(200, is("PendingDocuments"))]),
        5 => {
            Stage { note: None, past: vec![(120, foc(12)), (26, is("ChangeRequested"))], next: Some(foc(6)) }
        }
        6 => quiet(vec![(150, foc(4)), (50, all("Successful"))]),
        7 => Stage { note: Some("account number did not match"), ..quiet(vec![(31, is("Exception"))]) },
        8 => quiet(vec![(170, foc(5))]),
        _ => match index / 10 % 3 {
            0 => quiet(vec![(80, is("CancelRequested"))]),
            1 => quiet(vec![(180, foc(5)), (40, is("Cancelled"))]),
            _ => quiet(vec![
                (160, foc(4)),
                (55, Change { acquire: numbers.saturating_sub(1), fail: numbers.min(1), ..is("Partial") }),
            ]),
        },
    }
}
