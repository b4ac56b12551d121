use super::*;

const ORDER: &str = r#"id = "3f2a91c0-7d1e-4b52-8d60-5a1be77c0b1c", created = "1h", status = "Processing""#;

fn scenario(order: &str, rest: &str) -> Result<Scenario, ScenarioError> {
    Scenario::from_toml(&format!(
        "about = \"one order\"\nearlier = \"1m\"\n[[watchlist]]\nname = \"all\"\nregion = \"us-east-1\"\n\
         order = [{{ {order} }}]\n{rest}"
    ))
}

fn problem(order: &str, rest: &str) -> String {
    scenario(order, rest).unwrap_err().to_string()
}

#[test]
fn every_embedded_scenario_reads_and_an_unknown_name_lists_them() {
    for name in Scenario::names() {
        let scenario = Scenario::named(name).unwrap();
        assert!(!scenario.watchlists().is_empty(), "{name}");
    }
    assert_eq!(
        Scenario::named("dmeo").unwrap_err().to_string(),
        "no scenario is called `dmeo`; there are: demo, quiet, porting"
    );
}

#[test]
fn embedded_orders_have_guids_and_states_that_the_api_documents() {
    const STATES: &str = "Processing Successful Failed Partial PendingDocuments Submitted FOC ChangeRequested \
                          Exception CancelRequested Cancelled";
    for name in Scenario::names() {
        let plan = Scenario::named(name).unwrap().plan;
        for (_, order) in plan.orders() {
            assert!(
                order.id.chars().all(|character| character == '-' || character.is_ascii_hexdigit()),
                "{}",
                order.id
            );
            let changes = order.steps.iter().filter_map(|step| step.change.status.as_deref());
            for status in changes.chain([order.status.as_str()]) {
                assert!(STATES.split(' ').any(|known| known == status), "{name}: {status}");
            }
        }
    }
}

#[test]
fn an_impossible_story_names_the_order_and_what_would_be_right() {
    let numbers = r#"numbers = ["+12065550100 x2"]"#;
    for (order, expected) in [
        (
            format!(r#"{ORDER}, numbers = ["+12065550200"]"#),
            "+12065550200 could be somebody's; use +1 NXX 555 01xx or +44 20 7946 0xxx",
        ),
        (format!(r#"{ORDER}, numbers = ["+12065550100", "+12065550100"]"#), "+12065550100 is in it twice"),
        (
            format!(r#"{ORDER}, {numbers}, steps = [{{ at = "-2h", change = {{}} }}]"#),
            "changes before it is created",
        ),
    ] {
        let story = format!("the scenario's 3f2a91c0-7d1e-4b52-8d60-5a1be77c0b1c: {expected}");
        assert_eq!(problem(&order, ""), story);
    }
    assert!(problem(&format!("{ORDER}, {numbers}, colour = 1"), "").contains("unknown field `colour`"));
    assert!(problem(&format!(r#"{ORDER}, numbers = ["206"]"#), "").contains("`206` is no block of numbers"));
}

#[test]
fn a_fault_without_an_end_or_for_an_unknown_order_is_refused() {
    let order = format!(r#"{ORDER}, numbers = ["+12065550100 x2"]"#);
    assert_eq!(
        problem(&order, "[[fault]]\nat = \"1s\"\nanswer = \"hang\""),
        "the scenario's fault: never ends; give it `requests` or `lasting`"
    );
    assert_eq!(
        problem(&order, "[[fault]]\nat = \"1s\"\nrequests = 1\nanswer = \"hang\"\norder = \"Fax\""),
        "the scenario's Fax: is named but is in no watchlist; name an order by id or label"
    );
}

#[test]
fn a_plain_list_has_the_size_asked_for() {
    let scenario = Scenario::plain(20, 130).unwrap();
    let lists = scenario.watchlists();
    assert_eq!((lists.len(), lists[0].orders.len()), (1, 20));
    for (_, order) in scenario.plan.orders() {
        assert_eq!(order.numbers.iter().map(|block| block.count).sum::<u32>(), 130);
    }
    assert!(Scenario::plain(0, 1).is_err());
    assert!(Scenario::plain(1, 80_001).is_err());
    assert!(Scenario::plain(9, 1).is_ok());
}
