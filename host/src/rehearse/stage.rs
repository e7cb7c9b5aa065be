//! A team with one incident and one step: what happens is told to the step, what it wishes is
//! written down, and its changes and state stay for what happens next.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{AYA, KEN, Page, Unplayable, YUI, acts, caused, situation, team, title};
use crate::{
    clock::{Moment, SystemClock},
    event::{Command, Event, Reply, SeenMessage, What},
    ids::{Number, Owner, TeamId, UserId},
    incident::{Cause, Change, Declaration, Incident, NewEntry, Room, declare},
    step::{Call, Facts, Grants, Outcome, Recorded, Step, Typed},
    store::{Commit, Person, SharedStore, sqlite::Sqlite},
    team::{Allow, Locale, Team},
};

/// 1 December 2026, a Tuesday, 14:05 in Tokyo.
const NOW: Moment = Moment(1_796_101_500_000);

const TEAM: &str = "T1";

/// What the step is told of, and where what it says is written.
pub struct Stage {
    pub team: Team,
    pub incident: Option<Incident>,
    /// The step's settings.
    pub config: Value,
    /// Hosts and secrets that the team's line allows; all else that the step asks for it has.
    pub http: BTreeSet<String>,
    pub secrets: BTreeSet<String>,
    pub now: Moment,
    pub page: Page,
    /// What a reaction is put on.
    pub reacted: Option<SeenMessage>,
    /// Whose the step's state is.
    pub(super) id: TeamId,
    pub(super) step: Arc<Step>,
    pub(super) store: SharedStore,
    pub(super) messages: Vec<(Owner, String)>,
    events: u32,
    _folder: TempDir,
}

impl Stage {
    /// The company Acme, where Aya has declared that customers cannot pay.
    pub async fn new(step: Arc<Step>, locale: Locale) -> Result<Self, Unplayable> {
        let mut stage = Self::empty(step, TEAM.into(), team(locale))?;
        for (id, name) in [(AYA, "Aya Sato"), (KEN, "Ken Mori"), (YUI, "Yui Tanaka")] {
            stage.knows(id, name, false).await?;
        }
        let declaration = Declaration {
            title: title(locale).to_owned(),
            situation: situation(locale).to_owned(),
            product: Some("payments".to_owned()),
            severity: Some("sev1".to_owned()),
            origin: Some("C0OPS".into()),
            ..Declaration::default()
        };
        stage.declare(declaration).await?;
        Ok(stage)
    }

    /// A team to which nothing has happened.
    pub(super) fn empty(step: Arc<Step>, id: TeamId, team: Team) -> Result<Self, Unplayable> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("iris.db");
        let store: SharedStore = Arc::new(Sqlite::open(&file, Arc::new(SystemClock))?);
        let asked = step.descriptor(Locale::En);
        let named = |host: &&String| *host != "*";
        Ok(Self {
            http: asked.http_hosts.iter().filter(named).cloned().collect(),
            secrets: BTreeSet::new(),
            page: Page::new(team.locale),
            team,
            incident: None,
            config: json!({}),
            now: NOW,
            reacted: None,
            id,
            step,
            store,
            messages: vec![],
            events: 0,
            _folder: folder,
        })
    }

    /// Another incident than the usual one.
    pub async fn declare(&mut self, declaration: Declaration) -> Result<(), Unplayable> {
        let number = self.incident.as_ref().map_or(42, |last| last.number + 1);
        let by = UserId::from(AYA);
        let cause = Cause {
            owner: &Owner::core(),
            by: Some(&by),
            now: self.now,
        };
        let (mut incident, changed) = declare(number, &declaration, cause);
        incident.people = [AYA.into()].into();
        self.incident = Some(incident);
        self.keep(Commit {
            entries: changed.entries,
            ..Commit::default()
        })
        .await
    }

    /// The room stands, without that the step is told.
    pub fn room(&mut self) {
        if let Some(incident) = &mut self.incident {
            incident.room = Some(Room {
                channel: "C0ROOM".into(),
                name: "inc-20261201-payments".to_owned(),
            });
        }
    }

    /// The room opens, and the step is told.
    pub async fn opens_room(&mut self) -> Result<(), Unplayable> {
        self.room();
        let room = self.incident.as_ref().and_then(|i| i.room.clone());
        let Room { channel, name } = room.ok_or(Unplayable::NoIncident)?;
        let what = What::RoomOpened { channel, name };
        self.tell("the room opens", None, what).await
    }

    /// A person whom Iris has met.
    pub async fn knows(
        &mut self,
        id: &str,
        name: &str,
        deactivated: bool,
    ) -> Result<(), Unplayable> {
        let person = Person {
            id: id.into(),
            name: name.to_owned(),
            email: None,
            zone: None,
            deactivated,
            bot: false,
            seen: self.now,
        };
        let kept = self.store.put_people(&self.id, vec![person]).await;
        Ok(kept?)
    }

    /// This step, as events name it.
    pub fn me(&self) -> Owner {
        self.step.name().clone()
    }

    pub fn later(&mut self, time: Duration) {
        self.now = self.now.plus(time);
    }

    /// Time passes, and the step's timers that are due fire, one after the other.
    pub async fn pass(&mut self, time: Duration) -> Result<(), Unplayable> {
        let until = self.now.plus(time);
        while let Some(due) = self.store.next_timer().await?.filter(|due| *due <= until) {
            self.now = self.now.max(due);
            for event in self.store.fire(due).await? {
                if let What::Timer { name, .. } = &event.what {
                    let caption = format!("the timer {name} fires");
                    self.about(event.incident, &caption, event.what).await?;
                }
            }
        }
        self.now = until;
        Ok(())
    }

    /// Tells the step what happened, and writes down what it says.
    pub async fn tell(
        &mut self,
        caption: &str,
        by: Option<&str>,
        what: What,
    ) -> Result<(), Unplayable> {
        self.call(caption, by, what, None).await
    }

    /// Somebody types one of the step's words.
    pub async fn types(&mut self, by: &str, word: &str, rest: &str) -> Result<(), Unplayable> {
        let what = What::Command(Command {
            text: format!("{word} {rest}"),
            channel: "C0ROOM".into(),
            channel_name: "inc-20261201-payments".to_owned(),
            reply: Reply::default(),
        });
        let typed = Typed {
            word: word.to_owned(),
            rest: rest.to_owned(),
        };
        let caption = format!("{by} types: {word} {rest}");
        self.call(caption.trim_end(), Some(by), what, Some(typed))
            .await
    }

    /// Changes the incident as the core does, and tells the step what that causes.
    pub async fn change(&mut self, by: &str, change: Change) -> Result<(), Unplayable> {
        let owner = Owner::core();
        let events = self.apply(&owner, Some(by), change).await?;
        for what in events {
            self.follows(Some(by), what).await?;
        }
        Ok(())
    }

    /// Something that another step or the core wrote down.
    pub async fn entry(
        &mut self,
        by: &str,
        kind: &str,
        text: &str,
        data: Value,
    ) -> Result<(), Unplayable> {
        let entry = NewEntry {
            kind: kind.to_owned(),
            text: text.to_owned(),
            data: Some(data),
            ..NewEntry::default()
        };
        self.change(by, Change::Append { entry }).await
    }

    /// A timer of this step fires now.
    pub async fn timer(&mut self, name: &str) -> Result<(), Unplayable> {
        let what = What::Timer {
            owner: self.me(),
            name: name.to_owned(),
            due: self.now,
        };
        let caption = format!("the timer {name} fires");
        self.tell(&caption, None, what).await
    }

    /// The same of a timer that is the team's.
    pub async fn team_timer(&mut self, name: &str) -> Result<(), Unplayable> {
        let incident = self.incident.take();
        let told = self.timer(name).await;
        self.incident = incident;
        told
    }

    /// Tells the step what happened to the incident, or to the team alone.
    async fn about(
        &mut self,
        incident: Option<Number>,
        caption: &str,
        what: What,
    ) -> Result<(), Unplayable> {
        let here = self.incident.as_ref().map(|incident| incident.number);
        if here == incident {
            return self.tell(caption, None, what).await;
        }
        let aside = self.incident.take();
        let told = self.tell(caption, None, what).await;
        self.incident = aside;
        told
    }

    /// What a change causes, told to the step if it asks for such events.
    async fn follows(&mut self, by: Option<&str>, what: What) -> Result<(), Unplayable> {
        let event = self.event(by, what);
        if self.step.concerns(&event) {
            let caption = caused(&event.what);
            self.tell(&caption, by, event.what).await?;
        }
        Ok(())
    }

    async fn call(
        &mut self,
        caption: &str,
        by: Option<&str>,
        what: What,
        typed: Option<Typed>,
    ) -> Result<(), Unplayable> {
        let event = self.event(by, what);
        if typed.is_none() && !self.step.concerns(&event) {
            return Err(Unplayable::NotTold {
                step: self.step.name().to_string(),
                what: caption.to_owned(),
            });
        }
        if let Some(recorded) = self.ask(caption, event, typed).await? {
            for what in self.take(by, recorded).await? {
                Box::pin(self.follows(by, what)).await?;
            }
        }
        Ok(())
    }

    /// One call, written down. `None`: nothing of it is done.
    pub(super) async fn ask(
        &mut self,
        caption: &str,
        event: Event,
        typed: Option<Typed>,
    ) -> Result<Option<Recorded>, Unplayable> {
        self.page.happened(caption);
        let config = self.step.settings().check(&self.config);
        let call = Call {
            facts: self.facts(&event),
            event: Arc::new(event),
            config: config.map_err(Unplayable::Config)?,
            grants: Arc::new(self.grants()?),
            typed,
        };
        let ended = match self.step.call(call, self.store.clone()).await {
            Ok(ended) => ended,
            Err(fault) => {
                self.page.fault(&fault);
                return Ok(None);
            }
        };
        self.page.outcome(&ended.outcome);
        Ok(match ended.outcome {
            Outcome::Done(recorded) => Some(recorded),
            Outcome::Refused(_) | Outcome::Fields(_) | Outcome::Bug(_) => None,
        })
    }

    fn event(&mut self, by: Option<&str>, what: What) -> Event {
        self.events += 1;
        Event {
            id: format!("Ev{}", self.events),
            team: self.id.clone(),
            at: self.now,
            by: by.map(UserId::from),
            incident: self.incident.as_ref().map(|incident| incident.number),
            chain: 0,
            lineage: None,
            what,
        }
    }

    fn facts(&self, event: &Event) -> Facts {
        let reacted = if let What::Reacted(reacted) = &event.what {
            let default = || acts::pinned(&reacted.message.ts);
            Some(Arc::new(self.reacted.clone().unwrap_or_else(default)))
        } else {
            None
        };
        Facts {
            silent: Arc::default(),
            now: self.now,
            team: Arc::new(self.team.clone()),
            incident: self.incident.clone().map(Arc::new),
            steps: self.team.steps.iter().map(|s| s.name.clone()).collect(),
            messages: Arc::new(self.messages.iter().cloned().collect()),
            room_wished: false,
            reacted,
            workspace: Some("https://acme.slack.com/".into()),
        }
    }

    /// A team's line that allows all that the step asks for.
    fn grants(&self) -> Result<Grants, Unplayable> {
        let asked = self.step.descriptor(Locale::En);
        let kinds = asked.capabilities.iter();
        let allow = Allow {
            wishes: kinds.map(|kind| kind.as_str().to_owned()).collect(),
            slack: asked.slack_methods.clone(),
            http: self.http.clone(),
            secrets: self.secrets.clone(),
        };
        Ok(Grants::of(asked, &allow, self.step.standard())?)
    }
}
