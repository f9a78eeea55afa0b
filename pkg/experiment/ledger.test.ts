import type { Traffic, TrafficRequest } from '../sources/capabilities/traffic';
import type { TrafficSource } from './ledger';
import { LedgerReader, phasesOf, sumStatistics } from './ledger';
import { countedBy, DAY, dayOf, experimentOf, ledgerOf, START, trafficOf } from './test-scene';

const experiment = experimentOf({
  variants: [{ name: 'baseline', alias: { prometheus: 'baseline-predictor' } }, { name: 'enhanced' }],
  alias: { prometheus: 'ranking-prod' },
});

/** A Prometheus that counts a hundred requests a chunk and notes what it is asked. */
function countingSource(own: Partial<Traffic> = {}) {
  const asked: TrafficRequest[] = [];
  const source: TrafficSource = {
    name: 'prometheus',
    probe: () => Promise.reject(new Error('not asked for')),
    dispose: () => Promise.resolve(),
    traffic: (request) => {
      asked.push(request);
      const answer = trafficOf(
        countedBy('baseline-predictor', { requests: 100 }),
        countedBy('canary', { requests: 1 }),
      );
      return Promise.resolve({ ...answer, ...own });
    },
  };
  return { source, asked };
}

const request = (now: number, window = { from: START, to: now }) => ({
  experiment,
  window,
  bucketMs: null,
  dimension: null,
  ttlMs: 0,
  skipCache: false,
  now,
});

describe('the ledger reader', () => {
  it('asks day by day under the store’s own name, and adds the days up', async () => {
    const { source, asked } = countingSource();
    const now = START + 2.5 * DAY;
    const ledger = await new LedgerReader(() => now).read(source, request(now));
    expect(asked.map(({ experiment: name, period }) => [name, (period.to - period.from) / DAY])).toEqual([
      ['ranking-prod', 1],
      ['ranking-prod', 1],
      ['ranking-prod', 0.5],
    ]);
    const [baseline] = experiment.variants;
    expect(baseline && sumStatistics(ledger, baseline).counters.requests).toBe(300);
    expect(ledger.unmapped).toEqual(['canary']);
  });

  it('keeps closed days for an hour, and asks again for the open one', async () => {
    let now = START + 2.5 * DAY;
    const { source, asked } = countingSource();
    const reader = new LedgerReader(() => now);
    const window = { from: START, to: now };
    await reader.read(source, request(now, window));
    now += 60_000;
    await reader.read(source, request(now, window));
    expect(asked.slice(3).map(({ period }) => period.from)).toEqual([START + 2 * DAY]);
    now += 3_600_000;
    await reader.read(source, request(now, window));
    expect(asked).toHaveLength(4 + 3);
  });

  it('does not keep a backup’s closed days', async () => {
    let now = START + 2.5 * DAY;
    const { source, asked } = countingSource({ endpoint: 'backup-1' });
    const reader = new LedgerReader(() => now);
    await reader.read(source, request(now));
    now += 60_000;
    await reader.read(source, request(now, { from: START, to: START + 2.5 * DAY }));
    expect(asked).toHaveLength(6);
  });

  it('passes a failing store’s error on', async () => {
    const { source } = countingSource();
    const broken = { ...source, traffic: () => Promise.reject(new Error('refused')) };
    await expect(new LedgerReader(() => START + DAY).read(broken, request(START + DAY))).rejects.toThrow('refused');
  });
});

describe('sums over a ledger', () => {
  const ledger = ledgerOf(
    dayOf(
      0,
      0,
      countedBy('enhanced', { requests: 1, segment: 'EU' }),
      countedBy('enhanced', { requests: 2, segment: 'US' }),
    ),
    dayOf(1, 1, countedBy('enhanced', { requests: 4, segment: 'EU' }), countedBy('baseline', { requests: 8 })),
  );
  const enhanced = experimentOf().variants.find(({ name }) => name === 'enhanced');

  it.each([
    ['everything', {}, 7],
    ['one phase', { phase: 1 }, 4],
    ['one segment', { segments: new Set(['EU']) }, 5],
    ['one segment of one phase', { phase: 0, segments: new Set(['US']) }, 2],
    ['what is not there', { phase: 7 }, null],
  ])('take %s', (_, selection, requests) => {
    expect(enhanced && sumStatistics(ledger, enhanced, selection).counters.requests).toBe(requests);
  });

  it('know the phases that have traffic', () => {
    expect(phasesOf(ledger)).toEqual([0, 1]);
  });
});
