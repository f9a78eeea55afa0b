import { readTime } from './timeRange';

const now = Date.UTC(2026, 2, 3, 12, 0, 0);
const HOUR = 3_600_000;

describe('readTime', () => {
  it.each([
    ['1700000000000', 1_700_000_000_000],
    ['now', now],
    ['now-24h', now - 24 * HOUR],
    ['now-1d+2h', now - 22 * HOUR],
    ['now+90s', now + 90_000],
    ['2026-03-03T12:00:00Z', now],
    ['2026-03-03T13:00:00+01:00', now],
  ])('reads %s', (text, expected) => {
    expect(readTime(text, now, 'from')).toBe(expected);
  });

  it('rounds the start down and the end up', () => {
    expect(readTime('now/h', now + 60_000, 'from')).toBe(now);
    expect(readTime('now/h', now + 60_000, 'to')).toBe(now + HOUR - 1);
  });

  it.each(['', 'yesterday', 'now-', 'now-1x', 'now-1h; DROP', 'now--1h'])('refuses %p', (text) => {
    expect(readTime(text, now, 'from')).toBeUndefined();
  });
});
