/** InfluxDB: what a deployed model scores, how fast, and how it drifts; stands in for Prometheus where that is away. */
import type { Logger } from 'pino';
import type { InfluxMapping, InfluxSettings, Secrets, Settings } from '../../../src/contract/settings';
import { Endpoints } from '../endpoints';
import type { HttpClient } from '../http/client';
import type { HttpSecrets } from '../http/settings';
import { httpClients, httpSecrets, transportWarnings } from '../http/settings';
import type { Alerts } from '../capabilities/alerts';
import type { Deployments, DeploymentsRequest } from '../capabilities/deployments';
import type { DiscoveredExperiment } from '../capabilities/discovery';
import type { Histograms, HistogramsRequest } from '../capabilities/histograms';
import type { Probe } from '../capabilities/probe';
import type { RawAnswer, RawRequest } from '../capabilities/raw';
import type { Timeline, TimelineRequest } from '../capabilities/timeline';
import type { Traffic, TrafficRequest } from '../capabilities/traffic';
import type { Source } from '../source';
import { readAlerts } from './alerts';
import { readDeployments } from './deployments';
import type { InfluxDialect } from './dialect';
import { Flux } from './flux/flux';
import { readHistograms } from './histograms';
import { InfluxQl } from './influxql/influxql';
import { tagOf } from './mapping';
import { probeInflux } from './probe';
import { InfluxSql } from './sql/sql';
import { readTimeline } from './timeline';
import { readTraffic, subjectFilters } from './traffic';

export interface InfluxSourceOptions {
  settings: InfluxSettings;
  mapping: InfluxMapping;
  limits: Settings['limits'];
  secrets: Secrets;
  logger: Logger;
}

/** One look-up each; more are not a test programme but a tag that means something else. */
const MOST_EXPERIMENTS = 100;
const MOST_VALUES = 1000;

export class InfluxSource implements Source {
  readonly name = 'influx';
  readonly #clients: HttpClient[];
  readonly #endpoints: Endpoints<InfluxDialect>;
  readonly #secrets: HttpSecrets;

  constructor(private readonly options: InfluxSourceOptions) {
    const { settings, secrets, limits, logger } = options;
    this.#secrets = httpSecrets('influx', settings, secrets);
    this.#clients = httpClients('influx', settings, this.#secrets, 'Token', limits.bytes);
    this.#endpoints = new Endpoints(
      'influx',
      this.#clients.map((client) => dialectOf(settings, client)),
      logger,
    );
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const { mapping, settings } = this.options;
    const answered = await this.#endpoints.run(
      (dialect, own) => probeInflux(dialect, mapping, Date.now(), own),
      signal,
    );
    const warnings = [...answered.warnings, ...transportWarnings(settings, this.#secrets), ...answered.value.warnings];
    return { ...answered.value, warnings, endpoint: answered.endpoint };
  }

  async experiments(signal: AbortSignal): Promise<DiscoveredExperiment[]> {
    const { mapping } = this.options;
    const { measurement, experiment, variant } = mapping;
    if (experiment === null) {
      return [];
    }
    const find = async (dialect: InfluxDialect, own: AbortSignal): Promise<DiscoveredExperiment[]> => {
      const ids = await dialect.tagValues({ measurement, tag: experiment, filters: [] }, own);
      return Promise.all(
        ids.slice(0, MOST_EXPERIMENTS).map(async (id) => {
          const filters = subjectFilters(mapping, id, []);
          return { id, variants: await dialect.tagValues({ measurement, tag: variant, filters }, own), tags: {} };
        }),
      );
    };
    return (await this.#endpoints.run(find, signal)).value;
  }

  async traffic(request: TrafficRequest, signal: AbortSignal): Promise<Traffic> {
    return this.#endpoints.answer((dialect, own) => readTraffic(this.#reader(dialect), request, own), signal);
  }

  async timeline(request: TimelineRequest, signal: AbortSignal): Promise<Timeline> {
    return this.#endpoints.answer((dialect, own) => readTimeline(this.#reader(dialect), request, own), signal);
  }

  async histograms(request: HistogramsRequest, signal: AbortSignal): Promise<Histograms> {
    return this.#endpoints.answer((dialect, own) => readHistograms(this.#reader(dialect), request, own), signal);
  }

  async deployments(request: DeploymentsRequest, signal: AbortSignal): Promise<Deployments> {
    return this.#endpoints.answer((dialect, own) => readDeployments(this.#reader(dialect), request, own), signal);
  }

  async alerts(request: DeploymentsRequest, signal: AbortSignal): Promise<Alerts> {
    return this.#endpoints.answer((dialect, own) => readAlerts(this.#reader(dialect), request, own), signal);
  }

  async dimensionValues(
    dimension: string,
    search: string,
    signal: AbortSignal,
    experiment?: string,
  ): Promise<string[]> {
    const { mapping } = this.options;
    const measurements = dimension === 'feature' ? [mapping.bins, mapping.drift] : [mapping.measurement];
    const tag = tagOf(mapping, dimension);
    const filters = subjectFilters(mapping, experiment ?? null, []);
    const { value: found } = await this.#endpoints.run(
      (dialect, own) =>
        Promise.all(measurements.map((measurement) => dialect.tagValues({ measurement, tag, filters }, own))),
      signal,
    );
    const value = [...new Set(found.flat())];
    const wanted = search.toLowerCase();
    return value.filter((text) => text.toLowerCase().includes(wanted)).slice(0, MOST_VALUES);
  }

  async raw(request: RawRequest, signal: AbortSignal): Promise<RawAnswer> {
    const { limits } = this.options;
    return this.#endpoints.answer((dialect, own) => dialect.raw(request, limits, own), signal);
  }

  endpoints() {
    return this.#endpoints.status();
  }

  dispose(): Promise<void> {
    this.#endpoints.dispose();
    this.#clients.forEach((client) => client.dispose());
    return Promise.resolve();
  }

  #reader(dialect: InfluxDialect) {
    return { dialect, mapping: this.options.mapping, maxPoints: this.options.limits.points };
  }
}

function dialectOf(settings: InfluxSettings, client: HttpClient): InfluxDialect {
  switch (settings.dialect) {
    case 'influxql':
      return new InfluxQl(client, settings.database);
    case 'flux':
      return new Flux(client, { bucket: settings.database, organisation: settings.organisation });
    case 'sql':
      return new InfluxSql(client, settings.database);
  }
}
