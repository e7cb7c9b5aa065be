//! The `iris` program.

use std::{env::args_os, process::ExitCode};

use iris::{
    cli::{self, Bodies},
    demo, serve,
};

fn main() -> ExitCode {
    cli::run(
        args_os(),
        Bodies {
            serve: serve::serve,
            demo: demo::demo,
            sim: demo::sim,
            project: demo::project,
        },
    )
}
