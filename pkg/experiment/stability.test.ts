import { checkDeploymentChanged, checkOverlap, checkSplitChanged } from './stability';
import { countedBy, DAY, dayOf, experimentOf, ledgerOf, START } from './test-scene';

const experiment = experimentOf();

/** A day on which `enhanced` got so many of 10,000 requests. */
const splitDay = (day: number, enhanced: number, phase = 0) =>
  dayOf(
    day,
    phase,
    countedBy('baseline', { requests: 10_000 - enhanced }),
    countedBy('enhanced', { requests: enhanced }),
  );

describe('the check for an undeclared change of split', () => {
  it.each([
    ['steady days', [5000, 5040, 4980, 5010]],
    ['a change of two points, which users may make', [5000, 5200, 5000, 5000]],
  ])('is content with %s', (_, shares) => {
    const ledger = ledgerOf(...shares.map((enhanced, day) => splitDay(day, enhanced)));
    expect(checkSplitChanged(experiment, ledger)).toMatchObject({ status: 'ok', block: null });
  });

  it('names the day that differs from the others, and blocks a winner', () => {
    const ledger = ledgerOf(splitDay(0, 5000), splitDay(1, 5000), splitDay(2, 7000), splitDay(3, 5000));
    expect(checkSplitChanged(experiment, ledger)).toMatchObject({
      status: 'failed',
      block: 'split-changed',
      message: expect.stringMatching(/on 2026-09-05 .* 30\/70 against 50\/50/) as unknown,
    });
  });

  it('takes a declared phase for what it is', () => {
    const ledger = ledgerOf(splitDay(0, 1000), splitDay(1, 1000), splitDay(2, 5000, 1), splitDay(3, 5000, 1));
    expect(checkSplitChanged(experiment, ledger).status).toBe('ok');
  });

  it('says nothing where no source counted', () => {
    expect(checkSplitChanged(experiment, null).status).toBe('unknown');
  });
});

describe('the check for a deployment inside a variant', () => {
  const versions = (requests: Record<string, number>) =>
    ledgerOf(
      dayOf(
        0,
        0,
        ...Object.entries(requests).map(([segment, count]) => countedBy('enhanced', { segment, requests: count })),
      ),
    );

  it.each([
    ['one version', { '7': 1000 }, 'ok'],
    ['a trickle of another, which a smoke test makes', { '7': 1000, '8': 10 }, 'ok'],
    ['two versions', { '7': 1000, '8': 500 }, 'warning'],
    ['traffic without a version', { '': 1000 }, 'ok'],
  ])('%s', (_, requests, status) => {
    expect(checkDeploymentChanged(experiment, versions(requests)).status).toBe(status);
  });

  it('names variant and versions, and says nothing without a version label', () => {
    expect(checkDeploymentChanged(experiment, versions({ '8': 500, '7': 1000 }))).toMatchObject({
      block: 'deployment-changed',
      message: 'Deployment changed: enhanced served versions 7, 8',
    });
    expect(checkDeploymentChanged(experiment, null).status).toBe('unknown');
  });
});

describe('the check for overlapping tests', () => {
  const other = (own: Parameters<typeof experimentOf>[0]) => experimentOf({ id: 'other', name: 'Other test', ...own });
  const now = START + DAY;

  it.each([
    ['an active test on the same model', other({}), 'warning'],
    ['one that has ended', other({ end: new Date(START + 1000).toISOString() }), 'ok'],
    ['one that has not started', other({ start: new Date(now + 1000).toISOString() }), 'ok'],
    ['one without a start', other({ start: undefined }), 'ok'],
    ['one on other models', other({ control: 'a', variants: [{ name: 'a' }, { name: 'b' }], split: { a: 1 } }), 'ok'],
    ['itself', experiment, 'ok'],
  ])('%s', (_, another, status) => {
    expect(checkOverlap(experiment, [another], now).status).toBe(status);
  });
});
