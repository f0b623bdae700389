-- A blob is known when it has a row; its bytes lie in the content store. A file without a row was never acknowledged.
create table blob (
    digest     text        primary key,
    size       bigint      not null check (size >= 0),
    created_at timestamptz not null
);

-- What happened, until the relay has carried it to Kafka. `position` gives the order of one object's records:
-- an object's transactions follow one another, so their positions do.
create table outbox (
    position    bigint generated always as identity primary key,
    topic       text        not null,
    key         text        not null,
    version     bigint      not null,
    happened_at timestamptz not null,
    value       text, -- null: a tombstone
    sent_at     timestamptz,
    refused     text -- why Kafka will never take this record
);
create index outbox_unsent on outbox (position) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;
