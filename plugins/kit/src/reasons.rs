//! Why somebody could not be called, said to people.

use crate::{Texts, args, responder::Responder};

/// The reason in words, as it stands in brackets after the name. `who` is what
/// the team's file says (`U…`, `S…`, `@handle`, an e-mail address), `code`
/// Slack's error code or the contract's (`not-found`, `deactivated`, …).
pub fn reason(texts: &Texts, who: &str, code: &str) -> String {
    let group = Responder::read(who).is_group();
    let key = match code {
        "not-found" | "no_such_subteam" | "subteam_not_found" if group => "reason-no-group",
        "not-found" | "users_not_found" | "user_not_found" | "no_user" => "reason-not-found",
        "no_such_subteam" | "subteam_not_found" => "reason-no-group",
        "deactivated" | "user_disabled" | "account_inactive" => "reason-deactivated",
        "user_is_restricted" | "user_is_ultra_restricted" | "ura_max_channels" => "reason-guest",
        "org_user_not_in_team" => "reason-elsewhere",
        "empty" | "empty-group" | "empty_group" => "reason-empty-group",
        "plan_upgrade_required" => "reason-plan",
        "missing_scope" => return texts.say("reason-scope", args![scope = scope(who)]),
        _ => return texts.say("reason-other", args![code]),
    };
    texts.say(key, &[])
}

/// The scope that finding or inviting them needs.
fn scope(who: &str) -> &'static str {
    match Responder::read(who) {
        Responder::Group(_) => "usergroups:read",
        Responder::Email(_) => "users:read.email",
        Responder::Person(_) => "channels:manage",
    }
}

#[cfg(test)]
mod tests {
    use super::reason;
    use crate::{Locale, Texts};

    #[test]
    fn reasons_are_words() {
        let (en, ja) = (Texts::shared(Locale::En), Texts::shared(Locale::Ja));
        for (who, code, in_en, in_ja) in [
            (
                "lead@acme.example",
                "users_not_found",
                "no such person in this workspace",
                "ワークスペースに見つかりません",
            ),
            (
                "U1",
                "deactivated",
                "account is deactivated",
                "アカウント停止中",
            ),
            (
                "@oncall",
                "not-found",
                "no such user group",
                "ユーザーグループがありません",
            ),
            (
                "S06",
                "missing_scope",
                "Iris lacks the scope usergroups:read",
                "Irisに権限 usergroups:read がありません",
            ),
            (
                "U1",
                "cant_invite",
                "Slack refused (cant_invite)",
                "Slackに拒否されました（cant_invite）",
            ),
        ] {
            assert_eq!(reason(&en, who, code), in_en);
            assert_eq!(reason(&ja, who, code), in_ja);
        }
    }
}
