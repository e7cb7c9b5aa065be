//! Speaks to the terminal: the one place that writes to stdout and stderr.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use miette::{GraphicalReportHandler, Report};
use serde::Serialize;

use super::load::WrongUsage;
use crate::config::{Problem, has_errors};

/// A result, with a line break. Nobody reading any more is no failure.
pub(super) fn out(result: impl Display) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match writeln!(stdout, "{result}").and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// A result, as JSON that people can read as well.
pub(super) fn json(result: &impl Serialize) -> anyhow::Result<()> {
    Ok(out(serde_json::to_string_pretty(result)?)?)
}

/// Something that is no result.
#[expect(
    clippy::print_stderr,
    reason = "the command line speaks to the terminal"
)]
pub(super) fn aside(sentence: impl Display) {
    eprintln!("{sentence}");
}

/// How far something is that may take longer than a second: a line that is written anew, on a
/// terminal only.
pub(super) struct Progress {
    what: &'static str,
    shown: Option<u32>,
}

impl Progress {
    pub(super) fn of(what: &'static str) -> Self {
        Self { what, shown: None }
    }

    pub(super) fn at(&mut self, done: u32, all: u32) {
        let percent = done.saturating_mul(100) / all.max(1);
        if self.shown != Some(percent) && io::stderr().is_terminal() {
            self.shown = Some(percent);
            rewrite(format_args!("{} {percent} %", self.what));
        }
    }

    pub(super) fn end(self) {
        if self.shown.is_some() {
            rewrite("");
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "the command line speaks to the terminal"
)]
fn rewrite(line: impl Display) {
    eprint!("\r\x1b[K{line}");
}

/// Each problem: on a terminal with the line itself, else one line each.
pub(super) fn problems(problems: &[Problem]) -> ExitCode {
    let terminal = io::stderr().is_terminal();
    for problem in problems {
        if terminal {
            let mut drawn = String::new();
            let report = Report::new(problem.clone());
            if GraphicalReportHandler::new()
                .render_report(&mut drawn, &*report)
                .is_ok()
            {
                aside(format_args!("{problem}\n{}", drawn.trim_end()));
                continue;
            }
        }
        aside(problem);
    }
    if has_errors(problems) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

pub(super) fn failure(failure: &anyhow::Error) -> ExitCode {
    aside(format_args!("iris: {failure:#}"));
    if failure.is::<WrongUsage>() {
        ExitCode::from(2)
    } else {
        ExitCode::FAILURE
    }
}

/// Wrong usage, or what `--help` and `--version` say.
pub(super) fn usage(usage: &clap::Error) -> ExitCode {
    match usage.print() {
        Ok(()) => u8::try_from(usage.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(_) => ExitCode::FAILURE,
    }
}
