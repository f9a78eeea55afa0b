/** The experiments written down in files: `provisioning/experiments/*.yaml`, one definition a file or several under `experiments`. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import type { ExperimentDefinition } from '../../src/contract/experiment';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import { readDefinitions as readWritten, type DefinitionFault } from '../../src/contract/written-definitions';
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
  const read = readWritten(content);
  return {
    file,
    definitions: read.flatMap((one) => ('definition' in one ? [one.definition] : [])),
    failures: read.flatMap((one) => ('faults' in one ? [describe(file, one.id, one.faults)] : [])),
  };
}

/** The first fault of a definition: the others are often its consequence. */
function describe(file: string, id: string | null, [fault]: readonly DefinitionFault[]): Failure {
  const field = fault?.field ?? '';
  const where = `${file}${id === null ? '' : ` (experiment “${id}”)`}`;
  if (fault?.isUnknown) {
    return {
      class: 'config',
      field: `${file}: ${field}`,
      message: `${where}: ${fault.message}.`,
      fix: 'Correct its spelling or remove it: it would have no effect.',
    };
  }
  return {
    class: 'config',
    field: field === '' ? file : `${file}: ${field}`,
    message: `${where}: ${field === '' ? 'not a definition' : field}: ${fault?.message ?? 'not valid'}.`,
    fix: 'Correct the field; docs and the demo’s files in provisioning/experiments show every one.',
  };
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
