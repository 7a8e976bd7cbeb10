-- By which browsers' push services know this app again. Browsers subscribe to the public half: the pair stands where
-- their subscriptions do, so that all nodes have the same, and a backup keeps or loses both.
create table vapid_keys (
  only_one boolean primary key default true check (only_one),
  public_key text not null,                    -- URL-safe base64 of 65 bytes
  private_key text not null,                   -- URL-safe base64 of 32 bytes
  made_at timestamptz not null default now()
);
