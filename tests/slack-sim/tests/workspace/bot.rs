//! A small bot in the workspace: every way in and every way back.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::post};
use serde_json::{Value, json};
use slack_sim::{
    ClockSetting, CommandStatus, DeliveryKind, Fault, Place, Pressed, Settings, Sim, SubmitOutcome,
};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// A workspace with the bot below in it.
struct Stage {
    sim: Sim,
    _bot: JoinSet<()>,
}

async fn stage() -> anyhow::Result<Stage> {
    let settings = Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    };
    let sim = Sim::start(settings).await?;
    let app = Arc::new(App {
        http: reqwest::Client::builder().no_proxy().build()?,
        api: sim.api_url(),
        token: sim.settings().bot_token.clone(),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    sim.connect_app(&format!("http://{}/slack/events", listener.local_addr()?));
    let router = Router::new()
        .route("/slack/events", post(events))
        .with_state(app);
    let mut bot = JoinSet::new();
    bot.spawn(async move {
        axum::serve(listener, router)
            .await
            .expect("the bot serves until the test ends");
    });
    Ok(Stage { sim, _bot: bot })
}

struct App {
    http: reqwest::Client,
    api: String,
    token: String,
}

impl App {
    async fn call(&self, method: &str, args: &[(&str, &str)]) -> anyhow::Result<Value> {
        let request = self
            .http
            .post(format!("{}{method}", self.api))
            .bearer_auth(&self.token);
        Ok(request.form(args).send().await?.json().await?)
    }
}

async fn events(State(app): State<Arc<App>>, body: String) -> Response {
    if let Ok(event) = serde_json::from_str::<Value>(&body) {
        if event["type"] == "url_verification" {
            return event["challenge"]
                .as_str()
                .expect("a string")
                .to_owned()
                .into_response();
        }
        if event["event"]["text"] == "fail" {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        return StatusCode::OK.into_response();
    }
    let form: BTreeMap<String, String> = serde_urlencoded::from_str(&body).expect("a form");
    let Some(payload) = form.get("payload") else {
        return command(&app, &form).await;
    };
    let payload: Value = serde_json::from_str(payload).expect("JSON");
    match payload["type"].as_str().expect("a string") {
        "view_submission" => {
            let title = &payload["view"]["state"]["values"]["title"]["v"]["value"];
            if title == "x" {
                let errors =
                    json!({ "response_action": "errors", "errors": { "title": "Too short" } });
                return axum::Json(errors).into_response();
            }
            StatusCode::OK.into_response()
        }
        "block_suggestion" => {
            let text = format!("Found {}", payload["value"].as_str().expect("a string"));
            let text = json!({ "type": "plain_text", "text": text });
            axum::Json(json!({ "options": [{ "text": text, "value": "one" }] })).into_response()
        }
        "block_actions" => {
            let url = payload["response_url"].as_str().expect("a string");
            let answer = json!({ "text": "pressed", "replace_original": true });
            app.http
                .post(url)
                .json(&answer)
                .send()
                .await
                .expect("the workspace answers");
            StatusCode::OK.into_response()
        }
        _ => StatusCode::OK.into_response(),
    }
}

async fn command(app: &App, form: &BTreeMap<String, String>) -> Response {
    match form["text"].as_str() {
        "form" => {
            let view = json!({
                "type": "modal",
                "title": { "type": "plain_text", "text": "Declare" },
                "submit": { "type": "plain_text", "text": "Go" },
                "blocks": [{
                    "type": "input",
                    "block_id": "title",
                    "label": { "type": "plain_text", "text": "Title" },
                    "element": { "type": "plain_text_input", "action_id": "v" },
                }],
            });
            let view = view.to_string();
            let args = [
                ("trigger_id", form["trigger_id"].as_str()),
                ("view", view.as_str()),
            ];
            let answer = app
                .call("views.open", &args)
                .await
                .expect("the workspace answers");
            assert_eq!(answer["ok"], true, "{answer}");
            StatusCode::OK.into_response()
        }
        "menu" => {
            let menu = json!({ "type": "external_select", "action_id": "pick" });
            let blocks = json!([{ "type": "actions", "elements": [menu] }]);
            axum::Json(json!({ "text": "a menu", "blocks": blocks })).into_response()
        }
        "button" => {
            let blocks = json!([{ "type": "actions", "elements": [{
                "type": "button",
                "action_id": "go",
                "text": { "type": "plain_text", "text": "Go" },
            }] }]);
            axum::Json(json!({ "text": "a button", "blocks": blocks })).into_response()
        }
        text => text.to_owned().into_response(),
    }
}

#[tokio::test]
async fn a_command_is_escaped_and_answered() -> anyhow::Result<()> {
    let stage = stage().await?;
    let aya = stage.sim.person("@aya");
    let outcome = aya
        .command("#general", "/incident <b> & @ken #ops https://x.example/a")
        .await?;
    assert_eq!(outcome.status, CommandStatus::Ok);
    assert_eq!(
        outcome.ephemeral.unwrap().text,
        "&lt;b&gt; &amp; <@U0KENMORI|ken> <#C0OPS|ops> <https://x.example/a>"
    );
    assert!(stage.sim.verify_app().await);
    Ok(())
}

#[tokio::test]
async fn a_form_is_filled_refused_and_submitted() -> anyhow::Result<()> {
    let stage = stage().await?;
    let aya = stage.sim.person("@aya");
    aya.command("#general", "/incident form").await?;
    let view = aya.view().unwrap();
    assert_eq!(view.title(), "Declare");
    let outcome = aya.fill(&view).submit().await?;
    let SubmitOutcome::Errors(errors) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(errors["title"], "Please complete this required field.");
    let outcome = aya.fill(&view).set("Title", "x").submit().await?;
    let SubmitOutcome::Errors(errors) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(errors["title"], "Too short");
    let outcome = aya
        .fill(&view)
        .set("title", "Checkout fails")
        .submit()
        .await?;
    assert!(matches!(outcome, SubmitOutcome::Closed), "{outcome:?}");
    assert!(aya.view().is_none());
    Ok(())
}

#[tokio::test]
async fn a_button_replaces_its_message() -> anyhow::Result<()> {
    let stage = stage().await?;
    let aya = stage.sim.person("@aya");
    let shown = aya
        .command("#general", "/incident button")
        .await?
        .ephemeral
        .unwrap();
    assert_eq!(stage.sim.text_of(&shown.blocks), "[Go]");
    assert_eq!(aya.press(&shown, "Go").await?, Pressed::Ok);
    assert_eq!(aya.ephemerals()[0].text, "pressed");
    let gone = aya.press(&shown, "Go").await.unwrap_err().to_string();
    assert_eq!(gone, "there is no \"Go\"; there are: ");
    Ok(())
}

#[tokio::test]
async fn a_menu_is_filled_by_the_app() -> anyhow::Result<()> {
    let stage = stage().await?;
    let aya = stage.sim.person("@aya");
    let shown = aya
        .command("#general", "/incident menu")
        .await?
        .ephemeral
        .unwrap();
    assert!(aya.select(&shown, "pick", "one").await.is_err());
    let options = aya.suggest(&shown, "pick", "pay").await?;
    assert_eq!(options[0]["text"]["text"], "Found pay");
    assert_eq!(aya.select(&shown, "pick", "Found pay").await?, Pressed::Ok);
    Ok(())
}

#[tokio::test]
async fn events_are_repeated_three_times_and_commands_never() -> anyhow::Result<()> {
    let stage = stage().await?;
    let sim = &stage.sim;
    sim.person("@aya").say("#ops", "fail")?;
    sim.quiet().await;
    let tries = || -> Vec<(usize, u64)> {
        let log = sim.deliveries();
        let events = log
            .iter()
            .filter(|delivery| delivery.kind == DeliveryKind::Event);
        events
            .map(|delivery| (delivery.retry, delivery.at / 1_000_000))
            .collect()
    };
    let start = sim.clock().seconds();
    assert_eq!(tries(), [(0, start), (1, start)]);
    sim.advance(Duration::from_secs(59));
    sim.quiet().await;
    assert_eq!(tries().len(), 2);
    sim.advance(Duration::from_secs(1));
    sim.quiet().await;
    sim.advance(Duration::from_mins(5));
    sim.quiet().await;
    sim.advance(Duration::from_mins(50));
    sim.quiet().await;
    assert_eq!(tries()[2..], [(2, start + 60), (3, start + 360)]);

    sim.connect_app("http://127.0.0.1:1/");
    let outcome = sim.person("@aya").command("#ops", "/incident x").await?;
    assert_eq!(
        outcome.status,
        CommandStatus::Failed("dispatch_failed".into())
    );
    assert_eq!(
        outcome.ephemeral.unwrap().text,
        "/incident failed with the error \"dispatch_failed\""
    );
    sim.quiet().await;
    let commands = sim
        .deliveries()
        .into_iter()
        .filter(|sent| sent.kind == DeliveryKind::Command);
    assert_eq!(commands.count(), 1);
    Ok(())
}

#[tokio::test]
async fn a_reset_after_apply_leaves_one_message() -> anyhow::Result<()> {
    let stage = stage().await?;
    let sim = &stage.sim;
    let app = App {
        http: reqwest::Client::builder().no_proxy().build()?,
        api: sim.api_url(),
        token: sim.settings().bot_token.clone(),
    };
    sim.faults()
        .next("chat.postMessage", Fault::ResetBeforeApply);
    sim.faults()
        .next("chat.postMessage", Fault::ResetAfterApply);
    sim.faults()
        .next("chat.postMessage", Fault::HalfBodyAfterApply);
    let args = [("channel", "#general"), ("text", "hi")];
    for messages in [0, 1, 2] {
        app.call("chat.postMessage", &args).await.unwrap_err();
        assert_eq!(sim.messages("#general").len(), messages);
    }
    assert_eq!(app.call("chat.postMessage", &args).await?["ok"], true);
    assert_eq!(sim.messages("#general").len(), 3);
    Ok(())
}

#[tokio::test]
async fn a_silent_app_times_out_by_the_clock() -> anyhow::Result<()> {
    let sim = Sim::start(Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    })
    .await?;
    let silent = TcpListener::bind("127.0.0.1:0").await?;
    sim.connect_app(&format!("http://{}/", silent.local_addr()?));
    let aya = sim.person("@aya");
    let waiting = aya.command("#general", "/incident x");
    let passing = async {
        let connection = silent.accept().await;
        sim.advance(Duration::from_secs(3));
        connection
    };
    let (outcome, _connection) = tokio::join!(waiting, passing);
    assert_eq!(outcome?.status, CommandStatus::Timeout);
    let message = sim.person("@ken").say("#general", "hello")?;
    assert_eq!(
        Place::from(&message),
        Place::from(&sim.messages("#general")[0])
    );
    Ok(())
}
