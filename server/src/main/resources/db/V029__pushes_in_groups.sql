-- What PostgreSQL does for a push, for a whole group at once and without calls for each row: half of what it was.

drop function keep_decisions_v1(text[], text[], uuid[], bigint[], bigint[], smallint[], text[]);
drop function end_pushes_v1(text[], text[], uuid[], smallint[], bigint[], bigint[]);
drop function clear_forgotten_v1(int, timestamptz);
drop function clear_banners_v1(int, text[], uuid[], timestamptz);

-- Keeps what became of messages on devices: a range that says the same and ends where this one begins grows, unless
-- its banner has been taken away or somebody has seen it.
--
--   p_alone  nothing had been decided there before: neither range is looked for, which is half of the work
create function keep_decisions_v2(
  p_user text[], p_device text[], p_conv uuid[], p_first bigint[], p_last bigint[], p_outcome smallint[],
  p_reason text[], p_alone boolean[])
returns void language sql as $f$
  with q as materialized (
    select usr, dev, conv, first, last, outcome, nullif(reason, '') reason, alone, ord
    from unnest(p_user, p_device, p_conv, p_first, p_last, p_outcome, p_reason, p_alone) with ordinality
      q(usr, dev, conv, first, last, outcome, reason, alone, ord)),
  -- Two pushes that met may have told of the same messages.
  met as (
    delete from push_decision d using q
    where not q.alone and d.user_id = q.usr and d.conversation_id = q.conv and d.device_id = q.dev
      and d.first_sequence > q.first and d.first_sequence <= q.last and d.last_sequence <= q.last
      and d.outcome = q.outcome and d.received_at is null and d.opened_at is null),
  grown as (
    update push_decision d set last_sequence = greatest(d.last_sequence, n.last), changed_at = clock_timestamp()
    from (
      select q.usr, q.conv, q.dev, l.first_sequence grows, max(q.last) as last, array_agg(q.ord) ords
      from q cross join lateral (
        select p.first_sequence, p.last_sequence, p.outcome, p.reason from push_decision p
        where p.user_id = q.usr and p.conversation_id = q.conv and p.device_id = q.dev and p.first_sequence <= q.first
        order by p.first_sequence desc limit 1) l
      where not q.alone and l.outcome = q.outcome and l.reason is not distinct from q.reason and l.last_sequence >= q.first - 1
      group by 1, 2, 3, 4) n
    where d.user_id = n.usr and d.conversation_id = n.conv and d.device_id = n.dev and d.first_sequence = n.grows
      and d.cleared_at is null and d.received_at is null and d.opened_at is null
    returning n.ords)
  insert into push_decision (user_id, device_id, conversation_id, first_sequence, last_sequence, outcome, reason,
    decided_at, changed_at)
  select usr, dev, conv, first, last, outcome, reason, clock_timestamp(), clock_timestamp() from q
  where ord not in (select unnest(ords) from grown)
  on conflict (user_id, conversation_id, device_id, first_sequence) do nothing
$f$;

-- Takes pushes out, from p_first as far as p_through; what reaches further goes on with what comes after that. One that
-- begins before p_first tells of something else, too: it stays as it is, and finds the rest decided.
--
--   p_now  by the clock of the node, like all times in push_queue
create function end_pushes_v2(
  p_now timestamptz, p_user text[], p_device text[], p_conv uuid[], p_kind smallint[], p_first bigint[],
  p_through bigint[])
returns void language plpgsql as $f$
declare
  v_gone int;
begin
  delete from push_queue w
  using unnest(p_user, p_device, p_conv, p_kind, p_first, p_through) q(usr, dev, conv, kind, first, through)
  where w.user_id = q.usr and w.conversation_id = q.conv and w.device_id = q.dev and w.kind = q.kind
    and w.first_sequence >= q.first and w.through_sequence <= q.through;
  get diagnostics v_gone = row_count;
  if v_gone < cardinality(p_user) then
    update push_queue w set first_sequence = q.through + 1, due_at = least(w.due_at, p_now), attempts = 0
    from unnest(p_user, p_device, p_conv, p_kind, p_first, p_through) q(usr, dev, conv, kind, first, through)
    where w.user_id = q.usr and w.conversation_id = q.conv and w.device_id = q.dev and w.kind = q.kind
      and w.first_sequence between q.first and q.through;
  end if;
end $f$;

-- What unread_v2 says, as a row: PostgreSQL makes it part of the statement that asks, which costs a third of a call.
create function unread_row_v1(
  p_conv uuid, p_countable bigint, p_user text, p_read_countable bigint, p_read bigint, p_unread_head bigint)
returns table (unread int) language sql stable as $f$
  select case when p_countable <= p_read_countable then 0 else
    greatest(least(p_countable - p_read_countable
      - (select count(*) from message s
        where s.conversation_id = p_conv and s.deleted_countable and s.sequence > p_read)
      - case when p_unread_head <= p_read then 0 else (select count(*) from message s
        where s.conversation_id = p_conv and s.sequence > p_read and s.sequence <= p_unread_head
          and s.sender = p_user and s.deleted_at is null
          and s.countable_through > coalesce((select p.countable_through from message p
            where p.conversation_id = p_conv and p.sequence = s.sequence - 1), 0)) end, 1000), 0)::int end
$f$;

-- Of conversations that users have read to the end of every banner there: the banners are to be taken away.
--
--   p_now  by the clock of the node: V027 took PostgreSQL's, and a node whose clock was behind came late
create function clear_banners_v2(
  p_node int, p_user text[], p_conv uuid[], p_now timestamptz, p_expires timestamptz) returns int
language sql as $f$
  with shown as (
    select d.user_id, d.device_id, d.conversation_id, max(d.last_sequence) through
    from unnest(p_user, p_conv) q(usr, conv)
    join member m on m.conversation_id = q.conv and m.user_id = q.usr
    join push_decision d on d.user_id = q.usr and d.conversation_id = q.conv and d.outcome = 20
      and d.cleared_at is null
    group by 1, 2, 3
    having max(d.last_sequence) <= max(m.read_sequence)),
  cleared as (
    update push_decision d set cleared_at = clock_timestamp()
    from shown s
    where d.user_id = s.user_id and d.conversation_id = s.conversation_id and d.device_id = s.device_id
      and d.outcome = 20 and d.cleared_at is null),
  put as (
    insert into push_queue as w (user_id, device_id, conversation_id, kind, first_sequence, through_sequence, due_at,
      expires_at, node)
    select user_id, device_id, conversation_id, 3, through, through, p_now, p_expires, p_node from shown
    on conflict (user_id, conversation_id, device_id, kind) do update set
      through_sequence = greatest(w.through_sequence, excluded.through_sequence),
      due_at = excluded.due_at, expires_at = excluded.expires_at, attempts = 0
    returning 1)
  select count(*)::int from put
$f$;

-- Of banners of the last day those whose users have read since: whoever would have taken them away was not there.
create function clear_forgotten_v2(p_node int, p_now timestamptz, p_expires timestamptz) returns int
language sql as $f$
  select clear_banners_v2(p_node, array_agg(q.user_id), array_agg(q.conversation_id), p_now, p_expires)
  from (select distinct d.user_id, d.conversation_id from push_decision d
    where d.outcome = 20 and d.cleared_at is null and d.changed_at > clock_timestamp() - interval '1 day') q
$f$;
