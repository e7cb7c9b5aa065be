//! The page: its files, its weight, and the stream that it lives on.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::api::Api;

/// All files together, as they are sent: in bytes.
const WEIGHT: u64 = 200_000;

#[test]
fn the_page_is_light() -> std::io::Result<()> {
    let weight = weigh(&Path::new(env!("CARGO_MANIFEST_DIR")).join("page"))?;
    assert!(weight < WEIGHT, "the page weighs {weight} bytes");
    Ok(())
}

fn weigh(folder: &Path) -> std::io::Result<u64> {
    let mut weight = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        weight += if path.is_dir() {
            weigh(&path)?
        } else {
            path.metadata()?.len()
        };
    }
    Ok(weight)
}

#[tokio::test]
async fn every_file_that_the_page_names_is_there() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let page = api.page("").await?;
    let policy = page.headers()["content-security-policy"].to_str()?;
    assert!(policy.starts_with("default-src 'self'"));
    let html = page.text().await?;
    let mut named: Vec<String> = html
        .split('"')
        .filter_map(|part| part.strip_prefix('/'))
        .map(str::to_owned)
        .collect();
    assert!(named.contains(&"page/app.js".to_owned()));
    let mut seen = 0;
    while let Some(name) = named.get(seen).cloned() {
        seen += 1;
        let file = api.page(&name).await?;
        assert_eq!(file.status(), 200, "{name}");
        if file.headers()["content-type"] == "text/javascript; charset=utf-8" {
            let more = imports(&name, &file.text().await?);
            named.extend(
                more.into_iter()
                    .filter(|one| !named.contains(one))
                    .collect::<Vec<_>>(),
            );
        }
    }
    assert!(seen > 25, "{named:?}");
    assert_eq!(api.page("page/none.js").await?.status(), 404);
    Ok(())
}

/// The modules that a module imports, as addresses.
/// Without whoever embeds it the workspace has no levers but its own, and the page is told so.
#[tokio::test]
async fn alone_it_has_no_demo() -> anyhow::Result<()> {
    let api = Api::start().await?;
    assert_eq!(api.page("demo").await?.status(), 204);
    assert_eq!(api.page("nowhere").await?.status(), 404);
    Ok(())
}

fn imports(name: &str, script: &str) -> Vec<String> {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    script
        .lines()
        .filter(|line| line.starts_with("import "))
        .filter_map(|line| line.split('"').nth(1))
        .map(|path| match path.strip_prefix("../") {
            Some(rest) => format!("page/{rest}"),
            None => format!("{folder}/{}", path.trim_start_matches("./")),
        })
        .collect()
}

#[tokio::test]
async fn only_what_changed_is_told() -> anyhow::Result<()> {
    let api = Api::start().await?;
    assert_eq!(api.page("sim/live?as=U0NOBODY").await?.status(), 404);
    let mut live = api.page("sim/live?as=U0KENMORI").await?;
    let first = news(&mut live).await?;
    assert_eq!(first["head"]["me"], "U0KENMORI");
    assert_eq!(first["messages"], json!([]));

    api.sim.person("@aya").say("#ops", "hi")?;
    let said = news(&mut live).await?;
    assert_eq!(said["messages"][0]["text"], "hi");
    let head = said["head"].as_object().unwrap();
    assert_eq!(head.keys().collect::<Vec<_>>(), ["channels"]);
    assert_eq!(head["channels"]["C0OPS"]["unread"]["messages"], 1);
    assert!(head["channels"].get("C0GENERAL").is_none());

    // What happens where Ken is not, he is not told.
    api.sim.person("@aya").say("#leads", "hush")?;
    let ts = &api.sim.messages("#ops")[0];
    api.sim.person("@aya").delete(ts)?;
    let gone = news(&mut live).await?;
    assert_eq!(
        gone["messages"],
        json!([{ "channel": "C0OPS", "ts": ts.ts, "gone": true }])
    );
    Ok(())
}

#[tokio::test]
async fn a_channel_is_fetched_by_those_who_see_it() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let aya = api.sim.person("@aya");
    let root = aya.say("#leads", "hush")?;
    aya.reply(&root, "yes")?;
    let seen: Value = api
        .page("sim/messages/C0LEADS?as=U0CTO")
        .await?
        .json()
        .await?;
    assert_eq!(seen[0]["reply_count"], 1);
    assert_eq!(seen[1]["reply"], true);
    let hidden = api.page("sim/messages/C0LEADS?as=U0KENMORI").await?;
    assert_eq!(hidden.status(), 404);
    Ok(())
}

#[tokio::test]
async fn a_number_comes_at_every_change() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let mut changes = api.page("sim/changes").await?;
    let before = changes.chunk().await?.unwrap();
    assert!(before.starts_with(b"data: "));
    api.sim.person("@aya").say("#ops", "hi")?;
    assert_ne!(changes.chunk().await?.unwrap(), before);
    Ok(())
}

async fn news(live: &mut reqwest::Response) -> anyhow::Result<Value> {
    let event = live.chunk().await?.unwrap_or_default();
    let text = std::str::from_utf8(&event)?;
    Ok(serde_json::from_str(
        text.trim_start_matches("data: ").trim(),
    )?)
}
