-- The database of a fleet: one place for the health, the log heads, and the visits of many buildings.
-- PostgreSQL 15 or newer. install.sh runs it once, in one transaction, as the database's owner, who is no superuser.
-- PostgREST shows the schema `api` and nothing else. What a building may do is docs/reference/fleet-protocol.md.
-- Nothing in here opens a door: a building only takes restrictions from its fleet, and proposals.

create schema fleet;
create schema api;

-- Types. A value that doesn't fit is refused, whichever statement brings it.
create domain fleet.seq as bigint check (value > 0);
create domain fleet.hash as bytea check (octet_length(value) = 32);
create domain fleet.short_text as text check (value ~ '^[^[:cntrl:]]{1,100}$');
create domain fleet.address as text check (value ~ '^https://[!-~]+$' and length(value) <= 500);
-- 32 bytes in base64. A shared secret (whsec_) can't be stored, so that this database never holds what signs.
create domain fleet.public_key as text not null check (value ~ '^whpk_[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$');
create domain fleet.count as int check (value between 0 and 1000000);
create domain fleet.days as int check (value between 1 and 1100);
create domain fleet.list as jsonb check (jsonb_array_length(value) <= 100);
create domain fleet.fault as text check (value in
  ('opener_offline', 'opener_removed', 'door_not_locked', 'doorbell_lost', 'doorbell_stray'));
create domain fleet.result as text check (value in
  ('opened', 'unconfirmed', 'failed', 'unknown', 'stopped', 'refused', 'observed'));
-- What a person decided is `not_accepted`, whatever the rule.
create domain fleet.reason as text check (value in ('not_accepted', 'unknown_grant', 'expired', 'entries_exhausted',
  'door_unavailable', 'opener_offline', 'opener_removed', 'door_not_locked'));

create table fleet.state (
  one boolean primary key default true check (one),
  schema_version int not null,
  couriers_version bigint not null,
  dropped_at timestamptz not null default now()  -- when the job last dropped what is too old
);
insert into fleet.state (schema_version, couriers_version) values (1, 0);

create table fleet.buildings (
  id text primary key check (id ~ '^[a-z0-9_-]{1,64}$'),
  name fleet.short_text not null,
  created_at timestamptz not null default now(),
  -- The cursor: up to where a building's log was taken. Line 0 is a building that never reported.
  line int not null default 0,
  seq fleet.seq, hash fleet.hash,
  seen_at timestamptz,   -- the last report, whatever became of it
  taken_at timestamptz,  -- the last report that was taken: the log then held what it held before
  -- The first head that was refused because the log differs. It stays until a manager calls begin_line.
  differs_at timestamptz, refused_seq fleet.seq, refused_hash fleet.hash,
  version fleet.short_text, pending fleet.count, undelivered fleet.count,
  faults fleet.list not null default '[]', silent_couriers fleet.list not null default '[]',
  -- For how long the residents of this building were notified that visits are kept here.
  keep_days fleet.days not null default 90,
  check ((line = 0) = (seq is null) and (seq is null) = (hash is null))
);

create table fleet.tokens (
  id text primary key check (length(id) >= 16),
  building text references fleet.buildings on delete cascade,  -- none: a manager's
  created_at timestamptz not null default now(), revoked_at timestamptz
);

-- The last head of each day. A copy that its building's administrator can't change.
create table fleet.heads (
  building text not null references fleet.buildings on delete cascade,
  line int not null, day date not null, seq fleet.seq not null, hash fleet.hash not null,
  at timestamptz not null default now(), primary key (building, line, day)
);

create table fleet.visits (
  building text not null references fleet.buildings on delete cascade,
  line int not null, seq fleet.seq not null, hash fleet.hash not null,
  at timestamptz not null check (mod(extract(epoch from at), 60) = 0),  -- to the minute, so that it names no moment
  courier fleet.short_text not null, door fleet.short_text not null,
  result fleet.result not null, reason fleet.reason,
  taken_at timestamptz not null default now(), primary key (building, line, seq),
  unique (building, hash)  -- a log that is back after another line isn't stored twice
);
create index visits_at on fleet.visits (at);

create table fleet.couriers (
  id text primary key check (id ~ '^[a-z0-9_-]{1,64}$'),
  name fleet.short_text not null,
  keys fleet.public_key[] not null check (cardinality(keys) <= 4),
  door_tags fleet.short_text[] not null default '{}'
    check (cardinality(door_tags) <= 32 and array_position(door_tags, null) is null),
  enabled boolean not null default true
);

-- Where a courier's back end reaches a building.
create table fleet.addresses (
  building text not null references fleet.buildings on delete cascade,
  courier text not null references fleet.couriers on delete cascade,
  address fleet.address not null, primary key (building, courier)
);

-- A counter rather than a time: it also counts deletions, and no clock can set it back.
create function fleet.raise_version() returns trigger language plpgsql set search_path = '' as $$
begin
  update fleet.state set couriers_version = couriers_version + 1;
  return null;
end $$;
create trigger version after insert or update or delete or truncate on fleet.couriers
  for each statement execute function fleet.raise_version();

-- Drop what is too old. To be called daily by the owner, through pg_cron or cron.
create function fleet.drop_old() returns void language plpgsql set search_path = '' as $$
begin
  -- The earlier of both times: a building whose clock is ahead keeps nothing longer.
  delete from fleet.visits v using fleet.buildings b
    where b.id = v.building and least(v.at, v.taken_at) < now() - make_interval(days => b.keep_days);
  delete from fleet.heads where at < now() - interval '36 months';
  update fleet.state set dropped_at = now();
end $$;

-- PostgREST calls this before each request: a token is as good as its row, and can be revoked at once.
create function api.check_token() returns void language plpgsql security definer set search_path = '' as $$
declare claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
begin
  if not exists (select from fleet.tokens t where t.id = claims ->> 'token_id' and t.revoked_at is null
      and t.building is not distinct from claims ->> 'building'
      and claims ->> 'role' = case when t.building is null then 'fleet_manager' else 'fleet_building' end) then
    raise sqlstate 'PT401' using message = 'This token is unknown or revoked';
  end if;
end $$;

-- Store what a building says of itself. A field that is missing stays as it was.
create function fleet.store_health(who text, batch jsonb) returns void language plpgsql set search_path = '' as $$
begin
  update fleet.buildings set
    version = coalesce(batch ->> 'version', version),
    pending = coalesce((batch ->> 'pending')::int, pending),
    undelivered = coalesce((batch ->> 'undelivered')::int, undelivered),
    keep_days = coalesce((batch ->> 'keep_days')::int, keep_days),
    -- Read as its type and written again, so that nothing else is stored.
    faults = case when batch ? 'faults' then (select coalesce(jsonb_agg(f), '[]')
      from jsonb_to_recordset(batch -> 'faults') as f(door fleet.short_text, fault fleet.fault)) else faults end,
    silent_couriers = case when batch ? 'silent_couriers' then (select coalesce(jsonb_agg(c::fleet.short_text), '[]')
      from jsonb_array_elements_text(batch -> 'silent_couriers') as c) else silent_couriers end
    where id = who;
  if batch ? 'addresses' then
    delete from fleet.addresses where building = who;
    -- A courier that was deleted here in the meantime has no address.
    insert into fleet.addresses select who, c.id, a.value
      from jsonb_each_text(batch -> 'addresses') as a join fleet.couriers c on c.id = a.key;
  end if;
end $$;

-- Take a report, and return the cursor.
create function fleet.take(who text, batch jsonb) returns jsonb language plpgsql set search_path = '' as $$
declare
  line_seen int := batch ->> 'line';
  head_seq fleet.seq := (batch #>> '{head,seq}')::bigint;
  head_hash fleet.hash := decode(batch #>> '{head,hash}', 'hex');
  known_seq fleet.seq := (batch #>> '{known,seq}')::bigint;
  known_hash fleet.hash := decode(batch #>> '{known,hash}', 'hex');
  visits jsonb := coalesce(nullif(batch -> 'visits', 'null'), '[]');
  forget bigint[] := array(select jsonb_array_elements_text(nullif(batch -> 'forget', 'null'))::bigint);
  b fleet.buildings; differs boolean := false; takes boolean := false;
begin
  -- First what no building sends, whatever is known of its log.
  if jsonb_typeof(batch) is distinct from 'object' then
    raise sqlstate 'PT400' using message = 'A report is an object';
  elsif octet_length(batch::text) > 262144 or jsonb_array_length(visits) > 200 or cardinality(forget) > 200 then
    raise sqlstate 'PT413' using message = 'A report has at most 200 visits, 200 numbers to forget, and 256 kB';
  elsif (head_seq is null) <> (head_hash is null) or (known_seq is null) <> (known_hash is null) then
    raise sqlstate 'PT400' using message = 'A number comes with its hash';
  elsif head_seq is not null and line_seen is null then
    raise sqlstate 'PT400' using message = 'A head comes with its line';
  elsif known_seq > coalesce(head_seq, 0) or line_seen = 0 and known_seq is not null then
    raise sqlstate 'PT400' using message = 'Nothing is known beyond the head, or before the first line';
  elsif exists (select from jsonb_to_recordset(visits) as v(seq bigint)
      where (v.seq > known_seq and v.seq <= head_seq) is not true) then
    raise sqlstate 'PT400' using message = 'Visits are after what is known, and up to the head';
  end if;
  -- Two reports of one building never wait for each other, so that one building can't hold all connections.
  select * into b from fleet.buildings where id = who for no key update skip locked;
  if not found then
    raise sqlstate 'PT503' using message = 'Another report of this building is being taken';
  end if;
  -- A report for another line is late, or was repeated: it says nothing about this one.
  if head_seq is not null and line_seen = b.line then
    differs := b.line > 0 and (known_seq is null or exists (
      select from (select b.seq, b.hash union all
          select h.seq, h.hash from fleet.heads h where h.building = who and h.line = b.line) as k(seq, hash)
        where k.seq = known_seq and k.hash <> known_hash or k.seq = head_seq and k.hash <> head_hash));
    takes := not differs and (b.line = 0 or known_seq = b.seq);
  end if;
  if takes then
    b.line := greatest(b.line, 1);
    b.seq := head_seq; b.hash := head_hash; b.taken_at := now();
    insert into fleet.heads values (who, b.line, (now() at time zone 'UTC')::date, b.seq, b.hash)
      on conflict (building, line, day) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at
      where heads.seq <> excluded.seq;
    insert into fleet.visits
      select who, b.line, v.seq, decode(v.hash, 'hex'), v.at, v.courier, v.door, v.result, v.reason
      from jsonb_to_recordset(visits) as v(seq bigint, hash text, at timestamptz, courier text, door text,
        result text, reason text)
      on conflict do nothing;
  elsif differs and (b.differs_at is null or b.taken_at > b.differs_at) then
    b.differs_at := now(); b.refused_seq := head_seq; b.refused_hash := head_hash;
  end if;
  -- Last, and always: a home that objected is also left out of what came with this report.
  delete from fleet.visits v where v.building = who and v.seq = any (forget);
  update fleet.buildings set line = b.line, seq = b.seq, hash = b.hash, seen_at = now(), taken_at = b.taken_at,
    differs_at = b.differs_at, refused_seq = b.refused_seq, refused_hash = b.refused_hash where id = who;
  if takes or differs then
    perform fleet.store_health(who, batch);
  end if;
  if differs then  -- an answer and no error, which would undo the mark
    perform set_config('response.status', '409', true);
  end if;
  return jsonb_build_object('line', b.line, 'seq', b.seq, 'taken', takes, 'differs', differs,
    'couriers', (select couriers_version from fleet.state));
end $$;

-- A building's report. The answer is never a hash, which a restored log could claim to know: PostgREST passes the
-- details of errors on, such as the row that failed, so errors keep their message alone.
create function api.report(batch jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  return fleet.take(current_setting('request.jwt.claims', true)::jsonb ->> 'building', batch);
exception when data_exception or integrity_constraint_violation then
  raise sqlstate 'PT400' using message = sqlerrm;
end $$;

-- A manager's: go on with a log that differs, from the head that was refused. Nothing before it is sent again.
-- With the cursor's own number and hash, for a log that is the earlier one again, it only ends the mark.
create function api.begin_line(building text, seq bigint, hash text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare b fleet.buildings; given bytea := decode(begin_line.hash, 'hex');
begin
  select * into b from fleet.buildings x where x.id = begin_line.building for no key update;
  if not found then
    raise sqlstate 'PT404' using message = 'There is no such building';
  elsif b.seq = begin_line.seq and b.hash = given then
    null;
  elsif b.refused_seq = begin_line.seq and b.refused_hash = given and coalesce(b.differs_at > b.taken_at, false) then
    b.line := b.line + 1; b.seq := begin_line.seq; b.hash := given;
    insert into fleet.heads values (b.id, b.line, (now() at time zone 'UTC')::date, b.seq, b.hash);
  else
    raise sqlstate 'PT409' using message = 'This is neither the refused head nor the cursor';
  end if;
  update fleet.buildings x set line = b.line, seq = b.seq, hash = b.hash,
    differs_at = null, refused_seq = null, refused_hash = null where x.id = b.id;
  return jsonb_build_object('line', b.line, 'seq', b.seq);
end $$;

-- The only view of buildings. It runs as its owner, so that buildings need no rights in the schema `fleet`.
create view api.couriers as select id, name, keys, door_tags, enabled from fleet.couriers;

-- A name from a building, which no spreadsheet reads as a formula, however it's split: the views are CSV files, too.
create function fleet.plain(name text) returns text language sql immutable set search_path = '' as $$
  select regexp_replace(name, '(^|[;,|])([\s"'']*)([=+@\uff1d\uff0b\uff0d\uff20-])(?=.)', '\1\2''\3', 'g')
$$;

-- The views of managers run with a manager's own rights.
create view api.buildings with (security_invoker) as
  select id, name, line, seq, encode(hash, 'hex') as hash, seen_at, taken_at,
    fleet.plain(version) as version, pending, undelivered,
    jsonb_array_length(faults) as faults, jsonb_array_length(silent_couriers) as silent_couriers,
    differs_at, keep_days from fleet.buildings;
-- A building that only asks for its cursor proves nothing, so it's silent, too. So is the job that drops what is old.
create view api.silent with (security_invoker) as
  select id, name, seen_at, taken_at from fleet.buildings
    where coalesce(taken_at, created_at) < now() - interval '1 hour'
  union all select null, 'fleet.drop_old()', dropped_at, dropped_at from fleet.state
    where dropped_at < now() - interval '2 days';
create view api.undelivered with (security_invoker) as
  select id, name, undelivered, pending, seen_at from fleet.buildings where undelivered > 0;
create view api.faults with (security_invoker) as
  select b.id, b.name, fleet.plain(f.door) as door, f.fault, b.seen_at from fleet.buildings b,
    jsonb_to_recordset(b.faults) as f(door text, fault text);
create view api.silent_couriers with (security_invoker) as
  select b.id, b.name, fleet.plain(c) as courier, b.seen_at from fleet.buildings b,
    jsonb_array_elements_text(b.silent_couriers) as c;
create view api.differs with (security_invoker) as
  select id, name, differs_at, line, refused_seq as seq, encode(refused_hash, 'hex') as hash,
    coalesce(taken_at > differs_at, false) as is_back from fleet.buildings where differs_at is not null;
create view api.heads with (security_invoker) as
  select building, line, day, seq, encode(hash, 'hex') as hash, at from fleet.heads;
create view api.visits with (security_invoker) as
  select v.building, b.name, v.line, v.seq, encode(v.hash, 'hex') as hash, v.at,
    fleet.plain(v.courier) as courier, fleet.plain(v.door) as door, v.result, v.reason
    from fleet.visits v join fleet.buildings b on b.id = v.building;
create view api.addresses with (security_invoker) as
  select a.courier, a.building, b.name, a.address from fleet.addresses a join fleet.buildings b on b.id = a.building;

-- Roles. There is none for requests without a token. Passwords are set by hand (README.md).
create role fleet_building nologin;
create role fleet_reader nologin;                        -- reads the views
create role fleet_manager nologin;                       -- and may begin a line
create role fleet_authenticator login noinherit;         -- PostgREST's
create role fleet_grafana login;
grant fleet_reader to fleet_manager, fleet_grafana;
grant fleet_building, fleet_manager to fleet_authenticator;

do $$ begin execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to fleet_authenticator, fleet_grafana', current_database()); end $$;
revoke all on all functions in schema api, fleet from public;
grant usage on schema api to fleet_building, fleet_reader, fleet_manager;
grant execute on function api.check_token() to fleet_building, fleet_manager;
grant execute on function api.report(jsonb) to fleet_building;
grant execute on function api.begin_line(text, bigint, text) to fleet_manager;
grant select on api.couriers to fleet_building;
grant select on all tables in schema api to fleet_reader;
grant usage on schema fleet to fleet_reader;
grant execute on function fleet.plain(text) to fleet_reader;
grant select on fleet.state, fleet.buildings, fleet.heads, fleet.visits, fleet.addresses to fleet_reader;

alter role fleet_building set statement_timeout = '5s';
alter role fleet_manager set statement_timeout = '30s';
alter role fleet_grafana set statement_timeout = '30s';
alter role fleet_grafana set default_transaction_read_only = on;
