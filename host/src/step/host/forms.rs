//! Wishes about forms.

use serde::{Deserialize, de::IgnoredAny};

use super::check::{self, not_now, too_large};
use crate::{
    effect::Wish,
    event::{Pressed, What},
    incident::{Refusal, RefusalKind},
    step::{
        bindings::iris::step::forms::Host,
        grants::Permission::Forms,
        json::{self, malformed},
        running::{Answer, Running},
    },
};

/// Limits on one form.
const VIEW: usize = 200 << 10;
const BLOCKS: usize = 100;
const MEMO: usize = 2_000;

impl Host for Running {
    fn open(&mut self, form: String, view: String, memo: String) -> Answer {
        self.wish(Forms, |call| {
            let what = &call.call.event.what;
            // After a mention Slack opens no form: the person gets a button.
            let said = matches!(what, What::Mentioned(_)) && call.call.typed.is_some();
            let acted = matches!(
                what,
                What::Command(_) | What::Pressed(_) | What::Shortcut(_) | What::Submitted(_)
            );
            if !acted && !said {
                return Err(not_now("no-act", "Nobody has just asked for anything."));
            }
            let view = call.form(&form, view, &memo)?;
            Ok(Wish::OpenForm { form, view, memo })
        })
    }

    fn next(&mut self, form: String, view: String, memo: String) -> Answer {
        self.wish(Forms, |call| {
            let inside = matches!(
                call.call.event.what,
                What::Submitted(_) | What::Pressed(Pressed { view: Some(_), .. })
            );
            if !inside {
                return Err(not_now("no-form", "No form stands on anybody's screen."));
            }
            let view = call.form(&form, view, &memo)?;
            Ok(Wish::NextForm { form, view, memo })
        })
    }
}

impl Running {
    fn form(&self, form: &str, view: String, memo: &str) -> Result<String, Refusal> {
        check::name(form)?;
        let is_form = |wish: &Wish| matches!(wish, Wish::OpenForm { .. } | Wish::NextForm { .. });
        if self.recorded.wishes.iter().any(is_form) {
            let sentence = "A call shows at most one form.";
            return Err(Refusal::new(RefusalKind::Conflict, "second-form", sentence));
        }
        if memo.len() > MEMO {
            return Err(too_large(
                "memo",
                format!("`memo` is larger than {MEMO} bytes."),
            ));
        }
        if view.len() > VIEW {
            return Err(too_large(
                "view",
                "The view is larger than 200 KiB.".to_owned(),
            ));
        }
        check_view(&json::shape(&view, "view-json")?)?;
        Ok(self.own_actions(view, "view-json")?.0)
    }
}

#[derive(Deserialize)]
struct View {
    r#type: String,
    blocks: Vec<Block>,
    callback_id: Option<IgnoredAny>,
    private_metadata: Option<IgnoredAny>,
    external_id: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Block {
    r#type: String,
    block_id: Option<String>,
}

fn check_view(view: &View) -> Result<(), Refusal> {
    if view.r#type != "modal" {
        return Err(malformed(
            "view-type",
            "A form's `type` is `modal`.".to_owned(),
        ));
    }
    let reserved = [
        ("callback_id", view.callback_id.is_some()),
        ("private_metadata", view.private_metadata.is_some()),
        ("external_id", view.external_id.is_some()),
    ];
    if let Some((name, _)) = reserved.iter().find(|(_, there)| *there) {
        return Err(malformed(
            "view-reserved",
            format!("`{name}` is Iris's own."),
        ));
    }
    let count = view.blocks.len();
    if count == 0 || count > BLOCKS {
        let sentence = format!("The view has {count} blocks, not 1 to {BLOCKS}.");
        return Err(too_large("blocks", sentence));
    }
    let named = |block: &Block| {
        block
            .block_id
            .as_deref()
            .is_some_and(|id| (1..=180).contains(&id.chars().count()))
    };
    if view
        .blocks
        .iter()
        .any(|block| block.r#type == "input" && !named(block))
    {
        let why = "Each input needs a `block_id` of 1 to 180 characters.";
        return Err(malformed("block-id", why.to_owned()));
    }
    Ok(())
}
