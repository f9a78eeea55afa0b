/** MLflow's tracking store and registry, read from their PostgreSQL database: experiments and offline evaluations. */
import type { Logger } from 'pino';
import type { MlflowMapping, MlflowSettings, Secrets, Settings } from '../../../src/contract/settings';
import type { Work } from '../endpoints';
import { Endpoints } from '../endpoints';
import type { DiscoveredExperiment } from '../capabilities/discovery';
import type { Evaluations } from '../capabilities/evaluations';
import type { Events, EventsRequest } from '../capabilities/events';
import type { Probe } from '../capabilities/probe';
import type { RawAnswer, RawRequest } from '../capabilities/raw';
import type { Source } from '../source';
import type { Query } from './connection';
import { MlflowConnection, UNDONE } from './connection';
import { readEvaluations } from './evaluations';
import { readEvents } from './events';
import { findDimensionValues, findExperiments } from './experiments';
import type { Features } from './features';
import { detectFeatures } from './features';
import { probeMlflow } from './probe';
import { answerSql } from './raw';

export interface MlflowSourceOptions {
  settings: MlflowSettings;
  mapping: MlflowMapping;
  limits: Settings['limits'];
  secrets: Secrets;
  logger: Logger;
}

export class MlflowSource implements Source {
  readonly name = 'mlflow';
  readonly #endpoints: Endpoints<MlflowConnection>;

  constructor(private readonly options: MlflowSourceOptions) {
    const { settings, secrets, logger } = options;
    const { host, port, database } = settings;
    const credentials = { password: secrets.mlflowPassword, clientKey: secrets.mlflowClientKey };
    this.#endpoints = new Endpoints(
      'mlflow',
      [{ host, port, database }, ...settings.backups].map(
        (address) => new MlflowConnection(address, settings, credentials, logger),
      ),
      logger,
    );
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const { settings, mapping } = this.options;
    const started = performance.now();
    const answered = await this.#endpoints.run(
      inTransaction(async (query, features) => ({
        latencyMs: performance.now() - started,
        ...(await probeMlflow(query, features, mapping)),
      })),
      signal,
    );
    const unverified =
      settings.tls.skipVerify && settings.ssl.startsWith('verify')
        ? ['the server’s certificate is not verified (tls.skipVerify)']
        : [];
    const warnings = [...answered.warnings, ...unverified, ...answered.value.warnings];
    return { ...answered.value, warnings, endpoint: answered.endpoint };
  }

  async experiments(signal: AbortSignal): Promise<DiscoveredExperiment[]> {
    return (
      await this.#endpoints.run(
        (connection, own) => connection.read((query) => findExperiments(query, this.options.mapping), own),
        signal,
      )
    ).value;
  }

  async evaluations(experiment: string, variants: readonly string[], signal: AbortSignal): Promise<Evaluations> {
    return this.#endpoints.answer(
      inTransaction((query, features) => readEvaluations(query, features, this.options.mapping, experiment, variants)),
      signal,
    );
  }

  async dimensionValues(
    dimension: string,
    search: string,
    signal: AbortSignal,
    experiment?: string,
  ): Promise<string[]> {
    const find = (query: Query) => findDimensionValues(query, this.options.mapping, { dimension, search, experiment });
    return (await this.#endpoints.run((connection, own) => connection.read(find, own), signal)).value;
  }

  async events(request: EventsRequest, signal: AbortSignal): Promise<Events> {
    return this.#endpoints.answer(
      inTransaction((query, features) => readEvents(query, features, this.options.mapping, request)),
      signal,
    );
  }

  async raw(request: RawRequest, signal: AbortSignal): Promise<RawAnswer> {
    const { limits } = this.options;
    return this.#endpoints.answer(
      (connection, own) => connection.read((_, queryTable) => answerSql(queryTable, limits, request), own, UNDONE),
      signal,
    );
  }

  endpoints() {
    return this.#endpoints.status();
  }

  async dispose(): Promise<void> {
    this.#endpoints.dispose();
    await Promise.all(this.#endpoints.connections().map((connection) => connection.dispose()));
  }
}

/** The schema is looked at in each of these transactions: it costs a millisecond, and an upgrade of MLflow needs no restart of ours. */
function inTransaction<T>(work: (query: Query, features: Features) => Promise<T>): Work<MlflowConnection, T> {
  return (connection, own) => connection.read(async (query) => work(query, await detectFeatures(query)), own);
}
