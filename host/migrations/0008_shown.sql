-- What is shown of open incidents, without reading all that are open.

-- In which open incidents somebody has a part: `role` is empty where they are in the room. Kept by
-- the triggers below.
CREATE TABLE part (
    team     TEXT NOT NULL,
    user     TEXT NOT NULL,
    incident INTEGER NOT NULL,
    role     TEXT NOT NULL,
    PRIMARY KEY (team, user, incident, role)
) STRICT, WITHOUT ROWID;
INSERT INTO part (team, user, incident, role)
    SELECT team, value, number, '' FROM incident, json_each(incident.json, '$.people')
    WHERE status <> 'closed'
    UNION
    SELECT team, value ->> '$.user', number, key FROM incident, json_each(incident.json, '$.roles')
    WHERE status <> 'closed';
CREATE TRIGGER incident_parts_begin AFTER INSERT ON incident WHEN new.status <> 'closed'
BEGIN
    INSERT INTO part (team, user, incident, role)
        SELECT new.team, value, new.number, '' FROM json_each(new.json, '$.people')
        UNION
        SELECT new.team, value ->> '$.user', new.number, key FROM json_each(new.json, '$.roles');
END;
CREATE TRIGGER incident_parts_change AFTER UPDATE OF status, json ON incident
    WHEN (old.status = 'closed') <> (new.status = 'closed')
        OR old.json -> '$.people' IS NOT new.json -> '$.people'
        OR old.json -> '$.roles' IS NOT new.json -> '$.roles'
BEGIN
    DELETE FROM part
        WHERE team = old.team AND incident = old.number AND user IN (
            SELECT value FROM json_each(old.json, '$.people')
            UNION
            SELECT value ->> '$.user' FROM json_each(old.json, '$.roles'));
    INSERT INTO part (team, user, incident, role)
        SELECT new.team, value, new.number, '' FROM json_each(new.json, '$.people')
        WHERE new.status <> 'closed'
        UNION
        SELECT new.team, value ->> '$.user', new.number, key FROM json_each(new.json, '$.roles')
        WHERE new.status <> 'closed';
END;

-- All that decides which of the open ones are shown, and in which order.
CREATE INDEX incident_shown ON incident (
    team, status, json ->> '$.drill', json ->> '$.private', severity, json ->> '$.times[0].at',
    number
) WHERE status <> 'closed';

-- Whose room a channel was made as, which is known before the incident says so.
CREATE INDEX resource_room ON resource (team, channel) WHERE owner = 'core' AND name = 'room';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('part', 'part', '1000 500 5 1 1'),
    ('incident', 'incident_shown', '100 50 25 20 20 10 1 1'),
    ('resource', 'resource_room', '100000 50000 1');
ANALYZE sqlite_schema;
