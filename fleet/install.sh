#!/bin/sh
# Makes the database `fleet`, its owner, and its roles. The PostgreSQL image runs this once, at its first start.
# Elsewhere, run it with the PG… variables of an administrator who may make roles and databases (README.md).
set -eu
folder=${FLEET_FOLDER:-$(dirname "$0")}
as_admin() { psql -qX -v ON_ERROR_STOP=1 -d "${PGDATABASE:-postgres}" "$@"; }
as_owner() { PGUSER=fleet_owner PGPASSWORD=$FLEET_OWNER_PASSWORD psql -qX -v ON_ERROR_STOP=1 -d fleet "$@"; }

as_admin -v password="$FLEET_OWNER_PASSWORD" <<'END'
create role fleet_owner login createrole password :'password';
-- Only a member of a role can give it a database.
grant fleet_owner to current_user;
create database fleet owner fleet_owner;
END
as_owner --single-transaction -f "$folder/schema.sql"
as_owner -v postgrest="$FLEET_POSTGREST_PASSWORD" -v grafana="$FLEET_GRAFANA_PASSWORD" <<'END'
alter role fleet_authenticator password :'postgrest';
alter role fleet_grafana password :'grafana';
END
# It needs no other roles.
as_admin -c 'alter role fleet_owner nocreaterole'
