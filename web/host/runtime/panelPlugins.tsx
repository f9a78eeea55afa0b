/** Panels by id: ours from their built modules, any other a placeholder that names it. */
import { PanelPlugin, type PanelPluginMeta, PluginType } from '@grafana/data';
import { EmptyState } from '@grafana/ui';
import type { WirePluginMeta } from '../../wire';
import { importModule } from '../amd/loader';
import { toPluginMeta } from './pluginMeta';

const withMeta = (plugin: PanelPlugin, meta: PanelPluginMeta): PanelPlugin => {
  plugin.meta = meta;
  return plugin;
};

const panelMeta = (meta: WirePluginMeta): PanelPluginMeta => ({ ...toPluginMeta(meta), sort: 0 });

const CAN_NOTHING = { metrics: false, annotations: false, alerting: false };

/** Stands where a panel of another plugin would be: Grafana's own panels are not published as libraries. */
function placeholderPanel(id: string): PanelPlugin {
  const Placeholder = () => (
    <EmptyState variant="not-found" hideImage message={`Panel “${id}”`}>
      Shown in Grafana. This page draws the panels of Uplift only.
    </EmptyState>
  );
  const info = {
    author: { name: '' },
    description: '',
    links: [],
    logos: { large: '', small: '' },
    screenshots: [],
    updated: '',
    version: '',
  };
  const meta: WirePluginMeta = { id, name: id, type: 'panel', info, module: '', baseUrl: '', ...CAN_NOTHING };
  return withMeta(new PanelPlugin(Placeholder), panelMeta(meta));
}

const isPanelPlugin = (plugin: unknown): plugin is PanelPlugin => plugin instanceof PanelPlugin;

async function importPanel(meta: WirePluginMeta): Promise<PanelPlugin> {
  const { plugin } = await importModule(meta.module);
  // Modules share the page's @grafana/data, so that its class is the same object.
  if (!isPanelPlugin(plugin)) {
    throw new Error(`${meta.module} does not export a panel plugin`);
  }
  return withMeta(plugin, panelMeta(meta));
}

/** Grafana's panel loader over the panels the server offers. */
export function createPanelImport(panels: Readonly<Record<string, WirePluginMeta>>) {
  const imported = new Map<string, PanelPlugin>();
  return {
    importPanelPlugin: async (id: string): Promise<PanelPlugin> => {
      const known = imported.get(id);
      if (known !== undefined) {
        return known;
      }
      const meta = panels[id];
      const plugin = meta?.type === PluginType.panel ? await importPanel(meta) : placeholderPanel(id);
      imported.set(id, plugin);
      return plugin;
    },
    getPanelPluginFromCache: (id: string): PanelPlugin | undefined => imported.get(id),
  };
}
