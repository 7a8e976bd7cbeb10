-- What happens to a group is told in it, in messages of the server's own; and a group says who may do what in it. An
-- OPEN conversation (kind 4) is run by its members as a group is; any number of others watch.

-- Nobody edits, deletes, pins or reacts to such a message; it is not countable and moves nobody's marker.
alter table message add system boolean not null default false;

-- What a role must be at least to post, to add members, to change name, image and metadata, to pin, to remove others, and
-- to delete what others have sent (see member.role); in a DIRECT none is asked for. Frozen: nobody below a moderator
-- posts. Slow mode: how long whoever is no moderator waits between two messages. watch_access, of OPEN: who may watch:
-- 1 everybody · 2 whose access token grants watch_grant · 3 who is listed in watcher. None of these is indexed: see V001.
alter table conversation
  add post_role smallint not null default 1,
  add add_role smallint not null default 2,
  add settings_role smallint not null default 2,
  add pin_role smallint not null default 2,
  add remove_role smallint not null default 2,
  add delete_role smallint not null default 2,
  add frozen boolean not null default false,
  add slow_mode_seconds int not null default 0,
  add watch_access smallint not null default 0,
  add watch_grant text not null default '',
  add watchers_post boolean not null default false,
  add blocked boolean not null default false,  -- of DIRECT: one of the two blocks the other
  add deleted_at timestamptz,                  -- for good: nobody is a member any more
  add erased boolean not null default false;   -- and nothing is left of what was said
create index conversation_to_erase on conversation (id) where deleted_at is not null and not erased;

alter table member
  add muted_until timestamptz,                 -- infinity: until unmuted
  add posted_at timestamptz,                   -- kept where there is a slow mode
  add joined_from bigint;                      -- visible_from at the joining; null: as it is now (V011 moves it)

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
create index ban_news on ban (conversation_id, banned_at);

-- What is kept of those who are no members of an OPEN conversation, or of one into which their words were imported: a
-- row only where there is something to keep. Who watches just now stands nowhere: it is where their sockets are.
--
--   conversation_id  user_id  listed  unlisted_at  muted_until  posted_at  spoke_at
--   6f1c…            ann      t       -            -            -          -         may watch
--   6f1c…            ben      f       12:00:11     -            -          -         could, until then
--   77aa…            cid      f       -            infinity     -          -         may not post
--   77aa…            dan      f       -            -            12:00:31   12:00:31  has posted, where there is a slow mode
--   91d0…            eve      f       -            -            -          08:14:05  has posted: for export and erasure
create table watcher (
  conversation_id uuid not null,
  user_id text collate "C" not null,
  listed boolean not null default false,
  unlisted_at timestamptz,
  muted_until timestamptz,                     -- infinity: until unmuted
  posted_at timestamptz,
  spoke_at timestamptz,                        -- has posted; up to a day behind
  primary key (conversation_id, user_id)
) with (fillfactor = 70);
create index watcher_listed on watcher (conversation_id, user_id) where listed;
create index watcher_unlisted on watcher (conversation_id, unlisted_at) where unlisted_at is not null;
create index watcher_user on watcher (user_id);

create function is_banned_v1(p_conv uuid, p_users text[]) returns boolean
language sql stable as $f$
  select exists (select from ban
    where conversation_id = p_conv and user_id = any(p_users) and until > clock_timestamp())
$f$;

-- Whether somebody may watch an OPEN conversation, with what their access token grants; members may as well.
create function may_watch_v1(p_c conversation, p_user text, p_grants text[]) returns boolean
language sql stable as $f$
  select coalesce(p_c.kind = 4 and p_c.deleted_at is null and not is_banned_v1(p_c.id, array[p_user])
    and (case p_c.watch_access
        when 1 then true
        when 2 then p_c.watch_grant = any(p_grants)
        when 3 then exists (select from watcher w
          where w.conversation_id = p_c.id and w.user_id = p_user and w.listed)
        else false end
      or exists (select from member m
        where m.conversation_id = p_c.id and m.user_id = p_user and not m.removed)), false)
$f$;

-- Whether those who may watch an OPEN conversation see somebody speak there: a member, who was one until lately (what a
-- former member has said is older still), or who has posted lately. Two look-ups by primary key, however much was said.
create function speaks_v1(p_conv uuid, p_user text) returns boolean
language sql stable as $f$
  select exists (select from member where conversation_id = p_conv and user_id = p_user
      and (not removed or changed_at > clock_timestamp() - interval '30 days'))
    or exists (select from watcher where conversation_id = p_conv and user_id = p_user
      and spoke_at > clock_timestamp() - interval '30 days')
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
-- of the two blocks the other. The role comes last, for what is before it keeps from reacting as well.
create function barred_v1(
  p_role smallint, p_muted_until timestamptz, p_post_role smallint, p_frozen boolean, p_blocked boolean,
  p_now timestamptz) returns int
language sql immutable as $f$
  select case when p_blocked then 10 when p_frozen and p_role < 2 then 7 when p_muted_until > p_now then 8
    when p_role < p_post_role then 6 else 0 end
$f$;

-- In which role somebody acts: a member in their own; the app's backend, `business`, which is a member of none, above
-- everybody in each conversation that stands; nobody else in any (null).
create function acting_role_v1(p_conv uuid, p_actor text) returns smallint
language sql stable as $f$
  select case when p_actor = 'business'
    then (select 3::smallint from conversation where id = p_conv and deleted_at is null)
    else (select role from member where conversation_id = p_conv and user_id = p_actor and not removed) end
$f$;

-- Whether a role deletes what somebody else has sent, and reads its earlier versions: in a group and in an OPEN
-- conversation from delete_role on. Moderators and owners do it to everybody's messages, members to no message of anybody
-- above them, nor to the backend's: the rule says who does it, and puts nobody within a lower role's reach.
create function may_delete_v1(p_c conversation, p_role smallint, p_sender text) returns boolean
language sql stable as $f$
  select p_c.kind in (2, 4) and p_role >= p_c.delete_role
    and (p_role >= 2 or coalesce(acting_role_v1(p_c.id, p_sender), 0) <= p_role)
$f$;

-- What keeps a watcher from posting; answers like barred_v1.
create function watcher_barred_v1(p_c conversation, p_user text, p_now timestamptz) returns int
language sql stable as $f$
  select case when not p_c.watchers_post then 6 when p_c.frozen then 7
    when exists (select from watcher w
      where w.conversation_id = p_c.id and w.user_id = p_user and w.muted_until > p_now) then 8
    else 0 end
$f$;

-- One change, of a conversation whose row this transaction holds; it takes and answers what change_messages_v1 (V004)
-- tells of an entry.
--
-- The sender edits, and nobody who may not post; the sender deletes, and whom may_delete_v1 lets. Both in a DIRECT pin,
-- elsewhere who has pin_role. Whoever is muted or meets a frozen conversation sets no reaction; where one blocks the
-- other, nobody pins or reacts. What stands is taken back all the same. What the server wrote stays as it is. Those who
-- watch an OPEN conversation edit and delete what they have posted, as long as they are neither banned nor taken off its
-- list; the end of their token's grant does not keep them from taking back their words. The app's backend, `business`,
-- edits what it has sent, however long ago, and deletes anything.
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
  if p_actor = 'business' then
    v_role := acting_role_v1(p_conv, p_actor);
  end if;
  if v_role is null and v_c.kind = 4 and p_op in (1, 2) and v_s.sender = p_actor
      and may_watch_v1(v_c, p_actor, array[v_c.watch_grant]) then
    v_role := 0;
  end if;
  -- Without a role there is no v_visible either, and greatest passes over nulls.
  if v_role is null or v_s.sequence is null then
    return query select 2, 0::bigint, 0::bigint, 0::bigint, 0;
    return;
  end if;
  v_rev := v_c.revision + 1;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));
  v_barred := case when p_actor = 'business' then 0
    when v_role = 0 then watcher_barred_v1(v_c, p_actor, clock_timestamp())
    else barred_v1(v_role, v_muted, v_c.post_role, v_c.frozen, v_c.blocked, clock_timestamp()) end;

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
    when p_op = 2 and p_actor not in (v_s.sender, 'business') and not may_delete_v1(v_c, v_role, v_s.sender) then 6
    when p_op = 4 and v_c.kind <> 1 and v_role < v_c.pin_role then 6
    when p_op = 1 and v_barred > 0 then 6
    when p_op = 3 and p_on and v_barred > 6 then 6
    when p_op = 4 and p_on and v_c.blocked then 6
    when p_op = 2 and v_s.deleted_at is not null then 1
    when v_s.deleted_at is not null then 8
    when p_op = 1 and p_actor <> 'business' and v_s.created_at + p_edit_window < v_now then 7
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
    update message set revision = v_rev, first_revision = coalesce(first_revision, revision), changed = true,
      reacted = true
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

-- Adds members to a group, removes them, or lets one leave (remove = the actor alone); one revision. Who has add_role
-- adds, though nobody who is banned; who has remove_role removes, though no owner, and nobody above the own role.
--
-- Answers a row a membership that changed; with status other than 0, or when nothing changed, one row that holds only
-- the status.
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 3 too many members
--           5 one of those to add is banned
--   visible_from  as it was at the joining: what a member has cleared since stays theirs to know
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
  if v_c.kind not in (2, 4) or (p_add <> '{}' and v_role < v_c.add_role)
      or (p_remove <> '{}' and v_role < v_c.remove_role and not v_leaving) or (not v_leaving and exists (
      select from member m where m.conversation_id = p_conv and m.user_id = any(p_remove)
        and m.role > least(v_role, 2) and not m.removed)) then
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
  -- Who wrote in an earlier membership has read up to there: sending implies it, but what the server tells of them
  -- is nothing that they have sent.
  update member m set read_sequence = o.sequence, read_countable = o.countable_through,
      delivered_sequence = greatest(m.delivered_sequence, o.sequence)
    from unnest(p_add) u, lateral (
      select s.sequence, s.countable_through from message s
      where s.conversation_id = p_conv and s.sender = u and not s.system order by s.sequence desc limit 1) o
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
  return query select 0, v_group, v_rev, v_c.last_sequence, m.user_id, m.role, m.removed,
      coalesce(m.joined_from, m.visible_from)
    from member m where m.conversation_id = p_conv and m.revision = v_rev order by m.user_id;
end $f$;

drop function update_conversation_v1;

-- Ends a change of settings, whose row this transaction has changed: gives it its next revision. Answers like
-- update_conversation_v2, with status 0.
create function touch_settings_v1(p_node int, p_conv uuid, p_actor text, p_renamed boolean, p_image_changed boolean)
returns table (status int, group_no bigint, rev bigint, mrev bigint, last_seq bigint,
  renamed boolean, image_changed boolean)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_group bigint;
begin
  update conversation set revision = revision + 1, settings_revision = revision + 1,
      edited_at = greatest(last_change_at, edited_at, date_trunc('milliseconds', clock_timestamp()))
    where id = p_conv returning * into v_c;
  perform spread_edited_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_c.revision], array[null::bigint], array[p_actor], v_c.edited_at)
    returning group_no into v_group;
  return query select 0, v_group, v_c.revision, v_c.membership_revision, v_c.last_sequence, p_renamed, p_image_changed;
end $f$;

-- Changes a group's settings: what is null stays as it is; one revision. Name, image and metadata are changed by who
-- has settings_role; freezing and slow mode by moderators and owners; who may do what by owners. Of a conversation of two
-- there is nothing but metadata to change: both do, unless one blocks the other.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 3 nothing to change
--           4 not of a conversation of two
create function update_conversation_v2(
  p_node int, p_conv uuid, p_actor text, p_name text, p_image_url text, p_metadata text[],
  p_post_role smallint, p_add_role smallint, p_settings_role smallint, p_pin_role smallint,
  p_remove_role smallint, p_delete_role smallint,
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
begin
  select * into v_c from conversation where id = p_conv for no key update;
  v_role := acting_role_v1(p_conv, p_actor);
  v_needed := case
    when coalesce(p_post_role, p_add_role, p_settings_role, p_pin_role, p_remove_role, p_delete_role) is not null then 3
    when coalesce(p_name, p_image_url, p_metadata::text) is null and p_frozen is null
      and p_slow_mode_seconds is null then v_c.settings_role
    else greatest(
      case when coalesce(p_name, p_image_url, p_metadata::text) is not null then v_c.settings_role end,
      case when p_frozen is not null or p_slow_mode_seconds is not null then 2 end) end;
  status := case
    when v_role is null then 1
    when v_c.kind in (2, 4) then case when v_role < v_needed then 2 else 0 end
    when v_c.kind <> 1 then 2
    when num_nonnulls(p_name, p_image_url, p_post_role, p_add_role, p_settings_role, p_pin_role,
      p_remove_role, p_delete_role, p_frozen, p_slow_mode_seconds) > 0 then 4
    when v_c.blocked and p_actor <> 'business' then 2
    else 0 end;
  if status <> 0 then
    return query select status, null::bigint, 0::bigint, 0::bigint, 0::bigint, false, false;
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
  v_n.remove_role := coalesce(p_remove_role, v_c.remove_role);
  v_n.delete_role := coalesce(p_delete_role, v_c.delete_role);
  v_n.frozen := coalesce(p_frozen, v_c.frozen);
  v_n.slow_mode_seconds := coalesce(p_slow_mode_seconds, v_c.slow_mode_seconds);
  if v_n = v_c then
    return query select 3, null::bigint, 0::bigint, 0::bigint, 0::bigint, false, false;
    return;
  end if;
  update conversation set name = v_n.name, image_url = v_n.image_url, metadata = v_n.metadata,
    post_role = v_n.post_role, add_role = v_n.add_role, settings_role = v_n.settings_role, pin_role = v_n.pin_role,
    remove_role = v_n.remove_role, delete_role = v_n.delete_role,
    frozen = v_n.frozen, slow_mode_seconds = v_n.slow_mode_seconds
    where id = p_conv;
  return query select * from touch_settings_v1(p_node, p_conv, p_actor, v_n.name <> v_c.name, v_n.image_url <> v_c.image_url);
end $f$;

-- Ends a change of one member, whose row this transaction has changed and which holds the conversation and its members:
-- gives both their next revision. Answers like change_members_v1, with status 0.
create function touch_member_v1(p_node int, p_conv uuid, p_actor text, p_user text)
returns table (status int, group_no bigint, rev bigint, last_seq bigint,
  usr text, role smallint, removed boolean, visible_from bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_group bigint;
begin
  update conversation set revision = revision + 1, membership_revision = revision + 1,
      edited_at = greatest(last_change_at, edited_at, date_trunc('milliseconds', clock_timestamp()))
    where id = p_conv returning * into v_c;
  update member set revision = v_c.revision where conversation_id = p_conv and user_id = p_user;
  perform spread_edited_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_c.revision], array[null::bigint], array[p_actor], v_c.edited_at)
    returning group_no into v_group;
  return query select 0, v_group, v_c.revision, v_c.last_sequence, m.user_id, m.role, m.removed,
      coalesce(m.joined_from, m.visible_from)
    from member m where m.conversation_id = p_conv and m.user_id = p_user;
end $f$;

-- Gives a member another role, as an owner; one revision. Answers like change_members_v1.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 4 the user is no member
create or replace function set_role_v1(p_node int, p_conv uuid, p_actor text, p_user text, p_role smallint)
returns table (status int, group_no bigint, rev bigint, last_seq bigint,
  usr text, role smallint, removed boolean, visible_from bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_mine smallint;
  v_theirs smallint;
  v_status int;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  perform from member where conversation_id = p_conv order by user_id for no key update;
  v_mine := acting_role_v1(p_conv, p_actor);
  select m.role into v_theirs from member m
    where m.conversation_id = p_conv and m.user_id = p_user and not m.removed;
  v_status := case
    when v_mine is null then 1
    when v_c.kind not in (2, 4) or v_mine < 3 then 2
    when v_theirs is null then 4
    -- Someone must be able to give roles.
    when v_theirs = 3 and p_role < 3 and not exists (select from member m
      where m.conversation_id = p_conv and m.role = 3 and not m.removed and m.user_id <> p_user) then 2
    else 0 end;
  if v_status <> 0 or v_theirs = p_role then
    return query select v_status, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
    return;
  end if;
  update member set role = p_role where conversation_id = p_conv and user_id = p_user;
  return query select * from touch_member_v1(p_node, p_conv, p_actor, p_user);
end $f$;

-- Mutes a member until a time, or unmutes them (null); one revision. Answers like change_members_v1. Whoever is no
-- member of an OPEN conversation is muted all the same, without a revision: the others see nothing of it.
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
  v_status int;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  perform from member where conversation_id = p_conv order by user_id for no key update;
  select m.role into v_mine from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  select * into v_theirs from member m
    where m.conversation_id = p_conv and m.user_id = p_user and not m.removed;
  if v_c.kind = 4 and v_mine >= 2 and v_theirs.role is null then
    insert into watcher as w (conversation_id, user_id, muted_until) values (p_conv, p_user, p_until)
      on conflict (conversation_id, user_id) do update set muted_until = excluded.muted_until;
    return query select 0, null::bigint, 0::bigint, 0::bigint, null, 0::smallint, false, 0::bigint;
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

-- Bans a user until a time, and so removes them if they are a member, for which it takes remove_role as well; or unbans
-- them (null). Answers like change_members_v1: a row a membership that changed.
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
  if v_mine is null or v_c.kind not in (2, 4) or v_mine < 2 or v_theirs >= v_mine
      or (p_until is not null and v_theirs is not null and v_mine < v_c.remove_role) then
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
      or (p_actor is not null and (v_role is null or v_c.kind not in (2, 4) or v_role < 3)) then
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
  delete from watcher where conversation_id = p_conv;
  update conversation set erased = true where id = p_conv;
  return true;
end $f$;
