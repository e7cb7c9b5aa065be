-- Somebody's todos, in all incidents, are looked up whenever they open their home.
CREATE INDEX entry_todo ON entry (team, json ->> '$.data.owner') WHERE kind = 'todo';
