//! People who cannot be called, and why.

use iris_tests::{Team, World};
use slack_sim::{
    Fault, Settings,
    settings::{UserGroup, UserKind},
};

use super::{BOTH, acme, tell, told, told_once};

/// The team's file, in which these are called at SEV2.
fn calling(team: Team, responders: &str) -> String {
    let usual = r#"sev2 = ["@payments-oncall"]"#;
    assert!(team.file().contains(usual));
    team.file()
        .replace(usual, &format!("sev2 = [{responders}]"))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_could_not_be_called_is_named_with_the_reason() {
    let all =
        r#""@empty", "@nobody", "U0GONE", "U0NOBODY", "x@acme.example", "U0GUEST", "U0KENMORI""#;
    for ((team, declared), reasons) in BOTH.into_iter().zip([
        [
            "⚠️ Not called: ",
            "@empty (the user group is empty)",
            "@nobody (no such user group)",
            "(account is deactivated)",
            "x@acme.example (no such person in this workspace)",
            "(a guest, cannot be added here)",
            "⚠️ 6 people could not be called. The room has the names.",
        ],
        [
            "⚠️ 招集できず：",
            "@empty（ユーザーグループが空です）",
            "@nobody（ユーザーグループがありません）",
            "（アカウント停止中）",
            "x@acme.example（ワークスペースに見つかりません）",
            "（ゲストのため追加できません）",
            "⚠️ 6人を招集できませんでした。War roomに一覧があります。",
        ],
    ]) {
        let mut settings = acme();
        settings.user_groups.push(UserGroup {
            id: "S0EMPTY".into(),
            handle: "empty".into(),
            name: "Empty".into(),
            users: vec![],
            disabled: false,
        });
        for guest in settings.people.iter_mut().filter(|p| p.name == "guest") {
            guest.kind = UserKind::SingleChannelGuest;
        }
        let ops = settings.channels.iter_mut().find(|c| c.name == "ops");
        ops.unwrap().members.push("U0GUEST".into());
        let world = World::with(settings, &calling(team, all)).await.unwrap();
        let seen = tell(&world, declared).await;
        told(&seen, &reasons);
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_need_a_paid_plan_and_a_scope_and_that_is_said() {
    for ((team, declared), words) in BOTH.into_iter().zip([
        "@payments-oncall (user groups need a paid plan)",
        "@payments-oncall（ユーザーグループは有料プランの機能です）",
    ]) {
        let world = World::start(team).await.unwrap();
        let plan = Fault::Error("plan_upgrade_required".into());
        world.sim.faults().always("usergroups.list", plan);
        told(&tell(&world, declared).await, &[words]);
        world.stop().await;
    }
    let settings: Settings = super::acme_without(&["usergroups:read"]);
    let world = World::with(settings, Team::English.file()).await.unwrap();
    told(
        &tell(&world, BOTH[0].1).await,
        &["@payments-oncall (Iris lacks the scope usergroups:read)"],
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_most_ten_who_could_not_be_called_are_named() {
    let many: Vec<_> = (1..=12).map(|n| format!("\"p{n}@acme.example\"")).collect();
    for ((team, declared), more) in BOTH.into_iter().zip([", and 2 more", "、ほか2人"]) {
        let file = calling(team, &many.join(", "));
        let world = World::with(acme(), &file).await.unwrap();
        told_once(&tell(&world, declared).await, more);
        world.stop().await;
    }
}

/// Nothing is configured but the steps: there is a room all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_team_without_products_gets_a_room_that_says_so() {
    for (locale, note, nobody) in [
        (
            "en",
            "A war room is made.",
            "⚠️ Nobody is listed for this. Invite people here with /invite, and add them to the \
             team's file later.",
        ),
        (
            "ja",
            "War roomを作成します。",
            "⚠️ 担当者が登録されていません。/invite で招待し、あとでチームの設定に追加してください。",
        ),
    ] {
        let file = format!("name = \"Acme\"\nlocale = \"{locale}\"\n");
        let world = World::with(acme(), &file).await.unwrap();
        let seen = tell(
            &world,
            "> @aya #general: /incident Checkout fails\n> @aya submits",
        )
        .await;
        told(&seen, &[note, nobody, "#inc-20261201-checkout-fails"]);
        world.stop().await;
    }
}
