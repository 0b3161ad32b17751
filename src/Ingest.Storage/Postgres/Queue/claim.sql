-- Takes up to n messages for a consumer group, those that have waited longest; no other worker of the group gets them before the lease is over. A group that
-- is not known yet is subscribed to everything that is kept. No row: nothing is to be done now.
-- The receipt is what ingest_ack, ingest_nack and ingest_extend want; it ends when somebody else claims the message.
CREATE FUNCTION ingest_claim(consumer text, n int, lease interval DEFAULT '1 minute')
RETURNS TABLE (receipt text, sequence bigint, message_id text, type text, attempts int, created_at timestamptz, payload text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- One plan for a session's life, though it may be made while the table is empty: it has to be the one for a long queue.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
    -- What is done leaves the beginning of the index full of dead entries until a vacuum takes them away, which anybody's long transaction prevents: then
    -- 100,000 messages cost each later claim 10 ms. So a claim looks from where one found something within the last seconds. What waits before that place all
    -- the same (another worker's claim was rolled back) is found when the few seconds are over, or when nothing else is left.
    head_good_for CONSTANT interval := '2 seconds';
    most int;
    head timestamptz;
    head_at timestamptz;
    oldest timestamptz;
    at timestamptz;
    token bigint;
    looked_at int;
    given int;
    claimed bigint[];
    tries int[];
BEGIN
    IF n IS NULL OR n < 1 THEN
        RAISE EXCEPTION 'ingest: n must be at least 1, not %', n USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF lease IS NULL OR lease <= interval '0' THEN
        RAISE EXCEPTION 'ingest: lease must be longer than nothing, not %', lease USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT c.max_attempts, c.head, c.head_at INTO most, head, head_at FROM queue_consumers AS c WHERE c.consumer = ingest_claim.consumer;
    IF NOT FOUND THEN
        -- Before the first message there is no queue; the group misses nothing by subscribing later.
        IF NOT EXISTS (SELECT FROM queue_heads) THEN
            RETURN;
        END IF;
        PERFORM ingest_subscribe(ingest_claim.consumer);
        SELECT c.max_attempts, c.head, c.head_at INTO most, head, head_at FROM queue_consumers AS c WHERE c.consumer = ingest_claim.consumer;
    END IF;
    LOOP
        at := clock_timestamp();
        token := nextval('queue_claims');
        IF head_at NOT BETWEEN at - head_good_for AND at THEN
            head := '-infinity';
        END IF;
        -- Who claims a message that twice got no answer gets nothing else with it: what kills its workers must not take its neighbours along.
        WITH due AS MATERIALIZED (
            SELECT e.sequence, e.visible_at, e.claim IS NOT NULL AND e.attempts >= 2 AS suspect FROM queue_entries AS e
            WHERE e.consumer = ingest_claim.consumer AND e.dead_at IS NULL AND e.visible_at BETWEEN head AND at
            ORDER BY e.visible_at, e.sequence LIMIT n FOR UPDATE SKIP LOCKED),
        chosen AS MATERIALIZED (
            SELECT sequence, row_number() OVER waited = 1 OR NOT bool_or(suspect) OVER waited AS now FROM due WINDOW waited AS (ORDER BY visible_at, sequence)),
        taken AS (
            UPDATE queue_entries AS e SET
                attempts = CASE WHEN e.attempts < most THEN e.attempts + 1 ELSE e.attempts END,
                claim = CASE WHEN e.attempts < most THEN token END,
                visible_at = at + lease,
                dead_at = CASE WHEN e.attempts >= most THEN at END,
                last_error = CASE WHEN e.attempts >= most THEN coalesce(e.last_error, 'no answer before the lease was over') ELSE e.last_error END
            WHERE e.sequence = ANY (ARRAY(SELECT sequence FROM chosen WHERE now)) AND e.consumer = ingest_claim.consumer
            RETURNING e.sequence, e.attempts, e.dead_at)
        SELECT count(*), array_agg(sequence) FILTER (WHERE dead_at IS NULL), array_agg(attempts) FILTER (WHERE dead_at IS NULL), (SELECT min(visible_at) FROM due)
            INTO looked_at, claimed, tries, oldest FROM taken;
        IF looked_at = 0 THEN
            EXIT WHEN head = '-infinity';
            head := '-infinity';
            CONTINUE;
        END IF;
        IF head = '-infinity' THEN
            UPDATE queue_consumers AS c SET head = oldest, head_at = at
            WHERE c.consumer = (SELECT k.consumer FROM queue_consumers AS k WHERE k.consumer = ingest_claim.consumer FOR UPDATE SKIP LOCKED);
        END IF;
        RETURN QUERY
            SELECT o.sequence || '.' || token, o.sequence, o.message_id, o.type, t.attempts, o.created_at, o.payload
            FROM unnest(claimed, tries) AS t (sequence, attempts) JOIN outbox AS o ON o.sequence = t.sequence
            ORDER BY o.sequence;
        GET DIAGNOSTICS given = ROW_COUNT;
        IF given < cardinality(claimed) THEN
            -- Retention took them away while the group subscribed to them.
            DELETE FROM queue_entries AS e
            WHERE e.sequence = ANY (claimed) AND e.consumer = ingest_claim.consumer AND NOT EXISTS (SELECT FROM outbox AS o WHERE o.sequence = e.sequence);
        END IF;
        -- Behind those that had to be buried there may be more.
        EXIT WHEN given > 0;
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION ingest_claim FROM PUBLIC;
