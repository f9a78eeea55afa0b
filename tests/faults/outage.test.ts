/** Alerts, kept answers, flapping, backups and broken connections, on real servers behind a proxy. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryAnswer } from '../../pkg/sdk/client';
import type { SourceName } from '../../src/calc/provenance';
import { DATA_SOURCE_WORDS, SOURCE_NAMES } from '../../src/calc/provenance';
import { EXPERIMENT_VALUES, IMPACT_VALUES, OVERVIEW_VALUES } from '../../src/contract/query';
import { frameNamed, rowsOf } from '../integration/queries/backend';
import { EXPERIMENT, noticesOf, originsOf, upliftOf } from './matrix';
import type { DataSource, Plugin, Query } from './plugin';
import { FROM_ALERT, SKIP_CACHE, startPlugin } from './plugin';
import type { FaultStores } from './stores';
import { ALL_DOWN, ALL_UP, GUARD, startStores } from './stores';

/** The demo's winner. */
const WINNER = 'checkout-ranking';

let stores: FaultStores;
let plugin: Plugin;

beforeAll(async () => {
  stores = await startStores([EXPERIMENT, WINNER]);
  plugin = await startPlugin();
}, 600_000);

afterEach(async () => {
  await Promise.all(SOURCE_NAMES.map((name) => stores.proxies[name].become('up')));
});

afterAll(async () => {
  expect(plugin.isRunning()).toBe(true);
  await plugin.stop();
  await stores.stop();
});

const table = (experiment = EXPERIMENT): Query => ({
  queryType: 'experiment',
  experiment,
  metrics: [
    { id: 'accuracy', role: 'goal' },
    { id: 'error_rate', role: 'guardrail', margin: 0.002 },
    { id: 'latency_p95_ms', role: 'secondary' },
  ],
});

const numbersOf = ({ frames }: QueryAnswer): Array<string | number | boolean | null> =>
  frames.flatMap(({ fields }) => fields.flatMap((field) => [...field.values]));

const readingOf = (answer: QueryAnswer, source: SourceName) =>
  upliftOf(answer).provenance.sources.find((reading) => reading.source === source);

/** Asks until the answer is as wanted; a store that came back is tried again after its breaker's pause. */
async function askUntil(
  dataSource: DataSource,
  query: Query,
  isWanted: (answer: QueryAnswer) => boolean,
  limitMs = 120_000,
): Promise<QueryAnswer> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await plugin.ask(dataSource, query, SKIP_CACHE);
    if (isWanted(answer) || Date.now() > deadline) {
      return answer;
    }
    await sleep(500);
  }
}

const RULES: Array<[string, Query]> = [
  ...EXPERIMENT_VALUES.map((value): [string, Query] => [
    `experiment ${value}`,
    { queryType: 'experiment', experiment: EXPERIMENT, value },
  ]),
  ...IMPACT_VALUES.map((value): [string, Query] => [
    `impact ${value}`,
    { queryType: 'impact', experiment: EXPERIMENT, value },
  ]),
  ...OVERVIEW_VALUES.map((value): [string, Query] => [
    `overview ${value}`,
    { queryType: 'overview', experiment: EXPERIMENT, value },
  ]),
  ['overview of all experiments', { queryType: 'overview' }],
  ['impact as a time series', { queryType: 'impact', experiment: EXPERIMENT, format: 'timeseries' }],
  ['experiment as a time series', { queryType: 'experiment', experiment: EXPERIMENT, format: 'timeseries' }],
  ['monitor', { queryType: 'monitor', experiment: EXPERIMENT, metric: 'requests' }],
  ['monitor of what InfluxDB alone keeps', { queryType: 'monitor', experiment: EXPERIMENT, metric: 'rows_scored' }],
  ['status', { queryType: 'status' }],
  ['prometheus', { queryType: 'prometheus', expr: 'sum(ab_test_requests_total)' }],
  ['influx', { queryType: 'influx', query: 'SELECT sum(rows_scored) FROM model_scoring' }],
  ['mlflow', { queryType: 'mlflow', rawSql: 'SELECT count(*) AS n FROM experiments' }],
];

describe('an alert rule while every store is away', () => {
  it.each(RULES)('on %s errs, even where numbers may be simulated', async (_, query) => {
    const dataSource = stores.dataSource('total outage', ALL_DOWN, { fallback: { allowSimulated: true } });
    const answer = await plugin.ask(dataSource, { format: 'numeric', ...query }, FROM_ALERT);
    expect(answer.error).toMatch(/nothing listens/);
    expect(numbersOf(answer)).toEqual([]);
  });
});

describe('an alert rule while one store is away', () => {
  /** Ended an hour ago, so that what is asked twice is the same. */
  const definition = { end: new Date(Date.now() - 3_600_000).toISOString() };
  const ended = { experiment: EXPERIMENT, definition };
  const needs: Array<[string, Query, SourceName[]]> = [
    ['error rate', { queryType: 'experiment', ...ended, metric: 'error_rate', value: 'value_variant' }, ['prometheus']],
    ['online accuracy', { queryType: 'experiment', ...ended, metric: 'accuracy', value: 'lift_abs' }, ['prometheus']],
    ['ratio mismatch', { queryType: 'experiment', ...ended, value: 'srm_p' }, ['prometheus']],
    ['net value', { queryType: 'impact', ...ended, value: 'net_annual_value' }, ['prometheus']],
    ['chance to pay back', { queryType: 'impact', ...ended, value: 'p_roi_positive' }, ['prometheus']],
    ['state of the figures', { queryType: 'impact', ...ended, value: 'state' }, ['prometheus']],
    ['active experiments', { queryType: 'overview', experiment: EXPERIMENT, value: 'active_experiments' }, []],
    ['PromQL', { queryType: 'prometheus', expr: 'count(ab_test_requests_total) > 0' }, ['prometheus']],
    ['InfluxQL', { queryType: 'influx', query: 'SHOW TAG VALUES CARDINALITY WITH KEY = variant' }, ['influx']],
    ['SQL', { queryType: 'mlflow', rawSql: 'SELECT count(*) AS n FROM experiments' }, ['mlflow']],
  ];
  const cases = needs.flatMap(([name, query, needed]) =>
    SOURCE_NAMES.map((away): [string, SourceName, boolean, Query] => [name, away, needed.includes(away), query]),
  );
  it.each(cases)('on %s without %s (needed: %s)', async (_, away, isNeeded, query) => {
    const rule = { ...query, format: 'numeric' };
    const whole = await plugin.ask(stores.dataSource('all up', ALL_UP), rule, FROM_ALERT);
    const part = await plugin.ask(
      stores.dataSource(`without ${away}`, { ...ALL_UP, [away]: 'down' }),
      rule,
      FROM_ALERT,
    );
    expect(whole.error).toBeNull();
    expect(numbersOf(whole)).toContainEqual(expect.any(Number));
    if (isNeeded) {
      expect(part.error).toMatch(/nothing listens/);
      expect(numbersOf(part)).toEqual([]);
    } else {
      expect(part.error).toBeNull();
      expect(numbersOf(part)).toEqual(numbersOf(whole));
    }
  });

  it('errs on samples that are too old, which a dashboard shows with their age', async () => {
    const dataSource = stores.dataSource('stale', ALL_UP, { freshness: { prometheus: 0.001 } });
    const rule = { queryType: 'experiment', experiment: EXPERIMENT, format: 'numeric', metric: 'error_rate' };
    const answer = await plugin.ask(dataSource, rule, FROM_ALERT);
    expect(answer.error).toMatch(/newest sample is .* old.*freshness\.prometheus/);
    expect(numbersOf(answer)).toEqual([]);
    const shown = await plugin.ask(dataSource, table());
    expect(readingOf(shown, 'prometheus')?.state).toBe('stale');
    expect(originsOf(shown).error_rate).toBe('prometheus measured');
  });
});

describe('money while a store is away', () => {
  const impact = { queryType: 'impact', experiment: WINNER };
  const originOf = (answer: QueryAnswer, name: string): unknown =>
    frameNamed(answer, 'impact').fields.find((field) => field.name === name)?.config?.custom?.uplift;

  it('is measured as before without MLflow, for accuracy is counted in the test', async () => {
    const answer = await plugin.ask(stores.dataSource('money without mlflow', { ...ALL_UP, mlflow: 'down' }), impact);
    expect(rowsOf(frameNamed(answer, 'impact'))[0]).toMatchObject({ data_source: 'OPERATIONAL_DATA', state: 'result' });
    expect(originOf(answer, 'net_annual_value')).toMatchObject({ state: 'measured', source: 'calc' });
  });

  it('is preliminary where InfluxDB stands in for Prometheus, and says field by field what it rests on', async () => {
    const standIn = stores.dataSource('money without prometheus', { ...ALL_UP, prometheus: 'down' });
    const answer = await plugin.ask(standIn, impact);
    const [row] = rowsOf(frameNamed(answer, 'impact'));
    expect(row?.state).not.toBe('result');
    expect(originOf(answer, 'annual_revenue_increase')).toMatchObject({ state: 'measured', source: 'mlflow' });
    expect(originOf(answer, 'annual_risk_reduction')).toMatchObject({ state: 'estimated', source: 'influx' });
    expect(originOf(answer, 'net_annual_value')).toMatchObject({ state: 'estimated', source: 'calc' });
    const actions = rowsOf(frameNamed(answer, 'recommendations')).map(({ action }) => action);
    expect(actions).toContain('restore-source');
    expect(actions).not.toContain('deploy');
  });

  it('is not known with MLflow alone, and no rollout is advised', async () => {
    const answer = await plugin.ask(stores.dataSource('money of a test set', { ...ALL_DOWN, mlflow: 'up' }), impact);
    expect(rowsOf(frameNamed(answer, 'impact'))[0]).toMatchObject({
      data_source: 'MODEL_DATA',
      state: 'missing',
      net_annual_value: null,
      annual_risk_reduction: null,
    });
    expect(originOf(answer, 'annual_revenue_increase')).toMatchObject({ state: 'measured', source: 'mlflow' });
    expect(noticesOf(answer).join('\n')).toMatch(/offline accuracy/);
  });
});

describe('an earlier answer', () => {
  const LONG_SECONDS = 3600;
  const SHORT_SECONDS = 1;
  const keeping = (uid: string, keepSeconds = LONG_SECONDS) =>
    stores.dataSource(uid, ALL_UP, { fallback: { keepSeconds }, cache: { ttlSeconds: 0 } });

  it('stands in with its age, wins nothing, reaches no alert, and is gone when too old', async () => {
    const dataSource = keeping('kept');
    const forgetful = keeping('kept shortly', SHORT_SECONDS);
    const before = await plugin.ask(dataSource, table(WINNER));
    expect(Object.values(originsOf(await plugin.ask(forgetful, table(WINNER))))).not.toContain('missing');
    expect(rowsOf(frameNamed(before, 'comparisons'))[0]).toMatchObject({ metric: 'accuracy', verdict: 'winner' });
    await Promise.all(SOURCE_NAMES.map((name) => stores.proxies[name].become('down')));
    await sleep(1500);

    const kept = await plugin.ask(dataSource, table(WINNER));
    expect(originsOf(kept)).toEqual({
      accuracy: 'prometheus estimated',
      error_rate: 'prometheus estimated',
      latency_p95_ms: 'prometheus estimated',
    });
    const [accuracy] = rowsOf(frameNamed(kept, 'comparisons'));
    expect(accuracy?.verdict).toBe('inconclusive');
    expect(accuracy?.reasons).toMatch(/^estimated: estimated, \d+\ss old/);
    expect(noticesOf(kept).join('\n')).toMatch(/counts are estimated, \d+\ss old/);
    // Nothing is live of which nothing was read now.
    expect(upliftOf(kept).provenance.level).toBe('operational');
    expect(readingOf(kept, 'prometheus')).toHaveProperty('state', 'down');
    expect(typeof readingOf(kept, 'prometheus')?.keptAt).toBe('number');
    const rule = { queryType: 'experiment', experiment: WINNER, format: 'numeric', metric: 'accuracy' };
    expect((await plugin.ask(dataSource, rule, FROM_ALERT)).error).toMatch(/nothing listens/);

    // More than a second has passed.
    const gone = await plugin.ask(forgetful, table(WINNER));
    expect(Object.values(originsOf(gone))).toEqual(['missing', 'missing', 'missing']);
    expect(upliftOf(gone).provenance.level).toBe('no-data');
  });

  it('stands beside what is measured, field by field', async () => {
    const dataSource = keeping('partial');
    await plugin.ask(dataSource, table());
    await stores.proxies.mlflow.become('down');
    const answer = await plugin.ask(dataSource, table());
    const originOf = (name: string): unknown =>
      frameNamed(answer, 'variants').fields.find((field) => field.name === name)?.config?.custom?.uplift;
    expect(originOf('requests')).toMatchObject({ state: 'measured', source: 'prometheus' });
    expect(originOf('precision')).toMatchObject({ state: 'estimated', source: 'mlflow' });
    expect(rowsOf(frameNamed(answer, 'variants'))[0]?.precision).toEqual(expect.any(Number));
    expect(noticesOf(answer).join('\n')).toMatch(/MLflow’s metrics are estimated, \d+\ss old/);
    expect(upliftOf(answer).provenance.level).toBe('operational');
  });
});

it('no simulated number stands beside one that a store gave', async () => {
  const dataSource = stores.dataSource(
    'model only',
    { ...ALL_DOWN, mlflow: 'up' },
    { fallback: { allowSimulated: true } },
  );
  const answer = await plugin.ask(dataSource, { queryType: 'overview', experiment: EXPERIMENT });
  expect(rowsOf(frameNamed(answer, 'overview'))[0]).toMatchObject({
    data_source: DATA_SOURCE_WORDS.model,
    total_requests_24h: null,
    error_rate: null,
  });
});

it('a store that flaps every second does not make the level flicker', async () => {
  const dataSource = stores.dataSource('flapping', ALL_UP, { influx: undefined, cache: { ttlSeconds: 0 } });
  await plugin.ask(dataSource, table());
  let isUp = true;
  const flapping = setInterval(() => {
    isUp = !isUp;
    void stores.proxies.prometheus.become(isUp ? 'up' : 'down');
  }, 1000);
  const changes: Array<{ asked: number; at: number; level: string }> = [];
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const asked = Date.now();
    const { level } = upliftOf(await plugin.ask(dataSource, table(), SKIP_CACHE)).provenance;
    if (changes.at(-1)?.level !== level) {
      changes.push({ asked, at: Date.now(), level });
    }
    await sleep(150);
  }
  clearInterval(flapping);
  // An answer is as old as its question: a busy machine answers seconds later.
  const fallen = changes.flatMap(({ asked, level }, index) =>
    level === 'model' ? [{ at: asked, until: changes[index + 1]?.at ?? null }] : [],
  );
  expect(fallen.length).toBeGreaterThan(0);
  // The first pause is five seconds, the second ten: twenty seconds of flapping see three falls at most.
  expect(fallen.length).toBeLessThanOrEqual(3);
  for (const { at, until } of fallen) {
    expect((until ?? Infinity) - at).toBeGreaterThan(4000);
  }
});

describe('a backup', () => {
  it('answers for its primary, and provenance names it', async () => {
    const dataSource = stores.dataSource('good backup', { ...ALL_UP, prometheus: 'down' });
    const { prometheus } = stores.dataSource('', ALL_UP).jsonData;
    const backups = prometheus ? [{ url: prometheus.url }] : [];
    const answer = await plugin.ask(withPrometheus(dataSource, { backups }), table());
    expect(readingOf(answer, 'prometheus')).toMatchObject({ state: 'ok', endpoint: 'backup-1' });
    expect(originsOf(answer).error_rate).toBe('prometheus measured');
    expect(noticesOf(answer).join('\n')).toMatch(/backup-1 answered, because primary does not/);
  });

  it('that holds other experiments is no answer: what was read before stands in until the primary is back', async () => {
    const plain = stores.dataSource('other backup', ALL_UP, { influx: undefined });
    const dataSource = withPrometheus(
      { ...plain, secrets: { ...plain.secrets, prometheusPassword: GUARD.password } },
      { backups: [{ url: stores.guarded.url }], user: GUARD.user },
    );
    const requestsOf = (answer: QueryAnswer) => Number(rowsOf(frameNamed(answer, 'variants'))[0]?.requests);
    const before = await plugin.ask(dataSource, table());
    await stores.proxies.prometheus.become('down');
    const during = await askUntil(
      dataSource,
      table(),
      (answer) => readingOf(answer, 'prometheus')?.endpoint === 'backup-1',
    );
    expect(readingOf(during, 'prometheus')).toHaveProperty('endpoint', 'backup-1');
    expect(typeof readingOf(during, 'prometheus')?.keptAt).toBe('number');
    expect(originsOf(during).error_rate).toBe('prometheus estimated');
    expect(requestsOf(during)).toBe(requestsOf(before));
    await stores.proxies.prometheus.become('up');
    const after = await askUntil(
      dataSource,
      table(),
      (answer) =>
        readingOf(answer, 'prometheus')?.endpoint === 'primary' && originsOf(answer).error_rate.endsWith('measured'),
    );
    expect(originsOf(after).error_rate).toBe('prometheus measured');
    // Nothing of the backup's emptiness is left in what is kept.
    expect(requestsOf(after)).toBeGreaterThanOrEqual(requestsOf(before));
  });

  it('that never held the experiment says so', async () => {
    const plain = stores.dataSource('foreign backup', { ...ALL_UP, prometheus: 'down' });
    const dataSource = withPrometheus(
      { ...plain, secrets: { ...plain.secrets, prometheusPassword: GUARD.password } },
      { backups: [{ url: stores.guarded.url }], user: GUARD.user },
    );
    const answer = await plugin.ask(dataSource, table());
    expect(readingOf(answer, 'prometheus')).toMatchObject({ state: 'empty', endpoint: 'backup-1' });
    expect(originsOf(answer).error_rate).toBe('influx estimated');
    expect(noticesOf(answer).join('\n')).toMatch(/Prometheus \(backup-1\): no samples for “fraud-threshold”/);
  });
});

describe('a connection', () => {
  it.each(
    SOURCE_NAMES.flatMap((name) =>
      (['reset', 'garbled'] as const).map((fault): [SourceName, 'reset' | 'garbled'] => [name, fault]),
    ),
  )('to %s that is %s fails alone', async (name, fault) => {
    const dataSource = stores.dataSource(`${name} ${fault}`, ALL_UP);
    await stores.proxies[name].become(fault);
    const statuses = rowsOf(frameNamed(await plugin.ask(dataSource, { queryType: 'status' }), 'sources'));
    for (const { source, state, error } of statuses) {
      expect([source, state]).toEqual([source, source === name ? 'down' : 'ok']);
      expect(typeof error).toBe(source === name ? 'string' : 'object');
    }
    const answer = await plugin.ask(dataSource, table());
    const failures = upliftOf(answer).failures ?? [];
    expect(failures.every(({ source, class: found }) => source === name && found !== 'bug')).toBe(true);
    expect(upliftOf(answer).provenance.level).toBe(name === 'mlflow' ? 'operational' : 'live');
  });
});

function withPrometheus(dataSource: DataSource, more: { backups?: Array<{ url: string }>; user?: string }): DataSource {
  const { prometheus } = dataSource.jsonData;
  return prometheus
    ? { ...dataSource, jsonData: { ...dataSource.jsonData, prometheus: { ...prometheus, ...more } } }
    : dataSource;
}
