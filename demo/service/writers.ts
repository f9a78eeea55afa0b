/** Live results on their way to InfluxDB and MLflow. A store that is away delays them; it never stops the service. */
import pg from 'pg';
import { logMetrics, startRun } from '../history/mlflow';
import type { MetricRow } from '../history/mlflow-rows';
import { runIdOf } from '../history/mlflow-rows';
import type { SeededExperiment } from '../scenario';
import { versionAt } from '../scenario';
import type { ScoringPoint } from '../telemetry/scoring';
import type { BinPoint } from '../telemetry/bins';
import { binLines, scoringLine, driftLines } from '../telemetry/line-protocol';
import { measureDrift } from '../telemetry/drift';
import type { Random } from '../traffic/random';

/** Lines kept while InfluxDB is away: a day of them. */
const KEPT_LINES = 40_000;

export class ScoringWriter {
  #waiting: string[] = [];

  /** @param write hands lines to InfluxDB; throws while it is away */
  constructor(private readonly write: (lines: string) => Promise<void>) {}

  add(lines: string[]): void {
    this.#waiting = [...this.#waiting, ...lines].slice(-KEPT_LINES);
  }

  addScoring(points: ScoringPoint[]): void {
    this.add(points.map(scoringLine));
  }

  addBins(points: BinPoint[]): void {
    this.add(points.flatMap(binLines));
  }

  addDrift(experiment: SeededExperiment, instant: number, random: Random): void {
    for (const variant of experiment.variants) {
      const readings = measureDrift(experiment, instant, random);
      this.add(driftLines(experiment, variant, versionAt(variant, instant), readings, instant));
    }
  }

  /** Whether everything is written; what is not stays for the next time. */
  async flush(): Promise<boolean> {
    const lines = this.#waiting;
    if (lines.length === 0) return true;
    try {
      await this.write(lines.join('\n'));
      this.#waiting = this.#waiting.slice(lines.length);
      return true;
    } catch {
      // The store is away or was stopped on purpose; the lines wait.
      return false;
    }
  }
}

/** Logs each experiment's live figures to a run of its own, as a monitoring job would. */
export class RunLogger {
  #step = 0;
  readonly #started = new Set<string>();

  constructor(private readonly connect: () => pg.ClientConfig) {}

  /** Whether the figures are logged; a store that is away loses this step's, as a monitoring job would. */
  async log(experiment: SeededExperiment, points: ScoringPoint[], instant: number): Promise<boolean> {
    const client = new pg.Client(this.connect());
    client.on('error', () => undefined);
    const runId = runIdOf(`${experiment.id}/live`);
    try {
      await client.connect();
      if (!this.#started.has(experiment.id)) {
        await startRun(client, {
          runId,
          name: 'live-monitor',
          experiment: experiment.id,
          status: 'RUNNING',
          lifecycle: 'active',
          start: instant,
          end: null,
          user: experiment.owner,
          params: {},
          tags: { 'mlflow.runName': 'live-monitor', 'mlflow.user': experiment.owner },
        });
        this.#started.add(experiment.id);
      }
      this.#step++;
      const metrics = points.flatMap(({ variant, rows, errors, meanLatencyMs }): MetricRow[] =>
        Object.entries({ requests: rows, error_rate: errors / rows, latency_ms: meanLatencyMs }).map(
          ([key, value]) => ({ runId, key: `live_${key}_${variant.name}`, value, time: instant, step: this.#step }),
        ),
      );
      await logMetrics(client, metrics);
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
