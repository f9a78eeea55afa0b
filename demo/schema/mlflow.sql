-- The tables of MLflow's tracking store and model registry that the demo fills, in the shape MLflow 3.17 gives them:
-- names, types, keys and the indexes that queries lean on. Written for the demo; a real MLflow server makes its own.

CREATE TABLE alembic_version (
  version_num varchar(32) PRIMARY KEY
);

CREATE TABLE workspaces (
  name varchar(63) PRIMARY KEY,
  description text
);

CREATE TABLE experiments (
  experiment_id serial PRIMARY KEY,
  name varchar(256) NOT NULL,
  artifact_location varchar(256),
  lifecycle_stage varchar(32) CHECK (lifecycle_stage IN ('active', 'deleted')),
  creation_time bigint,
  last_update_time bigint,
  workspace varchar(63) NOT NULL DEFAULT 'default',
  UNIQUE (workspace, name)
);

CREATE TABLE experiment_tags (
  key varchar(250),
  value text,
  experiment_id integer REFERENCES experiments,
  PRIMARY KEY (key, experiment_id)
);

CREATE TABLE runs (
  run_uuid varchar(32) PRIMARY KEY,
  name varchar(250),
  source_type varchar(20) CHECK (source_type IN ('NOTEBOOK', 'JOB', 'LOCAL', 'UNKNOWN', 'PROJECT')),
  source_name varchar(500),
  entry_point_name varchar(50),
  user_id varchar(256),
  status varchar(9) CHECK (status IN ('SCHEDULED', 'FAILED', 'FINISHED', 'RUNNING', 'KILLED')),
  start_time bigint,
  end_time bigint,
  source_version varchar(50),
  lifecycle_stage varchar(20) CHECK (lifecycle_stage IN ('active', 'deleted')),
  artifact_uri varchar(200),
  experiment_id integer REFERENCES experiments,
  deleted_time bigint
);

CREATE TABLE metrics (
  key varchar(250) NOT NULL,
  value double precision NOT NULL,
  "timestamp" bigint NOT NULL,
  run_uuid varchar(32) NOT NULL REFERENCES runs,
  step bigint NOT NULL DEFAULT 0,
  is_nan boolean NOT NULL DEFAULT false,
  PRIMARY KEY (key, "timestamp", step, run_uuid, value, is_nan)
);
CREATE INDEX index_metrics_run_uuid ON metrics (run_uuid);
CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, key, step);

CREATE TABLE latest_metrics (
  key varchar(250) NOT NULL,
  value double precision NOT NULL,
  "timestamp" bigint,
  step bigint NOT NULL,
  is_nan boolean NOT NULL,
  run_uuid varchar(32) NOT NULL REFERENCES runs,
  PRIMARY KEY (key, run_uuid)
);
CREATE INDEX index_latest_metrics_run_uuid ON latest_metrics (run_uuid);

CREATE TABLE params (
  key varchar(250) NOT NULL,
  value varchar(8000) NOT NULL,
  run_uuid varchar(32) NOT NULL REFERENCES runs,
  PRIMARY KEY (key, run_uuid)
);
CREATE INDEX index_params_run_uuid ON params (run_uuid);

CREATE TABLE tags (
  key varchar(250) NOT NULL,
  value varchar(8000),
  run_uuid varchar(32) NOT NULL REFERENCES runs,
  PRIMARY KEY (key, run_uuid)
);
CREATE INDEX index_tags_run_uuid ON tags (run_uuid);

CREATE TABLE registered_models (
  name varchar(256) NOT NULL,
  creation_time bigint,
  last_updated_time bigint,
  description varchar(5000),
  workspace varchar(63) NOT NULL DEFAULT 'default',
  PRIMARY KEY (workspace, name)
);

CREATE TABLE registered_model_tags (
  key varchar(250) NOT NULL,
  value varchar(5000),
  name varchar(256) NOT NULL,
  workspace varchar(63) NOT NULL DEFAULT 'default',
  PRIMARY KEY (workspace, key, name),
  FOREIGN KEY (workspace, name) REFERENCES registered_models ON UPDATE CASCADE
);

CREATE TABLE registered_model_aliases (
  alias varchar(256) NOT NULL,
  version integer NOT NULL,
  name varchar(256) NOT NULL,
  workspace varchar(63) NOT NULL DEFAULT 'default',
  PRIMARY KEY (workspace, name, alias),
  FOREIGN KEY (workspace, name) REFERENCES registered_models ON UPDATE CASCADE ON DELETE CASCADE
);

CREATE TABLE model_versions (
  name varchar(256) NOT NULL,
  version integer NOT NULL,
  creation_time bigint,
  last_updated_time bigint,
  description varchar(5000),
  user_id varchar(256),
  current_stage varchar(20),
  source varchar(500),
  run_id varchar(32),
  status varchar(20),
  status_message varchar(500),
  run_link varchar(500),
  storage_location varchar(500),
  workspace varchar(63) NOT NULL DEFAULT 'default',
  PRIMARY KEY (workspace, name, version),
  FOREIGN KEY (workspace, name) REFERENCES registered_models ON UPDATE CASCADE
);

CREATE TABLE model_version_tags (
  key varchar(250) NOT NULL,
  value text,
  name varchar(256) NOT NULL,
  version integer NOT NULL,
  workspace varchar(63) NOT NULL DEFAULT 'default',
  PRIMARY KEY (workspace, key, name, version),
  FOREIGN KEY (workspace, name, version) REFERENCES model_versions ON UPDATE CASCADE
);

INSERT INTO alembic_version VALUES ('demo');
INSERT INTO workspaces VALUES ('default', 'Default workspace');
