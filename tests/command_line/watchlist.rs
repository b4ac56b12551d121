//! `chimewatch watchlist`.

use crate::machine::{Machine, assert_ended, quiet};
use chimewatch::domain::{Numbers, OrderKey, OrderStatus, PhoneNumberOrder, PhoneNumberOrderId, Scope};
use chimewatch::order_service::{ErrorCode, Fault, Lasts, Target};
use std::fs;

const A: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
const B: &str = "7d05c2ee-8a41-4f63-b1d9-0c6e3a5f9b27";
const C: &str = "9ae4f377-0c1e-4b52-8d60-5a1be77c0b1c";

#[test]
fn a_list_is_made_shown_renamed_and_deleted_from_the_command_line() {
    let machine = Machine::new();
    let nothing = "chimewatch: there is no watchlist in HOME/.local/share/chimewatch/watchlists. Make one: chimewatch \
                   watchlist add NAME ORDER_ID\n";
    assert_ended(&machine.run("watchlist list"), 0, "", nothing);

    let made = machine.run(&format!("watchlist add launch {A} {B} {A}"));
    assert_ended(&made, 0, &format!("{A}\n{B}\n"), "chimewatch: 2 added to launch\n");
    let again = machine.run(&format!("watchlist add launch {B} {C} --label Reno"));
    assert_ended(&again, 0, &format!("{C}\n"), "chimewatch: 1 added to launch, in it already: 7d05c2ee\n");

    assert_ended(
        &machine.run("watchlist list"),
        0,
        "NAME    ORDERS  PATH\nlaunch       3  HOME/.local/share/chimewatch/watchlists/launch.toml\n",
        "",
    );
    let shown = format!(
        "STATUS        ORDER ID                              LABEL\n\
         not read yet  {A}  -\nnot read yet  {B}  -\nnot read yet  {C}  Reno\n"
    );
    assert_ended(&machine.run("watchlist show launch"), 0, &shown, "");

    let removed = machine.run(&format!("watchlist remove launch {B} {B}"));
    assert_ended(&removed, 0, &format!("{B}\n"), "");
    let gone = machine.run(&format!("watchlist remove launch {B}"));
    assert_ended(&gone, 0, "", &format!("chimewatch: {B} is not in launch\n"));

    let renamed = machine.run("watchlist rename launch spring");
    let path = "HOME/.local/share/chimewatch/watchlists/spring.toml";
    assert_ended(&renamed, 0, &format!("{path}\n"), "chimewatch: launch is called spring now\n");
    assert_ended(&machine.run("watchlist path spring"), 0, &format!("{path}\n"), "");
    assert_ended(&machine.run("watchlist path"), 0, "HOME/.local/share/chimewatch/watchlists\n", "");

    let deleted = machine.run("watchlist delete spring");
    assert_eq!(deleted.code, 0);
    assert_eq!(
        deleted.err,
        format!("chimewatch: spring was moved there; moved back to {path} it is a list again\n")
    );
    let moved = deleted.out.trim().replace("HOME", machine.home().to_str().unwrap());
    assert!(moved.contains("/chimewatch/trash/spring."), "{moved}");
    assert!(fs::read_to_string(&moved).unwrap().contains(C));
    assert_ended(&machine.run("watchlist list"), 0, "", nothing);
}

#[test]
fn any_text_on_standard_input_has_orders_to_add() {
    let machine = Machine::new();
    let text = format!("Hello,\nSeattle launch, {A}\n{{\"PhoneNumberOrderId\": \"{B}\"}}\n");
    for orders in [&["watchlist", "add", "mail"][..], &["watchlist", "add", "dash", "-"]] {
        let added = machine.run_words(orders, &text);
        assert_ended(&added, 0, &format!("{A}\n{B}\n"), &format!("chimewatch: 2 added to {}\n", orders[2]));
        let list = fs::read_to_string(machine.list(orders[2])).unwrap();
        assert!(list.contains("label = \"Seattle launch\""), "{list}");
    }
    let none = machine.run_words(&["watchlist", "add", "mail"], "no order in here");
    let said = "chimewatch: No order ID in those 16 characters: 'no order in here'. One looks like 3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d.\n";
    assert_ended(&none, 2, "", said);
    let empty = machine.run("watchlist add other");
    assert_eq!((empty.code, empty.out.as_str()), (2, ""), "{}", empty.err);
    assert!(!machine.list("other").exists());
}

#[test]
fn a_file_by_its_path_is_made_and_keeps_what_somebody_wrote_in_it() {
    let machine = Machine::new();
    let added = machine.run(&format!("watchlist add ./team.toml {A} --profile prod --region us-west-2"));
    assert_ended(&added, 0, &format!("{A}\n"), "chimewatch: 1 added to ./team.toml\n");
    let path = machine.home().join("team.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, format!("profile = \"prod\"\nregion = \"us-west-2\"\n\n[[order]]\nid = \"{A}\"\n"));
    fs::write(&path, format!("# ours\n{text}# Ana's\n")).unwrap();
    machine.run(&format!("watchlist add ./team.toml {B} --profile dev --region us-west-2"));
    let expected = format!("# ours\n{text}# Ana's\n\n[[order]]\nid = \"{B}\"\nprofile = \"dev\"\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
    let json = format!(
        "{{\"PhoneNumberOrderId\":\"{A}\",\"Profile\":\"prod\",\"Region\":\"us-west-2\"}}\n\
         {{\"PhoneNumberOrderId\":\"{B}\",\"Profile\":\"dev\",\"Region\":\"us-west-2\"}}\n"
    );
    assert_ended(&machine.run("watchlist show ./team.toml --output json"), 0, &json, "");
}

#[test]
fn what_cannot_be_done_says_why_and_what_else() {
    let machine = Machine::new();
    machine.write_list("launch", &format!("[[order]]\nid = \"{A}\"\n"));
    machine.write_list("broken", "[[order\n");
    let unknown = "chimewatch: No watchlist is called 'lanuch'. Did you mean launch?\n";
    for line in ["show lanuch", "path lanuch", "rename lanuch x", "delete lanuch"] {
        assert_ended(&machine.run(&format!("watchlist {line}")), 2, "", unknown);
    }
    assert_ended(&machine.run(&format!("watchlist remove lanuch {A}")), 2, "", unknown);
    let cases = [
        ("rename launch Broken", 2, "chimewatch: A watchlist called 'Broken' exists. Choose another name.\n"),
        (
            "rename launch a:b",
            2,
            "chimewatch: 'a:b' is no name for a list: it has a character that a file name cannot have. Choose another \
             name.\n",
        ),
        ("rename ./x.toml y", 2, "chimewatch: ./x.toml is a file given by its path: move it with mv\n"),
        (
            "rename launch ./y.toml",
            2,
            "chimewatch: './y.toml' is a path: a list gets a name, without .toml\n",
        ),
        ("delete ./x.toml", 2, "chimewatch: ./x.toml is a file given by its path: it is yours to delete\n"),
        (
            "delete unsaved",
            2,
            "chimewatch: unsaved is emptied by saving it: chimewatch watchlist rename unsaved NAME\n",
        ),
        (
            "add launch 3f2a91c0-77aa",
            2,
            "chimewatch: '3f2a91c0-77aa' is no order ID: 2 groups instead of 5 (8-4-4-4-12). Nothing was sent.\n",
        ),
        (
            "remove launch 3f2a91c0-77aa",
            2,
            "chimewatch: '3f2a91c0-77aa' is no order ID: 2 groups instead of 5 (8-4-4-4-12). Nothing was sent.\n",
        ),
    ];
    for (line, code, err) in cases {
        assert_ended(&machine.run(&format!("watchlist {line}")), code, "", err);
    }
    let broken = machine.run(&format!("watchlist add broken {B}"));
    assert_eq!((broken.code, broken.out.as_str()), (1, ""));
    assert!(broken.err.contains("broken.toml:1 "), "{}", broken.err);
    assert!(broken.err.ends_with("Mend it in an editor; nothing was changed.\n"), "{}", broken.err);
    assert_eq!(fs::read_to_string(machine.list("broken")).unwrap(), "[[order\n");
    let shown = machine.run("watchlist show broken");
    assert_eq!((shown.code, shown.out.as_str()), (1, ""), "{}", shown.err);

    let json = machine.run("watchlist show lanuch --output json");
    let said = "{\"Error\":{\"Code\":\"Usage\",\"Message\":\"No watchlist is called 'lanuch'. Did you mean launch?\"}}\n";
    assert_ended(&json, 2, "", said);
    let none = machine.run("watchlist");
    assert_eq!((none.code, none.out.as_str()), (2, ""));
    assert!(none.err.contains("Usage: chimewatch watchlist"), "{}", none.err);
}

#[test]
fn data_is_json_where_it_is_asked_for() {
    let machine = Machine::new();
    machine.write_list("launch", &format!("region = \"us-west-2\"\n[[order]]\nid = \"{A}\"\n"));
    let path = "HOME/.local/share/chimewatch/watchlists";
    let cases = [
        (
            "list".to_owned(),
            format!(
                "{{\"Watchlist\":\"launch\",\"Orders\":1,\"Path\":\"{path}/launch.toml\",\"Region\":\"us-west-2\"}}\n"
            ),
        ),
        (format!("add launch {B}"), format!("{{\"Added\":\"{B}\",\"Watchlist\":\"launch\"}}\n")),
        (format!("remove launch {B}"), format!("{{\"Removed\":\"{B}\",\"Watchlist\":\"launch\"}}\n")),
        ("path".to_owned(), format!("{{\"Path\":\"{path}\"}}\n")),
        (
            "rename launch spring".to_owned(),
            format!("{{\"Watchlist\":\"spring\",\"Path\":\"{path}/spring.toml\"}}\n"),
        ),
    ];
    for (line, out) in cases {
        let ended = machine.run(&format!("watchlist --output json {line}"));
        assert_eq!((ended.code, ended.out), (0, out), "{line}: {}", ended.err);
        assert!(ended.err.lines().all(|line| line.starts_with("{\"Note\":")), "{}", ended.err);
    }
}

#[test]
fn the_list_of_typed_orders_is_saved_by_renaming_it() {
    let machine = Machine::new();
    let unsaved = machine.places().state.join("unsaved.toml");
    fs::create_dir_all(unsaved.parent().unwrap()).unwrap();
    fs::write(&unsaved, format!("[[order]]\nid = \"{A}\"\n")).unwrap();
    assert!(machine.run("watchlist list").out.contains("\nunsaved       1  "));
    let path = "HOME/.local/share/chimewatch/watchlists/kept.toml";
    let saved = machine.run("watchlist rename unsaved kept");
    assert_ended(&saved, 0, &format!("{path}\n"), "chimewatch: unsaved is called kept now\n");
    assert!(fs::read_to_string(machine.list("kept")).unwrap().contains(A));
    assert!(!machine.run("watchlist list").out.contains("unsaved"));
}

#[test]
fn the_orders_of_an_account_are_added_as_far_as_they_pass_a_filter() {
    let service = quiet();
    let machine = Machine::of(&service);
    let [portland, boise, toll_free, tulsa] = [
        "1b6e0a52-94c7-4d0f-8a3e-20d5f7b91c04",
        "c07d31f8-5e2a-4b96-9f14-7a83e6d0b25c",
        "58e2c9b4-0f73-4a1d-b6c8-d914a05e7f32",
        "e4f1a7d0-6b38-4c52-8e90-3b7c15d8264a",
    ];
    let some = machine.run_words(
        &["watchlist", "add", "launch", "--from-account", "--filter", "status:partial,cancelled"],
        "",
    );
    assert_eq!((some.code, some.err.as_str()), (0, "chimewatch: 2 added to launch\n"));
    let mut added: Vec<_> = some.out.lines().collect();
    added.sort_unstable();
    assert_eq!(added, [toll_free, tulsa]);

    let rest = machine.run("watchlist add launch --from-account");
    assert_eq!(rest.code, 0);
    let mut added: Vec<_> = rest.out.lines().collect();
    added.sort_unstable();
    assert_eq!(added, [portland, boise]);
    assert!(rest.err.starts_with("chimewatch: 2 added to launch, in it already: "), "{}", rest.err);

    let requests = service.counters().requests;
    let none = machine.run("watchlist add launch --from-account --filter age>99w");
    assert_ended(&none, 0, "", "chimewatch: the account has no such order; nothing was added\n");
    assert_eq!(service.counters().requests, requests + 1);
    let wrong = machine.run("watchlist add launch --from-account --filter status:");
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    let said = "chimewatch: 'status:' is no filter: status wants ";
    assert!(wrong.err.starts_with(said) && wrong.err.ends_with(". Nothing was sent.\n"), "{}", wrong.err);
    assert_eq!(service.counters().requests, requests + 1);

    service.set_fault(Target::List, Lasts::UntilCleared, Fault::Error(ErrorCode::AccessDenied));
    let refused = machine.run("watchlist add other --from-account");
    assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{}", refused.err);
    assert!(refused.err.contains("chime:ListPhoneNumberOrders"), "{}", refused.err);
    assert!(!machine.list("other").exists());
    let signed_out = Machine::new().run("watchlist add other --from-account --region us-east-1");
    assert_eq!((signed_out.code, signed_out.out.as_str()), (4, ""), "{}", signed_out.err);
}

#[test]
fn what_the_history_knows_of_the_orders_is_shown_without_asking() {
    let machine = Machine::new();
    let order = |id: &str| PhoneNumberOrder {
        id: PhoneNumberOrderId::parse(id).unwrap(),
        product_type: None,
        status: OrderStatus::Partial,
        order_type: None,
        numbers: Numbers::new([("+15035550107", "Acquired"), ("+15035550108", "Failed")]),
        created: None,
        updated: None,
        foc_date: None,
    };
    for (id, region) in [(A, "us-east-1"), (B, "us-west-2")] {
        let scope = Scope { profile: None, region: region.into(), endpoint: None };
        let key = OrderKey { scope: scope.into(), id: PhoneNumberOrderId::parse(id).unwrap() };
        machine.record(&key, &[("2026-11-20T14:02:05Z".parse().unwrap(), order(id))]);
    }
    // B was read elsewhere than where the list has it.
    machine.write_list(
        "launch",
        &format!("region = \"us-east-1\"\n[[order]]\nid = \"{A}\"\nlabel = \"東京\"\nnote = \"n\"\n[[order]]\nid = \"{B}\"\n"),
    );
    let shown = format!(
        "STATUS        ORDER ID                              DONE  FAILED  READ                  LABEL  REGION     NOTE\n\
         Partial       {A}   1/2       1  2026-11-20T14:02:05Z  東京   us-east-1  n\n\
         not read yet  {B}     -       -  -                     -      us-east-1  -\n"
    );
    assert_ended(&machine.run("watchlist show launch"), 0, &shown, "");
    let json = format!(
        "{{\"PhoneNumberOrderId\":\"{A}\",\"Label\":\"東京\",\"Note\":\"n\",\"Region\":\"us-east-1\",\"Status\":\"Partial\",\
         \"Bucket\":\"partial\",\"Acquired\":1,\"Failed\":1,\"Total\":2,\"ObservedAt\":\"2026-11-20T14:02:05Z\"}}\n\
         {{\"PhoneNumberOrderId\":\"{B}\",\"Region\":\"us-east-1\"}}\n"
    );
    assert_ended(&machine.run("watchlist show launch --output json"), 0, &json, "");
}
