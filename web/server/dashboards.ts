/** The provisioned dashboards, read from their folder at each request so that an edited one shows at once. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DashboardListing } from '../wire';

const panelSchema = z.looseObject({ type: z.string(), gridPos: z.looseObject({ y: z.number() }) });
const dashboardSchema = z.looseObject({
  uid: z.string(),
  title: z.string(),
  description: z.string().default(''),
  // The page says what is wrong with a panel; a list of dashboards does without.
  panels: z.array(panelSchema).catch([]),
});
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

const findDashboard = async (folder: string, uid: string): Promise<ProvisionedDashboard | undefined> =>
  (await readDashboards(folder)).find((candidate) => candidate.uid === uid);

/** Plugin ids of the panels at the top of a dashboard, which the page draws first. @throws as `readDashboards` */
export async function firstPanels(folder: string, uid: string): Promise<string[]> {
  const { panels = [] } = (await findDashboard(folder, uid)) ?? {};
  const top = Math.min(...panels.map(({ gridPos }) => gridPos.y));
  return panels.filter(({ gridPos }) => gridPos.y === top).map(({ type }) => type);
}

export function registerDashboards(app: FastifyInstance, folder: string): void {
  app.get('/api/search', async (): Promise<DashboardListing[]> =>
    (await readDashboards(folder)).map(({ uid, title, description }) => ({ uid, title, description })),
  );

  app.get('/api/dashboards/uid/:uid', async (request, reply) => {
    const { uid } = z.object({ uid: z.string() }).parse(request.params);
    const dashboard = await findDashboard(folder, uid);
    return dashboard === undefined
      ? reply.code(404).send({ message: `There is no dashboard “${uid}” here.` })
      : { dashboard, meta: { slug: uid, canEdit: false, canSave: false } };
  });
}
