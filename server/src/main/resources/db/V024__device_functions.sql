-- What keeps and ends push registrations. All writing of device happens in these functions, one at a time for each
-- user: so a revocation never passes by a registration that is just being told.

-- When the access token was issued under which the registration was told; null: the app's backend told it.
alter table device add issued_at timestamptz;

-- For an address may be longer than what PostgreSQL puts into an index.
create function address_hash_v1(p_address text) returns bytea
language sql immutable strict parallel safe as $f$
  select sha256(convert_to(p_address, 'UTF8'))
$f$;
drop index device_address;
create unique index device_address on device (kind, address_hash_v1(address)) where address is not null;

-- One at a time for each user; held until the transaction ends.
create function lock_devices_v1(p_user text) returns void
language sql as $f$
  select pg_advisory_xact_lock(hashtextextended(p_user, 24))
$f$;

-- Whether a token issued then, brought by this device, is void: 0 no · 1 it was revoked · 2 the user is kept out.
-- p_issued_at null: no token, but the app's backend.
create function admission_v1(p_user text, p_device text, p_issued_at timestamptz) returns int
language sql stable as $f$
  select case
    when exists (select from user_standing where user_id = p_user
        and (deactivated_at is not null or banned_until > clock_timestamp()))
      or exists (select from erasure where user_id = p_user) then 2
    when exists (select from revoked_user
        where user_id = p_user and device_id in ('', p_device) and issued_before > p_issued_at)
      or exists (select from erased_user
        where user_hash = erased_hash_v1(p_user) and erased_at > p_issued_at) then 1
    else 0 end
$f$;

-- Forgets devices of a user, with all that is kept of them.
create function forget_devices_v1(p_user text, p_devices text[]) returns void
language sql as $f$
  delete from device_mark where user_id = p_user and device_id = any(p_devices);
  delete from push_queue where user_id = p_user and device_id = any(p_devices);
  delete from push_decision where user_id = p_user and device_id = any(p_devices);
  delete from device where user_id = p_user and device_id = any(p_devices);
$f$;

-- Ends pushing to a user's devices, or to one of them: their registrations and what waits for them are gone, the
-- devices stay. Those whose registration was told under a token issued since p_before stay as they are (null: none
-- do). Answers how many registrations have ended.
--
--   p_device  empty: all
create function end_registrations_v1(p_user text, p_device text, p_before timestamptz) returns int
language plpgsql as $f$
declare
  v_ended text[];
  v_count int;
begin
  perform lock_devices_v1(p_user);
  v_ended := array(select device_id from device
    where user_id = p_user and (p_device = '' or device_id = p_device)
      and (p_before is null or coalesce(issued_at, registered_at) < p_before));
  delete from push_queue where user_id = p_user and device_id = any(v_ended);
  update device set kind = null, address = null, bundle_id = null, sandbox = null, p256dh = null, auth = null,
      issued_at = null
    where user_id = p_user and device_id = any(v_ended) and kind is not null;
  get diagnostics v_count = row_count;
  return v_count;
end $f$;

-- Keeps what a device tells of itself, wholly; takes its address from whichever device had it, which stays without a
-- registration. Of more than p_most devices of the user, those that were unseen for the longest are forgotten.
--
--   p_issued_at  of the token under which it is told; null: the app's backend tells it
--   p_seen       whether the device itself is there
--   p_kind       null: the registration stays as it is; the five that follow belong to it
--   p_locale     null: locale, time zone and app version stay as they are
--   Answers as admission_v1; does nothing but for 0
create function keep_device_v1(
  p_user text, p_device text, p_issued_at timestamptz, p_seen boolean,
  p_kind smallint, p_address text, p_bundle text, p_sandbox boolean, p_p256dh text, p_auth text,
  p_locale text, p_zone text, p_version text, p_most int) returns int
language plpgsql as $f$
declare
  v_status int;
  v_now timestamptz;
  v_lost record;
begin
  perform lock_devices_v1(p_user);
  v_status := admission_v1(p_user, p_device, p_issued_at);
  if v_status <> 0 then
    return v_status;
  end if;
  v_now := clock_timestamp();
  if p_kind is null and p_locale is null then
    -- That it was here may be forgotten by a crash: many come at once, and need not wait for the disk.
    perform set_config('synchronous_commit', 'off', true);
  end if;
  if p_kind is not null then
    -- Two who tell the same one at once take turns; always after the lock above.
    perform pg_advisory_xact_lock(hashtextextended(p_kind || ' ' || p_address, 25));
    -- Both rows in one order: two phones may tell each other's addresses.
    perform from device
      where (user_id = p_user and device_id = p_device)
        or (kind = p_kind and address is not null and address_hash_v1(address) = address_hash_v1(p_address))
      order by user_id, device_id for update;
    for v_lost in
      update device set kind = null, address = null, bundle_id = null, sandbox = null, p256dh = null, auth = null,
          issued_at = null
        where kind = p_kind and address is not null and address_hash_v1(address) = address_hash_v1(p_address)
          and (user_id, device_id) <> (p_user, p_device)
        returning user_id, device_id loop
      delete from push_queue where user_id = v_lost.user_id and device_id = v_lost.device_id;
    end loop;
  end if;
  insert into device as d (user_id, device_id, kind, address, bundle_id, sandbox, p256dh, auth, locale, time_zone,
      app_version, registered_at, seen_at, issued_at)
    values (p_user, p_device, p_kind, p_address, p_bundle, p_sandbox, p_p256dh, p_auth, coalesce(p_locale, ''),
      coalesce(p_zone, ''), coalesce(p_version, ''), v_now, v_now, p_issued_at)
    on conflict (user_id, device_id) do update set
      kind = case when p_kind is null then d.kind else p_kind end,
      address = case when p_kind is null then d.address else p_address end,
      bundle_id = case when p_kind is null then d.bundle_id else p_bundle end,
      sandbox = case when p_kind is null then d.sandbox else p_sandbox end,
      p256dh = case when p_kind is null then d.p256dh else p_p256dh end,
      auth = case when p_kind is null then d.auth else p_auth end,
      registered_at = case when p_kind is null then d.registered_at else v_now end,
      -- A device that comes with a newer token vouches for what it told under an older one.
      issued_at = case when p_kind is null then greatest(d.issued_at, p_issued_at) else p_issued_at end,
      locale = coalesce(p_locale, d.locale),
      time_zone = coalesce(p_zone, d.time_zone),
      app_version = coalesce(p_version, d.app_version),
      seen_at = case when p_seen then v_now else d.seen_at end;
  perform forget_devices_v1(p_user, array(
    select device_id from device where user_id = p_user and device_id <> p_device
    order by seen_at desc, device_id offset p_most - 1));
  return 0;
end $f$;

-- Forgets a registration that is dead since then, unless it is another one by now or was told again. Answers whether.
create function drop_registration_v1(
  p_user text, p_device text, p_kind smallint, p_address text, p_since timestamptz) returns boolean
language plpgsql as $f$
begin
  perform lock_devices_v1(p_user);
  update device set kind = null, address = null, bundle_id = null, sandbox = null, p256dh = null, auth = null,
      issued_at = null
    where user_id = p_user and device_id = p_device and kind = p_kind and address = p_address
      and registered_at <= p_since;
  return found;
end $f$;

-- Forgets so many devices that were not there since then, with all that is kept of them; answers how many.
create function expire_devices_v1(p_before timestamptz, p_most int) returns int
language plpgsql as $f$
declare
  v_old record;
  v_count int := 0;
begin
  -- Who is just being seen is held by another, and has another turn.
  for v_old in
    select user_id, device_id from device where seen_at < p_before
    order by seen_at limit p_most for update skip locked loop
    perform forget_devices_v1(v_old.user_id, array[v_old.device_id]);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $f$;

-- Makes void what was issued to a user, or brought by one of their devices, before a time, and ends pushing to whom
-- that let in.
--
--   p_device  empty: all
create function revoke_user_v1(p_user text, p_device text, p_before timestamptz) returns void
language plpgsql as $f$
begin
  -- First, for it waits for registrations that are just being told.
  perform end_registrations_v1(p_user, p_device, p_before);
  insert into revoked_user as r (user_id, device_id, issued_before, revoked_at)
    values (p_user, p_device, p_before, clock_timestamp())
    on conflict (user_id, device_id) do update
    set issued_before = greatest(r.issued_before, excluded.issued_before), revoked_at = excluded.revoked_at;
end $f$;

-- As request_erasure_v1 (V015), and ends pushing to the user.
create function request_erasure_v2(p_id uuid, p_user text, p_pseudonym text, p_keeps_messages boolean) returns uuid
language plpgsql as $f$
begin
  perform end_registrations_v1(p_user, '', null);
  return request_erasure_v1(p_id, p_user, p_pseudonym, p_keeps_messages);
end $f$;

-- As erase_person_v2 (V020), and the user's devices.
create function erase_person_v3(p_erasure uuid) returns void
language plpgsql as $f$
declare
  v_user text := (select user_id from erasure where id = p_erasure);
  v_rows bigint;
begin
  perform erase_person_v2(p_erasure);
  perform lock_devices_v1(v_user);
  delete from device where user_id = v_user;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'device', v_rows);
  delete from device_mark where user_id = v_user;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'device_mark', v_rows);
  delete from push_queue where user_id = v_user;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'push_queue', v_rows);
  delete from push_decision where user_id = v_user;
  get diagnostics v_rows = row_count;
  perform count_erased_v1(p_erasure, 'push_decision', v_rows);
end $f$;

-- In which places rows still name a user, and how many; of messages see walk_messages_v1.
create or replace function traces_v1(p_user text) returns table (place text, standing bigint)
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
  union all select 'conversation_key', count(*) from conversation_key where owner = p_user
  union all select 'device', count(*) from device where user_id = p_user
  union all select 'device_mark', count(*) from device_mark where user_id = p_user
  union all select 'push_queue', count(*) from push_queue where user_id = p_user
  union all select 'push_decision', count(*) from push_decision where user_id = p_user
  union all select 'intake', count(*) from intake where p_user = any(sender)
$f$;
