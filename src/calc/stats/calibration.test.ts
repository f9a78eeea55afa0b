import { createGenerator, createNormalDraw } from '../impact/generator';
import { calibrate, type Calibration } from './calibration';
import { isRefusal } from './refusal';

/** z scores with a standard deviation of `spread`. */
function scores(tests: number, spread: number, seed: number): number[] {
  const normal = createNormalDraw(createGenerator(seed));
  return Array.from({ length: tests }, () => spread * normal());
}

function calibrated(...zScores: number[][]): Calibration {
  const answer = calibrate(
    zScores.map((z, index) => ({ split: `split ${index}`, zScores: z })),
    0.05,
  );
  if (isRefusal(answer)) {
    throw new Error(`refused: ${answer.refused}`);
  }
  return answer;
}

describe('the A/A calibration', () => {
  it('leaves intervals alone on traffic that behaves', () => {
    const { widening, worst } = calibrated(scores(400, 1, 1));
    expect(widening).toBe(1);
    expect(worst.varianceInflation).toBeCloseTo(1, 0);
    expect(worst.falseAlarmRate).toBeLessThan(0.08);
  });

  it('widens them by the factor z scores spread too far', () => {
    const { widening, worst } = calibrated(scores(400, 1.5, 2));
    expect(widening).toBeGreaterThan(1.4);
    expect(widening).toBeLessThan(1.6);
    expect(worst.falseAlarmRate).toBeGreaterThan(0.13);
    expect(widening).toBe(Math.sqrt(worst.varianceInflation));
  });

  it('does not narrow them where scores spread too little', () => {
    expect(calibrated(scores(400, 0.5, 3)).widening).toBe(1);
  });

  it('does not widen by what chance explains: 20 tests with an inflation of 1.5', () => {
    const { widening, worst } = calibrated(Array.from({ length: 20 }, (_, i) => (i % 2 ? 1 : -1) * Math.sqrt(1.5)));
    expect(worst.varianceInflation).toBeCloseTo(1.5, 12);
    expect(worst.pValue).toBeGreaterThan(0.05);
    expect(widening).toBe(1);
  });

  it('names the worst of several splits, and is stricter the more there are', () => {
    // 40 scores of ±1.29: χ² = 66.6, p = 0.005; shown alone, not among four.
    const edge = Array.from({ length: 40 }, () => 1.29);
    expect(calibrated(edge).widening).toBeCloseTo(1.29, 12);
    const calm = scores(40, 0.9, 5);
    const among = calibrated(calm, edge, calm, calm);
    expect(among.worst.split).toBe('split 1');
    expect(among.widening).toBe(1);
  });

  it('widens sound traffic in at most one test of a hundred', () => {
    const widened = Array.from({ length: 500 }, (_, seed) =>
      calibrated(scores(30, 1, seed), scores(30, 1, seed + 9000)),
    );
    expect(widened.filter(({ widening }) => widening > 1).length).toBeLessThanOrEqual(5 + 3 * Math.sqrt(5));
  });

  it.each([
    ['no split', [], 0.05, 'sample-too-small'],
    ['eleven tests', [scores(11, 1, 1)], 0.05, 'sample-too-small'],
    ['a score that is no number', [[...scores(20, 1, 1), Number.NaN]], 0.05, 'not-finite'],
    ['an alpha of 0.5', [scores(20, 1, 1)], 0.5, 'bad-alpha'],
  ] as const)('refuses %s', (_, zScores, alpha, refused) => {
    const splits = zScores.map((z, index) => ({ split: `split ${index}`, zScores: z }));
    expect(calibrate(splits, alpha)).toMatchObject({ refused });
  });
});
