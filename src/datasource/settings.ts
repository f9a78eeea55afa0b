/** The data source's settings as Grafana stores them, before the backend has checked them and added defaults. */
import type { DataSourceJsonData } from '@grafana/data';
import type { SettingsInput } from '../contract/settings';

export type UpliftJsonData = SettingsInput & DataSourceJsonData;
/** By name: those of `secretsSchema`, and the values of headers (`headerSecret`). */
export type UpliftSecrets = Record<string, string>;
