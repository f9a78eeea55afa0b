/** Prometheus and what speaks its API (Thanos, Mimir, VictoriaMetrics): counted traffic and operational metrics. */
import type { Logger } from 'pino';
import type { PrometheusMapping, PrometheusSettings, Secrets, Settings } from '../../../src/contract/settings';
import { Endpoints } from '../endpoints';
import type { HttpClient } from '../http/client';
import type { HttpSecrets } from '../http/settings';
import { httpClients, httpSecrets, transportWarnings } from '../http/settings';
import type { Alerts } from '../capabilities/alerts';
import type { DeploymentsRequest } from '../capabilities/deployments';
import type { DiscoveredExperiment } from '../capabilities/discovery';
import type { Histograms, HistogramsRequest } from '../capabilities/histograms';
import type { Probe } from '../capabilities/probe';
import type { RawAnswer, RawRequest } from '../capabilities/raw';
import type { Timeline, TimelineRequest } from '../capabilities/timeline';
import type { Traffic, TrafficRequest } from '../capabilities/traffic';
import type { Source } from '../source';
import { readAlerts } from './alerts';
import { PrometheusApi } from './api';
import { findDimensionValues, findExperiments } from './experiments';
import { readHistograms } from './histograms';
import { probePrometheus } from './probe';
import { answerPromql } from './raw';
import { readTimeline } from './timeline';
import { readTraffic } from './traffic';

export interface PrometheusSourceOptions {
  settings: PrometheusSettings;
  mapping: PrometheusMapping;
  limits: Settings['limits'];
  secrets: Secrets;
  logger: Logger;
}

export class PrometheusSource implements Source {
  readonly name = 'prometheus';
  readonly #clients: HttpClient[];
  readonly #endpoints: Endpoints<PrometheusApi>;
  readonly #secrets: HttpSecrets;

  constructor(private readonly options: PrometheusSourceOptions) {
    const { settings, secrets, limits, logger } = options;
    this.#secrets = httpSecrets('prometheus', settings, secrets);
    this.#clients = httpClients('prometheus', settings, this.#secrets, 'Bearer', limits.bytes);
    this.#endpoints = new Endpoints(
      'prometheus',
      this.#clients.map((client) => new PrometheusApi(client)),
      logger,
    );
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const { mapping, settings } = this.options;
    const answered = await this.#endpoints.run((api, own) => probePrometheus(api, mapping, Date.now(), own), signal);
    const warnings = [...answered.warnings, ...transportWarnings(settings, this.#secrets), ...answered.value.warnings];
    return { ...answered.value, warnings, endpoint: answered.endpoint };
  }

  async experiments(signal: AbortSignal): Promise<DiscoveredExperiment[]> {
    const { mapping } = this.options;
    return (await this.#endpoints.run((api, own) => findExperiments(api, mapping, own), signal)).value;
  }

  async traffic(request: TrafficRequest, signal: AbortSignal): Promise<Traffic> {
    return this.#endpoints.answer((api, own) => readTraffic(this.#reader(api), request, own), signal);
  }

  async timeline(request: TimelineRequest, signal: AbortSignal): Promise<Timeline> {
    return this.#endpoints.answer((api, own) => readTimeline(this.#reader(api), request, own), signal);
  }

  async histograms(request: HistogramsRequest, signal: AbortSignal): Promise<Histograms> {
    return this.#endpoints.answer((api, own) => readHistograms(this.#reader(api), request, own), signal);
  }

  async alerts(request: DeploymentsRequest, signal: AbortSignal): Promise<Alerts> {
    const { mapping } = this.options;
    return this.#endpoints.answer((api, own) => readAlerts(api, mapping, request, own), signal);
  }

  async dimensionValues(
    dimension: string,
    search: string,
    signal: AbortSignal,
    experiment?: string,
  ): Promise<string[]> {
    const { mapping } = this.options;
    const find = (api: PrometheusApi, own: AbortSignal) =>
      findDimensionValues(api, mapping, { dimension, search, experiment }, own);
    return (await this.#endpoints.run(find, signal)).value;
  }

  async raw(request: RawRequest, signal: AbortSignal): Promise<RawAnswer> {
    const { rows } = this.options.limits;
    return this.#endpoints.answer((api, own) => answerPromql(this.#reader(api), rows, request, own), signal);
  }

  endpoints() {
    return this.#endpoints.status();
  }

  dispose(): Promise<void> {
    this.#endpoints.dispose();
    this.#clients.forEach((client) => client.dispose());
    return Promise.resolve();
  }

  #reader(api: PrometheusApi) {
    return { api, mapping: this.options.mapping, maxPoints: this.options.limits.points };
  }
}
