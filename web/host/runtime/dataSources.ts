/** Grafana's registry of data sources: settings from the server, classes from the plugins' modules. */
import {
  DataSourceApi,
  DataSourcePlugin,
  type DataSourceInstanceSettings,
  type DataSourceRef,
  type ScopedVars,
} from '@grafana/data';
import type { DataSourceSrv, GetDataSourceListFilters, TemplateSrv } from '@grafana/runtime';
import type { FrontendSettings, WireDataSourceSettings } from '../../wire';
import { importModule } from '../amd/loader';
import { toPluginMeta } from './pluginMeta';

type Ref = DataSourceRef | string | null | undefined;

const toInstanceSettings = ({ meta, ...settings }: WireDataSourceSettings): DataSourceInstanceSettings => ({
  ...settings,
  meta: toPluginMeta(meta),
});

export class PageDataSourceSrv implements DataSourceSrv {
  private readonly list: DataSourceInstanceSettings[];
  private readonly instances = new Map<string, Promise<DataSourceApi>>();

  constructor(
    settings: FrontendSettings,
    private readonly templates: TemplateSrv,
  ) {
    this.list = Object.values(settings.datasources).map(toInstanceSettings);
  }

  getInstanceSettings(ref?: Ref, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
    const asked = this.templates.replace(typeof ref === 'string' ? ref : (ref?.uid ?? ''), scopedVars);
    if (asked !== '') {
      return this.list.find(({ uid, name }) => uid === asked || name === asked);
    }
    const type = typeof ref === 'string' ? undefined : ref?.type;
    return this.list.find((settings) => settings.type === type) ?? this.list.find(({ isDefault }) => isDefault);
  }

  async get(ref?: Ref, scopedVars?: ScopedVars): Promise<DataSourceApi> {
    const settings = this.getInstanceSettings(ref, scopedVars);
    if (settings === undefined) {
      throw new Error(`This page has no data source ${JSON.stringify(ref)}; it has ${this.names()}.`);
    }
    const known = this.instances.get(settings.uid);
    if (known !== undefined) {
      return known;
    }
    const instance = createDataSource(settings);
    this.instances.set(settings.uid, instance);
    // A module that failed to load may be tried again.
    instance.catch(() => this.instances.delete(settings.uid));
    return instance;
  }

  getList(filters: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
    const isAsked = filters.filter ?? (() => true);
    return this.list.filter(
      (settings) => (filters.pluginId === undefined || settings.type === filters.pluginId) && isAsked(settings),
    );
  }

  reload(): Promise<void> {
    return Promise.resolve();
  }

  registerRuntimeDataSource(): void {
    throw new Error('this page has provisioned data sources only');
  }

  private names(): string {
    return this.list.map(({ name }) => `“${name}”`).join(', ') || 'none';
  }
}

async function createDataSource(settings: DataSourceInstanceSettings): Promise<DataSourceApi> {
  const { plugin } = await importModule(settings.meta.module);
  // Modules share the page's @grafana/data, so that its class is the same object.
  if (!(plugin instanceof DataSourcePlugin)) {
    throw new Error(`${settings.meta.module} does not export a data source plugin`);
  }
  const instance: unknown = new plugin.DataSourceClass(settings);
  if (!(instance instanceof DataSourceApi)) {
    throw new Error(`${settings.meta.module} does not hold a data source`);
  }
  return Object.assign(instance, { meta: settings.meta });
}
