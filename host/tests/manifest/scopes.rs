//! The fewest scopes, each with its reasons, and what a token has of them.

use std::{collections::BTreeSet, fmt::Write as _};

use iris::manifest::Needs;

use crate::{ALL, loaded, steps};

async fn needs(names: &[&str]) -> Needs {
    Needs::of(&loaded(steps().await, names))
}

#[tokio::test]
async fn a_step_that_nobody_uses_asks_for_nothing() {
    let (bare, whole) = (needs(&[]).await.scopes(), needs(&ALL).await.scopes());
    assert!(bare.is_subset(&whole));
    for unneeded in [
        "channels:manage",
        "bookmarks:write",
        "pins:write",
        "reactions:read",
        "files:write",
    ] {
        assert!(
            !bare.contains(unneeded) && whole.contains(unneeded),
            "{unneeded}"
        );
    }
    let four = ["war-room", "invite", "guide", "todo"];
    assert!(!needs(&four).await.scopes().contains("reactions:read"));
}

#[tokio::test]
async fn a_step_needs_what_it_can_call_and_no_more() {
    // All three may wish messages, but one of them attaches files and reacts, one pins and invites.
    let adds = |step: &'static str| async move {
        let (bare, with) = (needs(&[]).await.scopes(), needs(&[step]).await.scopes());
        with.difference(&bare).copied().collect::<Vec<_>>()
    };
    assert_eq!(adds("todo").await, Vec::<&str>::new());
    assert_eq!(
        adds("guide").await,
        [
            "channels:manage",
            "groups:write",
            "pins:write",
            "usergroups:read",
            "users:read.email"
        ]
    );
    assert_eq!(
        adds("timeline").await,
        [
            "files:read",
            "files:write",
            "reactions:read",
            "reactions:write"
        ]
    );
}

#[tokio::test]
async fn each_scope_says_what_it_is_for() {
    let mut said = String::new();
    for (scope, reasons) in needs(&ALL).await.reasons() {
        writeln!(said, "{scope}").unwrap();
        for reason in reasons {
            writeln!(said, "    {reason}").unwrap();
        }
    }
    insta::assert_snapshot!("reasons", said);
}

#[tokio::test]
async fn row_40_what_a_token_lacks_is_named_with_its_line() {
    let needs = needs(&["timeline"]).await;
    let all: Vec<&str> = needs.scopes().into_iter().collect();
    assert_eq!(needs.beside(&all).lacks(), None);
    let fewer: Vec<&str> = all
        .into_iter()
        .filter(|scope| !["reactions:read", "files:write"].contains(scope))
        .collect();
    let difference = needs.beside(&fewer);
    let each: Vec<String> = difference.lacking.iter().map(ToString::to_string).collect();
    assert_eq!(
        each,
        [
            "lacks the scope `files:write`, which is for files.completeUploadExternal (timeline), \
             files.getUploadURLExternal (timeline): add the line `\"files:write\",` to \
             `oauth_config.scopes.bot` of the app's manifest (as `iris manifest` prints it), and \
             install the app again.",
            "lacks the scope `reactions:read`, which is for the event reaction_added (timeline), \
             the event reaction_removed (timeline): add the line `\"reactions:read\",` to \
             `oauth_config.scopes.bot` of the app's manifest (as `iris manifest` prints it), and \
             install the app again.",
        ]
    );
    assert_eq!(
        difference.lacks().unwrap(),
        "lacks the scopes files:write, reactions:read: add `\"files:write\",` \
         `\"reactions:read\",` to `oauth_config.scopes.bot` of the app's manifest (as `iris \
         manifest` prints it), and install the app again."
    );
}

#[tokio::test]
async fn a_scope_that_nothing_needs_is_named() {
    let needs = needs(&["todo"]).await;
    let mut granted: BTreeSet<&str> = needs.scopes();
    granted.extend(["im:read", "team:read"]);
    let granted: Vec<&str> = granted.into_iter().collect();
    let difference = needs.beside(&granted);
    assert!(difference.lacking.is_empty());
    let scopes: Vec<&str> = difference.unneeded.iter().map(|it| &*it.scope).collect();
    assert_eq!(scopes, ["im:read", "team:read"]);
    assert_eq!(
        difference.unneeded[0].to_string(),
        "has the scope `im:read`, which nothing here needs: remove the line `\"im:read\",` from \
         `oauth_config.scopes.bot` of the app's manifest, revoke the token (a token keeps what it \
         was once given), and install the app again."
    );
}
