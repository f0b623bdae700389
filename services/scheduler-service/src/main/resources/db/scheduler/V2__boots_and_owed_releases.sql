-- Which boot of its host a node's agent told of last; empty: it never did.
alter table node add column boot text not null default '';

-- Containers that were removed while their node was lost: its agent gives them back when it returns.
create table owed_release (
    container  text   primary key,
    node       text   not null,
    generation bigint not null
);
create index owed_release_node on owed_release (node);
