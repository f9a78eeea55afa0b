/**
 * `/api/datasources/uid/:uid`: a data source's settings, read and changed as in Grafana's API. For a page that shows the
 * demo, on loopback only (`startPage` sees to it): what is changed lives as long as the page and is written nowhere.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { EditableDataSource } from '../wire';
import type { DataSources } from './dataSources';
import { DATA_SOURCE_TYPE } from './plugins';

const paramsSchema = z.object({ uid: z.string() });
const changeSchema = z.object({
  jsonData: z.record(z.string(), z.unknown()),
  /** Secrets that were typed; the others stay as they are. An empty one is forgotten. */
  secureJsonData: z.record(z.string(), z.string()).default({}),
});

export function registerConnections(app: FastifyInstance, dataSources: DataSources): void {
  const read = (uid: string): EditableDataSource | null => {
    const settings = dataSources.settingsOf(uid);
    if (settings === undefined) {
      return null;
    }
    const { id, name, jsonData, secrets, updatedMs } = settings;
    return {
      id,
      uid,
      name,
      type: DATA_SOURCE_TYPE,
      version: updatedMs,
      jsonData: z.record(z.string(), z.unknown()).parse(jsonData),
      secureJsonFields: Object.fromEntries(Object.keys(secrets).map((secret) => [secret, true])),
    };
  };
  const missing = (uid: string) => ({
    message: `There is no data source “${uid}” here; there is ${dataSources.uids}.`,
  });

  app.get('/api/datasources/uid/:uid', (request, reply) => {
    const { uid } = paramsSchema.parse(request.params);
    return read(uid) ?? reply.code(404).send(missing(uid));
  });

  app.put('/api/datasources/uid/:uid', (request, reply) => {
    const { uid } = paramsSchema.parse(request.params);
    const change = changeSchema.safeParse(request.body);
    if (!change.success) {
      const [issue] = change.error.issues;
      return reply.code(400).send({ message: `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'not valid'}` });
    }
    const { jsonData, secureJsonData } = change.data;
    dataSources.update(uid, jsonData, secureJsonData, Date.now());
    return read(uid) ?? reply.code(404).send(missing(uid));
  });
}
