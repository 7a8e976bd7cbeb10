-- Devices, what each has acknowledged, and what became of the pushes to them. All by user: see DESIGN 4, Store.

-- One installation of the app of one user. An address belongs to one device at a time: whoever registers it last.
--
--   user_id  device_id  kind  address  bundle_id  sandbox  p256dh  auth  locale  time_zone      app_version  registered_at  seen_at
--   alice    phone      1     6fa1…    com.app    false    -       -     de-AT   Europe/Vienna  4.2          12:00          14:00
--   alice    laptop     -     -        -          -        -       -     en      -              -            -              15:00      not to be woken
create table device (
  user_id text collate "C" not null,
  device_id text collate "C" not null,
  kind smallint,                               -- 1 APNs, 2 FCM token, 3 FCM installation, 4 Web Push; null: none
  address text collate "C",
  bundle_id text,                              -- APNs
  sandbox boolean,                             -- APNs
  p256dh text,                                 -- Web Push
  auth text,                                   -- Web Push
  locale text not null default '',
  time_zone text not null default '',
  app_version text not null default '',
  registered_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (user_id, device_id),
  check ((kind is null) = (address is null))
);
create unique index device_address on device (kind, address) where address is not null;
create index device_seen on device (seen_at);

-- Up to where a device has shown that it knows of a conversation's messages while the person looked. Kept only for
-- users who have a registered device.
create table device_mark (
  user_id text collate "C" not null,
  device_id text collate "C" not null,
  conversation_id uuid not null,
  sequence bigint not null,
  primary key (user_id, conversation_id, device_id)
) with (fillfactor = 70);

-- Pushes that wait: for their time, for the end of quiet hours, or to be tried again. One of a kind for each device and
-- conversation; a newer message makes it reach further.
--
--   user_id  device_id  conversation_id  kind  first  through  due_at    expires_at  attempts  node
--   bob      phone      6f1c…            1     41     43       12:00:08  next day    0         1
--   bob      phone      6f1c…            2     38     40       07:00     next day    0         1     quiet until the morning
--   bob      tablet     6f1c…            3     40     40       12:00:01  next day    0         1     takes the banner away
create table push_queue (
  user_id text collate "C" not null,
  device_id text collate "C" not null,
  conversation_id uuid not null,
  kind smallint not null,                      -- 1 tells of messages, 2 held back by quiet hours, 3 clears a banner
  first_sequence bigint not null,
  through_sequence bigint not null,
  due_at timestamptz not null,
  expires_at timestamptz not null,
  attempts int not null default 0,
  node int not null,                           -- which node looks after it
  primary key (user_id, conversation_id, device_id, kind)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create index push_queue_due on push_queue (node, due_at);

-- What became of messages on a device, where it can't be told from elsewhere: ranges that grow while the answer is the
-- same. outcome: 1 to 10 the numbers of Suppression, 20 and more those of PushEnding.
create table push_decision (
  user_id text collate "C" not null,
  device_id text collate "C" not null,
  conversation_id uuid not null,
  first_sequence bigint not null,
  last_sequence bigint not null,
  outcome smallint not null,
  reason text,                                 -- the push service's word, where it refused
  decided_at timestamptz not null,             -- of the first message in it
  changed_at timestamptz not null,             -- of the last
  cleared_at timestamptz,                      -- when its banner was taken away
  received_at timestamptz,                     -- the app has told so
  opened_at timestamptz,                       -- likewise
  primary key (user_id, conversation_id, device_id, first_sequence)
) with (fillfactor = 80);
create index push_decision_changed on push_decision (changed_at);

-- What users want to be woken for; null: as Tern's default, of a member: as the user says everywhere.
alter table preference
  add push_level smallint,                     -- 1 all, 2 mentions, 3 none
  add quiet_from time,
  add quiet_to time,
  add quiet_zone text,
  add mentions_pass boolean not null default true,
  add urgent_passes boolean not null default true;
alter table member
  add push_level smallint;

-- What pushes about a conversation may tell; null: as the app's setting says.
alter table conversation
  add push_content smallint;                   -- 1 none, 2 sender, 3 full
