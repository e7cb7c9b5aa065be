//! What Iris calls: describes the step, and handles one event.

mod greeting;

wit_bindgen::generate!({ path: "wit", world: "step" });

use exports::iris::step::handler::{Descriptor, Event, Failure, Guest, Happening};
use iris::step::{
    facts, messages,
    types::{Content, Place, Refusal},
};

struct Step;

impl Guest for Step {
    /// Texts for people in the team's language, all else always the same.
    fn describe(locale: String) -> Descriptor {
        let sentence = match locale.as_str() {
            "ja" => "War roomの皆にあいさつします",
            _ => "Greets everybody in the war room",
        };
        Descriptor {
            name: "{{name}}".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            sentence: sentence.to_owned(),
            // What it hears of, and what it may wish: the team's file must allow the latter.
            events: vec!["room-opened".to_owned()],
            capabilities: vec!["messages".to_owned()],
            words: vec![],
            shortcuts: vec![],
            fields: vec![],
            slack_methods: vec![],
            http_hosts: vec![],
            // JSON Schema of its `config` in the team's file.
            settings: r#"{"type": "object", "additionalProperties": false}"#.to_owned(),
            more: "{}".to_owned(),
        }
    }

    fn handle(event: Event) -> Result<(), Failure> {
        let (Happening::RoomOpened(_), Some(incident)) = (event.what, facts::this_incident()) else {
            return Ok(());
        };
        let content = Content {
            text: greeting::greeting(&facts::this_team().locale, incident.number),
            blocks: None,
            more: None,
        };
        messages::say(&Place::Room, &content).map_err(refused)
    }
}

/// A wish that Iris refuses is a mistake of the step or of the team's file: its operator is told.
fn refused(refusal: Refusal) -> Failure {
    Failure::Bug(format!("{}: {}", refusal.code, refusal.sentence))
}

export!(Step);
