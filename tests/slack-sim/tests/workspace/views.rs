//! Modals and the home tab: triggers, stacks, hashes, what is typed.

use std::time::Duration;

use serde_json::{Value, json};
use slack_sim::{DeliveryKind, Person};

use crate::api::Api;

/// A trigger id of this person's, fresh from a command that no app heard.
async fn trigger(api: &Api, person: &Person) -> anyhow::Result<String> {
    api.sim.connect_app("http://127.0.0.1:1/");
    person.command("#general", "/incident").await?;
    let sent = api.sim.deliveries().pop().expect("a delivery");
    assert_eq!(sent.kind, DeliveryKind::Command);
    let form: Vec<(String, String)> = serde_urlencoded::from_str(&sent.body)?;
    let trigger = form.into_iter().find(|(name, _)| name == "trigger_id");
    Ok(trigger.expect("a trigger id").1)
}

fn modal(title: &str) -> Value {
    json!({
        "type": "modal",
        "title": { "type": "plain_text", "text": title },
        "submit": { "type": "plain_text", "text": "Go" },
        "blocks": [{
            "type": "input",
            "block_id": "title",
            "label": { "type": "plain_text", "text": "Title" },
            "element": { "type": "plain_text_input", "action_id": "v", "max_length": 5 },
        }],
    })
}

#[tokio::test]
async fn a_trigger_is_good_once_and_for_three_seconds() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let aya = api.sim.person("@aya");
    let view = modal("One").to_string();
    let fresh = trigger(&api, &aya).await?;
    let open = [("trigger_id", fresh.as_str()), ("view", view.as_str())];
    assert_eq!(api.error("views.open", &open).await?, "");
    assert_eq!(
        api.error("views.open", &open).await?,
        "exchanged_trigger_id"
    );
    let late = trigger(&api, &aya).await?;
    api.sim.advance(Duration::from_millis(3_001));
    let open = [("trigger_id", late.as_str()), ("view", view.as_str())];
    assert_eq!(api.error("views.open", &open).await?, "expired_trigger_id");
    let unknown = [("trigger_id", "1.2.x"), ("view", view.as_str())];
    assert_eq!(
        api.error("views.open", &unknown).await?,
        "invalid_trigger_id"
    );
    Ok(())
}

#[tokio::test]
async fn a_stack_holds_three() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let aya = api.sim.person("@aya");
    let view = modal("One").to_string();
    for (method, expected) in [
        ("views.open", ""),
        ("views.push", ""),
        ("views.push", ""),
        ("views.push", "push_limit_reached"),
    ] {
        let trigger = trigger(&api, &aya).await?;
        let args = [("trigger_id", trigger.as_str()), ("view", view.as_str())];
        assert_eq!(api.error(method, &args).await?, expected);
    }
    let stack = api.sim.views("@aya");
    assert_eq!(stack.len(), 3);
    assert_eq!(stack[2].previous.as_deref(), Some(stack[1].id.as_str()));
    assert_eq!(stack[2].root, stack[0].id);
    aya.close_view().await?;
    assert_eq!(api.sim.views("@aya").len(), 2);
    Ok(())
}

#[tokio::test]
async fn an_update_keeps_what_was_typed_and_heeds_the_hash() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let aya = api.sim.person("@aya");
    let trigger = trigger(&api, &aya).await?;
    let view = modal("One").to_string();
    let open = [("trigger_id", trigger.as_str()), ("view", view.as_str())];
    let opened = api.call("views.open", &open).await?;
    let (id, hash) = (
        opened["view"]["id"].as_str(),
        opened["view"]["hash"].as_str(),
    );
    let (id, hash) = (id.unwrap(), hash.unwrap());
    aya.select(&aya.view().unwrap(), "title", "abc").await?;
    let next = modal("Two").to_string();
    let update = [("view_id", id), ("hash", hash), ("view", next.as_str())];
    let updated = api.call("views.update", &update).await?;
    assert_eq!(
        updated["view"]["state"]["values"]["title"]["v"]["value"],
        "abc"
    );
    assert_eq!(api.error("views.update", &update).await?, "hash_conflict");
    let too_long = aya
        .fill(&aya.view().unwrap())
        .set("title", "abcdef")
        .submit()
        .await?;
    let slack_sim::SubmitOutcome::Errors(errors) = too_long else {
        panic!("{too_long:?}")
    };
    assert_eq!(
        errors["title"],
        "This entry must be no more than 5 characters."
    );
    aya.close_view().await?;
    assert_eq!(
        api.error("views.update", &update[..1]).await?,
        "invalid_arguments"
    );
    let gone = [("view_id", id), ("view", next.as_str())];
    assert_eq!(api.error("views.update", &gone).await?, "not_found");
    Ok(())
}

#[tokio::test]
async fn bad_views_say_where() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let mut view = modal("A title that is too long for Slack");
    view["blocks"][0]["element"]["type"] = json!("button");
    let view = view.to_string();
    let answer = api
        .call(
            "views.publish",
            &[("user_id", "U0AYASATO"), ("view", &view)],
        )
        .await?;
    assert_eq!(answer["error"], "invalid_arguments");
    assert_eq!(
        answer["response_metadata"]["messages"],
        json!([
            "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
            "[ERROR] unsupported type: button [json-pointer:/view/blocks/0/element]",
            "[ERROR] invalid view type [json-pointer:/view/type]",
        ])
    );
    let mut huge = modal("One");
    huge["private_metadata"] = json!("a".repeat(250_000));
    let huge = huge.to_string();
    let args = [("user_id", "U0AYASATO"), ("view", huge.as_str())];
    assert_eq!(api.error("views.publish", &args).await?, "view_too_large");
    Ok(())
}

#[tokio::test]
async fn a_home_is_published_and_opened() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let home = json!({ "type": "home", "blocks": [{ "type": "divider" }] }).to_string();
    let args = [("user_id", "U0AYASATO"), ("view", home.as_str())];
    let first = api.call("views.publish", &args).await?;
    let second = api.call("views.publish", &args).await?;
    assert_eq!(first["view"]["id"], second["view"]["id"]);
    let stale = [
        args[0],
        args[1],
        ("hash", first["view"]["hash"].as_str().unwrap()),
    ];
    assert_eq!(api.error("views.publish", &stale).await?, "hash_conflict");
    assert_eq!(
        api.sim
            .text_of(api.sim.person("@aya").home().unwrap().blocks()),
        "---"
    );
    Ok(())
}

/// Marked-up words and files come as Slack's objects; a file can be fetched like any other.
#[tokio::test]
async fn words_and_files_are_taken_in_a_form() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let aya = api.sim.person("@aya");
    let trigger = trigger(&api, &aya).await?;
    let input = |name: &str, kind: &str| {
        json!({
            "type": "input",
            "block_id": name,
            "label": { "type": "plain_text", "text": name },
            "element": { "type": kind, "action_id": "v" },
        })
    };
    let view = json!({
        "type": "modal",
        "title": { "type": "plain_text", "text": "Report" },
        "submit": { "type": "plain_text", "text": "Send" },
        "blocks": [input("words", "rich_text_input"), input("log", "file_input")],
    });
    let view = view.to_string();
    api.call("views.open", &[("trigger_id", &trigger), ("view", &view)])
        .await?;
    let view = aya.view().unwrap();
    let id = aya.upload("app.log", b"a line".to_vec())?;
    let form = aya.fill(&view).set("words", "It is the cache");
    // Nobody listens: what was sent is what counts.
    drop(form.set("log", [id.as_str()]).submit().await?);
    let sent = api.sim.deliveries().pop().unwrap();
    let form: Vec<(String, String)> = serde_urlencoded::from_str(&sent.body)?;
    let payload: Value = serde_json::from_str(&form[0].1)?;
    let values = &payload["view"]["state"]["values"];
    let rich = &values["words"]["v"]["rich_text_value"];
    assert_eq!(
        rich["elements"][0]["elements"][0]["text"],
        "It is the cache"
    );
    let file = &values["log"]["v"]["files"][0];
    assert_eq!((&file["id"], &file["size"]), (&json!(id), &json!(6)));
    let known = api.call("files.info", &[("file", &id)]).await?;
    assert_eq!(known["file"]["user"], "U0AYASATO");
    Ok(())
}
