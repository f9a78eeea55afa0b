/** The settings under edit, as the sections of the editor read and change them. */
import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { z } from 'zod';
import { logical } from '../../contract/from-text';
import type { UpliftJsonData, UpliftSecrets } from '../settings';
import { findFaults, type Faults } from './faults';

export type ConfigEditorProps = DataSourcePluginOptionsEditorProps<UpliftJsonData, UpliftSecrets>;

export interface SecretsAccess {
  isStored: (name: string) => boolean;
  /** What has been typed since the last save. */
  typed: (name: string) => string;
  type: (name: string, value: string) => void;
  reset: (name: string) => void;
}

export interface SettingsAccess {
  settings: UpliftJsonData;
  faults: Faults;
  /** Replaces one part of the settings; undefined leaves the part out. */
  change: <K extends keyof UpliftJsonData>(part: K, value: UpliftJsonData[K]) => void;
  /** Changes parts of the settings and a secret at once. */
  changeWithSecret: (parts: Partial<UpliftJsonData>, secret: { name: string; value: string }) => void;
  secrets: SecretsAccess;
}

export function accessOf({ options, onOptionsChange }: ConfigEditorProps): SettingsAccess {
  const { jsonData, secureJsonFields, secureJsonData = {} } = options;
  const withSecret = (name: string, value: string) => ({
    secureJsonFields: { ...secureJsonFields, [name]: false },
    secureJsonData: { ...secureJsonData, [name]: value },
  });
  const write = (name: string, value: string) => onOptionsChange({ ...options, ...withSecret(name, value) });
  return {
    settings: jsonData,
    faults: findFaults(jsonData),
    change: (part, value) => onOptionsChange({ ...options, jsonData: { ...jsonData, [part]: value } }),
    changeWithSecret: (parts, { name, value }) =>
      onOptionsChange({ ...options, jsonData: { ...jsonData, ...parts }, ...withSecret(name, value) }),
    secrets: {
      isStored: (name) => secureJsonFields[name] === true,
      typed: (name) => secureJsonData[name] ?? '',
      type: write,
      reset: (name) => write(name, ''),
    },
  };
}

/** An empty field is a field that is not set: its default applies. */
export const textOrUnset = (text: string): string | undefined => (text === '' ? undefined : text);
export const numberOrUnset = (text: string): number | undefined => (text === '' ? undefined : Number(text));

/** A switch's state; a provisioned one may be written as text. */
export const isOn = (value: boolean | string | undefined): boolean =>
  logical(z.boolean().default(false)).safeParse(value).data ?? false;
