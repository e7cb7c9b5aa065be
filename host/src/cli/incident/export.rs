//! `iris incident export`

use super::{Desk, say};
use crate::{
    cli::Format,
    export::{self, Export},
    incident::Incident,
    store::Store,
};

pub(super) async fn export(desk: &Desk, incident: Incident, format: Format) -> anyhow::Result<()> {
    let number = incident.number;
    let entries = desk.entries(number).await?;
    let effects = desk.store.effects(&desk.id, number).await?;
    let export = Export::new(incident, entries, &effects);
    match format {
        Format::Json => say::json(&export),
        Format::Md => {
            let names = desk.names(export.people()).await?;
            let resources = desk.store.resources(&desk.id, Some(number)).await?;
            let file = export::markdown(&export, &desk.team, &names, &resources);
            Ok(say::out(file.trim_end_matches('\n'))?)
        }
    }
}
