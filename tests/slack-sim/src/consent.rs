//! Slack's page that asks a person whether an app may be installed: `/oauth/v2/authorize`.
//!
//! Slack knows who sits in front of it; here the page asks that too, and in which workspace, where
//! several stand behind one address.

use std::sync::Arc;

use axum::extract::{RawQuery, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;
use url::Url;

use crate::core::Core;
use crate::person::Asked;
use crate::settings::{Settings, User, UserKind};
use crate::sim::Sim;

pub(crate) fn routes(sim: Sim) -> Router {
    Router::new()
        .route("/oauth/v2/authorize", get(ask).post(answered))
        .with_state(sim)
}

async fn ask(Shared(sim): Shared<Sim>, RawQuery(query): RawQuery) -> Response {
    let page = address(query.as_deref());
    match Asked::read(&page, sim.settings()) {
        Ok(asked) => shown(StatusCode::OK, &form(&sim, &asked)),
        Err(refused) => {
            let said = html! { p { "This app cannot be installed: " code { (refused) } } };
            shown(StatusCode::BAD_REQUEST, &said)
        }
    }
}

/// What was pressed.
#[derive(Deserialize)]
struct Pressed {
    /// The workspace and the person, as the page wrote them.
    who: String,
    answer: Answer,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Allow,
    /// In all of the organisation.
    AllowInOrganisation,
    Cancel,
}

/// Leads back to the app. What cannot be done is said here: an app hears nothing of it.
async fn answered(
    Shared(sim): Shared<Sim>,
    RawQuery(query): RawQuery,
    Form(pressed): Form<Pressed>,
) -> Response {
    let page = address(query.as_deref());
    let person = pressed.who.split_once(' ').and_then(|(team, user)| {
        let mut all = sim.core().all().into_iter();
        let core = all.find(|core| core.settings.team.id == team)?;
        Some(sim.beside(core).person(user))
    });
    let Some(person) = person else {
        let said = html! { p { "There is no such person here." } };
        return shown(StatusCode::BAD_REQUEST, &said);
    };
    let back = match pressed.answer {
        Answer::Allow => person.allow(&page),
        Answer::AllowInOrganisation => person.allow_in_organisation(&page),
        Answer::Cancel => person.deny(&page),
    };
    match back {
        Ok(back) => Redirect::to(&back).into_response(),
        Err(refused) => {
            let said = html! { p { "This is not possible: " code { (refused) } } };
            shown(StatusCode::BAD_REQUEST, &said)
        }
    }
}

/// Only its query matters.
fn address(query: Option<&str>) -> String {
    format!("https://slack.invalid/?{}", query.unwrap_or_default())
}

/// It is sent to the address that it came from, with all that the app asked.
fn form(sim: &Sim, asked: &Asked) -> Markup {
    let all = sim.core().all();
    let in_org = all
        .iter()
        .any(|core| core.settings.team.enterprise.is_some());
    let back = Url::parse(&asked.redirect_uri).ok();
    let host = back.as_ref().and_then(Url::host_str).unwrap_or_default();
    html! {
        h1 { (sim.settings().app.name) " asks for access" }
        form method="post" {
            p {
                label for="who" { "You are" } " "
                select id="who" name="who" {
                    @for core in &all { (people(core)) }
                }
            }
            p { (sim.settings().app.name) " will be able to use:" }
            ul { @for scope in asked.scope.split(',') { li { code { (scope) } } } }
            p { "Then you go back to " b { (host) } "." }
            p {
                button name="answer" value="allow" { "Allow" } " "
                @if in_org {
                    button name="answer" value="allow_in_organisation" {
                        "Allow for the organisation"
                    } " "
                }
                button name="answer" value="cancel" { "Cancel" }
            }
        }
    }
}

/// Whoever may install an app there.
fn people(core: &Arc<Core>) -> Markup {
    let Settings { team, people, .. } = &*core.settings;
    html! {
        optgroup label=(team.name) {
            @for person in people.iter().filter(|person| may_install(person)) {
                option value=(format!("{} {}", team.id, person.id)) { (person.shown()) }
            }
        }
    }
}

fn may_install(person: &User) -> bool {
    person.kind == UserKind::Member && !person.deleted
}

fn shown(status: StatusCode, said: &Markup) -> Response {
    const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;\
                         padding:0 1rem}button,select{font:inherit;padding:.3rem .8rem}";
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Slack" }
                style { (STYLE) }
            }
            body { main { (said) } }
        }
    };
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        // The form leads away from here, so where to is not limited.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
        ),
    ];
    (status, headers, Html(page.into_string())).into_response()
}
