create table volume (
    name       text    primary key,
    driver     text    not null,
    node       text    not null, -- whose disk it is on
    mountpoint text    not null, -- there
    created_at bigint  not null, -- nanoseconds since the epoch
    labels     jsonb,            -- null: none were given, which Docker tells from an empty map
    options    jsonb,            -- likewise
    removing   boolean not null, -- its directory is being deleted: nobody may refer to it any more
    version    bigint  not null, -- raised by each event
    last_event bigint  not null  -- time of the last event; the next one is later
);

-- A container and where it mounts a volume, from before its row at the scheduler until after it.
create table reference (
    container_id text    not null,
    destination  text    not null,
    volume       text    not null references volume (name),
    anonymous    boolean not null, -- nobody named it: it may go with the container
    mounted      boolean not null, -- the container's processes may run
    claimed_at   bigint  not null,
    primary key (container_id, destination)
);
create index reference_volume on reference (volume);

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
