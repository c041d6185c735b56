-- A role for sloreport: it logs in, reads the views of one schema, and can do nothing else.
--
-- Run it with psql as a superuser, or as the owner of the database with CREATEROLE:
--
--   psql -d app -f sloreport-role.sql
--   psql -d app -v role=reports -v schema=reporting -f sloreport-role.sql
--
-- It can be run again: it then revokes whatever the role should not have. Variables:
--
--   database       the database to connect to first; else the one psql is connected to
--   role           `sloreport`; a role of that name that this script did not make is not changed
--   schema         `sloreport`; holds the views that the role may read
--   revoke_public  `on` revokes from PUBLIC, that is from all roles, what would let this one write (see below)
--
-- The role has no password yet: give it one with `\password sloreport`, and put it into ~/.pgpass (mode 0600) of the user who
-- runs sloreport. Let it in by pg_hba.conf to this database only, with `hostssl` and `scram-sha-256`.

\set ON_ERROR_STOP on
\if :{?database}
  \connect :"database"
\endif
\if :{?role}
\else
  \set role sloreport
\endif
\if :{?schema}
\else
  \set schema sloreport
\endif
\if :{?revoke_public}
\else
  \set revoke_public off
\endif

BEGIN;
SET LOCAL client_min_messages = warning;
SELECT set_config('sloreport.role', :'role', true), set_config('sloreport.schema', :'schema', true) \g /dev/null

-- 1. The role ------------------------------------------------------------------------------------

DO $$
DECLARE
  name text := current_setting('sloreport.role');
  mark text := 'Reads the views of sloreport; made by sloreport-role.sql';
  existing oid := to_regrole(quote_ident(name));
  granted text;
BEGIN
  IF existing IS NULL THEN
    EXECUTE format('CREATE ROLE %I', name);
    EXECUTE format('COMMENT ON ROLE %I IS %L', name, mark);
  ELSIF shobj_description(existing, 'pg_authid') IS DISTINCT FROM mark THEN
    RAISE EXCEPTION 'The role "%" exists and was not made by this script: choose another name.', name;
  ELSIF EXISTS (SELECT FROM pg_shdepend WHERE refobjid = existing AND deptype = 'o') THEN
    RAISE EXCEPTION 'The role "%" owns objects: give them to another role first (REASSIGN OWNED).', name;
  ELSE
    -- Whatever was granted to it in this database, and its memberships; it owns nothing that could be dropped. Only a member
    -- may do that.
    IF NOT pg_has_role(existing, 'USAGE') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
      EXECUTE format('DROP OWNED BY %I', name);
      EXECUTE format('REVOKE %I FROM CURRENT_USER', name);
    ELSE
      EXECUTE format('DROP OWNED BY %I', name);
    END IF;
    FOR granted IN SELECT roleid::regrole::text FROM pg_auth_members WHERE member = existing LOOP
      EXECUTE format('REVOKE %s FROM %I', granted, name);
    END LOOP;
  END IF;
  -- Only a superuser may name SUPERUSER, REPLICATION and BYPASSRLS at all; a new role has none of them.
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('ALTER ROLE %I NOSUPERUSER NOREPLICATION NOBYPASSRLS', name);
  ELSIF (SELECT rolsuper OR rolreplication OR rolbypassrls FROM pg_roles WHERE rolname = name) THEN
    RAISE EXCEPTION 'The role "%" has SUPERUSER, REPLICATION or BYPASSRLS: a superuser must run this script.', name;
  END IF;
  EXECUTE format('ALTER ROLE %I LOGIN NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT 2', name);
END $$;

-- 2. Limits, wherever it logs in -----------------------------------------------------------------
-- sloreport sets limits of its own in every transaction. These apply to anybody else with the password, unless they change
-- them: the role itself can change most. What protects the database are rights, not these limits.

ALTER ROLE :"role" SET default_transaction_read_only = on;
ALTER ROLE :"role" SET statement_timeout = '10s';
ALTER ROLE :"role" SET lock_timeout = '1s';
ALTER ROLE :"role" SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE :"role" SET max_parallel_workers_per_gather = 0;
ALTER ROLE :"role" SET search_path = :"schema";

SELECT rolsuper AS is_superuser FROM pg_roles WHERE rolname = current_user \gset
\if :is_superuser
  ALTER ROLE :"role" SET temp_file_limit = '256MB';
\else
  \warn 'temp_file_limit was not set: only a superuser may (ALTER ROLE … SET temp_file_limit = \'256MB\').'
\endif

-- 3. One schema of views -------------------------------------------------------------------------
-- The role needs no right on the tables: a view reads them with the rights of its owner. A view shows the columns that an SLO
-- needs and no other (no names, no addresses); `security_barrier` keeps a query from looking past its conditions.
--
--   CREATE VIEW sloreport.orders WITH (security_barrier) AS
--     SELECT created_at AS at, status = 'done' AS ok FROM public.orders;

CREATE SCHEMA IF NOT EXISTS :"schema";
REVOKE ALL ON SCHEMA :"schema" FROM PUBLIC;
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"role";
-- Views that the owner of this schema adds later.
ALTER DEFAULT PRIVILEGES IN SCHEMA :"schema" GRANT SELECT ON TABLES TO :"role";

-- 4. What every role has through PUBLIC ----------------------------------------------------------
-- Rights of PUBLIC cannot be taken from one role, only from all, and other programs may need them: therefore this is done
-- only with `-v revoke_public=on`. Grant them back to the roles that need them.
--
--   CREATE on the schema public   the default before Postgres 15: any role may create tables there. sloreport refuses a
--                                 role that may create anything.
--   TEMPORARY on the database     any role may fill the disk with temporary tables.
--   lo_create and similar         any role may store large objects.
--   EXECUTE on functions          any role may execute a new function. One with SECURITY DEFINER runs with the rights of its
--                                 owner, and can write for whoever calls it: sloreport refuses a role that may execute one
--                                 whose owner may write, except those of extensions.
--
-- What every role that may log in can still do, with little harm: sleeping, advisory locks, NOTIFY, reading the catalog.

\if :revoke_public
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  SELECT current_database() AS database \gset
  REVOKE TEMPORARY ON DATABASE :"database" FROM PUBLIC;
  SELECT format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', p.oid::regprocedure)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
      AND has_schema_privilege(:'role', n.oid, 'USAGE') AND has_function_privilege('public', p.oid, 'EXECUTE')
      AND pg_has_role(p.proowner, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e') \gexec
  \if :is_superuser
    REVOKE EXECUTE ON FUNCTION
      pg_catalog.lo_create(oid), pg_catalog.lo_creat(integer), pg_catalog.lo_from_bytea(oid, bytea)
      FROM PUBLIC;
  \endif
\endif

DO $$
DECLARE
  name text := current_setting('sloreport.role');
  place text;
BEGIN
  SET LOCAL client_min_messages = warning;
  FOR place IN
    SELECT nspname FROM pg_namespace
    WHERE nspname !~ '^pg_' AND has_schema_privilege(name, oid, 'CREATE')
  LOOP
    RAISE WARNING 'The role "%" may create objects in the schema "%", as any role may: sloreport will refuse it.', name, place
      USING HINT = 'Run this script with -v revoke_public=on, or REVOKE CREATE ON SCHEMA … FROM PUBLIC.';
  END LOOP;
  FOR place IN
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
      AND has_schema_privilege(name, n.oid, 'USAGE') AND has_function_privilege(name, p.oid, 'EXECUTE')
      AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  LOOP
    RAISE WARNING 'The role "%" may execute the function % with the rights of its owner: where that one may write, sloreport will refuse it.', name, place
      USING HINT = format('Run this script with -v revoke_public=on as the owner, or REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC.', place);
  END LOOP;
END $$;

COMMIT;

-- A choice, not a default: the sizes of all databases and tables are seen by a role that is granted pg_monitor. It also sees
-- the text of other people's running statements.
