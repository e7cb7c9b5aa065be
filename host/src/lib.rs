//! Iris: runs incident workflows for Slack.
//!
//! # Layout
//! Read in this order; data flows down and never up.
//!
//! * [`ids`], [`clock`]  names and time, the words everything is written in
//! * [`logging`], [`figures`]  what operators read
//! * [`config`]          settings and teams' files, checked
//! * [`edge`]            turns a signed Slack request into an event
//! * [`event`]           what can happen
//! * [`team`]            what a team's file says
//! * [`incident`]        what an incident is, and how it changes (pure)
//! * [`effect`]          what a step may wish for, and what becomes of a wish (pure)
//! * [`words`]           what Iris itself says, in two languages
//! * [`decide`]          what Iris itself decides: one event in, wishes out (pure)
//! * [`store`]           remembers, before and after
//! * [`step`]            runs a step: facts in, wishes out
//! * [`perform`]         acts on effects, and writes down what came
//! * [`slack`]           the only way out to Slack
//! * [`tasks`]           the one home of spawning

pub mod ids;
pub mod clock;
pub mod logging;
pub mod figures;
pub mod config;
pub mod edge;
pub mod event;
pub mod team;
pub mod incident;
pub mod effect;
pub mod words;
pub mod decide;
pub mod store;
pub mod step;
pub mod inbox;
pub mod perform;
pub mod slack;
pub mod tasks;
