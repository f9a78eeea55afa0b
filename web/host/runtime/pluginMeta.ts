/** A plugin's metadata in Grafana's type, from what the server read in its manifest. */
import { PluginType, type PluginMeta } from '@grafana/data';
import type { WirePluginMeta } from '../../wire';

const TYPES = { app: PluginType.app, datasource: PluginType.datasource, panel: PluginType.panel } as const;

export const toPluginMeta = ({ type, info, ...meta }: WirePluginMeta): PluginMeta => ({
  ...meta,
  type: TYPES[type],
  info: { ...info, build: {} },
});
