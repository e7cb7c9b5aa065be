//! What only shows something is answered in the acknowledgement. It changes nothing, and the same
//! once more comes to the same, so nothing of it is stored.

use super::{MainLoop, scene::Scene};
use crate::{
    decide,
    effect::Wish,
    event::{Event, What},
    inbox::Ack,
    store::StoreError,
};

impl MainLoop {
    /// `None`: it has to be stored and to have its turn.
    pub(super) async fn shown_at_once(&self, event: &Event) -> Result<Option<Ack>, StoreError> {
        if let What::MenuAsked(asked) = &event.what {
            let file = self.0.parts.teams.team(&event.team);
            let shown = file.map(|file| Ack::Json(decide::choices(&file, asked)));
            return Ok(Some(shown.unwrap_or_default()));
        }
        let What::Command(command) = &event.what else {
            return Ok(None);
        };
        let Some(team) = self.team(&event.team) else {
            return Ok(None);
        };
        if !decide::asks_for_help(&command.text) {
            return Ok(None);
        }
        let store = self.store();
        let room = store.incident_of_room(&event.team, &command.channel);
        let incident = match room.await? {
            Some(number) => store.incident(&event.team, number).await?,
            None => None,
        };
        let mut scene = Scene {
            now: self.clock().now(),
            incident,
            ..Scene::default()
        };
        let decision = self.decide(event, &team, &mut scene).await?;
        Ok(match &*decision.wishes {
            [Wish::Reply { content }] => Some(Ack::Json(content.only_for_one().into())),
            _ => None,
        })
    }
}
