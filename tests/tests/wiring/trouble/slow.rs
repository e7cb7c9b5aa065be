//! What the declarer sees while Slack takes its time: the room being made (S2).

use iris_tests::{Team, World, until};
use slack_sim::{Fault, SubmitOutcome, View};

use super::{called, tell, told};

/// What is typed, how grave it is, and how the form changes after it was sent.
const TOLD: [(Team, &str, [[&str; 2]; 3]); 2] = [
    (
        Team::English,
        "> @aya #general: /incident Checkout fails with 500\n> @aya fills Product: Payments",
        [
            ["✅ INC-1 is declared", "⏳ Making the room"],
            ["✅ Room #inc-", "⏳ Calling the people"],
            ["✅ Room #inc-", "✅ 2 people called"],
        ],
    ),
    (
        Team::Japanese,
        "> @aya #general: /incident 決済画面で500エラー",
        [
            ["✅ INC-1として記録しました", "⏳ War roomを作成しています"],
            ["✅ War room #inc-", "⏳ 担当者を招集しています"],
            ["✅ War room #inc-", "✅ 2人を招集しました"],
        ],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_room_is_seen_being_made() {
    for (team, typed, stages) in TOLD {
        let world = World::start(team).await.unwrap();
        for method in ["conversations.create", "conversations.invite"] {
            world.sim.faults().next(method, Fault::AnswerLate);
        }
        tell(&world, typed).await;
        let aya = world.sim.person("@aya");
        let form = aya.fill(&aya.view().unwrap()).set("severity", "sev2");
        let SubmitOutcome::Updated(view) = form.submit().await.unwrap() else {
            panic!("the form shows what is being done");
        };
        let shown = |view: &View| world.sim.text_of(view.blocks());
        assert_eq!(shown(&view), stages[0].join("\n"));

        // The room is there, and Slack is still busy with the people.
        let at = async |method| until(method, async || called(&world, method) == 1).await;
        at("conversations.create").await;
        world.sim.faults().release();
        at("conversations.invite").await;
        let now = || shown(&aya.view().unwrap());
        until("it is shown", async || now().contains(stages[1][0])).await;
        told(&now(), &stages[1]);
        assert!(!now().contains(stages[0][1]), "{}", now());

        world.sim.faults().release();
        world.settle().await;
        told(&now(), &stages[2]);
        assert!(!now().contains(stages[1][1]), "{}", now());
        // One and the same form all along.
        assert_eq!(aya.view().unwrap().id, view.id);
        assert_eq!(called(&world, "views.update"), 2);
        world.stop().await;
    }
}
