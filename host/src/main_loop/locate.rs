//! Which incident an event belongs to.

use crate::{
    effect::view::Memo,
    event::{Event, What},
    ids::{Number, UserId},
    store::{Store, StoreError},
};

/// What is known of an event's place before it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In or about this incident.
    Incident(Number),
    /// Somebody did something that needs no incident.
    Team,
    /// It happened in a channel that is no room: nobody asked Iris to look.
    Elsewhere,
}

/// Finds the incident: by the form's memo, by the button's value, by the channel.
pub(crate) async fn locate(event: &Event, store: &dyn Store) -> Result<Place, StoreError> {
    let (channel, bound) = match &event.what {
        What::Command(command) => (Some(&command.channel), false),
        What::Pressed(pressed) => (pressed.channel.as_ref(), false),
        What::Mentioned(seen) => (Some(&seen.id.channel), false),
        What::Shortcut(shortcut) => (shortcut.message.as_ref().map(|m| &m.id.channel), false),
        What::Joined(presence) | What::Left(presence) => (Some(&presence.channel), true),
        What::Reacted(reacted) => (Some(&reacted.message.channel), true),
        What::Said(seen) | What::Edited(seen) => (Some(&seen.id.channel), true),
        What::Deleted { message } => (Some(&message.channel), true),
        What::ChannelRenamed { channel, .. }
        | What::ChannelArchived { channel, .. }
        | What::ChannelUnarchived { channel } => (Some(channel), true),
        What::Submitted(_) | What::FormClosed(_) | What::HomeOpened | What::MenuAsked(_) => {
            (None, false)
        }
        // By its key, before: `alerts.rs`.
        What::Alerted(_)
        | What::Declared(_)
        | What::RoomOpened { .. }
        | What::SeverityChanged { .. }
        | What::StatusChanged { .. }
        | What::RoleChanged { .. }
        | What::TitleChanged { .. }
        | What::EntryAdded { .. }
        | What::Timer { .. }
        | What::Answered { .. }
        | What::Invited { .. }
        | What::WishFailed(_)
        | What::Parked(_)
        | What::Settled(_)
        | What::Held { .. }
        | What::CaughtUp { .. }
        | What::Installed(_) => return Ok(known(event.incident)),
        What::Other { .. } => (None, true),
    };
    // What a form remembers is certain; then the room; a button's value counts where there is none,
    // and at last what somebody chose.
    let mut found = None;
    if let Some(number) = of_form(event) {
        found = store.incident(&event.team, number).await?.map(|i| i.number);
    } else if let Some(channel) = channel {
        found = store.incident_of_room(&event.team, channel).await?;
    }
    if found.is_none()
        && let Some(number) = of_button(event)
    {
        found = store.incident(&event.team, number).await?.map(|i| i.number);
    }
    if found.is_none()
        && let Some((number, by)) = of_choice(event)
    {
        let chosen = store.incident(&event.team, number).await?;
        found = chosen
            .filter(|incident| incident.people.contains(by))
            .map(|i| i.number);
    }
    Ok(match found {
        Some(number) => Place::Incident(number),
        None if bound => Place::Elsewhere,
        None => Place::Team,
    })
}

/// The incident that Iris wrote into the form.
fn of_form(event: &Event) -> Option<Number> {
    let view = if let What::Pressed(pressed) = &event.what {
        pressed.view.as_ref()?
    } else if let What::Submitted(submitted) = &event.what {
        &submitted.view
    } else if let What::FormClosed(closed) = &event.what {
        &closed.view
    } else {
        return None;
    };
    Memo::parse(&view.memo).incident
}

/// The incident that Iris wrote into the button: `42` or `42/argument`.
fn of_button(event: &Event) -> Option<Number> {
    let What::Pressed(pressed) = &event.what else {
        return None;
    };
    pressed.values.first()?.split('/').next()?.parse().ok()
}

/// The incident that somebody chose in a form which was opened outside of any.
fn of_choice(event: &Event) -> Option<(Number, &UserId)> {
    let What::Submitted(submitted) = &event.what else {
        return None;
    };
    let chosen = submitted.answers.iter().find(|a| a.field == "incident")?;
    Some((chosen.values.first()?.parse().ok()?, event.by.as_ref()?))
}

fn known(incident: Option<Number>) -> Place {
    incident.map_or(Place::Team, Place::Incident)
}
