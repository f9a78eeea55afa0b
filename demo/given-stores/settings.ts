/** The demo's traffic for stores that somebody else runs: where they are, from the environment (docker-compose.yml sets it). */
import { z } from 'zod';

const settingsSchema = z.object({
  /** Connection string of MLflow's PostgreSQL, as a user that may write. */
  DEMO_MLFLOW_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  INFLUX_URL: z.url({ protocol: /^https?$/ }),
  /** Database of InfluxDB 1, or what a DBRP mapping of InfluxDB 2 calls the bucket. */
  INFLUX_DATABASE: z.string().min(1),
  /** Takes writes over the endpoint of InfluxDB 1, which 2 has, too. */
  DEMO_INFLUX_USER: z.string().min(1),
  DEMO_INFLUX_PASSWORD: z.string().min(1),
  /** The name by which Prometheus reaches this process. */
  DEMO_HOST: z.string().min(1).default('demo'),
  /** A folder that lasts: what has been written is not written again. */
  DEMO_STATE: z.string().min(1),
  /** Folders shared with Prometheus and Grafana. */
  DEMO_HISTORY: z.string().min(1),
  DEMO_TARGETS: z.string().min(1),
  DEMO_ALERTING: z.string().min(1),
  DEMO_GRAFANA_URL: z.url().default('http://localhost:3000'),
});
export type GivenStores = z.infer<typeof settingsSchema>;

/** @throws Error naming every variable at fault */
export function readGivenStores(environment: Readonly<Record<string, string | undefined>>): GivenStores {
  const parsed = settingsSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The demo's traffic needs stores, named in the environment. ${faults.join('; ')}`);
}
