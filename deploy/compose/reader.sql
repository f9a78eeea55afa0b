-- The role the data source connects as: it reads the named tables and nothing else, and cannot hold a query for long. Run on
-- every start, after MLflow has made or migrated its tables; psql is given reader and password.
\set ON_ERROR_STOP on

SELECT format('CREATE ROLE %I LOGIN', :'reader')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'reader') \gexec
ALTER ROLE :"reader" WITH PASSWORD :'password'
  NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT CONNECTION LIMIT 20;
ALTER ROLE :"reader" SET default_transaction_read_only = on;
ALTER ROLE :"reader" SET statement_timeout = '15s';
ALTER ROLE :"reader" SET lock_timeout = '2s';
ALTER ROLE :"reader" SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE :"reader" SET search_path = public;
ALTER ROLE :"reader" SET jit = off;
SELECT format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), :'reader') \gexec
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"reader";
-- Older MLflows have fewer of these tables.
SELECT format('GRANT SELECT ON %I TO %I', name, :'reader')
FROM unnest(ARRAY[
  'alembic_version', 'workspaces', 'experiments', 'experiment_tags', 'runs', 'metrics', 'latest_metrics', 'params', 'tags',
  'registered_models', 'registered_model_tags', 'registered_model_aliases', 'model_versions', 'model_version_tags'
]) AS name
WHERE to_regclass(format('public.%I', name)) IS NOT NULL \gexec
