/** Asks what the first visitor will ask before there is one: days of history then lie in the backend's memory. */
import type { FastifyBaseLogger } from 'fastify';
import type { Backend } from './backend';
import type { DataSources } from './dataSources';

const TIMEOUT_MS = 60_000;
const DAY_MS = 86_400_000;

/** Asks each data source for its experiments. A store that does not answer is told to whoever asks next, not here. */
export async function warmUp(backend: Backend, dataSources: DataSources, log: FastifyBaseLogger): Promise<void> {
  const to = Date.now();
  const range = { from: to - DAY_MS, to };
  const json = { refId: 'A', queryType: 'overview', format: 'table' };
  const queries = [{ refId: 'A', json, queryType: 'overview', range }];
  const asked = dataSources.list.map(async ({ uid }) => {
    const settings = dataSources.settingsOf(uid);
    if (settings !== undefined) {
      await backend.call((client) => client.queryData({ settings, headers: {}, queries }, { timeoutMs: TIMEOUT_MS }));
    }
  });
  for (const one of await Promise.allSettled(asked)) {
    if (one.status === 'rejected') {
      log.debug({ err: one.reason }, 'a data source could not be asked ahead');
    }
  }
}
