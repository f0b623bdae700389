-- An image: its config as it came, byte for byte, since its digest is the image's id; the rest of what is known of it as one document.
create table image (
    id       text  primary key,
    config   bytea not null,
    document jsonb not null
);

-- What users call images. A name belongs to one image; an image may have many names or none.
create table reference (
    name      text primary key,
    image_id  text not null references image (id),
    tagged_at timestamptz not null
);
create index reference_image on reference (image_id);

-- Blobs at the registry that no image may need: written before a blob is stored for an image that is not committed yet, and when an image
-- goes. Whoever finds a row whose blob no image needs deletes the blob, then the row.
create table loose_blob (
    digest   text        primary key,
    image_id text        not null default '', -- the image that had it, while containers may still need it
    since    timestamptz not null
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
