-- What a review of V009 to V012 has found.

-- As before (V011), and the others are told of who left from where they saw when they joined: what they cleared since
-- stays theirs to know.
create or replace function forget_personal_v1() returns trigger
language plpgsql as $f$
begin
  delete from member_draft where conversation_id = new.conversation_id and user_id = new.user_id;
  new.place := 0;
  new.place_countable := 0;
  new.pinned_at := null;
  new.visible_from := coalesce(new.joined_from, new.visible_from);
  new.joined_from := null;
  new.told_read := 0;
  new.unread_head := 0;
  return new;
end $f$;

-- As before (V009), save that what the server wrote in somebody's name is nothing that they have read, and that the
-- answer, like that of the two that follow, says from where a member saw when they joined.
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

-- As before (V005).
create or replace function set_role_v1(p_node int, p_conv uuid, p_actor text, p_user text, p_role smallint)
returns table (status int, group_no bigint, rev bigint, last_seq bigint,
  usr text, role smallint, removed boolean, visible_from bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_mine smallint;
  v_theirs smallint;
  v_rev bigint;
  v_now timestamptz;
  v_group bigint;
  v_status int;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  perform from member where conversation_id = p_conv order by user_id for no key update;
  select m.role into v_mine from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
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
  v_rev := v_c.revision + 1;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));
  update member set role = p_role, revision = v_rev where conversation_id = p_conv and user_id = p_user;
  update conversation set revision = v_rev, membership_revision = v_rev, edited_at = v_now where id = p_conv;
  perform spread_edited_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_rev], array[null::bigint], array[p_actor], v_now)
    returning group_no into v_group;
  return query select 0, v_group, v_rev, v_c.last_sequence, m.user_id, m.role, m.removed,
      coalesce(m.joined_from, m.visible_from)
    from member m where m.conversation_id = p_conv and m.user_id = p_user;
end $f$;

-- As before (V009).
create or replace function mute_member_v1(p_node int, p_conv uuid, p_actor text, p_user text, p_until timestamptz)
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
  -- Whoever is no member of an OPEN conversation is muted all the same: see V014.
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
  v_rev := v_c.revision + 1;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));
  update member set muted_until = p_until, revision = v_rev where conversation_id = p_conv and user_id = p_user;
  update conversation set revision = v_rev, membership_revision = v_rev, edited_at = v_now where id = p_conv;
  perform spread_edited_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_rev], array[null::bigint], array[p_actor], v_now)
    returning group_no into v_group;
  return query select 0, v_group, v_rev, v_c.last_sequence, m.user_id, m.role, m.removed,
      coalesce(m.joined_from, m.visible_from)
    from member m where m.conversation_id = p_conv and m.user_id = p_user;
end $f$;

-- As before (V011), and nothing passes between two of whom one blocks the other.
--
--   status  8 one of the two blocks the other
create or replace function press_button_v1(
  p_conv uuid, p_user text, p_seq bigint, p_edited timestamptz, p_button text, p_known boolean, p_value text,
  p_once boolean, p_press uuid, p_max int)
returns table (status int, number bigint, button_id text, value text, press_id uuid, at timestamptz,
  sender text, present boolean)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_s message;
  v_p button_press;
  v_count int;
  v_blocked boolean;
begin
  -- Held, so that nothing comes after the answer to a block. In a statement of its own, as in store_messages_v2.
  select blocked into v_blocked from conversation where id = p_conv and kind = 1 for share;
  select s.* into v_s from message s
    join member m on m.conversation_id = s.conversation_id and m.user_id = p_user and not m.removed
    join conversation c on c.id = s.conversation_id
    where s.conversation_id = p_conv and s.sequence = p_seq
      and s.sequence >= greatest(m.visible_from, c.first_sequence)
    for no key update of s;
  if v_s.sequence is null then
    return query select 2, 0::bigint, null, null, null::uuid, null::timestamptz, null, false;
    return;
  end if;
  -- A repeat is known before the card's state is looked at.
  select * into v_p from button_press p
    where p.conversation_id = p_conv and p.sequence = p_seq and p.user_id = p_user
      and (p.press_id = p_press or (p_once and p.once and p.button_id = p_button))
    order by p.press_id = p_press desc, p.number limit 1;
  select count(*) into v_count from button_press p
    where p.conversation_id = p_conv and p.sequence = p_seq and p.user_id = p_user;
  status := case
    when v_p.number is not null then case when v_p.button_id = p_button then 1 else 3 end
    when v_s.deleted_at is not null then 5
    when v_s.edited_at is distinct from p_edited then 4
    when not p_known then 6
    when v_blocked then 8
    when v_count >= p_max then 7
    else 0 end;
  if status = 0 then
    insert into button_press
      select p_conv, p_seq, coalesce(max(p.number), 0) + 1, p_user, p_button, p_value, p_press, p_once,
        date_trunc('milliseconds', clock_timestamp())
      from button_press p where p.conversation_id = p_conv and p.sequence = p_seq
      returning * into v_p;
  end if;
  return query select status, v_p.number, v_p.button_id, v_p.value, v_p.press_id, v_p.pressed_at, v_s.sender,
    exists (select from member m where m.conversation_id = p_conv and m.user_id = v_s.sender and not m.removed);
end $f$;

-- An invitation ends with its group, and so does what was flagged in it. Not a part of erase_v1, so that neither
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

-- Keeps apart who puts a conversation's messages into the index, several at once, and who takes them out of it:
-- whoever puts has seen the messages as they stood, and must not come after one who has deleted them.
create function search_lock_v1(p_conv uuid) returns bigint
language sql immutable as $f$
  select hashtextextended(p_conv::text, 17)
$f$;

-- As before (V012), save that it waits for who is just putting it in.
create or replace function forget_search_entry_v1() returns trigger
language plpgsql as $f$
begin
  perform pg_advisory_xact_lock(search_lock_v1(old.conversation_id));
  delete from search_entry where conversation_id = old.conversation_id and sequence = old.sequence;
  return null;
end $f$;

-- As put_search_entries_v1 (V012); answers which conversations were passed over, for messages of theirs are just being
-- taken out. p_wait: waits for those, of one conversation only: so nobody can wait for one who waits.
create function put_search_entries_v2(
  p_wait boolean, p_conv uuid[], p_seq bigint[], p_rev bigint[], p_words text[]) returns uuid[]
language plpgsql as $f$
declare
  v_passed uuid[];
begin
  if p_wait then
    perform pg_advisory_xact_lock_shared(search_lock_v1(p_conv[1]));
  else
    select array_agg(conv) into v_passed from (select distinct unnest(p_conv) conv) c
      where not pg_try_advisory_xact_lock_shared(search_lock_v1(conv));
  end if;
  insert into search_entry as e (conversation_id, sequence, revision, sender, created_at, tokens)
  select s.conversation_id, s.sequence, s.revision, s.sender, s.created_at,
    array_to_tsvector(array(select search_scope_v1(q.conv, q.seq >> 10) || w
      from unnest(string_to_array(q.words, ' ')) w))
  from unnest(p_conv, p_seq, p_rev, p_words) q(conv, seq, rev, words)
  join message s on s.conversation_id = q.conv and s.sequence = q.seq and s.revision = q.rev
  where q.conv <> all(coalesce(v_passed, '{}'))
  order by s.conversation_id, s.sequence
  on conflict (conversation_id, sequence) do update set revision = excluded.revision, tokens = excluded.tokens
    where e.revision < excluded.revision and e.tokens <> excluded.tokens;
  return coalesce(v_passed, '{}');
end $f$;

drop function put_search_entries_v1;
