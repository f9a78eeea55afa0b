/** The executable: how soon it is ready, what it weighs, and what it adds to the stores' own time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDemo } from '../../demo/demo';
import { PROJECT } from '../../demo/stores/project';
import { PluginClient } from '../../pkg/sdk/client';
import { backendExecutable } from '../../web/server/plugins';
import { startBackend } from '../integration/queries/backend';
import type { Figure } from './figure';
import { median, timeRuns } from './figure';

const EXPERIMENT = { queryType: 'experiment', experiment: 'checkout-ranking' };

export async function benchBackend(): Promise<Figure[]> {
  const executable = backendExecutable(join(PROJECT, 'dist'));
  const handshakes = await timeRuns(10, async () => {
    const client = await PluginClient.start({ executable });
    await client.stop();
  });
  const starts: number[] = [];
  for (let i = 0; i < 10; i++) {
    const began = performance.now();
    const client = await PluginClient.start({ executable });
    starts.push(performance.now() - began);
    await client.stop();
  }
  const idle = await PluginClient.start({ executable });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const rss = residentMegabytes(idle.pid);
  await idle.stop();

  const demo = await startDemo();
  const backend = await startBackend(demo);
  try {
    const [cold = NaN] = await timeRuns(1, () => backend.ask(EXPERIMENT));
    const fresh = await timeRuns(40, () => backend.ask(EXPERIMENT, { 'X-Cache-Skip': 'true' }));
    const first = await timeRuns(50, () => backend.askForBytes(EXPERIMENT));
    // A dashboard that refreshes is served by compiled code soon after the start.
    await timeRuns(350, () => backend.askForBytes(EXPERIMENT));
    const kept = await timeRuns(400, () => backend.askForBytes(EXPERIMENT));
    const decoded = await timeRuns(400, () => backend.ask(EXPERIMENT));
    return [
      { what: 'handshake, median of 10', value: median(starts), unit: 'ms', goal: { atMost: 200 } },
      { what: 'start and graceful stop, median of 10', value: median(handshakes), unit: 'ms' },
      { what: 'idle resident memory', value: rss, unit: 'MB', goal: { atMost: 100 } },
      { what: 'experiment, first time: 15 days from the stores', value: cold, unit: 'ms' },
      { what: 'experiment, newest chunk asked of the stores, median of 40', value: median(fresh), unit: 'ms' },
      { what: 'experiment, stores’ answers kept: what we add, first 50', value: median(first), unit: 'ms' },
      {
        what: 'experiment, stores’ answers kept: what we add, next 400',
        value: median(kept),
        unit: 'ms',
        goal: { atMost: 5 },
      },
      { what: 'the same, its frames read by our client, as the page does', value: median(decoded), unit: 'ms' },
    ];
  } finally {
    await backend.stop();
    await demo.stop();
  }
}

/** Resident set of a process, from /proc. */
function residentMegabytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) / 1024;
}
