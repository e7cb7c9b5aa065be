//! The incident that todos belong to, as far as they show it.

use iris_step::kit::words::inc;
use iris_step::{Failure, Texts, facts};

/// The event's incident.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) number: u32,
    pub(crate) title: String,
    pub(crate) status: String,
    pub(crate) drill: bool,
}

impl Case {
    /// Fails outside of incidents: the words of this step are for rooms only.
    pub(crate) fn read() -> Result<Self, Failure> {
        let incident = facts::incident().ok_or_else(|| Failure::bug("no incident"))?;
        Ok(Self {
            number: incident.number,
            title: incident.title,
            status: incident.status,
            drill: incident.drill,
        })
    }

    /// `INC-42`.
    pub(crate) fn inc(&self) -> String {
        inc(self.number)
    }

    pub(crate) fn is_ongoing(&self) -> bool {
        self.status == "declared"
    }

    /// Before every fallback text of a drill.
    pub(crate) fn mark(&self, texts: &Texts) -> String {
        if self.drill {
            texts.say("drill", &[])
        } else {
            String::new()
        }
    }

    /// Before every todo of a drill.
    pub(crate) fn sign(&self) -> &'static str {
        if self.drill { "🧯 " } else { "" }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Case;

    pub(crate) fn case() -> Case {
        Case {
            number: 42,
            title: "Checkout fails with 500".to_owned(),
            status: "declared".to_owned(),
            drill: false,
        }
    }
}
