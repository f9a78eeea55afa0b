/** The data source's settings as Grafana stores them, before the backend has checked them and added defaults. */
import type { DataSourceJsonData } from '@grafana/data';
import type { z } from 'zod';
import type { secretsSchema, SettingsInput } from '../contract/settings';

export type UpliftJsonData = SettingsInput & DataSourceJsonData;
export type SecretName = keyof z.infer<typeof secretsSchema>;
export type UpliftSecrets = Partial<Record<SecretName, string>>;
