/** `uplift check`: every connection as the data source itself tests it, and every experiment that is written down. */
import { z } from 'zod';
import type { SourceName } from '../../src/calc/provenance';
import type { ExperimentDefinition } from '../../src/contract/experiment';
import type { Reach } from '../../src/contract/failure';
import {
  experimentChoiceSchema,
  sourceStatusSchema,
  type ExperimentChoice,
  type SourceStatus,
} from '../../src/contract/resources';
import type { Backend } from '../backend/backend';
import type { DefinitionFile } from '../experiments/definitions';
import { nameVariables } from '../settings/variables';

/** Null: not got that far, or not configured. */
export interface SourceCheck {
  source: SourceName;
  state: string;
  reachable: boolean | null;
  authenticated: boolean | null;
  readable: boolean | null;
  version: string | null;
  latency_ms: number | null;
  endpoint: string | null;
  /** Epoch ms. */
  newest_sample: number | null;
  /** What the store holds, or what went wrong. */
  found: string;
  /** What to do; null when nothing is to be done. */
  fix: string | null;
}

export interface ExperimentCheck {
  experiment: string;
  file: string;
  isValid: boolean;
  found: string;
  fix: string | null;
}

export interface CheckResult {
  /** Every configured source is readable, at least one is configured, every definition is valid. */
  ok: boolean;
  sources: SourceCheck[];
  experiments: ExperimentCheck[];
}

const ADDRESS_OF: Record<SourceName, string> = {
  mlflow: 'MLFLOW_DB_HOST',
  prometheus: 'PROMETHEUS_URL',
  influx: 'INFLUX_URL',
};

/** @throws FailureError when the backend itself refuses the settings */
export async function runCheck(backend: Pick<Backend, 'read'>, files: readonly DefinitionFile[]): Promise<CheckResult> {
  const [statuses, choices] = await Promise.all([
    backend.read('sources', z.array(sourceStatusSchema)),
    backend.read('experiments', z.array(experimentChoiceSchema)),
  ]);
  const sources = statuses.map(describeSource);
  const experiments = files.flatMap((file) => describeDefinitions(file, choices));
  const configured = sources.filter(({ state }) => state !== 'off');
  const ok =
    configured.length > 0 &&
    configured.every(({ readable }) => readable === true) &&
    experiments.every(({ isValid }) => isValid);
  return { ok, sources, experiments };
}

function describeSource(status: SourceStatus): SourceCheck {
  const { source, state, version, latency_ms, endpoint, newest_sample, reached, warnings } = status;
  const found =
    (status.error === null ? null : nameVariables(status.error)) ??
    [status.found ?? 'not configured', ...warnings.map((text) => `warning: ${text}`)].join('; ');
  return {
    source,
    state,
    ...stagesOf(reached),
    version,
    latency_ms,
    endpoint,
    newest_sample,
    found,
    fix: fixOf(status),
  };
}

type Stages = Pick<SourceCheck, 'reachable' | 'authenticated' | 'readable'>;

/** Each stage that was passed, the one that failed, and null for those never tried. */
function stagesOf(reached: Reach | null): Stages {
  switch (reached) {
    case null:
      return { reachable: null, authenticated: null, readable: null };
    case 'nothing':
      return { reachable: false, authenticated: null, readable: null };
    case 'server':
      return { reachable: true, authenticated: false, readable: null };
    case 'login':
      return { reachable: true, authenticated: true, readable: false };
    case 'data':
      return { reachable: true, authenticated: true, readable: true };
  }
}

function fixOf({ source, state, error, hint }: SourceStatus): string | null {
  if (error !== null) {
    return hint === null ? null : nameVariables(hint);
  }
  switch (state) {
    case 'off':
      return `Set ${ADDRESS_OF[source]} to use it.`;
    case 'empty':
      return `It holds no A/B data: check that the service exports to it, and the names in mapping.${source}.`;
    case 'stale':
      return 'Its newest sample is old: check that the service still exports to it, and the clocks.';
    default:
      return null;
  }
}

/** What is wrong in a file, and its definitions as the backend settles them: only it knows whether the names fit together. */
function describeDefinitions(
  { file, definitions, failures }: DefinitionFile,
  choices: readonly ExperimentChoice[],
): ExperimentCheck[] {
  const wrong = failures.map(({ message, fix }): ExperimentCheck => ({
    experiment: '–',
    file,
    isValid: false,
    found: message,
    fix,
  }));
  return [...wrong, ...definitions.map((definition) => describeDefinition(definition, file, choices))];
}

function describeDefinition(
  { id }: ExperimentDefinition,
  file: string,
  choices: readonly ExperimentChoice[],
): ExperimentCheck {
  const choice = choices.find((candidate) => candidate.id === id);
  if (!choice?.control) {
    const found = choice?.status ?? 'the backend does not list it';
    return { experiment: id, file, isValid: false, found, fix: `Correct the definition in ${file}.` };
  }
  const others = choice.variants.filter((name) => name !== choice.control);
  return {
    experiment: id,
    file,
    isValid: true,
    found: `${choice.status}; ${others.join(', ')} against ${choice.control}`,
    fix: null,
  };
}
