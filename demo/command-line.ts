/** The demo's settings for the `uplift` command: a `.env` and the definitions as files, as a user would write them. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Demo } from './demo';

/**
 * Writes both into a folder.
 * @returns the path of the `.env`, which only this user may read: it holds passwords
 */
export async function writeCommandLineSettings(
  { settings: { jsonData, secrets } }: Pick<Demo, 'settings'>,
  folder: string,
): Promise<string> {
  const { mlflow, prometheus, influx, experiments = [], fallback } = jsonData;
  const definitions = path.join(folder, 'experiments');
  await mkdir(definitions, { recursive: true });
  for (const definition of experiments) {
    // JSON is YAML too.
    await writeFile(path.join(definitions, `${definition.id}.yaml`), `${JSON.stringify(definition, null, 2)}\n`);
  }
  const variables = {
    MLFLOW_DB_HOST: mlflow?.host,
    MLFLOW_DB_PORT: mlflow?.port,
    MLFLOW_DB_NAME: mlflow?.database,
    MLFLOW_DB_USER: mlflow?.user,
    MLFLOW_DB_PASSWORD: secrets.mlflowPassword,
    MLFLOW_DB_SSL: mlflow?.ssl,
    PROMETHEUS_URL: prometheus?.url,
    INFLUX_URL: influx?.url,
    INFLUX_DATABASE: influx?.database,
    INFLUX_USER: influx?.user,
    INFLUX_PASSWORD: secrets.influxPassword,
    UPLIFT_ALLOW_SIMULATED: fallback?.allowSimulated,
    UPLIFT_EXPERIMENTS: definitions,
  };
  const file = path.join(folder, 'settings.env');
  const lines = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${value}"`],
  );
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}
