-- How OPEN conversations are watched and posted to. Who runs them, and who may watch and post, stands in V009.

-- How long each of these messages has to wait for a slow mode, in milliseconds; 0: it need not. One sender's first new
-- message in a slow conversation waits for the previous one's time to pass, the others for the first's; repeats and
-- moderators never wait.
create function slow_waits_v1(
  p_slow uuid[], p_conv uuid[], p_sender text[], p_cmid uuid[], p_fits boolean[], p_now timestamptz) returns int[]
language sql stable as $f$
  with q as (
    select * from unnest(p_conv, p_sender, p_cmid, p_fits) with ordinality q(conv, sender, cmid, fits, ord)),
  fresh as (
    select q.conv, q.sender, q.cmid, c.slow_mode_seconds * 1000 slow,
      greatest(0, coalesce(c.slow_mode_seconds * 1000
        - floor(extract(epoch from p_now - greatest(m.posted_at, w.posted_at)) * 1000)::bigint, 0))::int rest,
      row_number() over (partition by q.conv, q.sender order by min(q.ord)) place
    from q
    join conversation c on c.id = q.conv
    left join member m on m.conversation_id = q.conv and m.user_id = q.sender and not m.removed
    left join watcher w on w.conversation_id = q.conv and w.user_id = q.sender
    where q.conv = any(p_slow) and q.fits and coalesce(m.role, 0) < 2 and not exists (select from message e
      where e.conversation_id = q.conv and e.sender = q.sender and e.client_message_id = q.cmid)
    group by q.conv, q.sender, q.cmid, c.slow_mode_seconds, m.posted_at, w.posted_at)
  select array_agg(case when f.place is null then 0 when f.rest > 0 or f.place = 1 then f.rest else f.slow end
    order by q.ord)
  from q left join fresh f on f.conv = q.conv and f.sender = q.sender and f.cmid = q.cmid
$f$;

drop function store_messages_v1;

-- Stores a group of messages of many conversations in one transaction. To OPEN conversations beside members those post
-- who may watch, if watchers_post; no message there is countable.
--
-- Takes arrays side by side, an entry a message; p_grants: what its sender's access token grants, names separated by
-- spaces. Answers a row a message, in order:
--   status  0 stored · 1 repeat of a stored one · 2 may not speak, or no such conversation
--           3 same client message id, other content · 4 the conversation is held by another transaction
--           5 beyond a limit of content (p_fits false; looked at only after repeats and rights)
--           6 their role does not let them · 7 the conversation is frozen · 8 the sender is muted
--           9 too early, for the conversation has a slow mode; wait_ms says how long
--           10 one of the two blocks the other
--   seq, rev, at_us   of the stored message (status 0 and 1), rev as when it was sent; at_us: microseconds since 1970
--   mrev    the membership revision that held when the sender was let speak (status 0)
--   group_no  the intake row of this transaction (status 0)
--
-- p_wait: wait for conversations held by others; else they get status 4 and hold up nobody.
create function store_messages_v2(
  p_node int, p_wait boolean, p_conv uuid[], p_sender text[], p_cmid uuid[], p_hash bigint[],
  p_countable boolean[], p_fits boolean[], p_grants text[], p_body bytea[])
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
    window w as (partition by q.conv, q.sender, q.cmid order by not q.fits, q.ord)),
  f as (
    select *, coalesce(locked and speaks and barred = 0 and fits and wait = 0 and old_seq is null and first_ord = ord,
      false) fresh from j),
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
         when first_ord <> ord then case when first_hash = hash then 1 else 3 end
         else 0 end,
    coalesce(old_seq, last_sequence + first_k),
    coalesce(old_rev, crev + first_k),
    cmrev,
    (extract(epoch from coalesce(old_at, cat)) * 1000000)::bigint,
    (select group_no from int), wait
  from (select n.*, first_value(k) over (partition by conv, sender, cmid order by not fits, ord) first_k from n) n
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

-- Whether somebody may change messages of a conversation at all: its members, the business, and who watches it.
create function may_change_v1(p_conv uuid, p_actor text) returns boolean
language sql stable as $f$
  select acting_role_v1(p_conv, p_actor) is not null or exists (select from conversation c
    where c.id = p_conv and c.kind = 4 and may_watch_v1(c, p_actor, array[c.watch_grant]))
$f$;

-- As change_messages_v2 (V008), and whoever may change nothing in a conversation does not hold it.
create function change_messages_v3(
  p_node int, p_wait boolean, p_edit_window interval, p_conv uuid[], p_actor text[], p_op smallint[], p_seq bigint[],
  p_on boolean[], p_reaction text[], p_edit uuid[], p_hash bigint[], p_fits boolean[], p_body bytea[])
returns table (status int, rev bigint, mrev bigint, last_seq bigint, count int, group_no bigint,
  sequence bigint, revision bigint, sender text, client_message_id uuid, created_at timestamptz, body bytea,
  edited_at timestamptz, deleted_at timestamptz, deleted_by text, pinned_at timestamptz, reactions text, own text[])
language plpgsql as $f$
#variable_conflict use_column
declare
  v_acted uuid[];
  v_locked uuid[];
  v_group bigint := nextval(pg_get_serial_sequence('intake', 'group_no'));
  v_convs uuid[] := '{}';
  v_revs bigint[] := '{}';
  v_actors text[] := '{}';
  v_changed record;
begin
  -- Held are only conversations in which somebody acts, as in store_messages_v2.
  v_acted := array(select c from unnest(p_conv, p_actor) q(c, actor) where may_change_v1(c, actor));
  -- Never in one statement with what follows: its snapshot would predate the wait for the lock.
  if p_wait then
    select array_agg(id) into v_locked
    from (select id from conversation where id = any(v_acted) order by id for no key update) l;
  else
    select array_agg(id) into v_locked
    from (select id from conversation where id = any(v_acted) order by id for no key update skip locked) l;
  end if;

  for i in 1 .. cardinality(p_conv) loop
    if coalesce(p_conv[i] = any(v_locked), false) then
      select * into v_changed from change_message_v1(p_edit_window, p_conv[i], p_actor[i], p_op[i], p_seq[i],
        p_on[i], p_reaction[i], p_edit[i], p_hash[i], p_fits[i], p_body[i]);
    else
      select case when may_change_v1(p_conv[i], p_actor[i]) then 4 else 2 end status,
        0::bigint rev, 0::bigint mrev, 0::bigint last_seq, 0 count into v_changed;
    end if;
    if v_changed.status = 0 then
      v_convs := v_convs || p_conv[i];
      v_revs := v_revs || v_changed.rev;
      v_actors := v_actors || p_actor[i];
    end if;
    return query
      select v_changed.status, v_changed.rev, v_changed.mrev, v_changed.last_seq, v_changed.count,
        case when v_changed.status = 0 then v_group end,
        s.sequence, s.revision, s.sender, s.client_message_id, s.created_at, s.body, s.edited_at, s.deleted_at,
        s.deleted_by, s.pinned_at,
        case when s.reacted then reactions_v1(s.conversation_id, s.sequence) end,
        case when s.reacted then (select array_agg(r.reaction) from reaction r
          where r.conversation_id = s.conversation_id and r.sequence = s.sequence and r.user_id = p_actor[i]) end
      from (select) nothing left join message s
        on s.conversation_id = p_conv[i] and s.sequence = p_seq[i] and v_changed.status <= 1;
  end loop;

  if v_convs <> '{}' then
    insert into intake (node, group_no, conversation, revision, sequence, sender, at)
      overriding system value
      values (p_node, v_group, v_convs, v_revs, array_fill(null::bigint, array[cardinality(v_convs)]), v_actors,
        date_trunc('milliseconds', clock_timestamp()));
  end if;

  perform spread_edited_v1(v_convs);
end $f$;

drop function change_messages_v2;

-- When these messages' senders last posted with one of them, in some of the conversations.
create function posted_v1(p_among uuid[], p_conv uuid[], p_sender text[], p_cmid uuid[])
returns table (conv uuid, sender text, at timestamptz)
language sql stable as $f$
  select e.conversation_id, e.sender, max(e.created_at)
  from unnest(p_conv, p_sender, p_cmid) q(conv, sender, cmid)
  join message e on e.conversation_id = q.conv and e.sender = q.sender and e.client_message_id = q.cmid
  where q.conv = any(p_among) group by 1, 2
$f$;

-- Lets those who watch post, or no longer; one revision. Answers like set_joinable_v1.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 3 nothing to change
create function set_watchers_post_v1(p_node int, p_conv uuid, p_actor text, p_post boolean)
returns table (status int, group_no bigint, rev bigint, mrev bigint, last_seq bigint,
  renamed boolean, image_changed boolean)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_role smallint;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  v_role := acting_role_v1(p_conv, p_actor);
  status := case
    when v_role is null then 1
    when v_role < 3 then 2
    when v_c.watchers_post = p_post then 3
    when v_c.kind <> 4 then 2
    else 0 end;
  if status <> 0 then
    return query select status, null::bigint, 0::bigint, 0::bigint, 0::bigint, false, false;
    return;
  end if;
  update conversation set watchers_post = p_post where id = p_conv;
  return query select * from touch_settings_v1(p_node, p_conv, p_actor, false, false);
end $f$;

-- Puts users on the list of those who may watch, and takes others off it.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 3 as many as there may be
create function change_watch_list_v1(p_conv uuid, p_actor text, p_add text[], p_remove text[], p_max int)
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
  if status = 0 and (select count(*) from (
      select user_id from watcher where conversation_id = p_conv and listed and user_id <> all(p_remove)
      union select unnest(p_add)) l) > p_max then
    status := 3;
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
