-- Times are epoch milliseconds. Work: next_at is when a row is due, null when there is nothing to do; claiming a row moves
-- next_at into the future, so that another replica takes over if the claimer dies.

-- A room's chat. There is one row per room, whoever comes first.
create table chat_room (
  room text primary key,
  phase text not null check (phase in ('OPEN', 'CLOSING', 'CLOSED')),
  conversation_sid text unique,
  changed_at bigint not null,
  next_at bigint,
  attempts integer not null default 0
);
create index chat_room_due on chat_room (next_at) where next_at is not null;

-- Who is in a room's conversation, as far as we let them in; joined = false is a promise.
create table chat_seat (
  room text not null,
  user_id text not null,
  role text not null,
  conversation_sid text not null,
  joined boolean not null,
  next_at bigint,
  attempts integer not null default 0,
  primary key (room, user_id)
);
create index chat_seat_conversation on chat_seat (conversation_sid, user_id);
create index chat_seat_due on chat_seat (next_at) where next_at is not null;

-- A person in a room, locked while a fact is applied to their vettings.
create table vetting_person (
  room text not null,
  user_id text not null,
  entered_at bigint not null,
  primary key (room, user_id)
);

-- One row per request for the stage.
create table vetting (
  id bigint generated always as identity primary key,
  room text not null,
  user_id text not null,
  request_id text not null,
  phase text not null check (phase in ('REQUESTED', 'OPEN', 'CLOSING', 'CLOSED')),
  conversation_sid text unique,
  outcome text check (outcome in ('APPROVED', 'WITHDRAWN', 'REMOVED', 'EXPIRED')),
  provisional boolean not null,
  requested_at bigint not null,
  changed_at bigint not null,
  next_at bigint,
  attempts integer not null default 0,
  unique (room, user_id, request_id)
);
create unique index vetting_one_live on vetting (room, user_id) where phase in ('REQUESTED', 'OPEN');
create index vetting_due on vetting (next_at) where next_at is not null;

-- The vetting conversations in which a moderator is.
create table vetting_seat (
  moderator_id text not null,
  conversation_sid text not null,
  room text not null,
  user_id text not null,
  seated_at bigint not null,
  primary key (moderator_id, conversation_sid)
);
create index vetting_seat_conversation on vetting_seat (conversation_sid);
