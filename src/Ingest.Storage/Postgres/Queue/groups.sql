-- Makes a consumer group, unless there is one of that name, and gives it the messages that are kept.
--   since         only those that came since then; null: all.
--   queue         the queue (sink) it belongs to; may be null where there is one only.
--   max_attempts  a message is dead after so many claims; null: 10.
-- Returns how many messages wait for it; null when it was there before.
CREATE FUNCTION ingest_subscribe(consumer text, since timestamptz DEFAULT NULL, queue text DEFAULT NULL, max_attempts int DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    of_queue text := ingest_subscribe.queue;
    reached bigint;
    old bigint;
    late bigint;
BEGIN
    IF ingest_subscribe.consumer IS NULL OR ingest_subscribe.consumer = '' THEN
        RAISE EXCEPTION 'ingest: consumer must be a name' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF ingest_subscribe.max_attempts < 1 THEN
        RAISE EXCEPTION 'ingest: max_attempts must be at least 1, not %', ingest_subscribe.max_attempts USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF EXISTS (SELECT FROM queue_consumers WHERE consumer = ingest_subscribe.consumer) THEN
        RETURN NULL;
    END IF;
    IF of_queue IS NULL AND (SELECT count(*) FROM queue_heads) = 1 THEN
        SELECT queue INTO of_queue FROM queue_heads;
    END IF;
    IF NOT EXISTS (SELECT FROM queue_heads WHERE queue = of_queue) THEN
        RAISE EXCEPTION 'ingest: name the queue of a new consumer: %', coalesce((SELECT string_agg(queue, ', ' ORDER BY queue) FROM queue_heads), 'there is none yet')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO queue_consumers (consumer, queue, max_attempts) VALUES (ingest_subscribe.consumer, of_queue, coalesce(ingest_subscribe.max_attempts, 10)) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    -- The relay goes on while the bulk is copied. It stands still for what has come meanwhile, and from there on sees the group.
    SELECT coalesce(max(id), 0) INTO reached FROM queue_log;
    old := queue_copy(ingest_subscribe.consumer, of_queue, ingest_subscribe.since, 0, reached);
    PERFORM FROM queue_heads WHERE queue = of_queue FOR SHARE;
    late := queue_copy(ingest_subscribe.consumer, of_queue, ingest_subscribe.since, reached, 9223372036854775807);
    RETURN old + late;
END $$;

-- Gives a group what is in a part of the log and still in the outbox.
CREATE FUNCTION queue_copy(consumer text, queue text, since timestamptz, after bigint, upto bigint) RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    copied bigint;
BEGIN
    INSERT INTO queue_entries (sequence, consumer, visible_at)
        SELECT DISTINCT o.sequence, queue_copy.consumer, clock_timestamp()
        FROM queue_log AS l CROSS JOIN unnest(l.sequences) AS s JOIN outbox AS o ON o.sequence = s
        WHERE l.queue = queue_copy.queue AND l.id > after AND l.id <= upto AND (since IS NULL OR o.created_at >= since)
        ORDER BY o.sequence
        ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS copied = ROW_COUNT;
    RETURN copied;
END $$;

-- Ends a consumer group; what waits for it is given up. False when there was none.
CREATE FUNCTION ingest_unsubscribe(consumer text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    known boolean;
BEGIN
    -- The relay either has given the group its messages by now, or does not see it any more.
    PERFORM FROM queue_heads AS h JOIN queue_consumers AS c USING (queue) WHERE c.consumer = ingest_unsubscribe.consumer FOR SHARE OF h;
    DELETE FROM queue_consumers WHERE consumer = ingest_unsubscribe.consumer;
    known := FOUND;
    DELETE FROM queue_entries WHERE consumer = ingest_unsubscribe.consumer;
    RETURN known;
END $$;

REVOKE ALL ON FUNCTION ingest_subscribe, queue_copy, ingest_unsubscribe FROM PUBLIC;
