-- The queue. It holds no articles: the outbox is the log, and an entry is what one consumer group still has to do with one of its rows. The relay of the
-- sink (PostgresQueueSink) fills it through queue_append; everybody else uses the functions whose names begin with ingest_.

CREATE TABLE queue_heads (
    queue text COLLATE "C" PRIMARY KEY,  -- the sink's name
    last_sequence bigint NOT NULL        -- whatever the relay brings up to here is there already, unless a person asks for it again
);

-- What has passed the sink's filter, in order, a row for each batch: where groups that subscribe later begin. Eight bytes a message, as long as it is kept.
CREATE TABLE queue_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue text COLLATE "C" NOT NULL REFERENCES queue_heads,
    sequences bigint[] NOT NULL
);

CREATE TABLE queue_consumers (
    consumer text COLLATE "C" PRIMARY KEY,
    queue text COLLATE "C" NOT NULL REFERENCES queue_heads,
    created_at timestamptz NOT NULL DEFAULT now(),
    max_attempts int NOT NULL DEFAULT 10,
    -- Where the due entries began when a claim last looked from the very beginning, and when that was.
    head timestamptz NOT NULL DEFAULT '-infinity',
    head_at timestamptz NOT NULL DEFAULT '-infinity'
);

CREATE TABLE queue_entries (
    sequence bigint NOT NULL,            -- of the outbox, whose row is kept while an entry names it
    consumer text COLLATE "C" NOT NULL,
    visible_at timestamptz NOT NULL,     -- waiting: since then, or not before; claimed: when the lease runs out
    attempts int NOT NULL DEFAULT 0,     -- how often it was claimed
    claim bigint,                        -- who has it: a number that is drawn anew for each claim; null: nobody
    last_error text,
    dead_at timestamptz,                 -- it has failed max_attempts times and is claimed no more
    -- Retention asks by sequence.
    PRIMARY KEY (sequence, consumer)
) WITH (
    -- A row lives for seconds and is written three times. The default waits until a fifth of the table is dead: after a backlog of a million messages
    -- that would be 200,000 index entries that claims have to step over, and no vacuum throttled for the sake of large tables catches up.
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_threshold = 10000, autovacuum_analyze_scale_factor = 0.1
);

-- Claims read this from its beginning and stop at the present: what is in hand, delayed or dead is not in that range.
CREATE INDEX queue_entries_due ON queue_entries (consumer, visible_at, sequence) WHERE dead_at IS NULL;
CREATE INDEX queue_entries_dead ON queue_entries (consumer, dead_at) WHERE dead_at IS NOT NULL;

CREATE SEQUENCE queue_claims;
