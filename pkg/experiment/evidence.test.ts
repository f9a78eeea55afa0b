import type { Traffic, TrafficRequest } from '../sources/capabilities/traffic';
import { analyse, instanceOf, NOW, trafficFor } from './test-instance';
import { DAY } from './test-scene';

/** Its newest sample is a day old, as of a backup that lags. */
const lagging = (request: TrafficRequest): Traffic => {
  const traffic = trafficFor(request, false);
  return { ...traffic, endpoint: 'backup-1', newestSample: NOW - DAY };
};

describe('a backup that knows less than what was read before', () => {
  const answers = (isLagging: () => boolean) => (request: TrafficRequest) =>
    Promise.resolve(isLagging() ? lagging(request) : { ...trafficFor(request, false), endpoint: 'backup-1' });

  it('gives way to it on a dashboard, and makes an alert err instead of seeing nothing', async () => {
    let isLagging = false;
    const instance = instanceOf(
      answers(() => isLagging),
      { cache: { ttlSeconds: 0 } },
    );
    expect((await analyse(instance, { skipCache: true })).evidence.ledgerState).toBe('measured');
    isLagging = true;
    expect((await analyse(instance, { skipCache: true })).evidence.ledgerState).toBe('estimated');
    const { evidence, failures } = await analyse(instance, { skipCache: true, isAlert: true });
    expect(evidence.ledger).toBeNull();
    expect(failures).toMatchObject([{ source: 'prometheus', field: 'freshness.prometheus' }]);
  });
});
