//! What tokens open, and how they end.

use axum::response::IntoResponse;

use super::*;
use crate::app::App;

/// The app is installed; what it is given.
async fn installed(sim: &Sim, whole_org: bool) -> Value {
    let (aya, page) = (sim.person("aya"), page(sim, "", ""));
    let back = if whole_org {
        aya.allow_in_organisation(page.as_str())
    } else {
        aya.allow(page.as_str())
    };
    let back: Url = back.unwrap().parse().unwrap();
    let (_, code) = back.query_pairs().find(|(name, _)| name == "code").unwrap();
    access(sim, &[("code", &code), ("redirect_uri", BACK)]).await
}

fn token(given: &Value) -> &str {
    given["access_token"].as_str().unwrap()
}

fn heard(sim: &Sim) -> Vec<String> {
    sim.deliveries().into_iter().map(|one| one.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisations_token_opens_what_is_granted() {
    let sim = Sim::start(of_acme("T0FIRST")).await.unwrap();
    let second = sim.start_beside(of_acme("T0SECOND")).await.unwrap();
    let app = App::start(&sim, |_| ().into_response()).await.unwrap();
    let given = installed(&sim, true).await;
    assert_eq!(
        (
            &given["team"],
            &given["enterprise"]["id"],
            &given["is_enterprise_install"]
        ),
        (&Value::Null, &"E0ACME".into(), &true.into())
    );
    let list = async |team| {
        let answer = call(
            &sim,
            token(&given),
            "conversations.list",
            &[("team_id", team)],
        )
        .await;
        answer["error"].as_str().map(str::to_owned)
    };
    let denied = || Some("team_access_not_granted".to_owned());
    assert_eq!(
        (list("T0FIRST").await, list("T0SECOND").await),
        (denied(), denied())
    );
    second.grant_app();
    assert_eq!(
        (list("T0FIRST").await, list("T0SECOND").await),
        (denied(), None)
    );
    sim.grant_app();
    sim.withdraw_app();
    assert_eq!(
        (list("T0FIRST").await, list("T0SECOND").await),
        (denied(), None)
    );
    // What is about the token is about no workspace.
    let who = call(&sim, token(&given), "auth.test", &[]).await;
    assert_eq!(who["is_enterprise_install"], true);
    sim.quiet().await;
    assert_eq!(heard(&sim), ["team_access_granted", "team_access_revoked"]);
    let bodies = app.heard.lock().unwrap();
    let news: Value = serde_json::from_slice(&bodies[0].1).unwrap();
    assert_eq!(
        (&news["team_id"], &news["enterprise_id"]),
        (&Value::Null, &"E0ACME".into())
    );
    assert_eq!(news["event"]["team_ids"], serde_json::json!(["T0FIRST"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_revoked_and_the_app_hears_of_it() {
    let sim = Sim::start(workspace("T0FIRST")).await.unwrap();
    let _app = App::start(&sim, |_| ().into_response()).await.unwrap();
    let given = installed(&sim, false).await;
    let tried = call(&sim, token(&given), "auth.revoke", &[("test", "1")]).await;
    assert_eq!(tried["revoked"], false);
    assert!(sim.has_app());
    let revoked = call(&sim, token(&given), "auth.revoke", &[]).await;
    assert_eq!(
        (&revoked["ok"], &revoked["revoked"]),
        (&true.into(), &true.into())
    );
    assert!(!sim.has_app());
    let after = call(&sim, token(&given), "auth.test", &[]).await;
    assert_eq!(after["error"], "token_revoked");
    sim.quiet().await;
    assert_eq!(heard(&sim), ["tokens_revoked", "app_uninstalled"]);

    // An organisation's ends in all of its workspaces, and is told once.
    let sim = Sim::start(of_acme("T0FIRST")).await.unwrap();
    let second = sim.start_beside(of_acme("T0SECOND")).await.unwrap();
    let _app = App::start(&sim, |_| ().into_response()).await.unwrap();
    let given = installed(&sim, true).await;
    second.grant_app();
    call(&sim, token(&given), "auth.revoke", &[]).await;
    assert!(!second.has_app());
    sim.quiet().await;
    assert_eq!(heard(&sim), ["tokens_revoked", "app_uninstalled"]);
    assert_eq!(second.delivery_count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_is_taken_once() {
    for whole_org in [false, true] {
        let rotating = |mut settings: Settings| {
            settings.oauth.rotation = true;
            settings
        };
        let sim = Sim::start(rotating(of_acme("T0FIRST"))).await.unwrap();
        let second = sim
            .start_beside(rotating(of_acme("T0SECOND")))
            .await
            .unwrap();
        let given = installed(&sim, whole_org).await;
        let refresh = given["refresh_token"].as_str().unwrap();
        let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
        let next = access(&sim, &fields).await;
        assert_eq!(next["is_enterprise_install"], whole_org);
        let again = access(&sim, &fields).await;
        assert_eq!(again["error"], "invalid_refresh_token");
        for token in [token(&given), token(&next)] {
            let who = call(&sim, token, "auth.test", &[]).await;
            assert_eq!(who["ok"], true, "both are good");
        }
        if whole_org {
            second.grant_app();
            let fields = [("team_id", "T0SECOND")];
            let list = call(&sim, token(&next), "conversations.list", &fields).await;
            assert_eq!(list["ok"], true, "{list}");
        }
    }
}
