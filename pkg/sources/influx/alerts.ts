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
    alerts: history.value.map((series) => alertOf(series, messageOf.get(keyOf(series.tags)) ?? '', mapping.variant)),
    warnings: history.warnings,
    executed: history.executed,
  };
}

function alertOf({ tags, times, columns }: AggregateSeries, message: string, variantTag: string): StoreAlert {
  const active = columns[ACTIVE] ?? new Float64Array();
  const isActive = (active.at(-1) ?? 0) > 0;
  const lastOther = active.findLastIndex((value) => value > 0 !== isActive);
  return {
    name: tags.alert ?? '',
    state: isActive ? 'firing' : 'normal',
    severity: tags.severity ?? '',
    message,
    // Without a change inside the period it has been so for longer than was looked back.
    since: lastOther === -1 ? null : (times[lastOther + 1] ?? null),
    labels: { variant: tags[variantTag] ?? '' },
  };
}
