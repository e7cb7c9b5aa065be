//! The room's name, from the team's template.

use iris_step::kit::limits::{CHANNEL_NAME, head, utf16_len};

/// What the template's keys stand for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keys<'a> {
    /// `{date}`: 20261201 in the team's zone.
    pub(crate) date: &'a str,
    /// `{number}`: 42.
    pub(crate) number: u32,
    /// `{product}`: its name.
    pub(crate) product: &'a str,
    /// `{product_id}`.
    pub(crate) product_id: &'a str,
    /// `{severity}`: its label; empty while it is not known.
    pub(crate) severity: &'a str,
    /// `{title}`: gives way where the name would be too long.
    pub(crate) title: &'a str,
}

/// A channel's name of at most 80 characters. Kana and kanji are kept: Slack
/// takes them, and where it does not, Iris finds a Latin form.
pub(crate) fn name(template: &str, keys: &Keys<'_>, drill: bool) -> String {
    let template = if drill {
        format!("drill-{template}")
    } else {
        template.to_owned()
    };
    let number = keys.number.to_string();
    let around = template
        .replace("{date}", keys.date)
        .replace("{number}", &number)
        .replace("{product}", keys.product)
        .replace("{product_id}", keys.product_id)
        .replace("{severity}", keys.severity);
    let title = match slug(keys.title) {
        title if title.is_empty() => number,
        title => title,
    };
    let taken = utf16_len(&slug(&around.replace("{title}", "x"))).saturating_sub(1);
    let title = shorten(&title, CHANNEL_NAME.saturating_sub(taken));
    let name = slug(&around.replace("{title}", &title));
    match head(&name, CHANNEL_NAME).trim_end_matches('-') {
        "" => format!("inc-{}", keys.number),
        name => name.to_owned(),
    }
}

/// Lower case, with one hyphen for each run of what is no letter or digit.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Cut at the last word that fits, or in the middle of a word where that would
/// lose most of it (Japanese has no blanks).
fn shorten(title: &str, room: usize) -> String {
    let kept = head(title, room);
    if kept.len() == title.len() || title[kept.len()..].starts_with('-') {
        return kept.to_owned();
    }
    match kept.rfind('-') {
        Some(at) if at * 2 > kept.len() => kept[..at].to_owned(),
        _ => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Keys, name};

    const KEYS: Keys<'_> = Keys {
        date: "20261201",
        number: 42,
        product: "Payments",
        product_id: "payments",
        severity: "SEV1",
        title: "Checkout fails with 500",
    };
    const TEMPLATE: &str = "inc-{date}-{product}-{title}";

    #[test]
    fn the_template_is_filled() {
        assert_eq!(
            name(TEMPLATE, &KEYS, false),
            "inc-20261201-payments-checkout-fails-with-500"
        );
        let ja = Keys {
            product: "決済",
            title: "決済画面で500エラー",
            ..KEYS
        };
        assert_eq!(
            name(TEMPLATE, &ja, false),
            "inc-20261201-決済-決済画面で500エラー"
        );
        assert_eq!(
            name("{severity}-{number}-{product_id}", &KEYS, true),
            "drill-sev1-42-payments"
        );
    }

    #[test]
    fn what_is_missing_leaves_no_gap() {
        let bare = Keys {
            product: "",
            severity: "",
            title: "?!",
            ..KEYS
        };
        assert_eq!(
            name("inc-{severity}-{product}-{title}", &bare, false),
            "inc-42"
        );
        assert_eq!(name("{product}", &bare, false), "inc-42");
    }

    #[test]
    fn the_title_gives_way_at_a_word() {
        let title = "the checkout of the shop fails with an internal server error since noon";
        let long = name("inc-{title}-{number}", &Keys { title, ..KEYS }, false);
        assert_eq!(
            long,
            "inc-the-checkout-of-the-shop-fails-with-an-internal-server-error-since-noon-42"
        );
        let longer = name(
            "inc-{date}-{title}-{number}",
            &Keys { title, ..KEYS },
            false,
        );
        assert_eq!(
            longer,
            "inc-20261201-the-checkout-of-the-shop-fails-with-an-internal-server-error-42"
        );
        let title = "決済".repeat(50);
        let ja = name(
            TEMPLATE,
            &Keys {
                title: &title,
                ..KEYS
            },
            true,
        );
        assert_eq!(ja.chars().count(), 80);
        assert!(ja.starts_with("drill-inc-20261201-payments-決済"), "{ja}");
    }
}
