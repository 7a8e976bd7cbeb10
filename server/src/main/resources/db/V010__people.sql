-- People: how they are shown, whom they block and mute, who may see them, whom they report, and who may not come in.
-- User-keyed, save two columns. A user needs none of these rows: one exists once a token names them.

create table profile (
  user_id text collate "C" primary key,
  name text not null,
  image_url text not null,
  locale text not null,
  time_zone text not null,
  metadata text[] not null,                    -- the app's own: key, value, key, value …
  changed_at timestamptz not null
);

-- What the app's backend has said of a user. Either keeps them out: their tokens are refused, their sessions closed.
--
--   user_id  deactivated_at  banned_at  banned_until  ban_reason
--   mallory  -               12:00      infinity      'spam'
create table user_standing (
  user_id text collate "C" primary key,
  deactivated_at timestamptz,
  banned_at timestamptz,
  banned_until timestamptz,                    -- infinity: for good
  ban_reason text not null default '',
  changed_at timestamptz not null
);
create index user_standing_news on user_standing (changed_at);

-- Whom a user blocks or mutes; no row for whom neither.
create table relation (
  user_id text collate "C" not null,
  other_id text collate "C" not null,
  blocked_at timestamptz,
  muted_at timestamptz,
  primary key (user_id, other_id),
  check (blocked_at is not null or muted_at is not null)
);
create index relation_blocked on relation (user_id, other_id) where blocked_at is not null;

create table preference (
  user_id text collate "C" primary key,
  presence_visibility smallint not null,       -- 1 everybody, 2 contacts, 3 nobody
  invisible boolean not null
);

-- When a user last looked at the app; up to a minute behind. Rewritten often, and nothing but it.
create table last_seen (
  user_id text collate "C" primary key,
  at timestamptz not null
) with (fillfactor = 70);

alter table conversation
  add blocked boolean not null default false;  -- of DIRECT: one of the two blocks the other
alter table member
  add quiet_until timestamptz;                 -- wants no push until then; infinity: for good

-- Reports of messages and of people, for the app's moderators. snapshot is the message's body as it stood: a deletion
-- does not reach it. A report is erased by deleting its row.
--
--   no  reporter  subject  conversation_id  sequence  reason  at     closed_at  outcome
--   17  alice     mallory  6f1c…            41        2       12:00  -          -          a message
--   18  bob       mallory  -                -         1       12:01  12:30      1          a person
create table report (
  no bigint generated always as identity primary key,
  report_id uuid not null,                     -- the reporter's own
  reporter text collate "C" not null,
  subject text collate "C" not null,           -- the person, or who sent the message
  conversation_id uuid,
  sequence bigint,
  revision bigint,
  sent_at timestamptz,
  snapshot bytea,
  reason smallint not null,
  text text not null,
  at timestamptz not null,
  closed_at timestamptz,
  outcome smallint,                            -- 1 acted upon, 2 dismissed
  note text not null default '',
  unique (reporter, report_id)
);
create index report_open on report (no) where closed_at is null;
create index report_closed on report (no) where closed_at is not null;
create index report_open_of on report (reporter) where closed_at is null;
create index report_subject on report (subject);

-- Whether two users share a conversation now. Driven by the other one's, who is a stranger mostly: those have few.
create function co_member_v1(p_user text, p_other text) returns boolean
language sql stable as $f$
  select exists (
    select from member o join member m
      on m.conversation_id = o.conversation_id and m.user_id = p_user and not m.removed
    where o.user_id = p_other and not o.removed)
$f$;

-- The DIRECT conversation of two users; null when there is none.
create function direct_of_v1(p_user text, p_other text) returns uuid
language sql stable as $f$
  select conversation_id from direct_pair
  where lower_user = case when p_user collate "C" < p_other collate "C" then p_user else p_other end
    and upper_user = case when p_user collate "C" < p_other collate "C" then p_other else p_user end
$f$;

-- Whether one of the two blocks the other.
create function is_blocked_v1(p_user text, p_other text) returns boolean
language sql stable as $f$
  select exists (select from relation where user_id = p_user and other_id = p_other and blocked_at is not null)
    or exists (select from relation where user_id = p_other and other_id = p_user and blocked_at is not null)
$f$;

-- Held until the transaction ends by whoever changes what stands between two users: without it a DIRECT that is being
-- created and a block that is being set would not see one another.
create function lock_pair_v1(p_user text, p_other text) returns void
language sql volatile as $f$
  select pg_advisory_xact_lock(
    hashtextextended(least(p_user, p_other) || ' ' || greatest(p_user, p_other), 10))
$f$;

-- A DIRECT conversation that this transaction has just created takes on what stands between the two.
create function take_block_v1(p_conv uuid, p_user text, p_other text) returns void
language plpgsql as $f$
begin
  perform lock_pair_v1(p_user, p_other);
  update conversation set blocked = true where id = p_conv and is_blocked_v1(p_user, p_other);
end $f$;

-- Blocks (1) or mutes (2) a user, or takes that back.
--
--   status   0 done, or nothing to do · 1 as many as there may be
--   changed  whether it differs from before; blocked, muted: how it stands now
--   convs    the conversations that look different in the user's list
create function set_relation_v1(p_user text, p_other text, p_what smallint, p_on boolean, p_max int)
returns table (status int, changed boolean, blocked boolean, muted boolean, convs uuid[])
language plpgsql as $f$
#variable_conflict use_column
declare
  v_old relation;
  v_blocked timestamptz;
  v_muted timestamptz;
  v_now timestamptz;
  v_direct uuid;
  v_convs uuid[] := '{}';
begin
  perform lock_pair_v1(p_user, p_other);
  v_now := clock_timestamp();
  select * into v_old from relation where user_id = p_user and other_id = p_other for update;
  v_blocked := case when p_what <> 1 then v_old.blocked_at when p_on then coalesce(v_old.blocked_at, v_now) end;
  v_muted := case when p_what <> 2 then v_old.muted_at when p_on then coalesce(v_old.muted_at, v_now) end;
  if v_blocked is not distinct from v_old.blocked_at and v_muted is not distinct from v_old.muted_at then
    return query select 0, false, v_blocked is not null, v_muted is not null, v_convs;
    return;
  end if;
  if v_old.user_id is null and (select count(*) from relation where user_id = p_user) >= p_max then
    return query select 1, false, false, false, v_convs;
    return;
  end if;
  if v_blocked is null and v_muted is null then
    delete from relation where user_id = p_user and other_id = p_other;
  else
    insert into relation values (p_user, p_other, v_blocked, v_muted)
    on conflict (user_id, other_id) do update set blocked_at = v_blocked, muted_at = v_muted;
  end if;

  if p_what = 1 then
    v_direct := direct_of_v1(p_user, p_other);
    -- Waits for a send that is being stored: none is after this one's answer.
    update conversation set blocked = is_blocked_v1(p_user, p_other) where id = v_direct;
    -- The same order as everybody who locks members.
    select coalesce(array_agg(conversation_id), '{}') into v_convs from (
      select m.conversation_id from member o join member m
        on m.conversation_id = o.conversation_id and m.user_id = p_user and not m.removed
      where o.user_id = p_other and not o.removed
      order by m.conversation_id for no key update of m) l;
    update member set changed_at = v_now, changed_bucket = floor(extract(epoch from v_now) / 600)
      where user_id = p_user and conversation_id = any(v_convs);
  end if;
  return query select 0, true, v_blocked is not null, v_muted is not null, v_convs;
end $f$;

-- What remains of an unread count for one who has blocked people: what those wrote does not count. From 1000 on, which
-- is "1000 or more", everything counts.
create function unread_for_v1(p_user text, p_conv uuid, p_read bigint, p_unread int) returns int
language plpgsql stable as $f$
begin
  if p_unread = 0 or p_unread >= 1000
      or not exists (select from relation where user_id = p_user and blocked_at is not null) then
    return p_unread;
  end if;
  return greatest(0, p_unread - (
    select count(*) from message s join relation r
      on r.user_id = p_user and r.other_id = s.sender and r.blocked_at is not null
    where s.conversation_id = p_conv and s.sequence > p_read and s.deleted_at is null
      and s.countable_through > coalesce((select p.countable_through from message p
        where p.conversation_id = p_conv and p.sequence = s.sequence - 1), 0)))::int;
end $f$;

-- What each watcher may know of each subject, an answer a pair, in order. Whoever may not know, for whatever reason,
-- gets the same.
create function presence_v1(p_watcher text[], p_subject text[])
returns table (visible boolean, seen_at timestamptz)
language sql stable as $f$
  select q.watcher = q.subject or (
      not coalesce(p.invisible, false) and coalesce(p.presence_visibility, 1) < 3
      and co_member_v1(q.watcher, q.subject) and not is_blocked_v1(q.watcher, q.subject)
      and (coalesce(p.presence_visibility, 1) = 1 or exists (select from message s
        where s.conversation_id = direct_of_v1(q.watcher, q.subject) and s.sender = q.subject))),
    l.at
  from unnest(p_watcher, p_subject) with ordinality q(watcher, subject, ord)
  left join preference p on p.user_id = q.subject
  left join last_seen l on l.user_id = q.subject
  order by ord
$f$;

-- Keeps a report of a user (p_user), or of a message with a copy of it.
--
--   status  0 kept · 1 repeat · 2 no such user or message, or none that the reporter may see
--           3 same id, other content · 4 as many open ones as there may be · 5 the reporter's own message
create function report_v1(
  p_id uuid, p_reporter text, p_user text, p_conv uuid, p_seq bigint, p_reason smallint, p_text text, p_max int)
returns int
language plpgsql as $f$
declare
  v_old report;
  v_s message;
begin
  -- One at a time for each reporter, so that the repeat is seen and the bound holds.
  perform pg_advisory_xact_lock(hashtextextended(p_reporter, 11));
  select * into v_old from report where reporter = p_reporter and report_id = p_id;
  if v_old.no is not null then
    return case when v_old.reason = p_reason and v_old.text = p_text
        and v_old.conversation_id is not distinct from p_conv and v_old.sequence is not distinct from p_seq
        and (p_conv is not null or v_old.subject = p_user) then 1 else 3 end;
  end if;
  if p_conv is null then
    if not co_member_v1(p_reporter, p_user) then
      return 2;
    end if;
  else
    select s.* into v_s from message s
      join member m on m.conversation_id = s.conversation_id and m.user_id = p_reporter and not m.removed
      join conversation c on c.id = s.conversation_id
      where s.conversation_id = p_conv and s.sequence = p_seq and s.sequence >= greatest(m.visible_from, c.first_sequence);
    if v_s.sequence is null then
      return 2;
    end if;
    if v_s.sender = p_reporter then
      return 5;
    end if;
  end if;
  if (select count(*) from report where reporter = p_reporter and closed_at is null) >= p_max then
    return 4;
  end if;
  insert into report (report_id, reporter, subject, conversation_id, sequence, revision, sent_at, snapshot,
      reason, text, at)
    values (p_id, p_reporter, coalesce(v_s.sender, p_user), p_conv, p_seq, v_s.revision, v_s.created_at, v_s.body,
      p_reason, p_text, clock_timestamp());
  return 0;
end $f$;

-- As before (V004), save that a DIRECT conversation in which one blocks the other takes no message:
--   status  6 it takes none now; the sender is not told why
create or replace function store_messages_v1(
  p_node int, p_wait boolean, p_conv uuid[], p_sender text[], p_cmid uuid[], p_hash bigint[],
  p_countable boolean[], p_fits boolean[], p_body bytea[])
returns table (status int, seq bigint, rev bigint, mrev bigint, at_us bigint, group_no bigint)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_locked uuid[];
  v_bucket int;
  v_due uuid[];
  v_now timestamptz;
begin
  -- Never in one statement with what follows: its snapshot would predate the wait for the lock.
  if p_wait then
    select array_agg(id), min(activity_bucket) into v_locked, v_bucket
    from (select id, activity_bucket from conversation where id = any(p_conv)
          order by id for no key update) l;
  else
    select array_agg(id), min(activity_bucket) into v_locked, v_bucket
    from (select id, activity_bucket from conversation where id = any(p_conv)
          order by id for no key update skip locked) l;
  end if;
  v_now := date_trunc('milliseconds', clock_timestamp());

  return query
  with q as materialized (
    select * from unnest(p_conv, p_sender, p_cmid, p_hash, p_countable, p_fits, p_body)
      with ordinality q(conv, sender, cmid, hash, counts, fits, body, ord)),
  j as (
    select q.*, c.last_sequence, c.revision crev, c.membership_revision cmrev, c.countable ccountable,
      greatest(c.last_change_at, v_now) cat, c.id is not null known, c.id = any(v_locked) locked,
      coalesce(not m.removed, false) member, c.blocked,
      e.sequence old_seq, coalesce(e.first_revision, e.revision) old_rev, e.content_hash old_hash, e.created_at old_at,
      first_value(q.ord) over w first_ord, first_value(q.hash) over w first_hash
    from q
    left join conversation c on c.id = q.conv
    left join member m on m.conversation_id = q.conv and m.user_id = q.sender
    left join message e on e.conversation_id = q.conv and e.sender = q.sender and e.client_message_id = q.cmid
    -- The first that fits: one that does not leaves its id free.
    window w as (partition by q.conv, q.sender, q.cmid order by not q.fits, q.ord)),
  f as (
    select *, coalesce(locked and member and not blocked and fits and old_seq is null and first_ord = ord, false) fresh
    from j),
  n as materialized (
    select *, count(*) filter (where fresh) over w k, count(*) filter (where fresh and counts) over w kc
    from f window w as (partition by conv order by ord)),
  ins as (
    insert into message (conversation_id, sequence, revision, created_at, content_hash, sender,
      client_message_id, countable_through, body)
    select conv, last_sequence + k, crev + k, cat, hash, sender, cmid, ccountable + kc, body
    from n where fresh),
  upd as (
    update conversation c set last_sequence = c.last_sequence + x.k, revision = c.revision + x.k,
      countable = c.countable + x.kc, last_change_at = x.cat
    from (select conv, max(k) k, max(kc) kc, max(cat) cat from n where fresh group by conv) x
    where c.id = x.conv),
  int as (
    insert into intake (node, conversation, revision, sequence, sender, at)
    select p_node, array_agg(conv order by ord), array_agg(crev + k order by ord),
      array_agg(last_sequence + k order by ord), array_agg(sender order by ord), v_now
    from n where fresh having count(*) > 0
    returning group_no)
  select
    case when old_seq is not null then case when old_hash = hash then 1 else 3 end
         when known and not coalesce(locked, false) then 4
         when not member then 2
         when blocked then 6
         when not fits then 5
         when first_ord <> ord then case when first_hash = hash then 1 else 3 end
         else 0 end,
    coalesce(old_seq, last_sequence + first_k),
    coalesce(old_rev, crev + first_k),
    cmrev,
    (extract(epoch from coalesce(old_at, cat)) * 1000000)::bigint,
    (select group_no from int)
  from (select n.*, first_value(k) over (partition by conv, sender, cmid order by not fits, ord) first_k from n) n
  order by ord;

  -- A conversation that enters a new ten minutes takes its members' buckets along (see member).
  if v_bucket < floor(extract(epoch from v_now) / 600) then
    select array_agg(id) into v_due from conversation
    where id = any(v_locked) and activity_bucket < floor(extract(epoch from last_change_at) / 600);
    if v_due is not null then
      perform from member where conversation_id = any(v_due) and not removed
        order by conversation_id, user_id for no key update;
      update conversation set activity_bucket = floor(extract(epoch from last_change_at) / 600)
        where id = any(v_due);
      update member m set activity_bucket = c.activity_bucket
        from conversation c where c.id = any(v_due) and m.conversation_id = c.id and not m.removed;
    end if;
  end if;
end $f$;

-- As before (V004), save that where one blocks the other nothing can be edited, set or pinned either (6): that would
-- be another way to speak.
create or replace function change_message_v1(
  p_edit_window interval, p_conv uuid, p_actor text, p_op smallint, p_seq bigint,
  p_on boolean, p_reaction text, p_edit uuid, p_hash bigint, p_fits boolean, p_body bytea)
returns table (status int, rev bigint, mrev bigint, last_seq bigint, count int)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_s message;
  v_e message_edit;
  v_role smallint;
  v_visible bigint;
  v_rev bigint;
  v_now timestamptz;
  v_count int := 0;
begin
  select * into v_c from conversation where id = p_conv;
  select role, visible_from into v_role, v_visible from member
    where conversation_id = p_conv and user_id = p_actor and not removed;
  select * into v_s from message where conversation_id = p_conv and sequence = p_seq
    and sequence >= greatest(v_visible, v_c.first_sequence);
  -- Without a role there is no v_visible either, and greatest passes over nulls.
  if v_role is null or v_s.sequence is null then
    return query select 2, 0::bigint, 0::bigint, 0::bigint, 0;
    return;
  end if;
  v_rev := v_c.revision + 1;
  v_now := greatest(v_c.last_change_at, v_c.edited_at, date_trunc('milliseconds', clock_timestamp()));

  -- A repeat is known before rights and limits are looked at.
  if p_op = 1 then
    select * into v_e from message_edit where conversation_id = p_conv and sequence = p_seq and edit_id = p_edit;
    if v_s.sender = p_actor and v_e.edit_id is not null then
      return query select case when v_e.content_hash = p_hash then 1 else 3 end, v_e.revision,
        0::bigint, 0::bigint, 0;
      return;
    end if;
  end if;
  status := case
    when v_c.blocked and (p_op = 1 or (p_op in (3, 4) and p_on)) then 6
    when p_op = 1 and v_s.sender <> p_actor then 6
    when p_op = 2 and v_s.sender <> p_actor and (v_c.kind <> 2 or v_role < 2) then 6
    when p_op = 4 and v_c.kind <> 1 and v_role < 2 then 6
    when p_op = 2 and v_s.deleted_at is not null then 1
    when v_s.deleted_at is not null then 8
    when p_op = 1 and v_s.created_at + p_edit_window < v_now then 7
    when p_op = 1 and not p_fits then 5
    when p_op = 1 and (select count(*) from message_edit
      where conversation_id = p_conv and sequence = p_seq) >= 100 then 9
    when p_op = 3 and p_on = exists (select from reaction where conversation_id = p_conv and sequence = p_seq
      and user_id = p_actor and reaction = p_reaction) then 1
    when p_op = 3 and p_on and (select count(*) filter (where reaction <> p_reaction) from reaction_count
      where conversation_id = p_conv and sequence = p_seq) >= 20 then 9
    when p_op = 4 and p_on = (v_s.pinned_at is not null) then 1
    when p_op = 4 and p_on and v_c.pinned_count >= 50 then 9
    else 0 end;
  if status <> 0 then
    return query select status, 0::bigint, 0::bigint, 0::bigint, 0;
    return;
  end if;

  if p_op = 1 then
    insert into message_edit values (p_conv, p_seq, v_rev, p_edit, p_hash, v_now, v_s.body);
    update message set revision = v_rev, first_revision = coalesce(first_revision, revision), changed = true,
      body = p_body, edited_at = v_now
      where conversation_id = p_conv and sequence = p_seq;
  elsif p_op = 2 then
    update message_edit set body = '' where conversation_id = p_conv and sequence = p_seq;
    delete from reaction where conversation_id = p_conv and sequence = p_seq;
    delete from reaction_count where conversation_id = p_conv and sequence = p_seq;
    update message set revision = v_rev, first_revision = coalesce(first_revision, revision), changed = true,
      body = '', edited_at = null, deleted_at = v_now,
      deleted_by = p_actor, pinned_at = null, reacted = false,
      deleted_countable = countable_through > coalesce((select p.countable_through from message p
        where p.conversation_id = p_conv and p.sequence = p_seq - 1), 0)
      where conversation_id = p_conv and sequence = p_seq;
  elsif p_op = 3 then
    v_count := set_reaction_v1(p_conv, p_seq, p_actor, p_reaction, p_on, v_rev);
    update message set revision = v_rev, first_revision = coalesce(first_revision, revision), changed = true, reacted = true
      where conversation_id = p_conv and sequence = p_seq;
  else
    update message set revision = v_rev, first_revision = coalesce(first_revision, revision), changed = true,
      pinned_at = case when p_on then v_now end
      where conversation_id = p_conv and sequence = p_seq;
  end if;

  update conversation set revision = v_rev, edited_at = v_now,
    pinned_count = pinned_count + case
      when p_op = 4 and p_on then 1
      when p_op = 4 or (p_op = 2 and v_s.pinned_at is not null) then -1 else 0 end
    where id = p_conv;
  return query select 0, v_rev, v_c.membership_revision, v_c.last_sequence, v_count;
end $f$;
