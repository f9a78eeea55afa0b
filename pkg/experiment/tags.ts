/**
 * An experiment written into MLflow: `uplift.*` tags of the MLflow experiment. `uplift.definition` holds one definition
 * or a list of them as JSON (one MLflow experiment may hold several tests); single tags hold single fields.
 */
import { z } from 'zod';
import type { DiscoveredExperiment } from '../sources/capabilities/discovery';
import type { ExperimentDefinition } from '../../src/contract/experiment';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import type { Failure } from '../../src/contract/failure';

/** Single tags, without the prefix, and the field each fills. JSON tags hold structured values. */
const TEXT_TAGS = {
  name: 'name',
  owner: 'owner',
  control: 'control',
  start: 'start',
  end: 'end',
  time_zone: 'timeZone',
  assignment: 'assignment',
  unit: 'unit',
  currency: 'currency',
} as const;
const JSON_TAGS = {
  alias: 'alias',
  variants: 'variants',
  split: 'split',
  phases: 'phases',
  metrics: 'metrics',
  warm_up: 'warmUp',
  planned_total: 'plannedTotal',
  alpha: 'alpha',
} as const;

const oneOrMany = z.union([z.array(z.record(z.string(), z.unknown())), z.record(z.string(), z.unknown())]);

/** Definitions an MLflow experiment carries; a tag that cannot be read is a failure value, and the rest still counts. */
export function readDefinitionTags(found: DiscoveredExperiment): {
  definitions: ExperimentDefinition[];
  failures: Failure[];
} {
  const failures: Failure[] = [];
  const fail = (tag: string, message: string) =>
    failures.push({
      class: 'config',
      source: 'mlflow',
      field: `uplift.${tag}`,
      message: `Tag uplift.${tag} of MLflow experiment “${found.id}”: ${message}`,
      fix: 'Correct the tag; docs/define-an-experiment.md lists each with an example.',
    });

  const parseJson = (tag: string, text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      fail(tag, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };

  const fields: Record<string, unknown> = {};
  for (const [tag, field] of Object.entries(TEXT_TAGS)) {
    if (found.tags[tag] !== undefined) {
      fields[field] = found.tags[tag];
    }
  }
  for (const [tag, field] of Object.entries(JSON_TAGS)) {
    const text = found.tags[tag];
    if (text !== undefined) {
      fields[field] = parseJson(tag, text);
    }
  }

  const whole = found.tags.definition;
  const given = whole === undefined ? undefined : oneOrMany.safeParse(parseJson('definition', whole));
  if (given && !given.success) {
    fail('definition', 'neither an object nor a list of objects');
  }
  const written = given?.success ? (Array.isArray(given.data) ? given.data : [given.data]) : [{}];

  const definitions = written.flatMap((own) => {
    const alias = {
      mlflow: found.id,
      ...z
        .record(z.string(), z.string())
        .catch({})
        .parse(own.alias ?? fields.alias),
    };
    const parsed = experimentDefinitionSchema.safeParse({ id: found.id, ...fields, ...own, alias });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      fail(issue?.path.join('.') ?? 'definition', issue?.message ?? 'not a definition');
      return [];
    }
    return [parsed.data];
  });
  return { definitions, failures };
}
