/** The experiments written down in files: `provisioning/experiments/*.yaml`, one definition a file or several under `experiments`. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import type { ExperimentDefinition } from '../../src/contract/experiment';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import { readYamlFile } from '../settings/yaml-file';

/** One file and what is in it: definitions, or why it has none. */
export interface DefinitionFile {
  file: string;
  definitions: ExperimentDefinition[];
  failures: Failure[];
}

const EXTENSIONS = '*.{yaml,yml,json}';

/**
 * Reads the files that paths mean: files, folders, or patterns a shell left alone. Files are in order of name.
 * @throws FailureError when a path that was asked for means no file
 */
export async function readDefinitions(paths: readonly string[], isAsked: boolean): Promise<DefinitionFile[]> {
  const found = await Promise.all(paths.map((given) => expand(given, isAsked)));
  const files = [...new Set(found.flat())].sort();
  const read = await Promise.all(files.map(readDefinitionFile));
  refuseTwice(read);
  return read;
}

async function expand(given: string, isAsked: boolean): Promise<string[]> {
  const state = await stat(given).catch(() => null);
  if (state?.isFile()) {
    return [path.normalize(given)];
  }
  const files = state?.isDirectory()
    ? (await glob(EXTENSIONS, { cwd: given })).map((file) => path.join(given, file))
    : await glob(given.replaceAll('\\', '/'));
  if (files.length === 0 && isAsked) {
    throw new FailureError({
      class: 'config',
      field: '--experiments',
      message: `“${given}” means no file.`,
      fix: 'Name files, a folder, or a quoted pattern such as "provisioning/experiments/*.yaml".',
    });
  }
  return files.map((file) => path.normalize(file));
}

async function readDefinitionFile(file: string): Promise<DefinitionFile> {
  let content: unknown;
  try {
    content = await readYamlFile(file, '--experiments');
  } catch (error) {
    if (error instanceof FailureError) {
      return { file, definitions: [], failures: [error.failure] };
    }
    throw error;
  }
  const read = entriesOf(content).map((entry) => readDefinition(entry, file));
  return {
    file,
    definitions: read.flatMap((one) => ('definition' in one ? [one.definition] : [])),
    failures: read.flatMap((one) => ('failure' in one ? [one.failure] : [])),
  };
}

/** A file holds one definition, a list of them, or a mapping with `experiments`. */
function entriesOf(content: unknown): unknown[] {
  if (Array.isArray(content)) {
    return content;
  }
  if (isMapping(content) && Array.isArray(content['experiments']) && Object.keys(content).length === 1) {
    return content['experiments'];
  }
  return [content];
}

function readDefinition(entry: unknown, file: string): { definition: ExperimentDefinition } | { failure: Failure } {
  const parsed = experimentDefinitionSchema.safeParse(entry);
  const name = isMapping(entry) && typeof entry['id'] === 'string' ? ` (experiment “${entry['id']}”)` : '';
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    return {
      failure: {
        class: 'config',
        field: field === '' ? file : `${file}: ${field}`,
        message: `${file}${name}: ${field === '' ? 'not a definition' : field}: ${issue?.message ?? 'not valid'}.`,
        fix: 'Correct the field; docs and the demo’s files in provisioning/experiments show every one.',
      },
    };
  }
  const unknown = findUnknownField(entry, parsed.data);
  if (unknown !== null) {
    return {
      failure: {
        class: 'config',
        field: `${file}: ${unknown}`,
        message: `${file}${name}: there is no field “${unknown}”.`,
        fix: 'Correct its spelling or remove it: it would have no effect.',
      },
    };
  }
  return { definition: parsed.data };
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

/** Adds a failure where an id was written down before. */
function refuseTwice(files: readonly DefinitionFile[]): void {
  const seen = new Map<string, string>();
  for (const { file, definitions, failures } of files) {
    for (const { id } of definitions) {
      const first = seen.get(id);
      if (first !== undefined) {
        failures.push({
          class: 'config',
          field: `${file}: id`,
          message: `${file}: experiment “${id}” is defined in ${first} already.`,
          fix: 'Give one of them another id, or remove it.',
        });
      }
      seen.set(id, first ?? file);
    }
  }
}
