import type { Analysis } from './analysis';
import { settleFamily } from './analysis';
import type { ComparedRow } from './compare';
import { START } from './test-scene';
import { analyse, instanceOf, sound, trafficFor, type Answer } from './test-instance';

const clustered: Answer = (request) => Promise.resolve(trafficFor(request, true));
const calibrationOf = ({ checks }: Analysis) => checks.find(({ check }) => check === 'aa_calibration');
const errorOf = ({ comparisons }: Analysis) =>
  comparisons.find(({ metric }) => metric.id === 'error_rate')?.comparison.absolute?.standardError ?? Number.NaN;

describe('an analysis', () => {
  it('calibrates on the traffic before the start, and leaves sound intervals alone', async () => {
    const analysis = await analyse(instanceOf(sound), { unit: 'requests' });
    expect(calibrationOf(analysis)?.status).toBe('ok');
    expect(analysis.plan.inflation).toBe(1);
    expect(analysis.comparisons.find(({ metric }) => metric.id === 'accuracy')?.comparison.verdict).toBe('winner');
  });

  it('widens every interval by what the calibration shows', async () => {
    const [plain, wide] = [
      await analyse(instanceOf(sound), { unit: 'requests' }),
      await analyse(instanceOf(clustered), { unit: 'requests' }),
    ];
    expect(calibrationOf(wide)?.status).toBe('warning');
    expect(wide.plan.inflation).toBeGreaterThan(2);
    expect(errorOf(wide) / errorOf(plain)).toBeCloseTo(wide.plan.inflation ?? 1, 6);
  });

  it('answers though the traffic before the start cannot be read', async () => {
    const failing: Answer = (request) =>
      request.period.to <= START ? Promise.reject(new Error('too old')) : sound(request);
    const analysis = await analyse(instanceOf(failing));
    expect(calibrationOf(analysis)).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('could not be read') as unknown,
    });
    expect(analysis.failures).toEqual([]);
    expect(analysis.comparisons[0]?.comparison.verdict).toBe('winner');
  });

  it('tells a store that is away from one that has counted nothing yet', async () => {
    const away = await analyse(instanceOf(() => Promise.reject(new Error('gone'))));
    const empty = await analyse(
      instanceOf((request) => Promise.resolve({ ...trafficFor(request, false), variants: [] })),
    );
    const wordsOf = ({ comparisons }: Analysis) =>
      comparisons.find(({ metric }) => metric.id === 'error_rate')?.comparison.reasons.map(({ words }) => words);
    expect(wordsOf(away)).toContain('no observations: Prometheus did not answer');
    expect(wordsOf(empty)).toContain('no observations yet');
  });

  it('finds nothing sound in traffic that was made up', async () => {
    const nobody = instanceOf(() => Promise.reject(new Error('gone')), { fallback: { allowSimulated: true } });
    const { provenance, checks, split } = await analyse(nobody);
    expect(provenance.level).toBe('simulated');
    const ofTraffic = checks.filter(({ check }) => check !== 'full_weeks' && check !== 'overlap');
    expect(ofTraffic.map(({ status }) => status)).not.toContain('ok');
    expect(split).toBeNull();
  });

  it('does not calibrate what has no start', async () => {
    const analysis = await analyse(instanceOf(sound), { window: 'range' });
    expect(calibrationOf(analysis)?.status).toBe('unknown');
  });
});

describe('the family of goals', () => {
  const goals = (...ids: string[]) => ids.map((id) => ({ id, role: 'goal' as const }));
  const rowsOf = async (...ids: string[]): Promise<ComparedRow[]> =>
    (await analyse(instanceOf(sound), { metrics: goals(...ids), unit: 'requests' })).comparisons;
  /** A row whose decision rests on these p-values; null: its store is away. */
  const withP = (row: ComparedRow | undefined, p: number | null): ComparedRow => {
    const absolute = row?.comparison.absolute;
    if (!row || !absolute) {
      throw new Error('not compared');
    }
    const tested = p === null ? null : { ...absolute, pValue: p, sequentialPValue: p };
    return {
      ...row,
      adjustedP: null,
      comparison: { ...row.comparison, absolute: tested, verdict: p === null ? 'invalid' : 'winner' },
    };
  };

  it('keeps its size when a goal vanishes: an outage makes no other goal win', async () => {
    const [accuracy, errors] = await rowsOf('accuracy', 'error_rate');
    const settled = (p: number | null) => settleFamily([withP(accuracy, 0.03), withP(errors, p)], 'holm', 0.05);
    const [whole, alone] = [settled(0.6)[0], settled(null)[0]];
    expect(whole).toMatchObject({ adjustedP: 0.06, comparison: { verdict: 'inconclusive' } });
    expect(alone).toMatchObject({ adjustedP: 0.06, comparison: { verdict: 'inconclusive' } });
    expect(settled(null)[1]?.adjustedP).toBeNull();
  });

  it.each(['holm', 'bh'] as const)('is never kinder by %s to what is left than to the whole', async (correction) => {
    const [accuracy, errors] = await rowsOf('accuracy', 'error_rate');
    const adjusted = (p: number | null) =>
      settleFamily([withP(accuracy, 0.03), withP(errors, p)], correction, 0.05)[0]?.adjustedP ?? 0;
    for (const p of [0.001, 0.02, 0.04, 0.9]) {
      expect(adjusted(null)).toBeGreaterThanOrEqual(adjusted(p));
    }
  });

  it('does not depend on the variants a panel leaves out', async () => {
    const variants = ['baseline', 'enhanced', 'shiny'].map((name) => ({ name, role: 'treatment' as const, alias: {} }));
    const definition = { variants, split: { baseline: 1, enhanced: 1, shiny: 1 } };
    const ask = (only?: string[]) =>
      analyse(instanceOf(sound), { definition, variants: only, metrics: goals('accuracy') });
    const [whole, narrowed] = [await ask(), await ask(['enhanced'])];
    expect(narrowed.comparisons.map(({ variant }) => variant)).toEqual(['enhanced']);
    expect(narrowed.comparisons[0]).toEqual(whole.comparisons.find(({ variant }) => variant === 'enhanced'));
  });
});
