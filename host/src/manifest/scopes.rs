//! Which scopes a method or an event takes, after Slack's reference. Rooms may be public or
//! private, so what concerns a conversation takes a scope for each.

/// `None`: a method that this version does not know.
pub(super) fn of_method(method: &str) -> Option<&'static [&'static str]> {
    Some(match method {
        "api.test" | "auth.test" | "blocks.validate" | "chat.getPermalink" | "views.open"
        | "views.publish" | "views.push" | "views.update" => &[],
        "bookmarks.add" | "bookmarks.edit" | "bookmarks.remove" => &["bookmarks:write"],
        "bookmarks.list" => &["bookmarks:read"],
        "bots.info" | "users.info" | "users.list" => &["users:read"],
        "calls.add" => &["calls:write"],
        "canvases.access.set"
        | "canvases.create"
        | "canvases.delete"
        | "canvases.edit"
        | "conversations.canvases.create" => &["canvases:write"],
        "canvases.sections.lookup" => &["canvases:read"],
        "chat.delete"
        | "chat.deleteScheduledMessage"
        | "chat.postEphemeral"
        | "chat.postMessage"
        | "chat.scheduleMessage"
        | "chat.scheduledMessages.list"
        | "chat.update" => &["chat:write"],
        "chat.unfurl" => &["links:write"],
        "conversations.archive"
        | "conversations.create"
        | "conversations.invite"
        | "conversations.kick"
        | "conversations.leave"
        | "conversations.rename"
        | "conversations.setPurpose"
        | "conversations.setTopic"
        | "conversations.unarchive" => &["channels:manage", "groups:write"],
        // Iris looks into direct conversations for what it may have posted there.
        "conversations.history" | "conversations.replies" => {
            &["channels:history", "groups:history", "im:history"]
        }
        "conversations.info"
        | "conversations.list"
        | "conversations.members"
        | "users.conversations" => &["channels:read", "groups:read"],
        "conversations.join" => &["channels:join"],
        "conversations.open" => &["im:write"],
        "emoji.list" => &["emoji:read"],
        "files.completeUploadExternal" | "files.delete" | "files.getUploadURLExternal" => {
            &["files:write"]
        }
        "files.info" | "files.list" => &["files:read"],
        "pins.add" | "pins.remove" => &["pins:write"],
        "pins.list" => &["pins:read"],
        "reactions.add" | "reactions.remove" => &["reactions:write"],
        "reactions.get" | "reactions.list" => &["reactions:read"],
        "team.info" => &["team:read"],
        "usergroups.create" | "usergroups.users.update" => &["usergroups:write"],
        "usergroups.list" | "usergroups.users.list" => &["usergroups:read"],
        "users.lookupByEmail" => &["users:read", "users:read.email"],
        "users.profile.get" => &["users.profile:read"],
        _ => return None,
    })
}

/// Of the events that [`needs`](super::needs) can ask for.
pub(super) fn of_event(event: &str) -> &'static [&'static str] {
    match event {
        "app_mention" => &["app_mentions:read"],
        "channel_archive" | "channel_deleted" | "channel_rename" | "channel_unarchive" => {
            &["channels:read"]
        }
        "group_archive" | "group_deleted" | "group_rename" | "group_unarchive" => &["groups:read"],
        "member_joined_channel" | "member_left_channel" => &["channels:read", "groups:read"],
        "message.channels" => &["channels:history"],
        "message.groups" => &["groups:history"],
        "reaction_added" | "reaction_removed" => &["reactions:read"],
        _ => &[],
    }
}
