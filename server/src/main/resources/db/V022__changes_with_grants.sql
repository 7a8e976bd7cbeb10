-- Who changes messages of an OPEN conversation whose watchers need a grant must bring it: a former member could go on
-- changing what they had said there, and learnt from it that the conversation stands.

-- Whether somebody may change messages of a conversation at all: its members, the business, and who watches it with what
-- their access token grants, names between spaces.
create function may_change_v2(p_conv uuid, p_actor text, p_grants text) returns boolean
language sql stable as $f$
  select acting_role_v1(p_conv, p_actor) is not null or exists (select from conversation c
    where c.id = p_conv and c.kind = 4 and may_watch_v1(c, p_actor, string_to_array(p_grants, ' ')))
$f$;

-- As change_messages_v3 (V014), and p_grants says of each actor what their access token grants.
create function change_messages_v4(
  p_node int, p_wait boolean, p_edit_window interval, p_conv uuid[], p_actor text[], p_op smallint[], p_seq bigint[],
  p_on boolean[], p_reaction text[], p_edit uuid[], p_hash bigint[], p_fits boolean[], p_body bytea[], p_grants text[])
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
  v_may boolean;
begin
  -- Held are only conversations in which somebody acts, as in store_messages_v3.
  v_acted := array(select c from unnest(p_conv, p_actor, p_grants) q(c, actor, grants)
    where may_change_v2(c, actor, grants));
  -- Never in one statement with what follows: its snapshot would predate the wait for the lock.
  if p_wait then
    select array_agg(id) into v_locked
    from (select id from conversation where id = any(v_acted) order by id for no key update) l;
  else
    select array_agg(id) into v_locked
    from (select id from conversation where id = any(v_acted) order by id for no key update skip locked) l;
  end if;

  for i in 1 .. cardinality(p_conv) loop
    -- Somebody else of the group may act in the same conversation.
    v_may := may_change_v2(p_conv[i], p_actor[i], p_grants[i]);
    if v_may and coalesce(p_conv[i] = any(v_locked), false) then
      select * into v_changed from change_message_v1(p_edit_window, p_conv[i], p_actor[i], p_op[i], p_seq[i],
        p_on[i], p_reaction[i], p_edit[i], p_hash[i], p_fits[i], p_body[i]);
    else
      select case when v_may then 4 else 2 end status,
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

drop function change_messages_v3;
drop function may_change_v1;
