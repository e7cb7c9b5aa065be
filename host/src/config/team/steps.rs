//! The steps a team uses, and what it allows them.

use std::{collections::BTreeMap, ops::Range};

use serde_json::Value;
use serde_spanned::Spanned;
use toml::de::DeValue;

use super::{At, Fields, Problem, Reader, Source, StepPlace, defaults, each_known, unique};
use crate::registry::Reference;
use crate::team::{Allow, Origin, Product, StepUse, When};

/// The permissions of the contract with steps.
const WISHES: [&str; 5] = ["incident", "room", "messages", "forms", "timers"];

pub(super) fn steps(
    reader: &mut Reader,
    file: &mut Fields<'_>,
    severities: &[String],
    products: &[Product],
) -> (Vec<StepUse>, Vec<StepPlace>) {
    let mut taken = vec![];
    let severities: Vec<&str> = severities.iter().map(String::as_str).collect();
    let products: Vec<&str> = products.iter().map(|product| product.id.as_str()).collect();
    let read = file.tables("step", "a [[step]]", reader, |reader, fields| {
        let name = name(reader, fields, &mut taken);
        let from = fields.string("from", reader);
        let from = match from {
            Some(from) => origin(reader, from),
            None => name.as_ref().map(|name| (Origin::file(&name.value), None)),
        };
        let when = fields.table("when", "`when`", reader, |reader, fields| {
            when(reader, fields, &severities, &products)
        });
        let allow = fields.table("allow", "`allow`", reader, allow);
        let mut places = BTreeMap::new();
        let config = config(reader, fields, &mut places);
        let At { value: name, span } = name?;
        let (origin, digest) = from?;
        let (when, allow) = (when.unwrap_or_default(), allow.unwrap_or_default());
        let place = StepPlace {
            name: span,
            config: places,
        };
        Some((
            StepUse {
                name,
                origin,
                digest,
                when,
                allow,
                config,
            },
            place,
        ))
    });
    if let Some(steps) = read {
        return steps.into_iter().unzip();
    }
    let place = StepPlace {
        name: 0..0,
        config: BTreeMap::new(),
    };
    (
        defaults::STEPS.map(defaults::step).to_vec(),
        vec![place; defaults::STEPS.len()],
    )
}

/// Says what is wrong with a step's config, at the value where there is one, else at the step.
pub(super) fn check(
    source: &Source,
    step: &str,
    config: &Value,
    place: &StepPlace,
    schema: &Value,
) -> Vec<Problem> {
    let validator = match jsonschema::validator_for(schema) {
        Ok(validator) => validator,
        Err(error) => {
            let sentence = format!("The step `{step}` carries a schema that is none: {error}.");
            return vec![source.error(place.name.clone(), sentence)];
        }
    };
    let problem = |error: jsonschema::ValidationError<'_>| {
        let pointer = error.instance_path().to_string();
        let span = place.config.get(&pointer).unwrap_or(&place.name).clone();
        let at = if pointer.is_empty() {
            String::new()
        } else {
            format!(" at `{pointer}`")
        };
        source.error(
            span,
            format!("The step `{step}` does not take this config{at}: {error}."),
        )
    };
    validator.iter_errors(config).map(problem).collect()
}

fn name(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    taken: &mut Vec<String>,
) -> Option<At<String>> {
    let At { value, span } = fields.required("use", reader)?;
    if !is_name(&value) {
        let sentence =
            format!("`{value}` is no step's name: use at most 32 of `a-z`, `0-9` and `-`.");
        reader.error(span, sentence);
        return None;
    }
    let value = unique(
        reader,
        At {
            value,
            span: span.clone(),
        },
        taken,
    )?;
    Some(At { value, span })
}

/// Reads `steps/<file>.wasm`, and `steps/<file>.wasm@sha256:<digest>`, which pins it to one version;
/// and `oci://<registry>/<name>@sha256:<digest>`.
fn origin(reader: &mut Reader, from: At<String>) -> Option<(Origin, Option<String>)> {
    let At { value, span } = from;
    if value.starts_with("oci://") {
        let reference = in_registry(reader, span, &value)?;
        return Some((Origin::Registry(reference), None));
    }
    let (file, digest) = match value.split_once('@') {
        Some((file, digest)) => (file, Some(digest)),
        None => (&*value, None),
    };
    let stem = file
        .strip_prefix("steps/")
        .and_then(|file| file.strip_suffix(".wasm"));
    let Some(stem) = stem.filter(|stem| is_name(stem)) else {
        let sentence = format!(
            "`{file}` cannot be taken: write `steps/<file>.wasm`, the file's name at most 32 of \
             `a-z`, `0-9` and `-`, or `oci://<registry>/<name>@sha256:<digest>`."
        );
        reader.error(span, sentence);
        return None;
    };
    let origin = Origin::file(stem);
    let Some(digest) = digest else {
        return Some((origin, None));
    };
    let hex = |digest: &&str| {
        let is_hex = |c: u8| matches!(c, b'0'..=b'9' | b'a'..=b'f');
        digest.len() == 64 && digest.bytes().all(is_hex)
    };
    let pinned = digest.strip_prefix("sha256:").filter(hex);
    if pinned.is_none() {
        let sentence = "After `@` stands `sha256:` and 64 of `0-9 a-f`; `iris step list` has it.";
        reader.error(span, sentence);
    }
    Some((origin, Some(pinned?.to_owned())))
}

/// A tag may mean something else tomorrow: the digest stands in the file.
fn in_registry(reader: &mut Reader, span: Range<usize>, text: &str) -> Option<Reference> {
    let reference: Reference = match text.parse() {
        Ok(reference) => reference,
        Err(error) => {
            reader.error(span, format!("`{text}` cannot be taken: {error}."));
            return None;
        }
    };
    if reference.digest().is_none() {
        let sentence = format!(
            "`{text}` says no digest, so that it could be another step tomorrow: \
             `iris step add {text}` asks the registry for it."
        );
        reader.error(span, sentence);
        return None;
    }
    Some(reference)
}

/// Of a step or a hook.
pub(super) fn is_name(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=32).contains(&text.len()) && text.chars().all(allowed)
}

fn when(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    severities: &[&str],
    products: &[&str],
) -> When {
    let severity = fields.strings("severity", reader);
    let severity = severity.map(|ids| each_known(reader, ids, "severity", severities));
    let product = fields.strings("product", reader);
    let product = product.map(|ids| each_known(reader, ids, "product", products));
    When {
        severity: severity.map(|ids| ids.into_iter().collect()),
        product: product.map(|ids| ids.into_iter().collect()),
        drill: fields.boolean("drill", reader),
    }
}

fn allow(reader: &mut Reader, fields: &mut Fields<'_>) -> Allow {
    let wishes = fields.strings("wishes", reader).unwrap_or_default();
    let wishes = each_known(reader, wishes, "kind of wish", &WISHES);
    let mut checked = |name, fits: fn(&str) -> bool, what: &str| {
        let all = fields.strings(name, reader).unwrap_or_default();
        let checked = all.into_iter().filter_map(|At { value, span }| {
            if !fits(&value) {
                reader.error(span, format!("`{value}` is not {what}."));
                return None;
            }
            Some(value)
        });
        checked.collect()
    };
    let slack = checked(
        "slack",
        is_method,
        "a method of Slack, such as `users.info`",
    );
    let http = checked(
        "http",
        is_host,
        "a host's name alone, such as `api.statuspage.example`",
    );
    let secrets = checked(
        "secrets",
        is_secret,
        "a secret's name: use `A-Z`, `0-9` and `_`, without `IRIS_SECRET_`",
    );
    Allow {
        wishes: wishes.into_iter().collect(),
        slack,
        http,
        secrets,
    }
}

fn is_method(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
    text.contains('.') && text.split('.').all(part)
}

/// Without scheme, port and path, in lower case.
fn is_host(text: &str) -> bool {
    url::Host::parse(text).is_ok_and(|host| host.to_string() == text)
}

fn is_secret(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    !text.is_empty() && text.chars().all(allowed) && !text.starts_with("IRIS_SECRET_")
}

fn config(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    places: &mut BTreeMap<String, Range<usize>>,
) -> Value {
    let nothing = Value::Object(serde_json::Map::new());
    let Some(given) = fields.take("config") else {
        return nothing;
    };
    if given.get_ref().as_table().is_none() {
        reader.error(
            given.span(),
            "`config` holds fields: write it as a table, `{ … }`.",
        );
        return nothing;
    }
    json(reader, given, String::new(), places)
}

/// As JSON, and where each value stands.
fn json(
    reader: &mut Reader,
    value: &Spanned<DeValue<'_>>,
    pointer: String,
    places: &mut BTreeMap<String, Range<usize>>,
) -> Value {
    let span = value.span();
    let json = match value.get_ref() {
        DeValue::String(text) => Value::from(text.to_string()),
        DeValue::Boolean(boolean) => Value::from(*boolean),
        DeValue::Datetime(datetime) => Value::from(datetime.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| too_large(reader, span.clone()), Value::from),
        DeValue::Float(float) => {
            let number = float
                .as_str()
                .parse()
                .ok()
                .and_then(serde_json::Number::from_f64);
            number.map_or_else(|| too_large(reader, span.clone()), Value::Number)
        }
        DeValue::Array(items) => {
            let item = |(n, item)| json(reader, item, format!("{pointer}/{n}"), places);
            items.iter().enumerate().map(item).collect()
        }
        DeValue::Table(table) => {
            let fields = table.iter().map(|(key, value)| {
                let token = key.get_ref().replace('~', "~0").replace('/', "~1");
                let value = json(reader, value, format!("{pointer}/{token}"), places);
                (key.get_ref().to_string(), value)
            });
            Value::Object(fields.collect())
        }
    };
    places.insert(pointer, span);
    json
}

fn too_large(reader: &mut Reader, span: Range<usize>) -> Value {
    reader.error(span, "JSON has no such number: write a smaller one.");
    Value::Null
}
