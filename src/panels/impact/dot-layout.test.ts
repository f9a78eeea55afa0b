import { layOutDots } from './dot-layout';

const spread = (low: number, high: number) =>
  Array.from({ length: 20 }, (_, index) => low + ((high - low) * index) / 19);

describe('layOutDots', () => {
  it.each([
    ['all paid back', spread(100_000, 900_000)],
    ['none paid back', spread(-900_000, -100_000)],
    ['some of each', spread(-200_000, 500_000)],
    ['all in one place', Array.from({ length: 20 }, () => 5_000)],
    ['one far out', [...spread(-1000, 1000).slice(1), 1e9]],
  ])('keeps every dot on its side of the line and inside the plot: %s', (_, outcomes) => {
    const { dots, zero } = layOutDots(outcomes, null, 300, 130);
    expect(dots).toHaveLength(20);
    dots.forEach(({ x, y, radius, isPaidBack }, index) => {
      expect(isPaidBack).toBe((outcomes[index] ?? 0) > 0);
      expect(isPaidBack ? x - radius : -(x + radius)).toBeGreaterThanOrEqual(isPaidBack ? zero : -zero);
      expect(x - radius).toBeGreaterThanOrEqual(0);
      expect(x + radius).toBeLessThanOrEqual(300);
      expect(y + radius).toBeLessThanOrEqual(130);
    });
  });

  it('piles dots over one another rather than leave a plot too low for them', () => {
    const { dots } = layOutDots(
      Array.from({ length: 20 }, () => 5_000),
      null,
      300,
      40,
    );
    expect(Math.max(...dots.map(({ y, radius }) => y + radius))).toBeLessThanOrEqual(40);
  });

  it('lets no two dots overlap, measured and what-if side by side', () => {
    const { dots } = layOutDots(spread(-1, 4), spread(-3, 2), 280, 120);
    expect(dots).toHaveLength(40);
    for (const [index, one] of dots.entries()) {
      for (const other of dots.slice(index + 1)) {
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(one.radius + other.radius);
      }
    }
  });

  it('marks round amounts, the line among them', () => {
    const { ticks, zero } = layOutDots(spread(-200_000, 500_000), null, 300, 130);
    expect(ticks.map(({ value }) => value)).toContain(0);
    expect(ticks.find(({ value }) => value === 0)?.x).toBeCloseTo(zero, 9);
  });
});
