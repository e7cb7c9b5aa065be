//! The room of an incident: channel, topic, bookmark, announcement.
