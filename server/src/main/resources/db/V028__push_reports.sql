-- What devices tell of their pushes: that they came, that they were tapped. See V023, push_decision.

-- Whether one time stands for both: neither was told, or the later soon after the earlier.
create function told_together_v1(p_earlier timestamptz, p_later timestamptz) returns boolean
language sql immutable as $f$
  select coalesce(p_later between p_earlier and p_earlier + interval '10 seconds', p_earlier is null and p_later is null)
$f$;

-- Keeps these reports; of each event the first about a message counts. A push shows its conversation as far as the
-- message that it names: of a range that reaches further, what comes after that becomes a range of its own. What was
-- told within 10 s of what stands before it is one range with that, and has its time: so a phone that tells of each of
-- many pushes leaves few ranges, as who decides again relies on.
--
--   range 5 to 9, accepted; 7 was received   5 to 7, accepted, received 12:00:00  ·  8 to 9, accepted
--   9 was received at 12:00:03               5 to 9, accepted, received 12:00:00
--   9 was received at 12:05:00               5 to 7, accepted, received 12:00:00  ·  8 to 9, accepted, received 12:05:00
--
--   p_event  1 it came · 2 it was tapped
--   p_age    milliseconds since then
--   Answers the numbers of those that are about a push, from 1: of which kind the registration is now (null: none),
--   and whether the report was the first.
create function report_pushes_v1(
  p_user text[], p_device text[], p_conv uuid[], p_sequence bigint[], p_event smallint[], p_age bigint[])
returns table (report int, kind smallint, first boolean)
language plpgsql as $f$
declare
  v_range push_decision;
  v_before push_decision;
  v_at timestamptz;
begin
  -- That something was told may be forgotten by a crash; who tells it must not wait for the disk.
  perform set_config('synchronous_commit', 'off', true);
  -- In one order, for two nodes may be told of the same.
  for report in
    select q.report from unnest(p_user, p_conv, p_device, p_sequence) with ordinality q(usr, conv, dev, seq, report)
    order by usr collate "C", conv, dev collate "C", seq, q.report loop
    select * into v_range from push_decision d
      where d.user_id = p_user[report] and d.conversation_id = p_conv[report] and d.device_id = p_device[report]
        and d.first_sequence <= p_sequence[report]
      order by d.first_sequence desc limit 1
      -- Who holds it may wait for another that is held here: there will be another turn.
      for update skip locked;
    -- 20: the push service has it.
    continue when v_range.user_id is null or v_range.last_sequence < p_sequence[report] or v_range.outcome <> 20;
    kind := (select d.kind from device d where d.user_id = p_user[report] and d.device_id = p_device[report]);
    first := case p_event[report] when 1 then v_range.received_at else v_range.opened_at end is null;
    if first then
      v_at := clock_timestamp() - p_age[report] * interval '1 millisecond';
      if v_range.last_sequence > p_sequence[report] then
        insert into push_decision (user_id, device_id, conversation_id, first_sequence, last_sequence, outcome, reason,
          decided_at, changed_at, cleared_at, received_at, opened_at)
        values (v_range.user_id, v_range.device_id, v_range.conversation_id, p_sequence[report] + 1,
          v_range.last_sequence, v_range.outcome, v_range.reason, v_range.decided_at, v_range.changed_at,
          v_range.cleared_at, v_range.received_at, v_range.opened_at)
        on conflict do nothing;
        if found then
          v_range.last_sequence := p_sequence[report];
        end if;
      end if;
      update push_decision d set last_sequence = v_range.last_sequence,
          received_at = case p_event[report] when 1 then v_at else d.received_at end,
          opened_at = case p_event[report] when 2 then v_at else d.opened_at end
        where d.user_id = v_range.user_id and d.conversation_id = v_range.conversation_id
          and d.device_id = v_range.device_id and d.first_sequence = v_range.first_sequence
        returning * into v_range;
      select * into v_before from push_decision d
        where d.user_id = v_range.user_id and d.conversation_id = v_range.conversation_id
          and d.device_id = v_range.device_id and d.first_sequence < v_range.first_sequence
        order by d.first_sequence desc limit 1
        for update skip locked;
      if v_before.last_sequence = v_range.first_sequence - 1 and v_before.outcome = v_range.outcome
          and v_before.reason is not distinct from v_range.reason
          and v_before.cleared_at is not distinct from v_range.cleared_at
          and told_together_v1(v_before.received_at, v_range.received_at)
          and told_together_v1(v_before.opened_at, v_range.opened_at) then
        delete from push_decision d
          where d.user_id = v_range.user_id and d.conversation_id = v_range.conversation_id
            and d.device_id = v_range.device_id and d.first_sequence = v_range.first_sequence;
        update push_decision d set last_sequence = v_range.last_sequence, changed_at = v_range.changed_at
          where d.user_id = v_range.user_id and d.conversation_id = v_range.conversation_id
            and d.device_id = v_range.device_id and d.first_sequence = v_before.first_sequence;
      end if;
    end if;
    return next;
  end loop;
end $f$;
