//! Iris: runs incident workflows for Slack.
