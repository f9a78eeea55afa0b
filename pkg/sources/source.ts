/**
 * What a store can be asked. One small interface, by capability: a store implements what it holds, and the queries ask
 * whoever has it. A new store is one folder beside these and one line in `registry.ts`.
 */
import type { SourceName } from '../../src/calc/provenance';
import type { EndpointStatus } from './endpoints';
import type { Alerts } from './capabilities/alerts';
import type { Deployments, DeploymentsRequest } from './capabilities/deployments';
import type { DiscoveredExperiment } from './capabilities/discovery';
import type { Evaluations } from './capabilities/evaluations';
import type { Events, EventsRequest } from './capabilities/events';
import type { Histograms, HistogramsRequest } from './capabilities/histograms';
import type { Probe } from './capabilities/probe';
import type { RawAnswer, RawRequest } from './capabilities/raw';
import type { Timeline, TimelineRequest } from './capabilities/timeline';
import type { Traffic, TrafficRequest } from './capabilities/traffic';

export interface Source {
  readonly name: SourceName;
  /** Primary and backups with their circuit breakers' state, without asking the store. */
  endpoints?(): EndpointStatus[];
  /** Reachable, authenticated, readable, version, latency. @throws FailureError */
  probe(signal: AbortSignal): Promise<Probe>;
  /** Experiments the store knows of. @throws FailureError */
  experiments?(signal: AbortSignal): Promise<DiscoveredExperiment[]>;
  /** Counted traffic per variant. @throws FailureError */
  traffic?(request: TrafficRequest, signal: AbortSignal): Promise<Traffic>;
  /** Offline model metrics per variant. @throws FailureError */
  evaluations?(experiment: string, variants: readonly string[], signal: AbortSignal): Promise<Evaluations>;
  /** A metric over time, for charts. @throws FailureError */
  timeline?(request: TimelineRequest, signal: AbortSignal): Promise<Timeline>;
  /** Histograms of predictions and features, for drift. @throws FailureError */
  histograms?(request: HistogramsRequest, signal: AbortSignal): Promise<Histograms>;
  /** What is deployed. @throws FailureError */
  deployments?(request: DeploymentsRequest, signal: AbortSignal): Promise<Deployments>;
  /** Alerts the store keeps or evaluates itself. @throws FailureError */
  alerts?(request: DeploymentsRequest, signal: AbortSignal): Promise<Alerts>;
  /** What happened during a period, for annotations. @throws FailureError */
  events?(request: EventsRequest, signal: AbortSignal): Promise<Events>;
  /** A reading statement in the store's own language; one that writes is refused. @throws FailureError */
  raw?(request: RawRequest, signal: AbortSignal): Promise<RawAnswer>;
  /**
   * Distinct values of a dimension, for variables and editors.
   * @param experiment only those seen in it, by its name in this store @throws FailureError
   */
  dimensionValues?(dimension: string, search: string, signal: AbortSignal, experiment?: string): Promise<string[]>;
  dispose(): Promise<void>;
}
