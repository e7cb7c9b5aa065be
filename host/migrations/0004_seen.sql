-- What operators look at: what came in, what it led to, what steps had to say.

-- The event that wished it; NULL for what was planned before this table had the column.
ALTER TABLE effect ADD COLUMN event TEXT;
CREATE INDEX effect_event ON effect (team, event) WHERE event IS NOT NULL;

CREATE INDEX inbox_incident ON inbox (team, incident, seq) WHERE incident IS NOT NULL;

-- Lines of steps, and about steps that failed. The newest are kept; nothing relies on them.
CREATE TABLE log (
    seq      INTEGER PRIMARY KEY,
    team     TEXT NOT NULL,
    at       INTEGER NOT NULL,
    level    TEXT NOT NULL,
    step     TEXT NOT NULL,
    event    TEXT,
    incident INTEGER,
    line     TEXT NOT NULL
) STRICT;
