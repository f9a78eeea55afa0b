/** The MLflow rows of the demo's past: experiments and their `uplift.*` tags, training runs, and the registry. */
import { createHash } from 'node:crypto';
import { randomBinomial, randomNormal } from 'd3-random';
import type { SeededExperiment, SeededVariant, Scenario } from '../scenario';
import { trueAccuracy } from '../scenario';
import type { Random } from '../traffic/random';
import { deriveSeed, seedRandom } from '../traffic/random';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const EPOCHS = 20;
/** Rows of the test set all models of an experiment are evaluated on. */
const TEST_ROWS = 20_000;
/** How much better a model looks on its test set than on live traffic. */
const OPTIMISM = 0.004;
/** Earlier attempts behind each served version. */
const ATTEMPTS = 3;

export interface RunRow {
  runId: string;
  name: string;
  experiment: string;
  status: 'FINISHED' | 'FAILED' | 'RUNNING';
  lifecycle: 'active' | 'deleted';
  start: number;
  end: number | null;
  user: string;
  params: Record<string, string>;
  tags: Record<string, string>;
}

export interface MetricRow {
  runId: string;
  key: string;
  value: number;
  time: number;
  step: number;
}

export interface VersionRow {
  model: string;
  version: number;
  runId: string;
  time: number;
  alias: string | null;
}

export interface MlflowRows {
  experiments: Array<{ name: string; created: number; tags: Record<string, string> }>;
  runs: RunRow[];
  metrics: MetricRow[];
  versions: VersionRow[];
}

/** MLflow's ids are 32 hex digits; the same run has the same id in every demo. */
export const runIdOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32);

/** One test as its owner would write it into MLflow. */
export function definitionTags(experiment: SeededExperiment): Record<string, string> {
  const { definition } = experiment;
  const structured = {
    variants: definition.variants,
    split: definition.split,
    phases: definition.phases,
    metrics: definition.metrics,
  };
  const text = {
    name: definition.name,
    owner: definition.owner,
    control: definition.control,
    start: definition.start,
    assignment: definition.assignment,
  };
  return Object.fromEntries(
    [
      ...Object.entries(text).map(([tag, value]) => [tag, value] as const),
      ...Object.entries(structured).map(([tag, value]) => [tag, value && JSON.stringify(value)] as const),
    ].flatMap(([tag, value]) => (value === undefined ? [] : [[`uplift.${tag}`, value]])),
  );
}

/** Metrics of one training run: curves over the epochs, the last of which is the model's evaluation. */
function trainingCurve(run: RunRow, accuracy: number, random: Random): MetricRow[] {
  const wobble = randomNormal.source(random)(0, 0.002);
  const length = ((run.end ?? run.start) - run.start) / EPOCHS;
  return Array.from({ length: EPOCHS }, (_, index) => {
    const step = index + 1;
    const isLast = step === EPOCHS;
    const learnt = isLast ? accuracy : accuracy - 0.25 * Math.exp(-step / 4) + wobble();
    const values = {
      accuracy: learnt,
      precision: learnt + 0.013,
      recall: learnt - 0.021,
      loss: 0.32 + 0.9 * Math.exp(-step / 5) + Math.abs(wobble()),
    };
    const time = Math.round(run.start + step * length);
    return Object.entries(values).map(([key, value]) => ({ runId: run.runId, key, value, time, step }));
  }).flat();
}

function trainingRun(
  experiment: SeededExperiment,
  variant: SeededVariant,
  version: string,
  attempt: number,
  end: number,
): RunRow {
  const isServed = attempt === ATTEMPTS;
  const name = `${variant.name}-v${version}-${attempt}`;
  return {
    runId: runIdOf(`${experiment.id}/${name}`),
    name,
    experiment: experiment.id,
    // The first attempt crashed, as first attempts do.
    status: attempt === 0 ? 'FAILED' : 'FINISHED',
    lifecycle: 'active',
    start: end - 2 * HOUR,
    end,
    user: experiment.owner,
    params: {
      model_variant: variant.name,
      test_size: String(TEST_ROWS),
      learning_rate: String(0.1 / (attempt + 1)),
      model_type: 'gradient-boosting',
    },
    tags: {
      'mlflow.runName': name,
      'mlflow.user': experiment.owner,
      ...(isServed ? { model_version: version } : {}),
    },
  };
}

function aliasOf(variant: SeededVariant, version: string): string | null {
  if (version !== variant.versions.at(-1)?.version) return null;
  switch (variant.role) {
    case 'control':
      return 'champion';
    case 'treatment':
      return 'challenger';
    case 'shadow':
      return 'shadow';
    case 'holdout':
      return null;
  }
}

/** All rows up to the scenario's `now`; the same seed gives the same rows. */
export function buildMlflowRows(scenario: Scenario): MlflowRows {
  const rows: MlflowRows = { experiments: [], runs: [], metrics: [], versions: [] };
  for (const experiment of scenario.experiments) {
    const random = seedRandom(deriveSeed(scenario.seed, `${experiment.id} mlflow`));
    const created = experiment.firstRequest - 10 * DAY;
    rows.experiments.push({
      name: experiment.id,
      created,
      tags: { ...definitionTags(experiment), team: experiment.owner },
    });
    for (const variant of experiment.variants) {
      for (const { version, from } of variant.versions) {
        const deployed = Math.max(from, experiment.firstRequest);
        for (let attempt = 0; attempt <= ATTEMPTS; attempt++) {
          const run = trainingRun(
            experiment,
            variant,
            version,
            attempt,
            deployed - DAY - (ATTEMPTS - attempt) * 6 * HOUR,
          );
          rows.runs.push(run);
          if (run.status !== 'FINISHED') continue;
          const expected = trueAccuracy(experiment, variant.name) + OPTIMISM - 0.006 * (ATTEMPTS - attempt);
          const right = randomBinomial.source(random)(TEST_ROWS, expected)();
          rows.metrics.push(...trainingCurve(run, right / TEST_ROWS, random));
        }
        const runId = runIdOf(`${experiment.id}/${variant.name}-v${version}-${ATTEMPTS}`);
        const model = experiment.registeredModel;
        rows.versions.push({
          model,
          version: Number(version),
          runId,
          time: deployed - DAY,
          alias: aliasOf(variant, version),
        });
      }
    }
    // A run someone threw away: MLflow keeps its row, and its status says RUNNING for ever.
    const thrownAway = `${experiment.id}/thrown-away`;
    rows.runs.push({
      runId: runIdOf(thrownAway),
      name: 'thrown-away',
      experiment: experiment.id,
      status: 'RUNNING',
      lifecycle: 'deleted',
      start: created,
      end: null,
      user: experiment.owner,
      params: { model_variant: experiment.variants[0]?.name ?? 'none' },
      tags: { 'mlflow.runName': 'thrown-away' },
    });
    rows.metrics.push({ runId: runIdOf(thrownAway), key: 'accuracy', value: 0.999, time: created, step: 1 });
  }
  return rows;
}
