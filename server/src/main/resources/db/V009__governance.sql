-- What happens to a group is told in it, in messages of the server's own; and a group says who may do what in it.

-- Nobody edits, deletes, pins or reacts to such a message; it is not countable and moves nobody's marker.
alter table message add system boolean not null default false;

-- What a role must be at least to post, to add members, to change name, image and metadata, and to pin (see
-- member.role); in a DIRECT none is asked for. Frozen: nobody below a moderator posts. Slow mode: how long a member
-- waits between two messages. None of these is indexed: see V001.
alter table conversation
  add post_role smallint not null default 1,
  add add_role smallint not null default 2,
  add settings_role smallint not null default 2,
  add pin_role smallint not null default 2,
  add frozen boolean not null default false,
  add slow_mode_seconds int not null default 0,
  add blocked boolean not null default false,  -- of DIRECT: one of the two blocks the other
  add deleted_at timestamptz,                  -- for good: nobody is a member any more
  add erased boolean not null default false;   -- and nothing is left of what was said
create index conversation_to_erase on conversation (id) where deleted_at is not null and not erased;

alter table member
  add muted_until timestamptz,                 -- infinity: until unmuted
  add posted_at timestamptz;                   -- kept where there is a slow mode

-- Who may not be a member; of former members, and of some who never were.
--
--   conversation_id  user_id  banned_by  banned_at  until
--   6f1c…            eve      alice      12:00:11   infinity
create table ban (
  conversation_id uuid not null,
  user_id text collate "C" not null,
  banned_by text collate "C" not null,
  banned_at timestamptz not null,
  until timestamptz not null,
  primary key (conversation_id, user_id)
);

create function is_banned_v1(p_conv uuid, p_users text[]) returns boolean
language sql stable as $f$
  select exists (select from ban
    where conversation_id = p_conv and user_id = any(p_users) and until > clock_timestamp())
$f$;

-- A conversation that enters a new ten minutes takes its members' buckets along (see member in V001). Of
-- conversations whose rows this transaction holds.
create function spread_activity_v1(p_conv uuid[]) returns void
language plpgsql as $f$
declare
  v_due uuid[];
begin
  select array_agg(id) into v_due from conversation
    where id = any(p_conv) and activity_bucket < floor(extract(epoch from last_change_at) / 600);
  if v_due is null then
    return;
  end if;
  perform from member where conversation_id = any(v_due) and not removed
    order by conversation_id, user_id for no key update;
  update conversation set activity_bucket = floor(extract(epoch from last_change_at) / 600)
    where id = any(v_due);
  update member m set activity_bucket = c.activity_bucket
    from conversation c where c.id = any(v_due) and m.conversation_id = c.id and not m.removed;
end $f$;

-- Tells of a change that this transaction has made, in a message at the next revision and the next sequence. The
-- change's own intake row gets an entry more; that one has no sequence, for no marker follows it:
--
--   node  group_no  conversation     revision  sequence     sender
--   1     77        {6f1c…,6f1c…}    {58,59}   {null,null}  {alice,alice}    alice added carol, and it was told
create function tell_v1(p_node int, p_group bigint, p_conv uuid, p_actor text, p_body bytea)
returns table (rev bigint, mrev bigint, seq bigint, client_message_id uuid, at timestamptz)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
begin
  update conversation set last_sequence = last_sequence + 1, revision = revision + 1,
      last_change_at = greatest(last_change_at, edited_at, date_trunc('milliseconds', clock_timestamp()))
    where id = p_conv returning * into v_c;
  perform spread_activity_v1(array[p_conv]);
  update intake i set conversation = i.conversation || p_conv, revision = i.revision || v_c.revision,
      sequence = i.sequence || null::bigint, sender = i.sender || p_actor
    where i.node = p_node and i.group_no = p_group;
  return query
    insert into message as s (conversation_id, sequence, revision, created_at, content_hash, sender,
        client_message_id, countable_through, body, system)
      values (p_conv, v_c.last_sequence, v_c.revision, v_c.last_change_at, 0, p_actor,
        gen_random_uuid(), v_c.countable, p_body, true)
      returning s.revision, v_c.membership_revision, s.sequence, s.client_message_id, s.created_at;
end $f$;

-- What keeps a member from posting: 0 nothing · 6 their role · 7 the conversation is frozen · 8 they are muted · 10 one
-- of the two blocks the other.
create function barred_v1(
  p_role smallint, p_muted_until timestamptz, p_post_role smallint, p_frozen boolean, p_blocked boolean,
  p_now timestamptz) returns int
language sql immutable as $f$
  select case when p_blocked then 10 when p_role < p_post_role then 6 when p_frozen and p_role < 2 then 7
    when p_muted_until > p_now then 8 else 0 end
$f$;

-- As before (V004), save that what the server wrote stays as it is, that who may not post does not edit, that who is
-- muted or meets a frozen conversation sets no reaction either, and that each group says who pins.
create or replace function change_message_v1(
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
  v_muted timestamptz;
  v_barred int;
  v_rev bigint;
  v_now timestamptz;
  v_count int := 0;
begin
  select * into v_c from conversation where id = p_conv;
  select role, visible_from, muted_until into v_role, v_visible, v_muted from member
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

  v_barred := barred_v1(v_role, v_muted, v_c.post_role, v_c.frozen, v_c.blocked, clock_timestamp());

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
    when v_s.system then 6
    when p_op = 1 and v_s.sender <> p_actor then 6
    when p_op = 2 and v_s.sender <> p_actor and (v_c.kind <> 2 or v_role < 2) then 6
    when p_op = 4 and v_c.kind <> 1 and v_role < v_c.pin_role then 6
    when p_op = 1 and v_barred > 0 then 6
    when p_op = 3 and p_on and v_barred > 6 then 6
    when p_op = 4 and p_on and v_c.blocked then 6
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

-- As before (V003), save that each group says who adds, that nobody adds who is banned (status 5), and that too many
-- members are a status, for the change is no longer alone in its transaction.
create or replace function change_members_v1(
  p_node int, p_conv uuid, p_actor text, p_add text[], p_remove text[], p_max int)
returns table (status int, group_no bigint, rev bigint, last_seq bigint,
  usr text, role smallint, removed boolean, visible_from bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_role smallint;
  v_leaving boolean := p_add = '{}' and p_remove = array[p_actor];
  v_now timestamptz;
  v_rev bigint;
  v_bucket int;
  v_count int;
  v_group bigint;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  perform from member where conversation_id = p_conv order by user_id for no key update;
  select m.role into v_role from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  if v_role is null then
    return query select 1, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  if v_c.kind <> 2 or (p_add <> '{}' and v_role < v_c.add_role)
      or (p_remove <> '{}' and v_role < 2 and not v_leaving) or (not v_leaving and exists (
      select from member m where m.conversation_id = p_conv and m.user_id = any(p_remove)
        and m.role = 3 and not m.removed)) then
    return query select 2, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  if is_banned_v1(p_conv, p_add) then
    return query select 5, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  select count(*) into v_count from (
    select user_id from member where conversation_id = p_conv and not removed and user_id <> all(p_remove)
    union select unnest(p_add)) m;
  if v_count > p_max and v_count > v_c.member_count then
    return query select 3, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  v_now := greatest(v_c.last_change_at, date_trunc('milliseconds', clock_timestamp()));
  v_rev := v_c.revision + 1;
  v_bucket := floor(extract(epoch from v_now) / 600);

  update member m set removed = true, revision = v_rev, changed_at = v_now, changed_bucket = v_bucket
    where m.conversation_id = p_conv and m.user_id = any(p_remove) and not m.removed;
  insert into member as m (conversation_id, user_id, role, revision, joined_revision, visible_from,
      delivered_sequence, read_sequence, read_countable, activity_bucket, changed_at, changed_bucket)
    select p_conv, u, 1, v_rev, v_rev, f.seq + 1, f.seq, f.seq, f.countable, v_c.activity_bucket, v_now, v_bucket
    from (select distinct unnest(p_add) u) a,
      (select case v_c.history_visibility when 2 then 0 else v_c.last_sequence end seq,
        case v_c.history_visibility when 2 then 0 else v_c.countable end countable) f
    on conflict (conversation_id, user_id) do update set role = 1, removed = false, revision = v_rev,
      joined_revision = v_rev, visible_from = excluded.visible_from,
      delivered_sequence = excluded.delivered_sequence, read_sequence = excluded.read_sequence,
      read_countable = excluded.read_countable, activity_bucket = excluded.activity_bucket,
      changed_at = v_now, changed_bucket = v_bucket
    where m.removed;
  -- Who wrote in an earlier membership has read up to there: sending implies it.
  update member m set read_sequence = o.sequence, read_countable = o.countable_through,
      delivered_sequence = greatest(m.delivered_sequence, o.sequence)
    from unnest(p_add) u, lateral (
      select s.sequence, s.countable_through from message s
      where s.conversation_id = p_conv and s.sender = u order by s.sequence desc limit 1) o
    where m.conversation_id = p_conv and m.user_id = u and m.joined_revision = v_rev
      and o.sequence > m.read_sequence;
  -- Someone must be able to add and remove: the longest-standing member inherits.
  if v_leaving and v_role = 3 and not exists (
      select from member m where m.conversation_id = p_conv and m.role = 3 and not m.removed) then
    update member m set role = 3, revision = v_rev
      where m.conversation_id = p_conv and m.user_id = (
        select h.user_id from member h where h.conversation_id = p_conv and not h.removed
        order by h.joined_revision, h.user_id limit 1);
  end if;

  if not exists (select from member m where m.conversation_id = p_conv and m.revision = v_rev) then
    return query select 0, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  -- See member.activity_bucket.
  if v_count > 100 then
    v_bucket := 2147483647;
  end if;
  v_bucket := greatest(v_bucket, v_c.activity_bucket);
  update conversation set revision = v_rev, membership_revision = v_rev, member_count = v_count,
    last_change_at = v_now, activity_bucket = v_bucket where id = p_conv;
  update member m set activity_bucket = v_bucket
    where m.conversation_id = p_conv and not m.removed and m.activity_bucket <> v_bucket;
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_rev], array[null::bigint], array[p_actor], v_now)
    returning group_no into v_group;
  return query select 0, v_group, v_rev, v_c.last_sequence, m.user_id, m.role, m.removed, m.visible_from
    from member m where m.conversation_id = p_conv and m.revision = v_rev order by m.user_id;
end $f$;

drop function update_conversation_v1;

-- Changes a group's settings: what is null stays as it is; one revision. Name, image and metadata are changed by who
-- has settings_role; freezing and slow mode by moderators and owners; who may do what by owners.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 3 nothing to change
create function update_conversation_v2(
  p_node int, p_conv uuid, p_actor text, p_name text, p_image_url text, p_metadata text[],
  p_post_role smallint, p_add_role smallint, p_settings_role smallint, p_pin_role smallint,
  p_frozen boolean, p_slow_mode_seconds int)
returns table (status int, group_no bigint, rev bigint, mrev bigint, last_seq bigint,
  renamed boolean, image_changed boolean)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_n conversation;
  v_role smallint;
  v_needed smallint;
  v_rev bigint;
  v_now timestamptz;
  v_group bigint;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  select m.role into v_role from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  v_needed := case
    when coalesce(p_post_role, p_add_role, p_settings_role, p_pin_role) is not null then 3
    when coalesce(p_name, p_image_url, p_metadata::text) is null and p_frozen is null
      and p_slow_mode_seconds is null then v_c.settings_role
    else greatest(
      case when coalesce(p_name, p_image_url, p_metadata::text) is not null then v_c.settings_role end,
      case when p_frozen is not null or p_slow_mode_seconds is not null then 2 end) end;
  if v_role is null or v_c.kind <> 2 or v_role < v_needed then
    return query select case when v_role is null then 1 else 2 end, null::bigint, 0::bigint, 0::bigint, 0::bigint,
      false, false;
    return;
  end if;
  v_n := v_c;
  v_n.name := coalesce(p_name, v_c.name);
  v_n.image_url := coalesce(p_image_url, v_c.image_url);
  v_n.metadata := coalesce(p_metadata, v_c.metadata);
  v_n.post_role := coalesce(p_post_role, v_c.post_role);
  v_n.add_role := coalesce(p_add_role, v_c.add_role);
  v_n.settings_role := coalesce(p_settings_role, v_c.settings_role);
  v_n.pin_role := coalesce(p_pin_role, v_c.pin_role);
  v_n.frozen := coalesce(p_frozen, v_c.frozen);
  v_n.slow_mode_seconds := coalesce(p_slow_mode_seconds, v_c.slow_mode_seconds);
  if v_n = v_c then
    return query select 3, null::bigint, 0::bigint, 0::bigint, 0::bigint, false, false;
    return;
  end if;
  v_rev := v_c.revision + 1;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));
  update conversation set name = v_n.name, image_url = v_n.image_url, metadata = v_n.metadata,
    post_role = v_n.post_role, add_role = v_n.add_role, settings_role = v_n.settings_role, pin_role = v_n.pin_role,
    frozen = v_n.frozen, slow_mode_seconds = v_n.slow_mode_seconds,
    settings_revision = v_rev, revision = v_rev, edited_at = v_now
    where id = p_conv;
  perform spread_edited_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_rev], array[null::bigint], array[p_actor], v_now)
    returning group_no into v_group;
  return query select 0, v_group, v_rev, v_c.membership_revision, v_c.last_sequence,
    v_n.name <> v_c.name, v_n.image_url <> v_c.image_url;
end $f$;

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
        - floor(extract(epoch from p_now - m.posted_at) * 1000)::bigint, 0))::int rest,
      row_number() over (partition by q.conv, q.sender order by min(q.ord)) place
    from q
    join conversation c on c.id = q.conv
    join member m on m.conversation_id = q.conv and m.user_id = q.sender and m.role < 2
    where q.conv = any(p_slow) and q.fits and not exists (select from message e
      where e.conversation_id = q.conv and e.sender = q.sender and e.client_message_id = q.cmid)
    group by q.conv, q.sender, q.cmid, c.slow_mode_seconds, m.posted_at)
  select array_agg(case when f.place is null then 0 when f.rest > 0 or f.place = 1 then f.rest else f.slow end
    order by q.ord)
  from q left join fresh f on f.conv = q.conv and f.sender = q.sender and f.cmid = q.cmid
$f$;

drop function store_messages_v1;

-- As store_messages_v1 (V002, V004), and after repeats and membership it looks at who may post:
--   status  6 their role does not let them · 7 the conversation is frozen · 8 the sender is muted
--           9 too early, for the conversation has a slow mode; wait_ms says how long
create function store_messages_v2(
  p_node int, p_wait boolean, p_conv uuid[], p_sender text[], p_cmid uuid[], p_hash bigint[],
  p_countable boolean[], p_fits boolean[], p_body bytea[])
returns table (status int, seq bigint, rev bigint, mrev bigint, at_us bigint, group_no bigint,
  wait_ms int)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_locked uuid[];
  v_bucket int;
  v_slow uuid[];
  v_wait int[];
  v_now timestamptz;
begin
  -- Never in one statement with what follows: its snapshot would predate the wait for the lock.
  if p_wait then
    select array_agg(id), min(activity_bucket), array_agg(id) filter (where slow_mode_seconds > 0)
      into v_locked, v_bucket, v_slow
    from (select id, activity_bucket, slow_mode_seconds from conversation where id = any(p_conv)
          order by id for no key update) l;
  else
    select array_agg(id), min(activity_bucket), array_agg(id) filter (where slow_mode_seconds > 0)
      into v_locked, v_bucket, v_slow
    from (select id, activity_bucket, slow_mode_seconds from conversation where id = any(p_conv)
          order by id for no key update skip locked) l;
  end if;
  v_now := date_trunc('milliseconds', clock_timestamp());
  if v_slow is not null then
    v_wait := slow_waits_v1(v_slow, p_conv, p_sender, p_cmid, p_fits, v_now);
  end if;

  return query
  with q as materialized (
    select * from unnest(p_conv, p_sender, p_cmid, p_hash, p_countable, p_fits, p_body)
      with ordinality q(conv, sender, cmid, hash, counts, fits, body, ord)),
  j as (
    select q.*, c.last_sequence, c.revision crev, c.membership_revision cmrev, c.countable ccountable,
      greatest(c.last_change_at, v_now) cat, c.id is not null known, c.id = any(v_locked) locked,
      coalesce(not m.removed, false) member, coalesce(v_wait[q.ord], 0) wait,
      barred_v1(m.role, m.muted_until, c.post_role, c.frozen, c.blocked, v_now) barred,
      e.sequence old_seq, coalesce(e.first_revision, e.revision) old_rev, e.content_hash old_hash, e.created_at old_at,
      first_value(q.ord) over w first_ord, first_value(q.hash) over w first_hash
    from q
    left join conversation c on c.id = q.conv
    left join member m on m.conversation_id = q.conv and m.user_id = q.sender
    left join message e on e.conversation_id = q.conv and e.sender = q.sender and e.client_message_id = q.cmid
    -- The first that fits: one that does not leaves its id free.
    window w as (partition by q.conv, q.sender, q.cmid order by not q.fits, q.ord)),
  f as (
    select *, coalesce(locked and member and barred = 0 and fits and wait = 0 and old_seq is null and first_ord = ord,
      false) fresh from j),
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
      from (select e.conversation_id, e.sender, max(e.created_at) at
        from unnest(p_conv, p_sender, p_cmid) q(conv, sender, cmid)
        join message e on e.conversation_id = q.conv and e.sender = q.sender and e.client_message_id = q.cmid
        where q.conv = any(v_slow) group by 1, 2) s
      where m.conversation_id = s.conversation_id and m.user_id = s.sender
        and (m.posted_at is null or m.posted_at < s.at);
  end if;
  if v_bucket < floor(extract(epoch from v_now) / 600) then
    perform spread_activity_v1(v_locked);
  end if;
end $f$;

-- Mutes a member until a time, or unmutes them (null); one revision. Answers like change_members_v1.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 4 the user is no member
create function mute_member_v1(p_node int, p_conv uuid, p_actor text, p_user text, p_until timestamptz)
returns table (status int, group_no bigint, rev bigint, last_seq bigint,
  usr text, role smallint, removed boolean, visible_from bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_mine smallint;
  v_theirs member;
  v_rev bigint;
  v_now timestamptz;
  v_group bigint;
  v_status int;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  perform from member where conversation_id = p_conv order by user_id for no key update;
  select m.role into v_mine from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  select * into v_theirs from member m
    where m.conversation_id = p_conv and m.user_id = p_user and not m.removed;
  v_status := case
    when v_mine is null then 1
    when v_c.kind <> 2 or v_mine < 2 then 2
    when v_theirs.role is null then 4
    when v_theirs.role >= v_mine then 2
    else 0 end;
  if v_status <> 0 or v_theirs.muted_until is not distinct from p_until then
    return query select v_status, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  v_rev := v_c.revision + 1;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));
  update member set muted_until = p_until, revision = v_rev where conversation_id = p_conv and user_id = p_user;
  update conversation set revision = v_rev, membership_revision = v_rev, edited_at = v_now where id = p_conv;
  perform spread_edited_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_rev], array[null::bigint], array[p_actor], v_now)
    returning group_no into v_group;
  return query select 0, v_group, v_rev, v_c.last_sequence, m.user_id, m.role, m.removed, m.visible_from
    from member m where m.conversation_id = p_conv and m.user_id = p_user;
end $f$;

-- Bans a user until a time, and so removes them if they are a member; or unbans them (null). Answers like
-- change_members_v1: a row a membership that changed.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not
create function ban_user_v1(p_node int, p_conv uuid, p_actor text, p_user text, p_until timestamptz)
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
  if v_mine is null or v_c.kind <> 2 or v_mine < 2 or v_theirs >= v_mine then
    return query select case when v_mine is null then 1 else 2 end,
      null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  delete from ban where conversation_id = p_conv
    and (until <= clock_timestamp() or (user_id = p_user and p_until is null));
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

-- Deletes a conversation for good, as one of its owners or, without an actor, as the backend: everybody is removed,
-- its name and key are free, and what was said is erased (see erase_v1). Of the conversation itself only a row without
-- content stays, so that lists can tell of its end. Answers like change_members_v1.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not
create function delete_conversation_v1(p_node int, p_conv uuid, p_actor text)
returns table (status int, group_no bigint, rev bigint, last_seq bigint,
  usr text, role smallint, removed boolean, visible_from bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_role smallint;
  v_rev bigint;
  v_now timestamptz;
  v_group bigint;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  perform from member where conversation_id = p_conv order by user_id for no key update;
  select m.role into v_role from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  if v_c.id is null or v_c.deleted_at is not null
      or (p_actor is not null and (v_role is null or v_c.kind <> 2 or v_role < 3)) then
    return query select case when v_c.id is null or v_c.deleted_at is not null or v_role is null then 1 else 2 end,
      null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));
  v_rev := v_c.revision + 1;
  update member m set removed = true, revision = v_rev, muted_until = null, changed_at = v_now,
      changed_bucket = floor(extract(epoch from v_now) / 600)
    where m.conversation_id = p_conv and not m.removed;
  update conversation set key = '', name = '', image_url = '', metadata = '{}', deleted_at = v_now,
    revision = v_rev, membership_revision = v_rev, member_count = 0, countable = 0, pinned_count = 0,
    first_sequence = last_sequence + 1, edited_at = v_now
    where id = p_conv;
  delete from conversation_key where key = v_c.key and conversation_id = p_conv;
  if v_c.kind = 1 then
    delete from direct_pair where (lower_user, upper_user) in (
      select min(user_id), max(user_id) from member where conversation_id = p_conv) and conversation_id = p_conv;
  end if;
  perform erase_v1(p_conv, 1000);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_rev], array[null::bigint],
      array[coalesce(p_actor, (select min(user_id) from member where conversation_id = p_conv and revision = v_rev),
        'nobody')], v_now)
    returning group_no into v_group;
  return query select 0, v_group, v_rev, v_c.last_sequence, m.user_id, m.role, m.removed, m.visible_from
    from member m where m.conversation_id = p_conv and m.revision = v_rev order by m.user_id;
  if not found then
    return query select 0, v_group, v_rev, v_c.last_sequence, null, 0::smallint, false, 0::bigint;
  end if;
end $f$;

-- Erases what was said in a deleted conversation, at most so many messages; what hangs on a message goes with it.
-- Whoever adds a table that holds a conversation's content adds it here. Answers whether nothing is left.
create function erase_v1(p_conv uuid, p_most int) returns boolean
language plpgsql as $f$
declare
  v_through bigint;
begin
  select max(sequence) into v_through from (
    select sequence from message where conversation_id = p_conv order by sequence limit p_most) s;
  delete from message_edit where conversation_id = p_conv and sequence <= v_through;
  delete from reaction where conversation_id = p_conv and sequence <= v_through;
  delete from reaction_count where conversation_id = p_conv and sequence <= v_through;
  delete from message where conversation_id = p_conv and sequence <= v_through;
  if exists (select from message where conversation_id = p_conv) then
    return false;
  end if;
  delete from ban where conversation_id = p_conv;
  update conversation set erased = true where id = p_conv;
  return true;
end $f$;
