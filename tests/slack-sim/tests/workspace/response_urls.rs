//! Response urls: how often, how long, what they replace.

use std::time::Duration;

use serde_json::{Value, json};

use crate::api::Api;

/// The response url of a command that no app heard.
async fn response_url(api: &Api) -> anyhow::Result<String> {
    api.sim.connect_app("http://127.0.0.1:1/");
    api.sim
        .person("@aya")
        .command("#general", "/incident")
        .await?;
    let sent = api.sim.deliveries().pop().expect("a delivery");
    let form: Vec<(String, String)> = serde_urlencoded::from_str(&sent.body)?;
    Ok(form
        .into_iter()
        .find(|(name, _)| name == "response_url")
        .expect("a response url")
        .1)
}

async fn respond(api: &Api, url: &str, body: Value) -> anyhow::Result<(u16, String)> {
    let answer = api.http().post(url).json(&body).send().await?;
    Ok((answer.status().as_u16(), answer.text().await?))
}

#[tokio::test]
async fn five_times_in_half_an_hour() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let url = response_url(&api).await?;
    for _ in 0..5 {
        assert_eq!(
            respond(&api, &url, json!({ "text": "a" })).await?,
            (200, "ok".into())
        );
    }
    assert_eq!(
        respond(&api, &url, json!({ "text": "a" })).await?,
        (404, "used_url".into())
    );
    let late = response_url(&api).await?;
    api.sim.advance(Duration::from_secs(30 * 60 + 1));
    assert_eq!(
        respond(&api, &late, json!({ "text": "a" })).await?,
        (404, "expired_url".into())
    );
    Ok(())
}

#[tokio::test]
async fn an_answer_is_private_unless_it_says_otherwise() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let aya = api.sim.person("@aya");
    let url = response_url(&api).await?;
    let before = aya.ephemerals().len();
    respond(&api, &url, json!({ "text": "only you" })).await?;
    assert_eq!(aya.ephemerals().len(), before + 1);
    let replaced = json!({ "text": "replaced", "replace_original": true });
    respond(&api, &url, replaced).await?;
    assert_eq!(aya.ephemerals().last().unwrap().text, "replaced");
    respond(&api, &url, json!({ "delete_original": true })).await?;
    assert_eq!(aya.ephemerals().len(), before);
    respond(
        &api,
        &url,
        json!({ "text": "all", "response_type": "in_channel" }),
    )
    .await?;
    assert_eq!(api.sim.messages("#general")[0].text, "all");
    assert_eq!(
        respond(&api, &url, json!({})).await?,
        (400, "no_text".into())
    );
    Ok(())
}
