//! Which permission Iris lacks.

use iris_tests::{Team, World};

use super::{BOTH, acme_without, tell, told_once};

#[tokio::test(flavor = "multi_thread")]
async fn who_acted_is_told_which_permission_is_missing_once() {
    let world = World::with(acme_without(&["files:write"]), Team::English.file())
        .await
        .unwrap();
    tell(&world, BOTH[0].1).await;
    tell(&world, "> @aya closes").await;
    for n in 0..41 {
        let note = format!("> @ken #room: /incident note Step {n}\n@ 10s");
        tell(&world, &note).await;
    }
    let seen = tell(&world, "> @ken #room: /incident resolve\n@ 1m").await;
    told_once(
        &seen,
        "only @ken: Iris lacks the permission files:write for this (sharing a file). An admin \
         must reinstall the app; iris check prints the line.",
    );
    world.stop().await;
}
