-- The messages that a consumer group has given up, the latest first.
CREATE FUNCTION ingest_dead(consumer text)
RETURNS TABLE (sequence bigint, message_id text, type text, attempts int, last_error text, dead_at timestamptz, payload text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.sequence, o.message_id, o.type, e.attempts, e.last_error, e.dead_at, o.payload
    FROM queue_entries AS e JOIN outbox AS o ON o.sequence = e.sequence
    WHERE e.consumer = ingest_dead.consumer AND e.dead_at IS NOT NULL
    ORDER BY e.dead_at DESC, e.sequence DESC
$$;

-- Lets them wait anew: these, or all. Returns how many.
CREATE FUNCTION ingest_retry_dead(consumer text, sequences bigint[] DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    retried bigint;
BEGIN
    UPDATE queue_entries AS e SET dead_at = NULL, attempts = 0, visible_at = clock_timestamp()
    WHERE e.consumer = ingest_retry_dead.consumer AND e.dead_at IS NOT NULL AND (sequences IS NULL OR e.sequence = ANY (sequences));
    GET DIAGNOSTICS retried = ROW_COUNT;
    RETURN retried;
END $$;

-- Gives them up for good: these, or all. Returns how many.
CREATE FUNCTION ingest_drop_dead(consumer text, sequences bigint[] DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    dropped bigint;
BEGIN
    DELETE FROM queue_entries AS e
    WHERE e.consumer = ingest_drop_dead.consumer AND e.dead_at IS NOT NULL AND (sequences IS NULL OR e.sequence = ANY (sequences));
    GET DIAGNOSTICS dropped = ROW_COUNT;
    RETURN dropped;
END $$;

REVOKE ALL ON FUNCTION ingest_dead, ingest_retry_dead, ingest_drop_dead FROM PUBLIC;
