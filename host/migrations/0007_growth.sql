-- What must not take longer as incidents gather.

-- Those that are not closed are few, and asked for whenever somebody acts.
CREATE INDEX incident_open ON incident (team, number) WHERE status <> 'closed';

-- How many incidents there are, kept by the triggers below.
CREATE TABLE tally (
    team   TEXT NOT NULL,
    status TEXT NOT NULL,
    drill  INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (team, status, drill)
) STRICT, WITHOUT ROWID;
INSERT INTO tally (team, status, drill, n)
    SELECT team, status, coalesce(json ->> '$.drill', 0), count(*) FROM incident GROUP BY 1, 2, 3;
CREATE TRIGGER incident_comes AFTER INSERT ON incident
BEGIN
    INSERT INTO tally (team, status, drill, n)
        VALUES (new.team, new.status, coalesce(new.json ->> '$.drill', 0), 1)
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER incident_moves AFTER UPDATE OF status ON incident WHEN old.status <> new.status
BEGIN
    UPDATE tally SET n = n - 1
        WHERE team = old.team AND status = old.status
          AND drill = coalesce(old.json ->> '$.drill', 0);
    INSERT INTO tally (team, status, drill, n)
        VALUES (new.team, new.status, coalesce(new.json ->> '$.drill', 0), 1)
        ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- The newest entry of each todo that is not done and has an owner, whose home shows it. `step` wrote
-- it under the number `n`.
CREATE TABLE open_todo (
    team     TEXT NOT NULL,
    incident INTEGER NOT NULL,
    step     TEXT NOT NULL,
    n        ANY NOT NULL,
    seq      INTEGER NOT NULL,
    owner    TEXT NOT NULL,
    PRIMARY KEY (team, incident, step, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX open_todo_owner ON open_todo (team, owner, incident, seq);
INSERT OR REPLACE INTO open_todo (team, incident, step, n, seq, owner)
    SELECT team, incident, owner, json ->> '$.data.n', seq, json ->> '$.data.owner'
    FROM entry AS old
    WHERE kind = 'todo' AND json ->> '$.data.n' IS NOT NULL
      AND json ->> '$.data.owner' IS NOT NULL AND json ->> '$.data.done_at' IS NULL
      AND coalesce(json ->> '$.data.act', '') <> 'done'
      AND NOT EXISTS (
          SELECT 1 FROM entry AS new
          WHERE new.team = old.team AND new.incident = old.incident AND new.seq > old.seq
            AND new.kind = 'todo' AND new.owner = old.owner
            AND new.json ->> '$.data.n' = old.json ->> '$.data.n');
CREATE TRIGGER entry_todo_comes AFTER INSERT ON entry WHEN new.kind = 'todo'
BEGIN
    DELETE FROM open_todo
        WHERE team = new.team AND incident = new.incident AND step = new.owner
          AND n = new.json ->> '$.data.n';
    INSERT INTO open_todo (team, incident, step, n, seq, owner)
        SELECT new.team, new.incident, new.owner, new.json ->> '$.data.n', new.seq,
               new.json ->> '$.data.owner'
        WHERE new.json ->> '$.data.n' IS NOT NULL AND new.json ->> '$.data.owner' IS NOT NULL
          AND new.json ->> '$.data.done_at' IS NULL
          AND coalesce(new.json ->> '$.data.act', '') <> 'done';
END;
DROP INDEX entry_todo;

-- What came in of one team, newest first, for operators.
CREATE INDEX inbox_team ON inbox (team);

-- What SQLite is to believe of the tables: few teams, each with very many rows. Without it, a team
-- seems to choose ten rows, and a room's incident is looked for among all of the team's.
-- Rows, rows of one value of the first column, of the first two, and so on:
-- https://www.sqlite.org/fileformat2.html#stat1tab
ANALYZE sqlite_schema;
ANALYZE gate;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('incident', 'sqlite_autoindex_incident_1', '100000 50000 1'),
    ('incident', 'incident_room', '100000 50000 1'),
    ('incident', 'incident_open', '100 50 1'),
    ('entry', 'sqlite_autoindex_entry_1', '1000000 500000 10 1'),
    ('entry', 'entry_key', '200000 100000 4 2 2 1'),
    ('inbox', 'sqlite_autoindex_inbox_1', '5000000 2500000 1'),
    ('inbox', 'inbox_open', '10 1'),
    ('inbox', 'inbox_past', '1000 1'),
    ('inbox', 'inbox_incident', '4000000 2000000 50 1'),
    ('inbox', 'inbox_team', '5000000 2500000'),
    ('call', 'call', '10000000 5000000 2 1'),
    ('effect', 'sqlite_autoindex_effect_1', '4000000 2000000 1'),
    ('effect', 'effect_open', '10 1'),
    ('effect', 'effect_incident', '4000000 2000000 40 1'),
    ('effect', 'effect_event', '4000000 2000000 5'),
    ('effect', 'effect_past', '1000 1'),
    ('effect', 'effect_parked', '10 1'),
    ('resource', 'resource', '500000 250000 5 2 1'),
    ('state', 'sqlite_autoindex_state_1', '500000 250000 5 2 1'),
    ('timer', 'timer', '1000 500 5 2 1'),
    ('timer', 'timer_due', '1000 1'),
    ('audit', 'audit', '2000000 1000000 1'),
    ('audit', 'audit_what', '2000000 1000000 100000 1'),
    ('called', 'called_at', '1000 2'),
    ('open_todo', 'open_todo', '10000 5000 2 2 1'),
    ('open_todo', 'open_todo_owner', '10000 5000 100 2 1');
ANALYZE sqlite_schema;
