-- Who installed Iris.

-- A workspace, or an organisation whose installation serves its workspaces: then `team` is the
-- organisation. `sealed` holds its tokens as the key `seal` sealed them; NULL where there are none
-- to keep: it was removed, or the environment gives them. `token` says what Slack thinks of them.
-- `version` grows with each change of any row, so that whoever serves finds what has changed; rows
-- are never deleted.
CREATE TABLE installation (
    team    TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL UNIQUE,
    token   TEXT NOT NULL,
    seal    TEXT,
    sealed  BLOB,
    expires INTEGER,
    json    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Workspaces of organisations: whether the organisation's installation serves them, since when.
CREATE TABLE granted (
    team    TEXT NOT NULL PRIMARY KEY,
    org     TEXT NOT NULL,
    at      INTEGER NOT NULL,
    granted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What an installation began with: each is taken once.
CREATE TABLE used_state (
    state TEXT NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
