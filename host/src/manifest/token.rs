//! What a token may do, beside what it must be able to do.

use std::{collections::BTreeSet, fmt};

use super::needs::{Needs, Reason};

/// So many reasons are said in a sentence; `iris manifest --explain` has all.
const SAID: usize = 3;

/// The difference between a token's scopes and what is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// In the order of the alphabet.
    pub lacking: Vec<Lacking>,
    /// Scopes that nothing needs.
    pub unneeded: Vec<Unneeded>,
}

/// A scope that the token has not. As text: what to do about it, to be said after "It".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    pub scope: &'static str,
    pub reasons: Vec<Reason>,
}

/// A scope that the token has and nothing needs. As text: the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unneeded {
    pub scope: String,
}

impl Needs {
    /// `granted`: the scopes of a token, as Slack says them in `x-oauth-scopes`.
    pub fn beside(&self, granted: &[impl AsRef<str>]) -> Difference {
        let granted: BTreeSet<&str> = granted.iter().map(AsRef::as_ref).collect();
        let reasons = self.reasons();
        // What a method takes that Iris does not know may be any of them.
        let unneeded = if self.unknown().is_empty() {
            let unneeded = granted.iter().filter(|scope| !reasons.contains_key(*scope));
            let unneeded = unneeded.map(|scope| Unneeded {
                scope: (*scope).to_owned(),
            });
            unneeded.collect()
        } else {
            vec![]
        };
        let lacking = reasons
            .into_iter()
            .filter(|(scope, _)| !granted.contains(scope))
            .map(|(scope, reasons)| Lacking { scope, reasons })
            .collect();
        Difference { lacking, unneeded }
    }
}

impl Difference {
    /// Everything that lacks, in one sentence, to be said after "The token". `None`: nothing does.
    pub fn lacks(&self) -> Option<String> {
        let scopes: Vec<&str> = self.lacking.iter().map(|lacking| lacking.scope).collect();
        let lines: Vec<String> = scopes.iter().map(|scope| line(scope)).collect();
        (!scopes.is_empty()).then(|| {
            format!(
                "lacks the scopes {}: add {} to `oauth_config.scopes.bot` of the app's manifest \
                 (as `iris manifest` prints it), and install the app again.",
                scopes.join(", "),
                lines.join(" "),
            )
        })
    }
}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<String> = self
            .reasons
            .iter()
            .take(SAID)
            .map(Reason::to_string)
            .collect();
        let more = match self.reasons.len().saturating_sub(SAID) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        write!(
            f,
            "lacks the scope `{}`, which is for {}{more}: add the line {} to \
             `oauth_config.scopes.bot` of the app's manifest (as `iris manifest` prints it), and \
             install the app again.",
            self.scope,
            said.join(", "),
            line(self.scope),
        )
    }
}

impl fmt::Display for Unneeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "has the scope `{}`, which nothing here needs: remove the line {} from \
             `oauth_config.scopes.bot` of the app's manifest, revoke the token (a token keeps what \
             it was once given), and install the app again.",
            self.scope,
            line(&self.scope),
        )
    }
}

/// As it stands in the manifest.
fn line(scope: &str) -> String {
    format!("`\"{scope}\",`")
}
