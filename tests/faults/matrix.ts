/** The matrix of fallbacks: every condition of every store, what is asked of each, and what design §7 says must come out. */
import type { Level, SourceName, ValueState } from '../../src/calc/provenance';
import { SOURCE_NAMES } from '../../src/calc/provenance';
import type { FailureClass } from '../../src/contract/failure';
import type { UpliftMeta } from '../../src/contract/frames';
import type { QueryAnswer } from '../../pkg/sdk/client';
import { frameNamed, rowsOf } from '../integration/queries/backend';
import type { DataSource, Plugin, Query } from './plugin';
import { FROM_ALERT } from './plugin';
import type { Condition, Conditions } from './stores';
import { CONDITIONS } from './stores';

/** Two days old and so read in three chunks: the small one of the demo's experiments. */
export const EXPERIMENT = 'fraud-threshold';
export const METRICS = ['accuracy', 'error_rate', 'latency_p95_ms'] as const;
type MetricId = (typeof METRICS)[number];

/** Where a metric's values come from: `prometheus measured`, `missing`. */
type Origin = `${SourceName} ${ValueState}` | 'missing';

/** What a rule gets: a number, nothing to evaluate, or the class of the error it errs with. */
type AlertOutcome = 'number' | 'no data' | FailureClass;

/** What a user sees of one case. */
export interface Outcome {
  level: Level;
  values: Record<MetricId, Origin>;
  /** The class of what each store is said to have failed with; `empty` where it answered with nothing. */
  said: Partial<Record<SourceName, FailureClass | 'empty'>>;
  alert: AlertOutcome;
}

export function allConditions(): Conditions[] {
  return CONDITIONS.flatMap((mlflow) =>
    CONDITIONS.flatMap((prometheus) => CONDITIONS.map((influx): Conditions => ({ mlflow, prometheus, influx }))),
  );
}

export const isUp = (condition: Condition): boolean => condition === 'up';

/** Which class of failure a condition is reported as; null where it is none. */
function classOf(source: SourceName, condition: Condition): FailureClass | 'empty' | null {
  switch (condition) {
    case 'up':
      return null;
    case 'down':
      return 'network';
    case 'slow':
      return 'timeout';
    case 'wrong password':
      return 'auth';
    case 'empty':
      // MLflow knows which experiments it holds and says that this is none; the others have no samples of it.
      return source === 'mlflow' ? 'config' : 'empty';
  }
}

/** Design §7, as rules. */
export function expectedOutcome({ mlflow, prometheus, influx }: Conditions): Outcome {
  const isCounted = isUp(prometheus);
  const standsIn = !isCounted && isUp(influx);
  const isOperational = isCounted || standsIn;
  const said: Outcome['said'] = {};
  // InfluxDB is asked when Prometheus has no answer, and not before.
  const asked = { mlflow, prometheus, influx: isCounted ? 'up' : influx } as const;
  for (const source of SOURCE_NAMES) {
    const found = classOf(source, asked[source]);
    if (found) {
      said[source] = found;
    }
  }
  return {
    level: isOperational ? (isUp(mlflow) ? 'live' : 'operational') : isUp(mlflow) ? 'model' : 'no-data',
    values: {
      // InfluxDB's points carry no labelled answers: without Prometheus accuracy is the test set's.
      accuracy: isCounted ? 'prometheus measured' : isUp(mlflow) ? 'mlflow measured' : 'missing',
      error_rate: isCounted ? 'prometheus measured' : standsIn ? 'influx estimated' : 'missing',
      latency_p95_ms: isCounted ? 'prometheus measured' : 'missing',
    },
    said,
    alert: isCounted ? 'number' : prometheus === 'empty' ? 'no data' : alertClass(prometheus),
  };
}

function alertClass(condition: Condition): FailureClass {
  const found = classOf('prometheus', condition);
  if (found === null || found === 'empty') {
    throw new Error(`an alert does not fail when Prometheus is ${condition}`);
  }
  return found;
}

const TABLE: Query = {
  queryType: 'experiment',
  experiment: EXPERIMENT,
  metrics: METRICS.map((id) => ({ id })),
};
const RULE: Query = {
  queryType: 'experiment',
  experiment: EXPERIMENT,
  format: 'numeric',
  metric: 'error_rate',
  value: 'value_control',
};

/** Everything a case is judged by, as the plugin answered it. */
export interface Answers {
  table: QueryAnswer;
  rule: QueryAnswer;
}

export async function askCase(plugin: Plugin, dataSource: DataSource): Promise<Answers> {
  // One after the other: the rule then meets the breakers and caches that a running data source has.
  const table = await plugin.ask(dataSource, TABLE);
  const rule = await plugin.ask(dataSource, RULE, FROM_ALERT);
  return { table, rule };
}

/** What the answers come to. */
export function outcomeOf({ table, rule }: Answers): Outcome {
  const meta = upliftOf(table);
  const said: Outcome['said'] = {};
  for (const reading of meta.provenance.sources) {
    if (reading.state === 'empty') {
      said[reading.source] = 'empty';
    }
  }
  for (const { source, class: found } of meta.failures ?? []) {
    if (source) {
      said[source] = found;
    }
  }
  return { level: meta.provenance.level, values: originsOf(table), said, alert: alertOutcome(rule) };
}

/** `meta.custom.uplift` of an answer's first frame. */
export function upliftOf(answer: QueryAnswer): UpliftMeta {
  const uplift: unknown = answer.frames[0]?.meta?.custom?.uplift;
  if (!isUplift(uplift)) {
    throw new Error(`the answer says nothing of itself: ${answer.error ?? 'no error either'}`);
  }
  return uplift;
}

const isUplift = (value: unknown): value is UpliftMeta =>
  typeof value === 'object' && value !== null && 'provenance' in value;

/** Where each metric of the `comparisons` frame comes from. */
export function originsOf(table: QueryAnswer): Record<MetricId, Origin> {
  const rows = rowsOf(frameNamed(table, 'comparisons'));
  const originOf = (metric: MetricId): Origin => {
    const row = rows.find((one) => one.metric === metric);
    const hasValues = row?.value_control != null && row.value_variant != null;
    if (!row || (row.state === 'missing') === hasValues) {
      throw new Error(`${metric} is ${String(row?.state)} and has ${hasValues ? '' : 'no '}values`);
    }
    return row.state === 'missing' ? 'missing' : readOrigin(`${String(row.source)} ${String(row.state)}`);
  };
  return {
    accuracy: originOf('accuracy'),
    error_rate: originOf('error_rate'),
    latency_p95_ms: originOf('latency_p95_ms'),
  };
}

const ORIGINS = SOURCE_NAMES.flatMap((source): Origin[] => [
  `${source} measured`,
  `${source} estimated`,
  `${source} simulated`,
]);

function readOrigin(text: string): Origin {
  const found = ORIGINS.find((origin) => origin === text);
  if (!found) {
    throw new Error(`“${text}” is no origin of a value`);
  }
  return found;
}

/** Words by which a rule's error tells its class. */
const ALERT_WORDS: ReadonlyArray<[FailureClass, RegExp]> = [
  ['network', /nothing listens/],
  ['timeout', /did not answer/],
  ['auth', /refused the credentials|wants credentials/],
];

function alertOutcome({ error, frames }: QueryAnswer): AlertOutcome {
  if (error !== null) {
    return ALERT_WORDS.find(([, words]) => words.test(error))?.[0] ?? 'bug';
  }
  const values = frames.flatMap(({ fields }) => fields.flatMap((field) => [...field.values]));
  return values.length > 0 && values.every((value) => value !== null) ? 'number' : 'no data';
}

/** The notices beside the data, as a user reads them. */
export const noticesOf = (answer: QueryAnswer): string[] =>
  answer.frames.flatMap(({ meta }) => meta?.notices ?? []).map(({ text }) => text);
