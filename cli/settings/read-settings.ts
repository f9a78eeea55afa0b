/** What every command that asks the stores needs: settings, secrets and the experiments written down in files. */
import type { Command } from 'commander';
import { z } from 'zod';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import { readDefinitions, type DefinitionFile } from '../experiments/definitions';
import { PROJECT } from '../project';
import { remark } from '../terminal/output';
import { readEnvFile, type EnvFile } from './env-file';
import { readSettingFlags } from './flags';
import { settle, type RunSettings } from './settle';
import { isUnread } from './variables';
import { readYamlFile } from './yaml-file';

export interface ReadSettings extends Omit<RunSettings, 'experiments'> {
  /** Their sound definitions are in `settings.experiments`; what is wrong in them is for `check` to list. */
  definitionFiles: DefinitionFile[];
}

const optionsSchema = z.looseObject({ env: z.string(), settings: z.string().optional() });

/**
 * Reads the settings of a run from its flags, this process's environment, `.env` and the files they name.
 * @throws FailureError naming what is wrong and where
 */
export async function readSettings(command: Command): Promise<ReadSettings> {
  const options: Readonly<Record<string, unknown>> = command.opts();
  const { env: envFile, settings: settingsFile } = optionsSchema.parse(options);
  const isNamed = command.getOptionValueSource('env') !== 'default';
  const lines = await readEnvFile(envFile, isNamed);
  remarkUnread(lines, envFile);
  const run = settle({
    flags: readSettingFlags(options),
    environment: process.env,
    envFile: lines,
    envFileName: envFile,
    file:
      settingsFile === undefined
        ? null
        : { name: settingsFile, content: await readYamlFile(settingsFile, '--settings') },
  });
  const { experiments, settings, ...rest } = run;
  const definitionFiles = await readDefinitions(experiments ?? [PROJECT.experiments], experiments !== null);
  const definitions = definitionFiles.flatMap((file) => file.definitions);
  return {
    ...rest,
    settings: { ...settings, experiments: [...settings.experiments, ...definitions] },
    definitionFiles,
  };
}

/** Other programs may share the file, so a name that nobody reads is said and not refused. */
function remarkUnread(lines: EnvFile, file: string): void {
  for (const [name, { line }] of lines) {
    if (isUnread(name)) {
      remark(`uplift: line ${line} of ${file} sets ${name}, which nothing reads; .env.example lists every name.`);
    }
  }
}

/** @throws FailureError with the first thing that is wrong in the experiments' files */
export function refuseWrongDefinitions(files: readonly DefinitionFile[]): void {
  const [failure] = files.flatMap(({ failures }): Failure[] => failures);
  if (failure) {
    throw new FailureError(failure);
  }
}

/** @throws FailureError when there is nobody to ask, and simulated figures are not wanted either */
export function refuseNoSource({ mlflow, prometheus, influx, fallback }: ReadSettings['settings']): void {
  if (!mlflow && !prometheus && !influx && !fallback.allowSimulated) {
    throw new FailureError({
      class: 'config',
      field: '.env',
      message: 'No source is configured, so there is nothing to show.',
      fix: 'Copy .env.example to .env and fill in an address, or run `uplift demo` to see it with traffic of its own.',
    });
  }
}
