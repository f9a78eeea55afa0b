import type { Instance } from '../instance';
import { isImpactRefusal } from '../../src/calc/impact/refusal';
import type { BusinessOverlay } from '../../src/contract/business';
import type { Analysis, AnalysisRequest } from './analysis';
import { DAY, START } from './test-scene';
import { analyse, instanceOf, sound, trafficFor, type Answer } from './test-instance';
import { dailyNetOf, parametersOf, valueVariant, type Worth } from './worth';
import { replayWorth } from './worth-replay';

interface Valued {
  instance: Instance;
  analysis: Analysis;
  worth: Worth;
}

async function value(
  answer: Answer,
  own: Partial<AnalysisRequest> = {},
  business: BusinessOverlay = {},
): Promise<Valued> {
  const instance = instanceOf(answer);
  const analysis = await analyse(instance, own);
  const worth = valueVariant(analysis, parametersOf(instance.settings, analysis, business), undefined);
  if (!worth) {
    throw new Error('nothing to value');
  }
  return { instance, analysis, worth };
}

const impactOf = ({ worth: { impact } }: Valued) => {
  if (isImpactRefusal(impact)) {
    throw new Error(impact.message);
  }
  return impact;
};

describe('what an analysis is worth', () => {
  it('is that of the leading variant, from all four metrics and the traffic a day', async () => {
    const instance = instanceOf(sound);
    const analysis = await analyse(instance, { metrics: [{ id: 'accuracy', role: 'goal' }] });
    const worth = valueVariant(analysis, parametersOf(instance.settings, analysis, undefined), undefined);
    expect(worth?.variant).toBe('enhanced');
    expect(worth?.input).toMatchObject({ accuracyOrigin: 'online', exposure: 0.5, days: 10, requestsPerDay: 28_800 });
    expect(worth?.input.accuracy?.difference).toBeCloseTo(0.04, 2);
    expect(worth?.input.errors?.difference).toBeCloseTo(0, 2);
    expect(worth && isImpactRefusal(worth.impact)).toBe(false);
    expect(dailyNetOf(instance.settings, analysis)).toMatchObject({ currency: 'EUR', state: 'measured' });
  });

  it('takes the query’s parameters over the settings’', async () => {
    const instance = instanceOf(sound);
    const analysis = await analyse(instance);
    expect(parametersOf(instance.settings, analysis, { currency: 'CHF', costPerMs: undefined })).toMatchObject({
      currency: 'CHF',
      costPerMs: instance.settings.business.costPerMs,
    });
  });

  it('is nothing for the control, or a variant that is not there', async () => {
    const instance = instanceOf(sound);
    const analysis = await analyse(instance);
    const parameters = parametersOf(instance.settings, analysis, undefined);
    expect(valueVariant(analysis, parameters, 'baseline')).toBeNull();
    expect(valueVariant(analysis, parameters, 'nobody')).toBeNull();
  });

  it('names the segment in which the treatment loses', async () => {
    const { worth } = await value(sound, { breakdown: 'region' });
    expect(worth.input.evidence.worseSegment).toEqual({
      name: 'region=EU',
      why: expect.stringMatching(/^accuracy −8\.0\spp, interval −8\.\d…−7\.\d for one of 2 segments$/) as string,
    });
  });

  it('names none where the treatment wins everywhere, or nobody asked for segments', async () => {
    expect((await value(sound, { breakdown: 'instance' })).worth.input.evidence.worseSegment).toBeUndefined();
    expect((await value(sound)).worth.input.evidence.worseSegment).toBeUndefined();
  });

  it('knows how its metrics vary together where time buckets show it, and makes no claim where they do not', async () => {
    const together: Answer = (request) => {
      const traffic = trafficFor(request, false);
      return Promise.resolve({
        ...traffic,
        // Slow buckets fail more often.
        variants: traffic.variants.map((variant) => ({
          ...variant,
          series: variant.series && {
            ...variant.series,
            errors: variant.series.latencySumMs?.map((ms) => Math.round(5 + (ms - 4000) / 50)) ?? null,
          },
        })),
      });
    };
    const { worth } = await value(together, { unit: 'time-buckets' });
    const { covariances, latency, errors } = worth.input;
    const correlation =
      (covariances?.latencyErrors ?? 0) / Math.sqrt((latency?.variance ?? NaN) * (errors?.variance ?? NaN));
    expect(correlation).toBeGreaterThan(0.9);
    expect(correlation).toBeLessThanOrEqual(1);
    expect(Math.abs(covariances?.accuracyLatency ?? NaN)).toBeLessThan(0.1 * (covariances?.latencyErrors ?? 0));
    expect((await value(together, { unit: 'requests' })).worth.input.covariances).toBeUndefined();
  });

  it('takes requests a day from the query, and then does not depend on who counted them', async () => {
    const measured = await value(sound);
    const assumed = await value(sound, {}, { requestsPerDay: 1_000_000 });
    expect(impactOf(measured).requestsPerDay).toBeCloseTo(57_600, 6);
    expect(impactOf(assumed).requestsPerDay).toBe(1_000_000);
    expect(impactOf(assumed).annualRiskReduction).toBeCloseTo(
      ((impactOf(measured).annualRiskReduction ?? 0) * 1_000_000) / 57_600,
      4,
    );
  });
});

describe('the replay of what an analysis is worth', () => {
  async function replay(answer: Answer = sound, own: Partial<AnalysisRequest> = {}) {
    // Without the multiplier's spread net is a normal distribution, and quick to compute.
    const valued = await value(answer, own, { multiplierCv: 0 });
    const { analysis, worth } = valued;
    const treatment = analysis.experiment.variants.find(({ name }) => name === worth.variant);
    const { ledger } = analysis.evidence;
    if (!ledger || !treatment) {
      throw new Error('nothing to replay');
    }
    return { points: replayWorth(analysis, ledger, treatment, worth.input.parameters), impact: impactOf(valued) };
  }

  it('ends at the figures of the table', async () => {
    const { points, impact } = await replay();
    const last = points.at(-1);
    expect(last?.at).toBe(START + 10 * DAY);
    expect(impact).toMatchObject(last?.figures ?? { state: 'no figures' });
  });

  it('is cumulative: its interval narrows, and its week fills', async () => {
    const { points } = await replay();
    const widthAt = (day: number) => {
      const figures = points.find(({ at }) => at >= START + day * DAY)?.figures;
      return (figures?.netHigh ?? NaN) - (figures?.netLow ?? NaN);
    };
    expect(widthAt(9)).toBeLessThan(widthAt(3));
    expect(widthAt(3)).toBeLessThan(widthAt(1));
    const days = points.map(({ figures }) => figures?.extrapolatedFromDays ?? 0);
    expect(days).toEqual([...days].sort((a, b) => a - b));
  });

  it('is preliminary until the seventh full day is in', async () => {
    const { points } = await replay();
    const stateAt = (day: number) => points.findLast(({ at }) => at <= START + day * DAY)?.figures?.state;
    expect(stateAt(6.9)).toBe('preliminary');
    expect(stateAt(7)).toBe('result');
  });

  it('gives no figure for a year from less than a day', async () => {
    const { points } = await replay();
    expect(points[0]).toEqual({ at: START + 4 * 3_600_000, figures: null });
    expect(points.find(({ figures }) => figures !== null)?.at).toBe(START + DAY);
  });
});
