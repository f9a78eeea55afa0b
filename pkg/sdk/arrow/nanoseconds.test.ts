import { epochMsToNanoseconds, nanosecondsToEpochMs } from './nanoseconds';

const LIMIT_MS = 9_223_372_036_854;

describe('milliseconds to nanoseconds', () => {
  it.each([0, 1, -1, 4294, 4295, -4295, 1_767_225_600_000, 2 ** 20, -(2 ** 20) - 1, LIMIT_MS, -LIMIT_MS])(
    'is exact for %d ms, and back',
    (ms) => {
      const nanoseconds = epochMsToNanoseconds([ms]);
      expect(nanoseconds[0]).toBe(BigInt(ms) * 1_000_000n);
      expect(nanosecondsToEpochMs(nanoseconds)[0]).toBe(ms);
    },
  );

  it('is exact across the whole range', () => {
    for (let i = 0; i <= 1000; i++) {
      const ms = Math.round(-LIMIT_MS + (i / 1000) * 2 * LIMIT_MS);
      const nanoseconds = epochMsToNanoseconds(Float64Array.of(ms));
      expect(nanoseconds[0]).toBe(BigInt(ms) * 1_000_000n);
      expect(nanosecondsToEpochMs(nanoseconds)[0]).toBe(ms);
    }
  });

  it('keeps fractions of a millisecond', () => {
    expect(epochMsToNanoseconds([1_767_225_600_000.25, -0.5])).toEqual(
      BigInt64Array.of(1_767_225_600_000_250_000n, -500_000n),
    );
  });

  it('gives 0 for null and NaN', () => {
    expect(epochMsToNanoseconds([null, NaN])).toEqual(BigInt64Array.of(0n, 0n));
  });

  it.each([LIMIT_MS + 1, -LIMIT_MS - 1, Infinity])('refuses %d ms, naming the row', (ms) => {
    expect(() => epochMsToNanoseconds([0, ms])).toThrow(/row 1.*1677 to 2262/);
  });
});
