-- People: how they are shown, whom they block and mute, who may see them, whom they report, and who may not come in.
-- User-keyed, save two columns. A user needs none of these rows: one exists once a token names them.

create table profile (
  user_id text collate "C" primary key,
  name text not null,
  image_url text not null,
  locale text not null,
  time_zone text not null,
  metadata text[] not null,                    -- the app's own: key, value, key, value …
  changed_at timestamptz not null
);

-- What the app's backend has said of a user. Either keeps them out: their tokens are refused, their sessions closed.
--
--   user_id  deactivated_at  banned_at  banned_until  ban_reason
--   mallory  -               12:00      infinity      'spam'
create table user_standing (
  user_id text collate "C" primary key,
  deactivated_at timestamptz,
  banned_at timestamptz,
  banned_until timestamptz,                    -- infinity: for good
  ban_reason text not null default '',
  changed_at timestamptz not null
);
create index user_standing_news on user_standing (changed_at);

-- Whom a user blocks or mutes; no row for whom neither.
create table relation (
  user_id text collate "C" not null,
  other_id text collate "C" not null,
  blocked_at timestamptz,
  muted_at timestamptz,
  primary key (user_id, other_id),
  check (blocked_at is not null or muted_at is not null)
);
create index relation_blocked on relation (user_id, other_id) where blocked_at is not null;

create table preference (
  user_id text collate "C" primary key,
  presence_visibility smallint not null,       -- 1 everybody, 2 contacts, 3 nobody
  invisible boolean not null
);

-- When a user last looked at the app; up to a minute behind. Rewritten often, and nothing but it.
create table last_seen (
  user_id text collate "C" primary key,
  at timestamptz not null
) with (fillfactor = 70);

alter table member
  add quiet_until timestamptz;                 -- wants no push until then; infinity: for good

-- Reports of messages and of people, for the app's moderators. snapshot is the message's body as it stood: a deletion
-- does not reach it. A report is erased by deleting its row.
--
--   no  reporter  subject  conversation_id  sequence  reason  at     closed_at  outcome
--   17  alice     mallory  6f1c…            41        2       12:00  -          -          a message
--   19  ann       mallory  77aa…            -         3       12:02  -          -          a person, who speaks there
--   18  bob       mallory  -                -         1       12:01  12:30      1          a person
create table report (
  no bigint generated always as identity primary key,
  report_id uuid not null,                     -- the reporter's own
  reporter text collate "C" not null,
  subject text collate "C" not null,           -- the person, or who sent the message
  conversation_id uuid,
  sequence bigint,
  revision bigint,
  sent_at timestamptz,
  snapshot bytea,
  reason smallint not null,
  text text not null,
  at timestamptz not null,
  closed_at timestamptz,
  outcome smallint,                            -- 1 acted upon, 2 dismissed
  note text not null default '',
  unique (reporter, report_id)
);
create index report_open on report (no) where closed_at is null;
create index report_closed on report (no) where closed_at is not null;
create index report_open_of on report (reporter) where closed_at is null;
create index report_subject on report (subject);

-- Whether two users share a conversation now. Driven by the other one's, who is a stranger mostly: those have few.
create function co_member_v1(p_user text, p_other text) returns boolean
language sql stable as $f$
  select exists (
    select from member o join member m
      on m.conversation_id = o.conversation_id and m.user_id = p_user and not m.removed
    where o.user_id = p_other and not o.removed)
$f$;

-- The DIRECT conversation of two users; null when there is none.
create function direct_of_v1(p_user text, p_other text) returns uuid
language sql stable as $f$
  select conversation_id from direct_pair
  where lower_user = case when p_user collate "C" < p_other collate "C" then p_user else p_other end
    and upper_user = case when p_user collate "C" < p_other collate "C" then p_other else p_user end
$f$;

-- Whether one of the two blocks the other.
create function is_blocked_v1(p_user text, p_other text) returns boolean
language sql stable as $f$
  select exists (select from relation where user_id = p_user and other_id = p_other and blocked_at is not null)
    or exists (select from relation where user_id = p_other and other_id = p_user and blocked_at is not null)
$f$;

-- Held until the transaction ends by whoever changes what stands between two users: without it a DIRECT that is being
-- created and a block that is being set would not see one another.
create function lock_pair_v1(p_user text, p_other text) returns void
language sql volatile as $f$
  select pg_advisory_xact_lock(
    hashtextextended(least(p_user, p_other) || ' ' || greatest(p_user, p_other), 10))
$f$;

-- A DIRECT conversation that this transaction has just created takes on what stands between the two.
create function take_block_v1(p_conv uuid, p_user text, p_other text) returns void
language plpgsql as $f$
begin
  perform lock_pair_v1(p_user, p_other);
  update conversation set blocked = true where id = p_conv and is_blocked_v1(p_user, p_other);
end $f$;

-- Blocks (1) or mutes (2) a user, or takes that back.
--
--   status   0 done, or nothing to do · 1 as many as there may be
--   changed  whether it differs from before; blocked, muted: how it stands now
--   convs    the conversations that look different in the user's list
create function set_relation_v1(p_user text, p_other text, p_what smallint, p_on boolean, p_max int)
returns table (status int, changed boolean, blocked boolean, muted boolean, convs uuid[])
language plpgsql as $f$
#variable_conflict use_column
declare
  v_old relation;
  v_blocked timestamptz;
  v_muted timestamptz;
  v_now timestamptz;
  v_direct uuid;
  v_convs uuid[] := '{}';
begin
  perform lock_pair_v1(p_user, p_other);
  v_now := clock_timestamp();
  select * into v_old from relation where user_id = p_user and other_id = p_other for update;
  v_blocked := case when p_what <> 1 then v_old.blocked_at when p_on then coalesce(v_old.blocked_at, v_now) end;
  v_muted := case when p_what <> 2 then v_old.muted_at when p_on then coalesce(v_old.muted_at, v_now) end;
  if v_blocked is not distinct from v_old.blocked_at and v_muted is not distinct from v_old.muted_at then
    return query select 0, false, v_blocked is not null, v_muted is not null, v_convs;
    return;
  end if;
  if v_old.user_id is null and (select count(*) from relation where user_id = p_user) >= p_max then
    return query select 1, false, false, false, v_convs;
    return;
  end if;
  if v_blocked is null and v_muted is null then
    delete from relation where user_id = p_user and other_id = p_other;
  else
    insert into relation values (p_user, p_other, v_blocked, v_muted)
    on conflict (user_id, other_id) do update set blocked_at = v_blocked, muted_at = v_muted;
  end if;

  if p_what = 1 then
    v_direct := direct_of_v1(p_user, p_other);
    -- Waits for a send that is being stored: none is after this one's answer.
    update conversation set blocked = is_blocked_v1(p_user, p_other) where id = v_direct;
    -- The same order as everybody who locks members.
    select coalesce(array_agg(conversation_id), '{}') into v_convs from (
      select m.conversation_id from member o join member m
        on m.conversation_id = o.conversation_id and m.user_id = p_user and not m.removed
      where o.user_id = p_other and not o.removed
      order by m.conversation_id for no key update of m) l;
    update member set changed_at = v_now, changed_bucket = floor(extract(epoch from v_now) / 600)
      where user_id = p_user and conversation_id = any(v_convs);
  end if;
  return query select 0, true, v_blocked is not null, v_muted is not null, v_convs;
end $f$;

-- What remains of an unread count for one who has blocked people: what those wrote does not count. From 1000 on, which
-- is "1000 or more", everything counts.
create function unread_for_v1(p_user text, p_conv uuid, p_read bigint, p_unread int) returns int
language plpgsql stable as $f$
begin
  if p_unread = 0 or p_unread >= 1000
      or not exists (select from relation where user_id = p_user and blocked_at is not null) then
    return p_unread;
  end if;
  return greatest(0, p_unread - (
    select count(*) from message s join relation r
      on r.user_id = p_user and r.other_id = s.sender and r.blocked_at is not null
    where s.conversation_id = p_conv and s.sequence > p_read and s.deleted_at is null
      and s.countable_through > coalesce((select p.countable_through from message p
        where p.conversation_id = p_conv and p.sequence = s.sequence - 1), 0)))::int;
end $f$;

-- What each watcher may know of each subject, an answer a pair, in order. Whoever may not know, for whatever reason,
-- gets the same.
create function presence_v1(p_watcher text[], p_subject text[])
returns table (visible boolean, seen_at timestamptz)
language sql stable as $f$
  select q.watcher = q.subject or (
      not coalesce(p.invisible, false) and coalesce(p.presence_visibility, 1) < 3
      and co_member_v1(q.watcher, q.subject) and not is_blocked_v1(q.watcher, q.subject)
      and (coalesce(p.presence_visibility, 1) = 1 or exists (select from message s
        where s.conversation_id = direct_of_v1(q.watcher, q.subject) and s.sender = q.subject))),
    l.at
  from unnest(p_watcher, p_subject) with ordinality q(watcher, subject, ord)
  left join preference p on p.user_id = q.subject
  left join last_seen l on l.user_id = q.subject
  order by ord
$f$;

-- Keeps a report of a user (p_user), of one who speaks in an OPEN conversation (with p_conv), or of a message with a
-- copy of it (p_conv and p_seq). Of an OPEN conversation those report too who may watch it; p_grants: what their access
-- token grants.
--
--   status  0 kept · 1 repeat · 2 no such user or message, or none that the reporter may see
--           3 same id, other content · 4 as many open ones as there may be · 5 the reporter's own message
create function report_v1(
  p_id uuid, p_reporter text, p_grants text[], p_user text, p_conv uuid, p_seq bigint, p_reason smallint,
  p_text text, p_max int)
returns int
language plpgsql as $f$
declare
  v_old report;
  v_s message;
begin
  -- One at a time for each reporter, so that the repeat is seen and the bound holds.
  perform pg_advisory_xact_lock(hashtextextended(p_reporter, 11));
  select * into v_old from report where reporter = p_reporter and report_id = p_id;
  if v_old.no is not null then
    return case when v_old.reason = p_reason and v_old.text = p_text
        and v_old.conversation_id is not distinct from p_conv and v_old.sequence is not distinct from p_seq
        and (p_seq is not null or v_old.subject = p_user) then 1 else 3 end;
  end if;
  if p_conv is null then
    if not co_member_v1(p_reporter, p_user) then
      return 2;
    end if;
  elsif p_seq is null then
    if not exists (select from conversation c where c.id = p_conv
        and may_watch_v1(c, p_reporter, p_grants) and speaks_v1(c.id, p_user)) then
      return 2;
    end if;
  else
    select s.* into v_s from message s
      left join member m on m.conversation_id = s.conversation_id and m.user_id = p_reporter and not m.removed
      join conversation c on c.id = s.conversation_id
      where (m.user_id is not null or may_watch_v1(c, p_reporter, p_grants))
        and s.conversation_id = p_conv and s.sequence = p_seq
        and s.sequence >= greatest(m.visible_from, c.first_sequence);
    if v_s.sequence is null then
      return 2;
    end if;
    if v_s.sender = p_reporter then
      return 5;
    end if;
  end if;
  if (select count(*) from report where reporter = p_reporter and closed_at is null) >= p_max then
    return 4;
  end if;
  insert into report (report_id, reporter, subject, conversation_id, sequence, revision, sent_at, snapshot,
      reason, text, at)
    values (p_id, p_reporter, coalesce(v_s.sender, p_user), p_conv, p_seq, v_s.revision, v_s.created_at, v_s.body,
      p_reason, p_text, clock_timestamp());
  return 0;
end $f$;
