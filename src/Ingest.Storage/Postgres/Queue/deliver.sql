-- The sink's one statement: what it brings is with every consumer group, once, or with none.
--   fresh     in order. What is not past the head came before: the relay died after this had committed and before it could note it.
--   replayed  asked for again by hand: waits anew with every group, whatever became of it.
-- Returns how many messages were new.
CREATE FUNCTION queue_append(queue text, fresh bigint[], replayed bigint[]) RETURNS int LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    head bigint;
    taken bigint[];
BEGIN
    INSERT INTO queue_heads VALUES (queue_append.queue, 0) ON CONFLICT DO NOTHING;
    SELECT last_sequence INTO head FROM queue_heads WHERE queue = queue_append.queue FOR UPDATE;
    taken := ARRAY(SELECT s FROM unnest(fresh) AS s WHERE s > head UNION SELECT s FROM unnest(replayed) AS s ORDER BY s);
    IF cardinality(taken) = 0 THEN
        RETURN 0;
    END IF;
    INSERT INTO queue_log (queue, sequences) VALUES (queue_append.queue, taken);
    INSERT INTO queue_entries (sequence, consumer, visible_at)
        SELECT s, c.consumer, clock_timestamp() FROM queue_consumers AS c CROSS JOIN unnest(taken) AS s WHERE c.queue = queue_append.queue
        ON CONFLICT (sequence, consumer) DO UPDATE SET visible_at = excluded.visible_at, attempts = 0, claim = NULL, last_error = NULL, dead_at = NULL;
    UPDATE queue_heads SET last_sequence = greatest(head, (SELECT max(s) FROM unnest(fresh) AS s)) WHERE queue = queue_append.queue;
    PERFORM pg_notify('ingest_queue', queue_append.queue);
    RETURN cardinality(taken);
END $$;

REVOKE ALL ON FUNCTION queue_append FROM PUBLIC;
