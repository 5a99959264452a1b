-- One row per recording. What the workflow writes and what others write (stop_requested_at, stays_version) are different
-- columns, and updates name only changed columns, so neither overwrites the other.
create table recording (
  id uuid primary key,
  event_id text not null,
  room_id text not null,
  low_latency boolean not null,
  layout text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  state text not null,
  reason text,
  detail text,
  since timestamptz not null,
  tries integer not null,
  started_at timestamptz,
  ended_at timestamptz,
  trouble_since timestamptz,
  stop_requested_at timestamptz,
  stays_version bigint not null,
  planned_version bigint not null,
  stream_id text,
  stream_key bytea,
  playback_id text
);

-- A room is recorded once at a time. A second start finds the first one.
create unique index recording_live on recording (event_id, room_id)
  where state in ('REQUESTED', 'CREATING_STREAM', 'STARTING_EGRESS', 'RECORDING') and stop_requested_at is null;
create index recording_of_room on recording (event_id, room_id, requested_at);

-- When a recording is to be looked at, and who may write it until when. Times are this database's; a write by anybody whose
-- fence is not the newest changes nothing.
create table work (
  recording_id uuid primary key references recording (id),
  next_at timestamptz,
  woken boolean not null,
  owner text,
  fence bigint not null,
  leased_until timestamptz
);
create index work_due on work (next_at) where next_at is not null;
create index work_woken on work (recording_id) where woken;

-- What was made at the vendors, or meant to be: the intent is here before the call goes out.
create table effect (
  recording_id uuid not null references recording (id),
  kind text not null,
  ordinal integer not null,
  state text not null,
  intent_at timestamptz not null,
  external_id text,
  primary key (recording_id, kind, ordinal)
);

-- What Mux recorded.
create table asset (
  recording_id uuid not null references recording (id),
  id text not null,
  status text not null,
  playback_id text,
  duration_ms bigint not null,
  segments text not null,
  error text,
  primary key (recording_id, id)
);

create table clip (
  id uuid primary key,
  recording_id uuid not null references recording (id),
  user_id text not null,
  asset_id text not null,
  start_ms bigint not null,
  end_ms bigint not null,
  stay_ids text not null,
  degraded boolean not null,
  state text not null,
  attempt integer not null,
  tries integer not null,
  intent_at timestamptz,
  external_id text,
  due_at timestamptz not null,
  reason text,
  playback_id text
);
create index clip_of_recording on clip (recording_id);

-- Every stay on stage, whether or not the room is recorded. A stay id is unique within its room.
create table stay (
  event_id text not null,
  room_id text not null,
  stay_id text not null,
  user_id text not null,
  entered_at timestamptz not null,
  exited_at timestamptz,
  primary key (event_id, room_id, stay_id)
);
create index stay_of_room on stay (event_id, room_id, entered_at);

-- Which process sweeps.
create table sweep_lease (
  name text primary key,
  owner text not null,
  until timestamptz not null
);
