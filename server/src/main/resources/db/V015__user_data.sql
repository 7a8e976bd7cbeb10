-- What an app's backend does with its users' data. First: erasing a user.

-- With what the ids of erased users are hashed: those who guess ids learn nothing from another store's hashes.
alter table store add erasure_salt uuid not null default gen_random_uuid();

-- What was erased up to forgotten_revision took no revisions of its own: whoever stands before it starts anew.
alter table conversation add forgotten_revision bigint not null default 0;

-- By which a user's rows are found in tables that lead with another key.
create index message_deleted_by on message (conversation_id, deleted_by) where deleted_by is not null;
create index relation_other on relation (other_id);
create index ban_user on ban (user_id);
create index flagged_message_sender on flagged_message (sender);

-- The erasing of a user: what was asked for, and how far it has come. Of whom it was is forgotten with its end.
--
--   id     user_id  pseudonym       keeps_messages  requested_at  begun_at  ended_at  walk_conversation  walk_found
--   91ab…  alice    erased-3f0c…    f               12:00:00      12:00:01  -         6f1c…              3
--   77d0…  -        erased-aa12…    t               11:00:00      11:00:01  11:00:04  -                  0
create table erasure (
  id uuid primary key,
  user_id text collate "C" unique,             -- null: nothing names them any more
  pseudonym text collate "C" not null,         -- what stands in their place; random
  keeps_messages boolean not null,             -- what they wrote stays, as the pseudonym's
  requested_at timestamptz not null,
  begun_at timestamptz,
  ended_at timestamptz,
  walk_conversation uuid,                      -- up to where all messages have been looked at
  walk_sequence bigint not null default 0,
  walk_found bigint not null default 0         -- how many of those that this walk met had to be changed
);

-- What it has found and erased, a row a place; what the last look found left there. No row names anybody.
create table erasure_count (
  erasure_id uuid not null,
  place text not null,
  erased bigint not null,
  remaining bigint,                            -- null: not looked yet
  primary key (erasure_id, place)
);

-- Whose tokens from before their erasure are void for ever, by the hash of the id.
create table erased_user (
  user_hash text collate "C" primary key,
  erased_at timestamptz not null
);
create index erased_user_news on erased_user (erased_at);

create function erased_hash_v1(p_user text) returns text
language sql stable as $f$
  select encode(sha256(convert_to(erasure_salt::text || p_user, 'UTF8')), 'hex') from store
$f$;

create function count_erased_v1(p_erasure uuid, p_place text, p_rows bigint) returns void
language sql as $f$
  insert into erasure_count as c (erasure_id, place, erased) values (p_erasure, p_place, p_rows)
  on conflict (erasure_id, place) do update set erased = c.erased + excluded.erased
$f$;

-- Asks for the erasing of a user, who is kept out from now on. One that is being erased is not begun twice.
create function request_erasure_v1(p_id uuid, p_user text, p_pseudonym text, p_keeps_messages boolean) returns uuid
language plpgsql as $f$
declare
  v_id uuid;
begin
  insert into user_standing as s (user_id, deactivated_at, changed_at)
    values (p_user, clock_timestamp(), clock_timestamp())
    on conflict (user_id) do update
    set deactivated_at = coalesce(s.deactivated_at, excluded.deactivated_at), changed_at = excluded.changed_at;
  insert into erasure (id, user_id, pseudonym, keeps_messages, requested_at)
    values (p_id, p_user, p_pseudonym, p_keeps_messages, clock_timestamp())
    on conflict (user_id) do nothing;
  select id into v_id from erasure where user_id = p_user;
  return v_id;
end $f$;

-- Erases, or passes on to the pseudonym, so many of a user's messages in a conversation; what hangs on a message that
-- is erased goes with it. Takes no revisions: see forget_membership_v1. Answers how many.
create function erase_messages_v1(p_erasure uuid, p_conv uuid, p_most int) returns int
language plpgsql as $f$
declare
  v_e erasure;
  v_all bigint[];
  v_seqs bigint[];
  v_pins int;
  v_now timestamptz;
begin
  select * into v_e from erasure where id = p_erasure;
  perform from conversation where id = p_conv for no key update;
  v_now := date_trunc('milliseconds', clock_timestamp());
  select array_agg(sequence order by sequence) into v_all from (
    select sequence from message where conversation_id = p_conv and sender = v_e.user_id limit p_most) s;
  if v_all is null then
    return 0;
  end if;

  if not v_e.keeps_messages then
    select array_agg(sequence order by sequence), count(*) filter (where pinned_at is not null) into v_seqs, v_pins
      from message where conversation_id = p_conv and sequence = any(v_all) and not system;
    update message_edit set body = '' where conversation_id = p_conv and sequence = any(v_seqs);
    delete from reaction where conversation_id = p_conv and sequence = any(v_seqs);
    delete from reaction_count where conversation_id = p_conv and sequence = any(v_seqs);
    update message s set body = '', edited_at = null, pinned_at = null, reacted = false, deleted_by = v_e.pseudonym,
        deleted_at = coalesce(s.deleted_at, v_now),
        deleted_countable = s.deleted_countable or (s.deleted_at is null
          and s.countable_through > coalesce((select p.countable_through from message p
            where p.conversation_id = p_conv and p.sequence = s.sequence - 1), 0))
      where s.conversation_id = p_conv and s.sequence = any(v_seqs);
    update conversation set pinned_count = pinned_count - v_pins where id = p_conv and v_pins > 0;
  end if;
  update message set sender = v_e.pseudonym where conversation_id = p_conv and sequence = any(v_all);
  update search_entry set sender = v_e.pseudonym where conversation_id = p_conv and sequence = any(v_all);
  perform count_erased_v1(p_erasure, 'message', cardinality(v_all));
  return cardinality(v_all);
end $f$;

-- Takes back so many of a user's reactions in a conversation; answers how many.
create function erase_reactions_v1(p_erasure uuid, p_conv uuid, p_most int) returns int
language plpgsql as $f$
declare
  v_user text := (select user_id from erasure where id = p_erasure);
  v_r reaction;
  v_count int := 0;
begin
  perform from conversation where id = p_conv for no key update;
  for v_r in select * from reaction where conversation_id = p_conv and user_id = v_user limit p_most loop
    perform set_reaction_v1(p_conv, v_r.sequence, v_user, v_r.reaction, false, 0);
    v_count := v_count + 1;
  end loop;
  perform count_erased_v1(p_erasure, 'reaction', v_count) where v_count > 0;
  return v_count;
end $f$;

-- Ends a user's membership for good, once their messages and reactions are gone: the row is the pseudonym's, and
-- nothing else in the conversation names them. One revision, after one that nobody is told of: so every client sees
-- a gap, asks, and starts anew. A DIRECT conversation can be read on by the other one, and nothing more.
--
--   Answers nothing when there is nobody to tell; last_seq: the conversation's highest sequence then
create function forget_membership_v1(p_node int, p_erasure uuid, p_conv uuid)
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
      posted_at = null, revision = v_rev, changed_at = v_now, changed_bucket = floor(extract(epoch from v_now) / 600)
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

-- The next so many messages of all there are, in the order of their ids, and of them those that name the user: who
-- sent or deleted them, or whose body or an earlier version of it holds the id's bytes. Whether it is a name there or
-- a word of the text is for the caller to see.
--
--   edit  null: the message itself; else the revision of the edit whose earlier version it is
--   The last row is none of them: it says with conv null where the walk ends, or with seq null that it is over.
create function walk_messages_v1(p_erasure uuid, p_most int)
returns table (conv uuid, seq bigint, edit bigint, own boolean, body bytea, last_conv uuid, last_seq bigint)
language plpgsql stable as $f$
declare
  v_e erasure;
  v_needle bytea;
  v_from uuid;
  v_conv uuid;
  v_seq bigint;
begin
  select * into v_e from erasure where id = p_erasure;
  v_needle := convert_to(v_e.user_id, 'UTF8');
  v_from := coalesce(v_e.walk_conversation, '00000000-0000-0000-0000-000000000000');
  select s.conversation_id, s.sequence into v_conv, v_seq from (
    select conversation_id, sequence from message
    where (conversation_id, sequence) > (v_from, v_e.walk_sequence)
    order by conversation_id, sequence limit p_most) s
    order by s.conversation_id desc, s.sequence desc limit 1;
  return query
    select s.conversation_id, s.sequence, null::bigint, s.sender = v_e.user_id or s.deleted_by is not distinct from
      v_e.user_id, s.body, null::uuid, null::bigint
    from message s
    where (s.conversation_id, s.sequence) > (v_from, v_e.walk_sequence)
      and (s.conversation_id, s.sequence) <= (v_conv, v_seq)
      and (s.sender = v_e.user_id or s.deleted_by = v_e.user_id or position(v_needle in s.body) > 0);
  return query
    select e.conversation_id, e.sequence, e.revision, false, e.body, null::uuid, null::bigint
    from message_edit e
    where (e.conversation_id, e.sequence) > (v_from, v_e.walk_sequence)
      and (e.conversation_id, e.sequence) <= (v_conv, v_seq)
      and position(v_needle in e.body) > 0;
  return query select null::uuid, null::bigint, null::bigint, false, null::bytea, v_conv, v_seq;
end $f$;

-- Puts a body without the user's name into the place of one with it, unless it has changed meanwhile; its words are
-- the same, and stay in the index. p_edit as in walk_messages_v1.
create function redact_v1(p_erasure uuid, p_conv uuid, p_seq bigint, p_edit bigint, p_old bytea, p_new bytea)
returns void
language plpgsql as $f$
declare
  v_words search_entry;
begin
  if p_edit is not null then
    update message_edit set body = p_new
      where conversation_id = p_conv and sequence = p_seq and revision = p_edit and body = p_old;
  else
    select * into v_words from search_entry where conversation_id = p_conv and sequence = p_seq;
    update message set body = p_new where conversation_id = p_conv and sequence = p_seq and body = p_old;
    if found and v_words.sequence is not null then
      insert into search_entry select v_words.* on conflict do nothing;
    end if;
  end if;
  perform count_erased_v1(p_erasure, 'mention', 1);
end $f$;

-- Erases what is kept of a user outside conversations, and what others have said about them. Whoever adds a table that
-- names users adds it here and to traces_v1, or to the functions above. user_standing comes last: see end_erasure_v1.
create function erase_person_v1(p_erasure uuid) returns void
language plpgsql as $f$
declare
  v_e erasure;
  v_rows bigint;
begin
  select * into v_e from erasure where id = p_erasure;
  delete from profile where user_id = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'profile', v_rows);
  delete from preference where user_id = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'preference', v_rows);
  delete from last_seen where user_id = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'last_seen', v_rows);
  delete from relation where user_id = v_e.user_id or other_id = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'relation', v_rows);
  delete from ban where user_id = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'ban', v_rows);
  delete from watcher where user_id = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'watcher', v_rows);
  delete from flagged_message where sender = v_e.user_id and not v_e.keeps_messages;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'flagged_message', v_rows);
  update flagged_message set sender = v_e.pseudonym where sender = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'flagged_message', v_rows);
  -- That there was a report stays, and what became of it.
  update report set text = '', note = '', reporter = v_e.pseudonym where reporter = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'report', v_rows);
  update report set text = '', note = '', subject = v_e.pseudonym,
      snapshot = case when snapshot is not null then ''::bytea end
    where subject = v_e.user_id;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'report', v_rows);
  update api_audit set acts_for = case when acts_for = v_e.user_id then v_e.pseudonym else acts_for end,
      subject = array_to_string(array_replace(string_to_array(subject, '/'), v_e.user_id, v_e.pseudonym), '/')
    where acts_for = v_e.user_id or v_e.user_id = any(string_to_array(subject, '/'));
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'api_audit', v_rows);
  delete from api_idempotency where caller = 'user:' || v_e.user_id
    or (caller like 'key:%' and split_part(caller, ':', 3) = v_e.user_id);
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'api_idempotency', v_rows);
  -- Answers that others may still ask for again.
  update api_idempotency set body = convert_to(replace(convert_from(body, 'UTF8'), '"' || v_e.user_id || '"',
      '"' || v_e.pseudonym || '"'), 'UTF8')
    where position(convert_to('"' || v_e.user_id || '"', 'UTF8') in body) > 0;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'api_idempotency', v_rows);
  update intake set sender = array_replace(sender, v_e.user_id, v_e.pseudonym) where v_e.user_id = any(sender);
end $f$;

-- In which places rows still name a user, and how many; of messages see walk_messages_v1.
create function traces_v1(p_user text) returns table (place text, standing bigint)
language sql stable as $f$
  select 'member', count(*) from member where user_id = p_user
  union all select 'profile', count(*) from profile where user_id = p_user
  union all select 'preference', count(*) from preference where user_id = p_user
  union all select 'last_seen', count(*) from last_seen where user_id = p_user
  union all select 'relation', count(*) from relation where user_id = p_user or other_id = p_user
  union all select 'ban', count(*) from ban where user_id = p_user
  union all select 'watcher', count(*) from watcher where user_id = p_user
  union all select 'flagged_message', count(*) from flagged_message where sender = p_user
  union all select 'report', count(*) from report where reporter = p_user or subject = p_user
  union all select 'api_audit', count(*) from api_audit
    where acts_for = p_user or p_user = any(string_to_array(subject, '/'))
  union all select 'api_idempotency', count(*) from api_idempotency
    where caller = 'user:' || p_user or (caller like 'key:%' and split_part(caller, ':', 3) = p_user)
      or position(convert_to('"' || p_user || '"', 'UTF8') in body) > 0
  union all select 'intake', count(*) from intake where p_user = any(sender)
$f$;

-- Ends an erasure if a walk has just found nothing and no row names the user but those that keep them out; these are
-- replaced by a hash of the id. Answers whether it has ended.
create function end_erasure_v1(p_erasure uuid) returns boolean
language plpgsql as $f$
declare
  v_user text := (select user_id from erasure where id = p_erasure);
  v_rows bigint;
begin
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

-- For how long a conversation's messages are kept, where that differs from what holds for its kind; 0: for ever.
alter table conversation add retention_seconds bigint;
create index conversation_retention on conversation (id) where retention_seconds is not null;

-- The next so many conversations in the order of their ids, and of each whether its oldest message is too old. p_keep:
-- seconds by kind, 0 for ever; p_only_own: pass over those that have no rule of their own.
create function look_for_old_v1(p_after uuid, p_keep bigint[], p_only_own boolean, p_most int)
returns table (id uuid, due boolean)
language sql stable as $f$
  select c.id, coalesce(s.created_at < clock_timestamp() - make_interval(secs => c.keep), false)
  from (
    select id, first_sequence, coalesce(retention_seconds, p_keep[kind]) keep from conversation
    where id > p_after and (not p_only_own or retention_seconds is not null)
    order by id limit p_most) c
  left join message s on s.conversation_id = c.id and s.sequence = c.first_sequence and c.keep > 0
  order by c.id
$f$;

-- Erases so many of a conversation's messages that are too old, with what hangs on them, and moves its edge; answers
-- how many. Of the last one a row without content stays before the edge, for the count that it holds: what is unread
-- is counted from there. Who had not read so far has now.
--
--   sequence  body    countable_through        first_sequence
--   41        ''      38                       42
--   42        'ho'    39
create function let_go_v1(p_conv uuid, p_keep bigint[], p_most int) returns int
language plpgsql as $f$
declare
  v_c conversation;
  v_keep bigint;
  v_before timestamptz;
  v_through bigint;
  v_count int;
  v_pins int;
  v_countable bigint;
  v_now timestamptz;
begin
  -- Whoever holds it is in a hurry: there is another walk.
  select * into v_c from conversation where id = p_conv and deleted_at is null for no key update skip locked;
  v_keep := coalesce(v_c.retention_seconds, p_keep[v_c.kind]);
  if v_c.id is null or v_keep = 0 then
    return 0;
  end if;
  v_now := clock_timestamp();
  v_before := v_now - make_interval(secs => v_keep);
  select max(sequence) filter (where created_at < v_before), count(*) filter (where created_at < v_before),
      count(*) filter (where created_at < v_before and pinned_at is not null)
    into v_through, v_count, v_pins
    from (select sequence, created_at, pinned_at from message
      where conversation_id = p_conv and sequence >= v_c.first_sequence order by sequence limit p_most) s;
  if v_through is null then
    return 0;
  end if;

  delete from message_edit where conversation_id = p_conv and sequence <= v_through;
  delete from reaction where conversation_id = p_conv and sequence <= v_through;
  delete from reaction_count where conversation_id = p_conv and sequence <= v_through;
  delete from button_press where conversation_id = p_conv and sequence <= v_through;
  delete from flagged_message f using message s
    where s.conversation_id = p_conv and s.sequence between v_c.first_sequence and v_through
      and f.conversation_id = p_conv and f.sender = s.sender and f.client_message_id = s.client_message_id;
  delete from message where conversation_id = p_conv and sequence < v_through;
  update message set body = '', edited_at = null, pinned_at = null, reacted = false, deleted_countable = false
    where conversation_id = p_conv and sequence = v_through returning countable_through into v_countable;
  update conversation set first_sequence = v_through + 1, pinned_count = pinned_count - v_pins where id = p_conv;

  perform from member where conversation_id = p_conv and not removed order by user_id for no key update;
  update member set read_sequence = v_through, read_countable = v_countable,
      delivered_sequence = greatest(delivered_sequence, v_through), changed_at = v_now,
      changed_bucket = floor(extract(epoch from v_now) / 600)
    where conversation_id = p_conv and not removed and read_sequence < v_through;
  return v_count;
end $f$;

-- Stores a message of the business's own: it needs no membership, and no rule for members holds it up. In an OPEN
-- conversation it is not countable, as no message there is.
--
--   status  0 stored · 1 repeat of a stored one · 2 no such conversation · 3 same client message id, other content
--           5 beyond a limit of content
create function send_as_business_v1(
  p_node int, p_conv uuid, p_sender text, p_cmid uuid, p_hash bigint, p_countable boolean, p_fits boolean, p_body bytea)
returns table (status int, seq bigint, rev bigint, mrev bigint, at timestamptz, group_no bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_s message;
  v_counts int;
  v_now timestamptz;
  v_group bigint;
begin
  select * into v_c from conversation where id = p_conv and deleted_at is null for no key update;
  select * into v_s from message
    where conversation_id = p_conv and sender = p_sender and client_message_id = p_cmid;
  if v_c.id is null or v_s.sequence is not null or not p_fits then
    return query select
      case when v_c.id is null then 2 when v_s.sequence is null then 5 when v_s.content_hash = p_hash then 1 else 3 end,
      v_s.sequence, coalesce(v_s.first_revision, v_s.revision), 0::bigint, v_s.created_at, 0::bigint;
    return;
  end if;
  v_now := greatest(v_c.last_change_at, date_trunc('milliseconds', clock_timestamp()));
  v_counts := (p_countable and v_c.kind <> 4)::int;
  insert into message (conversation_id, sequence, revision, created_at, content_hash, sender, client_message_id,
      countable_through, body)
    values (p_conv, v_c.last_sequence + 1, v_c.revision + 1, v_now, p_hash, p_sender, p_cmid,
      v_c.countable + v_counts, p_body);
  update conversation set last_sequence = last_sequence + 1, revision = revision + 1,
    countable = countable + v_counts, last_change_at = v_now where id = p_conv;
  perform spread_activity_v1(array[p_conv]);
  insert into intake (node, conversation, revision, sequence, sender, at)
    values (p_node, array[p_conv], array[v_c.revision + 1], array[v_c.last_sequence + 1], array[p_sender], v_now)
    returning intake.group_no into v_group;
  return query select 0, v_c.last_sequence + 1, v_c.revision + 1, v_c.membership_revision, v_now, v_group;
end $f$;
