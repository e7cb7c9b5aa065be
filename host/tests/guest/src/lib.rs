//! A step that does what a test tells it: its settings are a list of [`Act`]s. What each came to is
//! kept in the team's state under `came-to`, in the same order.

mod act;
mod bad;

use act::Act;
use serde_json::{Value, json};

use bindings::{
    exports::iris::step::handler::{Descriptor, Event, Failure, Guest},
    iris::step::{config, state, types::Scope},
};

mod bindings {
    #![expect(clippy::same_length_and_capacity, reason = "generated")]
    wit_bindgen::generate!({ path: "../../../wit", world: "step", generate_all });
}

struct Told;

impl Guest for Told {
    fn describe(locale: String) -> Descriptor {
        let all = [
            "incident", "room", "messages", "forms", "timers", "slack", "http",
        ];
        Descriptor {
            name: "guest".to_owned(),
            version: "1.0.0".to_owned(),
            sentence: if locale == "ja" {
                "言われたことをする"
            } else {
                "Does as told"
            }
            .to_owned(),
            events: vec!["declared".to_owned(), "said".to_owned()],
            words: vec![],
            shortcuts: vec![],
            fields: vec![ticket(&locale).to_string()],
            capabilities: all.map(str::to_owned).to_vec(),
            slack_methods: vec!["users.info".to_owned()],
            http_hosts: vec!["api.statuspage.example".to_owned()],
            settings: r#"{"type":"object","required":["acts"],"properties":{
                "acts":{"type":"array"},"tone":{"type":"string","default":"calm"}}}"#
                .to_owned(),
            more: "{}".to_owned(),
        }
    }

    fn handle(event: Event) -> Result<(), Failure> {
        let config: Value = serde_json::from_str(&config::get()).expect("settings are JSON");
        let acts: Vec<Act> = match serde_json::from_value(config["acts"].clone()) {
            Ok(acts) => acts,
            Err(error) => return Err(Failure::Bug(error.to_string())),
        };
        let mut came_to = vec![];
        for act in acts {
            came_to.push(act.done(&event)?);
        }
        // Last, so that it is there only when all were done.
        state::put(Scope::Team, "came-to", &json!(came_to).to_string()).expect("it is small");
        Ok(())
    }
}

/// What it adds to the form of a declaration.
fn ticket(locale: &str) -> Value {
    let label = if locale == "ja" {
        "チケット"
    } else {
        "Ticket"
    };
    json!({
        "type": "input",
        "block_id": "ticket",
        "optional": true,
        "label": { "type": "plain_text", "text": label },
        "element": { "type": "plain_text_input", "action_id": "v" },
    })
}

#[expect(unsafe_code, reason = "generated")]
mod exported {
    super::bindings::export!(Told with_types_in super::bindings);

    use super::Told;
}
