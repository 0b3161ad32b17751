-- Every consumer group of every queue: what waits (now or for a later attempt), what a worker has in hand, what is dead, and when the oldest message that is
-- not done was put into the outbox.
CREATE FUNCTION ingest_queue_status()
RETURNS TABLE (queue text, consumer text, waiting bigint, in_flight bigint, dead bigint, oldest_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.queue, c.consumer, alive.entries - alive.in_flight, alive.in_flight, (SELECT count(*) FROM queue_entries AS e WHERE e.consumer = c.consumer AND e.dead_at IS NOT NULL), o.created_at
    FROM queue_consumers AS c
    CROSS JOIN LATERAL (
        SELECT count(*) AS entries, count(*) FILTER (WHERE e.claim IS NOT NULL AND e.visible_at > now()) AS in_flight, min(e.sequence) AS oldest
        FROM queue_entries AS e WHERE e.consumer = c.consumer AND e.dead_at IS NULL) AS alive
    LEFT JOIN outbox AS o ON o.sequence = alive.oldest
    ORDER BY c.queue, c.consumer
$$;

REVOKE ALL ON FUNCTION ingest_queue_status FROM PUBLIC;
