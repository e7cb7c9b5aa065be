//! What Slack takes and what it refuses.

use serde_json::{Value, json};

use super::{Surface, check, check_view};

fn problems(blocks: &Value) -> Vec<String> {
    check(blocks, Surface::Message)
        .into_iter()
        .map(|problem| format!("{} {}", problem.pointer, problem.message))
        .collect()
}

fn button(text: &str, action_id: &str) -> Value {
    json!({ "type": "button", "action_id": action_id, "text": { "type": "plain_text", "text": text } })
}

fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text })
}

#[test]
fn good_blocks_pass() {
    let blocks = json!([
        { "type": "header", "block_id": "head", "text": plain("🔴 SEV1") },
        { "type": "context", "elements": [{ "type": "mrkdwn", "text": "*x*", "verbatim": true }] },
        { "type": "section", "text": { "type": "mrkdwn", "text": "a" }, "accessory": button("Go", "a") },
        { "type": "divider" },
        { "type": "actions", "elements": [button("Go", "a"), button("Stop", "b")] },
        { "type": "rich_text", "elements": [{ "type": "rich_text_list", "style": "bullet", "elements": [
            { "type": "rich_text_section", "elements": [
                { "type": "text", "text": "x", "style": { "bold": true } },
                { "type": "user", "user_id": "U1" },
                { "type": "link", "url": "https://x.example", "text": "x" },
                { "type": "emoji", "name": "wave" },
            ] },
        ] }] },
    ]);
    assert_eq!(problems(&blocks), Vec::<String>::new());
}

#[test]
fn limits_are_slacks() {
    let long = |most: usize| "a".repeat(most + 1);
    let cases = [
        (
            json!([{ "type": "header", "text": plain(&long(150)) }]),
            "/0/text/text must be less than 151 characters",
        ),
        (
            json!([{ "type": "section", "text": plain(&long(3000)) }]),
            "/0/text/text must be less than 3001 characters",
        ),
        (
            json!([{ "type": "section", "text": plain("") }]),
            "/0/text/text must be more than 0 characters",
        ),
        (
            json!([{ "type": "actions", "elements": [button(&long(75), "a")] }]),
            "/0/elements/0/text/text must be less than 76 characters",
        ),
        (
            json!([{ "type": "actions", "elements": [button("a", &long(255))] }]),
            "/0/elements/0/action_id must be less than 256 characters",
        ),
        (
            json!([{ "type": "divider", "block_id": long(255) }]),
            "/0/block_id must be less than 256 characters",
        ),
        (
            json!([{ "type": "actions", "elements": (0..26).map(|n| button("a", &n.to_string())).collect::<Vec<_>>() }]),
            "/0/elements no more than 25 items allowed",
        ),
        (
            json!(
                (0..51)
                    .map(|_| json!({ "type": "divider" }))
                    .collect::<Vec<_>>()
            ),
            " no more than 50 items allowed",
        ),
        (
            json!([{ "type": "divider", "block_id": "a" }, { "type": "divider", "block_id": "a" }]),
            "/1/block_id `block_id` \"a\" already exists for another element",
        ),
        (
            json!([{ "type": "actions", "elements": [button("a", "a"), button("b", "a")] }]),
            "/0/elements/1/action_id `action_id` \"a\" already exists for another element",
        ),
        (
            json!([{ "type": "section" }]),
            "/0 missing required field: text",
        ),
        (json!([{ "type": "banner" }]), "/0 unsupported type: banner"),
        (
            json!([{ "type": "divider", "color": "red" }]),
            "/0 invalid additional property: color",
        ),
        (
            json!([{ "type": "header", "text": { "type": "mrkdwn", "text": "a" } }]),
            "/0/text unsupported type: mrkdwn",
        ),
        (
            json!([{ "type": "rich_text", "elements": [{ "type": "rich_text_section", "elements": [
            { "type": "text", "text": "" }] }] }]),
            "/0/elements/0/elements/0/text must be more than 0 characters",
        ),
    ];
    for (blocks, expected) in cases {
        assert_eq!(problems(&blocks), [expected]);
    }
}

#[test]
fn options_are_counted_and_what_is_chosen_is_among_them() {
    let option = |value: &str| json!({ "text": plain(value), "value": value });
    let select = |options: Vec<Value>, initial: Value| {
        json!([{ "type": "actions", "elements": [{
            "type": "static_select", "action_id": "a", "options": options, "initial_option": initial,
        }] }])
    };
    assert!(problems(&select(vec![option("a")], option("a"))).is_empty());
    assert_eq!(
        problems(&select(vec![option("a")], option("b"))),
        ["/0/elements/0/initial_option must match one of the provided options"]
    );
    let many: Vec<Value> = (0..101).map(|n| option(&n.to_string())).collect();
    assert_eq!(
        problems(&select(many, option("0"))),
        ["/0/elements/0/options no more than 100 items allowed"]
    );
    let overflow = json!([{ "type": "section", "text": plain("a"), "accessory": {
        "type": "overflow", "action_id": "a",
        "options": (0..6).map(|n| option(&n.to_string())).collect::<Vec<_>>(),
    } }]);
    assert_eq!(
        problems(&overflow),
        ["/0/accessory/options no more than 5 items allowed"]
    );
}

#[test]
fn a_modal_has_a_short_title_and_a_submit_for_its_inputs() {
    let input = json!({ "type": "input", "block_id": "a", "label": plain("A"),
        "element": { "type": "plain_text_input", "action_id": "v" } });
    let view = |title: &str, submit: bool| {
        let mut view = json!({ "type": "modal", "title": plain(title), "blocks": [input] });
        if submit {
            view["submit"] = plain("Go");
        }
        view
    };
    let said = |view: &Value| -> Vec<String> {
        check_view(view)
            .into_iter()
            .map(|problem| problem.message)
            .collect()
    };
    assert!(said(&view("Declare an incident", true)).is_empty());
    assert_eq!(
        said(&view(&"a".repeat(25), true)),
        ["must be less than 25 characters"]
    );
    assert_eq!(
        said(&view("A", false)),
        ["`submit` is required when an `input` block is within blocks"]
    );
}
