/** What is wrong with the settings, by field, so that it can be said beside the field. */
import { settingsSchema } from '../../contract/settings';
import type { UpliftJsonData } from '../settings';

export type Faults = ReadonlyMap<string, string>;

/** The first fault of each field, by its dotted path, e.g. `prometheus.url`. */
export function findFaults(settings: UpliftJsonData): Faults {
  const parsed = settingsSchema.safeParse(settings);
  const faults = new Map<string, string>();
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path.map(String).join('.');
    if (!faults.has(field)) {
      const isEmptyText = issue.code === 'too_small' && issue.origin === 'string';
      faults.set(field, isEmptyText ? 'This is needed' : issue.message);
    }
  }
  return faults;
}
