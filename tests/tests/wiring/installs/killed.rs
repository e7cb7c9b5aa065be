//! Iris is killed around the exchange of a token that ends.

use std::time::Duration;

use iris::{failpoint::Point, ids::TeamId, store::TokenState};
use iris_tests::Mortal;

use super::{
    rotation::{asked, rotating},
    *,
};

/// Installed, and killed at this point of the exchange two hours before the token's end.
async fn killed_at(point: Point) -> Mortal {
    let mortal = Mortal::installable(rotating(), Team::English)
        .await
        .expect("a workspace and Iris");
    install_in(&mortal).await;
    mortal.kill_at(point);
    mortal.pass(Duration::from_hours(10)).await;
    assert_eq!(mortal.deaths(), [point]);
    mortal
}

async fn install_in(mortal: &Mortal) {
    let browser = Browser::at(mortal.url().await, "en");
    let page = browser.install(&mortal.sim, "ken").await;
    assert_eq!(page.status, 200, "{}", page.text);
    mortal.settle().await;
}

async fn token(mortal: &Mortal) -> TokenState {
    let kept = mortal.installation(&TeamId::from(FIRST)).await;
    kept.expect("a store").expect("an installation").token
}

/// Slack's answer to each try, as far as one came.
fn answers(mortal: &Mortal) -> Vec<String> {
    let answers = asked(&mortal.sim).into_iter().map(|call| {
        let answer = call.answer.unwrap_or_default();
        answer["error"].as_str().unwrap_or("ok").to_owned()
    });
    answers.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn before_slack_is_asked_the_next_life_asks() {
    let mortal = killed_at(Point::BeforeRequest).await;
    assert_eq!(answers(&mortal), ["ok"]);
    assert_eq!(token(&mortal).await, TokenState::Good);
    mortal.pass(Duration::from_hours(3)).await;
    let told = play(&mut mortal.player(), DECLARE).await;
    assert!(told.contains("INC-1 is declared"), "{told}");
    mortal.stop().await.expect("both stop");
}

/// Slack has given the new pair, nobody has it, and the refresh token of before is used.
#[tokio::test(flavor = "multi_thread")]
async fn before_the_new_tokens_are_stored_it_goes_on_until_the_old_one_ends() {
    let mortal = killed_at(Point::AfterRequest).await;
    assert_eq!(answers(&mortal), ["ok", "invalid_refresh_token"]);
    // The operator is told, as `iris team list` shows it.
    let refused = TokenState::Refused {
        code: "invalid_refresh_token".to_owned(),
    };
    assert_eq!(token(&mortal).await, refused);
    // The token of before is good for two hours more.
    let ready = mortal.get("/readyz").await.expect("an answer");
    assert!(ready.contains(" 200 OK"), "{ready}");
    let told = play(&mut mortal.player(), DECLARE).await;
    assert!(told.contains("INC-1 is declared"), "{told}");

    mortal.pass(Duration::from_hours(3)).await;
    let ready = mortal.get("/readyz").await.expect("an answer");
    assert!(ready.contains(" 503 "), "{ready}");
    assert_eq!(answers(&mortal).len(), 2, "it is not asked again");
    // Installed again, it goes on with what waited.
    let mut player = mortal.player();
    let resolve = play(&mut player, RESOLVE).await;
    assert!(!resolve.contains("✅ Resolved"), "{resolve}");
    install_in(&mortal).await;
    let told = player.look().await.join("\n");
    drop(player);
    assert!(told.contains("✅ Resolved"), "{told}");
    assert_eq!(token(&mortal).await, TokenState::Good);
    mortal.stop().await.expect("both stop");
}
