//! S1: the form of a declaration.

use iris_kit::{
    Texts, args,
    blocks::{
        Block, Checkboxes, Choice, Control, Conversations, External, Modal, PeopleMenu, Select,
        TextInput, actions, button, context, input, mrkdwn, plain, section,
    },
    limits::{DESCRIPTION, TITLE, cut},
    rich::{RichText, bold, channel},
    words::inc,
};
use serde_json::{Value, json};

use super::{
    forms::{self, severity_menu},
    inc_row,
};
use crate::{
    decide::{
        asked::Asked,
        line::normalise,
        vocabulary::{CoreWord, Word},
    },
    ids::ChannelId,
    incident::{Incident, Which},
    team::{Product, Team},
};

/// How many open incidents are shown above the fields.
const OPEN: usize = 3;
/// Slack's limit of a menu.
const PRODUCTS: usize = 100;
/// Fields of steps.
const STEP_FIELDS: usize = 20;

/// What stands in the form when it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::decide) struct Filled {
    pub(in crate::decide) title: String,
    pub(in crate::decide) product: Option<String>,
    pub(in crate::decide) severity: Option<String>,
    pub(in crate::decide) what: String,
    /// Where it will be announced.
    pub(in crate::decide) origin: Option<ChannelId>,
    /// The channel of the message it was opened from.
    pub(in crate::decide) from: Option<ChannelId>,
    pub(in crate::decide) drill: bool,
    /// All fields are shown.
    pub(in crate::decide) more: bool,
}

/// What stands in its place while it is not known what to show.
pub(in crate::decide) fn preparing(texts: &Texts) -> Modal {
    let say = |key: &str| texts.say(key, &[]);
    let wait = section("wait", plain(say("core-form-preparing"))).into();
    Modal::new(&say("core-form-title"), vec![wait]).close(&say("core-form-cancel"))
}

/// The form. `room` is the incident in whose room a line was typed that may rather be meant for it.
pub(in crate::decide) fn declaration(
    asked: &Asked<'_>,
    filled: &Filled,
    room: Option<&Incident>,
) -> Value {
    let title = if filled.drill {
        "core-form-title-drill"
    } else {
        "core-form-title"
    };
    let submit = if filled.drill {
        "core-form-submit-drill"
    } else {
        "core-form-submit"
    };
    let mut top = Vec::new();
    top.extend(
        room.into_iter()
            .flat_map(|incident| in_room(asked, incident)),
    );
    top.extend(from(asked, filled));
    top.extend(open(asked));
    top.push(title_field(asked, filled));
    top.extend(product_field(asked, filled));
    let unsure = filled.severity.as_deref().unwrap_or("unsure");
    let label = asked.say("core-form-field-severity");
    top.push(input("severity", &label, severity_menu(asked, unsure)).into());
    top.push(what_field(asked, filled));

    let mut bottom = if filled.more {
        options(asked, filled)
    } else {
        vec![more(asked)]
    };
    bottom.push(context("note", [mrkdwn(note(asked, filled))]));

    let modal = Modal::new(&asked.say(title), vec![])
        .submit(&asked.say(submit))
        .close(&asked.say("core-form-cancel"));
    let mut view = json!(modal);
    view["notify_on_close"] = json!(false);
    let blocks = top
        .iter()
        .map(|block| json!(block))
        .chain(step_fields(asked));
    view["blocks"] = blocks
        .chain(bottom.iter().map(|block| json!(block)))
        .collect();
    view
}

/// People in a room mostly want to tell something.
fn in_room(asked: &Asked<'_>, incident: &Incident) -> [Block; 2] {
    let args = args![inc = inc(incident.number)];
    let number = incident.number.to_string();
    let key = |key| asked.say(key);
    let update = button("core:form.update", &key("core-form-inroom-update")).value(&number);
    let note = button("core:form.note", &key("core-form-inroom-note")).value(&number);
    let buttons = [Some(update), forms::note_step(asked).map(|_| note)];
    [
        section(
            "inroom",
            mrkdwn(asked.texts.mrkdwn("core-form-inroom", args)),
        )
        .into(),
        actions("inroom-do", buttons.into_iter().flatten()),
    ]
}

fn from(asked: &Asked<'_>, filled: &Filled) -> Option<Block> {
    let from = filled.from.as_ref()?;
    let said = asked
        .texts
        .mrkdwn("core-form-from", args![channel = channel(from.as_str())]);
    Some(context("from", [mrkdwn(said)]))
}

fn open(asked: &Asked<'_>) -> Option<Block> {
    let open = asked.open(Which::Newest, OPEN);
    let row = |incident: &Incident| inc_row(asked, incident, None);
    let mut rows: Vec<_> = open.incidents.iter().map(row).collect();
    if let Some(n) = open.left(OPEN) {
        let args = args![
            n,
            command = &asked.known.team.command,
            word = Word::Core(CoreWord::List).shown(asked.locale())
        ];
        rows.push(asked.texts.parts("core-more-list", args));
    }
    let heading = vec![bold(asked.say("core-form-open"))];
    (!rows.is_empty()).then(|| RichText::new("open").section(heading).bullets(rows).into())
}

fn title_field(asked: &Asked<'_>, filled: &Filled) -> Block {
    let field = TextInput::new("v")
        .initial(cut(&filled.title, TITLE))
        .max_length(150)
        .focus()
        .placeholder(&asked.say("core-form-field-title-hint"));
    input("title", &asked.say("core-form-field-title"), field).into()
}

/// One product needs no field. More than a menu holds are looked for as people type.
fn product_field(asked: &Asked<'_>, filled: &Filled) -> Option<Block> {
    let team = asked.known.team;
    if team.products.len() < 2 {
        return None;
    }
    let choose = asked.say("core-form-choose");
    let chosen = filled.product.as_deref();
    let menu: Control = if team.products.len() > PRODUCTS {
        let menu = External::new("v", &choose);
        let chosen = chosen.and_then(|id| team.product(id));
        match chosen {
            Some(product) => menu.initial(Choice::new(&product.id, &product.name)).into(),
            None => menu.into(),
        }
    } else {
        let menu = Select::new("v", products(team, "")).placeholder(&choose);
        match chosen {
            Some(product) => menu.initial(product).into(),
            None => menu.into(),
        }
    };
    Some(input("product", &asked.say("core-form-field-product"), menu).into())
}

/// The products whose names hold what was typed, as many as a menu shows.
pub(in crate::decide) fn products(team: &Team, typed: &str) -> Vec<Choice> {
    let typed = normalise(typed);
    let named = |product: &&Product| normalise(&product.name).contains(&typed);
    let found = team.products.iter().filter(named).take(PRODUCTS);
    found.map(|p| Choice::new(&p.id, &p.name)).collect()
}

fn what_field(asked: &Asked<'_>, filled: &Filled) -> Block {
    let field = TextInput::new("v")
        .initial(cut(&filled.what, DESCRIPTION))
        .multiline()
        .max_length(2000)
        .placeholder(&asked.say("core-form-field-what-placeholder"));
    input("what", &asked.say("core-form-field-what"), field)
        .optional()
        .hint(&asked.say("core-form-field-what-hint"))
        .into()
}

/// The fields of steps, each named `{step}.{field}`, in the order of the team's file.
fn step_fields(asked: &Asked<'_>) -> impl Iterator<Item = Value> {
    let named = asked.known.steps.iter().flat_map(|step| {
        step.fields.iter().filter_map(move |field| {
            let name = field["block_id"].as_str()?;
            let mut field = field.clone();
            field["block_id"] = json!(format!("{}.{name}", step.name));
            Some(field)
        })
    });
    named.take(STEP_FIELDS)
}

fn more(asked: &Asked<'_>) -> Block {
    actions(
        "more",
        [button("core:form.more", &asked.say("core-form-more")).value("open")],
    )
}

fn options(asked: &Asked<'_>, filled: &Filled) -> Vec<Block> {
    let say = |key: &str| asked.say(key);
    let option = |value: &str| {
        let (label, hint) = (
            format!("core-form-{value}"),
            format!("core-form-{value}-hint"),
        );
        Choice::new(value, &say(&label)).description(&say(&hint))
    };
    let mut boxes = Checkboxes::new("v", vec![option("private"), option("drill")]);
    if filled.drill {
        boxes = boxes.ticked("drill");
    }
    let also = PeopleMenu::new("v")
        .placeholder(&say("core-form-also-choose"))
        .many();
    let mut announce = Conversations::new("v");
    if let Some(origin) = &filled.origin {
        announce = announce.initial(origin.as_str());
    }
    vec![
        input("options", &say("core-form-options"), boxes)
            .optional()
            .into(),
        input("also", &say("core-form-also"), also)
            .optional()
            .hint(&say("core-form-also-hint"))
            .into(),
        input("announce", &say("core-form-announce"), announce)
            .optional()
            .hint(&say("core-form-announce-hint"))
            .into(),
    ]
}

/// What pressing the button does, as mrkdwn.
fn note(asked: &Asked<'_>, filled: &Filled) -> String {
    match asked.known.team.products.as_slice() {
        _ if filled.drill => asked.say("core-form-note-drill"),
        [] => asked.say("core-form-note-none"),
        [only] => {
            let name: &str = &only.name;
            asked
                .texts
                .mrkdwn("core-form-note-one", args![product = name])
        }
        _ => asked.say("core-form-note"),
    }
}
