/** The server's version from `/health`; null where it tells none. */
import { z } from 'zod';
import type { HttpReply } from '../../http/exchange';

const healthSchema = z.object({ version: z.string() });

export function readVersion({ body, headers }: HttpReply): string | null {
  const own = headers['x-influxdb-version'] ?? null;
  try {
    const health = healthSchema.safeParse(JSON.parse(body));
    return health.success ? health.data.version : own;
  } catch {
    // A proxy may keep /health to itself: the version is nice to know, no more.
    return own;
  }
}
