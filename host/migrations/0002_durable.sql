-- What keeps the promise over kills, operators and backups.

-- Who did what to what. Append-only; `hash` is over the row and the hash of the one before.
CREATE TABLE audit (
    team     TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    who      TEXT NOT NULL,
    what     TEXT NOT NULL,
    incident INTEGER,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL,
    hash     TEXT NOT NULL,
    PRIMARY KEY (team, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

-- Operators' words on parked effects that the one who serves has not taken up yet. `json`: the
-- events that a word caused, which stand in the inbox.
CREATE TABLE word (
    seq    INTEGER PRIMARY KEY,
    team   TEXT NOT NULL,
    effect TEXT NOT NULL,
    json   TEXT NOT NULL
) STRICT;

-- Messages that were sent again after an unknown outcome: each is looked for once more, to remove
-- its twin. `thread` is empty outside of threads.
CREATE TABLE sweep (
    team    TEXT NOT NULL,
    effect  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    channel TEXT NOT NULL,
    thread  TEXT NOT NULL,
    PRIMARY KEY (team, effect)
) STRICT, WITHOUT ROWID;

-- One row in a backup. As long as it is there, nothing is sent: the store may be older than Slack.
CREATE TABLE backup (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    made_at  INTEGER NOT NULL,
    dropped  INTEGER,
    unknown  INTEGER
) STRICT;

CREATE INDEX effect_parked ON effect (seq) WHERE state = 'parked';
