/** A logger that says nothing, and settings made of a few overrides. */
import pino from 'pino';
import type { SettingsInput } from '../../../src/contract/settings';
import { secretsSchema, settingsSchema } from '../../../src/contract/settings';
import type { Secrets } from '../../../src/contract/settings';
import type { SourceSet } from '../../../pkg/sources/registry';
import { createSources } from '../../../pkg/sources/registry';
import type { SourceName } from '../../../src/calc/provenance';
import type { Source } from '../../../pkg/sources/source';

export function sourcesOf(settings: SettingsInput, secrets: Secrets = {}): SourceSet {
  return createSources(settingsSchema.parse(settings), secretsSchema.parse(secrets), pino({ level: 'silent' }));
}

/** A source with everything it may be asked, or an error that says what it lacks. */
export function complete<Ability extends keyof Source>(
  sources: SourceSet,
  name: SourceName,
  ...abilities: Ability[]
): Source & Required<Pick<Source, Ability>> {
  const source = sources[name];
  const has = (candidate: Source): candidate is Source & Required<Pick<Source, Ability>> =>
    abilities.every((ability) => candidate[ability] !== undefined);
  if (!source || !has(source)) {
    throw new Error(`${name} is not configured or lacks one of ${abilities.join(', ')}`);
  }
  return source;
}

/** A signal nobody aborts. */
export const patient = (): AbortSignal => new AbortController().signal;
