/** Definitions as people write them, in files and in the editor: one, a list, or a mapping with `experiments`. */
import type { ExperimentDefinition } from './experiment';
import { experimentDefinitionSchema } from './experiment';

/** What is wrong with a written definition. */
export interface DefinitionFault {
  /** The dotted path of the field; empty where the whole is no definition. */
  field: string;
  message: string;
  /** A field no schema knows: written, and without effect. */
  isUnknown: boolean;
}

export type ReadDefinition =
  { id: string | null; definition: ExperimentDefinition } | { id: string | null; faults: DefinitionFault[] };

/** @param content what YAML or JSON held */
export function readDefinitions(content: unknown): ReadDefinition[] {
  return entriesOf(content).map(readDefinition);
}

function entriesOf(content: unknown): unknown[] {
  if (Array.isArray(content)) {
    return content;
  }
  if (isMapping(content) && Array.isArray(content['experiments']) && Object.keys(content).length === 1) {
    return content['experiments'];
  }
  return [content];
}

function readDefinition(entry: unknown): ReadDefinition {
  const parsed = experimentDefinitionSchema.safeParse(entry);
  const id = isMapping(entry) && typeof entry['id'] === 'string' ? entry['id'] : null;
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      field: path.map(String).join('.'),
      message,
      isUnknown: false,
    }));
    return { id, faults };
  }
  const unknown = findUnknownField(entry, parsed.data);
  return unknown === null
    ? { id, definition: parsed.data }
    : { id, faults: [{ field: unknown, message: `there is no field “${unknown}”`, isUnknown: true }] };
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The path of the first field that reading dropped, because no schema knows it. */
function findUnknownField(written: unknown, read: unknown): string | null {
  if (Array.isArray(written) && Array.isArray(read)) {
    return firstOf(written.map((value, index) => [String(index), value, read[index]]));
  }
  return isMapping(written) && isMapping(read)
    ? firstOf(Object.entries(written).map(([key, value]) => [key, value, read[key]]))
    : null;
}

function firstOf(pairs: ReadonlyArray<[string, unknown, unknown]>): string | null {
  for (const [key, written, read] of pairs) {
    if (written !== undefined && read === undefined) {
      return key;
    }
    const inner = findUnknownField(written, read);
    if (inner !== null) {
      return `${key}.${inner}`;
    }
  }
  return null;
}
