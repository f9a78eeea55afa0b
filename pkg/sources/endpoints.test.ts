import pino from 'pino';
import type { FailureClass } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import { Endpoints, SlowQueryError } from './endpoints';

const SECOND = 1000;
const logger = pino({ level: 'silent' });
const signal = new AbortController().signal;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

const failure = (kind: FailureClass) =>
  new FailureError({ class: kind, source: 'prometheus', message: `${kind} trouble.`, fix: 'Fix it.' });

/** A store that can be switched, and counts how often it is asked. */
class Store {
  asked = 0;
  trouble: Error | null = null;
  constructor(readonly name: string) {}
  answer(): Promise<string> {
    this.asked++;
    return this.trouble ? Promise.reject(this.trouble) : Promise.resolve(this.name);
  }
}

function pair() {
  const primary = new Store('a');
  const backup = new Store('b');
  const endpoints = new Endpoints('prometheus', [primary, backup], logger);
  const ask = () => endpoints.run((store) => store.answer(), signal);
  return { primary, backup, endpoints, ask };
}

/** Lets trials in the background finish. */
const settle = () => jest.advanceTimersByTimeAsync(0);

test('the primary answers while it is up, without a word', async () => {
  const { ask, backup } = pair();
  expect(await ask()).toEqual({ value: 'a', endpoint: 'primary', warnings: [] });
  expect(backup.asked).toBe(0);
});

test.each(['network', 'timeout', 'tls', 'server'] as const)(
  'a %s failure turns to the backup and says so',
  async (kind) => {
    const { ask, primary } = pair();
    primary.trouble = failure(kind);
    const answered = await ask();
    expect(answered).toMatchObject({ value: 'b', endpoint: 'backup-1' });
    expect(answered.warnings).toEqual([`Prometheus: backup-1 answered, because primary does not: ${kind} trouble.`]);
  },
);

test('the log tells what went wrong, and nothing of what a client hangs on its errors', async () => {
  const lines: string[] = [];
  const spoken = pino({}, { write: (line: string) => void lines.push(line) });
  const endpoints = new Endpoints('prometheus', [new Store('a')], spoken);
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { toJSON: () => ({ config: { headers: 'hush' } }) });
  const gone = new FailureError({ class: 'network', source: 'prometheus', message: 'Gone.', fix: '' }, { cause });
  await expect(endpoints.run(() => Promise.reject(gone), signal)).rejects.toThrow('Gone.');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('connect ECONNREFUSED');
  expect(lines[0]).not.toContain('hush');
});

test.each(['auth', 'query', 'config', 'limit'] as const)(
  'a %s failure is thrown, for a backup would say the same',
  async (kind) => {
    const { ask, primary, backup } = pair();
    primary.trouble = failure(kind);
    await expect(ask()).rejects.toMatchObject({ failure: { class: kind } });
    expect(backup.asked).toBe(0);
  },
);

test('a query that the store gave up for its length is no outage', async () => {
  const { ask, primary, backup } = pair();
  primary.trouble = new SlowQueryError(failure('timeout').failure);
  for (let time = 0; time < 3; time++) {
    await expect(ask()).rejects.toBeInstanceOf(SlowQueryError);
  }
  expect(backup.asked).toBe(0);
});

test('after two failures the primary is no longer waited for', async () => {
  const { ask, primary } = pair();
  primary.trouble = failure('timeout');
  for (let time = 0; time < 5; time++) {
    await ask();
  }
  expect(primary.asked).toBe(2);
});

test('while a backup answers, the primary is tried in the background and taken back once it answers', async () => {
  const { ask, primary } = pair();
  primary.trouble = failure('network');
  await ask();
  await ask();
  primary.trouble = null;
  jest.advanceTimersByTime(6 * SECOND);
  expect(await ask()).toMatchObject({ endpoint: 'backup-1' });
  await settle();
  expect(await ask()).toMatchObject({ endpoint: 'primary', warnings: [] });
});

test('a caller does not wait for the trial of a primary that hangs', async () => {
  const { ask, primary } = pair();
  primary.trouble = failure('timeout');
  await ask();
  await ask();
  primary.answer = () => new Promise(() => undefined);
  jest.advanceTimersByTime(6 * SECOND);
  expect(await ask()).toMatchObject({ endpoint: 'backup-1' });
});

test('a primary that flaps every second changes the answering endpoint ever more rarely', async () => {
  const { ask, primary } = pair();
  const answers: string[] = [];
  for (let second = 0; second < 300; second++) {
    primary.trouble = second % 2 === 0 ? failure('network') : null;
    // Two questions a second, as two panels ask.
    answers.push((await ask()).endpoint, (await ask()).endpoint);
    await settle();
    jest.advanceTimersByTime(SECOND);
  }
  const changes = answers.filter((endpoint, index) => index > 0 && endpoint !== answers[index - 1]).length;
  const late = answers.slice(300);
  const lateChanges = late.filter((endpoint, index) => index > 0 && endpoint !== late[index - 1]).length;
  expect(changes).toBeLessThan(30);
  expect(lateChanges).toBeLessThanOrEqual(6);
});

test('without a backup an open circuit fails at once, with the reason it opened for', async () => {
  const store = new Store('a');
  const endpoints = new Endpoints('prometheus', [store], logger);
  const ask = () => endpoints.run((it) => it.answer(), signal);
  store.trouble = failure('network');
  for (let time = 0; time < 4; time++) {
    await expect(ask()).rejects.toMatchObject({ failure: { class: 'network', message: 'network trouble.' } });
  }
  expect(store.asked).toBe(2);
  expect(endpoints.status()).toMatchObject([{ endpoint: 'primary', circuit: 'open', openings: 1 }]);
  store.trouble = null;
  jest.advanceTimersByTime(6 * SECOND);
  expect(await ask()).toMatchObject({ value: 'a', endpoint: 'primary' });
  expect(endpoints.status()).toMatchObject([{ circuit: 'closed', failure: null }]);
});

test('when every endpoint is away, the primary’s trouble leads and the others are named', async () => {
  const { ask, primary, backup } = pair();
  primary.trouble = failure('network');
  backup.trouble = failure('timeout');
  await expect(ask()).rejects.toMatchObject({
    failure: { class: 'network', message: 'network trouble. backup-1: timeout trouble.' },
  });
});

test('a caller who gives up during a trial does not close the circuit', async () => {
  const store = new Store('a');
  const endpoints = new Endpoints('prometheus', [store], logger);
  store.trouble = failure('network');
  for (let time = 0; time < 2; time++) {
    await expect(endpoints.run((it) => it.answer(), signal)).rejects.toThrow('network trouble.');
  }
  jest.advanceTimersByTime(6 * SECOND);
  const caller = new AbortController();
  const asked = endpoints.run(
    () =>
      new Promise<string>((_, reject) => {
        caller.signal.addEventListener('abort', () => {
          reject(new DOMException('given up', 'AbortError'));
        });
      }),
    caller.signal,
  );
  caller.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  expect(endpoints.status()).toMatchObject([{ circuit: 'open' }]);
});

test('a bug in reading an answer is thrown as it is', async () => {
  const { ask, primary, backup } = pair();
  primary.trouble = new TypeError('undefined is not a function');
  await expect(ask()).rejects.toThrow(TypeError);
  expect(backup.asked).toBe(0);
});

test('an answer that was under way when the breaker opened does not hide why it opened', async () => {
  const store = new Store('a');
  const endpoints = new Endpoints('prometheus', [store], logger);
  let finish = () => {};
  const slow = new Promise<string>((resolve) => {
    finish = () => resolve('late');
  });
  const underWay = endpoints.run(() => slow, signal);
  store.trouble = failure('timeout');
  for (let round = 0; round < 5; round += 1) {
    await expect(endpoints.run((one) => one.answer(), signal)).rejects.toMatchObject({ failure: { class: 'timeout' } });
  }
  finish();
  await expect(underWay).resolves.toMatchObject({ value: 'late' });
  await expect(endpoints.run((one) => one.answer(), signal)).rejects.toMatchObject({ failure: { class: 'timeout' } });
});
