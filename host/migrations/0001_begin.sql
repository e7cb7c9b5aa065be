-- Every key begins with the team. Columns beside `json` are what is searched by, or what changes
-- after the row was written; where both say something, the column is right.
-- Moments are milliseconds since 1970. `incident` 0 in a key is the team itself.

PRAGMA application_id = 0x49524953; -- "IRIS"

-- What happened, in the order it came in.
CREATE TABLE inbox (
    seq         INTEGER PRIMARY KEY,
    team        TEXT NOT NULL,
    id          TEXT NOT NULL,
    incident    INTEGER,
    accepted_at INTEGER NOT NULL,
    done        INTEGER NOT NULL DEFAULT 0,
    answer      TEXT,
    json        TEXT NOT NULL,
    UNIQUE (team, id)
) STRICT;
CREATE INDEX inbox_open ON inbox (seq) WHERE done = 0;
CREATE INDEX inbox_past ON inbox (accepted_at) WHERE done = 1 AND incident IS NULL;

-- One event for one step; `state` is a CallState.
CREATE TABLE call (
    team     TEXT NOT NULL,
    event    TEXT NOT NULL,
    step     TEXT NOT NULL,
    state    TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (team, event, step),
    FOREIGN KEY (team, event) REFERENCES inbox (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
    team     TEXT NOT NULL,
    number   INTEGER NOT NULL,
    status   TEXT NOT NULL,
    severity TEXT,
    product  TEXT,
    room     TEXT,
    json     TEXT NOT NULL,
    PRIMARY KEY (team, number)
) STRICT;
CREATE INDEX incident_room ON incident (team, room) WHERE room IS NOT NULL;

-- Append-only.
CREATE TABLE entry (
    team     TEXT NOT NULL,
    incident INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    owner    TEXT NOT NULL,
    key      TEXT,
    struck   INTEGER NOT NULL,
    json     TEXT NOT NULL,
    PRIMARY KEY (team, incident, seq),
    FOREIGN KEY (team, incident) REFERENCES incident (team, number)
) STRICT;
CREATE INDEX entry_key ON entry (team, incident, owner, key, seq) WHERE key IS NOT NULL;

-- What is to be done in the world outside, in the order it was planned. `detail` goes with `state`.
CREATE TABLE effect (
    seq        INTEGER PRIMARY KEY,
    team       TEXT NOT NULL,
    key        TEXT NOT NULL,
    incident   INTEGER,
    owner      TEXT NOT NULL,
    method     TEXT NOT NULL,
    slot       TEXT,
    "order"    TEXT,
    planned_at INTEGER NOT NULL,
    state      TEXT NOT NULL,
    detail     TEXT,
    attempts   INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    json       TEXT NOT NULL,
    UNIQUE (team, key)
) STRICT;
CREATE INDEX effect_open ON effect (seq) WHERE state IN ('planned', 'sending', 'unknown');
CREATE INDEX effect_incident ON effect (team, incident, seq) WHERE incident IS NOT NULL;
CREATE INDEX effect_past ON effect (planned_at)
    WHERE incident IS NULL AND state IN ('applied', 'refused', 'superseded');

-- What names stand for in Slack.
CREATE TABLE resource (
    team      TEXT NOT NULL,
    incident  INTEGER NOT NULL,
    owner     TEXT NOT NULL,
    name      TEXT NOT NULL,
    channel   TEXT NOT NULL,
    ts        TEXT NOT NULL,
    permalink TEXT,
    PRIMARY KEY (team, incident, owner, name)
) STRICT, WITHOUT ROWID;

-- What steps remember. AUTOINCREMENT: a version is never given twice, even after a value is gone.
CREATE TABLE state (
    version  INTEGER PRIMARY KEY AUTOINCREMENT,
    team     TEXT NOT NULL,
    incident INTEGER NOT NULL,
    owner    TEXT NOT NULL,
    key      TEXT NOT NULL,
    json     TEXT NOT NULL,
    UNIQUE (team, incident, owner, key)
) STRICT;

CREATE TABLE timer (
    team     TEXT NOT NULL,
    incident INTEGER NOT NULL,
    owner    TEXT NOT NULL,
    name     TEXT NOT NULL,
    due      INTEGER NOT NULL,
    PRIMARY KEY (team, incident, owner, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_due ON timer (due);

-- Rate limits; `channel` is empty for any.
CREATE TABLE gate (
    team    TEXT NOT NULL,
    method  TEXT NOT NULL,
    channel TEXT NOT NULL,
    until   INTEGER NOT NULL,
    PRIMARY KEY (team, method, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    team TEXT NOT NULL,
    id   TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;
