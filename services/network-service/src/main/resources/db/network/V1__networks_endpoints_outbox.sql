create table network (
    id         text   primary key,
    name       text   not null unique,
    driver     text   not null,
    created_at bigint not null, -- nanoseconds since the epoch
    version    bigint not null, -- raised by each event
    last_event bigint not null  -- time of the last event; the next one is later
);

-- A container's place in a network while its processes run.
create table endpoint (
    container_id   text not null,
    network_id     text not null references network (id),
    container_name text not null,
    node           text not null,
    endpoint_id    text not null,
    sandbox_id     text not null,
    primary key (container_id, network_id)
);
create index endpoint_network on endpoint (network_id);

-- The two that every host has. Their ids are drawn once per installation.
insert into network (id, name, driver, created_at, version, last_event)
select replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
       predefined.name,
       predefined.driver,
       (extract(epoch from clock_timestamp()) * 1000000)::bigint * 1000,
       0,
       0
from (values ('none', 'null'), ('host', 'host')) as predefined (name, driver);

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
