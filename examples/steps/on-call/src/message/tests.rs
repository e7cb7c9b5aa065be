//! What the message says, in both languages.

use super::draw;
use crate::TEXTS;
use crate::memory::{Memory, STRANGE};
use crate::source::Trouble;
use iris_step::kit::words::Brief;
use iris_step::{Invited, Locale, Texts};
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

/// After these were wished for, and some came.
fn called(people: &[&str], came: &[&str]) -> Memory {
    let mut memory = Memory::default();
    memory.wish(people.iter().map(ToString::to_string).collect());
    memory.invited(Invited {
        came: came.iter().map(ToString::to_string).collect(),
        missing: vec![],
    });
    memory
}

fn text(locale: Locale, brief: &Brief<'_>, memory: &Memory) -> String {
    draw(&Texts::new(locale, &TEXTS), brief, memory)
        .unwrap()
        .text
}

#[test]
fn one_short_line_says_who_was_called() {
    let memory = called(&["U1", "@group"], &["U7"]);
    let content = draw(&Texts::new(Locale::En, &TEXTS), &BRIEF, &memory).unwrap();
    assert_eq!(
        content.text,
        "📟 On call for Payments, and called in: <@U1>, <@U7>"
    );
    let blocks: Value = from_str(&content.blocks.unwrap()).unwrap();
    assert_eq!(
        blocks,
        json!([{"type": "rich_text", "block_id": "called", "elements": [
            {"type": "rich_text_section", "elements": [
                {"type": "text", "text": "📟 On call for Payments, and called in: "},
                {"type": "user", "user_id": "U1"}, {"type": "text", "text": ", "},
                {"type": "user", "user_id": "U7"}]}]}])
    );
    let alone = Brief {
        product: None,
        ..BRIEF
    };
    assert_eq!(
        text(Locale::Ja, &alone, &memory),
        "📟 当番を招集しました：<@U1>、<@U7>"
    );
    assert_eq!(
        text(Locale::En, &BRIEF, &called(&["@group"], &[])),
        "📟 Whoever is on call is here already."
    );
}

#[test]
fn a_drill_calls_and_says_so() {
    let drill = Brief {
        drill: true,
        ..BRIEF
    };
    let content = draw(
        &Texts::new(Locale::En, &TEXTS),
        &drill,
        &called(&["U1"], &[]),
    )
    .unwrap();
    assert!(
        content.text.starts_with("🧯 DRILL · 📟 On call"),
        "{}",
        content.text
    );
    let blocks: Value = from_str(&content.blocks.unwrap()).unwrap();
    let first = blocks[0]["elements"][0]["elements"][0]["text"].as_str();
    assert!(first.unwrap().starts_with("🧯 This is a drill. 📟 On call"));
}

#[test]
fn nothing_is_said_while_an_answer_is_waited_for() {
    let mut memory = Memory::default();
    memory.ask();
    assert!(draw(&Texts::new(Locale::En, &TEXTS), &BRIEF, &memory).is_none());
}

#[test]
fn trouble_names_the_next_thing_to_do() {
    let mut memory = Memory::default();
    memory.trouble = Some(Trouble::Status(1503));
    assert_eq!(
        text(Locale::En, &BRIEF, &memory),
        "⚠️ The on-call service gave no usable answer (HTTP 1503). \
         Please invite whoever is on call with /invite."
    );
    assert_eq!(
        text(Locale::Ja, &BRIEF, &memory),
        "⚠️ 当番サービスから有効な回答がありませんでした（HTTP 1503）。\
         当番の方を /invite で招待してください。"
    );
    memory.by_schedule = true;
    for (trouble, why) in [
        (Trouble::Late, "none came in time"),
        (Trouble::Nobody, "it names nobody"),
        (Trouble::Unreadable, "it could not be read"),
        (Trouble::Unreachable, "it cannot be reached"),
        (Trouble::Code("secret".to_owned()), "secret"),
    ] {
        memory.trouble = Some(trouble);
        assert_eq!(
            text(Locale::En, &BRIEF, &memory),
            format!(
                "⚠️ The on-call service gave no usable answer ({why}), so the schedule was used."
            )
        );
    }
}

#[test]
fn nobody_on_call_is_said() {
    assert_eq!(
        text(Locale::En, &BRIEF, &Memory::default()),
        "⚠️ Nobody is on call for Payments right now. \
         Please invite whom you need with /invite, and add them to the schedule later."
    );
}

#[test]
fn who_could_not_be_called_and_slips_are_said_below() {
    let mut memory = called(&["U1", "U2"], &["U1"]);
    memory.miss("U2".to_owned(), "deactivated".to_owned());
    memory.miss("Ken <x> Mori".to_owned(), STRANGE.to_owned());
    memory.mistakes = 2;
    assert_eq!(
        text(Locale::En, &BRIEF, &memory),
        "📟 On call for Payments, and called in: <@U1>\n\
         ⚠️ Not called: <@U2> (account is deactivated), \
         Ken &lt;x&gt; Mori (neither a person nor a group)\n\
         ⚠️ 2 entries of the on-call schedule are wrong and were passed over. \
         Please tell whoever looks after the team's file; Iris's log says what to mend."
    );
    for n in 0..12 {
        memory.miss(format!("a{n}@acme.example"), "not-found".to_owned());
    }
    let content = draw(&Texts::new(Locale::Ja, &TEXTS), &BRIEF, &memory).unwrap();
    assert!(content.blocks.unwrap().contains("、ほか4人"));
}

#[test]
fn every_text_is_said() {
    let sources = [include_str!("../lib.rs"), include_str!("mod.rs")];
    let problems = iris_texts::check_uses(
        include_str!("../../texts/en.ftl"),
        &sources.map(str::to_owned),
    );
    assert_eq!(problems, [""; 0]);
}
