//! Which events a step is handed. Commands are routed by their word, elsewhere.

use super::{descriptor::Descriptor, load::Step};
use crate::{
    event::{Event, What},
    ids::Owner,
};

impl Step {
    /// Whether the step is to be called with this event: because it is addressed to it, or because
    /// its description asks for such events. Never for commands.
    pub fn concerns(&self, event: &Event) -> bool {
        concerns(
            &self.owner,
            self.descriptor(crate::team::Locale::En),
            &event.what,
        )
    }
}

fn concerns(me: &Owner, descriptor: &Descriptor, what: &What) -> bool {
    match what {
        // Always, if addressed to the step.
        What::Pressed(pressed) => own(&pressed.action, me).is_some(),
        What::Submitted(submitted) => own(&submitted.view.callback, me).is_some(),
        What::Shortcut(shortcut) => own(&shortcut.callback, me).is_some(),
        What::Timer { owner, .. } | What::Answered { owner, .. } => owner == me,
        // What came of its own wishes, if it asks.
        What::Invited { owner, .. } => owner == me && descriptor.events.contains("invited"),
        What::WishFailed(failed) => {
            failed.owner == *me && descriptor.events.contains("wish-failed")
        }
        What::Other { name, .. } => descriptor.events.contains(name),
        What::Parked(_) | What::Settled(_) => false,
        What::Command(_)
        | What::Alerted(_)
        | What::FormClosed(_)
        | What::Mentioned(_)
        | What::HomeOpened
        | What::MenuAsked(_)
        | What::Joined(_)
        | What::Left(_)
        | What::Reacted(_)
        | What::Said(_)
        | What::Edited(_)
        | What::Deleted { .. }
        | What::ChannelRenamed { .. }
        | What::ChannelArchived { .. }
        | What::ChannelUnarchived { .. }
        | What::Held { .. }
        | What::CaughtUp { .. }
        | What::Installed(_)
        | What::Declared(_)
        | What::RoomOpened { .. }
        | What::SeverityChanged { .. }
        | What::StatusChanged { .. }
        | What::RoleChanged { .. }
        | What::TitleChanged { .. }
        | What::EntryAdded { .. } => {
            case(what).is_some_and(|name| descriptor.events.contains(name))
        }
    }
}

/// What stands after `step:` when the rest is this step's.
pub(super) fn own<'a>(text: &'a str, me: &Owner) -> Option<&'a str> {
    text.strip_prefix(me.as_str())?.strip_prefix(':')
}

/// What a step asks for to be handed this. `None` for what is the core's alone, and for what is
/// addressed to one step.
fn case(what: &What) -> Option<&'static str> {
    match what {
        What::Declared(_) => Some("declared"),
        What::RoomOpened { .. } => Some("room-opened"),
        What::Joined(_) => Some("joined"),
        What::Left(_) => Some("left"),
        What::SeverityChanged { .. } => Some("severity-changed"),
        What::StatusChanged { .. } => Some("status-changed"),
        What::RoleChanged { .. } => Some("role-changed"),
        What::EntryAdded { .. } => Some("entry-added"),
        What::Reacted(_) => Some("reacted"),
        What::Said(_) => Some("said"),
        What::Edited(_) => Some("edited"),
        What::Deleted { .. } => Some("deleted"),
        What::TitleChanged { .. } => Some(TITLE_CHANGED),
        What::Command(_)
        | What::Alerted(_)
        | What::Pressed(_)
        | What::Submitted(_)
        | What::FormClosed(_)
        | What::Shortcut(_)
        | What::Mentioned(_)
        | What::HomeOpened
        | What::MenuAsked(_)
        | What::ChannelRenamed { .. }
        | What::ChannelArchived { .. }
        | What::ChannelUnarchived { .. }
        | What::Held { .. }
        | What::CaughtUp { .. }
        | What::Installed(_)
        | What::Timer { .. }
        | What::Answered { .. }
        | What::Invited { .. }
        | What::WishFailed(_)
        | What::Parked(_)
        | What::Settled(_)
        | What::Other { .. } => None,
    }
}

/// Whether there is such an event, for a step that asks for it by a wrong name.
pub(super) fn is_known(name: &str) -> bool {
    const NAMES: [&str; 20] = [
        "declared",
        "room-opened",
        "joined",
        "left",
        "severity-changed",
        "status-changed",
        "role-changed",
        "entry-added",
        "command",
        "pressed",
        "submitted",
        "shortcut",
        "reacted",
        "said",
        "edited",
        "deleted",
        "timer",
        "answered",
        "invited",
        "wish-failed",
    ];
    NAMES.contains(&name) || name == TITLE_CHANGED
}

/// A kind of `other`: the contract has no case for it.
pub(super) const TITLE_CHANGED: &str = "title-changed";
