-- History that a backend brings along from elsewhere. What is stored so is a message like any other, save that it keeps
-- its own time and is news to nobody. Times never go back within a conversation (search and retention rely on it), so
-- that history comes before whatever is said here.

-- Stores messages in the given order behind all that stand. Takes arrays side by side, an entry a message; p_edited may
-- hold nulls. The transaction holds the conversation and has seen that all of them are new and none of them is older
-- than what stands. Answers the number of the intake row, and the last one's sequence and revision.
--
-- p_read: whoever had nothing unread has read them too. Senders have read up to what they sent, in any case; nobody's
-- archived or hidden conversation comes back. A small conversation moves to the last one's time in its members' lists,
-- be that back: until then it stood where it was created.
create function import_messages_v1(
  p_node int, p_conv uuid, p_read boolean, p_sender text[], p_cmid uuid[], p_hash bigint[], p_countable boolean[],
  p_at timestamptz[], p_edited timestamptz[], p_body bytea[])
returns table (group_no bigint, seq bigint, rev bigint, mrev bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_newest message;
  v_k int := cardinality(p_cmid);
  v_countable bigint;
  v_at timestamptz := p_at[v_k];
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_bucket int;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  perform from member where conversation_id = p_conv and not removed order by user_id for no key update;
  select * into v_newest from message where conversation_id = p_conv and sequence = v_c.last_sequence;

  -- No message of an OPEN conversation is countable.
  insert into message (conversation_id, sequence, revision, created_at, content_hash, sender, client_message_id,
      countable_through, body, edited_at)
    select p_conv, v_c.last_sequence + ord, v_c.revision + ord, at, hash, sender, cmid,
      v_c.countable + count(*) filter (where counts and v_c.kind <> 4) over (order by ord), body, edited
    from unnest(p_sender, p_cmid, p_hash, p_countable, p_at, p_edited, p_body)
      with ordinality q(sender, cmid, hash, counts, at, edited, body, ord);
  select countable_through into v_countable from message
    where conversation_id = p_conv and sequence = v_c.last_sequence + v_k;

  update member m set place_countable = v_countable
    where m.conversation_id = p_conv and not m.removed and m.place <> 0 and m.place_countable >= v_c.countable;
  -- Whoever sent the newest has read it, though their marker may still be on its way.
  update member m set read_sequence = v_c.last_sequence + v_k, read_countable = v_countable,
      delivered_sequence = v_c.last_sequence + v_k,
      changed_at = v_now, changed_bucket = floor(extract(epoch from v_now) / 600)
    where p_read and v_c.kind <> 4 and m.conversation_id = p_conv and not m.removed
      and (unread_v2(p_conv, v_c.countable, m.user_id, m.read_countable, m.read_sequence, m.unread_head) = 0
        or (m.user_id = v_newest.sender and not v_newest.system and m.unread_head < v_newest.sequence));
  update member m set read_sequence = s.sequence, read_countable = s.countable_through,
      delivered_sequence = greatest(m.delivered_sequence, s.sequence),
      changed_at = v_now, changed_bucket = floor(extract(epoch from v_now) / 600)
    from (select sender, max(ord) ord from unnest(p_sender) with ordinality q(sender, ord) group by 1) o
      join message s on s.conversation_id = p_conv and s.sequence = v_c.last_sequence + o.ord
    where v_c.kind <> 4 and m.conversation_id = p_conv and m.user_id = o.sender and not m.removed
      and m.read_sequence < s.sequence;

  -- Where whoever was never a member has spoken, an export and an erasure know from here.
  insert into watcher (conversation_id, user_id)
    select distinct p_conv, s from unnest(p_sender) s
    where not exists (select from member m where m.conversation_id = p_conv and m.user_id = s)
    on conflict do nothing;

  -- See member.activity_bucket. Lists that are read since a cursor find it by edited_at.
  v_bucket := case v_c.activity_bucket when 2147483647 then 2147483647 else floor(extract(epoch from v_at) / 600) end;
  update conversation set last_sequence = last_sequence + v_k, revision = revision + v_k, countable = v_countable,
      last_change_at = v_at, edited_at = greatest(edited_at, v_now), activity_bucket = v_bucket where id = p_conv;
  update member m set activity_bucket = v_bucket
    where m.conversation_id = p_conv and not m.removed and m.activity_bucket <> v_bucket;
  perform spread_edited_v1(array[p_conv]);

  return query
    insert into intake as i (node, conversation, revision, sequence, sender, at)
      select p_node, array_fill(p_conv, array[v_k]), array_agg(v_c.revision + n order by n),
        array_agg(v_c.last_sequence + n order by n), p_sender, v_now
      from generate_series(1, v_k) n
      returning i.group_no, v_c.last_sequence + v_k, v_c.revision + v_k, v_c.membership_revision;
end $f$;

-- Says of a conversation that was created in this transaction when it was created elsewhere; there it stands in its
-- members' lists. False, and nothing is done, when that is yet to come.
create function import_conversation_v1(p_conv uuid, p_at timestamptz) returns boolean
language plpgsql as $f$
declare
  v_bucket int := floor(extract(epoch from p_at) / 600);
begin
  update conversation set created_at = p_at, last_change_at = p_at,
      activity_bucket = case activity_bucket when 2147483647 then activity_bucket else v_bucket end
    where id = p_conv and created_at >= p_at;
  if not found then
    return false;
  end if;
  update member set activity_bucket = v_bucket where conversation_id = p_conv and activity_bucket <> 2147483647;
  return true;
end $f$;
