-- Containers, one row each: what is searched in columns, the rest as documents.
create table container (
    id         text   primary key,
    name       text   not null,
    node       text   not null,
    image_id   text   not null,
    phase      text   not null,
    version    bigint not null, -- of the container; an update names the version it was decided on
    image      bytea  not null, -- what the agent needs of the image: gantry.v1.ResolvedImage
    spec       jsonb  not null, -- what was asked for
    status     jsonb  not null  -- what has become of it, with the orders that are not acknowledged
);
create unique index container_name on container (name);
create index container_image on container (image_id);

-- Nodes that have ever said hello.
create table node (
    name    text        primary key,
    host    text        not null,
    port    integer     not null,
    facts   jsonb       not null,
    seen_at timestamptz not null
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
