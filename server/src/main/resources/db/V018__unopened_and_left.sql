-- A DIRECT conversation that somebody else has opened: not in this member's lists until there is a message in it, or they
-- open it too. Else a stranger, or somebody whom they block, could put empty lines into anybody's list.
--
--   conversation_id  user_id  unopened
--   6f1c…            alice    f              opened it: it is in her list
--   6f1c…            bob      t              it is in his when its last_sequence is above 0
alter table member
  add unopened boolean not null default false;

-- A user opens the DIRECT conversation with another one, which this transaction has just created (p_new), or which was
-- there. Answers whether it comes into the user's list by that.
create function open_direct_v1(p_conv uuid, p_user text, p_peer text, p_new boolean) returns boolean
language plpgsql as $f$
declare
  v_now timestamptz;
begin
  if p_new then
    update member set unopened = true where conversation_id = p_conv and user_id = p_peer;
    perform take_block_v1(p_conv, p_user, p_peer);
    return true;
  end if;
  -- Held before the clock is read, so that the later of two writers has the later time.
  perform from member where conversation_id = p_conv and user_id = p_user and unopened for no key update;
  if not found then
    return false;
  end if;
  v_now := clock_timestamp();
  update member set unopened = false, changed_at = v_now, changed_bucket = floor(extract(epoch from v_now) / 600)
    where conversation_id = p_conv and user_id = p_user;
  return true;
end $f$;

-- Groups whose last member has left, and nobody can come into: they are to be deleted.
create index conversation_left on conversation (id) where kind = 2 and member_count = 0 and deleted_at is null;
