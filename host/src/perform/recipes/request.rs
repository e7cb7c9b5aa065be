//! A request to another service. Its answer goes back to the step, whatever its status.

use crate::{
    effect::Request,
    event::{Outcome, What},
    perform::{errand::Errand, fetch::FetchError, outcome::Done, stop::Stop},
};

pub(super) async fn fetch(
    errand: &mut Errand<'_>,
    key: &str,
    request: &Request,
    repeatable: bool,
) -> Result<Done, Stop> {
    let effect = errand.effect;
    if errand.unknown() && !repeatable {
        return Err(Stop::Park(
            "nobody knows whether the request arrived, and it must not be repeated".to_owned(),
        ));
    }
    let world = errand.world;
    let ready = world
        .fetcher
        .ready(request, &effect.key)
        .map_err(|error| refused(&error))?;
    errand.begin("http", None).await?;
    let outcome = match ready.send().await {
        Ok(outcome) => outcome,
        Err(error) => {
            return Err(match error {
                FetchError::NotSent(why) | FetchError::Unknown(why)
                    if effect.attempts + 1 >= world.settings.attempts =>
                {
                    Stop::refused("given-up", why)
                }
                FetchError::NotSent(why) => Stop::Again {
                    why,
                    answered: true,
                },
                FetchError::Unknown(why) => Stop::Unknown {
                    why,
                    answered: true,
                },
                error @ (FetchError::Forbidden(_)
                | FetchError::Malformed(_)
                | FetchError::Secret(_)
                | FetchError::TooLarge) => refused(&error),
            });
        }
    };
    let outcome = Outcome::Http {
        status: outcome.status,
        headers: outcome.headers,
        body: outcome.body,
    };
    Ok(Done {
        what: Some(What::Answered {
            owner: effect.owner.clone(),
            key: key.to_owned(),
            outcome,
        }),
        ..Done::default()
    })
}

fn refused(error: &FetchError) -> Stop {
    Stop::refused(error.code(), error.to_string())
}
