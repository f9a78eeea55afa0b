import { EventEmitter } from 'node:events';

import { RunningCalls } from './running-calls';

class FakeCall extends EventEmitter {
  cancelled = false;
}

/** Work that ends only when its signal aborts. */
function untilAborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'));
  });
}

describe('running calls', () => {
  it('abort when the caller cancels', async () => {
    const call = new FakeCall();
    const result = new RunningCalls().run(call, untilAborted);
    call.emit('cancelled');
    expect(await result).toBe('aborted');
  });

  it('abort at once when the caller had cancelled already', async () => {
    const call = new FakeCall();
    call.cancelled = true;
    expect(await new RunningCalls().run(call, untilAborted)).toBe('aborted');
  });

  it('are given time to end before a shutdown', async () => {
    const calls = new RunningCalls();
    const result = calls.run(new FakeCall(), async (signal) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return signal.aborted ? 'aborted' : 'ended';
    });
    await calls.settle(10_000, 0);
    expect(await result).toBe('ended');
    expect(calls.size).toBe(0);
  });

  it('are aborted by a shutdown that has waited long enough', async () => {
    const calls = new RunningCalls();
    const result = calls.run(new FakeCall(), untilAborted);
    await calls.settle(10, 1000);
    expect(await result).toBe('aborted');
  });

  it('do not hold up a shutdown when they ignore their signal', async () => {
    const calls = new RunningCalls();
    void calls.run(new FakeCall(), () => new Promise(() => undefined));
    await calls.settle(10, 10);
    expect(calls.size).toBe(1);
  });
});
