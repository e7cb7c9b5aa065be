//! Files: uploaded, shared once, known by name afterwards.

use iris::effect::{Act, Effect, File, Target};
use slack_sim::Fault;

use super::world::{World, effect, on, ops, room};

fn upload(key: &str, to: Target) -> Effect {
    let file = File {
        filename: "timeline.md".into(),
        title: "Timeline".into(),
        bytes: b"# Timeline".to_vec(),
        comment: "The whole timeline".into(),
    };
    effect(
        key,
        "messages.upload",
        Act::Upload {
            name: "timeline".into(),
            to,
            file,
        },
    )
}

fn shared(world: &World, channel: &str) -> usize {
    world
        .sim
        .messages(channel)
        .iter()
        .filter(|message| !message.files.is_empty())
        .count()
}

#[tokio::test]
async fn a_file_is_shared_and_its_message_known() {
    let world = World::new().await;
    let pin = on("pin", "messages.pin", "timeline", |message| Act::Pin {
        message,
    });
    world.plan(&[room("room", "inc-1")]).await;
    let needs = vec![iris::effect::Need::Room];
    world
        .plan(&[
            Effect {
                needs,
                ..upload("file", Target::Room)
            },
            pin,
        ])
        .await;
    world.wait(5).await;
    assert!(world.is_applied("file").await);
    assert_eq!(shared(&world, "#inc-1"), 1);
    assert!(world.is_applied("pin").await);
    let message = world
        .sim
        .messages("#inc-1")
        .into_iter()
        .find(|m| !m.files.is_empty())
        .unwrap();
    let (name, bytes) = world.sim.file(&message.files[0]).unwrap();
    assert_eq!(
        (name.as_str(), bytes.as_slice()),
        ("timeline.md", b"# Timeline".as_slice())
    );
}

#[tokio::test]
async fn a_file_is_shared_once_whatever_slack_answers() {
    for fault in [
        Fault::ResetAfterApply,
        Fault::StatusAfterApply(500),
        Fault::ResetBeforeApply,
        Fault::Status(500),
    ] {
        for step in [
            "files.getUploadURLExternal",
            "upload",
            "files.completeUploadExternal",
        ] {
            let world = World::new().await;
            world.sim.faults().next(step, fault.clone());
            world.plan(&[upload("file", ops())]).await;
            world.wait(30).await;
            assert!(world.is_applied("file").await, "{step} {fault:?}");
            assert_eq!(shared(&world, "#ops"), 1, "{step} {fault:?}");
        }
    }
}

#[tokio::test]
async fn a_file_that_was_being_shared_is_looked_up_after_a_restart() {
    let mut world = World::new().await;
    world
        .sim
        .faults()
        .next("files.completeUploadExternal", Fault::ResetAfterApply);
    world.plan(&[upload("file", ops())]).await;
    world.restart().await;
    world.wait(30).await;
    assert!(world.is_applied("file").await);
    assert_eq!(shared(&world, "#ops"), 1);
}

/// The first call is applied when Iris has long made the second.
#[tokio::test]
async fn row_30_a_file_that_is_shared_late_is_shared_once() {
    for killed in [false, true] {
        let mut world = World::new().await;
        let late = Fault::ApplyLate;
        world
            .sim
            .faults()
            .next("files.completeUploadExternal", late);
        world.plan(&[upload("file", ops())]).await;
        if killed {
            world.restart().await;
        }
        world.wait(30).await;
        assert!(world.is_applied("file").await);
        world.sim.faults().release();
        world.wait(60).await;
        assert_eq!(shared(&world, "#ops"), 1, "killed: {killed}");
        assert_eq!(world.calls("files.completeUploadExternal"), 2);
    }
}

/// The first call is applied after Iris has looked, and before it makes the second.
#[tokio::test]
async fn row_30_a_file_that_is_shared_meanwhile_is_found() {
    let world = World::new().await;
    let faults = world.sim.faults();
    faults.next("files.completeUploadExternal", Fault::ResetAfterApply);
    // It looks twice, and Slack does not show it yet.
    faults.times(2, "files.info", Fault::Error("file_not_found".into()));
    world.plan(&[upload("file", ops())]).await;
    world.wait(60).await;
    assert!(world.is_applied("file").await);
    assert_eq!(shared(&world, "#ops"), 1);
}

/// Slack keeps bytes that were not shared only so long.
#[tokio::test]
async fn a_file_that_slack_has_forgotten_is_uploaded_again() {
    let world = World::new().await;
    let faults = world.sim.faults();
    let gone = || Fault::Error("file_not_found".into());
    faults.next("files.completeUploadExternal", Fault::ResetBeforeApply);
    faults.times(3, "files.completeUploadExternal", gone());
    world.plan(&[upload("file", ops())]).await;
    world.wait(120).await;
    assert!(world.is_applied("file").await);
    assert_eq!(shared(&world, "#ops"), 1);
    assert_eq!(world.calls("files.getUploadURLExternal"), 2);
}
