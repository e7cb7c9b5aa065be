//! What people do is written as a story, which plays to the same.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::post};
use serde_json::{Value, json};
use slack_sim::story::{Playback, parse};
use slack_sim::{ClockSetting, Settings, Sim};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// A workspace with a bot that has several buttons of the same name, a form, and a menu whose
/// options it looks up.
struct Stage {
    sim: Sim,
    _bot: JoinSet<()>,
}

#[derive(Clone)]
struct Bot {
    http: reqwest::Client,
    api: String,
    token: String,
}

async fn stage() -> anyhow::Result<Stage> {
    let sim = Sim::start(Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    })
    .await?;
    let bot = Bot {
        http: reqwest::Client::builder().no_proxy().build()?,
        api: sim.api_url(),
        token: sim.settings().bot_token.clone(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    sim.connect_app(&format!("http://{}/", listener.local_addr()?));
    let router = Router::new().route("/", post(heard)).with_state(bot);
    let mut serving = JoinSet::new();
    serving.spawn(async move {
        axum::serve(listener, router)
            .await
            .expect("the bot serves until the test ends");
    });
    Ok(Stage { sim, _bot: serving })
}

impl Bot {
    async fn call(&self, method: &str, args: &[(&str, &str)]) {
        let request = self.http.post(format!("{}{method}", self.api));
        let request = request.bearer_auth(&self.token).form(args);
        let answer = request.send().await.expect("the workspace answers");
        let answer: Value = answer.json().await.expect("it answers JSON");
        assert_eq!(answer["ok"], true, "{method} {answer}");
    }
}

async fn heard(State(bot): State<Bot>, body: Bytes) -> Response {
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).unwrap_or_default();
    let field = |name: &str| {
        let found = form.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    match field("text") {
        "list" => {
            let blocks = list().to_string();
            let args = [("channel", "#ops"), ("text", "A list"), ("blocks", &blocks)];
            bot.call("chat.postMessage", &args).await;
        }
        "form" => {
            let view = view().to_string();
            let args = [("trigger_id", field("trigger_id")), ("view", &view)];
            bot.call("views.open", &args).await;
        }
        _ => {}
    }
    let payload: Value = serde_json::from_str(field("payload")).unwrap_or_default();
    match payload["type"].as_str() {
        Some("block_actions") => {
            let action = &payload["actions"][0];
            let text = format!(
                "{} {} {}",
                action["block_id"], action["action_id"], action["selected_option"]["value"]
            );
            let args = [("channel", "#ops"), ("text", text.as_str())];
            bot.call("chat.postMessage", &args).await;
        }
        Some("block_suggestion") => {
            let typed = payload["value"].as_str().unwrap_or_default();
            let option = json!({ "text": plain(typed), "value": "found" });
            return Json(json!({ "options": [option] })).into_response();
        }
        Some("view_submission") => {
            let values = &payload["view"]["state"]["values"];
            if values["title"]["v"]["value"] == "short" {
                let errors = json!({ "title": "Say more" });
                return Json(json!({ "response_action": "errors", "errors": errors }))
                    .into_response();
            }
            // Its address has the workspace's port in it, which is another each time.
            let mut values = values.clone();
            values["log"] = values["log"]["v"]["files"][0]["name"].take();
            let text = values.to_string();
            let args = [("channel", "#ops"), ("text", text.as_str())];
            bot.call("chat.postMessage", &args).await;
        }
        Some(_) | None => {}
    }
    ().into_response()
}

fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text })
}

/// Four buttons "Edit": two rows that read differently, and two in one row.
fn list() -> Value {
    let edit = |id: &str| json!({ "type": "button", "action_id": id, "text": plain("Edit") });
    let row = |text: &str, block: &str| {
        let text = json!({ "type": "mrkdwn", "text": text });
        json!({ "type": "section", "block_id": block, "text": text, "accessory": edit("edit") })
    };
    let menu = json!({ "type": "overflow", "action_id": "more", "options": [
        { "text": plain("Reopen"), "value": "reopen" },
        { "text": plain("Drop in the sea"), "value": "drop" },
    ] });
    json!([
        row("Renew the certificate", "a"),
        row("Look at it at noon", "b"),
        { "type": "actions", "block_id": "c", "elements": [edit("one"), edit("two"), menu] },
    ])
}

fn view() -> Value {
    let input = |block: &str, label: &str, element: Value| {
        json!({ "type": "input", "block_id": block, "label": plain(label), "element": element,
            "optional": true })
    };
    let options = json!([
        { "text": plain("One, two"), "value": "1" },
        { "text": plain("Three"), "value": "3" },
    ]);
    json!({
        "type": "modal",
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": [
            input("title", "Title", json!({ "type": "plain_text_input", "action_id": "v" })),
            input("people", "People", json!({ "type": "multi_users_select", "action_id": "v" })),
            input("boxes", "Boxes", json!({ "type": "checkboxes", "action_id": "v", "options": options })),
            input("found", "Service", json!({ "type": "external_select", "action_id": "v" })),
            input("day", "Day", json!({ "type": "datepicker", "action_id": "v" })),
            input("words", "Words", json!({ "type": "rich_text_input", "action_id": "v" })),
            input("log", "Log", json!({ "type": "file_input", "action_id": "v" })),
        ],
    })
}

/// An evening's work by hand, as code does it.
async fn work(sim: &Sim) -> anyhow::Result<()> {
    let (aya, ken) = (sim.person("@aya"), sim.person("@ken"));
    let said = aya.say("#ops", "ok")?;
    aya.say("#ops", "ok")?;
    ken.reply(&said, "two\nlines and a \\ in it")?;
    ken.react(&said, "eyes")?;
    aya.command("#ops", "/incident list").await?;
    sim.quiet().await;
    let list = sim
        .messages("#ops")
        .into_iter()
        .find(|message| message.text == "A list")
        .expect("the bot's list");
    for button in ["a/edit", "b/edit", "c/one", "c/two"] {
        ken.press(&list, button).await?;
        sim.quiet().await;
    }
    ken.select(&list, "more", "drop").await?;
    sim.advance(std::time::Duration::from_secs(90));
    aya.command("#ops", "/incident form").await?;
    sim.quiet().await;
    let view = aya.view().expect("the form");
    aya.fill(&view).set("Title", "short").submit().await?;
    aya.suggest(&view, "found", "Search | Find").await?;
    aya.fill(&view)
        .set("title", "\"Down\", he said | twice")
        .set("People", ["U0KENMORI", "@yui"])
        .set("boxes", ["1", "3"])
        .set("Service", "found")
        .set("Day", "2026-12-24")
        .set("Words", "In short")
        .set("Log", ["app.log"])
        .submit()
        .await?;
    let room = aya.create_channel("war", true)?;
    aya.invite(&room.id, &["@ken", "@yui"])?;
    aya.remove(&room.id, "@yui")?;
    let wrong = ken.say(&room.id, "wrnog \"word\"")?;
    ken.edit(&wrong, "wrong \"word\"")?;
    ken.delete(&wrong)?;
    aya.pin(&said.channel, &said.ts, true)?;
    aya.pin(&said.channel, &said.ts, false)?;
    ken.say("@iris", "hello")?;
    ken.open_home()?;
    aya.archive_channel(&room.id)?;
    aya.unarchive_channel(&room.id)?;
    aya.global_shortcut("core:declare").await?;
    ken.shortcut("timeline:add", &said).await?;
    sim.quiet().await;
    Ok(())
}

#[tokio::test]
async fn a_recorded_evening_plays_to_the_same_text() -> anyhow::Result<()> {
    let first = stage().await?;
    assert_eq!(first.sim.recorded(), None);
    first.sim.record();
    work(&first.sim).await?;
    let story = first.sim.recorded().unwrap();
    for line in [
        r#"> @ken #ops answers "ok" (2nd): two\nlines and a \\ in it"#,
        "> @ken #ops presses Edit",
        "> @ken #ops presses Edit at \"Look at it at noon\"",
        "> @ken #ops presses Edit (3rd)",
        "> @ken #ops presses Edit (4th)",
        "> @ken #ops chooses \"Drop in the sea\" in more",
        "@ 1m 30s",
        "> @aya fills Title: short",
        "< form of @aya: title: Say more",
        r#"> @aya fills Title: "\\"Down\\", he said \| twice" | People: @ken, @yui | Boxes: "One, two", "Three" | Service: Search \| Find | Day: 2026-12-24 | Words: In short | Log: "app.log""#,
        "> @aya creates private #war",
        "> @aya #room removes @yui",
        r#"> @ken #room edits "wrnog \"word\"" to "wrong \"word\"""#,
        "> @aya #ops pins \"ok\" (3rd)",
        "> @aya #ops unpins \"ok\" (3rd)",
        "> @ken @iris: hello",
        "> @ken #ops uses timeline:add on \"ok\" (3rd)",
    ] {
        assert!(story.lines().any(|has| has == line), "{line}\n{story}");
    }
    assert!(parse(&story).is_ok());

    let second = stage().await?;
    second.sim.record();
    let moment = std::time::Duration::from_millis(5);
    let mut playback = Playback::with(&second.sim, &story, moment, moment)?;
    let steps = playback.played().steps;
    let mut told = String::new();
    while let Some(step) = playback.step().await? {
        told.push_str(&step.text);
        told.push('\n');
        for seen in step.seen {
            told.push_str(format!("< {seen}").trim_end());
            told.push('\n');
        }
    }
    assert_eq!(playback.played().done, steps);
    assert_eq!(second.sim.recorded().unwrap(), story);
    // What the player tells is what was recorded.
    assert_eq!(told, story);
    second.sim.stop_recording();
    assert_eq!(second.sim.recorded(), None);
    Ok(())
}

#[tokio::test]
async fn a_story_that_goes_wrong_stays_at_its_line() -> anyhow::Result<()> {
    let stage = stage().await?;
    let story = "# a remark\n> @aya #ops: hello\n> @aya #leads renames ops\n";
    let mut playback = Playback::new(&stage.sim, story)?;
    // A server plays it for its page.
    let step: std::pin::Pin<Box<dyn Future<Output = _> + Send + '_>> = Box::pin(playback.step());
    let step = step.await?.unwrap();
    assert_eq!((step.line, step.text.as_str()), (2, "> @aya #ops: hello"));
    assert_eq!(step.seen, ["#ops @aya: hello"]);
    let stuck = playback.step().await.unwrap_err().to_string();
    assert_eq!(stuck, "@aya: Slack refuses it: name_taken");
    let played = playback.played();
    assert_eq!((played.done, played.steps), (1, 2));
    assert_eq!(played.next.as_deref(), Some("> @aya #leads renames ops"));
    let wrong = Playback::new(&stage.sim, "> @aya #ops dances\n")
        .err()
        .unwrap();
    assert_eq!(
        wrong.to_string(),
        "line 1: `#ops dances` is nothing people do"
    );
    Ok(())
}
