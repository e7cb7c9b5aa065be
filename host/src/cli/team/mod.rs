//! `iris team`: the workspaces in which Iris is installed. Works beside a running `iris serve`, which
//! follows what is changed here within a second.

mod remove;

use std::{process::ExitCode, sync::Arc};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use comfy_table::{Table, presets};
use serde_json::{Value, json};

use super::{Config, load, say};
use crate::{
    clock::SystemClock,
    ids::TeamId,
    install,
    store::{Granted, How, Installation, Installs, sqlite::Sqlite},
};

#[derive(Subcommand)]
pub(super) enum TeamCommand {
    /// List the workspaces in which Iris is, or was, installed
    #[command(after_help = "Example:\n  iris team list --json")]
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Show one of them
    #[command(after_help = "Example:\n  iris team show T0ACME")]
    Show {
        /// The workspace, or the organisation
        #[arg(value_name = "TEAM_ID")]
        team: String,
        #[command(flatten)]
        output: Output,
    },
    /// Serve a workspace no more: its token is revoked in Slack and wiped; its incidents are kept
    #[command(after_help = "Example:\n  iris team remove T0ACME\n\n\
        The app stays in Slack, without a token, until an admin removes it there.\n\
        An organisation's token serves all of its workspaces, and ends for all of them.\n\
        Where Slack does not revoke it, it is wiped all the same, and the exit code is 1.")]
    Remove {
        /// The workspace, or the organisation
        #[arg(value_name = "TEAM_ID")]
        team: String,
        /// Who you are, for the audit; without it, the name you are logged in by
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        #[command(flatten)]
        output: Output,
    },
    /// Seal all tokens with the present key; the one before it opens them
    #[command(after_help = "Example:\n  \
        IRIS_TOKEN_KEY=… IRIS_TOKEN_KEY_OLD=… iris team rekey\n\n\
        Let Iris serve with both keys first, then seal, then take the old one away.")]
    Rekey {
        #[command(flatten)]
        output: Output,
    },
}

#[derive(Args)]
pub(super) struct Output {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: Config,
}

pub(super) fn run(command: &TeamCommand) -> anyhow::Result<ExitCode> {
    load::block_on(async {
        match command {
            TeamCommand::List { output } => list(output).await,
            TeamCommand::Show { team, output } => show(team, output).await,
            TeamCommand::Remove { team, by, output } => {
                remove::run(team, by.as_deref(), output).await
            }
            TeamCommand::Rekey { output } => rekey(output).await,
        }
    })
}

async fn list(output: &Output) -> anyhow::Result<ExitCode> {
    let settings = load::checked(&output.config)?;
    let store = Sqlite::open_reader(&settings.store)?;
    let mut all = store.installations(0).await?;
    all.sort_by(|a, b| a.team.cmp(&b.team));
    if output.json {
        let granted = store.granted().await?;
        let told = all.iter().map(|one| told(one, &granted));
        say::json(&told.collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_header(["Team", "Name", "How", "Token", "Installed"]);
    for one in &all {
        table.add_row([
            one.team.as_str(),
            &one.facts.name,
            how(one.facts.how),
            one.token.as_str(),
            &one.facts.at.to_string(),
        ]);
    }
    say::out(table.trim_fmt())?;
    Ok(ExitCode::SUCCESS)
}

async fn show(team: &str, output: &Output) -> anyhow::Result<ExitCode> {
    let settings = load::checked(&output.config)?;
    let store = Sqlite::open_reader(&settings.store)?;
    let one = find(&store, team).await?;
    let told = told(&one, &store.granted().await?);
    if output.json {
        say::json(&told)?;
        return Ok(ExitCode::SUCCESS);
    }
    for (name, value) in told.as_object().into_iter().flatten() {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        say::out(format!("{name:<10} {value}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn rekey(output: &Output) -> anyhow::Result<ExitCode> {
    let settings = load::checked(&output.config)?;
    let keys = settings.slack.oauth.keys;
    let keys = keys.context("there is no key to seal with: give it by $IRIS_TOKEN_KEY")?;
    let store = Sqlite::open_beside(&settings.store, Arc::new(SystemClock))?;
    let done = install::reseal(&store, &keys).await?;
    let lost = done.lost.iter();
    let lost: Vec<_> = lost
        .map(|(team, why)| json!({ "team": team, "why": why.to_string() }))
        .collect();
    if output.json {
        say::json(&json!({ "resealed": done.resealed, "already": done.already, "lost": lost }))?;
    } else {
        say::out(format!(
            "{} sealed anew, {} were already",
            done.resealed.len(),
            done.already.len()
        ))?;
        for (team, why) in &done.lost {
            say::out(format!("{team}: {why}"))?;
        }
    }
    Ok(if done.lost.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn find(store: &Sqlite, team: &str) -> anyhow::Result<Installation> {
    let found = store.installation(&TeamId::from(team)).await?;
    if found.is_none()
        && let granted = store.granted().await?
        && let Some(one) = granted.iter().find(|one| one.team.as_str() == team)
    {
        bail!(
            "{team} has no installation of its own, but that of its organisation: see \
             `iris team show {}`",
            one.org
        );
    }
    found.with_context(|| format!("Iris was never installed in {team}: `iris team list`"))
}

fn how(how: How) -> &'static str {
    match how {
        How::Environment => "SLACK_BOT_TOKEN",
        How::Oauth => "installed",
        How::Organisation => "organisation",
    }
}

/// All but the tokens.
fn told(one: &Installation, granted: &[Granted]) -> Value {
    let facts = &one.facts;
    let serves = granted
        .iter()
        .filter(|granted| granted.org == one.team && granted.granted);
    let mut told = json!({
        "team": one.team,
        "name": facts.name,
        "how": how(facts.how),
        "token": one.token.as_str(),
        "key": one.tokens.as_ref().map(|tokens| &tokens.sealed.key),
        "expires": one.tokens.as_ref().and_then(|tokens| tokens.expires).map(|at| at.to_string()),
        "app": facts.app,
        "org": facts.org,
        "scopes": facts.scopes,
        "by": facts.by,
        "installed": facts.at.to_string(),
    });
    if facts.how == How::Organisation {
        told["workspaces"] = serves.map(|granted| json!(granted.team)).collect();
    }
    told
}
