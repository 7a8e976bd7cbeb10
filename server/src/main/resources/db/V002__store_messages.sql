-- The two functions of the hot path. Their names carry a version: during an upgrade old and new nodes
-- run side by side, each with its own.

-- Stores a group of messages of many conversations in one transaction.
--
-- Takes arrays side by side, an entry a message. Answers a row a message, in order:
--   status  0 stored · 1 repeat of a stored one · 2 may not speak, or no such conversation
--           3 same client message id, other content · 4 the conversation is held by another transaction
--           5 beyond a limit of content (p_fits false; looked at only after repeats and rights)
--   seq, rev, at_us   of the stored message (status 0 and 1); at_us: microseconds since 1970
--   mrev    the membership revision that held when the sender was let speak (status 0)
--   group_no  the intake row of this transaction (status 0)
--
-- p_wait: wait for conversations held by others; else they get status 4 and hold up nobody.
create function store_messages_v1(
  p_node int, p_wait boolean, p_conv uuid[], p_sender text[], p_cmid uuid[], p_hash bigint[],
  p_countable boolean[], p_fits boolean[], p_body bytea[])
returns table (status int, seq bigint, rev bigint, mrev bigint, at_us bigint, group_no bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_locked uuid[];
  v_bucket int;
  v_due uuid[];
  v_now timestamptz;
begin
  -- Never in one statement with what follows: its snapshot would predate the wait for the lock.
  if p_wait then
    select array_agg(id), min(activity_bucket) into v_locked, v_bucket
    from (select id, activity_bucket from conversation where id = any(p_conv)
          order by id for no key update) l;
  else
    select array_agg(id), min(activity_bucket) into v_locked, v_bucket
    from (select id, activity_bucket from conversation where id = any(p_conv)
          order by id for no key update skip locked) l;
  end if;
  v_now := date_trunc('milliseconds', clock_timestamp());

  return query
  with q as materialized (
    select * from unnest(p_conv, p_sender, p_cmid, p_hash, p_countable, p_fits, p_body)
      with ordinality q(conv, sender, cmid, hash, counts, fits, body, ord)),
  j as (
    select q.*, c.last_sequence, c.revision crev, c.membership_revision cmrev, c.countable ccountable,
      greatest(c.last_change_at, v_now) cat, c.id is not null known, c.id = any(v_locked) locked,
      coalesce(not m.removed, false) member,
      e.sequence old_seq, e.revision old_rev, e.content_hash old_hash, e.created_at old_at,
      first_value(q.ord) over w first_ord, first_value(q.hash) over w first_hash
    from q
    left join conversation c on c.id = q.conv
    left join member m on m.conversation_id = q.conv and m.user_id = q.sender
    left join message e on e.conversation_id = q.conv and e.sender = q.sender and e.client_message_id = q.cmid
    -- The first that fits: one that does not leaves its id free.
    window w as (partition by q.conv, q.sender, q.cmid order by not q.fits, q.ord)),
  f as (
    select *, coalesce(locked and member and fits and old_seq is null and first_ord = ord, false) fresh from j),
  n as materialized (
    select *, count(*) filter (where fresh) over w k, count(*) filter (where fresh and counts) over w kc
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
         when known and not coalesce(locked, false) then 4
         when not member then 2
         when not fits then 5
         when first_ord <> ord then case when first_hash = hash then 1 else 3 end
         else 0 end,
    coalesce(old_seq, last_sequence + first_k),
    coalesce(old_rev, crev + first_k),
    cmrev,
    (extract(epoch from coalesce(old_at, cat)) * 1000000)::bigint,
    (select group_no from int)
  from (select n.*, first_value(k) over (partition by conv, sender, cmid order by not fits, ord) first_k from n) n
  order by ord;

  -- A conversation that enters a new ten minutes takes its members' buckets along (see member).
  if v_bucket < floor(extract(epoch from v_now) / 600) then
    select array_agg(id) into v_due from conversation
    where id = any(v_locked) and activity_bucket < floor(extract(epoch from last_change_at) / 600);
    if v_due is not null then
      perform from member where conversation_id = any(v_due) and not removed
        order by conversation_id, user_id for no key update;
      update conversation set activity_bucket = floor(extract(epoch from last_change_at) / 600)
        where id = any(v_due);
      update member m set activity_bucket = c.activity_bucket
        from conversation c where c.id = any(v_due) and m.conversation_id = c.id and not m.removed;
    end if;
  end if;
end $f$;

-- Moves members' markers forward; absolute and idempotent. Who is no member is passed over.
--
-- Takes arrays side by side: up to which sequence the user has got, and has read (0: leave it).
-- Answers a row for each entry that names a member, with the markers as they stand now, whether they
-- moved, and the unread count, at most 1000.
create function move_markers_v1(p_conv uuid[], p_user text[], p_delivered bigint[], p_read bigint[])
returns table (conv uuid, usr text, delivered bigint, read bigint, unread int, moved boolean)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_now timestamptz;
begin
  -- The same order as everybody who locks members.
  perform from member m
    where (m.conversation_id, m.user_id) in (select * from unnest(p_conv, p_user))
    order by m.conversation_id, m.user_id for no key update;
  v_now := clock_timestamp();

  return query
  with q as (
    select q.conv, q.usr, max(q.delivered) delivered, max(q.read) read
    from unnest(p_conv, p_user, p_delivered, p_read) q(conv, usr, delivered, read) group by 1, 2),
  t as (
    select m.conversation_id, m.user_id, c.countable, m.delivered_sequence, m.read_sequence, m.read_countable,
      greatest(m.delivered_sequence, least(greatest(q.delivered, q.read), c.last_sequence)) new_delivered,
      greatest(m.read_sequence, least(q.read, c.last_sequence)) new_read
    from q
    join member m on m.conversation_id = q.conv and m.user_id = q.usr and not m.removed
    join conversation c on c.id = q.conv),
  r as (
    select t.*, case when new_read = read_sequence then read_countable
      else (select countable_through from message s
            where s.conversation_id = t.conversation_id and s.sequence = t.new_read) end new_countable
    from t),
  upd as (
    update member m set delivered_sequence = r.new_delivered, read_sequence = r.new_read,
      read_countable = coalesce(r.new_countable, r.read_countable),
      changed_at = case when r.new_read > r.read_sequence then v_now else m.changed_at end,
      changed_bucket = case when r.new_read > r.read_sequence
        then floor(extract(epoch from v_now) / 600) else m.changed_bucket end
    from r
    where m.conversation_id = r.conversation_id and m.user_id = r.user_id
      and (r.new_delivered > r.delivered_sequence or r.new_read > r.read_sequence))
  select r.conversation_id, r.user_id, r.new_delivered, r.new_read,
    least(greatest(r.countable - coalesce(r.new_countable, r.read_countable), 0), 1000)::int,
    r.new_delivered > r.delivered_sequence or r.new_read > r.read_sequence
  from r;
end $f$;
