-- What a restart must not forget.

-- What Slack was asked to do of late, so that its rate limits are kept over a restart too. `channel`
-- is empty for calls about no channel.
CREATE TABLE called (
    seq     INTEGER PRIMARY KEY,
    team    TEXT NOT NULL,
    method  TEXT NOT NULL,
    channel TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX called_at ON called (at);

-- The last deed of a kind is looked for.
CREATE INDEX audit_what ON audit (team, what, seq);
