-- Events that were written in one transaction with the state they tell of, until Kafka has acknowledged them.
-- The columns follow Debezium's outbox event router, so that change data capture could take the relay's place.
create table outbox (
  position bigint generated always as identity primary key,
  id uuid not null unique,
  type text not null,
  subject text not null,
  time bigint not null,
  sequence bigint not null,
  data text not null,
  trace text
);

-- The last sequence handed out per subject (room). Locked from the event's insertion to the end of its transaction.
create table outbox_sequence (
  subject text primary key,
  last bigint not null
);

-- Which process relays.
create table outbox_lease (
  name text primary key,
  owner text not null,
  until timestamptz not null
);

-- What was taken in from Kafka and from webhooks.
create table inbox (
  consumer text not null,
  source text not null,
  id text not null check (length(id) <= 200),
  received_at timestamptz not null default now(),
  primary key (consumer, source, id)
);
create index inbox_received_at on inbox (received_at);
