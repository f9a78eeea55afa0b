/** A data source over a backend that answers resources from a table, for the editors' tests. */
import { PluginType, type DataSourceInstanceSettings } from '@grafana/data';
import { UpliftDataSource } from '../datasource';
import type { UpliftJsonData } from '../settings';

const INFO = {
  author: { name: '' },
  description: '',
  links: [],
  logos: { large: '', small: '' },
  screenshots: [],
  updated: '',
  version: '',
};

const settingsOf = (jsonData: UpliftJsonData): DataSourceInstanceSettings<UpliftJsonData> => ({
  id: 1,
  uid: 'uplift',
  name: 'Uplift',
  type: 'modelops-uplift-datasource',
  access: 'proxy',
  readOnly: true,
  jsonData,
  meta: {
    id: 'modelops-uplift-datasource',
    name: 'Uplift',
    type: PluginType.datasource,
    module: '',
    baseUrl: '',
    info: INFO,
  },
});

export const CHECKOUT = {
  id: 'checkout',
  name: 'Checkout',
  status: 'active',
  variants: ['baseline', 'enhanced'],
  control: 'baseline',
  owner: 'ann',
  start: Date.UTC(2026, 2, 3, 9),
  alpha: 0.05,
  timeZone: 'UTC',
};

const METRICS = [
  { id: 'accuracy', label: 'Accuracy' },
  { id: 'latency_p95_ms', label: 'Latency p95' },
];

export type Resources = Record<string, (parameters: Record<string, string>) => unknown>;

const RESOURCES: Resources = {
  experiments: () => [CHECKOUT],
  metrics: () => METRICS,
  values: () => ['eu', 'us'],
  sources: () => [],
};

export function standIn(resources: Resources = {}, jsonData: UpliftJsonData = {}): UpliftDataSource {
  const answers = { ...RESOURCES, ...resources };
  const datasource = new UpliftDataSource(settingsOf(jsonData));
  jest.spyOn(datasource, 'getResource').mockImplementation(async (path, parameters = {}): Promise<unknown> => {
    await Promise.resolve();
    return answers[path]?.(parameters);
  });
  return datasource;
}
