-- What a consumer team gets: a login that may call the queue's functions and read no table, and a schema with a table of its own.
CREATE ROLE reports LOGIN PASSWORD 'secret';
GRANT EXECUTE ON FUNCTION ingest_subscribe, ingest_claim, ingest_ack, ingest_nack, ingest_extend, ingest_dead, ingest_retry_dead, ingest_drop_dead TO reports;
CREATE SCHEMA AUTHORIZATION reports CREATE TABLE read_articles (message_id text, url text, title text);
