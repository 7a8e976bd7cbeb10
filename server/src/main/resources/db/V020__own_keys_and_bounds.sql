-- Gives each user keys of their own; bounds what an OPEN conversation keeps of those who are no members of it, and the bans of every conversation; refuses
-- answers to what has not been said.

-- Whose name a key is: a user's own, or the app's (''). So no user learns from a key which conversations of others there
-- are, nor takes a name that somebody else wants. Those from before are the app's.
--
--   key         owner  conversation_id
--   order-1234         6f1c…            made by the app's backend
--   order-1234  alice  77aa…            made by alice, who alone finds it by that name
alter table conversation_key add owner text collate "C" not null default '';
alter table conversation_key drop constraint conversation_key_pkey;
alter table conversation_key add primary key (key, owner);
create index conversation_key_owner on conversation_key (owner) where owner <> '';

-- As erase_person_v1 (V015), and a user's own names of conversations, which stay without.
create function erase_person_v2(p_erasure uuid) returns void
language plpgsql as $f$
declare
  v_rows bigint;
begin
  perform erase_person_v1(p_erasure);
  delete from conversation_key where owner = (select user_id from erasure where id = p_erasure) and owner <> '';
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'conversation_key', v_rows);
end $f$;

-- In which places rows still name a user, and how many; of messages see walk_messages_v1.
create or replace function traces_v1(p_user text) returns table (place text, standing bigint)
language sql stable as $f$
  select 'member', count(*) from member where user_id = p_user
  union all select 'profile', count(*) from profile where user_id = p_user
  union all select 'preference', count(*) from preference where user_id = p_user
  union all select 'last_seen', count(*) from last_seen where user_id = p_user
  union all select 'relation', count(*) from relation where user_id = p_user or other_id = p_user
  union all select 'ban', count(*) from ban where user_id = p_user
  union all select 'watcher', count(*) from watcher where user_id = p_user
  union all select 'flagged_message', count(*) from flagged_message where sender = p_user
  union all select 'report', count(*) from report where reporter = p_user or subject = p_user
  union all select 'api_audit', count(*) from api_audit
    where acts_for = p_user or p_user = any(string_to_array(subject, '/'))
  union all select 'api_idempotency', count(*) from api_idempotency
    where caller = 'user:' || p_user or (caller like 'key:%' and split_part(caller, ':', 3) = p_user)
      or position(convert_to('"' || p_user || '"', 'UTF8') in body) > 0
  union all select 'conversation_key', count(*) from conversation_key where owner = p_user
  union all select 'intake', count(*) from intake where p_user = any(sender)
$f$;

-- So that mutes are counted without looking at all who are listed, or have spoken.
create index watcher_muted on watcher (conversation_id) where muted_until is not null;

-- Forgets those of whom nothing is worth keeping any more: their mute has ended, or they were taken off the list more
-- than an hour ago, which whoever shows them out has seen. Who has said something stays, for export and erasure.
create function forget_watchers_v1(p_conv uuid) returns void
language sql as $f$
  delete from watcher w
  where w.conversation_id = p_conv
    and (w.muted_until <= clock_timestamp() or w.unlisted_at < clock_timestamp() - interval '1 hour')
    and not w.listed and w.posted_at is null and w.spoke_at is null
    and coalesce(w.muted_until <= clock_timestamp(), true)
    and coalesce(w.unlisted_at < clock_timestamp() - interval '1 hour', true)
    and not exists (select from message s where s.conversation_id = p_conv and s.sender = w.user_id)
$f$;

-- Mutes a member until a time, or unmutes them (null); one revision. Answers like change_members_v1. Whoever is no
-- member of an OPEN conversation is muted all the same, without a revision: the others see nothing of it.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 4 the user is no member
--           6 p_max of those who are no members are muted
create function mute_member_v2(
  p_node int, p_conv uuid, p_actor text, p_user text, p_until timestamptz, p_max int)
returns table (status int, group_no bigint, rev bigint, last_seq bigint,
  usr text, role smallint, removed boolean, visible_from bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_mine smallint;
  v_theirs member;
  v_status int;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  perform from member where conversation_id = p_conv order by user_id for no key update;
  select m.role into v_mine from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  select * into v_theirs from member m
    where m.conversation_id = p_conv and m.user_id = p_user and not m.removed;
  if v_c.kind = 4 and v_mine >= 2 and v_theirs.role is null then
    perform forget_watchers_v1(p_conv);
    v_status := 0;
    if p_until is null then
      update watcher set muted_until = null where conversation_id = p_conv and user_id = p_user;
    elsif (select count(*) from watcher where conversation_id = p_conv and muted_until > clock_timestamp()
        and user_id <> p_user) >= p_max then
      v_status := 6;
    else
      insert into watcher as w (conversation_id, user_id, muted_until) values (p_conv, p_user, p_until)
        on conflict (conversation_id, user_id) do update set muted_until = excluded.muted_until;
    end if;
    return query select v_status, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  v_status := case
    when v_mine is null then 1
    when v_c.kind not in (2, 4) or v_mine < 2 then 2
    when v_theirs.role is null then 4
    when v_theirs.role >= v_mine then 2
    else 0 end;
  if v_status <> 0 or v_theirs.muted_until is not distinct from p_until then
    return query select v_status, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  update member set muted_until = p_until where conversation_id = p_conv and user_id = p_user;
  return query select * from touch_member_v1(p_node, p_conv, p_actor, p_user);
end $f$;

drop function mute_member_v1;

-- Bans a user until a time, and so removes them if they are a member, for which it takes remove_role as well; or unbans
-- them (null). Answers like change_members_v1: a row a membership that changed.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 6 p_max users are banned
create function ban_user_v2(
  p_node int, p_conv uuid, p_actor text, p_user text, p_until timestamptz, p_max int)
returns table (status int, group_no bigint, rev bigint, last_seq bigint,
  usr text, role smallint, removed boolean, visible_from bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_mine smallint;
  v_theirs smallint;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  select m.role into v_mine from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  select m.role into v_theirs from member m
    where m.conversation_id = p_conv and m.user_id = p_user and not m.removed;
  if v_mine is null or v_c.kind not in (2, 4) or v_mine < 2 or v_theirs >= v_mine
      or (p_until is not null and v_theirs is not null and v_mine < v_c.remove_role) then
    return query select case when v_mine is null then 1 else 2 end,
      null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  delete from ban where conversation_id = p_conv
    and (until <= clock_timestamp() or (user_id = p_user and p_until is null));
  if p_until is not null
      and (select count(*) from ban where conversation_id = p_conv and user_id <> p_user) >= p_max then
    return query select 6, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  if p_until is not null then
    insert into ban values (p_conv, p_user, p_actor, date_trunc('milliseconds', clock_timestamp()), p_until)
    on conflict (conversation_id, user_id) do update set banned_by = excluded.banned_by,
      banned_at = excluded.banned_at, until = excluded.until;
  end if;
  if p_until is not null and v_theirs is not null then
    return query select * from change_members_v1(p_node, p_conv, p_actor, '{}', array[p_user], 0);
  else
    return query select 0, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
  end if;
end $f$;

drop function ban_user_v1;

-- Puts users on the list of those who may watch, and takes others off it.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 3 as many as there may be
create function change_watch_list_v2(p_conv uuid, p_actor text, p_add text[], p_remove text[], p_max int)
returns table (status int, added int, removed int)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_role smallint;
begin
  -- A stranger is refused before anything is held.
  if acting_role_v1(p_conv, p_actor) is null then
    return query select 1, 0, 0;
    return;
  end if;
  -- One at a time: else two could both be the last that there may be.
  select * into v_c from conversation where id = p_conv for no key update;
  select m.role into v_role from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  status := case when v_role is null then 1 when v_c.kind <> 4 or v_c.watch_access <> 3 or v_role < 2 then 2 else 0 end;
  added := 0;
  removed := 0;
  if status = 0 then
    perform forget_watchers_v1(p_conv);
    -- Who was taken off in the last hour counts: each is a row until then.
    if (select count(*) from (
        select user_id from watcher where conversation_id = p_conv and (listed or unlisted_at is not null)
        union select unnest(p_add)) l) > p_max then
      status := 3;
    end if;
  end if;
  if status = 0 then
    update watcher set listed = false, unlisted_at = clock_timestamp()
      where conversation_id = p_conv and user_id = any(p_remove) and listed;
    get diagnostics removed = row_count;
    insert into watcher as w (conversation_id, user_id, listed)
      select distinct p_conv, u, true from unnest(p_add) u
      on conflict (conversation_id, user_id) do update set listed = true, unlisted_at = null where not w.listed;
    get diagnostics added = row_count;
  end if;
  return next;
end $f$;

drop function change_watch_list_v1;

-- Stores a group of messages of many conversations in one transaction. To OPEN conversations beside members those post
-- who may watch, if watchers_post; no message there is countable.
--
-- Takes arrays side by side, an entry a message, or null for p_reply where none answers another: the sequence that is
-- answered, or 0. p_grants: what its sender's access token grants, names separated by
-- spaces. Answers a row a message, in order:
--   status  0 stored · 1 repeat of a stored one · 2 may not speak, or no such conversation
--           3 same client message id, other content · 4 the conversation is held by another transaction
--           5 beyond a limit of content (p_fits false; looked at only after repeats and rights)
--           6 their role does not let them · 7 the conversation is frozen · 8 the sender is muted
--           9 too early, for the conversation has a slow mode; wait_ms says how long
--           10 one of the two blocks the other
--           11 answers what has not been said; seq is the conversation's last message
--   seq, rev, at_us   of the stored message (status 0 and 1), rev as when it was sent; at_us: microseconds since 1970
--   mrev    the membership revision that held when the sender was let speak (status 0)
--   group_no  the intake row of this transaction (status 0)
--
-- p_wait: wait for conversations held by others; else they get status 4 and hold up nobody.
create function store_messages_v3(
  p_node int, p_wait boolean, p_conv uuid[], p_sender text[], p_cmid uuid[], p_hash bigint[],
  p_countable boolean[], p_fits boolean[], p_reply bigint[], p_grants text[], p_body bytea[])
returns table (status int, seq bigint, rev bigint, mrev bigint, at_us bigint, group_no bigint,
  wait_ms int)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_spoken uuid[];
  v_locked uuid[];
  v_bucket int;
  v_slow uuid[];
  v_open uuid[];
  v_wait int[];
  v_now timestamptz;
begin
  -- Only what a sender may speak in is held: whoever sends to a stranger's conversation holds up nobody, and is refused
  -- as fast as where there is none, for a lock alone makes a commit wait for the disk.
  v_spoken := array(
    select q.conv from unnest(p_conv, p_sender, p_grants) q(conv, sender, grants)
    left join member m on m.conversation_id = q.conv and m.user_id = q.sender
    left join conversation c on c.id = q.conv and c.kind = 4
    where not m.removed or may_watch_v1(c, q.sender, string_to_array(q.grants, ' ')));
  -- Never in one statement with what follows: its snapshot would predate the wait for the lock.
  if p_wait then
    select array_agg(id), min(activity_bucket), array_agg(id) filter (where slow_mode_seconds > 0),
        array_agg(id) filter (where kind = 4)
      into v_locked, v_bucket, v_slow, v_open
    from (select id, activity_bucket, slow_mode_seconds, kind from conversation where id = any(v_spoken)
          order by id for no key update) l;
  else
    select array_agg(id), min(activity_bucket), array_agg(id) filter (where slow_mode_seconds > 0),
        array_agg(id) filter (where kind = 4)
      into v_locked, v_bucket, v_slow, v_open
    from (select id, activity_bucket, slow_mode_seconds, kind from conversation where id = any(v_spoken)
          order by id for no key update skip locked) l;
  end if;
  v_now := date_trunc('milliseconds', clock_timestamp());
  if v_slow is not null then
    v_wait := slow_waits_v1(v_slow, p_conv, p_sender, p_cmid, p_fits, v_now);
  end if;

  return query
  with q as materialized (
    select * from unnest(p_conv, p_sender, p_cmid, p_hash, p_countable, p_fits, p_grants, p_body)
      with ordinality q(conv, sender, cmid, hash, counts, fits, grants, body, ord)),
  j as (
    select q.*, c.last_sequence, c.revision crev, c.membership_revision cmrev, c.countable ccountable,
      greatest(c.last_change_at, v_now) cat, c.id = any(v_locked) locked,
      coalesce(c.kind = 4, false) open, coalesce(v_wait[q.ord], 0) wait,
      coalesce(p_reply[q.ord] > c.last_sequence, false) ahead,
      coalesce(not m.removed, false) or coalesce(o.may, false) speaks,
      case when o.may then o.barred
        else barred_v1(m.role, m.muted_until, c.post_role, c.frozen, c.blocked, v_now) end barred,
      e.sequence old_seq, coalesce(e.first_revision, e.revision) old_rev, e.content_hash old_hash, e.created_at old_at,
      first_value(q.ord) over w first_ord, first_value(q.hash) over w first_hash
    from q
    left join conversation c on c.id = q.conv
    left join member m on m.conversation_id = q.conv and m.user_id = q.sender
    left join message e on e.conversation_id = q.conv and e.sender = q.sender and e.client_message_id = q.cmid
    left join lateral (
      select may_watch_v1(c, q.sender, string_to_array(q.grants, ' ')) may,
        watcher_barred_v1(c, q.sender, v_now) barred
      where c.kind = 4 and coalesce(m.removed, true)) o on true
    -- The first that fits: one that does not leaves its id free.
    window w as (partition by q.conv, q.sender, q.cmid order by
      not q.fits or coalesce(p_reply[q.ord] > c.last_sequence, false), q.ord)),
  f as (
    select *, coalesce(locked and speaks and barred = 0 and fits and wait = 0 and not ahead and old_seq is null
      and first_ord = ord, false) fresh from j),
  n as materialized (
    select *, count(*) filter (where fresh) over w k, count(*) filter (where fresh and counts and not open) over w kc
    from f window w as (partition by conv order by ord)),
  ins as (
    insert into message (conversation_id, sequence, revision, created_at, content_hash, sender,
      client_message_id, countable_through, body)
    select conv, last_sequence + k, crev + k, cat, hash, sender, cmid, ccountable + kc, body
    from n where fresh),
  upd as (
    update conversation c set last_sequence = c.last_sequence + x.k, revision = c.revision + x.k,
      countable = c.countable + x.kc, last_change_at = x.cat
    from (select conv, max(k) k, max(kc) kc, max(cat) cat from n where fresh group by conv) x
    where c.id = x.conv),
  int as (
    insert into intake (node, conversation, revision, sequence, sender, at)
    select p_node, array_agg(conv order by ord), array_agg(crev + k order by ord),
      array_agg(last_sequence + k order by ord), array_agg(sender order by ord), v_now
    from n where fresh having count(*) > 0
    returning group_no)
  select
    case when old_seq is not null then case when old_hash = hash then 1 else 3 end
         when not speaks then 2
         when not coalesce(locked, false) then 4
         when barred > 0 then barred
         when not fits then 5
         when wait > 0 then 9
         when ahead then 11
         when first_ord <> ord then case when first_hash = hash then 1 else 3 end
         else 0 end,
    coalesce(old_seq, last_sequence + case when ahead then 0 else first_k end),
    coalesce(old_rev, crev + first_k),
    cmrev,
    (extract(epoch from coalesce(old_at, cat)) * 1000000)::bigint,
    (select group_no from int), wait
  from (select n.*, first_value(k) over (partition by conv, sender, cmid
      order by not fits or ahead, ord) first_k from n) n
  order by ord;

  -- Both lock members: all at once, for they have one order.
  if v_slow is not null then
    perform from member m join conversation c on c.id = m.conversation_id
      where m.conversation_id = any(v_locked) and not m.removed
        and (c.activity_bucket < floor(extract(epoch from c.last_change_at) / 600)
          or (m.conversation_id = any(v_slow) and m.user_id = any(p_sender)))
      order by m.conversation_id, m.user_id for no key update of m;
    update member m set posted_at = greatest(m.posted_at, s.at)
      from posted_v1(v_slow, p_conv, p_sender, p_cmid) s
      where m.conversation_id = s.conv and m.user_id = s.sender
        and (m.posted_at is null or m.posted_at < s.at);
  end if;
  if v_open is not null then
    -- Who goes on to speak costs a write a day, save where there is a slow mode.
    insert into watcher as w (conversation_id, user_id, posted_at, spoke_at)
      select s.conv, s.sender, case when s.conv = any(v_slow) then s.at end, s.at
      from posted_v1(v_open, p_conv, p_sender, p_cmid) s
      where not exists (select from member m
        where m.conversation_id = s.conv and m.user_id = s.sender and not m.removed)
      order by s.conv, s.sender
      on conflict (conversation_id, user_id) do update set posted_at = greatest(w.posted_at, excluded.posted_at),
          spoke_at = greatest(w.spoke_at, excluded.spoke_at)
        where excluded.posted_at is not null or w.spoke_at is null
          or w.spoke_at < excluded.spoke_at - interval '1 day';
  end if;
  if v_bucket < floor(extract(epoch from v_now) / 600) then
    perform spread_activity_v1(v_locked);
  end if;
end $f$;

drop function store_messages_v2;

-- Stores a message of the business's own: it needs no membership, and no rule for members holds it up. In an OPEN
-- conversation it is not countable, as no message there is.
--
--   status  0 stored · 1 repeat of a stored one · 2 no such conversation · 3 same client message id, other content
--           5 beyond a limit of content
--           11 answers what has not been said; seq is the conversation's last message
create function send_as_business_v2(
  p_node int, p_conv uuid, p_sender text, p_cmid uuid, p_hash bigint, p_countable boolean, p_fits boolean,
  p_reply bigint, p_body bytea)
returns table (status int, seq bigint, rev bigint, mrev bigint, at timestamptz, group_no bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_s message;
  v_counts int;
  v_now timestamptz;
  v_group bigint;
begin
  select * into v_c from conversation where id = p_conv and deleted_at is null for no key update;
  select * into v_s from message
    where conversation_id = p_conv and sender = p_sender and client_message_id = p_cmid;
  if v_c.id is null or v_s.sequence is not null or not p_fits or p_reply > v_c.last_sequence then
    return query select
      case when v_c.id is null then 2
        when v_s.sequence is null then case when p_fits then 11 else 5 end
        when v_s.content_hash = p_hash then 1 else 3 end,
      coalesce(v_s.sequence, v_c.last_sequence), coalesce(v_s.first_revision, v_s.revision), 0::bigint, v_s.created_at, 0::bigint;
    return;
  end if;
  v_now := greatest(v_c.last_change_at, date_trunc('milliseconds', clock_timestamp()));
  v_counts := (p_countable and v_c.kind <> 4)::int;
  insert into message (conversation_id, sequence, revision, created_at, content_hash, sender, client_message_id,
      countable_through, body)
    values (p_conv, v_c.last_sequence + 1, v_c.revision + 1, v_now, p_hash, p_sender, p_cmid,
      v_c.countable + v_counts, p_body);
  update conversation set last_sequence = last_sequence + 1, revision = revision + 1,
    countable = countable + v_counts, last_change_at = v_now where id = p_conv;
  perform spread_activity_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_c.revision + 1], array[v_c.last_sequence + 1], array[p_sender], v_now)
    returning intake.group_no into v_group;
  return query select 0, v_c.last_sequence + 1, v_c.revision + 1, v_c.membership_revision, v_now, v_group;
end $f$;

drop function send_as_business_v1;
