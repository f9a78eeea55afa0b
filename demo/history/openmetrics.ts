/** History into Prometheus: OpenMetrics text, which promtool turns into blocks before the server starts. */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { blockFolder, obtainPrometheus } from '../stores/prometheus';
import { METRICS } from '../telemetry/names';
import { MINUTE, type Column } from './simulation';

const run = promisify(execFile);
const HOUR = 60 * MINUTE;

/**
 * promtool reads a file once for every block it makes of it. Blocks are aligned to this width (one of its own: 2 h × 3ⁿ),
 * so a file a block means that everything is read once, and two processors can share the work.
 */
const BLOCK = 18 * HOUR;

/**
 * promtool asks for 512 MB of disk before it writes a block of 2 MB. Two at once may find too little of it, and the one
 * that waits a moment finds enough.
 */
const persistently = retry(handleAll, { maxAttempts: 5, backoff: new ExponentialBackoff({ initialDelay: 1_000 }) });

const HELP = new Map(Object.values(METRICS).map(({ name, help }) => [name.replace(/_total$/, ''), help]));

const escape = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function labelText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escape(value)}"`)
    .join(',');
}

/**
 * OpenMetrics text of the part of the columns inside `[from, to)` (epoch ms), families together as the format asks, in
 * pieces of one series each.
 */
export function* writeOpenMetrics(columns: Column[], from: number, to: number): Generator<string> {
  const families = [...new Map(columns.map(({ family, type }) => [family, type]))];
  for (const [family, type] of families) {
    const members = columns.filter((column) => column.family === family);
    yield `# HELP ${family} ${HELP.get(family) ?? ''}\n# TYPE ${family} ${type}\n`;
    for (const { name, labels, from: begin, values, everyMinutes = 1 } of members) {
      const step = everyMinutes * MINUTE;
      const first = Math.max(0, Math.ceil((from - begin) / step));
      const end = Math.min(values.length, Math.ceil((to - begin) / step));
      const series = `${name}{${labelText(labels)}} `;
      let text = '';
      for (let index = first; index < end; index++) {
        text += `${series}${values[index] ?? 'NaN'} ${(begin + index * step) / 1000}\n`;
      }
      yield text;
    }
  }
  yield '# EOF\n';
}

async function writeFileOf(pieces: Iterable<string>, path: string): Promise<void> {
  const file = createWriteStream(path);
  for (const piece of pieces) {
    if (!file.write(piece)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/** Starts of the blocks that hold the columns, oldest first. */
function blockStarts(columns: Column[]): number[] {
  const begin = Math.min(...columns.map(({ from }) => from));
  const end = Math.max(
    ...columns.map(({ from, values, everyMinutes = 1 }) => from + values.length * everyMinutes * MINUTE),
  );
  const starts: number[] = [];
  for (let from = Math.floor(begin / BLOCK) * BLOCK; from < end; from += BLOCK) starts.push(from);
  return starts;
}

const fileOf = (folder: string, from: number): string => join(folder, `history-${from}.om`);

/** Writes the columns as files, one a block, for a promtool elsewhere to make blocks of. */
export async function writeHistoryFiles(columns: Column[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const from of blockStarts(columns)) {
    await writeFileOf(writeOpenMetrics(columns, from, from + BLOCK), fileOf(folder, from));
  }
}

/**
 * Writes the columns as blocks into a Prometheus data folder whose server is not running yet.
 *
 * @throws MissingStoreError when promtool is neither here nor to be had.
 */
export async function backfillPrometheus(columns: Column[], dataDir: string, signal?: AbortSignal): Promise<void> {
  const { promtool } = await obtainPrometheus();
  const blocks = blockFolder(dataDir);
  await mkdir(blocks, { recursive: true });
  const starts = blockStarts(columns);
  const build = async (): Promise<void> => {
    for (let from = starts.shift(); from !== undefined; from = starts.shift()) {
      signal?.throwIfAborted();
      const path = fileOf(dataDir, from);
      await writeFileOf(writeOpenMetrics(columns, from, from + BLOCK), path);
      const limits = [`--max-block-duration=${BLOCK / HOUR}h`, '--quiet'];
      const args = ['tsdb', 'create-blocks-from', 'openmetrics', ...limits, path, blocks];
      await persistently.execute(() => run(promtool, args, { signal }), signal);
      await rm(path);
    }
  };
  // Settled, not raced: the folder is free for removal only when nothing writes into it any more.
  const outcomes = await Promise.allSettled([build(), build()]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
