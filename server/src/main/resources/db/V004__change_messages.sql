-- Messages that stand can change: they are edited, deleted, reacted to and pinned. Each change takes a revision;
-- the message row holds the newest state.

-- When something in a conversation last changed that does not make it move up in anybody's list. Its members'
-- changed_bucket is moved along once in ten minutes, as activity_bucket is by messages.
alter table conversation
  add edited_at timestamptz not null default '-infinity',
  add edited_bucket int not null default 0,
  add pinned_count int not null default 0;

--   sequence  revision  first_revision  body    edited_at  deleted_at  deleted_by  deleted_countable  pinned_at  reacted
--   41        41        -               'hi'    -          -           -           f                  -          f
--   42        60        42              'ho'    12:00:06   -           -           f                  12:00:07   t
--   43        61        43              ''      -          12:00:09    alice       t                  -          f
alter table message
  add first_revision bigint,                              -- at which it was sent; null: it has not changed since
  add edited_at timestamptz,
  add deleted_at timestamptz,
  add deleted_by text collate "C",
  add deleted_countable boolean not null default false,   -- deleted, and it counted as unread until then
  add pinned_at timestamptz,
  add reacted boolean not null default false;             -- whether to look at reaction_count
create index message_deleted_countable on message (conversation_id, sequence) where deleted_countable;
create index message_pinned on message (conversation_id, sequence) where pinned_at is not null;

-- What edits have replaced. The rows outlive a deletion, so that a repeated edit is known; their bodies do not.
create table message_edit (
  conversation_id uuid not null,
  sequence bigint not null,
  revision bigint not null,                    -- the revision of the edit
  edit_id uuid not null,
  content_hash bigint not null,                -- of what this edit put in
  replaced_at timestamptz not null,
  body bytea not null,                         -- what stood before it
  primary key (conversation_id, sequence, revision),
  unique (conversation_id, sequence, edit_id)
);

-- Who reacted, and in which way.
create table reaction (
  conversation_id uuid not null,
  sequence bigint not null,
  user_id text collate "C" not null,
  reaction text collate "C" not null,
  revision bigint not null,
  primary key (conversation_id, sequence, user_id, reaction)
);

-- What of it is shown.
--
--   sequence  reaction  first_revision  count  first_users
--   42        👍        58              12     {bob,carol,…}     the first ten by revision
create table reaction_count (
  conversation_id uuid not null,
  sequence bigint not null,
  reaction text collate "C" not null,
  first_revision bigint not null,
  count int not null,
  first_users text[] not null,
  primary key (conversation_id, sequence, reaction)
);

-- How many messages are unread after a marker: countable, not deleted; at most 1000. Whoever asks takes care that
-- none of them is the reader's own (sending implies having read).
create function unread_v1(p_conv uuid, p_countable bigint, p_read_countable bigint, p_read bigint) returns int
language sql stable as $f$
  select case when p_countable <= p_read_countable then 0 else
    greatest(least(p_countable - p_read_countable - (select count(*) from message s
      where s.conversation_id = p_conv and s.deleted_countable and s.sequence > p_read), 1000), 0)::int end
$f$;

-- As before (V002), save that a repeat is told the revision of the first, whatever became of it since.
create or replace function store_messages_v1(
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
      e.sequence old_seq, coalesce(e.first_revision, e.revision) old_rev, e.content_hash old_hash, e.created_at old_at,
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

-- As before (V002), save that deleted messages are not unread.
create or replace function move_markers_v1(p_conv uuid[], p_user text[], p_delivered bigint[], p_read bigint[])
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
    unread_v1(r.conversation_id, r.countable, coalesce(r.new_countable, r.read_countable), r.new_read),
    r.new_delivered > r.delivered_sequence or r.new_read > r.read_sequence
  from r;
end $f$;

-- A conversation that is changed in new ten minutes takes its members' buckets along; those with more than 100
-- members are always looked at (see member). Of conversations whose rows this transaction holds.
create function spread_edited_v1(p_conv uuid[]) returns void
language plpgsql as $f$
declare
  v_due uuid[];
begin
  select array_agg(id) into v_due from conversation
    where id = any(p_conv) and member_count <= 100 and edited_bucket < floor(extract(epoch from edited_at) / 600);
  if v_due is null then
    return;
  end if;
  perform from member where conversation_id = any(v_due) and not removed
    order by conversation_id, user_id for no key update;
  update conversation set edited_bucket = floor(extract(epoch from edited_at) / 600) where id = any(v_due);
  update member m set changed_bucket = c.edited_bucket
    from conversation c where c.id = any(v_due) and m.conversation_id = c.id and not m.removed
      and m.changed_bucket < c.edited_bucket;
end $f$;

-- Changes messages that stand: a group of changes of many conversations in one transaction.
--
-- Takes arrays side by side, an entry a change: 1 edit, 2 delete, 3 react, 4 pin. Of an edit: its id, the hash of
-- what it puts in, whether that fits, and the body; of a reaction: its text; of these and pins: on or off.
-- Answers a row a change, in order:
--   status  0 changed · 1 repeat of an edit, or nothing to change · 2 no such conversation or message, or none of
--           the actor's · 3 same edit id, other content · 4 the conversation is held by another transaction
--           5 beyond a limit of content · 6 may not · 7 too late to edit · 8 deleted · 9 as many as there may be
--   rev       the revision it took (0), the first one's (1, edits), else 0
--   mrev, last_seq   the membership revision and the highest sequence then (0)
--   count     how many reactions of this kind there are now (0, reactions)
--   group_no  the intake row of this transaction (0)
--
-- p_wait: wait for conversations held by others; else they get status 4 and hold up nobody.
create function change_messages_v1(
  p_node int, p_wait boolean, p_edit_window interval, p_conv uuid[], p_actor text[], p_op smallint[], p_seq bigint[],
  p_on boolean[], p_reaction text[], p_edit uuid[], p_hash bigint[], p_fits boolean[], p_body bytea[])
returns table (status int, rev bigint, mrev bigint, last_seq bigint, count int, group_no bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_locked uuid[];
  v_group bigint := nextval(pg_get_serial_sequence('intake', 'group_no'));
  v_convs uuid[] := '{}';
  v_revs bigint[] := '{}';
  v_actors text[] := '{}';
  v_changed record;
begin
  -- Never in one statement with what follows: its snapshot would predate the wait for the lock.
  if p_wait then
    select array_agg(id) into v_locked
    from (select id from conversation where id = any(p_conv) order by id for no key update) l;
  else
    select array_agg(id) into v_locked
    from (select id from conversation where id = any(p_conv) order by id for no key update skip locked) l;
  end if;

  for i in 1 .. cardinality(p_conv) loop
    if not coalesce(p_conv[i] = any(v_locked), false) then
      return query select case when exists (select from conversation where id = p_conv[i]) then 4 else 2 end,
        0::bigint, 0::bigint, 0::bigint, 0, null::bigint;
      continue;
    end if;
    select * into v_changed from change_message_v1(p_edit_window, p_conv[i], p_actor[i], p_op[i], p_seq[i],
      p_on[i], p_reaction[i], p_edit[i], p_hash[i], p_fits[i], p_body[i]);
    if v_changed.status = 0 then
      v_convs := v_convs || p_conv[i];
      v_revs := v_revs || v_changed.rev;
      v_actors := v_actors || p_actor[i];
    end if;
    return query select v_changed.status, v_changed.rev, v_changed.mrev, v_changed.last_seq, v_changed.count,
      case when v_changed.status = 0 then v_group end;
  end loop;

  if v_convs <> '{}' then
    insert into intake (node, group_no, conversation, revision, sequence, sender, at)
      overriding system value
      values (p_node, v_group, v_convs, v_revs, array_fill(null::bigint, array[cardinality(v_convs)]), v_actors,
        date_trunc('milliseconds', clock_timestamp()));
  end if;

  perform spread_edited_v1(v_convs);
end $f$;

-- One change, of a conversation whose row this transaction holds; see change_messages_v1.
create function change_message_v1(
  p_edit_window interval, p_conv uuid, p_actor text, p_op smallint, p_seq bigint,
  p_on boolean, p_reaction text, p_edit uuid, p_hash bigint, p_fits boolean, p_body bytea)
returns table (status int, rev bigint, mrev bigint, last_seq bigint, count int)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_s message;
  v_e message_edit;
  v_role smallint;
  v_visible bigint;
  v_rev bigint;
  v_now timestamptz;
  v_count int := 0;
begin
  select * into v_c from conversation where id = p_conv;
  select role, visible_from into v_role, v_visible from member
    where conversation_id = p_conv and user_id = p_actor and not removed;
  select * into v_s from message where conversation_id = p_conv and sequence = p_seq
    and sequence >= greatest(v_visible, v_c.first_sequence);
  -- Without a role there is no v_visible either, and greatest passes over nulls.
  if v_role is null or v_s.sequence is null then
    return query select 2, 0::bigint, 0::bigint, 0::bigint, 0;
    return;
  end if;
  v_rev := v_c.revision + 1;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));

  -- A repeat is known before rights and limits are looked at.
  if p_op = 1 then
    select * into v_e from message_edit where conversation_id = p_conv and sequence = p_seq and edit_id = p_edit;
    if v_s.sender = p_actor and v_e.edit_id is not null then
      return query select case when v_e.content_hash = p_hash then 1 else 3 end, v_e.revision,
        0::bigint, 0::bigint, 0;
      return;
    end if;
  end if;
  status := case
    when p_op = 1 and v_s.sender <> p_actor then 6
    when p_op = 2 and v_s.sender <> p_actor and (v_c.kind <> 2 or v_role < 2) then 6
    when p_op = 4 and v_c.kind <> 1 and v_role < 2 then 6
    when p_op = 2 and v_s.deleted_at is not null then 1
    when v_s.deleted_at is not null then 8
    when p_op = 1 and v_s.created_at + p_edit_window < v_now then 7
    when p_op = 1 and not p_fits then 5
    when p_op = 1 and (select count(*) from message_edit
      where conversation_id = p_conv and sequence = p_seq) >= 100 then 9
    when p_op = 3 and p_on = exists (select from reaction where conversation_id = p_conv and sequence = p_seq
      and user_id = p_actor and reaction = p_reaction) then 1
    when p_op = 3 and p_on and (select count(*) filter (where reaction <> p_reaction) from reaction_count
      where conversation_id = p_conv and sequence = p_seq) >= 20 then 9
    when p_op = 4 and p_on = (v_s.pinned_at is not null) then 1
    when p_op = 4 and p_on and v_c.pinned_count >= 50 then 9
    else 0 end;
  if status <> 0 then
    return query select status, 0::bigint, 0::bigint, 0::bigint, 0;
    return;
  end if;

  if p_op = 1 then
    insert into message_edit values (p_conv, p_seq, v_rev, p_edit, p_hash, v_now, v_s.body);
    update message set revision = v_rev, first_revision = coalesce(first_revision, revision), changed = true,
      body = p_body, edited_at = v_now
      where conversation_id = p_conv and sequence = p_seq;
  elsif p_op = 2 then
    update message_edit set body = '' where conversation_id = p_conv and sequence = p_seq;
    delete from reaction where conversation_id = p_conv and sequence = p_seq;
    delete from reaction_count where conversation_id = p_conv and sequence = p_seq;
    update message set revision = v_rev, first_revision = coalesce(first_revision, revision), changed = true,
      body = '', edited_at = null, deleted_at = v_now,
      deleted_by = p_actor, pinned_at = null, reacted = false,
      deleted_countable = countable_through > coalesce((select p.countable_through from message p
        where p.conversation_id = p_conv and p.sequence = p_seq - 1), 0)
      where conversation_id = p_conv and sequence = p_seq;
  elsif p_op = 3 then
    v_count := set_reaction_v1(p_conv, p_seq, p_actor, p_reaction, p_on, v_rev);
    update message set revision = v_rev, first_revision = coalesce(first_revision, revision), changed = true, reacted = true
      where conversation_id = p_conv and sequence = p_seq;
  else
    update message set revision = v_rev, first_revision = coalesce(first_revision, revision), changed = true,
      pinned_at = case when p_on then v_now end
      where conversation_id = p_conv and sequence = p_seq;
  end if;

  update conversation set revision = v_rev, edited_at = v_now,
    pinned_count = pinned_count + case
      when p_op = 4 and p_on then 1
      when p_op = 4 or (p_op = 2 and v_s.pinned_at is not null) then -1 else 0 end
    where id = p_conv;
  return query select 0, v_rev, v_c.membership_revision, v_c.last_sequence, v_count;
end $f$;

-- Sets or takes back a reaction that is known not to stand, or to stand; answers how many there are now.
create function set_reaction_v1(
  p_conv uuid, p_seq bigint, p_user text, p_reaction text, p_on boolean, p_rev bigint) returns int
language plpgsql as $f$
declare
  v_count int;
begin
  if p_on then
    insert into reaction values (p_conv, p_seq, p_user, p_reaction, p_rev);
    insert into reaction_count as c values (p_conv, p_seq, p_reaction, p_rev, 1, array[p_user])
    on conflict (conversation_id, sequence, reaction) do update set count = c.count + 1,
      first_users = case when c.count < 10 then c.first_users || p_user else c.first_users end
    returning c.count into v_count;
    return v_count;
  end if;
  delete from reaction
    where conversation_id = p_conv and sequence = p_seq and user_id = p_user and reaction = p_reaction;
  update reaction_count c set count = c.count - 1,
    first_users = case when p_user = any(c.first_users) then coalesce((
      select array_agg(user_id order by revision) from (select r.user_id, r.revision from reaction r
        where r.conversation_id = p_conv and r.sequence = p_seq and r.reaction = p_reaction
        order by r.revision limit 10) f), '{}') else c.first_users end
    where c.conversation_id = p_conv and c.sequence = p_seq and c.reaction = p_reaction
    returning c.count into v_count;
  delete from reaction_count
    where conversation_id = p_conv and sequence = p_seq and reaction = p_reaction and count = 0;
  return v_count;
end $f$;
