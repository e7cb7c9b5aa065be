//! The audit: who did what to which incident, step, grant or parked effect. A chain of rows, each
//! with the hash of the one before, so that a row that was changed or taken out is found.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    clock::Moment,
    ids::{Number, Owner, TeamId, UserId},
};

/// What stands before the first row.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Something that was done, to be written down with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Deed {
    pub team: TeamId,
    pub at: Moment,
    pub who: Who,
    /// What it was done to and what was done, such as `incident.severity` or `effect.abort`.
    pub what: String,
    pub incident: Option<Number>,
    /// Which of them: an entry's number, a step's name, an effect's key.
    pub subject: String,
    /// What else an auditor wants to know. Never what people wrote, never a secret.
    pub detail: Value,
}

/// Who did it: `U0AYA`, `step:todo`, `operator:root`, or `iris`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Who(pub String);

/// A deed in its place in the team's chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditRow {
    /// 1, 2, 3, … within the team.
    pub seq: u64,
    #[serde(flatten)]
    pub deed: Deed,
    pub hash: String,
}

/// Where a chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("row {expected} is missing: after it comes {found}")]
    Missing { expected: u64, found: u64 },
    #[error("row {seq} was changed, or one before it")]
    Changed { seq: u64 },
}

/// A walk along a chain from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub rows: u64,
    /// The hash of the last row: to be kept elsewhere, so that a chain that was cut off is found.
    pub head: String,
}

impl Who {
    pub fn iris() -> Self {
        Self("iris".to_owned())
    }

    pub fn person(user: &UserId) -> Self {
        Self(user.to_string())
    }

    pub fn operator(name: &str) -> Self {
        Self(format!("operator:{name}"))
    }

    /// Whoever wished it, where no person did.
    pub fn owner(owner: &Owner) -> Self {
        if owner.is_core() {
            Self::iris()
        } else {
            Self(format!("step:{owner}"))
        }
    }
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            rows: 0,
            head: GENESIS.to_owned(),
        }
    }
}

impl Chain {
    /// The row that comes next. `detail` is as it is stored.
    pub fn next(&mut self, deed: Deed) -> AuditRow {
        self.rows += 1;
        self.head = hash(&self.head, self.rows, &deed);
        AuditRow {
            seq: self.rows,
            deed,
            hash: self.head.clone(),
        }
    }

    /// Checks that this row comes next.
    pub fn follow(&mut self, row: &AuditRow) -> Result<(), Broken> {
        let expected = self.rows + 1;
        if row.seq != expected {
            let found = row.seq;
            return Err(Broken::Missing { expected, found });
        }
        if self.next(row.deed.clone()).hash != row.hash {
            return Err(Broken::Changed { seq: row.seq });
        }
        Ok(())
    }
}

/// Over a JSON array of everything that the row says, after the hash before.
fn hash(before: &str, seq: u64, deed: &Deed) -> String {
    let Deed {
        team,
        at,
        who,
        what,
        incident,
        subject,
        detail,
    } = deed;
    let said = (team, seq, at, who, what, incident, subject, detail);
    let said = serde_json::to_vec(&said).expect("names, numbers and JSON can be written as JSON");
    let mut digest = Sha256::new();
    digest.update(before);
    digest.update(said);
    hex::encode(digest.finalize())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rows() -> Vec<AuditRow> {
        let mut chain = Chain::default();
        let deed = |n: u32| Deed {
            team: "T1".into(),
            at: Moment(u64::from(n)),
            who: Who::person(&"U1".into()),
            what: "incident.severity".to_owned(),
            incident: Some(n),
            subject: format!("entry {n}"),
            detail: json!({ "now": "sev1" }),
        };
        (1..=3).map(|n| chain.next(deed(n))).collect()
    }

    fn verify(rows: &[AuditRow]) -> Result<(), Broken> {
        let mut chain = Chain::default();
        rows.iter().try_for_each(|row| chain.follow(row))
    }

    #[test]
    fn a_chain_as_it_was_written_holds() {
        assert_eq!(verify(&rows()), Ok(()));
    }

    #[test]
    fn whatever_was_changed_is_found() {
        let changes: [fn(&mut Deed); 7] = [
            |deed| deed.team = "T2".into(),
            |deed| deed.at = Moment(9),
            |deed| deed.who = Who::iris(),
            |deed| deed.what = "incident.status".to_owned(),
            |deed| deed.incident = None,
            |deed| deed.subject = "entry 9".to_owned(),
            |deed| deed.detail = json!({ "now": "sev2" }),
        ];
        for change in changes {
            let mut rows = rows();
            change(&mut rows[1].deed);
            assert_eq!(verify(&rows), Err(Broken::Changed { seq: 2 }));
        }
    }

    #[test]
    fn a_row_that_was_taken_out_is_found() {
        let mut rows = rows();
        rows.remove(1);
        let missing = Broken::Missing {
            expected: 2,
            found: 3,
        };
        assert_eq!(verify(&rows), Err(missing));
    }

    #[test]
    fn a_row_that_was_hashed_anew_breaks_the_next() {
        let mut rows = rows();
        rows[1].deed.who = Who::iris();
        let mut chain = Chain {
            rows: 1,
            head: rows[0].hash.clone(),
        };
        rows[1] = chain.next(rows[1].deed.clone());
        assert_eq!(verify(&rows), Err(Broken::Changed { seq: 3 }));
    }
}
