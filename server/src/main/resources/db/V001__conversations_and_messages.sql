-- Two families of tables: conversation-keyed (what intake touches) and, later, user-keyed. Each leads with
-- its key, so that the schema shards. What must be unique across conversations has a table of its own.

-- One life of this store; a restore renews it.
create table store (
  only_row boolean primary key default true check (only_row),
  epoch uuid not null default gen_random_uuid()
);
insert into store default values;

-- No index on a column that a send changes: it would make every update of the row a full one.
create table conversation (
  id uuid primary key,
  kind smallint not null,                      -- 1 direct, 2 group, 3 support, 4 open
  key text not null default '',
  name text not null default '',
  history_visibility smallint not null,        -- 1 from joining, 2 from the start
  created_at timestamptz not null,
  settings_revision bigint not null,           -- the revision that last changed the fields above
  last_sequence bigint not null default 0,
  first_sequence bigint not null default 1,    -- what lies before is no longer kept
  revision bigint not null,
  membership_revision bigint not null,
  member_count int not null,
  countable bigint not null default 0,         -- how many countable messages there are
  last_change_at timestamptz not null,
  activity_bucket int not null                 -- see member.activity_bucket
) with (fillfactor = 70);

create table conversation_key (
  key text primary key,
  conversation_id uuid not null
);

create table direct_pair (
  lower_user text not null,
  upper_user text not null,
  conversation_id uuid not null,
  primary key (lower_user, upper_user)
);

-- Former members stay, marked removed: the change feed tells of them.
--
-- activity_bucket is the conversation's activity, coarsened to ten minutes, so that a user's newest
-- conversations are a short index range and yet a member row is rewritten once per bucket and not per message.
-- In conversations of more than 100 members it is 2147483647 for good: those are few per user and always looked at.
-- changed_bucket is the same for the member's own changes (joined, removed, read).
--
--   conversation_id  user_id  read_sequence  read_countable  activity_bucket
--   6f1c…            alice    41             40              2953310
--   6f1c…            bob      17             16              2953310
create table member (
  conversation_id uuid not null,
  user_id text collate "C" not null,
  role smallint not null,                      -- 1 member, 2 moderator, 3 owner
  removed boolean not null default false,
  revision bigint not null,                    -- the revision that last changed this membership
  joined_revision bigint not null,             -- the revision of the latest joining
  visible_from bigint not null,                -- the first sequence that this member may see
  delivered_sequence bigint not null default 0,
  read_sequence bigint not null default 0,
  read_countable bigint not null default 0,    -- countable messages up to read_sequence
  activity_bucket int not null,
  changed_at timestamptz not null,
  changed_bucket int not null,
  primary key (conversation_id, user_id)
) with (fillfactor = 70);
create index member_activity on member (user_id, activity_bucket desc) include (conversation_id) where not removed;
create index member_changed on member (user_id, changed_bucket desc) include (conversation_id);

-- A message keeps its sequence; revision is that of its latest change.
create table message (
  conversation_id uuid not null,
  sequence bigint not null,
  revision bigint not null,
  created_at timestamptz not null,
  content_hash bigint not null,                -- of what the sender first sent; outlives edits
  sender text collate "C" not null,
  client_message_id uuid not null,
  changed boolean not null default false,      -- edited, deleted or reacted to since
  countable_through bigint not null,           -- countable messages up to and with this one
  body bytea not null,                         -- content and headers, encoded; never opened here
  primary key (conversation_id, sequence),
  unique (conversation_id, sender, client_message_id)
);
create index message_changed on message (conversation_id, revision) where changed;

-- What each committed transaction still has to settle: one row a transaction, arrays side by side.
--
--   node  group_no  conversation     revision  sequence   sender         at
--   1     77        {6f1c…,6f1c…}    {43,44}   {41,null}  {alice,bob}    12:00:00.1   null: a change, not a message
create table intake (
  node int not null,
  group_no bigint generated always as identity,
  conversation uuid[] not null,
  revision bigint[] not null,
  sequence bigint[] not null,
  sender text[] not null,
  at timestamptz not null,
  primary key (node, group_no)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
