//! How benchmarks report: one [`Measure`] is one row of `BENCHMARKS.md`.
//!
//! ```
//! use iris_measure::{Goal, Measure};
//!
//! Measure::new("declaration, form to room", "round trips")
//!     .iris(&[3.04, 3.06, 3.05])
//!     .beside("Bolt JS", &[10.1, 10.3, 10.2])
//!     .goal(Goal::AtMost(3.1))
//!     .print();
//! ```
//!
//! prints on stdout, for `cargo xtask bench` to gather:
//!
//! ```text
//! | declaration, form to room | round trips | 3.05 (3.04–3.06) | Bolt JS | 10.2 (10.1–10.3) | 0.299 (0.297–0.301) | ≤ 3.1 | yes |
//! ```

mod figures;

use std::fmt;

pub use figures::{median, percentile};

use figures::{spread, three};

/// The head of the table that the rows make.
pub const HEAD: &str = "\
| measure | in | Iris | beside | there | ratio | goal | reached |
| --- | --- | --- | --- | --- | --- | --- | --- |";

/// What a figure or a ratio is to reach. The median over the runs is judged.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// Iris's own figure.
    AtMost(f64),
    /// Iris's own figure.
    AtLeast(f64),
    /// Iris's figure, over that of what it stands beside.
    TimesAtMost(f64),
    /// Iris's figure, over that of what it stands beside.
    TimesAtLeast(f64),
}

/// One row: what was measured, of Iris and of what it stands beside, in the same runs.
#[derive(Clone, Debug)]
pub struct Measure {
    what: String,
    unit: String,
    iris: Vec<f64>,
    beside: Option<(String, Vec<f64>)>,
    goal: Option<Goal>,
    because: String,
}

impl Measure {
    /// What is measured, and the unit of all its figures.
    pub fn new(what: impl Into<String>, unit: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            unit: unit.into(),
            iris: vec![],
            beside: None,
            goal: None,
            because: String::new(),
        }
    }

    /// Iris's figure in each run.
    #[must_use]
    pub fn iris(mut self, runs: &[f64]) -> Self {
        self.iris = runs.to_vec();
        self
    }

    /// Another side's, in the same runs and the same unit. One figure alone, such as a floor that is
    /// computed, stands for all runs.
    #[must_use]
    pub fn beside(mut self, who: impl Into<String>, runs: &[f64]) -> Self {
        self.beside = Some((who.into(), runs.to_vec()));
        self
    }

    #[must_use]
    pub fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self
    }

    /// Why it falls short; said where it does. A clause, without a full stop.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.because = why.into();
        self
    }

    /// Whether the goal is reached; `None` without one, or without a figure to judge.
    pub fn reached(&self) -> Option<bool> {
        let figure = median(&self.iris)?;
        Some(match self.goal? {
            Goal::AtMost(most) => figure <= most,
            Goal::AtLeast(least) => figure >= least,
            Goal::TimesAtMost(most) => median(&self.ratios())? <= most,
            Goal::TimesAtLeast(least) => median(&self.ratios())? >= least,
        })
    }

    /// Iris's figure over the other's, run by run.
    fn ratios(&self) -> Vec<f64> {
        let there = match &self.beside {
            None => &[][..],
            Some((_, runs)) => runs,
        };
        match there {
            [one] => self.iris.iter().map(|figure| figure / one).collect(),
            runs => self.iris.iter().zip(runs).map(|(a, b)| a / b).collect(),
        }
    }

    /// As a row on stdout.
    #[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
    pub fn print(&self) {
        println!("{self}");
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (who, there) = match &self.beside {
            None => ("", String::new()),
            Some((who, runs)) => (who.as_str(), spread(runs)),
        };
        let ratio = spread(&self.ratios());
        let goal = self.goal.map(|goal| goal.to_string()).unwrap_or_default();
        let reached = match (self.reached(), self.because.as_str()) {
            (None, _) => String::new(),
            (Some(true), _) => "yes".to_owned(),
            (Some(false), "") => "**no**".to_owned(),
            (Some(false), why) => format!("**no**: {why}"),
        };
        let iris = spread(&self.iris);
        let cells = [&*self.what, &self.unit, &iris, who, &there];
        for cell in cells.into_iter().chain([&*ratio, &goal, &reached]) {
            write!(f, "| {} ", cell.replace('|', "\\|"))?;
        }
        write!(f, "|")
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(f, "≤ {}", three(*most)),
            Self::AtLeast(least) => write!(f, "≥ {}", three(*least)),
            Self::TimesAtMost(most) => write!(f, "≤ {} ×", three(*most)),
            Self::TimesAtLeast(least) => write!(f, "≥ {} ×", three(*least)),
        }
    }
}
