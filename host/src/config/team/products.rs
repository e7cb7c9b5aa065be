//! A team's products, and who is called for them.

use std::collections::BTreeMap;

use url::Url;

use super::{At, Fields, Reader, id, label, list, vocabulary::UNSURE};
use crate::{config::people::is_someone, team::Product};

pub(super) fn products(
    reader: &mut Reader,
    file: &mut Fields<'_>,
    severities: &[String],
) -> Vec<Product> {
    let mut taken = vec![];
    let read = file.tables("product", "a [[product]]", reader, |reader, fields| {
        let id = id(reader, fields, &mut taken);
        let name = label(reader, fields, "name");
        let table = fields
            .string("table", reader)
            .and_then(|table| link(reader, table));
        let responders = fields.table(
            "responders",
            "[product.responders]",
            reader,
            |reader, fields| responders(reader, fields, severities),
        );
        let responders = responders.unwrap_or_default();
        if let Some(id) = id
            .as_deref()
            .filter(|_| responders.values().all(Vec::is_empty))
        {
            let sentence = format!("Nobody is called for `{id}`: add [product.responders].");
            reader.warning(fields.span.clone(), sentence);
        }
        Some(Product {
            id: id?,
            name: name?,
            table,
            responders,
        })
    });
    read.unwrap_or_default()
}

fn link(reader: &mut Reader, At { value, span }: At<String>) -> Option<String> {
    let url = Url::parse(&value)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    if url.is_none() {
        reader.error(span, "`table` is a link: begin it with `https://`.");
        return None;
    }
    Some(value)
}

fn responders(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    severities: &[String],
) -> BTreeMap<String, Vec<String>> {
    let mut known: Vec<&str> = severities.iter().map(String::as_str).collect();
    known.push(UNSURE);
    let mut all = BTreeMap::new();
    for (
        At {
            value: severity,
            span,
        },
        people,
    ) in fields.rest()
    {
        if !known.contains(&severity.as_str()) {
            let sentence = format!(
                "There is no severity `{severity}`; known are {}.",
                list(&known)
            );
            reader.error(span, sentence);
        }
        let people = reader.strings(&severity, people).unwrap_or_default();
        let people = people
            .into_iter()
            .filter_map(|someone| person(reader, someone));
        all.insert(severity, people.collect());
    }
    all
}

fn person(reader: &mut Reader, At { value, span }: At<String>) -> Option<String> {
    if is_someone(&value) {
        return Some(value);
    }
    let sentence = format!(
        "`{value}` is nobody Slack knows: write a person's id (`U…`), a group's (`S…`) or its \
         `@handle`, or an e-mail address."
    );
    reader.error(span, sentence);
    None
}
