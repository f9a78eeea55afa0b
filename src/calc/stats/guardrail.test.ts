import { judgeGuardrail } from './guardrail';
import { testNonInferiority } from './noninferiority';

describe('a guardrail where lower is better', () => {
  const lift = (estimate: number) => ({
    estimate,
    standardError: 5,
    bounds: { low: estimate - 8, high: estimate + 8 },
  });

  it.each([
    [28, 'holds'],
    [35, 'open'],
    [45, 'open'],
    [50, 'broken'],
    [-60, 'holds'],
  ] as const)('%p ms slower than a margin of 40 ms: %s', (estimate, status) => {
    const judged = judgeGuardrail(lift(estimate), 40, 'lower');
    expect(judged.status).toBe(status);
    expect(judged.excess > 0).toBe(status === 'broken');
  });

  it('shows the bound towards harm in its natural sign, and the chance to be within', () => {
    const result = judgeGuardrail(lift(28), 40, 'lower');
    expect(result.harmBound).toBe(36);
    expect(result.chanceWithin).toBeCloseTo(0.9918, 4);
  });
});

it('a guardrail where higher is better is harmed downwards', () => {
  const bounds = { low: -0.03, high: -0.012 };
  const result = judgeGuardrail({ estimate: -0.021, standardError: 0.005, bounds }, 0.01, 'higher');
  expect(result).toMatchObject({ status: 'broken', harmBound: -0.03, excess: 0.012 - 0.01 });
});

it('non-inferiority is the same question in both directions', () => {
  const up = testNonInferiority(
    { estimate: 0.01, standardError: 0.02, dof: 90 },
    { alpha: 0.05, margin: 0.05, better: 'lower' },
  );
  const down = testNonInferiority(
    { estimate: -0.01, standardError: 0.02, dof: 90 },
    { alpha: 0.05, margin: 0.05, better: 'higher' },
  );
  if ('refused' in up) {
    throw new Error(up.refused);
  }
  expect(down).toEqual({ ...up, bound: -up.bound });
  expect(up.isNonInferior).toBe(up.pValue < 0.05);
});
