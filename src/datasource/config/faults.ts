/** What is wrong with the settings, by field, so that it can be said beside the field. */
import { capital } from '../../calc/headline-clauses';
import { withoutEmptyTexts } from '../../contract/from-text';
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

/** The first fault of each field as a sentence beside it, by its dotted path, e.g. `prometheus.url`. */
export function findFaults(settings: UpliftJsonData): Faults {
  // As the backend reads them: a provisioned variable that is not set leaves an empty text, and a default applies.
  const read = settingsSchema.safeParse(withoutEmptyTexts(settings), { reportInput: true });
  return faultsOf(read.error?.issues ?? []);
}

/** Nothing, or an empty text, where something must be; what was given is known only where it is reported. */
const isMissing = (issue: Issue): boolean =>
  (issue.code === 'too_small' && issue.origin === 'string') ||
  (issue.code !== 'custom' && 'input' in issue && (issue.input === undefined || issue.input === ''));

/** The first of the issues of each field. */
function faultsOf(issues: readonly Issue[]): Faults {
  const faults = new Map<string, string>();
  for (const issue of issues) {
    const field = issue.path.map(String).join('.');
    if (!faults.has(field)) {
      faults.set(field, isMissing(issue) ? 'This is needed' : capital(issue.message));
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
