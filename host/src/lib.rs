//! Iris: runs incident workflows for Slack.
//!
//! # Layout
//! Read in this order; data flows down and never up.
//!
//! * [`ids`], [`clock`]  names and time, the words everything is written in
//! * [`seal`]            keeps tokens from whoever reads the store
//! * [`config`]          settings and teams' files, checked
//! * [`edge`]            turns a delivery of Slack's into an event
//! * [`event`]           what can happen; [`alert`] what monitoring systems say
//! * [`inbox`]           where the edge hands it over; [`installer`]: who installs Iris
//! * [`team`]            what a team's file says
//! * [`incident`]        what an incident is, and how it changes (pure)
//! * [`decide`]          what Iris itself decides (pure), said in [`words`]
//! * [`registry`]        fetches steps that are not here, and keeps them
//! * [`step`]            runs a step: facts in, wishes out
//! * [`effect`]          what can be wished for, and what becomes of a wish (pure)
//! * [`store`]           remembers, before and after
//! * [`perform`]         acts on effects, and writes down what came
//! * [`slack`]           the only way out to Slack
//! * [`sockets`]         keeps connections open through which Slack delivers
//! * [`manifest`]        what Slack must know and allow (pure)
//! * [`export`]          one incident as a file (pure)
//! * [`cli`]             the command line, which starts [`serve`] and [`demo`]
//!
//! [`main_loop`] ties them together; [`install`] lets workspaces come and go; [`app`] builds them, `restored` pauses it. [`tasks`] is the one home of spawning;
//! [`logging`], [`figures`] and [`traces`] are what operators read, [`failpoint`] is for tests that kill it.

pub mod ids;
pub mod clock;
pub mod tasks;
pub mod seal;
pub mod failpoint;
pub mod logging;
pub mod figures;
pub mod traces;
pub mod config;
pub mod edge;
pub mod event;
pub mod alert;
pub mod inbox;
pub mod installer;
pub mod team;
pub mod incident;
pub mod words;
pub mod decide;
pub mod registry;
pub mod step;
pub mod effect;
pub mod store;
pub mod perform;
pub mod slack;
pub mod sockets;
pub mod manifest;
pub mod export;
pub mod rehearse;
pub mod cli;
pub mod main_loop;
pub mod install;
mod restored;
pub mod app;
pub mod serve;
pub mod demo;
