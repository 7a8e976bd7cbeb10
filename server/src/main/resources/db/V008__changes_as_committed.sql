-- A group of changes may hold several of one message. What is announced and answered of each is the message as that
-- very change left it, so the statement says so itself: read after the commit, all would show the last one's state.

-- How people reacted to a message, as the columns of stored messages have it: a line a kind, of count, reaction and
-- the first users.
create function reactions_v1(p_conv uuid, p_seq bigint) returns text
language sql stable as $f$
  select string_agg(count || E'\t' || reaction || E'\t' || array_to_string(first_users, ' '), E'\n'
    order by first_revision)
  from reaction_count where conversation_id = p_conv and sequence = p_seq
$f$;

-- As change_messages_v1 (V004), and of each change with status 0 or 1 the message as it stood right after it, with
-- the actor's own reactions.
create function change_messages_v2(
  p_node int, p_wait boolean, p_edit_window interval, p_conv uuid[], p_actor text[], p_op smallint[], p_seq bigint[],
  p_on boolean[], p_reaction text[], p_edit uuid[], p_hash bigint[], p_fits boolean[], p_body bytea[])
returns table (status int, rev bigint, mrev bigint, last_seq bigint, count int, group_no bigint,
  sequence bigint, revision bigint, sender text, client_message_id uuid, created_at timestamptz, body bytea,
  edited_at timestamptz, deleted_at timestamptz, deleted_by text, pinned_at timestamptz, reactions text, own text[])
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
    if coalesce(p_conv[i] = any(v_locked), false) then
      select * into v_changed from change_message_v1(p_edit_window, p_conv[i], p_actor[i], p_op[i], p_seq[i],
        p_on[i], p_reaction[i], p_edit[i], p_hash[i], p_fits[i], p_body[i]);
    else
      select case when exists (select from conversation where id = p_conv[i]) then 4 else 2 end status,
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

drop function change_messages_v1;
