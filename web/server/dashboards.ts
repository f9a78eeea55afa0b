/** The provisioned dashboards, read from their folder at each request so that an edited one shows at once. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DashboardListing } from '../wire';

const dashboardSchema = z.looseObject({ uid: z.string(), title: z.string(), description: z.string().default('') });
type ProvisionedDashboard = z.infer<typeof dashboardSchema>;

/** The one the page opens with. */
export const HOME_UID = 'uplift-live-ab';

const byHomeThenTitle = (a: ProvisionedDashboard, b: ProvisionedDashboard): number =>
  Number(b.uid === HOME_UID) - Number(a.uid === HOME_UID) || a.title.localeCompare(b.title);

/** @throws Error naming the file that is not a dashboard */
async function readDashboards(folder: string): Promise<ProvisionedDashboard[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const dashboards = await Promise.all(
    files.map(async (file) => {
      try {
        return dashboardSchema.parse(JSON.parse(await readFile(path.join(folder, file), 'utf8')));
      } catch (cause) {
        throw new Error(`${file} is not a dashboard`, { cause });
      }
    }),
  );
  return dashboards.sort(byHomeThenTitle);
}

export function registerDashboards(app: FastifyInstance, folder: string): void {
  app.get('/api/search', async (): Promise<DashboardListing[]> =>
    (await readDashboards(folder)).map(({ uid, title, description }) => ({ uid, title, description })),
  );

  app.get('/api/dashboards/uid/:uid', async (request, reply) => {
    const { uid } = z.object({ uid: z.string() }).parse(request.params);
    const dashboard = (await readDashboards(folder)).find((candidate) => candidate.uid === uid);
    return dashboard === undefined
      ? reply.code(404).send({ message: `There is no dashboard “${uid}” here.` })
      : { dashboard, meta: { slug: uid, canEdit: false, canSave: false } };
  });
}
