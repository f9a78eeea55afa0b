/** Alerts that a job writes as points: 1 while active, 0 while not, with a message beside. */
import { chartStep } from '../period';
import type { Alerts, StoreAlert } from '../capabilities/alerts';
import type { DeploymentsRequest } from '../capabilities/deployments';
import type { AggregateSeries } from './dialect';
import type { InfluxReader } from './traffic';
import { tagFilters } from './traffic';

/** Fine enough to say since when, coarse enough for a week of it. */
const STEP_MS = 600_000;
const ACTIVE = 'active';

/** @throws FailureError */
export async function readAlerts(
  { dialect, mapping, maxPoints }: InfluxReader,
  { experiment, filters, period }: DeploymentsRequest,
  signal: AbortSignal,
): Promise<Omit<Alerts, 'endpoint'>> {
  const measurement = mapping.alerts;
  const own = tagFilters(mapping, experiment, filters);
  const by = ['alert', 'severity', mapping.variant];
  const bucketMs = chartStep(period, STEP_MS, maxPoints);
  const columns = [{ as: ACTIVE, kind: 'last' as const, field: ACTIVE }];
  const question = { measurement, filters: own, by, period };
  const [history, messages] = await Promise.all([
    dialect.aggregate({ ...question, columns, bucketMs }, signal),
    dialect.lastText({ ...question, field: 'message' }, signal),
  ]);
  const keyOf = (tags: Record<string, string>) => JSON.stringify(by.map((tag) => tags[tag] ?? ''));
  const messageOf = new Map(messages.map(({ tags, text }) => [keyOf(tags), text]));
  return {
    alerts: history.value.map((series) => ({
      ...alertOf(series, period.from),
      message: messageOf.get(keyOf(series.tags)) ?? '',
      labels: { variant: series.tags[mapping.variant] ?? '' },
    })),
    warnings: history.warnings,
    executed: history.executed,
  };
}

function alertOf(
  { tags, times, columns }: AggregateSeries,
  from: number,
): Pick<StoreAlert, 'name' | 'state' | 'severity' | 'since'> {
  const active = columns[ACTIVE] ?? new Float64Array();
  const isActive = (active.at(-1) ?? 0) > 0;
  const lastOther = active.findLastIndex((value) => value > 0 !== isActive);
  const isOlder = lastOther === -1 && !beginsAfter(from, times);
  return {
    name: tags.alert ?? '',
    state: isActive ? 'firing' : 'normal',
    severity: tags.severity ?? '',
    since: isOlder ? null : (times[lastOther + 1] ?? null),
  };
}

/** Whether a series' first point is its very first: one that was there before would have one nearer to the period's start. */
function beginsAfter(from: number, times: Float64Array): boolean {
  const [first = from] = times;
  const widest = times.reduce((gap, time, index) => Math.max(gap, time - (times[index - 1] ?? time)), STEP_MS);
  return first - from > 2 * widest;
}
