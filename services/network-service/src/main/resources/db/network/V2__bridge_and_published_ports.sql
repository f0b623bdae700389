alter table network add column subnet text not null default ''; -- CIDR; empty: the network gives no addresses

alter table endpoint add column address bigint not null default 0; -- IPv4 as a number; 0: none
alter table endpoint add column mac text not null default '';
-- the bridge is every node's own, so two nodes may give the same address
create unique index endpoint_address on endpoint (network_id, node, address) where address <> 0;

-- A port of the host that leads to a container while its processes run. One that is open to IPv4 and IPv6 is two rows.
create table published_port (
    node           text not null,
    protocol       text not null,
    host_address   text not null, -- canonical; 0.0.0.0 and :: are all of their family
    host_port      int  not null,
    container_port int  not null,
    container_id   text not null,
    network_id     text not null,
    primary key (node, protocol, host_port, host_address),
    foreign key (container_id, network_id) references endpoint (container_id, network_id) on delete cascade
);
create index published_port_endpoint on published_port (container_id, network_id);

-- Every host's third network. It finds its subnet when the service first reads it, on the host, where the others' are known.
insert into network (id, name, driver, created_at, version, last_event)
select replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
       'bridge',
       'bridge',
       (extract(epoch from clock_timestamp()) * 1000000)::bigint * 1000,
       0,
       0;
