//! The workspace's own API, as its page uses it.

use serde_json::{Value, json};

use crate::api::Api;

impl Api {
    async fn act(&self, person: &str, act: Value) -> anyhow::Result<(u16, Value)> {
        let url = format!("{}sim/as/{person}", self.sim.page_url());
        let answer = self.http().post(url).json(&act).send().await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }

    async fn page(&self, path: &str) -> anyhow::Result<reqwest::Response> {
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
    let channels = state["channels"].as_array().unwrap();
    assert!(channels.iter().all(|channel| channel["name"] != "leads"));
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
async fn the_page_is_served_and_hears_of_changes() -> anyhow::Result<()> {
    let api = Api::start().await?;
    assert!(api.page("").await?.text().await?.contains("/page/app.js"));
    let script = api.page("page/app.js").await?;
    assert_eq!(
        script.headers()["content-type"],
        "text/javascript; charset=utf-8"
    );
    assert_eq!(api.page("page/none.js").await?.status(), 404);
    let mut changes = api.page("sim/changes").await?;
    assert_eq!(changes.chunk().await?.unwrap(), "data: 0\n\n");
    api.sim.person("@aya").say("#ops", "hi")?;
    assert_eq!(changes.chunk().await?.unwrap(), "data: 1\n\n");
    Ok(())
}
