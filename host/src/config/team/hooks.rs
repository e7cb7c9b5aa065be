//! Where alerts come in, and what becomes of them.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use serde_spanned::Spanned;
use toml::de::DeValue;

use super::{At, Fields, Reader, each_known, list, steps::is_name, unique};
use crate::{
    config::read::nearest,
    ids::ChannelId,
    team::{Grave, Hook, Paths, Product, Rule, Sender, Template},
};

/// So many incidents within an hour, where the file says nothing else.
const PER_HOUR: u32 = 20;
/// What a sender may say when the trouble is over, where the file says nothing else.
const RESOLVED: [&str; 5] = ["resolved", "ok", "recovered", "closed", "up"];

/// What rules may name.
struct Known<'a> {
    severities: Vec<&'a str>,
    products: Vec<&'a str>,
}

/// The hooks, and where the name of each stands.
pub(super) fn hooks(
    reader: &mut Reader,
    file: &mut Fields<'_>,
    severities: &[String],
    products: &[Product],
) -> (Vec<Arc<Hook>>, Vec<Range<usize>>) {
    let known = Known {
        severities: severities.iter().map(String::as_str).collect(),
        products: products.iter().map(|product| product.id.as_str()).collect(),
    };
    let mut taken = vec![];
    let read = file.tables("hook", "a [[hook]]", reader, |reader, fields| {
        hook(reader, fields, &known, &mut taken)
    });
    read.unwrap_or_default().into_iter().unzip()
}

fn hook(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    known: &Known<'_>,
    taken: &mut Vec<String>,
) -> Option<(Arc<Hook>, Range<usize>)> {
    let name = name(reader, fields, taken);
    let kind = kind(reader, fields);
    let label = super::optional_label(reader, fields, "label");
    let channel = channel(reader, fields);
    let per_hour = per_hour(reader, fields);
    let paths = paths(reader, fields, kind);
    let timestamp_header = timestamp_header(reader, fields, kind);
    let whole = fields.span.clone();
    let rules = fields.tables("rule", "a [[hook.rule]]", reader, |reader, fields| {
        Some(rule(reader, fields, known, kind))
    });
    let written = rules.is_some();
    let rules = rules.unwrap_or_default();
    if rules.is_empty() && !written {
        let sentence = "This hook has no rule, so that nothing comes of its alerts: add a \
            [[hook.rule]].";
        reader.error(whole.clone(), sentence);
    }
    let (name, kind) = (name?, kind?);
    let titled = |rule: &Rule| rule.ignore || rule.title.is_some();
    if kind == Sender::Json && paths.title.is_none() && !rules.iter().all(titled) {
        let sentence = "Iris cannot know where the title stands: add `title`, the path to it.";
        reader.error(whole, sentence);
    }
    let label = label.or_else(|| kind.label().map(str::to_owned));
    let hook = Hook {
        label: label.unwrap_or_else(|| name.value.clone()),
        name: name.value,
        kind,
        channel: channel?,
        per_hour,
        rules,
        paths,
        timestamp_header,
    };
    Some((Arc::new(hook), name.span))
}

fn name(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    taken: &mut Vec<String>,
) -> Option<At<String>> {
    let At { value, span } = fields.required("name", reader)?;
    if !is_name(&value) {
        let sentence =
            format!("`{value}` is no hook's name: use at most 32 of `a-z`, `0-9` and `-`.");
        reader.error(span, sentence);
        return None;
    }
    let at = At {
        value,
        span: span.clone(),
    };
    Some(At {
        value: unique(reader, at, taken)?,
        span,
    })
}

fn kind(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Sender> {
    let At { value, span } = fields.required("kind", reader)?;
    let known = Sender::ALL.map(Sender::as_str);
    let found = Sender::ALL.into_iter().find(|kind| kind.as_str() == value);
    if found.is_none() {
        let remedy = match nearest(&value, known.into_iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "known are {}; anything else that posts JSON is `json`.",
                list(&known)
            ),
        };
        reader.error(
            span,
            format!("There is no kind `{value}` of hook; {remedy}"),
        );
    }
    found
}

/// An id: a name may be another channel's tomorrow.
fn channel(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<ChannelId> {
    let At { value, span } = fields.required("channel", reader)?;
    let is_id = value.len() > 1
        && value.starts_with(['C', 'G'])
        && value
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if !is_id {
        let sentence = format!(
            "`{value}` is no channel's id: in Slack it stands at the end of the channel's details, \
             such as `C0123456789`."
        );
        reader.error(span, sentence);
        return None;
    }
    Some(ChannelId::from(value))
}

fn per_hour(reader: &mut Reader, fields: &mut Fields<'_>) -> u32 {
    let Some(At { value, span }) = fields.number("per_hour", reader) else {
        return PER_HOUR;
    };
    if let Ok(number @ 1..=1_000) = value.parse() {
        return number;
    }
    reader.error(span, "`per_hour` is a number from 1 to 1000.");
    PER_HOUR
}

/// Where the sender's JSON says what, which only a hook of kind `json` has to say.
fn paths(reader: &mut Reader, fields: &mut Fields<'_>, kind: Option<Sender>) -> Paths {
    if kind.is_some_and(|kind| kind != Sender::Json) {
        return Paths::default();
    }
    let mut at = |name, reader: &mut Reader| {
        let written = fields.string(name, reader)?;
        path(reader, written, Some(Sender::Json))
    };
    let (status, title, id) = (at("status", reader), at("title", reader), at("id", reader));
    let key = match kind {
        Some(_) => fields.required("key", reader),
        // Of what kind it is was to be said first.
        None => fields.string("key", reader),
    };
    let key = key.and_then(|key| path(reader, key, Some(Sender::Json)));
    let resolved = fields.strings("resolved", reader);
    let resolved = resolved.map(|all| all.into_iter().map(|at| at.value.to_lowercase()).collect());
    Paths {
        key: key.unwrap_or_default(),
        status,
        resolved: resolved.unwrap_or_else(|| RESOLVED.map(str::to_owned).to_vec()),
        title,
        id,
    }
}

fn timestamp_header(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    kind: Option<Sender>,
) -> Option<String> {
    if kind != Some(Sender::Grafana) {
        return None;
    }
    let At { value, span } = fields.string("timestamp_header", reader)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if value.is_empty() || !value.chars().all(allowed) {
        let sentence = format!("`{value}` is no header's name, such as `X-Grafana-Timestamp`.");
        reader.error(span, sentence);
        return None;
    }
    Some(value.to_ascii_lowercase())
}

/// A path as rules name it; a JSON pointer is one too. Reports what such a sender never says.
fn path(
    reader: &mut Reader,
    At { value, span }: At<String>,
    kind: Option<Sender>,
) -> Option<String> {
    let path = match value.strip_prefix('/') {
        Some(pointer) => pointer
            .replace('/', ".")
            .replace("~1", "/")
            .replace("~0", "~"),
        None => value.clone(),
    };
    if path.is_empty() || path.chars().any(|c| c.is_whitespace() || c.is_control()) {
        reader.error(
            span,
            format!("`{value}` is no field, such as `labels.service`."),
        );
        return None;
    }
    let (Some(kind), begin) = (kind, path.split('.').next().unwrap_or_default()) else {
        return Some(path);
    };
    match kind.begins() {
        Some(known) if !known.contains(&begin) => {
            let remedy = match nearest(begin, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}.", list(known)),
            };
            let who = kind.as_str();
            reader.error(span, format!("`{who}` has no field `{path}`; {remedy}"));
            None
        }
        Some(_) | None => Some(path),
    }
}

fn rule(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    known: &Known<'_>,
    kind: Option<Sender>,
) -> Rule {
    let when = fields.table("when", "`when`", reader, |reader, fields| {
        let mut when = BTreeMap::new();
        for (field, value) in fields.rest() {
            conditions(reader, field, value, kind, &mut when);
        }
        when
    });
    let ignore = fields.boolean("ignore", reader).unwrap_or_default();
    let product = fields.string("product", reader);
    let named = product.is_some();
    let product = product
        .and_then(|product| each_known(reader, vec![product], "product", &known.products).pop());
    if !named && !ignore && known.products.len() != 1 {
        let sentence = "This rule names no product, so that nobody is called: add `product`.";
        reader.warning(fields.span.clone(), sentence);
    }
    let severity = severity(reader, fields, known, kind);
    let title = template(reader, fields, "title", kind);
    let situation = template(reader, fields, "situation", kind);
    Rule {
        when: when.unwrap_or_default(),
        ignore,
        product,
        severity,
        title,
        situation,
    }
}

/// `{ "labels.service" = "checkout" }`, with one value or several; also without the quotes, by which
/// TOML makes a table in a table of it.
fn conditions(
    reader: &mut Reader,
    field: At<String>,
    value: &Spanned<DeValue<'_>>,
    kind: Option<Sender>,
    when: &mut BTreeMap<String, Vec<String>>,
) {
    if let DeValue::Table(inner) = value.get_ref() {
        for (name, value) in inner {
            let field = At {
                value: format!("{}.{}", field.value, name.get_ref()),
                span: name.span(),
            };
            conditions(reader, field, value, kind, when);
        }
        return;
    }
    let values = if let DeValue::Array(_) = value.get_ref() {
        reader.strings(&field.value, value).unwrap_or_default()
    } else {
        reader.string(&field.value, value).into_iter().collect()
    };
    let values = values.into_iter().map(|at| at.value).collect();
    if let Some(path) = path(reader, field, kind) {
        when.insert(path, values);
    }
}

/// `"sev1"`, or `{ by = "labels.severity", map = { critical = "sev1" }, else = "sev2" }`.
fn severity(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    known: &Known<'_>,
    kind: Option<Sender>,
) -> Grave {
    let is_known = |reader: &mut Reader, severity: At<String>| {
        each_known(reader, vec![severity], "severity", &known.severities).pop()
    };
    let is_table = fields.holds_table("severity");
    if !is_table {
        let one = fields.string("severity", reader);
        let one = one.and_then(|one| is_known(reader, one));
        return one.map_or(Grave::Unsure, Grave::Always);
    }
    let by = fields.table("severity", "`severity`", reader, |reader, fields| {
        let field = fields.required("by", reader);
        let field = field.and_then(|field| path(reader, field, kind));
        let map = fields.table("map", "`map`", reader, |reader, fields| {
            let mut map = BTreeMap::new();
            for (said, severity) in fields.rest() {
                let severity = reader.string(&said.value, severity);
                let severity = severity.and_then(|severity| is_known(reader, severity));
                map.extend(severity.map(|severity| (said.value, severity)));
            }
            map
        });
        let otherwise = fields.string("else", reader);
        let otherwise = otherwise.and_then(|severity| is_known(reader, severity));
        Some(Grave::By {
            field: field?,
            map: map.unwrap_or_default(),
            otherwise,
        })
    });
    by.flatten().unwrap_or_default()
}

fn template(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    name: &'static str,
    kind: Option<Sender>,
) -> Option<Template> {
    let At { value, span } = fields.string(name, reader)?;
    match Template::parse(&value) {
        Ok(template) => {
            for field in template.fields() {
                let (value, span) = (field.to_owned(), span.clone());
                path(reader, At { value, span }, kind);
            }
            Some(template)
        }
        Err(why) => {
            reader.error(span, format!("`{name}` cannot be filled in: {why}."));
            None
        }
    }
}
