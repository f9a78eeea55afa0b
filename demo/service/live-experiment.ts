/** An experiment that is running now: its servers, and the users who call them. */
import type { Simulation } from '../history/simulation';
import type { SeededExperiment, SeededVariant } from '../scenario';
import { versionAt } from '../scenario';
import type { ScrapeTarget } from '../stores/prometheus';
import type { BinPoint } from '../telemetry/bins';
import { FeatureCounts } from '../telemetry/features';
import { ScoringWindow, type ScoringPoint } from '../telemetry/scoring';
import { expectedPerMinute } from '../traffic/arrivals';
import type { Random } from '../traffic/random';
import { deriveSeed, seedRandom } from '../traffic/random';
import type { Outcome } from '../traffic/request';
import { routeRequest } from '../traffic/request';
import { Instance, LOOPBACK } from './instance';

const MINUTE = 60_000;

export class LiveExperiment {
  readonly experiment: SeededExperiment;
  readonly #instances: Instance[];
  readonly #random: Random;
  #windows = new Map<SeededVariant, ScoringWindow>();
  #windowBegin = 0;
  #bins = new Map<SeededVariant, FeatureCounts>();
  #binsBegin = 0;
  #nextArrival: NodeJS.Timeout | undefined;
  readonly #underWay = new Set<Promise<void>>();

  /** @param simulation its past, lived up to now; nothing may advance it any more */
  constructor(simulation: Simulation, seed: number) {
    this.experiment = simulation.experiment;
    this.#random = seedRandom(deriveSeed(seed, `${this.experiment.id} live`));
    this.#instances = this.experiment.instances.map((name) => {
      const past = simulation.tallies.filter(({ instance }) => instance === name);
      return new Instance(name, this.experiment, past, this.#random, (variant, outcome, features) =>
        this.#note(variant, outcome, features),
      );
    });
  }

  /** @param host the address to listen on; loopback by default */
  async listen(host?: string): Promise<void> {
    await Promise.all(this.#instances.map((instance) => instance.listen(host)));
  }

  /** Where Prometheus finds the servers; the `instance` label is their name, the same as in the backfilled past. */
  get targets(): ScrapeTarget[] {
    return this.#instances.map(({ name, port }) => ({ address: `${LOOPBACK}:${port}`, labels: { instance: name } }));
  }

  /** Users begin to call. */
  beginTraffic(): void {
    this.#windowBegin = Date.now();
    this.#binsBegin = Date.now();
    this.#scheduleArrival();
  }

  /** What was scored since the last call, a point a variant that answered anything. */
  takeScoring(): ScoringPoint[] {
    const points = [...this.#windows.values()].map((window) => window.close(this.#windowBegin));
    this.#windows = new Map();
    this.#windowBegin = Date.now();
    return points;
  }

  /** How the rows since the last call spread over bins, a point a variant that answered anything. */
  takeBins(): BinPoint[] {
    const { experiment } = this;
    const time = this.#binsBegin;
    const points = Array.from(this.#bins, ([variant, counts]) => ({ experiment, variant, version: versionAt(variant, time), time, counts })); // prettier-ignore
    this.#bins = new Map();
    this.#binsBegin = Date.now();
    return points;
  }

  /** Users stop calling, those under way are answered, the servers close. */
  async stop(): Promise<void> {
    clearTimeout(this.#nextArrival);
    await Promise.all(this.#underWay);
    await Promise.all(this.#instances.map((instance) => instance.close()));
  }

  #scheduleArrival(): void {
    const gap = (-Math.log(1 - this.#random()) * MINUTE) / expectedPerMinute(this.experiment, Date.now());
    this.#nextArrival = setTimeout(() => {
      this.#scheduleArrival();
      for (const { variant, region, instance } of routeRequest(this.experiment, Date.now(), this.#random)) {
        const call = this.#call(variant.name, region, instance).finally(() => this.#underWay.delete(call));
        this.#underWay.add(call);
      }
    }, gap);
  }

  async #call(variant: string, region: string, instanceName: string): Promise<void> {
    const instance = this.#instances.find(({ name }) => name === instanceName);
    if (instance === undefined) return;
    const query = new URLSearchParams({ variant, region });
    const ask = async (): Promise<void> => {
      const response = await fetch(`http://${LOOPBACK}:${instance.port}/score?${query.toString()}`);
      // The body must be read, or the connection is not used again.
      await response.arrayBuffer();
    };
    // A server may close an idle connection just as it is used again, most of all on a busy machine: one asks once more.
    await ask().catch(ask);
  }

  #note(variant: SeededVariant, outcome: Outcome, features: number[]): void {
    const bins = this.#bins.get(variant) ?? new FeatureCounts();
    bins.add(features, outcome.prediction);
    this.#bins.set(variant, bins);
    let window = this.#windows.get(variant);
    if (window === undefined) {
      window = new ScoringWindow(this.experiment, variant, versionAt(variant, Date.now()));
      this.#windows.set(variant, window);
    }
    window.add(outcome);
  }
}
