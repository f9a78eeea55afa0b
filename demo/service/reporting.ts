/** What live servers report besides their metrics: scores and drift to InfluxDB, figures to a run in MLflow, again and again. */
import { deriveSeed, seedRandom } from '../traffic/random';
import type { LiveExperiment } from './live-experiment';
import type { RunLogger, ScoringWriter } from './writers';

export interface Reporting {
  lives: readonly LiveExperiment[];
  seed: number;
  /** Seconds between writes to InfluxDB; MLflow and drift take every fourth. */
  seconds: number;
  scoring: ScoringWriter;
  runs: RunLogger;
  /** Whether each store wants to be written to at the moment. */
  wants: () => { influx: boolean; mlflow: boolean };
}

const RARE = 4;

/** Begins to report. @returns ends it, once what is under way has been written */
export function beginReporting({ lives, seed, seconds, scoring, runs, wants }: Reporting): () => Promise<void> {
  const random = seedRandom(deriveSeed(seed, 'live drift'));
  const pending = new Set<Promise<unknown>>();
  let round = 0;
  const report = async (): Promise<void> => {
    round++;
    const now = Date.now();
    for (const live of lives) {
      const points = live.takeScoring();
      scoring.addScoring(points);
      if (round % RARE !== 0) continue;
      scoring.addBins(live.takeBins());
      scoring.addDrift(live.experiment, now, random);
      if (wants().mlflow) await runs.log(live.experiment, points, now);
    }
    if (wants().influx) await scoring.flush();
  };
  const timer = setInterval(() => {
    const reporting = report().finally(() => pending.delete(reporting));
    pending.add(reporting);
  }, seconds * 1000);
  return async () => {
    clearInterval(timer);
    await Promise.all(pending);
  };
}
