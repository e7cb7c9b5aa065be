//! What several speakers say alike: numbers of incidents, headers, topics, the
//! line of facts.

use crate::escape::escape;
use crate::limits::{TITLE, TITLE_IN_HEADER, TOPIC, cut, utf16_len};
use crate::rich::{one_line, user};
use crate::texts::Arg;
use crate::time::{Wall, duration, span, time_on};
use crate::{Locale, Texts, args};

/// `INC-42`.
pub fn inc(number: u32) -> String {
    format!("INC-{number}")
}

/// What is said about an incident wherever it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Brief<'a> {
    /// 1, 2, 3, … within the team.
    pub number: u32,
    /// People's words.
    pub title: &'a str,
    /// The product's name.
    pub product: Option<&'a str>,
    /// The severity's label; none while it is not known.
    pub severity: Option<&'a str>,
    /// The status's id: `declared`, `resolved` or `closed`.
    pub status: &'a str,
    /// Marked wherever it is shown.
    pub drill: bool,
    /// Known only to those in its room.
    pub private: bool,
}

/// Since when an incident is what it is.
#[derive(Clone, Copy, Debug)]
pub enum Since<'a> {
    /// Ongoing since somebody declared it.
    Declared {
        /// Their id.
        by: &'a str,
        /// When.
        at: Wall,
    },
    /// Ongoing since an alert declared it.
    Alerted {
        /// What the alert came through, such as `Alertmanager`.
        through: &'a str,
        /// When.
        at: Wall,
    },
    /// Ongoing again since somebody reopened it.
    Reopened {
        /// Their id.
        by: &'a str,
        /// When.
        at: Wall,
    },
    /// Over: resolved or closed.
    Over {
        /// When it was declared.
        from: Wall,
        /// When it was resolved.
        to: Wall,
        /// Between the two, in milliseconds.
        millis: u64,
    },
}

impl Brief<'_> {
    /// The severity's label, or `SEV?` / `重大度未定`.
    pub fn severity(&self, texts: &Texts) -> String {
        self.severity
            .map_or_else(|| texts.say("sev-unknown", &[]), str::to_owned)
    }

    /// `🧯 DRILL · ` before headers and fallback texts of a drill, else nothing.
    pub fn mark(&self, texts: &Texts) -> String {
        if self.drill {
            texts.say("drill", &[])
        } else {
            String::new()
        }
    }

    /// `🔴 SEV1 · Checkout fails with 500`, as the first block of a message.
    pub fn header(&self, texts: &Texts) -> String {
        let title = one_line(self.title);
        let title = cut(&title, TITLE_IN_HEADER);
        let said = match self.status {
            "resolved" => texts.say("head-resolved", args![title]),
            "closed" => texts.say("head-closed", args![title]),
            _ => texts.say("head-ongoing", args![title, sev = self.severity(texts)]),
        };
        self.mark(texts) + &said
    }

    /// The room's topic, escaped, at most 250; the title gives way.
    pub fn topic(&self, texts: &Texts) -> String {
        let mark = match self.status {
            "resolved" => "✅",
            "closed" => "🏁",
            _ => "🔴",
        };
        let private = self.private.then(|| texts.say("private", &[]));
        let status = format!(
            "{mark} {}",
            texts.say("status", args![status = self.status])
        );
        let title = one_line(self.title);
        let around = |title: &str| {
            let (severity, inc) = (self.severity(texts), inc(self.number));
            let parts = [
                private.as_deref(),
                Some(&status),
                Some(&severity),
                self.product,
                Some(title),
                Some(&inc),
            ];
            self.mark(texts) + &join(texts.locale(), parts.into_iter().flatten())
        };
        let mut limit = TITLE;
        loop {
            let topic = around(&cut(&title, limit));
            let topic = escape(&topic);
            if utf16_len(&topic) <= TOPIC || limit < 10 {
                return cut(&topic, TOPIC).into_owned();
            }
            // Escaping makes a title up to five times as long: less of it, until it fits.
            limit -= limit / 10;
        }
    }

    /// The line of facts below the header, as mrkdwn:
    /// `*Ongoing* · Payments · declared by <@U…> at 14:05 JST · INC-42`.
    pub fn facts(&self, texts: &Texts, since: Since<'_>, today: &Wall, zone: &str) -> String {
        let locale = texts.locale();
        let said = |key: &str, who: Arg<'_>, at: &Wall| {
            texts.mrkdwn(key, args![who, time = time_on(locale, at, today), zone])
        };
        let mut status = texts.say("status", args![status = self.status]);
        let detail = match since {
            Since::Declared { by, at } => said("facts-declared", user(by).into(), &at),
            Since::Alerted { through, at } => said("facts-alerted", through.into(), &at),
            Since::Reopened { by, at } => {
                status = texts.say("status-again", &[]);
                said("facts-reopened", user(by).into(), &at)
            }
            Since::Over { from, to, millis } => {
                let span = span(locale, &from, &to, today);
                texts.mrkdwn(
                    "facts-span",
                    args![span, zone, lasted = duration(locale, millis)],
                )
            }
        };
        let (product, inc) = (self.product.map(escape), inc(self.number));
        let rest = join(
            locale,
            [product.as_deref(), Some(&detail), Some(&inc)]
                .into_iter()
                .flatten(),
        );
        texts.say("facts", args![status, rest])
    }
}

/// Facts beside each other: `A · B · C` / `A・B・C`.
pub fn join<'a>(locale: Locale, parts: impl IntoIterator<Item = &'a str>) -> String {
    let dot = match locale {
        Locale::En => " · ",
        Locale::Ja => "・",
    };
    let mut joined = String::new();
    for part in parts {
        if !joined.is_empty() {
            joined.push_str(dot);
        }
        joined.push_str(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{Brief, Since, Wall};
    use crate::limits::utf16_len;
    use crate::{Locale, Texts};

    const BRIEF: Brief<'_> = Brief {
        number: 42,
        title: "Checkout fails with 500",
        product: Some("Payments"),
        severity: Some("SEV1"),
        status: "declared",
        drill: false,
        private: false,
    };
    const BRIEF_JA: Brief<'_> = Brief {
        title: "決済画面で500エラー",
        product: Some("決済"),
        ..BRIEF
    };
    const AT: Wall = Wall {
        year: 2026,
        month: 12,
        day: 1,
        hour: 14,
        minute: 5,
        second: 0,
        weekday: 2,
        offset: 540,
    };

    fn en() -> Texts {
        Texts::shared(Locale::En)
    }

    fn ja() -> Texts {
        Texts::shared(Locale::Ja)
    }

    #[test]
    fn headers_say_the_state() {
        assert_eq!(BRIEF.header(&en()), "🔴 SEV1 · Checkout fails with 500");
        assert_eq!(BRIEF_JA.header(&ja()), "🔴 SEV1・決済画面で500エラー");
        let unknown = Brief {
            severity: None,
            drill: true,
            ..BRIEF
        };
        assert_eq!(
            unknown.header(&en()),
            "🧯 DRILL · 🔴 SEV? · Checkout fails with 500"
        );
        let unknown = Brief {
            severity: None,
            drill: true,
            ..BRIEF_JA
        };
        assert_eq!(
            unknown.header(&ja()),
            "🧯【訓練】🔴 重大度未定・決済画面で500エラー"
        );
        let over = Brief {
            status: "resolved",
            ..BRIEF_JA
        };
        assert_eq!(over.header(&ja()), "✅ 復旧・決済画面で500エラー");
        assert_eq!(
            Brief {
                status: "closed",
                ..BRIEF
            }
            .header(&en()),
            "🏁 Closed · Checkout fails with 500"
        );
    }

    #[test]
    fn topics_fit_and_are_escaped() {
        assert_eq!(
            BRIEF.topic(&en()),
            "🔴 Ongoing · SEV1 · Payments · Checkout fails with 500 · INC-42"
        );
        assert_eq!(
            BRIEF_JA.topic(&ja()),
            "🔴 対応中・SEV1・決済・決済画面で500エラー・INC-42"
        );
        let marked = Brief {
            drill: true,
            private: true,
            product: None,
            ..BRIEF
        };
        assert!(
            marked
                .topic(&en())
                .starts_with("🧯 DRILL · 🔒 Private · 🔴 Ongoing · SEV1 · Checkout")
        );
        let long = "<&>".repeat(100);
        let topic = Brief {
            title: &long,
            ..BRIEF
        }
        .topic(&en());
        assert!(
            utf16_len(&topic) <= 250 && utf16_len(&topic) > 200,
            "{topic}"
        );
        assert!(topic.ends_with("… · INC-42"), "{topic}");
    }

    #[test]
    fn facts_stand_below_the_header() {
        let declared = Since::Declared {
            by: "U0AYASATO",
            at: AT,
        };
        assert_eq!(
            BRIEF.facts(&en(), declared, &AT, "JST"),
            "*Ongoing* · Payments · declared by <@U0AYASATO> at 14:05 JST · INC-42"
        );
        assert_eq!(
            BRIEF_JA.facts(&ja(), declared, &AT, "JST"),
            "対応中・決済・報告 <@U0AYASATO> さん 14:05 JST・INC-42"
        );
        let alerted = Since::Alerted {
            through: "Alert<manager>",
            at: AT,
        };
        assert_eq!(
            BRIEF.facts(&en(), alerted, &AT, "JST"),
            "*Ongoing* · Payments · declared by an alert of Alert&lt;manager&gt; at 14:05 JST · INC-42"
        );
        assert_eq!(
            BRIEF_JA.facts(&ja(), alerted, &AT, "JST"),
            "対応中・決済・報告 Alert&lt;manager&gt;のアラート 14:05 JST・INC-42"
        );
        let reopened = Since::Reopened { by: "U1", at: AT };
        assert_eq!(
            BRIEF.facts(&en(), reopened, &AT, "JST"),
            "*Ongoing again* · Payments · reopened by <@U1> at 14:05 JST · INC-42"
        );
        let over = Since::Over {
            from: AT,
            to: Wall {
                hour: 15,
                minute: 12,
                ..AT
            },
            millis: 67 * 60_000,
        };
        assert_eq!(
            Brief {
                status: "resolved",
                ..BRIEF_JA
            }
            .facts(&ja(), over, &AT, "JST"),
            "復旧・決済・14:05〜15:12 JST（1時間7分）・INC-42"
        );
    }
}
