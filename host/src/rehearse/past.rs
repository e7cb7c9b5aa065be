//! A past incident, told again to a step: what it would wish now, and nothing of it done.

use std::sync::Arc;

use super::{Stage, Unplayable, happened};
use crate::{
    clock::Moment,
    decide::{
        Reach, StepOffer, WordOffer,
        line::{self, Line},
        vocabulary::Word,
    },
    effect::Wish,
    event::{Command, Event, What},
    ids::{Owner, TeamId},
    incident::{Assignment, Entry, Incident, Milestone, Room, Status},
    step::{Recorded, Step, Typed},
    store::{Commit, Handled, Person},
    team::{Locale, Team},
};

/// What the store knows of an incident.
pub struct Past {
    pub id: TeamId,
    pub team: Team,
    /// As it is now.
    pub incident: Incident,
    /// Everything that happened in it, oldest first.
    pub handled: Vec<Handled>,
    pub entries: Vec<Entry>,
    pub people: Vec<Person>,
}

impl Past {
    /// Tells the step of every event that concerns it, and writes down what it wishes. It remembers
    /// what this version would have; what it would change in the incident is not followed, since
    /// what did change is told anyway.
    pub async fn tell(
        &self,
        step: &Arc<Step>,
        config: serde_json::Value,
    ) -> Result<String, Unplayable> {
        let mut stage = Stage::empty(step.clone(), self.id.clone(), self.team.clone())?;
        stage.config = config;
        stage.page.in_full();
        stage
            .store
            .put_people(&self.id, self.people.clone())
            .await?;
        stage.incident = Some(self.beginning());
        let mut entries = self.entries.iter().peekable();
        for one in &self.handled {
            let event = &one.event;
            let mut new = vec![];
            while let Some(entry) = entries.next_if(|entry| entry.at <= event.at) {
                new.push(entry.clone());
            }
            if let Some(incident) = &mut stage.incident {
                turn(incident, event);
            }
            let commit = Commit {
                entries: new,
                ..Commit::default()
            };
            stage.keep(commit).await?;
            stage.now = stage.now.max(one.accepted);
            let typed = self.typed(step, one);
            if typed.is_some() || step.concerns(event) {
                let by = event.by.as_ref().map(ToString::to_string);
                let by = by.unwrap_or_else(|| "Iris".to_owned());
                let caption = format!("{by} {}", happened(&event.what));
                if let Some(recorded) = stage.ask(&caption, event.clone(), typed).await? {
                    stage.remember(recorded).await?;
                }
            }
        }
        Ok(format!("{}\n", stage.page.text().trim()))
    }

    /// The incident before anything came of it: what changed later says what was before.
    fn beginning(&self) -> Incident {
        let mut first = self.incident.clone();
        first.status = Status::Declared;
        first.times.truncate(1);
        first.roles.clear();
        first.room = None;
        first.lines.clear();
        first.latest = None;
        first.people = first.declarer().cloned().into_iter().collect();
        for one in self.handled.iter().rev() {
            if let What::SeverityChanged { was, .. } = &one.event.what {
                first.severity.clone_from(was);
            } else if let What::TitleChanged { was, .. } = &one.event.what {
                first.title.clone_from(was);
            }
        }
        first
    }

    /// The step's word, if the line was for this step then, or is one of its words now.
    fn typed(&self, step: &Step, one: &Handled) -> Option<Typed> {
        let What::Command(Command { text, .. }) = &one.event.what else {
            return None;
        };
        let offer = offer(step, self.team.locale);
        let offers = [offer];
        let Line::Word(Word::Step(_, word), rest) = line::parse(text, &offers) else {
            return None;
        };
        Some(Typed {
            word: word.word.clone(),
            rest: rest.to_owned(),
        })
    }
}

impl Stage {
    /// State and the names of messages, of a call that is not followed.
    async fn remember(&mut self, recorded: Recorded) -> Result<(), Unplayable> {
        let me = self.me();
        for wish in &recorded.wishes {
            if let Wish::Post { name, .. } | Wish::Upload { name, .. } = wish {
                self.messages.push((me.clone(), name.clone()));
            }
        }
        self.keep(Commit {
            writes: recorded.writes,
            ..Commit::default()
        })
        .await
    }
}

/// What the event says of the incident.
fn turn(incident: &mut Incident, event: &Event) {
    let at: Moment = event.at;
    if let What::RoomOpened { channel, name } = &event.what {
        incident.room = Some(Room {
            channel: channel.clone(),
            name: name.clone(),
        });
    } else if let What::SeverityChanged { now, .. } = &event.what {
        incident.severity.clone_from(now);
    } else if let What::TitleChanged { now, .. } = &event.what {
        incident.title.clone_from(now);
    } else if let What::StatusChanged { now, .. } = &event.what {
        incident.status = *now;
        incident.times.push(Milestone { status: *now, at });
    } else if let What::RoleChanged { role, now, .. } = &event.what {
        match now {
            Some(user) => {
                let held = Assignment {
                    user: user.clone(),
                    since: at,
                };
                incident.roles.insert(role.clone(), held);
            }
            None => drop(incident.roles.remove(role)),
        }
    } else if let What::Joined(presence) = &event.what {
        incident.people.insert(presence.user.clone());
    } else if let What::Invited { came, .. } = &event.what {
        incident.people.extend(came.iter().cloned());
    }
}

fn offer(step: &Step, locale: Locale) -> StepOffer {
    let words = step.descriptor(locale).words.iter().map(|word| WordOffer {
        word: word.word.clone(),
        usage: word.usage.clone(),
        help: word.help.clone(),
        reach: Reach::Anywhere,
    });
    StepOffer {
        name: Owner::from(step.name().as_str()),
        words: words.collect(),
        fields: vec![],
        applies: true,
    }
}
