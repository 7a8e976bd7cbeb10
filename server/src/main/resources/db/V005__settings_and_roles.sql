-- What a conversation is called, how it looks, and who may do what in it can change.

alter table conversation
  add image_url text not null default '',
  add metadata text[] not null default '{}';   -- the app's own: key, value, key, value …

-- Changes a group's settings: what is null stays as it is; one revision.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 3 nothing to change
create function update_conversation_v1(
  p_node int, p_conv uuid, p_actor text, p_name text, p_image_url text, p_metadata text[])
returns table (status int, group_no bigint, rev bigint, mrev bigint, last_seq bigint)
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
  select m.role into v_role from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  if v_role is null or v_c.kind <> 2 or v_role < 2 then
    return query select case when v_role is null then 1 else 2 end, null::bigint, 0::bigint, 0::bigint, 0::bigint;
    return;
  end if;
  if v_c.name = coalesce(p_name, v_c.name) and v_c.image_url = coalesce(p_image_url, v_c.image_url)
      and v_c.metadata = coalesce(p_metadata, v_c.metadata) then
    return query select 3, null::bigint, 0::bigint, 0::bigint, 0::bigint;
    return;
  end if;
  v_rev := v_c.revision + 1;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));
  update conversation set name = coalesce(p_name, name), image_url = coalesce(p_image_url, image_url),
    metadata = coalesce(p_metadata, metadata), settings_revision = v_rev, revision = v_rev, edited_at = v_now
    where id = p_conv;
  perform spread_edited_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_rev], array[null::bigint], array[p_actor], v_now)
    returning group_no into v_group;
  return query select 0, v_group, v_rev, v_c.membership_revision, v_c.last_sequence;
end $f$;

-- Gives a member another role; one revision. Answers like change_members_v1.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 4 the user is no member
create function set_role_v1(p_node int, p_conv uuid, p_actor text, p_user text, p_role smallint)
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
    when v_c.kind <> 2 or v_mine < 3 then 2
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
  return query select 0, v_group, v_rev, v_c.last_sequence, m.user_id, m.role, m.removed, m.visible_from
    from member m where m.conversation_id = p_conv and m.user_id = p_user;
end $f$;
