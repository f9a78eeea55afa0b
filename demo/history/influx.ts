/** History into InfluxDB: scoring a minute each, drift and alerts every ten minutes. */
import type { SeededExperiment } from '../scenario';
import { versionAt } from '../scenario';
import type { RunningInflux } from '../stores/influx';
import { measureDrift } from '../telemetry/drift';
import type { BinPoint } from '../telemetry/bins';
import { binLines, driftLines, scoringLine } from '../telemetry/line-protocol';
import type { ScoringPoint } from '../telemetry/scoring';
import { deriveSeed, seedRandom } from '../traffic/random';
import { MINUTE } from './simulation';

/** What takes line protocol. */
export type LineWriter = Pick<RunningInflux, 'write'>;

const DRIFT_EVERY = 10 * MINUTE;
/** Lines a request; InfluxDB advises 5,000 to 10,000. */
const BATCH = 8_000;

export function* driftHistory(experiment: SeededExperiment, seed: number, until: number): Generator<string> {
  const random = seedRandom(deriveSeed(seed, `${experiment.id} drift`));
  for (let instant = experiment.firstRequest + DRIFT_EVERY; instant <= until; instant += DRIFT_EVERY) {
    for (const variant of experiment.variants) {
      const readings = measureDrift(experiment, instant, random);
      yield* driftLines(experiment, variant, versionAt(variant, instant), readings, instant);
    }
  }
}

/** Writes scoring points; a later call may add what happened meanwhile. */
export async function writeScoring(influx: LineWriter, points: readonly ScoringPoint[]): Promise<void> {
  await writeLines(influx, points.map(scoringLine));
}

export async function writeBins(influx: LineWriter, points: readonly BinPoint[]): Promise<void> {
  await writeLines(influx, points.flatMap(binLines));
}

export async function writeLines(influx: LineWriter, lines: Iterable<string>): Promise<void> {
  let batch: string[] = [];
  for (const line of lines) {
    batch.push(line);
    if (batch.length === BATCH) {
      await influx.write(batch.join('\n'));
      batch = [];
    }
  }
  if (batch.length > 0) await influx.write(batch.join('\n'));
}
