//! The budget of messages of a quiet incident: two roles, one update, two todos, feedback.

use iris_tests::{Team, World};
use slack_sim::{
    Message,
    story::{Line, parse},
};

const QUIET: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits
> @aya #room presses 🙋 I'll take it at Incident commander
> @ken #room presses 🙋 I'll take it at Operation lead
@ 10m
> @aya #room: /incident update Rolled back to 1.41.
> @aya #room: /incident todo Renew the certificate @ken by friday
> @ken #room: /incident todo Add an alert @aya by friday
@ 20m
> @ken #room: /incident resolve Rolled back.
> @aya #room presses Give feedback
> @aya fills How did the response go?: 5 Very well | Did Iris help?: Yes
> @aya submits
> @ken #room: /incident close
@ 2d";

#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_incident_is_quiet() {
    let world = World::start(Team::English).await.unwrap();
    let mut player = world.player();
    for line in parse(QUIET).unwrap() {
        player.play(&line).await.unwrap();
    }
    drop(player);
    let room = of_iris(&world, "#inc-20261201-payments-checkout-fails-with-500");
    // The warning about open todos comes on top: these two are still open.
    assert!(room.len() <= 14, "{}: {room:#?}", room.len());

    let origin = world.sim.messages("#general");
    let replies: Vec<&Message> = origin.iter().filter(|m| m.is_reply()).collect();
    assert_eq!(replies.len(), 2);
    assert_eq!(replies.iter().filter(|m| m.broadcast).count(), 1);
    assert_eq!(
        origin.iter().filter(|m| m.by_app && !m.is_reply()).count(),
        1
    );

    // Asked for feedback on Wednesday; reminded of the todo on Thursday.
    assert_eq!(world.sim.dms("@ken").len(), 2);
    assert_eq!(world.sim.dms("@aya").len(), 1);
    assert_eq!(world.sim.dms("@yui").len(), 0);
    world.stop().await;
}

/// What Iris posted there, Slack's own lines about topics and people excepted.
fn of_iris(world: &World, channel: &str) -> Vec<String> {
    let said = world.sim.messages(channel).into_iter();
    let said = said.filter(|m| m.by_app && m.subtype.is_none());
    said.map(|m| m.text).collect()
}

/// Also look-ups, answers to what was typed, and files.
#[tokio::test(flavor = "multi_thread")]
async fn a_simulated_slack_is_told_what_each_call_is_for() {
    let world = World::start(Team::English).await.unwrap();
    let mut player = world.player();
    for line in parse(include_str!("../../stories/timeline-long.txt")).unwrap() {
        if !matches!(line, Line::See(_)) {
            player.play(&line).await.unwrap();
        }
    }
    drop(player);
    let calls = world.sim.calls();
    let about = |method: &str| {
        let call = calls.iter().find(|call| call.method == method);
        let call = call.unwrap_or_else(|| panic!("no {method}"));
        call.tag.clone().unwrap_or_default()
    };
    for (method, what) in [
        ("chat.postMessage", "INC-1 guide messages.post"),
        ("usergroups.list", "INC-1 invite room.invite"),
        ("upload", "INC-1 timeline messages.upload"),
        ("users.info", "names"),
    ] {
        assert_eq!(about(method), what);
    }
    let mute = calls.iter().filter(|call| call.tag.is_none());
    let mute: Vec<_> = mute.map(|call| call.method.as_str()).collect();
    assert!(mute.is_empty(), "{mute:?}");
    world.stop().await;
}
