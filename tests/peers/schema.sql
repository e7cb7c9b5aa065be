-- What both peers keep.
CREATE TABLE IF NOT EXISTS incident (channel TEXT PRIMARY KEY, title TEXT NOT NULL, severity TEXT NOT NULL, declared_by TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS todo (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, text TEXT NOT NULL);
-- Slack delivers a message again when it is not sure: it stands here once.
CREATE TABLE IF NOT EXISTS timeline (channel TEXT NOT NULL, ts TEXT NOT NULL, user TEXT, text TEXT NOT NULL, PRIMARY KEY (channel, ts));
