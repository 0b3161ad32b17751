-- What a worker says about messages that it has claimed, by their receipts. Each returns the sequences of those that were still its own. Where the lease ran
-- out and somebody else has claimed the message, or a person asked for it again, nothing is done and its sequence is missing: the other one will answer.

-- Done: it does not come again. In one transaction with the effect, the effect happens exactly once; roll it back for what is missing.
CREATE FUNCTION ingest_ack(consumer text, receipts text[]) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN QUERY
        DELETE FROM queue_entries AS e USING queue_held(receipts) AS held
        WHERE e.sequence = held.sequence AND e.consumer = ingest_ack.consumer AND e.claim = held.claim
        RETURNING e.sequence;
END $$;

-- Failed: it comes again after retry_in, or is dead after the last attempt.
CREATE FUNCTION ingest_nack(consumer text, receipts text[], retry_in interval DEFAULT '1 minute', error text DEFAULT NULL) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
    at timestamptz := clock_timestamp();
BEGIN
    IF retry_in IS NULL OR retry_in < interval '0' THEN
        RAISE EXCEPTION 'ingest: retry_in must not be negative, not %', retry_in USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
        UPDATE queue_entries AS e SET visible_at = at + retry_in, claim = NULL, last_error = coalesce(error, e.last_error),
            dead_at = CASE WHEN e.attempts >= (SELECT c.max_attempts FROM queue_consumers AS c WHERE c.consumer = ingest_nack.consumer) THEN at END
        FROM queue_held(receipts) AS held
        WHERE e.sequence = held.sequence AND e.consumer = ingest_nack.consumer AND e.claim = held.claim
        RETURNING e.sequence;
END $$;

-- Not done yet: the lease is over in so long from now.
CREATE FUNCTION ingest_extend(consumer text, receipts text[], lease interval) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
    IF lease IS NULL OR lease <= interval '0' THEN
        RAISE EXCEPTION 'ingest: lease must be longer than nothing, not %', lease USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
        UPDATE queue_entries AS e SET visible_at = clock_timestamp() + lease
        FROM queue_held(receipts) AS held
        WHERE e.sequence = held.sequence AND e.consumer = ingest_extend.consumer AND e.claim = held.claim
        RETURNING e.sequence;
END $$;

-- A receipt is SEQUENCE.CLAIM; nobody else needs to know.
CREATE FUNCTION queue_held(receipts text[]) RETURNS TABLE (sequence bigint, claim bigint) LANGUAGE plpgsql IMMUTABLE ROWS 10 AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(receipts) AS r WHERE r IS NULL OR r !~ '^\d{1,18}\.\d{1,18}$') THEN
        RAISE EXCEPTION 'ingest: these are not receipts of ingest_claim: %', receipts USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY SELECT split_part(r, '.', 1)::bigint, split_part(r, '.', 2)::bigint FROM unnest(receipts) AS r;
END $$;

REVOKE ALL ON FUNCTION ingest_ack, ingest_nack, ingest_extend, queue_held FROM PUBLIC;
