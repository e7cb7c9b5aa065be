//! Feedback: asks those who took part how it went, and sums it up without names.

mod answers;
mod form;
mod offer;
mod people;
mod summary;

use iris_step::{
    Descriptor, Event, Failure, Happening, Locale, Reach, Speaker, Step, Texts, args, facts::Card,
    kit::words, speaker,
};

static TEXTS: Speaker = speaker!("texts");

struct Feedback;

impl Step for Feedback {
    fn describe(locale: Locale) -> Descriptor {
        let texts = Texts::new(locale, &TEXTS);
        Descriptor::new("feedback", env!("CARGO_PKG_VERSION"))
            .sentence(texts.say("sentence", args![]))
            .events(["status-changed", "said"])
            .word(
                "feedback",
                "",
                texts.say("word-feedback", args![]),
                Reach::Room,
            )
            .wants(["messages", "incident", "forms", "timers"])
            .settings_schema(r#"{"type": "object", "additionalProperties": false}"#)
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only what `describe` asks for comes"
    )]
    fn handle(event: Event) -> Result<(), Failure> {
        let texts = iris_step::texts(&TEXTS);
        let Some(card) = Card::read() else {
            return Ok(());
        };
        match event.what {
            Happening::StatusChanged(change) if change.now == "resolved" => {
                offer::open(&texts, &card)
            }
            Happening::Said(_) => people::wrote(&event.by.unwrap_or_default()),
            Happening::Command(_) | Happening::Pressed(_) => {
                let by = event.by.unwrap_or_default();
                if card.incident.status == "declared" {
                    let inc = words::inc(card.incident.number);
                    return Err(Failure::refuse(texts.say("not-resolved", args![inc])));
                }
                form::open(&texts, &card, &by)
            }
            Happening::Submitted(submitted) => {
                let by = event.by.unwrap_or_default();
                form::submitted(&texts, &card, &by, &submitted)
            }
            Happening::Timer(timer) => offer::timer(&texts, &card, &timer.name),
            _ => Ok(()),
        }
    }
}

iris_step::export!(Feedback);
