/** Sets what Grafana's own start-up sets and our plugins, scenes and @grafana/ui rely on. */
import { EventBusSrv, setTimeZoneResolver, setWeekStart, type EventBus } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import {
  config,
  setAppEvents,
  setBackendSrv,
  setDataSourceSrv,
  setEchoSrv,
  setLocationSrv,
  setPluginImportUtils,
  setRunRequest,
  setTemplateSrv,
  locationService,
} from '@grafana/runtime';
import { initializeLoggersRegistry, reloadDataSourceInstanceSettings } from '@grafana/runtime/unstable';
import { loadResources } from '@grafana/scenes';
import type { FrontendSettings } from '../../wire';
import { installDefine } from '../amd/loader';
import { FetchBackendSrv } from './backendSrv';
import { PageDataSourceSrv } from './dataSources';
import { fillIcons } from './icons';
import { createPanelImport } from './panelPlugins';
import { fillRegistries } from './registries';
import { runRequest } from './runRequest';
import { SceneTemplateSrv } from './templates';

export interface Runtime {
  templates: SceneTemplateSrv;
  events: EventBus;
}

/** Wires the runtime. Must finish before a module is imported or a scene is built. */
export async function wireRuntime(settings: FrontendSettings): Promise<Runtime> {
  await initPluginTranslations('modelops-uplift-page', [loadResources]);
  initializeLoggersRegistry();
  setEchoSrv({ flush() {}, addBackend() {}, addEvent() {}, onInteraction: () => () => undefined });
  const events = new EventBusSrv();
  setAppEvents(events);
  setBackendSrv(new FetchBackendSrv(new Map([['/api/frontend/settings', settings]])));
  setLocationSrv({ update: ({ query = {} }) => locationService.partial(query) });
  setTimeZoneResolver(() => config.bootData.user.timezone);
  setWeekStart(config.bootData.user.weekStart);
  fillRegistries();
  fillIcons();
  installDefine();
  const templates = new SceneTemplateSrv();
  setTemplateSrv(templates);
  setRunRequest(runRequest);
  setPluginImportUtils(createPanelImport(settings.panels));
  // Grafana 13 keeps a second list of data sources, which DataSourceWithBackend reads; it asks for the settings.
  await reloadDataSourceInstanceSettings();
  setDataSourceSrv(new PageDataSourceSrv(settings, templates));
  return { templates, events };
}
