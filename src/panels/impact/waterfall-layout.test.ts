import { sampleInput } from '../../calc/impact/test-input';
import { estimateImpact } from '../../calc/impact/estimate-impact';
import { isImpactRefusal } from '../../calc/impact/refusal';
import { scaleOfSteps, stepsOf } from './waterfall-layout';

function steps(overrides: Parameters<typeof sampleInput>[0] = {}) {
  const impact = estimateImpact(sampleInput(overrides));
  if (isImpactRefusal(impact)) {
    throw new Error(impact.message);
  }
  return stepsOf(impact);
}

describe('stepsOf', () => {
  it('ends where net stands, each step beginning where the last ended', () => {
    const all = steps({ parameters: { servingCost: 0.001 } });
    const [revenue, latency, risk, serving, net] = all;
    expect(all.map(({ name }) => name)).toEqual(['revenue', 'latency', 'risk', 'serving', 'net']);
    expect([revenue?.from, latency?.from, risk?.from, serving?.from]).toEqual([0, revenue?.to, latency?.to, risk?.to]);
    expect(serving?.to).toBeCloseTo(net?.to ?? NaN, 6);
    expect(net?.from).toBe(0);
  });

  it('has no column for serving while it costs nothing', () => {
    expect(steps().map(({ name }) => name)).toEqual(['revenue', 'latency', 'risk', 'net']);
  });

  it('calls a step decided only when its interval excludes zero', () => {
    const undecided = steps({ accuracy: { control: 0.78, treatment: 0.79, difference: 0.01, variance: 0.01 ** 2, state: 'measured' } }); // prettier-ignore
    expect(undecided[0]?.isDecided).toBe(false);
    expect(steps()[0]?.isDecided).toBe(true);
  });

  it('keeps a place for a term that was not measured', () => {
    expect(steps({ latency: null })[1]).toMatchObject({ name: 'latency', amount: null, isDecided: false });
  });
});

describe('scaleOfSteps', () => {
  it("holds zero, every bar and net's interval", () => {
    const all = steps();
    const scale = scaleOfSteps(all, 0, 100);
    const values = [0, ...all.flatMap(({ from, to }) => [from, to]), all[3]?.low ?? NaN, all[3]?.high ?? NaN];
    for (const value of values) {
      expect(scale(value)).toBeGreaterThanOrEqual(-1e-9);
      expect(scale(value)).toBeLessThanOrEqual(100 + 1e-9);
    }
  });
});
