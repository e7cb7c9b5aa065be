//! Iris's receipt on a message that is kept.

use iris_tests::{Team, World};
use slack_sim::Fault;

use super::{DECLARED, tell, told};

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_kept_where_iris_cannot_react() {
    let world = World::start(Team::English).await.unwrap();
    tell(&world, DECLARED).await;
    let missing = Fault::Error("missing_scope".into());
    world.sim.faults().always("reactions.add", missing);
    let seen = tell(
        &world,
        "> @ken #room: 1.42 went out at 13:58
> @yui #room reacts :pushpin: to \"1.42 went out\"
> @yui #room: /incident timeline",
    )
    .await;
    told(
        &seen,
        &[
            "only @yui: Kept, but Iris cannot react here (missing_scope).",
            "Ken Mori: “1.42 went out at 13:58”",
        ],
    );
    world.stop().await;
}
