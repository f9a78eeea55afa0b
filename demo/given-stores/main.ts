/** `npm run demo:traffic`: the traffic without stores of its own; SIGTERM ends it. */
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readGivenStores } from './settings';
import { startTraffic } from './traffic';

/** Its presence tells a health check that the past is written and the servers answer. */
const READY = 'ready';

const stores = readGivenStores(process.env);
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());
await rm(join(stores.DEMO_STATE, READY), { force: true });
const traffic = await startTraffic(stores, (line) => console.log(line));
await writeFile(join(stores.DEMO_STATE, READY), '');
console.log(`answering for ${traffic.scenario.experiments.map(({ id }) => id).join(', ')}`);
if (!ending.signal.aborted) await once(ending.signal, 'abort');
await traffic.stop();
process.exit();
