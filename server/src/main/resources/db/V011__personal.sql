-- What a user keeps for himself in a conversation. It takes no revision: nobody else sees it. His devices learn of it
-- from his conversation list, which member.changed_at puts it into.

-- place says where the conversation stands in the member's own list: 0 main · 1 archived · 2 archived until the next
-- countable message · 3 hidden until then. "Then" needs no write when a message is sent: it is when the conversation's
-- countable has passed place_countable.
--
--   user_id  place  place_countable  pinned_at  visible_from  joined_from  read_sequence  told_read  unread_head
--   alice    2      17               -          1             -            41             0          0
--   bob      0      0                12:00:00   42            1            41             0          0
--   carol    0      0                -          1             -            30             41         41
--
-- bob has cleared what lay before 42: visible_from is his own edge, joined_from the one that the others are told.
-- carol has marked as unread from 31 when 41 was the newest: the others are told the higher of read_sequence and
-- told_read, and of what lies up to unread_head, her own messages do not count as unread. joined_from: see V009.
alter table member
  add place smallint not null default 0,
  add place_countable bigint not null default 0,
  add pinned_at timestamptz,
  add told_read bigint not null default 0,
  add unread_head bigint not null default 0;
create index member_placed on member (user_id) where place <> 0 and not removed;
create index member_pinned on member (user_id) where pinned_at is not null and not removed;

-- What a member has begun to write.
create table member_draft (
  conversation_id uuid not null,
  user_id text collate "C" not null,
  text text not null,
  reply_to bigint not null,                    -- 0: no message
  saved_at timestamptz not null,
  primary key (conversation_id, user_id)
);

-- Whoever leaves, or is removed, and comes back begins anew. The others are told of who left from where they saw when
-- they joined: what they cleared since stays theirs to know.
create function forget_personal_v1() returns trigger
language plpgsql as $f$
begin
  delete from member_draft where conversation_id = new.conversation_id and user_id = new.user_id;
  new.place := 0;
  new.place_countable := 0;
  new.pinned_at := null;
  new.visible_from := coalesce(new.joined_from, new.visible_from);
  new.joined_from := null;
  new.told_read := 0;
  new.unread_head := 0;
  return new;
end $f$;
create trigger member_leaves before update of removed on member
  for each row when (new.removed and not old.removed) execute function forget_personal_v1();

-- How many messages are unread after a member's marker: countable, not deleted; at most 1000. Of those up to
-- p_unread_head the member's own are not; of later ones whoever asks takes care that none is (sending implies having
-- read).
create function unread_v2(
  p_conv uuid, p_countable bigint, p_user text, p_read_countable bigint, p_read bigint, p_unread_head bigint)
returns int
language sql stable as $f$
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

-- Moves members' markers forward; absolute and idempotent. Who is no member is passed over.
--
-- Takes arrays side by side: up to which sequence the user has got, and has read (0: leave it); whether the latter is
-- only implied by a message of theirs, which does not undo what they marked as unread since.
-- Answers a row for each entry that names a member, with the markers as they stand now, the read marker as the others
-- are told it, whether they moved, and the unread count, at most 1000.
create function move_markers_v2(
  p_conv uuid[], p_user text[], p_delivered bigint[], p_read bigint[], p_implied boolean[])
returns table (conv uuid, usr text, delivered bigint, read bigint, shown bigint, unread int, moved boolean)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_now timestamptz;
begin
  -- The same order as everybody who locks members.
  perform from member m
    where (m.conversation_id, m.user_id) in (select * from unnest(p_conv, p_user))
    order by m.conversation_id, m.user_id for no key update;
  v_now := clock_timestamp();

  return query
  with q as (
    select q.conv, q.usr, max(q.delivered) delivered, coalesce(max(q.read) filter (where not q.implied), 0) read,
      coalesce(max(q.read) filter (where q.implied), 0) sent
    from unnest(p_conv, p_user, p_delivered, p_read, p_implied) q(conv, usr, delivered, read, implied) group by 1, 2),
  t as (
    select m.conversation_id, m.user_id, c.countable, m.delivered_sequence, m.read_sequence, m.read_countable,
      m.told_read, m.unread_head,
      greatest(m.delivered_sequence, least(greatest(q.delivered, q.read, q.sent), c.last_sequence)) new_delivered,
      greatest(m.read_sequence, least(greatest(q.read, case when q.sent > m.unread_head then q.sent end),
        c.last_sequence)) new_read
    from q
    join member m on m.conversation_id = q.conv and m.user_id = q.usr and not m.removed
    join conversation c on c.id = q.conv),
  r as (
    select t.*, case when new_read = read_sequence then read_countable
      else (select countable_through from message s
            where s.conversation_id = t.conversation_id and s.sequence = t.new_read) end new_countable
    from t),
  upd as (
    update member m set delivered_sequence = r.new_delivered, read_sequence = r.new_read,
      read_countable = coalesce(r.new_countable, r.read_countable),
      changed_at = case when r.new_read > r.read_sequence then v_now else m.changed_at end,
      changed_bucket = case when r.new_read > r.read_sequence
        then floor(extract(epoch from v_now) / 600) else m.changed_bucket end
    from r
    where m.conversation_id = r.conversation_id and m.user_id = r.user_id
      and (r.new_delivered > r.delivered_sequence or r.new_read > r.read_sequence))
  select r.conversation_id, r.user_id, r.new_delivered, r.new_read, greatest(r.new_read, r.told_read),
    unread_v2(r.conversation_id, r.countable, r.user_id, coalesce(r.new_countable, r.read_countable), r.new_read,
      r.unread_head),
    r.new_delivered > r.delivered_sequence or r.new_read > r.read_sequence
  from r;
end $f$;

-- Moves a member's own read marker back, so that messages from a sequence on are unread: at most the newest 1000 of
-- those that the member may see. Answers like move_markers_v2; nothing for who is no member.
create function mark_unread_v1(p_conv uuid, p_user text, p_seq bigint)
returns table (conv uuid, usr text, delivered bigint, read bigint, shown bigint, unread int, moved boolean)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_m member;
  v_c conversation;
  v_read bigint;
  v_countable bigint;
  v_now timestamptz;
begin
  select * into v_m from member m
    where m.conversation_id = p_conv and m.user_id = p_user and not m.removed for no key update;
  if v_m.user_id is null then
    return;
  end if;
  select * into v_c from conversation c where c.id = p_conv;
  v_now := clock_timestamp();
  v_read := greatest(p_seq, v_m.visible_from, v_c.first_sequence, v_c.last_sequence - 999) - 1;
  if v_read < v_m.read_sequence then
    -- What is no longer kept has no count of its own: the next message has it, and perhaps one more.
    select coalesce(
        (select s.countable_through from message s where s.conversation_id = p_conv and s.sequence = v_read),
        (select greatest(s.countable_through - 1, 0) from message s
          where s.conversation_id = p_conv and s.sequence = v_read + 1), 0) into v_countable;
    update member m set told_read = greatest(m.told_read, m.read_sequence), unread_head = v_c.last_sequence,
        read_sequence = v_read, read_countable = v_countable,
        changed_at = v_now, changed_bucket = floor(extract(epoch from v_now) / 600)
      where m.conversation_id = p_conv and m.user_id = p_user
      returning * into v_m;
  else
    v_read := null;
  end if;
  return query select p_conv, p_user, v_m.delivered_sequence, v_m.read_sequence,
    greatest(v_m.read_sequence, v_m.told_read),
    unread_v2(p_conv, v_c.countable, p_user, v_m.read_countable, v_m.read_sequence, v_m.unread_head),
    v_read is not null;
end $f$;

-- Puts a conversation on top of a member's own list, or takes it down.
--
--   0 done, or as asked for already · 1 no member · 2 as many as there may be
create function pin_conversation_v1(p_conv uuid, p_user text, p_pinned boolean, p_max int) returns int
language plpgsql as $f$
declare
  v_m member;
  v_now timestamptz;
begin
  -- One at a time of a user: else two could both be the last that there may be.
  perform pg_advisory_xact_lock(hashtextextended('pins of ' || p_user, 0));
  select * into v_m from member m
    where m.conversation_id = p_conv and m.user_id = p_user and not m.removed for no key update;
  if v_m.user_id is null then
    return 1;
  end if;
  if p_pinned = (v_m.pinned_at is not null) then
    return 0;
  end if;
  if p_pinned and (select count(*) from member m
      where m.user_id = p_user and m.pinned_at is not null and not m.removed) >= p_max then
    return 2;
  end if;
  v_now := clock_timestamp();
  update member m set pinned_at = case when p_pinned then date_trunc('milliseconds', v_now) end,
      place = case when p_pinned then 0 else m.place end,
      changed_at = v_now, changed_bucket = floor(extract(epoch from v_now) / 600)
    where m.conversation_id = p_conv and m.user_id = p_user;
  return 0;
end $f$;

-- Which buttons of cards were pressed. Numbers are given while the card's row is held: who reads after a number misses
-- none.
--
--   sequence  number  user_id  button_id  value  press_id  once
--   42        1       bob      yes        y      77aa…     t
--   42        2       carol    later             81bc…     f
create table button_press (
  conversation_id uuid not null,
  sequence bigint not null,
  number bigint not null,
  user_id text collate "C" not null,
  button_id text not null,
  value text not null,                         -- the button's, when it was pressed
  press_id uuid not null,
  once boolean not null,                       -- the button takes one press of each user
  pressed_at timestamptz not null,
  primary key (conversation_id, sequence, number),
  unique (conversation_id, sequence, user_id, press_id)
);

-- What was pressed quotes the card: it goes with it, whether a tombstone stays or nothing.
create function erase_presses_v1() returns trigger
language plpgsql as $f$
begin
  delete from button_press where conversation_id = old.conversation_id and sequence = old.sequence;
  return null;
end $f$;
create trigger message_deleted after update of deleted_at on message
  for each row when (new.deleted_at is not null) execute function erase_presses_v1();
create trigger message_erased after delete on message
  for each row execute function erase_presses_v1();

-- Presses a button of a card that the caller has read as it stood when it was last edited, at p_edited.
--
--   status  0 pressed · 1 pressed before · 2 no such conversation or message, or none of the user's
--           3 same press id, other button · 4 edited meanwhile: read it again · 5 deleted · 6 no such button (p_known)
--           7 as many as there may be · 8 one of the two blocks the other
--   number, … at   of the press (0, 1)
--   sender, present  of the card, and whether they are a member (0)
create function press_button_v1(
  p_conv uuid, p_user text, p_seq bigint, p_edited timestamptz, p_button text, p_known boolean, p_value text,
  p_once boolean, p_press uuid, p_max int)
returns table (status int, number bigint, button_id text, value text, press_id uuid, at timestamptz,
  sender text, present boolean)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_s message;
  v_p button_press;
  v_count int;
  v_blocked boolean;
begin
  -- Held, so that nothing comes after the answer to a block. Never in one statement with what follows: its snapshot
  -- would predate the wait.
  select blocked into v_blocked from conversation where id = p_conv and kind = 1 for share;
  select s.* into v_s from message s
    join member m on m.conversation_id = s.conversation_id and m.user_id = p_user and not m.removed
    join conversation c on c.id = s.conversation_id
    where s.conversation_id = p_conv and s.sequence = p_seq
      and s.sequence >= greatest(m.visible_from, c.first_sequence)
    for no key update of s;
  if v_s.sequence is null then
    return query select 2, 0::bigint, null, null, null::uuid, null::timestamptz, null, false;
    return;
  end if;
  -- A repeat is known before the card's state is looked at.
  select * into v_p from button_press p
    where p.conversation_id = p_conv and p.sequence = p_seq and p.user_id = p_user
      and (p.press_id = p_press or (p_once and p.once and p.button_id = p_button))
    order by p.press_id = p_press desc, p.number limit 1;
  select count(*) into v_count from button_press p
    where p.conversation_id = p_conv and p.sequence = p_seq and p.user_id = p_user;
  status := case
    when v_p.number is not null then case when v_p.button_id = p_button then 1 else 3 end
    when v_s.deleted_at is not null then 5
    when v_s.edited_at is distinct from p_edited then 4
    when not p_known then 6
    when v_blocked then 8
    when v_count >= p_max then 7
    else 0 end;
  if status = 0 then
    insert into button_press
      select p_conv, p_seq, coalesce(max(p.number), 0) + 1, p_user, p_button, p_value, p_press, p_once,
        date_trunc('milliseconds', clock_timestamp())
      from button_press p where p.conversation_id = p_conv and p.sequence = p_seq
      returning * into v_p;
  end if;
  return query select status, v_p.number, v_p.button_id, v_p.value, v_p.press_id, v_p.pressed_at, v_s.sender,
    exists (select from member m where m.conversation_id = p_conv and m.user_id = v_s.sender and not m.removed);
end $f$;

-- Whoever knows the key of such a group may join it.
alter table conversation
  add joinable_by_key boolean not null default false;

-- With which one joins a group; only the hash of the token is kept.
--
--   id     conversation_id  created_by  expires_at   max_uses  uses
--   3f0c…  6f1c…            alice       + 7 days     10        3        0: any number
create table invitation (
  id uuid primary key,
  conversation_id uuid not null,
  token_hash bytea not null unique,            -- SHA-256
  created_by text collate "C" not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  max_uses int not null,
  uses int not null default 0
);
create index invitation_of_conversation on invitation (conversation_id, created_at desc);

-- Makes an invitation, and forgets the conversation's that have ended.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 3 as many as there may be
create function create_invitation_v1(
  p_conv uuid, p_actor text, p_id uuid, p_hash bytea, p_lifetime interval, p_max_uses int, p_max int)
returns table (status int, created_at timestamptz, expires_at timestamptz)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_role smallint;
  v_now timestamptz;
begin
  -- A stranger is refused before anything is held.
  if acting_role_v1(p_conv, p_actor) is null then
    return query select 1, null::timestamptz, null::timestamptz;
    return;
  end if;
  -- One at a time: else two could both be the last that there may be.
  select * into v_c from conversation c where c.id = p_conv for no key update;
  select m.role into v_role from member m
    where m.conversation_id = p_conv and m.user_id = p_actor and not m.removed;
  v_now := date_trunc('milliseconds', clock_timestamp());
  status := case when v_role is null then 1 when v_c.kind <> 2 or v_role < 2 then 2 else 0 end;
  if status = 0 then
    delete from invitation i where i.conversation_id = p_conv
      and (i.expires_at <= v_now or (i.max_uses > 0 and i.uses >= i.max_uses));
    if (select count(*) from invitation i where i.conversation_id = p_conv) >= p_max then
      status := 3;
    else
      insert into invitation (id, conversation_id, token_hash, created_by, created_at, expires_at, max_uses)
        values (p_id, p_conv, p_hash, p_actor, v_now, v_now + p_lifetime, p_max_uses);
    end if;
  end if;
  return query select status, v_now, v_now + p_lifetime;
end $f$;

-- Lets a group be joined by its key, or no longer; one revision.
--
--   status  0 done · 1 no such conversation, or the actor is no member · 2 may not · 3 nothing to change
create function set_joinable_v1(p_node int, p_conv uuid, p_actor text, p_joinable boolean)
returns table (status int, group_no bigint, rev bigint, mrev bigint, last_seq bigint,
  renamed boolean, image_changed boolean)
language plpgsql as $f$
#variable_conflict use_column
declare
  v_c conversation;
  v_role smallint;
begin
  select * into v_c from conversation where id = p_conv for no key update;
  v_role := acting_role_v1(p_conv, p_actor);
  status := case
    when v_role is null then 1
    when v_c.kind <> 2 or v_role < 3 then 2
    when v_c.joinable_by_key = p_joinable then 3
    else 0 end;
  if status <> 0 then
    return query select status, null::bigint, 0::bigint, 0::bigint, 0::bigint, false, false;
    return;
  end if;
  update conversation set joinable_by_key = p_joinable where id = p_conv;
  return query select * from touch_settings_v1(p_node, p_conv, p_actor, false, false);
end $f$;
