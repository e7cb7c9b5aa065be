//! How an incident begins.

use serde_json::json;

use super::{
    Declaration, Incident, Milestone, Status,
    change::{Cause, Changed, write},
};
use crate::{
    event::{Declared, What},
    ids::{Number, UserId},
};

/// A new incident with its first entry, and the event that starts everything.
pub fn declare(number: Number, wish: &Declaration, cause: Cause<'_>) -> (Incident, Changed) {
    let by = cause.by.cloned().unwrap_or_else(|| UserId::from(""));
    let mut incident = Incident {
        number,
        title: wish.title.clone(),
        situation: wish.situation.clone(),
        product: wish.product.clone(),
        severity: wish.severity.clone(),
        status: Status::Declared,
        declared_by: by,
        through: wish.through.clone(),
        times: vec![Milestone {
            status: Status::Declared,
            at: cause.now,
        }],
        roles: [].into(),
        room: None,
        origin: wish.origin.clone(),
        drill: wish.drill,
        private: wish.private,
        also: wish.also.clone(),
        people: [].into(),
        lines: [].into(),
        latest: None,
        entries: 0,
    };
    let mut changed = Changed::default();
    let mut data = json!({ "severity": wish.severity, "product": wish.product });
    if let Some(through) = &wish.through {
        data["through"] = json!(through.label);
    }
    write(
        &mut incident,
        cause,
        "declared",
        &wish.title,
        data,
        &mut changed,
    );
    changed.events.push(What::Declared(Declared {
        answers: wish.answers.clone(),
    }));
    (incident, changed)
}
