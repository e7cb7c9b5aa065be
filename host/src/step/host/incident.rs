//! Wishes that change the incident. Each is tried at once, by the rules that will apply it.

use super::check::{self, at_most, not_found, not_now, some, too_large};
use crate::{
    clock::Moment,
    effect::MessageRef,
    ids::MessageId,
    incident::{Change, Line, NewEntry, Refusal, Status},
    step::{
        bindings::iris::step::incident::{self as wit, Host},
        descriptor::short_name,
        grants::Permission::Incident,
        json::{self, malformed},
        running::{Answer, Running, Stop},
    },
};

impl Host for Running {
    async fn append(&mut self, entry: wit::NewEntry) -> Answer {
        let message = self.standing(entry.message.as_deref()).await?;
        self.wish(Incident, |call| {
            call.incident()?;
            call.may_cause()?;
            let entry = call.entry(entry, message)?;
            call.change(Change::Append { entry })
        })
    }

    fn show(&mut self, lines: Vec<wit::Line>) -> Answer {
        self.wish(Incident, |call| {
            call.incident()?;
            if lines.len() > 3 {
                return Err(too_large(
                    "lines",
                    "A step shows at most 3 lines.".to_owned(),
                ));
            }
            for line in &lines {
                at_most("A line's label", &line.label, 40)?;
                at_most("A line's value", &line.value, 200)?;
            }
            let lines = lines
                .into_iter()
                .map(|l| Line {
                    label: l.label,
                    value: l.value,
                })
                .collect();
            call.change(Change::Lines { lines })
        })
    }

    fn set_severity(&mut self, severity: Option<String>) -> Answer {
        self.wish(Incident, |call| {
            call.incident()?;
            call.may_cause()?;
            call.change(Change::Severity {
                severity,
                why: String::new(),
            })
        })
    }

    fn set_status(&mut self, status: String, note: String) -> Answer {
        self.wish(Incident, |call| {
            call.incident()?;
            call.may_cause()?;
            at_most("`note`", &note, 4_000)?;
            let status = Status::parse(&status).ok_or_else(|| {
                let sentence = format!("There is no status `{}`.", check::short(&status));
                not_found("unknown-status", sentence)
            })?;
            call.change(Change::Status { status, note })
        })
    }

    fn set_role(&mut self, role: String, holder: Option<String>) -> Answer {
        self.wish(Incident, |call| {
            call.incident()?;
            call.may_cause()?;
            let holder = holder.as_deref().map(check::user).transpose()?;
            call.change(Change::Role {
                role,
                holder,
                note: String::new(),
            })
        })
    }

    fn set_title(&mut self, title: String) -> Answer {
        self.wish(Incident, |call| {
            call.incident()?;
            call.may_cause()?;
            some("`title`", &title)?;
            at_most("`title`", &title, 200)?;
            call.change(Change::Title { title })
        })
    }
}

impl Running {
    /// Where a message is in Slack, if it is there.
    async fn standing(&mut self, message: Option<&str>) -> Result<Option<MessageId>, Stop> {
        let Some(Ok(message)) = message.map(|text| self.message(text)) else {
            return Ok(None);
        };
        Ok(match message {
            MessageRef::Seen(id) => Some(id),
            MessageRef::Named { owner, name } => {
                self.resource(&owner, &name).await?.map(|stands| stands.id)
            }
        })
    }

    fn entry(&self, new: wit::NewEntry, message: Option<MessageId>) -> Result<NewEntry, Refusal> {
        if !short_name(&new.kind, 32) {
            let why = "An entry's `kind` is 1 to 32 of `a-z 0-9 -`.";
            return Err(malformed("kind", why.to_owned()));
        }
        at_most("`text`", &new.text, 4_000)?;
        if let Some(key) = &new.key {
            check::key(key)?;
        }
        if let Some(text) = &new.message {
            self.message(text)?;
            if message.is_none() {
                return Err(not_now(
                    "not-sent",
                    "The message does not stand in Slack yet.",
                ));
            }
        }
        if let Some(data) = &new.data {
            if data.len() > 16 << 10 {
                return Err(too_large(
                    "data",
                    "`data` is larger than 16 KiB.".to_owned(),
                ));
            }
            json::object(data, "data-json")?;
        }
        Ok(NewEntry {
            kind: new.kind,
            text: new.text,
            at: new.at.map(Moment),
            by: new.by.as_deref().map(check::user).transpose()?,
            key: new.key,
            message,
            data: new
                .data
                .as_deref()
                .map(|data| json::shape(data, "data-json"))
                .transpose()?,
        })
    }
}
