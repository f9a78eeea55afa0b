/** The demo's settings as somebody would write them into `.env`, and its definitions as files. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Demo } from '../../demo/demo';

/** Writes the definitions into `folder`; returns the variables. */
export async function writeSettings(
  { settings: { jsonData, secrets } }: Demo,
  folder: string,
): Promise<Record<string, string | number>> {
  const { mlflow, prometheus, influx, experiments = [] } = jsonData;
  await mkdir(folder, { recursive: true });
  for (const definition of experiments) {
    await writeFile(path.join(folder, `${definition.id}.yaml`), JSON.stringify(definition));
  }
  return {
    MLFLOW_DB_HOST: mlflow?.host ?? '',
    MLFLOW_DB_PORT: mlflow?.port ?? '',
    MLFLOW_DB_USER: mlflow?.user ?? '',
    MLFLOW_DB_PASSWORD: secrets.mlflowPassword,
    PROMETHEUS_URL: prometheus?.url ?? '',
    INFLUX_URL: influx?.url ?? '',
    INFLUX_DATABASE: influx?.database ?? '',
    INFLUX_USER: influx?.user ?? '',
    INFLUX_PASSWORD: secrets.influxPassword,
    UPLIFT_EXPERIMENTS: folder,
  };
}
