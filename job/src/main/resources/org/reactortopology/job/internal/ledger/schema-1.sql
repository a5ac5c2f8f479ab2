-- Times are milliseconds since 1970 unless their name says otherwise; texts that hold JSON end in _json.
CREATE TABLE run (
  number INTEGER PRIMARY KEY,      -- from 1
  mode TEXT NOT NULL,              -- JobMode.Kind
  state TEXT NOT NULL,             -- RUNNING, or the RunState that it ended in; RUNNING without a living owner was killed
  started INTEGER NOT NULL,
  ended INTEGER,
  topology TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  plan TEXT NOT NULL,              -- Topology.describe(), for the difference
  mermaid TEXT NOT NULL,           -- Topology.toMermaid()
  works_json TEXT NOT NULL,        -- names of the works, in order: ["read","correlate"]
  factory TEXT,                    -- class name; null without an origin
  params_json TEXT,                -- parameters of the factory; null without an origin
  executor TEXT NOT NULL,          -- for people
  machine_json TEXT NOT NULL,      -- host, pid, processStart, processors, os, java, version
  total INTEGER,                   -- items of the source, where it knows
  counts_json TEXT,                -- RunReport.Counts at the end
  report_json TEXT,                -- works and workers of the RunReport at the end
  error TEXT                       -- what broke or halted it
);

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  idx INTEGER NOT NULL,            -- position in the source
  state INTEGER NOT NULL,          -- ItemState.code()
  run INTEGER NOT NULL,            -- number of the run that this outcome is of
  attempts INTEGER NOT NULL,       -- how often it was begun, over all runs
  worker INTEGER,                  -- number of the worker; null if it ran in the coordinator's process
  started_micros INTEGER,          -- begin of its first work; null if none was called
  took_micros INTEGER,             -- time inside works, summed
  works_micros TEXT,               -- that time for each work of works_json: "120,34500"; empty for works that were not called
  ended INTEGER NOT NULL,
  failure_json TEXT,               -- work, type, message, reason, file (in failures/); null unless a failure
  value BLOB,                      -- the value that keepValues() keeps
  derived INTEGER NOT NULL         -- 1 if it was made of other items, 0 if it came from the source
);

-- Has all that a status asks for.
CREATE INDEX item_state ON item (state, derived, run);

-- One line a second at first; when there are 4096, every second one is dropped and the interval doubles.
CREATE TABLE sample (
  run INTEGER NOT NULL,
  at INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  derived INTEGER NOT NULL,        -- of those that ended, how many were made of other items
  heap_bytes INTEGER NOT NULL,     -- of the coordinator
  memory_bytes INTEGER NOT NULL,   -- resident, of the coordinator and all workers; 0 where it cannot be read
  busy INTEGER NOT NULL,           -- calls of works that ran then
  workers INTEGER NOT NULL,        -- processes that lived then
  PRIMARY KEY (run, at)
) WITHOUT ROWID;

-- One row, replaced each second while a job runs: what a person who watches wants to see now.
CREATE TABLE live (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  run INTEGER NOT NULL,
  at INTEGER NOT NULL,
  progress_json TEXT NOT NULL      -- total, taken, done, failures, skipped, derived, elapsedMillis, works [{name, calls, failures, millis}], queues [{edge, depth, capacity, highest}], workers [{id, pid, items, outcomes, memoryBytes}]
);
