-- An entry of the audit waits in a node's memory until it is written. Of whoever was erased meanwhile it names nobody.

-- The id as it is kept of a call at this time: empty where its user has been erased since. By the clock of the node that
-- took the call, which may be a little ahead of the database's.
create function audited_id_v1(p_id text, p_at timestamptz) returns text
language sql stable as $f$
  select case
    when exists (select from erased_user
      where user_hash = erased_hash_v1(p_id) and erased_at > p_at - interval '5 seconds') then ''
    else p_id
  end
$f$;

-- The same of several ids with slashes between them.
create function audited_ids_v1(p_ids text, p_at timestamptz) returns text
language sql stable as $f$
  select coalesce(string_agg(audited_id_v1(id, p_at), '/' order by place), '')
  from unnest(string_to_array(p_ids, '/')) with ordinality as given (id, place)
$f$;
