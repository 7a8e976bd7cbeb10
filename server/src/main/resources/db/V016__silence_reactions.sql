-- What keeps a member from posting, as before (V009), save that a frozen conversation and a mute come before the role:
-- those two keep from reacting as well, and did not where posting was also left to a higher role.
create or replace function barred_v1(
  p_role smallint, p_muted_until timestamptz, p_post_role smallint, p_frozen boolean, p_blocked boolean,
  p_now timestamptz) returns int
language sql immutable as $f$
  select case when p_blocked then 10 when p_frozen and p_role < 2 then 7 when p_muted_until > p_now then 8
    when p_role < p_post_role then 6 else 0 end
$f$;
