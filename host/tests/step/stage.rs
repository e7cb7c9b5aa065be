//! A team with one incident, and a step that does what it is told.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, OnceLock},
};

use iris::{
    clock::{Moment, SystemClock},
    effect::Wish,
    event::{Event, SeenMessage, What},
    ids::{MessageId, Owner},
    incident::{Cause, Declaration, Incident, Room, declare},
    step::{Cache, Call, Engine, Facts, Fault, Grants, Limits, Outcome, Recorded, Source, Step},
    store::{Commit, Resource, SharedStore, sqlite::Sqlite},
    team::{Allow, Locale, Origin, Product, Role, Severity, StepUse, Team, When},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// 23 November 2026, 14:00 in Tokyo.
pub(crate) const NOW: Moment = Moment(1_795_410_000_000);

/// Where a test's calls happen.
pub(crate) struct Stage {
    pub(crate) step: Arc<Step>,
    pub(crate) store: SharedStore,
    _folder: TempDir,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        static GUEST: OnceCell<Arc<Step>> = OnceCell::const_new();
        let step = GUEST.get_or_init(async || {
            let engine = Engine::new(Limits::default()).unwrap();
            Arc::new(Step::load(&engine, &cache(), guest()).await.unwrap())
        });
        let step = step.await.clone();
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(SystemClock);
        let store: SharedStore =
            Arc::new(Sqlite::open(&folder.path().join("iris.db"), clock).unwrap());
        Self {
            step,
            store,
            _folder: folder,
        }
    }

    pub(crate) async fn call(&self, call: Call) -> Result<Outcome, Fault> {
        let ended = self.step.call(call, self.store.clone()).await?;
        Ok(ended.outcome)
    }

    /// Does as told, to the end.
    pub(crate) async fn done(&self, call: Call) -> Recorded {
        let outcome = self.call(call).await.unwrap();
        let Outcome::Done(recorded) = outcome else {
            panic!("{outcome:?}")
        };
        recorded
    }

    /// What each act came to.
    pub(crate) async fn came_to(&self, call: Call) -> Vec<Value> {
        came_to(&self.done(call).await)
    }

    pub(crate) async fn wishes(&self, call: Call) -> Vec<Wish> {
        self.done(call).await.wishes
    }

    /// The incident and the panel of its room, as an earlier commit left them.
    pub(crate) async fn declared(&self) {
        let cause = Cause {
            owner: &Owner::core(),
            by: Some(&"U1".into()),
            now: NOW,
        };
        let (_, changed) = declare(1, &Declaration::default(), cause);
        let commit = Commit {
            team: Some("T1".into()),
            incident: Some(incident()),
            entries: changed.entries,
            ..Commit::default()
        };
        self.store.commit(commit).await.unwrap();
    }
}

pub(crate) fn came_to(recorded: &Recorded) -> Vec<Value> {
    let write = recorded
        .writes
        .iter()
        .find(|write| write.key == "came-to")
        .unwrap();
    serde_json::from_str(write.json.as_ref().unwrap()).unwrap()
}

/// Somebody said something in the room, and the step does these acts about it.
pub(crate) fn said(acts: Value) -> Call {
    let message = SeenMessage {
        id: MessageId {
            channel: "C1".into(),
            ts: "1795410000.000100".to_owned(),
        },
        thread: None,
        author: Some("U1".into()),
        at: NOW,
        text: "it burns".to_owned(),
        files: vec![],
    };
    about(What::Said(message), acts)
}

/// `what` happened in the incident, and the step does these acts about it.
#[expect(
    clippy::needless_pass_by_value,
    reason = "tests write the acts in place"
)]
pub(crate) fn about(what: What, acts: Value) -> Call {
    let event = Event {
        id: "Ev1".to_owned(),
        team: "T1".into(),
        at: NOW,
        by: Some("U1".into()),
        incident: Some(1),
        chain: 0,
        lineage: None,
        what,
    };
    let messages = [("guest", "panel"), ("guide", "panel")];
    let messages = messages.map(|(owner, name)| (Owner::from(owner), name.to_owned()));
    let config = guest_settings(&acts);
    Call {
        event: Arc::new(event),
        facts: Facts {
            now: NOW,
            team: Arc::new(team()),
            incident: Some(Arc::new(incident())),
            steps: ["guide".to_owned(), "guest".to_owned()].into(),
            silent: ["status-page".to_owned()].into(),
            messages: Arc::new(messages.into()),
            room_wished: false,
            reacted: None,
            workspace: Some("https://acme.slack.com/".into()),
        },
        config,
        grants: Arc::new(granted()),
        typed: None,
    }
}

/// The same outside of any incident.
pub(crate) fn outside(mut call: Call) -> Call {
    Arc::make_mut(&mut call.event).incident = None;
    call.facts.incident = None;
    call
}

fn guest_settings(acts: &Value) -> Arc<str> {
    json!({ "acts": acts, "tone": "calm" }).to_string().into()
}

pub(crate) fn granted() -> Grants {
    static GRANTED: OnceLock<Grants> = OnceLock::new();
    let all = ["incident", "room", "messages", "forms", "timers"].map(str::to_owned);
    GRANTED
        .get_or_init(|| {
            let allow = Allow {
                wishes: all.into(),
                slack: ["users.info".to_owned()].into(),
                http: ["api.statuspage.example".to_owned()].into(),
                secrets: ["STATUSPAGE_TOKEN".to_owned()].into(),
            };
            Grants::of(&descriptor(), &allow, false).unwrap()
        })
        .clone()
}

pub(crate) fn descriptor() -> iris::step::Descriptor {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    iris::step::Descriptor {
        name: "guest".to_owned(),
        version: "1.0.0".to_owned(),
        sentence: "Does as told".to_owned(),
        events: names(&["declared", "said"]),
        words: vec![],
        shortcuts: vec![],
        fields: vec![],
        capabilities: iris::step::Permission::ALL.into(),
        slack_methods: names(&["users.info"]),
        http_hosts: names(&["api.statuspage.example"]),
        settings: json!({}),
    }
}

pub(crate) fn incident() -> Incident {
    let wish = Declaration {
        title: "Checkout fails".to_owned(),
        product: Some("payments".to_owned()),
        severity: Some("sev1".to_owned()),
        origin: Some("C0".into()),
        also: vec!["U9".into()],
        ..Declaration::default()
    };
    let cause = Cause {
        owner: &Owner::core(),
        by: Some(&"U1".into()),
        now: NOW,
    };
    let (mut incident, _) = declare(1, &wish, cause);
    incident.room = Some(Room {
        channel: "C1".into(),
        name: "inc-1".to_owned(),
    });
    incident
}

pub(crate) fn team() -> Team {
    let step = |name: &str| StepUse {
        name: name.to_owned(),
        origin: Origin::file(name),
        digest: None,
        when: When::default(),
        allow: Allow::default(),
        config: json!({}),
    };
    let severity = |id: &str| Severity {
        id: id.to_owned(),
        label: id.to_uppercase(),
        meaning: "Customers cannot pay".to_owned(),
    };
    Team {
        name: "Acme".to_owned(),
        locale: Locale::En,
        zone: "Asia/Tokyo".to_owned(),
        command: "/incident".to_owned(),
        severities: vec![severity("sev1"), severity("sev2")],
        roles: vec![Role {
            id: "commander".to_owned(),
            label: "Incident commander".to_owned(),
            duties: "Decides".to_owned(),
        }],
        products: vec![Product {
            id: "payments".to_owned(),
            name: "Payments".to_owned(),
            table: None,
            responders: [("sev1".to_owned(), vec!["@payments-oncall".to_owned()])].into(),
        }],
        steps: vec![step("guide"), step("guest")],
        hooks: vec![],
        shared_channels: false,
    }
}

/// The step's panel, as it stands in Slack.
pub(crate) fn panel_in(channel: &str) -> Resource {
    Resource {
        team: "T1".into(),
        incident: Some(1),
        owner: "guest".into(),
        name: "panel".to_owned(),
        id: MessageId {
            channel: channel.into(),
            ts: "1795410000.000200".to_owned(),
        },
        permalink: None,
    }
}

/// Compiled steps outlive the tests: only the first run compiles.
pub(crate) fn cache() -> Cache {
    Cache::new(Some(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled-steps"),
    ))
}

pub(crate) fn guest() -> Source {
    static BYTES: OnceLock<Arc<[u8]>> = OnceLock::new();
    let bytes = BYTES
        .get_or_init(|| std::fs::read(build()).unwrap().into())
        .clone();
    Source {
        name: "guest".to_owned(),
        bytes,
        standard: false,
    }
}

/// Builds the guest beside the standard steps, with what they share.
fn build() -> PathBuf {
    let target = steps_build();
    let built = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "build",
            "--quiet",
            "--profile",
            "step",
            "--package",
            "iris-guest",
        ])
        .args(["--target", "wasm32-wasip2", "--target-dir"])
        .arg(&target)
        .status()
        .unwrap();
    assert!(
        built.success(),
        "the guest was not built: is the target wasm32-wasip2 installed?"
    );
    self::built("iris_guest.wasm")
}

/// A component as it was built.
pub(crate) fn built(file: &str) -> PathBuf {
    steps_build().join("wasm32-wasip2/step").join(file)
}

fn steps_build() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("steps-build")
}
