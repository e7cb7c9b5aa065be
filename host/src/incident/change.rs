//! The changes an incident can go through, and what each of them causes.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Assignment, Entry, Incident, Latest, Line, Milestone, NewEntry, Refusal, RefusalKind, Room,
    Status,
};
use crate::{
    clock::Moment,
    event::{Missing, What},
    ids::{ChannelId, Owner, UserId},
    team::Team,
};

/// A change that somebody wishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    Append {
        entry: NewEntry,
    },
    Severity {
        severity: Option<String>,
        why: String,
    },
    Status {
        status: Status,
        note: String,
    },
    Role {
        role: String,
        holder: Option<UserId>,
        note: String,
    },
    Title {
        title: String,
    },
    Lines {
        lines: Vec<Line>,
    },
    // What Slack tells.
    RoomOpened {
        channel: ChannelId,
        name: String,
    },
    RoomRenamed {
        name: String,
    },
    Joined {
        user: UserId,
        inviter: Option<UserId>,
    },
    Left {
        user: UserId,
    },
    Called {
        came: Vec<UserId>,
        missing: Vec<Missing>,
    },
}

/// What a change comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// To be written, numbered.
    pub entries: Vec<Entry>,
    /// What steps are told.
    pub events: Vec<What>,
}

/// Who asks for a change, and when.
#[derive(Clone, Copy, Debug)]
pub struct Cause<'a> {
    pub owner: &'a Owner,
    pub by: Option<&'a UserId>,
    pub now: Moment,
}

/// Changes the incident. What is so already changes nothing and is no refusal.
pub fn apply(
    incident: &mut Incident,
    change: Change,
    cause: Cause<'_>,
    team: &Team,
) -> Result<Changed, Refusal> {
    let mut changed = Changed::default();
    let out = &mut changed;
    match change {
        Change::Append { entry } => append(incident, cause, entry, out),
        Change::Severity { severity, why } => {
            set_severity(incident, cause, team, severity, why, out)?;
        }
        Change::Status { status, note } => set_status(incident, cause, status, note, out)?,
        Change::Role { role, holder, note } => {
            set_role(incident, cause, team, role, holder, &note, out)?;
        }
        Change::Title { title } if title != incident.title => {
            let was = std::mem::replace(&mut incident.title, title.clone());
            write(incident, cause, "title", &title, json!({ "was": was }), out);
            out.events.push(What::TitleChanged { was, now: title });
        }
        Change::Title { .. } => {}
        Change::Lines { lines } => {
            incident.lines.insert(cause.owner.clone(), lines);
        }
        Change::RoomOpened { channel, name } => {
            incident.room = Some(Room {
                channel: channel.clone(),
                name: name.clone(),
            });
            write(
                incident,
                cause,
                "room",
                &name,
                json!({ "channel": channel, "name": name }),
                out,
            );
        }
        Change::RoomRenamed { name } => {
            if let Some(room) = incident.room.as_mut().filter(|room| room.name != name) {
                room.name.clone_from(&name);
                let data = json!({ "channel": room.channel, "name": name, "renamed": true });
                write(incident, cause, "room", &name, data, out);
            }
        }
        Change::Joined { user, inviter } => {
            if incident.people.insert(user.clone()) {
                let how = if inviter.is_some() {
                    "invited"
                } else {
                    "joined"
                };
                write(
                    incident,
                    cause,
                    "person",
                    "",
                    json!({ "user": user, "how": how }),
                    out,
                );
            }
        }
        Change::Left { user } => {
            if incident.people.remove(&user) {
                write(
                    incident,
                    cause,
                    "person",
                    "",
                    json!({ "user": user, "how": "left" }),
                    out,
                );
            }
        }
        Change::Called { came, missing } => called(incident, cause, &came, &missing, out),
    }
    Ok(changed)
}

fn append(incident: &mut Incident, cause: Cause<'_>, new: NewEntry, out: &mut Changed) {
    incident.entries += 1;
    let entry = Entry {
        seq: incident.entries,
        at: new.at.unwrap_or(cause.now),
        kind: new.kind,
        owner: cause.owner.clone(),
        by: new.by.or_else(|| cause.by.cloned()),
        text: new.text,
        data: new.data,
        message: new.message,
        key: new.key,
    };
    if entry.kind == "update" {
        let latest = Latest {
            at: entry.at,
            by: entry.by.clone(),
            text: entry.text.clone(),
        };
        incident.latest = Some(latest);
    }
    out.entries.push(entry.clone());
    out.events.push(What::EntryAdded {
        entry: Box::new(entry),
    });
}

fn set_severity(
    incident: &mut Incident,
    cause: Cause<'_>,
    team: &Team,
    severity: Option<String>,
    why: String,
    out: &mut Changed,
) -> Result<(), Refusal> {
    if let Some(id) = severity.as_deref().filter(|id| team.severity(id).is_none()) {
        let sentence = format!("The team's file has no severity `{id}`.");
        return Err(Refusal::new(
            RefusalKind::NotFound,
            "unknown-severity",
            sentence,
        ));
    }
    if severity == incident.severity {
        return Ok(());
    }
    let was = std::mem::replace(&mut incident.severity, severity.clone());
    write(
        incident,
        cause,
        "severity",
        &why,
        json!({ "was": was, "now": severity }),
        out,
    );
    out.events.push(What::SeverityChanged {
        was,
        now: severity,
        why,
    });
    Ok(())
}

fn set_status(
    incident: &mut Incident,
    cause: Cause<'_>,
    status: Status,
    note: String,
    out: &mut Changed,
) -> Result<(), Refusal> {
    let was = incident.status;
    if was == status {
        return Ok(());
    }
    if !was.leads_to(status) {
        let sentence = format!("`{}` does not lead to `{}`.", was.as_str(), status.as_str());
        return Err(Refusal::new(
            RefusalKind::Conflict,
            "status-order",
            sentence,
        ));
    }
    incident.status = status;
    incident.times.push(Milestone {
        status,
        at: cause.now,
    });
    write(
        incident,
        cause,
        "status",
        &note,
        json!({ "was": was, "now": status }),
        out,
    );
    out.events.push(What::StatusChanged {
        was,
        now: status,
        note,
    });
    Ok(())
}

fn set_role(
    incident: &mut Incident,
    cause: Cause<'_>,
    team: &Team,
    role: String,
    holder: Option<UserId>,
    note: &str,
    out: &mut Changed,
) -> Result<(), Refusal> {
    if team.role(&role).is_none() {
        let sentence = format!("The team's file has no role `{role}`.");
        return Err(Refusal::new(
            RefusalKind::NotFound,
            "unknown-role",
            sentence,
        ));
    }
    let was = incident.roles.get(&role).map(|held| held.user.clone());
    if was == holder {
        return Ok(());
    }
    match &holder {
        Some(user) => {
            let held = Assignment {
                user: user.clone(),
                since: cause.now,
            };
            incident.roles.insert(role.clone(), held);
        }
        None => {
            incident.roles.remove(&role);
        }
    }
    let data = json!({ "role": role, "was": was, "now": holder });
    write(incident, cause, "role", note, data, out);
    out.events.push(What::RoleChanged {
        role,
        was,
        now: holder,
    });
    Ok(())
}

fn called(
    incident: &mut Incident,
    cause: Cause<'_>,
    came: &[UserId],
    missing: &[Missing],
    out: &mut Changed,
) {
    incident.people.extend(came.iter().cloned());
    let others: Vec<_> = came
        .iter()
        .filter(|user| **user != incident.declared_by)
        .collect();
    if !others.is_empty() {
        write(
            incident,
            cause,
            "called",
            "",
            json!({ "people": others }),
            out,
        );
    }
    if !missing.is_empty() {
        write(
            incident,
            cause,
            "not-called",
            "",
            json!({ "missing": missing }),
            out,
        );
    }
}

/// An entry of the core's own.
pub(super) fn write(
    incident: &mut Incident,
    cause: Cause<'_>,
    kind: &str,
    text: &str,
    data: Value,
    out: &mut Changed,
) {
    let new = NewEntry {
        kind: kind.to_owned(),
        text: text.to_owned(),
        data: Some(data),
        ..NewEntry::default()
    };
    let core = Owner::core();
    append(
        incident,
        Cause {
            owner: &core,
            ..cause
        },
        new,
        out,
    );
}
