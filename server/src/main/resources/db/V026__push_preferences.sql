-- As it was (V015), and what the user wanted pushes about is gone, too.
create or replace function forget_membership_v1(p_node int, p_erasure uuid, p_conv uuid)
returns table (group_no bigint, rev bigint, last_seq bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_e erasure;
  v_c conversation;
  v_m member;
  v_rows bigint;
  v_rev bigint;
  v_group bigint;
  v_now timestamptz;
begin
  select * into v_e from erasure where id = p_erasure;
  select * into v_c from conversation where id = p_conv for no key update;
  perform from member where conversation_id = p_conv order by user_id for no key update;
  select * into v_m from member where conversation_id = p_conv and user_id = v_e.user_id;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));
  v_rev := v_c.revision + 2;

  delete from button_press where conversation_id = p_conv and user_id = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'button_press', v_rows);
  delete from member_draft where conversation_id = p_conv and user_id = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'member_draft', v_rows);
  delete from invitation where conversation_id = p_conv and created_by = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'invitation', v_rows);
  update ban set banned_by = v_e.pseudonym where conversation_id = p_conv and banned_by = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'ban', v_rows);
  update message set deleted_by = v_e.pseudonym where conversation_id = p_conv and deleted_by = v_e.user_id;
  if v_c.kind = 1 then
    delete from direct_pair d using member o
      where o.conversation_id = p_conv and o.user_id <> v_e.user_id and d.conversation_id = p_conv
        and d.lower_user = least(o.user_id, v_e.user_id) and d.upper_user = greatest(o.user_id, v_e.user_id);
    get diagnostics v_rows = row_count;
    perform count_erased_v1(p_erasure, 'direct_pair', v_rows);
  end if;
  update member set user_id = v_e.pseudonym, removed = true, role = 1, muted_until = null, quiet_until = null,
      push_level = null, posted_at = null, revision = v_rev, changed_at = v_now,
      changed_bucket = floor(extract(epoch from v_now) / 600)
    where conversation_id = p_conv and user_id = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'member', v_rows);
  if v_c.deleted_at is not null then
    return;
  end if;
  update conversation set revision = v_rev, membership_revision = v_rev, forgotten_revision = v_rev - 1,
      member_count = member_count - case when not v_m.removed then 1 else 0 end,
      frozen = frozen or (kind = 1 and v_m.user_id is not null), edited_at = v_now
    where id = p_conv;
  perform spread_edited_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_rev], array[null::bigint], array[v_e.pseudonym], v_now)
    returning intake.group_no into v_group;
  return query select v_group, v_rev, v_c.last_sequence;
end $f$;
