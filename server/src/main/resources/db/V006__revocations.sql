-- What makes access tokens void before they expire. Two tables, for their rows end in different ways.

-- Kept until the token would have expired by itself.
--
--   token_id  expires_at  revoked_at
--   9b1d…     11:00:00    10:12:07
create table revoked_token (
  token_id text collate "C" primary key,       -- the token's jti
  expires_at timestamptz not null,
  revoked_at timestamptz not null
);
create index revoked_token_expiry on revoked_token (expires_at);
create index revoked_token_news on revoked_token (revoked_at);

-- Tokens of a user, or of one of the user's devices, that were issued before a time. One row for each, which is
-- kept: nobody knows for how long an older token would still be good.
--
--   user_id  device_id  issued_before  revoked_at
--   alice               10:12:07       10:12:07    all of alice's
--   bob      tablet     09:40:00       10:13:30    what bob's tablet brings
create table revoked_user (
  user_id text collate "C" not null,
  device_id text collate "C" not null,         -- empty: all devices
  issued_before timestamptz not null,
  revoked_at timestamptz not null,
  primary key (user_id, device_id)
);
create index revoked_user_news on revoked_user (revoked_at);
