//! Whose turn it is. Pure: what the clock shows comes in.

use crate::calendar::{DAY, HOUR, parse, seconds, wall};
use crate::settings::{Override, Rotation};
use iris_step::kit::time::Wall;

/// Now, and how the team's wall counts.
pub(crate) struct Clock<'a> {
    pub(crate) now: u64,
    /// What the wall shows now.
    pub(crate) wall: Wall,
    /// The moment at which the wall shows this.
    pub(crate) moment: &'a dyn Fn(&Wall) -> Option<u64>,
}

/// What the schedule says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct OnDuty {
    /// Each once, in the order of the schedule.
    pub(crate) people: Vec<String>,
    /// What cannot be read in it: for whoever looks after the team's file. The rest counts all
    /// the same, as an incident is no time to call nobody because of a slip.
    pub(crate) mistakes: Vec<String>,
}

/// Who is on duty for this product at this severity.
pub(crate) fn on_duty(
    schedule: &[Rotation],
    product: Option<&str>,
    severity: Option<&str>,
    clock: &Clock<'_>,
) -> OnDuty {
    let mut found = OnDuty::default();
    for (at, rotation) in schedule.iter().enumerate() {
        if !rotation.fits(product, severity) {
            continue;
        }
        let mut wrong = |what: String| found.mistakes.push(format!("schedule[{at}].{what}"));
        if let Some(who) = rotation.who(clock, &mut wrong)
            && !found.people.iter().any(|known| known == who)
        {
            found.people.push(who.to_owned());
        }
    }
    found
}

impl Rotation {
    fn fits(&self, product: Option<&str>, severity: Option<&str>) -> bool {
        let of_product = self.product.is_none() || self.product.as_deref() == product;
        let of_severity = |all: &Vec<String>| all.iter().any(|one| Some(&**one) == severity);
        of_product && self.severity.as_ref().is_none_or(of_severity)
    }

    fn who(&self, clock: &Clock<'_>, wrong: &mut impl FnMut(String)) -> Option<&str> {
        let mut stands_in = None;
        for (at, one) in self.overrides.iter().enumerate() {
            match one.holds(clock) {
                Ok(true) if stands_in.is_none() => stands_in = Some(&*one.who),
                Ok(_) => {}
                Err(what) => wrong(format!("overrides[{at}].{what}")),
            }
        }
        let turn = self.turn(clock).unwrap_or_else(|what| {
            wrong(what);
            None
        });
        stands_in.or_else(|| {
            self.people
                .get(turn? % self.people.len())
                .map(String::as_str)
        })
    }

    /// How many turns were over before this one; none before the first.
    fn turn(&self, clock: &Clock<'_>) -> Result<Option<usize>, String> {
        let first = seconds(&time("from", &self.from)?);
        let every = length(&self.every)
            .ok_or_else(|| format!("every: `{}` is no time: write 12h, 7d or 2w.", self.every))?;
        let begun = |turn: i64| {
            let begins = first.checked_add(turn.checked_mul(every)?)?;
            Some((clock.moment)(&wall(begins))? <= clock.now)
        };
        let begun = |turn: i64| begun(turn) == Some(true);
        let mut turn = (seconds(&clock.wall) - first).div_euclid(every);
        // Where the clock was put back the wall shows an hour twice, and only the first of the two
        // begins a turn; where it was put forward the hour at which one begins may be missing.
        while turn >= 0 && !begun(turn) {
            turn -= 1;
        }
        while turn >= -1 && begun(turn + 1) {
            turn += 1;
        }
        Ok(usize::try_from(turn).ok())
    }
}

impl Override {
    fn holds(&self, clock: &Clock<'_>) -> Result<bool, String> {
        let (from, to) = (time("from", &self.from)?, time("to", &self.to)?);
        if seconds(&to) <= seconds(&from) {
            let Self { from, to, .. } = self;
            return Err(format!(
                "to: `{to}` is not after `{from}`: write when it ends."
            ));
        }
        let passed = |wall: &Wall| (clock.moment)(wall).is_some_and(|at| at <= clock.now);
        Ok(passed(&from) && !passed(&to))
    }
}

fn time(field: &str, text: &str) -> Result<Wall, String> {
    parse(text).ok_or_else(|| {
        format!("{field}: `{text}` is no date: write one that exists, such as 2026-01-05T09:00.")
    })
}

/// Seconds of `12h`, `7d` or `2w`.
fn length(text: &str) -> Option<i64> {
    let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "h" => HOUR,
        "d" => DAY,
        "w" => 7 * DAY,
        _ => return None,
    };
    count
        .parse::<i64>()
        .ok()
        .filter(|n| *n > 0)?
        .checked_mul(unit)
}

#[cfg(test)]
mod tests;
