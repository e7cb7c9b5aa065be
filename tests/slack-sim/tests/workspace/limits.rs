//! Every limit of blocks and views: what is as long as it may be is taken, one more is refused.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::api::Api;

/// Something of a size: what it is, the most, and what it looks like with so many.
type Limit = (&'static str, usize, fn(usize) -> Value);

fn long(length: usize) -> String {
    "a".repeat(length)
}

fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text })
}

fn section(accessory: &Value) -> Value {
    json!([{ "type": "section", "text": plain("a"), "accessory": accessory }])
}

fn button(field: &str, value: &Value) -> Value {
    let mut button = json!({ "type": "button", "action_id": "a", "text": plain("a") });
    button[field] = value.clone();
    section(&button)
}

fn option(text: &str, value: &str) -> Value {
    json!({ "text": plain(text), "value": value })
}

fn options(many: usize) -> Vec<Value> {
    (0..many).map(|n| option("a", &n.to_string())).collect()
}

fn select(options: &Value) -> Value {
    section(&json!({ "type": "static_select", "action_id": "a", "options": options }))
}

fn described(length: usize) -> Value {
    let mut one = option("a", "1");
    one["description"] = plain(&long(length));
    select(&json!([one]))
}

fn groups(many: usize) -> Value {
    let group = json!({ "label": plain("a"), "options": options(1) });
    let groups = vec![group; many];
    section(&json!({ "type": "static_select", "action_id": "a", "option_groups": groups }))
}

fn boxes(kind: &str, many: usize) -> Value {
    section(&json!({ "type": kind, "action_id": "a", "options": options(many) }))
}

fn confirm(field: &str, length: usize) -> Value {
    let mut confirm = json!({ "title": plain("a"), "text": plain("a"), "confirm": plain("a"), "deny": plain("a") });
    confirm[field] = plain(&long(length));
    button("confirm", &confirm)
}

fn buttons(many: usize) -> Value {
    let one =
        |n: usize| json!({ "type": "button", "action_id": n.to_string(), "text": plain("a") });
    json!([{ "type": "actions", "elements": (0..many).map(one).collect::<Vec<_>>() }])
}

fn fields(many: usize, length: usize) -> Value {
    json!([{ "type": "section", "fields": vec![plain(&long(length)); many] }])
}

fn image(field: &str, value: &Value) -> Value {
    let mut image = json!({ "type": "image", "image_url": "https://a.example", "alt_text": "a" });
    image[field] = value.clone();
    json!([image])
}

fn input(field: &str, value: &Value) -> Value {
    let mut input = json!({ "type": "input", "label": plain("a"),
        "element": { "type": "plain_text_input", "action_id": "a" } });
    input[field] = value.clone();
    json!([input])
}

fn text_input(field: &str, value: &Value) -> Value {
    let mut element = json!({ "type": "plain_text_input", "action_id": "a" });
    element[field] = value.clone();
    input("element", &element)
}

fn modal(field: &str, value: Value) -> Value {
    let mut modal = json!({ "type": "modal", "title": plain("a"), "submit": plain("a"),
        "blocks": [{ "type": "divider" }] });
    modal[field] = value;
    modal
}

const BLOCKS: &[Limit] = &[
    ("blocks of a message", 50, |n| {
        json!(vec![json!({ "type": "divider" }); n])
    }),
    (
        "block_id",
        255,
        |n| json!([{ "type": "divider", "block_id": long(n) }]),
    ),
    ("action_id", 255, |n| button("action_id", &json!(long(n)))),
    (
        "header",
        150,
        |n| json!([{ "type": "header", "text": plain(&long(n)) }]),
    ),
    (
        "text of a section",
        3000,
        |n| json!([{ "type": "section", "text": plain(&long(n)) }]),
    ),
    ("fields of a section", 10, |n| fields(n, 1)),
    ("a field of a section", 2000, |n| fields(1, n)),
    (
        "elements of a context",
        10,
        |n| json!([{ "type": "context", "elements": vec![plain("a"); n] }]),
    ),
    ("elements of actions", 25, buttons),
    ("url of an image", 3000, |n| {
        image("image_url", &json!(long(n)))
    }),
    ("alt_text of an image", 2000, |n| {
        image("alt_text", &json!(long(n)))
    }),
    ("title of an image", 2000, |n| {
        image("title", &plain(&long(n)))
    }),
    ("text of a button", 75, |n| button("text", &plain(&long(n)))),
    ("value of a button", 2000, |n| {
        button("value", &json!(long(n)))
    }),
    ("url of a button", 3000, |n| button("url", &json!(long(n)))),
    ("accessibility_label of a button", 75, |n| {
        button("accessibility_label", &json!(long(n)))
    }),
    ("text of an option", 75, |n| {
        select(&json!([option(&long(n), "1")]))
    }),
    ("value of an option", 150, |n| {
        select(&json!([option("a", &long(n))]))
    }),
    ("description of an option", 75, described),
    ("options of a select", 100, |n| select(&json!(options(n)))),
    ("option_groups of a select", 100, groups),
    ("options of an overflow", 5, |n| boxes("overflow", n)),
    ("checkboxes", 10, |n| boxes("checkboxes", n)),
    ("radio_buttons", 10, |n| boxes("radio_buttons", n)),
    ("title of a confirmation", 100, |n| confirm("title", n)),
    ("text of a confirmation", 300, |n| confirm("text", n)),
    ("confirm of a confirmation", 30, |n| confirm("confirm", n)),
    ("deny of a confirmation", 30, |n| confirm("deny", n)),
    (
        "a markdown block",
        12_000,
        |n| json!([{ "type": "markdown", "text": long(n) }]),
    ),
];

const VIEWS: &[Limit] = &[
    ("blocks of a view", 100, |n| {
        modal("blocks", json!(vec![json!({ "type": "divider" }); n]))
    }),
    ("title", 24, |n| modal("title", plain(&long(n)))),
    ("submit", 24, |n| modal("submit", plain(&long(n)))),
    ("close", 24, |n| modal("close", plain(&long(n)))),
    ("private_metadata", 3000, |n| {
        modal("private_metadata", json!(long(n)))
    }),
    ("callback_id", 255, |n| modal("callback_id", json!(long(n)))),
    ("external_id", 255, |n| modal("external_id", json!(long(n)))),
    ("label of an input", 2000, |n| {
        modal("blocks", input("label", &plain(&long(n))))
    }),
    ("hint of an input", 2000, |n| {
        modal("blocks", input("hint", &plain(&long(n))))
    }),
    ("placeholder", 150, |n| {
        modal("blocks", text_input("placeholder", &plain(&long(n))))
    }),
    ("max_length of an input", 3000, |n| {
        modal("blocks", text_input("max_length", &json!(n)))
    }),
];

/// Leaves what was taken and refused to `tests/oracles/agree.py`, below the target folder.
fn keep(name: &str, cases: &[Value]) -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("slack-sim");
    fs::create_dir_all(&folder)?;
    let file = folder.join(name).with_extension("json");
    Ok(fs::write(file, serde_json::to_vec(cases)?)?)
}

#[tokio::test]
async fn what_is_as_long_as_it_may_be_is_taken() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let mut cases = Vec::new();
    for (argument, limits, code) in [
        ("blocks", BLOCKS, "invalid_blocks"),
        ("view", VIEWS, "invalid_view"),
    ] {
        for (what, most, with) in limits {
            for (many, expected) in [(*most, ""), (most + 1, code)] {
                let sent = with(many);
                let value = sent.to_string();
                let said = api.error("blocks.validate", &[(argument, &value)]).await?;
                assert_eq!(said, expected, "{what}: {many}");
                let what = format!("{what}: {many}");
                cases.push(json!({ "what": what, argument: sent, "taken": said.is_empty() }));
            }
        }
    }
    keep("limits", &cases)
}

#[tokio::test]
async fn ids_stand_once_and_nothing_is_empty() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let twice =
        json!([{ "type": "divider", "block_id": "a" }, { "type": "divider", "block_id": "a" }]);
    let empty = [
        twice,
        json!([{ "type": "section", "text": plain("") }]),
        json!([{ "type": "context", "elements": [] }]),
        select(&json!([])),
        json!([{ "type": "section", "text": { "type": "html", "text": "a" } }]),
        json!([{ "type": "input", "label": plain("a") }]),
    ];
    let mut cases = Vec::new();
    for blocks in empty {
        let value = blocks.to_string();
        let said = api.error("blocks.validate", &[("blocks", &value)]).await?;
        assert_eq!(said, "invalid_blocks", "{value}");
        cases.push(json!({ "what": value, "blocks": blocks, "taken": false }));
    }
    let bare = modal("blocks", json!([]));
    let value = bare.to_string();
    let said = api.error("blocks.validate", &[("view", &value)]).await?;
    assert_eq!(said, "invalid_view");
    cases.push(json!({ "what": "a view without blocks", "view": bare, "taken": false }));
    keep("empty", &cases)
}

#[tokio::test]
async fn messages_have_limits_over_all_their_parts() -> anyhow::Result<()> {
    let api = Api::start().await?;
    let room = api.room().await?;
    let post = async |argument: &str, value: &Value| -> anyhow::Result<Value> {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let args = [("channel", room.as_str()), (argument, value.as_str())];
        api.call("chat.postMessage", &args).await
    };
    // Slack took 9,597 characters over all blocks and refused 11,341: nobody knows the number.
    let sections = |length: usize| {
        let section = json!({ "type": "section", "text": plain(&long(length)) });
        json!(vec![section; 4])
    };
    assert_eq!(post("blocks", &sections(2_399)).await?["ok"], true);
    let refused = post("blocks", &sections(2_836)).await?;
    assert_eq!(refused["error"], "msg_blocks_too_long");
    let whole = post("text", &json!(long(40_000))).await?;
    assert!(whole["ok"] == true && whole.get("warning").is_none());
    let cut = post("text", &json!(long(40_001))).await?;
    assert_eq!(cut["warning"], "message_truncated");
    assert_eq!(cut["message"]["text"].as_str().map(str::len), Some(40_000));
    assert_eq!(
        post("markdown_text", &json!(long(12_000))).await?["ok"],
        true
    );
    let refused = post("markdown_text", &json!(long(12_001))).await?;
    assert_eq!(refused["error"], "msg_too_long");
    let attachments = |many: usize| json!(vec![json!({ "text": "a" }); many]);
    let taken = post("attachments", &attachments(100)).await?;
    assert_eq!(taken["message"]["attachments"][99]["text"], "a");
    let refused = post("attachments", &attachments(101)).await?;
    assert_eq!(refused["error"], "too_many_attachments");
    Ok(())
}
