-- The role the data source connects as: it reads the named tables and nothing else, and cannot hold a query for long.
-- The password is filled in when the role is made.

CREATE ROLE uplift_reader LOGIN PASSWORD {{password}}
  NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT CONNECTION LIMIT 20;
ALTER ROLE uplift_reader SET default_transaction_read_only = on;
ALTER ROLE uplift_reader SET statement_timeout = '15s';
ALTER ROLE uplift_reader SET lock_timeout = '2s';
ALTER ROLE uplift_reader SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE uplift_reader SET search_path = public;
ALTER ROLE uplift_reader SET jit = off;
REVOKE TEMPORARY ON DATABASE mlflow FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE mlflow TO uplift_reader;
GRANT USAGE ON SCHEMA public TO uplift_reader;
GRANT SELECT ON
  alembic_version, workspaces, experiments, experiment_tags, runs, metrics, latest_metrics, params, tags,
  registered_models, registered_model_tags, registered_model_aliases, model_versions, model_version_tags
TO uplift_reader;
