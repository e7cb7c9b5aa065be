//! `iris check`

use serde_json::Value;
use slack_sim::{Fault, Sim};

use crate::machine::Machine;

#[test]
fn nothing_wrong_is_0() {
    let ran = Machine::new().run("check");
    assert_eq!(
        (ran.code, &*ran.out),
        (0, "No mistakes found.\n"),
        "{ran:?}"
    );
    let json = Machine::new().run("check --json");
    assert_eq!((json.code, &*json.out), (0, "[]\n"));
}

#[test]
fn every_problem_is_said_with_file_and_line() {
    let machine = Machine::new();
    machine.write("teams/default.toml", "locale = \"fr\"\n");
    machine.write(
        "teams/T0ACME.toml",
        "name = \"Acme\"\n[[step]]\nuse = \"guide\"\nconfig = { flow = 5 }\n",
    );
    machine.write(
        "teams/T0STEP.toml",
        "name = \"Step\"\n[[step]]\nuse = \"status-page\"\n[[step]]\nuse = \"todo\"\nallow = { secrets = [\"TOKEN\"] }\n",
    );
    machine.write("steps/broken.wasm", "not a component");
    let ran = machine.run("check");
    assert_eq!((ran.code, &*ran.out), (1, ""), "{ran:?}");
    for line in [
        "teams/default.toml:1:10: Iris does not speak `fr`",
        "teams/T0ACME.toml:4:19: The step `guide` does not take this config at `/flow`",
        "teams/T0STEP.toml:3:7: The step `status-page` cannot be used: there is no such standard step",
        "teams/T0STEP.toml:5:7: warning: The secret `TOKEN` of the step `todo` is not set",
        "steps/broken.wasm: This is no step: ",
    ] {
        assert!(ran.err.contains(line), "{line}\nis not in\n{}", ran.err);
    }
}

#[test]
fn as_json_for_programs() {
    let machine = Machine::new();
    machine.write("iris.toml", "[slack]\ntimeout = \"soon\"\n");
    let ran = machine.run("check --json --config iris.toml");
    assert_eq!(ran.code, 1);
    let problems: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        problems,
        serde_json::json!([{
            "file": "iris.toml", "line": 2, "column": 11, "severity": "error",
            "sentence": "`timeout` is not a duration, such as `10s` or `500ms`.",
        }])
    );
}

#[test]
fn a_token_that_slack_does_not_take_is_said() {
    let machine = Machine::new()
        .with("SLACK_BOT_TOKEN", "xoxb-not-a-token")
        // Nobody listens there.
        .with("SLACK_API_URL", "http://127.0.0.1:1/api/");
    let ran = machine.run("check");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.err
            .starts_with("SLACK_BOT_TOKEN: Slack does not take it"),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains("xoxb"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn row_40_scopes_that_lack_or_are_too_many_are_said_with_their_lines() {
    let scopes = |leave: &str, more: &str| {
        let usual = slack_sim::Settings::default().scopes.into_iter();
        // What the standard steps do not need.
        let none = ["channels:join", "im:read", "pins:read", "team:read"];
        let kept = usual.filter(|scope| scope != leave && !none.contains(&scope.as_str()));
        kept.chain([more.to_owned()]).collect()
    };
    let check = |scopes| async move {
        let sim = Sim::start(slack_sim::Settings {
            scopes,
            ..slack_sim::Settings::default()
        });
        let sim = sim.await.unwrap();
        let machine = Machine::new()
            .with("SLACK_BOT_TOKEN", &sim.settings().bot_token)
            .with("SLACK_API_URL", sim.api_url());
        machine.run("check")
    };
    let ran = check(scopes("pins:write", "commands")).await;
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(
        ran.err,
        "SLACK_BOT_TOKEN: It lacks the scope `pins:write`, which is for pins.add (guide): add the \
         line `\"pins:write\",` to `oauth_config.scopes.bot` of the app's manifest (as `iris \
         manifest` prints it), and install the app again.\n"
    );
    let ran = check(scopes("", "stars:read")).await;
    assert_eq!(
        (ran.code, &*ran.out),
        (0, "No mistakes found.\n"),
        "{ran:?}"
    );
    assert_eq!(
        ran.err,
        "SLACK_BOT_TOKEN: warning: It has the scope `stars:read`, which nothing here needs: remove \
         the line `\"stars:read\",` from `oauth_config.scopes.bot` of the app's manifest, revoke \
         the token (a token keeps what it was once given), and install the app again.\n"
    );
    let ran = check(scopes("", "commands")).await;
    assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_token_is_tried_and_opens_nothing() {
    let sim = Sim::start(slack_sim::Settings {
        socket_mode: true,
        ..slack_sim::Settings::default()
    });
    let sim = sim.await.unwrap();
    let check = |token: &str| {
        let machine = Machine::new()
            .with("SLACK_APP_TOKEN", token)
            .with("SLACK_API_URL", sim.api_url());
        machine.run("check")
    };
    let good = check(&sim.settings().app_token);
    assert_eq!((good.code, &*good.err), (0, ""), "{good:?}");
    assert_eq!(sim.sockets().seen().open, 0);
    let other = check(&sim.settings().bot_token);
    assert_eq!(other.code, 1, "{other:?}");
    assert_eq!(
        other.err,
        "SLACK_APP_TOKEN: Slack does not take it: Slack refused apps.connections.open: \
         not_allowed_token_type. Next: SLACK_APP_TOKEN is no app-level token (`xapp-…`); one is \
         made in the Slack app's settings, under \"Basic Information\".\n"
    );
    let none = check("xapp-of-nobody");
    assert_eq!(none.code, 1, "{none:?}");
    assert!(none.err.contains("invalid_auth"), "{}", none.err);
    assert!(!none.err.contains("of-nobody"), "{}", none.err);
    sim.faults()
        .next("apps.connections.open", Fault::RateLimited(30));
    let later = check(&sim.settings().app_token);
    assert_eq!(later.code, 0, "{later:?}");
    let said = "SLACK_APP_TOKEN: warning: Slack was not asked whether it takes it: Slack limits";
    assert!(later.err.starts_with(said), "{}", later.err);
}

#[test]
fn a_missing_folder_is_a_problem() {
    let ran = Machine::new().with("IRIS_TEAMS", "elsewhere").run("check");
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .starts_with("elsewhere: This folder of teams' files cannot be read"),
        "{}",
        ran.err
    );
}
