/** What is wrong with the settings, by field, so that it can be said beside the field. */
import { settingsSchema } from '../../contract/settings';
import type { UpliftJsonData } from '../settings';

export type Faults = ReadonlyMap<string, string>;

interface Issue {
  code?: string;
  path: readonly PropertyKey[];
  message: string;
  origin?: unknown;
  input?: unknown;
}

/** The first fault of each field, by its dotted path, e.g. `prometheus.url`. */
export function findFaults(settings: UpliftJsonData): Faults {
  return faultsOf(settingsSchema.safeParse(settings).error?.issues ?? []);
}

/** The first of the issues of each field. */
export function faultsOf(issues: readonly Issue[]): Faults {
  const faults = new Map<string, string>();
  for (const { code, origin, path, message } of issues) {
    const field = path.map(String).join('.');
    if (!faults.has(field)) {
      faults.set(field, code === 'too_small' && origin === 'string' ? 'This is needed' : message);
    }
  }
  return faults;
}

/** Whether any field below a path is at fault. */
export const hasFaults = (faults: Faults, path: string): boolean =>
  [...faults.keys()].some((field) => field === path || field.startsWith(`${path}.`));

/** The faults of one part, by path within it. */
export function faultsWithin(faults: Faults, path: string): Faults {
  const prefix = `${path}.`;
  return new Map(
    [...faults].flatMap(([field, message]) =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), message] as const] : [],
    ),
  );
}
