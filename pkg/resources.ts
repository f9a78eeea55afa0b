/** What editors, variables and the app page ask of the backend besides queries. */
import type { ExperimentChoice, MetricChoice, SourceStatus } from '../src/contract/resources';
import { SOURCE_NAMES } from '../src/calc/provenance';
import type { SourceName } from '../src/calc/provenance';
import { FailureError } from '../src/contract/failure';
import { experimentAlias, findExperiment, settleExperiment } from './experiment/definition';
import type { KnownExperiment } from './experiment/definition';
import { failureOf } from './sources/thrown';
import { settleMetrics } from './experiment/metrics';
import type { Instance } from './instance';
import { describeFailure } from './queries/answer';
import { statusOf } from './queries/overview';
import { probeSources, statusRow } from './queries/status';
import type { ResourceRequest, ResourceResult } from './sdk/server';

type Route = (instance: Instance, parameters: URLSearchParams, signal: AbortSignal) => Promise<unknown>;

const ROUTES: Record<string, Route> = {
  experiments: async (instance) => {
    const { experiments } = await instance.catalogue.read();
    return experiments.map((known) => choiceOf(known, instance.clock()));
  },
  metrics: async (instance, parameters): Promise<MetricChoice[]> => {
    const wanted = parameters.get('experiment') ?? '';
    const { experiments } = await instance.catalogue.read(false, wanted || undefined);
    const defined = wanted ? findExperiment(wanted, experiments).definition.metrics : undefined;
    return settleMetrics(undefined, defined ?? null, instance.settings.mapping.prometheus.metrics).map(
      ({ id, label }) => ({ id, label }),
    );
  },
  sources: async (instance, parameters): Promise<SourceStatus[]> =>
    (await probeSources(instance, askedSources(parameters))).map(statusRow),
  values: async (instance, parameters, signal) => {
    const dimension = parameters.get('dimension') ?? '';
    const search = parameters.get('search') ?? '';
    const experiment = parameters.get('experiment') ?? '';
    return valuesOf(instance, askedSources(parameters), { dimension, search, experiment }, signal);
  },
};

/** The source named by `source`, else all. @throws FailureError for one that does not exist */
function askedSources(parameters: URLSearchParams): readonly SourceName[] {
  const wanted = parameters.get('source');
  if (wanted === null) {
    return SOURCE_NAMES;
  }
  const asked = SOURCE_NAMES.filter((name) => name === wanted);
  if (asked.length === 0) {
    throw new FailureError({
      class: 'query',
      field: 'source',
      message: `There is no source “${wanted}”.`,
      fix: `Ask for one of: ${SOURCE_NAMES.join(', ')}.`,
    });
  }
  return asked;
}

/** @returns JSON; an unknown path is 404, a failure 400 or 502 with `{ message, fix }` */
export async function answerResource(
  instance: Instance,
  request: ResourceRequest,
  signal: AbortSignal,
): Promise<ResourceResult> {
  const url = new URL(request.url, 'http://plugin');
  const path = request.path.replace(/^\/+|\/+$/g, '');
  const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  if (!route) {
    return json(404, {
      message: `There is no resource “${path}”.`,
      fix: `Ask for one of: ${Object.keys(ROUTES).join(', ')}.`,
    });
  }
  if (request.method !== 'GET') {
    return json(405, { message: `Resource “${path}” is read with GET.`, fix: 'Use GET.' });
  }
  try {
    return json(200, await route(instance, url.searchParams, signal));
  } catch (error) {
    const failure = failureOf(error);
    if (failure.class === 'bug') {
      instance.logger.error({ error, path }, 'a resource failed unexpectedly');
    }
    return json(failure.class === 'config' || failure.class === 'query' ? 400 : 502, {
      message: describeFailure(failure),
      class: failure.class,
      source: failure.source,
      field: failure.field,
      fix: failure.fix,
    });
  }
}

function choiceOf(known: KnownExperiment, now: number): ExperimentChoice {
  const { definition } = known;
  const { id, name = id, owner = null, alpha, timeZone } = definition;
  const base = { id, name, owner, alpha, timeZone };
  try {
    const experiment = settleExperiment(known);
    return {
      ...base,
      status: statusOf(experiment, now),
      variants: experiment.variants.map(({ name }) => name),
      control: experiment.control,
      start: experiment.start,
    };
  } catch (error) {
    return {
      ...base,
      status: failureOf(error).message,
      variants: definition.variants.map(({ name }) => name),
      control: null,
      start: null,
    };
  }
}

interface ValuesQuestion {
  dimension: string;
  search: string;
  /** Only those seen in this experiment; empty: all. */
  experiment: string;
}

const MOST_VALUES = 1000;

/**
 * Values of a dimension from every store that has it, at most 1,000: search for the others. One store that fails leaves the
 * others' values.
 * @throws FailureError of the first when none is left, or the experiment is unknown
 */
async function valuesOf(
  instance: Instance,
  names: readonly SourceName[],
  { dimension, search, experiment }: ValuesQuestion,
  signal: AbortSignal,
): Promise<string[]> {
  const { experiments } = experiment === '' ? { experiments: [] } : await instance.catalogue.read(false, experiment);
  const definition = experiment === '' ? null : findExperiment(experiment, experiments).definition;
  const failures: FailureError[] = [];
  const found = await Promise.all(
    names.map(async (name): Promise<string[]> => {
      const source = instance.sources[name];
      if (!source?.dimensionValues) {
        return [];
      }
      const subject = definition ? experimentAlias(definition, name) : undefined;
      try {
        return await source.dimensionValues(dimension, search, signal, subject);
      } catch (error) {
        instance.logger.warn({ error, source: name, dimension }, 'values of a dimension could not be read');
        failures.push(new FailureError(failureOf(error, name), { cause: error }));
        return [];
      }
    }),
  );
  const values = [...new Set(found.flat())].sort();
  const [failure] = failures;
  if (failure && values.length === 0) {
    throw failure;
  }
  return values.slice(0, MOST_VALUES);
}

function json(status: number, body: unknown): ResourceResult {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
