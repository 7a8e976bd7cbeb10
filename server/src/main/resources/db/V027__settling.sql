-- Settling: what waits for its push, and what became of messages on devices. See V023 for the tables.

-- Keeps pushes that wait. One that waits at the same place reaches further from then on, and is looked at when the
-- earlier of the two is.
--
--   p_first, p_through  the messages that each is about
--   p_due               when it is looked at
create function put_pushes_v1(
  p_node int, p_user text[], p_device text[], p_conv uuid[], p_kind smallint[], p_first bigint[], p_through bigint[],
  p_due timestamptz[], p_expires timestamptz[], p_attempts int[])
returns void language sql as $f$
  insert into push_queue as w (user_id, device_id, conversation_id, kind, first_sequence, through_sequence, due_at,
    expires_at, attempts, node)
  select q.usr, q.dev, q.conv, q.kind, min(q.first), max(q.through), min(q.due), max(q.expires), max(q.attempts), p_node
  from unnest(p_user, p_device, p_conv, p_kind, p_first, p_through, p_due, p_expires, p_attempts)
    q(usr, dev, conv, kind, first, through, due, expires, attempts)
  where not exists (select from device_mark k where k.user_id = q.usr and k.conversation_id = q.conv
    and k.device_id = q.dev and k.sequence >= q.through)
  group by q.usr, q.conv, q.dev, q.kind
  order by q.usr, q.conv, q.dev, q.kind
  on conflict (user_id, conversation_id, device_id, kind) do update set
    first_sequence = least(w.first_sequence, excluded.first_sequence),
    through_sequence = greatest(w.through_sequence, excluded.through_sequence),
    due_at = least(w.due_at, excluded.due_at),
    expires_at = greatest(w.expires_at, excluded.expires_at),
    attempts = greatest(w.attempts, excluded.attempts)
$f$;

-- Takes pushes out, from p_first as far as p_through; what reaches further goes on with what comes after that. One that
-- begins before p_first tells of something else, too: it stays as it is, and finds the rest decided.
create function end_pushes_v1(
  p_user text[], p_device text[], p_conv uuid[], p_kind smallint[], p_first bigint[], p_through bigint[])
returns void language plpgsql as $f$
begin
  delete from push_queue w
  using unnest(p_user, p_device, p_conv, p_kind, p_first, p_through) q(usr, dev, conv, kind, first, through)
  where w.user_id = q.usr and w.conversation_id = q.conv and w.device_id = q.dev and w.kind = q.kind
    and w.first_sequence >= q.first and w.through_sequence <= q.through;
  update push_queue w set first_sequence = q.through + 1, due_at = least(w.due_at, clock_timestamp()), attempts = 0
  from unnest(p_user, p_device, p_conv, p_kind, p_first, p_through) q(usr, dev, conv, kind, first, through)
  where w.user_id = q.usr and w.conversation_id = q.conv and w.device_id = q.dev and w.kind = q.kind
    and w.first_sequence between q.first and q.through;
end $f$;

-- Keeps what became of messages on devices: a range that says the same and ends where this one begins grows, unless
-- its banner has been taken away or somebody has seen it.
create function keep_decisions_v1(
  p_user text[], p_device text[], p_conv uuid[], p_first bigint[], p_last bigint[], p_outcome smallint[],
  p_reason text[])
returns void language plpgsql as $f$
begin
  for i in 1 .. cardinality(p_user) loop
    -- Two pushes that met may have told of the same messages.
    delete from push_decision d
    where d.user_id = p_user[i] and d.conversation_id = p_conv[i] and d.device_id = p_device[i]
      and d.first_sequence > p_first[i] and d.last_sequence <= p_last[i] and d.outcome = p_outcome[i]
      and d.first_sequence <= p_last[i] and d.received_at is null and d.opened_at is null;
    update push_decision d set last_sequence = greatest(d.last_sequence, p_last[i]), changed_at = clock_timestamp()
    where d.user_id = p_user[i] and d.conversation_id = p_conv[i] and d.device_id = p_device[i]
      and d.first_sequence = (select max(l.first_sequence) from push_decision l where l.user_id = p_user[i]
        and l.conversation_id = p_conv[i] and l.device_id = p_device[i] and l.first_sequence <= p_first[i])
      and d.outcome = p_outcome[i] and d.reason is not distinct from nullif(p_reason[i], '')
      and d.last_sequence >= p_first[i] - 1
      and d.cleared_at is null and d.received_at is null and d.opened_at is null;
    if not found then
      insert into push_decision (user_id, device_id, conversation_id, first_sequence, last_sequence, outcome, reason,
        decided_at, changed_at)
      values (p_user[i], p_device[i], p_conv[i], p_first[i], p_last[i], p_outcome[i], nullif(p_reason[i], ''),
        clock_timestamp(), clock_timestamp())
      on conflict (user_id, conversation_id, device_id, first_sequence) do nothing;
    end if;
  end loop;
end $f$;

-- Of conversations that users have read to the end of every banner there: the banners are to be taken away.
create function clear_banners_v1(p_node int, p_user text[], p_conv uuid[], p_expires timestamptz) returns int
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
    select user_id, device_id, conversation_id, 3, through, through, clock_timestamp(), p_expires, p_node from shown
    on conflict (user_id, conversation_id, device_id, kind) do update set
      through_sequence = greatest(w.through_sequence, excluded.through_sequence),
      due_at = excluded.due_at, expires_at = excluded.expires_at, attempts = 0
    returning 1)
  select count(*)::int from put
$f$;

-- Of banners of the last day those whose users have read since: whoever would have taken them away was not there.
create function clear_forgotten_v1(p_node int, p_expires timestamptz) returns int language sql as $f$
  select clear_banners_v1(p_node, array_agg(q.user_id), array_agg(q.conversation_id), p_expires)
  from (select distinct d.user_id, d.conversation_id from push_decision d
    where d.outcome = 20 and d.cleared_at is null and d.changed_at > clock_timestamp() - interval '1 day') q
$f$;

-- What is known of one message on the members' devices, by user and device, those after p_after ("user device").
--
--   outcome, reason and the times: of the range that holds it, null where none does
--   waiting, due_at                of what waits for it: see push_queue.kind; null: nothing
--   unregistered                   whether there was no address when it was sent, as far as is known
create function delivery_record_v1(p_conv uuid, p_sequence bigint, p_after text, p_limit int)
returns table (user_id text, device_id text, kind smallint, address text, bundle_id text, sandbox boolean, p256dh text,
  auth text, locale text, time_zone text, app_version text, registered_at timestamptz, seen_at timestamptz,
  outcome smallint, reason text, decided_at timestamptz, cleared_at timestamptz, received_at timestamptz,
  opened_at timestamptz, waiting smallint, due_at timestamptz, mark bigint, read bigint, unregistered boolean)
language sql stable as $f$
  select d.user_id, d.device_id, d.kind, d.address, d.bundle_id, d.sandbox, d.p256dh, d.auth, d.locale, d.time_zone,
    d.app_version, d.registered_at, d.seen_at, r.outcome, r.reason, r.changed_at, r.cleared_at, r.received_at,
    r.opened_at, w.kind, w.due_at, coalesce(k.sequence, 0), greatest(m.read_sequence, m.told_read),
    d.address is null or d.registered_at > s.created_at
  from member m
  join message s on s.conversation_id = m.conversation_id and s.sequence = p_sequence
  join device d on d.user_id = m.user_id
  left join device_mark k on k.user_id = d.user_id and k.conversation_id = p_conv and k.device_id = d.device_id
  left join lateral (select * from push_decision r where r.user_id = d.user_id and r.conversation_id = p_conv
    and r.device_id = d.device_id and r.first_sequence <= p_sequence and r.last_sequence >= p_sequence
    order by r.first_sequence desc limit 1) r on true
  left join lateral (select q.kind, q.due_at from push_queue q where q.user_id = d.user_id
    and q.conversation_id = p_conv and q.device_id = d.device_id and q.kind <> 3
    and q.first_sequence <= p_sequence and q.through_sequence >= p_sequence order by q.due_at limit 1) w on true
  where m.conversation_id = p_conv and not m.removed and m.visible_from <= p_sequence
    and (d.user_id || ' ' || d.device_id) collate "C" > p_after
  order by (d.user_id || ' ' || d.device_id) collate "C" limit p_limit
$f$;
