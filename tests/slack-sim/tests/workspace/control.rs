//! The workspace's own API, as its page uses it.

use serde_json::{Value, json};

use crate::api::Api;

impl Api {
    pub(crate) async fn act(&self, person: &str, act: Value) -> anyhow::Result<(u16, Value)> {
        let url = format!("{}sim/as/{person}", self.sim.page_url());
        let answer = self.http().post(url).json(&act).send().await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }

    pub(crate) async fn page(&self, path: &str) -> anyhow::Result<reqwest::Response> {
        Ok(self
            .http()
            .get(format!("{}{path}", self.sim.page_url()))
            .send()
            .await?)
    }
}

#[tokio::test]
async fn a_person_acts_and_sees() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let say = json!({ "act": "say", "channel": "#ops", "text": "hi @ken" });
    assert_eq!(api.act("U0AYASATO", say.clone()).await?.0, 200);
    let (status, refused) = api.act("U0CTO", say).await?;
    assert_eq!(
        (status, &refused["refused"]),
        (409, &json!("this person is not in #ops"))
    );
    let state: Value = api.page("sim/state?as=U0KENMORI").await?.json().await?;
    assert_eq!(state["messages"]["C0OPS"][0]["text"], "hi <@U0KENMORI>");
    let channels = state["channels"].as_object().unwrap();
    assert!(!channels.contains_key("C0LEADS"));
    assert_eq!(api.page("sim/state?as=U0NOBODY").await?.status(), 404);
    Ok(())
}

#[tokio::test]
async fn faults_and_time_are_ordered_from_outside() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let order =
        json!({ "method": "auth.test", "fault": { "error": "internal_error" }, "times": 1 });
    let url = format!("{}sim/faults", api.sim.page_url());
    assert_eq!(
        api.http().post(&url).json(&order).send().await?.status(),
        204
    );
    assert_eq!(api.error("auth.test", &[]).await?, "internal_error");
    assert_eq!(api.error("auth.test", &[]).await?, "");
    let before = api.sim.clock().seconds();
    let url = format!("{}sim/clock", api.sim.page_url());
    let advance = json!({ "advance_seconds": 60 });
    assert_eq!(
        api.http().post(&url).json(&advance).send().await?.status(),
        204
    );
    assert_eq!(api.sim.clock().seconds(), before + 60);
    let calls: Value = api.page("sim/calls").await?.json().await?;
    assert_eq!(calls.as_array().unwrap().len(), 2);
    Ok(())
}

#[tokio::test]
async fn levers_stand_where_they_were_put() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let url = format!("{}sim/levers", api.sim.page_url());
    let down = json!({
        "latency_ms": 0,
        "rate_limits": true,
        "outage": { "calls": "refused", "events": "late" },
    });
    let put = api.http().post(&url).json(&down).send().await?;
    assert_eq!(put.status(), 204);
    assert_eq!(api.request("auth.test").send().await?.status(), 503);
    let levers: Value = api.page("sim/levers").await?.json().await?;
    assert_eq!(levers["positions"], down);
    assert_eq!(levers["clock"]["now"], api.sim.clock().micros());
    Ok(())
}

#[tokio::test]
async fn what_went_over_the_wire_is_told_once_and_in_full_on_demand() -> anyhow::Result<()> {
    let api = Api::start().await?;
    api.call("auth.test", &[]).await?;
    api.call("chat.postMessage", &[("channel", "C0OPS"), ("text", "hi")])
        .await?;
    let rows: Value = api.page("sim/log?calls=1").await?.json().await?;
    let calls = rows["calls"].as_array().unwrap();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0]["method"], "chat.postMessage");
    assert_eq!(calls[0]["text"], "hi");
    let number = &calls[0]["number"];
    let whole: Value = api
        .page(&format!("sim/log/calls/{number}"))
        .await?
        .json()
        .await?;
    assert_eq!(whole["answer"]["message"]["text"], "hi");
    assert_eq!(api.page("sim/log/calls/99").await?.status(), 404);
    Ok(())
}

#[tokio::test]
async fn a_story_is_played_act_by_act_and_written_down() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let send = async |path: &str, body: Value| -> anyhow::Result<(u16, Value)> {
        let url = format!("{}{path}", api.sim.page_url());
        let answer = api.http().post(url).json(&body).send().await?;
        Ok((
            answer.status().as_u16(),
            answer.json().await.unwrap_or_default(),
        ))
    };
    let (status, refused) = send("sim/story", json!({ "text": "who?" })).await?;
    assert_eq!(status, 409);
    assert!(refused["refused"].as_str().unwrap().starts_with("line 1:"));
    assert_eq!(send("sim/recording", json!({ "on": true })).await?.0, 204);

    let story = "# Two words.\n> @aya #ops: hi\n< #ops @aya: hi\n> @cto #ops: hi";
    let (_, loaded) = send("sim/story", json!({ "text": story })).await?;
    assert_eq!(loaded["at"], 1);
    assert_eq!(loaded["lines"][2]["kind"], "see");
    let (_, played) = send("sim/story/step", json!({})).await?;
    assert_eq!(played, json!({ "at": 3 }));
    assert_eq!(api.sim.messages("#ops").len(), 1);
    // Whoever is not in the channel cannot write there: the story stays where it is.
    let (_, stuck) = send("sim/story/step", json!({})).await?;
    assert_eq!(stuck["at"], 3);
    assert_eq!(stuck["stuck"], "@cto: this person is not in #ops");

    let written: Value = api.page("sim/recording").await?.json().await?;
    assert_eq!(written["text"], "> @aya #ops: hi\n< #ops @aya: hi\n");
    Ok(())
}
