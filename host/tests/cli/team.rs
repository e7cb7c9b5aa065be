//! `iris team`, on a store in which two workspaces have installed Iris.

use std::sync::Arc;

use iris::{
    clock::{Moment, SystemClock},
    seal::{Key, Keys},
    store::{
        Facts, How, Installation, Installing, Installs, SealedTokens, TokenState, sqlite::Sqlite,
    },
};
use serde_json::Value;

use crate::machine::{Machine, Ran};

const FIRST: &str = "1111111111111111111111111111111111111111111111111111111111111111";
const SECOND: &str = "2222222222222222222222222222222222222222222222222222222222222222";
const TOKEN: &str = "xoxb-of-a-workspace";

fn installation(team: &str) -> Installation {
    let keys = Keys::new(Key::parse(FIRST).unwrap(), None);
    let plain = format!("{{\"access\":\"{TOKEN}\",\"refresh\":null}}");
    Installation {
        team: team.into(),
        version: 0,
        token: TokenState::Good,
        tokens: Some(SealedTokens {
            sealed: keys.seal(&team.into(), plain.as_bytes()),
            expires: None,
        }),
        facts: Facts {
            how: How::Oauth,
            name: format!("The {team}"),
            app: Some("A0IRIS".to_owned()),
            org: None,
            bot_user: "U0IRIS".into(),
            bot: Some("B0IRIS".to_owned()),
            url: "https://acme.slack.com/".to_owned(),
            scopes: vec!["chat:write".to_owned()],
            by: Some("U0KEN".into()),
            at: Moment(1_796_102_000_000),
        },
    }
}

fn machine() -> Machine {
    let machine = Machine::new().with("USER", "root");
    let store = Sqlite::open(&machine.path("iris.db"), Arc::new(SystemClock)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for team in ["T0FIRST", "T0SECOND"] {
        let installing = Installing {
            installation: installation(team),
            events: vec![],
            deeds: vec![],
        };
        runtime.block_on(store.install(installing)).unwrap();
    }
    machine
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))
}

#[test]
fn installations_are_listed_and_shown_without_their_tokens() {
    let machine = machine();
    let list = machine.run("team list");
    assert_eq!(list.code, 0, "{list:?}");
    assert!(
        list.out.contains("T0FIRST") && list.out.contains("The T0SECOND"),
        "{}",
        list.out
    );
    let all = json(&machine.run("team list --json"));
    assert_eq!(all.as_array().unwrap().len(), 2);
    let one = machine.run("team show T0FIRST --json");
    assert_eq!(json(&one)["token"], "good");
    for ran in [list, one, machine.run("team show T0FIRST")] {
        assert!(!ran.out.contains("xox"), "{}", ran.out);
    }
    let none = machine.run("team show T0NOBODY");
    assert_eq!(none.code, 1);
    assert!(
        none.err.contains("Iris was never installed in T0NOBODY"),
        "{}",
        none.err
    );
}

#[test]
fn a_workspace_is_removed_once_and_the_audit_says_by_whom() {
    let machine = machine();
    let removed = machine.run("team remove T0FIRST --by hana --json");
    assert_eq!(json(&removed)["token"], "removed");
    let shown = json(&machine.run("team show T0FIRST --json"));
    assert_eq!(
        (&shown["token"], &shown["key"]),
        (&Value::from("removed"), &Value::Null)
    );
    assert_eq!(machine.run("team remove T0FIRST").code, 1);
    assert_eq!(
        json(&machine.run("team show T0SECOND --json"))["token"],
        "good"
    );
    let audit = machine.run("audit list");
    assert!(
        audit.out.contains("team.remove") && audit.out.contains("operator:hana"),
        "{audit:?}"
    );
}

#[test]
fn tokens_are_sealed_with_another_key_once() {
    let machine = machine();
    let without = machine.run("team rekey");
    assert_eq!(without.code, 1);
    assert!(without.err.contains("$IRIS_TOKEN_KEY"), "{}", without.err);
    let alone = machine.with("IRIS_TOKEN_KEY", SECOND);
    let lost = alone.run("team rekey --json");
    assert_eq!(lost.code, 1);
    assert_eq!(
        json(&lost)["lost"].as_array().unwrap().len(),
        2,
        "the old key is not there"
    );
    let both = alone.with("IRIS_TOKEN_KEY_OLD", FIRST);
    let resealed = both.run("team rekey --json");
    assert_eq!(resealed.code, 0, "{resealed:?}");
    assert_eq!(json(&resealed)["resealed"].as_array().unwrap().len(), 2);
    let again = both.run("team rekey");
    assert!(
        again.out.contains("0 sealed anew, 2 were already"),
        "{}",
        again.out
    );
}
