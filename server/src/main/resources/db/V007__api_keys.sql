-- Who may call REST for the app's backend, what each key did, and which writes were done already.

-- A key is shown once, when it is made; only its hash stays. Two valid keys of one name overlap while they are rotated.
--
--   id              name     hash       scopes                          revoked_at
--   k3v9x2m4q8ab    backend  \x9f86…    {messages:write,users:act}      null
create table api_key (
  id text collate "C" primary key,
  name text not null,
  hash bytea not null,                         -- SHA-256 of the whole key, which is 256 random bits
  scopes text[] not null,
  created_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,                    -- up to a second behind
  revoked_at timestamptz
);
create index api_key_name on api_key (name);

-- Each call of a key, without what was in it; the oldest are removed.
--
--   no  at          key_id        acts_for  operation     subject  status
--   17  12:00:00.1  k3v9x2m4q8ab  alice     sendMessage   6f1c…    201
create table api_audit (
  no bigint generated always as identity primary key,
  at timestamptz not null,
  key_id text not null,
  acts_for text not null,                      -- the user; empty for none
  operation text not null,
  subject text not null,                       -- the ids in the path; empty for none
  status smallint not null
);
create index api_audit_key on api_audit (key_id, no);
create index api_audit_at on api_audit (at);

-- Writes that carried an Idempotency-Key, for a day: the answer that a repeat is given.
create table api_idempotency (
  caller text collate "C" not null,            -- user:alice, or key:k3v9x2m4q8ab:alice
  key text collate "C" not null,
  request_hash bytea not null,
  begun_at timestamptz not null,
  status smallint,                             -- null while the first one runs
  body bytea,
  primary key (caller, key)
);
create index api_idempotency_begun on api_idempotency (begun_at);
