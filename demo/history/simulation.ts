/**
 * The past of one experiment, request by request, up to any instant: counters as a scrape every minute would have seen
 * them, and scoring points a minute each. Pure but for its own state; the same seed gives the same past.
 */
import { randomPoisson } from 'd3-random';
import type { SeededExperiment } from '../scenario';
import { versionAt } from '../scenario';
import { expectedPerMinute } from '../traffic/arrivals';
import { configuredShare } from '../traffic/configured';
import type { Random } from '../traffic/random';
import { deriveSeed, seedRandom } from '../traffic/random';
import type { Outcome } from '../traffic/request';
import { outcomeSampler, routeRequest } from '../traffic/request';
import type { Tally } from '../telemetry/tally';
import { countOutcome, openTally } from '../telemetry/tally';
import type { Series } from './series';
import { seriesOf } from './series';
import type { BinPoint } from '../telemetry/bins';
import { drawFeatures, FeatureCounts } from '../telemetry/features';
import { ScoringWindow, type ScoringPoint } from '../telemetry/scoring';

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One series with a value every `everyMinutes` (one by default) from `from` (epoch ms) on. */
export interface Column extends Series {
  from: number;
  values: number[];
}

export class Simulation {
  readonly columns: Column[] = [];
  readonly scoring: ScoringPoint[] = [];
  /** Features' and scores' bins, a point an hour and variant. */
  readonly bins: BinPoint[] = [];
  #instant: number;
  #open: Array<{ tally: Tally; columns: Column[] }> = [];
  readonly #random: Random;
  /** A stream of its own: features decide about nothing else. */
  readonly #featureRandom: Random;
  #openBins = new Map<string, BinPoint>();
  readonly #sample: ReturnType<typeof outcomeSampler>;

  constructor(
    readonly experiment: SeededExperiment,
    seed: number,
  ) {
    this.#random = seedRandom(deriveSeed(seed, experiment.id));
    this.#featureRandom = seedRandom(deriveSeed(seed, `${experiment.id} features`));
    this.#sample = outcomeSampler(experiment, this.#random);
    this.#instant = experiment.firstRequest;
    this.#openTallies();
  }

  /** Epoch ms up to which the past is known. */
  get instant(): number {
    return this.#instant;
  }

  /** What is being counted now: the versions that answer at `instant`. */
  get tallies(): Tally[] {
    return this.#open.map(({ tally }) => tally);
  }

  /** Lives on to `target` (epoch ms) in steps of a minute; a last part of a minute is counted but not recorded. */
  advanceTo(target: number): void {
    while (this.#instant < target) {
      const end = Math.min(target, Math.floor(this.#instant / MINUTE) * MINUTE + MINUTE);
      this.#liveUntil(end);
      if (end % MINUTE === 0) this.#record();
      if (end % HOUR === 0 || end === target) this.#closeBins();
      this.#openTallies();
    }
  }

  #liveUntil(end: number): void {
    const start = this.#instant;
    const expected = (expectedPerMinute(this.experiment, start) * (end - start)) / MINUTE;
    const arrivals = randomPoisson.source(this.#random)(expected)();
    const windows = new Map<Tally['variant'], ScoringWindow>();
    for (let arrival = 0; arrival < arrivals; arrival++) {
      for (const request of routeRequest(this.experiment, start, this.#random)) {
        const outcome = this.#sample(request, start);
        const tally = this.#tallyOf(request.variant.name, request.instance);
        countOutcome(tally, request.region, outcome);
        this.#countFeatures(tally, start, outcome);
        let window = windows.get(request.variant);
        if (window === undefined) {
          window = new ScoringWindow(this.experiment, request.variant, tally.version);
          windows.set(request.variant, window);
        }
        window.add(outcome);
      }
    }
    for (const window of windows.values()) this.scoring.push(window.close(start));
    this.#instant = end;
  }

  #countFeatures(tally: Tally, instant: number, { prediction }: Outcome): void {
    const features = drawFeatures(this.experiment, instant, this.#featureRandom);
    tally.features.add(features, prediction);
    // Servers of one variant report together.
    const { experiment, variant, version } = tally;
    const key = `${variant.name} ${version}`;
    let point = this.#openBins.get(key);
    if (point === undefined) {
      point = { experiment, variant, version, time: instant, counts: new FeatureCounts() };
      this.#openBins.set(key, point);
    }
    point.counts.add(features, prediction);
  }

  #closeBins(): void {
    this.bins.push(...this.#openBins.values());
    this.#openBins = new Map();
  }

  #tallyOf(variant: string, instance: string): Tally {
    const found = this.#open.find(({ tally }) => tally.variant.name === variant && tally.instance === instance);
    if (found === undefined) throw new Error(`${variant} is not served by ${instance}`);
    return found.tally;
  }

  /** A new version is a new server with counters at zero; the old one's series end. */
  #openTallies(): void {
    const { experiment } = this;
    this.#open = experiment.variants.flatMap((variant) =>
      experiment.instances.map((instance) => {
        const version = versionAt(variant, this.#instant);
        const known = this.#open.find(
          ({ tally }) => tally.variant === variant && tally.instance === instance && tally.version === version,
        );
        if (known !== undefined) return known;
        const tally = openTally(experiment, variant, version, instance);
        const series = seriesOf(tally, {
          controlAccuracy: () => this.#tallyOf(controlOf(experiment), instance).recentAccuracy,
          configuredShare: (name) => configuredShare(experiment, name, this.#instant),
        });
        const columns = series.map((one): Column => ({ ...one, from: this.#instant, values: [] }));
        this.columns.push(...columns);
        return { tally, columns };
      }),
    );
    // Counters are seen at zero where they begin, or their first requests would be lost to `increase()`.
    for (const { columns } of this.#open) {
      for (const column of columns) if (column.values.length === 0) column.values.push(column.read());
    }
  }

  #record(): void {
    for (const { columns } of this.#open) {
      for (const column of columns) {
        const minutes = (this.#instant - column.from) / MINUTE;
        if (minutes % (column.everyMinutes ?? 1) === 0) column.values.push(column.read());
      }
    }
  }
}

function controlOf(experiment: SeededExperiment): string {
  const control = experiment.variants.find(({ role }) => role === 'control');
  if (control === undefined) throw new Error(`“${experiment.id}” has no control.`);
  return control.name;
}
