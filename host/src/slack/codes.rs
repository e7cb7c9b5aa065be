//! What Slack's error codes mean for what may be done next. A code that is not here is unheard of:
//! a person must look, nothing is guessed.

/// What a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It is so already.
    Done,
    /// Will never be taken as it is.
    Never,
    /// Not applied, and may be taken later.
    Again,
    /// Slack failed half-way: may have been applied.
    Unsure,
    /// The token is refused, whatever is asked in this workspace.
    Token,
    /// Nobody knows this code.
    Unheard,
}

/// An organisation's token is good, but not in this workspace.
pub const NOT_GRANTED: &str = "team_access_not_granted";

/// The meaning of `code` as an answer to `method`.
pub fn meaning(method: &str, code: &str) -> Meaning {
    if done(method, code) {
        return Meaning::Done;
    }
    match code {
        "internal_error" | "fatal_error" | "update_failed" => Meaning::Unsure,

        "service_unavailable"
        | "request_timeout"
        | "team_added_to_org"
        | "external_channel_migrating"
        | "too_many_requests" => Meaning::Again,

        "invalid_auth"
        | "not_authed"
        | "token_revoked"
        | "token_expired"
        | "account_inactive"
        | "org_login_required"
        | NOT_GRANTED
        | "user_removed_from_team" => Meaning::Token,

        _ if NEVER.binary_search(&code).is_ok() => Meaning::Never,
        _ if NEVER_BEGINS
            .iter()
            .any(|beginning| code.starts_with(beginning)) =>
        {
            Meaning::Never
        }
        _ => Meaning::Unheard,
    }
}

fn done(method: &str, code: &str) -> bool {
    matches!(
        (method, code),
        (
            "conversations.invite" | "conversations.join",
            "already_in_channel"
        ) | ("conversations.archive", "already_archived")
            | ("pins.add", "already_pinned")
            | ("pins.remove", "no_pin" | "not_pinned")
            | ("reactions.add", "already_reacted")
            | ("reactions.remove", "no_reaction")
            | ("chat.delete", "message_not_found")
    )
}

/// Families of codes that differ only in their reason.
const NEVER_BEGINS: [&str; 10] = [
    "canvas_",
    "draft_",
    "http_4",
    "invalid_",
    "restricted_action",
    "slack_connect_",
    "too_many_",
    "cant_",
    "cannot_",
    "metadata_",
];

/// In order, for the binary search.
const NEVER: [&str; 103] = [
    "access_denied",
    "already_archived",
    "already_in_channel",
    "app_access_restricted",
    "app_cannot_join_channel",
    "as_user_not_supported",
    "attachment_payload_limit_exceeded",
    "bad_timestamp",
    "block_mismatch",
    "blocked_file_type",
    "channel_is_limited_access",
    "channel_not_found",
    "channels_limit_exceeded",
    "deprecated_endpoint",
    "duplicate_channel_not_found",
    "duplicate_external_id",
    "duplicate_message_not_found",
    "edit_window_closed",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "exchanged_trigger_id",
    "expired_trigger_id",
    "expired_url",
    "file_already_added",
    "file_deleted",
    "file_is_deleted",
    "file_not_found",
    "file_not_shared",
    "file_share_limit_reached",
    "file_type_not_allowed",
    "file_update_failed",
    "file_upload_size_restricted",
    "file_uploads_disabled",
    "file_uploads_except_images_disabled",
    "forbidden_team",
    "hash_conflict",
    "invitee_cant_see_channel",
    "is_archived",
    "is_bot",
    "is_inactive",
    "list_record_comment_fetch_failed",
    "markdown_text_conflict",
    "max_file_sharing_exceeded",
    "message_not_found",
    "messages_tab_disabled",
    "method_deprecated",
    "method_not_supported_for_channel_type",
    "missing_argument",
    "missing_charset",
    "missing_file_data",
    "missing_post_type",
    "missing_profile_id",
    "missing_scope",
    "msg_blocks_too_long",
    "msg_too_long",
    "name_taken",
    "no_access",
    "no_channel",
    "no_dual_broadcast_content_update",
    "no_external_invite_permission",
    "no_item_specified",
    "no_permission",
    "no_such_subteam",
    "no_text",
    "no_user",
    "not_allowed_token_type",
    "not_authorized",
    "not_enabled",
    "not_enough_users",
    "not_found",
    "not_implemented",
    "not_in_channel",
    "not_in_group",
    "not_pinnable",
    "not_reactable",
    "not_visible",
    "org_user_not_in_team",
    "parent_bookmark_disabled",
    "parent_with_link",
    "permission_denied",
    "plan_upgrade_required",
    "posting_to_channel_denied",
    "push_limit_reached",
    "send_on_behalf_not_allowed",
    "snippet_too_large",
    "storage_limit_reached",
    "streaming_state_conflict",
    "team_not_found",
    "thread_locked",
    "thread_not_found",
    "too_long",
    "two_factor_setup_required",
    "unable_to_share_files",
    "unknown_method",
    "ura_max_channels",
    "used_url",
    "user_disabled",
    "user_is_restricted",
    "user_not_found",
    "user_not_in_channel",
    "user_not_visible",
    "users_not_found",
    "view_too_large",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(NEVER.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn each_kind_of_code_is_told_apart() {
        for (method, code, expected) in [
            ("pins.add", "already_pinned", Meaning::Done),
            ("conversations.invite", "already_in_channel", Meaning::Done),
            ("chat.delete", "message_not_found", Meaning::Done),
            ("chat.update", "message_not_found", Meaning::Never),
            ("chat.postMessage", "is_archived", Meaning::Never),
            (
                "chat.postMessage",
                "restricted_action_thread_locked",
                Meaning::Never,
            ),
            ("chat.postMessage", "internal_error", Meaning::Unsure),
            ("chat.postMessage", "service_unavailable", Meaning::Again),
            ("chat.postMessage", "token_revoked", Meaning::Token),
            ("chat.postMessage", "invalid_auth", Meaning::Token),
            ("chat.postMessage", NOT_GRANTED, Meaning::Token),
            ("chat.postMessage", "solar_flare", Meaning::Unheard),
        ] {
            assert_eq!(meaning(method, code), expected, "{method} {code}");
        }
    }
}
