-- What is looked for in messages. Rows are made after the commit, by a worker of the node; a message's row goes in
-- the transaction that edits or deletes it, so that nothing old is found.
--
-- tokens holds each word of the text once, behind the place where it stands: ten digits of the conversation's id and
-- the number of the message's block (1,024 sequences). So one index answers "in this block of this conversation",
-- and a search walks from the newest block downwards until it has enough. No dictionary: words are made in Java.
--
--   conversation_id  sequence  revision  sender  created_at    tokens
--   6f1c2a90e1…      41        43        alice   12:00:00.1    {6f1c2a90e10.hello, 6f1c2a90e10.world}
--   6f1c2a90e1…      1042      1090      bob     12:07:13.2    {6f1c2a90e11.北京, 6f1c2a90e11.京}
create table search_entry (
  conversation_id uuid not null,
  sequence bigint not null,
  revision bigint not null,                    -- of the message when its words were taken
  sender text collate "C" not null,
  created_at timestamptz not null,
  tokens tsvector not null,
  primary key (conversation_id, sequence)
);
-- No list of pending entries: each of a search's many look-ups would read it.
create index search_entry_tokens on search_entry using gin (tokens) with (fastupdate = off);

-- Conversations whose older messages are still to be indexed, from next_sequence downwards.
create table search_backlog (
  conversation_id uuid primary key,
  next_sequence bigint not null
);
insert into search_backlog select id, last_sequence from conversation where last_sequence > 0;

create function search_scope_v1(p_conv uuid, p_block bigint) returns text
language sql immutable as $f$
  select left(replace(p_conv::text, '-', ''), 10) || to_hex(p_block) || '.'
$f$;

-- Keeps apart who puts a conversation's messages into the index, several at once, and who takes them out of it:
-- whoever puts has seen the messages as they stood, and must not come after one who has deleted them.
create function search_lock_v1(p_conv uuid) returns bigint
language sql immutable as $f$
  select hashtextextended(p_conv::text, 17)
$f$;

-- Takes arrays side by side, an entry a message: which, at which revision its words were taken, and the words with a
-- space between them. Passes over what has changed since: that has its own turn.
--
-- Answers which conversations were passed over, for messages of theirs are just being taken out. p_wait: waits for
-- those, of one conversation only: so nobody can wait for one who waits.
create function put_search_entries_v1(
  p_wait boolean, p_conv uuid[], p_seq bigint[], p_rev bigint[], p_words text[]) returns uuid[]
language plpgsql as $f$
declare
  v_passed uuid[];
begin
  if p_wait then
    perform pg_advisory_xact_lock_shared(search_lock_v1(p_conv[1]));
  else
    select array_agg(conv) into v_passed from (select distinct unnest(p_conv) conv) c
      where not pg_try_advisory_xact_lock_shared(search_lock_v1(conv));
  end if;
  insert into search_entry as e (conversation_id, sequence, revision, sender, created_at, tokens)
  select s.conversation_id, s.sequence, s.revision, s.sender, s.created_at,
    array_to_tsvector(array(select search_scope_v1(q.conv, q.seq >> 10) || w
      from unnest(string_to_array(q.words, ' ')) w))
  from unnest(p_conv, p_seq, p_rev, p_words) q(conv, seq, rev, words)
  join message s on s.conversation_id = q.conv and s.sequence = q.seq and s.revision = q.rev
  where q.conv <> all(coalesce(v_passed, '{}'))
  order by s.conversation_id, s.sequence
  on conflict (conversation_id, sequence) do update set revision = excluded.revision, tokens = excluded.tokens
    where e.revision < excluded.revision and e.tokens <> excluded.tokens;
  return coalesce(v_passed, '{}');
end $f$;

-- An edit, a deletion or retention takes the words along, once whoever is just putting them in has done so; a reaction
-- or a pin does not.
create function forget_search_entry_v1() returns trigger
language plpgsql as $f$
begin
  perform pg_advisory_xact_lock(search_lock_v1(old.conversation_id));
  delete from search_entry where conversation_id = old.conversation_id and sequence = old.sequence;
  return null;
end $f$;
create trigger message_body_replaced after update of body on message
  for each row execute function forget_search_entry_v1();
create trigger message_removed after delete on message
  for each row execute function forget_search_entry_v1();

-- Finds messages that a user may see: the newest p_limit of each conversation, and some more.
--
-- p_query is a tsquery in which each word begins with ^, which the place replaces. p_below is the last hit of the page
-- before, in the order (time, conversation, sequence). A row with conv null says that bounds ended the search: it
-- looks at the 500 conversations that were active last, and at 4,000 blocks.
create function search_v1(
  p_user text, p_conv uuid, p_query text, p_sender text, p_after timestamptz, p_before timestamptz,
  p_below_at timestamptz, p_below_conv uuid, p_below_seq bigint, p_limit int)
returns table (conv uuid, seq bigint)
language plpgsql stable as $f$
declare
  v_c record;
  v_block bigint;
  v_found int;
  v_here int;
  v_looks int := 0;
  v_seen int := 0;
begin
  for v_c in
    select c.id, c.last_sequence, greatest(m.visible_from, c.first_sequence) lowest
    from member m join conversation c on c.id = m.conversation_id
    where m.user_id = p_user and not m.removed and (p_conv is null or m.conversation_id = p_conv)
    order by m.activity_bucket desc limit 501
  loop
    v_seen := v_seen + 1;
    v_found := 0;
    v_block := least(v_c.last_sequence, case when v_c.id = p_below_conv then p_below_seq end) >> 10;
    while v_block >= v_c.lowest >> 10 and v_found < p_limit loop
      v_looks := v_looks + 1;
      if v_seen > 500 or v_looks > 4000 then
        return query select null::uuid, 0::bigint;
        return;
      end if;
      -- The fence keeps the planner from walking the block's rows one by one.
      return query
        select e.conversation_id, e.sequence
        from (select * from search_entry t
          where t.tokens @@ replace(p_query, '^', search_scope_v1(v_c.id, v_block))::tsquery offset 0) e
        where e.conversation_id = v_c.id and e.sequence >= v_c.lowest
          and (p_sender is null or e.sender = p_sender)
          and e.created_at >= p_after and e.created_at < p_before
          and (p_below_at is null
            or (e.created_at, e.conversation_id, e.sequence) < (p_below_at, p_below_conv, p_below_seq))
        order by e.sequence desc limit p_limit;
      get diagnostics v_here = row_count;
      v_found := v_found + v_here;
      v_block := v_block - 1;
    end loop;
  end loop;
end $f$;
