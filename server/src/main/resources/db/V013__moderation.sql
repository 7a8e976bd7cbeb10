-- What the app does not want to be said. Each node reads all of it once a second.
--
--   id       kind       action  terms          count  within_seconds  reason
--   insults  WORDS      MASK    {damn,bloody}  0      0
--   floods   SAME_TEXT  REFUSE  {}             5      60              Please do not repeat yourself.
create table moderation_rule (
  id text collate "C" primary key,
  kind text not null,                          -- as RuleKind names it
  action text not null,                        -- as RuleAction names it
  terms text[] not null,
  count int not null,
  within_seconds int not null,
  reason text not null
);

-- Messages that rules have put before the moderators. A row is written before its message is stored, so that no crash
-- loses it; one whose message never came is not shown. It holds no content: that is the message's.
create table flagged_message (
  number bigint generated always as identity primary key,
  conversation_id uuid not null,
  sender text collate "C" not null,
  client_message_id uuid not null,
  rule_ids text[] not null,
  at timestamptz not null,
  unique (conversation_id, sender, client_message_id)
);
create index flagged_message_at on flagged_message (at);

-- An invitation (V011) ends with its group, and so does what was flagged in it. Not a part of erase_v1, so that neither
-- depends on the other.
create function forget_group_v1() returns trigger
language plpgsql as $f$
begin
  delete from invitation where conversation_id = new.id;
  delete from flagged_message where conversation_id = new.id;
  return null;
end $f$;
create trigger conversation_erased after update of erased on conversation
  for each row when (new.erased and not old.erased) execute function forget_group_v1();
