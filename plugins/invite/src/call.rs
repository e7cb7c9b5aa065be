//! The call: the one message that pings.

use crate::memory::{Call, Why};
use iris_step::blocks::Block;
use iris_step::kit::limits::{MENTIONS, TITLE_IN_HEADER, cut};
use iris_step::kit::reasons::reason;
use iris_step::kit::texts::Arg;
use iris_step::kit::words::{Brief, inc};
use iris_step::rich::{Element, RichText, one_line, text, user};
use iris_step::{Content, Locale, Texts, args};

/// How many names of those who could not be called are shown.
const MISSING: usize = 10;

/// The message; none when there is nobody to mention and nobody missing.
/// `brief` holds the severity at the time of the call.
pub(crate) fn draw(texts: &Texts, brief: &Brief<'_>, call: &Call) -> Option<Content> {
    let mut blocks: Vec<Block> = Vec::new();
    let names = missing(texts, &call.missing);
    let mut said = texts.mrkdwn("failed", args![names = names.clone()]);
    if !names.is_empty() {
        blocks.push(
            RichText::new("failed")
                .section(texts.parts("failed", args![names]))
                .into(),
        );
    }
    if !call.people.is_empty() {
        let mut called = mentions(texts, &call.people);
        called.push(text("\n"));
        if brief.drill {
            called.extend(texts.parts("drill-call", &[]));
        }
        called.extend(sentence(texts, brief, call.why));
        blocks.insert(0, RichText::new("called").section(called).into());
        said = fallback(texts, brief);
    }
    (!blocks.is_empty()).then(|| Content::new(brief.mark(texts) + &said).blocks(&blocks))
}

/// What is said where nobody is listed.
pub(crate) fn nobody(texts: &Texts, brief: &Brief<'_>) -> Content {
    let sev = brief.severity(texts);
    let (key, product) = match brief.product {
        Some(product) => ("none", product),
        None => ("none-alone", ""),
    };
    let args = args![sev, product];
    let block = RichText::new("none").section(texts.parts(key, args));
    Content::new(brief.mark(texts) + &texts.mrkdwn(key, args)).blocks(&[block.into()])
}

fn mentions(texts: &Texts, people: &[String]) -> Vec<Element> {
    let mut elements = Vec::with_capacity(2 * people.len());
    for person in people.iter().take(MENTIONS) {
        if !elements.is_empty() {
            elements.push(text(" "));
        }
        elements.push(user(person));
    }
    if people.len() > MENTIONS {
        elements.push(text(" "));
        elements.extend(texts.parts("more-people", args![n = people.len() - MENTIONS]));
    }
    elements
}

fn sentence(texts: &Texts, brief: &Brief<'_>, why: Why) -> Vec<Element> {
    let sev = brief.severity(texts);
    let key = match (brief.product, brief.severity, why) {
        (None, _, _) => "called-alone",
        (Some(_), Some(_), Why::Raised) => "called-raised",
        (Some(_), Some(_), Why::Declared) => "called",
        (Some(_), None, _) => "called-unknown",
    };
    texts.parts(key, args![sev, product = brief.product.unwrap_or_default()])
}

fn fallback(texts: &Texts, brief: &Brief<'_>) -> String {
    let (inc, sev) = (inc(brief.number), brief.severity(texts));
    let title = one_line(brief.title);
    let title = cut(&title, TITLE_IN_HEADER);
    match brief.product {
        Some(product) => texts.mrkdwn("fallback", args![inc, sev, product, title]),
        None => texts.mrkdwn("fallback-alone", args![inc, sev, title]),
    }
}

/// Who could not be called, with reasons: a mention where there is an id, else
/// as the team's file writes them.
fn missing(texts: &Texts, missing: &[(String, String)]) -> Vec<Element> {
    let comma = match texts.locale() {
        Locale::En => ", ",
        Locale::Ja => "、",
    };
    let mut names = Vec::new();
    for (who, code) in missing.iter().take(MISSING) {
        if !names.is_empty() {
            names.push(text(comma));
        }
        let reason = reason(texts, who, code);
        let who = if is_person(who) {
            user(who).into()
        } else {
            Arg::from(who)
        };
        names.extend(texts.parts("failed-name", args![who, reason]));
    }
    if missing.len() > MISSING {
        names.extend(texts.parts("failed-more", args![n = missing.len() - MISSING]));
    }
    names
}

/// Whether it is a person's id: `U…` or `W…`.
fn is_person(who: &str) -> bool {
    who.starts_with(['U', 'W'])
        && who
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{draw, nobody};
    use crate::TEXTS;
    use crate::memory::{Call, Why};
    use iris_step::kit::words::Brief;
    use iris_step::{Locale, Texts};
    use serde_json::{Value, from_str, json};

    const BRIEF: Brief<'_> = Brief {
        number: 42,
        title: "Checkout fails with 500",
        product: Some("Payments"),
        severity: Some("SEV1"),
        status: "declared",
        drill: false,
        private: false,
    };

    fn call(people: &[&str], missing: &[(&str, &str)]) -> Call {
        Call {
            why: Why::Declared,
            people: people.iter().map(ToString::to_string).collect(),
            missing: missing
                .iter()
                .map(|(who, code)| ((*who).into(), (*code).into()))
                .collect(),
            severity: None,
        }
    }

    fn drawn(locale: Locale, brief: &Brief<'_>, call: &Call) -> (String, Value) {
        let content = draw(&Texts::new(locale, &TEXTS), brief, call).unwrap();
        (content.text, from_str(&content.blocks.unwrap()).unwrap())
    }

    #[test]
    fn people_are_mentioned_and_failures_named() {
        let call = call(
            &["U0KENMORI", "U0YUITANA"],
            &[("lead@acme.example", "users_not_found")],
        );
        let section = |block_id: &str, elements: Value| {
            json!({"type": "rich_text", "block_id": block_id,
                "elements": [{"type": "rich_text_section", "elements": elements}]})
        };
        let (text, blocks) = drawn(Locale::En, &BRIEF, &call);
        assert_eq!(
            text,
            "You are called to INC-42, SEV1 Payments: Checkout fails with 500"
        );
        assert_eq!(
            blocks,
            json!([
                section(
                    "called",
                    json!([{"type": "user", "user_id": "U0KENMORI"}, {"type": "text", "text": " "},
                        {"type": "user", "user_id": "U0YUITANA"},
                        {"type": "text", "text": "\nYou are called: SEV1, Payments. \
                            The pinned message has the situation and the roles."}])
                ),
                section(
                    "failed",
                    json!([{"type": "text", "text": "⚠️ Not called: lead@acme.example \
                        (no such person in this workspace)"}])
                ),
            ])
        );
        let ja = Brief {
            product: Some("決済"),
            title: "決済画面で500エラー",
            ..BRIEF
        };
        let (text, blocks) = drawn(Locale::Ja, &ja, &call);
        assert_eq!(
            text,
            "INC-42（SEV1・決済）に招集されました：決済画面で500エラー"
        );
        assert_eq!(
            blocks[0]["elements"][0]["elements"][3]["text"],
            "\nSEV1・決済の障害対応に招集しました。状況と役割はピン留めの投稿にあります。"
        );
    }

    #[test]
    fn a_drill_says_so_first() {
        let (text, blocks) = drawn(
            Locale::En,
            &Brief {
                drill: true,
                ..BRIEF
            },
            &call(&["U1"], &[]),
        );
        assert!(text.starts_with("🧯 DRILL · You are called"), "{text}");
        let said = blocks[0]["elements"][0]["elements"][1]["text"].as_str();
        assert!(
            said.unwrap()
                .starts_with("\n🧯 This is a drill. You are called: SEV1"),
            "{said:?}"
        );
    }

    #[test]
    fn many_are_cut() {
        let people: Vec<String> = (0..33).map(|n| format!("U{n}")).collect();
        let people: Vec<&str> = people.iter().map(String::as_str).collect();
        let (_, blocks) = drawn(
            Locale::En,
            &BRIEF,
            &call(&people, &[("@x", "not-found"); 12]),
        );
        let (called, failed) = (blocks[0].to_string(), blocks[1].to_string());
        assert_eq!(called.matches(r#""user""#).count(), 30);
        assert!(called.contains("and 3 more"), "{called}");
        assert!(failed.contains(", and 2 more"), "{failed}");
    }

    #[test]
    fn nobody_to_call_is_said() {
        let en = Texts::new(Locale::En, &TEXTS);
        assert!(draw(&en, &BRIEF, &call(&[], &[])).is_none());
        let said = nobody(
            &en,
            &Brief {
                severity: None,
                ..BRIEF
            },
        )
        .text;
        assert!(
            said.starts_with("⚠️ Nobody is listed for Payments, SEV?. Invite people"),
            "{said}"
        );
        let (text, _) = drawn(Locale::En, &BRIEF, &call(&[], &[("U9", "deactivated")]));
        assert_eq!(text, "⚠️ Not called: <@U9> (account is deactivated)");
    }
}
