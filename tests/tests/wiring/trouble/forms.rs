//! Forms that come too late, that have to wait, and that say what cannot be taken any more.

use std::time::Duration;

use iris_tests::{Team, World, until};
use slack_sim::{Fault, SubmitOutcome};

use super::{BOTH, DECLARED, acme, called, rewrite, tell, told, told_once};

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_came_too_late_is_opened_by_a_button() {
    for ((team, _), [late, button, form]) in BOTH.into_iter().zip([
        [
            "That took too long for Slack to open the form. Nothing is lost.",
            "Open the form",
            "Title: [決済が遅い]",
        ],
        [
            "時間がかかりすぎてフォームを開けませんでした。入力した内容は残っています。",
            "フォームを開く",
            "タイトル: [決済が遅い]",
        ],
    ]) {
        let world = World::start(team).await.unwrap();
        let expired = Fault::Error("expired_trigger_id".into());
        world.sim.faults().next("views.open", expired);
        let seen = tell(&world, "> @aya #general: /incident 決済が遅い").await;
        told_once(&seen, &format!("#general only @aya: {late}"));
        let seen = tell(&world, &format!("> @aya #general presses {button}")).await;
        told(&seen, &["form of @aya", form]);
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_of_a_step_is_opened_by_the_button_too() {
    let world = World::start(Team::English).await.unwrap();
    tell(&world, DECLARED).await;
    tell(&world, "> @aya closes").await;
    let expired = Fault::Error("expired_trigger_id".into());
    world.sim.faults().next("views.open", expired);
    let seen = tell(&world, "> @ken #room: /incident todo").await;
    told_once(&seen, "only @ken: That took too long");
    let seen = tell(
        &world,
        "> @ken #room presses Open the form
> @ken fills What?: Call the bank
> @ken submits",
    )
    .await;
    told(&seen, &["form of @ken: Add a todo", "📋 Call the bank"]);
    world.stop().await;
}

/// The room's events are handled one after the other, and one of them waits for Slack.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_has_to_wait_for_its_turn_says_so_meanwhile() {
    for ((team, declared), [what, preparing, open, fill]) in BOTH.into_iter().zip([
        [
            "Search is down as well",
            "⏳ Preparing the form…",
            "Already open. Is it one of these?",
            "> @aya fills Product: Search\n> @aya submits",
        ],
        [
            "検索も落ちている",
            "⏳ フォームを準備しています…",
            "対応中の障害があります。同じ件ではありませんか？",
            "> @aya submits",
        ],
    ]) {
        let world = World::start(team).await.unwrap();
        tell(&world, declared).await;
        tell(&world, "> @aya closes\n> @ken #room: It is the database").await;
        let (aya, yui) = (world.sim.person("@aya"), world.sim.person("@yui"));
        let room = world.sim.channels().pop().unwrap().id;
        let said = world.sim.messages(&room);
        let said = said.iter().rfind(|m| m.text.contains("database")).unwrap();
        // Iris reads the message that somebody put an emoji on; Slack takes its time.
        let slow = Fault::AnswerLate;
        world.sim.faults().next("conversations.replies", slow);
        yui.react(said, "pushpin").unwrap();
        let read = async || called(&world, "conversations.replies") == 1;
        until("it is read", read).await;

        aya.command(&room, &format!("/incident declare {what}"))
            .await
            .unwrap();
        world.sim.advance(Duration::from_millis(150));
        until("a form is open", async || aya.view().is_some()).await;
        let view = aya.view().unwrap();
        let shown = |view: &slack_sim::View| world.sim.text_of(view.blocks());
        told(&shown(&view), &[preparing]);

        world.sim.faults().release();
        world.settle().await;
        let filled = aya.view().unwrap();
        assert_eq!(filled.id, view.id);
        told(&shown(&filled), &[open]);
        assert!(!shown(&filled).contains(preparing));
        // It is a form like any other.
        told(&tell(&world, fill).await, &["INC-2"]);
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_cannot_be_called_and_the_field_says_so() {
    let world = World::start(Team::English).await.unwrap();
    let seen = tell(
        &world,
        "> @aya #general: /incident Checkout fails with 500
> @aya form presses More options
> @aya fills Product: Payments | Also call: @hanako, @gone
> @aya submits",
    )
    .await;
    told_once(
        &seen,
        "form of @aya: also: Taro Gone is deactivated. Remove the name.",
    );
    let seen = tell(&world, "> @aya fills Also call: @hanako\n> @aya submits").await;
    told(&seen, &["✅ INC-1 is declared", "@佐藤 花子"]);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_cannot_be_called_in_japanese() {
    let world = World::start(Team::Japanese).await.unwrap();
    let seen = tell(
        &world,
        "> @aya #general: /incident 決済画面で500エラー
> @aya form presses その他の設定
> @aya fills 追加で招集する人: @gone
> @aya submits",
    )
    .await;
    told_once(
        &seen,
        "form of @aya: also: Taro Goneさんのアカウントは停止されています。外してください。",
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_from_the_teams_file_cannot_be_chosen_any_more() {
    let world = World::start(Team::English).await.unwrap();
    tell(
        &world,
        "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2",
    )
    .await;
    let file = Team::English
        .file()
        .replace("id = \"payments\"", "id = \"checkout\"")
        .replace("id = \"sev2\"", "id = \"minor\"")
        .replace("sev2 =", "minor =");
    rewrite(&world, &file);
    let seen = tell(
        &world,
        "> @aya fills Product: Payments | Severity: SEV2\n> @aya submits",
    )
    .await;
    told(
        &seen,
        &[
            "form of @aya: product: payments was just removed. Choose another.",
            "form of @aya: severity: sev2 was just removed. Choose another.",
        ],
    );
    assert!(
        world
            .sim
            .channels()
            .iter()
            .all(|c| !c.name.starts_with("inc-"))
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_severity_that_is_gone_cannot_be_set() {
    let world = World::start(Team::Japanese).await.unwrap();
    tell(&world, BOTH[1].1).await;
    tell(&world, "> @aya closes\n> @ken #room: /incident 重大度").await;
    let file = Team::Japanese
        .file()
        .replace("id = \"sev1\"", "id = \"major\"")
        .replace("sev1 =", "major =");
    rewrite(&world, &file);
    let seen = tell(&world, "> @ken fills 重大度: SEV1\n> @ken submits").await;
    told_once(
        &seen,
        "form of @ken: severity: sev1は削除されました。選び直してください。",
    );
    world.stop().await;
}

/// Two quick presses are two deliveries of the same form.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_twice_declares_once_and_shows_the_same() {
    let world = World::start(Team::English).await.unwrap();
    tell(&world, "> @aya #general: /incident Checkout fails with 500").await;
    let aya = world.sim.person("@aya");
    let view = aya.view().unwrap();
    let sent = aya.fill(&view).set("product", "Payments").submit().await;
    assert!(matches!(sent.unwrap(), SubmitOutcome::Updated(_)));
    let deliveries = world.sim.deliveries();
    let delivery = deliveries
        .iter()
        .rfind(|delivery| delivery.name.contains("view_submission"))
        .unwrap();
    let again = world.sim.redeliver(delivery).await;
    let json = |reached| serde_json::to_value(reached).unwrap();
    assert_eq!(json(&again), json(&delivery.reached));
    world.settle().await;
    let rooms = || {
        let rooms = world.sim.channels().into_iter();
        rooms.filter(|c| c.name.starts_with("inc-")).count()
    };
    assert_eq!(rooms(), 1);

    // Both at the same moment, while neither is answered.
    let fresh = slack_sim::Delivery {
        body: delivery.body.replace("Checkout", "Checkin"),
        ..delivery.clone()
    };
    let again = || world.sim.redeliver(&fresh);
    let (first, second) = tokio::join!(again(), again());
    let (first, second) = (json(&first), json(&second));
    assert!(first.to_string().contains("INC-2"), "{first}");
    assert_eq!(first, second);
    world.settle().await;
    assert_eq!(rooms(), 2);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_among_many_is_looked_for_by_typing() {
    let mut file = Team::English.file().to_owned();
    for n in 1..=120 {
        use std::fmt::Write as _;
        let _ = write!(
            file,
            "\n[[product]]\nid = \"p{n}\"\nname = \"Product {n}\"\n"
        );
    }
    let world = World::with(acme(), &file).await.unwrap();
    tell(&world, "> @aya #general: /incident Checkout fails with 500").await;
    let aya = world.sim.person("@aya");
    let view = aya.view().unwrap();
    let all = aya.suggest(&view, "product", "").await.unwrap();
    assert_eq!(all.len(), 100);
    let found = aya
        .suggest(&view, "product", "ｐｒｏｄｕｃｔ 12")
        .await
        .unwrap();
    let names: Vec<_> = found.iter().map(|o| o["text"]["text"].clone()).collect();
    assert_eq!(names, ["Product 12", "Product 120"]);
    let seen = tell(
        &world,
        "> @aya fills Product: Product 120 | Severity: SEV1\n> @aya submits",
    )
    .await;
    told(
        &seen,
        &["#inc-20261201-product-120-checkout-fails-with-500"],
    );
    world.stop().await;
}
