//! `iris team`, on a store in which two workspaces have installed Iris.

use std::sync::Arc;

use iris::{
    clock::{Moment, SystemClock},
    seal::{Key, Keys},
    store::{
        Facts, Granted, Granting, How, Installation, Installing, Installs, SealedTokens,
        TokenState, sqlite::Sqlite,
    },
};
use serde_json::Value;
use slack_sim::{Settings, Sim};

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

/// A simulated Slack that knows the token of one of them, and the machine in front of it.
async fn with_slack() -> (Sim, Machine) {
    let sim = Sim::start(Settings {
        bot_token: TOKEN.to_owned(),
        ..Settings::default()
    });
    let sim = sim.await.unwrap();
    let machine = std::thread::spawn(machine).join().unwrap();
    let machine = machine
        .with("IRIS_TOKEN_KEY", FIRST)
        .with("SLACK_API_URL", sim.api_url());
    (sim, machine)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_is_removed_once_its_token_revoked_and_the_audit_says_by_whom() {
    let (sim, machine) = with_slack().await;
    let removed = machine.run("team remove T0FIRST --by hana");
    assert_eq!(
        (removed.code, &*removed.out, &*removed.err),
        (
            0,
            "T0FIRST is served no more; its token is wiped and revoked in Slack\n",
            ""
        )
    );
    assert!(!sim.has_app(), "the token is good no more");
    let shown = json(&machine.run("team show T0FIRST --json"));
    assert_eq!(
        (&shown["token"], &shown["key"]),
        (&Value::from("removed"), &Value::Null)
    );
    let again = machine.run("team remove T0FIRST");
    assert_eq!(again.code, 1);
    assert!(again.err.contains("not installed in T0FIRST any more"));
    let second = || json(&machine.run("team show T0SECOND --json"));
    assert_eq!(second()["token"], "good");
    // Theirs is the same token here, which is good no more.
    let gone = machine.run("team remove T0SECOND --json");
    assert_eq!((gone.code, &json(&gone)["slack"]), (0, &"gone".into()));
    assert_eq!(second()["token"], "removed");
    let audit = machine.run("audit list --json").out;
    for said in ["team.remove", "operator:hana", "revoked", "gone"] {
        assert!(audit.contains(said), "{said}: {audit}");
    }
    assert!(!audit.contains("xox"), "{audit}");
}

#[test]
fn where_slack_cannot_be_asked_the_token_is_wiped_and_the_rest_is_said() {
    // Nobody listens there.
    let machine = machine().with("SLACK_API_URL", "http://127.0.0.1:1/api/");
    let unopened = machine.run("team remove T0FIRST");
    assert_eq!(unopened.code, 1);
    assert_eq!(
        unopened.err,
        "The token of T0FIRST may be good in Slack still, though nobody has it any more (it is \
         sealed, and $IRIS_TOKEN_KEY is not set): let an admin remove the app there.\n"
    );
    let machine = machine.with("IRIS_TOKEN_KEY", FIRST);
    let unreached = machine.run("team remove T0SECOND --json");
    assert_eq!(unreached.code, 1);
    let told = json(&unreached);
    assert_eq!(told["slack"], "unrevoked");
    let why = told["why"].as_str().unwrap();
    assert!(why.contains("auth.revoke could not be sent"), "{why}");
    let all = json(&machine.run("team list --json"));
    let tokens = all.as_array().unwrap().iter().map(|one| &one["token"]);
    assert_eq!(tokens.collect::<Vec<_>>(), ["removed", "removed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisations_workspaces_are_shown_and_end_with_it() {
    let (sim, machine) = with_slack().await;
    let store = machine.path("iris.db");
    let store = Sqlite::open(&store, Arc::new(SystemClock)).unwrap();
    let mut of_org = installation("E0ACME");
    of_org.facts.how = How::Organisation;
    let installing = Installing {
        installation: of_org,
        events: vec![],
        deeds: vec![],
    };
    store.install(installing).await.unwrap();
    for (team, granted) in [("T0GIVEN", true), ("T0TAKEN", false)] {
        let granted = Granted {
            team: team.into(),
            org: "E0ACME".into(),
            at: Moment(1_796_102_000_000),
            granted,
        };
        let granting = Granting {
            granted,
            events: vec![],
            deeds: vec![],
        };
        assert!(store.grant(granting).await.unwrap());
    }
    drop(store);
    let shown = || json(&machine.run("team show E0ACME --json"))["workspaces"].clone();
    assert_eq!(shown(), serde_json::json!(["T0GIVEN"]));
    let alone = machine.run("team remove T0GIVEN");
    assert_eq!(alone.code, 1);
    let said = "T0GIVEN has no installation of its own, but that of its organisation: see `iris \
                team show E0ACME`";
    assert!(alone.err.contains(said), "{}", alone.err);
    let removed = machine.run("team remove E0ACME");
    assert_eq!(removed.code, 0, "{removed:?}");
    assert!(!sim.has_app());
    assert_eq!(shown(), serde_json::json!([]));
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
