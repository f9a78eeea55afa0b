/** Who asks, and the settings of what is asked: they travel with every call. */
import { PluginContext } from '../generated/pluginv2';

/** A data source as configured in Grafana. */
export interface DataSourceSettings {
  id: number;
  /** Unique within an organisation. */
  uid: string;
  name: string;
  url: string;
  user: string;
  database: string;
  /** `jsonData`, parsed; not yet checked. */
  jsonData: unknown;
  /** `secureJsonData`, decrypted. */
  secrets: Readonly<Record<string, string>>;
  /** Epoch ms of the last change. */
  updatedMs: number;
  /** The plugin's API version when the settings were saved; empty when unknown. */
  apiVersion: string;
}

export interface User {
  login: string;
  name: string;
  email: string;
  role: string;
}

export interface CallContext {
  orgId: number;
  pluginId: string;
  pluginVersion: string;
  /** Null for calls that Grafana makes itself, e.g. alert rules. */
  user: User | null;
  /** Null when the call is not about one data source. */
  settings: DataSourceSettings | null;
}

/**
 * @throws SyntaxError when `jsonData` is not JSON.
 */
export function readContext(context: PluginContext | undefined): CallContext {
  const source = context?.dataSourceInstanceSettings;
  return {
    orgId: context?.orgId ?? 0,
    pluginId: context?.pluginId ?? '',
    pluginVersion: context?.pluginVersion ?? '',
    user: context?.user ?? null,
    settings: source
      ? {
          id: source.id,
          uid: source.uid,
          name: source.name,
          url: source.url,
          user: source.user,
          database: source.database,
          jsonData: parseJsonBytes(source.jsonData, {}),
          secrets: source.decryptedSecureJsonData,
          updatedMs: source.lastUpdatedMS,
          apiVersion: source.apiVersion,
        }
      : null,
  };
}

export function writeContext(context: CallContext): PluginContext {
  const { settings, user, ...rest } = context;
  return PluginContext.fromPartial({
    ...rest,
    user: user ?? undefined,
    dataSourceInstanceSettings: settings
      ? {
          id: settings.id,
          uid: settings.uid,
          name: settings.name,
          url: settings.url,
          user: settings.user,
          database: settings.database,
          jsonData: Buffer.from(JSON.stringify(settings.jsonData ?? {})),
          decryptedSecureJsonData: { ...settings.secrets },
          lastUpdatedMS: settings.updatedMs,
          apiVersion: settings.apiVersion,
        }
      : undefined,
  });
}

/**
 * @returns the parsed JSON, or `whenEmpty` for no bytes at all.
 * @throws SyntaxError
 */
export function parseJsonBytes(bytes: Uint8Array, whenEmpty: unknown): unknown {
  return bytes.length === 0 ? whenEmpty : JSON.parse(Buffer.from(bytes).toString('utf8'));
}
