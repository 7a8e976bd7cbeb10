-- As V015, and lets the audit that is just being written come first: entries that were not yet committed when nothing
-- was left to name the user, and that found nobody erased, would have named them for ever.
create or replace function end_erasure_v1(p_erasure uuid) returns boolean
language plpgsql as $f$
declare
  v_user text := (select user_id from erasure where id = p_erasure);
  v_rows bigint;
begin
  -- Who writes after this has ended finds the user erased (V021).
  lock table api_audit in share row exclusive mode;
  if exists (select from traces_v1(v_user) where standing > 0) then
    return false;
  end if;
  insert into erased_user values (erased_hash_v1(v_user), clock_timestamp())
    on conflict (user_hash) do update set erased_at = excluded.erased_at;
  delete from user_standing where user_id = v_user;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'user_standing', v_rows);
  delete from revoked_user where user_id = v_user;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'revoked_user', v_rows);
  insert into erasure_count as c (erasure_id, place, erased, remaining)
    select p_erasure, place, 0, standing from traces_v1(v_user)
    union all select p_erasure, 'message', 0, walk_found from erasure where id = p_erasure
    on conflict (erasure_id, place) do update set remaining = excluded.remaining;
  update erasure_count set remaining = 0 where erasure_id = p_erasure and remaining is null;
  update erasure set user_id = null, ended_at = clock_timestamp() where id = p_erasure;
  return true;
end $f$;
