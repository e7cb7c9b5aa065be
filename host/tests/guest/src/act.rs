//! What the guest can be told to do.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    bad,
    bindings::{
        exports::iris::step::handler::{Event, Failure, FieldError},
        iris::step::{
            facts, forms, http, incident, log, messages, room, slack, state, timers,
            types::{Content, Header, Place, Refusal, Scope},
        },
    },
};

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Act {
    // How a call can end.
    Refuse {
        sentence: String,
    },
    Fields {
        field: String,
        sentence: String,
    },
    Bug {
        why: String,
    },
    Panic {
        why: String,
    },
    Exit,

    // What no step should do.
    ComputeForEver,
    Eat,
    Flood {
        times: u32,
        bytes: usize,
    },
    Shout {
        bytes: usize,
    },
    Sleep,
    LookAround,
    Search {
        /// Each in two parts, so that the whole stands nowhere because of this.
        needles: Vec<(String, String)>,
    },

    // What it can read.
    Event,
    Facts,
    Entries {
        kind: Option<String>,
        after: u32,
        limit: u32,
    },
    Link {
        message: String,
    },
    Wall {
        at: u64,
    },

    // What it can wish and remember.
    Append {
        kind: String,
        text: String,
        message: Option<String>,
        data: Option<String>,
    },
    Show {
        label: String,
        times: usize,
    },
    Severity {
        severity: Option<String>,
    },
    Status {
        status: String,
    },
    Role {
        role: String,
        holder: Option<String>,
    },
    Title {
        title: String,
    },
    Open {
        name: String,
    },
    Invite {
        people: Vec<String>,
    },
    Topic {
        text: String,
    },
    Bookmark {
        title: String,
        link: String,
    },
    Post(Message),
    Update(Message),
    Say(Message),
    Reply(Message),
    ReplyInstead(Message),
    Whisper {
        to: String,
        message: Message,
    },
    Remove {
        name: String,
    },
    Pin {
        message: String,
    },
    React {
        message: String,
        emoji: String,
    },
    Upload {
        name: String,
        filename: String,
        bytes: usize,
    },
    Form {
        view: String,
        memo: String,
    },
    Next {
        view: String,
    },
    Timer {
        name: String,
        after: u32,
    },
    Cancel {
        name: String,
    },
    Due {
        name: String,
    },
    Call {
        method: String,
        arguments: String,
    },
    Fetch {
        url: String,
        header: (String, String),
    },
    Put {
        scope: String,
        key: String,
        value: String,
    },
    Get {
        scope: String,
        key: String,
    },
    Forget {
        scope: String,
        key: String,
    },
    Keys {
        scope: String,
        prefix: String,
    },
    Log {
        line: String,
    },
}

/// A message as a test writes it.
#[derive(Deserialize)]
pub(crate) struct Message {
    #[serde(default)]
    name: String,
    #[serde(default = "in_room")]
    place: String,
    text: String,
    blocks: Option<String>,
    more: Option<String>,
}

fn in_room() -> String {
    "room".to_owned()
}

impl Message {
    fn place(&self) -> Place {
        place(&self.place)
    }

    fn content(&self) -> Content {
        Content {
            text: self.text.clone(),
            blocks: self.blocks.clone(),
            more: self.more.clone(),
        }
    }
}

impl Act {
    /// What it came to: `null`, what was read, or the code of the refusal.
    pub(crate) fn done(self, event: &Event) -> Result<Value, Failure> {
        Ok(match self {
            Self::Refuse { sentence } => return Err(Failure::Refuse(sentence)),
            Self::Fields { field, sentence } => {
                return Err(Failure::Fields(vec![FieldError { field, sentence }]));
            }
            Self::Bug { why } => return Err(Failure::Bug(why)),
            Self::Panic { why } => panic!("{why}"),
            Self::Exit => std::process::exit(3),

            Self::ComputeForEver => bad::compute_for_ever(),
            Self::Eat => bad::eat(),
            Self::Flood { times, bytes } => bad::flood(times, bytes),
            Self::Shout { bytes } => bad::shout(bytes),
            Self::Sleep => bad::sleep(),
            Self::LookAround => bad::look_around(),
            Self::Search { needles } => bad::search(&needles),

            Self::Event => json!(format!("{event:?}")),
            Self::Facts => all_facts(),
            Self::Entries {
                kind: Some(kind),
                after,
                limit,
            } => {
                json!(format!("{:?}", facts::entries_of(&kind, after, limit)))
            }
            Self::Entries {
                kind: None,
                after,
                limit,
            } => {
                json!(format!("{:?}", facts::entries(after, limit)))
            }
            Self::Link { message } => json!(facts::link(&message)),
            Self::Wall { at } => {
                let wall = facts::wall(at);
                json!([
                    format!("{wall:?}"),
                    facts::moment(wall),
                    facts::zone_label(at)
                ])
            }

            Self::Append {
                kind,
                text,
                message,
                data,
            } => came(incident::append(&incident::NewEntry {
                kind,
                text,
                at: None,
                by: None,
                key: None,
                message,
                data,
            })),
            Self::Show { label, times } => {
                let line = incident::Line {
                    label,
                    value: "1".to_owned(),
                };
                came(incident::show(&vec![line; times]))
            }
            Self::Severity { severity } => came(incident::set_severity(severity.as_deref())),
            Self::Status { status } => came(incident::set_status(&status, "")),
            Self::Role { role, holder } => came(incident::set_role(&role, holder.as_deref())),
            Self::Title { title } => came(incident::set_title(&title)),
            Self::Open { name } => came(room::open(&name, false)),
            Self::Invite { people } => came(room::invite(&people)),
            Self::Topic { text } => came(room::topic(&text)),
            Self::Bookmark { title, link } => came(room::bookmark(&title, &link, None)),
            Self::Post(m) => came(messages::post(&m.name, &m.place(), &m.content())),
            Self::Update(m) => came(messages::update(&m.name, &m.content())),
            Self::Say(m) => came(messages::say(&m.place(), &m.content())),
            Self::Reply(m) => came(messages::reply(&m.content())),
            Self::ReplyInstead(m) => came(messages::reply_instead(&m.content())),
            Self::Whisper { to, message: m } => {
                came(messages::whisper(&to, &m.place(), &m.content()))
            }
            Self::Remove { name } => came(messages::remove(&name)),
            Self::Pin { message } => came(messages::pin(&message)),
            Self::React { message, emoji } => came(messages::react(&message, &emoji)),
            Self::Upload {
                name,
                filename,
                bytes,
            } => came(messages::upload(
                &name,
                &Place::Room,
                &messages::File {
                    filename,
                    title: "A file".to_owned(),
                    bytes: vec![b'x'; bytes],
                    comment: String::new(),
                },
            )),
            Self::Form { view, memo } => came(forms::open("form", &view, &memo)),
            Self::Next { view } => came(forms::next("form", &view, "")),
            Self::Timer { name, after } => came(timers::after(Scope::Incident, &name, after)),
            Self::Cancel { name } => came(timers::cancel(Scope::Incident, &name)),
            Self::Due { name } => json!(timers::due(Scope::Incident, &name)),
            Self::Call { method, arguments } => came(slack::call("key", &method, &arguments, true)),
            Self::Fetch {
                url,
                header: (name, value),
            } => came(http::fetch(
                "key",
                &http::Request {
                    method: "POST".to_owned(),
                    url,
                    headers: vec![Header { name, value }],
                    body: Some(b"{}".to_vec()),
                    timeout_seconds: 10,
                },
                true,
            )),
            Self::Put {
                scope: of,
                key,
                value,
            } => came(state::put(scope(&of), &key, &value)),
            Self::Get { scope: of, key } => json!(state::get(scope(&of), &key)),
            Self::Forget { scope: of, key } => {
                state::remove(scope(&of), &key);
                Value::Null
            }
            Self::Keys { scope: of, prefix } => json!(state::keys(scope(&of), &prefix, None, 10)),
            Self::Log { line } => {
                #[expect(clippy::print_stderr, reason = "it ends in the operator's log")]
                {
                    eprintln!("{line}");
                }
                log::write(log::Level::Info, &line);
                Value::Null
            }
        })
    }
}

fn all_facts() -> Value {
    json!({
        "now": facts::now(),
        "team": format!("{:?}", facts::this_team()),
        "steps": facts::steps(),
        "silent": facts::silent(),
        "open": format!("{:?}", facts::open_incidents("U1")),
        "severities": format!("{:?}", facts::severities()),
        "roles": format!("{:?}", facts::roles()),
        "products": format!("{:?}", facts::products()),
        "responders": facts::responders("payments", None),
        "also": facts::also_called(),
        "incident": format!("{:?}", facts::this_incident()),
        "person": format!("{:?}", facts::find_person("U1")),
    })
}

fn came(to: Result<(), Refusal>) -> Value {
    match to {
        Ok(()) => Value::Null,
        Err(refusal) => json!(format!("{:?} {}", refusal.kind, refusal.code)),
    }
}

fn place(text: &str) -> Place {
    match text.split_once(':') {
        Some(("thread", message)) => Place::Thread(message.to_owned()),
        _ if text == "room" => Place::Room,
        _ if text == "origin" => Place::Origin,
        _ if text.starts_with('U') => Place::Person(text.to_owned()),
        _ => Place::Channel(text.to_owned()),
    }
}

fn scope(text: &str) -> Scope {
    if text == "team" {
        Scope::Team
    } else {
        Scope::Incident
    }
}
