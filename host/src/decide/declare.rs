//! The form of a declaration (S1): opened, completed, sent.

use std::collections::BTreeMap;

use iris_kit::{
    args,
    blocks::{button, to_json},
    limits::{DESCRIPTION, TITLE, cut, utf16_len},
    rich::one_line,
    texts::Arg,
    words::inc,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    answers::Answers,
    asked::Asked,
    command::press_instead,
    known::{Decision, Route},
    progress,
    say::{self, Filled, forms::UNSURE},
    trouble,
    vocabulary::CoreWord,
};
use crate::{
    effect::{Place, Wish, view::Memo},
    event::{Answer, Pressed, SeenMessage, Submitted, View},
    ids::{ChannelId, Owner, UserId},
    incident::{Cause, Declaration, Which, declare},
};

/// Rooms of drills that hear of a real incident.
const DRILLS: usize = 100;

/// What the form remembers; never people's words.
#[derive(Debug, Default, Serialize, Deserialize)]
struct FormMemo {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<ChannelId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<ChannelId>,
    /// The line may be meant for the room in which it was typed.
    #[serde(default)]
    room: bool,
    #[serde(default)]
    drill: bool,
}

/// A line that is no word. In a war room it is probably meant for the room.
pub(super) fn from_line(asked: &Asked<'_>, line: &str, drill: bool) -> Decision {
    let room = asked.known.incident.is_some() && !line.is_empty();
    open(asked, &titled(asked, &asked.plain(line), drill), room)
}

/// What follows `declare` or `drill`: the form, whatever the title looks like.
pub(super) fn from_word(asked: &Asked<'_>, title: &str, drill: bool) -> Decision {
    open(asked, &titled(asked, &asked.plain(title), drill), false)
}

/// A button under a line that was typed, or a button that only opens the form.
pub(super) fn pressed(asked: &Asked<'_>, pressed: &Pressed) -> Decision {
    let line = pressed.message.as_ref().and(pressed.values.first());
    open(
        asked,
        &titled(asked, line.map_or("", String::as_str), false),
        false,
    )
}

/// A message from which somebody declares: its first line is the title, all of it and its link say
/// what is happening.
pub(super) fn from_message(asked: &Asked<'_>, message: &SeenMessage) -> Decision {
    let words = asked.plain(&message.text);
    // A file without words is told by its name.
    let words = match words.trim() {
        "" => message.files.join(", "),
        words => words.to_owned(),
    };
    let link = asked.message_url(message);
    // However long it is: its link leads to all of it.
    let room = DESCRIPTION.saturating_sub(utf16_len(&link) + 1);
    let shown = cut(&words, room);
    let what = [shown.as_ref(), &link].into_iter();
    let what: Vec<_> = what.filter(|part| !part.is_empty()).collect();
    let filled = Filled {
        title: one_line(words.lines().next().unwrap_or_default()),
        what: what.join("\n"),
        from: Some(message.id.channel.clone()),
        origin: announceable(Some(&message.id.channel)),
        ..Filled::default()
    };
    open(asked, &filled, false)
}

fn titled(asked: &Asked<'_>, line: &str, drill: bool) -> Filled {
    let title = one_line(line);
    let long = utf16_len(&title) > TITLE;
    let what = if long {
        line.trim().to_owned()
    } else {
        String::new()
    };
    let origin = announceable(asked.channel());
    Filled {
        title,
        what,
        origin,
        drill,
        more: drill,
        ..Filled::default()
    }
}

/// A direct conversation is no place for an announcement.
fn announceable(channel: Option<&ChannelId>) -> Option<ChannelId> {
    channel
        .filter(|channel| !channel.as_str().starts_with('D'))
        .cloned()
}

fn open(asked: &Asked<'_>, filled: &Filled, room: bool) -> Decision {
    if asked.reply().is_none_or(|reply| reply.trigger.is_none()) {
        let label = asked.say("core-word-open");
        let again = button("core:declare", &label).value(cut(&filled.title, 300));
        return press_instead(asked, CoreWord::Declare, again);
    }
    let (view, memo) = draw(asked, filled, room);
    Decision::of(Wish::OpenForm {
        form: "declare".to_owned(),
        view,
        memo,
    })
}

fn draw(asked: &Asked<'_>, filled: &Filled, room: bool) -> (String, String) {
    let incident = asked.known.incident.filter(|_| room);
    let view = say::declaration(asked, filled, incident);
    let memo = FormMemo {
        origin: filled.origin.clone(),
        from: filled.from.clone(),
        room,
        drill: filled.drill,
    };
    (view.to_string(), json!(memo).to_string())
}

/// [More options]: all fields, with what is filled in already.
pub(super) fn more(asked: &Asked<'_>, pressed: &Pressed) -> Decision {
    let Some(view) = &pressed.view else {
        return Decision::default();
    };
    let (memo, answers) = (memo(view), Answers(&pressed.answers));
    let filled = Filled {
        title: answers.one("title").unwrap_or_default().to_owned(),
        product: answers.one("product").map(str::to_owned),
        severity: answers.one("severity").map(str::to_owned),
        what: answers.one("what").unwrap_or_default().to_owned(),
        origin: memo.origin,
        from: memo.from,
        drill: memo.drill,
        more: true,
    };
    let (view, memo) = draw(asked, &filled, memo.room);
    Decision::of(Wish::NextForm {
        form: "declare".to_owned(),
        view,
        memo,
    })
}

fn memo(view: &View) -> FormMemo {
    serde_json::from_str(&Memo::parse(&view.memo).memo).unwrap_or_default()
}

/// The form was sent: that is the declaration, and its sender sees the room grow.
pub(super) fn submitted(asked: &Asked<'_>, submitted: &Submitted) -> Decision {
    let declaration = match read(asked, submitted) {
        Ok(declaration) => declaration,
        Err(refused) => {
            return Decision {
                refused,
                ..Decision::default()
            };
        }
    };
    let core = Owner::core();
    let cause = Cause {
        owner: &core,
        by: asked.event.by.as_ref(),
        now: asked.known.now,
    };
    let (incident, _) = declare(asked.known.next_number, &declaration, cause);
    let view = to_json(&say::declared(asked, &incident, &say::Progress::default()));
    Decision::of(Wish::Declare(declaration))
        .and(Wish::NextForm {
            form: "declared".to_owned(),
            view,
            memo: String::new(),
        })
        .keep(progress::VIEW, &progress::shown(&submitted.view.id))
}

/// What the form came to, or what is wrong with which fields.
fn read(asked: &Asked<'_>, submitted: &Submitted) -> Result<Declaration, Vec<(String, String)>> {
    let (team, answers) = (asked.known.team, Answers(&submitted.answers));
    let mut refused = Vec::new();
    let mut refuse = |field: &str, sentence| refused.push((field.to_owned(), sentence));
    let gone = |what: &str| asked.texts.say("core-form-error-gone", args![what]);

    let typed = answers.one("title").map(one_line).unwrap_or_default();
    if typed.is_empty() {
        refuse("title", asked.say("core-form-error-title"));
    }
    let product = match answers.one("product") {
        Some(id) if team.product(id).is_none() => {
            refuse("product", gone(id));
            None
        }
        Some(id) => Some(id.to_owned()),
        // One product needs no field.
        None => team
            .products
            .first()
            .filter(|_| team.products.len() == 1)
            .map(|p| p.id.clone()),
    };
    let severity = answers.one("severity").filter(|id| *id != UNSURE);
    if let Some(id) = severity.filter(|id| team.severity(id).is_none()) {
        refuse("severity", gone(id));
    }
    let also = answers.all("also").unwrap_or_default();
    let also: Vec<_> = also
        .iter()
        .map(|user| UserId::from(user.as_str()))
        .collect();
    if let Some(user) = also
        .iter()
        .find(|user| asked.known.deactivated.contains(user))
    {
        let who = asked.name(user).unwrap_or_else(|| user.to_string());
        refuse(
            "also",
            asked.texts.say("core-form-error-deactivated", args![who]),
        );
    }
    if !refused.is_empty() {
        return Err(refused);
    }

    let what = answers.one("what").unwrap_or_default();
    let long = utf16_len(&typed) > TITLE && !what.contains(&typed);
    let situation = if long {
        format!("{typed}\n{what}")
    } else {
        what.to_owned()
    };
    let ticked = answers.all("options").unwrap_or_default();
    let private = ticked.iter().any(|option| option == "private");
    let origin = match answers.all("announce") {
        Some(chosen) => chosen
            .first()
            .map(|channel| ChannelId::from(channel.as_str())),
        None => memo(&submitted.view).origin,
    };
    Ok(Declaration {
        title: cut(&typed, TITLE).into_owned(),
        situation: situation.trim().to_owned(),
        product,
        severity: severity.map(str::to_owned),
        origin: origin.filter(|_| !private),
        drill: ticked.iter().any(|option| option == "drill"),
        private,
        also,
        answers: by_step(asked, &submitted.answers),
        through: None,
    })
}

/// What was filled into the fields of steps: `{step}.{field}`.
fn by_step(asked: &Asked<'_>, answers: &[Answer]) -> BTreeMap<Owner, Vec<Answer>> {
    let mut by_step: BTreeMap<Owner, Vec<Answer>> = BTreeMap::new();
    for answer in answers {
        let Some((step, field)) = answer.field.split_once('.') else {
            continue;
        };
        if let Some(step) = asked.known.steps.iter().find(|s| s.name.as_str() == step) {
            let answer = Answer {
                field: field.to_owned(),
                values: answer.values.clone(),
            };
            by_step.entry(step.name.clone()).or_default().push(answer);
        }
    }
    by_step
}

/// An incident is there: whoever is in a drill may be needed, and its room hears which steps it has
/// to do without.
pub(super) fn declared(asked: &Asked<'_>) -> Decision {
    let mut decision = Decision::route(Route::All);
    for step in asked.known.withheld {
        decision = decision.and(Wish::Say {
            place: Place::Room,
            content: trouble::withheld(asked, step),
        });
    }
    let Some(real) = asked.known.incident.filter(|i| !i.drill && !i.private) else {
        return decision;
    };
    for drill in asked.open(Which::Drills, DRILLS).incidents {
        let Some(room) = &drill.room else { continue };
        let args = args![inc = inc(real.number), title = Arg::people(&real.title)];
        let content = say::sentence(asked, "core-drill-real", args);
        let place = Place::Channel(room.channel.clone());
        decision = decision.and(Wish::Say { place, content });
    }
    decision
}
