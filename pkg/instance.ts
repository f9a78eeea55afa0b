/** One configured data source: its settings, its sources and what it keeps between queries. */
import type { Logger } from 'pino';
import type { Secrets, Settings } from '../src/contract/settings';
import { CatalogueReader } from './experiment/catalogue';
import { EvidenceReader } from './experiment/evidence';
import { LedgerReader } from './experiment/ledger';
import { MonitoringReader } from './experiment/monitoring';
import { watchBreakers } from './metrics';
import type { SourceSet } from './sources/registry';
import { createSources } from './sources/registry';

export interface Instance {
  uid: string;
  name: string;
  settings: Settings;
  sources: SourceSet;
  catalogue: CatalogueReader;
  ledgers: LedgerReader;
  evidence: EvidenceReader;
  monitoring: MonitoringReader;
  clock: () => number;
  logger: Logger;
  dispose(): Promise<void>;
}

export interface InstanceOptions {
  uid: string;
  name: string;
  settings: Settings;
  secrets: Secrets;
  logger: Logger;
  clock?: () => number;
}

export function createInstance({ uid, name, settings, secrets, logger, clock = Date.now }: InstanceOptions): Instance {
  const sources = createSources(settings, secrets, logger);
  const ledgers = new LedgerReader(clock);
  const unwatch = watchBreakers({
    datasource: uid,
    circuits: () =>
      Object.values(sources).flatMap((source) =>
        (source.endpoints?.() ?? []).map(({ endpoint, circuit }) => ({ source: source.name, endpoint, circuit })),
      ),
  });
  return {
    uid,
    name,
    settings,
    sources,
    catalogue: new CatalogueReader(sources, settings.experiments, clock),
    ledgers,
    evidence: new EvidenceReader(sources, settings, ledgers, clock),
    monitoring: new MonitoringReader(settings.cache.ttlSeconds * 1000, clock),
    clock,
    logger,
    async dispose() {
      unwatch();
      await Promise.all(Object.values(sources).map((source) => source.dispose()));
    },
  };
}
