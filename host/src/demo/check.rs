//! Whether each step did its work, as people would see it in Slack.

use slack_sim::{Channel, Sim};

/// Names of the standard steps that did not.
pub(super) fn missing(sim: &Sim) -> Vec<&'static str> {
    let Some(room) = sim
        .channels()
        .into_iter()
        .rfind(|channel| channel.name.starts_with("inc-"))
    else {
        return vec![
            "war-room", "invite", "guide", "todo", "timeline", "feedback",
        ];
    };
    let said: Vec<String> = sim
        .messages(&room.id)
        .iter()
        .filter(|message| message.by_app)
        .map(|message| sim.shown(&message.text, &message.blocks))
        .collect();
    let says = |words: &str| said.iter().any(|text| text.contains(words));
    let did = [
        ("war-room", has_room(&room) && announced(sim, &room)),
        ("invite", room.members.len() >= 5 && says("You are called")),
        (
            "guide",
            !sim.pins(&room.id).is_empty() && says("is Operation lead"),
        ),
        ("todo", says("done by") && says("Todos of INC-1")),
        (
            "timeline",
            says("Timeline of INC-1") && says("1.42 went out"),
        ),
        ("feedback", says("Feedback on INC-1: 3 answers")),
    ];
    did.into_iter()
        .filter(|(_, done)| !done)
        .map(|(step, _)| step)
        .collect()
}

fn has_room(room: &Channel) -> bool {
    !room.topic.value.is_empty() && !room.bookmarks.is_empty()
}

/// The announcement stands where the incident was declared, and says that it is over.
fn announced(sim: &Sim, room: &Channel) -> bool {
    sim.messages("#general").iter().any(|message| {
        let text = sim.shown(&message.text, &message.blocks);
        text.contains("Closed") && text.contains(&room.name)
    })
}
